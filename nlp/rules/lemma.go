package rules

import (
	"slices"
	"strings"

	"dateline/nlp/lexicon"
	"dateline/nlp/model"
)

// lemmas holds the lemmatizer's tables (docs/nlp.md, section 8.2).
type lemmas struct {
	tables []*lemmaTable // by part of speech; nil if it has none
	way    []uint8       // by part of speech and morphology: how the lemma is found
}

// Ways to a lemma.
const (
	wayTable uint8 = iota // by rules and exceptions
	wayLower              // the word in lower case
	wayText               // the word as it stands
)

type lemmaTable struct {
	lexicon *lexicon.Lexicon
	rules   []suffixRule
	index   model.Table // base forms known

	exceptions model.Table
	last       []uint32 // end of each exception's forms
	forms      model.Strings
}

// A suffixRule replaces the end of a word.
type suffixRule struct{ from, to string }

func (l *lemmas) read(f *model.File, x *lexicon.Lexicon, r *Rules) {
	l.tables = make([]*lemmaTable, len(r.POS))
	for i, pos := range r.POS {
		pos = strings.ToLower(pos)
		switch pos {
		case "adj", "adv", "noun", "verb", "punct":
		default:
			continue
		}
		name := "lemma." + pos
		t := &lemmaTable{lexicon: x, index: f.Table(name + ".index"), exceptions: f.Table(name + ".exceptions"), forms: f.Strings(name + ".exceptions.forms")}
		t.last = f.Uint32s(name+".exceptions.last", t.exceptions.Len())
		rules := f.Strings(name + ".rules")
		for k := 0; k+1 < rules.Len(); k += 2 {
			t.rules = append(t.rules, suffixRule{rules.At(k), rules.At(k + 1)})
		}
		l.tables[i] = t
	}
	l.way = make([]uint8, len(r.POS)*len(r.Morphs))
	for i, pos := range r.POS {
		for k, morph := range r.Morphs {
			way := wayTable
			switch {
			case pos == "" || pos == "EOL" || pos == "SPACE" || isBase(pos, morph):
				way = wayLower
			case l.tables[i] == nil && pos == "PROPN":
				way = wayText
			case l.tables[i] == nil:
				way = wayLower
			}
			l.way[i*len(r.Morphs)+k] = way
		}
	}
}

// isBase tells whether a word of this morphology is its own lemma.
func isBase(pos, morph string) bool {
	features := strings.Split(morph, "|")
	has := func(f string) bool { return slices.Contains(features, f) }
	return pos == "NOUN" && has("Number=Sing") ||
		pos == "VERB" && has("VerbForm=Fin") && has("Tense=Pres") && !strings.Contains(morph, "Number=") ||
		has("VerbForm=Inf") || has("VerbForm=None") || has("Degree=Pos")
}

// lemma returns the lemma of a word, from the worker's notes if it was asked for before.
func (r *Rules) lemma(x *lexicon.Lexeme, a *Analysis) string {
	key := uint32(a.POS)*uint32(len(r.Morphs)) + uint32(a.Morph)
	switch r.lemmas.way[key] {
	case wayLower:
		return x.Lower
	case wayText:
		return x.Text
	}
	key++ // 0 is an empty note
	for i := range x.Lemma {
		if x.Lemma[i].Key == key {
			return x.Lemma[i].Text
		}
	}
	lemma := r.lemmas.tables[a.POS].find(x)
	x.Lemma[1] = x.Lemma[0]
	x.Lemma[0] = lexicon.Lemma{Key: key, Text: lemma}
	return lemma
}

// find applies the rules to the end of the word. Exceptions come first, then forms known or not
// made of letters, then any form a rule gives; without one the word is its own lemma. This is
// the order of the reference up to 3.8.7; later releases put known forms first in reverse.
func (t *lemmaTable) find(x *lexicon.Lexeme) string {
	if i := t.exceptions.Find(x.Lower); i >= 0 {
		return t.exception(i, x)
	}
	forms, unknown := t.apply(x.Lower)
	if len(forms) > 0 {
		return forms[0]
	}
	if unknown != "" {
		return unknown
	}
	return x.Text
}

// apply returns the forms the rules give, those known or not made of letters, and the first of
// the others.
func (t *lemmaTable) apply(word string) (forms []string, unknown string) {
	for _, r := range t.rules {
		stem, ok := strings.CutSuffix(word, r.from)
		form := stem + r.to
		switch {
		case !ok || form == "":
		case t.index.Find(form) >= 0 || strings.ContainsFunc(form, func(c rune) bool { return !t.lexicon.Letter(c) }):
			forms = append(forms, form)
		case unknown == "":
			unknown = form
		}
	}
	return forms, unknown
}

// exception returns the lemma of an irregular word: each of its forms that the rules do not give
// is put in front of all before it.
func (t *lemmaTable) exception(i int, x *lexicon.Lexeme) string {
	first := uint32(0)
	if i > 0 {
		first = t.last[i-1]
	}
	forms, unknown := t.apply(x.Lower)
	for k := first; k < t.last[i]; k++ {
		if f := t.forms.At(int(k)); !slices.Contains(forms, f) {
			forms = slices.Insert(forms, 0, f)
		}
	}
	switch {
	case len(forms) > 0:
		return forms[0]
	case unknown != "":
		return unknown
	}
	return x.Text
}
