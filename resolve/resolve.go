// Package resolve says whom an article's words refer to, beyond what its own grammar tells:
// sources of statements become speakers, and entities of one article those of the record.
package resolve

import (
	"dateline/news"
)

// Mentions completes the speakers of an article's statements.
func Mentions(a news.Annotation) news.Annotation { return a }
