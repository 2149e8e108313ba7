package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"dateline/cmd/dateline/service"
	"dateline/news"
	"dateline/search"
	"dateline/web"
	"dateline/web/view"
)

// hostile are strings that run a script where a page takes them for more than text.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(2)>`, `'><svg/onload=alert(3)>`, `javascript:alert(4)`, `" autofocus onfocus=alert(5) x="`,
	`' onmouseover='alert(6)`, `</title><script>alert(7)</script>`, `</textarea><script>alert(8)</script>`, `--><script>alert(9)</script>`,
	`{{7*7}}`, `${alert(10)}`, `<iframe srcdoc='<script>alert(11)</script>'></iframe>`, `data:text/html,<script>alert(12)</script>`,
	`<a href="javascript:alert(13)">x</a>`, "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(14)&gt;\">",
	"\u202e\u2066<b>x\u2069", "\"><div hx-get=/status hx-trigger=load hx-on::load=alert(15)>", `</style><script>alert(16)</script>`,
}

// sharedHostile adds the vectors of the shared collection, where it is.
func sharedHostile(t *testing.T) []string {
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	all := hostile
	for _, name := range []string{"xss_fields.xml", "xss_links.xml", "template_injection.xml", "unicode_spoof.xml", "xml_ns_abuse.xml"} {
		f, err := os.Open(filepath.Join(dir, "hostile", "feeds", name))
		if err != nil {
			t.Logf("SKIPPED: the strings of %s: %v", name, err)
			continue
		}
		d := xml.NewDecoder(f)
		d.Strict = false
		for {
			token, err := d.Token()
			if err != nil {
				break
			}
			if text, ok := token.(xml.CharData); ok && strings.ContainsAny(string(text), "<({:") && len(text) < 4000 {
				all = append(all, string(text))
			}
		}
		f.Close()
	}
	return all
}

// poison puts a string into every field of text there is below v, but for ids, the kinds of rows,
// and texts that spans point into, which it makes longer.
func poison(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			poison(v.Elem(), s)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range v.Len() {
			poison(v.Index(i), s)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			e := reflect.New(v.Type().Elem()).Elem()
			e.Set(v.MapIndex(k))
			poison(e, s)
			v.SetMapIndex(k, e)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			if f.Name == "Text" && v.Type() == reflect.TypeFor[news.Article]() {
				v.Field(i).SetString(v.Field(i).String() + "\n\n" + s)
				continue
			}
			poison(v.Field(i), s)
		}
	case reflect.String:
		name := v.Type().Name()
		if v.CanSet() && !strings.HasSuffix(name, "ID") && name != "EntryKind" && name != "Kind" {
			v.SetString(s)
		}
	}
}

// poisoned is a real record in which every text has been replaced.
type poisoned struct {
	*service.Record
	s string
}

// Alike has a story that is about all that the one asked for is about.
func (p poisoned) Alike(ctx context.Context, id news.StoryID, asOf time.Time) (news.Neighbourhood, error) {
	n, err := p.Record.Alike(ctx, id, asOf)
	n.Others = append(n.Others, n.Story)
	poison(reflect.ValueOf(&n), p.s)
	for i := range n.Story.Traits { // names of one word, each another: no longer ones are shown
		n.Story.Traits[i].Name = fmt.Sprint("N", i, strings.Join(strings.Fields(p.s), ""))
	}
	n.Others[len(n.Others)-1].Traits = n.Story.Traits
	return n, err
}

func (p poisoned) Dossier(ctx context.Context, id news.StoryID, asOf time.Time) (news.Dossier, error) {
	d, err := p.Record.Dossier(ctx, id, asOf)
	poison(reflect.ValueOf(&d), p.s)
	return d, err
}

func (p poisoned) Story(ctx context.Context, id news.StoryID, asOf time.Time) (news.Story, error) {
	y, err := p.Record.Story(ctx, id, asOf)
	poison(reflect.ValueOf(&y), p.s)
	return y, err
}

func (p poisoned) Article(ctx context.Context, id news.ArticleID) (news.Annotation, error) {
	a, err := p.Record.Article(ctx, id)
	poison(reflect.ValueOf(&a), p.s)
	return a, err
}

func (p poisoned) Reading(ctx context.Context, id news.RevisionID) (news.Reading, error) {
	r, err := p.Record.Reading(ctx, id)
	poison(reflect.ValueOf(&r.Annotations), p.s)
	return r, err
}

func (p poisoned) Heads(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Head, error) {
	h, err := p.Record.Heads(ctx, ids)
	poison(reflect.ValueOf(&h), p.s)
	return h, err
}

func (p poisoned) EntriesOf(ctx context.Context, actor news.EntityID, name string, asOf time.Time, most int) ([]news.Entry, error) {
	e, err := p.Record.EntriesOf(ctx, actor, name, asOf, most)
	poison(reflect.ValueOf(&e), p.s)
	return e, err
}

func (p poisoned) Entity(ctx context.Context, id news.EntityID, asOf time.Time) (news.Entity, error) {
	e, err := p.Record.Entity(ctx, id, asOf)
	poison(reflect.ValueOf(&e), p.s)
	return e, err
}

func (p poisoned) Who(ctx context.Context, ids []news.ArticleID, asOf time.Time) (map[news.EntityID]news.Entity, error) {
	known, err := p.Record.Who(ctx, ids, asOf)
	poison(reflect.ValueOf(&known), p.s)
	return known, err
}

func (p poisoned) ArticlesOf(ctx context.Context, outlet string, asOf time.Time, most int) ([]news.Head, error) {
	h, err := p.Record.ArticlesOf(ctx, outlet, asOf, most)
	poison(reflect.ValueOf(&h), p.s)
	return h, err
}

func (p poisoned) Why(ctx context.Context, id string) (news.Trace, error) {
	w, err := p.Record.Why(ctx, id)
	poison(reflect.ValueOf(&w), p.s)
	return w, err
}

func (p poisoned) Search(ctx context.Context, asked string, page search.Page) (search.Results, error) {
	r, err := p.Record.Search(ctx, "exemption", page)
	for i := range r.Hits {
		r.Hits[i].Title, r.Hits[i].Outlet, r.Hits[i].Ref.Page, r.Hits[i].Snippet = p.s, p.s, p.s, p.s
		r.Hits[i].Ranges = nil
		r.Hits[i].Span.End = r.Hits[i].Span.Start + len(p.s)
	}
	r.Meant = []string{p.s}
	return r, err
}

func (p poisoned) Status(ctx context.Context) (view.Status, error) {
	return view.Status{Failed: []view.Failed{{Page: p.s, Reason: p.s}}}, nil
}

// batches join strings to some of up to most bytes: a browser takes a page a tenth of a second.
func batches(all []string, most int) []string {
	var out []string
	for _, s := range all {
		if n := len(out); n > 0 && len(out[n-1])+len(s) < most {
			out[n-1] += " " + s
		} else if len(s) < most {
			out = append(out, s)
		}
	}
	return out
}

// withoutPolicy takes the policy off every answer, to see that nothing rests on it.
func withoutPolicy(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(unguarded{w}, r)
	})
}

type unguarded struct{ http.ResponseWriter }

func (u unguarded) WriteHeader(status int) {
	u.Header().Del("Content-Security-Policy")
	u.ResponseWriter.WriteHeader(status)
}

func (u unguarded) Write(b []byte) (int, error) {
	u.Header().Del("Content-Security-Policy")
	return u.ResponseWriter.Write(b)
}

// TestHostileText puts strings that want to run into every text of the record and every parameter
// of a request: none of them runs, with the content security policy and without.
func TestHostileText(t *testing.T) {
	b := openBrowser(t)
	s := serveFolder(t, demoRecord(t), nil)
	all := sharedHostile(t)
	t.Logf("%d hostile strings", len(all))
	paths := places(t, s)
	for _, q := range []string{"/search?q=", "/check?q=", "/check?speaker=x&q=", "/actor?name=", "/outlet?name=", "/?as-of=", "/added?refused=", "/nothing/"} {
		for _, batch := range batches(all, 3000) {
			paths = append(paths, place{"parameter", q + url.QueryEscape(batch)})
		}
	}
	b.onNewPages(`for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => console.error("a hostile script ran");`)
	for _, policy := range []bool{true, false} {
		h, err := web.New(web.Config{Record: poisoned{&service.Record{Store: s.store}, strings.Join(all, " ")}, Intake: s.in, Desk: s.in, Sources: s.in})
		if err != nil {
			t.Fatal(err)
		}
		if !policy {
			h = withoutPolicy(h)
		}
		server := httptest.NewServer(h)
		for _, p := range paths {
			if p.name == "help" || p.name == "add" || p.name == "sources" {
				continue
			}
			b.do(chromedp.Navigate(server.URL + p.path))
			if p.name == "parameter" {
				continue
			}
			// Whatever can be pointed at or followed with a script is.
			valueOf[bool](b, `document.querySelectorAll("*").forEach(e => { e.dispatchEvent(new Event("mouseover", {bubbles: true})); e.dispatchEvent(new Event("focus")); }); true`)
			if bad := valueOf[[]string](b, `[...document.querySelectorAll("a[href], form[action], [src]")].map(e => e.getAttribute("href") || e.getAttribute("action") || e.getAttribute("src")).filter(a => /^\s*(javascript|data|vbscript):/i.test(a))`); len(bad) > 0 {
				t.Errorf("%s leads to %q", p.name, bad[0])
			}
			if n := valueOf[int](b, `document.querySelectorAll("main script:not([src^='/assets/']), main iframe, main img, main style").length`); n > 0 {
				t.Errorf("%s has %d elements that no template of ours makes", p.name, n)
			}
		}
		b.clean(strings.TrimPrefix(server.URL, "http://"))
		b.mu.Lock()
		clear(b.hosts)
		b.mu.Unlock()
		server.Close()
	}
}
