package when

import (
	"strings"
	"time"

	"dateline/annotate/when/calendar"
	"dateline/annotate/when/phrase"
	"dateline/annotate/when/tense"
	"dateline/annotate/when/words"
	"dateline/news"
)

func secondsLong(n int) time.Duration { return time.Duration(n) * time.Second }

// happening notes which happenings a day belongs to: "Friday's summit", "the Aug. 15 meeting",
// "their meeting in Anchorage on Friday".
func (r *reader) happening(e *phrase.Expression, day known) {
	if day.Unit > calendar.DayUnit {
		r.toldOf(e, day)
		return
	}
	k := e.To
	if r.tense.Word(k) == "'" && r.tense.Word(k+1) == "s" {
		k += 2
	}
	if r.tense.Word(k) == "," && e.Year != 0 {
		k++
	}
	for n := 0; n < 4 && k+n < len(r.tense.Tokens) && r.tense.Sentence[k+n] == r.tense.Sentence[e.From]; n++ {
		t := &r.tense.Tokens[k+n]
		if t.Kind != words.Word || happeningStop[t.Text] {
			break
		}
		if words.Happenings[t.Text] {
			r.happens[t.Text] = day
			return
		}
	}
	r.toldOf(e, day)
	for n := 1; n <= 7 && e.From-n >= 0 && r.tense.Sentence[e.From-n] == r.tense.Sentence[e.From]; n++ {
		t := &r.tense.Tokens[e.From-n]
		if t.Kind == words.Mark && t.Text != "-" || finite[t.Text] || r.tense.Verb(e.From-n) != tense.Unsure && !words.Happenings[t.Text] {
			break
		}
		if words.Happenings[t.Text] {
			r.happens[t.Text] = day
			return
		}
	}
}

// toldOf notes the happening that a verb before the time tells: "met on Tuesday".
func (r *reader) toldOf(e *phrase.Expression, day known) {
	for n := 1; n <= 14 && e.From-n >= 0 && r.tense.Sentence[e.From-n] == r.tense.Sentence[e.From]; n++ {
		t := &r.tense.Tokens[e.From-n]
		if t.Text == "," || t.Text == "\"" || t.Text == ";" {
			break
		}
		if noun := happened[t.Text]; noun != "" && (day.Unit <= calendar.Week || noun == "invasion" || noun == "attack") && r.tense.Word(e.From-n-1) != "to" {
			r.happens[noun] = day
			break
		}
	}
}

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

var happeningStop = wordSet("and or but to in on at of for by with from as when while after before that which who he she they it we i you said says is was were are will would has had have the a an")

// happened are verbs that tell of a happening, and its noun.
var happened = map[string]string{"met": "meeting", "meet": "meeting", "spoke": "call", "phoned": "call", "visited": "visit", "voted": "vote", "invaded": "invasion", "attacked": "attack", "launched": "launch", "crashed": "crash", "resigned": "resignation", "debated": "debate", "testified": "hearing"}

var finite = wordSet("said says told that")

// event reckons a time told by a happening, where the text or the reference has its day.
func (r *reader) event(e *phrase.Expression, x *news.TimeExpression) {
	x.Type = news.TimeEvent
	day, ok := r.happens[e.Word]
	if !ok {
		x.Reason.Detail = "when the " + e.Word + " was is not told"
		return
	}
	x.Anchor = fromEvent
	x.Reason.Detail = "the " + e.Word + " was on " + day.Text
	switch e.Value {
	case "after", "following", "since":
		if r.dated && day.First > r.doc {
			x.Value = day.Text + "/.."
		} else if r.dated && day.First < r.doc {
			x.Value = day.Text + "/" + calendar.DayRange(r.doc).Text
		} else {
			x.Value = day.Text
		}
	case "before", "until", "till", "ahead", "prior":
		x.Value = "../" + day.Text
	default:
		x.Value = day.Text
	}
}

// anniversary reckons "the third anniversary" from the year of what is remembered, where the
// sentence tells it or the text has told it. A date near publication is the anniversary itself.
func (r *reader) anniversary(e *phrase.Expression) settled {
	near := func(v calendar.Range) settled {
		if a := v.Years(e.Nth); a.Last > r.doc-400 && a.First < r.doc+400 {
			return settled{Range: a, anchor: fromEvent, detail: "years after " + v.Text}
		}
		if v.Last > r.doc-40 && v.First < r.doc+300 {
			return settled{Range: v, anchor: fromEvent, detail: "told with its date"}
		}
		return settled{detail: "its date does not fit the day of publication"}
	}
	for _, d := range r.ahead {
		if d.From-e.To > 14 || r.tense.Sentence[d.From] != r.tense.Sentence[e.From] {
			break
		}
		if d.Form != phrase.Calendar || d.Year == 0 || r.tense.Word(d.From-1) != "in" && r.tense.Word(d.From-1) != "on" {
			continue
		}
		v := r.settle(d)
		switch {
		case v.IsZero():
		case r.dated:
			return near(v.Range)
		default:
			return settled{Range: v.Range.Years(e.Nth), anchor: fromEvent, detail: "years after " + v.Text}
		}
	}
	for n := range 6 {
		if day, ok := r.happens[r.tense.Word(e.To+n)]; ok && r.dated {
			return near(day.Range)
		}
	}
	return settled{detail: "of what year is not told"}
}
