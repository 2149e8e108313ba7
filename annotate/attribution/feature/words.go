package feature

import (
	"fmt"
	"math"
	"strings"
)

// InWords tells a feature of the cue decider as a reader understands it: what was seen, in words. The
// feature's own name is left to who calls. w is the word that is judged, as written.
func InWords(name, w string, v float32) string {
	of100 := func(v float32) string { return fmt.Sprintf("%d of 100", int(math.Round(float64(v)*100))) }
	yes := func(is, not string) string {
		if v > 0 {
			return is
		}
		return not
	}
	tokens := func() string {
		if v == 1 {
			return "1 token"
		}
		return fmt.Sprintf("%g tokens", v)
	}
	switch name {
	case "style":
		return "read as news is marked"
	case "p":
		return fmt.Sprintf("%q reports speech in %s cases", w, of100(v))
	case "pc":
		return fmt.Sprintf("%q reports speech in %s cases with what hangs on it here", w, of100(v))
	case "sh":
		return fmt.Sprintf("any word that has what hangs on it here reports speech in %s cases", of100(v))
	case "seen":
		return fmt.Sprintf("%q was counted %s when this was learned", w, yes(fmt.Sprintf("%g times or more", v), "never"))
	case "pp":
		return fmt.Sprintf("%q with its particle or preposition reports speech in %s cases", w, of100(v))
	case "po":
		if v < 0 {
			return "it has no object"
		}
		return fmt.Sprintf("its object is that of reported speech in %s cases", of100(v))
	case "says":
		return fmt.Sprintf("%q is a word of speaking in %s uses", w, of100(v))
	case "thinks":
		return fmt.Sprintf("%q is a word of thinking in %s uses", w, of100(v))
	case "head p", "head pc":
		if v < 0 {
			return "it depends on no other word"
		}
		return fmt.Sprintf("the word it depends on reports speech in %s cases", of100(v))
	case "head side":
		return "which side of it the word stands on that it depends on"
	case "clause right":
		return yes("a clause after it of "+tokens(), "no clause after it")
	case "clause left":
		return yes("a clause before it of "+tokens(), "no clause before it")
	case "open clause":
		return yes("an infinitive or the like after it of "+tokens(), "no infinitive after it")
	case "object":
		return yes("an object of "+tokens(), "no object")
	case "that":
		return yes("\"that\" opens its clause", "no \"that\" opens a clause")
	case "wh":
		return yes("a question word opens its clause", "no question word opens a clause")
	case "clause finite":
		return yes("its clause has a subject", "no clause with a subject")
	case "object p":
		return yes("its object may report speech itself", "its object reports no speech")
	case "subject steps":
		return yes("its subject is that of a verb above it", "it has a subject of its own, or none")
	case "subject side":
		return "which side of it its subject stands on"
	case "subject distance":
		return fmt.Sprintf("its subject is %s away", tokens())
	case "subject lex":
		if v < 0 {
			return "it has no subject"
		}
		return fmt.Sprintf("a subject such as its own is a speaker in %s cases", of100(v))
	case "subject quoted":
		return yes("its subject stands in quotation marks", "its subject stands outside quotation marks")
	case "modal":
		return yes("\"will\", \"may\" or the like before it", "no \"will\" or \"may\" before it")
	case "to":
		return yes("\"to\" before it", "no \"to\" before it")
	case "have":
		return yes("\"has\" or \"had\" before it", "no \"has\" or \"had\" before it")
	case "be":
		return yes("a form of \"be\" before it", "no form of \"be\" before it")
	case "quoted":
		return yes("it stands in quotation marks itself", "it stands outside quotation marks")
	case "quote next":
		if v >= 30 {
			return "no quotation opens after it"
		}
		return fmt.Sprintf("a quotation opens %s after it", tokens())
	case "quote before":
		if v >= 30 {
			return "no quotation closes before it"
		}
		return fmt.Sprintf("a quotation closes %s before it", tokens())
	case "unit quoted":
		return fmt.Sprintf("%s words of the sentence are quoted", of100(v))
	case "paragraph quoted":
		return fmt.Sprintf("%s words of the paragraph are quoted", of100(v))
	case "place":
		return fmt.Sprintf("%s before it in the sentence", tokens())
	case "left":
		return fmt.Sprintf("%s from it to the end of the sentence", tokens())
	case "unit length":
		return fmt.Sprintf("a sentence of %s", tokens())
	case "paragraph":
		return fmt.Sprintf("paragraph %g", v+1)
	case "first unit":
		return yes("the first sentence of its paragraph", "not the first sentence of its paragraph")
	case "units":
		return fmt.Sprintf("sentences in its paragraph: %g", v)
	case "p left", "pc left":
		return fmt.Sprintf("a word before it reports speech in %s cases", of100(v))
	case "p right", "pc right":
		return fmt.Sprintf("a word after it reports speech in %s cases", of100(v))
	case "child pc":
		return fmt.Sprintf("a word that depends on it reports speech in %s cases", of100(v))
	case "tree", "tree right":
		return fmt.Sprintf("%s depend on it", tokens())
	case "above pc":
		return yes(fmt.Sprintf("it lies under a word that reports speech in %s cases", of100(v)), "it lies under no word that reports speech")
	case "above steps":
		return yes("how deep it lies under a word that reports speech", "it lies under no word that reports speech")
	case "capital":
		return yes("a capital inside the sentence", "no capital inside the sentence")
	case "according":
		return yes("\"according to\"", "not \"according to\"")
	case "#pos", "#tag":
		return "its part of speech and form"
	case "#dep":
		return "its place in the sentence's grammar"
	case "#head pos", "#head dep":
		return "the kind of word it depends on"
	case "#object class":
		return "the kind of object it has"
	case "#prep":
		return "the preposition that hangs on it"
	case "#subject class", "#subject kind":
		return "the kind of subject it has"
	case "#next":
		return "the word after it"
	case "#before":
		return "the word before it"
	case "#end":
		return "the mark that ends the sentence"
	case "#above":
		return "how it hangs under a word that reports speech"
	}
	if dep, is := strings.CutPrefix(name, "child "); is {
		return yes("it has "+dependants[dep], "it has no "+strings.TrimPrefix(strings.TrimPrefix(dependants[dep], "a "), "an "))
	}
	for of, what := range classed {
		if strings.HasPrefix(strings.TrimPrefix(name, "#"), of+" ") {
			return "the kind of thing that " + what + " stands for"
		}
	}
	return ""
}

var classed = map[string]string{"word": "the word", "object": "its object", "subject": "its subject"}

// dependants are the grammarians' labels in words.
var dependants = map[string]string{
	"ccomp": "a clause as its content", "xcomp": "an infinitive as its content", "dobj": "an object", "acl": "a clause that describes it", "advcl": "a clause of when or why", "prt": "a particle",
	"agent": "a \"by\" phrase", "neg": "a \"not\"", "aux": "an auxiliary", "auxpass": "an auxiliary of the passive", "conj": "a second verb or noun joined to it", "prep": "a prepositional phrase",
	"advmod": "an adverb", "mark": "a subordinating word before it", "oprd": "a predicate of its object", "dative": "a person it is said or given to", "parataxis": "a clause set beside it", "poss": "a possessor",
	"det": "an article", "npadvmod": "a noun phrase of time or measure", "acomp": "an adjective as its complement", "attr": "a predicate noun", "compound": "a noun before it",
}
