// Package invented scores the reading of invented stories: pages as outlets would serve them,
// with an editor's answers to all that can be asked of them.
//
// The answers hold each article's own text, without the page's furniture. LayOn moves them into
// the text of the page as it was read; what the reading lost counts as missed.
package invented

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/eval/attribution"
	"dateline/eval/extraction"
	"dateline/eval/grouping"
	"dateline/eval/score"
	"dateline/eval/seed"
	"dateline/eval/timevalue"
	"dateline/news"
	"dateline/text"
)

// A Story is an invented story: its pages as served, with an editor's answers.
type Story struct {
	Name  string
	Pages []Page
}

// A Page is a page with its articles, in page order.
type Page struct {
	Page     news.Page
	Articles []Article
}

// An Article is an article as an editor reads it. Its spans point into its own text, which
// holds nothing of the page's furniture.
type Article struct {
	Role       news.Role
	Text       string // paragraphs parted by a blank line
	Segments   []news.Segment
	Sentences  []text.Span
	Statements []Statement
	Times      []news.TimeExpression
	Mentions   []Mention

	Outlet    string // "" where nobody can tell
	Basis     news.Basis
	Carrier   string
	Authors   []string
	Published string // EDTF, in UTC where it is a time
	Local     string // as the page prints it
	DateBasis news.Basis
	Language  string
}

// A Statement is who says what, by the editor's word.
type Statement struct {
	Source, Cue, Content, Addressee []text.Span

	Speaker   []string // the names and descriptions of who it is; none if the text does not tell
	Anonymous bool
	Mode      news.Mode
	Act       news.Act
	Said      string // EDTF, "" where it is not known
	Relayed   int
	Negative  bool
}

// A Mention is a name, a description or a pronoun, and whom it stands for.
type Mention struct {
	Span   text.Span
	Entity string
}

// Score adds up over the pages of a story.
type Score struct {
	tally                                           attribution.Tally
	speaker, mode, act, said, polarity, to, relayed score.Mean
	alone, whole                                    timevalue.Score
	bytes, title, outlet, basis, authors, published score.Mean
	pages, articles, found, extra                   int
	items                                           []grouping.Item
	mentioned                                       score.Mean
}

// Add adds a page: what was read of it, and the expressions found in the own text of each of its
// articles. miss is told what went wrong.
func (d *Score) Add(p Page, read []news.Annotation, alone [][]news.TimeExpression, miss func(string)) {
	d.pages++
	page := ""
	var found []news.TimeExpression
	for _, a := range read {
		page = a.Article.Text
		found = append(found, a.Times...)
	}
	laid := LayOn(page, p.Articles)
	for i, a := range p.Articles {
		d.alone.Add(timevalue.Compare(timevalue.Document{Text: a.Text, Published: a.Published, Times: goldTimes(a)}, alone[i], false))
	}
	d.whole.Add(timesWithin(page, laid, found))
	d.statements(p.Page.Name, laid, read, miss)
	d.metadata(p.Page.Name, laid, read, miss)
	d.mentions(p.Page.Name, laid, read, miss)
}

// Figures are those of all pages added.
func (d *Score) Figures() []score.Figure {
	figures := d.tally.Figures("statements ")
	for _, x := range []struct {
		metric string
		mean   score.Mean
	}{
		{"speaker", d.speaker}, {"mode", d.mode}, {"act", d.act}, {"day of said", d.said}, {"polarity", d.polarity}, {"addressee", d.to}, {"relayed by", d.relayed},
		{"bytes right", d.bytes}, {"titles", d.title}, {"outlets", d.outlet}, {"basis of the outlet", d.basis}, {"authors", d.authors}, {"published", d.published}, {"mentions found", d.mentioned},
	} {
		figures = append(figures, score.Figure{Metric: x.metric, Value: x.mean.Value(), N: x.mean.N})
	}
	b := grouping.BCubed(d.items)
	return append(figures,
		score.Figure{Metric: "mentions B3 F1", Value: b.F1(), N: len(d.items)},
		score.Figure{Metric: "articles found", Value: score.Ratio(d.found, max(1, d.articles, d.found+d.extra)), N: d.articles},
		score.Figure{Metric: "times value F1, text alone", Value: d.alone.F1(d.alone.Value), N: d.alone.Gold},
		score.Figure{Metric: "times value F1, page read", Value: d.whole.F1(d.whole.Value), N: d.whole.Gold},
	)
}

func goldTimes(a Article) []timevalue.Gold {
	var out []timevalue.Gold
	for _, t := range a.Times {
		out = append(out, timevalue.Gold{Span: t.Span, Type: string(t.Type), Value: t.Value})
	}
	return out
}

// timesWithin compares the expressions of a page, of ours those inside the articles' sentences:
// the furniture has no answers.
func timesWithin(page string, articles []Article, found []news.TimeExpression) timevalue.Score {
	var s timevalue.Score
	for _, a := range articles {
		var inside []news.TimeExpression
		for _, f := range found {
			if slices.ContainsFunc(a.Segments, func(g news.Segment) bool { return g.Span.Contains(f.Span) }) {
				inside = append(inside, f)
			}
		}
		laid := goldTimes(a)
		lost := len(laid)
		laid = slices.DeleteFunc(laid, func(g timevalue.Gold) bool { return g.Span.Empty() })
		s.Gold += lost - len(laid)
		s.Add(timevalue.Compare(timevalue.Document{Text: page, Published: a.Published, Times: laid}, inside, false))
	}
	return s
}

// statements compares those of a page: what is found in its furniture counts as wrong.
func (d *Score) statements(page string, articles []Article, read []news.Annotation, miss func(string)) {
	var gold []attribution.Gold
	var answers []Statement
	for _, a := range articles {
		for _, s := range a.Statements {
			answers = append(answers, s)
			gold = append(gold, attribution.Gold{
				Content: attribution.Merge(s.Content...), Cue: attribution.Merge(s.Cue...), Source: attribution.Merge(s.Source...), Type: s.Mode,
			})
		}
	}
	found := attribution.FoundIn(read)
	var statements []news.Statement
	for _, a := range read {
		statements = append(statements, a.Statements...)
	}
	whole := ""
	if len(read) > 0 {
		whole = read[0].Article.Text
	}
	words := func(spans attribution.Spans) string {
		var parts []string
		for _, s := range spans {
			parts = append(parts, s.Of(whole))
		}
		return strings.Join(parts, " ... ")
	}
	of := d.tally.Add(gold, found)
	matched := map[int]bool{}
	for i, k := range of {
		g := gold[i]
		if k < 0 {
			miss(fmt.Sprintf("%s: nothing for [%s] %s: %s", page, words(g.Source), words(g.Cue), words(g.Content)))
			continue
		}
		matched[k] = true
		s, f := answers[i], found[k]
		check := func(m *score.Mean, right bool, what, ours, theirs string) {
			if m.Count(right); !right {
				miss(fmt.Sprintf("%s: %s %q, not %q, of [%s] %s: %s", page, what, ours, theirs, words(g.Source), words(g.Cue), words(g.Content)))
			}
		}
		if !attribution.SourcesAgree(g, f) {
			miss(fmt.Sprintf("%s: source %q, not %q, of %s: %s", page, words(f.Source), words(g.Source), words(g.Cue), words(g.Content)))
		}
		st := statements[k]
		check(&d.speaker, s.isBy(f), "speaker", f.Name, strings.Join(s.Speaker, "; "))
		check(&d.mode, s.Mode == f.Mode, "mode", string(f.Mode), string(s.Mode))
		check(&d.act, s.Act == st.Act, "act", string(st.Act), string(s.Act))
		check(&d.polarity, s.Negative == (st.Polarity == news.Negative), "polarity", string(st.Polarity), fmt.Sprint("negative ", s.Negative))
		if s.Said != "" {
			check(&d.said, daysOnly(s.Said) == daysOnly(f.Said), "day", f.Said+" by "+st.Said.Reason.String(), s.Said)
		}
		if len(s.Addressee) > 0 {
			to := attribution.Merge(s.Addressee...)
			check(&d.to, to.Common(f.Addressee) > 0, "addressee", words(f.Addressee), words(to))
		}
		if s.Relayed > 0 {
			check(&d.relayed, f.Relayed > 0, "relayed by", "nobody", fmt.Sprint(s.Relayed))
		}
	}
	for k, f := range found {
		if !matched[k] {
			miss(fmt.Sprintf("%s: wrongly %.2f [%s] %s: %s", page, statements[k].Confidence, words(f.Source), words(f.Cue), words(f.Content)))
		}
	}
}

// isBy reports whether our speaker is the editor's: by one of his names or descriptions; a
// nameless one as anonymous; nobody as nobody.
func (s Statement) isBy(f attribution.Found) bool {
	switch {
	case len(s.Speaker) == 0:
		return !f.Spoken
	case s.Anonymous:
		return f.Spoken && f.Anonymous
	}
	return f.Spoken && slices.ContainsFunc(s.Speaker, func(name string) bool { return attribution.SameName(name, f.Name) })
}

// daysOnly is a value in EDTF without times of day and marks of doubt.
func daysOnly(value string) string {
	from, to, ranged := strings.Cut(timevalue.Clean(value), "/")
	from = seed.DayOf(from)
	if ranged {
		from += "/" + seed.DayOf(to)
	}
	return from
}

// leastShared is the overlap from which two articles are one here: the answers hold nothing of
// the furniture between their paragraphs.
const leastShared = .5

// metadata compares the articles of a page and what is known of them.
func (d *Score) metadata(page string, articles []Article, read []news.Annotation, miss func(string)) {
	var got []news.Article
	for _, a := range read {
		got = append(got, a.Article)
	}
	d.articles += len(articles)
	used := make([]bool, len(got))
	size := 0
	if len(got) > 0 {
		size = len(got[0].Text)
	}
	kinds := seed.KindsOf(got, size)
	for i, a := range articles {
		var covered attribution.Spans
		title := ""
		for _, s := range a.Segments {
			covered = append(covered, s.Span)
			if s.Kind == news.Title && title == "" && size > 0 {
				title = s.Span.Of(got[0].Text)
			}
			for at := s.Span.Start; at < s.Span.End; at++ {
				if !unicode.IsSpace(rune(got[0].Text[at])) {
					d.bytes.Count(kinds[at] == seed.Once(s.Kind))
				}
			}
		}
		best, most := -1, leastShared
		for k, g := range got {
			if used[k] || g.Role != a.Role {
				continue
			}
			var ours []text.Span
			for _, s := range g.Segments {
				if g.Range.Contains(s.Span) && s.Kind != news.Boilerplate && s.Kind != news.RelatedLink {
					ours = append(ours, s.Span)
				}
			}
			if v := attribution.Merge(covered...).Jaccard(attribution.Merge(ours...)); v >= most {
				best, most = k, v
			}
		}
		if best < 0 {
			miss(fmt.Sprintf("%s: article %d not found", page, i+1))
			for _, m := range []*score.Mean{&d.title, &d.outlet, &d.authors, &d.published} {
				m.Count(false)
			}
			if a.Outlet != "" {
				d.basis.Count(false)
			}
			continue
		}
		used[best] = true
		d.found++
		g := got[best]
		ours := ""
		if g.Title != nil {
			ours = g.Title.Text
		}
		check := func(m *score.Mean, what string, right bool) {
			if m.Count(right); !right {
				miss(fmt.Sprintf("%s: article %d, another %s", page, i+1, what))
			}
		}
		check(&d.title, "title", extraction.Fold(ours) == extraction.Fold(title))
		check(&d.outlet, "outlet", seed.OutletName(g.Outlet.Name) == seed.OutletName(a.Outlet))
		if a.Outlet != "" {
			d.basis.Count(g.Outlet.Name != "" && g.Outlet.Basis == a.Basis)
		}
		check(&d.authors, "list of authors", extraction.NamesOf(g.Authors).Equal(extraction.NamesOf(a.Authors)))
		if _, dated := extraction.Day(a.Published); dated {
			check(&d.published, "day", extraction.SameDay(&g, a.Published) || extraction.SameDay(&g, a.Local))
		} else { // an interval or nothing
			check(&d.published, "day", daysOnly(g.Published.When.String()) == daysOnly(a.Published))
		}
	}
	d.extra += len(got)
	for _, u := range used {
		if u {
			d.extra--
		}
	}
}

// mentions compares whom names, descriptions and pronouns stand for, each page by itself. A
// mention is found by the one of ours that overlaps it most.
func (d *Score) mentions(page string, articles []Article, read []news.Annotation, miss func(string)) {
	var ours []text.Span
	var whose, names []string
	for i, a := range read {
		for _, e := range a.Entities {
			for _, m := range e.Mentions {
				ours = append(ours, m.Span)
				whose = append(whose, fmt.Sprint(d.pages, " ", i, " ", e.ID))
				names = append(names, e.Name)
			}
		}
	}
	for n, a := range articles {
		var spans []text.Span
		for _, m := range a.Mentions {
			spans = append(spans, m.Span)
		}
		of := timevalue.Match(spans, ours)
		met := map[string]map[string]int{} // our entities -> the editor's
		for i, k := range of {
			if k >= 0 {
				if met[whose[k]] == nil {
					met[whose[k]] = map[string]int{}
				}
				met[whose[k]][a.Mentions[i].Entity]++
			}
		}
		for i, k := range of {
			m := a.Mentions[i]
			item := grouping.Item{Gold: fmt.Sprint(d.pages, " ", n, " ", m.Entity), Asked: true}
			words := ""
			if len(read) > 0 {
				words = m.Span.Of(read[0].Article.Text)
			}
			if k >= 0 {
				item.Ours = whose[k]
				if all := met[whose[k]]; 2*all[m.Entity] <= total(all) {
					miss(fmt.Sprintf("%s: mention %q of %s at %d is put to %q", page, words, m.Entity, m.Span.Start, names[k]))
				}
			} else {
				miss(fmt.Sprintf("%s: mention %q of %s at %d is not seen", page, words, m.Entity, m.Span.Start))
			}
			d.items = append(d.items, item)
			d.mentioned.Count(k >= 0)
		}
	}
}

func total(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// LayOn moves the spans of the answers into the text of the page as it was read. A paragraph,
// or where that fails a sentence, is looked for letter by letter, blanks left out, from the end
// of the one before it, then anywhere; spans in what the reading lost become empty.
func LayOn(page string, articles []Article) []Article {
	letters, at := lettersOf(page)
	from := 0
	find := func(words string) int {
		w, _ := lettersOf(words)
		if w == "" {
			return -1
		}
		i := strings.Index(letters[from:], w)
		if i >= 0 {
			i += from
		} else {
			i = strings.Index(letters, w)
		}
		if i >= 0 {
			from = i + len(w)
		}
		return i
	}
	var out []Article
	for _, a := range articles {
		words, places := lettersOf(a.Text)
		// moved is where each letter of the article begins and ends in the page.
		moved := make([]text.Span, len(words))
		lay := func(s text.Span) bool {
			i := find(s.Of(a.Text))
			if i < 0 {
				return false
			}
			for k, p := range places {
				if s.Start <= p && p < s.End {
					moved[k] = text.Span{Start: at[i], End: at[i] + 1}
					i++
				}
			}
			return true
		}
		for _, p := range text.Paragraphs(a.Text, text.Span{Start: 0, End: len(a.Text)}) {
			if lay(p) {
				continue
			}
			for _, s := range a.Sentences {
				if p.Contains(s) {
					lay(s)
				}
			}
		}
		one := func(s text.Span) (r text.Span) {
			for k, p := range places {
				if s.Start <= p && p < s.End && !moved[k].Empty() {
					r = r.Cover(moved[k])
				}
			}
			return r
		}
		many := func(list []text.Span) (r []text.Span) {
			for _, s := range list {
				if s = one(s); !s.Empty() {
					r = append(r, s)
				}
			}
			return r
		}
		b := a
		b.Segments, b.Sentences, b.Statements, b.Times, b.Mentions = nil, many(a.Sentences), nil, nil, nil
		for _, s := range a.Segments {
			if s.Span = one(s.Span); !s.Span.Empty() {
				b.Segments = append(b.Segments, s)
			}
		}
		for _, s := range a.Statements {
			s.Source, s.Cue, s.Content, s.Addressee = many(s.Source), many(s.Cue), many(s.Content), many(s.Addressee)
			b.Statements = append(b.Statements, s)
		}
		for _, t := range a.Times {
			t.Span = one(t.Span)
			b.Times = append(b.Times, t)
		}
		for _, m := range a.Mentions {
			m.Span = one(m.Span)
			b.Mentions = append(b.Mentions, m)
		}
		out = append(out, b)
	}
	return out
}

// lettersOf are the bytes of t that are no blanks, and the place of each.
func lettersOf(t string) (letters string, at []int) {
	var b strings.Builder
	for i := 0; i < len(t); {
		r, n := utf8.DecodeRuneInString(t[i:])
		if !text.IsSpace(r) {
			b.WriteString(t[i : i+n])
			for k := range n {
				at = append(at, i+k)
			}
		}
		i += n
	}
	return b.String(), at
}
