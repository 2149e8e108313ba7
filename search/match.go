package search

import (
	"slices"
	"strings"
	"time"

	"dateline/news"
	"dateline/search/ask"
	"dateline/search/word"
	"dateline/text"
)

// A Matched is what a query finds in one document: the article, or some of its statements.
type Matched struct {
	Article    bool
	Statements []int
}

// Match finds what a query finds, without an index. stories holds for a story's name or id, as
// the query has it, whether the article belongs to it; nil where that is not known.
func Match(q Query, d *Document, stories map[string]bool) Matched {
	var m Matched
	if q.Root == nil {
		return m
	}
	v := view{d: d, stories: stories, words: slices.Concat(d.Title, d.Body)}
	m.Article = v.holds(*q.Root)
	for i := range d.Statements {
		s := view{d: d, stories: stories, said: &d.Statements[i], words: d.Statements[i].Content}
		if s.holds(*q.Root) {
			m.Statements = append(m.Statements, i)
		}
	}
	return m
}

// A view is an article, or one of its statements, as a query sees it.
type view struct {
	d       *Document
	said    *Said // nil for the article
	words   []word.Token
	stories map[string]bool
	stems   map[string]bool // of words; made when first asked for
}

func (v *view) has(w string) bool {
	if v.stems == nil {
		v.stems = make(map[string]bool, len(v.words))
		for _, k := range v.words {
			v.stems[word.Stem(k.Word)] = true
		}
	}
	return v.stems[word.Stem(w)]
}

func (v *view) holds(n ask.Node) bool {
	switch n.Kind {
	case ask.Word:
		return v.has(n.Words[0])
	case ask.Prefix:
		return slices.ContainsFunc(v.words, func(k word.Token) bool { return strings.HasPrefix(k.Word, n.Words[0]) })
	case ask.Phrase:
		return len(phrase(v.words, n.Words)) > 0
	case ask.In:
		return v.in(n)
	case ask.Is:
		return v.is(n.Field, n.Words[0])
	case ask.When:
		when := v.d.Published
		if n.Field == "said" {
			if v.said == nil {
				return false
			}
			when = v.said.When
		}
		return overlap(when, n.From, n.To)
	case ask.Not:
		return !v.holds(n.Nodes[0])
	case ask.Any:
		return slices.ContainsFunc(n.Nodes, v.holds)
	case ask.All:
		return !slices.ContainsFunc(n.Nodes, func(c ask.Node) bool { return !v.holds(c) })
	}
	// A list: what is no plain word must hold; of plain words alone, one must be there.
	words, found, must := false, false, false
	for _, c := range n.Nodes {
		if c.Kind == ask.Word {
			words, found = true, found || v.holds(c)
			continue
		}
		if !v.holds(c) {
			return false
		}
		must = must || c.Kind != ask.Not
	}
	return must || !words || found
}

func (v *view) in(n ask.Node) bool {
	var values []string
	switch n.Field {
	case "outlet":
		values = v.d.Outlet
	case "story":
		return v.stories[strings.Join(n.Words, " ")]
	case "about":
		if v.said != nil {
			values = v.said.About
		} else {
			values = v.d.About
			for _, k := range v.d.Title {
				values = append(values[:len(values):len(values)], k.Word)
			}
		}
	case "speaker", "to", "issue":
		if v.said == nil {
			return false
		}
		values = v.said.Speaker
		if n.Field == "to" {
			values = v.said.To
		} else if n.Field == "issue" {
			values = nil
			for _, i := range v.said.Issues {
				values = append(values, word.Words(i)...)
			}
		}
	}
	for _, w := range n.Words {
		if !slices.ContainsFunc(values, func(o string) bool { return word.Stem(o) == word.Stem(w) }) && (n.Field != "about" || v.said == nil || !v.has(w)) {
			return false
		}
	}
	return true
}

func (v *view) is(field, value string) bool {
	if field == "lang" {
		l, _, _ := strings.Cut(strings.ToLower(v.d.Language), "-")
		return l == value
	}
	if v.said == nil {
		return false
	}
	switch field {
	case "mode":
		return string(v.said.Mode) == value
	case "act":
		return string(v.said.Act) == value
	}
	return v.said.Anonymous == (value == "yes")
}

// overlap reports whether a time shares a day with a span, an open side of which is zero. A time
// that is open on one side counts by its other end.
func overlap(when news.Interval, from, to time.Time) bool {
	first, last := when.Bounds()
	switch {
	case first.IsZero() && last.IsZero():
		return false
	case first.IsZero():
		first = last
	case last.IsZero():
		last = first
	}
	return (to.IsZero() || !first.After(to)) && (from.IsZero() || !last.Before(from))
}

// Clauses are the parts of a query that stand side by side.
func Clauses(root ask.Node) []ask.Node {
	if root.Kind == ask.List {
		return root.Nodes
	}
	return []ask.Node{root}
}

// InDigest reports whether a digest tells if a node holds: it knows outlet and language of the
// article, mode, act and kind of speaker of a statement. It also knows when the article was
// published, but spans of time are too narrow for trying one article after another.
func InDigest(n ask.Node) bool {
	switch n.Kind {
	case ask.Is:
		return true
	case ask.In:
		return n.Field == "outlet"
	case ask.Not, ask.All, ask.Any:
		return !slices.ContainsFunc(n.Nodes, func(c ask.Node) bool { return !InDigest(c) })
	}
	return false
}

// Holds reports whether what a digest tells of an article, or of one of its statements, is as a query
// wants it.
func Holds(root ask.Node, d *Digest, place int) bool {
	if d == nil || place >= len(d.Statements) {
		return false
	}
	v := view{d: &Document{Outlet: word.Words(d.Outlet), Language: d.Language}}
	if place >= 0 {
		s := d.Statements[place]
		v.said = &Said{Mode: s.Mode, Act: s.Act, Anonymous: s.Anonymous}
	}
	return !slices.ContainsFunc(Clauses(root), func(n ask.Node) bool { return InDigest(n) && !v.holds(n) })
}

// phrase are the places where words stand in a row.
func phrase(tokens []word.Token, words []string) []text.Span {
	var found []text.Span
	for i := 0; i+len(words) <= len(tokens); i++ {
		k := 0
		for k < len(words) && tokens[i+k].Word == words[k] {
			k++
		}
		if k == len(words) && k > 0 {
			found = append(found, text.Span{Start: tokens[i].Span.Start, End: tokens[i+k-1].Span.End})
		}
	}
	return found
}

// AsWritten reports whether what a query has in quotation marks stands in the words as it is: the
// index knows stems alone. What else the query asks for is taken as found.
func AsWritten(q Query, words []word.Token) bool {
	v := view{words: words}
	var holds func(ask.Node) bool
	holds = func(n ask.Node) bool {
		switch n.Kind {
		case ask.Word, ask.Prefix, ask.Phrase:
			return v.holds(n)
		case ask.Any:
			return slices.ContainsFunc(n.Nodes, holds)
		case ask.All, ask.List:
			return !slices.ContainsFunc(n.Nodes, func(c ask.Node) bool { return (n.Kind == ask.All || c.Kind != ask.Word) && !holds(c) })
		}
		return true
	}
	return q.Root == nil || q.Root.Kind == ask.Word || holds(*q.Root)
}

// Ranges are the places of what a query found, in text order and not overlapping: its words in
// any form, its phrases as they are.
func Ranges(q Query, words []word.Token) []text.Span {
	if q.Root == nil {
		return nil
	}
	stems := map[string]bool{}
	for _, w := range WantedOf(*q.Root) {
		stems[w.Term] = false
	}
	var found []text.Span
	var walk func(ask.Node)
	walk = func(n ask.Node) {
		switch n.Kind {
		case ask.Word:
			if _, ok := stems[Term(n.Words[0])]; ok {
				stems[Term(n.Words[0])] = true
			}
		case ask.In:
			if n.Field == "about" {
				for _, w := range n.Words {
					stems[Term(w)] = true
				}
			}
		case ask.Phrase:
			found = append(found, phrase(words, n.Words)...)
		case ask.Prefix:
			for _, k := range words {
				if strings.HasPrefix(k.Word, n.Words[0]) {
					found = append(found, k.Span)
				}
			}
		case ask.Not:
			return
		}
		for _, c := range n.Nodes {
			walk(c)
		}
	}
	walk(*q.Root)
	for _, k := range words {
		if stems[Term(k.Word)] {
			found = append(found, k.Span)
		}
	}
	slices.SortFunc(found, func(a, b text.Span) int { return a.Start - b.Start })
	var apart []text.Span
	for _, s := range found {
		if n := len(apart); n > 0 && s.Start < apart[n-1].End {
			apart[n-1] = apart[n-1].Cover(s)
		} else {
			apart = append(apart, s)
		}
	}
	return apart
}

// snippetBytes is about two lines of a terminal.
const snippetBytes = 160

// Snippet is the stretch of a place with the most different words of those found, cut between
// words; the beginning of the first place where nothing was found.
func Snippet(t string, ranges, places []text.Span) text.Span {
	if len(places) == 0 {
		return text.Span{}
	}
	around, start := places[0], places[0].Start
	most := 0
	for i, r := range ranges {
		seen := map[string]bool{}
		for _, o := range ranges[i:] {
			if o.End > r.Start+snippetBytes*2/3 {
				break
			}
			seen[word.Stem(strings.ToLower(o.Of(t)))] = true
		}
		if len(seen) <= most {
			continue
		}
		for _, p := range places {
			if p.Contains(r) {
				around, most = p, len(seen)
				start = max(p.Start, r.Start-snippetBytes/4)
			}
		}
	}
	if first := around.Start; start-first < snippetBytes/4 {
		start = first
	}
	end := min(around.End, start+snippetBytes)
	s := text.Span{Start: start, End: end}
	for !s.Valid(t) && s.Start < s.End {
		if !(text.Span{Start: s.Start, End: s.Start}).Valid(t) {
			s.Start++
		} else {
			s.End--
		}
	}
	if i := strings.IndexAny(s.Of(t), " \n"); s.Start > around.Start && i >= 0 && i < snippetBytes/4 {
		s.Start += i + 1
	}
	if i := strings.LastIndexAny(s.Of(t), " \n"); s.End < around.End && i > snippetBytes/4 {
		s.End = s.Start + i
	}
	return s
}
