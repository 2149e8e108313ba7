package schedule

import (
	"testing"
	"time"

	"dateline/news"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC) // a Wednesday

// every is a rhythm of items so far apart, the last one just now.
func every(gap time.Duration, n int) []time.Time {
	var times []time.Time
	for i := range n {
		times = append(times, noon.Add(-time.Duration(i)*gap))
	}
	return times
}

func TestNext(t *testing.T) {
	for _, c := range []struct {
		name   string
		feed   news.Feed
		jitter float64
		want   time.Duration
	}{
		{"a new feed is asked in an hour", news.Feed{}, 0, time.Hour},
		{"half the gap between items", news.Feed{Rhythm: every(4*time.Hour, 10)}, 0, 2 * time.Hour},
		{"never more often than every ten minutes", news.Feed{Rhythm: every(time.Minute, 24)}, 0, Shortest},
		{"at least once a day", news.Feed{Rhythm: every(90*24*time.Hour, 5)}, 0, Longest},
		{"a burst is no rhythm", news.Feed{Rhythm: append(every(time.Minute, 3), noon.Add(-8*time.Hour), noon.Add(-16*time.Hour), noon.Add(-24*time.Hour), noon.Add(-32*time.Hour), noon.Add(-40*time.Hour))}, 0, 3*time.Hour + 11*time.Minute + 54*time.Second},
		{"silence makes it rarer", news.Feed{Rhythm: []time.Time{noon.Add(-100 * time.Hour), noon.Add(-101 * time.Hour)}}, 0, 10 * time.Hour},
		{"ttl is kept", news.Feed{Rhythm: every(time.Hour, 10), AskedGap: 3 * time.Hour}, 0, 3 * time.Hour},
		{"but not past a day", news.Feed{AskedGap: 400 * time.Hour}, 0, MostAsked},
		{"ttl makes nothing more frequent", news.Feed{Rhythm: every(10*time.Hour, 10), AskedGap: time.Minute}, 0, 5 * time.Hour},
		{"a hub makes it rarer", news.Feed{Rhythm: every(2*time.Hour, 10), Pushed: noon.Add(time.Hour)}, 0, 4 * time.Hour},
		{"a hub whose lease is over does not", news.Feed{Rhythm: every(2*time.Hour, 10), Hub: "x", Pushed: noon.Add(-time.Hour)}, 0, time.Hour},
		{"failures double it", news.Feed{Failures: 3}, 0, 8 * time.Hour},
		{"up to a day", news.Feed{Failures: 60}, 0, Longest},
		{"jitter only lengthens", news.Feed{}, 0.5, time.Hour + 3*time.Minute},
		{"skipped hours are left out", news.Feed{SkipHours: 1<<13 | 1<<14}, 0, 3 * time.Hour},
		{"skipped days are left out", news.Feed{SkipDays: 1<<time.Wednesday | 1<<time.Thursday}, 0, 36 * time.Hour},
		{"one that skips all is not believed", news.Feed{SkipHours: 1<<24 - 1}, 0, time.Hour},
	} {
		next, why := Next(noon, c.feed, c.jitter)
		if got := next.Sub(noon); got != c.want || why == "" {
			t.Errorf("%s: %v (%s), want %v", c.name, got, why, c.want)
		}
	}
}

func TestRevisitsFall(t *testing.T) {
	at, last := noon, time.Duration(0)
	looks := 0
	for quiet := 0; ; quiet++ {
		next := Revisit(at, time.Time{}, quiet, 0)
		if next.IsZero() {
			break
		}
		if next.Sub(at) <= last {
			t.Errorf("look %d comes after %v, the one before after %v", quiet, next.Sub(at), last)
		}
		last, at = next.Sub(at), next
		if looks++; looks > 20 {
			t.Fatal("it never ends")
		}
	}
	if looks < 5 || Revisit(noon, noon.Add(-30*24*time.Hour), 0, 0).Sub(noon) < 24*time.Hour || !Revisit(noon, noon.Add(-30*24*time.Hour), 3, 0).IsZero() {
		t.Errorf("%d looks", looks)
	}
	if got := Revisit(noon, noon, 0, 0.999).Sub(noon); got < 30*time.Minute || got > 36*time.Minute {
		t.Errorf("jitter: %v", got)
	}
}

func TestRetriesEnd(t *testing.T) {
	tries := 1
	for ; !Retry(noon, tries, 0).IsZero(); tries++ {
		if tries > 20 {
			t.Fatal("they never end")
		}
	}
	if tries < 4 || !Retry(noon, 0, 0).IsZero() {
		t.Errorf("%d", tries)
	}
}

func TestMoved(t *testing.T) {
	f := news.Feed{URL: "a"}
	if got := Moved(noon, &f, "b"); got != "a" || f.MovedTo != "b" {
		t.Errorf("at once: %s, %+v", got, f)
	}
	if got := Moved(noon.Add(3*24*time.Hour), &f, ""); got != "a" || f.MovedTo != "" {
		t.Errorf("back again: %s, %+v", got, f)
	}
	Moved(noon, &f, "b")
	if got := Moved(noon.Add(6*24*time.Hour), &f, "b"); got != "a" {
		t.Errorf("after six days: %s", got)
	}
	if got := Moved(noon.Add(5*24*time.Hour), &f, "c"); got != "a" {
		t.Errorf("elsewhere: %s", got)
	}
	if got := Moved(noon.Add(12*24*time.Hour), &f, "c"); got != "c" || f.MovedTo != "" {
		t.Errorf("after a week: %s, %+v", got, f)
	}
}

func TestGone(t *testing.T) {
	f := news.Feed{}
	for n, at := range []time.Duration{0, time.Hour, 2 * time.Hour, 71 * time.Hour} {
		if Gone(noon.Add(at), &f, true) {
			t.Errorf("ended at answer %d after %v", n, at)
		}
	}
	if !Gone(noon.Add(73*time.Hour), &f, true) {
		t.Error("not ended after three days")
	}
	if Gone(noon, &f, false) || f.Gone != 0 || Gone(noon.Add(100*time.Hour), &f, true) {
		t.Errorf("it came back: %+v", f)
	}
}
