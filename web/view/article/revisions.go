package article

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/news"
	"dateline/text"
	"dateline/web/view"
)

// Revisions are two revisions of an article side by side, statement by statement.
type Revisions struct {
	Title         string
	Article       string // address
	Before, After RevisionLine
	Others        []view.Link // other pairs
	Heads         []Pair      // title, outlet, time: what differs
	Lines         []Pair
	Same          int
	Missing       string // why there is nothing to compare
}

// A Pair is a statement as two revisions have it.
type Pair struct {
	What                  string // "added", "cut", "changed", "the same"; or the name of a part
	Before, After         string
	SpeakerWas, SpeakerIs string
	WhyBefore, WhyAfter   string // addresses
}

// NewRevisions compares an article as read in two revisions.
func NewRevisions(before, after news.Annotation, l view.Links, now time.Time) Revisions {
	v := Revisions{Title: cmp.Or(after.Article.Name, "An article without a title"), Article: l.Article(after.Article.ID)}
	if t := after.Article.Title; t != nil {
		v.Title = t.Text
	}
	title := func(a news.Article) string {
		if a.Title == nil {
			return ""
		}
		return a.Title.Text
	}
	for _, p := range []Pair{
		{What: "title", Before: title(before.Article), After: title(after.Article)},
		{What: "outlet", Before: before.Article.Outlet.Name, After: after.Article.Outlet.Name},
		{What: "authors", Before: strings.Join(before.Article.Authors, ", "), After: strings.Join(after.Article.Authors, ", ")},
		{What: "published", Before: view.NewWhen(before.Article.Published.When, now).Text, After: view.NewWhen(after.Article.Published.When, now).Text},
	} {
		if p.Before != p.After {
			v.Heads = append(v.Heads, p)
		}
	}
	type told struct {
		news.Statement
		words, folded string
	}
	read := func(a news.Annotation) []told {
		var out []told
		for _, s := range a.Statements {
			words := s.Words(a.Article.Text)
			out = append(out, told{s, words, news.Fold(words)})
		}
		return out
	}
	old, fresh := read(before), read(after)
	taken := make([]bool, len(old))
	match := make([]int, len(fresh))
	for i, f := range fresh {
		match[i] = slices.IndexFunc(old, func(o told) bool { return o.folded == f.folded })
		if match[i] >= 0 && taken[match[i]] {
			match[i] = -1
		}
		if match[i] >= 0 {
			taken[match[i]] = true
		}
	}
	// What is left is the same statement where the same speaker says much of the same.
	for i, f := range fresh {
		if match[i] >= 0 {
			continue
		}
		best, most := -1, 0.5
		for k, o := range old {
			if s := shared(o.folded, f.folded); !taken[k] && s > most {
				best, most = k, s
			}
		}
		if match[i] = best; best >= 0 {
			taken[best] = true
		}
	}
	for i, f := range fresh {
		p := Pair{What: "added", After: f.words, SpeakerIs: view.Speaker(f.Speaker), WhyAfter: l.Why(string(f.ID))}
		if k := match[i]; k >= 0 {
			p.Before, p.SpeakerWas, p.WhyBefore = old[k].words, view.Speaker(old[k].Speaker), l.Why(string(old[k].ID))
			if p.What = "changed"; old[k].words == f.words && p.SpeakerWas == p.SpeakerIs {
				v.Same++
				p.What = "the same"
			}
		}
		v.Lines = append(v.Lines, p)
	}
	for k, o := range old {
		if !taken[k] {
			v.Lines = append(v.Lines, Pair{What: "cut", Before: o.words, SpeakerWas: view.Speaker(o.Speaker), WhyBefore: l.Why(string(o.ID))})
		}
	}
	return v
}

// shared is the share of words that two folded texts have in common.
func shared(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	return text.Dice(x, y)
}
