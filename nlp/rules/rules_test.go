package rules

import (
	"slices"
	"testing"

	"dateline/nlp/lexicon"
	"dateline/nlp/model"
	"dateline/nlp/tokenizer"
)

func open(t *testing.T) (*Rules, *tokenizer.Session) {
	t.Helper()
	f, err := model.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	l := lexicon.New(f)
	r, err := New(f, l, []string{"ROOT", "nsubj", "dobj", "aux", "det", "dep", "mark", "expl", "attr"})
	if err != nil || f.Err() != nil {
		t.Fatal(err, f.Err())
	}
	return r, tokenizer.New(f, l).Session()
}

func TestRulesAndLemmas(t *testing.T) {
	r, session := open(t)
	for _, c := range []struct {
		what, text  string
		tags, deps  []string
		token       int
		pos, lemma  string
		morph       string
		tagAfter    string
		labelsAfter string
	}{
		{"a tag alone", "bridges", []string{"NNS"}, []string{"ROOT"}, 0, "NOUN", "bridge", "Number=Plur", "NNS", "ROOT"},
		{"a proper noun keeps its case", "Ana", []string{"NNP"}, []string{"ROOT"}, 0, "PROPN", "Ana", "Number=Sing", "NNP", "ROOT"},
		{"a word under a tag", "is", []string{"VBZ"}, []string{"ROOT"}, 0, "AUX", "be", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "VBZ", "ROOT"},
		{"a label decides", "have", []string{"VBP"}, []string{"ROOT"}, 0, "VERB", "have", "Mood=Ind|Tense=Pres|VerbForm=Fin", "VBP", "ROOT"},
		{"an auxiliary by its label", "may go", []string{"VB", "VB"}, []string{"aux", "ROOT"}, 0, "AUX", "may", "VerbForm=Inf", "VB", "aux"},
		{"a rule changes the second of two", "gonna", []string{"VBG", "TO"}, []string{"ROOT", "aux"}, 1, "PART", "to", "", "TO", "aux"},
		{"a rule changes the first of two", "gonna", []string{"VBG", "TO"}, []string{"ROOT", "aux"}, 0, "VERB", "go", "Aspect=Prog|Tense=Pres|VerbForm=Part", "VBG", "ROOT"},
		{"irregular verbs", "lain", []string{"VBN"}, []string{"ROOT"}, 0, "VERB", "lie", "Aspect=Perf|Tense=Past|VerbForm=Part", "VBN", "ROOT"},
		{"a known form wins over an earlier rule", "staring", []string{"VBG"}, []string{"ROOT"}, 0, "VERB", "stare", "Aspect=Prog|Tense=Pres|VerbForm=Part", "VBG", "ROOT"},
		{"blanks", "a \n", []string{"DT", "NN"}, []string{"ROOT", "dobj"}, 1, "SPACE", "\n", "", "_SP", "dep"},
	} {
		tokens := session.Tokens(nil, c.text, 1<<30, nil)
		a := make([]Analysis, len(tokens))
		for i := range a {
			a[i].Tag, a[i].Label = uint8(slices.Index(r.Tags, c.tags[i])), uint8(slices.Index(r.Labels, c.deps[i]))
		}
		r.Apply(tokens, a)
		got := a[c.token]
		if r.POS[got.POS] != c.pos || got.Lemma != c.lemma || r.Morphs[got.Morph] != c.morph || r.Tags[got.Tag] != c.tagAfter || r.Labels[got.Label] != c.labelsAfter {
			t.Errorf("%s: %q is %s %q %s %s %s", c.what, tokens[c.token].Text, r.POS[got.POS], got.Lemma, r.Morphs[got.Morph], r.Tags[got.Tag], r.Labels[got.Label])
		}
	}
}
