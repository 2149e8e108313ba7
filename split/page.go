package split

import (
	"strings"

	"dateline/news"
	"dateline/split/dating"
	"dateline/split/unit"
)

// structured reports whether extraction has given kinds to the blocks of the document.
func structured(d news.Document) bool {
	for _, b := range d.Blocks {
		if b.Kind != "" {
			return true
		}
	}
	return false
}

// own reports whether a block of the kind belongs to an article rather than to its page.
func own(k news.Kind) bool {
	switch k {
	case news.Boilerplate, news.RelatedLink, news.Tags, "":
		return false
	}
	return true
}

// page takes the articles of a document from the kinds that extraction gave its blocks: it calls a
// second block a headline only where a further article begins (extract/body's cards and others).
func page(d news.Document) (drafts []draft, rest []unit.Unit) {
	us := make([]unit.Unit, len(d.Blocks))
	for i, b := range d.Blocks {
		u := unit.Measure(d.Text, b.Span)
		u.Kind, u.Reason = b.Kind, b.Reason
		switch u.Kind {
		case "":
			u.Kind, u.Reason = news.Boilerplate, "no-kind"
		case news.DateKind:
			if p, ok := dating.Line(u.Text, d.Fetched); ok {
				u.Date = &p
			} else if p, n, ok := dating.Prefix(u.Text, d.Fetched); ok && p.Ago != "" && strings.HasPrefix(strings.TrimLeft(u.Text[n:], " "), "-") {
				u.Date = &p // "an hour ago - Alba Post"
			}
		case news.Byline:
			w := u
			w.Kind = ""
			if !w.Byline() {
				w.People, w.Outlet = unit.Authors(strings.TrimPrefix(w.Text, "By "))
			}
			u.People, u.Outlet = w.People, w.Outlet
		case news.Publisher:
			u.Outlet = strings.TrimSpace(u.Text)
			if name, d, ok := unit.NameWithAge(u.Text, d.Fetched); ok {
				u.Outlet, u.Date = name, &d
			}
		case news.Boilerplate, news.Body:
			if p, ok := dating.Line(u.Text, d.Fetched); ok && u.Kind == news.Boilerplate && p.Ago == "" && p.Day > 0 && underTitle(us[:i]) {
				u.Kind, u.Reason, u.Date = news.DateKind, "date-line", &p
			}
			if n := unit.Notice(u.Text, u.Words); n != "" {
				u.Notice = n
			}
		}
		us[i] = u
	}
	starts := []int{0}
	titled := false
	for i, u := range us {
		if u.Kind == news.Title {
			if titled && prosebelow(us[i+1:]) {
				starts = append(starts, above(us[:i]))
			}
			titled = true
		}
	}
	for n, start := range starts {
		end := len(us)
		if n+1 < len(starts) {
			end = starts[n+1]
		}
		first, last, title := -1, -1, -1
		body := false
		for i := start; i < end; i++ {
			if !own(us[i].Kind) {
				continue
			}
			if first < 0 {
				first = i
			}
			last = i
			body = body || us[i].Kind == news.Body
			if us[i].Kind == news.Title && title < 0 {
				title = i
			}
		}
		if !body {
			rest = append(rest, us[start:end]...)
			continue
		}
		rest = append(append(rest, us[start:first]...), us[last+1:end]...)
		dr := draft{units: us[first : last+1], title: -1}
		if title >= 0 {
			dr.title = title - first
		}
		drafts = append(drafts, dr)
	}
	return drafts, rest
}

// above is where the lines about an article begin that stand above its headline, at the end
// of us.
func above(us []unit.Unit) int {
	i := len(us)
	for i > 0 && us[i-1].Meta() && us[i-1].Kind != news.Byline && i > len(us)-3 {
		i--
	}
	return i
}

// prosebelow reports whether prose follows a headline before another headline does.
func prosebelow(us []unit.Unit) bool {
	for i, u := range us {
		switch {
		case u.Kind == news.Body:
			return true
		case u.Kind == news.Title || i > 6:
			return false
		}
	}
	return false
}

// underTitle reports whether what comes behind us stands between a headline and its prose.
func underTitle(us []unit.Unit) bool {
	for i := len(us) - 1; i >= 0 && i > len(us)-6; i-- {
		switch us[i].Kind {
		case news.Title:
			return true
		case news.Body:
			return false
		}
	}
	return false
}
