package cluster

import (
	"slices"
	"strings"
	"time"

	"dateline/cluster/event"
	"dateline/news"
)

// happened is the day of an article's news: the one of which its opening tells or, where that
// cannot be reckoned, the weekday that more than half of the weekdays in it are. Without a day of
// publication "on Monday" is no date; but reports of one event name one weekday.
func happened(a news.Annotation) event.Day {
	if first, _ := a.Lead.Happened.Bounds(); a.Lead.Happened.IsMoment() && !first.IsZero() {
		return event.Day{Number: int(first.Unix() / secondsOfDay), Weekday: 1 + int(first.Weekday())}
	}
	var told [8]int
	all := 0
	for _, t := range a.Times {
		for _, w := range strings.Fields(strings.ToLower(t.Span.Of(a.Article.Text))) {
			w, _, _ = strings.Cut(strings.TrimRight(w, ".,;:"), "'")
			w, _, _ = strings.Cut(w, "’")
			if i := slices.Index(weekdays, w); i >= 0 {
				told[1+i]++
				all++
			}
		}
	}
	for weekday, n := range told {
		if 2*n > all {
			return event.Day{Weekday: weekday}
		}
	}
	return event.Day{}
}

// weekdays are the names of the days of a week, the one of time.Weekday(0) first.
var weekdays = func() (names []string) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		names = append(names, strings.ToLower(d.String()))
	}
	return names
}()
