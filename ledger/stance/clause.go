package stance

import (
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/ledger/words"
	"dateline/news"
)

// A frame describes the main clause of a content; what stands deeper ("he believes that Putin wants
// to make a deal", "his goals are to get a ceasefire") is read off the words before the issue, as far
// as the clause goes: who wants, hopes, must or refuses what.

// reach is how many words before the issue belong to what is said of it.
const reach = 9

// achieving are verbs that bring a thing about; what is for or against it stands before them.
var achieving = wordSet("get obtain achieve reach secure make have see broker negotiate sign find hold arrange begin pursue bring win strike conclude set seal")

// willing are words before "to" by which somebody is for what follows.
var willing = wordSet("want wants wanted hope hopes hoped seek seeks sought ready willing prepared goal goals aim aims benefit interest interests eager keen determined like optimistic intend intends plan plans forward going committed")

// obliging are words that ask for what follows.
var obliging = wordSet("must should need needs needed necessary vital essential important require requires demand demands")

// declining are words by which somebody does not do what follows.
var declining = wordSet("declined declines declining refused refuses refusing")

// elsewhen are words behind which a clause tells of another time than the content is about.
var elsewhen = wordSet("after before since")

// limits end a clause.
var limits = wordSet("but while although though because whether if when unless until after before since which who where despite from during")

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// clause is what the words before the issue say of it, and whose it is.
func clause(t *book.Told, about func(string) bool) (s news.Stance, what string, holder news.EntityID) {
	list := t.Words.Words
	for p := range list {
		if !about(list[p].Stem) || list[p].Plain == "pay" && p > 0 && list[p-1].Plain == "to" && about("wage") {
			continue
		}
		from := p
		for from > 0 && from > p-reach && !limits[list[from-1].Plain] && !strings.HasSuffix(list[from-1].Text, ";") && !strings.HasSuffix(list[from-1].Text, ".") {
			from--
		}
		if from > 0 && (elsewhen[list[from-1].Plain] || (list[from-1].Plain == "who" || list[from-1].Plain == "which") && !subjects[list[from].Plain]) {
			continue // of another time, or of those of whom it is said: "people who want to end it"
		}
		if s, at := reading(list[from:p]); s != "" && !slices.ContainsFunc(list[from+at:p], func(w words.Word) bool { return locating[w.Plain] }) {
			if purpose(list, from+at) {
				continue
			}
			who, known := subjectOf(t, list, from+at)
			if !known || who != "" && slices.ContainsFunc(list[:p], func(w words.Word) bool { return doubting[w.Plain] }) {
				continue
			}
			if list[from+at].Plain == "going" && who == "" && !slices.ContainsFunc(list[max(from, from+at-3):from+at], func(w words.Word) bool { return subjects[w.Plain] || w.Plain == "im" || w.Plain == "were" }) {
				continue // "people are going to see it": it is not said who wants it
			}
			if good := list[from+at].Stem; good == "benefit" || good == "interest" {
				who = "" // what is good for somebody is what the speaker says
			}
			return s, written(list[from+at : p+1]), who
		}
		if s, to := behind(list, p); s != "" {
			return s, written(list[p:to]), ""
		}
	}
	return "", "", ""
}

// locating are words behind which stands where, with whom and by what a thing is done.
var locating = wordSet("at outside near by from with")

// purpose reports whether the word at a place, an end of something, says what a thing before it is for:
// "an agreement to end the war" tells nothing of who speaks of the agreement.
func purpose(list []words.Word, at int) bool {
	if at < 2 || list[at-1].Plain != "to" || !slices.ContainsFunc(lemmas(list[at].Plain), func(l string) bool { return verbs[l] == ending }) {
		return false
	}
	before := list[at-2].Plain
	return endable[strings.TrimSuffix(before, "s")]
}

// endable are nouns of means.
var endable = wordSet("agreement deal talk negotiation summit meeting measure law bill resolution mechanism")

// behind is what the words behind an issue that is a subject say of it: "troops will not be sent".
func behind(list []words.Word, p int) (s news.Stance, to int) {
	plain := func(i int) string {
		if i < len(list) {
			return list[i].Plain
		}
		return ""
	}
	modal, not, be := plain(p+1), plain(p+2) == "not", plain(p+3) == "be"
	if plain(p+2) == "be" {
		be = true
	}
	switch modal {
	case "wont", "cannot", "cant":
		return news.Opposes, p + 2
	case "will", "would", "can":
		if not {
			return news.Opposes, min(len(list), p+5)
		}
	case "must", "should":
		if not {
			return news.Opposes, min(len(list), p+5)
		}
		if be {
			return news.Demands, min(len(list), p+4)
		}
	}
	return "", 0
}

// reading is the stance that words take to what follows them, and where the word stands that takes
// it.
func reading(before []words.Word) (news.Stance, int) {
	negatedBefore := func(i int) bool {
		for k := i - 1; k >= 0 && k >= i-4; k-- {
			if negations[before[k].Plain] || declining[before[k].Plain] {
				return true
			}
		}
		return false
	}
	for i, w := range before {
		if i > 0 && before[i-1].Plain == "too" && (w.Plain == "early" || w.Plain == "soon") {
			return news.Undecided, i
		}
	}
	brought := false // something brings the issue about
	for i := len(before) - 1; i >= 0; i-- {
		w := before[i].Plain
		var next string
		if i+1 < len(before) {
			next = before[i+1].Plain
		}
		near := i >= len(before)-4
		switch {
		case w == "like" && (i == 0 || !wouldLike[before[i-1].Plain]):
			continue // "float like butterflies"
		case w == "necessary" && i > 0 && !being[before[i-1].Plain] && !emphatic[before[i-1].Plain] && before[i-1].Plain != "its":
			continue // "the votes necessary to"
		case willing[w] && (next == "to" || next == "for" || next == "a" || next == "an" || next == "the" || next == "are" || next == "is" || i == len(before)-1) && (brought || near):
			if negatedBefore(i) || givenUp(before[max(0, i-3):i]) {
				return news.Opposes, i
			}
			return news.Supports, i
		case obliging[w] && (brought || near):
			if negatedBefore(i) || next == "not" {
				return news.Opposes, i
			}
			return news.Demands, i
		case w == "open" && next == "to":
			if negatedBefore(i) {
				return news.Opposes, i
			}
			return news.Open, i
		case w == "decision" || w == "decisions":
			if negatedBefore(i) {
				return news.Undecided, i
			}
			continue
		case w == "in" && (next == "favour" || next == "favor"):
			if negatedBefore(i) {
				return news.Opposes, i
			}
			return news.Supports, i
		}
		for _, l := range lemmas(w) {
			if achieving[l] && near {
				brought = true
			}
			k := verbs[l]
			if two := verbs[l+" "+next]; two != none {
				k = two
			}
			switch {
			case i > 0 && determining[before[i-1].Plain] && next != "to", // "the campaign trail", "his call": a noun
				i > 0 && nouns[l] && l != w && strings.HasSuffix(w, "s") && !subjects[before[i-1].Plain], // "tax breaks"
				l == "float", l == "suggest":
				k = none
			}
			if !near || k == none {
				continue
			}
			no := negatedBefore(i)
			yes := map[class]news.Stance{against: news.Opposes, excluding: news.Opposes, weighing: news.Open, asking: news.Demands, offering: news.Offers, ending: news.Opposes}[k]
			switch {
			case yes == "":
			case !no:
				return yes, i
			case k == excluding || k == against:
				return news.Open, i
			case k == ending:
				return news.Supports, i
			default:
				return news.Opposes, i
			}
		}
	}
	return "", 0
}

// nouns are verbs whose form with an s is as often a noun.
var nouns = wordSet("break call campaign push support attack fight end cut press demand offer stop look talk protest request appeal ban block")

// subjects are pronouns that are subjects.
var subjects = wordSet("i we you he she it they")

// determining are words behind which stands no verb.
var determining = wordSet("the a an his her their its our my your this that these those of no any every in on at")

var wouldLike = wordSet("would id wed hed shed theyd d i we")

// givenUp reports whether words end or refuse what follows: "dropping its plan to".
func givenUp(list []words.Word) bool {
	for i, w := range list {
		for _, l := range lemmas(w.Plain) {
			k := verbs[l]
			if i+1 < len(list) {
				if two := verbs[l+" "+list[i+1].Plain]; two != none {
					k = two
				}
			}
			if k == ending || k == against {
				return true
			}
		}
	}
	return false
}

// doubting are words by which a speaker does not share what the clause says of somebody else.
var doubting = wordSet("doubt doubts doubted doubtful skeptical sceptical unconvinced convinced unlikely bluffing bluff pretends pretended claims claimed question")

// subjectOf is who takes the stance: the last one named before the word that takes it, the speaker
// where nobody is. known is false where it is somebody whom a pronoun of a quotation means.
func subjectOf(t *book.Told, list []words.Word, at int) (who news.EntityID, known bool) {
	for i := at - 1; i >= 0 && i >= at-5; i-- {
		w := list[i]
		if i < at-1 && strings.HasSuffix(w.Text, ",") {
			break
		}
		switch w.Plain {
		case "i", "we":
			return "", true
		case "he", "she", "they":
			return "", !w.Quoted
		case "his", "her", "their", "my", "our":
			return "", !w.Quoted || w.Plain == "my" || w.Plain == "our"
		}
		for _, e := range t.In.Entities {
			if e.Anonymous || e.ID == t.Speaker.Entity || e.Type != news.Person && e.Type != news.Organisation && e.Type != news.Group && (e.Type != news.Place || i < at-2) {
				continue
			}
			if slices.ContainsFunc(e.Mentions, func(m news.Mention) bool {
				return m.Kind != news.ByPronoun && m.Span.Start <= w.Start && w.Start < m.Span.End
			}) {
				return e.ID, e.Type != news.Group
			}
		}
	}
	return "", true
}

func written(list []words.Word) string {
	parts := make([]string, len(list))
	for i, w := range list {
		parts[i] = w.Text
	}
	return strings.Join(parts, " ")
}
