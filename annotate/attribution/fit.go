package attribution

import (
	"fmt"
	"slices"

	"dateline/annotate/attribution/trees"
	"dateline/annotate/syntax"
	"dateline/text"
)

// A Sample is an article with the statements that people found in it.
//
// Style tells whose conventions the marks follow, for people mark differently: PolNeAR's (0)
// has one layer and takes plans and wants for statements, the invented corpus (1) has several
// and marks understood sources. Statements are found in 0, ownStyle.
type Sample struct {
	ID    string
	Style float32
	Doc   *syntax.Doc
	Gold  []Marked
}

// Marked is one statement of a sample; its spans are bytes of the sample's text.
type Marked struct{ Source, Cue, Content []text.Span }

// A Table is what one decider learns from: a row a candidate, of Columns numbers each. Rows of
// one Group, an article, are never parted between the halves of a fold.
type Table struct {
	Name    string
	Columns []string
	X       []float32
	Y       []float32
	Group   []int32
	Train   []bool // rows to learn from; nil is all
}

// A Learner fits trees to a table and gives the score that each row gets from trees fitted
// without its fold.
type Learner func(Table) (model *trees.Model, scores []float32, err error)

// gold is a marked statement in tokens.
type gold struct {
	content, cue, source []syntax.Range
	head, sourceHead     int // -1 if there is none
}

type sample struct {
	article
	gold   []gold
	byHead map[int]int // cue head -> gold
	byWord map[int]int // any word of a cue -> gold
}

func mark(d *syntax.Doc, g Marked) gold {
	m := gold{content: d.Tokens(g.Content), cue: d.Tokens(g.Cue), source: d.Tokens(g.Source), head: -1, sourceHead: -1}
	if tops := d.Tops(m.cue); len(tops) > 0 {
		m.head = tops[0]
		for _, t := range slices.Backward(tops) {
			if d.Pos[t] != syntax.PosPunct {
				m.head = t
			}
		}
		for _, t := range slices.Backward(tops) {
			if d.Verbal(t) {
				m.head = t
			}
		}
	}
	if tops := d.Tops(m.source); len(tops) > 0 {
		h := tops[0]
		for _, t := range slices.Backward(tops) {
			if !d.Punct[t] {
				h = t
			}
		}
		for d.Dep[h] == syntax.DepAgent || d.Dep[h] == syntax.DepPrep {
			down := -1
			for _, c := range slices.Backward(d.Children(h)) {
				if has(m.source, c) {
					down = c
				}
			}
			if down < 0 {
				break
			}
			h = down
		}
		m.sourceHead = h
	}
	return m
}

// A fitter is the model that is being fitted.
type fitter struct{ *Model }

// Fit learns a model from samples. Each decider learns from the scores that the ones before
// it gave without having seen the article. report is told what was counted.
func Fit(samples []Sample, learn Learner, report func(string)) (*Model, error) {
	m := fitter{newModel()}
	all := make([]*sample, len(samples))
	for i, s := range samples {
		all[i] = &sample{byHead: map[int]int{}, byWord: map[int]int{}}
		for n, g := range s.Gold {
			x := mark(s.Doc, g)
			all[i].gold = append(all[i].gold, x)
			if x.head >= 0 {
				all[i].byHead[x.head] = n
			}
			for _, r := range x.cue {
				for t := r.Start; t < r.End; t++ {
					all[i].byWord[t] = n
				}
			}
		}
	}
	m.countWords(samples)
	own := m.countSamples(samples, all)
	for i, s := range samples {
		lex := *m.lexicon
		lex.own = own[i]
		all[i].article = newArticle(s.Doc, &lex, m.vocabulary)
		all[i].style = s.Style
	}
	report(fmt.Sprintf("lexicon: %d lemmas, %d numbers; %d closed words, %d paths, %d relations", len(m.lexicon.ids), len(m.lexicon.counts), len(m.vocabulary.words), len(m.vocabulary.paths), len(m.vocabulary.relations)))
	for _, step := range []func([]*sample, Learner) error{m.fitCue, m.fitSource, m.fitContent, m.fitJudge} {
		if err := step(all, learn); err != nil {
			return nil, err
		}
	}
	best := 0.0
	for th := float32(.1); th < .6; th += .02 {
		var t Tally
		for i, s := range all {
			if s.style != ownStyle {
				continue
			}
			t.Add(samples[i].Gold, s.bytes(choose(&s.article, th)))
		}
		if f := t.WithSource(); f > best {
			best, m.threshold = f, th
		}
	}
	report(fmt.Sprintf("out of fold: with source %.3f at %.2f", best, m.threshold))
	return m.Model, nil
}

// cueFloor is the score from which a word is tried as a cue.
const cueFloor = .05

func (m fitter) fitCue(all []*sample, learn Learner) (err error) {
	t := Table{Name: "cue"}
	heads, rows := make([][]int, len(all)), make([][]float32, len(all))
	for i, s := range all {
		names := &t.Columns
		if t.Columns != nil {
			names = nil
		}
		heads[i], rows[i] = s.cueTable(names)
		t.X = append(t.X, rows[i]...)
		for _, h := range heads[i] {
			_, is := s.byHead[h]
			t.add(i, number(is))
		}
	}
	var score []float32
	if m.cue, score, err = learn(t); err != nil {
		return err
	}
	for i, s := range all {
		s.setCues(heads[i], rows[i], score[:len(heads[i])], cueFloor)
		s.frames = slices.DeleteFunc(s.frames, func(c *cue) bool { return c.inner })
		score = score[len(heads[i]):]
	}
	return nil
}

func (t *Table) add(group int, y float32) {
	t.Group = append(t.Group, int32(group))
	t.Y = append(t.Y, y)
}

func number(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func (m fitter) fitSource(all []*sample, learn Learner) (err error) {
	t := Table{Name: "source"}
	var heads [][]int
	for i, s := range all {
		for _, c := range s.frames {
			names := &t.Columns
			if t.Columns != nil {
				names = nil
			}
			r := row{values: t.X, names: names}
			h := s.sourceRows(&r, c)
			heads, t.X = append(heads, h), r.values
			n, is := s.byHead[c.head]
			for _, w := range h {
				t.add(i, number(is && s.gold[n].sourceHead == w))
				t.Train = append(t.Train, is)
			}
		}
	}
	var score []float32
	if m.source, score, err = learn(t); err != nil {
		return err
	}
	for _, s := range all {
		for _, c := range s.frames {
			s.setSource(c, heads[0], score[:len(heads[0])])
			score, heads = score[len(heads[0]):], heads[1:]
		}
	}
	return nil
}

func (m fitter) fitContent(all []*sample, learn Learner) (err error) {
	t := Table{Name: "content"}
	for i, s := range all {
		for _, c := range s.frames {
			if c.contents = candidates(&s.table, c.head, c.span, c.srcSpan); len(c.contents) == 0 {
				continue
			}
			if t.Columns == nil {
				s.contentRows(&row{names: &t.Columns}, c)
			}
			r := row{values: t.X}
			s.contentRows(&r, c)
			t.X = r.values
			n, is := s.byHead[c.head]
			if !is {
				n, is = s.byWord[c.head]
			}
			for _, k := range c.contents {
				y := float32(0)
				if is {
					if y = s.jaccard(k.spans, s.gold[n].content); y < .5 {
						y = 0
					}
				}
				t.add(i, y)
			}
		}
	}
	var score []float32
	if m.content, score, err = learn(t); err != nil {
		return err
	}
	for _, s := range all {
		for _, c := range s.frames {
			n := len(c.contents)
			c.rank(score[:n])
			score = score[n:]
		}
	}
	return nil
}

func (m fitter) fitJudge(all []*sample, learn Learner) (err error) {
	t := Table{Name: "judge"}
	for i, s := range all {
		rivals := s.rivals()
		for n, x := range rivals {
			if t.Columns == nil {
				s.judgeRows(&row{names: &t.Columns}, rivals, n)
			}
			r := row{values: t.X}
			s.judgeRows(&r, rivals, n)
			t.X = r.values
			for _, k := range x.cue.contents[:min(judgedContents, len(x.cue.contents))] {
				t.add(i, number(s.right(x.cue, k)))
			}
		}
	}
	var score []float32
	if m.judge, score, err = learn(t); err != nil {
		return err
	}
	for _, s := range all {
		for _, x := range s.rivals() {
			n := min(judgedContents, len(x.cue.contents))
			x.cue.judge(score[:n])
			score = score[n:]
		}
	}
	return nil
}

// right reports whether some marked statement has this content and a source that agrees.
func (s *sample) right(c *cue, k *content) bool {
	for _, g := range s.gold {
		if s.jaccard(k.spans, g.content) >= .5 && (len(g.source) == 0 && len(c.srcSpan) == 0 || overlap(g.source, c.srcSpan) > 0) {
			return true
		}
	}
	return false
}

// floor of the lexicon: a lemma's number is kept if it was seen in two articles or more and
// either often or as a cue twice, so that no word is there because of one article.
const (
	floorArticles = 2
	floorHits     = 2
	floorSeen     = 12
)

// countWords numbers lemmas, closed-class words, paths and relations.
func (m fitter) countWords(samples []Sample) {
	words := map[string]int{}
	for _, s := range samples {
		for i := range s.Doc.N {
			if closedPos[s.Doc.Pos[i]] {
				words[s.Doc.Lower[i]]++
			}
			if s.Doc.Pos[i] != syntax.PosPropn {
				if _, ok := m.lexicon.ids[s.Doc.Lemma[i]]; !ok {
					m.lexicon.ids[s.Doc.Lemma[i]] = int32(len(m.lexicon.ids) + 1)
				}
			}
		}
	}
	number := uint16(1)
	for _, w := range frequent(words, 20, 200) {
		m.vocabulary.words[w] = number
		number++
	}
}

// frequent are the most frequent keys, at most n, each counted least times or more.
func frequent[K string | uint64 | rel](counts map[K]int, least, n int) []K {
	var keys []K
	for k, c := range counts {
		if c >= least {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(x, y K) int {
		if counts[x] != counts[y] {
			return counts[y] - counts[x]
		}
		if x < y {
			return -1
		}
		return 1
	})
	return keys[:min(n, len(keys))]
}

// countSamples fills the lexicon and the rest of the vocabulary, and returns the counts of
// each sample by itself.
func (m fitter) countSamples(samples []Sample, all []*sample) []map[key]count {
	own := make([]map[key]count, len(all))
	articles := map[key]int{}
	paths, relations := map[uint64]int{}, map[rel]int{}
	for i, s := range all {
		a := newArticle(samples[i].Doc, m.lexicon, m.vocabulary)
		own[i] = map[key]count{}
		add := func(k key, hit bool) {
			c := own[i][k]
			c.n++
			if hit {
				c.hit++
			}
			own[i][k] = c
		}
		sources := map[int]bool{}
		for _, g := range s.gold {
			sources[g.sourceHead] = true
			if g.head < 0 {
				continue
			}
			r := a.relationTo(g.head, g.content)
			relations[r]++
			for _, lemma := range []int32{0, a.lemma[g.head]} {
				add(key{kind: relation, lemma: lemma, arg: uint32(r)}, true)
				add(key{kind: relation, lemma: lemma}, true)
				if a.lemma[g.head] == 0 {
					break
				}
			}
			for _, t := range a.sourceHeads(g.head, nil) {
				if p := a.path(g.head, t); p.ok {
					paths[p.code()]++
				}
			}
		}
		for t := range a.N {
			if a.Space[t] {
				continue
			}
			if cuePos[a.Pos[t]] || a.Orth[t] == ":" {
				_, hit := s.byHead[t]
				sh := a.shape(t)
				add(key{kind: word, pos: a.Pos[t]}, hit)
				add(key{kind: word, pos: a.Pos[t], shape: sh}, hit)
				if l := a.lemma[t]; l > 0 {
					add(key{kind: word, pos: a.Pos[t], lemma: l}, hit)
					add(key{kind: word, pos: a.Pos[t], lemma: l, shape: sh}, hit)
					if k := a.particle(t); k >= 0 {
						add(key{kind: pair, pos: a.Pos[t], lemma: l, arg: uint32(a.closed[k])}, hit)
					}
				}
				if k := a.object(t); k >= 0 && a.lemma[k] > 0 {
					add(key{kind: object, lemma: a.lemma[k]}, hit)
				}
			}
			if nounish(a.Pos[t]) {
				add(key{kind: source}, sources[t])
				if k := a.sourceKey(t); k.lemma != 0 || k.arg != 0 {
					add(k, sources[t])
				}
			}
		}
		for k, c := range own[i] {
			sum := m.lexicon.counts[k]
			m.lexicon.counts[k] = count{sum.hit + c.hit, sum.n + c.n}
			articles[k]++
		}
	}
	for k, c := range m.lexicon.counts {
		if k.lemma != 0 && (articles[k] < floorArticles || c.hit < floorHits && c.n < floorSeen) {
			delete(m.lexicon.counts, k)
			continue
		}
		// As the model will be kept: the trees tell frequent lemmas by their very numbers.
		m.lexicon.counts[k] = count{float32(rounded(c.hit)), float32(rounded(c.n))}
	}
	for i, c := range frequent(paths, 30, 250) {
		m.vocabulary.paths[c] = uint16(i + 1)
	}
	for i, r := range frequent(relations, 5, 250) {
		m.vocabulary.relations[r] = uint16(i + 1)
	}
	return own
}
