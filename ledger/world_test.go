package ledger_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"dateline/annotate"
	"dateline/annotate/frame"
	"dateline/demo"
	"dateline/news"
	"dateline/nlp"
	"dateline/text"
)

// A world is a part of the demo as an editor read it: the hand-made statements as annotations,
// with the frames that our own parser gives them. So what the ledger makes of them shows the
// ledger alone, without the errors of reading.
type world struct {
	*demo.Story
	articles []news.Annotation
	stories  []news.Story
	refs     map[news.StatementID]string // "01/1#3"
	ids      map[string]news.StatementID
}

var english = sync.OnceValues(func() (*nlp.Pipeline, error) { return nlp.Load(nlp.Config{}) })

func readWorld(t testing.TB, name string) *world {
	t.Helper()
	story, err := demo.Answers(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := english()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Story: story, refs: map[news.StatementID]string{}, ids: map[string]news.StatementID{}}
	for _, r := range story.Readings {
		names := map[string]demo.Entity{}
		for _, e := range r.Entities {
			names[e.ID] = e
		}
		for i := range r.Articles {
			a, err := w.annotation(p, r, &r.Articles[i], names)
			if err != nil {
				t.Fatal(err)
			}
			w.articles = append(w.articles, a)
		}
	}
	copies := map[news.ArticleID]news.ArticleID{}
	for _, c := range story.Ledger.Copies {
		copies[articleID(c.Page)] = articleID(c.Of)
	}
	events := map[string]news.Event{}
	for _, v := range story.Ledger.Events {
		e := news.Event{ID: news.EventID(v.ID), Title: v.Title}
		e.Date, _ = news.ParseInterval(v.Date)
		for _, a := range v.Articles {
			e.Articles = append(e.Articles, articleID(a))
			if of, copied := copies[articleID(a)]; copied {
				e.Copies = append(e.Copies, news.Copy{Article: articleID(a), Of: of})
			}
		}
		events[v.ID] = e
	}
	placed := map[news.ArticleID]bool{}
	for _, y := range story.Ledger.Stories {
		s := news.Story{ID: news.StoryID(y.ID), Name: y.Name}
		for _, v := range y.Events {
			s.Events = append(s.Events, events[v])
			for _, a := range events[v].Articles {
				placed[a] = true
			}
		}
		w.stories = append(w.stories, s)
	}
	// A column reports nothing new and belongs to no event; here it stands alone in its story.
	for _, a := range w.articles {
		if !placed[a.Article.ID] {
			w.stories[0].Events = append(w.stories[0].Events, news.Event{ID: "v" + news.EventID(a.Article.ID), Articles: []news.ArticleID{a.Article.ID}})
		}
	}
	return w
}

func articleID(ref string) news.ArticleID { return news.ArticleID("a" + ref) }

func spans(list []demo.Span) []text.Span {
	var out []text.Span
	for _, s := range list {
		out = append(out, text.Span(s))
	}
	return out
}

// edtf reads a date of the answers. Their clock times have no seconds, and those of sayings no
// zone: of these the day is kept.
func edtf(s string) (news.Interval, error) {
	s = minutes.ReplaceAllString(s, "${1}:00${2}")
	return news.ParseInterval(bare.ReplaceAllString(s, "$1"))
}

var (
	minutes = regexp.MustCompile(`(T\d\d:\d\d)(Z|[+-]\d\d:\d\d)`)
	bare    = regexp.MustCompile(`(\d{4}-\d\d-\d\d)T(?:[\d:]+|[A-Z]+)(/|$)`)
)

func (w *world) annotation(p *nlp.Pipeline, r demo.Reading, a *demo.Article, names map[string]demo.Entity) (news.Annotation, error) {
	ref := fmt.Sprintf("%s/%d", r.Page.ID, a.Number)
	article := news.Article{
		ID: articleID(ref), Page: news.PageID(r.Page.ID), Name: r.Page.File, Index: a.Number - 1, Text: a.Text, Range: text.Span{End: len(a.Text)},
		Outlet: news.Outlet{Name: a.Metadata.Outlet}, Carrier: a.Metadata.Carrier, Language: "en", Authors: a.Metadata.Authors, Sentences: spans(a.Sentences),
	}
	var err error
	if article.Published.When, err = edtf(a.Metadata.Published); err != nil {
		return news.Annotation{}, fmt.Errorf("%s: published: %w", ref, err)
	}
	for _, s := range a.Segments {
		article.Segments = append(article.Segments, news.Segment{Span: text.Span(s.Span), Kind: news.Kind(s.Kind)})
		if s.Kind == "title" && article.Title == nil {
			article.Title = news.NewExcerpt(a.Text, text.Span(s.Span))
		}
	}
	out := news.Annotation{Article: article, Analysed: true}
	speaker := func(id string) news.Speaker {
		if id == "" {
			return news.Speaker{}
		}
		e := names[id]
		if e.Name == "" {
			e.Name = id
		}
		return news.Speaker{Entity: news.EntityID(id), Name: e.Name, Anonymous: e.Anonymous, Reason: news.Reason{Rule: "editor"}}
	}
	mentions := map[string][]news.Mention{}
	for _, m := range a.Mentions {
		mentions[m.Entity] = append(mentions[m.Entity], news.Mention{Span: text.Span(m.Span), Kind: news.ByName})
	}
	for _, e := range r.Entities {
		out.Entities = append(out.Entities, news.Entity{ID: news.EntityID(e.ID), Name: e.Name, Type: news.EntityType(e.Type), Anonymous: e.Anonymous, Mentions: mentions[e.ID]})
	}
	for _, x := range a.Times {
		out.Times = append(out.Times, news.TimeExpression{Span: text.Span(x.Span), Type: news.TimeType(x.Type), Value: x.Value, Anchor: x.Anchor})
	}
	d, _, err := annotate.Parse(context.Background(), article, p, annotate.Options{})
	if err != nil {
		return out, err
	}
	entity := func(head int) news.EntityID {
		for _, m := range a.Mentions {
			if text.Span(m.Span).Contains(d.Span[head]) && m.Span.End == d.Span[head].End {
				return news.EntityID(m.Entity)
			}
		}
		return ""
	}
	number := map[int]news.StatementID{}
	for _, s := range a.Statements {
		number[s.Number] = news.StatementID(fmt.Sprintf("s%s#%02d", ref, s.Number))
	}
	for _, s := range a.Statements {
		n := news.Statement{
			ID: number[s.Number], Article: article.ID, Content: spans(s.Content), Cue: spans(s.Cue), Mode: news.Mode(s.Mode), Act: news.Act(s.Act),
			Speaker: speaker(s.Speaker), Venue: s.Venue, Within: number[s.Within], Hedge: s.Hedge, Issues: s.Issues, Polarity: news.Positive, Confidence: 1,
		}
		if n.Act == "" {
			n.Act = news.Speech
		}
		if s.Negative {
			n.Polarity = news.Negative
		}
		if len(s.Source) > 0 {
			n.Source = text.Span(s.Source[0])
		}
		if len(s.Addressee) > 0 {
			n.Addressee.Span = text.Span(s.Addressee[0])
		}
		n.Addressee.Entity = news.EntityID(strings.Split(s.To, ",")[0])
		if n.Said.When, err = edtf(s.Said); err != nil {
			return out, fmt.Errorf("%s#%d: said: %w", ref, s.Number, err)
		}
		n.Said.Reason = news.Reason{Rule: "editor"}
		for _, relay := range s.Relayed {
			n.RelayedBy = append(n.RelayedBy, news.EntityID(relay))
		}
		n.Frame = frame.Of(d, d.Tokens(n.Content), out.Times, entity)
		out.Statements = append(out.Statements, n)
		w.refs[n.ID] = fmt.Sprintf("%s#%d", ref, s.Number)
		w.ids[w.refs[n.ID]] = n.ID
	}
	return out, nil
}

// of are the articles of a story.
func (w *world) of(y news.Story) []news.Annotation {
	in := map[news.ArticleID]bool{}
	for _, v := range y.Events {
		for _, a := range v.Articles {
			in[a] = true
		}
	}
	var out []news.Annotation
	for _, a := range w.articles {
		if in[a.Article.ID] {
			out = append(out, a)
		}
	}
	return out
}
