// Package sitemap reads sitemaps (sitemaps.org 0.9), indexes of them, and news sitemaps, as the
// documents of package feed: an address is an item whose link it is.
//
// An address of another host than the sitemap's is refused, as the protocol has it, and
// accounted for. Of a map with more than feed.MaxItems addresses the newest are read; times that
// lie ahead count as none. The publication that a news sitemap claims to be is not believed: who
// publishes is told by the record of the feed. Gzip is unpacked up to MaxBytes.
package sitemap

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"dateline/fetch/feed"
	"dateline/fetch/feed/charset"
	"dateline/fetch/feed/markup"
	"dateline/news"
)

// Limits of the protocol (50 MB, 50,000 addresses) and ours.
const (
	MaxBytes     = 50 << 20
	MaxAddresses = 50_000
	MaxChildren  = 8 // maps of an index that are read at a poll: the newest
	maxAddress   = 2048
)

// ErrNotSitemap reports a body that is none.
var ErrNotSitemap = errors.New("not a sitemap")

// A Map is what was read: addresses, or the maps of an index.
type Map struct {
	feed.Feed
	Children []string // of an index, the newest first
	Refused  []string // the reason of each address that was refused, the same ones together
	Over     int      // addresses beyond the limits
}

// Is tells whether a body looks like a sitemap.
func Is(body []byte) bool {
	head := body[:min(len(body), 4096)]
	return bytes.HasPrefix(body, []byte("\x1f\x8b")) || bytes.Contains(head, []byte("<urlset")) || bytes.Contains(head, []byte("<sitemapindex"))
}

// Parse reads the sitemap that was found at an address.
func Parse(body []byte, from feed.Origin, now time.Time) (Map, error) {
	body, err := unpack(body)
	if err != nil {
		return Map{}, err
	}
	text := charset.Decode(body, from.ContentType)
	r := reader{s: markup.New(bytes.TrimSpace(text.UTF8)), now: now, refused: map[string]int{}}
	r.m.Flags, r.m.Encoding, r.m.Format = text.Flags, text.Label, "sitemap"
	if u, err := url.Parse(from.URL); err == nil {
		r.host = strings.ToLower(u.Host)
	}
	if err := r.read(); err != nil {
		return r.m, err
	}
	r.finish()
	return r.m, nil
}

func unpack(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte("\x1f\x8b")) {
		if len(body) > MaxBytes {
			return nil, fmt.Errorf("%w: more than %d bytes", ErrNotSitemap, MaxBytes)
		}
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotSitemap, err)
	}
	limit := min(int64(MaxBytes), max(1<<20, 100*int64(len(body)))) // as the client's ratio
	out, err := io.ReadAll(io.LimitReader(z, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotSitemap, err)
	}
	if int64(len(out)) > limit {
		return nil, fmt.Errorf("%w: it unpacks to more than %d bytes", ErrNotSitemap, limit)
	}
	return out, nil
}

// An entry is an address of a map.
type entry struct {
	loc, title, published, modified string
}

type reader struct {
	s       *markup.Scanner
	m       Map
	host    string
	now     time.Time
	index   bool
	entries []entry
	total   int
	refused map[string]int
}

func (r *reader) read() error {
	var stack [16]string
	depth, over := 0, 0
	var text []byte
	var e entry
	for {
		t, err := r.s.Next()
		if err != nil {
			return err
		}
		switch t.Kind {
		case markup.Start:
			name := strings.ToLower(string(t.Name[bytes.IndexByte(t.Name, ':')+1:]))
			if depth == 0 && over == 0 {
				if name != "urlset" && name != "sitemapindex" {
					return fmt.Errorf("%w: it begins with <%s>", ErrNotSitemap, name[:min(len(name), 60)])
				}
				r.index = name == "sitemapindex"
			}
			if name == "url" || name == "sitemap" {
				e = entry{}
			}
			text = text[:0]
			switch {
			case t.Empty:
			case depth == len(stack) || over > 0:
				if over++; over > feed.MaxDepth {
					return feed.ErrTooDeep
				}
			default:
				stack[depth] = name
				depth++
			}
		case markup.Text:
			if len(text) < 4*maxAddress {
				if t.Raw {
					text = append(text, t.Data...)
				} else {
					text = r.s.AppendText(text, t.Data)
				}
			}
		case markup.Close:
			if over > 0 {
				over--
				continue
			}
			if depth == 0 {
				continue
			}
			depth--
			r.closed(stack[depth], strings.TrimSpace(string(text)), &e, parent(stack[:depth]))
			text = text[:0]
			if depth == 0 {
				return nil
			}
		default:
			if depth > 0 {
				r.m.Cut = true
				r.m.Flags = append(r.m.Flags, news.Flag{Name: "feed-truncated", Detail: "the sitemap ends early"})
			}
			if r.total == 0 && depth == 0 {
				return ErrNotSitemap
			}
			return nil
		}
	}
}

func parent(stack []string) string {
	if len(stack) == 0 {
		return ""
	}
	return stack[len(stack)-1]
}

func (r *reader) closed(name, value string, e *entry, in string) {
	switch name {
	case "loc":
		if in == "url" || in == "sitemap" {
			e.loc = value
		}
	case "lastmod":
		e.modified = value
	case "publication_date":
		e.published = value
	case "title":
		if in == "news" {
			e.title = value
		}
	case "url", "sitemap":
		r.total++
		r.add(*e)
	}
}

func (r *reader) refuse(why string) { r.refused[why]++ }

func (r *reader) add(e entry) {
	u, err := url.Parse(e.loc)
	switch {
	case e.loc == "" || err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || len(e.loc) > maxAddress:
		r.refuse("not a web address")
	case r.host != "" && !strings.EqualFold(u.Host, r.host):
		r.refuse("an address of another host")
	case len(r.entries) == MaxAddresses:
		r.m.Over++
	default:
		r.entries = append(r.entries, e)
	}
}

// finish sorts the newest first and makes items of them.
func (r *reader) finish() {
	type dated struct {
		entry
		when feed.Date
		news bool
	}
	all := make([]dated, len(r.entries))
	ahead := 0
	for i, e := range r.entries {
		d := dated{e, feed.ParseDate(e.modified), false}
		if e.published != "" {
			d.when, d.news = feed.ParseDate(e.published), true
		}
		if d.when.Time.After(r.now.Add(24 * time.Hour)) {
			d.when.Time = time.Time{}
			ahead++
		}
		all[i] = d
	}
	if ahead > 0 {
		r.m.Flags = append(r.m.Flags, news.Flag{Name: "date-future", Detail: fmt.Sprintf("%d times lie ahead and count as none", ahead)})
	}
	slices.SortStableFunc(all, func(a, b dated) int { return b.when.Time.Compare(a.when.Time) })
	for why, n := range r.refused {
		r.m.Refused = append(r.m.Refused, fmt.Sprintf("%s (%d)", why, n))
	}
	slices.Sort(r.m.Refused)
	r.m.Served = r.total
	if r.index {
		r.m.Served = 0 // it serves no articles
		for _, d := range all[:min(len(all), MaxChildren)] {
			r.m.Children = append(r.m.Children, d.loc)
		}
		if len(all) > MaxChildren {
			r.m.Flags = append(r.m.Flags, news.Flag{Name: "sitemap-partial", Detail: fmt.Sprintf("%d maps, the newest %d are read", len(all), MaxChildren)})
		}
		r.m.Format = "sitemapindex"
		return
	}
	if over := r.m.Over + max(0, len(all)-feed.MaxItems); over > 0 {
		r.m.Over = over
		r.m.Flags = append(r.m.Flags, news.Flag{Name: "feed-truncated", Detail: fmt.Sprintf("%d addresses, the newest %d are read", r.total, min(len(all), feed.MaxItems))})
	}
	for _, d := range all[:min(len(all), feed.MaxItems)] {
		var i feed.Item
		i.Link, i.ID, i.IDIsLink = d.loc, d.loc, true
		i.Title = feed.Text{Value: d.title, Type: "text/plain"}
		if d.news {
			i.Published = d.when
			i.Updated = feed.ParseDate(d.modified)
		} else {
			i.Updated = d.when
		}
		r.m.Items = append(r.m.Items, i)
	}
}
