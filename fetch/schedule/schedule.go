// Package schedule says when to ask again: a feed for what is new, a page for what was changed.
//
// It is pure: the time and the jitter are handed in, so that simulated months pass at once. What
// a host allows (its gap, its Retry-After, its back-off) is the gate's to say (package fetch);
// here is what we want.
//
// A feed is polled by its rhythm: the gaps between its last items tell how often it brings
// something, and the time since the last one that it has fallen silent. What it asks for (ttl,
// the syndication module, Cache-Control, skipHours, skipDays) makes polls rarer, never more
// frequent. A page is looked at again at falling intervals, from the beginning whenever it was
// changed: corrections come early, deletions late.
package schedule

import (
	"slices"
	"time"

	"dateline/news"
)

// Bounds of polling. A host's own wish can make it rarer than Longest, up to a week.
const (
	Shortest     = 10 * time.Minute
	Longest      = 24 * time.Hour
	First        = time.Hour // of a feed that has told nothing of its rhythm yet
	MostAsked    = 24 * time.Hour
	WithHub      = 4 // how much rarer a feed is polled whose hub tells us of news
	rhythmLength = 24
)

// Whole is how often a feed is asked without validators, so that one that answers 304 for ever
// is found out.
const Whole = 7 * 24 * time.Hour

// Interval is the time from one poll to the next by what a feed brought: half the usual gap
// between items, but as long as a tenth of its present silence.
func Interval(now time.Time, rhythm []time.Time) time.Duration {
	if len(rhythm) == 0 {
		return First
	}
	interval := First
	if len(rhythm) > 1 {
		gaps := make([]time.Duration, 0, len(rhythm)-1)
		for i := 1; i < len(rhythm); i++ {
			gaps = append(gaps, rhythm[i-1].Sub(rhythm[i]))
		}
		// The mean of the middle: neither the night nor a burst is the rhythm.
		slices.Sort(gaps)
		middle := gaps[len(gaps)/4 : len(gaps)-len(gaps)/4]
		var sum time.Duration
		for _, g := range middle {
			sum += g / time.Duration(len(middle))
		}
		interval = sum / 2
	}
	interval = max(interval, now.Sub(rhythm[0])/10)
	return min(max(interval, Shortest), Longest)
}

// Arrived adds the times of new items to a rhythm, newest first.
func Arrived(rhythm []time.Time, times ...time.Time) []time.Time {
	rhythm = append(slices.Clone(rhythm), times...)
	slices.SortFunc(rhythm, func(a, b time.Time) int { return b.Compare(a) })
	return rhythm[:min(len(rhythm), rhythmLength)]
}

// Next is when a feed is asked again after a poll, and why then. jitter is in [0, 1): no two
// feeds keep in step.
func Next(now time.Time, f news.Feed, jitter float64) (time.Time, string) {
	interval, why := Interval(now, f.Rhythm), "by its rhythm"
	if f.Pushed.After(now) {
		interval, why = min(interval*WithHub, Longest), "its hub tells of news in between"
	}
	if asked := min(f.AskedGap, MostAsked); asked > interval {
		interval, why = asked, "it asks to be left alone so long"
	}
	if f.Failures > 0 {
		interval, why = min(max(interval, Shortest)<<min(f.Failures, 10), Longest), "it failed"
	}
	next := now.Add(interval + time.Duration(jitter*0.1*float64(interval)))
	if allowed := skip(next, f.SkipHours, f.SkipDays); !allowed.Equal(next) {
		next, why = allowed, "it does not want to be asked in the hours before"
	}
	return next, why
}

// skip moves a time out of hours and days in which a feed does not want to be asked. One that
// names them all is not taken at its word.
func skip(t time.Time, hours uint32, days uint8) time.Time {
	if hours&(1<<24-1) == 1<<24-1 || days&(1<<7-1) == 1<<7-1 {
		return t
	}
	for range 24 * 8 {
		u := t.UTC()
		if hours&(1<<u.Hour()) == 0 && days&(1<<u.Weekday()) == 0 {
			return t
		}
		t = u.Truncate(time.Hour).Add(time.Hour)
	}
	return t
}

// revisits are the times from one look at a page to the next while nothing changes. Of pages
// that were changed at all, most were within a day; deletions are found weeks later.
var revisits = []time.Duration{30 * time.Minute, 2 * time.Hour, 8 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 10 * 24 * time.Hour, 30 * 24 * time.Hour}

// oldPage is how old an article is that is not expected to change soon.
const oldPage = 7 * 24 * time.Hour

// Revisit is when a page is looked at again after so many looks in a row that found nothing new;
// zero when it is not any more.
func Revisit(now, published time.Time, quiet int, jitter float64) time.Time {
	if !published.IsZero() && now.Sub(published) > oldPage {
		quiet += 4
	}
	if quiet >= len(revisits) {
		return time.Time{}
	}
	d := revisits[quiet]
	return now.Add(d + time.Duration(jitter*0.2*float64(d)))
}

// retries are the times from a failure to the next try; then a page is given up.
var retries = []time.Duration{5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 8 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour}

// Retry is when a page that failed so many times in a row is tried again; zero when it is not.
func Retry(now time.Time, tries int, jitter float64) time.Time {
	if tries < 1 || tries > len(retries) {
		return time.Time{}
	}
	d := retries[tries-1]
	return now.Add(d + time.Duration(jitter*0.2*float64(d)))
}

// Moves and ends of feeds.
const (
	MoveLasts = 7 * 24 * time.Hour // a permanent redirect is taken over when it has lasted so long
	GoneTimes = 3                  // 410 so often
	GoneLasts = 72 * time.Hour     // over so long ends the polling
)

// Moved notes where a feed's permanent redirects lead, "" if nowhere; it tells the address to
// ask from now on.
func Moved(now time.Time, f *news.Feed, to string) string {
	if to != f.MovedTo {
		f.MovedTo, f.MovedSince = to, now
	}
	if to == "" {
		f.MovedSince = time.Time{}
		return f.URL
	}
	if now.Sub(f.MovedSince) >= MoveLasts {
		f.MovedTo, f.MovedSince = "", time.Time{}
		return to
	}
	return f.URL
}

// Gone notes a 410, or its absence, and tells whether the feed has ended.
func Gone(now time.Time, f *news.Feed, gone bool) bool {
	if !gone {
		f.Gone, f.GoneSince = 0, time.Time{}
		return false
	}
	if f.Gone++; f.GoneSince.IsZero() {
		f.GoneSince = now
	}
	return f.Gone >= GoneTimes && now.Sub(f.GoneSince) >= GoneLasts
}
