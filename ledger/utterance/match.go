package utterance

import (
	"slices"
	"time"

	"dateline/ledger/book"
	"dateline/ledger/words"
	"dateline/news"
)

// The thresholds of "the same in other words" were set on the first part of the demo story, whose
// statements are marked by hand: 2 words of meaning shared tell nothing, 3 do where they are most
// of the shorter content.
const (
	fewShared    = 2
	manyShared   = 3
	mostOfFew    = .66 // of the shorter content, where few are shared
	mostOfMany   = .6
	ofBothFew    = .3 // of both contents together
	ofBothMany   = .33
	shortContent = 2 // words of meaning: "any exemption"
)

// how says why two reports tell of the same words; the zero value is that they do not.
type how struct {
	rule  string
	score float64
}

const (
	sharedQuotation = "shared-quotation"
	sameWords       = "same-words"
	otherWords      = "same-in-other-words"
	copied          = "copied"
	quotedAfter     = "quoted-after"
	sameOrder       = "same-words-in-order"
	headlined       = "headline-of-it"
)

// alike says how far two reports of one actor tell of the same words, whenever they were said.
func alike(x, y *node) how {
	if x.negative != y.negative {
		return how{}
	}
	if n := shared(x.quotes, y.quotes); n > 0 {
		return how{sharedQuotation, 3 + float64(min(n, 100))/100}
	}
	if x.question != y.question || !sameNumbers(x.numbers, y.numbers) {
		return how{}
	}
	n := shared(x.stems, y.stems)
	if n == 0 {
		return how{}
	}
	if n == 1 && len(x.stems) == 1 && words.Shell(x.stems[0]) {
		return how{} // "that idea" may be any
	}
	short, both := min(len(x.stems), len(y.stems)), len(x.stems)+len(y.stems)-n
	part, jaccard := float64(n)/float64(short), float64(n)/float64(both)
	told := x.has(y.does) || y.has(x.does) // else the two are of one matter, and say different things of it
	switch {
	case n == both:
		return how{sameWords, 2}
	case n >= manyShared && 2*n > short && inOrder(x, y) && told:
		return how{sameOrder, 2.5}
	// Behind what holds for copies as well, so that two become no less alike when a copy comes.
	case part >= .5 && x.copies(y):
		return how{copied, 2 + jaccard/2}
	case n > manyShared && part >= mostOfMany, n > manyShared+1 && part >= .5, told && n == manyShared && part >= mostOfMany && jaccard >= ofBothMany, n == fewShared && part >= mostOfFew && jaccard >= ofBothFew:
		return how{otherWords, 1 + jaccard}
	}
	return how{}
}

// fits reports whether two reports that are alike can tell of one occasion, given when each says
// that it was.
func fits(h how, x, y *node) bool {
	if !overlap(x.first, x.last, y.first, y.last) || x.venue != "" && y.venue != "" && x.venue != y.venue && h.rule != sharedQuotation {
		return false
	}
	switch h.rule {
	case sharedQuotation, copied, quotedAfter, sameOrder, headlined:
		return true
	case sameWords:
		return len(x.stems) > shortContent && (x.dated() || y.dated()) || x.dated() && y.dated()
	}
	return x.dated() && y.dated() || len(x.stems) > manyShared && len(y.stems) > manyShared && (x.dated() || y.dated())
}

// ofOrder is the part of the shorter of two contents whose words, the small ones among them, the
// other has in the same order: "nobody in her city shall pay a bread for a bridge", "nobody in
// Sorrenholm would pay a loaf for a bridge". Translators and cutters keep order.
const ofOrder = .65

// inOrder reports whether most of one content's words are in the other in their order.
func inOrder(x, y *node) bool {
	a, b := x.words, y.words
	if len(a) > mostCompared || len(b) > mostCompared {
		return false
	}
	row := make([]int, len(b)+1)
	for _, w := range a {
		diagonal := 0
		for k, v := range b {
			up := row[k+1]
			switch {
			case w == v:
				row[k+1] = diagonal + 1
			case row[k] > up:
				row[k+1] = row[k]
			}
			diagonal = up
		}
	}
	return float64(row[len(b)]) >= ofOrder*float64(min(len(a), len(b)))
}

// mostCompared bounds the words of contents that are compared in order.
const mostCompared = 60

// has reports whether a node says what another tells; where that is not known it does not part the two.
func (n *node) has(verb string) bool { return verb == "" || slices.Contains(n.stems, verb) }

// dated reports whether a report says when within three days.
func (n *node) dated() bool {
	return !n.first.IsZero() && !n.last.IsZero() && n.last.Sub(n.first) <= 3*day
}

const day = 24 * time.Hour

// overlap reports whether two intervals of days have one in common; a zero bound is open.
func overlap(first1, last1, first2, last2 time.Time) bool {
	return (last1.IsZero() || first2.IsZero() || !last1.Before(first2)) && (last2.IsZero() || first1.IsZero() || !last2.Before(first1))
}

// shared counts what two sorted lists have in common.
func shared[T int | uint64 | string](x, y []T) (n int) {
	for i, k := 0, 0; i < len(x) && k < len(y); {
		switch {
		case x[i] == y[k]:
			n++
			i++
			k++
		case x[i] < y[k]:
			i++
		default:
			k++
		}
	}
	return n
}

// sameNumbers reports whether the numbers of two contents can be those of one: the ones of the
// shorter list are all in the other.
func sameNumbers(x, y []string) bool { return shared(x, y) == min(len(x), len(y)) }

// venue is a place of saying as it is compared: the kind of occasion, "" where nothing is known.
func venue(s string) string {
	for _, w := range words.Fields(s) {
		if kind := venues[w]; kind != "" {
			return kind
		}
	}
	return ""
}

var venues = map[string]string{
	"interview": "interview", "radio": "interview", "podcast": "interview", "call": "call", "phone": "call", "post": "post", "tweet": "post", "truth": "post", "x": "post",
	"letter": "letter", "press": "press", "news": "press", "briefing": "press", "microphone": "microphone", "mic": "microphone", "speech": "speech", "statement": "statement",
}

// follows reports whether a quotation stands behind what it bears out: "She ruled out any exemption.
// 'A toll with holes in it is not a toll,' she said." Both are of one article, by one actor, the
// quotation next after what it bears out and on the same occasion; and they have a word or an issue
// in common, or the quotation speaks of "he", "it", "that", which only what stands before can be.
func follows(before, quote *book.Told) bool {
	if before.In != quote.In || before.Actor != quote.Actor || before.Mode == news.Direct || quote.Mode != news.Direct || before.Within != "" || quote.Within != "" {
		return false
	}
	if before.Statement.Said.When != quote.Statement.Said.When || before.Act == news.Question || quote.Act == news.Question {
		return false
	}
	if next(before) != quote {
		return false
	}
	if len(before.Stems) > shortContent && shared(sorted(before.Stems), sorted(quote.Stems)) == 0 && !sharesIssue(before, quote) && !pointsBack(quote) {
		return false
	}
	gap := quote.Start() - before.End()
	return gap >= 0 && gap < closeBy
}

// next is the statement after one in its article, those inside it aside; nil behind the last.
func next(t *book.Told) *book.Told {
	told := t.In.Told
	for at := slices.Index(told, t) + 1; at < len(told); at++ {
		if told[at].Within == "" {
			return told[at]
		}
	}
	return nil
}

// closeBy is how many bytes may stand between a report and the quotation that bears it out: half
// a sentence, and the gap between two paragraphs.
const closeBy = 120

// pointsBack reports whether a quotation opens with a pronoun for somebody or something said before.
func pointsBack(quote *book.Told) bool {
	for k, w := range quote.Words.Words {
		switch w.Plain {
		case "he", "she", "it", "they", "that", "this", "him", "them", "hes", "shes", "its", "theyre", "thats":
			return true
		}
		if k > 3 {
			return false
		}
	}
	return false
}

// heads reports whether a headline tells in short what the first statement below by the same actor
// does: "Mayor says builder agreed to spare dockers toll". Two words of meaning are enough, as a
// headline has room for no more and is of the report below it.
func heads(title, below *book.Told) bool {
	if title.In != below.In || title.Actor != below.Actor || title == below || title.Polarity != below.Polarity || title.Act == news.Question || below.Act == news.Question {
		return false
	}
	a := title.In
	if !a.InTitle(title) || a.InTitle(below) {
		return false
	}
	for _, t := range a.Told {
		if t.Actor == title.Actor && !a.InTitle(t) {
			if t != below {
				return false
			}
			break
		}
	}
	return shared(sorted(title.Stems), sorted(below.Stems)) >= fewShared && sameNumbers(numbers(title), numbers(below))
}

func sharesIssue(x, y *book.Told) bool {
	for _, i := range x.Issues {
		if slices.Contains(y.Issues, i) {
			return true
		}
	}
	return false
}

func sorted[T int | uint64 | string](list []T) []T {
	s := slices.Clone(list)
	slices.Sort(s)
	return slices.Compact(s)
}
