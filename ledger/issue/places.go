package issue

import (
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/ledger/words"
	"dateline/news"
)

// holding are words by which somebody gets, keeps or gives up a place: what they dispute is territory.
var holding = wordSet("cede ceding ceded cession regain regaining regained retake retaking retaken recapture recapturing recaptured annex annexing annexed annexation occupy occupying occupied seize seizing seized seizure relinquish relinquishing surrender surrendering surrendered recognise recognising recognised recognize recognizing recognized recognition handover control sovereignty")

// holdingTwo are those of two words.
var holdingTwo = map[string]string{
	"get": "back", "getting": "back", "give": "up", "giving": "up", "gives": "up", "gave": "up", "given": "up", "hand": "over", "handing": "over", "handed": "over", "take": "back", "taking": "back",
	"return": "of", "loss": "of", "withdraw": "from", "withdrawal": "from", "withdrawing": "from", "pull": "out",
}

// toward are words behind which stands who gets it, who does it and what for.
var toward = wordSet("to by for against as in")

// between is how many words may stand between such a word and the place.
const between = 6

// joining are words by which somebody comes to be a member.
var joining = wordSet("join joins joined joining membership accession admission member entry")

// unions are words of names, and nouns beside them, of what has states or bodies for members.
var unions = wordSet("union alliance organization organisation pact treaty league bloc community association confederation commonwealth council nations")

// places are the issues that a content names by a place that is to change hands, territory, and by an
// alliance that is to be joined, membership of it. Their keys are heads.
func places(t *book.Told) (out []phrase) {
	list := t.Words.Words
	plain := func(i int) string {
		if i < 0 || i >= len(list) {
			return ""
		}
		return list[i].Plain
	}
	for i := range list {
		held := holding[plain(i)]
		for k := i + 1; !held && k <= i+5 && k < len(list) && holdingTwo[plain(i)] != ""; k++ { // "give the island up"
			held = plain(k) == holdingTwo[plain(i)]
		}
		switch {
		case held:
			for k := i + 1; k <= i+between && k < len(list) && !toward[plain(k)]; k++ {
				if e := mentioned(t, list[k]); e != nil && isPlace(t, e) {
					out = merge(out, phrase{key: rooted("territory"), act: true, stems: []string{list[k].Stem}})
				}
			}
		case joining[plain(i)]:
			for k := max(0, i-1); k <= i+between && k < len(list); k++ {
				if e := mentioned(t, list[k]); e != nil && allied(e.Name, list[i:min(len(list), i+between+3)]) {
					name := list[k].Plain
					out = merge(out, phrase{key: "membership of " + news.Fold(e.Name), text: name + " membership", stems: []string{list[k].Stem}, firm: true})
					break
				}
			}
		}
	}
	return out
}

func merge(out []phrase, p phrase) []phrase {
	if i := slices.IndexFunc(out, func(o phrase) bool { return o.key == p.key }); i >= 0 {
		out[i].stems = append(out[i].stems, p.stems...)
		return out
	}
	return append(out, p)
}

// isPlace reports whether an entity is a place, in one of its mentions at least: a name far from its kind
// of verb is easily taken for something else.
func isPlace(t *book.Told, e *news.Entity) bool {
	return e.Type == news.Place && !allied(e.Name, nil) || slices.ContainsFunc(t.In.Entities, func(o news.Entity) bool { return o.Type == news.Place && o.Name == e.Name })
}

// allied reports whether an organisation has members that join it, by its name or the words around.
func allied(name string, around []words.Word) bool {
	return slices.ContainsFunc(strings.Fields(news.Fold(name)), func(w string) bool { return unions[w] }) ||
		slices.ContainsFunc(around, func(w words.Word) bool { return unions[w.Plain] })
}

// mentioned is the entity that a word of the content names, nil if it names none.
func mentioned(t *book.Told, w words.Word) *news.Entity {
	for i := range t.In.Entities {
		e := &t.In.Entities[i]
		if e.Type != news.Place && e.Type != news.Organisation {
			continue
		}
		for _, m := range e.Mentions {
			if m.Kind == news.ByName && m.Span.Start <= w.Start && w.Start < m.Span.End && (allied(e.Name, nil) || slices.Contains(strings.Fields(news.Fold(e.Name)), w.Plain)) {
				return e // not "Ukrainian", of a country
			}
		}
	}
	return nil
}
