package ledger_test

import (
	"fmt"
	"os"
	"testing"

	"dateline/news"
)

func TestProbe(t *testing.T) {
	if os.Getenv("PROBE") == "" {
		t.Skip()
	}
	w := readWorld(t, "first")
	pos := map[news.StatementID]string{}
	for _, x := range w.Ledger.Positions {
		for _, s := range x.Statements {
			pos[w.ids[s]] += " " + x.Stance + ":" + x.Issue
		}
	}
	for _, a := range w.articles {
		for _, s := range a.Statements {
			f := s.Frame
			ob := ""
			for _, o := range f.Oblique {
				ob += o.Role + " " + o.Head + "; "
			}
			cue := ""
			for _, c := range s.Cue {
				cue += c.Of(a.Article.Text) + " "
			}
			p := pos[s.ID]
			if p == "" && len(s.Issues) == 0 {
				continue
			}
			fmt.Printf("%s [%s] %s %s | cue=%s | %.110s | iss=%v\n     F: pred=%s %s subj=%s obj=%s obl=%s neg=%v mod=%s cond=%q tense=%s pol=%s heads=%v\n", w.refs[s.ID], p, s.Speaker.Name, s.Act, cue, s.Words(a.Article.Text), s.Issues, f.Predicate, f.Particle, f.Subject.Head, f.Object.Head, ob, f.Negated, f.Modality, f.Condition.Of(a.Article.Text), f.Tense, s.Polarity, f.Heads)
		}
	}
}
