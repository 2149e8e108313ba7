package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/text/english"
	"dateline/text/layout"
)

// Sentences are the sentences inside the given spans, in text order. A span is a stretch of
// prose, such as a paragraph or a headline: no sentence reaches over the end of one, nor over
// the end of a paragraph inside it. Each sentence begins and ends with something other than
// white space, and every such character of the spans lies in one.
//
// A sentence ends with a full stop, a question or exclamation mark or an ellipsis, together
// with the marks that close on it, where the next begins as sentences do; whether a blank
// stands between does not matter, so boundaries that a page has glued ("call.Why") are found.
// A full stop that belongs to an abbreviation, an initial, a number, an address or an item of
// a list ends none by itself. Quotations hold sentences of their own, but what follows a
// quoted question stays with it where it says who asked.
//
// The abbreviations are English; other languages get the rules of marks and capitals. Time is
// linear in the spans.
func Sentences(t string, within []Span) []Span {
	var out []Span
	for _, region := range within {
		for _, p := range Paragraphs(t, region) {
			_, marks := quotes(t, p)
			c := cutter{t: t, p: p, start: p.Start, marks: marks}
			c.cut()
			out = append(out, c.out...)
		}
	}
	return out
}

// A cutter cuts one paragraph into sentences.
type cutter struct {
	t     string
	p     Span
	start int           // of the sentence being read
	words int           // begun in it so far
	marks []mark        // of the paragraph; those before the place being read are dropped
	item  layout.Marker // the list marker the sentence began with
	out   []Span
}

func (c *cutter) cut() {
	c.item = layout.ReadMarker(c.t[c.start:c.p.End])
	i := c.start + c.item.Size
	space := true
	for i < c.p.End {
		r, n := c.rune(i)
		switch {
		case stop(r):
			end := c.stops(i)
			if at, ok := c.boundary(i, end); ok {
				i = c.end(at)
				space = true
				continue
			}
			space = false
			i = end
			continue
		case wideStop(r):
			i = c.end(c.closing(i + n))
			space = true
			continue
		case space && c.nextItem(i):
			i = c.end(i)
			continue
		case space && !IsSpace(r):
			c.words++
		}
		space = IsSpace(r)
		i += n
	}
	c.end(c.p.End)
}

// rune is the character at i, 0 at the end of the paragraph.
func (c *cutter) rune(i int) (rune, int) {
	if i >= c.p.End {
		return 0, 0
	}
	if b := c.t[i]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeRuneInString(c.t[i:c.p.End])
}

// before is the character before i, utf8.RuneError at the start of the paragraph.
func (c *cutter) before(i int) rune {
	r, _ := utf8.DecodeLastRuneInString(c.t[c.p.Start:max(i, c.p.Start)])
	return r
}

// skip is the first place from i on that is no white space.
func (c *cutter) skip(i int) int {
	for i < c.p.End {
		r, n := c.rune(i)
		if !IsSpace(r) {
			break
		}
		i += n
	}
	return i
}

// end closes the sentence at i and begins the next one; it returns where reading goes on.
func (c *cutter) end(i int) int {
	if s := (Span{c.start, i}).Trim(c.t); !s.Empty() {
		c.out = append(c.out, s)
	}
	c.start, c.words = c.skip(i), 0
	c.item = layout.ReadMarker(c.t[c.start:c.p.End])
	return c.start + c.item.Size
}

func stop(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' || r == '‽' }
func wideStop(r rune) bool {
	return r == '。' || r == '！' || r == '？' || r == '।' || r == '۔' || r == '؟'
}

// stops is the end of the run of stops at i. Full stops with blanks between (". . .") are one
// run; a blank before other stops parts them.
func (c *cutter) stops(i int) int {
	for {
		r, n := c.rune(i)
		switch {
		case stop(r):
			i += n
		case r == ' ' && i+1 < c.p.End && c.t[i+1] == '.' && c.t[i-1] == '.':
			i++
		default:
			return i
		}
	}
}

// closing is the end of what closes on a stop that ends at i: closing quotation marks, brackets
// and the numbers of notes.
func (c *cutter) closing(i int) int {
	for {
		r, n := c.rune(i)
		switch {
		case r == 0:
			return i
		case quoteRune(r):
			m := c.mark(i)
			if m == nil || m.role != closes && !(m.role == noMark && m.lean() == closes && m.glyph != '’' && m.glyph != '\'') {
				return i
			}
			i = m.span.End
			continue
		case r == ')' || r == ']' || r == '}':
			i += n
			continue
		case r == '[':
			j := i + 1
			for j < c.p.End && j-i < 5 && c.t[j] >= '0' && c.t[j] <= '9' {
				j++
			}
			if j == i+1 || j >= c.p.End || c.t[j] != ']' {
				return i
			}
			i = j + 1
			continue
		case IsSpace(r):
			// A closing mark that a blank has come before: "It opens. ” She left."
			if m := c.mark(i + n); m != nil && m.role == closes && IsSpace(m.after) {
				i = m.span.End
				continue
			}
		}
		return i
	}
}

// mark is the quotation mark at i, nil if there is none.
func (c *cutter) mark(i int) *mark {
	for len(c.marks) > 0 && c.marks[0].span.End <= c.start {
		c.marks = c.marks[1:]
	}
	// Binary search: a sentence may hold any number of marks.
	lo, hi := 0, len(c.marks)
	for lo < hi {
		mid := (lo + hi) / 2
		if c.marks[mid].span.Start < i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(c.marks) && c.marks[lo].span.Start == i {
		return &c.marks[lo]
	}
	return nil
}

// boundary decides whether the run of stops from i to end ends a sentence, and where.
func (c *cutter) boundary(i, end int) (at int, ok bool) {
	run := c.t[i:end]
	close := c.closing(end)
	at = c.skip(close)
	if at == c.p.End {
		return at, true
	}
	glued := at == close
	dots := strings.Count(run, ".") + 3*strings.Count(run, "…")
	question := strings.ContainsAny(run, "!?‽")
	first := c.opener(at)
	next := c.wordAt(first)
	if !c.begins(i, first, at, glued, question || dots > 1) {
		return 0, false
	}
	if lead := (Span{c.start, i}).Trim(c.t); lead.Empty() || dots == 3 && next == "I" && IsSpace(c.before(i)) {
		return 0, false // an ellipsis opens the sentence, or is a pause for thought
	}
	if c.before(i) == '[' && first > at {
		return 0, false // "[...]" (Smith 55)
	}
	// "compounds. . . . The": the first stop ends the sentence, the ellipsis opens the next.
	if dots >= 4 && strings.HasPrefix(run, ". . ") && wordRune(c.before(i)) {
		return i + 1, true
	}
	if question && close > end && english.SaysWho(c.t[first:min(first+120, c.p.End)]) {
		return 0, false
	}
	if dots == 1 && !question && !strings.ContainsFunc(c.t[end:close], quoteRune) && !c.stopEnds(i, first, glued) {
		return 0, false
	}
	return close, true
}

// opener is the first place from i on that is no opening mark or bracket.
func (c *cutter) opener(i int) int {
	for {
		r, n := c.rune(i)
		switch {
		case quoteRune(r):
			m := c.mark(i)
			if m == nil {
				return i
			}
			n = m.span.Len()
		case r == '(' || r == '[' || r == '¿' || r == '¡' || r == '*' || r == '_':
		default:
			return i
		}
		i += n
	}
}

// begins reports whether a sentence can begin at at, whose first word stands at first, after
// the stop at i.
func (c *cutter) begins(i, first, at int, glued, strong bool) bool {
	r, n := c.rune(first)
	after, _ := c.rune(first + n)
	switch {
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return !glued || c.gluedWord(i, first, at)
	case unicode.IsLower(r):
		return first == at && english.CamelCase(c.t[first:c.p.End]) && (!glued || c.plainWord(i))
	case unicode.IsDigit(r):
		return !glued || first > at && strong || c.plainWord(i) && c.loneNumber(first)
	case unicode.IsLetter(r):
		return true
	case r == '$' || r == '£' || r == '€' || r == '#' || r == '@':
		return !glued && wordRune(after)
	case layout.Bullet(r):
		up, _ := c.rune(c.skip(first + n))
		return !glued && (unicode.IsUpper(up) || unicode.IsDigit(up))
	}
	return false
}

// plainWord reports whether a word of three small letters or more ends at i, and no abbreviation.
func (c *cutter) plainWord(i int) bool {
	if i-3 < c.start {
		return false
	}
	for _, b := range []byte(c.t[i-3 : i]) {
		if b < 'a' || b > 'z' {
			return false
		}
	}
	word, _ := c.wordBefore(i)
	return english.Class(word, true) == 0
}

// loneNumber reports whether a whole number and a blank stand at i.
func (c *cutter) loneNumber(i int) bool {
	for i < c.p.End && c.t[i] >= '0' && c.t[i] <= '9' {
		i++
	}
	return i < c.p.End && c.t[i] == ' '
}

// gluedWord reports whether the word at first, with no blank before it, is the first of a
// sentence rather than a part of a name or address (Node.JS, Ph.D, x.com/A).
func (c *cutter) gluedWord(i, first, at int) bool {
	if first > at {
		return true // an opening mark stands between
	}
	token := Span{max(c.p.Start, at-64), min(c.p.End, at+64)}
	for i := at; i > token.Start; i-- {
		if b := c.t[i-1]; b == ' ' || b == '\n' || b == '\t' {
			token.Start = i
			break
		}
	}
	for i := at; i < token.End; i++ {
		if b := c.t[i]; b == ' ' || b == '\n' || b == '\t' {
			token.End = i
			break
		}
	}
	left, right := c.t[token.Start:at], c.t[at:token.End]
	_, n := c.rune(first)
	after, _ := c.rune(first + n)
	if strings.Contains(right, "@") || strings.Contains(left, "@") && strings.Contains(right, ".") {
		return false
	}
	if strings.Contains(left, "://") || strings.HasPrefix(strings.ToLower(left), "www.") {
		return unicode.IsLower(after) && !strings.ContainsAny(right, "./?=&")
	}
	if after == '.' { // "locations.U.S. officials"
		return c.plainWord(i)
	}
	switch c.wordAt(first) {
	case "Com", "Org", "Net", "Co", "Js":
		return false
	}
	return unicode.IsLower(after) || IsSpace(after) || english.AllCaps(c.t[first:c.p.End]) && !unicode.IsUpper(c.before(i))
}

// stopEnds decides whether the single full stop at i, with no closing mark after it, ends a
// sentence before the word at first.
func (c *cutter) stopEnds(i, first int, glued bool) bool {
	word, dotted := c.wordBefore(i)
	next := c.wordAt(first)
	starter := english.Starters[next]
	if word == "" {
		return true
	}
	if dotted { // U.S., a.m., Ph.D.
		low := strings.ToLower(word)
		if low == "m" && c.timeOfDay(i) {
			return c.timeEnds(first, next, starter)
		}
		if low == "g" || low == "e" && next != "" && !starter { // e.g., i.e.
			return false
		}
		return starter
	}
	if r, n := utf8.DecodeRuneInString(word); n == len(word) && unicode.IsLetter(r) && english.Class(word, true) == 0 {
		return c.letterEnds(i, r, starter, glued)
	}
	if word[0] >= '0' && word[0] <= '9' {
		return true
	}
	class := english.Class(word, glued)
	r, _ := c.rune(first)
	switch class {
	case english.NeverEnds:
		return false
	case english.BeforeNumber:
		return !unicode.IsDigit(r)
	case english.RarelyEnds:
		return starter
	case english.OftenEnds:
		return !unicode.IsDigit(r)
	}
	return true
}

// letterEnds decides for a full stop after a single letter: an initial does not end a
// sentence, the pronoun "I" and the item of a list may.
func (c *cutter) letterEnds(i int, r rune, starter, glued bool) bool {
	if unicode.IsLower(r) || unicode.IsDigit(r) {
		return true
	}
	if glued && !starter {
		return false
	}
	if r == 'I' {
		s := Span{max(c.start, i-24), i - 1}
		for !boundary(c.t, s.Start) {
			s.Start++
		}
		before := strings.Fields(s.Of(c.t))
		if n := len(before); n > 0 {
			switch before[n-1] {
			case "and", "than", "or", "am", "do", "did", "as", "have", "can", "could", "would", "was", "should":
				return true
			}
		}
	}
	return starter
}

// wordBefore is the word that ends at i, and whether a full stop stands before it with a
// letter before that, as in an abbreviation of several letters.
func (c *cutter) wordBefore(i int) (word string, dotted bool) {
	j := i
	for j > c.start && i-j < 24 {
		r, n := utf8.DecodeLastRuneInString(c.t[c.start:j])
		if !wordRune(r) && r != '°' {
			break
		}
		j -= n
	}
	if j > c.start+1 && c.t[j-1] == '.' && utf8.RuneCountInString(c.t[j:i]) <= 2 {
		r, _ := utf8.DecodeLastRuneInString(c.t[c.start : j-1])
		dotted = unicode.IsLetter(r) && utf8.RuneCountInString(c.t[j:i]) == 1 || english.Class(c.t[j:i], true) > 0
	}
	return c.t[j:i], dotted
}

// wordAt is the word that begins at i.
func (c *cutter) wordAt(i int) string {
	j := i
	for j < c.p.End && j-i < 24 {
		r, n := c.rune(j)
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		j += n
	}
	return c.t[i:j]
}

// timeOfDay reports whether the full stop at i ends a time: "8 a.m.", "p.m."
func (c *cutter) timeOfDay(i int) bool {
	return i >= c.start+3 && c.t[i-2] == '.' && strings.IndexByte("aApP", c.t[i-3]) >= 0 &&
		(i == c.start+3 || !unicode.IsLetter(c.before(i-3)))
}

// timeEnds decides whether a sentence ends after a time of day: not before a zone or a day, and
// not where the time is all of the sentence so far ("At 5 a.m. Mr. Smith left").
func (c *cutter) timeEnds(first int, next string, starter bool) bool {
	if c.words < 5 {
		return false
	}
	if starter {
		return true
	}
	if english.Zones[next] || len(next) > 1 && next == strings.ToUpper(next) {
		return false
	}
	r, _ := c.rune(first)
	if !unicode.IsUpper(r) {
		return false
	}
	// "8 p.m. Kyiv time"
	after := c.wordAt(c.skip(first + len(next)))
	return after != "time" && after != "Time"
}

// nextItem reports whether the next item of the list that the sentence belongs to begins at i.
func (c *cutter) nextItem(i int) bool {
	if c.item.Size == 0 || i <= c.start+c.item.Size {
		return false
	}
	b := c.t[i]
	if c.item.Bullet == 0 && !(b >= '0' && b <= '9' || b >= 'b' && b <= 'z' && c.item.Letter) {
		return false
	}
	m := layout.ReadMarker(c.t[i:c.p.End])
	if m.Size == 0 || m.Bullet != c.item.Bullet || m.Letter != c.item.Letter || m.Tail != c.item.Tail {
		return false
	}
	if c.item.Value == 0 {
		return m.Bullet != 0
	}
	r, _ := c.rune(c.skip(i + m.Size))
	return m.Value == c.item.Value+1 && unicode.IsUpper(r)
}
