package syntax

import (
	"strings"

	"dateline/text"
)

// severalWords is the number of blanks in a quotation that is more than a name or a title. A
// text with more such single quotations than double ones quotes speech in single marks.
const severalWords = 3

// markQuotations lays the quotations of the text over the tokens. Speech stands in double
// marks, guillemets or low marks, and in single ones where the text uses those instead; what
// else stands in single marks is told apart, for it is often a title or a word picked out.
func (d *Doc) markQuotations() {
	d.Quote, d.QuoteOf = make([]Quotation, d.N), make([]int, d.N)
	for i := range d.QuoteOf {
		d.QuoteOf[i] = -1
	}
	all := text.Quotations(d.Text, text.Span{End: len(d.Text)})
	singles, others := 0, 0
	for _, q := range all {
		if q.Depth > 0 || strings.Count(q.Inner.Of(d.Text), " ") < severalWords {
			continue
		}
		if q.Style == text.SingleQuotes {
			singles++
		} else {
			others++
		}
	}
	spoken := singles > others
	end := 0 // no quotation begins before it: those that a lost mark makes overlap are one
	for _, q := range all {
		if q.Depth > 0 || q.Span.Start < end {
			continue
		}
		end = q.Span.End
		ranges := d.Tokens([]text.Span{q.Span})
		if len(ranges) == 0 || ranges[0].Len() < 2 {
			continue
		}
		r, state := ranges[0], Double
		if q.Style == text.SingleQuotes && !spoken {
			state = Single
			d.Singles = append(d.Singles, r)
		} else {
			d.Quotes = append(d.Quotes, r)
		}
		for i := r.Start; i < r.End; i++ {
			d.Quote[i] = state
			if state == Double {
				d.QuoteOf[i] = len(d.Quotes) - 1
			}
		}
	}
}
