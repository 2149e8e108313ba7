package commitment

import (
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/news"
	"dateline/text"
)

// weekdays are their names as a time expression has them.
var weekdays = map[string]time.Weekday{"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday, "sunday": time.Sunday}

// due finds when a commitment is to be done: of the times told of the doing the narrowest that is
// not over when it was made.
func (s *Index) due(d *deed) {
	t := d.x.In.Article.Text
	made := d.last
	if made.IsZero() {
		made = d.x.In.Day()
	}
	best, wide := account.Time{}, time.Duration(0)
	why := news.Reason{}
	for _, v := range d.x.Times {
		if !d.what.Contains(v.Span) && !d.condition.Empty() && d.condition.Contains(v.Span) {
			continue
		}
		words, before := v.Span.Of(t), leading(t, v.Span)
		if v.Lasts >= day && !made.IsZero() && within(d.x, v.Span, before, words) {
			v.From, v.To, v.Lasts = made, made.Add(v.Lasts).Truncate(day).Add(day), 0
		}
		if v.To.IsZero() || v.Event && (before == "after" || strings.HasPrefix(strings.ToLower(words), "after ")) {
			continue // after a happening, and who knows how long
		}
		if elsewhere(d.x, v.Span, words) || d.words != "" && v.Span.End <= d.what.Start && v.From.Equal(made) {
			continue // "said on Monday she hopes to": of the saying
		}
		rule := "time-in-content"
		_, named := weekday(words)
		told := named && v.From.Truncate(day).Equal(made.Truncate(day)) && d.x.In.Day().After(made) // its own day is not called so
		if !made.IsZero() && (!v.To.After(made) || told) {
			// A weekday in what is still to be done is the next one, whatever it would be in a report.
			w, ok := weekday(words)
			if !ok {
				continue
			}
			shift := (int(w) - int(made.Weekday()) + 7) % 7
			if shift == 0 {
				shift = 7
			}
			from := made.AddDate(0, 0, shift)
			v.To = from.Add(v.To.Sub(v.From.Truncate(day)))
			v.From = from.Add(v.From.Sub(v.From.Truncate(day)))
			rule = "weekday-to-come"
		}
		if before == "before" && v.From.After(made) { // "before winter": till it begins
			v.From, v.To = made, v.From
			rule = "before"
		}
		width := v.To.Sub(v.From)
		if end := endOf(t, v); !end.IsZero() {
			v.From, v.To = end, end.Add(day)
			rule = "end-of"
		}
		if best.To.IsZero() || width < wide {
			best, wide, why = v, width, news.Reason{Rule: rule, Detail: quote(t, v.Span)}
		}
	}
	if best.To.IsZero() && !made.IsZero() && strings.Contains(strings.ToLower(d.x.Text()), "before the day") {
		best = account.Time{From: made, To: made.Add(day), Span: d.x.Span}
		why = news.Reason{Rule: "same-day", Detail: "before the day is out"}
	}
	d.due, d.dueWhy = best, why
}

// within reports whether a length of time is the one left for what is to be done: "within two weeks", "in
// the next ten days". "In two years" may be how long it takes, and "within a week of the vote" hangs on
// another day.
func within(x *account.Account, s text.Span, before, words string) bool {
	rest := strings.TrimSpace(x.In.Article.Text[s.End:x.Span.End])
	if strings.HasPrefix(rest, "of ") || strings.HasPrefix(rest, "after ") || strings.HasPrefix(rest, "from ") {
		return false
	}
	lead := before + " " + strings.ToLower(words)
	for _, l := range []string{"within ", "in the next ", "in next ", "in the coming ", "in coming ", "in less than ", "over the next ", "over next "} {
		if strings.HasPrefix(lead, l) {
			return true
		}
	}
	return false
}

// leading is the word before a time, in lower case; the article is passed over.
func leading(t string, s text.Span) string {
	words := strings.Fields(strings.ToLower(t[max(0, s.Start-16):s.Start]))
	if n := len(words); n > 1 && words[n-1] == "the" {
		words = words[:n-1]
	}
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// elsewhere reports whether a time is not that of the doing: "not on 1 June", "since Saturday",
// "last night".
func elsewhere(x *account.Account, s text.Span, words string) bool {
	words = strings.ToLower(words)
	if strings.HasPrefix(words, "last ") || strings.HasPrefix(words, "yesterday") || strings.HasPrefix(words, "earlier") || strings.HasPrefix(words, "since ") {
		return true
	}
	// "from Friday's summit": what is of that time is named by it.
	if rest := x.In.Article.Text[s.End:]; strings.HasSuffix(words, "'s") || strings.HasSuffix(words, "’s") || strings.HasPrefix(rest, "'s ") || strings.HasPrefix(rest, "’s ") {
		return true
	}
	for i, w := range x.Words {
		if w.Span.Start < s.Start {
			continue
		}
		for _, v := range x.Words[max(0, i-2):i] {
			if v.Lower == "not" || v.Lower == "since" {
				return true
			}
		}
		// "not on 1 June": the preposition may belong to the expression.
		return strings.HasPrefix(words, "on ") && i > 0 && x.Words[i-1].Lower == "not"
	}
	return false
}

func quote(t string, s text.Span) string {
	before := strings.Fields(t[max(0, s.Start-12):s.Start])
	if n := len(before); n > 0 {
		switch before[n-1] {
		case "by", "on", "at", "until", "before", "from", "in", "for":
			return "“" + before[n-1] + " " + s.Of(t) + "”"
		}
	}
	return "“" + s.Of(t) + "”"
}

// weekday is the weekday an expression names, unless it says which one.
func weekday(words string) (time.Weekday, bool) {
	words = strings.ToLower(words)
	if strings.Contains(words, "last") || strings.Contains(words, "ago") {
		return 0, false
	}
	for name, w := range weekdays {
		if strings.Contains(words, name) {
			return w, true
		}
	}
	return 0, false
}

// endOf is the last day of a time that the text says the end of: "by the end of this month".
func endOf(t string, v account.Time) time.Time {
	if v.To.Sub(v.From) <= day {
		return time.Time{}
	}
	around := strings.ToLower(t[max(0, v.Span.Start-12):v.Span.End])
	if strings.Contains(around, "end of") {
		return v.To.Add(-day)
	}
	return time.Time{}
}

// interval is when a deed is due, as an interval of days.
func (d *deed) interval() news.Interval {
	if d.due.To.IsZero() {
		return news.Interval{}
	}
	if d.due.To.Sub(d.due.From) <= time.Hour && d.due.From.Truncate(day) != d.due.From {
		return news.At(news.Day(d.due.From.Year(), d.due.From.Month(), d.due.From.Day()))
	}
	return d.due.Interval()
}
