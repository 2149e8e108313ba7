package when

import (
	"strings"

	"dateline/annotate/when/grammar"
)

// A tense is whether a time lies before or after the telling of it.
type tense int8

const (
	unsure tense = iota
	past
	future
)

// bound reports whether the word before token from sets a bound ahead where no verb says
// otherwise: "by Tuesday", "through Sunday".
func (r *reader) bound(from int) bool {
	w := r.text(from - 1)
	return w == "by" || w == "through" || w == "before"
}

// reach is how many tokens to either side are searched for a verb.
const reach = 24

// tense reads from the verbs about tokens [from, to) and from the word before them whether the
// time lies in the past or in the future. The nearest verb of the clause decides; one to the
// right must be nearer than one to the left, as English puts the time after its verb.
func (r *reader) tense(from, to int) (t tense, why string) {
	if r.ref.Off["tense"] {
		return unsure, ""
	}
	if t, why := r.byPreposition(from, to); t != unsure {
		return t, why
	}
	left, lw, ld := r.leftward(from)
	right, rw, rd := r.rightward(to, ld == reach)
	switch {
	case left == unsure && right == unsure:
		return unsure, ""
	case right == unsure || left != unsure && rd > 1 && ld <= rd+5:
		return left, lw
	}
	return right, rw
}

func (r *reader) text(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].Text
}

// byPreposition reads the tense from the word before the time.
func (r *reader) byPreposition(from, to int) (tense, string) {
	k := from - 1
	if k < 0 || r.ends[k] != r.ends[from] {
		return unsure, ""
	}
	if r.text(k) == "the" || r.text(k) == "this" {
		k--
	}
	switch w := r.text(k); w {
	case "until", "till", "starting", "beginning", "effective":
		return future, w
	case "since":
		return past, w
	case "for", "to":
		switch r.text(k - 1) {
		case "scheduled", "set", "slated", "planned", "due", "postponed", "delayed", "moved", "rescheduled", "extended", "booked":
			return future, r.text(k-1) + " " + w
		}
	case "due", "upcoming", "scheduled":
		return future, w
	case "of":
		if r.text(k-1) == "ahead" {
			return future, "ahead of"
		}
	case "than":
		if r.text(k-1) == "later" && r.text(k-2) == "no" {
			return future, "no later than"
		}
	}
	return unsure, ""
}

// leftward is the tense of the nearest verb before token from, and its distance.
func (r *reader) leftward(from int) (tense, string, int) {
	d := 0
	for k := from - 1; k >= 0 && d < reach && r.ends[k] == r.ends[from]; k-- {
		switch r.text(k) {
		case ";", ":", `"`:
			return unsure, "", reach
		case ",":
			d += 2
		}
		if t := r.verb(k); t != unsure {
			return t, r.text(k), d
		}
		d++
	}
	if d == 0 {
		return unsure, "", reach
	}
	return unsure, "", reach
}

// rightward is the tense of the nearest verb from token to on.
func (r *reader) rightward(to int, alone bool) (tense, string, int) {
	d := 1
	for k := to; k < len(r.tokens) && d < reach && r.ends[k] == r.ends[max(to-1, 0)]; k++ {
		switch r.text(k) {
		case ";", `"`:
			if !alone {
				return unsure, "", reach
			}
		case ",", "and", "but", "that", "which", "who", "because", "when", "while", "after", "before":
			d += 3
		}
		if t := r.verb(k); t != unsure {
			return t, r.text(k), d
		}
		d++
	}
	return unsure, "", reach
}

// verb is the tense that token k shows, with the helping verbs before it.
func (r *reader) verb(k int) tense {
	t := &r.tokens[k]
	if t.Kind != grammar.Word || t.Cap && k > 0 && !t.Caps && !t.Break && r.ends[k-1] == r.ends[k] {
		return unsure
	}
	w := t.Text
	if r.ref.Tag != nil {
		switch r.ref.Tag(t.Span) {
		case "":
		case "VBD":
			if w == "was" || w == "were" {
				break
			}
			return past
		case "VBN", "VB", "VBG", "VBZ", "VBP", "MD", "TO":
		default:
			if w != "due" && w != "set" && w != "ready" && w != "likely" {
				return unsure
			}
		}
	}
	switch w {
	case "d":
		if r.text(k-1) != "'" {
			return unsure
		}
		if n := r.text(k + 1); irregular[n] || strings.HasSuffix(n, "ed") || n == "been" {
			return past
		}
		return future
	case "will", "shall", "ll":
		if w == "ll" && r.text(k-1) != "'" || w == "will" && (r.text(k-1) == "the" || r.text(k-1) == "his" || r.text(k-1) == "political") {
			return unsure
		}
		return future
	case "won":
		if r.text(k+1) == "'" || r.text(k+1) == "’" {
			return future
		}
		return past
	case "would", "could", "might", "should", "must", "may", "can", "cannot":
		for n := 1; n <= 3; n++ {
			if r.text(k+n) == "have" {
				return past
			}
		}
		return future
	case "is", "are", "am", "re", "be":
		if r.planned(k) || w == "be" && r.helped(k) == future {
			return future
		}
		return unsure
	case "was", "were", "had", "did", "been", "has", "have":
		if r.planned(k) {
			return future
		}
		if w == "has" || w == "have" {
			if r.text(k+1) == "to" {
				return future
			}
			if r.helped(k) == future {
				return past
			}
		}
		return past
	case "to":
		return r.infinitive(k)
	case "begins", "starts", "opens", "meets", "arrives", "kicks", "expires", "convenes", "resumes", "goes", "votes", "plays", "faces", "hosts", "heads", "returns", "travels", "visits", "leaves", "ends", "closes", "takes", "holds":
		return future
	case "open", "meet", "begin", "start", "resume", "go", "vote", "play", "face", "host", "head", "return", "travel", "arrive", "convene", "gather", "leave", "end", "close":
		if p := r.text(k - 1); p == "they" || p == "we" || k > 0 && strings.HasSuffix(p, "s") && len(p) > 3 && !r.tokens[k-1].Cap {
			return future
		}
	}
	if irregular[w] || len(w) > 4 && strings.HasSuffix(w, "ed") && !notPast[w] {
		switch w {
		case "planned", "scheduled", "expected", "proposed", "slated":
			return future
		}
		switch r.helped(k) {
		case future:
			return future
		case past:
			return past
		}
		if p := r.text(k - 1); p == "is" || p == "are" || p == "be" || p == "being" {
			return unsure
		}
		return past
	}
	return unsure
}

// helped is what the helping verbs in the few words before token k say.
func (r *reader) helped(k int) tense {
	for n := 1; n <= 4 && k-n >= 0 && r.ends[k-n] == r.ends[k]; n++ {
		switch w := r.text(k - n); w {
		case "will", "shall", "ll", "would", "may", "might", "could", "should", "must", "can", "cannot":
			return future
		case "to":
			return r.infinitive(k - n)
		case "was", "were", "had", "has", "have", "been":
			if n > 1 && w == "have" && r.text(k-n-1) == "to" {
				return future
			}
			return past
		case "not", "also", "be", "then", "now", "never", "still", "again", "soon", "just", "only", "all", "both", "t", "'", "being":
		default:
			if !strings.HasSuffix(w, "ly") {
				return unsure
			}
		}
	}
	return unsure
}

// infinitive reads "to" before a verb: ahead where a plan stands before it, or where it is the
// first verb of a headline ("Mayor to open bridge on Friday").
func (r *reader) infinitive(k int) tense {
	if k+1 >= len(r.tokens) || r.tokens[k+1].Kind != grammar.Word || r.tokens[k+1].Cap || determiner[r.text(k+1)] {
		return unsure
	}
	p := r.text(k - 1)
	if plans[p] {
		return future
	}
	for n := k - 1; n >= 0 && k-n < reach && r.ends[n] == r.ends[k]; n-- {
		w := r.text(n)
		if irregular[w] || w == "is" || w == "are" || w == "was" || w == "were" || w == "has" || w == "have" || w == "had" || w == "will" || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "es") || r.text(n) == "says" {
			return unsure
		}
		if n == 0 || r.ends[n-1] != r.ends[n] {
			return future
		}
	}
	return unsure
}

// planned reports whether a form of "be" at token k is followed by a word of planning, or by
// "to" and a verb: "is due", "are to meet", "is visiting".
func (r *reader) planned(k int) bool {
	for n := 1; n <= 3 && k+n < len(r.tokens) && r.ends[k+n] == r.ends[k]; n++ {
		switch w := r.text(k + n); w {
		case "scheduled", "expected", "due", "slated", "planned", "going", "likely", "poised", "supposed", "hoping", "planning", "anticipated":
			return true
		case "set":
			return r.text(k+n+1) == "to" || r.text(k+n+1) == "for"
		case "to":
			return n == 1 && (r.text(k) != "have" && r.text(k) != "had" && r.text(k) != "has" && r.text(k) != "been")
		default:
			if n == 1 && strings.HasSuffix(w, "ing") && len(w) > 5 && (r.text(k) == "is" || r.text(k) == "are" || r.text(k) == "re" || r.text(k) == "am") {
				return true
			}
		}
	}
	return false
}

var plans = words("plan plans planned planning expect expects expected set due scheduled slated going hope hopes hoping intend intends want wants aim aims aiming vow vows promise promises promised agree agrees agreed ready prepare prepares preparing prepared about is are was were poised likely decide decided need needs continue want wanted try trying unable able free invited asked ordered required called opportunity plan deadline")

var determiner = words("the a an this that these those his her their its our my your one two three four five six seven eight nine ten")

var notPast = words("united need needed speed indeed hundred exceed proceed succeed embed limited related advanced called alleged wanted armed based named aged red feed bleed breed unprecedented supposed sacred wicked naked rugged hatred kindred shed seed deed exceed agreed-upon")

var irregular = words("said told was were went came saw took gave made got had met began left held kept lost won sent spent spoke spoken wrote written knew known thought found brought bought sold fell fallen rose risen grew grown became led ran drew drawn fought caught taught sought built hit cut put hurt struck broke broken chose chosen drove driven flew flown froze forgot rode rang sang sank shook shot slept stole stood swore swept threw thrown understood withdrew wore stuck paid laid lay meant felt heard died did done gone seen taken given begun sat lit slid spread burst ate fled fed bled bid bet dealt dug hung swung")

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
