package stance

import (
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/ledger/words"
	"dateline/news"
)

// reach is how many words behind an adjective its complement may stand: "ready for a new round of talks".
const reach = 6

// limits end a clause.
var limits = wordSet("but while although though because whether if when unless until after before since which who where despite from during")

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// minding are adjectives and nouns by which somebody is said to be minded, with what they say of their
// complement: "ready to meet", "open to talks", "too early to discuss it", "in favour of a levy".
var minding = map[string]class{
	"ready": favouring, "willing": favouring, "prepared": favouring, "committed": favouring, "eager": favouring, "keen": favouring, "determined": favouring, "happy": favouring, "glad": favouring,
	"favour": favouring, "favor": favouring, "goal": favouring, "aim": favouring,
	"open": weighing, "receptive": weighing, "amenable": weighing,
	"opposed": against, "reluctant": against, "unwilling": against, "averse": against, "hostile": against,
	"necessary": asking, "essential": asking, "vital": asking, "crucial": asking, "important": asking, "imperative": asking, "time": asking,
	"early": pending, "soon": pending, "undecided": pending, "decision": pending,
}

// minded is the stance of a content whose main clause says how somebody is minded towards what follows, and
// no verb of its own about the issue: the frame of such a clause ends at the adjective, so its complement
// is read off the words behind.
func minded(t *book.Told, about func(string) bool) (s news.Stance, what string) {
	f := &t.Frame
	list := t.Words.Words
	for i := range list {
		w := list[i].Plain
		k := minding[w]
		switch {
		case list[i].Start < f.Clause.Start || list[i].Start >= f.Clause.End || k == none || i+2 >= len(list):
			continue
		case w == "favour" || w == "favor":
			if !slices.ContainsFunc(f.Oblique, func(a news.Argument) bool { return a.Role == "in" && a.Head == w }) {
				continue
			}
		case w == "early" || w == "soon":
			if list[max(0, i-1)].Plain != "too" {
				continue
			}
		case w == "decision":
			if f.Object.Head != w || !f.Negated {
				continue
			}
		case f.Object.Head != w && words.Stem(f.Object.Head) != list[i].Stem && f.Subject.Head != w:
			continue
		}
		if it := f.Subject.Head == "it" || f.Subject.Head == ""; k == asking && !it || k != asking && k != pending && !own(t) {
			continue // "exercises are vital for peace" asks for exercises; "the other side is open to it"
		}
		end := 0
		for p := i + 1; p < len(list) && p <= i+reach && !limits[list[p].Plain] && end == 0; p++ {
			if about(list[p].Stem) {
				end = p + 1
			}
		}
		if end == 0 {
			continue
		}
		flips := k != pending && f.Negated
		for _, w := range list[i+1 : end-1] {
			for _, l := range lemmas(w.Plain) {
				flips = flips != (verbs[l] == ending || verbs[l] == against) // "ready to end the war"
			}
		}
		return stanceOf(k, flips), written(list[i:end])
	}
	return "", ""
}

// stanceOf is the stance of one who takes a thing so, or the other way round.
func stanceOf(k class, flips bool) news.Stance {
	yes, no := news.Stance(""), news.Stance("")
	switch k {
	case favouring, keeping:
		yes, no = news.Supports, news.Opposes
	case asking:
		yes, no = news.Demands, news.Opposes
	case against, ending:
		yes, no = news.Opposes, news.Open
	case excluding:
		yes, no = news.Opposes, news.Open
	case offering:
		yes, no = news.Offers, news.Opposes
	case weighing:
		yes, no = news.Open, news.Opposes
	case pending:
		yes, no = news.Undecided, news.Undecided
	}
	if flips {
		return no
	}
	return yes
}

func written(list []words.Word) string {
	parts := make([]string, len(list))
	for i, w := range list {
		parts[i] = w.Text
	}
	return strings.Join(parts, " ")
}
