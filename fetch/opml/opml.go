// Package opml reads and writes lists of feeds (OPML 2.0).
//
// Reading accounts for each line that names a feed: it is taken, or left out with a reason. A
// list is a stranger's: addresses are checked here for their form, and again when they are
// called.
package opml

import (
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"strings"

	"dateline/fetch/feed"
	"dateline/fetch/feed/charset"
	"dateline/fetch/feed/markup"
	"dateline/news"
)

// MaxFeeds is how many feeds of a list are taken.
const MaxFeeds = 10_000

// ErrNotOPML reports a file that is no list of feeds.
var ErrNotOPML = errors.New("not an OPML file")

// An Outline is a line of a list that names a feed.
type Outline struct {
	URL, Title, Home string
	Folder           []string
	Refused          string // why it is not taken; "" if it is
}

// Parse reads a list. allowed, if not nil, says why an address must not be called.
func Parse(body []byte, allowed func(address string) error) ([]Outline, error) {
	if len(body) > feed.MaxBytes {
		return nil, feed.ErrTooLarge
	}
	s := markup.New(charset.Decode(body, "").UTF8)
	var all []Outline
	var folders []string
	seen := map[string]bool{}
	rooted := false
	depth := 0
	for {
		t, err := s.Next()
		if err != nil {
			return all, fmt.Errorf("%w: %w", ErrNotOPML, err)
		}
		name := strings.ToLower(string(t.Name))
		switch {
		case t.Kind == markup.End:
			if !rooted {
				return nil, ErrNotOPML
			}
			return all, nil
		case t.Kind == markup.Close && name == "outline" && depth > 0:
			if depth--; depth < len(folders) {
				folders = folders[:depth]
			}
		case t.Kind != markup.Start:
		case name == "opml":
			rooted = true
		case !rooted:
			return nil, fmt.Errorf("%w: it begins with <%s>", ErrNotOPML, strings.ToValidUTF8(name[:min(len(name), 60)], ""))
		case name == "outline":
			attr := map[string]string{}
			for _, a := range t.Attrs {
				attr[strings.ToLower(string(a.Name))] = string(s.AppendText(nil, a.Value))
			}
			title := strings.Join(strings.Fields(attr["title"]), " ")
			if title == "" {
				title = strings.Join(strings.Fields(attr["text"]), " ")
			}
			title = strings.ToValidUTF8(title[:min(len(title), 500)], "")
			if address := strings.TrimSpace(attr["xmlurl"]); address != "" {
				o := Outline{URL: address, Title: title, Home: strings.TrimSpace(attr["htmlurl"]), Folder: append([]string(nil), folders...)}
				o.Refused = refuse(o.URL, seen, len(seen), allowed)
				if o.Refused == "" {
					seen[news.CleanURL(o.URL)] = true
				}
				if len(all) < 2*MaxFeeds {
					all = append(all, o)
				}
			}
			if !t.Empty {
				if depth++; depth > 1<<20 {
					return all, fmt.Errorf("%w: too deep", ErrNotOPML)
				}
				if len(folders) < 16 {
					folders = append(folders, title)
				}
			}
		}
	}
}

func refuse(address string, seen map[string]bool, taken int, allowed func(string) error) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || len(address) > feed.MaxFieldBytes:
		if err == nil && u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Sprintf("scheme %q is not http or https", u.Scheme)
		}
		return "not a web address"
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Sprintf("scheme %q is not http or https", u.Scheme)
	case seen[news.CleanURL(address)]:
		return "it is in the list already"
	case taken >= MaxFeeds:
		return fmt.Sprintf("beyond the first %d feeds", MaxFeeds)
	}
	if allowed != nil {
		if err := allowed(address); err != nil {
			return err.Error()
		}
	}
	return ""
}

// Write writes a list.
func Write(w io.Writer, title string, feeds []news.Feed) error {
	var b strings.Builder
	fmt.Fprintf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head><title>%s</title></head>\n  <body>\n", html.EscapeString(title))
	for _, f := range feeds {
		name := f.Title
		if name == "" {
			name = f.URL
		}
		kind := "rss"
		if strings.HasPrefix(f.Format, "sitemap") {
			kind = "sitemap"
		}
		fmt.Fprintf(&b, "    <outline type=%q text=\"%s\" xmlUrl=\"%s\"", kind, html.EscapeString(name), html.EscapeString(f.URL))
		if f.Home != "" {
			fmt.Fprintf(&b, " htmlUrl=\"%s\"", html.EscapeString(f.Home))
		}
		if f.Outlet != "" {
			fmt.Fprintf(&b, " outlet=\"%s\"", html.EscapeString(f.Outlet)) // ours; others pass it over
		}
		b.WriteString("/>\n")
	}
	b.WriteString("  </body>\n</opml>\n")
	_, err := io.WriteString(w, b.String())
	return err
}
