package view

import (
	"cmp"
	"fmt"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/text"
)

// A Search is the page on which one searches.
type Search struct {
	Asked   string
	Only    string
	Done    bool
	Notices []Notice
	Meant   []Link
	Hits    []Hit
	Found   int
	More    bool // there are more than were counted
	Next    string
	Facets  []Facet
	Damaged int
}

// A Notice says what was not taken as it was written.
type Notice struct{ Before, After, Text string }

// A Hit is what was found.
type Hit struct {
	Report
	Pieces  []Piece // of the snippet
	Speaker Link
	Why     string // of the statement; "" where an article was found
	Copies  []Report
}

// A Piece of a text is found or not.
type Piece struct {
	Text string
	Hit  bool
}

// A Facet counts hits by one of their properties.
type Facet struct {
	Name   string
	Counts []FacetCount
}

// A FacetCount leads to just those hits.
type FacetCount struct {
	Text, URL string
	N         int
}

// Fill puts in what was found; known says who the speakers are in the record.
func (v *Search) Fill(r search.Results, known map[news.EntityID]news.Entity, l Links, now time.Time) {
	v.Done, v.Found, v.More, v.Damaged = true, r.Matches, r.More, len(r.Damaged)
	for _, n := range r.Notices {
		if n.At > len(v.Asked) {
			continue // it is about the time that the page asks for
		}
		at := max(0, n.At)
		v.Notices = append(v.Notices, Notice{v.Asked[:at], v.Asked[at:], n.Text})
	}
	for _, name := range r.Meant {
		v.Meant = append(v.Meant, Link{name, l.To("/search", "q", name)})
	}
	for _, h := range r.Hits {
		hit := Hit{Report: Report{cmp.Or(h.Outlet, "outlet unknown"), cmp.Or(h.Title, h.Ref.Page), l.Article(h.Article), h.Article, NewWhen(h.Published, now), l.Later(h.Article, h.Corrections)}, Pieces: pieces(h.Snippet, h.Span, h.Ranges)}
		if s := h.Statement; s != nil {
			hit.Speaker, hit.Why, hit.URL = l.Known(known, s.Speaker.Entity, Speaker(s.Speaker)), l.Why(string(s.ID)), l.Statement(h.Article, s.ID)
		}
		for _, c := range h.Copies {
			hit.Copies = append(hit.Copies, Report{cmp.Or(c.Outlet, "outlet unknown"), c.Ref.Page, l.Article(c.Article), c.Article, NewWhen(c.Published, now), Link{}})
		}
		v.Hits = append(v.Hits, hit)
	}
	if r.Next != "" {
		v.Next = l.To("/search", "q", v.Asked, "only", v.Only, "from", r.Next)
	}
	for _, f := range r.Facets {
		facet := Facet{Name: cmp.Or(facetWords[f.Name], f.Name)}
		for i, c := range f.Counts {
			if i == 8 {
				break
			}
			facet.Counts = append(facet.Counts, FacetCount{cmp.Or(facetWords[f.Name+" "+c.Value], c.Value), l.To("/search", "q", v.Asked+" "+c.Query, "only", v.Only), c.N})
		}
		if len(facet.Counts) > 1 {
			v.Facets = append(v.Facets, facet)
		}
	}
}

// facetWords are the properties of hits for people, and their values where those are words of ours.
var facetWords = map[string]string{
	"mode": "how it is told", "mode direct": "word for word", "mode indirect": "in the reporter’s words", "mode mixed": "partly word for word",
	"act": "what it is", "act speech": "said", "act writing": "written", "act document": "in a document", "act question": "asked", "act thought": "thought", "act stance": "a stand", "act plan": "a plan", "act poll": "a poll", "act perception": "seen or heard",
}

// pieces cut a snippet, which stands at span of a text, where the ranges of that text begin and end.
func pieces(snippet string, span text.Span, ranges []text.Span) []Piece {
	var out []Piece
	at := span.Start
	for _, r := range ranges {
		if !span.Contains(r) || r.Start < at {
			continue
		}
		if r.Start > at {
			out = append(out, Piece{snippet[at-span.Start : r.Start-span.Start], false})
		}
		out = append(out, Piece{snippet[r.Start-span.Start : r.End-span.Start], true})
		at = r.End
	}
	if at < span.End && at-span.Start <= len(snippet) {
		out = append(out, Piece{snippet[at-span.Start:], false})
	}
	return out
}

// A Check is the page on which a quotation is checked.
type Check struct {
	Quote, Speaker string
	Can            bool
	Done           bool
	Verdict        string // in words
	Class          string
	Detail         string
	Who            Link
	Said           When
	TakenBack      bool // the article of the first place, as a whole, by its outlet
	Differences    []Difference
	Marked         []Piece // the quotation with what differs in it
	Places         []Place
	Nearest        *Place // of what is not found: what comes nearest to it
	Covered        string
	Why            []news.Reason
}

// A Difference is a stretch of words that differs.
type Difference struct{ Kind, Asked, Is string }

// A Place is where the words stand.
type Place struct {
	Report
	Speaker Link
	Text    string
	Kind    string
	Why     string
}

var verdicts = map[search.Kind][3]string{
	"exact":         {"Yes, word for word", "good", "The record holds these very words."},
	"marks":         {"Yes, but for marks", "good", "The same words; punctuation, case, brackets or ellipses differ."},
	"altered":       {"Altered", "", "The record has it in other words than these; what differs is marked."},
	"paraphrase":    {"Said, in other words", "", "The record holds the same in other words."},
	"other_speaker": {"Said by somebody else", "", "The record holds these words, from another speaker."},
	"not_found":     {"Not found", "", "The record does not hold it. It may have been said all the same, in what the record does not cover."},
}

// Fill puts in the verdict; known says who the speakers are in the record.
func (v *Check) Fill(r search.Verdict, known map[news.EntityID]news.Entity, l Links, now time.Time) {
	w := verdicts[r.Kind]
	v.Done, v.Verdict, v.Class, v.Detail = true, w[0], w[1], w[2]
	if r.Speaker.Name != "" {
		v.Who = l.Known(known, r.Speaker.Entity, r.Speaker.Name)
	}
	v.Said, v.Why = NewWhen(r.Said.When, now), r.Why
	var differ []text.Span
	for _, d := range r.Differences {
		v.Differences = append(v.Differences, Difference{d.Kind, d.Asked, d.Is})
		if !d.At.Empty() && d.At.End <= len(v.Quote) {
			differ = append(differ, d.At)
		}
	}
	v.Marked = pieces(v.Quote, text.Span{End: len(v.Quote)}, differ)
	if n := changed(r.Differences); r.Kind == search.Altered && n > 0 {
		words := 0
		for _, part := range search.QuoteWords(v.Quote) {
			words += len(part)
		}
		v.Verdict = fmt.Sprintf("Altered: %s of %d", Plural(n, "word"), words)
	}
	if len(r.Places) > 0 && len(r.Places[0].Corrections) > 0 {
		v.Detail += " Its outlet corrected something in the article since: see below."
		if r.Places[0].TakenBack() {
			v.TakenBack, v.Class, v.Verdict = true, "", "Taken back by its outlet"
			v.Detail = "The outlet took back the article that has these words."
		}
	}
	for i, p := range r.Places {
		if i == 10 {
			break
		}
		v.Places = append(v.Places, newPlace(p, known, l, now))
	}
	if r.Nearest != nil {
		near := newPlace(*r.Nearest, known, l, now)
		v.Nearest = &near
		v.Detail = "The record does not hold it. What comes nearest stands below; it is not the same."
	}
	if r.Covered.Articles == 0 {
		v.Detail = "The record is empty, so there is nothing to compare it with. Add pages first."
	}
	v.Covered = covered(r.Covered)
}

// changed counts the words that were changed, added or left out.
func changed(all []search.Difference) (n int) {
	for _, d := range all {
		switch d.Kind {
		case "replaced", "added", "left out", "tense":
			n++
		}
	}
	return n
}

func newPlace(p search.Place, known map[news.EntityID]news.Entity, l Links, now time.Time) Place {
	place := Place{Report: Report{cmp.Or(p.Outlet, "outlet unknown"), cmp.Or(p.Title, p.Ref.Page), l.Article(p.Article), p.Article, NewWhen(p.Published, now), l.Later(p.Article, p.Corrections)}, Text: p.Text, Kind: verdicts[p.Kind][0], Why: l.Why(string(p.Article))}
	if s := p.Statement; s != nil {
		place.Speaker, place.Why, place.URL = l.Known(known, s.Speaker.Entity, Speaker(s.Speaker)), l.Why(string(s.ID)), l.Statement(p.Article, s.ID)
	}
	return place
}

func covered(c search.Covered) string {
	s := "The record covers " + Plural(c.Articles, "article")
	if c.Outlets > 0 {
		s += " of " + Plural(c.Outlets, "outlet")
	}
	if !c.From.IsZero() && !c.To.IsZero() {
		day := func(t time.Time) news.Moment { return news.Day(t.Year(), t.Month(), t.Day()) }
		s += ", " + words(news.Between(day(c.From), day(c.To)))
	}
	return s + "."
}
