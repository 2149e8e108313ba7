package stance

import (
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/ledger/words"
	"dateline/news"
	"dateline/text"
)

// telling are words under which a clause is somebody's who is told of; where it is not the speaker, the
// clause is a statement of its own.
var telling = wordSet("say tell announce report write claim ask confirm reveal suggest imply allege assert argue")

// opining are words whose clause is the view of their subject.
var opining = wordSet("think believe feel hope expect want insist argue say agree optimistic confident sure certain convinced")

// further is where the statement stands by one of its further clauses: a later sentence, what follows
// "and" or "but", what is thought or hoped. Each is read as if it were said alone.
func further(t *book.Told, about func(string) bool) (Reading, bool) {
	whole := &t.Frame
	if t.Polarity == news.Negative && whole.Predicate != "" {
		return Reading{}, false
	}
	if c := cueOf(t); c.comment || c.denies || whole.Predicate != "" && (c.negated || c.class == against || c.class == excluding || c.class == ending) {
		return Reading{}, false // that is said of the content as a whole
	}
	implied := !slices.ContainsFunc(t.Stems, about)
	for i := range whole.Further {
		f := &whole.Further[i]
		if telling[f.Under] && !own(t) || f.Clause.Empty() {
			continue
		}
		x := clauseOf(t, f)
		if f.Predicate == "" { // "demanded a truce and the release of prisoners"
			if slices.ContainsFunc(t.Words.Words, func(w words.Word) bool { return w.Start < f.Clause.Start && (limits[w.Plain] || w.Plain == "that") }) {
				continue // it belongs to a clause in between: "a plan to detain parents and children"
			}
			x.Cue, x.Act = t.Cue, t.Act
		}
		if !slices.ContainsFunc(x.Stems, about) && !(implied && refers(t) && refers(x)) {
			continue
		}
		if r, ok := main(x, about); ok && r.place != elsewhere {
			if r.Holder == "" && opining[f.Under] && !own(t) {
				r.Holder = whole.Subject.Entity // "the mayor thinks a toll is needed", says an aide
				r.Shared = f.Under == "agree" && !slices.ContainsFunc(whole.Oblique, func(a news.Argument) bool { return a.Role == "with" && a.Entity != t.Speaker.Entity })
			}
			return r, true
		}
	}
	return Reading{}, false
}

// clauseOf is a clause of a statement as a statement.
func clauseOf(t *book.Told, f *news.Frame) *book.Told {
	s := *t.Statement
	s.Frame, s.Content, s.Cue = *f, []text.Span{f.Clause}, nil
	if s.Act != news.Question {
		s.Act = news.Speech
	}
	x := &book.Told{Statement: &s, In: t.In, Actor: t.Actor, Of: t.Of, First: t.First, Last: t.Last, Text: f.Clause.Of(t.In.Article.Text)}
	for _, w := range t.Words.Words {
		if f.Clause.Start <= w.Start && w.Start < f.Clause.End {
			x.Words.Words = append(x.Words.Words, w)
		}
	}
	x.Stems = x.Words.Stems()
	return x
}

// deictic are words that stand for what was said before.
var deictic = wordSet("that this it those these both neither")

// refers reports whether the main clause of a content speaks of what was said before it and names nothing:
// "that idea", "it cannot be done", "both of those things are impossible".
func refers(t *book.Told) bool {
	f := &t.Frame
	thing := func(a news.Argument) bool {
		if a.Head == "" || a.Entity != "" && (a.Head != "it" && !deictic[a.Head] || a.Head == "it" && f.Predicate != "do" && f.Predicate != "happen") {
			return false // "it" may be a thing, but none that is done
		}
		list := words.Fields(a.Span.Of(t.In.Article.Text))
		if deictic[a.Head] {
			return true
		}
		return words.Shell(strings.TrimSuffix(a.Head, "s")) && len(list) == 2 && (deictic[list[0]] || list[0] == "the" || list[0] == "such")
	}
	if f.Predicate == "" {
		return thing(f.Object)
	}
	return thing(f.Object) || f.Object.Head != "" && f.Predicate == "be" && thing(f.Subject) && (adjectives[f.Object.Head] != none || minds[f.Object.Head])
}

// Refers reports whether the statement takes up what was said before it, and whether more than one thing.
func Refers(t *book.Told) (refer, plural bool) {
	if !refers(t) {
		return false, false
	}
	for _, w := range words.Fields(t.Frame.Subject.Span.Of(t.In.Article.Text) + " " + t.Frame.Object.Span.Of(t.In.Article.Text)) {
		plural = plural || w == "those" || w == "these" || w == "both" || w == "neither"
	}
	return true, plural
}
