// Package extraction measures what was taken out of a page: its body text and its metadata.
//
// Each function is a published metric of article extraction, named with its source. Texts are
// compared in words, names and titles folded (NFKC, case, marks), days as civil days. The
// functions are pure and hold no opinion on which pages are scored.
package extraction

import (
	"slices"
	"strings"
	"unicode"

	"dateline/news"
	"dateline/text"
)

// Main is the article that a page is about: the first with that role, else the first of all;
// nil if there is none.
func Main(articles []news.Article) *news.Article {
	for i := range articles {
		if articles[i].Role == news.Main {
			return &articles[i]
		}
	}
	if len(articles) > 0 {
		return &articles[0]
	}
	return nil
}

// Body is the text of an article as it is scored: its paragraphs, parted by a blank line. They
// are the segments of kind body and dateline inside the article's range, in page order, and the
// section labels that stand between bodies. A dateline on the line of the paragraph that
// follows opens it. An article that is nil has no text.
//
// The gold of the page sets leaves out headline, standfirst, byline, captions and credits, and
// keeps subheadings, lists, quotations and the dateline.
func Body(a *news.Article) string {
	if a == nil {
		return ""
	}
	var inside []news.Segment
	for _, s := range a.Segments {
		if a.Range.Contains(s.Span) {
			inside = append(inside, s)
		}
	}
	slices.SortStableFunc(inside, func(x, y news.Segment) int {
		if x.Span.Start != y.Span.Start {
			return x.Span.Start - y.Span.Start
		}
		return x.Span.End - y.Span.End
	})
	isBody := func(s news.Segment) bool { return s.Kind == news.Body }
	first := slices.IndexFunc(inside, isBody)
	last := len(inside) - 1
	for last >= 0 && !isBody(inside[last]) {
		last--
	}
	var paragraphs []string
	glued := false
	for i, s := range inside {
		between := s.Kind == news.Label && first >= 0 && first < i && i < last
		if s.Kind != news.Body && s.Kind != news.Dateline && !between {
			continue
		}
		if t := s.Span.Of(a.Text); glued && len(paragraphs) > 0 {
			paragraphs[len(paragraphs)-1] += " " + t
		} else {
			paragraphs = append(paragraphs, t)
		}
		next := s.Span.End
		if i+1 < len(inside) {
			next = max(next, inside[i+1].Span.Start)
		}
		glued = s.Kind == news.Dateline && !strings.Contains(text.Span{Start: s.Span.End, End: next}.Of(a.Text), "\n")
	}
	return strings.Join(paragraphs, "\n\n")
}

// Words are the maximal runs of letters, digits and low lines: \w+ of Python's re.
func Words(t string) []string {
	return strings.FieldsFunc(t, func(r rune) bool { return !isWord(r) })
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// isSpace is white space as Python's str.split sees it, by which the published programs part
// words.
func isSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }

// lines are the lines of t that hold anything, their runs of white space made one blank.
func lines(t string) []string {
	var out []string
	for l := range strings.SplitSeq(t, "\n") {
		if l = strings.Join(strings.FieldsFunc(l, isSpace), " "); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// common is the size of the intersection of two multisets.
func common[K comparable](a, b map[K]int) int {
	n := 0
	for k, x := range a {
		n += min(x, b[k])
	}
	return n
}

func counted[K comparable](list []K) map[K]int {
	m := make(map[K]int, len(list))
	for _, k := range list {
		m[k]++
	}
	return m
}
