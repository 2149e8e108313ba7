// Package attribution finds the statements of a parsed text: who says what, by which word. It
// lets the fitted deciders propose (inner rooms word, content, feature and decide), has their
// boundaries put right (bound), adds by rules what has no cue, and tells which statement lies in which. It
// does not say who a source is, when something was said or what a content asserts. How it
// works and how well is told in docs/attribution.md.
package attribution

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"dateline/annotate/attribution/bound"
	"dateline/annotate/attribution/content"
	"dateline/annotate/attribution/decide"
	"dateline/annotate/attribution/feature"
	"dateline/annotate/attribution/trees"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/news"
)

//go:embed model.bin
var packed []byte

var embedded = sync.OnceValue(func() *decide.Model {
	m, err := decide.Read(packed)
	if err != nil {
		panic("attribution: embedded model: " + err.Error())
	}
	return m
})

// Found is one statement, in tokens of the parsed text.
type Found struct {
	ID         int          // its place in the list as found; Within names another's
	Head       int          // the word that heads the cue, -1 if there is no cue
	Cue        syntax.Range // empty if there is no cue
	Source     syntax.Range // empty if there is no source
	SourceHead int          // -1 if there is none
	Content    []syntax.Range
	Mode       news.Mode
	Within     int // ID of the statement in whose content it lies, -1 if none
	Via        int // 1 + ID of the statement that relays this one with the same content, 0 if none
	Confidence float64
	Reasons    []news.Reason
}

// A finder is an article whose statements are being found.
type finder struct {
	feature.Article
	scorer trees.Scorer
}

// Find finds the statements of a parsed text.
func Find(d *syntax.Doc) []Found { return FindBy(embedded(), d) }

// FindBy finds the statements of a parsed text with a model other than the embedded one.
func FindBy(m *decide.Model, d *syntax.Doc) []Found {
	a := &finder{Article: feature.New(d, m.Lexicon, m.Vocabulary)}
	a.Style = feature.OwnStyle
	m.Decide(&a.Article, &a.scorer)
	turns := append(a.turns(), a.dashes()...)
	for _, h := range slices.Concat(a.headed(), a.headlines(), a.verbFirst(), a.inserted()) {
		if !a.inTurn(turns, &h) {
			turns = append(turns, h)
		}
	}
	for _, c := range a.Frames {
		bound.Own(&a.Article, c)
	}
	var found []Found
	for _, x := range decide.Choose(&a.Article, m.Threshold, a.tells) {
		f := a.found(m, x)
		if told := func(o Found) bool { return slices.Equal(o.Content, f.Content) }; !a.inTurn(turns, &f) && !a.tellsNothing(&f) && !slices.ContainsFunc(found, told) {
			found = append(found, f)
		}
	}
	found = append(found, turns...)
	found = append(found, a.free(found)...)
	found = slices.DeleteFunc(found, a.phrase)
	for _, x := range a.inside(found) {
		found = append(found, a.found(m, x))
	}
	found = append(found, a.possessed(found)...)
	found = append(found, a.asked(found)...)
	found = append(found, a.ultimatums(found)...)
	found = append(found, a.citing(found)...)
	nest(found)
	for i := range found {
		// Inside another's quotation, only what has marks of its own is quoted.
		if w := found[i].Within; w >= 0 && found[w].Mode != news.Indirect && found[i].Mode != news.Indirect && !word.IsMark(a.Orth[found[i].Content[0].Start]) {
			found[i].Mode = news.Indirect
		}
	}
	return found
}

// tells reports whether a choice may be a statement at all.
func (a *finder) tells(x decide.Choice) bool {
	switch {
	case a.toCome(x.Cue.Head), a.bidden(x.Cue.Head):
		return false
	case x.Content.Judged < actFloor && a.mode(x.Content.Spans) == news.Indirect && !a.Speaks(x.Cue.Head):
		return false
	}
	// The source may hold a word picked out: The “bridge” said little.
	return x.Cue.Source < 0 || !word.Covers(x.Cue.SrcSpan, x.Content.Spans)
}

// phrase reports whether what is told is no clause, in the reporter's words, and not sure: of an object or
// a phrase it is disputed more than of a clause whether it is a saying at all, but for verbs that often
// report one or take a side. A free quotation may still have gone on from it.
func (a *finder) phrase(f Found) bool {
	if f.Head >= 0 && (a.P[f.Head] >= oftenSpeech || a.PC[f.Head] >= word.AnotherCue || settles[a.Lemma[f.Head]]) {
		return false
	}
	return f.Mode == news.Indirect && f.Confidence < phraseFloor && !slices.ContainsFunc(f.Content, func(r syntax.Range) bool { return a.Subjects(r) > 0 })
}

// found is a choice as it is handed out, its boundaries put right.
func (a *finder) found(m *decide.Model, x decide.Choice) Found {
	f := Found{Head: x.Cue.Head, Cue: x.Cue.Span, SourceHead: x.Cue.Source, Content: slices.Clone(x.Content.Spans), Within: -1, Confidence: float64(x.Content.Judged)}
	if x.Cue.Source >= 0 {
		if left := word.Minus(x.Cue.SrcSpan, x.Content.Spans); len(left) > 0 {
			f.Source = left[0]
		} else {
			f.Source = x.Cue.SrcSpan[0]
		}
	}
	p := bound.Parts{Head: f.Head, Cue: f.Cue, Source: f.Source, SourceHead: f.SourceHead, Content: f.Content}
	bound.Mend(&a.Article, &p)
	f.Source, f.SourceHead, f.Content = p.Source, p.SourceHead, p.Content
	a.onlyTheWords(&f)
	f.Mode = a.mode(f.Content)
	f.Reasons = a.reasons(m, x)
	return f
}

// actFloor is the score from which a cue is believed that neither speaks nor thinks by itself,
// such as "launch" or "choose": what counts as a statement there differs from reader to reader.
// At .5 PolNeAR loses nothing and GUM, which counts only saying and thinking, gains a point.
const actFloor = .5

// phraseFloor is the score from which a content is believed that has no verb with a subject. At .5 PolNeAR
// loses .001, GUM's news gain .007 and its interviews .010.
const phraseFloor = .5

// oftenSpeech is the lexicon's number of a verb, whatever hangs on it, from which phraseFloor is not asked of
// its contents: "demand", "rule out", "expect".
const oftenSpeech = .38

// inTurn reports whether a statement is a turn found once more: it has its colon or more than
// half of its words.
func (a *finder) inTurn(turns []Found, f *Found) bool {
	for _, t := range turns {
		if t.Head == f.Head || a.Jaccard(t.Content, f.Content) >= .5 {
			return true
		}
	}
	return false
}

// nest numbers the statements and tells which lies in the content of which: the smallest that
// holds both its cue and its content.
func nest(found []Found) {
	for i := range found {
		found[i].ID, found[i].Within = i, -1
	}
	size := func(f *Found) (n int) {
		for _, r := range f.Content {
			n += r.Len()
		}
		return n
	}
	for i := range found {
		f, best := &found[i], -1
		for j := range found {
			o := &found[j]
			if i == j || size(o) <= size(f) || !word.Covers(o.Content, f.Content) || f.Head >= 0 && !word.Has(o.Content, f.Head) {
				continue
			}
			if best < 0 || size(o) < size(&found[best]) {
				best = j
			}
		}
		f.Within = best
	}
}

// reasons are the features that moved the scores of cue and content most, each with its value.
func (a *finder) reasons(m *decide.Model, x decide.Choice) []news.Reason {
	out := []news.Reason{{Rule: "cue", Detail: fmt.Sprintf("%q %.2f: %s", a.Orth[x.Cue.Head], x.Cue.Score, a.most(m.Cue, a.Orth[x.Cue.Head], x.Cue.Features))}}
	if x.Cue.Source >= 0 {
		out = append(out, news.Reason{Rule: "source", Detail: fmt.Sprintf("%q %.2f", a.Orth[x.Cue.Source], x.Cue.SrcScore)})
	} else {
		out = append(out, news.Reason{Rule: "no source", Detail: fmt.Sprintf("no word is likely to be one (%.2f)", x.Cue.SrcScore)})
	}
	var names []string
	for _, g := range x.Content.Generators[:min(3, len(x.Content.Generators))] {
		names = append(names, content.GeneratorNames[g])
	}
	return append(out, news.Reason{Rule: "content", Detail: fmt.Sprintf("%s (%s %.2f)", content.InWords(names[0]), strings.Join(names, " "), x.Content.Score)})
}

// most tells the three features that moved the score of a word as a cue most, up or down: in words,
// then by name, with its value and what it moved.
func (a *finder) most(t *trees.Model, word string, row []float32) string {
	names := feature.ColumnNames()[0]
	by := make([]float32, t.Columns)
	a.scorer.Contributions(t, row, by)
	var out []string
	for range 3 {
		best := 0
		for i, v := range by {
			if v*v > by[best]*by[best] {
				best = i
			}
		}
		if by[best] == 0 {
			break
		}
		out = append(out, fmt.Sprintf("%s (%s=%.3g %+.1f)", feature.InWords(names[best], word, row[best]), names[best], row[best], by[best]))
		by[best] = 0
	}
	return strings.Join(out, "; ")
}

// mode is direct if all but a few tokens of the content stand in quotation marks, mixed if
// some do.
func (a *finder) mode(spans []syntax.Range) news.Mode {
	n, quoted := 0, 0
	for _, r := range spans {
		for i := r.Start; i < r.End; i++ {
			n++
			if a.Quote[i] != 0 {
				quoted++
			}
		}
	}
	switch {
	case float64(quoted) > .9*float64(n):
		return news.Direct
	case quoted > 0:
		return news.Mixed
	}
	return news.Indirect
}
