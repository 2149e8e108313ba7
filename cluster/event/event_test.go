package event

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"dateline/cluster/sketch"
)

// TestForget holds that an index stays bounded, and that what it keeps is whole: every posting
// leads to an article that is held, every event has one.
func TestForget(t *testing.T) {
	ix := New()
	const most = 200
	ix.most = most
	var r sketch.Reader
	for i := range 5*most + 50 {
		title := fmt.Sprintf("alpha%d beta%d gamma%d", i/3, i/3, i%40)
		ix.Add(&Article{Sketch: r.Of(title, title), Day: float64(i) / 100})
	}
	if n := len(ix.articles); n > 2*most || n < most {
		t.Errorf("%d articles held", n)
	}
	for _, p := range ix.postings {
		for _, q := range p {
			if q.article < ix.base {
				t.Fatalf("a posting leads to article %d, the oldest is %d", q.article, ix.base)
			}
		}
	}
	stories := map[int32]int{}
	for v, g := range ix.events {
		stories[g.story.number]++
		if len(g.members) == 0 || g.members[0] < ix.base {
			t.Fatalf("event %d has members %v, the oldest is %d", v, g.members, ix.base)
		}
	}
	if len(stories) != len(ix.stories) {
		t.Errorf("%d stories counted, %d held", len(ix.stories), len(stories))
	}
}

// TestVeto holds that what is far apart, or has hardly a word in common, is not joined however
// near the rest.
func TestVeto(t *testing.T) {
	var r sketch.Reader
	const text = "The ferry to Alba ran aground at dawn and 40 passengers were taken off by the coast guard of Vesk."
	for _, c := range []struct {
		name        string
		title, text string
		day         float64
		joined      bool
	}{
		{"the same words on the next day", "Ferry runs aground off Alba", text + " Nobody was hurt.", 101, true},
		{"other words on the same day", "Bank raises rates", "Brannick shares closed at a record as shippers reported their profits.", 100, false},
		{"half the words, a year later, under another title", "Captain faces trial", "The captain of the ferry to Alba told judges of fog, of tides, of maps and of a tired crew. The coast guard of Vesk took passengers off.", 480, false},
	} {
		ix := New()
		first := ix.Add(&Article{Sketch: r.Of("Ferry aground off Alba", text), Day: 100})
		p := ix.Add(&Article{Sketch: r.Of(c.title, c.text), Day: c.day})
		if (p.Event == first.Event) != c.joined {
			t.Errorf("%s: joined %v: %s", c.name, !c.joined, p.Reason)
		}
	}
	if d := math.Abs(chance(0) - 0.5); d > 1e-9 {
		t.Errorf("a score of 0 is an even chance")
	}
}

// TestElsewhere holds that a title which another event's article tells speaks against joining: the
// next step shares its body with the last one, and its title with what else is reported of the step.
func TestElsewhere(t *testing.T) {
	var r sketch.Reader
	const body = "The ferry Maud ran aground off Alba at dawn on Monday and 40 passengers were taken off by the coast guard of Vesk."
	told := func(other string) float64 {
		ix := New()
		first := ix.Add(&Article{Sketch: r.Of("Ferry aground off Alba", body), Day: 100})
		ix.Add(&Article{Sketch: r.Of("On the quay", other), Day: 60})
		n := ix.Prepare(&Article{Sketch: r.Of("Captain of the Maud arrested", body+" Its captain was arrested."), Day: 100.5})
		for _, c := range ix.Cases(n, ix.Near(n)) {
			if c.Event == first.Event {
				return c.Terms[elsewhere]
			}
		}
		return math.NaN()
	}
	news, none := told("Police arrested the captain of the Maud, a ferry of Alba."), told("Police painted the kiosk of the port, a house of Alba.")
	if !(news > 0.9 && none < 0.1) || nearWeights[elsewhere] >= 0 {
		t.Errorf("%.2f of the title is told elsewhere, %.2f where only the place is shared; it weighs %.2f", news, none, nearWeights[elsewhere])
	}
}

// TestStory holds that what is only half like a story joins it where they share the names, and not
// where they share as many words of the trade: two strikes are no story, two steps of one are.
func TestStory(t *testing.T) {
	var r sketch.Reader
	place := func(day float64, title, text string) (joined bool, why string) {
		ix := New()
		first := ix.Add(&Article{Sketch: r.Of("Dockers of Sorren strike", "Dockers of Sorren went on strike over wages on Monday, their chairman Bram Kessel said. Ships of Tervane waited off the port for pilots and cranes."), Day: 100})
		p := ix.Add(&Article{Sketch: r.Of(title, text), Day: day})
		if p.Event == first.Event {
			t.Errorf("%q is the same event: %s", title, p.Reason)
		}
		return p.Story == first.Story, p.Reason.Detail
	}
	if joined, why := place(130, "Kessel re-elected", "Members chose Bram Kessel for another term as chairman on Sunday. His rival conceded in the evening after a count in the harbour church; dockers of Sorren sang, and Tervane sent flowers and a letter of congratulations."); !joined {
		t.Errorf("the same people a month later: %s", why)
	}
	joined, why := place(130, "Pilots of Halde strike", "Pilots of Halde went on strike over wages and rest on Friday, their chairman Greta Sund said. Flights to Ostrany were cancelled, and ships waited off the port of Lunsay for pilots and cranes.")
	if joined || !strings.Contains(why, "of its names") {
		t.Errorf("another strike by others elsewhere: %s", why)
	}
}

// TestContinue holds that the story an event continues is the one with its names, be another nearer
// in time, and that of two with its names the one told last.
func TestContinue(t *testing.T) {
	var r sketch.Reader
	ix := New()
	story := map[string]int32{"ferry": -1, "bank": -1, "old": -1}
	add := func(name string, day float64, text string) int32 {
		first, number := ix.Continue(&Article{Sketch: r.Of("", text), Day: day}, story[name])
		story[name] = number
		return first
	}
	add("old", 10, "Captain Orla Venn of the ferry Maud took command.")
	add("old", 11, "The owners of Maud thanked Orla Venn.")
	add("ferry", 100, "The ferry Maud ran aground off Alba; Captain Orla Venn was questioned.")
	add("ferry", 102, "Orla Venn blamed fog for the grounding of Maud.")
	add("bank", 109, "The central bank of Brannick raised rates, a court said it may.")
	if first := add("ferry", 110, "A court in Brannick charged Orla Venn over Maud."); first != story["ferry"] {
		t.Errorf("the first candidate is %d of %v", first, story)
	}
	if first := add("bank", 111, "Brannick lowered rates again."); first != story["bank"] {
		t.Errorf("the first candidate is %d of %v", first, story)
	}
}

// TestNews holds that news of one day speaks for one event, news of two days against it, and that
// a day which is not told says nothing; and that a member without a day of publication leaves the
// others' what they say.
func TestNews(t *testing.T) {
	var r sketch.Reader
	const text = "The ferry to Alba ran aground at dawn and 40 passengers were taken off by the coast guard of Vesk."
	score := func(day float64, one, other Day, members ...float64) float64 {
		ix := New()
		v := int32(-1)
		for _, d := range append(members, day) {
			n := ix.Prepare(&Article{Sketch: r.Of("Ferry aground", text), Day: d, News: one})
			v = ix.Join(n, v, -1)
			ix.Post(n)
		}
		n := ix.Prepare(&Article{Sketch: r.Of("Captain of the ferry blames fog", text), Day: day, News: other})
		return ix.Cases(n, ix.Near(n))[0].Score
	}
	monday, tuesday, someMonday, someTuesday := Day{22404, 2}, Day{22405, 3}, Day{Weekday: 2}, Day{Weekday: 3}
	for _, c := range []struct {
		name       string
		day        float64
		one, other Day
		want       int
	}{
		{"one day", 22406, monday, monday, 1},
		{"two days", 22406, monday, tuesday, -1},
		{"a Monday and that Monday, undated", math.NaN(), monday, someMonday, 1},
		{"a Tuesday and that Monday, undated", math.NaN(), monday, someTuesday, -1},
		{"Mondays of two weeks", 22406, monday, Day{22411, 2}, -1},
		{"not told", 22406, monday, Day{}, 0},
	} {
		got := score(c.day, c.one, c.other) - score(c.day, Day{}, Day{})
		if got*float64(c.want) <= 0 && (got != 0 || c.want != 0) {
			t.Errorf("%s: %.2f more than where no day is told", c.name, got)
		}
	}
	if with, without := score(150, Day{}, Day{}, math.NaN()), score(150, Day{}, Day{}, 150); math.Abs(with-without) > 1e-6 {
		t.Errorf("with a member without a day %.3f, with one of the day %.3f", with, without)
	}
}
