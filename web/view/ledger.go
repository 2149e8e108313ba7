package view

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dateline/news"
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
	Rows           []Row
	Found, All     int
	Kinds          []Choice
	Actors         []Choice
	Outlets        []Choice
	Issues         []Choice
	Earlier, Later string // addresses of the pages before and after; "" where there is none
	From, To       int
}

// A Choice is a value that a filter can take.
type Choice struct {
	Value, Text string
	N           int
	Chosen      bool
}

func (m *maker) lines(f Filter) Ledger {
	v := Ledger{Filter: f, All: len(m.dossier.Entries)}
	kinds, actors, outlets, issues := counts{}, counts{}, counts{}, counts{}
	var found []*news.Entry
	for i := range m.dossier.Entries {
		e := &m.dossier.Entries[i]
		kinds[string(e.Kind)]++
		if e.Actor.Name != "" {
			actors[e.Actor.Name]++
		}
		if e.Issue.Name != "" {
			issues[e.Issue.Name]++
		}
		told := map[string]bool{}
		for _, q := range e.Quotes {
			if o := m.dossier.Heads[q.Article].Outlet; o != "" && !told[o] {
				told[o] = true
				outlets[o]++
			}
		}
		if (f.Kind == "" || f.Kind == string(e.Kind)) && (f.Actor == "" || hasWords(e.Actor.Name, f.Actor)) &&
			(f.Outlet == "" || told[f.Outlet]) && (f.Issue == "" || f.Issue == e.Issue.Name) && (f.Words == "" || hasWords(e.Text, f.Words)) {
			found = append(found, e)
		}
	}
	slices.SortStableFunc(found, func(a, b *news.Entry) int {
		x, _ := a.Said.When.Bounds()
		y, _ := b.Said.When.Bounds()
		switch {
		case x.IsZero() != y.IsZero():
			if x.IsZero() {
				return 1
			}
			return -1
		}
		return y.Compare(x)
	})
	v.Found = len(found)
	page := min(max(1, f.Page), max(1, (len(found)+rowsPerPage-1)/rowsPerPage))
	from, to := (page-1)*rowsPerPage, min(len(found), page*rowsPerPage)
	for _, e := range found[from:to] {
		v.Rows = append(v.Rows, m.row(e))
	}
	v.From, v.To = min(from+1, to), to
	at := func(page int) string {
		return m.To("/story/"+string(m.dossier.Story.ID), "kind", f.Kind, "actor", f.Actor, "outlet", f.Outlet, "issue", f.Issue, "words", f.Words, "page", strconv.Itoa(page)) + "#ledger"
	}
	if page > 1 {
		v.Earlier = at(page - 1)
	}
	if to < len(found) {
		v.Later = at(page + 1)
	}
	v.Kinds = kinds.choices(f.Kind, func(k string) string { return cmp.Or(kindWords[news.EntryKind(k)], k) })
	v.Actors, v.Outlets, v.Issues = actors.choices(f.Actor, nil), outlets.choices(f.Outlet, nil), issues.choices(f.Issue, nil)
	return v
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

type counts map[string]int

// mostChoices bounds a list of values: a story may have thousands of speakers, and the field takes
// any name.
const mostChoices = 60

func (c counts) choices(chosen string, name func(string) string) []Choice {
	var out []Choice
	for v, n := range c {
		text := v
		if name != nil {
			text = name(v)
		}
		out = append(out, Choice{v, text, n, v == chosen})
	}
	slices.SortFunc(out, func(a, b Choice) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Text, b.Text)) })
	return out[:min(len(out), mostChoices)]
}
