// Package issue names what contents are about: their noun phrases, each in one form, those
// first that tell most.
//
// A phrase is a noun with the nouns before it and, where the article says it again, its adjective,
// as lemmas in lower case: "the planned tolls for lorries" gives "lorry toll" and so does "lorry tolls".
// A place or an organisation is called by its name. What counts people, times and money is no
// issue. A phrase tells more the more often the article's statements use it, if its title or opening
// has it, and the rarer its noun is in English at large (wordclass.Common).
//
// These are candidates, of one article: which of them is an issue of a story, and which phrases
// are one issue, is told where its other articles are known.
package issue

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

const (
	most       = 6  // phrases a content
	mostNouns  = 64 // read of a content, which bounds the work
	tooCommon  = 8  // wordclass.Common of nouns that alone name nothing: "people", "thing"
	shortest   = 3  // letters of a noun
	nouns      = 3  // of a phrase
	leadWeight = 1.5
)

// Named tells what a token that heads a mention of an entity names; a kind of "" is nothing.
type Named func(head int) (name string, kind news.EntityType)

// Of are the phrases of each content, best first. lead are the parts of the text that tell the
// article's news.
func Of(d *syntax.Doc, contents [][]syntax.Range, lead []syntax.Range, named Named) [][]string {
	f := finder{d: d, named: named, paired: map[[2]string]int{}}
	for i := range d.N {
		if a := f.adjective(i); a >= 0 {
			f.paired[[2]string{d.Lemma[a], d.Lemma[i]}]++
		}
	}
	type count struct{ contents, lead int }
	counts := map[string]*count{}
	tally := func(p phrase) *count {
		if counts[p.text] == nil {
			counts[p.text] = &count{}
		}
		return counts[p.text]
	}
	found := make([][]phrase, len(contents))
	for i, c := range contents {
		found[i] = f.phrases(c)
		for _, p := range found[i] {
			tally(p).contents++
		}
	}
	for _, p := range f.phrases(lead) {
		tally(p).lead++
	}
	out := make([][]string, len(contents))
	for i, list := range found {
		score := func(p phrase) float64 {
			c := counts[p.text]
			s := 1 + math.Log(float64(c.contents))
			if c.lead > 0 {
				s += leadWeight
			}
			return s * p.tells
		}
		slices.SortStableFunc(list, func(a, b phrase) int { return cmp.Compare(score(b), score(a)) })
		for _, p := range list[:min(most, len(list))] {
			out[i] = append(out[i], p.text)
		}
	}
	return out
}

// A phrase is a noun phrase in its one form, and how much it tells by its words alone, in [0,1].
type phrase struct {
	text  string
	tells float64
}

type finder struct {
	d      *syntax.Doc
	named  Named
	paired map[[2]string]int // adjective and noun -> times in the article
}

// phrases are the distinct phrases of some ranges, in text order.
func (f *finder) phrases(ranges []syntax.Range) (out []phrase) {
	seen := map[string]bool{}
	add := func(p phrase) {
		if p.text != "" && !seen[p.text] {
			seen[p.text] = true
			out = append(out, p)
		}
	}
	left := mostNouns
	for _, r := range ranges {
		for i := r.Start; i < r.End && left > 0; i++ {
			if f.d.Pos[i] != syntax.PosNoun && f.d.Pos[i] != syntax.PosPropn || f.d.Dep[i] == syntax.DepCompound {
				continue
			}
			left--
			add(f.phrase(i, r))
		}
	}
	return out
}

// phrase is the one that noun t heads, cut to the range; its zero if it names no issue.
func (f *finder) phrase(t int, within syntax.Range) phrase {
	d := f.d
	if name, kind := f.named(t); kind != "" {
		if kind != news.Place && kind != news.Organisation {
			return phrase{}
		}
		if d.Pos[t] == syntax.PosPropn {
			return phrase{strings.TrimPrefix(news.Fold(name), "the "), .6}
		}
	}
	if d.Pos[t] == syntax.PosPropn && d.Ent[t] == syntax.EntPerson || counted(d.Ent[t]) || utf8.RuneCountInString(d.Lemma[t]) < shortest {
		return phrase{}
	}
	class := wordclass.Noun(d.Lemma[t])
	if class.Of(wordclass.Person) > .4 || class.Of(wordclass.Time) > .5 {
		return phrase{}
	}
	tells := 1 - float64(wordclass.Common(d.Lemma[t]))/16
	words := []string{d.Lemma[t]}
	for i := t - 1; i >= max(d.Left[t], within.Start) && len(words) < nouns; i-- {
		if d.Dep[i] != syntax.DepCompound || d.Punct[i] || d.Space[i] || counted(d.Ent[i]) {
			break
		}
		words = append([]string{d.Lemma[i]}, words...)
	}
	if a := f.adjective(t); len(words) == 1 && a >= within.Start && f.paired[[2]string{d.Lemma[a], d.Lemma[t]}] > 1 {
		words = append([]string{d.Lemma[a]}, words...)
	}
	if of := f.complement(t, within); len(words) == 1 && of >= 0 {
		words = append([]string{d.Lemma[of]}, words...)
	}
	switch {
	case len(words) > 1:
		tells = min(1, tells+.25)
	case wordclass.Common(d.Lemma[t]) >= tooCommon:
		return phrase{}
	}
	return phrase{news.Fold(strings.Join(words, " ")), tells}
}

// adjective is the adjective that stands right before noun t, -1 if there is none.
func (f *finder) adjective(t int) int {
	d := f.d
	if t > 0 && (d.Pos[t] == syntax.PosNoun) && d.Dep[t-1] == syntax.DepAmod && d.Head[t-1] == t && d.Pos[t-1] == syntax.PosAdj {
		return t - 1
	}
	return -1
}

// complement is the noun that says what an act is done to or for: "exemption from tolls" is a "toll
// exemption".
func (f *finder) complement(t int, within syntax.Range) int {
	d := f.d
	class := wordclass.Noun(d.Lemma[t])
	if class.Of(wordclass.Act)+class.Of(wordclass.Communication)+class.Of(wordclass.Event) < .5 {
		return -1
	}
	for _, c := range d.Children(t) {
		if c < t || d.Dep[c] != syntax.DepPrep || d.Lower[c] != "of" && d.Lower[c] != "from" && d.Lower[c] != "for" && d.Lower[c] != "on" {
			continue
		}
		for _, g := range d.Children(c) {
			if d.Dep[g] != syntax.DepPobj || !within.Has(g) || d.Pos[g] != syntax.PosNoun || counted(d.Ent[g]) {
				continue
			}
			if k := wordclass.Noun(d.Lemma[g]); k.Of(wordclass.Person) <= .4 && k.Of(wordclass.Time) <= .5 && wordclass.Common(d.Lemma[g]) < tooCommon {
				return g
			}
		}
	}
	return -1
}

// counted reports an entity that is a time, a number or an amount.
func counted(e syntax.Ent) bool {
	switch e {
	case syntax.EntDate, syntax.EntTime, syntax.EntMoney, syntax.EntPercent, syntax.EntQuantity, syntax.EntCardinal, syntax.EntOrdinal:
		return true
	}
	return false
}
