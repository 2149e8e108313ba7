package metadata

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"dateline/extract/rule"
	"dateline/extract/stamp"
	"dateline/news"
	"dateline/text"
)

// A Printed is a piece of visible text that may carry the date of publication.
type Printed struct {
	Text  string
	Start int  // where it stands in the text of the page
	Dated bool // in a box for dates, by its class or shape
	Near  bool // between the headline and the first paragraphs
	Above bool // a line about the article just above its headline
	Alone bool // nothing but the date and a word or two about it
	Prose bool // a paragraph of the article
}

// Published is when the page says it was published. The order is that of trust: JSON-LD, meta
// tags, microdata and time elements, the address, what scripts carry as data, what is printed
// near the headline, what is printed anywhere.
//
// Two things are set right on the way. A day in the page's address is the outlet's own day:
// it corrects an instant in UTC that falls on the day before or after, and it stands against
// data that is off by more, because data is copied from templates and addresses are not. And
// a relative time ("21 minutes ago") is reckoned from the time of fetching, or left alone if
// that is not known.
//
// Which of "3/7/2031" is the month follows the page's language, unless that makes the page
// younger than its fetching.
func (f *Facts) Published(address string, printed []Printed, fetched time.Time) news.Published {
	us := f.monthFirst()
	p := f.published(address, printed, fetched, us)
	if !tooYoung(p, fetched) {
		return p
	}
	if other := f.published(address, printed, fetched, !us); !other.When.IsZero() && !tooYoung(other, fetched) {
		other.Reason.Detail += "; day and month as the time of fetching allows"
		return other
	}
	return p
}

// tooYoung reports a publication on a day that had nowhere begun when the page was fetched.
func tooYoung(p news.Published, fetched time.Time) bool {
	first, _ := p.When.Bounds()
	return !fetched.IsZero() && first.After(fetched.Add(14*time.Hour))
}

func (f *Facts) published(address string, printed []Printed, fetched time.Time, us bool) news.Published {
	stated, trust := f.statedTime(us)
	if trust == own && f.on(rule.AsPrinted) {
		stated = f.asPrinted(stated, printed, us)
		if s := stated.stamp; s.Doubtful {
			// "11/01/2031" may be either day; the page may print which.
			swapped := s
			swapped.Month, swapped.Day = s.Day, s.Month
			for _, p := range printed {
				for _, d := range stamp.Find(p.Text, us, 3) {
					if !d.Doubtful && d.Distance(swapped) == 0 {
						stated.stamp, stated.When, stated.Local = swapped, swapped.When(), swapped.Local()
						stated.Reason.Detail += "; the other way round, as printed: " + d.Span.Of(p.Text)
						s.Doubtful = false
						break
					}
				}
				if !s.Doubtful {
					break
				}
			}
		}
	}
	for _, a := range []string{address, f.Canonical, f.Meta("og:url")} {
		st, ok := addressDate(a)
		if !ok || a == "" || !f.on(rule.AddressDate) {
			continue
		}
		reason := news.Reason{Rule: "address-date", Detail: a}
		if stated.When.IsZero() {
			return news.Published{When: st.When(), Local: st.Local(), Basis: news.Inferred, Reason: reason}
		}
		days := stated.stamp.Distance(st)
		switch {
		case days == 0:
			return stated.Published
		case elsewhere(stated.stamp, st):
			stated.Local = st.Local()
			stated.Reason.Detail += "; the day is the address's: " + a
			return stated.Published
		case days > 1 && trust < own || days > 30:
			return news.Published{When: st.When(), Local: st.Local(), Basis: news.Inferred, Reason: reason}
		}
		break
	}
	if trust < own && f.on(rule.PublishedWord) {
		// "Published on May 3, 2031" says it better than a time element somewhere.
		for _, p := range printed {
			for _, d := range stamp.Find(p.Text, us, 3) {
				if publishedWord(before(p.Text, d.Span.Start)) && len(p.Text) < 200 {
					span := text.Span{Start: d.Span.Start + p.Start, End: d.Span.End + p.Start}
					return news.Published{When: d.When(), Local: d.Local(), Span: span, Basis: news.Stated, Reason: news.Reason{Rule: "printed-date", Detail: d.Span.Of(p.Text)}}
				}
			}
		}
	}
	if trust == loose && !stated.When.IsZero() && f.on(rule.NearerDate) {
		// A time element in a menu or a teaser is another article's; what is printed below the
		// headline stands nearer.
		if near := printedTime(printed, us, fetched, true); !near.When.IsZero() {
			return near
		}
	}
	if !stated.When.IsZero() {
		return f.inPrintedZone(stated, printed, us).Published
	}
	if c, ok := f.scriptTime(us); ok && f.on(rule.ScriptDate) {
		return f.inPrintedZone(c, printed, us).Published
	}
	if f.on(rule.PrintedDate) {
		if p := printedTime(printed, us, fetched, false); p.Basis != "" {
			return p
		}
	}
	if f.on(rule.ChangeDate) {
		return f.modified(us)
	}
	return news.Published{}
}

// modified is the time of the last change, where the data tell no other.
func (f *Facts) modified(us bool) news.Published {
	for _, k := range modifiedKeys {
		if st, ok := stamp.Parse(f.Meta(k), us); ok {
			return news.Published{When: st.When(), Local: st.Local(), Basis: news.Stated, Reason: news.Reason{Rule: "meta modified", Detail: f.Meta(k)}}
		}
	}
	return news.Published{}
}

// modifiedKeys are the meta keys that carry the time of the last change.
var modifiedKeys = []string{"article:modified_time", "og:updated_time", "datemodified", "dateupdate", "last-modified", "lastmod", "dc.date.modified", "dcterms.modified"}

// inPrintedZone gives an instant in UTC the day that the page prints, where that is the day of
// the same instant elsewhere in the world.
func (f *Facts) inPrintedZone(c candidate, printed []Printed, us bool) candidate {
	s := c.stamp
	if !s.HasTime || !s.HasZone || s.Offset != 0 || !f.on(rule.PrintedZone) {
		return c
	}
	for _, p := range printed {
		if !p.Dated && !p.Near {
			continue
		}
		for _, d := range stamp.Find(p.Text, us, 2) {
			if elsewhere(s, d.Stamp) && !d.Doubtful && !updated(p.Text) {
				c.Local = d.Local()
				c.Span = text.Span{Start: d.Span.Start + p.Start, End: d.Span.End + p.Start}
				c.Reason.Detail += "; the day is as printed: " + d.Span.Of(p.Text)
				return c
			}
			if d.Distance(s) == 0 {
				return c
			}
		}
	}
	return c
}

// elsewhere reports whether day can be the civil day of the instant utc in some zone where
// news is written, and is not its day in UTC: America on the day before, Asia on the next.
func elsewhere(utc, day stamp.Stamp) bool {
	if !utc.HasTime || !utc.HasZone || utc.Offset != 0 || utc.Distance(day) != 1 {
		return false
	}
	if day.HasTime {
		// Zones differ by quarters of an hour; another difference is another time.
		minutes := (day.Hour*60 + day.Minute) - (utc.Hour*60 + utc.Minute)
		if off := ((minutes % 15) + 15) % 15; off > 1 && off < 14 {
			return false
		}
	}
	next := day.Year*10000+day.Month*100+day.Day > utc.Year*10000+utc.Month*100+utc.Day
	return next && utc.Hour >= 13 || !next && utc.Hour < 9
}

// publishedWord: "Published on ".
func publishedWord(s string) bool {
	l := strings.ToLower(s)
	for _, w := range []string{"published", "veröffentlicht", "geschrieben von", "erschienen am", "publié le", "publicado", "pubblicato", "gepubliceerd", "publicerad", "опубликовано", "opublikowano"} {
		if strings.Contains(l, w) {
			return true
		}
	}
	return false
}

// updated: "Last updated: May 3, 2031".
func updated(s string) bool {
	l := strings.ToLower(s)
	for _, w := range []string{"updat", "modif", "aktualis", "actualiz", "aggiorn", "atualiz", "mis à jour", "geändert", "änderung", "bijgewerkt", "обновл", "更新", "mise à jour", "zuletzt", "last edited", "last changed", "editiert"} {
		if strings.Contains(l, w) {
			return true
		}
	}
	return false
}

type candidate struct {
	news.Published
	stamp stamp.Stamp
}

// trust is how surely a time is the article's own.
type trust uint8

const (
	loose trust = iota // it stands somewhere on the page
	near               // it stands near the headline, or is data about a change
	own                // it is data about the article
)

// statedTime is what structured data and time elements say, and how surely it is meant.
func (f *Facts) statedTime(us bool) (c candidate, _ trust) {
	try := func(name, value string) bool {
		st, ok := stamp.Parse(value, us)
		if ok = ok && f.on(dateRule(name)); ok {
			c = candidate{news.Published{When: st.When(), Local: st.Local(), Basis: news.Stated, Reason: news.Reason{Rule: name, Detail: value}}, st}
		}
		return ok
	}
	for _, a := range f.Articles {
		if try("json-ld-date", a.Published) {
			// Of two times of publication the earlier one is it; the later is a change.
			if st, ok := stamp.Parse(f.Meta("article:published_time"), us); ok && st.Distance(c.stamp) > 0 && st.Local() < c.stamp.Local() {
				try("meta article:published_time", f.Meta("article:published_time"))
			}
			return c, own
		}
	}
	for _, weak := range []bool{false, true} {
		for _, k := range publishedKeys {
			if m, ok := f.meta1(k); ok && weakKeys["meta "+k] == weak && try("meta "+k, m.Value) {
				return c, own
			}
		}
		if weak {
			break
		}
		for _, t := range f.Times {
			if (t.Prop == "datepublished" || t.Prop == "pubdate" || t.Prop == "datecreated") && !t.Aside {
				if try("microdata", t.Value) || try("microdata", t.Text) {
					return c, own
				}
			}
		}
	}
	for _, t := range f.Times {
		if t.Prop == "datepublished" || t.Prop == "pubdate" || t.Prop == "datecreated" {
			if try("microdata", t.Value) || try("microdata", t.Text) {
				return c, own
			}
		}
	}
	for _, a := range f.Articles {
		if try("json-ld-modified", a.Modified) {
			return c, near
		}
	}
	// Of the times that merely stand on the page, those near the headline come first, then
	// those whose class speaks of publication, then the rest; last those in boxes for something
	// else: comments, teasers.
	for pass := range 4 {
		for _, t := range f.Times {
			class := strings.ToLower(t.Class)
			said := strings.Contains(class, "publi") || strings.Contains(class, "entry-date")
			if strings.Contains(class, "updat") || strings.Contains(class, "modif") {
				said = false
			}
			switch pass {
			case 0:
				if !t.Near || t.Aside {
					continue
				}
			case 1:
				if !said || t.Aside {
					continue
				}
			case 2:
				if t.Aside {
					continue
				}
			}
			if try("time-element", t.Value) || try("time-element", t.Text) {
				if pass == 0 {
					return c, near
				}
				return c, loose
			}
		}
	}
	return c, loose
}

// dateRule is the rule by which a piece of data is read for a date.
func dateRule(name string) rule.Name {
	switch {
	case strings.HasPrefix(name, "json-ld"):
		return rule.DateByData
	case strings.HasPrefix(name, "meta "):
		return rule.DateByMeta
	case name == "microdata":
		return rule.DateByMicrodata
	}
	return rule.DateByElement
}

// asPrinted lets what the page prints near its headline decide where its data disagree: of
// several times that the data give, the one whose day is printed is the one the reader is told.
func (f *Facts) asPrinted(first candidate, printed []Printed, us bool) candidate {
	var days []stamp.Stamp
	for _, p := range printed {
		if !p.Near || len(p.Text) > 200 {
			continue
		}
		for _, d := range stamp.Find(p.Text, us, 3) {
			if updated(before(p.Text, d.Span.Start)) || d.Doubtful {
				continue
			}
			if d.Distance(first.stamp) == 0 || elsewhere(first.stamp, d.Stamp) {
				return first
			}
			days = append(days, d.Stamp)
		}
	}
	if len(days) == 0 {
		return first
	}
	pick := func(rule, value string) (candidate, bool) {
		st, ok := stamp.Parse(value, us)
		if !ok {
			return candidate{}, false
		}
		for _, d := range days {
			if st.Distance(d) == 0 || elsewhere(st, d) {
				reason := news.Reason{Rule: rule, Detail: value + "; printed near the headline, unlike " + first.Reason.String()}
				return candidate{news.Published{When: st.When(), Local: st.Local(), Basis: news.Stated, Reason: reason}, st}, true
			}
		}
		return candidate{}, false
	}
	for _, k := range publishedKeys {
		if m, ok := f.meta1(k); ok {
			if c, ok := pick("meta "+k, m.Value); ok {
				return c
			}
		}
	}
	for _, t := range f.Times {
		if class := strings.ToLower(t.Class + " " + t.Prop); !t.Aside && !updated(class) {
			for _, v := range []string{t.Value, t.Text} {
				if c, ok := pick("time-element", v); ok {
					return c
				}
			}
		}
	}
	for _, a := range f.Articles {
		if c, ok := pick("json-ld-modified", a.Modified); ok {
			return c
		}
	}
	if weakKeys[first.Reason.Rule] {
		d := days[0]
		return candidate{news.Published{When: d.When(), Local: d.Local(), Basis: news.Stated, Reason: news.Reason{Rule: "printed-date", Detail: d.Local() + "; unlike " + first.Reason.String()}}, d}
	}
	if c, ok := pick("meta modified", f.Meta("article:modified_time", "og:updated_time", "last-modified", "datemodified")); ok {
		return c
	}
	return first
}

// weakKeys are the meta tags that templates fill with other dates too: of the last change, of
// the event that is announced.
var weakKeys = map[string]bool{"meta date": true, "meta dc.date": true, "meta dcterms.date": true, "meta created": true, "meta dcterms.created": true, "meta dc.date.created": true, "meta timestamp": true, "meta datecreated": true}

// before is what stands shortly before byte i of s.
func before(s string, i int) string { return s[max(0, i-30):i] }

// publishedKeys are the meta keys that carry the time of publication, the most exact first.
var publishedKeys = []string{"article:published_time", "article:published", "og:article:published_time", "datepublished", "date_published", "publishdate",
	"publish-date", "publish_date", "pubdate", "publication_date", "publicationdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
	"dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "article.published", "published_time", "og:published_time", "cxenseparse:recs:publishtime",
	"last-published", "originalpublicationdate", "article_date_original", "article:post_date", "rbpubdate", "displaydate", "date", "created", "article.created",
	"citation_publication_date", "citation_date", "bt:pubdate", "datecreated", "pub_date", "releasedate", "release_date", "article_publication_date", "publisheddate", "published_date",
	"cse_date", "news_publication_date", "dc.dateissued", "datum", "createdate", "create_date", "dc.date.published", "published", "timestamp", "pagedate", "contentdate", "article:create", "og:pubdate", "vr:published_time", "shareaholic:article_published_time", "eomportal-lastupdate"}

// monthFirst reports whether "3/4/2031" is March 4 on this page: in American English.
func (f *Facts) monthFirst() bool {
	l := strings.ToLower(strings.ReplaceAll(f.Language, "_", "-"))
	if l == "" {
		l = strings.ToLower(strings.ReplaceAll(f.Meta("og:locale"), "_", "-"))
	}
	return l == "" || l == "en" || l == "en-us"
}

// addressDate is the day in an address: "/2031/05/03/", "/20310503/", "-2031-05-03".
func addressDate(address string) (stamp.Stamp, bool) {
	_, rest, _ := strings.Cut(address, "://")
	_, path, ok := strings.Cut(rest, "/")
	if !ok || strings.HasPrefix(path, "web/") {
		return stamp.Stamp{}, false // an archive's copy bears the archive's date
	}
	path, _, _ = strings.Cut(path, "?")
	found := stamp.Find(path, false, 1)
	if len(found) == 0 || found[0].Doubtful {
		return stamp.Stamp{}, false
	}
	return stamp.Stamp{Year: found[0].Year, Month: found[0].Month, Day: found[0].Day}, true
}

// scriptTime is the time of publication as the page's own scripts carry it as data:
// "datePublished":"2031-05-03T09:05:00Z".
func (f *Facts) scriptTime(us bool) (candidate, bool) {
	t := f.Tree
	for _, key := range scriptKeys {
		for i := range t.Nodes {
			if t.Nodes[i].Tag != atom.Script {
				continue
			}
			raw := t.Raw(int32(i))
			if len(raw) > 400_000 {
				raw = raw[:400_000]
			}
			at := strings.Index(raw, key)
			if at < 0 {
				continue
			}
			value := strings.TrimLeft(raw[at+len(key):min(len(raw), at+len(key)+60)], "\\\"' :=")
			if value == "" || value[0] == ',' || value[0] == '}' || value[0] == ')' {
				continue // a name in a list of names
			}
			if end := strings.IndexAny(value, "\"'\\,}"); end > 0 {
				value = value[:end]
			}
			if st, ok := stamp.Parse(value, us); ok {
				return candidate{news.Published{When: st.When(), Local: st.Local(), Basis: news.Stated, Reason: news.Reason{Rule: "script-data", Detail: key + " " + value}}, st}, true
			}
		}
	}
	return candidate{}, false
}

var scriptKeys = []string{"datePublished", "publishedDate", "publishDate", "publish_date", "published_at", "publishedAt", "publication_date", "publicationDate", "pubDate", "pubdate", "firstPublished", "publishTime", "publish_time", "datePosted", "dateCreated", "published_date", "created_at", "pub_date"}

// printedTime is the first date a reader meets: near the headline, in a line of its own or a
// box for dates first; then in such a box or line elsewhere, and last in prose. A line about a
// change counts when no other date stands by itself. With nearOnly the search ends at the
// first paragraph.
func printedTime(printed []Printed, us bool, fetched time.Time, nearOnly bool) news.Published {
	places := []func(p Printed) bool{
		func(p Printed) bool { return p.Near && p.Alone },
		func(p Printed) bool { return p.Near && p.Dated || p.Above },
		func(p Printed) bool { return p.Near },
		func(p Printed) bool { return p.Dated },
		func(p Printed) bool { return p.Alone || !p.Prose && updated(p.Text) },
		func(p Printed) bool { return true },
		func(p Printed) bool { return true },
	}
	for pass, here := range places {
		if nearOnly && pass == 3 {
			break
		}
		for _, p := range printed {
			if !here(p) {
				continue
			}
			for _, d := range stamp.Find(p.Text, us, 3) {
				words := before(p.Text, d.Span.Start)
				if updated(words) && pass != 4 && pass != 6 || joined(words) {
					continue
				}
				if _, err := strconv.Atoi(d.Span.Of(p.Text)); err == nil && !p.Dated {
					continue // a bare number in prose is a number
				}
				span := text.Span{Start: d.Span.Start + p.Start, End: d.Span.End + p.Start}
				return news.Published{When: d.When(), Local: d.Local(), Span: span, Basis: news.Stated, Reason: news.Reason{Rule: "printed-date", Detail: d.Span.Of(p.Text)}}
			}
			if pass > 2 || len(p.Text) > 60 {
				continue
			}
			if ago, exact, ok := stamp.Ago(p.Text); ok {
				reason := news.Reason{Rule: "relative-date", Detail: p.Text}
				span := text.Span{Start: p.Start, End: p.Start + len(p.Text)}
				if fetched.IsZero() {
					reason.Detail += "; when the page was fetched is not known"
					return news.Published{Span: span, Basis: news.Relative, Reason: reason}
				}
				when := news.At(news.Instant(fetched.Add(-ago)))
				if !exact {
					day := fetched.Add(-ago).UTC()
					when = news.At(news.Day(day.Year(), day.Month(), day.Day()))
				}
				return news.Published{When: when, Span: span, Basis: news.Relative, Reason: reason}
			}
		}
	}
	return news.Published{}
}

// joined: "Registered: May 3, 2031", in the box about whoever writes in a forum.
func joined(s string) bool {
	l := strings.ToLower(s)
	for _, w := range []string{"registered", "registriert", "registrierung", "joined", "member since", "mitglied seit", "dabei seit", "inscrit", "registrado"} {
		if strings.Contains(l, w) {
			return true
		}
	}
	return false
}
