package extract

import (
	"fmt"

	"dateline/extract/body"
	"dateline/extract/metadata"
	"dateline/news"
)

// verdict says whether there is an article on the page and, if not, what there is instead.
func verdict(f *metadata.Facts, page *body.Page, d *news.Document) error {
	words := 0
	for _, b := range page.Blocks {
		if b.Kind == news.Body {
			words += b.Words
		}
	}
	if words == 0 {
		return fmt.Errorf("%w: no prose", news.ErrNoArticle)
	}
	return nil
}
