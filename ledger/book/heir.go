package book

import (
	"slices"

	"dateline/news"
)

// What a copy says in the very words of its original is the original's: the same one says it, at the
// same time. So a copy that was cut, and has lost whom "she" is or of which day it speaks, tells
// nothing else than the article it is of.

// inherit gives each copy what its original knows, and takes back what it had of one that is gone.
func (b *Book) inherit() {
	for _, a := range slices.Clone(b.Articles) {
		of := b.original(a)
		if a.heirOf == of {
			continue
		}
		if a.heirOf != nil {
			event, copyOf := a.Event, a.CopyOf
			b.Put(a.read)
			a = b.articles[a.Article.ID]
			a.Event, a.CopyOf = event, copyOf
		}
		if a.heirOf = of; of != nil {
			b.take(a, of)
		}
	}
}

// original is the article of the story that one copies in the end, nil if it is no copy of one.
func (b *Book) original(a *Article) *Article {
	of := b.articles[a.CopyOf]
	for range 8 { // copies of copies
		if of == nil || of == a || of.CopyOf == "" || b.articles[of.CopyOf] == nil {
			break
		}
		of = b.articles[of.CopyOf]
	}
	if of == a {
		return nil
	}
	return of
}

// take gives the statements of a copy the speakers and times of those of its original that say the
// same. Where two say the same words ("Harbourline, citing two people"), the first is the first.
func (b *Book) take(a, of *Article) {
	said := func(in *Article) map[string][]*Told {
		m := map[string][]*Told{}
		for _, t := range in.Told {
			k := news.Fold(t.Text) + "\x00" + string(t.Act)
			m[k] = append(m[k], t)
		}
		return m
	}
	original := said(of)
	for k, list := range said(a) {
		if len(original[k]) != len(list) {
			continue
		}
		for i, t := range list {
			o := original[k][i]
			if o.Speaker.Name != "" && key(o.Speaker) != key(t.Speaker) {
				b.dismiss(t)
				t.Speaker = o.Speaker
				t.Speaker.Reason = news.Reason{Rule: "as-original", Detail: o.Speaker.Name}
				b.cast(t)
			}
			if !o.Said.When.IsZero() && o.Said.When != t.Said.When {
				b.moved[t] = true
				t.Said.When, t.Said.Reason = o.Said.When, news.Reason{Rule: "as-original", Detail: o.Said.Reason.Rule}
				t.First, t.Last = o.First, o.Last
			}
		}
	}
}
