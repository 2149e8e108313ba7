// Package look is how the pages look: their templates, style, scripts and pictures, all of them
// in the program, none from elsewhere. docs/design.md has the rules of the design.
//
// A page is a template of the folder templates, named for its file, that defines "main"; layout.html
// puts the frame around it. Show renders whole pages, so that one that breaks half way never leaves
// the house.
package look

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/news"
	"dateline/web/view"
)

//go:embed templates/*.html
var templates embed.FS

// Config is what the frame of the pages shows.
type Config struct {
	Version string
	Now     func() time.Time
	Person  func(*http.Request) string // who is signed in; nil where there are no accounts
}

// A Look renders pages.
type Look struct {
	Config
	pages  map[string]*template.Template
	assets assets
}

// A Frame is what surrounds a page.
type Frame struct {
	Title   string // of the page, first in the window's title
	Section string // which part of the house it belongs to, for the menu: "today"

	// What follows is filled in by Show.
	view.Links
	Today   string // the present day, in EDTF
	Here    string // the page's own path
	Kept    []Pair // the parameters of the address, but for as-of
	Person  string
	Session bool // there are accounts
	Version string
}

// A MenuItem is a page of the menu.
type MenuItem struct{ Section, Text, URL string }

// Menu are the pages one can go to from everywhere.
func (f Frame) Menu() []MenuItem {
	return []MenuItem{
		{"today", "Today", f.To("/")}, {"search", "Search", f.To("/search")}, {"check", "Check a quotation", f.To("/check")},
		{"add", "Add", f.To("/add")}, {"sources", "Sources", f.To("/sources")}, {"status", "Status", f.To("/status")},
	}
}

// AsOfDay is the day of AsOf, for the date picker.
func (f Frame) AsOfDay() string {
	day, _, _ := strings.Cut(f.AsOf, "T")
	return day
}

// Present is this page as the record stands now.
func (f Frame) Present() string {
	q := url.Values{}
	for _, p := range f.Kept {
		q.Add(p.Name, p.Value)
	}
	return strings.TrimSuffix(f.Here+"?"+q.Encode(), "?")
}

// A Pair is a parameter of an address.
type Pair struct{ Name, Value string }

// New reads the templates and assets.
func New(c Config) (*Look, error) {
	l := &Look{Config: c, pages: map[string]*template.Template{}}
	var err error
	if l.assets, err = readAssets(); err != nil {
		return nil, err
	}
	names, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		return nil, err
	}
	base := template.New("").Funcs(l.functions()).Option("missingkey=error")
	var own []string
	for _, name := range names {
		// Files whose names begin with a part's mark are shared by the pages.
		if strings.HasPrefix(path.Base(name), "_") || path.Base(name) == "layout.html" {
			if base, err = base.ParseFS(templates, name); err != nil {
				return nil, err
			}
			continue
		}
		own = append(own, name)
	}
	for _, name := range own {
		t, err := base.Clone()
		if err == nil {
			t, err = t.ParseFS(templates, name)
		}
		if err != nil {
			return nil, err
		}
		l.pages[strings.TrimSuffix(path.Base(name), ".html")] = t
	}
	return l, nil
}

// Show answers with a page. A view that its template does not fit is an error of ours: it is
// logged, and the answer says so.
func (l *Look) Show(w http.ResponseWriter, r *http.Request, status int, page string, f Frame, view any) {
	f.Version, f.Here, f.Session, f.Links = l.Version, r.URL.Path, l.Person != nil, LinksOf(r)
	f.Today = l.Now().UTC().Format(time.DateOnly)
	if l.Person != nil {
		f.Person = l.Person(r)
	}
	if r.Method == http.MethodGet {
		for name, values := range r.URL.Query() {
			for _, v := range values {
				if name != "as-of" {
					f.Kept = append(f.Kept, Pair{name, v})
				}
			}
		}
		slices.SortFunc(f.Kept, func(a, b Pair) int { return strings.Compare(a.Name+a.Value, b.Name+b.Value) })
	}
	var b bytes.Buffer
	t, ok := l.pages[page]
	if !ok {
		panic("no page " + page)
	}
	if err := t.ExecuteTemplate(&b, "layout", struct {
		Frame Frame
		View  any
	}{f, view}); err != nil {
		slog.Error("render", "page", page, "error", err)
		http.Error(w, "This page could not be drawn; the log says why.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // who has gone does not hear of it
}

// LinksOf makes the addresses of the page that a request asks for.
func LinksOf(r *http.Request) view.Links { return view.Links{AsOf: Asked(r)} }

// Asked is the time as of which a request wants the record, in EDTF; "" for now, and for what is
// no time.
func Asked(r *http.Request) string {
	asked := r.URL.Query().Get("as-of")
	if m, err := news.ParseMoment(asked); err != nil || m.Day == 0 {
		return ""
	}
	return asked
}

// AsOf is the time of Asked: the end of a day, an instant, the zero time for now.
func AsOf(r *http.Request) time.Time {
	m, err := news.ParseMoment(Asked(r))
	if err != nil {
		return time.Time{}
	}
	return m.AsOf()
}

func (l *Look) functions() template.FuncMap {
	return template.FuncMap{
		"asset":     l.assets.address,
		"clip":      view.Clip,
		"plural":    view.Plural,
		"thousands": view.Thousands,
		"pct":       func(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" },
		"more":      func(n, shown int) string { return view.Plural(n-shown, "other") },
	}
}
