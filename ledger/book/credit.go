package book

import (
	"slices"
	"strings"
)

// agencies are news agencies as copy credits them.
var agencies = map[string]string{
	"ap": "AP", "associated press": "AP", "reuters": "Reuters", "afp": "AFP", "agence france presse": "AFP", "dpa": "dpa", "press association": "PA", "pa media": "PA",
	"tass": "TASS", "interfax": "Interfax", "ria novosti": "RIA Novosti", "xinhua": "Xinhua", "kyodo": "Kyodo", "yonhap": "Yonhap", "ansa": "ANSA", "efe": "EFE",
	"bloomberg": "Bloomberg", "ukrinform": "Ukrinform", "anadolu agency": "Anadolu", "pti": "PTI", "ani": "ANI", "upi": "UPI",
}

// Agencies are those that an article is credited to: as its outlet, in byline or dateline.
func (a *Article) Agencies() []string { return a.credited().agencies }

// OutletKey is the plain name of the article's outlet, "" if it has none.
func (a *Article) OutletKey() string { return a.credited().outlet }

// A credit is to whom an article is credited.
type credit struct {
	outlet   string
	agencies []string
}

// credited is read once: every row that an article is part of asks for it.
func (a *Article) credited() *credit {
	if a.credit != nil {
		return a.credit
	}
	c := &credit{outlet: Plain(a.Article.Outlet.Name)}
	add := func(plain string) {
		if name := agencies[plain]; name != "" && !slices.Contains(c.agencies, name) {
			c.agencies = append(c.agencies, name)
		}
	}
	add(c.outlet)
	for _, s := range a.Article.Authors {
		add(Plain(s))
	}
	if a.Article.Byline != nil {
		add(Plain(a.Article.Byline.Text))
	}
	if d := a.Article.Dateline; d != nil {
		if _, after, open := strings.Cut(d.Text, "("); open {
			in, _, _ := strings.Cut(after, ")")
			add(Plain(in))
		}
	}
	a.credit = c
	return c
}
