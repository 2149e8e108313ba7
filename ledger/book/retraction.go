package book

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"dateline/ledger/words"
	"dateline/news"
)

// An article that takes back another of its outlet says so in its title or opening. Which one it
// takes back is told by words: the earlier article of the outlet, in the story, that it has most in
// common with. What rests on that one is marked, and kept.

// mostOpening is how much of an article is read for whether it takes another back.
const mostOpening = 600

// leastShared is the part of the retraction's words that the article it takes back must have.
const leastShared = .2

var (
	retracting = []string{"retraction", "retracts", "retracted", "we withdraw", "has withdrawn its report", "withdraws its report", "taken back its report", "takes back", "we take back", "report is withdrawn", "article is withdrawn", "apology"}
	correcting = []string{"correction", "corrects", "corrected version", "an earlier version of this", "this article was amended", "this story has been corrected"}
)

// takesBack reports whether an article says that it takes another back: the whole of it, or some.
func takesBack(a *Article) (any, whole bool) {
	text := ""
	if a.Article.Title != nil {
		text = a.Article.Title.Text + " "
	}
	for _, s := range a.Article.Body() {
		text += a.Text(s) + " "
		if len(text) > mostOpening {
			break
		}
	}
	title := a.Article.Title != nil
	folded := " " + news.Fold(text[:min(len(text), mostOpening)]) + " "
	has := func(list []string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(folded, " "+w+" ") })
	}
	switch {
	case has(retracting):
		return true, true
	case title && (has(correcting) || slices.ContainsFunc(words.Fields(a.Article.Title.Text), func(w string) bool { return w == "corrected" || w == "correction" || w == "corrects" })):
		return true, false
	}
	return false, false
}

// settle finds what each retraction takes back. The statements of articles whose state changes are
// told anew.
func (b *Book) settle() {
	if len(b.takers) == 0 && len(b.taken) == 0 {
		return
	}
	taken := map[news.ArticleID]news.Correction{}
	for _, r := range slices.SortedFunc(maps.Keys(b.takers), Order) {
		if of := b.target(r); of != nil {
			c := news.Correction{Of: of.Article.ID, By: r.Article.ID, Whole: b.takers[r].whole}
			if old, known := taken[c.Of]; !known || c.Whole && !old.Whole {
				taken[c.Of] = c
			}
		}
	}
	if maps.Equal(taken, b.taken) {
		return
	}
	for id, a := range b.articles {
		if taken[id] != b.taken[id] {
			for _, t := range a.Told {
				b.moved[t] = true
			}
		}
	}
	b.taken = taken
}

// A retraction is what an article that takes another back has in common with the one of its outlet
// that is nearest to it so far.
type retraction struct {
	whole  bool
	of     *Article
	shared int  // stems
	astray bool // the nearest is gone, or was not looked for
}

// consider takes an article for the nearest to r if it is an earlier one of the outlet, and has more
// in common with it than the one before; of two with as much, the earlier.
func (x *retraction) consider(r, a *Article) {
	if x.astray || a == r || a.Article.Outlet.Name == "" || a.Article.Outlet.Name != r.Article.Outlet.Name || Order(a, r) > 0 {
		return
	}
	mine, n := vocabulary(r), 0
	for w := range vocabulary(a) {
		if mine[w] {
			n++
		}
	}
	if n > x.shared || n > 0 && n == x.shared && Order(a, x.of) < 0 {
		x.of, x.shared = a, n
	}
}

// target is the earlier article of the same outlet that a retraction shares most words with.
func (b *Book) target(r *Article) *Article {
	x := b.takers[r]
	if x.astray {
		*x = retraction{whole: x.whole}
		for _, a := range b.Articles {
			x.consider(r, a)
		}
	}
	if float64(x.shared)/float64(max(1, len(vocabulary(r)))) < leastShared {
		return nil
	}
	return x.of
}

func vocabulary(a *Article) map[string]bool {
	if a.vocabulary == nil {
		a.vocabulary = map[string]bool{}
		for _, s := range a.Article.Body() {
			for _, w := range words.Fields(a.Text(s)) {
				if !words.Common(w) {
					a.vocabulary[words.Stem(w)] = true
				}
			}
		}
	}
	return a.vocabulary
}

// Stands reports whether an article tells something by itself: it is no copy, and its own outlet did not take
// all of it back.
func (b *Book) Stands(a *Article) bool { return a.CopyOf == "" && !b.taken[a.Article.ID].Whole }

// Corrections are what was said later of the articles that reports are of, by their own outlets.
func (b *Book) Corrections(reports []news.StatementID) (list []news.Correction) {
	if len(b.taken) == 0 {
		return nil
	}
	for _, id := range reports {
		t := b.statements[id]
		if c, is := b.taken[t.In.Article.ID]; is && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(x, y news.Correction) int { return cmp.Compare(x.Of, y.Of) })
	return list
}
