package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

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

// empty are words that stand for a content without telling it: "said little".
var empty = map[string]bool{"little": true, "nothing": true, "something": true, "anything": true, "much": true, "more": true, "so": true, "what": true, "it": true, "that": true, "this": true, "too": true, "very": true, "as": true}

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
	if a.Lemma[h] == "use" && h+2 < a.N && a.Lower[h+1] == "to" && a.PC[h+2] >= word.AnotherCue {
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
			if !a.sentence(a.Pars[j]) || a.toldOf(a.Pars[j]) {
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

// toldOf reports whether a paragraph is the reporter's: he tells what "she says", outside of quotation marks.
func (a *finder) toldOf(p syntax.Range) bool {
	for t := p.Start; t < p.End; t++ {
		if s := a.SubjectOf(t); a.PC[t] >= word.AnotherCue && a.Tag[t] == syntax.TagVbz && s.Token >= 0 && s.Steps == 0 && (a.Lower[s.Token] == "he" || a.Lower[s.Token] == "she") && a.Quote[t] == 0 {
			return true
		}
	}
	return false
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
		if src.Len() == 0 || src.Len() > 12 || !unicode.IsUpper(word.First(a.Orth[src.Start])) || a.Verbs(src) > 0 || a.words(q) < leastFree {
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
				for src.End < p.End && unicode.IsUpper(word.First(a.Orth[src.End])) {
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
		if !speaks || !unicode.IsUpper(word.First(a.Orth[v])) || a.Tag[v] == syntax.TagVbg || a.Verbs(src) > 0 || !word.Nounish(a.Pos[p-1]) || !unicode.IsUpper(word.First(a.Orth[src.Start])) && a.Pos[src.Start] != syntax.PosDet {
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
		if q.Start-u.Start > 1 || v.End-q.End > 1 || !unicode.IsUpper(word.First(a.Orth[min(q.Start+1, a.N-1)])) || !a.Punct[q.End-1] || !sentenceEnd(a, q) {
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
	if p < 2 || a.Orth[p] != "," && a.Orth[p] != ":" || a.Par[p] != a.Par[q.Start] || !unicode.IsUpper(word.First(a.Orth[q.Start+1])) || !sentenceEnd(a, q) {
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
