package conflict

import (
	"slices"
	"strings"

	"dateline/ledger/account"
	"dateline/news"
)

// heads are words for one who is to be named: "the voice on the recording".
var heads = map[string]bool{"voice": true, "author": true, "writer": true, "caller": true, "source": true, "speaker": true, "leaker": true, "sender": true}

// An identity is an account of whose something is.
type identity struct {
	x    *account.Account
	head string
	who  string
	not  bool // it is said that it is not theirs
}

// voices compares who is said to have spoken or written: accounts that name or deny an author, and
// statements that put the same words in two mouths.
func (j *judge) voices() {
	var named []identity
	for _, list := range j.accounts {
		for i, x := range list {
			if v, ok := identified(list[:i], x); ok {
				named = append(named, v)
			}
		}
	}
	for i, v := range named {
		for _, w := range named[i+1:] {
			if v.head != w.head || v.x.Voice() == w.x.Voice() || !sameDaysOrStory(v.x, w.x) {
				continue
			}
			same := account.SameName(v.who, w.who)
			if same == (v.not == w.not) {
				continue
			}
			if !same && (v.not || w.not) {
				continue
			}
			j.add(pair{news.OnAttribution, v.x, w.x, "who-spoke", "whose " + v.head + " it is", []news.Reason{held("different_thing", "both speak of the %s", v.head)}, [2]string{}})
		}
		// What was said in that voice, by the outlet that says so: "a leaked tape in which she mocks".
		for _, list := range j.accounts {
			for _, y := range list {
				if y.Told == nil || y.Told.Actor == nil || y.In == v.x.In || y.Question {
					continue
				}
				speaker := account.SameName(y.Told.Actor.Key, v.who)
				if v.not != speaker || !recorded(y) || !recorded(v.x) || y.Told.Actor.Anonymous {
					continue
				}
				if slices.ContainsFunc(named, func(w identity) bool { return w.x == y }) {
					continue
				}
				j.add(pair{news.OnAttribution, y, v.x, "who-spoke", "whose " + v.head + " it is", []news.Reason{held("different_thing", "both speak of a recording, and of what is said on it")}, [2]string{}})
			}
		}
	}
}

// recorded reports whether an account's sentence speaks of a recording.
func recorded(x *account.Account) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(x.Sentence.Of(x.In.Article.Text)), func(r rune) bool { return r < 'a' || r > 'z' }) {
		switch w {
		case "recording", "tape", "recordings", "tapes", "audio", "footage", "clip":
			return true
		}
	}
	return false
}

// identified reads "X is the voice on ...", "the voice is that of X", and "it was X" behind either.
func identified(before []*account.Account, x *account.Account) (v identity, ok bool) {
	if x.Question {
		return v, false
	}
	head := ""
	for _, w := range x.Words {
		if heads[w.Stem] || heads[w.Lower] {
			head = w.Lower
		}
	}
	if head == "" && len(x.Words) > 1 && x.Words[0].Lower == "it" && (x.Words[1].Lower == "was" || x.Words[1].Lower == "is") {
		for k := len(before) - 1; k >= 0 && before[k].Number >= x.Number-1; k-- {
			if p, ok := identified(before[:k], before[k]); ok && before[k].Number < x.Number {
				head = p.head
				break
			}
		}
	}
	if head == "" || !slices.ContainsFunc(x.Words, func(w account.Word) bool {
		return w.Lower == "is" || w.Lower == "was" || w.Lower == "were" || w.Lower == "belongs" || w.Lower == "belonged"
	}) {
		return v, false
	}
	names := people(x)
	if len(names) != 1 {
		return v, false
	}
	return identity{x, head, names[0], denies(x) || negatedByWords(x) || slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Lower == "not" })}, true
}

// sameDaysOrStory reports whether two accounts can be of one thing: within the weeks of one story.
func sameDaysOrStory(a, b *account.Account) bool {
	af, al := a.Days()
	bf, bl := b.Days()
	if al.IsZero() || bl.IsZero() {
		return true
	}
	const month = 31 * 24
	return bf.Sub(al).Hours() < month && af.Sub(bl).Hours() < month
}
