package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markQuotations finds the quotations of the text and lays them over the tokens.
func (d *Doc) markQuotations() {
	state := quotationStates(d.Text)
	d.Quote, d.QuoteOf = make([]Quotation, d.N), make([]int, d.N)
	for i := range d.N {
		d.Quote[i], d.QuoteOf[i] = state[d.Span[i].Start], -1
	}
	open, single := -1, -1
	for i := range d.N {
		if d.Space[i] {
			continue
		}
		if d.Quote[i] == Double {
			again := open < 0 || d.Par[d.Quotes[open].Start] != d.Par[i] ||
				i > 0 && d.Quote[i-1] != Double && !d.Space[i-1] || d.Orth[i] == "“" ||
				d.Orth[i] == `"` && i > 0 && (d.Orth[i-1] == `"` || d.Orth[i-1] == "”") && i-1 != d.Quotes[open].Start
			if again {
				d.Quotes = append(d.Quotes, Range{i, i + 1})
				open = len(d.Quotes) - 1
			}
			d.Quotes[open].End = i + 1
		} else {
			open = -1
		}
		if d.Quote[i] == Single {
			if single < 0 || d.Singles[single].End != i {
				d.Singles = append(d.Singles, Range{i, i + 1})
				single = len(d.Singles) - 1
			}
			d.Singles[single].End = i + 1
		}
	}
	kept := d.Quotes[:0]
	for _, q := range d.Quotes {
		if q.Len() > 1 {
			for i := q.Start; i < q.End; i++ {
				d.QuoteOf[i] = len(kept)
			}
			kept = append(kept, q)
		}
	}
	d.Quotes = kept
}

// quotationStates gives the state of each byte. Double marks pair within a paragraph: curly
// ones open and close, straight ones alternate, and what is not closed runs to the end of the
// paragraph. Single marks, after a blank and before a blank or a point, count outside double
// ones. No text is refused, and the time is linear.
func quotationStates(t string) []Quotation {
	state := make([]Quotation, len(t)+1)
	for start := 0; start < len(t); {
		end := len(t)
		if k := strings.IndexByte(t[start:], '\n'); k >= 0 {
			end = start + k
		}
		doubleMarks(t, start, end, state)
		singleMarks(t, start, end, state)
		start = end + 1
	}
	return state
}

func doubleMarks(t string, start, end int, state []Quotation) {
	open := -1
	fill := func(to int) {
		for k := open; k < to; k++ {
			state[k] = Double
		}
		open = -1
	}
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(t[i:end])
		switch {
		case open < 0 && (r == '“' || r == '"'):
			open = i
		case open >= 0 && (r == '”' || r == '"'):
			fill(i + n)
		}
		i += n
	}
	if open >= 0 {
		fill(end)
	}
}

func singleMarks(t string, start, end int, state []Quotation) {
	open := -1
	prev := ' '
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(t[i:end])
		next, _ := utf8.DecodeRuneInString(t[i+n : end])
		if i+n >= end {
			next = ' '
		}
		switch {
		case open < 0 && (r == '‘' || r == '\'') && (unicode.IsSpace(prev) || prev == '(' || prev == '[') && !unicode.IsSpace(next):
			open = i
		case open >= 0 && (r == '’' || r == '\'') && i > open+3 && !unicode.IsSpace(prev) && (unicode.IsSpace(next) || strings.ContainsRune(".,;:!?)]", next)):
			for k := open; k < i+n; k++ {
				if state[k] == Unquoted {
					state[k] = Single
				}
			}
			open = -1
		}
		prev = r
		i += n
	}
}
