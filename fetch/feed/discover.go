package feed

import (
	"bytes"
	"strings"

	"dateline/fetch/feed/fragment"
	"dateline/fetch/feed/markup"
)

// A Found feed is one that a page points to.
type Found struct{ URL, Title, Type string }

// feedTypes are the media types by which pages point to feeds.
var feedTypes = map[string]bool{
	"application/rss+xml": true, "application/atom+xml": true, "application/feed+json": true, "application/rdf+xml": true,
	"application/json": true, "text/xml": true, "application/xml": true,
}

// discoverBytes is how much of a page is looked at: links stand in its head.
const discoverBytes = 512 << 10

// Discover are the feeds that an HTML page points to (<link rel="alternate">), in its order.
func Discover(page []byte, address string) []Found {
	s := markup.New(page[:min(len(page), discoverBytes)])
	base := address
	var found []Found
	for {
		t, err := s.Next()
		if err != nil || t.Kind == markup.End || len(found) == 50 {
			return found
		}
		if t.Kind != markup.Start {
			continue
		}
		attr := map[string]string{}
		if bytes.EqualFold(t.Name, []byte("link")) || bytes.EqualFold(t.Name, []byte("base")) {
			for _, a := range t.Attrs {
				attr[strings.ToLower(string(a.Name))] = strings.TrimSpace(string(s.AppendText(nil, a.Value)))
			}
		}
		switch {
		case attr["href"] == "":
		case bytes.EqualFold(t.Name, []byte("base")):
			base = fragment.Resolve(address, attr["href"])
		default:
			kind, _, _ := strings.Cut(strings.ToLower(attr["type"]), ";")
			for rel := range strings.FieldsSeq(strings.ToLower(attr["rel"])) {
				at := fragment.Resolve(base, attr["href"])
				if scheme := fragment.Scheme(at); (rel == "alternate" && feedTypes[kind] || rel == "feed") && (scheme == "http" || scheme == "https") {
					found = append(found, Found{URL: at, Title: attr["title"], Type: kind})
					break
				}
			}
		}
	}
}
