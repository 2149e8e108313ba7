package frame

import (
	"slices"

	"dateline/annotate/syntax"
	"dateline/news"
)

// mostClauses bounds the further clauses of a frame. A paragraph of quotation has some ten.
const mostClauses = 12

// raising are verbs whose negation is meant of the clause under them: "I don't think we need it" says
// that we do not. Under any other negated verb a clause asserts nothing.
var raising = map[string]bool{"think": true, "believe": true, "feel": true, "expect": true, "suppose": true, "want": true, "imagine": true, "see": true}

// withholding are verbs under which a clause is not asserted, whether negated or not.
var withholding = map[string]bool{
	"deny": true, "doubt": true, "ask": true, "wonder": true, "question": true, "pretend": true, "dispute": true, "fear": true, "refuse": true, "decline": true,
	"doubtful": true, "skeptical": true, "sceptical": true, "unlikely": true, "unsure": true, "uncertain": true, "unclear": true, "afraid": true, "unconvinced": true,
}

// asking are words that open a clause which asks.
var asking = map[string]bool{"whether": true, "if": true, "who": true, "what": true, "how": true, "why": true, "when": true, "where": true, "which": true}

// governing are words that say how far the clause under them is meant, whatever its auxiliary.
var governing = map[string]news.Modality{"hope": news.Wished, "wish": news.Wished, "want": news.Wished, "demand": news.Demanded, "insist": news.Demanded, "urge": news.Demanded}

// an item is a clause that is still to be read.
type item struct {
	verb  int
	from  raised
	under string
}

// clauses is the frame of the content whose main verb is v, with those of its other clauses: of further
// sentences, of what is joined to a clause by "and", "but" or a mark, and of what a clause says to be
// thought, hoped or told.
//
//	[I want a truce.] [It must come] [and it must last.]
//	[He believed] [the council was ready to talk].
func (r *reader) clauses(v int) news.Frame {
	d := r.d
	list := []item{{verb: v, from: raised{subject: -1}}}
	for _, t := range d.Tops(r.content) {
		if t != v && d.Verbal(t) && d.Dep[t] != syntax.DepAux && d.Dep[t] != syntax.DepAuxpass && r.clausal(t) {
			list = append(list, item{verb: t, from: raised{subject: -1}})
		}
	}
	var main news.Frame
	seen := map[int]bool{}
	for k := 0; k < len(list) && k <= mostClauses; k++ {
		x := list[k]
		if seen[x.verb] {
			continue
		}
		f, at := r.read(x.verb, x.from)
		for _, v := range []int{x.verb, at} {
			seen[v] = true
		}
		f.Under = x.under
		own := d.Tree(x.verb)
		for _, next := range r.joined(x, f, at) {
			list = append(list, next)
			if next.verb > x.verb {
				own.End = min(own.End, d.Left[next.verb])
			}
		}
		f.Clause = d.Bytes(clip(own, r.content, x.verb))
		if k == 0 {
			main = f
		} else {
			main.Further = append(main.Further, f)
		}
		main.Further = append(main.Further, r.objects(f, at)...)
	}
	slices.SortStableFunc(main.Further, func(a, b news.Frame) int { return a.Clause.Start - b.Clause.Start })
	return main
}

// objects are the frames of what "and" joins to the object of verb v, whose frame is f.
//
//	We want a truce [and the release of all prisoners].
func (r *reader) objects(f news.Frame, v int) (out []news.Frame) {
	d := r.d
	for _, o := range d.Children(v) {
		if d.Dep[o] != syntax.DepDobj && d.Dep[o] != syntax.DepNsubjpass || !r.in(o) {
			continue
		}
		for k := 0; k < 4; k++ {
			next := -1
			for _, c := range d.Children(o) {
				if d.Dep[c] == syntax.DepConj && (d.Pos[c] == syntax.PosNoun || d.Pos[c] == syntax.PosPropn) && r.in(c) {
					next = c
				}
			}
			if next < 0 {
				break
			}
			o = next
			also := f
			also.Object = r.argument(o, "")
			also.Clause = also.Object.Span
			out = append(out, also)
		}
	}
	return out
}

// joined are the clauses that hang on clause x, whose frame is f and whose meaning verb "at" carries.
func (r *reader) joined(x item, f news.Frame, at int) (out []item) {
	d := r.d
	subject := func(v int) int {
		for _, c := range d.Children(v) {
			if d.Subject(c) && r.in(c) {
				return c
			}
		}
		return -1
	}
	own := subject(x.verb)
	if own < 0 {
		own = x.from.subject
	}
	levels := []int{x.verb}
	if at != x.verb {
		levels = append(levels, at)
	}
	for _, v := range levels {
		for _, c := range d.Children(v) {
			if !r.in(c) {
				continue
			}
			switch {
			case d.Dep[c] == syntax.DepConj && d.Verbal(c):
				next := item{verb: c, under: x.under, from: raised{subject: own, negated: x.from.negated}}
				if bare := d.Tag[c] == syntax.TagVb && !auxiliary(d, c); bare && subject(c) < 0 {
					next.from.modality, next.from.negated = f.Modality, f.Negated // "will cut rates and raise wages"
				}
				out = append(out, next)
			case d.Dep[c] == syntax.DepCcomp && d.Verbal(c) && r.clausal(c):
				out = append(out, r.under(x, v, c)...)
			case d.Dep[c] == syntax.DepPrep:
				for _, g := range d.Children(c) {
					if h := r.astray(g); d.Dep[g] == syntax.DepPobj && h >= 0 {
						out = append(out, r.under(x, v, h)...)
					}
				}
			case d.Dep[c] == syntax.DepAcomp || d.Dep[c] == syntax.DepAttr: // "confident that it will hold"
				for _, g := range d.Children(c) {
					if d.Dep[g] == syntax.DepCcomp && d.Verbal(g) && r.in(g) && r.clausal(g) {
						out = append(out, r.under(x, c, g)...)
					}
				}
			}
		}
	}
	return out
}

// astray is the verb of a clause that the parser hangs on noun t as a relative one, although its "that" has no
// place in it: it is what the verb before tells ("agreed during the call that it cannot be"); -1 if there
// is none.
func (r *reader) astray(t int) int {
	d := r.d
	for _, c := range d.Children(t) {
		if d.Dep[c] != syntax.DepRelcl || !r.in(c) || !r.clausal(c) {
			continue
		}
		for _, g := range d.Children(c) {
			if d.Dep[g] == syntax.DepMark && d.Lower[g] == "that" {
				return c
			}
		}
	}
	return -1
}

// under is clause c as the complement of word v of clause x; none where it is not asserted.
func (r *reader) under(x item, v, c int) []item {
	d := r.d
	if withholding[d.Lemma[v]] {
		return nil
	}
	no := negated(d, v) || !d.Verbal(v) && (negated(d, d.Head[v]) || r.lessened(v))
	if no && !raising[d.Lemma[v]] {
		return nil
	}
	next := item{verb: c, under: d.Lemma[v], from: raised{subject: -1, negated: no, governed: governing[d.Lemma[v]]}}
	if first := d.Left[c]; asking[d.Lower[first]] {
		if cleft := d.Lemma[v] == "be" && d.Lower[first] == "who" && d.Subject(first); !cleft {
			return nil
		}
		for _, g := range d.Children(v) { // "it is the council who must decide"
			if d.Dep[g] == syntax.DepAttr {
				next.from.subject = g
			}
		}
	}
	return []item{next}
}

// lessened reports whether an adjective is taken back: "less convinced that it would hold".
func (r *reader) lessened(t int) bool {
	for _, c := range r.d.Children(t) {
		switch r.d.Lower[c] {
		case "less", "least", "hardly", "barely", "scarcely":
			return true
		}
	}
	return false
}

// clausal reports whether verb v heads a clause: it has a subject, or is asked of somebody.
func (r *reader) clausal(v int) bool {
	d := r.d
	for _, c := range d.Children(v) {
		if d.Subject(c) && r.in(c) || d.Dep[c] == syntax.DepExpl {
			return true
		}
	}
	return d.Root(v)
}

// auxiliary reports whether verb v has an auxiliary of its own.
func auxiliary(d *syntax.Doc, v int) bool {
	for _, c := range d.Children(v) {
		if d.Dep[c] == syntax.DepAux || d.Dep[c] == syntax.DepAuxpass {
			return true
		}
	}
	return false
}
