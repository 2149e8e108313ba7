package dating

import (
	"time"

	"dateline/news"
)

// Infer concludes when a text was published from what it says.
func Infer(dateline string, sentences []string, fetched time.Time) news.Published {
	return news.Published{}
}
