package story

import (
	"context"
	"encoding/json"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

const (
	selectWho = `
		SELECT mention.local, entity.id, entity.name, entity.type, entity.anonymous
		FROM json_each(?1) AS wanted
			JOIN mention ON mention.article = (SELECT root FROM article WHERE id = wanted.value ORDER BY n LIMIT 1)
				AND mention.recorded <= ?2 AND (mention.replaced IS NULL OR mention.replaced > ?2)
			JOIN entity ON entity.id = mention.entity
				AND entity.recorded <= ?2 AND (entity.replaced IS NULL OR entity.replaced > ?2) AND entity.name <> ''`

	selectNamedIn = `
		SELECT article.id FROM mention JOIN article ON article.n = mention.article
		WHERE mention.entity = ?1 AND mention.recorded <= ?2 AND (mention.replaced IS NULL OR mention.replaced > ?2)
		GROUP BY article.id ORDER BY max(mention.n) DESC LIMIT ?3`
)

// Who says whom the entities of some articles are in the record as it stood at a time, by their ids in the
// articles. Those that the record does not know, such as what is described and never speaks, are left out.
func (s *Ledger) Who(ctx context.Context, articles []news.ArticleID, asOf time.Time) (map[news.EntityID]news.Entity, error) {
	list, err := json.Marshal(articles)
	if err != nil || len(articles) == 0 {
		return nil, err
	}
	type known struct {
		local news.EntityID
		news.Entity
	}
	rows, err := s.db.Query(ctx, selectWho, string(list), row.At(asOf))
	found, err := sqlite.All(rows, err, func(r sqlite.Row) (k known, err error) {
		return k, r.Scan(&k.local, &k.ID, &k.Name, &k.Type, &k.Anonymous)
	})
	out := map[news.EntityID]news.Entity{}
	for _, k := range found {
		out[k.local] = k.Entity
	}
	return out, err
}

// NamedIn are up to most articles that name an entity, as the record stood at a time, those placed last first.
func (s *Ledger) NamedIn(ctx context.Context, id news.EntityID, asOf time.Time, most int) ([]news.ArticleID, error) {
	rows, err := s.db.Query(ctx, selectNamedIn, string(id), row.At(asOf), most)
	return sqlite.All(rows, err, sqlite.Of[news.ArticleID])
}
