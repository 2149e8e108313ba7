package news

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/text"
)

// About is the statement of an article that a decision is about: by its id, else by its words; -1
// where it has none.
func (d Decision) About(a Annotation) int {
	if d.Anchor.Article != "" && d.Anchor.Article != a.Article.ID {
		return -1
	}
	if i := slices.IndexFunc(a.Statements, func(s Statement) bool { return string(s.ID) == d.Object }); i >= 0 {
		return i
	}
	place, ok := d.Anchor.Find(a.Article.Text)
	if !ok {
		return -1
	}
	best, most := -1, 0
	for i, s := range a.Statements {
		if n := shared(s.whole(), place); n > most {
			best, most = i, n
		}
	}
	if 2*most < place.Len() {
		return -1
	}
	return best
}

func shared(a, b text.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

// distance is how far apart the beginnings of two spans are; 0 where they overlap.
func distance(a, b text.Span) int {
	if a.Overlaps(b) {
		return 0
	}
	return max(a.Start-b.Start, b.Start-a.Start)
}

// whole is from the first byte of the content to the last.
func (s Statement) whole() text.Span {
	if len(s.Content) == 0 {
		return text.Span{}
	}
	return text.Span{Start: s.Content[0].Start, End: s.Content[len(s.Content)-1].End}
}

// Gap stands between the parts of a content that is written as one text, as in "We open … in May".
const Gap = " … "

// Boundary is the content that a decision of the kind FixBoundary gives a statement: where its words
// stand in the text, nearest to where the statement was read, blanks and line ends alike. The parts
// of a content that is cut in two are parted by Gap. ok is false where the text does not have them
// in this order.
func (d Decision) Boundary(s Statement, t string) (content []text.Span, ok bool) {
	if whole, ok := nearest(t, d.Value, s.whole(), 0); ok {
		return []text.Span{whole}, true
	}
	from := 0
	for part := range strings.SplitSeq(d.Value, Gap) {
		place, ok := nearest(t, part, s.whole(), from)
		if !ok {
			return nil, false
		}
		content, from = append(content, place), place.End
	}
	return content, true
}

// nearest is where words stand in a text from a place on, the nearest to a span of it.
func nearest(t, words string, to text.Span, from int) (best text.Span, ok bool) {
	for _, p := range Passages(t[from:], words) {
		p = text.Span{Start: p.Start + from, End: p.End + from}
		if !ok || distance(p, to) < distance(best, to) {
			best, ok = p, true
		}
	}
	return best, ok
}

// Passages are the places in a text where words stand, blanks and line ends alike.
func Passages(t, words string) (places []text.Span) {
	fields := strings.Fields(words)
	if len(fields) == 0 {
		return nil
	}
	for at := 0; ; {
		i := strings.Index(t[at:], fields[0])
		if i < 0 {
			return places
		}
		start := at + i
		if end, is := follow(t, start, fields); is {
			places = append(places, text.Span{Start: start, End: end})
		}
		_, n := utf8.DecodeRuneInString(t[start:])
		at = start + n
	}
}

// follow is where the words end that begin at a place.
func follow(t string, at int, fields []string) (end int, is bool) {
	for i, w := range fields {
		if i > 0 {
			rest := strings.TrimLeftFunc(t[at:], unicode.IsSpace)
			if len(rest) == len(t)-at {
				return 0, false
			}
			at = len(t) - len(rest)
		}
		if !strings.HasPrefix(t[at:], w) {
			return 0, false
		}
		at += len(w)
	}
	return at, true
}
