package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"dateline/export"
	"dateline/news"
	"dateline/web/look"
	"dateline/web/view"
)

// maxNote bounds what one decision says.
const maxNote = 10_000

// decideTime is how long a person waits for the record to be made anew after a decision.
const decideTime = 5 * time.Second

var errNoDesk = Refused{errors.New("nobody can correct the record here")}

// decide keeps what a person decided, waits until the record says so, and goes back.
func (s *site) decide(w http.ResponseWriter, r *http.Request) error {
	if s.Desk == nil {
		return errNoDesk
	}
	d := news.Decision{
		Kind: news.DecisionKind(r.FormValue("kind")), Object: r.FormValue("object"), Other: idIn(r.FormValue("other")),
		Value: strings.TrimSpace(r.FormValue("value")), Anchor: news.Anchor{Exact: strings.TrimSpace(r.FormValue("words"))}, By: s.by(r),
	}
	if len(d.Value) > maxNote || len(d.Anchor.Exact) > maxNote {
		return Refused{errors.New("that is too long; a note may have 10,000 characters")}
	}
	switch d.Kind {
	case news.FixSpeaker, news.FixSaid, news.FixBoundary, news.WriteNote, news.RenameIssue:
		if d.Value == "" {
			return Refused{errors.New("say what it should be")}
		}
	}
	if d.Kind == news.FixSaid {
		if _, err := news.ParseInterval(d.Value); err != nil {
			return Refused{fmt.Errorf("“%s” is no day: write 2031-05-03, 2031-05 or 2031-05-03/2031-05-05", d.Value)}
		}
	}
	if d.Kind == news.MoveArticle && strings.HasPrefix(d.Other, "a") { // where another article stands
		event, _, err := s.Record.EventOf(r.Context(), news.ArticleID(d.Other))
		if err != nil {
			return err
		}
		d.Other = string(event)
	}
	made, err := s.Desk.Decide(r.Context(), d)
	if err != nil {
		return err
	}
	return s.goBack(w, r, made)
}

// idIn is the id in an address of one of our pages that somebody pasted, or what they wrote.
func idIn(pasted string) string {
	pasted = strings.TrimSpace(pasted)
	u, err := url.Parse(pasted)
	switch {
	case err != nil || pasted == "":
		return pasted
	case strings.HasPrefix(u.Fragment, "v"): // an event on the page of its story
		return u.Fragment
	}
	return path.Base(u.Path)
}

func (s *site) undo(w http.ResponseWriter, r *http.Request) error {
	if s.Desk == nil {
		return errNoDesk
	}
	id := news.DecisionID(r.PathValue("id"))
	var undone news.Decision
	for d, err := range s.Desk.Decisions(r.Context(), string(id), true) {
		if err == nil && d.ID == id {
			undone = d
		}
	}
	if err := s.Desk.Undo(r.Context(), id); err != nil {
		return err
	}
	return s.goBack(w, r, undone)
}

// by is whose decision it is.
func (s *site) by(r *http.Request) string {
	if s.Accounts != nil && !s.Accounts.Open(r.Context()) {
		return s.person(r)
	}
	return s.Me
}

// goBack waits until what a decision bears on was made anew, and sends the person back to where
// they were.
func (s *site) goBack(w http.ResponseWriter, r *http.Request, d news.Decision) error {
	if s.Intake != nil && d.Anchor.Article != "" {
		ctx, cancel := context.WithTimeout(r.Context(), decideTime)
		defer cancel()
		a, err := s.Record.Article(ctx, d.Anchor.Article)
		if err == nil {
			_, err = s.Intake.Settled(ctx, a.Article.Revision)
		}
		if err != nil && !errors.Is(err, news.ErrNotFound) && ctx.Err() == nil {
			return err
		}
	}
	back := inside(r.FormValue("back"))
	if strings.HasPrefix(back, "/story/") { // which may have become a part of another
		if _, story, err := s.Record.EventOf(r.Context(), d.Anchor.Article); err == nil {
			back = "/story/" + string(story) + "#regroup"
		}
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}

func (s *site) decisions(w http.ResponseWriter, r *http.Request) error {
	v, err := s.decided(r.Context(), "", "/decisions")
	if err != nil {
		return err
	}
	s.look.Show(w, r, http.StatusOK, "decisions", look.Frame{Title: "Decisions", Section: "status"}, v)
	return nil
}

// decided are the decisions about a thing, the newest first.
func (s *site) decided(ctx context.Context, object, back string) ([]view.Decided, error) {
	all, err := s.allDecided(ctx, object)
	return view.NewDecided(all, nil, back, s.Now()), err
}

// allDecided are the decisions about a thing, all for "", in the order in which they were made.
func (s *site) allDecided(ctx context.Context, object string) ([]news.Decision, error) {
	if s.Desk == nil {
		return nil, nil
	}
	return news.Sound(s.Desk.Decisions(ctx, object, true))
}

// desk is the form by which a statement or a row is corrected; nil where nobody can.
func (s *site) desk(ctx context.Context, d view.Decide) (_ *view.Decide, err error) {
	if s.Desk == nil {
		return nil, nil
	}
	if !d.IsRow {
		d.Gold = "/gold/" + d.Object
	}
	d.Standing, err = s.decided(ctx, d.Object, d.Back)
	return &d, err
}

// gold is a statement as a case of the notation in which the product's own tests are written, for
// whoever mends the rules.
func (s *site) gold(w http.ResponseWriter, r *http.Request) error {
	id := news.StatementID(r.PathValue("id"))
	statement, a, err := s.Record.Statement(r.Context(), id)
	if err != nil {
		return err
	}
	var decisions []news.Decision
	if s.Desk != nil {
		for d, err := range s.Desk.Decisions(r.Context(), string(id), false) {
			if err == nil {
				decisions = append(decisions, d)
			}
		}
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+string(id)+`.gold"`)
	_, _ = w.Write([]byte(export.GoldCase(a, statement, decisions)))
	return nil
}
