package web

import (
	"errors"
	"net/http"
	"strings"

	"dateline/news"
	"dateline/search"
	"dateline/web/look"
	"dateline/web/view"
)

// perSearch is how many hits a page has; maxAsked bounds what may be asked.
const (
	perSearch = 20
	maxAsked  = 1 << 16
)

func (s *site) search(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	asked := strings.TrimSpace(q.Get("q"))
	if len(asked) > maxAsked {
		return Refused{errors.New("that is too long a query; “check a quotation” takes longer texts")}
	}
	v := view.Search{Asked: asked, Only: q.Get("only")}
	if asked != "" {
		query := asked
		if t := look.Asked(r); t != "" {
			query += " as-of:" + t
		}
		found, err := s.Record.Search(r.Context(), query, search.Page{Limit: perSearch, Cursor: q.Get("from"), Only: search.Sort(v.Only), Facets: true})
		if err != nil {
			return err
		}
		var in []news.ArticleID
		for _, h := range found.Hits {
			in = append(in, h.Article)
		}
		known, err := s.Record.Who(r.Context(), in, look.AsOf(r))
		if err != nil {
			return err
		}
		v.Fill(found, known, look.LinksOf(r), s.at(r))
	}
	s.look.Show(w, r, http.StatusOK, "search", look.Frame{Title: titled("Search", asked), Section: "search"}, v)
	return nil
}

func (s *site) check(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := view.Check{Quote: strings.TrimSpace(q.Get("q")), Speaker: strings.TrimSpace(q.Get("speaker")), Can: s.Checker != nil}
	if len(v.Quote) > maxAsked {
		return Refused{errors.New("that is too long for one quotation")}
	}
	if v.Quote != "" && v.Can {
		verdict, err := s.Checker.Check(r.Context(), v.Quote, v.Speaker)
		if err != nil {
			return err
		}
		var in []news.ArticleID
		for _, p := range verdict.Places {
			in = append(in, p.Article)
		}
		if verdict.Nearest != nil {
			in = append(in, verdict.Nearest.Article)
		}
		known, err := s.Record.Who(r.Context(), in, look.AsOf(r))
		if err != nil {
			return err
		}
		v.Fill(verdict, known, look.LinksOf(r), s.at(r))
	}
	s.look.Show(w, r, http.StatusOK, "check", look.Frame{Title: titled("Check a quotation", v.Quote), Section: "check"}, v)
	return nil
}

// titled is the title of a page on which something was asked.
func titled(page, asked string) string {
	if asked == "" {
		return page
	}
	return page + ": " + view.Clip(strings.Join(strings.Fields(asked), " "), 60)
}
