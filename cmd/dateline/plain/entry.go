// Package plain writes what the record holds for people at a terminal: articles, rows of the ledger,
// stories, verdicts on quotations, hits of a search and the way of a line down to its bytes. Each
// function writes one thing; the same thing for programs is package export's.
package plain

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"dateline/cmd/dateline/terminal"
	"dateline/export"
	"dateline/news"
	"dateline/web/view"
)

func Dispute(w io.Writer, s terminal.Style, r export.Dispute) error {
	var b strings.Builder
	b.WriteString(s.Bold(terminal.Wrap(terminal.Clean(view.Upper(news.Dispute{About: r.About}.Title())), "")) + "\n")
	for i := range r.Sides {
		v, who := r.Sides[i], sideHead(r.Sides, i)
		b.WriteString(terminal.Wrap(who+": "+terminal.Clean(v.Text), "  ") + "\n")
		b.WriteString(s.Dim(terminal.Wrap("in "+sources(v.Statements, v.Passages)+originRange(v.Origins), "    ")) + "\n")
	}
	for _, t := range r.RuledOut {
		b.WriteString(s.Dim(terminal.Wrap(cmp.Or(testWords[t.Test], strings.ReplaceAll(t.Test, "_", " "))+": "+terminal.Clean(t.Why), "  ")) + "\n")
	}
	footer(s, &b, string(r.ID), r.Rule, r.Removed, r.Withdrawn, r.Corrections)
	_, err := io.WriteString(w, b.String())
	return err
}

// sideHead is whose account a side is, by the words that report it; where another side is of the same
// name, who tells of it.
func sideHead(all []export.Side, i int) string {
	v := all[i]
	head := cmp.Or(terminal.Clean(v.Actor.Name), "the article itself")
	if len(v.Statements) == 0 {
		return head + ", in its own words"
	}
	told := v.Statements[0].Outlet
	for _, l := range v.Statements {
		if cue := terminal.Clean(l.Cue); l.Text == v.Text && cue != "" && !view.Colourless(cue) {
			head += " " + cue
			break
		}
	}
	if told != nil && slices.ContainsFunc(all, func(o export.Side) bool {
		return o.Actor.Name == v.Actor.Name && len(o.Statements) > 0 && o.Statements[0].Statement != v.Statements[0].Statement
	}) {
		head += ", as told by " + terminal.Clean(*told)
	}
	return head
}

// testWords say what a test that a conflict has passed means.
var testWords = map[string]string{
	"sequence": "no earlier and later state", "different_thing": "of one thing", "older_state": "no older state quoted", "rounding": "no rounding", "containment": "neither holds the other", "many": "told many times over",
}

// footer closes a row: its id, why it is there, what has become of what it rests on.
func footer(s terminal.Style, b *strings.Builder, id, rule string, removed *string, withdrawn bool, corrections []export.Correction) {
	for _, c := range corrections {
		b.WriteString(terminal.Wrap(fmt.Sprintf("! %s was %s by its outlet, in %s", terminal.Clean(c.Article.Page), putRight(c.Whole), terminal.Clean(c.By.Page)), "  ") + "\n")
	}
	if withdrawn {
		b.WriteString("  ! the article it rests on was changed or taken back since\n")
	}
	if removed != nil {
		b.WriteString(terminal.Wrap("! the page it rested on was removed: "+terminal.Clean(*removed), "  ") + "\n")
	}
	b.WriteString(s.Dim(terminal.Wrap(id+", because "+terminal.Clean(news.ParseReason(rule).Plain()), "  ")) + "\n\n")
}

// putRight is what an outlet did to an article of its own, the whole of it or not.
func putRight(whole bool) string {
	if whole {
		return "taken back"
	}
	return "corrected"
}

func Undertaking(w io.Writer, s terminal.Style, r export.Undertaking) error {
	var b strings.Builder
	b.WriteString(s.Bold(terminal.Wrap(fmt.Sprintf("%s: %s", cmp.Or(terminal.Clean(r.By.Name), "Set"), terminal.Clean(r.What)), "")) + "\n")
	if r.Condition != nil {
		b.WriteString(terminal.Wrap("on condition: "+terminal.Clean(*r.Condition), "  ") + "\n")
	}
	if r.AscribedBy != nil {
		b.WriteString(terminal.Wrap("as told by "+terminal.Clean(r.AscribedBy.Name), "  ") + "\n")
	}
	made := news.Undertaking{Status: r.Status}
	if n := len(r.History); n > 0 {
		made.History = []news.Step{{Reason: news.ParseReason(r.History[n-1].Reason)}}
	}
	state := made.Plain()
	if r.Due != nil {
		state = fmt.Sprintf("due %s; %s (%s)", r.Due.Value, state, terminal.Clean(news.ParseReason(r.Due.Reason).Plain()))
	}
	b.WriteString(terminal.Wrap(state, "  ") + "\n")
	for _, h := range r.History {
		when := "no day told"
		if h.When != nil {
			when = h.When.String()
		}
		b.WriteString(s.Dim(terminal.Wrap(fmt.Sprintf("%s  %s, %s", when, h.Status.Plain(), terminal.Clean(news.ParseReason(h.Reason).Plain())), "    ")) + "\n")
	}
	if from := sources(r.Statements, r.Passages); from != "" {
		b.WriteString(s.Dim(terminal.Wrap("in "+from, "    ")) + "\n")
	}
	footer(s, &b, string(r.ID), r.Rule, r.Removed, r.Withdrawn, r.Corrections)
	_, err := io.WriteString(w, b.String())
	return err
}

// originRange is a range of origins behind what it is told of; "" where there is none.
func originRange(o export.Origins) string {
	if words := view.Origins(news.Origins{Least: o.Least, Most: o.Most}); words != "" {
		return "; " + words
	}
	return ""
}

func Entry(w io.Writer, s terminal.Style, r export.Entry) error {
	var b strings.Builder
	b.WriteString(s.Bold(terminal.Wrap(entryHead(r)+":", "")) + "\n")
	b.WriteString(terminal.Wrap(terminal.Clean(r.Text), "  ") + "\n")
	if place := entryPlace(r); place != "" {
		b.WriteString(terminal.Wrap(place, "  ") + "\n")
	}
	from := sources(r.Statements, nil)
	if from != "" {
		b.WriteString(s.Dim(terminal.Wrap("in "+from+originRange(r.Origins), "    ")) + "\n")
	}
	footer(s, &b, string(r.ID), r.Rule, r.Removed, r.Withdrawn, r.Corrections)
	_, err := io.WriteString(w, b.String())
	return err
}

// entryHead says of a row who, what kind of row it is, and when: "Ana Ruiz ruled out, 2031-05-03", "Ana
// Ruiz opposes, 2031-05-03".
func entryHead(r export.Entry) string {
	head := cmp.Or(terminal.Clean(r.Actor.Name), "somebody")
	cue := ""
	if len(r.Statements) > 0 {
		cue = terminal.Clean(r.Statements[0].Cue)
	}
	switch r.Kind {
	case news.Position:
		if r.Stance != nil {
			if cue = r.Stance.Plain(); *r.Stance == news.Undecided || *r.Stance == news.Conditional {
				cue = "is " + cue
			}
		}
	case news.Change:
		cue = "changed position"
	case news.Difference:
		cue = "spoke otherwise, without a change of position"
	case news.Confirmation:
		cue = "confirms what was told without a name"
	case news.Denial:
		cue = "denies what was told"
	}
	if cue != "" {
		head += " " + cue
	}
	if r.Issue != nil && r.Kind != news.Utterance {
		head += " (" + terminal.Clean(r.Issue.Name) + ")"
	}
	if r.Said != nil {
		head += ", " + r.Said.Value.String()
	}
	return head
}

// entryPlace says of a row on whose word, to whom, where and on what it is.
func entryPlace(r export.Entry) string {
	var parts []string
	if r.AscribedBy != nil {
		parts = append(parts, "ascribed by "+terminal.Clean(r.AscribedBy.Name))
	}
	if r.To != nil {
		parts = append(parts, "to "+terminal.Clean(*r.To))
	}
	if r.Venue != nil {
		parts = append(parts, "venue: "+terminal.Clean(*r.Venue))
	}
	if r.Issue != nil && r.Kind == news.Utterance {
		parts = append(parts, "on "+terminal.Clean(r.Issue.Name))
	}
	if r.Actor.Anonymous {
		parts = append(parts, "not named")
	}
	return strings.Join(parts, "; ")
}

// mostSources bounds how many outlets are named for one thing.
const mostSources = 3

// sources are the outlets that statements and passages stand in, each once with the day it came out;
// a page stands for an outlet that is not known.
func sources(links []export.StatementLink, passages []export.Passage) string {
	var from []string
	add := func(outlet *string, published *news.Interval, page string) {
		name := terminal.Clean(page)
		if outlet != nil {
			name = terminal.Clean(*outlet)
		}
		if name == "" {
			return
		}
		if published != nil {
			if day := published.String(); len(day) >= len(time.DateOnly) {
				name += " (" + day[:len(time.DateOnly)] + ")"
			}
		}
		if !slices.Contains(from, name) {
			from = append(from, name)
		}
	}
	for _, l := range links {
		add(l.Outlet, l.Published, l.Page)
	}
	for _, p := range passages {
		add(p.Outlet, p.Published, p.Page)
	}
	if n := len(from) - mostSources; n > 0 {
		return strings.Join(from[:mostSources], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(from, ", ")
}
