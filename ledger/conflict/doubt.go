package conflict

import (
	"slices"
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/dispute"
	"dateline/news"
	"dateline/text"
)

// doubting are turns by which somebody goes back behind what another has announced, without a plain no.
// Who will not confirm a thing says nothing against it, so that is not among them.
var doubting = func() (turns [][]string) {
	for _, t := range []string{
		"cast doubt on", "casts doubt on", "casting doubt on", "cast doubts on", "played down", "plays down", "play down", "playing down", "downplayed", "downplays", "downplay", "downplaying",
		"slow-walk", "slow-walked", "slow-walks", "slow-walking", "poured cold water on", "pours cold water on", "pouring cold water on", "walked back", "walks back", "backed away from", "backs away from",
		"distanced himself from", "distanced herself from", "distanced itself from", "distanced themselves from",
	} {
		turns = append(turns, strings.Fields(t))
	}
	return turns
}()

const (
	claimsBefore = 12 // how many sentences before a doubt the claim may stand
	behindDoubt  = 6  // words of what is doubted
)

// doubted joins who plays down an agreement or a plan to the one who announced it earlier in the article:
// what is doubted has a noun of the claim.
func (j *Index) doubted(list []*account.Account) {
	last := -1
	for i, x := range list {
		if x.Number == last || x.Kind != news.Body {
			continue
		}
		of, ok := doubts(x)
		if !ok {
			continue
		}
		last = x.Number
		for _, y := range list[i:] { // what the one who doubts says in that sentence tells more than the doubting
			if y.Number == x.Number && y.Told != nil && (x.Told == nil || y.Content() > x.Content()) {
				x = y
			}
		}
		for k := i - 1; k >= 0 && list[k].Number >= x.Number-claimsBefore; k-- {
			a := list[k]
			if a.Told == nil || a.Number == x.Number || a.Question || a.Condition || !telling(a) || !settles(a) || x.Told != nil && a.Voice() == x.Voice() || !slices.ContainsFunc(of, a.Has) {
				continue
			}
			j.add(dispute.Pair{Kind: news.OnPolarity, A: a, B: x, Rule: "cast-doubt", Words: func() (string, []news.Reason) {
				return "whether: " + headline(a), []news.Reason{
					held("different_thing", "both are of the %s", strings.Join(of, ", ")), held("sequence", "the article sets them side by side")}
			}})
			break
		}
	}
}

// doubts are the stems of what is doubted in the sentence of an account; ok is false where nothing is.
func doubts(x *account.Account) (of []string, ok bool) {
	ws := account.Words(x.In.Article.Text, x.Sentence)
	for i := range ws {
		for _, turn := range doubting {
			n := len(turn)
			if i+n >= len(ws) || !slices.EqualFunc(turn, ws[i:i+n], func(t string, w account.Word) bool { return t == w.Lower }) {
				continue
			}
			for _, w := range ws[i+n : min(len(ws), i+n+behindDoubt)] {
				if w.Stem != "" && !light[w.Stem] && !account.Named(x.In, text.Span{Start: w.Span.Start, End: w.Span.End}) {
					of = append(of, w.Stem)
				}
			}
			return of, len(of) > 0
		}
	}
	return nil, false
}

// settles reports whether an account says that something was agreed, promised or decided, or will be done.
func settles(x *account.Account) bool {
	if x.Future {
		return true
	}
	return slices.ContainsFunc([]string{"agree", "promise", "decide", "accept", "commit", "approve", "sign"}, x.HasWord) && !negatedByWords(x)
}
