package conflict

import (
	"strconv"
	"strings"

	"dateline/ledger/account"
)

func format(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func overlap(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// unitWords are what two numbers count, in the words of one of the texts.
func unitWords(a, b *account.Account, x, y account.Number) string {
	for _, p := range []struct {
		x *account.Account
		n account.Number
	}{{a, x}, {b, y}} {
		for _, w := range p.x.Words {
			if len(p.n.Units) > 0 && w.Stem == p.n.Units[0] {
				return w.Lower
			}
		}
	}
	return x.Span.Of(a.In.Article.Text) + " or " + y.Span.Of(b.In.Article.Text)
}

// sharedWords are the words of the first account that the second has too, at most five.
func sharedWords(a, b *account.Account) string {
	var out []string
	for _, w := range a.Words {
		if w.Stem != "" && b.Has(w.Stem) && len(out) < 5 {
			out = append(out, w.Lower)
		}
	}
	if len(out) == 0 {
		for _, w := range a.Words {
			if w.Stem != "" && len(out) < 4 {
				out = append(out, w.Lower)
			}
		}
	}
	return strings.Join(out, " ")
}
