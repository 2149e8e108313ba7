// Package tense tells from the verbs about a time, and from the word before it, whether it lies
// before or after the telling.
//
// It needs no parse: verbs are known by their form, and a tagger may be handed in to know them
// better. It also cuts a run of tokens into sentences, which verbs do not reach over.
package tense

import (
	"strings"

	"dateline/annotate/when/words"
)

// A Tense is whether a time lies before or after the telling of it.
type Tense int8

// The tenses.
const (
	Unsure Tense = iota
	Past
	Future
)

// Bound reports whether the word before token from sets a bound ahead where no verb says
// otherwise: "by Tuesday", "through Sunday".
func (r *Reader) Bound(from int) bool {
	w := r.Word(from - 1)
	return w == "by" || w == "through" || w == "before"
}

// Arranged reports whether the words before token from say that the time was agreed on: "set
// for", "postponed to".
func (r *Reader) Arranged(from int) bool {
	_, w := r.byPreposition(from)
	return strings.Contains(w, " ") && w != "ahead of"
}

// reach is how many tokens to either side are searched for a verb.
const reach = 24

// Of reads from the verbs about tokens [from, to) and from the word before them whether the
// time lies in the past or in the future. The nearest verb of the clause decides; one to the
// right must be nearer than one to the left, as English puts the time after its verb.
func (r *Reader) Of(from, to int) (t Tense, why string) {
	r.Close = false
	if r.Off {
		return Unsure, ""
	}
	if t, why := r.byPreposition(from); t != Unsure {
		return t, why
	}
	if r.Word(to) == "'" && r.Word(to+1) == "s" {
		for n := 2; n <= 3; n++ {
			if w := r.Word(to + n); aftermath[w] {
				return Past, "'s " + w
			}
		}
	}
	if w := r.condition(from); w != "" {
		return Future, w
	}
	left, lw, ld := r.leftward(from)
	right, rw, rd := r.rightward(to, ld == reach)
	switch {
	case left == Unsure && right == Unsure:
		return Unsure, ""
	case right == Unsure || left != Unsure && rd > 1 && ld <= rd+5:
		r.Close = ld <= 3
		return left, lw
	}
	r.Close = rd <= 2 || from == 0 || r.Sentence[from-1] != r.Sentence[from] || from == 1 || r.Sentence[from-2] != r.Sentence[from]
	return right, rw
}

// condition is the word that opens a condition in which the time at token from stands, or whose
// outcome it is, where none of it is told in the past: "if there is no deal by Friday, cranes stop
// on Saturday".
func (r *Reader) condition(from int) string {
	for k, n := from-1, 0; k >= 0 && n < reach && r.Sentence[k] == r.Sentence[from]; k, n = k-1, n+1 {
		switch w := r.Word(k); {
		case w == `"` || w == ";" || w == ":":
			return ""
		case w == "unless" || w == "if" && r.Word(k-1) != "as" && r.Word(k-1) != "ask" && r.Word(k-1) != "asked" && r.Word(k-1) != "even":
			return w
		case r.Verb(k) == Past:
			return ""
		}
	}
	return ""
}

// Word is token i in lower case, "" outside the text.
func (r *Reader) Word(i int) string {
	if i < 0 || i >= len(r.Tokens) {
		return ""
	}
	return r.Tokens[i].Text
}

// byPreposition reads the tense from the word before the time.
func (r *Reader) byPreposition(from int) (Tense, string) {
	k := from - 1
	if k < 0 || r.Sentence[k] != r.Sentence[from] {
		return Unsure, ""
	}
	if r.Word(k) == "the" || r.Word(k) == "this" {
		k--
	}
	switch w := r.Word(k); w {
	case "starting", "beginning", "effective":
		if t, why, _ := r.leftward(k); t == Past && w != "effective" {
			return Past, why
		}
		return Future, w
	case "into":
		switch r.Word(k - 1) {
		case "heading", "going", "headed":
			return Future, r.Word(k-1) + "-into"
		}
	case "incident", "shooting", "attack", "attacks", "crash", "explosion", "blast", "accident":
		return Past, w // "the attack Sunday"
	case "until", "till":
		// "stays closed until Monday", but "he led until Monday", "until Monday he had led"
		if t, why, _ := r.leftward(k); t == Past && grants[why] {
			return Future, why + " " + w // "gave the city until Friday"
		} else if t == Past && !ceased[why] {
			return Past, why
		} else if t == Unsure && (k == 0 || r.Sentence[k-1] != r.Sentence[k]) {
			if t, why, _ := r.rightward(from+1, true); t == Past {
				return Past, why
			}
		}
		return Future, w
	case "since":
		return Past, w
	case "for", "to":
		switch r.Word(k - 1) {
		case "scheduled", "set", "slated", "planned", "due", "postponed", "delayed", "moved", "rescheduled", "extended", "booked", "reserved":
			return Future, r.Word(k-1) + " " + w
		case "off", "back", "forward":
			if v := r.Word(k - 2); v == "put" || v == "pushed" || v == "moved" || v == "brought" {
				return Future, v + " " + r.Word(k-1) + " " + w
			}
		}
	case "due", "upcoming", "scheduled":
		return Future, w
	case "of":
		if r.Word(k-1) == "ahead" {
			return Future, "ahead of"
		}
	case "than":
		if r.Word(k-1) == "later" && r.Word(k-2) == "no" {
			return Future, "no later than"
		}
	}
	return Unsure, ""
}

// leftward is the tense of the nearest verb before token from, and its distance.
func (r *Reader) leftward(from int) (Tense, string, int) {
	d := 0
	for k := from - 1; k >= 0 && d < reach && r.Sentence[k] == r.Sentence[from]; k-- {
		switch r.Word(k) {
		case "'":
			if r.Word(k-1) != "'" {
				break
			}
			k-- // a quotation mark typed as two
			fallthrough
		case `"`:
			open := r.opening(k)
			if open < 0 {
				return Unsure, "", reach
			}
			d += 2
			k = open
			continue
		case ";", ":":
			return Unsure, "", reach
		case ",":
			d += 2
		}
		if t := r.Verb(k); t != Unsure {
			return t, r.Word(k), d
		}
		d++
	}
	return Unsure, "", reach
}

// opening is the place of the mark that opens the quotation closed at token k, or -1 if token k
// opens one itself, or its opening stands too far off.
func (r *Reader) opening(k int) int {
	if !r.Tokens[k].Tight || k > 0 && r.Sentence[k-1] != r.Sentence[k] {
		return -1
	}
	for n := k - 1; n >= 0 && k-n < reach && r.Sentence[n] == r.Sentence[k]; n-- {
		if w := r.Tokens[n].Text; (w == `"` || w == "'" && n > 0 && r.Tokens[n-1].Text == "'") && n+1 < len(r.Tokens) && r.Tokens[n+1].Tight {
			if w == "'" {
				n--
			}
			return n
		}
	}
	return -1
}

// rightward is the tense of the nearest verb from token to on.
func (r *Reader) rightward(to int, alone bool) (Tense, string, int) {
	d := 1
	for k := to; k < len(r.Tokens) && d < reach && r.Sentence[k] == r.Sentence[max(to-1, 0)]; k++ {
		switch r.Word(k) {
		case "'":
			if r.Word(k+1) == "'" {
				return Unsure, "", reach
			}
		case `"`:
			return Unsure, "", reach
		case ";":
			if !alone {
				return Unsure, "", reach
			}
		case ",", "and", "but", "that", "which", "who", "because", "when", "while", "after", "before":
			d += 3
		}
		if t := r.Verb(k); t != Unsure {
			return t, r.Word(k), d
		}
		d++
	}
	return Unsure, "", reach
}

// Verb is the tense that token k shows, with the helping verbs before it.
func (r *Reader) Verb(k int) Tense {
	t := &r.Tokens[k]
	if t.Kind != words.Word || t.Cap && k > 0 && !t.Caps && !t.Break && r.Sentence[k-1] == r.Sentence[k] {
		return Unsure
	}
	w := t.Text
	if r.Tag != nil {
		switch r.Tag(t.Span) {
		case "":
		case "VBD":
			if w == "was" || w == "were" || w == "had" || w == "did" {
				break // a helping verb may make it a plan: "had been due to fly"
			}
			return Past
		case "VBN", "VB", "VBG", "VBZ", "VBP", "MD", "TO":
		default:
			if !arranged[w] {
				return Unsure
			}
		}
	}
	switch w {
	case "d":
		if r.Word(k-1) != "'" {
			return Unsure
		}
		if n := r.Word(k + 1); irregular[n] || strings.HasSuffix(n, "ed") || n == "been" {
			return Past
		}
		return Future
	case "will", "shall", "ll":
		if w == "ll" && r.Word(k-1) != "'" || w == "will" && (r.Word(k-1) == "the" || r.Word(k-1) == "his" || r.Word(k-1) == "political") {
			return Unsure
		}
		return Future
	case "won":
		if r.Word(k+1) == "'" || r.Word(k+1) == "’" {
			return Future
		}
		return Past
	case "would", "could", "might", "should", "must", "may", "can", "cannot":
		for n := 1; n <= 3; n++ {
			if r.Word(k+n) == "have" {
				return Past
			}
		}
		return Future
	case "is", "are", "am", "re", "be":
		if r.planned(k) || w == "be" && r.helped(k) == Future {
			return Future
		}
		return Unsure
	case "was", "were", "had", "did", "been", "has", "have":
		if r.planned(k) {
			return Future
		}
		if w == "has" || w == "have" {
			if r.Word(k+1) == "to" {
				return Future
			}
			if n := r.Word(k + 1); r.helped(k) == Future && (r.Word(k-1) == "may" || r.Word(k-1) == "will") && !irregular[n] && !strings.HasSuffix(n, "ed") && n != "been" {
				return Future // "may have in May", not "may have been"
			}
		}
		return Past
	case "to":
		return r.infinitive(k)
	case "looming", "upcoming", "forthcoming", "approaching":
		return Future
	case "begins", "starts", "opens", "meets", "arrives", "kicks", "expires", "convenes", "resumes", "goes", "votes", "plays", "faces", "hosts", "heads", "returns", "travels", "visits", "leaves", "ends", "closes", "takes", "holds", "falls", "testifies", "sails", "reopens", "stops", "launches", "departs", "appears", "speaks", "addresses", "delivers":
		return Future
	case "stop", "sail", "strike", "march", "reopen", "depart", "open", "meet", "begin", "start", "resume", "go", "vote", "play", "face", "host", "head", "return", "travel", "arrive", "convene", "gather", "leave", "end", "close":
		if p := r.Word(k - 1); p == "they" || p == "we" || p == "that" || p == "who" || p == "which" || k > 0 && strings.HasSuffix(p, "s") && len(p) > 3 && !r.Tokens[k-1].Cap {
			return Future
		}
	}
	if irregular[w] && determiner[r.Word(k-1)] || r.Word(k-1) == "-" && !arranged[w] {
		return Unsure // "a shot", "so-called"
	}
	if irregular[w] || len(w) > 4 && strings.HasSuffix(w, "ed") && !notPast[w] {
		switch w {
		case "planned", "scheduled", "expected", "slated":
			return Future
		case "proposed":
			if determiner[r.Word(k-1)] {
				return Future
			}
		}
		switch r.helped(k) {
		case Future:
			return Future
		case Past:
			return Past
		}
		if p := r.Word(k - 1); p == "is" || p == "are" || p == "be" || p == "being" {
			return Unsure
		}
		return Past
	}
	return Unsure
}

// helped is what the helping verbs in the few words before token k say.
func (r *Reader) helped(k int) Tense {
	for n := 1; n <= 4 && k-n >= 0 && r.Sentence[k-n] == r.Sentence[k]; n++ {
		switch w := r.Word(k - n); w {
		case "will", "shall", "ll", "would", "may", "might", "could", "should", "must", "can", "cannot":
			return Future
		case "to":
			return r.infinitive(k - n)
		case "was", "were", "had", "has", "have", "been":
			if n > 1 && w == "have" && r.Word(k-n-1) == "to" {
				return Future
			}
			return Past
		case "not", "also", "be", "then", "now", "never", "still", "again", "soon", "just", "only", "all", "both", "t", "'", "being":
		default:
			if !strings.HasSuffix(w, "ly") {
				return Unsure
			}
		}
	}
	return Unsure
}

// infinitive reads "to" before a verb: ahead where a plan stands before it, or where it is the
// first verb of a headline ("Mayor to open bridge on Friday").
func (r *Reader) infinitive(k int) Tense {
	if k+1 >= len(r.Tokens) || r.Tokens[k+1].Kind != words.Word || r.Tokens[k+1].Cap || determiner[r.Word(k+1)] {
		return Unsure
	}
	p := r.Word(k - 1)
	for n := 2; n <= 4 && days[p]; n++ { // "vowed last night to"
		p = r.Word(k - n)
	}
	if plans[p] {
		return Future
	}
	end := k
	for end+1 < len(r.Tokens) && r.Sentence[end+1] == r.Sentence[k] && end-k < 2*reach {
		end++
	}
	if r.Word(end) == "." {
		return Unsure // no headline
	}
	for n := k - 1; n >= 0 && k-n < reach && r.Sentence[n] == r.Sentence[k]; n-- {
		w := r.Word(n)
		if w == "," {
			return Unsure
		}
		if irregular[w] || w == "is" || w == "are" || w == "was" || w == "were" || w == "has" || w == "have" || w == "had" || w == "will" || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "es") || r.Word(n) == "says" {
			return Unsure
		}
		if n == 0 || r.Sentence[n-1] != r.Sentence[n] {
			return Future
		}
	}
	return Unsure
}

// planned reports whether a form of "be" at token k is followed by a word of planning, or by
// "to" and a verb: "is due", "are to meet", "is visiting".
func (r *Reader) planned(k int) bool {
	for n := 1; n <= 3 && k+n < len(r.Tokens) && r.Sentence[k+n] == r.Sentence[k]; n++ {
		switch w := r.Word(k + n); w {
		case "likely":
			return r.Word(k+n+1) == "to"
		case "scheduled", "expected", "due", "slated", "planned", "going", "poised", "supposed", "hoping", "planning", "anticipated":
			return true
		case "set":
			return r.Word(k+n+1) == "to" || r.Word(k+n+1) == "for"
		case "to":
			return n == 1 && (r.Word(k) != "have" && r.Word(k) != "had" && r.Word(k) != "has" && r.Word(k) != "been")
		default:
			if n == 1 && strings.HasSuffix(w, "ing") && len(w) > 5 && (r.Word(k) == "is" || r.Word(k) == "are" || r.Word(k) == "re" || r.Word(k) == "am") {
				return true
			}
		}
	}
	return false
}

// arranged are words that tell of what is to come, whatever their tag.
var arranged = set("looming upcoming forthcoming approaching planned scheduled proposed expected slated to ll d")

// ceased are participles of what goes on until a time ahead.
var ceased = set("closed delayed postponed suspended extended adjourned deferred remanded held jailed barred cancelled canceled halted put scheduled shut banned sealed booked")

// aftermath are nouns that name what has been: "Tuesday's results".
var aftermath = set("results result win victory loss defeat attack attacks shooting announcement statement remarks comments decision ruling crash performance killing killings explosion blast outburst tally finish close")

// days are words that may stand between a plan and its infinitive.
var days = set("night yesterday today last this morning evening afternoon monday tuesday wednesday thursday friday saturday sunday on again")

// grants are verbs that set somebody a time.
var grants = set("gave given set demanded granted allowed")

var plans = set("vowed pledge pledges pledged threat threaten threatens threatened offer offers offered swore sworn plan plans planned planning expect expects expected set due scheduled slated going hope hopes hoping intend intends want wants aim aims aiming vow vows promise promises promised agree agrees agreed ready prepare prepares preparing prepared about is are was were poised likely decide decided need needs continue want wanted try trying unable able chance opportunity hopes bid free invited asked ordered required called opportunity plan deadline")

var determiner = set("the a an this that these those his her their its our my your one two three four five six seven eight nine ten")

var notPast = set("united need needed speed indeed hundred exceed proceed succeed embed limited related advanced alleged armed based aged red feed bleed breed unprecedented supposed sacred wicked naked rugged hatred kindred shed seed deed exceed agreed-upon")

var irregular = set("said told was were went came saw took gave made got had met began left held kept lost won sent spent spoke spoken wrote written knew known thought found brought bought sold fell fallen rose risen grew grown became led ran drew drawn fought caught taught sought built hit cut put hurt struck broke broken chose chosen drove driven flew flown froze forgot rode rang sang sank shook shot slept stole stood swore swept threw thrown understood withdrew wore stuck paid laid lay meant felt heard died did done gone seen taken given begun sat lit slid spread burst ate fled fed bled bid bet dealt dug hung swung")

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
