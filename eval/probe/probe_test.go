package probe

import (
	"reflect"
	"strings"
	"testing"
)

var sayings = []Saying{
	{"“We will not pay for the new bridge twice, and I have told the mayor so on Monday,”", "Jan Kos", true},
	{"the council wants to raise the ferry toll by a tenth before the summer begins", "Ana Ruiz", false},
	{"The harbour master has ordered three tankers to wait outside until the workers return", "Ivo Brandt", true},
	{"too short", "Ivo Brandt", true},
}

func TestMake(t *testing.T) {
	probes := Make(1, sayings, 400)
	if len(probes) != 400 || !reflect.DeepEqual(probes, Make(1, sayings, 400)) {
		t.Fatalf("%d probes, or not the same twice", len(probes))
	}
	whole := ""
	for _, s := range sayings {
		whole += bare(s.Words) + " / "
	}
	n := map[string]int{}
	for _, p := range probes {
		n[p.Class]++
		in := strings.Contains(whole, bare(p.Quote))
		switch p.Class {
		case "exact", "cut", "marks", "other speaker":
			if !in {
				t.Errorf("%s: nobody said %q", p.Class, p.Quote)
			}
		case "altered", "invented", "paraphrased":
			if in {
				t.Errorf("%s: %q was said", p.Class, p.Quote)
			}
		case "ellipsis":
			if !strings.ContainsAny(p.Quote, "…") && !strings.Contains(p.Quote, "..") && !strings.Contains(p.Quote, ". .") {
				t.Errorf("%s: %q has none", p.Class, p.Quote)
			}
		}
		if p.Class == "other speaker" && (p.Speaker == p.Who || p.Who == "") {
			t.Errorf("%s: %q is asked about, %q said it", p.Class, p.Speaker, p.Who)
		}
	}
	for _, c := range Classes {
		if n[c.Name] != 50 {
			t.Errorf("%d of class %s", n[c.Name], c.Name)
		}
	}
}
