// Package fit learns the model of package decide from marked articles and measures what a model
// finds. It counts the lexicon and lays out the tables; fitting trees to a table is left to
// the Learner it is given. Only tools/attributionfit uses it: reading an article does not.
package fit

import (
	"fmt"
	"slices"

	"dateline/annotate/attribution/content"
	"dateline/annotate/attribution/decide"
	"dateline/annotate/attribution/feature"
	"dateline/annotate/attribution/trees"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/text"
)

// A Sample is an article with the statements that people found in it.
//
// Style tells whose conventions the marks follow, for people mark differently: PolNeAR's (0)
// has one layer and takes plans and wants for statements, the invented corpus (1) has several
// and marks understood sources. Statements are found in style 0.
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

// learn has the trees fitted and tells them what the table's rows hold most often.
func (t Table) learn(learn Learner) (*trees.Model, []float32, error) {
	m, scores, err := learn(t)
	if err == nil {
		m.Usual = t.usual()
	}
	return m, scores, err
}

// usual is the median of each column, or the commonest category.
func (t Table) usual() []float32 {
	usual := make([]float32, len(t.Columns))
	column := make([]float32, len(t.Y))
	if len(column) == 0 {
		return usual
	}
	for j, name := range t.Columns {
		for i := range column {
			column[i] = t.X[i*len(t.Columns)+j]
		}
		slices.Sort(column)
		if usual[j] = column[len(column)/2]; name[0] != '#' {
			continue
		}
		most, run := 0, 0
		for i, v := range column {
			if run++; i > 0 && v != column[i-1] {
				run = 1
			}
			if run > most {
				most, usual[j] = run, v
			}
		}
	}
	return usual
}

// gold is a marked statement in tokens.
type gold struct {
	content, cue, source []syntax.Range
	head, sourceHead     int // -1 if there is none
}

type sample struct {
	feature.Article
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
				if word.Has(m.source, c) {
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
type fitter struct{ *decide.Model }

// Fit learns a model from samples. Each decider learns from the scores that the ones before
// it gave without having seen the article. report is told what was counted.
func Fit(samples []Sample, learn Learner, report func(string)) (*decide.Model, error) {
	m := fitter{decide.New()}
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
		lex := *m.Lexicon
		lex.Own = own[i]
		all[i].Article = feature.New(s.Doc, &lex, m.Vocabulary)
		all[i].Style = s.Style
	}
	report(fmt.Sprintf("lexicon: %d lemmas, %d numbers; %d closed words, %d paths, %d relations", len(m.Lexicon.IDs), len(m.Lexicon.Counts), len(m.Vocabulary.Words), len(m.Vocabulary.Paths), len(m.Vocabulary.Relations)))
	for _, step := range []func([]*sample, Learner) error{m.fitCue, m.fitSource, m.fitContent, m.fitJudge} {
		if err := step(all, learn); err != nil {
			return nil, err
		}
	}
	best := 0.0
	for th := float32(.1); th < .6; th += .02 {
		var t Tally
		for i, s := range all {
			if s.Style != feature.OwnStyle {
				continue
			}
			t.Add(samples[i].Gold, s.bytes(decide.Choose(&s.Article, th, func(decide.Choice) bool { return true })))
		}
		if f := t.WithSource(); f > best {
			best, m.Threshold = f, th
		}
	}
	report(fmt.Sprintf("out of fold: with source %.3f at %.2f", best, m.Threshold))
	return m.Model, nil
}

// cueFloor is the score from which a word is tried as a cue while fitting.
const cueFloor = .05

func (m fitter) fitCue(all []*sample, learn Learner) (err error) {
	t := Table{Name: "cue"}
	heads, rows := make([][]int, len(all)), make([][]float32, len(all))
	for i, s := range all {
		names := &t.Columns
		if t.Columns != nil {
			names = nil
		}
		heads[i], rows[i] = s.CueTable(names)
		t.X = append(t.X, rows[i]...)
		for _, h := range heads[i] {
			_, is := s.byHead[h]
			t.add(i, number(is))
		}
	}
	var score []float32
	if m.Cue, score, err = t.learn(learn); err != nil {
		return err
	}
	for i, s := range all {
		s.SetCues(heads[i], rows[i], score[:len(heads[i])], cueFloor)
		s.Frames = slices.DeleteFunc(s.Frames, func(c *feature.Cue) bool { return c.Inner })
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
		for _, c := range s.Frames {
			names := &t.Columns
			if t.Columns != nil {
				names = nil
			}
			r := feature.Row{Values: t.X, Names: names}
			h := s.SourceRows(&r, c)
			heads, t.X = append(heads, h), r.Values
			n, is := s.byHead[c.Head]
			for _, w := range h {
				t.add(i, number(is && s.gold[n].sourceHead == w))
				t.Train = append(t.Train, is)
			}
		}
	}
	var score []float32
	if m.Source, score, err = t.learn(learn); err != nil {
		return err
	}
	for _, s := range all {
		for _, c := range s.Frames {
			s.SetSource(c, heads[0], score[:len(heads[0])])
			score, heads = score[len(heads[0]):], heads[1:]
		}
	}
	return nil
}

func (m fitter) fitContent(all []*sample, learn Learner) (err error) {
	t := Table{Name: "content"}
	for i, s := range all {
		for _, c := range s.Frames {
			if c.Contents = content.Candidates(&s.Table, c.Head, c.Span, c.SrcSpan); len(c.Contents) == 0 {
				continue
			}
			if t.Columns == nil {
				s.ContentRows(&feature.Row{Names: &t.Columns}, c)
			}
			r := feature.Row{Values: t.X}
			s.ContentRows(&r, c)
			t.X = r.Values
			n, is := s.byHead[c.Head]
			if !is {
				n, is = s.byWord[c.Head]
			}
			for _, k := range c.Contents {
				y := float32(0)
				if is {
					if y = s.Jaccard(k.Spans, s.gold[n].content); y < .5 {
						y = 0
					}
				}
				t.add(i, y)
			}
		}
	}
	var score []float32
	if m.Content, score, err = t.learn(learn); err != nil {
		return err
	}
	for _, s := range all {
		for _, c := range s.Frames {
			n := len(c.Contents)
			c.Rank(score[:n])
			score = score[n:]
		}
	}
	return nil
}

func (m fitter) fitJudge(all []*sample, learn Learner) (err error) {
	t := Table{Name: "judge"}
	for i, s := range all {
		rivals := s.Rivals()
		for n, x := range rivals {
			if t.Columns == nil {
				s.JudgeRows(&feature.Row{Names: &t.Columns}, rivals, n)
			}
			r := feature.Row{Values: t.X}
			s.JudgeRows(&r, rivals, n)
			t.X = r.Values
			for _, k := range x.Cue.Contents[:min(feature.JudgedContents, len(x.Cue.Contents))] {
				t.add(i, number(s.right(x.Cue, k)))
			}
		}
	}
	var score []float32
	if m.Judge, score, err = t.learn(learn); err != nil {
		return err
	}
	for _, s := range all {
		for _, x := range s.Rivals() {
			n := min(feature.JudgedContents, len(x.Cue.Contents))
			x.Cue.Judge(score[:n])
			score = score[n:]
		}
	}
	return nil
}

// right reports whether some marked statement has this content and a source that agrees.
func (s *sample) right(c *feature.Cue, k *content.Content) bool {
	for _, g := range s.gold {
		if s.Jaccard(k.Spans, g.content) >= .5 && (len(g.source) == 0 && len(c.SrcSpan) == 0 || word.Overlap(g.source, c.SrcSpan) > 0) {
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
			if word.ClosedPos[s.Doc.Pos[i]] {
				words[s.Doc.Lower[i]]++
			}
			if s.Doc.Pos[i] != syntax.PosPropn {
				if _, ok := m.Lexicon.IDs[s.Doc.Lemma[i]]; !ok {
					m.Lexicon.IDs[s.Doc.Lemma[i]] = int32(len(m.Lexicon.IDs) + 1)
				}
			}
		}
	}
	number := uint16(1)
	for _, w := range frequent(words, 20, 200) {
		m.Vocabulary.Words[w] = number
		number++
	}
}

// frequent are the most frequent keys, at most n, each counted least times or more.
func frequent[K string | uint64 | word.Rel](counts map[K]int, least, n int) []K {
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
func (m fitter) countSamples(samples []Sample, all []*sample) []map[word.Key]word.Count {
	own := make([]map[word.Key]word.Count, len(all))
	articles := map[word.Key]int{}
	paths, relations := map[uint64]int{}, map[word.Rel]int{}
	for i, s := range all {
		a := feature.New(samples[i].Doc, m.Lexicon, m.Vocabulary)
		own[i] = map[word.Key]word.Count{}
		add := func(k word.Key, hit bool) {
			c := own[i][k]
			c.N++
			if hit {
				c.Hit++
			}
			own[i][k] = c
		}
		sources := map[int]bool{}
		for _, g := range s.gold {
			sources[g.sourceHead] = true
			if g.head < 0 {
				continue
			}
			r := a.RelationTo(g.head, g.content)
			relations[r]++
			for _, lemma := range []int32{0, a.LemmaID[g.head]} {
				add(word.Key{Kind: word.ContentEdge, Lemma: lemma, Arg: uint32(r)}, true)
				add(word.Key{Kind: word.ContentEdge, Lemma: lemma}, true)
				if a.LemmaID[g.head] == 0 {
					break
				}
			}
			for _, t := range a.SourceHeads(g.head, nil) {
				if p := a.Path(g.head, t); p.OK {
					paths[p.Code()]++
				}
			}
		}
		for t := range a.N {
			if a.Space[t] {
				continue
			}
			if word.CuePos[a.Pos[t]] || a.Orth[t] == ":" {
				_, hit := s.byHead[t]
				sh := a.Shape(t)
				add(word.Key{Kind: word.CueHead, Pos: a.Pos[t]}, hit)
				add(word.Key{Kind: word.CueHead, Pos: a.Pos[t], Shape: sh}, hit)
				if l := a.LemmaID[t]; l > 0 {
					add(word.Key{Kind: word.CueHead, Pos: a.Pos[t], Lemma: l}, hit)
					add(word.Key{Kind: word.CueHead, Pos: a.Pos[t], Lemma: l, Shape: sh}, hit)
					if k := a.Particle(t); k >= 0 {
						add(word.Key{Kind: word.CuePair, Pos: a.Pos[t], Lemma: l, Arg: uint32(a.Closed[k])}, hit)
					}
				}
				if k := a.Object(t); k >= 0 && a.LemmaID[k] > 0 {
					add(word.Key{Kind: word.CueObject, Lemma: a.LemmaID[k]}, hit)
				}
			}
			if word.Nounish(a.Pos[t]) {
				add(word.Key{Kind: word.SourceHead}, sources[t])
				if k := a.SourceKey(t); k.Lemma != 0 || k.Arg != 0 {
					add(k, sources[t])
				}
			}
		}
		for k, c := range own[i] {
			sum := m.Lexicon.Counts[k]
			m.Lexicon.Counts[k] = word.Count{Hit: sum.Hit + c.Hit, N: sum.N + c.N}
			articles[k]++
		}
	}
	for k, c := range m.Lexicon.Counts {
		if k.Lemma != 0 && (articles[k] < floorArticles || c.Hit < floorHits && c.N < floorSeen) {
			delete(m.Lexicon.Counts, k)
			continue
		}
		// As the model will be kept: the trees tell frequent lemmas by their very numbers.
		m.Lexicon.Counts[k] = word.Count{Hit: float32(decide.Rounded(c.Hit)), N: float32(decide.Rounded(c.N))}
	}
	for i, c := range frequent(paths, 30, 250) {
		m.Vocabulary.Paths[c] = uint16(i + 1)
	}
	for i, r := range frequent(relations, 5, 250) {
		m.Vocabulary.Relations[r] = uint16(i + 1)
	}
	return own
}
