package deed

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/news"
	"dateline/text"
)

// A Meeting is what an account tells of people who meet or talk by telephone.
type Meeting struct {
	X       *account.Account
	Call    bool
	Planned bool
	Who     []string // plain names of the people it names as there
	Parties int      // how many sides it has, by a word that says so; 0 if none does
	Alone   bool
	Lasts   time.Duration
	From    time.Time
	To      time.Time
}

// sides are words that say how many sides a meeting has.
var sides = map[string]int{"bilateral": 2, "one-on-one": 2, "one-to-one": 2, "two-way": 2, "face-to-face": 2, "tete-a-tete": 2, "trilateral": 3, "three-way": 3, "tripartite": 3, "three-sided": 3, "four-way": 4, "quadrilateral": 4}

// MeetingOf reads a meeting from an account; before are the accounts of the article up to it.
func MeetingOf(before []*account.Account, x *account.Account) (m Meeting, ok bool) {
	if x.Question || x.Kind == news.Caption {
		return m, false
	}
	m.X, m.Planned = x, x.Future || begun(x)
	noun := false
	for i, w := range x.Words {
		switch {
		case w.Stem == account.Stem("meet") && (w.Lower != "talk" || i > 0 && (determiner[x.Words[i-1].Lower] || sides[x.Words[i-1].Lower] > 0)):
			noun = true
		case w.Stem == account.Stem("call") && (w.Lower != "call" && w.Lower != "calls" && w.Lower != "called" || i > 0 && determiner[x.Words[i-1].Lower]):
			noun, m.Call = true, true
		}
		if n := sides[w.Lower]; n > 0 {
			m.Parties = n
		}
		m.Alone = m.Alone || w.Lower == "alone"
	}
	if !noun {
		return m, false
	}
	names := People(x)
	if len(names) < 2 {
		for _, w := range x.Words {
			if w.Lower == "they" || w.Lower == "two" || w.Lower == "both" || w.Lower == "the" || w.Lower == "it" {
				// "They met alone": those of the sentences before.
				for k := len(before) - 1; k >= 0 && before[k].Number >= x.Number-sentencesBack && len(names) < 2; k-- {
					if before[k].HasWord("meet") || before[k].HasWord("call") {
						names = append(names, People(before[k])...)
					}
				}
				break
			}
		}
	}
	slices.Sort(names)
	m.Who = slices.Compact(names)
	for _, t := range x.Times {
		if t.Lasts > 0 && t.Lasts < 24*time.Hour && Lasting(x, t) {
			m.Lasts = t.Lasts
		}
	}
	m.From, m.To = x.Tells()
	return m, len(m.Who) >= 2
}

// sentencesBack is how far before "they met" the people may be named; labels between paragraphs count.
const sentencesBack = 6

// begun reports whether what is told is only being arranged.
func begun(x *account.Account) bool {
	return x.HasWord("arrange") || x.HasWord("prepare") || x.HasWord("plan") || x.HasWord("agree") || x.HasWord("propose")
}

var determiner = map[string]bool{"a": true, "the": true, "only": true, "conference": true, "phone": true, "telephone": true, "video": true, "last": true, "first": true, "wednesday's": true, "'s": true, "second": true, "this": true, "that": true}

// People are the plain names of the persons an account names.
func People(x *account.Account) (out []string) {
	for _, n := range x.Names {
		if n.Type == news.Person {
			out = append(out, n.Key)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Talk reports whether an account names a meeting or a call.
func Talk(x *account.Account) bool {
	return slices.ContainsFunc(x.Words, func(w account.Word) bool {
		return w.Stem == account.Stem("meet") || w.Stem == account.Stem("call") || w.Stem == account.Stem("speak")
	})
}

// Lasting reports whether a duration is how long something went on: "for two hours", "lasted three hours".
func Lasting(x *account.Account, t account.Time) bool {
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

// Size is how many take part, where the account says that these are all: 0 where it does not.
func (m Meeting) Size() int {
	switch {
	case m.Parties > 0:
		return m.Parties
	case m.Alone && len(m.Who) >= 2:
		return 2
	case len(m.Who) >= 3 && m.X.HasWord("meet") && strings.Contains(m.X.Text(), "met ") && (m.joint() || m.several()):
		return len(m.Who)
	}
	return 0
}

// several reports whether three or more people are named in a row as those who met: "A, B and C met".
func (m Meeting) several() bool {
	t := m.X.In.Article.Text
	met := strings.Index(m.X.Text(), "met ") + m.X.Span.Start
	var row []text.Span
	who := ""
	for _, k := range m.X.Names {
		switch {
		case k.Type != news.Person || k.Span.End > met:
		case k.Key == who: // "the banker Lea Ward"
			row[len(row)-1].End = k.Span.End
		default:
			row, who = append(row, k.Span), k.Key
		}
	}
	if len(row) < 3 || len(row) != len(m.Who) {
		return false
	}
	for i := 1; i < len(row); i++ {
		switch between := (text.Span{Start: row[i-1].End, End: row[i].Start}).Of(t); {
		case i == len(row)-1 && strings.HasPrefix(strings.TrimLeft(between, ","), " and "):
		case i < len(row)-1 && strings.HasPrefix(between, ", ") && len(strings.Fields(between)) <= 4: // ", the banker"
		default:
			return false
		}
	}
	return len(strings.Fields(text.Span{Start: row[len(row)-1].End, End: met}.Of(t))) <= 1
}

// joint reports whether the people named behind "met" are named as met: "met with the mayor and
// with the chairman".
func (m Meeting) joint() bool {
	at := strings.Index(m.X.Text(), "met ") + m.X.Span.Start
	n := 0
	for _, k := range m.X.Names {
		if k.Type == news.Person && k.Span.Start > at {
			n++
		}
	}
	return n >= 2 && strings.Count(strings.ToLower(m.X.Text()), "with ") >= 1
}

// OneTime reports whether two accounts can be of one meeting in time.
func OneTime(m, o Meeting) bool {
	if m.To.IsZero() || o.To.IsZero() {
		if m.Planned {
			return true // a meeting that is only being arranged has no day yet; the same people arrange one
		}
		return m.X.In.Event != "" && m.X.In.Event == o.X.In.Event
	}
	slack := 24 * time.Hour
	if m.Planned {
		slack = 4 * 24 * time.Hour
	}
	from, to := cmp.Or(m.From, m.To), cmp.Or(o.From, o.To)
	return !from.After(o.To.Add(slack)) && !to.After(m.To.Add(slack))
}
