package conflict

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/deed"
	"dateline/ledger/dispute"
	"dateline/news"
)

// meet compares two accounts of meetings, if they can be of one.
func (j *Index) meet(m, o deed.Meeting) {
	if m.X == o.X || m.Call != o.Call || m.Planned != o.Planned || m.X.Voice() == o.X.Voice() || m.X.In == o.X.In && inside(m.X, o.X) {
		return
	}
	if account.InStory(o.X, m.X) < 0 {
		m, o = o, m
	}
	j.twoOf(m, o)
}

// twoOf compares two accounts of meetings.
func (j *Index) twoOf(m, o deed.Meeting) {
	shared := 0
	for _, n := range m.Who {
		if slices.ContainsFunc(o.Who, func(k string) bool { return account.SameName(n, k) }) {
			shared++
		}
	}
	if shared < 2 {
		return
	}
	if !deed.OneTime(m, o) {
		if m.Parties > 0 && o.Parties > 0 && m.Parties != o.Parties || m.Lasts > 0 && o.Lasts > 0 && m.Lasts != o.Lasts {
			j.out(news.OnParticipants, m.X, o.X, "different_thing", "meetings of different days")
		}
		return
	}
	one := held("different_thing", "the same people, and days that can be the same: %s", strings.Join(m.Who, ", "))
	if m.Lasts > 0 && o.Lasts > 0 {
		// A duration is given to the hour, or to the ten minutes.
		round := min(unit(m.Lasts), unit(o.Lasts))
		if d := (m.Lasts - o.Lasts).Abs(); d >= round {
			j.add(dispute.Pair{Kind: news.OnNumber, A: m.X, B: o.X, Rule: "one-meeting", Values: [2]string{m.Lasts.String(), o.Lasts.String()}, Words: func() (string, []news.Reason) {
				return "how long the meeting lasted", []news.Reason{one,
					held("rounding", "%s and %s differ by more than either is rounded", account.Lasting(m.Lasts), account.Lasting(o.Lasts))}
			}})
		} else if d > 0 {
			j.out(news.OnNumber, m.X, o.X, "rounding", "%s and %s can be one duration", account.Lasting(m.Lasts), account.Lasting(o.Lasts))
		}
	}
	a, b := m.Size(), o.Size()
	if a == 0 || b == 0 || a == b {
		return
	}
	j.add(dispute.Pair{Kind: news.OnParticipants, A: m.X, B: o.X, Rule: "one-meeting", Values: [2]string{fmt.Sprint(a), fmt.Sprint(b)}, Words: func() (string, []news.Reason) {
		return "who was at the meeting", []news.Reason{one,
			held("containment", "one says how many took part, and the other has more")}
	}})
}

func unit(d time.Duration) time.Duration {
	if d%time.Hour == 0 {
		return time.Hour
	}
	return 10 * time.Minute
}
