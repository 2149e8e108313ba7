// Package article makes the pages of one article: its text with what was read in it, its revisions
// side by side, and the way from a line of the record down to the bytes it stands on.
package article

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"dateline/ledger"
	"dateline/news"
	"dateline/text"
	"dateline/web/view"
)

// An Article is the page of an article: its text with what was read in it.
type Article struct {
	ID, URL      string
	Title        string
	Outlet       view.Link
	OutletWhy    string
	Carrier      view.Link // who carries the copy, where it is not the outlet
	Authors      string
	Published    view.When
	PublishedWhy string
	Printed      string // the time as the page prints it
	Address      string // where it was published; "" where it is a file
	Language     string
	Page         string // path or URL as added
	Blocks       []Block
	Cards        []Card
	Entities     []Named
	Flags        []news.Flag
	Later        view.Link // what its outlet said of it since; no Text if nothing
	Story        view.Link
	Revision     RevisionLine
	Revisions    []RevisionLine // all of the page, the newest first
	Compare      string         // where they are side by side; "" where there is one
	Siblings     []view.Link    // the other articles of the page
	Why          string         // the way from the article to its bytes
	Quiet        string         // why nothing was analysed; "" if it was
	Desk         *Desk          // nil where nobody can correct
}

// A RevisionLine is a revision in a list.
type RevisionLine struct {
	Number   int
	Fetched  view.When
	Recorded view.When
	SHA256   string
	Size     string
	Raw      string // where its bytes are
	Reader   string
}

// A Block is a stretch of the page of one kind.
type Block struct {
	Kind    news.Kind
	Word    string // what the kind is called on the page
	Own     bool   // it is part of the article
	Aside   bool   // a run of what is not the article, on few lines
	Heading bool
	Subhead bool
	Why     string
	Runs    []Run
}

// A Run is a stretch of text under the same marks.
type Run struct {
	Text  string
	Class string // of marks: "content cue"
	Cards string // the ids of the statements it belongs to
	Note  string // of a time or a name: what it means
	URL   string // of a name: the page of whoever it is
	Opens []Ref  // statements whose content begins here
}

// A Ref is the number of a statement and where its card is.
type Ref struct {
	ID     string
	Number int
	Note   bool // it is a person's note, numbered apart
}

// A Card tells what was read in a statement, and why.
type Card struct {
	ID         string
	Number     int
	URL        string // why, down to the bytes
	Speaker    view.Link
	SpeakerWhy news.Reason
	Unknown    bool // nobody is known to have said it
	Source     string
	Cue        string
	Words      string
	Mode       string
	Act        news.Act
	Negative   bool
	Hedge      string
	Said       view.When
	SaidWhy    news.Reason
	To         string
	Venue      string
	Relayed    []view.Link
	Within     *Ref
	Confidence string
	Reasons    []news.Reason
	Issues     []string
	Decided    bool // a person corrected it
}

// A Named is somebody or something named in the article.
type Named struct {
	view.Link
	Type news.EntityType
	N    int
}

var segmentWords = map[news.Kind]string{
	news.TitleDup: "headline again", news.Dek: "standfirst", news.DateKind: "date", news.Publisher: "outlet", news.Byline: "byline", news.Caption: "caption",
	news.Credit: "credit", news.Label: "label", news.Tags: "tags", news.Dateline: "dateline",
}

// furniture is what the page has beside the article.
const furniture = "on the page, not in the article"

// ownKinds are those that are the article's own words.
var ownKinds = map[news.Kind]bool{news.Title: true, news.Dek: true, news.Dateline: true, news.Body: true, news.Caption: true, news.Byline: true, news.DateKind: true, news.Label: true}

// New is the page of an annotated article. decisions are those of people that hold: statements are
// shown as they were corrected, and words that a note is about are marked. known says whom the article's
// entities are in the record.
func New(a news.Annotation, known map[news.EntityID]news.Entity, decisions []news.Decision, l view.Links, now time.Time) Article {
	decided := map[news.StatementID]bool{}
	for _, d := range decisions {
		if i := d.About(a); i >= 0 && d.Kind != news.WriteNote {
			decided[a.Statements[i].ID] = true
		}
	}
	a = ledger.Corrected(a, decisions)
	art := a.Article
	v := Article{
		ID: string(art.ID), URL: l.Article(art.ID), Why: l.Why(string(art.ID)), Title: cmp.Or(art.Name, "An article without a title"),
		Outlet: view.Link{Text: cmp.Or(art.Outlet.Name, "outlet unknown"), URL: ""}, OutletWhy: because(art.Outlet.Basis, art.Outlet.Reason),
		Authors: strings.Join(art.Authors, ", "), Published: view.NewWhen(art.Published.When, now), PublishedWhy: because(art.Published.Basis, art.Published.Reason),
		Printed: art.Published.Local, Address: webAddress(cmp.Or(art.Canonical, art.URL)), Language: art.Language, Page: art.Name, Flags: art.Flags,
	}
	if art.Title != nil {
		v.Title = art.Title.Text
	}
	if art.Outlet.Name != "" {
		v.Outlet.URL = l.Outlet(art.Outlet.Name)
	}
	if art.Carrier != "" {
		v.Carrier = view.Link{Text: art.Carrier, URL: l.Outlet(art.Carrier)}
	}
	if !a.Analysed {
		v.Quiet = "This article was not analysed: its language is not one that Dateline reads, or it is too long."
	} else if a.Truncated {
		v.Quiet = "Analysis stopped before the end of this article: it is very long."
	}
	who := map[news.EntityID]view.Link{}
	for _, e := range a.Entities {
		who[e.ID] = l.Known(known, e.ID, e.Name)
		v.Entities = append(v.Entities, Named{who[e.ID], e.Type, len(e.Mentions)})
	}
	slices.SortStableFunc(v.Entities, func(x, y Named) int { return y.N - x.N })
	statements := slices.Clone(a.Statements)
	slices.SortStableFunc(statements, func(x, y news.Statement) int { return x.Content[0].Start - y.Content[0].Start })
	number := map[news.StatementID]int{}
	for i, s := range statements {
		number[s.ID] = i + 1
	}
	for _, s := range statements {
		c := card(art, s, who, number, l, now)
		c.Decided = decided[s.ID]
		v.Cards = append(v.Cards, c)
	}
	v.Blocks = blocks(a, marksOf(a, statements, number, decisions, who))
	return v
}

var basisWords = map[news.Basis]string{news.Stated: "the page says so", news.Relative: "the page says so, from another time", news.Inferred: "inferred"}

func because(b news.Basis, r news.Reason) string {
	if b == "" {
		return ""
	}
	if r.Rule == "" {
		return basisWords[b]
	}
	return basisWords[b] + ": " + r.Plain()
}

// webAddress is the address if a browser can go there, else "".
func webAddress(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

var modeWords = map[news.Mode]string{news.Direct: "word for word, in quotation marks", news.Indirect: "in the reporter’s words", news.Mixed: "partly in quotation marks"}

func card(art news.Article, s news.Statement, who map[news.EntityID]view.Link, number map[news.StatementID]int, l view.Links, now time.Time) Card {
	c := Card{
		ID: string(s.ID), Number: number[s.ID], URL: l.Why(string(s.ID)), Speaker: view.Link{Text: view.Speaker(s.Speaker), URL: l.Named(s.Speaker.Name)}, SpeakerWhy: s.Speaker.Reason,
		Unknown: s.Speaker.Name == "", Source: s.Source.Of(art.Text), Words: s.Words(art.Text), Mode: modeWords[s.Mode], Act: s.Act, Negative: s.Polarity == news.Negative, Hedge: s.Hedge,
		Said: view.NewWhen(s.Said.When, now), SaidWhy: s.Said.Reason, To: s.Addressee.Span.Of(art.Text), Venue: s.Venue,
		Confidence: fmt.Sprintf("%d in 100", int(math.Round(100*s.Confidence))), Reasons: s.Reasons, Issues: s.Issues,
	}
	if by, ok := who[s.Speaker.Entity]; ok {
		c.Speaker = by
	}
	var cues []string
	for _, cue := range s.Cue {
		cues = append(cues, cue.Of(art.Text))
	}
	c.Cue = view.Cue(strings.Join(cues, " … "))
	for _, id := range s.RelayedBy {
		if by, ok := who[id]; ok {
			c.Relayed = append(c.Relayed, by)
		}
	}
	if n := number[s.Within]; n > 0 {
		c.Within = &Ref{ID: string(s.Within), Number: n}
	}
	return c
}

// A mark is on a stretch of text, which can lie under several.
type mark struct {
	span  text.Span
	class string
	card  string
	note  string
	url   string
	opens *Ref
}

// blocks cut the text into its segments and what lies between them, each with its marks.
func blocks(a news.Annotation, marks []mark) []Block {
	art := a.Article
	var out []Block
	put := func(s text.Span, b Block) {
		for _, p := range text.Paragraphs(art.Text, s) {
			if strings.TrimSpace(p.Of(art.Text)) == "" {
				continue
			}
			// What is not the article is set in one piece, however many lines the page makes of it.
			if n := len(out); n > 0 && b.Aside && out[n-1].Aside {
				out[n-1].Runs = append(append(out[n-1].Runs, Run{Text: " \u00b7 "}), runs(art.Text, p, marks)...)
				continue
			}
			block := b
			block.Runs = runs(art.Text, p, marks)
			out = append(out, block)
		}
	}
	at, titled := 0, false
	for _, s := range art.Segments {
		if s.Span.Start > at {
			put(text.Span{Start: at, End: s.Span.Start}, Block{Word: furniture, Aside: true})
		}
		inside := art.Range.Contains(s.Span)
		b := Block{Kind: s.Kind, Word: segmentWords[s.Kind], Own: ownKinds[s.Kind] && inside, Why: s.Reason}
		title, label := s.Kind == news.Title && inside, s.Kind == news.Label && inside
		b.Heading, b.Subhead = title || label && !titled, label && titled // no heading stands a level below none
		titled = titled || title
		if b.Aside = !b.Own; b.Aside {
			b.Word = furniture
		}
		put(s.Span, b)
		at = max(at, s.Span.End)
	}
	if at < len(art.Text) {
		put(text.Span{Start: at, End: len(art.Text)}, Block{Word: furniture, Aside: true})
	}
	return out
}

func marksOf(a news.Annotation, statements []news.Statement, number map[news.StatementID]int, decisions []news.Decision, who map[news.EntityID]view.Link) []mark {
	var all []mark
	for _, s := range statements {
		ref := Ref{ID: string(s.ID), Number: number[s.ID]}
		for i, c := range s.Content {
			m := mark{span: c, class: "content", card: ref.ID}
			if i == 0 {
				m.opens = &ref
			}
			all = append(all, m)
		}
		for _, c := range s.Cue {
			all = append(all, mark{span: c, class: "cue", card: ref.ID})
		}
		if !s.Source.Empty() {
			all = append(all, mark{span: s.Source, class: "source", card: ref.ID})
		}
	}
	for _, t := range a.Times {
		all = append(all, mark{span: t.Span, class: "time", note: strings.Trim(cmp.Or(t.Value, "a time nobody can tell")+" ("+t.Reason.String()+")", " ()")})
	}
	for _, e := range a.Entities {
		for _, n := range e.Mentions {
			if n.Kind == news.ByName {
				all = append(all, mark{span: n.Span, class: "name", note: who[e.ID].Text, url: who[e.ID].URL})
			}
		}
	}
	notes := 0
	for _, d := range decisions {
		if d.Kind != news.WriteNote || !strings.HasPrefix(d.Object, "a") {
			continue
		}
		if place, ok := d.Anchor.Find(a.Article.Text); ok {
			notes++
			all = append(all, mark{span: place, class: "noted", note: "Note: " + d.Value, opens: &Ref{string(d.ID), notes, true}})
		}
	}
	slices.SortStableFunc(all, func(x, y mark) int { return x.span.Start - y.span.Start })
	return all
}

// runs cut a stretch of text wherever a mark begins or ends. The marks are in text order; those of
// other stretches are skipped.
func runs(t string, within text.Span, marks []mark) []Run {
	var here []mark
	cuts := []int{within.Start, within.End}
	for _, m := range marks {
		if m.span.Start >= within.End {
			break
		}
		if m.span.End <= within.Start {
			continue
		}
		here = append(here, m)
		cuts = append(cuts, max(m.span.Start, within.Start), min(m.span.End, within.End))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Run
	for i := 0; i+1 < len(cuts); i++ {
		from, to := cuts[i], cuts[i+1]
		r := Run{Text: t[from:to]}
		var classes, cards []string
		for _, m := range here {
			if m.span.Start > from || m.span.End < to {
				continue
			}
			if !slices.Contains(classes, m.class) {
				classes = append(classes, m.class)
			}
			if m.card != "" && !slices.Contains(cards, m.card) {
				cards = append(cards, m.card)
			}
			r.Note, r.URL = cmp.Or(r.Note, m.note), cmp.Or(r.URL, m.url)
			if m.opens != nil && m.span.Start == from {
				r.Opens = append(r.Opens, *m.opens)
			}
		}
		r.Class, r.Cards = strings.Join(classes, " "), strings.Join(cards, " ")
		out = append(out, r)
	}
	return out
}

// Size is a number of bytes for people.
func Size(n int) string {
	switch {
	case n < 1000:
		return view.Plural(n, "byte")
	case n < 1000_000:
		return fmt.Sprintf("%.1f KB", float64(n)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// SetRevisions tells which revision the article was read from, and which others there are.
func (v *Article) SetRevisions(a news.Article, all []news.Revision, l view.Links, now time.Time) {
	for _, r := range all {
		line := RevisionLine{
			Number: r.Number, Fetched: view.NewInstant(r.Fetched, now), Recorded: view.NewInstant(r.Recorded, now), SHA256: r.SHA256, Size: Size(r.Size),
			Raw: l.To("/raw/" + string(r.ID)), Reader: a.Reader,
		}
		if r.ID == a.Revision {
			v.Revision = line
		}
		v.Revisions = append(v.Revisions, line)
	}
	slices.Reverse(v.Revisions)
	if len(all) > 1 {
		v.Compare = l.To("/article/" + string(a.ID) + "/revisions")
	}
}
