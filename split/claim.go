package split

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/split/dating"
	"dateline/split/language"
	"dateline/split/outlet"
	"dateline/split/unit"
	"dateline/text"
)

// claim settles what takes the whole page to see: the outlet, carrier, language and date of
// each of its articles.
func claim(d news.Document, drafts []draft, rest []unit.Unit, out []news.Article) {
	carrier := carrier(d, rest)
	others := carriesOthers(d, drafts)
	for i := range out {
		a := &out[i]
		var body []string
		for _, s := range a.Body() {
			body = append(body, s.Of(d.Text))
		}
		a.Language = declared(d, language.Of(strings.Join(body, "\n")))
		a.Outlet = whose(d, drafts[i], rest, *a, carrier != "", others)
		if a.Index == 0 && outlet.Same(d.Meta.Outlet.Name, a.Outlet.Name) {
			a.Outlet = d.Meta.Outlet
		}
		if carrier != "" && !outlet.Same(carrier, a.Outlet.Name) {
			a.Carrier = carrier
		}
		a.Published = published(d, drafts[i], rest, *a)
	}
	besideOthers(out)
}

// besideOthers dates an article that prints no day from those that stand beside it, where they
// are all of one day by their age or what they say of it, and it tells of that weekday.
func besideOthers(articles []news.Article) {
	var day time.Time
	for _, a := range articles {
		if a.Published.When.IsZero() {
			continue
		}
		first, last := a.Published.When.Bounds()
		first, last = first.UTC().Truncate(24*time.Hour), last.UTC().Truncate(24*time.Hour)
		if a.Published.Basis == news.Stated || !first.Equal(last) || !day.IsZero() && !day.Equal(first) {
			return
		}
		day = first
	}
	if day.IsZero() {
		return
	}
	for i := range articles {
		a := &articles[i]
		if !a.Published.When.IsZero() {
			continue
		}
		for _, s := range a.Sentences {
			if strings.Contains(s.Of(a.Text), day.Weekday().String()) {
				a.Published = news.Published{When: news.At(news.Day(day.Year(), day.Month(), day.Day())), Basis: news.Inferred,
					Reason: news.Reason{Rule: "beside-others", Detail: "the other articles of the page are of that day, and it tells of " + day.Weekday().String()}}
				break
			}
		}
	}
}

// carriesOthers reports whether one of the further articles of a page is under the name of an
// outlet that is not the page's own: then the page's name says nothing of its first one.
func carriesOthers(d news.Document, drafts []draft) bool {
	for _, dr := range drafts[1:] {
		for _, u := range dr.units {
			if u.Kind == news.Publisher && u.Outlet != "" && !outlet.Same(d.Meta.Outlet.Name, u.Outlet) {
				return true
			}
		}
	}
	return false
}

// declared is the language as it was found, with the region the page declares for it, or as
// declared where it cannot be told.
func declared(d news.Document, found string) string {
	meta := d.Meta.Language
	base, _, _ := strings.Cut(strings.ToLower(meta), "-")
	if found == "" || base == found {
		return base
	}
	return found
}

// carrier is the name of the page that carries the articles, as its furniture tells it: "Alba
// logo", "the Alba app", or the word of whoever handed the page in.
func carrier(d news.Document, rest []unit.Unit) string {
	if d.Outlet != "" {
		return d.Outlet
	}
	if n := d.Meta.Outlet.Name; n != "" {
		return n
	}
	tries := 50 // each costs a look at all lines
	for _, u := range rest {
		if u.Kind != news.Boilerplate || u.Words > 14 || tries <= 0 {
			continue
		}
		if u.Reason == "logo" {
			return strings.TrimSpace(u.Text[:len(u.Text)-len(" logo")])
		}
		words := strings.Fields(u.Text)
		for i := 1; i+1 < len(words); i++ {
			switch strings.ToLower(strings.Trim(words[i+1], ".,:!")) {
			case "app", "ai", "account", "newsletter", "premium", "plus":
				w := strings.Trim(words[i], ".,:!")
				tries--
				if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) && (coined(w) || named(rest, w) > 1) && !unit.Furniture[strings.ToLower(w)] && !functionWords[strings.ToLower(w)] && w != strings.ToUpper(w) {
					return w
				}
			}
		}
	}
	return ""
}

// coined reports whether a word is made as only names are: Daily7, NewsLeaf.
func coined(w string) bool {
	return strings.ContainsAny(w, "0123456789") || strings.ContainsFunc(w[1:], unicode.IsUpper)
}

// named is in how many lines of a page's furniture a name stands.
func named(rest []unit.Unit, name string) int {
	n := 0
	for _, u := range rest {
		if strings.Contains(" "+u.Fold+" ", " "+news.Fold(name)+" ") {
			n++
		}
	}
	return n
}

var functionWords = unit.Lines("our|your|my|the|this|an|a|new|free|get|try|open|download|in|on|with|for|to|mobile|news|best|all|more")

// whose finds the outlet of an article by the evidence it shows, the strongest first; carried
// says that the page is known to be another's, others that it carries what other outlets wrote.
func whose(d news.Document, dr draft, rest []unit.Unit, a news.Article, carried, others bool) news.Outlet {
	stated := func(name, rule, detail string) news.Outlet {
		return news.Outlet{Name: name, Basis: news.Stated, Reason: news.Reason{Rule: rule, Detail: detail}}
	}
	inferred := func(name, rule, detail string) news.Outlet {
		return news.Outlet{Name: name, Basis: news.Inferred, Reason: news.Reason{Rule: rule, Detail: detail}}
	}
	if a.Dateline != nil {
		if i, j := strings.IndexByte(a.Dateline.Text, '('), strings.IndexByte(a.Dateline.Text, ')'); i >= 0 && j > i {
			if name := agencyOrOutlet(a.Dateline.Text[i+1 : j]); name != "" {
				return stated(name, "agency-in-dateline", a.Dateline.Text)
			}
		}
	}
	prose := 0
	for _, u := range dr.units {
		if u.Kind == news.Body {
			prose++
		}
	}
	seen := 0
	for _, u := range dr.units {
		if u.Kind == news.Body {
			seen++
		}
		if (u.Kind == news.Byline || u.Kind == news.Publisher) && u.Outlet != "" && (seen == 0 || seen == prose) {
			if outlet.Agency(u.Outlet) != "" {
				return stated(outlet.Agency(u.Outlet), "agency-in-byline", u.Text)
			}
			return stated(u.Outlet, "publisher-line", u.Text)
		}
	}
	if a.Index == 0 {
		for _, u := range append(slices.Clone(dr.units), rest...) {
			if n := outlet.First(u.Text); u.Words <= 60 && n != "" {
				return stated(n, "first-published-by", clip(u.Text))
			}
		}
	}
	if a.Index == 0 && d.Meta.Outlet.Name != "" && !others {
		return d.Meta.Outlet
	}
	var told, asked []string
	toldIn, askedIn := "", ""
	for _, s := range a.Sentences {
		sentence := s.Of(d.Text)
		if name := outlet.Request(sentence); name != "" {
			asked, askedIn = append(asked, name), sentence
		}
		name := outlet.Told(sentence)
		if name == "" && carried {
			if name = outlet.ToldInWords(sentence); strings.Count(d.Text, name) != 1 {
				name = "" // who is told things is named elsewhere; who prints them is not
			}
		}
		if name != "" {
			told, toldIn = append(told, name), sentence
		}
	}
	if n := only(asked); n != "" {
		return stated(n, "asks-for-comment", clip(askedIn))
	}
	if a.Index == 0 {
		if n, line := appealing(d.Text, append(rest, dr.units...)); n != "" {
			return inferred(n, "named-in-appeal", clip(line))
		}
		if d.Outlet != "" {
			return stated(d.Outlet, "given", "by whoever handed the page in")
		}
	}
	if a.Index == 0 && !carried && !others {
		if n, line := namedAsHost(d, append(rest, dr.units...)); n != "" {
			return stated(n, "named-as-host", clip(line))
		}
	}
	// Others report what an outlet was told, agencies above all: one such sentence is enough only
	// on a page that carries what others wrote, or beside the labels of a brief.
	if n := only(told); n != "" && (len(told) > 1 || (carried || templated(a)) && !outlet.Wire(n)) {
		return inferred(n, "source-told-it", clip(toldIn))
	}
	if a.Index == 0 {
		var own []string
		for _, u := range append(rest, dr.units...) {
			if u.Kind == news.RelatedLink && u.Outlet != "" {
				own = append(own, u.Outlet)
			}
		}
		if n := only(own); n != "" && len(own) > 1 {
			return inferred(n, "links-to-its-own", fmt.Sprintf("%d headlines end with (%s)", len(own), n))
		}
	}
	return news.Outlet{}
}

// namedAsHost is the name on the page that is spelled like the host it was fetched from: "The Alba
// Courier" at albacourier.example.
func namedAsHost(d news.Document, us []unit.Unit) (name, line string) {
	site := news.SiteName(d.URL)
	if site == "" {
		return "", ""
	}
	for _, u := range us {
		words := strings.Fields(u.Text)
		for i := range words {
			for n := min(4, len(words)-i); n > 0; n-- {
				s := strings.Trim(strings.Join(words[i:i+n], " "), " .,:;()[]|·•©\"'“”‘’")
				if len(s) > 2*len(site)+8 {
					continue
				}
				if r, _ := utf8.DecodeRuneInString(s); unicode.IsUpper(r) && (s[0]|0x20 == site[0] || strings.HasPrefix(s, "The ")) && news.NamesSite(s, site) {
					return s, u.Text
				}
			}
		}
	}
	return "", ""
}

// templated reports whether the article is a brief with the labels of a template.
func templated(a news.Article) bool {
	n := 0
	for _, s := range a.Segments {
		if s.Kind == news.Label && s.Reason == "template-label" {
			n++
		}
	}
	return n > 1
}

func agencyOrOutlet(s string) string {
	if a := outlet.Agency(s); a != "" {
		return a
	}
	return outlet.Named(s)
}

// only is the one name that all of names are, "" if they differ or there are none.
func only(names []string) string {
	for _, n := range names {
		if n != names[0] {
			return ""
		}
	}
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// appealing is the known outlet that a plea for money names as the one who pleads.
func appealing(t string, us []unit.Unit) (name, line string) {
	var found []string
	for _, u := range us {
		if u.Reason != "appeal" {
			continue
		}
		for _, s := range text.Sentences(t, []text.Span{u.Span}) {
			sentence := s.Of(t)
			for _, verb := range []string{" is on the ground", " is trusted by", " needs your", " relies on", " depends on", " is free", " is funded", " is a nonprofit", " is committed", " believes"} {
				before, _, ok := strings.Cut(sentence, verb)
				if !ok {
					continue
				}
				if i := strings.LastIndexAny(before, ",;:"); i >= 0 {
					before = before[i+1:]
				}
				if n := outlet.Named(strings.TrimSpace(before)); n != "" {
					found, line = append(found, n), sentence
				}
			}
		}
	}
	return only(found), line
}

func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= 120 {
		return s
	}
	return strings.ToValidUTF8(s[:117], "") + "..."
}

// published finds when the article was published: as its own lines print it, as the page's
// metadata has it, or from what it says.
func published(d news.Document, dr draft, rest []unit.Unit, a news.Article) news.Published {
	if a.Index == 0 && !d.Meta.Published.When.IsZero() {
		return d.Meta.Published
	}
	var best, dayOnly *unit.Unit
	consider := func(us []unit.Unit) {
		for i := range us {
			u := &us[i]
			if u.Date == nil {
				continue
			}
			if u.Date.Ago == "" && !u.Date.Full() {
				if dayOnly == nil && u.Date.Day > 0 && !u.Date.Updated {
					dayOnly = u
				}
				continue
			}
			if best == nil || best.Date.Updated && !u.Date.Updated {
				best = u
			}
		}
	}
	consider(dr.units)
	if best == nil && a.Index == 0 {
		before := slices.DeleteFunc(slices.Clone(rest), func(u unit.Unit) bool { return u.Span.Start > a.Range.Start })
		consider(before)
	}
	if best == nil && dayOnly != nil {
		if p := dating.YearOf(*dayOnly.Date, dayOnly.Text, d.Fetched); !p.When.IsZero() {
			p.Span = dayOnly.Span
			return p
		}
	}
	var open news.Published
	if best != nil {
		p := best.Date.Published(best.Text)
		p.Span = best.Span
		if !p.When.IsZero() {
			return p
		}
		open = p // an age that cannot be reckoned: what the text says may still tell
	}
	var body []string
	for _, s := range a.Sentences {
		body = append(body, s.Of(d.Text))
	}
	dateline := ""
	if a.Dateline != nil {
		dateline = a.Dateline.Text
	}
	if p := dating.Infer(dateline, body, d.Fetched); !p.When.IsZero() {
		return p
	}
	return open
}
