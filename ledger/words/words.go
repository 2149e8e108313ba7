// Package words compares what statements say by their words: which quotations two of them share,
// how far their contents are the same in other words, and how one wording differs from another.
//
// Words are compared without case, marks and endings (a light stemmer: plurals, -ed, -ing), after
// what an editor put in brackets and what an ellipsis left out are set aside. Nothing here knows
// grammar or meaning.
package words

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/text"
)

// A Word is a word of a content.
type Word struct {
	Text   string // as it stands, with the marks that touch it
	Start  int    // where it stands in the article
	Plain  string // folded; "" for what is only marks
	Stem   string // what is compared where endings do not count
	Quoted bool   // it stands in quotation marks
	Put    bool   // an editor put it in, in brackets
	Gap    bool   // an ellipsis stands before it
}

// A Content is what a statement says, word for word.
type Content struct {
	Words []Word
	Quote int // how many of the words are quoted
}

// Of are the words of a statement of an article.
func Of(s *news.Statement, t string) Content {
	var c Content
	for _, span := range s.Content {
		quoted := text.Quotations(t, span)
		inside := func(at int) bool {
			if s.Mode == news.Direct {
				return true
			}
			for _, q := range quoted {
				if q.Inner.Start <= at && at < q.Inner.End {
					return true
				}
			}
			return false
		}
		c.read(span.Of(t), span.Start, inside)
	}
	return c
}

func (c *Content) read(s string, base int, quoted func(int) bool) {
	depth, gap := 0, false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		end := i
		for end < len(s) {
			r, size := utf8.DecodeRuneInString(s[end:])
			if unicode.IsSpace(r) || (r == '\u2014' || r == '\u2013') && end > i {
				break
			}
			end += size
		}
		raw := s[i:end]
		opened := strings.ContainsAny(raw, "[(")
		w := Word{Text: raw, Start: base + i, Plain: news.Fold(raw), Gap: gap, Put: depth > 0 || opened}
		if opened {
			depth++
		}
		if strings.ContainsAny(raw, "])") && depth > 0 {
			depth--
		}
		if ellipsis := strings.Contains(raw, "...") || strings.Contains(raw, "\u2026") || raw == "."; ellipsis && w.Plain == "" {
			gap = true
			i = end
			continue
		} else if ellipsis {
			gap = true
		} else {
			gap = false
		}
		if w.Plain != "" {
			w.Quoted = quoted(base + i)
			w.Stem = Stem(w.Plain)
			if w.Quoted && !w.Put {
				c.Quote++
			}
			c.Words = append(c.Words, w)
		}
		i = end
	}
}

// Stem is a word without the commonest endings of English. It only serves to compare.
func Stem(w string) string {
	if len(w) <= 3 {
		return w
	}
	cut := func(ending string, least int) bool {
		if strings.HasSuffix(w, ending) && len(w)-len(ending) >= least {
			w = w[:len(w)-len(ending)]
			return true
		}
		return false
	}
	switch {
	case cut("ies", 3), cut("ied", 3):
		w += "y"
	case cut("ings", 3), cut("ing", 3), cut("ed", 3):
		if n := len(w); n > 3 && w[n-1] == w[n-2] && w[n-1] != 'l' && w[n-1] != 's' {
			w = w[:n-1]
		}
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
	default:
		cut("s", 3)
	}
	return strings.TrimSuffix(w, "e")
}

// Fields are the folded words of a text.
func Fields(s string) []string { return strings.Fields(news.Fold(s)) }

// Common reports words that tell nothing of what a content says.
func Common(w string) bool {
	return common[w] || utf8.RuneCountInString(w) == 1 && !unicode.IsDigit([]rune(w)[0])
}

var common = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`a an the and or but if of in on at to by for with from as that this these those it its he him his she her they them
		their we us our i me my you your who whom which what when where how why is are was were be been being am do does did done have has had having will
		would shall should can could may might must not no nor so than then there here into onto over under about after before up down out off again also
		just only very more most much many some any all both each other another such own same too now one ones s t re ve ll d m dont doesnt didnt wont
		wouldnt cant couldnt isnt arent wasnt werent im ive hes shes its theyre were weve youre said says say told tell get got go going make made
		mr mrs ms president minister mayor`) {
		m[w] = true
	}
	return m
}()

// Shell reports nouns that behind "that" or "the" stand for what was said before: "that idea".
func Shell(w string) bool { return shells[w] }

var shells = map[string]bool{
	"idea": true, "plan": true, "proposal": true, "condition": true, "demand": true, "request": true, "offer": true, "suggestion": true, "move": true, "step": true,
	"thing": true, "option": true, "notion": true, "call": true, "point": true, "deal": true, "measure": true,
}

// QuotedRun is how many words in a row two quotations must share to be of one act of saying, after
// marks, brackets and ellipses are set aside.
const QuotedRun = 5

// Quotes are the keys of the runs of QuotedRun words of what is quoted: contents with a key in
// common share a quotation.
func (c Content) Quotes() []uint64 {
	var keys []uint64
	run := make([]string, 0, QuotedRun)
	for _, w := range c.Words {
		switch {
		case w.Put:
			continue
		case !w.Quoted:
			run = run[:0]
			continue
		case w.Gap:
			run = run[:0]
		}
		if len(run) == QuotedRun {
			run = append(run[:0], run[1:]...)
		}
		if run = append(run, w.Plain); len(run) == QuotedRun {
			keys = append(keys, hash(run...))
		}
	}
	return keys
}

var seed = maphash.MakeSeed()

func hash(parts ...string) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, p := range parts {
		h.WriteString(p)
		h.WriteByte(0)
	}
	return h.Sum64()
}

// Stems are the stems of the words that tell something, each once, in order of the text.
func (c Content) Stems() []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range c.Words {
		if !Common(w.Plain) && !seen[w.Stem] {
			seen[w.Stem] = true
			out = append(out, w.Stem)
		}
	}
	return out
}

// Plain are the words that are not an editor's, folded.
func (c Content) Plain() []string {
	var out []string
	for _, w := range c.Words {
		if !w.Put {
			out = append(out, w.Plain)
		}
	}
	return out
}
