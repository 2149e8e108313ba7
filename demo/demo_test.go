package demo

import (
	"fmt"
	"html"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func stories(t *testing.T) []*Story {
	t.Helper()
	var all []*Story
	for _, name := range slices.Concat(Stories(), DevStories()) {
		s, err := Answers(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

var (
	unread = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)>|<!--.*?-->`)
	within = regexp.MustCompile(`(?i)</?(a|b|i|em|strong|span|small|font|u|cite|mark|sup|sub|time|button)\b[^>]*>`)
	others = regexp.MustCompile(`(?s)<[^>]*>`)
)

// readable is what is left of a page when tags are taken out, entities decoded and blanks folded.
func readable(p Page) string {
	s := string(p.Body)
	if path.Ext(p.File) == ".html" {
		s = unread.ReplaceAllString(s, " ")
		s = within.ReplaceAllString(s, "")
		s = html.UnescapeString(others.ReplaceAllString(s, " "))
	}
	return fold(s)
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestArticlesStandInTheirPages(t *testing.T) {
	for _, s := range stories(t) {
		for _, r := range s.Readings {
			page := readable(r.Page)
			for _, a := range r.Articles {
				for _, text := range strings.Split(a.Text, "\n\n") {
					if !strings.Contains(page, fold(text)) {
						t.Errorf("%s/%s, article %d: not in the page: %.90q", s.Name, r.Page.File, a.Number, text)
					}
				}
			}
		}
	}
}

func TestPagesAreReal(t *testing.T) {
	total := 0
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := files.ReadFile(name)
		total += len(b)
		if path.Ext(name) == ".html" && (len(b) < 20_000 || len(b) > 200_000) {
			t.Errorf("%s has %d bytes, a real page 20 to 200 KB", name, len(b))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if total > 6<<20 {
		t.Errorf("the room has %d bytes, at most 6 MB allowed", total)
	}
	t.Logf("%d bytes embedded", total)
}

var (
	stances      = []string{"supports", "opposes", "demands", "offers", "open", "conditional", "undecided"}
	conflictKind = []string{"polarity", "number", "time", "place", "participants", "wording", "attribution"}
	statuses     = []string{"open", "due", "overdue", "done", "broken", "withdrawn", "contested"}
	edtf         = regexp.MustCompile(`^(\.\.|[0-9]{4}(-[0-9A-Z]{2}(-[0-9]{2})?)?(T[0-9:]+(Z|[+-][0-9:]+)?|T(MO|MI|AF|EV|NI))?~?)(/(\.\.|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(T[0-9:]+Z?|T(MO|MI|AF|EV|NI))?~?))?$`)
)

func TestAnswersAreConsistent(t *testing.T) {
	for _, s := range stories(t) {
		known := map[string]bool{} // articles and statements
		sentences := map[string][]string{}
		ids := map[string]string{}
		outlets := map[string]bool{}
		for _, o := range s.Outlets {
			outlets[o.ID] = true
		}
		for _, r := range s.Readings {
			page := r.Page.ID
			local := map[string]bool{}
			fail := func(format string, args ...any) {
				t.Helper()
				t.Errorf("%s/%s: %s", s.Name, r.Page.File, fmt.Sprintf(format, args...))
			}
			if !outlets[r.Page.Outlet] {
				fail("outlet %q is not in the feed", r.Page.Outlet)
			}
			if !strings.HasPrefix(r.Page.File, page+"-") {
				fail("file does not start with id %s", page)
			}
			text := ""
			for _, a := range r.Articles {
				text += a.Text + "\n"
			}
			for _, e := range r.Entities {
				if local[e.ID] {
					fail("entity %s twice", e.ID)
				}
				local[e.ID] = true
				if name, ok := ids[e.ID]; ok && name != e.Name {
					fail("entity %s is %q here and %q elsewhere", e.ID, e.Name, name)
				}
				ids[e.ID] = e.Name
				if !slices.Contains([]string{"person", "organisation", "place", "group", "other"}, e.Type) {
					fail("entity %s: no type %q", e.ID, e.Type)
				}
				if strings.HasPrefix(e.ID, "anon-") != e.Anonymous {
					fail("entity %s: id and anonymous disagree", e.ID)
				}
				if len(e.Forms) == 0 {
					fail("entity %s has no form", e.ID)
				}
				for _, form := range e.Forms {
					if !strings.Contains(text, form) {
						fail("entity %s: %q is not on the page", e.ID, form)
					}
				}
			}
			entity := func(id string) {
				t.Helper()
				if id != "" && !local[id] {
					fail("no entity %q", id)
				}
			}
			for _, a := range r.Articles {
				name := fmt.Sprintf("%s/%d", page, a.Number)
				known[name] = true
				if a.Metadata.Number != a.Number {
					fail("article %d has no metadata", a.Number)
				}
				m := a.Metadata
				if !slices.Contains([]string{"", "stated", "relative", "inferred"}, m.Basis) || (m.Published == "") != (m.Basis == "") {
					fail("article %d: basis %q of published %q", a.Number, m.Basis, m.Published)
				}
				if m.Published != "" && !edtf.MatchString(m.Published) {
					fail("article %d: published %q is no EDTF", a.Number, m.Published)
				}
				for _, sent := range a.Sentences {
					sentences[name] = append(sentences[name], a.Text[sent.Start:sent.End])
				}
				numbers := map[int]Statement{}
				for _, st := range a.Statements {
					numbers[st.Number] = st
				}
				if len(numbers) > 0 && a.Statements[len(a.Statements)-1].Number != len(numbers) {
					fail("article %d: statements are not numbered from 1 without a gap", a.Number)
				}
				for _, st := range a.Statements {
					known[fmt.Sprintf("%s#%d", name, st.Number)] = true
					entity(st.Speaker)
					for _, id := range append(strings.Split(st.To, ","), st.Relayed...) {
						entity(id)
					}
					for _, issue := range st.Issues {
						if !slices.Contains(s.Issues, issue) {
							fail("%s#%d: issue %q is not in the feed", name, st.Number, issue)
						}
					}
					if st.Said != "" && !edtf.MatchString(st.Said) {
						fail("%s#%d: said %q is no EDTF", name, st.Number, st.Said)
					}
					var own []Span
					for _, spans := range [][]Span{st.Source, st.Cue, st.Content, st.Addressee} {
						own = append(own, spans...)
					}
					slices.SortFunc(own, func(a, b Span) int { return a.Start - b.Start })
					for i := 1; i < len(own); i++ {
						if own[i].Start < own[i-1].End {
							fail("%s#%d: parts overlap at %.40q", name, st.Number, a.Text[own[i].Start:])
						}
					}
					if st.Within != 0 {
						outer, ok := numbers[st.Within]
						if !ok {
							fail("%s#%d: within %d, which is not", name, st.Number, st.Within)
						} else if !covered(st.Content, outer.Content) {
							fail("%s#%d is not within the content of %d", name, st.Number, st.Within)
						}
					}
					if why := misfit(&a, st); why != "" && !strings.Contains(st.Note, "mode") {
						fail("%s#%d is %s, but %s: %s", name, st.Number, st.Mode, why, a.Quote(st.Content))
					}
				}
				for _, m := range a.Mentions {
					entity(m.Entity)
				}
				for _, tm := range a.Times {
					// A day of the week in the words is that of the value.
					if day, err := time.Parse(time.DateOnly, tm.Value[:min(10, len(tm.Value))]); err == nil && tm.Type != "SET" {
						for d := time.Sunday; d <= time.Saturday; d++ {
							if strings.Contains(a.Text[tm.Start:tm.End], d.String()) && day.Weekday() != d {
								fail("time %q is a %s", a.Text[tm.Start:tm.End]+"="+tm.Value, day.Weekday())
							}
						}
					}
					if tm.Value != "" && tm.Type == "DATE" && strings.ContainsAny(tm.Value, " ,") {
						fail("time %q", tm.Value)
					}
				}
			}
		}
		checkLedger(t, s, known, sentences, ids)
	}
}

// covered reports whether every span lies in one of the outer spans.
func covered(inner, outer []Span) bool {
	for _, in := range inner {
		if !slices.ContainsFunc(outer, func(o Span) bool { return o.Start <= in.Start && in.End <= o.End }) {
			return false
		}
	}
	return true
}

// misfit says how mode and marks of a statement disagree, or "".
func misfit(a *Article, st Statement) string {
	marked, whole := false, true
	for _, span := range st.Content {
		text := a.Text[span.Start:span.End]
		if strings.ContainsAny(text, "\"“”‘") || strings.HasPrefix(text, "'") || strings.Contains(text, " '") {
			marked = true
		}
		if !strings.ContainsAny(text[:1], "\"'") && !strings.HasPrefix(text, "“") && !strings.HasPrefix(text, "‘") && !strings.HasPrefix(text, "”") {
			whole = false
		}
	}
	switch {
	case st.Mode == "direct" && !whole:
		return "does not start with a mark"
	case st.Mode == "indirect" && marked:
		return "has marks"
	case st.Mode == "mixed" && !marked:
		return "has no marks"
	}
	return ""
}

func checkLedger(t *testing.T, s *Story, known map[string]bool, sentences map[string][]string, ids map[string]string) {
	t.Helper()
	l := s.Ledger
	fail := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s/ledger.toml: %s", s.Name, fmt.Sprintf(format, args...))
	}
	refs := func(where string, list ...string) {
		t.Helper()
		for _, ref := range list {
			if strings.Contains(ref, "/") && len(ref) < 12 {
				if !known[ref] {
					fail("%s: no %s", where, ref)
				}
				continue
			}
			// "07/1: the sentence, word for word"
			article, text, ok := strings.Cut(ref, ": ")
			if !ok || !slices.Contains(sentences[article], text) {
				fail("%s: %q is no sentence of %s", where, text, article)
			}
		}
	}
	actor := func(where, id string) {
		t.Helper()
		if id != "" && ids[id] == "" {
			fail("%s: no entity %q", where, id)
		}
	}
	value := func(where, v string, of []string) {
		t.Helper()
		if !slices.Contains(of, v) {
			fail("%s: %q is none of %v", where, v, of)
		}
	}
	date := func(where, v string) {
		t.Helper()
		if v != "" && !edtf.MatchString(v) {
			fail("%s: %q is no EDTF", where, v)
		}
	}
	seen := map[string]bool{}
	once := func(id string) {
		t.Helper()
		if id == "" || seen[id] {
			fail("id %q is empty or there twice", id)
		}
		seen[id] = true
	}
	for _, c := range l.Copies {
		refs("copy", c.Page, c.Of)
	}
	events := map[string]bool{}
	for _, e := range l.Events {
		once(e.ID)
		events[e.ID] = true
		date(e.ID, e.Date)
		refs(e.ID, e.Articles...)
	}
	for _, st := range l.Stories {
		once(st.ID)
		for _, e := range st.Events {
			if !events[e] {
				fail("%s: no event %s", st.ID, e)
			}
		}
	}
	used := map[string]string{}
	for _, u := range l.Utterances {
		once(u.ID)
		actor(u.ID, u.Speaker)
		date(u.ID, u.Said)
		refs(u.ID, u.Statements...)
		for _, ref := range u.Statements {
			if used[ref] != "" {
				fail("%s belongs to %s and to %s", ref, used[ref], u.ID)
			}
			used[ref] = u.ID
		}
	}
	positions := map[string]Position{}
	for _, p := range l.Positions {
		once(p.ID)
		positions[p.ID] = p
		actor(p.ID, p.Actor)
		actor(p.ID, p.AscribedBy)
		value(p.ID, p.Stance, stances)
		value(p.ID, p.Issue, s.PositionIssues)
		date(p.ID, p.Said)
		refs(p.ID, p.Statements...)
	}
	for _, c := range l.Changes {
		from, to := positions[c.From], positions[c.To]
		if from.ID == "" || to.ID == "" || from.Actor != to.Actor || from.Issue != to.Issue {
			fail("change %s to %s does not join two positions of one actor on one issue", c.From, c.To)
		}
		refs("change", c.ReportedBy...)
	}
	for _, d := range l.Different {
		if positions[d.A].ID == "" || positions[d.B].ID == "" {
			fail("different: %s or %s is no position", d.A, d.B)
		}
	}
	for _, c := range slices.Concat(l.Confirmations, l.Denials) {
		refs("confirmation", c.What...)
		refs("confirmation", c.By...)
	}
	for _, c := range l.Conflicts {
		once(c.ID)
		value(c.ID, c.Kind, conflictKind)
		refs(c.ID, c.A...)
		refs(c.ID, c.B...)
	}
	for _, d := range l.Decoys {
		refs("decoy "+d.Test, d.A...)
		refs("decoy "+d.Test, d.B...)
	}
	for _, c := range l.Commitments {
		once(c.ID)
		actor(c.ID, c.By)
		value(c.ID, c.Status, statuses)
		date(c.ID, c.Made)
		date(c.ID, c.Due)
		refs(c.ID, c.Statements...)
		for _, h := range c.History {
			words := strings.SplitN(h, " ", 4)
			if len(words) < 3 {
				fail("%s: history %q", c.ID, h)
				continue
			}
			date(c.ID, words[0])
			value(c.ID, words[1], statuses)
			if words[2] != "-" { // "-": the day went by
				refs(c.ID, words[2])
			}
		}
	}
	for _, line := range slices.Concat(l.Timeline, l.Brief) {
		date("line", line.Date)
		if !slices.Contains(sentences[line.Article], line.Text) {
			fail("%q is no sentence of %s", line.Text, line.Article)
		}
	}
	for _, r := range l.Roles {
		actor("role", r.Who)
		date("role", r.From)
		date("role", r.Until)
		refs("role", r.Articles...)
	}
	for _, r := range l.Retractions {
		refs("retraction", r.Page, r.Of)
	}
}

// TestTraps prints where each trap lies: every tag is set in the first story at least once.
func TestTraps(t *testing.T) {
	traps, err := Traps()
	if err != nil {
		t.Fatal(err)
	}
	where := map[string][]string{}
	first, err := Answers("first")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stories(t) {
		for _, r := range s.Readings {
			for _, a := range r.Articles {
				for _, trap := range a.Traps {
					place := r.Page.ID
					if s.Name != first.Name {
						place = s.Name + ":" + place
					}
					if !slices.Contains(where[trap.Tag], place) {
						where[trap.Tag] = append(where[trap.Tag], place)
					}
					if !slices.ContainsFunc(traps, func(tr [2]string) bool { return tr[0] == trap.Tag }) {
						t.Errorf("%s/%s: tag %q is not in traps.txt", s.Name, r.Page.File, trap.Tag)
					}
				}
			}
		}
	}
	var table strings.Builder
	for _, tr := range traps {
		fmt.Fprintf(&table, "%-26s %s\n", tr[0], strings.Join(where[tr[0]], " "))
		if !slices.ContainsFunc(where[tr[0]], func(p string) bool { return !strings.Contains(p, ":") }) {
			t.Errorf("no page of the first story has the trap %s", tr[0])
		}
	}
	t.Logf("trap and pages\n%s", &table)
}

// TestCounts prints how much there is.
func TestCounts(t *testing.T) {
	for _, s := range stories(t) {
		var articles, words, statements, times, mentions, sentences, ents int
		modes, acts := map[string]int{}, map[string]int{}
		for _, r := range s.Readings {
			ents += len(r.Entities)
			for _, a := range r.Articles {
				articles++
				words += len(strings.Fields(a.Text))
				statements += len(a.Statements)
				times += len(a.Times)
				mentions += len(a.Mentions)
				sentences += len(a.Sentences)
				for _, st := range a.Statements {
					modes[st.Mode]++
					acts[st.Act]++
				}
			}
		}
		l := s.Ledger
		t.Logf("%s: %d pages, %d articles, %d words, %d sentences, %d statements %v %v, %d times, %d mentions, %d entities on pages; "+
			"%d copies, %d events, %d stories, %d utterances, %d positions, %d changes, %d different, %d confirmations, %d denials, "+
			"%d conflicts, %d decoys, %d commitments, %d timeline, %d brief", s.Name, len(s.Readings), articles, words, sentences, statements,
			modes, acts, times, mentions, ents, len(l.Copies), len(l.Events), len(l.Stories), len(l.Utterances), len(l.Positions), len(l.Changes),
			len(l.Different), len(l.Confirmations), len(l.Denials), len(l.Conflicts), len(l.Decoys), len(l.Commitments), len(l.Timeline), len(l.Brief))
	}
}
