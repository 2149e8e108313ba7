package story

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dateline/news"
	"dateline/web/view"
)

// A Filter narrows a ledger.
type Filter struct {
	Kind   string
	Actor  string // words of the name
	Outlet string
	Issue  string
	Words  string
	Page   int  // from 1
	All    bool // the rest of the page shows everything, too
}

// rowsPerPage is about four screens.
const rowsPerPage = 50

// A Ledger is a page of rows.
type Ledger struct {
	Filter         Filter
	Rows           []view.Row
	Found, All     int
	Kinds          []view.Choice
	Actors         []view.Choice
	Outlets        []view.Choice
	Issues         []view.Choice
	Earlier, Later string // addresses of the pages before and after; "" where there is none
	From, To       int
}

func (m *maker) lines(f Filter) Ledger {
	v := Ledger{Filter: f, All: len(m.newest)}
	found := m.newest
	if f != (Filter{Page: f.Page, All: f.All}) {
		found = nil
		for _, e := range m.newest {
			if (f.Kind == "" || f.Kind == string(e.Kind)) && (f.Actor == "" || hasWords(e.Actor.Name, f.Actor)) &&
				(f.Outlet == "" || m.toldBy(e, f.Outlet)) && (f.Issue == "" || f.Issue == e.Issue.Name) && (f.Words == "" || hasWords(e.Text, f.Words)) {
				found = append(found, e)
			}
		}
	}
	v.Found = len(found)
	page := min(max(1, f.Page), max(1, (len(found)+rowsPerPage-1)/rowsPerPage))
	from, to := (page-1)*rowsPerPage, min(len(found), page*rowsPerPage)
	for _, e := range found[from:to] {
		v.Rows = append(v.Rows, m.Row(e))
	}
	v.From, v.To = min(from+1, to), to
	at := func(page int) string {
		return m.To("/story/"+string(m.Dossier.Story.ID), "kind", f.Kind, "actor", f.Actor, "outlet", f.Outlet, "issue", f.Issue, "words", f.Words, "page", strconv.Itoa(page)) + "#ledger"
	}
	if page > 1 {
		v.Earlier = at(page - 1)
	}
	if to < len(found) {
		v.Later = at(page + 1)
	}
	v.Kinds = m.kinds.Choices(f.Kind, func(k string) string { return cmp.Or(view.KindWords[news.EntryKind(k)], k) })
	v.Actors, v.Outlets, v.Issues = m.actors.Choices(f.Actor, nil), m.outlets.Choices(f.Outlet, nil), m.issues.Choices(f.Issue, nil)
	return v
}

// toldBy reports whether an outlet tells a row.
func (m *maker) toldBy(e *news.Entry, outlet string) bool {
	return slices.ContainsFunc(e.Quotes, func(q news.Quote) bool { return m.Dossier.Heads[q.Article].Outlet == outlet })
}

func hasWords(t, words string) bool {
	folded := " " + news.Fold(t) + " "
	for _, w := range strings.Fields(news.Fold(words)) {
		if !strings.Contains(folded, " "+w) {
			return false
		}
	}
	return true
}
