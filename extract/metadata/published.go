package metadata

import (
	"strings"
	"time"

	"golang.org/x/net/html/atom"

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
func (f *Facts) Published(address string, printed []Printed, fetched time.Time) news.Published {
	us := f.monthFirst()
	stated, trusted := f.statedTime(us)
	for _, a := range []string{address, f.Canonical, f.Meta("og:url")} {
		st, ok := addressDate(a)
		if !ok || a == "" {
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
		case days > 1 && !trusted || days > 30:
			return news.Published{When: st.When(), Local: st.Local(), Basis: news.Inferred, Reason: reason}
		}
		break
	}
	if !stated.When.IsZero() {
		// An instant in UTC has a day that may not be the one the page prints.
		if s := stated.stamp; s.HasTime && s.HasZone && s.Offset == 0 {
			for _, p := range printed {
				if !p.Dated && !p.Near {
					continue
				}
				for _, d := range stamp.Find(p.Text, us, 1) {
					if elsewhere(s, d.Stamp) && !d.Doubtful && !updated(p.Text) {
						stated.Local = d.Local()
						stated.Span = text.Span{Start: d.Span.Start + p.Start, End: d.Span.End + p.Start}
						stated.Reason.Detail += "; the day is as printed: " + d.Span.Of(p.Text)
						return stated.Published
					}
					if d.Distance(s) == 0 {
						return stated.Published
					}
				}
			}
		}
		return stated.Published
	}
	if p, ok := f.scriptTime(us); ok {
		return p
	}
	return f.printedTime(printed, us, fetched)
}

// elsewhere reports whether day can be the civil day of the instant utc in some zone where
// news is written, and is not its day in UTC: America on the day before, Asia on the next.
func elsewhere(utc, day stamp.Stamp) bool {
	if !utc.HasTime || !utc.HasZone || utc.Offset != 0 || utc.Distance(day) != 1 {
		return false
	}
	next := day.Year*10000+day.Month*100+day.Day > utc.Year*10000+utc.Month*100+utc.Day
	return next && utc.Hour >= 13 || !next && utc.Hour < 9
}

// updated: "Last updated: May 3, 2031".
func updated(s string) bool {
	l := strings.ToLower(s)
	for _, w := range []string{"updat", "modif", "aktualis", "actualiz", "aggiorn", "atualiz", "mis à jour", "geändert", "bijgewerkt", "обновл"} {
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

// statedTime is what structured data and time elements say. trusted tells data about the
// article from times that merely stand on the page.
func (f *Facts) statedTime(us bool) (c candidate, trusted bool) {
	try := func(rule, value string) bool {
		st, ok := stamp.Parse(value, us)
		if ok {
			c = candidate{news.Published{When: st.When(), Local: st.Local(), Basis: news.Stated, Reason: news.Reason{Rule: rule, Detail: value}}, st}
		}
		return ok
	}
	for _, a := range f.Articles {
		if try("json-ld-date", a.Published) {
			return c, true
		}
	}
	for _, k := range publishedKeys {
		if m, ok := f.meta1(k); ok && try("meta "+k, m.Value) {
			return c, true
		}
	}
	for _, t := range f.Times {
		if t.Prop == "datepublished" || t.Prop == "pubdate" || t.Prop == "datecreated" {
			if try("microdata", t.Value) || try("microdata", t.Text) {
				return c, true
			}
		}
	}
	for _, a := range f.Articles {
		if try("json-ld-modified", a.Modified) {
			return c, false
		}
	}
	for pass := range 3 {
		for _, t := range f.Times {
			// A time inside a comment or a teaser is not the article's: those with a class that
			// says so come first.
			said := strings.Contains(strings.ToLower(t.Class), "publi") || strings.Contains(strings.ToLower(t.Class), "entry-date")
			if pass == 0 && !said || pass < 2 && t.Aside {
				continue
			}
			if try("time-element", t.Value) || try("time-element", t.Text) {
				return c, false
			}
		}
	}
	return c, false
}

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
	for _, d := range stamp.Find(path, false, 1) {
		if d.Doubtful {
			return stamp.Stamp{}, false
		}
		return stamp.Stamp{Year: d.Year, Month: d.Month, Day: d.Day}, true
	}
	return stamp.Stamp{}, false
}

// scriptTime is the time of publication as the page's own scripts carry it as data:
// "datePublished":"2031-05-03T09:05:00Z".
func (f *Facts) scriptTime(us bool) (news.Published, bool) {
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
			if end := strings.IndexAny(value, "\"'\\,}"); end > 0 {
				value = value[:end]
			}
			if st, ok := stamp.Parse(value, us); ok {
				return news.Published{When: st.When(), Local: st.Local(), Basis: news.Stated, Reason: news.Reason{Rule: "script-data", Detail: key + " " + value}}, true
			}
		}
	}
	return news.Published{}, false
}

var scriptKeys = []string{"datePublished", "publishedDate", "publishDate", "publish_date", "published_at", "publishedAt", "publication_date", "publicationDate", "pubDate", "pubdate", "firstPublished", "publishTime", "publish_time", "datePosted", "dateCreated", "published_date", "created_at", "pub_date"}

// printedTime is the first date a reader meets: in a box for dates, near the headline, in the
// lines of the article, then anywhere.
func (f *Facts) printedTime(printed []Printed, us bool, fetched time.Time) news.Published {
	for pass := range 4 {
		for _, p := range printed {
			switch pass {
			case 0:
				if !p.Dated || !p.Near {
					continue
				}
			case 1:
				if !p.Near {
					continue
				}
			case 2:
				if !p.Dated {
					continue
				}
			}
			for _, d := range stamp.Find(p.Text, us, 1) {
				span := text.Span{Start: d.Span.Start + p.Start, End: d.Span.End + p.Start}
				return news.Published{When: d.When(), Local: d.Local(), Span: span, Basis: news.Stated, Reason: news.Reason{Rule: "printed-date", Detail: d.Span.Of(p.Text)}}
			}
			if pass > 1 || len(p.Text) > 60 {
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
