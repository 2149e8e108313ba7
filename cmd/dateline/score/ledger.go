package score

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dateline/demo"
	"dateline/eval"
	"dateline/eval/rows"
)

// demoAnswers are the rows that an editor wrote down for the demo's stories.
func demoAnswers() (map[string]eval.LedgerAnswers, error) {
	all := map[string]eval.LedgerAnswers{}
	for _, name := range slices.Concat(demo.Stories(), demo.DevStories()) {
		story, err := demo.Answers(name)
		if err != nil {
			return nil, err
		}
		all[name] = newDemoAnswers(story).answers()
	}
	return all, nil
}

// demoRefs resolves the references of a story's answers.
type demoAnswer struct {
	*demo.Story
	files map[string]string   // page -> file
	words map[string]string   // "01/1#3" -> the words of the statement
	names map[string][]string // entity -> what it is called
}

func newDemoAnswers(s *demo.Story) demoAnswer {
	d := demoAnswer{s, map[string]string{}, map[string]string{}, map[string][]string{}}
	for _, r := range s.Readings {
		d.files[r.Page.ID] = r.Page.File
		for _, e := range r.Entities {
			d.names[e.ID] = append(append(d.names[e.ID], e.Name), e.Forms...)
		}
		for _, a := range r.Articles {
			for _, st := range a.Statements {
				var parts []string
				for _, c := range st.Content {
					parts = append(parts, a.Text[c.Start:c.End])
				}
				d.words[fmt.Sprintf("%s/%d#%d", r.Page.ID, a.Number, st.Number)] = strings.Join(parts, " ")
			}
		}
	}
	return d
}

// refs are the statements and sentences that an answer rests on.
func (d demoAnswer) refs(list []string) (out []rows.Ref) {
	for _, s := range list {
		page, _, _ := strings.Cut(s, "/")
		text, known := d.words[s]
		if !known {
			_, text, _ = strings.Cut(s, ": ")
		}
		out = append(out, rows.Ref{Page: d.files[page], Text: text})
	}
	return out
}

func (d demoAnswer) who(id string) []string {
	if id == "" {
		return nil
	}
	return append([]string{id}, d.names[id]...)
}

func (d demoAnswer) answers() eval.LedgerAnswers {
	var a eval.LedgerAnswers
	for _, r := range d.Readings {
		for _, x := range r.Articles {
			if day, _, _ := strings.Cut(x.Metadata.Published, "T"); len(day) == 10 {
				a.LastDay = max(a.LastDay, day)
			}
		}
	}
	l := d.Ledger
	for _, u := range l.Utterances {
		least, most, ranged := strings.Cut(u.Origins, "..")
		if !ranged {
			most = least
		}
		x := rows.Utterance{ID: u.ID, Speaker: d.who(u.Speaker), Said: u.Said, Reports: d.refs(u.Statements)}
		x.Least, _ = strconv.Atoi(least)
		x.Most, _ = strconv.Atoi(most)
		a.Utterances = append(a.Utterances, x)
	}
	for _, p := range l.Positions {
		a.Positions = append(a.Positions, rows.Position{ID: p.ID, Issue: p.Issue, Stance: p.Stance, Said: p.Said, Actor: d.who(p.Actor), AscribedBy: d.who(p.AscribedBy), Reports: d.refs(p.Statements)})
	}
	for _, c := range l.Changes {
		a.Changes = append(a.Changes, rows.Pair{A: c.From, B: c.To})
	}
	for _, c := range l.Different {
		a.Differences = append(a.Differences, rows.Pair{A: c.A, B: c.B})
	}
	for _, c := range l.Confirmations {
		a.Confirmations = append(a.Confirmations, rows.Conflict{A: d.refs(c.What), B: d.refs(c.By)})
	}
	for _, c := range l.Denials {
		a.Denials = append(a.Denials, rows.Conflict{A: d.refs(c.What), B: d.refs(c.By)})
	}
	for _, c := range l.Conflicts {
		a.Conflicts = append(a.Conflicts, rows.Conflict{ID: c.ID, Kind: c.Kind, A: d.refs(c.A), B: d.refs(c.B)})
	}
	for _, c := range l.Decoys {
		a.Decoys = append(a.Decoys, rows.Conflict{A: d.refs(c.A), B: d.refs(c.B)})
	}
	for _, c := range l.Commitments {
		by := d.who(c.By)
		// A body's commitment may stand under whoever speaks for it in a statement of the answer.
		for _, p := range l.Positions {
			if slices.ContainsFunc(p.Statements, func(s string) bool { return slices.Contains(c.Statements, s) }) {
				by = append(by, d.who(p.Actor)...)
			}
		}
		a.Commitments = append(a.Commitments, rows.Commitment{ID: c.ID, By: by, Made: c.Made, Due: c.Due, Status: c.Status, Reports: d.refs(c.Statements)})
	}
	line := func(x demo.Line) rows.Line {
		page, _, _ := strings.Cut(x.Article, "/")
		return rows.Line{Date: x.Date, Part: x.Part, Page: d.files[page], Text: x.Text}
	}
	for _, x := range l.Timeline {
		a.Timeline = append(a.Timeline, line(x))
	}
	for _, x := range l.Brief {
		a.Brief = append(a.Brief, line(x))
	}
	return a
}
