package metadata

import (
	"strings"

	"dateline/news"
)

// Outlet is who publishes the page: by the word of who added it, else as the page states it.
func (f *Facts) Outlet(p news.Page) news.Outlet {
	if p.Outlet != "" {
		return news.Outlet{Name: p.Outlet, Basis: news.Stated, Reason: news.Reason{Rule: "outlet-given"}}
	}
	stated := func(name, rule string) news.Outlet {
		return news.Outlet{Name: name, Basis: news.Stated, Reason: news.Reason{Rule: rule, Detail: name}}
	}
	if f.claimsOtherHost(p.URL) {
		// A page that says it is another host's is not believed about its outlet either.
		return news.Outlet{}
	}
	if n := clean(f.Meta("og:site_name")); n != "" {
		return stated(n, "og:site_name")
	}
	if len(f.Articles) > 0 && f.Articles[0].Publisher != "" {
		return stated(f.Articles[0].Publisher, "json-ld-publisher")
	}
	if f.Site != "" {
		return stated(f.Site, "json-ld-site")
	}
	if n := clean(f.Meta("application-name", "apple-mobile-web-app-title")); n != "" {
		return stated(n, "application-name")
	}
	if name := f.titlePart(); name != "" {
		return stated(name, "title-and-host")
	}
	if name := f.titleSuffix(); name != "" {
		return news.Outlet{Name: name, Basis: news.Inferred, Reason: news.Reason{Rule: "title-suffix", Detail: name}}
	}
	return news.Outlet{}
}

// titlePart is the part of the title element that is the name in the page's own host: "Bridge
// opens | The Alba Courier" at albacourier.example.
func (f *Facts) titlePart() string {
	if f.Title == 0 {
		return ""
	}
	parts := []string{clean(f.Tree.Inner(f.Title))}
	for _, sep := range separators {
		var finer []string
		for _, p := range parts {
			finer = append(finer, strings.Split(p, sep)...)
		}
		parts = finer
	}
	for _, p := range parts {
		if p = strings.TrimSpace(p); f.namesHost(p) {
			return p
		}
	}
	return ""
}

// titleSuffix is what the title element says after the headline: "Bridge opens | Port Alba
// Courier".
func (f *Facts) titleSuffix() string {
	if f.Title == 0 {
		return ""
	}
	title := f.Tree.Inner(f.Title)
	for _, sep := range separators {
		head, tail, ok := strings.Cut(title, sep)
		tail = strings.TrimSpace(tail)
		if !ok || tail == "" || len(strings.Fields(tail)) > 4 || len(strings.Fields(head)) < 3 {
			continue
		}
		for _, h := range f.Headlines() {
			if h.Node != f.Title && news.Fold(h.Text) == news.Fold(head) {
				return tail
			}
		}
	}
	return ""
}

// claimsOtherHost reports whether the page gives itself an address on a host that is not its
// own, nor one of the same name.
func (f *Facts) claimsOtherHost(address string) bool {
	own := news.SiteName(address)
	if own == "" {
		return false
	}
	for _, claimed := range []string{f.Canonical, f.Meta("og:url")} {
		if h := news.SiteName(claimed); h != "" && h != own {
			return true
		}
	}
	return false
}

// Lang is the language the page declares, a BCP 47 tag.
func (f *Facts) Lang() string {
	for _, l := range []string{f.Language, f.Meta("content-language", "og:locale", "dc.language", "inlanguage")} {
		l = strings.ReplaceAll(strings.TrimSpace(l), "_", "-")
		if first, _, _ := strings.Cut(l, "-"); len(first) >= 2 && len(first) <= 3 && len(l) <= 12 {
			return l
		}
	}
	return ""
}
