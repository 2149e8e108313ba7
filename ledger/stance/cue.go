package stance

import (
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/ledger/words"
	"dateline/news"
)

// cue is what the words that mark a statement say of its content.
type cue struct {
	text     string
	class    class
	negated  bool
	comment  bool // "declined to comment"
	denies   bool // "denied that": what was denied is nobody's stance
	stresses bool // it says how weighty the content is, which may be a wish or not: "stressed that"
	governs  bool // the content is what the cue is for or against, even if it has a verb
}

func cueOf(t *book.Told) cue {
	var c cue
	for _, s := range t.Cue {
		c.text = strings.TrimSpace(c.text + " " + s.Of(t.In.Article.Text))
	}
	list := words.Fields(c.text)
	if len(t.Cue) > 0 { // the word that makes the verb's meaning may stand between it and the content
		end := t.Cue[len(t.Cue)-1].End
		next := words.Fields(t.In.Article.Text[end:min(len(t.In.Article.Text), end+12)])
		if len(next) > 0 && particles[next[0]] {
			list = append(list, next[0])
		}
	}
	declined := false
	for i, w := range list {
		switch {
		case negations[w]:
			c.negated = true
			continue
		case strings.HasPrefix(w, "declin") || strings.HasPrefix(w, "refus"):
			declined = true
		case w == "denied" || w == "denies" || w == "deny" || w == "denying":
			c.denies = true
		}
		for _, l := range lemmas(w) {
			c.stresses = c.stresses || stressing[l]
			if i+1 < len(list) && verbs[l+" "+list[i+1]] != none {
				c.class = verbs[l+" "+list[i+1]]
			} else if c.class == none {
				c.class = verbs[l]
			}
		}
	}
	content := news.Fold(t.Text)
	if declined {
		c.negated = true
		switch {
		case strings.HasPrefix(content, "to rule out"):
			c.class = excluding
		case c.class == against && strings.HasPrefix(content, "to "):
			c.class = favouring
		}
	}
	if c.class == weighing && slices.ContainsFunc(list, func(w string) bool { return w == "considers" || w == "considered" }) {
		c.class = none // "considers it an attempt": a view
	}
	c.comment = strings.Contains(content, "comment") && len(t.Stems) <= 4
	if c.class == favouring && t.Act != news.StanceAct && t.Act != news.Plan && !slices.ContainsFunc(list, func(w string) bool { return takes[w] }) {
		c.class = none // "gave the city until Friday", "assured them that": the content has its own say
	}
	switch c.class {
	case excluding, against, weighing, ending:
		c.governs = true
	case threatening:
		c.governs = t.Frame.Subject.Head == "" && !strings.Contains(news.Fold(c.text), "warn")
	case asking:
		c.governs = t.Frame.Subject.Head == "" // "stressed that X should" has its own say
	case favouring:
		c.governs = t.Act == news.StanceAct || t.Act == news.Plan && furthers(&t.Frame)
	}
	return c
}

var particles = map[string]bool{"for": true, "out": true, "down": true, "off": true, "open": true, "up": true, "against": true}

var negations = map[string]bool{
	"not": true, "never": true, "no": true, "none": true, "cannot": true, "dont": true, "didnt": true, "doesnt": true, "wont": true, "wouldnt": true, "cant": true,
	"hasnt": true, "havent": true, "isnt": true, "wasnt": true,
}

var stressing = wordSet("stress underscore underline emphasise emphasize insist")

// takes are words of saying by which somebody takes a thing up.
var takes = map[string]bool{
	"welcomed": true, "welcomes": true, "endorsed": true, "backed": true, "supported": true, "praised": true, "hailed": true, "agreed": true, "accepted": true, "recommended": true,
}

// lemmas are what a word of a cue may be a form of.
func lemmas(w string) []string {
	out := []string{w}
	add := func(s string) { out = append(out, s) }
	switch {
	case strings.HasSuffix(w, "ied"):
		add(w[:len(w)-3] + "y")
	case strings.HasSuffix(w, "ed"):
		add(w[:len(w)-2])
		add(w[:len(w)-1])
		if n := len(w) - 2; n > 2 && w[n-1] == w[n-2] {
			add(w[:n-1])
		}
	case strings.HasSuffix(w, "ing"):
		add(w[:len(w)-3])
		add(w[:len(w)-3] + "e")
		if n := len(w) - 3; n > 2 && w[n-1] == w[n-2] {
			add(w[:n-1])
		}
	case strings.HasSuffix(w, "ies"):
		add(w[:len(w)-3] + "y")
	case strings.HasSuffix(w, "s"):
		add(w[:len(w)-1])
		if strings.HasSuffix(w, "es") {
			add(w[:len(w)-2])
		}
	}
	if l := irregular[w]; l != "" {
		add(l)
	}
	return out
}

var irregular = map[string]string{
	"sought": "seek", "gave": "give", "given": "give", "stood": "stand", "held": "hold", "left": "leave", "fought": "fight", "sent": "send",
}

// stance is what the cue says of its content.
func (c cue) stance(f *news.Frame) news.Stance {
	k := verbClass(f)
	flips := f.Negated != (k == ending || k == against) // what is not to be hindered is to be
	switch c.class {
	case excluding, against:
		switch {
		case c.negated:
			return news.Open
		case flips && f.Predicate != "":
			return news.Supports // "opposed ending the war"
		}
		return news.Opposes
	case favouring, keeping, asking:
		return stanceOf(c.class, c.negated != flips)
	case offering:
		return stanceOf(c.class, c.negated)
	case weighing, ending:
		if !c.negated {
			return stanceOf(c.class, false)
		}
	case threatening:
		// A threat is an undertaking that hangs on what somebody else does.
		switch {
		case c.negated:
		case k == against, k == ending:
			return news.Opposes
		case f.Predicate == "" || !f.Negated && f.Subject.Head == "" && (k == favouring || f.Object.Head == ""):
			return news.Conditional
		}
	}
	return ""
}
