package annotate

import (
	"sort"
	"strings"
	"time"

	"dateline/annotate/syntax"
	"dateline/annotate/when"
	"dateline/news"
	"dateline/text"
)

// times finds the time expressions of the prose, reckoned from when the article was published.
func (r *reading) times() []news.TimeExpression {
	spans := r.a.Sentences
	if len(spans) == 0 {
		spans = readable(r.a)
	}
	tags := make(map[int]int, r.d.N)
	for i, s := range r.d.Span {
		tags[s.Start] = i
	}
	ref := when.ReferenceOf(r.a.Published, time.Time{})
	ref.Tag = func(s text.Span) string {
		if i, ok := tags[s.Start]; ok {
			return r.d.Tag[i].String()
		}
		return ""
	}
	return when.Expressions(r.a.Text, spans, ref)
}

// day is the civil day of an interval, zero where it is not one day.
func day(i news.Interval) (m news.Moment) {
	if i.IsMoment() && i.Start.Day > 0 {
		return news.Day(i.Start.Year, i.Start.Month, i.Start.Day)
	}
	return m
}

// A dated is a time expression with the interval that its value means.
type dated struct {
	news.TimeExpression
	when  news.Interval
	token int // its first token
}

// dates are the expressions whose value is a date, with their tokens.
func (r *reading) dates(all []news.TimeExpression) (out []dated) {
	for _, t := range all {
		if t.Type != news.TimeDate && t.Type != news.TimeClock && t.Type != news.TimeEvent || t.Value == "" {
			continue
		}
		value, _, _ := strings.Cut(t.Value, "T")
		i, err := news.ParseInterval(value)
		if err != nil || i.IsZero() || t.Type == news.TimeEvent && day(i).IsZero() {
			continue // "on the call", whose day is known, dates like a day; "after the call" does not
		}
		if tokens := r.d.Tokens([]text.Span{t.Span}); len(tokens) > 0 {
			out = append(out, dated{t, i, tokens[0].Start})
		}
	}
	return out
}

// said says when the words of the i-th statement were said.
//
//   - time-at-cue: a date that hangs on the cue: "said [on Monday] that ..."
//   - time-in-sentence: one in the cue's own sentence, outside the content
//   - not-after: "has said", "had said", "previously said": some day up to publication
//   - same-occasion: the speaker's last dated statement in this paragraph or the one before
//   - day-of-report: said in the simple past or the present of a report whose opening tells of
//     one day: that day; where it names none, the day of publication
//
// A saying to come, a habit, a document or a thought has no time.
func (r *reading) said(i int, s *news.Statement, dates []dated, last map[news.EntityID]occasion) news.Said {
	d, f := r.d, r.found[i]
	published := r.publishedBy()
	switch s.Act {
	case news.Written, news.Poll, news.Thought, news.Perception, news.Plan, news.StanceAct:
		if s.Mode == news.Indirect && f.Head >= 0 && s.Act != news.Plan && s.Act != news.StanceAct {
			return news.Said{}
		}
	}
	at := f.Content[0].Start
	if f.Head >= 0 {
		at = f.Head
	}
	tense := tenseOf(d, f.Head)
	if tense == toCome {
		return news.Said{}
	}
	u := d.Units[d.Unit[at]]
	var best *dated
	rule := "time-in-sentence"
	first := sort.Search(len(dates), func(k int) bool { return dates[k].token >= u.Start })
	for k := first; k < len(dates) && dates[k].token < u.End; k++ {
		t := &dates[k]
		if inRanges(f.Content, t.token) || f.Source.Has(t.token) || !notAfter(t.when, published) {
			continue
		}
		if f.Head >= 0 && hangsOn(d, t.token, f.Head) {
			best, rule = t, "time-at-cue"
			break
		}
		if best == nil || abs(t.token-at) < abs(best.token-at) {
			best = t
		}
	}
	if best != nil && (rule == "time-at-cue" || tense != perfect && tense != pluperfect) {
		said := news.Said{When: best.when, Span: best.Span, Reason: news.Reason{Rule: rule, Detail: best.Span.Of(r.a.Text)}}
		if s.Speaker.Entity != "" && day(best.when).Day > 0 {
			last[s.Speaker.Entity] = occasion{said, d.Par[at]}
		}
		return said
	}
	if published.IsZero() {
		return news.Said{}
	}
	if tense == perfect || tense == pluperfect || r.earlier(f.Head) {
		return news.Said{When: news.Interval{OpenStart: true, End: published}, Reason: news.Reason{Rule: "not-after", Detail: "published " + published.String()}}
	}
	if o, ok := last[s.Speaker.Entity]; ok && s.Speaker.Entity != "" && d.Par[at]-o.par <= 1 {
		o.said.Reason = news.Reason{Rule: "same-occasion", Detail: o.said.Span.Of(r.a.Text)}
		last[s.Speaker.Entity] = occasion{o.said, d.Par[at]}
		return o.said
	}
	if lead := r.leadDay(dates, published); lead != nil {
		return news.Said{When: lead.when, Reason: news.Reason{Rule: "day-of-report", Detail: lead.Span.Of(r.a.Text)}}
	}
	if when := r.a.Published.When; day(when).IsZero() {
		return news.Said{When: when, Reason: news.Reason{Rule: "day-of-report", Detail: "published " + when.String()}}
	}
	return news.Said{When: news.At(published), Reason: news.Reason{Rule: "day-of-report", Detail: "published " + published.String()}}
}

// publishedBy is the day of publication, the last of a few where it is not known better, and
// zero where it is known less well.
func (r *reading) publishedBy() news.Moment {
	if m := day(r.a.Published.When); !m.IsZero() {
		return m
	}
	if ref := when.ReferenceOf(r.a.Published, time.Time{}); !ref.Until.IsZero() {
		return news.Day(ref.Until.Date())
	}
	return news.Moment{}
}

// An occasion is when and where a speaker was last said to speak.
type occasion struct {
	said news.Said
	par  int
}

// leadDays is how long before its publication a report may tell of the day's news.
const leadDays = 3

// leadDay is the date in the first paragraphs that the report tells of: of the civil days within
// leadDays before publication the latest, for a report may also tell of what led up to its
// news; nil if there is none.
func (r *reading) leadDay(dates []dated, published news.Moment) *dated {
	var best *dated
	least := leadDays + 1.0
	for k := range dates {
		t := &dates[k]
		if r.d.Par[t.token] > 3 {
			break
		}
		if m := day(t.when); m.Day > 0 {
			if gap := published.First().Sub(m.First()).Hours() / 24; gap >= 0 && gap < least {
				best, least = t, gap
			}
		}
	}
	return best
}

// notAfter reports whether an interval begins no later than a day; an unknown day bounds nothing.
func notAfter(i news.Interval, m news.Moment) bool {
	first, last := i.Bounds()
	if m.IsZero() {
		return true
	}
	if first.IsZero() {
		first = last
	}
	return !first.After(m.Last())
}

// hangsOn reports whether token t is in a phrase that hangs on word h, through no other verb.
func hangsOn(d *syntax.Doc, t, h int) bool {
	for k := 0; k < 8; k++ {
		if t == h {
			return true
		}
		if d.Verbal(t) || d.Root(t) {
			return false
		}
		t = d.Head[t]
	}
	return false
}

func inRanges(spans []syntax.Range, t int) bool {
	for _, s := range spans {
		if s.Has(t) {
			return true
		}
	}
	return false
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}

// tenses of a cue.
type tense uint8

const (
	simple     tense = iota // past or present
	perfect                 // has said
	pluperfect              // had said
	toCome                  // will say, would say, to say
)

func tenseOf(d *syntax.Doc, t int) tense {
	if t < 0 || !d.Verbal(t) {
		return simple
	}
	for k := 0; k < 4; k++ {
		aux := false
		for _, c := range d.Children(t) {
			if d.Dep[c] != syntax.DepAux && d.Dep[c] != syntax.DepAuxpass || c > t {
				continue
			}
			switch d.Lower[c] {
			case "will", "shall", "'ll", "’ll", "would", "should", "could", "may", "might", "can", "must", "wo", "ca":
				return toCome
			case "has", "have", "'ve", "’ve":
				return perfect
			case "had":
				return pluperfect
			}
			aux = aux || d.Lower[c] != "to"
		}
		if aux || d.Tag[t] != syntax.TagVb && d.Tag[t] != syntax.TagVbg && d.Tag[t] != syntax.TagVbn || d.Root(t) || d.Dep[t] != syntax.DepXcomp && d.Dep[t] != syntax.DepConj && d.Dep[t] != syntax.DepAdvcl {
			break
		}
		t = d.Head[t]
		if !d.Verbal(t) {
			break
		}
	}
	return simple
}

// earlier reports whether an adverb puts the saying before the report: "previously said".
func (r *reading) earlier(t int) bool {
	if t < 0 {
		return false
	}
	for _, c := range r.d.Children(t) {
		switch r.d.Lower[c] {
		case "previously", "repeatedly", "long", "often", "once", "earlier", "always", "frequently":
			return r.d.Dep[c] == syntax.DepAdvmod && r.d.Tree(c).Len() == 1
		}
	}
	return false
}
