// Package circumstance tells what surrounds a statement: what kind of act its cue reports,
// whether it is a saying or the denial of one, how far the reporter hedges it, to whom it was
// said and through what.
//
// It reads the grammar around the cue. Word lists are by hand; where they do not know a verb,
// package wordclass says whether it is one of speaking, thinking or perceiving. What the
// sentence does not tell stays empty: who may have listened is not guessed.
package circumstance

import (
	"strings"

	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

// A Statement is what this package needs to know of one.
type Statement struct {
	Cue        int          // head of the cue, -1 if there is none
	CueSpan    syntax.Range // of it
	SourceHead int          // -1 if there is none
	Source     syntax.Range
	Content    []syntax.Range
	Mode       news.Mode
}

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

var (
	asks       = set("ask question inquire enquire query quiz press probe grill quizzing interrogate")
	writes     = set("write tweet post publish text email e-mail scribble type scrawl retweet blog pen repost caption")
	plans      = set("plan intend aim resolve decide propose undertake commit prepare weigh consider seek plot volunteer")
	speaks     = set("vow pledge promise threaten offer demand insist warn swear")
	stances    = set("support oppose back endorse reject welcome favor favour disapprove approve condemn deplore champion spurn embrace resist refuse demand want prefer agree disagree accept cheer blame decline criticize criticise denounce object applaud praise side balk abstain insist like dislike hate love admire")
	thoughts   = set("think believe suspect doubt know expect fear hope feel reckon consider assume suppose guess understand imagine wonder realize realise worry anticipate conclude judge figure deem regard view gather see trust mean presume remember forget foresee dread regret mull fret convince")
	perceives  = set("hear see notice witness smell overhear feel watch perceive observe sense spot")
	documents  = set("report study survey law bill document memo letter filing lawsuit suit indictment complaint ruling judgment judgement order statement record data figure statistic analysis review audit paper article book treaty agreement constitution act measure rule guideline policy resolution affidavit transcript email message post tweet note rulebook minutes charter contract code manual file dossier finding research bulletin notice briefing account opinion decree ordinance text plan proposal page prospectus brochure diary pamphlet catalogue leaflet")
	polls      = set("poll survey polling pollster questionnaire referendum ballot respondent")
	plansNouns = set("plan intention pledge promise vow threat proposal offer commitment decision determination goal")
	stanceNoun = set("support opposition objection refusal demand criticism approval rejection praise condemnation backing preference reservation resistance willingness reluctance grievance desire")
	thinksNoun = set("belief view opinion hope fear conviction expectation suspicion doubt impression feeling idea sense concern understanding hypothesis theory hunch confidence worry assumption")
	asksNoun   = set("question query inquiry")
	stanceAdj  = set("critical opposed supportive unwilling willing reluctant scornful wary furious angry upset adamant unenthusiastic favorable favourable")
	thinksAdj  = set("confident sure certain hopeful optimistic pessimistic convinced afraid aware concerned worried skeptical sceptical doubtful unconvinced unsure mindful proud glad happy")
)

// Act is the kind of act that the cue reports.
func Act(d *syntax.Doc, s Statement) news.Act {
	src := ""
	if s.SourceHead >= 0 {
		src = d.Lemma[s.SourceHead]
	}
	person := s.SourceHead >= 0 && (d.Ent[s.SourceHead] == syntax.EntPerson || d.Pos[s.SourceHead] == syntax.PosPron && d.Lower[s.SourceHead] != "it" && d.Lower[s.SourceHead] != "which")
	if polls[src] && !person {
		return news.Poll
	}
	if s.Cue < 0 {
		return news.Speech
	}
	lemma := d.Lemma[s.Cue]
	verb := d.Verbal(s.Cue)
	switch {
	case documents[src] && !person && !wordclassPerson(d, s.SourceHead):
		return news.Written
	case asks[lemma] && verb && asked(d, s), asksNoun[lemma]:
		return news.Question
	case (lemma == "report" || lemma == "reveal") && verb && printed(d, s.Source):
		return news.Writing
	case lemma == "say" || lemma == "tell":
		if on(d, s.Cue) {
			return news.Writing
		}
		return news.Speech
	case writes[lemma] && verb:
		return news.Writing
	case verb && (speaks[lemma] || lemma == "decline" && silent(d, s.Cue)):
		return news.Speech // promises, threats and demands are made by saying so; so is a refusal to comment
	case verb && negatedRule(d, s.Cue):
		return news.StanceAct
	case verb && plans[lemma], plansNouns[lemma] && !verb:
		return news.Plan
	case verb && stances[lemma], stanceNoun[lemma] && !verb, stanceAdj[lemma]:
		return news.StanceAct
	case verb && lemma == "see" && clause(d, s.Cue), verb && perceives[lemma] && lemma != "feel" && lemma != "see":
		return news.Perception
	case verb && thoughts[lemma], thinksNoun[lemma] && !verb, thinksAdj[lemma]:
		return news.Thought
	case d.Verbal(s.Cue) && (lemma == "be" || lemma == "have"):
		return light(d, s)
	}
	if verb {
		switch c := wordclass.Verb(lemma)[0]; {
		case c.Share < 11: // less than three quarters
		case c.Class == wordclass.DoCognition:
			return news.Thought
		case c.Class == wordclass.Feel:
			return news.StanceAct
		}
	}
	if s.Mode != news.Direct && on(d, s.Cue) {
		return news.Writing
	}
	return news.Speech
}

// printed reports whether a source is one that prints: "the website Albaline", "a daily in Alba".
func printed(d *syntax.Doc, source syntax.Range) bool {
	for t := source.Start; t < source.End; t++ {
		switch d.Lemma[t] {
		case "website", "site", "agency", "newspaper", "paper", "daily", "weekly", "magazine", "tabloid", "outlet", "broadsheet", "newswire":
			return true
		}
	}
	return false
}

// silent reports whether what a verb leads on to is a comment, an answer or the like: "declined to
// comment".
func silent(d *syntax.Doc, cue int) bool {
	for _, c := range d.Children(cue) {
		if d.Dep[c] == syntax.DepXcomp && c > cue {
			switch d.Lemma[c] {
			case "comment", "say", "answer", "discuss", "respond", "speak", "give", "confirm", "elaborate", "name", "be", "identify", "provide", "disclose", "show", "talk":
				return true
			}
		}
	}
	return false
}

// asked tells a question from a request: "asked whether", "asked: ...", not "asked for help".
func asked(d *syntax.Doc, s Statement) bool {
	if d.Lemma[s.Cue] != "ask" {
		return true
	}
	for _, c := range d.Children(s.Cue) {
		if d.Dep[c] == syntax.DepPrep && d.Lower[c] == "for" {
			return false
		}
		if d.Dep[c] == syntax.DepXcomp && s.Mode == news.Indirect {
			return false
		}
	}
	return true
}

// light reads what stands with "be" or "have": "is opposed to", "has no doubt that".
func light(d *syntax.Doc, s Statement) news.Act {
	for i := s.CueSpan.Start; i < min(d.N, s.CueSpan.End+4); i++ {
		w := d.Lemma[i]
		switch {
		case stanceNoun[w] || stanceAdj[w] || w == "favor" || w == "favour" || w == "against":
			return news.StanceAct
		case thinksNoun[w] || thinksAdj[w]:
			return news.Thought
		case plansNouns[w]:
			return news.Plan
		}
	}
	return news.Speech
}

// negatedRule: "did not rule out".
func negatedRule(d *syntax.Doc, t int) bool {
	if d.Lemma[t] != "rule" {
		return false
	}
	for _, c := range d.Children(t) {
		if d.Dep[c] == syntax.DepPrt && d.Lower[c] == "out" {
			return true
		}
	}
	return false
}

func clause(d *syntax.Doc, t int) bool {
	for _, c := range d.Children(t) {
		if d.Dep[c] == syntax.DepCcomp {
			return true
		}
	}
	return false
}

func wordclassPerson(d *syntax.Doc, t int) bool {
	return t >= 0 && wordclass.Noun(d.Lemma[t]).Of(wordclass.Person) > .5
}

// media are nouns of what is written or posted, under "in" or "on" beside the cue.
var media = set("tweet post letter email e-mail memo facebook twitter truth instagram telegram blog message x op-ed column essay editorial")

// on reports whether the cue is said in something written: "said in a tweet".
func on(d *syntax.Doc, t int) bool {
	for _, c := range d.Children(t) {
		if d.Dep[c] == syntax.DepPrep && (d.Lower[c] == "in" || d.Lower[c] == "on") {
			for _, g := range d.Children(c) {
				if media[d.Lemma[g]] {
					return true
				}
			}
		}
	}
	return false
}

// Polarity is negative where the cue says that something was not said: "did not say", "denied
// saying", "declined to comment".
func Polarity(d *syntax.Doc, s Statement) news.Polarity {
	if s.Cue < 0 {
		return news.Positive
	}
	x := s.Cue
	for k := 0; k < 3; k++ {
		for _, c := range d.Children(x) {
			if d.Dep[c] == syntax.DepNeg || d.Lower[c] == "never" || d.Lower[c] == "neither" || d.Subject(c) && negativeSubject(d, c) {
				return news.Negative
			}
		}
		h := d.Head[x]
		if d.Dep[x] == syntax.DepXcomp && (refuses[d.Lemma[h]]) {
			return news.Negative
		}
		if d.Dep[x] != syntax.DepXcomp && d.Dep[x] != syntax.DepConj || h == x || d.Dep[x] == syntax.DepConj && d.Left[x] > x {
			break
		}
		if d.Dep[x] == syntax.DepConj {
			break
		}
		x = h
	}
	if refuses[d.Lemma[s.Cue]] {
		return news.Negative
	}
	return news.Positive
}

var refuses = set("decline refuse fail stop avoid omit neglect")

func negativeSubject(d *syntax.Doc, t int) bool {
	w := d.Lower[t]
	if w == "nobody" || w == "none" || w == "no-one" || w == "neither" {
		return true
	}
	for _, c := range d.Children(t) {
		if d.Lower[c] == "no" || d.Lower[c] == "neither" {
			return true
		}
	}
	return false
}

// hedges are the reporter's words that weaken or judge a saying, beside or above the cue.
var hedges = set("seem appear apparently reportedly allegedly supposedly purportedly seemingly baselessly falsely wrongly incorrectly largely effectively all-but virtually ostensibly repeatedly-not")

// Hedge are the reporter's own words that weaken or judge the saying: "appeared to suggest",
// "falsely claimed"; "" if there are none.
func Hedge(d *syntax.Doc, s Statement) string {
	if s.Cue < 0 {
		return ""
	}
	for _, c := range d.Children(s.Cue) {
		if d.Dep[c] == syntax.DepAdvmod && hedges[d.Lower[c]] {
			return d.Lower[c]
		}
		if d.Dep[c] == syntax.DepAux && (d.Lower[c] == "may" || d.Lower[c] == "might") {
			return d.Lower[c]
		}
	}
	if h := d.Head[s.Cue]; d.Dep[s.Cue] == syntax.DepXcomp && (d.Lemma[h] == "seem" || d.Lemma[h] == "appear") {
		return d.Lower[h]
	}
	return ""
}
