// Package noun tells what the noun of a description says by itself of who is meant: a person or not, one or
// many, someone that readers can know or not.
//
// It asks the parse and the classes of nouns (package wordclass). Whether a description leads back to somebody
// named before, package mention says.
package noun

import (
	"dateline/annotate/mention/names"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
)

// Anonymous reports whether a word stands for people who are not named: "source", "another".
func Anonymous(w string) bool { return anonymous[w] }

// Single reports whether a word for how many stands for one person.
func Single(w string) bool { return singles[w] }

// Person reports whether a noun can stand for a person.
func Person(d *syntax.Doc, t int) bool {
	if d.Pos[t] != syntax.PosNoun && d.Pos[t] != syntax.PosPropn {
		return false
	}
	return wordclass.Noun(d.Lemma[t]).Of(wordclass.Person) >= .4 || names.Titles[d.Lower[t]]
}

// Bare is the range of a description without what is said of the occasion behind it: "his daughter", not "his
// daughter, from the stove"; "the works minister" of "works minister out".
func Bare(d *syntax.Doc, t int, r syntax.Range) syntax.Range {
	for _, c := range d.Children(t) {
		if c > t && c < r.End && (d.Dep[c] == syntax.DepAdvmod || d.Dep[c] == syntax.DepPrep && d.Punct[c-1]) {
			r.End = max(t+1, d.Left[c])
			for r.End > t+1 && d.Punct[r.End-1] {
				r.End--
			}
			break
		}
	}
	return r
}

// Counted reports whether a noun has a word for how many instead of one for which: "both sides", "neither
// ministry", "some residents".
func Counted(d *syntax.Doc, t int) bool {
	for _, c := range d.Children(t) {
		if c < t && d.Pos[t] == syntax.PosNoun && d.Lower[c] != "other" && anonymous[d.Lower[c]] {
			return true
		}
	}
	return false
}

// Many reports people told by their number: "both sides", "91 per cent of callers", "a number of doctors", "a
// group of growers"; not "a survey of growers".
func Many(d *syntax.Doc, t int) bool {
	class := wordclass.Noun(d.Lemma[t])[0].Class
	if d.Tag[t] == syntax.TagNns && Counted(d, t) {
		return class == wordclass.Group || class == wordclass.Location || class == wordclass.Person || class == wordclass.Tops
	}
	switch class {
	case wordclass.None, wordclass.Act, wordclass.Artifact, wordclass.Cognition, wordclass.Communication, wordclass.Event:
		return false
	}
	for _, of := range d.Children(t) {
		if of < t || d.Lower[of] != "of" {
			continue
		}
		for _, p := range d.Children(of) {
			if d.Dep[p] == syntax.DepPobj && (d.Tag[p] == syntax.TagNns && Person(d, p) || d.Lower[p] == "those" || d.Lower[p] == "them" || d.Lower[p] == "people") {
				return true
			}
		}
	}
	return false
}

// anonymous stand for people who are not named.
var anonymous = map[string]bool{"source": true, "people": true, "person": true, "official": true, "insider": true, "aide": true, "witness": true, "adviser": true, "advisor": true, "diplomat": true, "resident": true, "one": true, "other": true, "some": true, "many": true, "several": true, "both": true, "another": true, "others": true, "few": true, "most": true, "all": true, "neither": true, "either": true, "each": true, "every": true, "no": true, "any": true, "someone": true, "anyone": true, "everyone": true}

// singles are the quantifiers that stand for one person.
var singles = map[string]bool{"one": true, "another": true, "someone": true}

// Indefinite reports a noun with a word that says one of many: "a mayor".
func Indefinite(d *syntax.Doc, t int) bool {
	for _, c := range d.Children(t) {
		if d.Lower[c] == "a" || d.Lower[c] == "an" || d.Lower[c] == "another" || d.Lower[c] == "one" || d.Dep[c] == syntax.DepNummod {
			return true
		}
	}
	return false
}

// Definite reports a noun with "the".
func Definite(d *syntax.Doc, t int) bool {
	for _, c := range d.Children(t) {
		if d.Lower[c] == "the" {
			return true
		}
	}
	return false
}

// Alone reports whether a noun stands with nothing but an article, and whether that is "the".
func Alone(d *syntax.Doc, t int) (definite, ok bool) {
	for _, c := range d.Children(t) {
		switch {
		case d.Dep[c] == syntax.DepDet && d.Lower[c] == "the":
			definite = true
		case c < t && !d.Punct[c] || c > t && (d.Dep[c] == syntax.DepRelcl || d.Dep[c] == syntax.DepAppos || d.Dep[c] == syntax.DepPrep && c == t+1):
			return false, false
		}
	}
	return definite, true
}
