// Package frame reads what a content asserts: its predicates with the participants, whether they
// are negated, how far the speaker commits to them, their tense, condition, quantities and times.
//
// The main clause is that of the content's topmost finite verb; a content without a verb, such
// as "more pressure", has its noun as the object of nothing. What a content says beyond it, in
// another sentence, behind "and" or in a clause that is thought, hoped or told, are its further
// clauses (clauses.go). What the parse does not show stays zero. Later stages compare frames,
// never parses.
package frame

import (
	"sort"
	"strconv"
	"strings"

	"dateline/annotate/syntax"
	"dateline/news"
)

// most bounds the lists of one frame, mostHeads that of its nouns.
const (
	most      = 24
	mostHeads = 96
)

// Of is the frame of a content. entity names the entity that a word mentions, "" if none.
func Of(d *syntax.Doc, content []syntax.Range, times []news.TimeExpression, entity func(head int) news.EntityID) news.Frame {
	r := reader{d: d, content: content, entity: entity}
	var f news.Frame
	if v := mainVerb(d, content); v >= 0 {
		f = r.clauses(v)
	} else {
		f = r.nominal()
	}
	f.Heads, f.Quantities = Heads(d, content), Quantities(d, content)
	for _, t := range times {
		for _, c := range content {
			if b := d.Bytes(c); b.Contains(t.Span) && len(f.Times) < most {
				f.Times = append(f.Times, t.Span)
			}
		}
	}
	return f
}

// A reader is a content whose frames are being read.
type reader struct {
	d       *syntax.Doc
	content []syntax.Range
	entity  func(head int) news.EntityID
}

func (r *reader) in(i int) bool {
	for _, c := range r.content {
		if c.Has(i) {
			return true
		}
	}
	return false
}

func (r *reader) argument(t int, role string) news.Argument {
	d := r.d
	x := d.Tree(t)
	for _, c := range d.Children(t) {
		if c > t && (d.Dep[c] == syntax.DepRelcl || d.Dep[c] == syntax.DepPunct) {
			x.End = min(x.End, d.Left[c])
		}
	}
	return news.Argument{Span: d.Bytes(clip(x, r.content, t)), Head: d.Lemma[t], Entity: r.entity(t), Role: role}
}

// nominal is the frame of a content without a verb; what "and" joins to its noun are further ones.
//
//	They demanded [a truce] [and the release of all prisoners].
func (r *reader) nominal() (f news.Frame) {
	d := r.d
	for _, t := range d.Tops(r.content) {
		if w := d.Lower[t]; d.Pos[t] == syntax.PosAdp && (w == "for" || w == "against" || w == "to" || w == "of" || w == "on" || w == "about") { // called [for a truce]
			for _, c := range d.Children(t) {
				if d.Dep[c] == syntax.DepPobj && r.in(c) {
					t = c
				}
			}
		}
		if d.Pos[t] != syntax.PosNoun && d.Pos[t] != syntax.PosPropn {
			continue
		}
		f = r.noun(t)
		for k := 0; k < mostClauses; k++ {
			next := -1
			for _, c := range d.Children(t) {
				if d.Dep[c] == syntax.DepConj && d.Pos[c] == syntax.PosNoun && r.in(c) {
					next = c
				}
			}
			if next < 0 {
				break
			}
			t = next
			f.Further = append(f.Further, r.noun(t))
		}
		return f
	}
	return f
}

// noun is the frame of the noun phrase that t heads.
func (r *reader) noun(t int) (f news.Frame) {
	d := r.d
	own := d.Tree(t)
	f.Object = r.argument(t, "")
	for _, c := range d.Children(t) {
		f.Negated = f.Negated || d.Lower[c] == "no"
		if d.Dep[c] == syntax.DepConj && c > t {
			own.End = min(own.End, d.Left[c])
		}
	}
	f.Clause = d.Bytes(clip(own, r.content, t))
	return f
}

// raised is what a clause has from the one that it is joined to or stands under.
type raised struct {
	subject  int // -1 if it has none
	modality news.Modality
	negated  bool
	governed news.Modality // of the word that it stands under
}

// read is the frame of the clause of verb v, and the verb that carries its meaning.
func (r *reader) read(v int, from raised) (f news.Frame, at int) {
	d := r.d
	outer := v
	f.Modality = modality(d, v)
	if f.Modality == news.Asserted {
		f.Modality = from.modality
	}
	// "wants to make a deal": what is wanted is the predicate, wishing its modality.
	for k := 0; k < 3; k++ {
		m, next := lifts(d, v)
		if next < 0 || !r.in(next) {
			break
		}
		if f.Modality == news.Asserted || m == news.Demanded || m == news.Wished || m == news.Obliged && (f.Modality == news.Intended || conditionalMood(d, v)) {
			f.Modality = m // "will have to" and "would have to" oblige
		}
		f.Negated = f.Negated || negated(d, v)
		v = next
		if f.Modality == news.Asserted {
			f.Modality = modality(d, v)
		}
	}
	if from.governed != news.Asserted && f.Modality != news.Obliged {
		f.Modality = from.governed
	}
	f.Predicate = d.Lemma[v]
	f.Negated = f.Negated || negated(d, v) || v != outer && negated(d, outer)
	if from.negated {
		f.Negated = !f.Negated
	}
	f.Tense, f.Continuing, f.Completed = tenses(d, outer)
	subject := -1
	for _, x := range []int{v, outer} {
		for _, c := range d.Children(x) {
			if d.Subject(c) && subject < 0 && r.in(c) {
				subject = c
			}
		}
	}
	if subject < 0 || d.Lower[subject] == "who" && from.subject >= 0 {
		subject = from.subject
	}
	passive := false
	for _, c := range d.Children(v) {
		if !r.in(c) {
			continue
		}
		switch d.Dep[c] {
		case syntax.DepPrt:
			f.Particle = d.Lower[c]
		case syntax.DepNsubjpass:
			passive = true
		case syntax.DepDobj, syntax.DepAttr, syntax.DepAcomp, syntax.DepOprd:
			if f.Object.Head == "" {
				f.Object = r.argument(c, "")
			}
			for _, g := range d.Children(c) {
				f.Negated = f.Negated || d.Lower[g] == "no" && d.Dep[g] == syntax.DepDet
			}
		case syntax.DepDative:
			if len(f.Oblique) < most && d.Pos[c] != syntax.PosAdp {
				f.Oblique = append(f.Oblique, r.argument(c, "to"))
			}
		case syntax.DepPrep, syntax.DepAgent:
			for _, g := range d.Children(c) {
				if d.Dep[g] == syntax.DepPobj && r.in(g) && len(f.Oblique) < most {
					if d.Dep[c] == syntax.DepAgent {
						f.Subject = r.argument(g, "")
					} else {
						f.Oblique = append(f.Oblique, r.argument(g, d.Lower[c]))
					}
				}
			}
		case syntax.DepAdvcl:
			if f.Condition.Empty() && conditional(d, c) {
				f.Condition = d.Bytes(clip(d.Tree(c), r.content, c))
			}
		}
	}
	if f.Condition.Empty() && outer != v {
		for _, c := range d.Children(outer) {
			if d.Dep[c] == syntax.DepAdvcl && r.in(c) && conditional(d, c) {
				f.Condition = d.Bytes(clip(d.Tree(c), r.content, c))
			}
		}
	}
	switch {
	case subject < 0:
	case passive && f.Object.Head == "":
		f.Object = r.argument(subject, "")
	case passive && f.Subject.Head == "": // "they cannot be granted an exemption"
		f.Oblique = append(f.Oblique, r.argument(subject, "to"))
	case f.Subject.Head == "":
		f.Subject = r.argument(subject, "")
	}
	return f, v
}

// mainVerb is the topmost verb of a content: of its tops the first that is one, else the verb
// that a top stands with; -1 if there is none.
func mainVerb(d *syntax.Doc, content []syntax.Range) int {
	tops := d.Tops(content)
	for _, t := range tops {
		if d.Verbal(t) && d.Dep[t] != syntax.DepAux && d.Dep[t] != syntax.DepAuxpass {
			return t
		}
	}
	for _, t := range tops {
		if d.Verbal(t) {
			return t
		}
	}
	return -1
}

// lifting verbs: their complement says what is done, they how far it is meant.
var lifting = map[string]news.Modality{
	"want": news.Wished, "wish": news.Wished, "hope": news.Wished, "need": news.Obliged, "have": news.Obliged, "plan": news.Intended, "intend": news.Intended, "aim": news.Intended,
	"promise": news.Intended, "vow": news.Intended, "pledge": news.Intended, "agree": news.Intended, "decide": news.Intended, "go": news.Intended, "try": news.Intended, "seek": news.Intended,
	"demand": news.Demanded, "refuse": news.Intended, "decline": news.Intended, "expect": news.Possible, "ought": news.Obliged, "continue": news.Asserted, "begin": news.Asserted, "start": news.Asserted, "seem": news.Possible, "appear": news.Possible,
}

// lifts is the complement that carries the meaning of a verb, -1 if it has none.
func lifts(d *syntax.Doc, v int) (news.Modality, int) {
	m, ok := lifting[d.Lemma[v]]
	if !ok {
		return "", -1
	}
	if d.Lemma[v] == "go" && d.Tag[v] != syntax.TagVbg {
		return "", -1
	}
	for _, c := range d.Children(v) {
		if d.Dep[c] == syntax.DepXcomp && d.Verbal(c) || d.Dep[c] == syntax.DepCcomp && (d.Lemma[v] == "want" || d.Lemma[v] == "need" || d.Lemma[v] == "expect") && d.Tag[c] == syntax.TagVb {
			return m, c
		}
	}
	return "", -1
}

// conditionalMood reports whether a verb stands with "would".
func conditionalMood(d *syntax.Doc, v int) bool {
	for _, c := range d.Children(v) {
		if d.Dep[c] == syntax.DepAux && (d.Lower[c] == "would" || d.Lower[c] == "'d" || d.Lower[c] == "’d") {
			return true
		}
	}
	return false
}

// modality is what the auxiliaries of a verb say.
func modality(d *syntax.Doc, v int) news.Modality {
	m := news.Asserted
	for _, c := range d.Children(v) {
		if d.Dep[c] == syntax.DepMark && d.Lower[c] == "whether" {
			return news.Questioned
		}
		if d.Dep[c] != syntax.DepAux {
			continue
		}
		switch d.Lower[c] {
		case "may", "might", "could", "can", "would", "'d", "’d", "ca":
			m = news.Possible
		case "must", "should", "ought", "shall":
			m = news.Obliged
		case "will", "'ll", "’ll", "wo":
			m = news.Intended
		}
	}
	switch d.Lemma[v] {
	case "demand", "insist", "urge":
		if m == news.Asserted {
			m = news.Demanded
		}
	}
	return m
}

func negated(d *syntax.Doc, v int) bool {
	for _, c := range d.Children(v) {
		if d.Dep[c] == syntax.DepNeg || d.Lower[c] == "never" {
			return true
		}
		if d.Subject(c) {
			if w := d.Lower[c]; w == "nobody" || w == "none" || w == "nothing" || w == "neither" {
				return true
			}
			for _, g := range d.Children(c) {
				if d.Lower[g] == "no" || d.Lower[g] == "neither" {
					return true
				}
			}
		}
	}
	return d.Lemma[v] == "refuse" || d.Lemma[v] == "decline"
}

func tenses(d *syntax.Doc, v int) (t news.Tense, continuing, completed bool) {
	finite := v
	for _, c := range d.Children(v) {
		if d.Dep[c] != syntax.DepAux && d.Dep[c] != syntax.DepAuxpass {
			continue
		}
		switch {
		case d.Lower[c] == "will" || d.Lower[c] == "'ll" || d.Lower[c] == "’ll" || d.Lower[c] == "shall" || d.Lower[c] == "wo":
			t = news.Future
		case d.Lemma[c] == "have":
			completed = true
		case d.Lemma[c] == "be" && d.Tag[v] == syntax.TagVbg:
			continuing = true
		}
		if finite == v && d.Dep[c] != syntax.DepMark {
			finite = c
		}
	}
	if t != news.NoTense {
		return t, continuing, completed
	}
	switch d.Tag[finite] {
	case syntax.TagVbd:
		t = news.Past
	case syntax.TagVbz, syntax.TagVbp, syntax.TagMd:
		t = news.Present
	}
	return t, continuing, completed
}

func conditional(d *syntax.Doc, c int) bool {
	for _, g := range d.Children(c) {
		if d.Dep[g] == syntax.DepMark || d.Dep[g] == syntax.DepAdvmod {
			switch d.Lower[g] {
			case "if", "unless", "provided", "once", "until":
				return true
			}
		}
	}
	return false
}

// Heads are the lemmas of the heads of noun phrases, in text order.
func Heads(d *syntax.Doc, ranges []syntax.Range) (heads []string) {
	for _, r := range ranges {
		for i := r.Start; i < r.End && len(heads) < mostHeads; i++ {
			if (d.Pos[i] == syntax.PosNoun || d.Pos[i] == syntax.PosPropn) && d.Dep[i] != syntax.DepCompound {
				heads = append(heads, d.Lemma[i])
			}
		}
	}
	return heads
}

// Quantities are the numbers of some ranges with what they count.
func Quantities(d *syntax.Doc, ranges []syntax.Range) (out []news.Quantity) {
	for _, r := range ranges {
		for i := r.Start; i < r.End && len(out) < most; i++ {
			if d.Pos[i] != syntax.PosNum || d.Ent[i] == syntax.EntDate || d.Ent[i] == syntax.EntTime {
				continue
			}
			v, ok := number(d.Lower[i])
			if !ok {
				continue
			}
			start, end := i, i+1
			for end < r.End && d.Pos[end] == syntax.PosNum { // "5 million"
				if s, ok := scales[d.Lower[end]]; ok {
					v *= s
				}
				end++
			}
			unit := ""
			if i > r.Start && currencies[d.Orth[i-1]] != "" {
				unit, start = currencies[d.Orth[i-1]], i-1
			}
			if h := d.Head[end-1]; unit == "" && h != end-1 && r.Has(h) && (d.Pos[h] == syntax.PosNoun || d.Pos[h] == syntax.PosSym || d.Pos[h] == syntax.PosPropn) {
				unit = d.Lemma[h]
				if unit == "%" {
					unit = "percent"
				}
				if h >= end && h < end+4 {
					end = h + 1
				}
			}
			out = append(out, news.Quantity{Span: d.Bytes(syntax.Range{Start: start, End: end}), Value: v, Unit: unit})
			i = max(i, end-1)
		}
	}
	return out
}

var currencies = map[string]string{"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "US$": "dollar", "₹": "rupee"}

var scales = map[string]float64{"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}

var cardinals = map[string]float64{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
	"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12}

func number(w string) (float64, bool) {
	if v, ok := cardinals[w]; ok {
		return v, true
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64)
	return v, err == nil && v < 1e15 && v > -1e15
}

// clip is the part of r that lies in the piece of the content that holds token t.
func clip(r syntax.Range, content []syntax.Range, t int) syntax.Range {
	k := sort.Search(len(content), func(k int) bool { return content[k].End > t })
	if k < len(content) && content[k].Has(t) {
		return syntax.Range{Start: max(r.Start, content[k].Start), End: min(r.End, content[k].End)}
	}
	return syntax.Range{Start: t, End: t + 1}
}
