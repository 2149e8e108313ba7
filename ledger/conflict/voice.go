package conflict

import (
	"slices"
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/deed"
	"dateline/ledger/dispute"
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

// twoNames compares two accounts of whose something is.
func (j *Index) twoNames(v, w identity) {
	if v.x == w.x || v.head != w.head || v.x.Voice() == w.x.Voice() || !sameWeeks(v.x, w.x) {
		return
	}
	same := account.SameName(v.who, w.who)
	if same == (v.not == w.not) || !same && (v.not || w.not) {
		return
	}
	j.add(dispute.Pair{Kind: news.OnAttribution, A: v.x, B: w.x, Rule: "who-spoke", Words: func() (string, []news.Reason) {
		return "whose " + v.head + " it is", []news.Reason{held("different_thing", "both speak of the %s", v.head)}
	}})
}

// spoken compares an account of whose voice it is with what was said in that voice, as another
// article has it: "a leaked tape in which she mocks".
func (j *Index) spoken(v identity, y *account.Account) {
	if y.In == v.x.In || y.Told.Actor == nil || y.Told.Actor.Anonymous || !sameWeeks(v.x, y) || v.not != account.SameName(y.Told.Actor.Key, v.who) {
		return
	}
	j.add(dispute.Pair{Kind: news.OnAttribution, A: y, B: v.x, Rule: "who-spoke", Words: func() (string, []news.Reason) {
		return "whose " + v.head + " it is", []news.Reason{held("different_thing", "both speak of a recording, and of what is said on it")}
	}})
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
	names := deed.People(x)
	if len(names) != 1 {
		return v, false
	}
	return identity{x, head, names[0], denies(x) || negatedByWords(x) || slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Lower == "not" })}, true
}

// sameWeeks reports whether two accounts can be of one thing: within the weeks of one story.
func sameWeeks(a, b *account.Account) bool {
	af, al := a.Days()
	bf, bl := b.Days()
	if al.IsZero() || bl.IsZero() {
		return true
	}
	const month = 31 * 24
	return bf.Sub(al).Hours() < month && af.Sub(bl).Hours() < month
}
