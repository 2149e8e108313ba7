package split

import (
	"slices"
	"strings"

	"dateline/news"
	"dateline/text"
)

// alike is the least share of words that two paragraphs have in common if one is a change of
// the other and not another paragraph: half, as for the contents of statements.
const alike = .5

// mostParagraphs bounds the comparison, which takes time by the product of both sides; what
// stands past it is compared as one paragraph.
const mostParagraphs = 1000

// Revisions are the differences between two revisions of one article: title, standfirst,
// byline, outlet and time of publication, then the segments of its body in the order of the
// later one, a cut one where it stood. Blanks, marks and case do not count.
func Revisions(before, after news.Article) []news.Revised {
	var changes []news.Revised
	note := func(part news.Kind, a, b *news.Excerpt) {
		if fold(a) != fold(b) {
			changes = append(changes, news.Revised{Part: part, Before: a, After: b})
		}
	}
	note(news.Title, before.Title, after.Title)
	note(news.Byline, before.Byline, after.Byline)
	if before.Outlet.Name != after.Outlet.Name {
		changes = append(changes, news.Revised{Part: news.Publisher, Before: said(before.Outlet.Name), After: said(after.Outlet.Name)})
	}
	if b, a := before.Published.When.String(), after.Published.When.String(); b != a {
		changes = append(changes, news.Revised{Part: news.DateKind, Before: said(b), After: said(a)})
	}
	return append(changes, body(paragraphs(before), paragraphs(after))...)
}

func fold(e *news.Excerpt) string {
	if e == nil {
		return ""
	}
	return news.Fold(e.Text)
}

// said is a value that stands nowhere in the text as such.
func said(value string) *news.Excerpt {
	if value == "" {
		return nil
	}
	return &news.Excerpt{Text: value}
}

// A paragraph is a segment of the body with its words.
type paragraph struct {
	kind   news.Kind
	quoted *news.Excerpt
	folded string
	words  []string
}

func paragraphs(a news.Article) []paragraph {
	var all []paragraph
	add := func(kind news.Kind, s text.Span) {
		e := news.NewExcerpt(a.Text, s)
		f := news.Fold(e.Text)
		all = append(all, paragraph{kind, e, f, strings.Fields(f)})
	}
	for _, s := range a.Segments {
		if !a.Range.Contains(s.Span) {
			continue
		}
		switch s.Kind {
		case news.Dek, news.Body, news.Caption, news.Label:
			if n := len(all); n >= mostParagraphs {
				last := all[n-1]
				all = all[:n-1]
				add(last.kind, last.quoted.Span.Cover(s.Span))
				continue
			}
			add(s.Kind, s.Span)
		}
	}
	return all
}

// body aligns the two sides by their longest common subsequence of equal paragraphs; between
// two of those, what was cut and what was added are paired where they are alike.
func body(before, after []paragraph) []news.Revised {
	n, m := len(before), len(after)
	length := make([][]int32, n+1) // of the common subsequence of before[i:] and after[j:]
	for i := range length {
		length[i] = make([]int32, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if before[i].folded == after[j].folded {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var changes []news.Revised
	i, j := 0, 0
	for i < n || j < m {
		var cut, added []paragraph
		for i < n || j < m {
			switch {
			case i < n && j < m && before[i].folded == after[j].folded:
				if len(cut)+len(added) > 0 {
					changes = append(changes, gap(cut, added)...)
					cut, added = nil, nil
				}
				i, j = i+1, j+1
			case j == m || i < n && length[i+1][j] >= length[i][j+1]:
				cut = append(cut, before[i])
				i++
			default:
				added = append(added, after[j])
				j++
			}
		}
		changes = append(changes, gap(cut, added)...)
	}
	return changes
}

// gap pairs what was cut with what was added in its place, each with the first that is alike.
func gap(cut, added []paragraph) []news.Revised {
	var changes []news.Revised
	for _, a := range added {
		r := news.Revised{Part: a.kind, After: a.quoted}
		if k := slices.IndexFunc(cut, func(c paragraph) bool { return text.Dice(c.words, a.words) >= alike }); k >= 0 {
			for _, c := range cut[:k] {
				changes = append(changes, news.Revised{Part: c.kind, Before: c.quoted})
			}
			r.Before, cut = cut[k].quoted, cut[k+1:]
		}
		changes = append(changes, r)
	}
	for _, c := range cut {
		changes = append(changes, news.Revised{Part: c.kind, Before: c.quoted})
	}
	return changes
}
