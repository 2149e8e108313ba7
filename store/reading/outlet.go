package reading

import (
	"context"
	"errors"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

const selectOutletArticles = articleColumns + `
	WHERE article.outlet = ?1 AND article.outlet <> '' AND article.recorded <= ?2 AND (article.replaced IS NULL OR article.replaced > ?2)
	ORDER BY article.n DESC LIMIT ?3`

// ArticlesOf are up to most articles of an outlet, the one that was read last first, as they stood
// at a time.
func (s *Texts) ArticlesOf(ctx context.Context, outlet string, asOf time.Time, most int) ([]news.Head, error) {
	rows, err := s.db.Query(ctx, selectOutletArticles, outlet, row.At(asOf), most)
	found, err := sqlite.All(rows, err, scanArticle)
	if err != nil {
		return nil, err
	}
	var out []news.Head
	for _, a := range found {
		h, err := a.head()
		if errors.Is(err, news.ErrDamaged) {
			continue // doctor names it; the rest is whole
		}
		if err != nil {
			return out, err
		}
		out = append(out, h)
	}
	return out, nil
}
