package content

import "strings"

// labels are the dependants of a cue in words.
var labels = map[string]string{
	"ccomp": "the clause", "xcomp": "the infinitive", "dobj": "the object", "prep": "the prepositional phrase", "advcl": "the side clause", "nsubj": "the subject", "nsubjpass": "the subject",
	"acl": "the describing clause", "relcl": "the relative clause", "attr": "the predicate noun", "acomp": "the adjective", "conj": "what is joined", "agent": "the \"by\" phrase",
}

// InWords tells what a generator takes, as a reader understands it.
func InWords(name string) string {
	kind, label, _ := strings.Cut(name, ":")
	what := labels[label]
	if what == "" {
		what = "a phrase"
	}
	switch kind {
	case "k":
		return what + " that depends on the cue"
	case "kr", "ke":
		return "a phrase that depends on the cue, with what follows it"
	case "kt":
		return "a phrase that depends on the cue, cut short"
	case "g", "gt", "gg":
		return "a phrase one step further from the cue"
	case "R", "after", "after_s", "R_s":
		return "what stands after the cue"
	case "Lft", "before", "before_s":
		return "what stands before the cue"
	case "around":
		return "what stands around the cue"
	case "anc1", "anc2", "anc3", "anc4", "ancall1", "ancall2", "ancall3", "ancall4":
		return "the clause that the cue stands in"
	case "ap":
		return "a part of the clause that governs the cue"
	case "kq", "ksq", "aq", "bq":
		return "a phrase and the quotation that it ends in"
	case "colon", "colonp", "colonb":
		return "what the colon parts"
	case "nexts", "prevs", "prevs+":
		return "the sentence beside"
	case "two":
		return "two phrases that depend on the cue"
	case "nq", "q+n", "bqp", "q+more":
		return "quotations of the paragraphs beside"
	case "apar":
		return "the rest of the paragraph"
	}
	return "quotations of the paragraph"
}
