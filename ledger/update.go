package ledger

import (
	"encoding/binary"
	"hash"
	"hash/fnv"
	"strconv"

	"dateline/news"
)

// Update makes the keeper's story the one of these articles: those that it has and that say the
// same are left alone.
func (k *Keeper) Update(story news.Story, articles []news.Annotation) {
	articles = k.decided.apply(articles)
	keep := make(map[news.ArticleID]bool, len(articles))
	for _, a := range articles {
		keep[a.Article.ID] = true
		if print := fingerprint(a); k.prints[a.Article.ID] != print {
			k.prints[a.Article.ID] = print
			k.Put(a)
		}
	}
	for id := range k.prints {
		if !keep[id] {
			delete(k.prints, id)
			k.Drop(id)
		}
	}
	k.Place(story)
}

// fingerprint tells annotations of an article apart: readings of other bytes, by other rules, or
// with other people behind the names.
func fingerprint(a news.Annotation) uint64 {
	h := fnv.New64a()
	write(h, string(a.Article.Revision), a.Article.Reader, a.Article.Published.When.String(), a.Article.Outlet.Name)
	for _, e := range a.Entities {
		write(h, string(e.ID), e.Name, string(e.Type))
	}
	for _, s := range a.Statements {
		write(h, string(s.ID), string(s.Speaker.Entity), s.Speaker.Name, string(s.Addressee.Entity), string(s.Frame.Subject.Entity), s.Said.When.String())
		for _, c := range s.Content {
			write(h, strconv.Itoa(c.Start), strconv.Itoa(c.End))
		}
		for _, r := range s.RelayedBy {
			write(h, string(r))
		}
	}
	return h.Sum64()
}

func write(h hash.Hash64, parts ...string) {
	var n [4]byte
	for _, p := range parts {
		binary.LittleEndian.PutUint32(n[:], uint32(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
}
