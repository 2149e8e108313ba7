package conflict

import (
	"math"
	"slices"
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/dispute"
	"dateline/news"
	"dateline/text"
)

// A quotation is a sentence that a statement has in quotation marks, without what stands in brackets.
type quotation struct {
	t     *book.Told
	words []account.Word
	stems map[string]bool
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

// speaker is the name under which the quotations of an actor are compared: "Sorrenholm Mayor Ilse
// Marran" and "Ilse Marran" are one.
func speaker(a *book.Actor) string {
	if a.Anonymous {
		return a.Key
	}
	f := strings.Fields(a.Key)
	return strings.Join(f[max(0, len(f)-2):], " ")
}

// quoted are the sentences that a statement has in marks.
func quoted(t *book.Told) (out []quotation) {
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
					out, run = appendQuotation(out, t, run), nil
				}
				if n++; !bracket && n <= longest {
					run = append(run, w)
				}
			}
			out = appendQuotation(out, t, run)
		}
	}
	return out
}

func appendQuotation(list []quotation, t *book.Told, words []account.Word) []quotation {
	if len(words) < shortest {
		return list
	}
	q := quotation{t: t, words: words, stems: map[string]bool{}, first: math.MinInt64, last: math.MaxInt64}
	if !t.First.IsZero() {
		q.first = t.First.Unix()
	}
	if !t.Last.IsZero() {
		q.last = t.Last.Unix()
	}
	for _, w := range words {
		// Names and offices are in every sentence of a story; they tell no wording from another.
		if w.Stem != "" && !account.IsOffice(w.Lower) && !account.Named(t.In, w.Span) {
			q.stems[w.Stem] = true
		}
	}
	q.sig = account.Sign(q.stems)
	return append(list, q)
}

// twoWordings compares two sentences quoted of one speaker. An altered one has most of its words in one
// order, and others for some of them; who only cuts a quotation alters nothing.
func (j *Index) twoWordings(p, q quotation) {
	if p.t.In == q.t.In || !p.sig.Shares(q.sig, 1) || !j.keep && !q.oneOccasion(&p) {
		return
	}
	if len(q.words) < len(p.words) {
		p, q = q, p
	}
	shared := 0
	for s := range p.stems {
		if q.stems[s] {
			shared++
		}
	}
	if shared == 0 || shared < 2 && len(p.stems) > 2 {
		return // "a meeting of the two presidents" is in many a sentence
	}
	common, replaced := align(p.words, q.words)
	short, long := len(p.words), len(q.words)
	rule := "one-quotation"
	switch {
	case 5*common >= 3*short && 2*common >= long:
	case 3*common >= short && shared >= 3 && 5*shared >= 3*len(p.stems) && 2*long <= 3*short:
		rule = "retold-quotation"
	default:
		return
	}
	a, b := j.whole(p), j.whole(q)
	switch {
	case !replaced && common < long:
		j.out(news.OnWording, a, b, "containment", "one report cuts the quotation and alters nothing")
		return
	case !replaced:
		return
	case !q.oneOccasion(&p):
		j.out(news.OnWording, a, b, "sequence", "said on different days: restated, not altered")
		return
	}
	j.add(dispute.Pair{Kind: news.OnWording, A: a, B: b, Rule: rule, Values: [2]string{plainly(p), plainly(q)}, Words: func() (string, []news.Reason) {
		return "the words of " + p.t.Actor.Name, []news.Reason{
			held("sequence", "both can be of one occasion"),
			held("containment", "each has words that the other has not")}
	}})
}

// plainly is a quotation without marks and case: two reports of one wording are one side.
func plainly(q quotation) string {
	var b strings.Builder
	for _, w := range q.words {
		b.WriteString(w.Lower)
		b.WriteByte(' ')
	}
	return strings.ReplaceAll(b.String(), "’", "'")
}

// align is how many words two quotations have in one order (the longest common subsequence), and whether one
// has words that tell something where the other has other ones, or a "not" where it has none. What stands
// before the first word in common, or behind the last, is replaced only if it is short: else it was cut.
func align(a, b []account.Word) (common int, replaced bool) {
	rows := make([][]int, len(a)+1)
	rows[len(a)] = make([]int, len(b)+1)
	for i := len(a) - 1; i >= 0; i-- {
		rows[i] = make([]int, len(b)+1)
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
	return rows[0][0], replaced
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

// oneOccasion reports whether two statements can be of one act of saying.
func (q *quotation) oneOccasion(p *quotation) bool { return p.first <= q.last && q.first <= p.last }

// whole is a quotation's account, for a row's side.
func (j *Index) whole(q quotation) *account.Account {
	for _, x := range j.leaves[q.t.In].accounts {
		if x.Told == q.t && x.Span.Overlaps(q.words[0].Span) {
			return x
		}
	}
	return account.Whole(q.t)
}
