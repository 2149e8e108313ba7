// Package stance reads where an actor stands on an issue off a statement: off the cue ("did not
// rule out"), the predicate of the content with its negation and modality, and its condition. It
// never asks how friendly words sound.
//
// A statement that only tells something, without a cue, a predicate or an adjective that says for
// or against, has no stance, and none is made up.
package stance

import (
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/ledger/words"
	"dateline/news"
)

// A Reading is the stance of a statement on an issue.
type Reading struct {
	Stance news.Stance
	Rule   news.Reason
	// Holder is the entity of the article whose stance it is, where that is not the speaker: "Putin
	// wants a deal, Trump said".
	Holder news.EntityID
}

// Of is where a statement stands on the issue whose words have the given stems; ok is false where
// it takes no stance.
func Of(t *book.Told, about func(stem string) bool) (r Reading, ok bool) {
	f := &t.Frame
	c := cueOf(t)
	place := where(t, about)
	if place == nowhere {
		return r, false
	}
	if h := holder(t); h != "" {
		r.Holder = h
	}
	if c.comment {
		return r, false
	}
	say := func(s news.Stance, rule, detail string) (Reading, bool) {
		r.Stance, r.Rule = s, news.Reason{Rule: rule, Detail: detail}
		return r, s != ""
	}
	if condition := f.Condition.Of(t.In.Article.Text); condition != "" || onlyIf(t.Text) != "" {
		if condition == "" {
			condition = onlyIf(t.Text)
		}
		if s, rule := conditional(t, condition, about, c); s != "" {
			return say(s, rule, condition)
		}
	}
	if noThing(t, about) {
		return say(news.Opposes, "no-such-thing", "the content says “no” of it")
	}
	if c.class != none && (f.Predicate == "" || c.governs) {
		if s := c.stance(f); s != "" {
			return say(s, "stance-of-cue", c.text)
		}
	}
	if place == elsewhere {
		return r, false
	}
	if s, rule, detail := content(t); s != "" {
		return say(s, rule, detail)
	}
	if c.class != none {
		if s := c.stance(f); s != "" {
			return say(s, "stance-of-cue", c.text)
		}
	}
	return r, false
}

// cue is what the words that mark a statement say of its content.
type cue struct {
	text    string
	class   class
	negated bool
	comment bool // "declined to comment"
	governs bool // the content is what the cue is for or against, even if it has a verb
}

func cueOf(t *book.Told) cue {
	var c cue
	for _, s := range t.Cue {
		c.text = strings.TrimSpace(c.text + " " + s.Of(t.In.Article.Text))
	}
	list := words.Fields(c.text)
	declined := false
	for i, w := range list {
		switch w {
		case "not", "never", "dont", "didnt", "doesnt", "wont", "wouldnt", "cannot", "cant", "none", "no":
			c.negated = true
			continue
		case "declined", "declines", "decline", "refused", "refuses":
			declined = true
		case "hasnt", "havent", "isnt", "wasnt":
			c.negated = true
			continue
		}
		for _, l := range lemmas(w) {
			two := ""
			if i+1 < len(list) {
				two = l + " " + list[i+1]
			}
			if k, known := verbs[two]; known {
				c.class = k
			} else if k, known := verbs[l]; known && c.class == none {
				c.class = k
			}
		}
	}
	text := news.Fold(t.Text)
	if declined {
		c.negated = true
		switch {
		case strings.HasPrefix(text, "to rule out"):
			c.class = excluding
		case strings.HasPrefix(text, "to comment") || strings.HasPrefix(text, "comment"):
			c.comment = true
		case c.class == against && strings.HasPrefix(text, "to "):
			c.class, c.negated = favouring, true
		}
	}
	if strings.Contains(text, "to comment") && len(t.Stems) <= 4 {
		c.comment = true
	}
	if strings.HasSuffix(news.Fold(c.text), "none of") {
		c.class, c.negated = against, false
	}
	if news.Fold(c.text) == "gave" || news.Fold(c.text) == "gives" || t.Act != news.StanceAct && (c.class == favouring && !strong[news.Fold(c.text)]) {
		// "gave the city until Friday", "assured them that ...": what is said is in the content.
		if t.Act != news.Plan {
			c.class = none
		}
	}
	switch c.class {
	case excluding, against, asking, weighing:
		c.governs = true
	case favouring:
		c.governs = t.Act == news.StanceAct || t.Act == news.Plan
	}
	if t.Frame.Subject.Head != "" && c.class == asking { // "stressed that X should": the content has its own say
		c.governs = false
	}
	return c
}

var strong = map[string]bool{"welcomed": true, "welcomes": true, "endorsed": true, "backed": true, "supported": true, "praised": true, "hailed": true, "agreed": true, "has endorsed": true, "accepted": true, "recommended": true}

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

var irregular = map[string]string{"sought": "seek", "gave": "give", "given": "give", "stood": "stand", "held": "hold", "left": "leave", "fought": "fight", "sent": "send", "let": "let", "begged": "beg", "pled": "plead"}

// stance is what the cue says of its content.
func (c cue) stance(f *news.Frame) news.Stance {
	switch c.class {
	case excluding:
		if c.negated {
			return news.Open
		}
		return news.Opposes
	case against:
		if c.negated {
			return news.Open
		}
		return news.Opposes
	case favouring, keeping:
		if c.negated {
			return news.Opposes
		}
		if f.Predicate != "" && verbClass(f) == ending {
			return news.Opposes
		}
		if f.Negated {
			return news.Opposes
		}
		return news.Supports
	case asking:
		if c.negated != f.Negated {
			return news.Opposes
		}
		if f.Predicate != "" && (verbClass(f) == ending || verbClass(f) == against) {
			return news.Opposes
		}
		return news.Demands
	case offering:
		if c.negated {
			return news.Opposes
		}
		return news.Offers
	case weighing:
		if !c.negated {
			return news.Open
		}
	case ending:
		if !c.negated {
			return news.Opposes
		}
	case threatening:
		return ""
	}
	return ""
}

func verbClass(f *news.Frame) class {
	if f.Particle != "" {
		if k, known := verbs[f.Predicate+" "+f.Particle]; known {
			return k
		}
	}
	return verbs[f.Predicate]
}

// content is what the main clause of the content says.
func content(t *book.Told) (s news.Stance, rule, detail string) {
	f := &t.Frame
	what := f.Predicate
	if f.Particle != "" {
		what += " " + f.Particle
	}
	if f.Negated {
		what = "not " + what
	}
	if f.Modality != news.Asserted {
		what = string(f.Modality) + " " + what
	}
	flip := func(s news.Stance) news.Stance {
		if f.Negated {
			return news.Opposes
		}
		return s
	}
	k := verbClass(f)
	if f.Predicate == "be" || f.Predicate == "" || f.Predicate == "seem" || f.Predicate == "become" {
		head := f.Object.Head
		switch adjectives[head] {
		case against:
			if f.Negated {
				return news.Open, "said-to-be", "not " + head
			}
			return news.Opposes, "said-to-be", head
		case weighing:
			if f.Negated {
				return news.Opposes, "said-to-be", "not " + head
			}
			return news.Open, "said-to-be", head
		case asking:
			return flip(news.Demands), "said-to-be", head
		case favouring:
			return flip(news.Supports), "said-to-be", head
		case pending:
			return news.Undecided, "said-to-be", head
		}
		if strings.Contains(news.Fold(t.Text), "could live with") {
			return news.Open, "said-to-be", "something they could live with"
		}
	}
	would := containsWord(t.Text, "would")
	switch k {
	case excluding:
		if f.Negated {
			return news.Open, "predicate", what
		}
		return news.Opposes, "predicate", what
	case weighing:
		if f.Negated {
			return news.Opposes, "predicate", what
		}
		return news.Open, "predicate", what
	case pending:
		return news.Undecided, "predicate", what
	case against:
		if f.Negated {
			return news.Open, "predicate", what
		}
		return news.Opposes, "predicate", what
	case ending:
		switch {
		case f.Negated || f.Modality == news.Possible && !would:
			if f.Negated {
				return news.Supports, "predicate", what
			}
			return news.Open, "predicate", what
		case f.Modality == news.Obliged || f.Modality == news.Demanded:
			return news.Opposes, "predicate", what
		}
		return news.Opposes, "predicate", what
	case asking:
		return flip(news.Demands), "predicate", what
	case offering:
		return flip(news.Offers), "predicate", what
	}
	if f.Predicate == "agree" && f.Negated {
		return news.Undecided, "predicate", what
	}
	switch f.Modality {
	case news.Obliged, news.Demanded:
		if f.Negated {
			return news.Opposes, "modality", what
		}
		return news.Demands, "modality", what
	case news.Wished:
		return flip(news.Supports), "modality", what
	case news.Intended:
		return flip(news.Supports), "modality", what
	case news.Possible:
		if would {
			if k == favouring || k == keeping || f.Negated {
				return flip(news.Supports), "modality", what
			}
			return flip(news.Supports), "modality", what
		}
		if f.Negated {
			return news.Opposes, "modality", what
		}
		return news.Open, "modality", what
	case news.Questioned:
		return "", "", ""
	}
	if k == favouring && (f.Tense != news.Past || attitudes[f.Predicate]) || k == keeping {
		if f.Predicate == "make" || f.Predicate == "give" && f.Negated {
			return "", "", ""
		}
		return flip(news.Supports), "predicate", what
	}
	return "", "", ""
}

// conditional is the stance of a content with a condition: on what stands in the condition it
// demands ("unless there is an exemption"), on what depends on it, it is conditional.
func conditional(t *book.Told, condition string, about func(string) bool, c cue) (news.Stance, string) {
	list := words.Fields(condition)
	inside := false
	negative := len(list) > 0 && (list[0] == "unless" || list[0] == "until")
	for i, w := range list {
		if about(words.Stem(w)) {
			inside = true
		}
		if w == "no" && i > 0 {
			negative = true
		}
	}
	if inside {
		if negative || len(list) > 0 && list[0] == "only" {
			return news.Demands, "in-the-condition"
		}
		return "", ""
	}
	if c.class == excluding || c.class == against {
		return "", ""
	}
	if t.Frame.Modality == news.Possible || c.class == offering || t.Frame.Modality == news.Intended && c.class == offering {
		if len(list) > 0 && list[0] == "if" && !t.Frame.Negated {
			return news.Offers, "in-return"
		}
	}
	return news.Conditional, "on-condition"
}

// onlyIf is the rest of a content from a word of condition on, where the frame has none.
func onlyIf(s string) string {
	folded := " " + news.Fold(s) + " "
	for _, w := range []string{" only if ", " unless ", " until ", " provided that ", " on condition that "} {
		if i := strings.Index(folded, w); i >= 0 {
			rest := strings.TrimSpace(folded[i:])
			if len(strings.Fields(rest)) >= 3 {
				return rest
			}
		}
	}
	return ""
}

// noThing reports whether the content says "no" of the issue: "no exemptions of any kind".
func noThing(t *book.Told, about func(string) bool) bool {
	list := t.Words.Words
	for i, w := range list {
		if w.Plain != "no" && w.Plain != "without" && w.Plain != "against" {
			continue
		}
		for k := i + 1; k < len(list) && k <= i+3; k++ {
			if about(list[k].Stem) {
				return w.Plain != "without" || t.Frame.Negated
			}
		}
	}
	return false
}

type spot int

const (
	nowhere   spot = iota
	elsewhere      // in the content, outside of its main clause
	inClause
)

// where is the place in the content.
func where(t *book.Told, about func(string) bool) spot {
	f := &t.Frame
	if f.Predicate == "" {
		return inClause
	}
	heads := []string{f.Subject.Head, f.Object.Head, f.Predicate}
	for _, o := range f.Oblique {
		heads = append(heads, o.Head)
	}
	for _, h := range heads {
		if h != "" && about(words.Stem(h)) {
			return inClause
		}
	}
	for _, a := range append([]news.Argument{f.Subject, f.Object}, f.Oblique...) {
		if slices.ContainsFunc(words.Fields(a.Span.Of(t.In.Article.Text)), func(w string) bool { return about(words.Stem(w)) }) {
			return inClause
		}
	}
	if slices.ContainsFunc(t.Stems, about) {
		return elsewhere
	}
	return inClause // an issue that the content is about without naming it
}

// holder is whose attitude the content tells of, where that is not the speaker's own.
func holder(t *book.Told) news.EntityID {
	f := &t.Frame
	verb := f.Predicate
	if f.Particle != "" {
		verb += " " + f.Particle
	}
	if f.Subject.Entity == "" || f.Subject.Entity == t.Speaker.Entity {
		return ""
	}
	if attitudes[verb] || f.Modality == news.Wished {
		return f.Subject.Entity
	}
	return ""
}

func containsWord(s, word string) bool { return slices.Contains(words.Fields(s), word) }
