package tense

import (
	"dateline/annotate/when/words"
	"dateline/text"
)

// A Reader reads the tense in one run of tokens.
type Reader struct {
	Tokens   []words.Token
	Sentence []int // for each token, the number of its sentence
	// Tag gives the Penn Treebank tag of the word at a span, "" where there is none. It may be nil.
	Tag func(text.Span) string
	// Close is whether the verb that Of found last stands next to the time, or begins its sentence.
	Close bool
	// Off makes every tense unsure, to measure what they are worth.
	Off bool
}

// Enter begins a run of tokens and numbers its sentences from first on. It returns the number
// that the next run begins with.
func (r *Reader) Enter(tokens []words.Token, first int) (next int) {
	r.Tokens, r.Sentence = tokens, r.Sentence[:0]
	for i := range tokens {
		if i > 0 && (tokens[i].Break || sentenceEnd(tokens, i-1)) {
			first++
		}
		r.Sentence = append(r.Sentence, first)
	}
	return first + 1
}

// sentenceEnd reports whether a sentence ends with token i.
func sentenceEnd(tokens []words.Token, i int) bool {
	switch tokens[i].Text {
	case "!", "?":
	case ".":
		if i > 0 && tokens[i].Tight && (len(tokens[i-1].Text) == 1 && tokens[i-1].Kind == words.Word || titles[tokens[i-1].Text]) {
			return false
		}
	case `"`, ")", "'":
		return i > 0 && tokens[i].Tight && (tokens[i-1].Text == "." || tokens[i-1].Text == "!" || tokens[i-1].Text == "?") && !tokens[i+1].Tight
	default:
		return false
	}
	return !tokens[i+1].Tight && (tokens[i+1].Cap || tokens[i+1].Kind != words.Word)
}

var titles = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "sen": true, "rep": true, "gov": true, "gen": true, "lt": true, "col": true, "sgt": true, "st": true, "prof": true, "rev": true, "no": true, "vs": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true, "sept": true, "oct": true, "nov": true, "dec": true, "inc": true, "corp": true, "co": true, "jr": true, "sr": true}
