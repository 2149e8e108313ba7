package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"dateline/ledger"
	"dateline/news"
)

// saidIn are the statements of articles that tell of an act of saying by somebody.
func saidIn(articles []news.Annotation) map[news.StatementID]bool {
	said := map[news.StatementID]bool{}
	for _, a := range articles {
		for _, s := range a.Statements {
			switch s.Act {
			case news.Thought, news.Poll, news.Perception:
			default:
				if s.Speaker.Name != "" {
					said[s.ID] = true
				}
			}
		}
	}
	return said
}

// oneRowEach says which statement is in no row of an act of saying, or in two; "" if none is.
func oneRowEach(rows map[news.EntryID]news.Entry, said map[news.StatementID]bool) string {
	in := map[news.StatementID]int{}
	for _, e := range rows {
		if e.Kind == news.Utterance {
			for _, id := range e.Statements {
				in[id]++
			}
		}
	}
	for id := range said {
		if in[id] != 1 {
			return fmt.Sprintf("statement %s is in %d rows", id, in[id])
		}
	}
	if len(in) != len(said) {
		return fmt.Sprintf("%d statements have rows, not %d", len(in), len(said))
	}
	return ""
}

func byID(rows []news.Entry) map[news.EntryID]news.Entry {
	all := map[news.EntryID]news.Entry{}
	for _, e := range rows {
		all[e.ID] = e
	}
	return all
}

// TestContradictions has people decide at random, against each other and in circles: who said what and
// when, in which words, which issues are one. No statement that was not rejected loses its row, the
// rows are the same in whatever order decisions and articles come, and what is undone leaves no trace.
func TestContradictions(t *testing.T) {
	w := readWorld(t, "first")
	y := w.stories[0]
	articles := w.of(y)
	read := byID(ledger.Keep(y, articles, nil, time.Time{}))
	var issues []news.IssueID
	for _, e := range read {
		if e.Issue.ID != "" && !slices.Contains(issues, e.Issue.ID) {
			issues = append(issues, e.Issue.ID)
		}
	}
	slices.Sort(issues)
	names := []string{"Tomas Oyle", "Petra Lindqvar", "Somebody Unheard Of"}
	days := []string{"2026-03-08", "2026-03-09", "no day"}
	for n := range 6 {
		random := rand.New(rand.NewPCG(uint64(n), 5))
		said := saidIn(articles)
		var decisions []news.Decision
		for i := range 40 {
			a := articles[random.IntN(3)] // few, so that they meet
			s := a.Statements[random.IntN(min(4, len(a.Statements)))]
			d := news.Decision{ID: news.DecisionID(fmt.Sprintf("d%02d", i)), Object: string(s.ID), Anchor: news.NewAnchor(s, a.Article.Text), Made: time.Date(2026, 4, 1, 9, random.IntN(4), 0, 0, time.UTC)}
			switch random.IntN(8) {
			case 0, 1, 2:
				d.Kind, d.Value = news.FixSpeaker, names[random.IntN(len(names))]
			case 3:
				d.Kind, d.Value = news.FixSaid, days[random.IntN(len(days))]
			case 4:
				d.Kind, d.Value = news.FixBoundary, a.Article.Text[s.Content[0].Start:s.Content[0].End-1]
			case 5, 6:
				d.Kind, d.Object, d.Other = news.MergeIssues, string(issues[random.IntN(min(3, len(issues)))]), string(issues[random.IntN(min(3, len(issues)))])
			case 7:
				d.Kind, d.Object, d.Value = news.RenameIssue, string(issues[random.IntN(min(3, len(issues)))]), fmt.Sprint("matter ", i)
			}
			if d.Kind == news.FixSpeaker {
				said[s.ID] = s.Act != news.Thought && s.Act != news.Poll && s.Act != news.Perception // nobody was known to say it before
			}
			decisions = append(decisions, d)
		}
		said = onlyTrue(said)
		whole := byID(ledger.Keep(y, articles, decisions, time.Time{}))
		if lost := oneRowEach(whole, said); lost != "" {
			t.Errorf("%d: %s", n, lost)
		}
		random.Shuffle(len(decisions), func(i, k int) { decisions[i], decisions[k] = decisions[k], decisions[i] })
		k := ledger.NewKeeper(y.ID, decisions)
		got := map[news.EntryID]news.Entry{}
		for _, upto := range []int{len(articles) / 3, len(articles)} {
			k.Update(y, articles[:upto])
			changed, gone := k.Settle()
			for _, e := range changed {
				got[e.ID] = e
			}
			for _, id := range gone {
				delete(got, id)
			}
		}
		if d := differ(whole, got); d != "" {
			t.Errorf("%d: one after another: %.900s", n, d)
		}
		for i := range decisions {
			decisions[i].Undone = decisions[i].Made.Add(time.Hour)
		}
		if d := differ(read, byID(ledger.Keep(y, articles, decisions, time.Time{}))); d != "" {
			t.Errorf("%d: what was undone still bears: %.900s", n, d)
		}
	}
}

func onlyTrue(set map[news.StatementID]bool) map[news.StatementID]bool {
	for id, is := range set {
		if !is {
			delete(set, id)
		}
	}
	return set
}

// TestLongStory makes the ledger of a story of 2,000 short articles, with DATELINE_LONG of 20,000: each
// statement has its row, and rows grow with the articles and not with their pairs.
func TestLongStory(t *testing.T) {
	size := 2000
	if os.Getenv("DATELINE_LONG") != "" {
		size = 20_000
	}
	w := readWorld(t, "first")
	var short []news.Annotation
	for _, a := range w.of(w.stories[0]) {
		if a.Statements = slices.Clone(a.Statements[:min(2, len(a.Statements))]); len(a.Statements) > 0 {
			for i := range a.Statements {
				a.Statements[i].Within = ""
			}
			a.Article.Sentences = a.Article.Sentences[:min(4, len(a.Article.Sentences))]
			short = append(short, a)
		}
	}
	k := ledger.NewKeeper("y", nil)
	rows := map[news.EntryID]news.Entry{}
	var articles []news.Annotation
	var each [2]float64 // rows an article at a tenth, and in the end
	for part, upto := range []int{size / 10, size} {
		for n := len(articles); n < upto; n++ {
			a := again(short[n%len(short)], n/len(short))
			articles = append(articles, a)
			k.Put(a)
		}
		used := cpu()
		changed, gone := k.Settle()
		for _, e := range changed {
			rows[e.ID] = e
		}
		for _, id := range gone {
			delete(rows, id)
		}
		each[part] = float64(len(rows)) / float64(upto)
		t.Logf("%d articles, %d rows, settled in %v of processor time", upto, len(rows), cpu()-used)
	}
	if lost := oneRowEach(rows, saidIn(articles)); lost != "" {
		t.Error(lost)
	}
	if each[1] > 1.3*each[0] {
		t.Errorf("%.1f rows an article, of a tenth of them %.1f", each[1], each[0])
	}
}
