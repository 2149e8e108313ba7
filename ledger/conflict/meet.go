package conflict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/dispute"
	"dateline/news"
)

// A meeting is what an account tells of people who meet or talk by telephone.
type meeting struct {
	x       *account.Account
	call    bool
	planned bool
	who     []string // plain names of the people it names as there
	parties int      // how many sides it has, by a word that says so; 0 if none does
	alone   bool
	lasts   time.Duration
	from    time.Time
	to      time.Time
}

// sides are words that say how many sides a meeting has.
var sides = map[string]int{"bilateral": 2, "one-on-one": 2, "one-to-one": 2, "two-way": 2, "face-to-face": 2, "tete-a-tete": 2, "trilateral": 3, "three-way": 3, "tripartite": 3, "three-sided": 3, "four-way": 4, "quadrilateral": 4}

// meet compares two accounts of meetings, if they can be of one.
func (j *Index) meet(m, o meeting) {
	if m.x == o.x || m.call != o.call || m.planned != o.planned || m.x.Voice() == o.x.Voice() || m.x.In == o.x.In && inside(m.x, o.x) {
		return
	}
	if account.InStory(o.x, m.x) < 0 {
		m, o = o, m
	}
	j.twoOf(m, o)
}

// meeting reads a meeting from an account; before are the accounts of the article up to it.
func meetingIn(before []*account.Account, x *account.Account) (m meeting, ok bool) {
	if x.Question || x.Kind == news.Caption {
		return m, false
	}
	m.x, m.planned = x, x.Future || begun(x)
	noun := false
	for i, w := range x.Words {
		switch {
		case w.Stem == account.Stem("meet") && (w.Lower != "talk" || i > 0 && (determiner[x.Words[i-1].Lower] || sides[x.Words[i-1].Lower] > 0)):
			noun = true
		case w.Stem == account.Stem("call") && (w.Lower != "call" && w.Lower != "calls" && w.Lower != "called" || i > 0 && determiner[x.Words[i-1].Lower]):
			noun, m.call = true, true
		}
		if n := sides[w.Lower]; n > 0 {
			m.parties = n
		}
		m.alone = m.alone || w.Lower == "alone"
	}
	if !noun {
		return m, false
	}
	names := people(x)
	if len(names) < 2 {
		for _, w := range x.Words {
			if w.Lower == "they" || w.Lower == "two" || w.Lower == "both" || w.Lower == "the" || w.Lower == "it" {
				// "They met alone": those of the sentences before.
				for k := len(before) - 1; k >= 0 && before[k].Number >= x.Number-4 && len(names) < 2; k-- {
					if before[k].HasWord("meet") || before[k].HasWord("call") {
						names = append(names, people(before[k])...)
					}
				}
				break
			}
		}
	}
	slices.Sort(names)
	m.who = slices.Compact(names)
	for _, t := range x.Times {
		if t.Lasts > 0 && t.Lasts < 24*time.Hour && lasting(x, t) {
			m.lasts = t.Lasts
		}
	}
	m.from, m.to = x.Tells()
	return m, len(m.who) >= 2
}

// begun reports whether what is told is only being arranged.
func begun(x *account.Account) bool {
	return x.HasWord("arrange") || x.HasWord("prepare") || x.HasWord("plan") || x.HasWord("agree") || x.HasWord("propose")
}

var determiner = map[string]bool{"a": true, "the": true, "only": true, "conference": true, "phone": true, "telephone": true, "video": true, "last": true, "first": true, "wednesday's": true, "'s": true, "second": true, "this": true, "that": true}

// people are the plain names of the persons an account names.
func people(x *account.Account) (out []string) {
	for _, n := range x.Names {
		if n.Type == news.Person {
			out = append(out, n.Key)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// lasting reports whether a duration is that of the meeting: "for two hours", "lasted three hours".
func lasting(x *account.Account, t account.Time) bool {
	for i, w := range x.Words {
		if w.Span.Start < t.Span.Start {
			continue
		}
		for k := i; k >= max(0, i-3); k-- {
			switch x.Words[k].Lower {
			case "for", "lasted", "lasting", "lasts", "took":
				return true
			}
		}
		break
	}
	return strings.HasPrefix(t.Span.Of(x.In.Article.Text), "for ")
}

// twoOf compares two accounts of meetings.
func (j *Index) twoOf(m, o meeting) {
	shared := 0
	for _, n := range m.who {
		if slices.ContainsFunc(o.who, func(k string) bool { return account.SameName(n, k) }) {
			shared++
		}
	}
	if shared < 2 {
		return
	}
	if !oneTime(m, o) {
		if m.parties > 0 && o.parties > 0 && m.parties != o.parties || m.lasts > 0 && o.lasts > 0 && m.lasts != o.lasts {
			j.out(news.OnParticipants, m.x, o.x, "different_thing", "meetings of different days")
		}
		return
	}
	one := held("different_thing", "the same people, and days that can be the same: %s", strings.Join(m.who, ", "))
	if m.lasts > 0 && o.lasts > 0 {
		// A duration is given to the hour, or to the ten minutes.
		round := min(unit(m.lasts), unit(o.lasts))
		if d := (m.lasts - o.lasts).Abs(); d >= round {
			j.add(dispute.Pair{Kind: news.OnNumber, A: m.x, B: o.x, Rule: "one-meeting", Values: [2]string{m.lasts.String(), o.lasts.String()}, Words: func() (string, []news.Reason) {
				return "how long the meeting lasted", []news.Reason{one,
					held("rounding", "%s and %s differ by more than either is rounded", m.lasts, o.lasts)}
			}})
		} else if d > 0 {
			j.out(news.OnNumber, m.x, o.x, "rounding", "%s and %s can be one duration", m.lasts, o.lasts)
		}
	}
	a, b := m.size(), o.size()
	if a == 0 || b == 0 || a == b {
		return
	}
	j.add(dispute.Pair{Kind: news.OnParticipants, A: m.x, B: o.x, Rule: "one-meeting", Values: [2]string{fmt.Sprint(a), fmt.Sprint(b)}, Words: func() (string, []news.Reason) {
		return "who is at the meeting", []news.Reason{one,
			held("containment", "one says how many took part, and the other has more")}
	}})
}

func unit(d time.Duration) time.Duration {
	if d%time.Hour == 0 {
		return time.Hour
	}
	return 10 * time.Minute
}

// size is how many take part, where the account says that these are all: 0 where it does not.
func (m meeting) size() int {
	switch {
	case m.parties > 0:
		return m.parties
	case m.alone && len(m.who) >= 2:
		return 2
	case len(m.who) >= 3 && m.x.HasWord("meet") && strings.Contains(m.x.Text(), "met ") && m.joint():
		return len(m.who)
	}
	return 0
}

// joint reports whether the people named behind "met" are named as met: "met with the mayor and
// with the chairman".
func (m meeting) joint() bool {
	at := strings.Index(m.x.Text(), "met ") + m.x.Span.Start
	n := 0
	for _, k := range m.x.Names {
		if k.Type == news.Person && k.Span.Start > at {
			n++
		}
	}
	return n >= 2 && strings.Count(strings.ToLower(m.x.Text()), "with ") >= 1
}

// oneTime reports whether two accounts can be of one meeting in time.
func oneTime(m, o meeting) bool {
	if m.to.IsZero() || o.to.IsZero() {
		if m.planned {
			return true // a meeting that is only being arranged has no day yet; the same people arrange one
		}
		return m.x.In.Event != "" && m.x.In.Event == o.x.In.Event
	}
	slack := 24 * time.Hour
	if m.planned {
		slack = 4 * 24 * time.Hour
	}
	from, to := cmp.Or(m.from, m.to), cmp.Or(o.from, o.to)
	return !from.After(o.to.Add(slack)) && !to.After(m.to.Add(slack))
}
