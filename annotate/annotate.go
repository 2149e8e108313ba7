// Package annotate reads an article: who is named in it, and who says what.
//
// Its inner rooms find one kind of thing each: mention the names, attribution the statements.
// A statement's Source stays as written ("she", "the ministry"); package resolve gives it a
// name. English only: an article declared to be in another language comes back as it is,
// with Analysed false.
package annotate

import (
	"strings"

	"dateline/annotate/attribution"
	"dateline/annotate/mention"
	"dateline/news"
	"dateline/text"
)

// Article finds the named entities and the statements of an article. It is pure: the same
// article gives the same annotation.
func Article(a news.Article) news.Annotation {
	out := news.Annotation{Article: a}
	if a.Language != "" && !strings.HasPrefix(strings.ToLower(a.Language), "en") {
		return out
	}
	out.Analysed = true
	var prose []text.Span
	for _, s := range a.Segments {
		if readable[s.Kind] && a.Range.Contains(s.Span) {
			prose = append(prose, s.Span)
		}
	}
	out.Entities = mention.Names(a, prose)
	out.Statements = attribution.Quoted(a, prose)
	return out
}

// readable are the kinds of segment in which someone may be reported to say something.
var readable = map[news.Kind]bool{news.Title: true, news.Dek: true, news.Body: true, news.Caption: true}
