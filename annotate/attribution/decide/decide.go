// Package decide holds the fitted model and runs its four deciders over an article: which words
// are cues, which word is a cue's source, which stretch its content, and whether the three
// stand together. Then it gives the contents out greedily. It has no rules of its own: what
// the trees cannot know is added by package attribution, and fitting is done by package fit.
package decide

import (
	"cmp"
	"slices"

	"dateline/annotate/attribution/content"
	"dateline/annotate/attribution/feature"
	"dateline/annotate/attribution/trees"
	"dateline/annotate/attribution/word"
)

// A Model is what was fitted: the lexicon, the vocabulary of categories, the four ensembles
// of trees and the score from which a statement is given.
type Model struct {
	Lexicon    *word.Lexicon
	Vocabulary *word.Vocabulary

	Cue, Source, Content, Judge *trees.Model

	Threshold float32 // score from which a statement is given
}

// New is a model that knows nothing.
func New() *Model {
	return &Model{Lexicon: &word.Lexicon{IDs: map[string]int32{}, Counts: map[word.Key]word.Count{}}, Vocabulary: &word.Vocabulary{Words: map[string]uint16{}, Paths: map[uint64]uint16{}, Relations: map[word.Rel]uint16{}}}
}

// Scores from which something is tried or given.
const (
	relayFloor = .5 // score from which a statement that holds others is given beside them

	// readFloor is the score from which a word is tried as a cue. Fitting tries lower ones (.05), which
	// are hardly ever chosen and take words from better ones: at .15 rather than .1 PolNeAR's
	// development part gains .002 and a seventh of the time is saved.
	readFloor = .15
)

// How far a source or a content may fall behind the best of its cue's, in the sum of some of the
// trees, and still be scored by all. At these no figure of docs/attribution.md changes; at half of
// them some fall by .002.
const (
	behindSource  = 7
	behindContent = 4
)

// Decide runs the four deciders over an article.
func (m *Model) Decide(a *feature.Article, s *trees.Scorer) {
	heads, x := a.CueTable(nil)
	score := make([]float32, len(heads))
	s.Score(m.Cue, x, score)
	a.SetCues(heads, x, score, readFloor)
	var r feature.Row // room for one cue at a time
	for _, c := range a.Frames {
		r.Values = r.Values[:0]
		heads = a.SourceRows(&r, c)
		score = room(score, len(heads))
		s.ScoreRivals(m.Source, r.Values, score, behindSource)
		a.SetSource(c, heads, score)
	}
	for _, c := range a.Frames {
		c.Contents = content.Candidates(&a.Table, c.Head, c.Span, c.SrcSpan)
		r.Values = r.Values[:0]
		a.ContentRows(&r, c)
		score = room(score, len(c.Contents))
		s.ScoreRivals(m.Content, r.Values, score, behindContent)
		c.Rank(score)
		if c.Inner {
			c.Contents = c.Contents[:min(feature.JudgedContents, len(c.Contents))]
		}
	}
	all := a.Rivals()
	judged := make([]float32, 0, len(all)*feature.JudgedContents)
	for n, x := range all {
		r.Values = r.Values[:0]
		a.JudgeRows(&r, all, n)
		score = room(score, min(feature.JudgedContents, len(x.Cue.Contents)))
		s.Score(m.Judge, r.Values, score)
		judged = append(judged, score...)
	}
	for _, x := range all {
		n := min(feature.JudgedContents, len(x.Cue.Contents))
		x.Cue.Judge(judged[:n])
		judged = judged[n:]
	}
}

// room is a slice of n numbers, the one that is there if it is long enough.
func room(have []float32, n int) []float32 { return slices.Grow(have[:0], n)[:n] }

// A Choice is a cue with the content it got.
type Choice struct {
	Cue     *feature.Cue
	Content *content.Content
	Nested  bool // lies inside the content of another
}

// Choose gives out contents, the surest pair of cue and content first: a cue gets one, no two
// share a word, none holds a cue that was taken, unless that stands in quotation marks.
// Statements wholly inside another's content are kept as nested. A cue whose best content keep refuses
// gets none, and takes no words from others.
func Choose(a *feature.Article, threshold float32, keep func(Choice) bool) []Choice {
	var all []Choice
	for _, c := range a.Frames {
		for i, k := range c.Contents {
			x := Choice{Cue: c, Content: k}
			if k.Judged < threshold || i == 0 && !keep(x) {
				break
			}
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(x, y Choice) int { return cmp.Compare(y.Content.Judged, x.Content.Judged) })
	const free, said, cued = 0, 1, 2
	used := make([]uint8, a.N)
	done := make([]bool, a.N)
	var out []Choice
	for _, x := range all {
		h := x.Cue.Head
		if done[h] || used[h] == cued {
			continue
		}
		n, over, inCue := 0, 0, false
		for _, s := range x.Content.Spans {
			n += s.Len()
			for i := s.Start; i < s.End; i++ {
				if used[i] == said {
					over++
				}
				inCue = inCue || used[i] == cued && a.Quote[i] == 0
			}
		}
		switch {
		case over == 0 && !inCue && used[h] == free:
			for _, s := range x.Content.Spans {
				for i := s.Start; i < s.End; i++ {
					used[i] = said
				}
			}
			for i := x.Cue.Span.Start; i < x.Cue.Span.End; i++ {
				used[i] = cued
			}
		case used[h] == said && over == n:
			x.Nested = true
		default:
			continue
		}
		done[h] = true
		out = append(out, x)
	}
	return around(all, out, done)
}

// around adds the statements that hold others whole: "[Two officials] said that [Ruiz] told
// him so" is one of the officials and one of Ruiz, whichever is surer.
func around(all, taken []Choice, done []bool) []Choice {
	for _, x := range all {
		if done[x.Cue.Head] || x.Content.Judged < relayFloor {
			continue
		}
		holds, cuts := 0, false
		for _, y := range taken {
			inner := append(slices.Clone(y.Content.Spans), y.Cue.Span)
			n := 0
			for _, s := range inner {
				n += s.Len()
			}
			switch o := word.Overlap(x.Content.Spans, inner); {
			case x.Cue.Span.Has(y.Cue.Head) || word.Has(y.Content.Spans, x.Cue.Head) && !word.Covers(y.Content.Spans, x.Content.Spans):
				cuts = true
			case o == 0:
			case o == n:
				holds++
			default:
				cuts = true
			}
			if cuts {
				break
			}
		}
		if holds > 0 && !cuts {
			done[x.Cue.Head] = true
			taken = append(taken, x)
		}
	}
	return taken
}
