// Package annotate reads an article: who and what is named in it, who says what, to whom and
// through what.
//
// It parses the prose of the article with package nlp, once, and hands the parse through its
// inner rooms: mention finds names and what refers to them, attribution the statements,
// circumstance what surrounds a statement (addressee, venue, polarity, kind of act), frame what
// its content asserts. No parse leaves the package.
//
// English only: an article in another language comes back as it is, with Analysed false. Time
// and memory are linear in the prose; Options.MaxTokens bounds them.
package annotate

import (
	"context"
	"fmt"
	"strings"
	"time"

	"dateline/annotate/attribution"
	"dateline/annotate/mention"
	"dateline/annotate/syntax"
	"dateline/news"
	"dateline/nlp"
	"dateline/text"
)

// Options are what is known of an article beside itself, and what may be spent on it.
type Options struct {
	MaxTokens int       // analysis ends after so many tokens; 0 is no bound
	Fetched   time.Time // when its page was fetched: nothing in it was said later; zero where that is not known
}

// Article finds the entities and statements of an article. It is pure: the same article gives
// the same annotation, whatever was read before. The only error is that of ctx.
func Article(ctx context.Context, a news.Article, p *nlp.Pipeline, o Options) (news.Annotation, error) {
	out := news.Annotation{Article: a}
	prose := readable(a)
	if !english(a, prose) {
		return out, nil
	}
	d, truncated, err := Parse(ctx, a, p, o)
	if err != nil {
		return out, fmt.Errorf("analyse %s: %w", a.Name, err)
	}
	out.Analysed, out.Truncated = true, truncated
	r := reading{a: a, d: d, found: attribution.Find(d), fetched: o.Fetched}
	spoken := mention.Spoken{Heads: map[int]bool{}, By: make([]int, d.N)}
	for i := range spoken.By {
		spoken.By[i] = -1
	}
	for _, f := range r.found {
		spoken.Heads[f.SourceHead] = true
		for _, c := range f.Content {
			for t := c.Start; t < c.End && f.Mode != news.Indirect; t++ {
				if d.Quote[t] != syntax.Unquoted {
					spoken.By[t] = f.SourceHead
				}
			}
		}
	}
	r.names = mention.Find(d, spoken, datedAt(a))
	r.statements(&out)
	return out, nil
}

// datedAt is the place of an article's dateline, "PORT ALBA, May 3 (AVP) -"; "" where there is none.
func datedAt(a news.Article) string {
	if a.Dateline == nil {
		return ""
	}
	place := a.Dateline.Text
	if i := strings.IndexAny(place, ",(:-–—"); i >= 0 {
		place = place[:i]
	}
	return strings.TrimSpace(place)
}

// spoken are the kinds of segment in which someone may be reported to say something.
var spoken = map[news.Kind]bool{news.Title: true, news.Dek: true, news.Body: true, news.Caption: true}

// readable are the spans of the article's prose, in text order.
func readable(a news.Article) (prose []text.Span) {
	for _, s := range a.Segments {
		if spoken[s.Kind] && a.Range.Contains(s.Span) {
			prose = append(prose, s.Span)
		}
	}
	return prose
}

// functionWords are among the commonest of English and of no other language that news is
// written in.
var functionWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("the of and to that is for with his he at by from has have had it its this are be been were not which who will would their they but said") {
		m[w] = true
	}
	return m
}()

// Language is told by function words: English news has a third of them and no other language
// a tenth. A text of fewer than leastWords is taken for what it is declared to be.
const (
	leastWords     = 25
	leastFunctions = .1
)

// english reports whether the article is in English, as declared and as it looks.
func english(a news.Article, prose []text.Span) bool {
	declared := strings.ToLower(a.Language)
	if declared != "" && declared != "en" && !strings.HasPrefix(declared, "en-") {
		return false
	}
	words, functions := 0, 0
	for _, s := range prose {
		for w := range strings.FieldsSeq(s.Of(a.Text)) {
			if words++; functionWords[strings.ToLower(w)] {
				functions++
			}
		}
		if words > 2000 {
			break
		}
	}
	return words < leastWords || float64(functions) >= leastFunctions*float64(words)
}

// Parse analyses each segment of the article's prose, inside its sentences, and lays the tokens
// one after another. Fitting parses with it too.
func Parse(ctx context.Context, a news.Article, p *nlp.Pipeline, o Options) (d *syntax.Doc, truncated bool, err error) {
	prose := readable(a)
	var tokens []syntax.Token
	var breaks []int
	sentences := a.Sentences
	for _, s := range prose {
		var starts []int
		for len(sentences) > 0 && sentences[0].Start < s.End {
			if s.Contains(sentences[0]) {
				starts = append(starts, sentences[0].Start-s.Start)
			}
			sentences = sentences[1:]
		}
		options := nlp.Options{SentenceStarts: starts}
		if o.MaxTokens > 0 {
			if options.MaxTokens = o.MaxTokens - len(tokens); options.MaxTokens <= 0 {
				return syntax.New(a.Text, tokens, breaks...), true, nil
			}
		}
		doc, err := p.Analyse(ctx, s.Of(a.Text), options)
		if err != nil {
			return nil, false, err
		}
		breaks = append(breaks, s.Start)
		tokens = appendTokens(tokens, doc, s.Start)
		truncated = truncated || doc.Truncated()
	}
	return syntax.New(a.Text, tokens, breaks...), truncated, nil
}

// appendTokens adds the tokens of a parse whose text begins at offset.
func appendTokens(into []syntax.Token, doc *nlp.Doc, offset int) []syntax.Token {
	first := len(into)
	for i := range doc.Len() {
		s := doc.Span(i)
		into = append(into, syntax.Token{
			Span: text.Span{Start: offset + s.Start, End: offset + s.End}, Lemma: doc.Lemma(i), Pos: doc.POS(i), Tag: doc.Tag(i), Dep: doc.Dep(i),
			Head: first + doc.Head(i), Ent: doc.EntityType(i), EntBegin: doc.EntityStart(i), SentStart: doc.SentenceStart(i),
		})
	}
	return into
}
