package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dateline/news"
	"dateline/store/pack"
	"dateline/store/page"
	"dateline/store/reading"
	"dateline/store/sqlite"
	"dateline/text"
)

// evidence is news.Evidence while it is gathered.
type evidence struct {
	news.Evidence
	kept []kept // of a body that was released
}

// Why walks an id down to the bytes: a story or event to its articles, a ledger row to its
// statements, an article or statement to the parts of its revision.
func (s *Store) Why(ctx context.Context, id string) (t news.Trace, err error) {
	kind := byte(0)
	if id != "" {
		kind = id[0]
	}
	switch kind {
	case 'y':
		y, err := s.Story(ctx, news.StoryID(id), time.Time{})
		if err != nil {
			return t, err
		}
		t.Story = &y
		for _, v := range y.Events {
			for _, a := range v.Articles {
				if err := s.articleEvidence(ctx, a, &t); err != nil {
					return t, err
				}
			}
		}
		return t, nil
	case 'v':
		event, y, err := s.event(ctx, news.EventID(id))
		if err != nil {
			return t, err
		}
		for _, v := range y.Events {
			if v.ID == event {
				t.Event = &v
				for _, a := range v.Articles {
					if err := s.articleEvidence(ctx, a, &t); err != nil {
						return t, err
					}
				}
			}
		}
		return t, nil
	case 'l':
		e, err := s.Entry(ctx, news.EntryID(id))
		if err != nil {
			return t, err
		}
		t.Entry = &e
		if e.Removed != "" {
			return t, nil // what it rested on is destroyed; the row says why
		}
		for _, st := range e.Statements {
			if err := s.statementEvidence(ctx, st, &t); err != nil {
				return t, err
			}
		}
		for _, p := range e.Narration() {
			if err := s.passageEvidence(ctx, p, &t); err != nil {
				return t, err
			}
		}
		return t, nil
	case 's':
		return t, s.statementEvidence(ctx, news.StatementID(id), &t)
	case 'a':
		return t, s.articleEvidence(ctx, news.ArticleID(id), &t)
	}
	return t, fmt.Errorf("%q: %w: an id begins with y (story), v (event), l (ledger row), s (statement) or a (article)", id, news.ErrNotFound)
}

const selectStandingEvent = `
	SELECT id, story FROM event WHERE id = ?1 AND replaced IS NULL
	UNION ALL SELECT * FROM (
		SELECT event.id, event.story FROM member AS former JOIN member ON member.article = former.article AND member.replaced IS NULL
			JOIN event ON event.id = member.event AND event.replaced IS NULL
		WHERE former.event = ?1 GROUP BY event.id ORDER BY count(DISTINCT member.article) DESC, event.id LIMIT 1)
	LIMIT 1`

// event is the event of an id with its story or, where it stands no more, the event that has most of
// its articles now.
func (s *Store) event(ctx context.Context, id news.EventID) (standing news.EventID, y news.Story, err error) {
	rows, err := s.db.Query(ctx, selectStandingEvent, string(id))
	story, err := sqlite.One(rows, err, func(r sqlite.Row) (story news.StoryID, err error) { return story, r.Scan(&standing, &story) })
	if err != nil {
		return "", y, fmt.Errorf("event %s: %w", id, err)
	}
	y, err = s.Story(ctx, story, time.Time{})
	return standing, y, err
}

func (s *Store) articleEvidence(ctx context.Context, id news.ArticleID, t *news.Trace) error {
	v, err := s.Version(ctx, id)
	if err != nil {
		return err
	}
	e, body, err := s.evidence(ctx, v)
	if err != nil {
		return err
	}
	a := v.Annotation.Article
	for _, x := range []struct {
		name    string
		excerpt *news.Excerpt
	}{{"title", a.Title}, {"byline", a.Byline}, {"dateline", a.Dateline}} {
		if x.excerpt != nil {
			e.add(v.Document, body, x.name, x.excerpt.Span)
		}
	}
	for _, span := range a.Body() {
		e.add(v.Document, body, "body", span)
	}
	t.Evidence = append(t.Evidence, e.Evidence)
	return nil
}

func (s *Store) statementEvidence(ctx context.Context, id news.StatementID, t *news.Trace) error {
	statement, v, err := s.StatementVersion(ctx, id)
	if err != nil {
		return err
	}
	e, body, err := s.evidence(ctx, v)
	if err != nil {
		return err
	}
	// What a person decided about its words holds here as in the rows that rest on it.
	for d, err := range s.Decisions(ctx, string(v.Annotation.Article.ID), false) {
		if err != nil && !errors.Is(err, news.ErrDamaged) {
			return err
		}
		if at := d.About(v.Annotation); err == nil && d.Kind == news.FixBoundary && at >= 0 && v.Annotation.Statements[at].ID == statement.ID {
			if content, ok := d.Boundary(statement, v.Document.Text); ok {
				statement.Content = content
			}
		}
	}
	e.Statement = &statement
	for _, c := range statement.Content {
		e.add(v.Document, body, "content", c)
	}
	for _, c := range statement.Cue {
		e.add(v.Document, body, "cue", c)
	}
	if !statement.Source.Empty() {
		e.add(v.Document, body, "source", statement.Source)
	}
	t.Evidence = append(t.Evidence, e.Evidence)
	return nil
}

func (s *Store) passageEvidence(ctx context.Context, p news.Passage, t *news.Trace) error {
	v, err := s.Version(ctx, p.Article)
	if err != nil {
		return err
	}
	e, body, err := s.evidence(ctx, v)
	if err != nil {
		return err
	}
	if p.Span.Valid(v.Document.Text) {
		e.add(v.Document, body, "narration", p.Span)
	}
	t.Evidence = append(t.Evidence, e.Evidence)
	return nil
}

func (s *Store) evidence(ctx context.Context, v reading.Version) (e evidence, body []byte, err error) {
	if e.Article, err = v.Head(); err != nil {
		return e, nil, err
	}
	r, err := page.Find(ctx, s.db, v.Annotation.Article.Revision)
	if err != nil {
		return e, nil, err
	}
	e.Reader, e.Page, e.Revision = v.Annotation.Article.Reader, r.Name, r.News()
	body, err = s.BodyOf(ctx, r)
	if r.Kept != nil {
		if err := pack.UnpackValue(r.Kept, &e.kept); err != nil {
			return e, nil, err
		}
	}
	if errors.Is(err, news.ErrReleased) || errors.Is(err, news.ErrRemoved) || errors.Is(err, news.ErrDamaged) || errors.Is(err, news.ErrNotFound) {
		e.Gone, err = err, nil
	}
	return e, body, err
}

func (e *evidence) add(d news.Document, body []byte, name string, span text.Span) {
	p := news.Part{Name: name, Span: span, Text: span.Of(d.Text)}
	if o, ok := d.Alignment.Original(span); ok {
		p.Original = o
		if body != nil && o.End <= len(body) {
			p.Bytes = body[o.Start:o.End]
		}
		for _, k := range e.kept {
			if k.Span == o {
				p.Bytes = k.Bytes
			}
		}
	}
	e.Parts = append(e.Parts, p)
}
