// Package conflict finds accounts that cannot both be true of one thing.
//
// It compares the accounts of a story two by two: what statements say and what articles tell
// themselves. There are few tests, each of a way in which news differ about anything:
//
//	deed      one act by frames: whether it was, when, where, by whom, and who the one is (deeds.go)
//	number    two counts in one act, or in clauses that say the same (count.go, package tally)
//	wording   a sentence in quotation marks with other words between the same ones (wording.go)
//	speaker   one sentence quoted of two, or said never to have been said (deeds.go, deny.go)
//	denial    what somebody denies, and what is told of the one who denies it (deny.go)
//	contrast  two voices side by side, of which the second takes up the first (side.go)
//	meeting   how many sides, how long (meet.go)
//
// Then the tests that can rule a conflict out are made, in this order, and the first that does
// ends the matter: sequence (a plan and its outcome, an earlier and a later state), different
// thing, older state quoted, rounding, containment. What is left is a conflict; package dispute brings
// pairs together into rows.
//
// A difference of opinion is no conflict, nor is a change of mind; positions are another step's
// work. Nothing is known here of the world: that a minister who is dismissed has not the full
// confidence of anybody is not found. Nor is an act told by two verbs that are no synonyms (package deed).
// testdata/pairs.txt holds 62 invented pairs, half of them none, and pairs.golden what comes out.
package conflict

import (
	"fmt"
	"slices"
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/dispute"
	"dateline/news"
)

// A Dismissed is a pair that looked like a conflict and is none, with the test that says so.
type Dismissed struct {
	Kind   news.DisputeKind
	A, B   *account.Account
	Reason news.Reason // Rule is the test: sequence, different_thing, older_state, rounding, containment
}

// Find are the conflicts of a story, as rows of the ledger.
func Find(b *book.Book) []news.Entry {
	x := New(account.NewShelf())
	x.Update(b, b.Articles, nil)
	_, rows := x.Settle()
	return rows
}

// RuledOut are the pairs of a story's accounts that looked like a conflict and are none.
func RuledOut(b *book.Book) []Dismissed {
	x := New(account.NewShelf())
	x.keep = true
	x.Update(b, b.Articles, nil)
	return x.dismissed
}

// add keeps a pair. What one account says against another is an answer to it if it says so, or is of
// what its speaker did.
func (j *Index) add(p dispute.Pair) {
	if x := p.Denial; x != nil && p.Rule != "denied-it" && p.Rule != "unsaid" && !denies(x) && !ownWord(x) {
		p.Denial = nil
	}
	j.groups.Put(&p)
	for _, x := range []*account.Account{p.A, p.B} {
		j.leaves[x.In].pairs[&p] = true
	}
	if p.Kind == news.OnWording {
		j.noteWording(&p)
	}
}

// ownWord reports whether an account is of what its speaker did: "I never offered that".
func ownWord(x *account.Account) bool {
	if x.Told == nil {
		return false
	}
	h := strings.ToLower(x.Told.Frame.Subject.Head)
	return h == "i" || h == "we"
}

// Denials are the denials that came, or went, since they were last asked for.
func (j *Index) Denials() (came, went []dispute.Denial) { return j.groups.Denials() }

// Settle makes the conflicts of what was touched since it was last asked: pairs that share a side,
// brought together. gone are rows that stood; some of them are made again.
func (j *Index) Settle() (gone []news.EntryID, rows []news.Entry) { return j.groups.Settle() }

// out notes that a test rules a pair out.
func (j *Index) out(kind news.DisputeKind, a, b *account.Account, test, format string, args ...any) {
	if !j.keep {
		return
	}
	j.dismissed = append(j.dismissed, Dismissed{kind, a, b, news.Reason{Rule: test, Detail: fmt.Sprintf(format, args...)}})
}

func held(test, format string, args ...any) news.Reason {
	return news.Reason{Rule: test, Detail: fmt.Sprintf(format, args...)}
}

// concerns reports whether an account tells of an actor's doing: it names the actor, a body for which the
// actor speaks as one of the two articles tells, or who is named in the words for the actor ("Holm's
// spokeswoman").
func (j *Index) concerns(x *account.Account, no *account.Account) bool {
	who := no.Told.Actor.Known()
	for _, n := range x.Names {
		if j.leaves[x.In].offices.SpeaksFor(who, n.Key) || j.leaves[no.In].offices.SpeaksFor(who, n.Key) {
			return true
		}
		for _, e := range no.In.Entities {
			if account.SameName(book.Plain(e.Name), n.Key) && slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return no.Told.Source.Contains(m.Span) }) {
				return true
			}
		}
	}
	return false
}
