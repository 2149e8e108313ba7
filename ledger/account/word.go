package account

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/text"
)

// words are the words of a span with their stems.
func words(t string, within text.Span) []Word {
	out := plainWords(t, within)
	for i := range out {
		out[i].Stem = Stem(out[i].Lower)
	}
	return out
}

// plainWords are the words of a span, without stems.
func plainWords(t string, within text.Span) (out []Word) {
	eachWord(t, within, func(w Word) bool {
		out = append(out, w)
		return true
	})
	return out
}

// eachWord visits the words of a span, as long as visit wants more: runs of letters and digits with what stands
// inside them, the apostrophe, the hyphen, the comma and the point of a number, the colon of a clock.
func eachWord(t string, within text.Span, visit func(Word) bool) {
	start := -1
	flush := func(end int) bool {
		if start < 0 {
			return true
		}
		s := text.Span{Start: start, End: end}
		for !s.Empty() && strings.HasSuffix(s.Of(t), "’") {
			s.End -= len("’")
		}
		for !s.Empty() && strings.ContainsRune("'-,.:", rune(t[s.End-1])) {
			s.End--
		}
		start = -1
		return s.Empty() || visit(Word{Span: s, Lower: strings.ToLower(s.Of(t))})
	}
	for i := within.Start; i < within.End; {
		r, n := utf8.DecodeRuneInString(t[i:within.End])
		inside := start >= 0 && (r == '\'' || r == '’' || r == '-' ||
			(r == ',' || r == '.' || r == ':') && i+n < within.End && digit(t[i-1]) && digit(t[i+n]))
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if start < 0 {
				start = i
			}
		case inside:
		case !flush(i):
			return
		}
		i += n
	}
	flush(within.End)
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

// Stem is a word without what English adds to it, the same for its forms and near derivations:
// "marchers" and "marched" are "march", "exemption" and "exempted" are "exempt", and words of the
// news that say one thing ("walkout", "strike") are brought to one. "" for a function word. It is
// for comparing only: a stem need not be a word.
func Stem(w string) string {
	w = strings.ReplaceAll(w, "’", "'")
	w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "'")
	if i := strings.IndexByte(w, '\''); i > 0 {
		w = w[:i]
	}
	if function[w] || w == "" {
		return ""
	}
	if digit(w[0]) {
		return w
	}
	if s, ok := oneWord[w]; ok {
		return bare(s)
	}
	s := bare(w)
	if c, ok := oneWord[s]; ok {
		return bare(c)
	}
	return s
}

// Stems are the stems of words.
func Stems(words ...string) map[string]bool {
	m := map[string]bool{}
	for _, w := range words {
		m[Stem(w)] = true
	}
	return m
}

// bare is a word without its ending.
func bare(w string) string {
	s := w
	for _, e := range endings {
		if base, ok := strings.CutSuffix(s, e.ending); ok && utf8.RuneCountInString(base) >= e.least && strings.ContainsAny(base, "aeiouy") {
			s = base + e.instead
			break
		}
	}
	if n := len(s); n > 3 && s[n-1] == s[n-2] && !strings.ContainsRune("aeiousl", rune(s[n-1])) {
		s = s[:n-1]
	}
	if len(s) > 3 {
		s = strings.TrimSuffix(s, "e")
	}
	return s
}

// endings are taken off in this order, one of them, where so many letters stay.
var endings = []struct {
	ending, instead string
	least           int
}{
	{"ations", "", 5}, {"ation", "", 5}, {"ptions", "pt", 3}, {"ption", "pt", 3}, {"ements", "e", 4}, {"ement", "e", 4}, {"ments", "", 4}, {"ment", "", 4},
	{"ingly", "", 4}, {"edly", "", 4}, {"awals", "aw", 3}, {"awal", "aw", 3}, {"ssals", "ss", 3}, {"ssal", "ss", 3},
	{"ies", "y", 2}, {"ied", "y", 2}, {"sses", "ss", 2}, {"ches", "ch", 2}, {"shes", "sh", 2}, {"xes", "x", 2},
	{"ers", "", 4}, {"ings", "", 3}, {"ing", "", 3}, {"ed", "", 2}, {"ees", "ee", 2}, {"es", "", 3}, {"er", "", 4}, {"ss", "ss", 1}, {"us", "us", 2}, {"is", "is", 2}, {"s", "", 2},
}

// oneWord brings words that news use for one thing, or forms that the endings do not tell, to one.
var oneWord = map[string]string{
	"walkout": "strike", "walkouts": "strike", "walk-out": "strike", "stoppage": "strike", "strike": "strike", "strikes": "strike", "struck": "strike", "striking": "strike",
	"telephone": "call", "telephoned": "call", "phone": "call", "phoned": "call", "phones": "call", "rang": "call", "conversation": "call", "conversations": "call",
	"met": "meet", "meeting": "meet", "meetings": "meet", "meets": "meet", "talks": "meet", "talk": "meet", "summit": "meet", "sitting": "meet",
	"trucks": "truck", "lorry": "truck", "lorries": "truck", "lorri": "truck", "truce": "ceasefire", "cease-fire": "ceasefire",
	"dismissed": "dismiss", "sacked": "dismiss", "fired": "dismiss", "ousted": "dismiss", "removed": "dismiss", "remove": "dismiss", "sack": "dismiss",
	"postponed": "delay", "postpone": "delay", "delayed": "delay", "deferred": "delay",
	"promised": "promise", "promises": "promise", "promise": "promise", "vowed": "promise", "vow": "promise", "pledged": "promise", "pledge": "promise",
	"wrote": "write", "written": "write", "told": "tell", "gave": "give", "given": "give", "took": "take", "taken": "take", "came": "come", "went": "go", "gone": "go",
	"held": "hold", "began": "begin", "begun": "begin", "sent": "send", "paid": "pay", "built": "build", "drove": "drive", "driven": "drive", "left": "leave", "spoke": "speak", "spoken": "speak",
	"sat": "sit", "stood": "stand", "said": "say", "says": "say", "kept": "keep", "lost": "lose", "won": "win", "broke": "break", "broken": "break", "brought": "bring", "sold": "sell", "bought": "buy", "fell": "fall", "fallen": "fall", "rose": "rise", "risen": "rise", "knew": "know", "known": "know", "thought": "think", "found": "find", "saw": "see", "seen": "see", "ran": "run", "people": "person", "men": "man", "women": "woman", "children": "child",
	"agreed": "agree", "freed": "free", "guaranteed": "guarantee",
	"publication": "publish", "publications": "publish", "agreement": "agree", "agreements": "agree", "decision": "decide", "decisions": "decide", "refusal": "refuse", "denial": "deny", "denials": "deny",
	"minutes": "minute", "hours": "hour", "news": "news", "hurt": "injure", "wounded": "injure", "injuries": "injure", "blaze": "fire", "died": "die", "dead": "die", "deaths": "die", "death": "die", "killed": "kill",
}

// function are words that tell how things hang together, not what they are.
var function = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`a an the this that these those there here it its itself he him his himself she her hers herself they them their theirs themselves
	i me my mine myself we us our ours you your yours who whom whose which what when where why how
	and or but nor so yet if unless whether because although though while as than then too also again still already even just only both either neither each every all any some such same other another
	no not never nobody none nothing
	of in on at by for from to into onto with without about against between among through during before after above below under over up down out off since until till behind near beside around across toward towards upon within
	is am are was were be been being isn aren wasn weren have has had having haven hasn hadn do does did doing don doesn didn will would shall should can could may might must ought won wouldn shouldn couldn ain
	'll 've 're 'd 'm ll ve re mr mrs ms dr one more most very much many few less least own now once quite rather almost nearly ago said according`) {
		m[w] = true
	}
	return m
}()

// negate marks what negations govern: the next word that means something, and, behind a negated
// verb, the rest of the clause as far as a comma's neighbour would show; only the governed word
// itself counts, so that "did not agree to an exemption" negates "agree" alone. A word of nobody
// ("nobody touched") negates the verb behind it.
func negate(ws []Word) {
	for i := range ws {
		switch l := ws[i].Lower; {
		case l == "not" || l == "never" || l == "no" || l == "nobody" || l == "none" || l == "nothing" || l == "neither" || l == "nor" || l == "cannot" || l == "without" ||
			strings.HasSuffix(l, "n't") || strings.HasSuffix(l, "n’t"):
			// "not on 1 June but on 1 September": what is negated is the first of the two.
			for k := i + 1; k < len(ws) && k < i+6; k++ {
				if ws[k].Stem != "" {
					ws[k].Negated = true
					ws[k].Denied = k == i+1 || k == i+2 && (ws[i+1].Lower == "been" || ws[i+1].Lower == "have" || ws[i+1].Lower == "even" || ws[i+1].Lower == "to")
					break
				}
			}
		}
	}
}

// IsBe reports whether a word is a finite form of "be".
func IsBe(w string) bool {
	switch w {
	case "am", "is", "are", "was", "were":
		return true
	}
	return false
}
