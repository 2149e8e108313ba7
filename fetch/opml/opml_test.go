package opml

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"dateline/news"
)

func TestParse(t *testing.T) {
	lines, err := Parse([]byte(`<?xml version="1.0"?><opml version="2.0"><head><title>My feeds</title></head><body>
		<outline text="Ports &amp; ferries"><outline type="rss" text="Courier" xmlUrl="https://courier.example/feed" htmlUrl="https://courier.example/"/>
		<outline text="Deep"><outline text="Gazette" xmlUrl=" https://gazette.example/feed?a=1&amp;b=2 "></outline></outline></outline>
		<outline text="again" xmlUrl="https://courier.example/feed#top"/><outline text="bad" xmlUrl="file:///etc/passwd"/><outline text="inside" xmlUrl="http://10.0.0.1/"/></body></opml>`),
		func(address string) error {
			if strings.Contains(address, "10.0.0.1") {
				return errors.New("not a public address")
			}
			return nil
		})
	if err != nil || len(lines) != 5 {
		t.Fatal(err, lines)
	}
	for i, want := range []string{"", "", "it is in the list already", `scheme "file" is not http or https`, "not a public address"} {
		if lines[i].Refused != want {
			t.Errorf("%s: %q, want %q", lines[i].URL, lines[i].Refused, want)
		}
	}
	if l := lines[1]; l.URL != "https://gazette.example/feed?a=1&b=2" || l.Title != "Gazette" || strings.Join(l.Folder, "/") != "Ports & ferries/Deep" {
		t.Errorf("%+v", l)
	}
	for _, body := range []string{"", "<rss/>", "{}"} {
		if _, err := Parse([]byte(body), nil); !errors.Is(err, ErrNotOPML) {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	feeds := []news.Feed{{URL: "https://courier.example/feed?a=1&b=2", Title: `The "Alba" <Courier>`, Home: "https://courier.example/"}, {URL: "https://gazette.example/sitemap.xml", Format: "sitemap"}}
	var b bytes.Buffer
	if err := Write(&b, "x & y", feeds); err != nil {
		t.Fatal(err)
	}
	lines, err := Parse(b.Bytes(), nil)
	if err != nil || len(lines) != 2 || lines[0].URL != feeds[0].URL || lines[0].Title != feeds[0].Title || lines[0].Home != feeds[0].Home || lines[1].URL != feeds[1].URL {
		t.Errorf("%v %+v\n%s", err, lines, &b)
	}
}

func FuzzOPML(f *testing.F) {
	f.Add([]byte(`<opml><outline xmlUrl="https://a.example/"><outline/></outline></opml>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		lines, err := Parse(body, nil)
		if err != nil {
			return
		}
		for _, l := range lines {
			if l.Refused == "" && !strings.HasPrefix(strings.ToLower(l.URL), "http") {
				t.Fatalf("%+v", l)
			}
		}
	})
}
