package story_test

import (
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/web/view"
	"dateline/web/view/story"
)

var noon = time.Date(2031, 5, 10, 12, 0, 0, 0, time.UTC)

func interval(t *testing.T, s string) news.Interval {
	t.Helper()
	i, err := news.ParseInterval(s)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// dossier is an invented story with a row of every kind.
func dossier(t *testing.T) news.Dossier {
	ruiz, port := news.Speaker{Entity: "eruiz", Name: "Ana Ruiz"}, news.Speaker{Entity: "eport", Name: "the port"}
	toll := news.Issue{ID: "itoll", Name: "toll"}
	said := func(day string) news.Said { return news.Said{When: interval(t, day)} }
	quote := func(a news.ArticleID, words string) []news.Quote {
		return []news.Quote{{Article: a, Text: words, Cue: "said"}}
	}
	return news.Dossier{
		Story: news.Story{ID: "yone", Name: "The bridge", Events: []news.Event{
			{ID: "vone", Title: "The bridge opens", Date: interval(t, "2031-05-03"), Articles: []news.ArticleID{"aone", "atwo"}, Copies: []news.Copy{{Article: "atwo", Of: "aone"}}},
			{ID: "vtwo", Title: "The toll", Date: interval(t, "2031-05-06"), Articles: []news.ArticleID{"athree"}},
		}},
		Heads: map[news.ArticleID]news.Head{
			"aone":   {ID: "aone", Title: "It opens", Outlet: "The Alba Courier", Published: interval(t, "2031-05-03")},
			"atwo":   {ID: "atwo", Title: "It opens", Outlet: "Alba 24", Published: interval(t, "2031-05-04")},
			"athree": {ID: "athree", Title: "A toll", Outlet: "The Alba Courier", Published: interval(t, "2031-05-06")},
		},
		Entries: []news.Entry{
			{ID: "lsaid", Kind: news.Utterance, Story: "yone", Actor: ruiz, Text: "There is no toll", Said: said("2031-05-03"), Statements: []news.StatementID{"sone", "stwo"},
				Quotes:   []news.Quote{{Article: "aone", Text: "There is no toll", Cue: "said"}, {Article: "atwo", Text: "There's no toll", Cue: "said"}},
				Wordings: []news.Wording{{Statement: "sone", Pieces: []news.Piece{{Kind: news.SamePiece, Text: "There is no toll"}}}, {Statement: "stwo", Pieces: []news.Piece{{Kind: news.AlteredPiece, Text: "There's", Fullest: "There is"}, {Kind: news.SamePiece, Text: "no toll"}}}},
				Chain:    []news.Link{{Name: "The Alba Courier"}, {Name: "Ana Ruiz", Entity: "eruiz"}}},
			{ID: "lwas", Kind: news.Position, Story: "yone", Actor: ruiz, Issue: toll, Stance: news.Opposes, Text: "There is no toll", Said: said("2031-05-03"), Statements: []news.StatementID{"sone"}, Quotes: quote("aone", "There is no toll")},
			{ID: "lis", Kind: news.Position, Story: "yone", Actor: ruiz, Issue: toll, Stance: news.Supports, Text: "A toll is fair", Said: said("2031-05-06"), Statements: []news.StatementID{"sthree"}, Quotes: quote("athree", "A toll is fair")},
			{ID: "lturn", Kind: news.Change, Story: "yone", Actor: ruiz, Issue: toll, Said: said("2031-05-06"), Of: []news.EntryID{"lwas", "lis"}, ReportedBy: []news.ArticleID{"athree"}},
			{ID: "ldiffer", Kind: news.Conflict, Story: "yone", Dispute: &news.Dispute{Kind: news.OnNumber, About: "what it cost", Sides: []news.Side{
				{Actor: ruiz, Text: "40 million", Statements: []news.StatementID{"sone"}, Origins: news.Origins{Least: 1, Most: 1}}, {Text: "60 million", Passages: []news.Passage{{Article: "athree"}}}}}},
			{ID: "lvow", Kind: news.Commitment, Story: "yone", Actor: port, Undertaking: &news.Undertaking{What: "keep the ferry", Due: interval(t, "2031-05-20"), Status: news.StatusOpen}},
			{ID: "lyes", Kind: news.Confirmation, Story: "yone", Actor: ruiz, Of: []news.EntryID{"lwas", "lis"}},
		},
	}
}

func TestStory(t *testing.T) {
	v := story.New(story.Lay(dossier(t), noon), story.Filter{}, view.Links{AsOf: "2031-05-10"}, noon)
	if v.Articles != 3 || len(v.Outlets) != 2 || v.Outlets[0].Text != "The Alba Courier" || v.From.Text != "3 May 2031" || v.To.Text != "6 May 2031" {
		t.Errorf("head: %+v", v)
	}
	if len(v.Changes) != 1 || v.Changes[0].Between != "3 days later" || v.Changes[0].Earlier.Stance != news.Opposes || v.Changes[0].Later.Text != "A toll is fair" || len(v.Changes[0].ReportedBy) != 1 {
		t.Errorf("changes: %+v", v.Changes)
	}
	if len(v.Disputes) != 1 || len(v.Disputes[0].Sides) != 2 || v.Disputes[0].On != "a number" || v.Disputes[0].Sides[0].Cue != "" || !v.Disputes[0].Sides[1].Own || len(v.Disputes[0].Sides[1].Reports) != 1 {
		t.Errorf("disputes: %+v", v.Disputes)
	}
	if len(v.Agenda) != 1 || !v.Agenda[0].Ahead || v.Agenda[0].What != "keep the ferry" {
		t.Errorf("agenda: %+v", v.Agenda)
	}
	if m := v.Matrix; len(m.Issues) != 1 || len(m.Actors) != 1 || m.Actors[0].Cells[0].Now.Stance != news.Supports || m.Actors[0].Cells[0].Changed != 1 || len(m.Actors[0].Cells[0].History) != 2 {
		t.Errorf("matrix: %+v", m)
	}
	if e := v.Events[1]; len(v.Events) != 2 || len(e.Articles) != 1 || len(e.Articles[0].Copies) != 1 {
		t.Errorf("the copy does not stand under what it copies: %+v", v.Events)
	}
	if len(v.Carriers.Edges) != 1 || v.Carriers.Edges[0].From != "The Alba Courier" || v.Carriers.Edges[0].To != "Alba 24" {
		t.Errorf("carriers: %+v", v.Carriers)
	}
	if len(v.Wordings) != 1 || !v.Wordings[0].Reports[0].Fullest || v.Wordings[0].Reports[1].Outlet != "Alba 24" {
		t.Errorf("wordings: %+v", v.Wordings)
	}
	if len(v.Confirmed) != 1 || v.Confirmed[0].Claim.Text == "" {
		t.Errorf("confirmed: %+v", v.Confirmed)
	}
	if v.Ledger.All != 7 || v.Ledger.Found != 7 || len(v.Ledger.Rows) != 7 {
		t.Errorf("ledger: %+v", v.Ledger)
	}
	if tl := v.Timeline; len(tl.Points) != 4 || tl.Now == nil || tl.Points[0].X >= tl.Points[3].X || !tl.Points[3].Ahead {
		t.Errorf("timeline: %+v", tl)
	}
	if !strings.Contains(v.URL, "as-of=2031-05-10") || !strings.Contains(v.Changes[0].URL, "as-of=2031-05-10") {
		t.Error("a link of a page as of a time does not keep it")
	}
	narrowed := story.New(story.Lay(dossier(t), noon), story.Filter{Kind: "utterance", Actor: "ruiz", Outlet: "Alba 24", Words: "toll"}, view.Links{}, noon)
	if narrowed.Ledger.Found != 1 || narrowed.Ledger.Rows[0].ID != "lsaid" {
		t.Errorf("narrowed: %+v", narrowed.Ledger)
	}
}

// TestSides holds that two accounts of one person are told apart: by the words that report them, and by
// who brings them.
func TestSides(t *testing.T) {
	d := dossier(t)
	d.Entries[0].Chain = []news.Link{{Name: "The Alba Courier"}, {Name: "two aides", Entity: "eaides"}, {Name: "Ana Ruiz", Entity: "eruiz"}}
	e := &d.Entries[4]
	e.Statements = []news.StatementID{"sone", "sthree"}
	e.Quotes = []news.Quote{{Article: "aone", Text: "There is no toll", Cue: "told"}, {Article: "athree", Text: "she had offered a toll", Cue: "denied"}}
	e.Dispute.Kind, e.Dispute.About = news.OnPolarity, "whether: [Ruiz] had offered a toll"
	e.Dispute.Sides = []news.Side{{Actor: e.Dispute.Sides[0].Actor, Text: "There is no toll", Statements: e.Statements[:1]}, {Actor: e.Dispute.Sides[0].Actor, Text: "she had offered a toll", Statements: e.Statements[1:]}}
	v := story.New(story.Lay(d, noon), story.Filter{}, view.Links{}, noon).Disputes[0]
	var heads []string
	for _, s := range v.Sides {
		head := s.Actor.Text + " " + s.Cue
		for _, by := range s.Told {
			head += ", " + by.Text
		}
		heads = append(heads, head)
	}
	if got, want := strings.Join(heads, "; "), "Ana Ruiz , two aides, The Alba Courier; Ana Ruiz denied, The Alba Courier"; got != want || v.About != "Whether [Ruiz] had offered a toll" {
		t.Errorf("%s: the sides are headed %q, not %q", v.About, got, want)
	}
}

// TestPromises holds that what is ahead comes first, the nearest day first, then what is past, the last
// day first, each with what is known of its outcome.
func TestPromises(t *testing.T) {
	d := news.Dossier{Story: news.Story{ID: "yone"}}
	for id, due := range map[news.EntryID]string{"lpast": "2031-05-01", "llast": "2031-05-09", "lfar": "2031-06-01", "lnear": "2031-05-10", "lnone": ""} {
		e := news.Entry{ID: id, Kind: news.Commitment, Undertaking: &news.Undertaking{What: "keep the ferry", Status: news.StatusOpen}}
		if due != "" {
			e.Undertaking.Due = interval(t, due)
		}
		d.Entries = append(d.Entries, e)
	}
	var got []string
	for _, p := range story.New(story.Lay(d, noon), story.Filter{}, view.Links{}, noon).Promises {
		got = append(got, p.ID+": "+p.Outcome)
	}
	if want := "lnear: due now, lfar: still open, llast: no outcome on record, lpast: no outcome on record, lnone: still open"; strings.Join(got, ", ") != want {
		t.Errorf("%q, not %q", strings.Join(got, ", "), want)
	}
}

// TestEmptyStory holds that a story of which nothing is known can be shown.
func TestEmptyStory(t *testing.T) {
	v := story.New(story.Lay(news.Dossier{Story: news.Story{ID: "yone", Events: []news.Event{{ID: "v", Articles: []news.ArticleID{"agone"}}}}}, noon), story.Filter{Page: 99}, view.Links{}, noon)
	if v.Name == "" || len(v.Timeline.Points) != 0 || v.Events[0].Articles[0].Outlet == "" {
		t.Errorf("%+v", v)
	}
	story.NewGlance(story.Lay(news.Dossier{}, noon), noon, view.Links{}, noon)
}
