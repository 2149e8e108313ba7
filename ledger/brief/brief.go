// Package brief puts together what one wants to know of a story in two minutes, from sentences of
// its articles.
//
// It has six parts: the topline, what is new since a time, why it matters, who says what, the other
// side, and what to watch. Every sentence is one of an article, byte for byte, chosen by a row of
// the ledger or by its place: the opening of the latest report; openings of reports since; a
// sentence below a label "Why it matters", or the first that tells of what is planned in the
// earliest report; the latest quotation of each of those who said most; what is said by those who
// hold another position, or stand on the other side of a conflict; and what is still to come of
// commitments. Copies of an article give nothing, nor do those that their outlet took back, and no sentence is shown twice. What a story has
// not is left out. A quotation of several sentences is one entry, with its marks.
package brief

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

// The parts of a brief, in their order.
const (
	Topline   = "topline"
	New       = "new"
	Why       = "why"
	Says      = "says"
	OtherSide = "other side"
	Watch     = "watch"
)

// Parts are all parts, in their order.
var Parts = []string{Topline, New, Why, Says, OtherSide, Watch}

// A Sentence is a sentence of an article in a part of a brief, or the few that one quotation takes.
type Sentence struct {
	Part    string
	When    news.Interval
	Article news.ArticleID
	Span    text.Span
	Row     news.EntryID // that chose it; "" where its place did
	Reason  news.Reason
}

// Most sentences of a part.
var most = map[string]int{Topline: 1, New: 3, Why: 1, Says: 4, OtherSide: 2, Watch: 3}

// sentences is how many sentences of one statement are shown: a quotation goes on.
const sentences = 2

// longest bounds, in bytes, what is shown of one quotation: some five lines.
const longest = 600

// Of is the brief of a story with its rows, as one would want it on a day; sentences are those of an
// article, since is when the reader looked last, the zero time for "three days before the latest report".
func Of(b *book.Book, sentences func(*book.Article) []*account.Sentence, entries []news.Entry, since, today time.Time) []Sentence {
	w := writer{book: b, of: sentences, count: map[string]int{}}
	var reports []*book.Article
	for _, a := range b.Articles {
		if b.Stands(a) && !a.Published.IsZero() && !a.Published.After(today.AddDate(0, 0, 1)) {
			reports = append(reports, a)
		}
	}
	if len(reports) == 0 {
		for _, a := range b.Articles {
			if a.CopyOf == "" {
				reports = append(reports, a)
			}
		}
	}
	if len(reports) == 0 {
		return nil
	}
	slices.Reverse(reports) // the latest first
	latest := reports[0]
	if since.IsZero() {
		since = latest.Published.AddDate(0, 0, -3)
	}
	w.opening(Topline, latest, "the opening of the latest report")
	for _, e := range entries {
		if e.Kind == news.Change && !last(e).Before(since) {
			w.row(New, e, "a change of position")
		}
	}
	for _, a := range reports[1:] {
		if a.Published.After(since) {
			w.opening(New, a, "the opening of a report since")
		}
	}
	w.why(reports)
	w.says(entries, latest.Published)
	w.otherSide(entries, reports)
	w.watch(entries, today)
	slices.SortStableFunc(w.out, func(x, y Sentence) int { return cmp.Compare(slices.Index(Parts, x.Part), slices.Index(Parts, y.Part)) })
	return w.out
}

type writer struct {
	book  *book.Book
	of    func(*book.Article) []*account.Sentence
	count map[string]int
	out   []Sentence
}

// full reports whether a part has as many sentences as it is given.
func (w *writer) full(part string) bool { return w.count[part] >= most[part] }

// put shows a sentence, once, while its part has room.
func (w *writer) put(part string, a *book.Article, s text.Span, row news.EntryID, why string) {
	if w.full(part) {
		return
	}
	words := news.Fold(s.Of(a.Article.Text))
	for _, x := range w.out {
		if x.Article == a.Article.ID && x.Span.Overlaps(s) || news.Fold(x.Span.Of(w.book.Article(x.Article).Article.Text)) == words {
			return
		}
	}
	rule := "place"
	if row != "" {
		rule = "row"
	}
	w.count[part]++
	w.out = append(w.out, Sentence{part, a.Article.Published.When, a.Article.ID, s, row, news.Reason{Rule: rule, Detail: why}})
}

func (w *writer) opening(part string, a *book.Article, why string) {
	if w.full(part) {
		return
	}
	for _, x := range w.of(a) {
		if x.Kind == news.Body && !x.Question {
			w.put(part, a, x.Span, "", why)
			return
		}
	}
}

// row shows the sentence of the last statement of a row.
func (w *writer) row(part string, e news.Entry, why string) {
	if w.full(part) {
		return
	}
	for i := len(e.Statements) - 1; i >= 0; i-- {
		t := w.book.Statement(e.Statements[i])
		if t == nil || !w.book.Stands(t.In) || len(t.Content) == 0 {
			continue
		}
		var first, last text.Span
		shown := 0
		for _, x := range w.of(t.In) {
			if x.Kind != news.Body || !slices.ContainsFunc(t.Content, x.Span.Overlaps) {
				continue
			}
			if shown == 0 {
				first = x.Span
			} else if !together(t.In, last, x.Span) {
				break
			}
			last = x.Span
			if shown++; shown == sentences {
				break
			}
		}
		if shown > 0 {
			w.put(part, t.In, w.closed(t.In, text.Span{Start: first.Start, End: last.End}), e.ID, why)
			return
		}
	}
	for _, p := range e.Passages {
		if a := w.book.Article(p.Article); a != nil {
			w.put(part, a, p.Span, e.ID, why)
			return
		}
	}
}

// together reports whether one sentence follows another in one paragraph.
func together(a *book.Article, x, y text.Span) bool {
	between := text.Span{Start: x.End, End: max(x.End, y.Start)}.Of(a.Article.Text)
	return strings.TrimSpace(between) == "" && !strings.Contains(between, "\n")
}

// closed is a stretch with the sentences before and behind it that a quotation in it begins or ends
// in: no quotation is shown without its marks. It stays in its paragraph, and one that would grow
// too long stays as it is.
func (w *writer) closed(a *book.Article, s text.Span) text.Span {
	whole := s
	for _, p := range text.Paragraphs(a.Article.Text, a.Article.Range) {
		if !p.Contains(s) {
			continue
		}
		for _, q := range text.Quotations(a.Article.Text, p) {
			if q.Depth == 0 && q.Closed && q.Span.Overlaps(s) {
				whole.Start, whole.End = min(whole.Start, q.Span.Start), max(whole.End, q.Span.End)
			}
		}
	}
	grown := s
	for _, x := range w.of(a) {
		if x.Span.Overlaps(whole) {
			grown.Start, grown.End = min(grown.Start, x.Span.Start), max(grown.End, x.Span.End)
		}
	}
	if grown.Len() > longest {
		return s
	}
	return grown
}

// labelled are the sentences below a label of the article that begins so.
func (w *writer) labelled(part string, a *book.Article, label, why string) {
	if w.full(part) {
		return
	}
	for _, g := range a.Article.Segments {
		if g.Kind != news.Label || !strings.HasPrefix(news.Fold(g.Span.Of(a.Article.Text)), label) {
			continue
		}
		for _, x := range w.of(a) {
			if x.Span.Start >= g.Span.End {
				w.put(part, a, x.Span, "", why)
				return
			}
		}
	}
}

func (w *writer) why(reports []*book.Article) {
	for _, a := range reports {
		w.labelled(Why, a, "why it matters", "the article says below this label why it matters")
	}
	if w.count[Why] > 0 {
		return
	}
	first := reports[len(reports)-1]
	n := 0
	for _, x := range w.of(first) {
		if x.Kind != news.Body {
			continue
		}
		if n++; n > 1 && x.Future() {
			w.put(Why, first, x.Span, "", "the first sentence of the earliest report, behind its opening, that tells what is planned")
			return
		}
	}
}

// last is the last day of a row, the zero time if it is not known.
func last(e news.Entry) time.Time {
	_, l := e.Said.When.Bounds()
	return l
}

// lately is how long before the latest report one must have spoken to be among those who say what.
const lately = 14 * 24 * time.Hour

// says shows the latest quotation of those who said most of late.
func (w *writer) says(entries []news.Entry, newest time.Time) {
	count := map[news.EntityID]int{}
	latest := map[news.EntityID]news.Entry{}
	for _, e := range entries {
		if e.Kind != news.Utterance || e.Actor.Anonymous || e.Actor.Entity == "" {
			continue
		}
		if l := last(e); !l.IsZero() && !newest.IsZero() && newest.Sub(l) > lately {
			continue
		}
		count[e.Actor.Entity]++
		if len(e.Quotes) == 0 || e.Quotes[0].Mode == news.Indirect || e.Quotes[0].Polarity == news.Negative {
			continue
		}
		if was, known := latest[e.Actor.Entity]; !known || w.tellsMore(e, was) {
			latest[e.Actor.Entity] = e
		}
	}
	var actors []news.EntityID
	for a := range latest {
		actors = append(actors, a)
	}
	slices.SortFunc(actors, func(a, b news.EntityID) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	for _, a := range actors {
		w.row(Says, latest[a], "the latest quotation of one of those who said most")
	}
}

// tellsMore reports whether one utterance is shown rather than another: the later one; of those of one day
// words quoted whole; of these what the latest article has first, where it puts what weighs most.
func (w *writer) tellsMore(e, was news.Entry) bool {
	x, y := w.book.Statement(e.Statements[0]), w.book.Statement(was.Statements[0])
	if x == nil || y == nil {
		return x != nil
	}
	whole := func(t *book.Told) int {
		if t.Mode == news.Direct {
			return 1
		}
		return 0
	}
	return cmp.Or(last(e).Compare(last(was)), cmp.Compare(whole(x), whole(y)), x.In.Published.Compare(y.In.Published), cmp.Compare(y.Start(), x.Start()), strings.Compare(string(was.ID), string(e.ID))) > 0
}

// otherSide shows what is said by who holds another position than the last one taken.
func (w *writer) otherSide(entries []news.Entry, reports []*book.Article) {
	var positions []news.Entry
	for _, e := range entries {
		if e.Kind == news.Position && e.AscribedBy.Name == "" && !last(e).IsZero() {
			positions = append(positions, e)
		}
	}
	slices.SortFunc(positions, func(x, y news.Entry) int { return cmp.Or(last(y).Compare(last(x)), cmp.Compare(x.ID, y.ID)) })
	for i, p := range positions {
		for _, q := range positions[i+1:] {
			if q.Issue.ID == p.Issue.ID && q.Actor.Name != p.Actor.Name && against(q.Stance) != against(p.Stance) {
				w.row(OtherSide, q, "another position than the latest, on the same issue")
			}
		}
		if i > 4 {
			break
		}
	}
	for _, a := range reports {
		w.labelled(OtherSide, a, "the other side", "the article gives it below this label")
	}
}

func against(s news.Stance) bool { return s == news.Opposes || s == news.Undecided }

// watch shows what is still to come.
func (w *writer) watch(entries []news.Entry, today time.Time) {
	var open []news.Entry
	for _, e := range entries {
		if e.Kind != news.Commitment || e.Undertaking == nil || e.Undertaking.Due.IsZero() {
			continue
		}
		if _, due := e.Undertaking.Due.Bounds(); !due.Before(today) && (e.Undertaking.Status == news.StatusOpen || e.Undertaking.Status == news.StatusDue) {
			open = append(open, e)
		}
	}
	slices.SortFunc(open, func(x, y news.Entry) int {
		_, a := x.Undertaking.Due.Bounds()
		_, b := y.Undertaking.Due.Bounds()
		return cmp.Or(a.Compare(b), cmp.Compare(x.ID, y.ID))
	})
	for _, e := range open {
		w.row(Watch, e, "still to come")
	}
}
