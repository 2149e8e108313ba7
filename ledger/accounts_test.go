package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/ledger"
	"dateline/ledger/book"
	"dateline/ledger/conflict"
	"dateline/news"
	words "dateline/text"
)

// refsOf are the statements and passages of a side or row as the demo's answers name them.
func (w *world) refsOf(ids []news.StatementID, passages []news.Passage) (out []string) {
	for _, id := range ids {
		out = append(out, w.refs[id])
	}
	for _, p := range passages {
		for _, a := range w.articles {
			if a.Article.ID == p.Article {
				out = append(out, strings.TrimPrefix(string(p.Article), "a")+": "+p.Span.Of(a.Article.Text))
				// A sentence of narration that holds a statement tells it too.
				for _, s := range a.Statements {
					for _, c := range s.Content {
						if p.Span.Overlaps(c) {
							out = append(out, w.refs[s.ID])
						}
					}
				}
			}
		}
	}
	return out
}

func meets(got, want []string) bool {
	return slices.ContainsFunc(got, func(g string) bool {
		return slices.ContainsFunc(want, func(x string) bool {
			return g == x || strings.Contains(x, ": ") && strings.HasPrefix(x, g) && len(g) > 30
		})
	})
}

func opposed(w *world, e news.Entry, a, b []string) bool {
	for i, s := range e.Dispute.Sides {
		for k, o := range e.Dispute.Sides {
			if i != k && meets(w.refsOf(s.Statements, s.Passages), a) && meets(w.refsOf(o.Statements, o.Passages), b) {
				return true
			}
		}
	}
	return false
}

// TestAccountsOfTheDemo holds what the ledger makes of the demo's hand-made statements: which of
// its conflicts and commitments are there, and that no decoy is shown as a conflict. The floors
// are what was measured; of the second part nothing was tuned.
func TestAccountsOfTheDemo(t *testing.T) {
	for _, c := range []struct {
		story                             string
		conflicts, commitments, strangers int // found at least, found at least, conflicts beside the answers at most
	}{{"first", 13, 15, 0}, {"second", 1, 6, 0}, {"dev/lorrimer-bid", 2, 8, 0}, {"dev/marrowdale-count", 3, 9, 0}, {"dev/truce", 3, 8, 0}, {"dev/ward", 4, 8, 0}} {
		w := readWorld(t, c.story)
		var rows []news.Entry
		for _, y := range w.stories {
			rows = append(rows, ledger.Keep(y, w.of(y), nil, time.Time{})...)
		}
		found, matched, total := 0, map[news.EntryID]bool{}, 0
		for _, x := range w.Ledger.Conflicts {
			ok := false
			for _, e := range rows {
				if e.Kind == news.Conflict && string(e.Dispute.Kind) == x.Kind && opposed(w, e, x.A, x.B) {
					ok, matched[e.ID] = true, true
				}
			}
			if ok {
				found++
			} else {
				t.Logf("%s: conflict %s is not found", c.story, x.ID)
			}
		}
		for _, e := range rows {
			if e.Kind != news.Conflict {
				continue
			}
			total++
			if !matched[e.ID] {
				t.Logf("%s: beside the answers: %s %s %q against %q", c.story, e.Dispute.Kind, e.Rule.Rule, e.Dispute.Sides[0].Text, e.Dispute.Sides[1].Text)
			}
			for _, x := range w.Ledger.Decoys {
				if opposed(w, e, x.A, x.B) {
					t.Errorf("%s: a decoy is shown as a conflict: %s (%s)", c.story, x.About, e.Rule.Rule)
				}
			}
		}
		kept, right := 0, 0
		for _, x := range w.Ledger.Commitments {
			ok, good, why := false, false, ""
			for _, e := range rows {
				if e.Kind != news.Commitment || !meets(w.refsOf(e.Statements, e.Passages), x.Statements) {
					continue
				}
				var last time.Time
				if c.story == "first" {
					last = time.Date(2026, 3, 22, 0, 0, 0, 0, time.UTC)
				}
				u := ledger.AsOf(e, last).Undertaking
				ok = true
				due, _ := edtf(x.Due)
				if u.Due == due && string(u.Status) == x.Status {
					good = true
				}
				why = fmt.Sprintf("due %s not %s, %s not %s", u.Due, due, u.Status, x.Status)
			}
			if ok {
				kept++
			}
			if good {
				right++
			} else {
				t.Logf("%s: commitment %s: found %v %s", c.story, x.ID, ok, why)
			}
		}
		stands := 0
		for _, x := range w.Ledger.Positions {
			if slices.ContainsFunc(rows, func(e news.Entry) bool {
				return e.Kind == news.Position && string(e.Stance) == x.Stance && meets(w.refsOf(e.Statements, e.Passages), x.Statements)
			}) {
				stands++
			}
		}
		t.Logf("%s: %d of %d positions with their stance", c.story, stands, len(w.Ledger.Positions))
		t.Logf("%s: conflicts %d of %d found, %d of %d rows in the answers; commitments %d of %d found, %d right", c.story, found, len(w.Ledger.Conflicts), len(matched), total, kept, len(w.Ledger.Commitments), right)
		if found < c.conflicts || total-len(matched) > c.strangers || kept < c.commitments {
			t.Errorf("%s: fewer than measured before", c.story)
		}
	}
}

// TestRuledOut holds that what looks like a conflict is kept with the test that rules it out.
func TestRuledOut(t *testing.T) {
	w := readWorld(t, "first")
	tests := map[string]int{}
	for _, d := range conflict.RuledOut(book.Open(w.stories[0], w.of(w.stories[0]))) {
		tests[d.Reason.Rule]++
		if d.Reason.Detail == "" || d.A == nil || d.B == nil {
			t.Errorf("%+v: no reason, or no pair", d)
		}
	}
	for _, test := range []string{"rounding", "sequence", "different_thing", "containment"} {
		if tests[test] == 0 {
			t.Errorf("nothing is ruled out by %s: %v", test, tests)
		}
	}
}

// TestSentencesAreSpans holds that each sentence a view shows is a stretch of an article of the
// story, inside one of its sentences, or of those that one quotation takes, and that none is shown of an
// article that is not. A brief cuts no quotation in two.
func TestSentencesAreSpans(t *testing.T) {
	for _, name := range []string{"first", "second"} {
		w := readWorld(t, name)
		for _, y := range w.stories {
			articles := w.of(y)
			text := map[news.ArticleID]news.Article{}
			for _, a := range articles {
				text[a.Article.ID] = a.Article
			}
			rows := ledger.Keep(y, articles, nil, time.Time{})
			check := func(view string, id news.ArticleID, s news.Passage) {
				a, known := text[id]
				if !known || !s.Span.Valid(a.Text) || s.Span.Empty() {
					t.Errorf("%s: %s: %v is no stretch of an article of the story", name, view, s)
					return
				}
				first, last := false, false
				for _, x := range a.Sentences {
					if x.Contains(s.Span) {
						return
					}
					first, last = first || s.Span.Start >= x.Start && s.Span.Start < x.End, last || s.Span.End > x.Start && s.Span.End <= x.End
				}
				if view != "brief" || !first || !last || strings.Contains(s.Span.Of(a.Text), "\n") {
					t.Errorf("%s: %s: %q is in no sentence, nor in those of one paragraph", name, view, s.Span.Of(a.Text))
				}
			}
			n := 0
			for _, l := range ledger.Open(y, articles).Timeline(rows) {
				check("timeline", l.Article, news.Passage{Article: l.Article, Span: l.Span})
				n++
			}
			for _, s := range ledger.Open(y, articles).Brief(rows, time.Time{}, time.Date(2026, 3, 22, 0, 0, 0, 0, time.UTC)) {
				check("brief", s.Article, news.Passage{Article: s.Article, Span: s.Span})
				for _, p := range words.Paragraphs(text[s.Article].Text, text[s.Article].Range) {
					for _, q := range words.Quotations(text[s.Article].Text, p) {
						if s.Row != "" && q.Closed && q.Span.Overlaps(s.Span) && !s.Span.Contains(q.Span) && q.Span.Len() < 400 {
							t.Errorf("%s: brief: %q cuts the quotation %q", name, s.Span.Of(text[s.Article].Text), q.Span.Of(text[s.Article].Text))
						}
					}
				}
				n++
			}
			if len(articles) > 3 && n < 5 {
				t.Errorf("%s: %d sentences in timeline and brief of %d articles", name, n, len(articles))
			}
		}
	}
}

// TestTimelineAsksNoMore holds that a timeline is the same of the rows and the statements that it says it asks for.
func TestTimelineAsksNoMore(t *testing.T) {
	byRows := 0
	for _, name := range []string{"first", "second"} {
		w := readWorld(t, name)
		for _, y := range w.stories {
			articles := w.of(y)
			rows := ledger.Keep(y, articles, nil, time.Time{})
			cited := map[news.StatementID]bool{}
			var some []news.Entry
			for _, e := range rows {
				if slices.Contains(ledger.TimelineKinds, e.Kind) {
					some = append(some, e)
				}
				for _, id := range ledger.TimelineCites(e) {
					cited[id] = true
				}
			}
			var bare []news.Annotation
			for _, a := range articles {
				if !slices.ContainsFunc(a.Statements, func(s news.Statement) bool { return cited[s.ID] }) {
					a.Statements = nil
				}
				bare = append(bare, a)
			}
			want, got := ledger.Open(y, articles).Timeline(rows), ledger.Open(y, bare).Timeline(some)
			if !slices.Equal(got, want) {
				t.Errorf("%s: story %s: %d lines, %d of all rows and statements", name, y.ID, len(got), len(want))
			}
			for _, l := range want {
				if l.Reason.Rule == "row" {
					byRows++
				}
			}
		}
	}
	if byRows == 0 {
		t.Error("no line is there for a row: the test cannot fail")
	}
}
