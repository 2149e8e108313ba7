// Package when finds time expressions and says which time each means.
//
// It reads a text once, from the front. Package grammar finds the expressions and what they are
// made of ("late last week"); this package reckons the value of each, from the moment of
// publication, from the times named before it, and from the tense of the verbs about it. The
// values are EDTF, or TIMEX3 (ISO 24617-1) where EDTF has no form. Each result names what it
// was reckoned from and the rule that did it; the rules are listed with their worth in
// docs/times.md.
//
// A weekday, a month or a holiday without its year is taken for the nearest one that the tense
// allows. What the text does not tell has no value: an expression that needs a publication
// time finds none where none is given.
//
// Ages are left out ("42-year-old"), so are scores, prices and names that only look like times.
package when

import (
	"time"

	"dateline/annotate/when/calendar"
	"dateline/annotate/when/grammar"
	"dateline/annotate/when/phrase"
	"dateline/annotate/when/tense"
	"dateline/annotate/when/words"
	"dateline/news"
	"dateline/text"
)

// A Reference is what relative times are reckoned from.
type Reference struct {
	// Published is when the text was published, in the zone in which that was printed; civil
	// days ("yesterday") are those of this zone. The zero time is an unknown one.
	Published time.Time
	// DayOnly is set where only the civil day of Published is known.
	DayOnly bool
	// Until is the last day of publication where that is known to be one of a few days, of which
	// Published is the first: a value then is what all of these days give, or spans them.
	Until time.Time
	// Fetched is when the page was fetched, zero where that is not known. It settles "21
	// minutes ago" where the publication is known to the day only and is that very day.
	Fetched time.Time
	// Events are happenings whose time is known from elsewhere.
	Events []Event
	// Tag gives the Penn Treebank tag of the word at a span, "" where there is none. It may
	// be nil: verbs are then told by their form.
	Tag func(text.Span) string
	// Off names rules that are left out, to measure what each is worth.
	Off map[string]bool
}

// An Event is a happening that a text may date other things by.
type Event struct {
	Noun string // in lower case, singular or plural as the text has it: "summit", "talks"
	Day  news.Moment
}

// Expressions are the time expressions of t inside the given spans (sentences, or larger
// regions; the whole text where there are none), in order. No two overlap, and none reaches over
// the end of a span. The spans must be sorted and must not overlap.
func Expressions(t string, within []text.Span, ref Reference) []news.TimeExpression {
	if within == nil {
		within = []text.Span{{Start: 0, End: len(t)}}
	}
	out := reckon(t, within, ref)
	for day := ref.Published.AddDate(0, 0, 1); !ref.Until.IsZero() && !day.After(ref.Until); day = day.AddDate(0, 0, 1) {
		other := ref
		other.Published = day
		join(out, reckon(t, within, other))
	}
	return out
}

// mostDays is how many days a publication may lie within and still be reckoned from: most
// weekdays then mean one day, or two neighbouring ones.
const mostDays = 4

// join makes each value one that holds whichever of two days was the day of publication. What
// is found in a text does not depend on the day, so the two lists match one to one.
func join(out, other []news.TimeExpression) {
	for i := range out {
		x, y := &out[i], other[i]
		if x.Value == y.Value {
			continue
		}
		a, errA := news.ParseInterval(x.Value)
		b, errB := news.ParseInterval(y.Value)
		first, _ := a.Bounds()
		_, last := b.Bounds()
		if errA != nil || errB != nil || first.IsZero() || last.IsZero() || last.Before(first) || last.Sub(first) > 2*mostDays*24*time.Hour {
			x.Value, x.Reason.Detail = "", "the day of publication is not known well enough"
			continue
		}
		x.Value = news.Between(news.Day(first.Date()), news.Day(last.Date())).String()
	}
}

func reckon(t string, within []text.Span, ref Reference) []news.TimeExpression {
	r := newReader(ref)
	regions := make([]region, 0, len(within))
	for _, s := range within {
		tokens := words.Tokens(t, s)
		found := grammar.New(tokens, ref.Off).Expressions()
		regions = append(regions, region{tokens, found})
	}
	var out []news.TimeExpression
	next := 0
	var open []pending
	for _, g := range regions {
		next = r.tense.Enter(g.tokens, next)
		r.lastTo = 0
		for i, e := range g.found {
			r.ahead = g.found[i+1:]
			x := r.read(e)
			x.Span = text.Span{Start: g.tokens[e.From].Span.Start, End: g.tokens[e.To-1].Span.End}
			if e.Form == phrase.Event {
				if p := (pending{at: len(out), of: e, names: r.with(e.To)}); !r.event(p, &x) {
					open = append(open, p)
				}
			}
			out = append(out, x)
		}
	}
	for _, p := range open {
		p.later = true
		r.event(p, &out[p.at])
	}
	return out
}

type region struct {
	tokens []words.Token
	found  []*phrase.Expression
}

// A reader holds what was read so far.
type reader struct {
	ref    Reference
	doc    calendar.Day // the day of publication
	dated  bool         // whether that is known
	tense  tense.Reader
	ahead  []*phrase.Expression // what was found behind the one that is read
	lastTo int                  // the token after the expression read last

	day     known              // the last day told
	period  known              // the last quarter or month told
	last    known              // the last stretch of the calendar told, whatever its unit
	months  [13]calendar.Range // how each month without its year was last taken, by a tense
	happens map[string]known   // by noun, and by kind and name: "meeting with osei"
	only    map[string]known   // the only one of its kind; zero where there were two
}

// known is a time that was told, and in which sentence.
type known struct {
	calendar.Range
	sentence int
}

func newReader(ref Reference) *reader {
	r := &reader{ref: ref, happens: map[string]known{}, only: map[string]known{}, tense: tense.Reader{Tag: ref.Tag, Off: ref.Off["tense"]}}
	if !ref.Published.IsZero() {
		y, m, d := ref.Published.Date()
		r.doc, r.dated = calendar.Date(y, int(m), d), true
	}
	for _, e := range ref.Events {
		if e.Day.Day != 0 {
			r.happens[e.Noun] = known{calendar.DayRange(calendar.Date(e.Day.Year, int(e.Day.Month), e.Day.Day)), -1}
		}
	}
	return r
}

// read reckons one expression and remembers it.
func (r *reader) read(e *phrase.Expression) news.TimeExpression {
	x := news.TimeExpression{Type: news.TimeDate, Reason: news.Reason{Rule: e.Rule}}
	switch e.Form {
	case phrase.Duration, phrase.Span:
		x.Type = news.TimeDuration
		x.Value = e.Value
		if x.Value == "" {
			x.Value = e.Unit.Duration(e.N)
		}
		if e.Form == phrase.Span && r.dated {
			x.Anchor = fromPublished
		}
	case phrase.Set:
		x.Type = news.TimeSet
		x.Value = set(e)
	case phrase.Ref:
		x.Value = e.Value
		if len(e.Value) > 1 && e.Value[0] == 'P' && e.Value[1] == 'X' {
			x.Type = news.TimeDuration
		}
	case phrase.Event:
		x.Type = news.TimeEvent // reckoned by Expressions, which knows what is told later
	case phrase.Anniversary:
		s := r.anniversary(e)
		x.Value, x.Anchor, x.Reason.Detail = s.text(), s.anchor, s.detail
		if s.IsZero() {
			x.Type = news.TimeEvent
		}
		r.remember(e, s.Range)
	default:
		s := r.settle(e)
		x.Value, x.Anchor, x.Reason.Detail = s.text(), s.anchor, s.detail
		if s.clock || s.part != "" {
			x.Type = news.TimeClock
		}
		r.remember(e, s.Range)
	}
	r.lastTo = e.To
	return x
}

// set is the value of what recurs.
func set(e *phrase.Expression) string {
	switch {
	case e.Weekday != 0:
		return "XXXX-WXX-" + string(rune('0'+e.Weekday)) + partText[e.Part]
	case e.Month != 0:
		return "XXXX-" + string(rune('0'+e.Month/10)) + string(rune('0'+e.Month%10))
	case e.Nth != 0:
		return "XXXX-" + [...]string{"SP", "SU", "FA", "WI"}[e.Nth-1]
	case e.Part != 0:
		return "XXXX-XX-XX" + partText[e.Part]
	}
	return e.Unit.Duration(e.N)
}

var partText = [...]string{"", "TMO", "TMI", "TAF", "TEV", "TNI"}

// remember keeps a time for those told after it.
func (r *reader) remember(e *phrase.Expression, v calendar.Range) {
	if v.IsZero() {
		return
	}
	k := known{v, r.tense.Sentence[e.From]}
	r.last = k
	if v.Unit == calendar.DayUnit || v.Unit == calendar.Month || v.Unit == calendar.Year || v.Unit == calendar.Week {
		r.happening(e, k)
	}
	switch v.Unit {
	case calendar.DayUnit:
		r.day = k
	case calendar.Month, calendar.Quarter, calendar.Half:
		// what is only compared with does not become the period that is talked about
		if e.Form != phrase.Ago && e.Form != phrase.Period && (e.In == nil || e.In.Form != phrase.Ago) {
			r.period = k
		}
	}
}

// ReferenceOf is the reference that an article's publication gives, with the zone that the page
// prints. A publication known to a few days only is reckoned from each of them, one known less
// well is none.
func ReferenceOf(p news.Published, fetched time.Time) Reference {
	ref := Reference{Fetched: fetched}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(layout, p.Local); err == nil {
			ref.Published = at
			return ref
		}
	}
	switch m := p.When.Start; {
	case m.Day == 0:
	case !p.When.IsMoment():
		first, last := p.When.Bounds()
		if days := last.Sub(first).Hours() / 24; !first.IsZero() && !last.IsZero() && days < mostDays {
			ref.Published, ref.DayOnly, ref.Until = first, true, last
		}
	case !m.Instant.IsZero():
		ref.Published = m.Instant
	default:
		ref.Published, ref.DayOnly = m.First(), true
	}
	return ref
}
