package extraction

import (
	"slices"
	"strings"
	"unicode"

	"dateline/eval/score"
)

// A Reference is the hand-made body of a page: its paragraphs, some of which, by their numbers,
// may be there or not, as an editor's note or an appended list.
type Reference struct {
	Paragraphs []string
	Optional   []int
}

// maxOptional is up to how many optional paragraphs every reading is tried; with more, only
// that with all of them and that with none.
const maxOptional = 4

// readings are the bodies that are right: with and without each optional paragraph.
func (r Reference) readings() [][]string {
	bit := map[int]int{}
	for k, i := range r.Optional {
		bit[i] = k
	}
	all := 1<<len(bit) - 1
	masks := []int{0, all}
	if len(bit) <= maxOptional {
		masks = masks[:0]
		for m := range all + 1 {
			masks = append(masks, m)
		}
	}
	var out [][]string
	for _, m := range masks {
		var body []string
		for i, p := range r.Paragraphs {
			if k, optional := bit[i]; !optional || m>>k&1 == 0 {
				body = append(body, p)
			}
		}
		out = append(out, body)
	}
	return out
}

// ParagraphF1 is the F1 of the paragraphs that are the gold's to the letter, runs of white
// space apart, for the reading of the optional ones that fits best.
//
// Source: Dallabetta et al. 2024, "Fundus: A Simple-to-Use News Scraper", its evaluation.
func ParagraphF1(gold Reference, got string) float64 {
	found := lines(got)
	counts := counted(found)
	best := 0.0
	for _, want := range gold.readings() {
		both := common(counted(want), counts)
		best = max(best, score.F1(score.Ratio(both, len(found)), score.Ratio(both, len(want))))
	}
	return best
}

// A Rouge is the summary-level longest common subsequence of two texts.
type Rouge struct{ Precision, Recall, F1 float64 }

// RougeLSum compares the text of a page with the reading of the gold that fits it best.
//
// Each sentence of the gold is matched with the union of its longest common subsequences with
// the sentences of the text; a word counts as often as both texts have it. Sentences are cut by
// a rule that stands in for NLTK's punkt (the scores of stored outputs differ by .0005 at most).
// The time is the product of the lengths of the two texts.
//
// Source: Lin 2004, "ROUGE: A package for automatic evaluation of summaries", section 3.2; as
// in the package rouge_score, rougeLsum, by which the evaluation of Fundus counts.
func RougeLSum(gold Reference, got string) Rouge {
	c := newCandidate(got)
	best := Rouge{F1: -1}
	for _, reading := range gold.readings() {
		if r := c.score(reading); r.F1 > best.F1 {
			best = r
		}
	}
	return best
}

// A candidate is a text that is compared with several readings of its gold.
type candidate struct {
	sentences [][]string
	whole     map[string]bool // its sentences
	words     map[string]int
	length    int
	unions    map[string][]bool // for a sentence of the gold, which of its words are matched
}

func newCandidate(t string) *candidate {
	c := &candidate{whole: map[string]bool{}, words: map[string]int{}, unions: map[string][]bool{}}
	for _, s := range sentences(strings.Join(lines(t), "\n\n")) {
		tokens := rougeTokens(s)
		c.sentences = append(c.sentences, tokens)
		c.whole[strings.Join(tokens, " ")] = true
		for _, w := range tokens {
			c.words[w]++
		}
		c.length += len(tokens)
	}
	return c
}

func (c *candidate) score(reading []string) Rouge {
	var want [][]string
	length := 0
	left := map[string]int{}
	for _, s := range sentences(strings.Join(reading, "\n\n")) {
		tokens := rougeTokens(s)
		want = append(want, tokens)
		length += len(tokens)
		for _, w := range tokens {
			left[w]++
		}
	}
	ours := make(map[string]int, len(c.words))
	for w, n := range c.words {
		ours[w] = n
	}
	hits := 0
	for _, s := range want {
		for i, matched := range c.union(s) {
			if w := s[i]; matched && ours[w] > 0 && left[w] > 0 {
				hits++
				ours[w]--
				left[w]--
			}
		}
	}
	p, r := score.Ratio(hits, c.length), score.Ratio(hits, length)
	return Rouge{p, r, score.F1(p, r)}
}

// union marks the words of a gold sentence that are in its longest common subsequence with any
// sentence of the text.
func (c *candidate) union(s []string) []bool {
	key := strings.Join(s, " ")
	if u, ok := c.unions[key]; ok {
		return u
	}
	u := make([]bool, len(s))
	matched := 0
	if c.whole[key] {
		for i := range u {
			u[i] = true
		}
		matched = len(u)
	}
	takes := map[string]bool{}
	for _, w := range s {
		takes[w] = true
	}
	for _, other := range c.sentences {
		if matched == len(s) {
			break
		}
		var part []string // other words cannot take part
		for _, w := range other {
			if takes[w] {
				part = append(part, w)
			}
		}
		for _, i := range commonSubsequence(s, part) {
			if !u[i] {
				u[i] = true
				matched++
			}
		}
	}
	c.unions[key] = u
	return u
}

// commonSubsequence are the places in a of a longest common subsequence of a and b: of several
// the one that rouge_score finds, which goes back from the ends and prefers to shorten a.
func commonSubsequence(a, b []string) []int {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	width := len(b) + 1
	t := make([]int32, (len(a)+1)*width)
	for i, x := range a {
		up, row := t[i*width:(i+1)*width], t[(i+1)*width:(i+2)*width]
		for j, y := range b {
			if x == y {
				row[j+1] = up[j] + 1
			} else {
				row[j+1] = max(up[j+1], row[j])
			}
		}
	}
	var out []int
	for i, j := len(a), len(b); i > 0 && j > 0; {
		switch {
		case a[i-1] == b[j-1]:
			out = append(out, i-1)
			i, j = i-1, j-1
		case t[i*width+j-1] > t[(i-1)*width+j]:
			j--
		default:
			i--
		}
	}
	slices.Reverse(out)
	return out
}

// rougeTokens are the runs of a-z and 0-9, in lower case: the tokenizer of rouge_score.
func rougeTokens(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

// abbreviations end in a full stop that does not end a sentence.
var abbreviations = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("mr mrs ms dr u.s gov sen rep st jr sr gen lt col u.k d.c u.n no vs jan feb aug sept oct nov dec inc co corp ltd prof rev a.m p.m e.g i.e") {
		m[w] = true
	}
	return m
}()

// sentences cuts a text after . ! ? and closing marks where white space and no lower-case
// letter follow, and where no abbreviation or initial stands before the full stop.
func sentences(t string) []string {
	s := []rune(t)
	var out []string
	start := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '.' && s[i] != '!' && s[i] != '?' {
			continue
		}
		end := i + 1
		for end < len(s) && strings.ContainsRune(`"'”’)]`, s[end]) {
			end++
		}
		next := end
		for next < len(s) && isSpace(s[next]) {
			next++
		}
		if next == end || next == len(s) || unicode.IsLower(s[next]) || s[i] == '.' && abbreviated(s[start:i]) {
			continue
		}
		out = append(out, string(s[start:end]))
		start = next
		i = next - 1
	}
	if start < len(s) {
		out = append(out, string(s[start:]))
	}
	return out
}

// abbreviated reports whether what stands before a full stop ends in an abbreviation or an
// initial.
func abbreviated(before []rune) bool {
	i := len(before)
	for i > 0 && !isSpace(before[i-1]) {
		i--
	}
	w := strings.ToLower(strings.Trim(string(before[i:]), `"“'(’`))
	return abbreviations[w] || len(w) == 1 && 'a' <= w[0] && w[0] <= 'z'
}
