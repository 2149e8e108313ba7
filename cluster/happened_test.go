package cluster

import (
	"testing"
	"time"

	"dateline/cluster/event"
	"dateline/news"
	"dateline/text"
)

func TestHappened(t *testing.T) {
	read := func(body string, times ...string) news.Annotation {
		a := news.Annotation{Article: news.Article{Text: body}}
		at := 0
		for _, words := range times {
			for body[at:at+len(words)] != words {
				at++
			}
			a.Times = append(a.Times, news.TimeExpression{Span: text.Span{Start: at, End: at + len(words)}})
			at += len(words)
		}
		return a
	}
	dated := read("The ferry sank on Monday, after a storm on Friday and one on Friday.", "Monday", "Friday", "Friday")
	dated.Lead.Happened = news.At(news.Day(2031, time.May, 5))
	for _, c := range []struct {
		name string
		a    news.Annotation
		want event.Day
	}{
		{"the day of the opening, whatever else is told", dated, event.Day{Number: 22404, Weekday: 2}},
		{"without a day, the weekday of most", read("Sank on Monday night. By Tuesday's storm, Monday’s crew was safe.", "Monday night", "Tuesday's", "Monday’s"), event.Day{Weekday: 2}},
		{"as many of two weekdays tell neither", read("From Monday to Friday.", "Monday", "Friday"), event.Day{}},
		{"no weekday", read("It sank last year.", "last year"), event.Day{}},
	} {
		if got := happened(c.a); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
