package story

import (
	"time"

	"dateline/news"
	"dateline/web/view"
)

// A maker makes the views of one story.
type maker struct{ *view.Maker }

func newMaker(d news.Dossier, l view.Links, now time.Time) *maker {
	return &maker{view.NewMaker(d, l, now)}
}
