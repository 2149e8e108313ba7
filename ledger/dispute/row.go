// Package dispute brings pairs of accounts that exclude each other together into conflicts.
//
// Pairs that share a voice hang together and are one row; of numbers, also those that set the same two
// against each other. A side is all who give one account, with the origins they go back to. Groups are
// kept up to date: what a pair that comes or goes touches is made anew, with what it hangs together
// with, and all else is left alone. Which accounts exclude each other is not known here (package
// conflict).
package dispute

import (
	"cmp"
	"fmt"
	"slices"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/origin"
	"dateline/news"
)

// A Pair is two accounts that differ, with what was looked at.
type Pair struct {
	Kind   news.DisputeKind
	A, B   *account.Account // in the order of the story, once it is put
	Rule   string
	Values [2]string // what each side says, where that can be told apart: a number, a time
	// Words are what the conflict is about, and the tests that were made, none of which rules it out.
	Words func() (about string, tests []news.Reason)
	// Denial is the account, one of the two, by which somebody denies on record what the other says;
	// nil where neither does.
	Denial *account.Account

	ends     [2]*node // of A and B
	answered Denial   // that the pair was when it was put
}

// inStory is the order of pairs: by kind, then as the story has their accounts.
func inStory(p, q *Pair) int {
	if p == q {
		return 0
	}
	if by := cmp.Or(cmp.Compare(p.Kind, q.Kind), account.InStory(p.A, q.A), account.InStory(p.B, q.B), cmp.Compare(p.Rule, q.Rule), cmp.Compare(p.Values[0], q.Values[0]), cmp.Compare(p.Values[1], q.Values[1]), cmp.Compare(id(p.A), id(q.A)), cmp.Compare(id(p.B), id(q.B))); by != 0 {
		return by
	}
	about, tests := p.Words()
	other, others := q.Words()
	return cmp.Or(cmp.Compare(len(tests), len(others)), cmp.Compare(about, other), cmp.Compare(fmt.Sprint(tests), fmt.Sprint(others)))
}

// id is the statement of an account, "" of narration.
func id(x *account.Account) news.StatementID {
	if x.Told == nil {
		return ""
	}
	return x.Told.ID
}

// row is the conflict of pairs that hang together. Sides are told apart by what they say where
// that is a value, else by colouring: who contradicts one side is on the other.
func row(pairs []*Pair) (news.Entry, bool) {
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
	if pairs[0].Values[0] != "" {
		for _, p := range pairs {
			put(p.ends[0].name.key, p.A, p.Values[0])
			put(p.ends[1].name.key, p.B, p.Values[1])
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
					put(k, p.A, "1")
					put(l, p.B, "2")
				case a == "":
					put(k, p.A, other(b))
				case b == "":
					put(l, p.B, other(a))
				default:
					put(k, p.A, a)
					put(l, p.B, b)
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
	about, _ := first.Words()
	d := &news.Dispute{Kind: first.Kind, About: about}
	seen := map[news.Reason]bool{}
	for _, p := range pairs {
		if len(d.RuledOut) >= 12 {
			break
		}
		_, tests := p.Words()
		for _, t := range tests {
			if !seen[t] && len(d.RuledOut) < 12 {
				seen[t] = true
				d.RuledOut = append(d.RuledOut, t)
			}
		}
	}
	if slices.ContainsFunc(pairs, func(p *Pair) bool { return len(p.ends[0].pairs) > most || len(p.ends[1].pairs) > most }) {
		d.RuledOut = append(d.RuledOut, many("of each voice's conflicts of this kind the first %d are set here; more are like them", most))
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
	e := news.Entry{Kind: news.Conflict, Dispute: d, Rule: news.Reason{Rule: first.Rule, Detail: ruleWords[first.Rule]}}
	from := []string{string(first.Kind)}
	for _, s := range names {
		v := sideOf(members[s], first.Kind)
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

func many(format string, args ...any) news.Reason {
	return news.Reason{Rule: "many", Detail: fmt.Sprintf(format, args...)}
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
func sideOf(list []*account.Account, kind news.DisputeKind) news.Side {
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

// ruleWords say what the rules that find conflicts look at.
var ruleWords = map[string]string{
	"side-by-side":     "one article sets two accounts of one thing side by side",
	"denied":           "one says it, another denies it",
	"unsaid":           "it is reported that one said it, and that one says that it was not said",
	"denied-it":        "an account, and right behind it somebody who denies it",
	"negated":          "one says it was so, another that it was not",
	"branded-false":    "the article itself calls the claim false",
	"one-count":        "two numbers for what is counted in the same words",
	"corrected":        "an article gives two numbers, one of which it takes back",
	"one-meeting":      "two accounts of one meeting",
	"one-quotation":    "words in quotation marks, given in two ways",
	"retold-quotation": "words in quotation marks that say one thing and differ nearly throughout, as in a translation",
	"two-speakers":     "the same words, quoted of two speakers",
	"one-deed":         "two accounts of what was done once",
}
