package attribution

import (
	"cmp"
	"slices"
	"sync"

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
	a.cueRow(&row{names: &names}, 0)
	for _, n := range carried {
		at = append(at, slices.Index(names, n))
	}
	return at
}()

// blank is an article of one word, for asking the features for their names.
func blank() article {
	d := syntax.New("x", []syntax.Token{{Span: text.Span{End: 1}, Pos: "VERB"}})
	return newArticle(d, &lexicon{}, &vocabulary{})
}

// columnNames are the names of the features of the four deciders: cue, source, content, judge.
var columnNames = sync.OnceValue(func() (names [4][]string) {
	a := blank()
	var r row
	r.names = &names[0]
	a.cueRow(&r, 0)
	c := &cue{features: r.values, source: -1, span: rng(0, 1)}
	r.names = &names[1]
	a.sourceRow(&r, c, 0)
	k := &content{spans: []syntax.Range{rng(0, 1)}, size: 1}
	c.contents = []*content{k}
	r.names = &names[2]
	a.contentRows(&r, c)
	a.frames = []*cue{c}
	r.names = &names[3]
	a.judgeRows(&r, a.rivals(), 0)
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
	for _, n := range generatorNames {
		names = append(names, "by "+n)
	}
	return names
}()

// contentRows adds a row for each candidate content of a cue.
func (a *article) contentRows(r *row, c *cue) {
	u := a.Units[a.Unit[c.head]]
	big := 0
	for _, k := range c.contents {
		big = max(big, k.size)
	}
	for _, k := range c.contents {
		a.contentRow(r, c, k, u, big)
		if r.names != nil {
			return
		}
	}
}

func (a *article) contentRow(r *row, c *cue, k *content, u syntax.Range, big int) {
	h, spans := c.head, k.spans
	r.num("style", a.style)
	r.num("cue score", c.score)
	r.num("source score", c.srcScore)
	r.count("source side", sideOf(c.source, h))
	r.flag("no source", c.source < 0)
	for i, at := range carriedAt {
		r.num(carriedNames[i], c.features[at])
	}
	var flags [maxGenerators]bool
	for _, g := range k.generators {
		flags[g] = true
	}
	for i, n := range flagNames {
		r.flag(n, flags[i])
	}
	r.count("generators", len(k.generators))
	rel := a.relationTo(h, spans)
	r.num("relation", a.lex.relation(a.lemma[h], rel))
	r.cat("#relation", float32(a.vocab.relations[rel]))

	first, last := spans[0].Start, spans[len(spans)-1].End
	n, quoted, verbs, finite, subjects, quotedHere := 0, 0, 0, 0, 0, 0
	for _, s := range spans {
		n += s.Len()
		quoted += a.Quoted(s)
		verbs += a.Verbs(s)
		finite += a.Finite(s)
		subjects += a.Subjects(s)
		if x := rng(max(s.Start, u.Start), min(s.End, u.End)); x.Len() > 0 {
			quotedHere += a.Quoted(x)
		}
	}
	r.count("words", n)
	r.count("size", k.size)
	r.count("pieces", len(spans))
	r.num("share", float32(n)/float32(u.Len()))
	side, gapR, gapL := 0, -1, -1
	if first > h {
		side = 1
	} else if last <= h {
		side = -1
	}
	gap := rng(0, 0)
	if first >= c.span.End {
		gapR, gap = first-c.span.End, rng(c.span.End, first)
	}
	if last <= c.span.Start {
		gapL, gap = c.span.Start-last, rng(last, c.span.Start)
	}
	r.count("side", side)
	r.count("gap right", gapR)
	r.count("gap left", gapL)
	r.cat("#before", a.neighbour(first-1, u))
	r.cat("#after", a.neighbour(last, u))
	r.cat("#first", float32(a.closed[first]))
	r.cat("#first tag", float32(a.Tag[first]))
	r.cat("#last", float32(a.closed[last-1]))
	r.count("to end", u.End-last)
	r.count("from start", first-u.Start)
	r.count("verbs", min(9, verbs))
	r.flag("finite", finite > 0)
	r.count("subjects", min(9, subjects))
	r.num("quoted", float32(quoted)/float32(n))
	r.flag("opens on mark", a.Quote[first] == syntax.Double && isOne(a.Orth[first], `“"`))
	r.flag("ends on mark", a.Quote[last-1] == syntax.Double && isMark(a.Orth[last-1]))
	r.flag("cuts quotation at start", first > 0 && a.Quote[first] == syntax.Double && a.Quote[first-1] == syntax.Double && a.QuoteOf[first] == a.QuoteOf[first-1])
	r.flag("cuts quotation at end", last < a.N && a.Quote[last-1] == syntax.Double && a.Quote[last] == syntax.Double && a.QuoteOf[last] == a.QuoteOf[last-1])
	r.count("quoted left out", a.Quoted(u)-quotedHere)
	r.count("units", a.Unit[last-1]-a.Unit[first]+1)
	r.count("unit offset", a.Unit[first]-a.Unit[h])
	r.count("over source", overlap(spans, c.srcSpan))

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
		r.cat("#top class", a.phrase(top)+1)
		r.flag("top of cue", a.Head[top] == h)
		r.classOf("top", a, top)
	} else {
		r.cat("#top pos", 0)
		r.cat("#top dep", 0)
		r.cat("#top class", 0)
		r.flag("top of cue", false)
		r.classOf("top", a, -1)
	}
	r.num("of largest", float32(k.size)/float32(max(1, big)))
	r.count("candidates", len(c.contents))
	holds := 0
	for _, o := range c.contents {
		if o != k && o.size <= k.size && covers(spans, o.spans) {
			holds++
		}
	}
	r.num("holds", float32(holds)/float32(len(c.contents)))
}

func sideOf(t, h int) int {
	if t < 0 {
		return 0
	}
	return compare(t, h)
}

// rank sorts the contents by the ranker's scores.
func (c *cue) rank(score []float32) {
	for i, k := range c.contents {
		k.score = score[i]
	}
	slices.SortStableFunc(c.contents, func(x, y *content) int { return cmp.Compare(y.score, x.score) })
}
