package book

import (
	"strings"

	"dateline/news"
)

// Reported reports whether a statement tells of an act of saying by somebody the article names
// or describes.
func (t *Told) Reported() bool { return t.Actor != nil && Says(t.Statement, t.In.Article.Text) }

// Says reports whether a statement tells of an act of saying, whosever. A plan that somebody announces
// and a stance that somebody takes are told of because they were put into words; a thought, a poll or
// what was seen were not, nor is what somebody pursues or only seems to. Where but the matter is told
// ("answered questions", "discussed guarantees") something was said, and nothing of it is known.
func Says(s *news.Statement, text string) bool {
	switch s.Act {
	case news.Speech, news.Writing, news.Written, news.Question, news.Plan, news.StanceAct:
	default:
		return false
	}
	verb := cueVerb(s, text)
	return s.Mode != news.Indirect || !seeming[verb] && !pursuing[verb] && !(ofMatter[verb] && s.Frame.Predicate == "")
}

// cueVerb is the first word of the cue, as it stands, that can be its verb: behind auxiliaries and adverbs.
func cueVerb(s *news.Statement, text string) string {
	if len(s.Cue) == 0 {
		return ""
	}
	for _, w := range strings.Fields(news.Fold(s.Cue[0].Of(text))) {
		switch w {
		case "has", "have", "had", "is", "are", "was", "were", "been", "being", "also", "never", "not":
		default:
			if !strings.HasSuffix(w, "ly") || w == "reply" {
				return w
			}
		}
	}
	return ""
}

// forms are verbs with the endings that English gives them.
func forms(stems ...string) map[string]bool {
	m := map[string]bool{}
	for _, s := range stems {
		for _, e := range []string{"", "s", "ed", "ing", "d"} {
			m[s+e] = true
		}
		if base, ok := strings.CutSuffix(s, "e"); ok {
			m[base+"ing"] = true
		}
		if base, ok := strings.CutSuffix(s, "y"); ok {
			m[base+"ies"], m[base+"ied"] = true, true
		}
	}
	return m
}

// seeming are verbs of how somebody appears, not of what one says.
var seeming = forms("seem", "appear", "tend", "continue")

// ofMatter are verbs of speaking whose object is what was spoken of.
var ofMatter = forms("discuss", "answer", "address", "field", "tackle", "face", "debate", "cover", "raise")

// pursuing are verbs of what one is after, or does: no occasion on which it was put into words.
var pursuing = func() map[string]bool {
	m := forms("look", "resist", "want", "need", "prefer", "pursue", "drop")
	for _, w := range []string{"seek", "seeks", "seeking", "sought", "dropped", "dropping"} {
		m[w] = true
	}
	return m
}()
