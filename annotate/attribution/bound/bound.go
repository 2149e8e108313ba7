// Package bound puts the boundaries of statements right that the trees drew: which quotations and clauses
// are another cue's, where a quotation begins and ends, who is the source without what is only added of him,
// and what in a content is the reporter's again. It finds no statements and drops none.
package bound

import (
	"slices"
	"unicode"

	"dateline/annotate/attribution/content"
	"dateline/annotate/attribution/feature"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
)

// Parts are the words of a statement.
type Parts struct {
	Head       int // the word that heads the cue, -1 if there is no cue
	Cue        syntax.Range
	Source     syntax.Range // empty if there is no source
	SourceHead int          // -1 if there is none
	Content    []syntax.Range
}

// A text is the article whose statements are put right.
type text struct{ *feature.Article }

// Own leaves to a cue only the contents, and of these only the pieces, that no other can have.
func Own(article *feature.Article, c *feature.Cue) {
	a := text{article}
	a.ownQuotations(c)
	a.parted(c)
}

// Mend puts the boundaries of a statement right.
func Mend(article *feature.Article, f *Parts) {
	a := text{article}
	a.heOf(f)
	a.bareSource(f)
	a.hearerFirst(f)
	a.clauseFirst(f)
	a.snap(f)
	a.brokenIn(f)
	a.shorn(f)
	a.broughtBack(f)
	a.secondVerb(f)
	a.afterwards(f)
	a.labelled(f)
	a.noSplinters(f)
}

// Shear takes a leading "that" off a content.
func Shear(article *feature.Article, f *Parts) { text{article}.shorn(f) }

// Hears reports whether the object of a verb is the one spoken to.
func Hears(lemma string) bool { return hearers[lemma] }

// ownQuotations takes the quotations that another verb of speaking stands with out of a cue's contents.
//
//	[“A bridge is a promise,”] Ruiz said. She added that the vote was “a start.”
//	[“No toll,”] Ruiz said, adding, “not in my time.”
func (a text) ownQuotations(c *feature.Cue) {
	for _, k := range c.Contents {
		if n := a.reachesOver(c, k.Spans); n > 0 {
			k.Spans = k.Spans[:n:n]
		}
	}
}

// reachesOver is the number of pieces of a content before the first that stands with another verb of
// speaking, 0 if none does.
func (a text) reachesOver(c *feature.Cue, spans []syntax.Range) int {
	for k := 1; k < len(spans); k++ {
		q := spans[k]
		if q.Start < c.Head || a.QuoteOf[q.Start] < 0 {
			continue
		}
		for i := max(spans[k-1].End, c.Span.End); i < q.Start; i++ {
			if a.PC[i] >= word.AnotherCue && a.Pos[i] == syntax.PosVerb && a.Quote[i] == 0 && i != c.Head && (a.SubjectOf(i).Steps == 0 && a.SubjectOf(i).Token >= 0 || a.Unit[i] == a.Unit[c.Head]) {
				return k
			}
		}
		// Holt agreed: “The fight goes on.”
		if p := q.Start - 1; a.Unit[q.Start] != a.Unit[c.Head] && p > c.Head && (a.Orth[p] == ":" || a.Orth[p] == ",") {
			for i := a.Units[a.Unit[p]].Start; i < p; i++ {
				if a.Pos[i] == syntax.PosVerb && a.Quote[i] == 0 && a.Speaks(i) && a.SubjectOf(i).Token >= 0 {
					return k
				}
			}
		}
		// “Too little,” he added: the sentence has its own cue, behind.
		if u := a.Units[a.Unit[q.Start]]; a.Unit[q.Start] != a.Unit[c.Head] {
			for i := q.End; i < u.End; i++ {
				if a.PC[i] >= word.AnotherCue && a.Pos[i] == syntax.PosVerb && a.Quote[i] == 0 && a.SubjectOf(i).Steps == 0 && a.SubjectOf(i).Token >= 0 {
					return k
				}
			}
		}
	}
	return 0
}

// parted keeps the contents of a cue on its own side of a semicolon, or of a bullet between headlines: what
// is parted by one is told anew.
//
//	Fourteen people were killed; [Corsova] says [nine].
func (a text) parted(c *feature.Cue) {
	u, par := a.Units[a.Unit[c.Head]], a.Pars[a.Par[c.Head]]
	side := par
	for i := par.Start; i < par.End; i++ {
		if a.Orth[i] != "•" && (a.Orth[i] != ";" || !u.Has(i)) || a.Quote[i] != 0 {
			continue
		}
		if i < c.Span.Start {
			side.Start = i + 1
		} else if i >= c.Span.End {
			side.End = i
			break
		}
	}
	if side == par {
		return
	}
	c.Contents = slices.DeleteFunc(c.Contents, func(k *content.Content) bool {
		var cut []syntax.Range
		for _, s := range k.Spans {
			if a.Quoted(s) == 0 && s.Start < par.End && s.End > par.Start {
				s = word.Between(max(s.Start, side.Start), min(s.End, side.End))
			}
			if s.Len() > 0 {
				cut = append(cut, s)
			}
		}
		if len(cut) > 0 {
			k.Spans = cut
		}
		return len(cut) == 0
	})
}

// heOf gives the words of "Minister Hadd, he of the two cars, claimed" to the one whom that describes.
//
//	[The mayor], she of the golden chain, said [no].
func (a text) heOf(f *Parts) {
	at := f.SourceHead
	if at < 2 || at+1 >= a.N || a.Lower[at+1] != "of" || a.Lower[at] != "he" && a.Lower[at] != "she" || !a.Punct[at-1] || !word.Nounish(a.Pos[at-2]) || a.Unit[at-2] != a.Unit[at] {
		return
	}
	f.SourceHead = at - 2
	f.Source = a.SourceSpan(f.SourceHead, at-1)
}

// bareSource takes a clause that only adds something off a source.
//
//	[The union], whose 1,874 members cross the river, said ...
func (a text) bareSource(f *Parts) {
	for i := f.Source.Start + 1; i+1 < f.Source.End; i++ {
		if a.Orth[i] == "," && i > f.SourceHead {
			switch a.Lower[i+1] {
			case "who", "whose", "which", "where", "whom":
				f.Source.End = i
				return
			}
		}
	}
}

// hearers are verbs whose object is the one spoken to.
var hearers = map[string]bool{"tell": true, "remind": true, "inform": true, "assure": true, "warn": true, "advise": true, "notify": true, "ask": true}

// hearerFirst takes the one spoken to, and what else stands before the clause or quotation,
// out of the content of "told".
//
//	Ruiz told [the council on Monday that] [the bridge would open].
func (a text) hearerFirst(f *Parts) {
	r := f.Content[0]
	if f.Head < 0 || !hearers[a.Lemma[f.Head]] || r.Start < f.Cue.End || r.Start > f.Cue.End+1 {
		return
	}
	if t := r.Start; a.Quote[t] != 0 || a.Lower[t] == "that" || a.Lower[t] == "whether" || a.Lower[t] == "if" || a.Lower[t] == "to" {
		return
	}
	for i := r.Start + 1; i < min(r.End-2, r.Start+14); i++ {
		quote := a.Quote[i] == syntax.Double && a.Quote[i-1] != syntax.Double
		that := a.Lower[i] == "that" // also where the parser takes it for a pronoun
		if !quote && !that {
			if a.Verbal(i) {
				return
			}
			continue
		}
		if f.Content[0].Start = i; that {
			f.Content[0].Start++
		}
		return
	}
}

// asked are verbs whose object does what the content tells: "urged the union to wait".
var asked = map[string]bool{"urge": true, "ask": true, "tell": true, "beg": true, "order": true, "advise": true, "warn": true, "remind": true, "persuade": true, "instruct": true, "implore": true}

// clauseFirst takes what stands between the cue and its clause out of the content: the one spoken to,
// when and where it was said.
//
//	They vowed [last night] [to shut the port].
//	The hauliers urged [the union] [to wait for the council].
func (a text) clauseFirst(f *Parts) {
	r := f.Content[0]
	if f.Head < 0 || r.Start < f.Cue.End || r.Start > f.Cue.End+1 || a.Quote[r.Start] != 0 {
		return
	}
	for _, c := range a.Children(f.Head) {
		switch e := a.Dep[c]; {
		case a.Left[c] < r.Start:
		case e == syntax.DepNpadvmod || e == syntax.DepAdvmod || e == syntax.DepDative || e == syntax.DepPunct || e == syntax.DepPrep && a.Left[c] == c && c > r.Start-1:
		case e == syntax.DepDobj && asked[a.Lemma[f.Head]]:
		case e == syntax.DepCcomp || e == syntax.DepXcomp:
			at := a.Left[c]
			if asked[a.Lemma[f.Head]] { // the one asked is the subject of what is asked of him
				for _, g := range a.Children(c) {
					if a.Lower[g] == "to" && a.Dep[g] == syntax.DepAux && g > at {
						at = g
					}
				}
			}
			if at > r.Start && at < r.End-1 {
				f.Content[0].Start = at
			}
			return
		default:
			return
		}
	}
}

// snap gives a direct statement the boundaries of its quotations: a content that is quoted
// but for a few words at its ends that a mark sets off, a dateline or a label, loses those; one that cuts a
// quotation short, with no cue in what is left out, takes all of it.
//
//	PORT ALBA - [“The bridge opens in May,”] said Mayor Ana Ruiz.
func (a text) snap(f *Parts) {
	n, quoted, verbs := 0, 0, 0
	for _, r := range f.Content {
		n += r.Len()
		quoted += a.Quoted(r)
		for i := r.Start; i < r.End; i++ {
			if a.Quote[i] != syntax.Double && a.Verbal(i) {
				verbs++
			}
		}
	}
	if quoted*10 < n*8 && (quoted*2 < n || n-quoted > 8 || verbs > 0 || quoted < 6) {
		return
	}
	var out []syntax.Range
	for _, r := range f.Content {
		// Whole quotations that reach into this piece by more than half.
		near := a.Touching(r)
		if k := len(near) - 1; k >= 0 && (near[0].Start > r.Start && a.joined(near[0].Start-1) || near[k].End < r.End && a.joined(near[k].End)) {
			return // called [the vote a “gift”]: what stands beside is said too
		}
		for _, q := range near {
			common := min(q.End, r.End) - max(q.Start, r.Start)
			if common*2 < q.Len() && common*2 < r.Len() {
				continue
			}
			if q.Start < r.Start && a.claimed(word.Between(q.Start, r.Start), f) {
				q.Start = r.Start
			}
			if q.End > r.End && a.claimed(word.Between(r.End, q.End), f) {
				q.End = r.End
			}
			out = append(out, q)
		}
	}
	if out = word.Norm(out); len(out) == 0 || word.Overlap(out, []syntax.Range{f.Cue}) > 0 || word.Overlap(out, []syntax.Range{f.Source}) > 0 {
		return
	}
	f.Content = out
}

// joined reports whether a token beside a quotation is a word: no mark sets it off.
func (a text) joined(t int) bool { return !a.Punct[t] && !a.Space[t] }

// claimed reports whether a stretch of a quotation holds the cue or source of f.
func (a text) claimed(r syntax.Range, f *Parts) bool {
	return r.Has(f.Head) || word.Overlap([]syntax.Range{r}, []syntax.Range{f.Source}) > 0
}

// brokenIn widens a quotation that begins inside a sentence, when the cue stands after it, to
// the beginning of that sentence: what comes before is said too.
//
//	[The mayor “reminded us of the flood of 1953,”] [a clerk] said.
func (a text) brokenIn(f *Parts) {
	r := f.Content[0]
	u := a.Units[a.Unit[r.Start]]
	if len(f.Content) > 1 || f.Head < r.End || a.Unit[f.Head] != a.Unit[r.Start] || r.Start-u.Start < 1 || r.Len() < 3 || a.QuoteOf[r.Start] < 0 || a.Quotes[a.QuoteOf[r.Start]].Start != r.Start {
		return
	}
	if w := word.First(a.Orth[r.Start+1]); !unicode.IsLower(w) {
		return
	}
	before := word.Between(u.Start, r.Start)
	if word.Overlap([]syntax.Range{before}, []syntax.Range{f.Source}) > 0 || a.CueBetween(before.Start, before.End) || a.Orth[before.End-1] == ":" || a.Orth[before.End-1] == "," {
		return
	}
	if n, ok := a.CloseUp(word.Between(u.Start, r.End)); ok && word.Overlap([]syntax.Range{n}, []syntax.Range{f.Cue}) == 0 {
		f.Content[0] = n
	}
}

// shorn takes off what the content of a statement does not hold: a leading "that" of the
// clause, a blank or comma after it.
func (a text) shorn(f *Parts) {
	for k, r := range f.Content {
		i := r.Start
		if (k == 0 || r.Start > f.Head) && i+1 < r.End && a.Lower[i] == "that" && a.Dep[i] == syntax.DepMark && i > f.Head {
			r.Start++
			for r.Len() > 1 && (a.Space[r.Start] || a.Orth[r.Start] == ",") {
				r.Start++
			}
			f.Content[k] = r
		}
	}
}

// aside are words with which the reporter goes on to something of his own after a comma: those
// that gain on the development articles; after "and", "while", "because" it is more often said too.
var aside = map[string]bool{"as": true, "though": true, "although": true, "whereas": true, "but": true, "who": true}

// broughtBack cuts what the reporter adds to an indirect content: a clause with a subject of its own
// after a comma, outside quotation marks.
//
//	Ruiz said [the bridge would open in May], though nobody had seen it.
func (a text) broughtBack(f *Parts) {
	k := len(f.Content) - 1
	r := f.Content[k]
	if f.Head < 0 || r.Start < f.Head {
		return
	}
	for i := r.Start + 4; i < r.End-2; i++ {
		if a.Orth[i] == "," && aside[a.Lower[i+1]] && a.Quote[i] == 0 && a.Quote[i+1] == 0 && a.Subjects(word.Between(i+1, r.End)) > 0 {
			f.Content[k].End = i
			return
		}
	}
}

// secondVerb cuts off what else the source did: a verb joined to the content's that agrees with the
// cue and not with the verb it is joined to.
//
//	The union said [the toll would cost a week's pay] and gave the city until Friday.
func (a text) secondVerb(f *Parts) {
	k := len(f.Content) - 1
	r := f.Content[k]
	if f.Head < 0 || r.Start < f.Head || a.Tag[f.Head] != syntax.TagVbd && a.Tag[f.Head] != syntax.TagVbz {
		return
	}
	for v := r.Start + 3; v < r.End; v++ {
		h := a.Head[v]
		if a.Dep[v] != syntax.DepConj || a.Tag[v] != a.Tag[f.Head] || !r.Has(h) || !present(a.Tag[h]) || a.Tag[h] == a.Tag[f.Head] || a.Quote[v] != 0 || a.Subjects(word.Between(a.Left[v], v)) > 0 {
			continue
		}
		for i := v - 1; i > h; i-- {
			if a.Dep[i] == syntax.DepCc && a.Head[i] == h {
				f.Content[k].End = i
				return
			}
		}
	}
}

// present reports whether a verb's form is not one of the past.
func present(t syntax.Tag) bool { return t == syntax.TagVb || t == syntax.TagVbz || t == syntax.TagVbp }

// afterwards cuts off what made somebody say what he means to do: a promise is not made of it.
//
//	The dockers vowed [to shut the port] after ministers signed the contract.
func (a text) afterwards(f *Parts) {
	k := len(f.Content) - 1
	r := f.Content[k]
	if f.Head < 0 || r.Start < f.Head || a.Lower[r.Start] != "to" {
		return
	}
	for i := r.Start + 2; i < r.End-2; i++ {
		if (a.Lower[i] == "after" || a.Lower[i] == "when") && a.Quote[i] == 0 && (a.Tag[i+1] == syntax.TagVbg || a.Dep[i] == syntax.DepMark || a.Dep[i] == syntax.DepAdvmod) {
			for v := i + 1; v < r.End; v++ {
				if a.Tag[v] == syntax.TagVbd || v == i+1 && a.Tag[v] == syntax.TagVbg {
					f.Content[k].End = i
					return
				}
			}
		}
	}
}

// longestLabel is how many words a label has at most.
const longestLabel = 4

// labelled takes the label of a paragraph out of the content that it begins with.
//
//	By the numbers: [the contract runs to 212 pages], two people said.
func (a text) labelled(f *Parts) {
	r := f.Content[0]
	if r.Start != a.Pars[a.Par[r.Start]].Start {
		return
	}
	for i := r.Start; i < min(r.End-4, r.Start+longestLabel+1) && a.Quote[i] == 0 && !a.Verbal(i); i++ {
		if a.Orth[i] == ":" && unicode.IsUpper(word.First(a.Orth[i+1])) {
			f.Content[0].Start = i + 1
			return
		}
	}
}

// noSplinters drops the pieces of a content that are only articles and prepositions, if there are others.
//
//	Ruiz won (on a) promise [to reopen the river].
func (a text) noSplinters(f *Parts) {
	tells := func(r syntax.Range) bool {
		for i := r.Start; i < r.End; i++ {
			switch a.Pos[i] {
			case syntax.PosAdp, syntax.PosDet, syntax.PosPunct, syntax.PosPart, syntax.PosCconj, syntax.PosSpace:
			default:
				return true
			}
		}
		return false
	}
	if kept := slices.DeleteFunc(slices.Clone(f.Content), func(r syntax.Range) bool { return !tells(r) }); len(kept) > 0 {
		f.Content = kept
	}
}
