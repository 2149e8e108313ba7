// Package rules derives from tags and arcs what the networks do not say: part of speech,
// morphology (ruler.go) and lemma (lemma.go), as the reference's rules do (docs/nlp.md, section
// 8).
//
// The rules compare numbers, not strings: a word's number in its lexeme, tags and labels as the
// model numbers them. Rules is immutable; what a lexeme remembers of its lemmas belongs to the
// worker that owns the lexeme.
package rules

import (
	"encoding/json"
	"fmt"
	"slices"

	"dateline/nlp/lexicon"
	"dateline/nlp/model"
	"dateline/nlp/tokenizer"
)

// Analysis is what the rules read and write of one token. Tag and Label are read as the networks
// left them.
type Analysis struct {
	Tag   uint8 // index of Rules.Tags
	Label uint8 // index of Rules.Labels
	POS   uint8 // index of Rules.POS
	Morph uint8 // index of Rules.Morphs
	Lemma string
}

// Rules holds rules and tables. The fields name what Analysis counts.
type Rules struct {
	Tags, Labels, POS, Morphs []string
	TaggerTags                int // the first tags are those the tagger chooses from

	byTag  [][]*rule // rules without a word, by the tags their token may have
	byWord [][]*rule // rules for a word, by its number
	lemmas lemmas
}

// A rule changes the token it is indexed under where its pattern matches.
type rule struct {
	order   int    // later rules win
	offset  int    // of the changed token in the pattern
	pattern []test // one a token
	set     change
}

// A test is what a pattern asks of one token; nil sets ask nothing.
type test struct {
	tags, labels, words []bool
	blank               int8 // 1: blanks only; -1: anything else; 0: either
}

// A change is what a rule sets; keep leaves a field as it is.
type change struct {
	tag, label, pos, morph int
	lemma                  string
}

const keep = -1

// New reads the rules of a model. labels names the labels of the parser.
func New(f *model.File, l *lexicon.Lexicon, labels []string) (*Rules, error) {
	r := &Rules{Tags: f.Strings("tagger.labels").All(), Labels: slices.Clone(labels), POS: []string{""}, Morphs: []string{""}}
	r.TaggerTags = len(r.Tags)
	var source []struct {
		Patterns [][]map[string]any
		Attrs    map[string]string
		Index    int
	}
	if err := json.Unmarshal([]byte(f.Text("ruler")), &source); err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	r.byWord = make([][]*rule, l.Words())
	for order, s := range source {
		set := change{tag: keep, label: keep, pos: keep, morph: keep}
		for attr, value := range s.Attrs {
			switch attr {
			case "TAG":
				set.tag = number(&r.Tags, value)
			case "DEP":
				set.label = number(&r.Labels, value)
			case "POS":
				set.pos = number(&r.POS, value)
			case "MORPH":
				if value == "_" {
					value = ""
				}
				set.morph = number(&r.Morphs, value)
			case "LEMMA":
				set.lemma = value
			default:
				return nil, fmt.Errorf("rules: attribute %s", attr)
			}
		}
		for _, p := range s.Patterns {
			one := &rule{order: order, offset: s.Index, set: set}
			for _, token := range p {
				t, err := r.test(token, l)
				if err != nil {
					return nil, err
				}
				one.pattern = append(one.pattern, t)
			}
			r.index(one)
		}
	}
	r.lemmas.read(f, l, r)
	return r, nil
}

// number returns the place of s in the list, to which it is added if need be.
func number(list *[]string, s string) int {
	i := slices.Index(*list, s)
	if i < 0 {
		i = len(*list)
		*list = append(*list, s)
	}
	return i
}

// maxLabels is the size of sets of tags and labels, more than there are of either.
const maxLabels = 128

func (r *Rules) test(source map[string]any, l *lexicon.Lexicon) (t test, err error) {
	for attr, value := range source {
		if attr == "IS_SPACE" {
			t.blank = -1
			if value == true {
				t.blank = 1
			}
			continue
		}
		var members []string
		others := false
		switch v := value.(type) {
		case string:
			members = []string{v}
		case map[string]any:
			list, in := v["IN"].([]any)
			if !in {
				list, others = v["NOT_IN"].([]any)
			}
			if !in && !others {
				return t, fmt.Errorf("rules: operator in %v", v)
			}
			for _, m := range list {
				members = append(members, m.(string))
			}
		}
		set := func(size int, number func(string) int) []bool {
			s := slices.Repeat([]bool{others}, size)
			for _, m := range members {
				if n := number(m); n >= 0 {
					s[n] = !others
				}
			}
			return s
		}
		switch attr {
		case "TAG":
			t.tags = set(maxLabels, func(s string) int { return slices.Index(r.Tags, s) })
		case "DEP":
			t.labels = set(maxLabels, func(s string) int { return slices.Index(r.Labels, s) })
		case "LOWER":
			t.words = set(l.Words(), func(s string) int { return int(l.WordNumber(s)) })
		default:
			return t, fmt.Errorf("rules: test of %s", attr)
		}
	}
	return t, nil
}

// index files a rule under the words of the token it changes, or else under its tags.
func (r *Rules) index(one *rule) {
	t := one.pattern[one.offset]
	if t.words != nil {
		for word, in := range t.words {
			if in {
				r.byWord[word] = append(r.byWord[word], one)
			}
		}
		return
	}
	if r.byTag == nil {
		r.byTag = make([][]*rule, maxLabels)
	}
	for tag := range r.byTag {
		if t.tags == nil || t.tags[tag] {
			r.byTag[tag] = append(r.byTag[tag], one)
		}
	}
}

// Apply runs the attribute ruler: all rules are matched against the state before any of them, and
// those that match take effect in their order (docs/nlp.md, section 8.1). Then it finds the
// lemmas the rules have not set.
func (r *Rules) Apply(tokens []tokenizer.Token, a []Analysis) {
	// Tags and labels are read by patterns that look back, so a change to them waits a token:
	// no pattern is longer than two.
	var waiting change
	for i := range tokens {
		set := change{tag: keep, label: keep, pos: keep, morph: keep}
		byTag, byWord := r.byTag[a[i].Tag], r.byWord[tokens[i].Word]
		for len(byTag) > 0 || len(byWord) > 0 {
			var next *rule
			if len(byWord) == 0 || len(byTag) > 0 && byTag[0].order < byWord[0].order {
				next, byTag = byTag[0], byTag[1:]
			} else {
				next, byWord = byWord[0], byWord[1:]
			}
			if next.matches(tokens, a, i) {
				set.add(&next.set)
			}
		}
		if i > 0 {
			waiting.apply(&a[i-1])
		}
		if set.pos != keep {
			a[i].POS = uint8(set.pos)
		}
		if set.morph != keep {
			a[i].Morph = uint8(set.morph)
		}
		a[i].Lemma = set.lemma
		waiting = set
		if a[i].Lemma == "" {
			a[i].Lemma = r.lemma(tokens[i].Lexeme, &a[i])
		}
	}
	if len(tokens) > 0 {
		waiting.apply(&a[len(tokens)-1])
	}
}

// add lets a later change win.
func (c *change) add(later *change) {
	if later.tag != keep {
		c.tag = later.tag
	}
	if later.label != keep {
		c.label = later.label
	}
	if later.pos != keep {
		c.pos = later.pos
	}
	if later.morph != keep {
		c.morph = later.morph
	}
	if later.lemma != "" {
		c.lemma = later.lemma
	}
}

func (c *change) apply(a *Analysis) {
	if c.tag != keep {
		a.Tag = uint8(c.tag)
	}
	if c.label != keep {
		a.Label = uint8(c.label)
	}
}

// matches tells whether the pattern holds around token i, the one it would change.
func (r *rule) matches(tokens []tokenizer.Token, a []Analysis, i int) bool {
	from := i - r.offset
	if from < 0 || from+len(r.pattern) > len(tokens) {
		return false
	}
	for k := range r.pattern {
		t, token, is := &r.pattern[k], &tokens[from+k], &a[from+k]
		if t.tags != nil && !t.tags[is.Tag] || t.labels != nil && !t.labels[is.Label] || t.words != nil && !t.words[token.Word] {
			return false
		}
		if t.blank != 0 && token.Space != (t.blank > 0) {
			return false
		}
	}
	return true
}
