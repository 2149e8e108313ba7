// Package jsonfeed reads feeds in the JSON Feed format, versions 1.0 and 1.1 (jsonfeed.org).
package jsonfeed

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"dateline/fetch/feed/date"
	"dateline/fetch/feed/fragment"
	"dateline/fetch/feed/model"
)

// lax is a string that may be written as a number or a truth value; anything else reads as "".
// A number is kept as written, so that a long one is not rounded.
type lax string

func (l *lax) UnmarshalJSON(b []byte) error {
	*l = ""
	switch {
	case len(b) == 0 || b[0] == '{' || b[0] == '[' || string(b) == "null":
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*l = lax(printable(s))
	default:
		*l = lax(b)
	}
	return nil
}

// printable is s without the control characters that XML would forbid, too.
func printable(s string) string {
	clean := func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f || 0x80 <= r && r < 0xa0 || r&0xfffe == 0xfffe {
			return -1
		}
		return r
	}
	return strings.Map(clean, s)
}

type jsonAuthor struct {
	Name lax `json:"name"`
	URL  lax `json:"url"`
}

type jsonItem struct {
	ID            lax             `json:"id"`
	URL           lax             `json:"url"`
	ExternalURL   lax             `json:"external_url"`
	Title         lax             `json:"title"`
	ContentHTML   lax             `json:"content_html"`
	ContentText   lax             `json:"content_text"`
	Summary       lax             `json:"summary"`
	Image         lax             `json:"image"`
	BannerImage   lax             `json:"banner_image"`
	Published     lax             `json:"date_published"`
	Modified      lax             `json:"date_modified"`
	Author        json.RawMessage `json:"author"`
	Authors       json.RawMessage `json:"authors"`
	Tags          json.RawMessage `json:"tags"`
	Language      lax             `json:"language"`
	AttachmentRaw json.RawMessage `json:"attachments"`
}

type jsonFeed struct {
	Version     lax             `json:"version"`
	Title       lax             `json:"title"`
	HomePage    lax             `json:"home_page_url"`
	FeedURL     lax             `json:"feed_url"`
	Description lax             `json:"description"`
	NextURL     lax             `json:"next_url"`
	Icon        lax             `json:"icon"`
	Favicon     lax             `json:"favicon"`
	Language    lax             `json:"language"`
	Expired     bool            `json:"-"`
	Author      json.RawMessage `json:"author"`
	Authors     json.RawMessage `json:"authors"`
	Hubs        json.RawMessage `json:"hubs"`
	Items       json.RawMessage `json:"items"`
}

// Parse reads a JSON Feed (jsonfeed.org, 1.0 and 1.1). Members of a wrong type read as not
// there; of two members of one name the last counts.
func Parse(text []byte, from model.Origin) (model.Feed, error) {
	var f model.Feed
	if text[0] != '{' {
		return f, fmt.Errorf("%w: neither markup nor a JSON object", model.ErrNotFeed)
	}
	var j jsonFeed
	if err := json.Unmarshal(text, &j); err != nil {
		return f, fmt.Errorf("%w: %w", model.ErrNotFeed, err)
	}
	var raw []json.RawMessage
	listed := json.Unmarshal(j.Items, &raw) == nil && len(j.Items) > 0
	if !listed && !strings.Contains(string(j.Version), "jsonfeed.org") {
		return f, fmt.Errorf("%w: a JSON object without the items of a JSON Feed", model.ErrNotFeed)
	}
	f.Format = "json"
	if i := strings.LastIndexByte(string(j.Version), '/'); i >= 0 {
		f.Format += strings.ReplaceAll(string(j.Version)[i+1:], ".", "")
	}
	base := from.URL
	at := func(s lax) string { return model.ResolveIf(base, strings.TrimSpace(string(s))) }
	f.Language = string(j.Language)
	f.Title = model.Text{Value: string(j.Title), Type: "text/plain", Language: f.Language}
	f.Subtitle = model.Text{Value: string(j.Description), Type: "text/plain", Language: f.Language}
	f.Icon, f.Logo = at(j.Favicon), at(j.Icon)
	f.Authors = jsonAuthors(j.Authors, j.Author)
	for _, l := range []model.Link{{Href: at(j.HomePage), Rel: "alternate", Type: "text/html"}, {Href: at(j.FeedURL), Rel: "self"}, {Href: at(j.NextURL), Rel: "next"}} {
		if l.Href != "" {
			f.Links = append(f.Links, l)
		}
	}
	f.Link = at(j.HomePage)
	var hubs []struct {
		Type lax `json:"type"`
		URL  lax `json:"url"`
	}
	if json.Unmarshal(j.Hubs, &hubs) == nil {
		for _, h := range hubs[:min(len(hubs), 8)] {
			if strings.EqualFold(string(h.Type), "websub") {
				f.Links = append(f.Links, model.Link{Href: at(h.URL), Rel: "hub"})
			}
		}
	}
	if !listed && len(j.Items) > 0 {
		f.Flag("feed-repaired", "items is not a list")
	}
	f.Served = len(raw)
	for n, r := range raw {
		if n == model.MaxItems {
			f.Flag("feed-truncated", "%d items, the first %d are read", len(raw), model.MaxItems)
			break
		}
		var i jsonItem
		if err := json.Unmarshal(r, &i); err != nil {
			f.Flag("item-rejected", "item %d is not an object", n+1)
			continue
		}
		f.Items = append(f.Items, i.item(base, f.Language))
	}
	return f, nil
}

func (j jsonItem) item(base, language string) model.Item {
	at := func(s lax) string { return model.ResolveIf(base, strings.TrimSpace(string(s))) }
	var i model.Item
	if j.Language != "" {
		language = string(j.Language)
	}
	i.ID, i.Link, i.Language = strings.TrimSpace(string(j.ID)), at(j.URL), language
	i.Title = model.Text{Value: strings.TrimSpace(string(j.Title)), Type: "text/plain", Language: language}
	i.Summary = model.Text{Value: strings.TrimSpace(string(j.Summary)), Type: "text/plain", Language: language}
	if i.Link != "" {
		i.Links = append(i.Links, model.Link{Href: i.Link, Rel: "alternate", Type: "text/html"})
	}
	if other := at(j.ExternalURL); other != "" {
		i.Links = append(i.Links, model.Link{Href: other, Rel: "related"})
	}
	if j.ContentHTML != "" {
		i.Content = append(i.Content, model.Text{Value: fragment.Clean(string(j.ContentHTML), base, false), Type: "text/html", Language: language, Base: base})
	}
	if j.ContentText != "" {
		i.Content = append(i.Content, model.Text{Value: strings.TrimSpace(string(j.ContentText)), Type: "text/plain", Language: language})
	}
	if i.Summary.Value == "" && len(i.Content) > 0 {
		i.Summary = i.Content[0]
	}
	if image := at(j.Image); image != "" {
		i.Image = &model.Image{URL: image}
	} else if image = at(j.BannerImage); image != "" {
		i.Image = &model.Image{URL: image}
	}
	i.Published, i.Updated = date.Parse(string(j.Published)), date.Parse(string(j.Modified))
	i.Authors = jsonAuthors(j.Authors, j.Author)
	if len(i.Authors) > 0 {
		i.Author = i.Authors[0].Line()
	}
	var tags []lax
	if json.Unmarshal(j.Tags, &tags) == nil {
		for _, t := range tags {
			i.AddTag(model.Tag{Term: string(t)})
		}
	}
	var attached []struct {
		URL      lax `json:"url"`
		MimeType lax `json:"mime_type"`
		Title    lax `json:"title"`
		Size     lax `json:"size_in_bytes"`
	}
	if json.Unmarshal(j.AttachmentRaw, &attached) == nil {
		for _, a := range attached[:min(len(attached), model.MaxRepeated)] {
			i.Links = append(i.Links, model.Link{Href: at(a.URL), Rel: "enclosure", Type: string(a.MimeType), Title: string(a.Title), Length: string(a.Size)})
		}
	}
	i.Finish()
	return i
}

// jsonAuthors reads the list of 1.1, or the one author of 1.0, or a name.
func jsonAuthors(list, one json.RawMessage) []model.Person {
	var authors []jsonAuthor
	if json.Unmarshal(list, &authors) != nil || len(authors) == 0 {
		var a jsonAuthor
		if raw := one; len(raw) > 0 && json.Unmarshal(raw, &a) == nil {
			authors = []jsonAuthor{a}
		} else if name, err := strconv.Unquote(string(list)); err == nil {
			authors = []jsonAuthor{{Name: lax(printable(name))}}
		}
	}
	var out []model.Person
	for _, a := range authors[:min(len(authors), model.MaxRepeated)] {
		if a != (jsonAuthor{}) {
			out = append(out, model.Person{Name: string(a.Name), URL: string(a.URL)})
		}
	}
	return out
}
