package attribution

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/annotate/attribution/feature"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

// The rules of this file find what has no cue word: turns of a transcript, a quotation with a
// dash and a name, a quotation that stands free. Each is named in the reasons of what it
// finds.

// Confidence of what a rule finds: the share of its finds that are right in the invented
// paragraphs (demo/cases), rounded.
const (
	turnConfidence = .9
	dashConfidence = .85
	freeConfidence = .7
)

// words counts the tokens of a range that are neither marks nor blanks.
func (a *finder) words(r syntax.Range) (n int) {
	for i := r.Start; i < r.End; i++ {
		if !a.Punct[i] && !a.Space[i] {
			n++
		}
	}
	return n
}

// snap gives a direct statement the boundaries of its quotations: a content that is quoted
// but for a few words at its ends that a mark sets off, a dateline or a label, loses those; one that cuts a
// quotation short, with no cue in what is left out, takes all of it.
//
//	PORT ALBA - [“The bridge opens in May,”] said Mayor Ana Ruiz.
func (a *finder) snap(f *Found) {
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
		near := a.touching(r)
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
func (a *finder) joined(t int) bool { return !a.Punct[t] && !a.Space[t] }

// bareSource takes a clause that only adds something off a source.
//
//	[The union], whose 1,874 members cross the river, said ...
func (a *finder) bareSource(f *Found) {
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
func (a *finder) hearerFirst(f *Found) {
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
func (a *finder) clauseFirst(f *Found) {
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

// secondVerb cuts off what else the source did: a verb joined to the content's that agrees with the
// cue and not with the verb it is joined to.
//
//	The union said [the toll would cost a week's pay] and gave the city until Friday.
func (a *finder) secondVerb(f *Found) {
	k := len(f.Content) - 1
	r := f.Content[k]
	if f.Head < 0 || r.Start < f.Head || a.Tag[f.Head] != syntax.TagVbd && a.Tag[f.Head] != syntax.TagVbz {
		return
	}
	for v := r.Start + 3; v < r.End; v++ {
		h := a.Head[v]
		if a.Dep[v] != syntax.DepConj || a.Tag[v] != a.Tag[f.Head] || !r.Has(h) || a.Tag[h] != syntax.TagVb || a.Quote[v] != 0 || a.Subjects(word.Between(a.Left[v], v)) > 0 {
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

// anotherCue is the lexicon's number from which a verb between two quotations is the cue of the second.
const anotherCue = .5

// ownQuotations takes the quotations that another verb of speaking stands with out of a cue's contents.
//
//	[“A bridge is a promise,”] Ruiz said. She added that the vote was “a start.”
//	[“No toll,”] Ruiz said, adding, “not in my time.”
func (a *finder) ownQuotations(c *feature.Cue) {
	for _, k := range c.Contents {
		if n := a.reachesOver(c, k.Spans); n > 0 {
			k.Spans = k.Spans[:n:n]
		}
	}
}

// reachesOver is the number of pieces of a content before the first that stands with another verb of
// speaking, 0 if none does.
func (a *finder) reachesOver(c *feature.Cue, spans []syntax.Range) int {
	for k := 1; k < len(spans); k++ {
		q := spans[k]
		if q.Start < c.Head || a.QuoteOf[q.Start] < 0 {
			continue
		}
		for i := max(spans[k-1].End, c.Span.End); i < q.Start; i++ {
			if a.PC[i] >= anotherCue && a.Pos[i] == syntax.PosVerb && a.Quote[i] == 0 && i != c.Head && (a.SubjectOf(i).Steps == 0 && a.SubjectOf(i).Token >= 0 || a.Unit[i] == a.Unit[c.Head]) {
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
				if a.PC[i] >= anotherCue && a.Pos[i] == syntax.PosVerb && a.Quote[i] == 0 && a.SubjectOf(i).Steps == 0 && a.SubjectOf(i).Token >= 0 {
					return k
				}
			}
		}
	}
	return 0
}

// longestLabel is how many words a label has at most.
const longestLabel = 4

// labelled takes the label of a paragraph out of the content that it begins with.
//
//	By the numbers: [the contract runs to 212 pages], two people said.
func (a *finder) labelled(f *Found) {
	r := f.Content[0]
	if r.Start != a.Pars[a.Par[r.Start]].Start {
		return
	}
	for i := r.Start; i < min(r.End-4, r.Start+longestLabel+1) && a.Quote[i] == 0 && !a.Verbal(i); i++ {
		if a.Orth[i] == ":" && unicode.IsUpper(first(a.Orth[i+1])) {
			f.Content[0].Start = i + 1
			return
		}
	}
}

// shorn takes off what the content of a statement does not hold: a leading "that" of the
// clause, a blank or comma after it.
func (a *finder) shorn(f *Found) {
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
func (a *finder) broughtBack(f *Found) {
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

// empty are words that stand for a content without telling it: "said little".
var empty = map[string]bool{"little": true, "nothing": true, "something": true, "anything": true, "much": true, "more": true, "so": true, "what": true, "it": true, "that": true, "this": true, "no": true, "too": true, "very": true, "as": true}

// tellsNothing reports whether a content has no words of its own.
func (a *finder) tellsNothing(f *Found) bool {
	if last := f.Content[0].End - 1; len(f.Content) == 1 && f.Mode == news.Indirect && f.Content[0].Len() <= 4 && a.Lower[last] == "anonymity" {
		return true // "spoke on condition of anonymity"
	}
	// "denied it", "would not comment on that": what was said before is meant
	pointing := f.Head >= 0 && (settles[a.Lemma[f.Head]] || a.PC[f.Head] < sayingItself && a.Class[f.Head].Of(wordclass.Communicate) >= .4)
	for _, r := range f.Content {
		for i := r.Start; i < r.End; i++ {
			if !a.Punct[i] && !a.Space[i] && (!empty[a.Lower[i]] || pointing && points[a.Lower[i]]) {
				return false
			}
		}
	}
	return true
}

// points are the words by which what was said before is meant.
var points = map[string]bool{"it": true, "this": true, "that": true}

// sayingItself is the lexicon's number from which a verb says no more than that something was said: "said that".
const sayingItself = .6

// settles are verbs that answer what was said before.
var settles = map[string]bool{"deny": true, "confirm": true, "reject": true, "welcome": true, "promise": true, "dispute": true, "repeat": true, "oppose": true, "denounce": true, "condemn": true}

// toCome reports a cue that only names what will be talked of, in an infinitive of purpose:
// "flew in to discuss the tolls".
func (a *finder) toCome(h int) bool {
	if a.Lemma[h] == "use" && h+2 < a.N && a.Lower[h+1] == "to" && a.PC[h+2] >= anotherCue {
		return true // "used to say": the saying is what counts
	}
	switch a.Lemma[h] {
	case "discuss", "talk", "debate", "negotiate", "address":
	default:
		return false
	}
	if a.Tag[h] != syntax.TagVb {
		return false
	}
	for _, c := range a.Children(h) {
		if a.Lower[c] == "to" && a.Dep[c] == syntax.DepAux {
			return true
		}
	}
	return false
}

// brokenIn widens a quotation that begins inside a sentence, when the cue stands after it, to
// the beginning of that sentence: what comes before is said too.
//
//	[The mayor “reminded us of the flood of 1953,”] [a clerk] said.
func (a *finder) brokenIn(f *Found) {
	r := f.Content[0]
	u := a.Units[a.Unit[r.Start]]
	if len(f.Content) > 1 || f.Head < r.End || a.Unit[f.Head] != a.Unit[r.Start] || r.Start-u.Start < 1 || r.Len() < 3 || a.QuoteOf[r.Start] < 0 || a.Quotes[a.QuoteOf[r.Start]].Start != r.Start {
		return
	}
	if w := first(a.Orth[r.Start+1]); !unicode.IsLower(w) {
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

// claimed reports whether a stretch of a quotation holds the cue or source of f.
func (a *finder) claimed(r syntax.Range, f *Found) bool {
	return r.Has(f.Head) || word.Overlap([]syntax.Range{r}, []syntax.Range{f.Source}) > 0
}

// touching are the quotations that share a token with r.
func (a *finder) touching(r syntax.Range) []syntax.Range {
	first := len(syntax.Starting(a.Quotes, word.Between(0, r.Start)))
	if first > 0 && a.Quotes[first-1].End > r.Start {
		first--
	}
	last := len(syntax.Starting(a.Quotes, word.Between(0, r.End)))
	return a.Quotes[first:max(first, last)]
}

// turns: paragraphs that begin with a speaker's label and a colon, two or more in the text.
// A turn lasts until the next label; its later paragraphs are pieces of its content.
//
//	[COUNCILMAN ABASCAL]: [Move to table.]
func (a *finder) turns() (out []Found) {
	labels := make([]int, len(a.Pars)) // token of the colon, 0 if there is none
	counts := map[string]int{}
	n := 0
	for i, p := range a.Pars {
		if c := a.label(p); c > 0 {
			labels[i] = c
			counts[strings.ToLower(strings.TrimLeft(a.Of(word.Between(p.Start, c)), "\"“* "))]++
			n++
		}
	}
	repeated := 0
	for _, c := range counts {
		if c > 1 {
			repeated++
		}
	}
	if n < 2 {
		return nil
	}
	for i := 0; i < len(a.Pars); i++ {
		c := labels[i]
		if c == 0 {
			continue
		}
		name := a.Of(word.Between(a.Pars[i].Start, c))
		if repeated == 0 && !shouted(name) && !a.personal(word.Between(a.Pars[i].Start, c)) && name != "Q" && name != "A" {
			continue
		}
		f := Found{Head: c, Cue: word.Between(c, c+1), Source: a.trimMarks(word.Between(a.Pars[i].Start, c)), Mode: news.Direct, Within: -1, Confidence: turnConfidence}
		for f.Source.Len() > 1 && word.IsMark(a.Orth[f.Source.Start]) {
			f.Source.Start++
		}
		f.SourceHead = a.headOf(f.Source)
		f.Reasons = []news.Reason{{Rule: "turn", Detail: name}}
		f.Content = []syntax.Range{a.trimMarks(word.Between(c+1, a.Pars[i].End))}
		for j := i + 1; j < len(a.Pars) && j < i+maxTurn && labels[j] == 0 && repeated > 0; j++ {
			if !a.sentence(a.Pars[j]) {
				break
			}
			f.Content = append(f.Content, a.Pars[j])
		}
		if f.Content[0].Len() > 0 && a.words(f.Content[0]) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// maxTurn is the most paragraphs of a turn.
const maxTurn = 12

// label is the colon that ends the speaker's label of a paragraph, 0 if it has none: at most
// six words, capitalised but for small ones, and something after it.
func (a *finder) label(p syntax.Range) int {
	start := p.Start
	for start < p.End && (a.Orth[start] == "*" || word.IsMark(a.Orth[start])) { // a transcript quoted line by line
		start++
	}
	for i := start; i < min(p.End-1, start+9); i++ {
		if a.Orth[i] == ":" {
			if i == start || i-start > 7 {
				return 0
			}
			return i
		}
		w := a.Orth[i]
		r, _ := utf8.DecodeRuneInString(w)
		small := i > start && (len(w) <= 3 || w == "witness" || w == "judge" || w == "captain" || w == "minister") && unicode.IsLower(r)
		if !unicode.IsUpper(r) && !small && w != "." && w != "(" && w != ")" && w != "," && w != "'s" && w != "-" && w != "*" && w != "’s" {
			return 0
		}
	}
	return 0
}

// shouted reports whether a label is in capitals.
func shouted(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 2
}

// personal reports whether a range names a person.
func (a *finder) personal(r syntax.Range) bool {
	for i := r.Start; i < r.End; i++ {
		if a.Ent[i] == syntax.EntPerson {
			return true
		}
	}
	return false
}

// sentence reports whether a paragraph is prose: a verb, and a point at its end.
func (a *finder) sentence(p syntax.Range) bool {
	return a.Verbs(p) > 0 && a.Punct[p.End-1]
}

// trimMarks is the range without blanks, asterisks and dashes at its ends.
func (a *finder) trimMarks(r syntax.Range) syntax.Range {
	junk := func(i int) bool { return a.Space[i] || word.IsOne(a.Orth[i], "*-—–―") }
	for r.Len() > 0 && junk(r.Start) {
		r.Start++
	}
	for r.Len() > 0 && junk(r.End-1) {
		r.End--
	}
	return r
}

// headOf is the token of a range that the others hang on, the last name where that is a mark.
func (a *finder) headOf(r syntax.Range) int {
	if r.Len() <= 0 {
		return -1
	}
	for i := r.End - 1; i >= r.Start; i-- {
		if (!r.Has(a.Head[i]) || a.Head[i] == i) && !a.Punct[i] && !a.Space[i] {
			return i
		}
	}
	return r.End - 1
}

// dashes: a paragraph that is one quotation, a dash and a name.
//
//	[“Nobody asked us.”] — [Ana Ruiz]
func (a *finder) dashes() (out []Found) {
	for k, q := range a.Quotes {
		p := a.Pars[a.Par[q.Start]]
		d := q.End
		for d < p.End && a.Space[d] {
			d++
		}
		glued := q.End < p.End && len(a.Orth[q.End-1]) > 1 && strings.HasSuffix(strings.TrimRight(a.Orth[q.End-1], "—–―"), "”") && strings.ContainsAny(a.Orth[q.End-1], "—–―")
		if glued { // no blank before the dash
			d = q.End - 1
		}
		if d >= p.End-1 || !glued && !word.IsOne(a.Orth[d], "—–-―") && a.Orth[d] != "--" {
			continue
		}
		// The name ends the line, or the next quotation begins behind it.
		end := d + 1
		for end < p.End && (k+1 >= len(a.Quotes) || end < a.Quotes[k+1].Start) && !(a.Space[end] && strings.Contains(a.Orth[end], "\n")) {
			end++
		}
		if q.Start != p.Start && end < p.End && k+1 < len(a.Quotes) && end != a.Quotes[k+1].Start {
			continue
		}
		src := a.trimMarks(word.Between(d+1, end))
		if src.Len() == 0 || src.Len() > 12 || !unicode.IsUpper(first(a.Orth[src.Start])) || a.Verbs(src) > 0 || a.words(q) < leastFree {
			continue
		}
		if q.Start != p.Start && !(src.Len() >= 2 && src.Len() <= 6 && a.Pos[src.Start] == syntax.PosPropn) {
			continue
		}
		f := Found{Head: d, Cue: word.Between(d, d+1), Source: src, SourceHead: a.nameHead(src), Content: []syntax.Range{q}, Mode: news.Direct, Within: -1, Confidence: dashConfidence,
			Reasons: []news.Reason{{Rule: "dash-and-name", Detail: a.Of(src)}}}
		if glued {
			f.Head, f.Cue = -1, syntax.Range{}
		}
		out = append(out, f)
	}
	return out
}

// headed: a line that is a name, a colon and a quotation, ends in them, or begins with a quotation, a
// colon and a name, as headlines have it.
//
//	[Ana Ruiz]: [‘I’m not made of concrete’]
//	[‘I’m not made of concrete’]: [Ana Ruiz] on tolls and ferries
//	A lesson from [Ana Ruiz]: [‘Sign nothing on a Sunday’]
func (a *finder) headed() (out []Found) {
	for _, list := range [2][]syntax.Range{a.Quotes, a.Singles} {
		for _, q := range list {
			p := a.Pars[a.Par[q.Start]]
			for p.Len() > 0 && a.Space[p.End-1] {
				p.End--
			}
			var src syntax.Range
			c := a.label(p)
			switch {
			case a.words(q) < leastFree:
				continue
			case c > 0 && q.End == p.End && q.Start > c && a.words(word.Between(c, q.Start)) == 0:
				src = a.trimMarks(word.Between(p.Start, c))
			case c == 0 && q.End == p.End && q.Start-2 > p.Start && a.Orth[q.Start-1] == ":" && a.Verbs(word.Between(p.Start, q.Start)) == 0:
				c = q.Start - 1
				src = word.Between(c, c)
				for src.Start > p.Start && a.Ent[src.Start-1] == syntax.EntPerson {
					src.Start--
				}
			case q.Start == p.Start && q.End+1 < p.End && a.Orth[q.End] == ":" && !word.IsOne(a.Orth[p.End-1], ".!?"):
				c, src = q.End, word.Between(q.End+1, q.End+1)
				for src.End < p.End && unicode.IsUpper(first(a.Orth[src.End])) {
					src.End++
				}
			}
			if src.Len() < 1 || src.Len() > 4 || !a.personal(src) && !(src.Len() > 1 && a.Pos[src.End-1] == syntax.PosPropn) {
				continue
			}
			out = append(out, Found{Head: c, Cue: word.Between(c, c+1), Source: src, SourceHead: a.headOf(src), Content: []syntax.Range{q}, Mode: news.Direct, Within: -1, Confidence: dashConfidence,
				Reasons: []news.Reason{{Rule: "headed", Detail: a.Of(src)}}})
		}
	}
	return out
}

// headlines: a headline that is somebody, a colon and a clause without marks.
//
//	[Minister]: [bridge will open by spring]
func (a *finder) headlines() (out []Found) {
	if len(a.Pars) == 0 {
		return nil
	}
	p := a.Pars[0]
	for p.Len() > 0 && a.Space[p.End-1] {
		p.End--
	}
	for c := p.Start + 1; c < min(p.End-3, p.Start+6); c++ {
		if a.Orth[c] != ":" {
			continue
		}
		src, clause := word.Between(p.Start, c), word.Between(c+1, p.End)
		head := a.headOf(src)
		if word.IsOne(a.Orth[p.End-1], ".") || a.Quoted(clause) > 0 || a.Verbs(src) > 0 || a.Subjects(clause) == 0 || a.Space[c+1] || !a.personal(src) && wordclass.Noun(a.Lower[head]).Of(wordclass.Person) < .5 {
			return nil
		}
		return []Found{{Head: c, Cue: word.Between(c, c+1), Source: src, SourceHead: head, Content: []syntax.Range{clause}, Mode: news.Indirect, Within: -1, Confidence: freeConfidence,
			Reasons: []news.Reason{{Rule: "headed", Detail: a.Of(src)}}}}
	}
	return nil
}

// farSpeaker is how many tokens a speaker may have between the verb and the quotation.
const farSpeaker = 8

// verbFirst: a sentence that begins with a verb of speaking and its subject, and goes on with a quotation.
//
//	[Said] [Ruiz]: [“Sign nothing on a Sunday.”]
func (a *finder) verbFirst() (out []Found) {
	for _, q := range a.Quotes {
		v := a.Units[a.Unit[q.Start]].Start
		if n := a.Unit[q.Start]; v == q.Start && n > 0 { // the parser may part them
			v = a.Units[n-1].Start
		}
		p := q.Start - 1
		if p-v < 2 || p-v > farSpeaker || a.Par[v] != a.Par[q.Start] || a.Orth[p] != ":" && a.Orth[p] != "," || a.words(q) < leastFree {
			continue
		}
		src := word.Between(v+1, p)
		speaks := a.Lower[v] == "said" || a.Pos[v] == syntax.PosVerb && a.PC[v] >= anySpeech // "Said" is taken for a name too
		if !speaks || !unicode.IsUpper(first(a.Orth[v])) || a.Tag[v] == syntax.TagVbg || a.Verbs(src) > 0 || !word.Nounish(a.Pos[p-1]) || !unicode.IsUpper(first(a.Orth[src.Start])) && a.Pos[src.Start] != syntax.PosDet {
			continue
		}
		out = append(out, Found{Head: v, Cue: word.Between(v, v+1), Source: src, SourceHead: a.nameHead(src), Content: []syntax.Range{q}, Mode: news.Direct, Within: -1, Confidence: dashConfidence,
			Reasons: []news.Reason{{Rule: "verb-first", Detail: a.Of(src)}}})
	}
	return out
}

// anySpeech is the lexicon's number of a verb that reports speech more often than not.
const anySpeech = .5

// nameHead is the last word of the name that begins a range, before a comma.
func (a *finder) nameHead(r syntax.Range) int {
	for i := r.Start; i < r.End; i++ {
		if a.Orth[i] == "," && i > r.Start {
			return i - 1
		}
	}
	return a.headOf(r)
}

func first(w string) rune { r, _ := utf8.DecodeRuneInString(w); return r }

// leastFree is the fewest words of a quotation that may stand free.
const leastFree = 3

// free: a quotation that makes up whole sentences and belongs to no statement goes on with the
// speaker before it: of its paragraph or, where it opens one, of the end of the paragraph
// before.
//
//	[“I saw it,”] [Holt] recalls. “I saw its shadow. And then I knew.”
func (a *finder) free(found []Found) (out []Found) {
	covered, heads := make([]bool, a.N), map[int]bool{}
	for _, f := range found {
		heads[f.Head] = true
		for _, r := range f.Content {
			for i := r.Start; i < r.End; i++ {
				covered[i] = true
			}
		}
	}
	last := map[int]*Found{} // the last statement by the paragraph that its cue or content ends in
	note := func(f *Found) {
		end := f.Content[len(f.Content)-1].End - 1
		if f.Head > end {
			end = f.Head
		}
		p := a.Par[end]
		if o := last[p]; f.Within < 0 && f.SourceHead >= 0 && (o == nil || position(o) < position(f)) {
			last[p] = f
		}
	}
	for i := range found {
		note(&found[i])
	}
	for _, q := range a.Quotes {
		if a.words(q) < leastFree || covered[q.Start+1] || covered[q.End-1] {
			continue
		}
		cued, ok := a.introduced(q)
		if !ok {
			cued, ok = a.tagged(q)
		}
		if !ok {
			cued, ok = a.worded(q)
		}
		if !ok {
			cued, ok = a.inTheWords(q)
		}
		if ok && !heads[cued.Head] {
			heads[cued.Head] = true
			out = append(out, cued)
			note(&cued)
			continue
		}
		u, v := a.Units[a.Unit[q.Start]], a.Units[a.Unit[q.End-1]]
		if q.Start-u.Start > 1 || v.End-q.End > 1 || !unicode.IsUpper(first(a.Orth[min(q.Start+1, a.N-1)])) || !a.Punct[q.End-1] || !sentenceEnd(a, q) {
			continue
		}
		p := a.Par[q.Start]
		f := a.before(found, out, q.Start, p)
		rule := "goes-on"
		if f == nil && q.Start == a.Pars[p].Start && p > 0 {
			if f = last[p-1]; f != nil && f.Mode == news.Indirect && a.Pars[p-1].End-f.Content[len(f.Content)-1].End > 30 {
				f = nil
			}
			rule = "next-paragraph"
		}
		if f == nil {
			continue
		}
		if rule == "goes-on" && f.Mode == news.Direct && f.Head >= 0 && a.adjoins(f, q) {
			f.Content = append(f.Content, q)
			for i := q.Start; i < q.End; i++ {
				covered[i] = true
			}
			continue
		}
		g := Found{Head: -1, Source: f.Source, SourceHead: f.SourceHead, Content: []syntax.Range{q}, Mode: news.Direct, Within: -1, Confidence: freeConfidence,
			Reasons: []news.Reason{{Rule: rule, Detail: a.Of(f.Source)}}}
		out = append(out, g)
		if o := last[p]; o == nil || position(o) < q.Start {
			last[p] = &out[len(out)-1]
		}
	}
	return out
}

// adjoins reports whether a quotation begins with the sentence after the one that f's cue or
// last quotation stands in: what goes on so is one statement.
func (a *finder) adjoins(f *Found, q syntax.Range) bool {
	end := max(f.Head, f.Content[len(f.Content)-1].End-1)
	return a.Unit[q.Start] <= a.Unit[end]+1 && q.Start > end
}

// introduced: a quotation of a whole sentence after a comma or colon, with a verb and its
// subject right before.
//
//	[Ruiz] [boasted], [“That makes us the first.”]
func (a *finder) introduced(q syntax.Range) (f Found, ok bool) {
	p := q.Start - 1
	for p > 0 && a.Space[p] {
		p--
	}
	if p < 2 || a.Orth[p] != "," && a.Orth[p] != ":" || a.Par[p] != a.Par[q.Start] || !unicode.IsUpper(first(a.Orth[q.Start+1])) || !sentenceEnd(a, q) {
		return f, false
	}
	for v := p - 1; v >= max(a.Pars[a.Par[p]].Start, p-10) && a.Quote[v] != syntax.Double; v-- {
		if a.Pos[v] != syntax.PosVerb || !a.Speaks(v) {
			continue
		}
		s := a.SubjectOf(v).Token
		if s >= 0 && a.Quote[s] == syntax.Double { // the parser joins the verb to one that is quoted
			s = a.firstSubject(word.Between(a.Units[a.Unit[v]].Start, v))
		}
		if s < 0 {
			return f, false
		}
		src := a.SourceSpan(s, v)
		cue := a.CueSpan(v, []syntax.Range{src})
		if word.Overlap([]syntax.Range{q}, []syntax.Range{cue, src}) > 0 {
			return f, false
		}
		return Found{Head: v, Cue: cue, Source: src, SourceHead: s, Content: []syntax.Range{q}, Mode: news.Direct, Within: -1, Confidence: freeConfidence,
			Reasons: []news.Reason{{Rule: "introduced", Detail: a.Of(cue)}}}, true
	}
	return f, false
}

// firstSubject is the first subject of a range outside of quotations, -1 if there is none.
func (a *finder) firstSubject(r syntax.Range) int {
	for i := r.Start; i < r.End; i++ {
		if a.Subject(i) && a.Quote[i] == 0 {
			return i
		}
	}
	return -1
}

// position is where a statement is told: at its cue, or its content if it has none.
func position(f *Found) int {
	if f.Head >= 0 {
		return f.Head
	}
	return f.Content[0].Start
}

// before is the last statement with a source that is told before token at in paragraph p.
func (a *finder) before(found, more []Found, at, p int) (best *Found) {
	for _, list := range [2][]Found{found, more} {
		for i := range list {
			f := &list[i]
			if x := position(f); x < at && a.Par[x] == p && f.SourceHead >= 0 && f.Within < 0 && (best == nil || position(best) < x) {
				best = f
			}
		}
	}
	return best
}

// sentenceEnd reports whether a quotation ends as a sentence does.
func sentenceEnd(a *finder, q syntax.Range) bool {
	for i := q.End - 1; i > q.Start && i > q.End-4; i-- {
		if word.IsOne(a.Orth[i], ".!?…") || a.Orth[i] == "..." || a.Orth[i] == "?!" {
			return true
		}
	}
	return false
}

// bidden reports whether a cue is an imperative of the outlet's own: "Don't forget that".
func (a *finder) bidden(h int) bool {
	if a.Tag[h] != syntax.TagVb || !a.Root(h) || a.Quote[h] != 0 {
		return false
	}
	for _, c := range a.Children(h) {
		if a.Subject(c) || a.Dep[c] == syntax.DepAux && a.Lemma[c] != "do" {
			return false
		}
	}
	return true
}

// noSplinters drops the pieces of a content that are only articles and prepositions, if there are others.
//
//	Ruiz won (on a) promise [to reopen the river].
func (a *finder) noSplinters(f *Found) {
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
