package sitemap

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dateline/fetch/feed"
)

var now = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

func parse(t *testing.T, body string) Map {
	t.Helper()
	m, err := Parse([]byte(body), feed.Origin{URL: "https://courier.example/sitemap.xml"}, now)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

const newsMap = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://courier.example/old</loc><lastmod>2026-01-01</lastmod></url>
<url><loc> https://courier.example/ferry?a=1&amp;b=2 </loc><image:image><image:loc>https://img.example/x.jpg</image:loc><image:title>no title of the page</image:title></image:image>
<news:news><news:publication><news:name>Other Times</news:name></news:publication><news:publication_date>2026-03-03T09:00:00Z</news:publication_date><news:title>Ferry &amp; bridge</news:title></news:news></url>
<url><loc>https://other.example/x</loc></url><url><loc>javascript:alert(1)</loc></url><url></url>
<url><loc>https://courier.example/ahead</loc><lastmod>2099-01-01</lastmod></url></urlset>`

func TestNews(t *testing.T) {
	m := parse(t, newsMap)
	if m.Served != 6 || len(m.Items) != 3 || fmt.Sprint(m.Refused) != "[an address of another host (1) not a web address (2)]" {
		t.Fatalf("%d served, %d items, refused %v", m.Served, len(m.Items), m.Refused)
	}
	i := m.Items[0] // the newest comes first
	if i.Link != "https://courier.example/ferry?a=1&b=2" || i.Title.Value != "Ferry & bridge" || i.Published.Time.IsZero() || m.Items[2].Link != "https://courier.example/ahead" {
		t.Errorf("%+v", m.Items)
	}
	if len(m.Flags) != 1 || m.Flags[0].Name != "date-future" {
		t.Errorf("%v", m.Flags)
	}
}

func TestGzip(t *testing.T) {
	pack := func(s string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write([]byte(s))
		z.Close()
		return b.Bytes()
	}
	if m, err := Parse(pack(newsMap), feed.Origin{}, now); err != nil || len(m.Items) != 4 || !Is(pack(newsMap)) {
		t.Errorf("%d, %v", len(m.Items), err)
	}
	bomb := pack("<urlset>" + strings.Repeat(" ", 60<<20))
	if _, err := Parse(bomb, feed.Origin{}, now); !errors.Is(err, ErrNotSitemap) {
		t.Errorf("%d bytes that unpack to 60 MB: %v", len(bomb), err)
	}
	if _, err := Parse(pack(newsMap)[:60], feed.Origin{}, now); !errors.Is(err, ErrNotSitemap) {
		t.Error(err)
	}
}

func TestIndex(t *testing.T) {
	var b strings.Builder
	b.WriteString("<sitemapindex>")
	for n := range 20 {
		fmt.Fprintf(&b, "<sitemap><loc>https://courier.example/%d.xml</loc><lastmod>2026-02-%02d</lastmod></sitemap>", n, n+1)
	}
	m := parse(t, b.String()+"</sitemapindex>")
	if len(m.Children) != MaxChildren || m.Children[0] != "https://courier.example/19.xml" || m.Served != 0 || len(m.Flags) != 1 {
		t.Errorf("%v %v", m.Children, m.Flags)
	}
}

func TestBroken(t *testing.T) {
	m := parse(t, newsMap[:len(newsMap)-100])
	if !m.Cut || len(m.Flags) == 0 {
		t.Errorf("%v", m.Flags)
	}
	for _, body := range []string{"", "<rss></rss>", "<html>", "x", "<urlset>" + strings.Repeat("<a>", 100_000)} {
		if _, err := Parse([]byte(body), feed.Origin{}, now); err == nil {
			t.Errorf("%.20q was read", body)
		}
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(newsMap))
	f.Add([]byte("<sitemapindex><sitemap><loc>https://courier.example/a</loc></sitemap>"))
	f.Add([]byte("\x1f\x8b\x08"))
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := Parse(body, feed.Origin{URL: "https://courier.example/sitemap.xml"}, now)
		if err == nil && (m.Served < len(m.Items) || len(m.Items) > feed.MaxItems) {
			t.Fatalf("%d of %d", len(m.Items), m.Served)
		}
		for _, i := range m.Items {
			if !strings.HasPrefix(strings.ToLower(i.Link), "http") {
				t.Fatal(i.Link)
			}
		}
	})
}
