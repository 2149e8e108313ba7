// Package quotation takes what statements have in quotation marks apart into sentences, and lays two of one
// speaker side by side word by word: what they have in one order, and whether one has other words than the
// other between the same ones. It decides nothing about who altered what.
package quotation

import (
	"math"
	"slices"
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

// A Quotation is a sentence that a statement has in quotation marks, without what stands in brackets.
type Quotation struct {
	Told  *book.Told
	Words []account.Word
	Stems map[string]bool   // of the words that tell something, names and offices aside
	sig   account.Signature // of the stems
	// first and last are the days on which it can have been said, in seconds since 1970.
	first, last int64
}

const (
	// shortest is how many words a quotation must have to be compared: shorter ones ("very calm")
	// are the same by chance.
	shortest = 5
	// longest bounds the words compared of one quotation.
	longest = 120
)

// Of are the sentences that a statement has in marks.
func Of(t *book.Told) (out []Quotation) {
	if t.Mode == news.Indirect || t.Actor == nil {
		return nil
	}
	whole := t.In.Article.Text
	n := 0
	for _, c := range t.Content {
		for _, m := range text.Quotations(whole, c) {
			if m.Depth > 0 || !m.Opened && !m.Closed {
				continue
			}
			var run []account.Word
			at, bracket := m.Inner.Start, false
			for _, w := range account.Words(whole, m.Inner) {
				between := whole[at:w.Span.Start]
				at = w.Span.End
				if strings.ContainsAny(between, "[]") {
					bracket = strings.LastIndexByte(between, '[') > strings.LastIndexByte(between, ']')
				}
				if strings.ContainsAny(between, ".!?…") && len(run) > 0 { // another sentence, or what was left out
					out, run = add(out, t, run), nil
				}
				if n++; !bracket && n <= longest {
					run = append(run, w)
				}
			}
			out = add(out, t, run)
		}
	}
	return out
}

func add(list []Quotation, t *book.Told, words []account.Word) []Quotation {
	if len(words) < shortest {
		return list
	}
	q := Quotation{Told: t, Words: words, Stems: map[string]bool{}, first: math.MinInt64, last: math.MaxInt64}
	if !t.First.IsZero() {
		q.first = t.First.Unix()
	}
	if !t.Last.IsZero() {
		q.last = t.Last.Unix()
	}
	for _, w := range words {
		// Names and offices are in every sentence of a story; they tell no wording from another.
		if w.Stem != "" && !account.IsOffice(w.Lower) && !account.Named(t.In, w.Span) {
			q.Stems[w.Stem] = true
		}
	}
	q.sig = account.Sign(q.Stems)
	return append(list, q)
}

// Plain is a quotation without marks and case: two reports of one wording are one side.
func (q *Quotation) Plain() string {
	var b strings.Builder
	for _, w := range q.Words {
		b.WriteString(w.Lower)
		b.WriteByte(' ')
	}
	return strings.ReplaceAll(b.String(), "’", "'")
}

// Align is how many words two quotations have in one order (the longest common subsequence), and whether one
// has words that tell something where the other has other ones, or a "not" where it has none. What stands
// before the first word in common, or behind the last, is replaced only if it is short: else it was cut.
func Align(a, b []account.Word) (common int, replaced bool) {
	rows, wide := make([][]int16, len(a)+1), len(b)+1 // no quotation has more than longest words
	all := make([]int16, len(rows)*wide)
	for i := range rows {
		rows[i] = all[i*wide : (i+1)*wide]
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			if one(a[i], b[k]) {
				rows[i][k] = rows[i+1][k+1] + 1
			} else {
				rows[i][k] = max(rows[i+1][k], rows[i][k+1])
			}
		}
	}
	from, to := 0, 0
	for i, k := 0, 0; i <= len(a) && k <= len(b); {
		end := i == len(a) || k == len(b)
		switch {
		case end || one(a[i], b[k]):
			if end {
				i, k = len(a), len(b)
			}
			gap, other := a[from:i], b[to:k]
			mine, theirs := tells(gap, other), tells(other, gap)
			if edge := from == 0 || end; edge && max(len(gap), len(other)) <= 3 || !edge && len(gap) > 0 && len(other) > 0 {
				replaced = replaced || mine && theirs || !edge && (mine || theirs)
			}
			replaced = replaced || !end && negates(gap) != negates(other)
			i, k = i+1, k+1
			from, to = i, k
		case rows[i+1][k] >= rows[i][k+1]:
			i++
		default:
			k++
		}
	}
	return int(rows[0][0]), replaced
}

func one(v, w account.Word) bool { return v.Lower == w.Lower || v.Stem != "" && v.Stem == w.Stem }

// tells reports whether words say something that others do not.
func tells(words, others []account.Word) bool {
	return slices.ContainsFunc(words, func(w account.Word) bool {
		return (w.Stem != "" || weighty[w.Lower]) && !slices.ContainsFunc(others, func(v account.Word) bool { return one(v, w) })
	})
}

func negates(words []account.Word) bool {
	return slices.ContainsFunc(words, func(w account.Word) bool { return w.Lower == "not" || w.Lower == "never" })
}

// weighty are small words that turn what is said: "every road" is not "most roads", nor "must" "may".
var weighty = map[string]bool{"every": true, "all": true, "most": true, "some": true, "many": true, "few": true, "none": true, "never": true, "always": true, "sometimes": true, "only": true, "must": true, "may": true, "might": true, "will": true, "should": true, "can": true, "could": true, "both": true, "half": true, "any": true, "no": true}

// OneOccasion reports whether two statements can be of one act of saying.
func (q *Quotation) OneOccasion(p *Quotation) bool { return p.first <= q.last && q.first <= p.last }

// MayShare reports whether two quotations can have n stems in common, or all of the shorter one, at a glance.
func (q *Quotation) MayShare(p *Quotation, n int) bool {
	return q.sig.Shares(p.sig, min(n, len(q.Stems), len(p.Stems)))
}
