package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/text/english"
)

// A QuoteStyle is the family of marks that a quotation stands in. A mark closes what one of its
// own family has opened, whatever its shape: pages mix straight and curly ones.
type QuoteStyle string

const (
	DoubleQuotes QuoteStyle = "double"    // "…" “…” ”…” ``…''
	SingleQuotes QuoteStyle = "single"    // '…' ‘…’
	LowQuotes    QuoteStyle = "low"       // „…“ „…” ‚…‘
	Guillemets   QuoteStyle = "guillemet" // «…» »…« ‹…›
	CornerQuotes QuoteStyle = "corner"    // 「…」 『…』
)

// A Quotation is what stands between quotation marks. It lies inside one paragraph: a quotation
// of several, whose marks are opened anew at each and closed at the last, is as many
// Quotations, all but the last of which go on (Continues).
type Quotation struct {
	Span  Span // with its marks
	Inner Span // without them
	Style QuoteStyle
	Depth int // in how many others it lies
	// Opened is false where the opening mark is lost or turned the wrong way: the quotation
	// then begins with the sentence in which the closing mark stands.
	Opened bool
	// Closed is false where no mark closes it: it then reaches to the next quotation of its
	// family or to the end of the paragraph.
	Closed    bool
	Continues bool // in the next paragraph, whose mark opens it anew; never true of a closed one
}

// Quotations are the quotations inside a span, outer before inner ones. An apostrophe is no
// mark, nor is one that leaves a word out ('em, '90s) or stands for a plural's owner (the
// leaders' plan); a straight single mark that nothing closes is taken for an apostrophe.
//
// What a mark does is told by its shape, by the blanks beside it and by what stands open
// before it, in that order of trust for curly marks, and blanks first for straight ones. Time
// is linear in the span.
func Quotations(t string, within Span) []Quotation {
	var out []Quotation
	paragraphs := Paragraphs(t, within)
	var last *Quotation // of the paragraph before, if it is unclosed to its end
	for i, p := range paragraphs {
		found, _ := quotes(t, p)
		if last != nil && len(found) > 0 && !found[0].Opened && found[0].Style == last.Style {
			last.Continues = true // over a line break, without a new mark
			found[0].Span.Start, found[0].Inner.Start = p.Start, p.Start
		}
		out = append(out, found...)
		last = nil
		for n := len(out) - len(found); n < len(out); n++ {
			if q := &out[n]; q.Depth == 0 && q.Opened && !q.Closed && q.Span.End == p.End {
				last = q
				if i+1 < len(paragraphs) {
					family, _ := markAt(paragraphs[i+1].Of(t))
					q.Continues = family == q.Style
				}
				if !q.Continues && q.Style == SingleQuotes && t[q.Span.Start] == '\'' {
					out, last = slices.Delete(out, n, n+1), nil
					setDepths(out[len(out)-len(found)+1:])
				}
				break
			}
		}
	}
	return out
}

// markRole is what a quotation mark does.
type markRole uint8

const (
	noMark markRole = iota // an apostrophe, a prime, a leftover
	opens
	closes
)

// A mark is a character that may be a quotation mark.
type mark struct {
	span   Span
	family QuoteStyle
	glyph  rune
	before rune // the character before it in its paragraph, 0 at the start
	after  rune // the character after it, 0 at the end
	role   markRole
}

// markAt is the family of the mark that s begins with, "" if it begins with none, and its size.
func markAt(s string) (QuoteStyle, int) {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '"', '“', '”', '‟', '＂':
		return DoubleQuotes, n
	case '`':
		if len(s) > 1 && s[1] == '`' {
			return DoubleQuotes, 2
		}
		return SingleQuotes, n
	case '\'':
		if len(s) > 1 && s[1] == '\'' {
			return DoubleQuotes, 2
		}
		return SingleQuotes, n
	case '‘', '’', '‛':
		return SingleQuotes, n
	case '„', '‚':
		return LowQuotes, n
	case '«', '»', '‹', '›':
		return Guillemets, n
	case '「', '」', '『', '』':
		return CornerQuotes, n
	}
	return "", 0
}

// marksIn are the characters of a paragraph that may be quotation marks.
func marksIn(t string, p Span) []mark {
	var out []mark
	var before rune
	for i := p.Start; i < p.End; {
		if b := t[i]; b < utf8.RuneSelf && b != '"' && b != '\'' && b != '`' {
			before = rune(b)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(t[i:p.End])
		if family, size := markAt(t[i:p.End]); family != "" {
			m := mark{span: Span{i, i + size}, family: family, glyph: r, before: before}
			if i+size < p.End {
				m.after, _ = utf8.DecodeRuneInString(t[i+size : p.End])
			}
			out = append(out, m)
			n = size
		}
		before = r
		i += n
	}
	return out
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// parted reports whether the character before a mark leaves room for an opening one.
func parted(r rune) bool {
	return r == 0 || IsSpace(r) || strings.ContainsRune("([{—–-/…:¿¡|>", r)
}

// ended reports whether the character after a mark leaves room for a closing one.
func ended(r rune) bool {
	return r == 0 || IsSpace(r) || strings.ContainsRune(".,;:!?)]}…—–-/|<", r)
}

func quoteRune(r rune) bool {
	return strings.ContainsRune("\"“”‟＂`'‘’‛„‚«»‹›「」『』", r)
}

// lean is what the blanks beside a mark say it does; noMark where they do not tell.
func (m mark) lean() markRole {
	left, right := parted(m.before), ended(m.after)
	switch {
	case left && !right:
		return opens
	case right && !left:
		return closes
	}
	return noMark
}

// quotes finds the quotations of a paragraph and what each of its marks does.
func quotes(t string, p Span) ([]Quotation, []mark) {
	marks := marksIn(t, p)
	apostrophes(t, p, marks)
	q := quoting{t: t, p: p, marks: marks, from: p.Start}
	for i := range marks {
		q.take(i)
	}
	for len(q.open) > 0 {
		q.drop(p.End)
	}
	slices.SortStableFunc(q.found, func(a, b Quotation) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return b.Span.End - a.Span.End
	})
	setDepths(q.found)
	return q.found, marks
}

// setDepths counts, for quotations in order, those that each lies in.
func setDepths(found []Quotation) {
	var ends []int
	for i := range found {
		for len(ends) > 0 && ends[len(ends)-1] <= found[i].Span.Start {
			ends = ends[:len(ends)-1]
		}
		found[i].Depth = len(ends)
		ends = append(ends, found[i].Span.End)
	}
}

// quoting is the state of quotes: the marks that stand open, innermost last.
type quoting struct {
	t     string
	p     Span
	marks []mark
	open  []opened
	count map[QuoteStyle]int
	from  int // where the last mark that does something ended
	found []Quotation
}

// opened is a mark that stands open.
type opened struct {
	mark  int // its index
	from  int // where the mark before it ended
	child int // where the first quotation of its family inside it begins; 0 if there is none
}

// isOpen reports whether a mark of the family stands open.
func (q *quoting) isOpen(f QuoteStyle) bool { return q.count[f] > 0 }

func (q *quoting) push(i int) {
	q.marks[i].role = opens
	// An opening mark with blanks on both sides that follows the end of a sentence, and that
	// nothing closes before the next one opens, was a closing one.
	if n := len(q.open); n > 0 && q.reversed(q.open[n-1].mark) && q.marks[q.open[n-1].mark].family == q.marks[i].family {
		q.drop(q.marks[i].span.Start)
	}
	if q.count == nil {
		q.count = map[QuoteStyle]int{}
	}
	q.open = append(q.open, opened{mark: i, from: q.from})
	q.count[q.marks[i].family]++
	q.from = q.marks[i].span.End
}

// reversed reports whether an open mark looks like a closing one turned the wrong way.
func (q *quoting) reversed(i int) bool {
	m := q.marks[i]
	return m.glyph == '“' && IsSpace(m.before) && IsSpace(m.after) && q.afterStop(m.span.Start)
}

// afterStop reports whether the last character before i that is no blank ends a sentence.
func (q *quoting) afterStop(i int) bool {
	s := q.just(i)
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && strings.ContainsRune(".!?…", r)
}

// just is what stands just before i, without white space at its ends.
func (q *quoting) just(i int) string {
	s := Span{max(q.p.Start, i-16), i}
	for !boundary(q.t, s.Start) {
		s.Start++
	}
	return s.Trim(q.t).Of(q.t)
}

// close ends the innermost open mark of the family with mark i, and drops those inside it.
func (q *quoting) close(i int) {
	m := &q.marks[i]
	m.role = closes
	for len(q.open) > 0 {
		if q.marks[q.open[len(q.open)-1].mark].family != m.family {
			q.drop(m.span.Start)
			continue
		}
		_, o := q.pop()
		q.add(Quotation{
			Span: Span{o.span.Start, m.span.End}, Inner: Span{o.span.End, m.span.Start},
			Style: o.family, Opened: true, Closed: true,
		})
		break
	}
	q.from = m.span.End
}

// add keeps a quotation, and tells the mark that stands open round it.
func (q *quoting) add(f Quotation) {
	q.found = append(q.found, f)
	if n := len(q.open); n > 0 {
		if o := &q.open[n-1]; q.marks[o.mark].family == f.Style && f.Span.Start >= q.marks[o.mark].span.End && (o.child == 0 || f.Span.Start < o.child) {
			o.child = f.Span.Start
		}
	}
}

func (q *quoting) pop() (opened, *mark) {
	o := q.open[len(q.open)-1]
	q.open = q.open[:len(q.open)-1]
	m := &q.marks[o.mark]
	q.count[m.family]--
	return o, m
}

// drop gives up on closing the innermost open mark before end.
func (q *quoting) drop(end int) {
	reversed := q.reversed(q.open[len(q.open)-1].mark)
	o, m := q.pop()
	switch {
	case reversed:
		m.role = closes
		q.lost(*m, o.from)
		return
	case m.family == SingleQuotes && (end < q.p.End || m.span.Start > q.p.Start) && m.glyph != '‘':
		m.role = noMark
		return
	}
	// Another quotation of the family that began in it marks where it must have ended.
	if o.child > 0 {
		end = min(end, o.child)
	}
	s := Span{m.span.Start, end}.Trim(q.t)
	if s.End <= m.span.End {
		m.role = noMark
		return
	}
	q.add(Quotation{Span: s, Inner: Span{m.span.End, s.End}, Style: m.family, Opened: true})
}

// lost adds the quotation that a closing mark ends without one that opened it, and that begins
// nowhere before from.
func (q *quoting) lost(m mark, from int) {
	s := Span{from, m.span.Start}.Trim(q.t)
	start := sentenceStart(q.t, s)
	if start >= s.End {
		return
	}
	q.add(Quotation{Span: Span{start, m.span.End}, Inner: Span{start, s.End}, Style: m.family, Closed: true})
}

// sentenceStart is where the last sentence of s begins: after the last full stop, question or
// exclamation mark that a blank and a capital letter follow, else at its first letter.
func sentenceStart(t string, s Span) int {
	s = s.Trim(t)
	for i := s.End - 2; i > s.Start; i-- {
		if t[i] != '.' && t[i] != '!' && t[i] != '?' || t[i-1] >= 'A' && t[i-1] <= 'Z' { // not "U.S."
			continue
		}
		rest := Span{i + 1, s.End}.Trim(t)
		if r, _ := utf8.DecodeRuneInString(rest.Of(t)); rest.Start > i+1 && unicode.IsUpper(r) {
			return rest.Start
		}
	}
	return s.Start
}

// take decides what mark i does.
func (q *quoting) take(i int) {
	m := q.marks[i]
	switch m.family {
	case SingleQuotes:
		q.takeSingle(i)
	case Guillemets:
		// French and German point them opposite ways: whichever comes first opens.
		if n := len(q.open); q.isOpen(Guillemets) && n > 0 && q.opposite(m.glyph) {
			q.close(i)
		} else {
			q.push(i)
		}
	case CornerQuotes:
		if m.glyph == '「' || m.glyph == '『' {
			q.push(i)
		} else if q.isOpen(CornerQuotes) {
			q.close(i)
		}
	case LowQuotes:
		q.push(i)
	default:
		q.takeDouble(i)
	}
}

// opposite reports whether the glyph points the other way than the guillemet that stands open.
func (q *quoting) opposite(glyph rune) bool {
	for _, o := range slices.Backward(q.open) {
		if g := q.marks[o.mark].glyph; q.marks[o.mark].family == Guillemets {
			return (g == '«' || g == '‹') != (glyph == '«' || glyph == '‹')
		}
	}
	return false
}

func (q *quoting) takeDouble(i int) {
	m := &q.marks[i]
	lean := m.lean()
	// A low mark is closed by a curly one of either shape.
	if q.isOpen(LowQuotes) && (m.glyph == '“' || m.glyph == '”' || m.glyph == '"') && lean != opens {
		m.family = LowQuotes
		q.close(i)
		return
	}
	isOpen := q.isOpen(DoubleQuotes)
	role := lean
	switch m.glyph {
	case '“':
		if role != closes {
			role = opens
		}
		// "I won, “ he said": after a blank, but what stands open has just come to a stop.
		if isOpen && lean == noMark && IsSpace(m.before) && q.comma(m.span.Start) {
			role = closes
		}
	case '”':
		if role != opens || isOpen {
			role = closes
		}
	default:
		if role == noMark {
			role = opens
			if isOpen {
				role = closes
			}
		}
	}
	switch {
	case role == opens:
		q.push(i)
	case isOpen:
		q.close(i)
	case m.glyph == '“' && !parted(m.before) && wordRune(m.after), m.before == ',' && english.Says(q.just(m.span.Start)):
		q.push(i) // the blank is on its wrong side
	case strings.ContainsRune(".,!?…", m.before) && m.before != 0:
		m.role = closes
		q.lost(*m, q.from)
		q.from = m.span.End
	}
}

// comma reports whether the last character before i that is no blank is one that stands before
// a closing mark.
func (q *quoting) comma(i int) bool {
	s := q.just(i)
	return s != "" && strings.IndexByte(",.!?", s[len(s)-1]) >= 0
}

func (q *quoting) takeSingle(i int) {
	m := &q.marks[i]
	if m.role == noMark {
		return // apostrophes has decided
	}
	top := len(q.open) > 0 && q.marks[q.open[len(q.open)-1].mark].family == SingleQuotes
	low := q.isOpen(LowQuotes) && (m.glyph == '‘' || m.glyph == '’')
	role := m.role
	switch {
	case low && role == closes:
		m.family = LowQuotes
		q.close(i)
	case role == opens && !top:
		q.push(i)
	case role == opens && m.glyph != '’':
		q.push(i)
	case role == closes && top:
		q.close(i)
	default:
		m.role = noMark
	}
}

// apostrophes decides, for the single marks of a paragraph, which can open, which can close and
// which do neither. Whether one does is then a matter of what stands open.
func apostrophes(t string, p Span, marks []mark) {
	for i := range marks {
		m := &marks[i]
		if m.family != SingleQuotes {
			continue
		}
		before, after := wordRune(m.before), wordRune(m.after)
		open := parted(m.before) || quoteRune(m.before) && !quoteRune(m.after)
		end := ended(m.after) || quoteRune(m.after) && !quoteRune(m.before)
		switch {
		case before && after:
		case m.glyph == '‘' || m.glyph == '‛' || m.glyph == '`':
			if after && open && english.Shortens(t[m.span.End:p.End]) {
				break
			}
			m.role = opens
			if m.glyph == '‘' && end && !open {
				m.role = closes // a German closing mark, or one turned the wrong way
			}
		case open && !end:
			if m.glyph == '’' || english.Shortens(t[m.span.End:p.End]) {
				break
			}
			m.role = opens
		case end && !open:
			m.role = closes
		case strings.ContainsRune(".,!?…", m.before) && m.before != 0:
			m.role = closes
			if m.glyph == '\'' && after && !singleBefore(marks[:i]) {
				m.role = opens
			}
		}
	}
	// A mark after a plural's s closes, unless a better one does before the next opens.
	better := false
	for i := len(marks) - 1; i >= 0; i-- {
		m := &marks[i]
		if m.family != SingleQuotes || m.role == noMark {
			continue
		}
		if m.role == opens {
			better = false
			continue
		}
		possessive := strings.ContainsRune("sSxz", m.before) && m.before != 0 && IsSpace(m.after)
		if possessive && better {
			m.role = noMark
		}
		if !possessive {
			better = true
		}
	}
}

// singleBefore reports whether more single marks can open than can close among those before.
func singleBefore(marks []mark) bool {
	for _, m := range slices.Backward(marks) {
		if m.family == SingleQuotes && m.role != noMark {
			return m.role == opens
		}
	}
	return false
}
