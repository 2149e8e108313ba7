package metadata

import (
	"strings"
	"time"

	"dateline/extract/stamp"
	"dateline/news"
)

// A Printed is a piece of visible text that may carry the date of publication.
type Printed struct {
	Text  string
	Start int  // where it stands in the text of the page
	Dated bool // in a box for dates, by its class or kind
	Near  bool // between the headline and the first paragraphs
}

// Published is when the page says it was published: JSON-LD, then meta tags, then microdata
// and time elements, then the address, then dates printed near the headline.
func (f *Facts) Published(address string, printed []Printed, fetched time.Time) news.Published {
	us := f.monthFirst()
	try := func(rule, value string) (news.Published, bool) {
		st, ok := stamp.Parse(value, us)
		if !ok {
			return news.Published{}, false
		}
		return news.Published{When: st.When(), Local: st.Local(), Basis: news.Stated, Reason: news.Reason{Rule: rule, Detail: value}}, true
	}
	for _, a := range f.Articles {
		if p, ok := try("json-ld-date", a.Published); ok {
			return p
		}
	}
	for _, k := range publishedKeys {
		if m, ok := f.meta1(k); ok {
			if p, ok := try("meta "+k, m.Value); ok {
				return p
			}
		}
	}
	for _, t := range f.Times {
		if t.Prop == "datepublished" || t.Prop == "pubdate" || t.Prop == "datecreated" {
			for _, v := range []string{t.Value, t.Text} {
				if p, ok := try("microdata", v); ok {
					return p
				}
			}
		}
	}
	for _, t := range f.Times {
		for _, v := range []string{t.Value, t.Text} {
			if p, ok := try("time-element", v); ok {
				return p
			}
		}
	}
	for _, a := range []string{address, f.Canonical, f.Meta("og:url")} {
		if st, ok := addressDate(a); ok {
			return news.Published{When: st.When(), Local: st.Local(), Basis: news.Inferred, Reason: news.Reason{Rule: "address-date", Detail: a}}
		}
	}
	for _, p := range printed {
		if !p.Dated && !p.Near {
			continue
		}
		for _, d := range stamp.Find(p.Text, us, 1) {
			span := d.Span
			span.Start += p.Start
			span.End += p.Start
			return news.Published{When: d.When(), Local: d.Local(), Span: span, Basis: news.Stated, Reason: news.Reason{Rule: "printed-date", Detail: d.Span.Of(p.Text)}}
		}
	}
	return news.Published{}
}

// publishedKeys are the meta keys that carry the time of publication, the most exact first.
var publishedKeys = []string{"article:published_time", "article:published", "og:article:published_time", "datepublished", "date_published", "publishdate",
	"publish-date", "publish_date", "pubdate", "publication_date", "publicationdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
	"dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "article.published", "published_time", "og:published_time", "cxenseparse:recs:publishtime",
	"last-published", "originalpublicationdate", "article_date_original", "article:post_date", "rbpubdate", "displaydate", "date", "created", "article.created",
	"citation_publication_date", "citation_date", "bt:pubdate", "datecreated", "pub_date", "releasedate", "release_date"}

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
	if !ok {
		return stamp.Stamp{}, false
	}
	for _, d := range stamp.Find(path, false, 1) {
		if !d.HasTime || true {
			d.HasTime, d.HasZone = false, false
			d.Hour, d.Minute, d.Second, d.Offset = 0, 0, 0, 0
			return d.Stamp, true
		}
	}
	return stamp.Stamp{}, false
}
