package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"dateline/export"
	"dateline/ledger"
	"dateline/news"
	"dateline/web/look"
	"dateline/web/view"
	"dateline/web/view/article"
	"dateline/web/view/story"
)

// perPage is how many stories the first page lists.
const perPage = 20

func (s *site) today(w http.ResponseWriter, r *http.Request) error {
	ctx, links, now := r.Context(), look.LinksOf(r), s.at(r)
	page := pageOf(r)
	ids, err := s.Record.Recent(ctx, look.AsOf(r), (page-1)*perPage, perPage+1)
	if err != nil {
		return err
	}
	since := s.visit(w, r)
	v := story.Today{First: page == 1, Since: view.NewInstant(since, now)}
	if len(ids) > perPage {
		ids = ids[:perPage]
		v.Next = links.To("/", "page", strconv.Itoa(page+1))
	}
	for _, id := range ids {
		d, err := s.dossier(ctx, id, look.AsOf(r))
		switch {
		case errors.Is(err, news.ErrNotFound): // it has gone since, or was not there yet
			continue
		case errors.Is(err, news.ErrDamaged):
			v.Damaged = append(v.Damaged, err.Error())
			continue
		case err != nil:
			return err
		}
		v.Stories = append(v.Stories, story.NewGlance(d.laidOut(now), since, links, now))
	}
	s.look.Show(w, r, http.StatusOK, "today", look.Frame{Title: "Today", Section: "today"}, v)
	return nil
}

// at is the time that a page reckons with: that of as-of, else now.
func (s *site) at(r *http.Request) time.Time {
	if t := look.AsOf(r); !t.IsZero() {
		return t
	}
	return s.Now()
}

func pageOf(r *http.Request) int {
	n, _ := strconv.Atoi(r.URL.Query().Get("page"))
	return min(max(1, n), 1000)
}

// visitCookie holds two times: when the visit before this one ended, and when this one was last
// seen. A visit ends when nothing was asked for half an hour.
const (
	visitCookie = "dateline-visit"
	visitEnds   = 30 * time.Minute
)

// visit is when the reader was last here; the zero time where never, or where cookies are off.
func (s *site) visit(w http.ResponseWriter, r *http.Request) time.Time {
	now := s.Now().UTC()
	var before, last int64
	if c, err := r.Cookie(visitCookie); err == nil {
		_, _ = fmt.Sscanf(c.Value, "%d.%d", &before, &last) // another's cookie of this name says nothing
	}
	if last > 0 && now.Sub(time.Unix(last, 0)) > visitEnds {
		before = last
	}
	http.SetCookie(w, &http.Cookie{Name: visitCookie, Value: fmt.Sprintf("%d.%d", before, now.Unix()), Path: "/", HttpOnly: true,
		SameSite: http.SameSiteStrictMode, MaxAge: 400 * 24 * 3600, Secure: r.TLS != nil})
	if before <= 0 {
		return time.Time{}
	}
	return time.Unix(before, 0).UTC()
}

func (s *site) story(w http.ResponseWriter, r *http.Request) error {
	d, err := s.dossier(r.Context(), news.StoryID(r.PathValue("id")), look.AsOf(r))
	if err != nil {
		return err
	}
	q := r.URL.Query()
	f := story.Filter{Kind: q.Get("kind"), Actor: q.Get("actor"), Outlet: q.Get("outlet"), Issue: q.Get("issue"), Words: q.Get("words"), Page: pageOf(r), All: q.Get("all") != ""}
	v := story.New(d.laidOut(s.at(r)), f, look.LinksOf(r), s.at(r))
	if _, served := s.Mount["/v1/"]; served {
		v.Data = view.Link{Text: "the ledger as JSON", URL: "/v1/stories/" + v.ID + "/ledger"}
		if t := look.Asked(r); t != "" {
			v.Data.URL += "?as_of=" + url.QueryEscape(t)
		}
	}
	if v.Texts = d.known(textsKey(r, s.at(r))); v.Texts == nil && v.Articles <= briefArticles {
		if v.Texts, err = s.texts(r, d); err != nil {
			return err
		}
	}
	near, err := s.alike(r.Context(), d, look.AsOf(r))
	if err != nil {
		return err
	}
	v.SetAlike(near, look.LinksOf(r))
	if s.Desk != nil && look.AsOf(r).IsZero() {
		all, err := s.allDecided(r.Context(), "")
		if err != nil {
			return err
		}
		v.Desk = story.NewDesk(d.dossier, near, story.Grouped(d.dossier, all), look.LinksOf(r), s.Now())
	}
	s.look.Show(w, r, http.StatusOK, "story", look.Frame{Title: v.Name, Section: "today"}, v)
	return nil
}

// calendar is the dates that a story's people bound themselves to, as an iCalendar.
func (s *site) calendar(w http.ResponseWriter, r *http.Request) error {
	d, err := s.dossier(r.Context(), news.StoryID(r.PathValue("id")), look.AsOf(r))
	if err != nil {
		return err
	}
	var list []export.Appointment
	for _, e := range d.dossier.Entries {
		if e = ledger.AsOf(e, s.at(r)); e.Undertaking != nil && !e.Undertaking.Due.IsZero() {
			u := e.Undertaking
			list = append(list, export.Appointment{ID: e.ID, What: cmp.Or(u.What, e.Text), By: e.Actor.Name, Due: u.Due, Why: u.DueReason.Plain(), Status: u.Status, Recorded: e.Recorded})
		}
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+r.PathValue("id")+`.ics"`)
	_, err = io.WriteString(w, export.Calendar(list))
	return err
}

// A brief reads every article of the story, some three milliseconds each. A story of more than
// briefArticles shows its page first and asks for the brief apart. No brief is made from more than
// mostBriefed, the newest.
const (
	briefArticles = 8
	mostBriefed   = 400
)

// textsKey is what a brief depends on beside the story.
func textsKey(r *http.Request, now time.Time) string {
	return now.UTC().Format(time.DateOnly) + look.Asked(r)
}

// known is a brief that was made before; nil where there is none.
func (d *remembered) known(key string) *story.Texts {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.texts[key]
}

// texts is a story in its articles' own sentences.
func (s *site) texts(r *http.Request, of *remembered) (*story.Texts, error) {
	d, key := of.dossier, textsKey(r, s.at(r))
	if v := of.known(key); v != nil {
		return v, nil
	}
	var ids []news.ArticleID
	for _, v := range d.Story.Events {
		ids = append(ids, v.Articles...)
	}
	published := make(map[news.ArticleID]string, len(ids))
	for _, id := range ids {
		published[id] = d.Heads[id].Published.String()
	}
	slices.SortStableFunc(ids, func(a, b news.ArticleID) int { return cmp.Compare(published[b], published[a]) })
	articles, _, err := s.Record.Annotations(r.Context(), ids[:min(len(ids), mostBriefed)])
	if err != nil {
		return nil, err
	}
	v := story.NewTexts(of.laidOut(s.at(r)), articles, time.Time{}, look.LinksOf(r), s.at(r))
	of.mu.Lock()
	of.texts[key] = v
	of.mu.Unlock()
	return v, nil
}

func (s *site) brief(w http.ResponseWriter, r *http.Request) error {
	d, err := s.dossier(r.Context(), news.StoryID(r.PathValue("id")), look.AsOf(r))
	if err != nil {
		return err
	}
	v, err := s.texts(r, d)
	if err != nil {
		return err
	}
	s.look.Show(w, r, http.StatusOK, "brief", look.Frame{Title: "In brief: " + v.Story.Text, Section: "today"}, v)
	return nil
}

func (s *site) article(w http.ResponseWriter, r *http.Request) error {
	ctx, links := r.Context(), look.LinksOf(r)
	a, err := s.Record.Article(ctx, news.ArticleID(r.PathValue("id")))
	if err != nil {
		return err
	}
	decided, err := s.allDecided(ctx, string(a.Article.ID))
	if err != nil {
		return err
	}
	known, err := s.Record.Who(ctx, []news.ArticleID{a.Article.ID}, look.AsOf(r))
	if err != nil {
		return err
	}
	v := article.New(a, known, view.Holding(decided, look.AsOf(r)), links, s.Now())
	corrections, err := s.Record.CorrectionsOf(ctx, a.Article.ID)
	if err != nil {
		return err
	}
	v.Later = links.Later(a.Article.ID, corrections)
	revisions, err := s.Record.RevisionsOf(ctx, a.Article.Page)
	if err != nil {
		return err
	}
	v.SetRevisions(a.Article, revisions, links, s.Now())
	y, err := s.storyOf(ctx, a.Article.ID, look.AsOf(r))
	if err != nil {
		return err
	}
	v.Story = storyLink(y, links)
	if s.Desk != nil && look.AsOf(r).IsZero() {
		names := map[string]string{string(a.Article.ID): v.Title}
		for _, e := range y.Events {
			names[string(e.ID)] = view.TitleOf(e)
		}
		v.Desk = article.NewDesk(a.Article.ID, y, view.NewDecided(decided, names, v.URL, s.Now()), links)
	}
	reading, err := s.Record.Reading(ctx, a.Article.Revision)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	for _, other := range reading.Annotations {
		if o := other.Article; o.ID != a.Article.ID && o.Title != nil {
			v.Siblings = append(v.Siblings, view.Link{Text: o.Title.Text, URL: links.Article(o.ID)})
		}
	}
	s.look.Show(w, r, http.StatusOK, "article", look.Frame{Title: v.Title, Section: "today"}, v)
	return nil
}

// storyOf is the story that an article stands in; zero where it stands in none.
func (s *site) storyOf(ctx context.Context, id news.ArticleID, asOf time.Time) (news.Story, error) {
	_, story, err := s.Record.EventOf(ctx, id)
	if errors.Is(err, news.ErrNotFound) {
		return news.Story{}, nil
	}
	if err != nil {
		return news.Story{}, err
	}
	return s.storyOrNone(ctx, story, asOf)
}

// storyOrNone is a story; zero where there is none of that id.
func (s *site) storyOrNone(ctx context.Context, id news.StoryID, asOf time.Time) (news.Story, error) {
	y, err := s.Record.Story(ctx, id, asOf)
	if errors.Is(err, news.ErrNotFound) {
		return news.Story{}, nil
	}
	return y, err
}

func storyLink(y news.Story, links view.Links) view.Link {
	if y.ID == "" {
		return view.Link{}
	}
	return view.Link{Text: y.Name, URL: links.Story(y.ID)}
}

func (s *site) why(w http.ResponseWriter, r *http.Request) error {
	ctx, links, id := r.Context(), look.LinksOf(r), r.PathValue("id")
	trace, err := s.Record.Why(ctx, id)
	if err != nil {
		return err
	}
	entry, evidence := trace.Entry, trace.Evidence
	var made []news.Entry
	var of news.Story
	var articles []news.ArticleID
	if entry != nil {
		for _, id := range entry.Of {
			e, err := s.Record.Entry(ctx, id)
			if errors.Is(err, news.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			made = append(made, e)
		}
		for _, e := range append(made, *entry) {
			for _, q := range e.Quotes {
				articles = append(articles, q.Article)
			}
		}
		if of, err = s.storyOrNone(ctx, entry.Story, look.AsOf(r)); err != nil {
			return err
		}
	} else if len(evidence) > 0 {
		if of, err = s.storyOf(ctx, evidence[0].Article.ID, look.AsOf(r)); err != nil {
			return err
		}
	}
	heads, err := s.Record.Heads(ctx, articles)
	if err != nil && !errors.Is(err, news.ErrDamaged) {
		return err
	}
	texts := map[news.ArticleID]string{}
	for i, e := range evidence {
		if i == article.MostProofs {
			break
		}
		if _, known := texts[e.Article.ID]; known || e.Statement == nil {
			continue
		}
		a, err := s.Record.Article(ctx, e.Article.ID)
		if err != nil && !errors.Is(err, news.ErrNotFound) {
			return err
		}
		texts[e.Article.ID] = a.Article.Text
	}
	v := article.NewWhy(id, entry, made, evidence, texts, heads, storyLink(of, links), links, s.Now())
	if entry == nil && len(evidence) == 1 && evidence[0].Statement != nil {
		if err := s.addCarried(ctx, &v, evidence[0], r); err != nil {
			return err
		}
	}
	if err := s.addDesks(ctx, &v, entry, evidence, texts, r.URL.Path); err != nil {
		return err
	}
	s.look.Show(w, r, http.StatusOK, "why", look.Frame{Title: titled("Why", v.About())}, v)
	return nil
}

// addCarried puts the rows that rest on a statement beside it.
func (s *site) addCarried(ctx context.Context, v *article.Why, e news.Evidence, r *http.Request) error {
	_, story, err := s.Record.EventOf(ctx, e.Article.ID)
	if err == nil {
		var d *remembered
		if d, err = s.dossier(ctx, story, look.AsOf(r)); err == nil {
			v.Carries(d.dossier, e.Statement.ID, look.LinksOf(r), s.at(r))
		}
	}
	if errors.Is(err, news.ErrNotFound) {
		return nil
	}
	return err
}

// addDesks puts the forms by which a row and what it rests on are corrected beside them.
func (s *site) addDesks(ctx context.Context, v *article.Why, entry *news.Entry, evidence []news.Evidence, texts map[news.ArticleID]string, here string) (err error) {
	if entry != nil {
		if v.Decide, err = s.desk(ctx, view.Decide{Object: string(entry.ID), Back: here, IsRow: true}); err != nil {
			return err
		}
	}
	for i := range v.Evidence {
		if st := evidence[i].Statement; st != nil {
			if v.Evidence[i].Decide, err = s.desk(ctx, view.Decide{Object: string(st.ID), Back: here, Speaker: st.Speaker.Name, Said: st.Said.When.String(), Words: view.Parts(*st, texts[evidence[i].Article.ID])}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *site) bytes(w http.ResponseWriter, r *http.Request) error {
	rev, page, err := s.revision(r)
	if err != nil {
		return err
	}
	from, err1 := strconv.Atoi(r.URL.Query().Get("from"))
	to, err2 := strconv.Atoi(r.URL.Query().Get("to"))
	if err1 != nil || err2 != nil {
		return Refused{errors.New("say from which byte to which: from=0&to=100")}
	}
	read, err := s.Record.Reading(r.Context(), rev.ID)
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	v := article.NewBytes(rev, page, read, from, to, look.LinksOf(r), s.Now())
	s.look.Show(w, r, http.StatusOK, "bytes", look.Frame{Title: fmt.Sprintf("Bytes %d to %d of %s", v.From, v.To, v.Name())}, v)
	return nil
}

// raw are the bytes of a page as they are stored, as text that no browser takes for a page.
func (s *site) raw(w http.ResponseWriter, r *http.Request) error {
	_, page, err := s.revision(r)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset="+rawCharset(page))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
	h.Set("Content-Disposition", `inline; filename="`+r.PathValue("id")+`.txt"`)
	_, _ = w.Write(page.Body)
	return nil
}

// rawCharset is the page's own, where it is a plain name, so that a browser shows it right.
func rawCharset(p news.Page) string {
	for _, c := range p.Charset {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return "utf-8"
		}
	}
	if p.Charset == "" {
		return "utf-8"
	}
	return p.Charset
}

// revision is the revision that a path names, with its page.
func (s *site) revision(r *http.Request) (news.Revision, news.Page, error) {
	id := news.RevisionID(r.PathValue("id"))
	page, err := s.Record.Page(r.Context(), id)
	if err != nil {
		return news.Revision{}, page, err
	}
	all, err := s.Record.RevisionsOf(r.Context(), page.ID())
	for _, rev := range all {
		if rev.ID == id {
			return rev, page, nil
		}
	}
	return news.Revision{}, page, errors.Join(err, fmt.Errorf("revision %s: %w", id, news.ErrNotFound))
}

func (s *site) help(w http.ResponseWriter, r *http.Request) error {
	s.look.Show(w, r, http.StatusOK, "help", look.Frame{Title: "Help"}, nil)
	return nil
}
