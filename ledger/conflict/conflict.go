// Package conflict finds accounts that cannot both be true of one thing.
//
// It compares the accounts of a story two by two: what statements say and what articles tell
// themselves. A pair is looked at only if both speak of one thing: of one meeting (same people,
// same day), of one count (same thing counted, in the same context), of the same words of one
// speaker, of what one denies and the other says; or if an article sets the two side by side.
// Then the tests that can rule a conflict out are made, in this order, and the first that does
// ends the matter: sequence (a plan and its outcome, an earlier and a later state), different
// thing, older state quoted, rounding, containment. What is left is a conflict. Pairs that share a
// side become one row; a side is all who give one account, with the origins they go back to, so
// that five copies do not outvote one.
//
// Of what is told over and over, the first pairs of each voice stand (most, group.go): a row that
// leaves some out says so, and what is left out is found in no other row.
//
// A difference of opinion is no conflict, nor is a change of mind; positions are another step's
// work. Nothing is known here of the world: that a minister who is dismissed has not the full
// confidence of anybody is in the table of contraries (contrary.go), and what is not there is
// not found.
package conflict

import (
	"cmp"
	"fmt"
	"slices"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/origin"
	"dateline/news"
)

// A pair is two accounts that differ, with what was looked at.
type pair struct {
	kind   news.DisputeKind
	a, b   *account.Account
	rule   string
	values [2]string // what each side says, where that can be told apart: a number, a time
	// words are what the conflict is about, and the tests that were made, none of which rules it out.
	words func() (about string, tests []news.Reason)
	ends  [2]*node // of a and b
	// denial is the account, one of the two, that says of the other's that it is not so; nil where
	// neither does.
	denial   *account.Account
	answered Denial // that the pair was when it was put
}

// A Dismissed is a pair that looked like a conflict and is none, with the test that says so.
type Dismissed struct {
	Kind   news.DisputeKind
	A, B   *account.Account
	Reason news.Reason // Rule is the test: sequence, different_thing, older_state, rounding, containment
}

// Find are the conflicts of a story, as rows of the ledger.
func Find(b *book.Book) []news.Entry {
	x := New(account.NewShelf())
	x.Update(b, nil)
	_, rows := x.Settle()
	return rows
}

// RuledOut are the pairs of a story's accounts that looked like a conflict and are none.
func RuledOut(b *book.Book) []Dismissed {
	x := New(account.NewShelf())
	x.keep = true
	x.Update(b, nil)
	return x.dismissed
}

// add keeps a pair, its accounts in the order of the story.
func (j *Index) add(p pair) {
	if account.InStory(p.b, p.a) < 0 {
		p.a, p.b = p.b, p.a
		p.values[0], p.values[1] = p.values[1], p.values[0]
	}
	j.groups.put(&p)
	for _, x := range []*account.Account{p.a, p.b} {
		j.leaves[x.In].pairs[&p] = true
	}
}

// rule notes that a test rules a pair out.
func (j *Index) out(kind news.DisputeKind, a, b *account.Account, test, format string, args ...any) {
	if !j.keep {
		return
	}
	j.dismissed = append(j.dismissed, Dismissed{kind, a, b, news.Reason{Rule: test, Detail: fmt.Sprintf(format, args...)}})
}

func held(test, format string, args ...any) news.Reason {
	return news.Reason{Rule: test, Detail: fmt.Sprintf(format, args...)}
}

// inStory is the order of pairs: by kind, then as the story has their accounts.
func inStory(p, q *pair) int {
	if p == q {
		return 0
	}
	if by := cmp.Or(cmp.Compare(p.kind, q.kind), account.InStory(p.a, q.a), account.InStory(p.b, q.b), cmp.Compare(p.rule, q.rule), cmp.Compare(p.values[0], q.values[0]), cmp.Compare(p.values[1], q.values[1]), cmp.Compare(id(p.a), id(q.a)), cmp.Compare(id(p.b), id(q.b))); by != 0 {
		return by
	}
	about, tests := p.words()
	other, others := q.words()
	return cmp.Or(cmp.Compare(len(tests), len(others)), cmp.Compare(about, other), cmp.Compare(fmt.Sprint(tests), fmt.Sprint(others)))
}

// id is the statement of an account, "" of narration.
func id(x *account.Account) news.StatementID {
	if x.Told == nil {
		return ""
	}
	return x.Told.ID
}

// Settle makes the conflicts of what was touched since it was last asked: pairs that share a side,
// brought together. gone are rows that stood; some of them are made again.
func (j *Index) Settle() (gone []news.EntryID, rows []news.Entry) { return j.groups.settle(j.row) }

// row is the conflict of pairs that hang together. Sides are told apart by what they say where
// that is a value, else by colouring: who contradicts one side is on the other.
func (j *Index) row(pairs []*pair) (news.Entry, bool) {
	side := map[string]string{}
	members := map[string][]*account.Account{}
	placed := map[*account.Account]bool{}
	put := func(k string, x *account.Account, s string) {
		if side[k] == "" {
			side[k] = s
		}
		if !placed[x] {
			placed[x] = true
			members[side[k]] = append(members[side[k]], x)
		}
	}
	if pairs[0].values[0] != "" {
		for _, p := range pairs {
			put(p.ends[0].name.key, p.a, p.values[0])
			put(p.ends[1].name.key, p.b, p.values[1])
		}
	} else {
		for changed := true; changed; {
			changed = false
			for _, p := range pairs {
				k, l := p.ends[0].name.key, p.ends[1].name.key
				a, b := side[k], side[l]
				switch {
				case a == "" && b == "":
					if len(side) > 0 {
						continue
					}
					put(k, p.a, "1")
					put(l, p.b, "2")
				case a == "":
					put(k, p.a, other(b))
				case b == "":
					put(l, p.b, other(a))
				default:
					put(k, p.a, a)
					put(l, p.b, b)
					continue
				}
				changed = true
			}
		}
	}
	if len(members) < 2 {
		return news.Entry{}, false
	}
	first := pairs[0]
	about, _ := first.words()
	d := &news.Dispute{Kind: first.kind, About: about}
	seen := map[news.Reason]bool{}
	for _, p := range pairs {
		if len(d.RuledOut) >= 12 {
			break
		}
		_, tests := p.words()
		for _, t := range tests {
			if !seen[t] && len(d.RuledOut) < 12 {
				seen[t] = true
				d.RuledOut = append(d.RuledOut, t)
			}
		}
	}
	if slices.ContainsFunc(pairs, func(p *pair) bool { return len(p.ends[0].pairs) > most || len(p.ends[1].pairs) > most }) {
		d.RuledOut = append(d.RuledOut, held("many", "of each voice's conflicts of this kind the first %d are set here; more are like them", most))
	}
	var names []string
	for s := range members {
		names = append(names, s)
	}
	for _, list := range members {
		slices.SortFunc(list, account.InStory)
	}
	slices.SortFunc(names, func(s, t string) int {
		return cmp.Or(account.InStory(members[s][0], members[t][0]), cmp.Compare(s, t))
	})
	e := news.Entry{Kind: news.Conflict, Dispute: d, Rule: news.Reason{Rule: first.rule, Detail: ruleWords[first.rule]}}
	from := []string{string(first.kind)}
	for _, s := range names {
		v := j.side(members[s], first.kind)
		d.Sides = append(d.Sides, v)
		for _, id := range v.Statements {
			if !slices.Contains(e.Statements, id) {
				e.Statements = append(e.Statements, id)
			}
			from = append(from, string(id))
		}
		for _, p := range v.Passages {
			from = append(from, string(p.Article), fmt.Sprint(p.Span.Start))
		}
	}
	if len(e.Statements) > 0 {
		e.Text = words(e.Statements[0], members)
	}
	e.ID = news.NewEntryID(string(news.Conflict), from...)
	e.Origins = origins(slices.Concat(slices.Collect(values(members))...))
	return e, true
}

// words are those of a statement that a side rests on.
func words(id news.StatementID, members map[string][]*account.Account) string {
	for _, list := range members {
		for _, x := range list {
			if x.Told != nil && x.Told.ID == id {
				return x.Told.Text
			}
		}
	}
	return ""
}

func values(m map[string][]*account.Account) func(func([]*account.Account) bool) {
	return func(yield func([]*account.Account) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

func other(s string) string {
	if s == "1" {
		return "2"
	}
	return "1"
}

// side is what one side of a conflict says, on whose word: that of all copies too, where it is not
// their wording that is in question.
func (j *Index) side(list []*account.Account, kind news.DisputeKind) news.Side {
	best := list[0]
	for _, x := range list {
		// A quotation, a named speaker and a whole sentence tell the account best.
		if rank(x) > rank(best) {
			best = x
		}
	}
	v := news.Side{Actor: best.Speaker(), Text: best.Text(), Origins: origins(list)}
	for _, x := range list {
		if x.Told != nil {
			if !slices.Contains(v.Statements, x.Told.ID) {
				v.Statements = append(v.Statements, x.Told.ID)
			}
			if u := x.Told.Of; u != nil && kind != news.OnWording {
				for _, r := range u.Reports {
					if !slices.Contains(v.Statements, r.ID) && r.In.CopyOf != "" {
						v.Statements = append(v.Statements, r.ID)
					}
				}
			}
			continue
		}
		if p := (news.Passage{Article: x.In.Article.ID, Span: x.Span}); !slices.Contains(v.Passages, p) {
			v.Passages = append(v.Passages, p)
		}
	}
	return v
}

func rank(x *account.Account) int {
	switch {
	case x.Told == nil:
		return 0
	case x.Told.Actor == nil || x.Told.Actor.Anonymous:
		return 1
	}
	return 2
}

// origins bounds the independent roots of accounts. Of statements, what they credit tells; of
// narration, whether its article is a copy: a second sentence of an article is no second root.
func origins(list []*account.Account) news.Origins {
	var told []*book.Told
	roots := map[news.ArticleID]bool{}
	copies := 0
	for _, x := range list {
		if x.Told != nil {
			told = append(told, x.Told)
		}
		if x.In.CopyOf != "" {
			copies++
		}
		roots[cmp.Or(x.In.CopyOf, x.In.Article.ID)] = true
	}
	if len(told) == len(list) {
		return origin.Of(told)
	}
	o := news.Origins{Least: 1, Most: len(roots)}
	switch {
	case len(roots) == 1 && copies > 0:
		o.Reasons = append(o.Reasons, news.Reason{Rule: "copies", Detail: "all of it is in copies of one article"})
	case len(roots) == 1:
		o.Reasons = append(o.Reasons, news.Reason{Rule: "one-article", Detail: "read in one article"})
	default:
		o.Reasons = append(o.Reasons, news.Reason{Rule: "may-share-a-source", Detail: "nothing tells that the others have it from elsewhere"})
	}
	return o
}

// concerns reports whether an account tells of an actor's doing: it names the actor, or a body
// for which the actor speaks as one of the two articles tells.
func (j *Index) concerns(x *account.Account, no *account.Account) bool {
	for _, n := range x.Names {
		if j.leaves[x.In].offices.SpeaksFor(no.Told.Actor.Key, n.Key) || j.leaves[no.In].offices.SpeaksFor(no.Told.Actor.Key, n.Key) {
			return true
		}
	}
	return false
}

// ruleWords say what the rules that find conflicts look at.
var ruleWords = map[string]string{
	"side-by-side":  "one article sets two accounts of one thing side by side",
	"denied":        "one says it, another denies it",
	"denied-it":     "an account, and right behind it somebody who denies it",
	"negated":       "one says it was so, another that it was not",
	"branded-false": "the article itself calls the claim false",
	"one-count":     "two numbers for what is counted in the same words",
	"corrected":     "an article gives two numbers, one of which it takes back",
	"one-meeting":   "two accounts of one meeting",
	"one-quotation": "words in quotation marks, given in two ways",
	"contraries":    "two things that exclude one another are said of one person",
	"who-spoke":     "two names for one voice",
	"two-speakers":  "the same words, quoted of two speakers",
	"one-deed":      "two accounts of what was done once",
}
