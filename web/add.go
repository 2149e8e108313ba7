package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"dateline/news"
	"dateline/web/look"
	"dateline/web/view"
)

// settleTime is how long a person waits for what they added to be read before the page says that it
// is under way.
const settleTime = 8 * time.Second

// maxAdded bounds how many files one form may bring.
const maxAdded = 50

var errNoIntake = Refused{errors.New("nothing can be added here: the record is open for reading only")}

func (s *site) add(w http.ResponseWriter, r *http.Request) error {
	s.showAdd(w, r, http.StatusOK, "")
	return nil
}

func (s *site) showAdd(w http.ResponseWriter, r *http.Request, status int, trouble string) {
	v := view.Add{Trouble: trouble, CanFetch: s.Fetcher != nil}
	if s.Intake == nil {
		v.Trouble = errNoIntake.Error()
	}
	s.look.Show(w, r, status, "add", look.Frame{Title: "Add", Section: "add"}, v)
}

// addPages takes what a form brings: files, a text or an address. What was stored is shown under an
// address of its own, so that going back and forth adds nothing twice.
func (s *site) addPages(w http.ResponseWriter, r *http.Request) error {
	if s.Intake == nil {
		return errNoIntake
	}
	pages, err := s.given(r)
	var bad Refused
	if errors.As(err, &bad) {
		s.showAdd(w, r, http.StatusBadRequest, bad.Error())
		return nil
	}
	if err != nil {
		return err
	}
	q := url.Values{}
	var refused []string
	for _, p := range pages {
		added, err := s.Intake.Add(r.Context(), p)
		if err != nil {
			if r.Context().Err() != nil {
				return err
			}
			refused = append(refused, fmt.Sprintf("%s: %v", p.Name, err))
			continue
		}
		q.Add("revision", string(added.Revision))
		if added.State == news.KnownPage {
			q.Add("known", string(added.Revision))
		}
	}
	if len(q) == 0 {
		s.showAdd(w, r, http.StatusUnprocessableEntity, strings.Join(refused, " "))
		return nil
	}
	for _, reason := range refused {
		q.Add("refused", reason)
	}
	http.Redirect(w, r, "/added?"+q.Encode(), http.StatusSeeOther)
	return nil
}

// given are the pages that a form brings.
func (s *site) given(r *http.Request) ([]news.Page, error) {
	if err := r.ParseMultipartForm(8 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return nil, err
	}
	if r.MultipartForm != nil {
		defer func() { _ = r.MultipartForm.RemoveAll() }() // temporary files, that the system clears too
	}
	address := strings.TrimSpace(r.FormValue("url"))
	if address != "" {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, Refused{fmt.Errorf("“%s” is no web address; it begins with https://", address)}
		}
	}
	if fetch := strings.TrimSpace(r.FormValue("address")); fetch != "" {
		if s.Fetcher == nil {
			return nil, Refused{errors.New("this service does not fetch pages; save the page and add the file")}
		}
		p, err := s.Fetcher.Fetch(r.Context(), fetch)
		if err != nil {
			return nil, Refused{fmt.Errorf("%s could not be fetched: %w", fetch, err)}
		}
		return []news.Page{p}, nil
	}
	if t := r.FormValue("text"); t != "" {
		p := news.Page{Name: "text added by hand", URL: address, MediaType: "text/plain", Charset: "utf-8", Outlet: strings.TrimSpace(r.FormValue("outlet")),
			Body: []byte(strings.ReplaceAll(t, "\r\n", "\n"))}
		if day := r.FormValue("fetched"); day != "" {
			m, err := news.ParseMoment(day)
			if err != nil || m.Day == 0 {
				return nil, Refused{fmt.Errorf("“%s” is no day", day)}
			}
			p.Fetched = m.First()
		}
		return []news.Page{p}, nil
	}
	var pages []news.Page
	if r.MultipartForm != nil {
		files := r.MultipartForm.File["file"]
		if len(files) > maxAdded {
			return nil, Refused{fmt.Errorf("one form may bring up to %d files; “dateline add” takes whole folders", maxAdded)}
		}
		if address != "" && len(files) > 1 {
			return nil, Refused{errors.New("an address names one page: give one file with it")}
		}
		for _, f := range files {
			if f.Filename == "" || f.Size == 0 {
				continue
			}
			in, err := f.Open()
			if err != nil {
				return nil, err
			}
			body, err := io.ReadAll(in)
			_ = in.Close() // it was read to its end
			if err != nil {
				return nil, err
			}
			pages = append(pages, news.Page{Name: path.Base(strings.ReplaceAll(f.Filename, `\`, "/")), URL: address, MediaType: mediaType(f.Filename), Body: body})
		}
	}
	if len(pages) == 0 {
		return nil, Refused{errors.New("choose a file, or paste a text")}
	}
	return pages, nil
}

// mediaType is what a file's name says it is; "" where it says nothing.
func mediaType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return "text/html"
	case ".txt":
		return "text/plain"
	}
	return ""
}

func (s *site) added(w http.ResponseWriter, r *http.Request) error {
	if s.Intake == nil {
		return errNoIntake
	}
	ctx, cancel := context.WithTimeout(r.Context(), settleTime)
	defer cancel()
	q, links := r.URL.Query(), look.LinksOf(r)
	known := map[string]bool{}
	for _, id := range q["known"] {
		known[id] = true
	}
	var v view.Added
	for i, id := range q["revision"] {
		if i == maxAdded {
			break
		}
		p, err := s.Record.Page(r.Context(), news.RevisionID(id))
		if err != nil {
			return err
		}
		taken, err := s.Intake.Settled(ctx, news.RevisionID(id))
		if err != nil {
			return err
		}
		heads, err := s.Record.Heads(r.Context(), taken.Articles)
		if err != nil && !errors.Is(err, news.ErrDamaged) {
			return err
		}
		v.Pages = append(v.Pages, view.NewAddedPage(p.Name, id, known[id], taken, heads, links, s.Now()))
	}
	for _, reason := range q["refused"] {
		name, why, _ := strings.Cut(reason, ": ")
		v.Pages = append(v.Pages, view.AddedPage{Name: name, Trouble: why})
	}
	s.look.Show(w, r, http.StatusOK, "added", look.Frame{Title: "Added", Section: "add"}, v)
	return nil
}

func (s *site) sources(w http.ResponseWriter, r *http.Request) error {
	return s.showSources(w, r, http.StatusOK, "")
}

func (s *site) showSources(w http.ResponseWriter, r *http.Request, status int, trouble string) error {
	v := view.Sources{Collects: s.Sources != nil, Trouble: trouble}
	if s.Sources != nil {
		feeds, err := s.Sources.AllFeeds(r.Context())
		if err != nil {
			return err
		}
		v.Feeds = view.NewFeeds(feeds, s.Now())
	}
	s.look.Show(w, r, status, "sources", look.Frame{Title: "Sources", Section: "sources"}, v)
	return nil
}

func (s *site) addFeed(w http.ResponseWriter, r *http.Request) error {
	if s.Sources == nil {
		return Refused{errors.New("this service does not collect from feeds")}
	}
	if err := s.Sources.Follow(r.Context(), strings.TrimSpace(r.FormValue("address")), strings.TrimSpace(r.FormValue("outlet"))); err != nil {
		return s.showSources(w, r, http.StatusBadRequest, err.Error())
	}
	http.Redirect(w, r, "/sources", http.StatusSeeOther)
	return nil
}

func (s *site) removeFeed(w http.ResponseWriter, r *http.Request) error {
	if s.Sources == nil {
		return Refused{errors.New("this service does not collect from feeds")}
	}
	if err := s.Sources.RemoveFeed(r.Context(), news.FeedID(r.FormValue("id"))); err != nil {
		return err
	}
	http.Redirect(w, r, "/sources", http.StatusSeeOther)
	return nil
}

func (s *site) status(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Record.Status(r.Context())
	if err != nil {
		return err
	}
	v.Version = s.Version
	s.look.Show(w, r, http.StatusOK, "status", look.Frame{Title: "Status", Section: "status"}, v)
	return nil
}
