package feature

import (
	"cmp"
	"slices"
	"sync"

	"dateline/annotate/attribution/content"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/text"
)

// carried are the features of the cue that the ranker of contents sees too.
var carried = []string{"p", "pc", "seen", "pp", "po", "#pos", "#tag", "#dep", "head p", "child ccomp", "child xcomp", "child dobj", "child prep", "clause right", "clause left",
	"open clause", "object", "that", "wh", "#prep", "#subject class", "quoted", "quote next", "quote before", "unit quoted", "paragraph quoted", "place", "left", "unit length",
	"#end", "p left", "p right", "pc left", "pc right", "#word class 1", "word share 1", "says", "thinks", "#object class 1", "above pc", "#above", "child auxpass", "child agent", "to", "modal"}

// carriedAt are their columns in cueRow.
var carriedAt = func() (at []int) {
	var names []string
	a := blank()
	a.cueRow(&Row{Names: &names}, 0)
	for _, n := range carried {
		at = append(at, slices.Index(names, n))
	}
	return at
}()

// blank is an article of one word, for asking the features for their names.
func blank() Article {
	d := syntax.New("x", []syntax.Token{{Span: text.Span{End: 1}, Pos: "VERB"}})
	return New(d, &word.Lexicon{}, &word.Vocabulary{})
}

// ColumnNames are the names of the features of the four deciders: cue, source, content, judge.
var ColumnNames = sync.OnceValue(func() (names [4][]string) {
	a := blank()
	var r Row
	r.Names = &names[0]
	a.cueRow(&r, 0)
	c := &Cue{Features: r.Values, Source: -1, Span: word.Between(0, 1)}
	r.Names = &names[1]
	a.sourceRow(&r, c, 0)
	k := &content.Content{Spans: []syntax.Range{word.Between(0, 1)}, Size: 1}
	c.Contents = []*content.Content{k}
	r.Names = &names[2]
	a.ContentRows(&r, c)
	a.Frames = []*Cue{c}
	r.Names = &names[3]
	a.JudgeRows(&r, a.Rivals(), 0)
	return names
})

// carriedNames tell them from the content's own features.
var carriedNames = func() (names []string) {
	for _, n := range carried {
		if n[0] == '#' {
			names = append(names, "#cue "+n[1:])
		} else {
			names = append(names, "cue "+n)
		}
	}
	return names
}()

var flagNames = func() (names []string) {
	for _, n := range content.GeneratorNames {
		names = append(names, "by "+n)
	}
	return names
}()

// ContentRows adds a row for each candidate content of a cue.
func (a *Article) ContentRows(r *Row, c *Cue) {
	if len(c.Contents) == 0 {
		return
	}
	u := a.Units[a.Unit[c.Head]]
	big := 0
	for _, k := range c.Contents {
		big = max(big, k.Size)
	}
	first := len(r.Values)
	a.cueColumns(r, c)
	cue := r.Values[first:]
	for i, k := range c.Contents {
		if i > 0 {
			r.Values = append(r.Values, cue...)
		}
		a.contentRow(r, c, k, u, big)
		if r.Names != nil {
			return
		}
	}
}

// cueColumns begin the rows of all contents of a cue.
func (a *Article) cueColumns(r *Row, c *Cue) {
	r.num("style", a.Style)
	r.num("cue score", c.Score)
	r.num("source score", c.SrcScore)
	r.count("source side", sideOf(c.Source, c.Head))
	r.flag("no source", c.Source < 0)
	for i, at := range carriedAt {
		r.num(carriedNames[i], c.Features[at])
	}
}

// contentRow adds what tells of the content.
func (a *Article) contentRow(r *Row, c *Cue, k *content.Content, u syntax.Range, big int) {
	h, spans := c.Head, k.Spans
	flags := r.flags(flagNames)
	for _, g := range k.Generators {
		flags[g] = 1
	}
	r.count("generators", len(k.Generators))
	rel := a.RelationTo(h, spans)
	r.num("relation", a.Lex.Relation(a.LemmaID[h], rel))
	r.cat("#relation", float32(a.Vocab.Relations[rel]))

	first, last := spans[0].Start, spans[len(spans)-1].End
	n, quoted, verbs, finite, subjects, quotedHere := 0, 0, 0, 0, 0, 0
	for _, s := range spans {
		n += s.Len()
		quoted += a.Quoted(s)
		verbs += a.Verbs(s)
		finite += a.Finite(s)
		subjects += a.Subjects(s)
		if x := word.Between(max(s.Start, u.Start), min(s.End, u.End)); x.Len() > 0 {
			quotedHere += a.Quoted(x)
		}
	}
	r.count("words", n)
	r.count("size", k.Size)
	r.count("pieces", len(spans))
	r.num("share", float32(n)/float32(u.Len()))
	side, gapR, gapL := 0, -1, -1
	if first > h {
		side = 1
	} else if last <= h {
		side = -1
	}
	gap := word.Between(0, 0)
	if first >= c.Span.End {
		gapR, gap = first-c.Span.End, word.Between(c.Span.End, first)
	}
	if last <= c.Span.Start {
		gapL, gap = c.Span.Start-last, word.Between(last, c.Span.Start)
	}
	r.count("side", side)
	r.count("gap right", gapR)
	r.count("gap left", gapL)
	r.cat("#before", a.neighbour(first-1, u))
	r.cat("#after", a.neighbour(last, u))
	r.cat("#first", float32(a.Closed[first]))
	r.cat("#first tag", float32(a.Tag[first]))
	r.cat("#last", float32(a.Closed[last-1]))
	r.count("to end", u.End-last)
	r.count("from start", first-u.Start)
	r.count("verbs", min(9, verbs))
	r.flag("finite", finite > 0)
	r.count("subjects", min(9, subjects))
	r.num("quoted", float32(quoted)/float32(n))
	r.flag("opens on mark", a.Quote[first] == syntax.Double && word.IsOne(a.Orth[first], `“"`))
	r.flag("ends on mark", a.Quote[last-1] == syntax.Double && word.IsMark(a.Orth[last-1]))
	r.flag("cuts quotation at start", first > 0 && a.Quote[first] == syntax.Double && a.Quote[first-1] == syntax.Double && a.QuoteOf[first] == a.QuoteOf[first-1])
	r.flag("cuts quotation at end", last < a.N && a.Quote[last-1] == syntax.Double && a.Quote[last] == syntax.Double && a.QuoteOf[last] == a.QuoteOf[last-1])
	r.count("quoted left out", a.Quoted(u)-quotedHere)
	r.count("units", a.Unit[last-1]-a.Unit[first]+1)
	r.count("unit offset", a.Unit[first]-a.Unit[h])
	r.count("over source", word.Overlap(spans, c.SrcSpan))

	inside := float32(0)
	for _, s := range spans {
		for i := s.Start; i < s.End; i++ {
			if i != h {
				inside = max(inside, a.score[i])
			}
		}
	}
	r.num("cue inside", inside)
	r.flag("likely cue inside", inside > .3)
	between, commas, verbsBetween := float32(0), 9, 9
	if gap.Len() < 60 {
		between = largest(a.score, gap.Start, gap.End)
		commas, verbsBetween = 0, a.Verbs(gap)
		for i := gap.Start; i < gap.End; i++ {
			if a.Orth[i] == "," {
				commas++
			}
		}
	}
	r.num("cue between", between)
	r.count("verbs between", verbsBetween)
	r.count("commas between", commas)

	tops, top := 0, -1
	for i := first; i < last && tops < 9; i++ {
		if !a.Punct[i] && !a.Space[i] && (a.Head[i] < first || a.Head[i] >= last || a.Head[i] == i) {
			if tops++; top < 0 {
				top = i
			}
		}
	}
	r.count("tops", tops)
	if top >= 0 {
		r.cat("#top pos", float32(a.Pos[top]))
		r.cat("#top dep", float32(a.Dep[top]))
		r.cat("#top class", a.Phrase(top)+1)
		r.flag("top of cue", a.Head[top] == h)
		r.classOf(&topClasses, a, top)
	} else {
		r.cat("#top pos", 0)
		r.cat("#top dep", 0)
		r.cat("#top class", 0)
		r.flag("top of cue", false)
		r.classOf(&topClasses, a, -1)
	}
	r.num("of largest", float32(k.Size)/float32(max(1, big)))
	r.count("candidates", len(c.Contents))
	holds := 0
	for _, o := range c.Contents {
		if o != k && o.Size <= k.Size && word.Covers(spans, o.Spans) {
			holds++
		}
	}
	r.num("holds", float32(holds)/float32(len(c.Contents)))
}

func sideOf(t, h int) int {
	if t < 0 {
		return 0
	}
	return compare(t, h)
}

// Rank sorts the contents by the ranker's scores.
func (c *Cue) Rank(score []float32) {
	for i, k := range c.Contents {
		k.Score = score[i]
	}
	slices.SortStableFunc(c.Contents, func(x, y *content.Content) int { return cmp.Compare(y.Score, x.Score) })
}
