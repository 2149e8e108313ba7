package collect_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dateline/egress"
	"dateline/fetch"
	"dateline/fetch/collect"
	"dateline/fetch/feed"
	"dateline/fetch/opml"
	"dateline/news"
	"dateline/store"
)

func hostile(t testing.TB) string {
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "hostile")
	if _, err := os.Stat(filepath.Join(dir, "MANIFEST.tsv")); err != nil {
		t.Skip("SKIPPED: hostile/MANIFEST.tsv is not beside the repository")
	}
	return dir
}

// A bench serves hostile files to a collector over a real store.
type bench struct {
	t     testing.TB
	dir   string
	clock time.Time
	store *store.Store
	feed  news.Feed
	body  []byte
	asked []string // addresses that were called, besides the feed
	real  *fetch.Client
	took  time.Duration
	alloc uint64
}

const benchFeed = "https://news.example/feed.xml"

func (b *bench) Now() time.Time { return b.clock }
func (b *bench) Sleep(_ context.Context, d time.Duration) error {
	b.clock = b.clock.Add(d)
	return nil
}

// resolver answers every name with the addresses of this machine: the worst of all name servers.
type resolver struct{}

func (resolver) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("169.254.169.254")}, nil
}

func (b *bench) Get(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	if r.URL == benchFeed {
		kind := "application/xml"
		if bytes.HasPrefix(bytes.TrimSpace(b.body), []byte("{")) {
			kind = "application/json"
		}
		return fetch.Response{URL: r.URL, Status: 200, Body: b.body, ContentType: kind, ETag: `"x"`, FetchedAt: b.clock}, nil
	}
	b.asked = append(b.asked, r.URL)
	return b.real.Get(ctx, r)
}

func newBench(t testing.TB, dir string) *bench {
	b := &bench{t: t, dir: dir, clock: time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)}
	var err error
	if b.store, err = store.Open(t.Context(), scratch(t), store.Options{Now: b.Now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.store.Close() })
	if _, err := b.store.AddFeed(t.Context(), news.Feed{URL: benchFeed, Next: b.clock}); err != nil {
		t.Fatal(err)
	}
	b.real = fetch.New(fetch.Config{Egress: egress.Policy{Resolver: resolver{}}})
	return b
}

func (b *bench) read(name string) []byte {
	body, err := os.ReadFile(filepath.Join(b.dir, name))
	if err != nil {
		b.t.Fatal(err)
	}
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err == nil {
			body, err = io.ReadAll(z)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
	return body
}

// poll serves a file to one poll, and with pages lets the pages be fetched.
func (b *bench) poll(name string, pages bool) news.Feed {
	b.t.Helper()
	b.body = b.read(name)
	b.clock = b.clock.Add(time.Hour)
	if _, err := b.store.Refresh(b.t.Context(), benchFeed, b.clock); err != nil {
		b.t.Fatal(err)
	}
	c := collect.New(collect.Config{Memory: b.store, Getter: b, Clock: b, Workers: 1, Rand: func() float64 { return 0 }, FeedsOnly: !pages,
		Allowed: func(address string) error {
			u, err := fetch.ParseURL(address, "")
			if err != nil {
				return err
			}
			return egress.Policy{}.CheckURL(u)
		}})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	if err := c.Run(b.t.Context(), 0); err != nil {
		b.t.Fatal(name, err)
	}
	b.took = time.Since(began)
	runtime.ReadMemStats(&after)
	b.alloc = after.TotalAlloc - before.TotalAlloc
	f, err := b.store.FindFeed(b.t.Context(), benchFeed)
	if err != nil {
		b.t.Fatal(err)
	}
	b.feed = f
	return f
}

func (b *bench) items() []news.FeedItem {
	items, err := b.store.Items(b.t.Context(), b.feed.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return items
}

func (b *bench) versions(i news.FeedItem) []string {
	all, err := b.store.Versions(b.t.Context(), i.N)
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

func flagged(f news.Feed, name string) bool {
	return slices.ContainsFunc(f.Flags, func(g news.Flag) bool { return strings.Contains(g.Name, name) })
}

// TestHostileFeeds polls every feed of the hostile corpus and holds what its manifest says of it,
// as far as collecting goes: what is shown is the web's, what models see is theirs.
func TestHostileFeeds(t *testing.T) {
	dir := hostile(t)
	f, err := os.Open(filepath.Join(dir, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	files := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		name, rest, _ := strings.Cut(lines.Text(), "\t")
		name, ok := strings.CutPrefix(name, "feeds/")
		if !ok {
			continue
		}
		files++
		t.Run(name, func(t *testing.T) {
			b := newBench(t, filepath.Join(dir, "feeds"))
			check := expectations[name]
			if check == nil {
				t.Fatalf("no expectation for %s: %s", name, rest)
			}
			check(t, b, name)
			for _, i := range b.items() {
				for _, s := range append(b.versions(i), i.Title, i.URL, i.Printed) {
					if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\x1b\x07\u009b") {
						t.Errorf("stored %q", s)
					}
				}
				if strings.ContainsAny(i.Title, "\r\n") {
					t.Errorf("a title of two lines: %q", i.Title)
				}
				if i.Effective().After(b.clock) {
					t.Errorf("%s counts as published in the future: %v", i.Title, i.Effective())
				}
				if !i.Published.IsZero() && i.Published.Year() < 1990 {
					t.Errorf("%s: %q became %v", i.Title, i.Printed, i.Published)
				}
			}
			if b.feed.ID != "" {
				if p := b.feed.Polls; p.Served != p.Stored+p.Duplicate+p.Rejected {
					t.Errorf("I1: %+v", p)
				}
			}
		})
	}
	if files < 70 {
		t.Errorf("only %d files", files)
	}
}

type expectation func(t *testing.T, b *bench, name string)

// articles is that one poll stores so many items, and a second none.
func articles(n int) expectation {
	return func(t *testing.T, b *bench, name string) {
		f := b.poll(name, false)
		if f.Error != "" || f.Polls.Stored != n || len(b.items()) != n {
			t.Errorf("%d stored, want %d: %s", f.Polls.Stored, n, f.Error)
		}
		if b.took > 2*time.Second {
			t.Errorf("it took %v", b.took)
		}
		first := b.items()
		f = b.poll(name, false)
		if f.Polls.Stored != n || f.Polls.Served < f.Polls.Stored {
			t.Errorf("a second poll stored %d more", f.Polls.Stored-n)
		}
		for i, again := range b.items() {
			if again.Versions != 1 || !again.Seen.Equal(first[i].Seen) {
				t.Errorf("a second poll of the same bytes: version %d, first seen %v and %v", again.Versions, first[i].Seen, again.Seen)
			}
		}
	}
}

// refused is that a poll fails with these words, quickly and in little memory, and stores nothing.
func refused(words string) expectation {
	return func(t *testing.T, b *bench, name string) {
		f := b.poll(name, false)
		if f.Error == "" || !strings.Contains(f.Error, words) || f.Polls.Stored != 0 || f.ETag != "" || f.Failures != 1 || !f.Next.After(b.clock) {
			t.Errorf("error %q, %d stored, tag %q, %d failures", f.Error, f.Polls.Stored, f.ETag, f.Failures)
		}
		if b.took > time.Second || b.alloc > 64<<20 {
			t.Errorf("it took %v and %d MB", b.took, b.alloc>>20)
		}
	}
}

// titled is one item of this title, with a flag of the feed if one is named.
func titled(title, flag string) expectation {
	return func(t *testing.T, b *bench, name string) {
		articles(1)(t, b, name)
		if got := b.items()[0].Title; got != title {
			t.Errorf("%q, want %q", got, title)
		}
		if flag != "" && !flagged(b.feed, flag) {
			t.Errorf("no flag %s: %v", flag, b.feed.Flags)
		}
	}
}

// after polls others first; then this one stores nothing new.
func after(want int, others ...string) expectation {
	return func(t *testing.T, b *bench, name string) {
		for _, o := range others {
			b.poll(o, false)
		}
		before := b.feed.Polls.Stored
		if f := b.poll(name, false); f.Polls.Stored != before || len(b.items()) != want {
			t.Errorf("%d new, %d items, want %d: %s", f.Polls.Stored-before, len(b.items()), want, f.Error)
		}
	}
}

func all(checks ...expectation) expectation {
	return func(t *testing.T, b *bench, name string) {
		for _, c := range checks {
			c(t, b, name)
		}
	}
}

const reference = "Наводнение: мост закрыт"

// nothing is that no address but the feed's was called.
func nothing(t *testing.T, b *bench, name string) {
	if b.feed.ID == "" {
		b.poll(name, true)
	}
	if len(b.asked) > 0 {
		t.Errorf("called %v", b.asked)
	}
}

// safe is that what may be shown as HTML holds nothing active.
func safe(t *testing.T, b *bench, name string) {
	f, err := feed.Parse(b.read(name), feed.Origin{URL: benchFeed})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range f.Items {
		for _, x := range append([]feed.Text{i.Title, i.Summary, i.Subtitle, i.Rights}, i.Content...) {
			if lower := strings.ToLower(x.Value); x.HTML() && (strings.Contains(lower, "<script") || strings.Contains(lower, "javascript:") || strings.Contains(lower, "<iframe") ||
				strings.Contains(lower, "<object") || strings.Contains(lower, " on") && strings.Contains(lower, "=\"alert") || strings.Contains(lower, "srcdoc")) {
				t.Errorf("%s: %q", i.Title.Value, x.Value)
			}
		}
	}
}

var expectations = map[string]expectation{
	"atom_hub_ssrf.xml":     all(articles(0), nothing),
	"atom_xhtml_script.xml": all(articles(1), safe),
	"atom_tombstone.xml": func(t *testing.T, b *bench, name string) {
		b.body = []byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x:e1</id><title>Said first</title><summary>w</summary></entry></feed>`)
		os.WriteFile(filepath.Join(t.TempDir(), "first.xml"), b.body, 0o600)
		first := *b
		first.dir = t.TempDir()
		os.WriteFile(filepath.Join(first.dir, "first.xml"), b.body, 0o600)
		first.poll("first.xml", false)
		b.clock = first.clock
		b.poll(name, false)
		i := b.items()[0]
		if i.Retracted.Format(time.RFC3339) != "2026-03-04T08:00:00Z" || i.Retraction != "Retracted" || len(b.versions(i)) != 1 || !strings.Contains(b.versions(i)[0], "Said first") {
			t.Errorf("%+v", i)
		}
	},
	"atom_xmlbase.xml": func(t *testing.T, b *bench, name string) {
		b.poll(name, true)
		if i := b.items()[0]; strings.HasPrefix(i.URL, "javascript") || i.URL == "http://10.0.0.1/x" && !strings.HasPrefix(i.Unfetchable, "fetch refused") {
			t.Errorf("%+v", i)
		}
		nothing(t, b, name)
	},
	"csv_formula.xml": articles(10),
	"date_future.xml": func(t *testing.T, b *bench, name string) {
		articles(2)(t, b, name)
		for _, i := range b.items() {
			if i.Printed == "" || !i.Effective().Equal(i.Seen) {
				t.Errorf("%+v", i)
			}
		}
	},
	"date_none.xml": articles(3),
	"date_zoo.xml":  articles(17),
	"edited_v1.xml": articles(1),
	"edited_v2.xml": func(t *testing.T, b *bench, name string) {
		after(1, "edited_v1.xml")(t, b, name)
		i := b.items()[0]
		if v := b.versions(i); len(v) != 2 || !strings.Contains(v[0], "412 million") || !strings.Contains(v[1], "41.2 million") {
			t.Errorf("%q", v)
		}
	},
	"edited_v3_removed.xml": func(t *testing.T, b *bench, name string) {
		b.poll("edited_v1.xml", false)
		b.poll("edited_v2.xml", false)
		f := b.poll(name, false)
		items := b.items()
		if f.Polls.Stored != 2 || len(items) != 2 || items[0].Absent.IsZero() || items[0].Versions != 2 || !items[1].Absent.IsZero() {
			t.Errorf("%+v", items)
		}
		b.poll("edited_v2.xml", false)
		if items := b.items(); len(items) != 2 || !items[0].Absent.IsZero() {
			t.Errorf("back again: %+v", items)
		}
	},
	"edited_whitespace_only.xml": func(t *testing.T, b *bench, name string) {
		after(1, "edited_v1.xml")(t, b, name)
		if i := b.items()[0]; i.Versions != 1 {
			t.Errorf("%+v", i)
		}
	},
	"enc_cp1251_declared.xml":  titled(reference, ""),
	"enc_cp1251_lies_utf8.xml": titled(reference, "charset-repaired"),
	"enc_double_encoded.xml": func(t *testing.T, b *bench, name string) {
		titled("CafÃ© dâ€™Or", "")(t, b, name)
		if v := b.versions(b.items()[0])[0]; !strings.Contains(v, "<p>double</p>") {
			t.Errorf("not decoded exactly once for its text: %q", v)
		}
	},
	"enc_gb18030.xml": titled("快讯：大桥关闭", ""),
	"enc_invalid_utf8.xml": func(t *testing.T, b *bench, name string) {
		articles(1)(t, b, name)
		if !flagged(b.feed, "charset") {
			t.Error(b.feed.Flags)
		}
	},
	"enc_iso2022jp.xml":         titled("速報", ""),
	"enc_koi8r.xml":             titled(reference, ""),
	"enc_shift_jis.xml":         titled("速報：橋が閉鎖 能表ソ", ""),
	"enc_utf16le_bom.xml":       titled(reference, ""),
	"enc_utf7_xss.xml":          titled("+ADw-script+AD4-alert(1)+ADw-/script+AD4-", ""),
	"enc_utf8_lies_cp1251.xml":  titled(reference, ""),
	"guid_200kb.xml.gz":         articles(1),
	"guid_empty_whitespace.xml": articles(2),
	"guid_missing.xml":          articles(3),
	"guid_nonunique.xml":        articles(3),
	"guid_random_a.xml":         articles(5),
	"guid_random_b.xml": func(t *testing.T, b *bench, name string) {
		after(5, "guid_random_a.xml")(t, b, name)
		if b.feed.Identity != "url" || !flagged(b.feed, "unstable-ids") {
			t.Errorf("identity %q, %v", b.feed.Identity, b.feed.Flags)
		}
	},
	"guid_rotates_a.xml": articles(5),
	"guid_rotates_b.xml": func(t *testing.T, b *bench, name string) {
		after(5, "guid_rotates_a.xml")(t, b, name)
		if b.feed.Identity != "" {
			t.Errorf("identity %q", b.feed.Identity)
		}
	},
	"json_deep.json.gz": refused("not a feed"),
	"json_dupkeys.json": func(t *testing.T, b *bench, name string) {
		b.poll(name, true) // the address that is checked is the one that would be fetched: the last
		if i := b.items()[0]; i.URL != "http://127.0.0.1/" || !strings.HasPrefix(i.Unfetchable, "fetch refused") {
			t.Errorf("%+v", i)
		}
		nothing(t, b, name)
	},
	"json_null.json":      refused("not a feed"),
	"json_types.json":     refused("not a feed"),
	"link_tracking_a.xml": articles(1),
	"link_tracking_b.xml": after(1, "link_tracking_a.xml"),
	"log_injection.xml":   articles(2),
	"ok_atom.xml":         all(articles(1), clean),
	"ok_jsonfeed.json":    all(articles(1), clean),
	"ok_rdf10.xml":        articles(1),
	"ok_rss.xml":          all(articles(5), clean),
	"opml_hostile.opml": func(t *testing.T, b *bench, name string) {
		lines, err := opml.Parse(b.read(name), func(address string) error {
			u, err := fetch.ParseURL(address, "")
			if err != nil {
				return err
			}
			return egress.Policy{}.CheckURL(u)
		})
		taken := 0
		for _, l := range lines {
			if l.Refused == "" {
				taken++
			}
		}
		if err != nil || taken != 1 || len(lines) != 5 {
			t.Errorf("%d of %d taken: %v %+v", taken, len(lines), err, lines)
		}
	},
	"path_traversal.xml":   articles(11),
	"prompt_injection.xml": articles(12),
	"rss_new_feed_url.xml": func(t *testing.T, b *bench, name string) {
		articles(1)(t, b, name)
		if b.feed.URL != benchFeed || b.feed.MovedTo != "" {
			t.Errorf("%+v", b.feed)
		}
		nothing(t, b, name)
	},
	"sitemap_50001.xml.gz": func(t *testing.T, b *bench, name string) {
		f := b.poll(name, false)
		if f.Polls.Served != 50_001 || f.Polls.Stored != feed.MaxItems || f.Polls.Rejected != 50_001-feed.MaxItems || !flagged(f, "feed-truncated") || !flagged(f, "date-future") || !f.Next.Before(b.clock.Add(25*time.Hour)) {
			t.Errorf("%+v %v %s", f.Polls, f.Flags, f.Error)
		}
	},
	"sitemap_foreign.xml": func(t *testing.T, b *bench, name string) {
		f := b.poll(name, true)
		polls, err := b.store.Polls(t.Context(), f.ID, 1)
		if err != nil || f.Polls.Served != 1 || f.Polls.Rejected != 1 || f.Outlet != "" || !strings.Contains(fmt.Sprint(polls[0].Rejects), "another host") {
			t.Errorf("%+v %v", f.Polls, polls)
		}
		nothing(t, b, name)
	},
	"sitemap_self_index.xml": func(t *testing.T, b *bench, name string) {
		f := b.poll(name, true)
		if f.Error != "" || f.Polls.Stored != 0 {
			t.Errorf("%+v", f)
		}
		for _, address := range b.asked { // the map itself is served at another address here: one more call
			if strings.Contains(address, "10.0.0.1") {
				t.Errorf("called %s", address)
			}
		}
		if len(b.asked) > 1 {
			t.Errorf("called %v", b.asked)
		}
	},
	"sql_fts_syntax.xml": articles(10),
	"ssrf_links.xml": func(t *testing.T, b *bench, name string) {
		b.poll(name, true)
		left, err := b.store.LeftLinks(t.Context(), b.feed.ID, 100)
		if err != nil {
			t.Fatal(err)
		}
		why := map[string]string{}
		for _, l := range left {
			why[l.URL] = l.Reason
		}
		items := b.items()
		for _, i := range items {
			if i.Unfetchable == "" && !strings.HasPrefix(why[i.URL], "fetch refused") {
				t.Errorf("%s: %q is neither fetched nor refused: %q", i.Title, i.URL, why[i.URL])
			}
		}
		if len(items) != 40 {
			t.Errorf("%d items", len(items))
		}
	},
	"template_injection.xml":      articles(9),
	"unicode_spoof.xml":           articles(5),
	"xml_attr_100k.xml.gz":        refused("too many attributes"),
	"xml_billion_laughs.xml":      literal,
	"xml_ctrl_chars.xml":          articles(1),
	"xml_deep_1m_unclosed.xml.gz": refused("nested more than"),
	"xml_deep_20k.xml.gz":         refused("nested more than"),
	"xml_doctype_html_feed.xml":   all(articles(1), nothing),
	"xml_empty.xml":               keeps("empty body"),
	"xml_html_instead.html":       keeps("not a feed"),
	"xml_items_20k.xml.gz": func(t *testing.T, b *bench, name string) {
		f := b.poll(name, false)
		if f.Polls.Served != 20_000 || f.Polls.Stored != feed.MaxItems || f.Polls.Rejected != 20_000-feed.MaxItems || !flagged(f, "feed-truncated") {
			t.Errorf("%+v %v", f.Polls, f.Flags)
		}
	},
	"xml_leading_blank_bom.xml": articles(1),
	"xml_ns_abuse.xml":          all(articles(1), safe),
	"xml_only_channel.xml": func(t *testing.T, b *bench, name string) {
		b.poll("ok_rss.xml", false)
		if f := b.poll(name, false); f.Error != "" || f.Polls.Stored != 5 || len(b.items()) != 5 {
			t.Errorf("%+v", f)
		}
	},
	"xml_quadratic_entity.xml": literal,
	"xml_title_5mb.xml.gz": func(t *testing.T, b *bench, name string) {
		articles(1)(t, b, name)
		if n := len(b.items()[0].Title); n > feed.MaxTitleBytes {
			t.Errorf("a title of %d bytes", n)
		}
	},
	"xml_trailing_html.xml": func(t *testing.T, b *bench, name string) {
		articles(1)(t, b, name)
		if !flagged(b.feed, "feed-trailing") {
			t.Error(b.feed.Flags)
		}
	},
	"xml_truncated.xml": func(t *testing.T, b *bench, name string) {
		b.poll("ok_rss.xml", false)
		f := b.poll(name, false)
		if !flagged(f, "feed-truncated") || f.ETag != "" {
			t.Errorf("%v, tag %q", f.Flags, f.ETag)
		}
		for _, i := range b.items() {
			if !i.Absent.IsZero() {
				t.Errorf("taken for a deletion: %+v", i)
			}
		}
	},
	"xml_undefined_entities.xml": titled("Café ’ R&D &foo; AT&T", ""),
	"xml_xxe_file.xml":           literal,
	"xml_xxe_http.xml":           all(literal, nothing),
	"xss_fields.xml":             all(articles(20), safe),
	"xss_links.xml": func(t *testing.T, b *bench, name string) {
		b.poll(name, false)
		items := b.items()
		if len(items) != 11 {
			t.Errorf("%d items", len(items))
		}
		for _, i := range items {
			if i.URL != "" && !strings.HasPrefix(i.URL, "http://") && !strings.HasPrefix(i.URL, "https://") || strings.Contains(strings.SplitN(i.URL+"//x/", "/", 4)[2], "@") {
				t.Errorf("%q would be a link", i.URL)
			}
		}
	},
}

// clean is that a good feed has no warning.
func clean(t *testing.T, b *bench, _ string) {
	if len(b.feed.Flags) > 0 {
		t.Error(b.feed.Flags)
	}
}

// literal is that entities of a document type expand to nothing, quickly and in little memory.
func literal(t *testing.T, b *bench, name string) {
	f := b.poll(name, false)
	if b.took > time.Second || b.alloc > 32<<20 {
		t.Errorf("it took %v and %d MB", b.took, b.alloc>>20)
	}
	for _, i := range b.items() {
		for _, v := range b.versions(i) {
			if len(v) > 64<<10 || strings.Contains(v, "root:") {
				t.Errorf("%d bytes: %.60q", len(v), v)
			}
		}
	}
	if f.Error == "" && f.Polls.Served == 0 {
		t.Error("neither read nor refused")
	}
}

// keeps is that a bad answer leaves what there is alone, and keeps no validators of its own.
func keeps(words string) expectation {
	return func(t *testing.T, b *bench, name string) {
		before := b.poll("ok_rss.xml", false)
		f := b.poll(name, false)
		if !strings.Contains(f.Error, words) || f.Failures != 1 || len(b.items()) != 5 || f.ETag != before.ETag || f.Polls.Stored != 5 {
			t.Errorf("%q, %d items, tag %q", f.Error, len(b.items()), f.ETag)
		}
		for _, i := range b.items() {
			if !i.Absent.IsZero() {
				t.Errorf("taken for a deletion: %+v", i)
			}
		}
		if out, err := json.Marshal(f); err != nil || !json.Valid(out) {
			t.Error(err)
		}
	}
}
