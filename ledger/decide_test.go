package ledger_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/ledger"
	"dateline/news"
)

// TestDecisions makes decisions on the demo's story and holds what each does, that it finds its
// place again when a new reading gives the statement another id, and that without it the rows are
// those that were read.
func TestDecisions(t *testing.T) {
	w := readWorld(t, "first")
	y := w.stories[0]
	articles := w.of(y)
	keep := func(articles []news.Annotation, d ...news.Decision) (map[news.EntryID]news.Entry, map[news.DecisionID]bool) {
		k := ledger.NewKeeper(y.ID, d)
		k.Update(y, articles)
		changed, _ := k.Settle()
		rows := map[news.EntryID]news.Entry{}
		for _, e := range changed {
			rows[e.ID] = e
		}
		return rows, k.Decided()
	}
	read, _ := keep(articles)
	statement := w.ids["13/1#16"]
	var in news.Annotation
	var st news.Statement
	for _, a := range articles {
		for _, s := range a.Statements {
			if s.ID == statement {
				in, st = a, s
			}
		}
	}
	anchor := news.NewAnchor(st, in.Article.Text)
	made := time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)
	fix := news.Decision{ID: "d1", Kind: news.FixSpeaker, Object: string(statement), Value: "Tomas Oyle", Anchor: anchor, Made: made}
	says := func(rows map[news.EntryID]news.Entry, id news.StatementID) news.Entry {
		for _, e := range rows {
			if e.Kind == news.Utterance && slices.Contains(e.Statements, id) {
				return e
			}
		}
		return news.Entry{}
	}

	rows, found := keep(articles, fix)
	if e := says(rows, statement); e.Actor.Name != "Tomas Oyle" || e.Actor.Entity != "oyle" || !slices.Contains(e.Decisions, "d1") || !found["d1"] {
		t.Errorf("a speaker that was put right: %+v, found %v", e.Actor, found)
	}
	later := fix
	later.ID, later.Value, later.Made = "d2", "Petra Lindqvar", made.Add(time.Hour)
	rows, _ = keep(articles, later, fix)
	if e := says(rows, statement); e.Actor.Name != "Petra Lindqvar" || !slices.Contains(e.Decisions, "d1") || !slices.Contains(e.Decisions, "d2") {
		t.Errorf("of two decisions the later holds and both are told: %v, %v", e.Actor.Name, e.Decisions)
	}
	later.Undone = made.Add(2 * time.Hour)
	fix.Undone = later.Undone
	if rows, _ = keep(articles, later, fix); differ(read, rows) != "" {
		t.Errorf("what was undone still bears: %s", differ(read, rows))
	}
	fix.Undone = time.Time{}

	// A new reading: the statement has another id and a content that is a little shorter.
	again := slices.Clone(articles)
	for i, a := range again {
		if a.Article.ID == in.Article.ID {
			again[i].Statements = slices.Clone(a.Statements)
			for k, s := range again[i].Statements {
				if s.ID == statement {
					s.ID = "snew"
					s.Content = slices.Clone(s.Content)
					s.Content[0].Start += 4
					again[i].Statements[k] = s
				}
			}
		}
	}
	rows, found = keep(again, fix)
	if e := says(rows, "snew"); e.Actor.Name != "Tomas Oyle" || !found["d1"] {
		t.Errorf("after a new reading: %v, found %v", e.Actor.Name, found)
	}
	elsewhere := fix
	elsewhere.Object, elsewhere.Anchor.Exact = "sgone", "words that nobody wrote"
	if _, found = keep(articles, elsewhere); found["d1"] || len(found) != 1 {
		t.Errorf("a decision without a place: %v; it is lost, and listed", found)
	}

	when := news.Decision{ID: "d3", Kind: news.FixSaid, Object: string(statement), Value: "2026-03-08", Anchor: anchor, Made: made}
	rows, _ = keep(articles, when)
	if e := says(rows, statement); e.Said.When.String() != "2026-03-08" || e.Said.Reason.Rule != "decided" {
		t.Errorf("a day that was put right: %v", e.Said)
	}
	no := news.Decision{ID: "d4", Kind: news.RejectRow, Object: string(statement), Anchor: anchor, Made: made}
	if rows, _ = keep(articles, no); says(rows, statement).ID != "" {
		t.Error("a statement that was rejected has a row")
	}

	var position news.Entry
	for _, e := range read {
		if e.Kind == news.Position && e.Issue.Name == "toll exemption" && e.Actor.Entity == "marran" && e.Stance == news.Open {
			position = e
		}
	}
	if position.ID == "" {
		t.Fatal("no position to decide on")
	}
	article := position.Quotes[0].Article
	reject := news.Decision{ID: "d5", Kind: news.RejectRow, Object: string(position.ID), Anchor: news.Anchor{Article: article}, Made: made}
	rows, found = keep(articles, reject)
	if _, stands := rows[position.ID]; stands || !found["d5"] {
		t.Errorf("a position that was rejected stands: %v, found %v", stands, found)
	}
	for id, e := range rows {
		if slices.Contains(e.Of, position.ID) {
			t.Errorf("row %s is made of the rejected one: %v", id, e.Of)
		}
	}

	var other news.IssueID
	for _, e := range read {
		if strings.HasSuffix(e.Issue.Name, "guarantee") {
			other = e.Issue.ID
		}
	}
	merge := news.Decision{ID: "d6", Kind: news.MergeIssues, Object: string(position.Issue.ID), Other: string(other), Anchor: news.Anchor{Article: article}, Made: made}
	name := news.Decision{ID: "d7", Kind: news.RenameIssue, Object: string(other), Value: "the bargain", Anchor: news.Anchor{Article: article}, Made: made}
	rows, found = keep(articles, merge, name)
	if !found["d6"] || !found["d7"] {
		t.Errorf("issues were not found: %v", found)
	}
	n := 0
	for _, e := range rows {
		if e.Issue.ID == position.Issue.ID {
			t.Errorf("row %s is of the issue that was merged", e.ID)
		}
		if e.Kind == news.Position && e.Issue.ID == other {
			if n++; e.Issue.Name != "the bargain" || len(e.Decisions) == 0 {
				t.Errorf("%+v, %v", e.Issue, e.Decisions)
			}
		}
	}
	if n < 10 {
		t.Errorf("%d positions on the merged issue", n)
	}
	back := news.Decision{ID: "d8", Kind: news.MergeIssues, Object: string(other), Other: string(position.Issue.ID), Anchor: news.Anchor{Article: article}, Made: made.Add(time.Hour)}
	rows, _ = keep(articles, back, merge)
	for _, e := range rows {
		if e.Issue.ID == other {
			t.Errorf("row %s is of the issue that was merged later", e.ID)
		}
		if e.Kind == news.Position && e.Issue.ID == position.Issue.ID {
			n--
		}
	}
	if n != 0 {
		t.Errorf("of two merges that make a circle the later holds: %d positions too few", n)
	}
}

// TestRetraction holds that the rows of an article that was taken back stay, each marked.
func TestRetraction(t *testing.T) {
	w := readWorld(t, "first")
	y := w.stories[0]
	marked := 0
	for _, e := range ledger.Keep(y, w.of(y), nil, time.Time{}) {
		for _, q := range e.Quotes {
			if q.Article != articleID("15/1") {
				continue
			}
			if marked++; !slices.Contains(e.Corrections, news.Correction{Of: articleID("15/1"), By: articleID("19/1"), Whole: true}) {
				t.Errorf("row %s rests on what was taken back, and does not say so: %v", e.ID, e.Corrections)
			}
		}
	}
	if marked == 0 {
		t.Error("no row rests on the article that was taken back")
	}
	view := ledger.Open(y, w.of(y))
	for _, l := range view.Timeline(nil) {
		if l.Article == articleID("15/1") {
			t.Error("the timeline tells what was taken back")
		}
	}
	for _, l := range view.Brief(nil, time.Time{}, time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)) {
		if l.Article == articleID("15/1") {
			t.Error("the brief tells what was taken back")
		}
	}
}

// TestSmallAndOdd holds that stories at the edge lose no row: of one article, of articles without a
// day, and one in which a speaker is found to be two.
func TestSmallAndOdd(t *testing.T) {
	w := readWorld(t, "first")
	y := w.stories[0]
	articles := w.of(y)
	said := func(articles []news.Annotation) int { return len(saidIn(articles)) }
	in := func(rows []news.Entry) (n int) {
		for _, e := range rows {
			if e.Kind == news.Utterance {
				n += len(e.Statements)
			}
		}
		return n
	}
	one := articles[:1]
	if got, want := in(ledger.Keep(y, one, nil, time.Time{})), said(one); got != want {
		t.Errorf("one article: %d of %d statements have a row", got, want)
	}
	undated := slices.Clone(articles)
	for i := range undated {
		undated[i].Article.Published = news.Published{}
		undated[i].Statements = slices.Clone(undated[i].Statements)
		for k := range undated[i].Statements {
			undated[i].Statements[k].Said = news.Said{}
		}
	}
	if got, want := in(ledger.Keep(news.Story{ID: "y"}, undated, nil, time.Time{})), said(undated); got != want {
		t.Errorf("no days: %d of %d statements have a row", got, want)
	}
	k := ledger.NewKeeper(y.ID, nil)
	k.Update(y, articles)
	k.Settle()
	split := slices.Clone(articles)
	for i := range split {
		split[i].Statements = slices.Clone(split[i].Statements)
		for n, s := range split[i].Statements {
			if s.Speaker.Entity == "marran" && i%2 == 0 {
				split[i].Statements[n].Speaker.Entity = "another"
			}
		}
	}
	k.Update(y, split)
	k.Settle()
	if got, want := k.Len(), len(ledger.Keep(y, split, nil, time.Time{})); got != want {
		t.Errorf("a speaker that became two: %d rows stand, not %d", got, want)
	}
}
