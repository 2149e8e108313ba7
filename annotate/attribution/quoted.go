// Package attribution finds statements: who said what, in which words.
package attribution

import (
	"regexp"
	"strings"

	"dateline/news"
	"dateline/text"
)

// quotation is a stretch between double marks inside one paragraph; an unclosed one is left.
var quotation = regexp.MustCompile(`[“"]([^“”"\n]{8,900})[”"]`)

const (
	said   = `(?:said|says|told|added|asked|argued|warned|wrote|insisted|explained|noted|replied|declared|continued)`
	person = `((?:\p{Lu}[\p{L}'’.-]* )*\p{Lu}[\p{L}'’-]*|[Hh]e|[Ss]he|[Tt]hey)`
)

var (
	// cue-after-quote: "It opens in May," said Mayor Ana Ruiz.
	cueThenSource = regexp.MustCompile(`^\s*(` + said + `) ` + person)
	// source-after-quote: "It opens in May," Ruiz said.
	sourceThenCue = regexp.MustCompile(`^\s*` + person + ` (` + said + `)\b`)
	// cue-before-quote: Ruiz said: "It opens in May."
	beforeQuote = regexp.MustCompile(person + ` (` + said + `)(?: [\p{L}]+)?[,:]?\s*$`)
)

// Quoted finds quotations in double marks that have a cue verb and a source right beside
// them, in the same paragraph. It needs no grammar, so it is what is left where there is none.
func Quoted(a news.Article, prose []text.Span) []news.Statement {
	var found []news.Statement
	seen := map[string]int{}
	for _, p := range prose {
		t := p.Of(a.Text)
		for _, m := range quotation.FindAllStringIndex(t, -1) {
			s := news.Statement{Article: a.ID, Mode: news.Direct, Act: news.Speech, Polarity: news.Positive}
			at := func(from, to int) text.Span { return text.Span{Start: p.Start + from, End: p.Start + to} }
			after, before := t[m[1]:], t[:m[0]]
			var rule string
			if x := cueThenSource.FindStringSubmatchIndex(after); x != nil {
				rule, s.Cue, s.Source = "cue-after-quote", []text.Span{at(m[1]+x[2], m[1]+x[3])}, at(m[1]+x[4], m[1]+x[5])
			} else if x := sourceThenCue.FindStringSubmatchIndex(after); x != nil {
				rule, s.Source, s.Cue = "source-after-quote", at(m[1]+x[2], m[1]+x[3]), []text.Span{at(m[1]+x[4], m[1]+x[5])}
			} else if x := beforeQuote.FindStringSubmatchIndex(before[max(0, len(before)-120):]); x != nil {
				off := max(0, len(before)-120)
				rule, s.Source, s.Cue = "cue-before-quote", at(off+x[2], off+x[3]), []text.Span{at(off+x[4], off+x[5])}
			} else {
				continue
			}
			s.Content = []text.Span{at(m[0], m[1])}
			words := s.Content[0].Of(a.Text)
			key := news.Fold(words)
			s.ID = news.NewStatementID(a.ID, words, seen[key])
			seen[key]++
			s.Confidence = .9
			if strings.Count(words, " ") < 3 {
				s.Confidence = .6 // a few words in marks may be a name or a slogan
			}
			s.Reasons = []news.Reason{{Rule: rule, Detail: s.Cue[0].Of(a.Text)}}
			found = append(found, s)
		}
	}
	return found
}
