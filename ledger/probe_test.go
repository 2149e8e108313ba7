package ledger_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"dateline/ledger"
	"dateline/news"
)

func TestProbe(t *testing.T) {
	if os.Getenv("PROBE") == "" {
		t.Skip()
	}
	w := readWorld(t, os.Getenv("PROBE"))
	var rows []news.Entry
	for _, y := range w.stories {
		rows = append(rows, ledger.Keep(y, w.of(y), nil, time.Time{})...)
	}
	found := 0
	used := map[news.EntryID]bool{}
	for _, p := range w.Ledger.Positions {
		best, why := 0, ""
		for _, r := range rows {
			if r.Kind != news.Position || string(r.Actor.Entity) != p.Actor || r.Issue.Name != p.Issue {
				continue
			}
			shared := 0
			for _, s := range r.Statements {
				for _, x := range p.Statements {
					if w.ids[x] == s {
						shared++
					}
				}
			}
			if shared > 0 {
				why += fmt.Sprintf(" [%s %s %v by=%s n=%d/%d %s]", r.Stance, r.Said.When, r.Rule, r.AscribedBy.Name, shared, len(r.Statements), r.Text)
				if string(r.Stance) == p.Stance {
					best = max(best, shared)
					used[r.ID] = true
				}
			}
		}
		if best > 0 {
			found++
		}
		fmt.Printf("%v %s %s %s %s %v -> %s\n", best > 0, p.ID, p.Stance, p.Said, p.AscribedBy, p.Statements, why)
	}
	n := 0
	for _, r := range rows {
		if r.Kind != news.Position {
			continue
		}
		for _, i := range w.PositionIssues {
			if i == r.Issue.Name && !used[r.ID] {
				fmt.Printf("EXTRA %s | %s | %s | %s | %s | %.120s | %v %s\n", r.Actor.Name, r.Issue.Name, r.Stance, r.Said.When, r.AscribedBy.Name, r.Text, r.Rule, w.refs[r.Statements[0]])
				n++
			}
		}
	}
	fmt.Println("found", found, "of", len(w.Ledger.Positions), "extra", n)
	uf := 0
	for _, u := range w.Ledger.Utterances {
		groups := map[news.EntryID]int{}
		size := map[news.EntryID]int{}
		for _, r := range rows {
			if r.Kind == news.Utterance {
				size[r.ID] = len(r.Statements)
				for _, s := range r.Statements {
					for _, x := range u.Statements {
						if w.ids[x] == s {
							groups[r.ID]++
						}
					}
				}
			}
		}
		best := 0
		var in news.EntryID
		for id, n := range groups {
			if n > best {
				best, in = n, id
			}
		}
		or := ""
		for _, r := range rows {
			if r.ID == in {
				or = fmt.Sprintf("%d..%d %v", r.Origins.Least, r.Origins.Most, r.Origins.Reasons)
			}
		}
		ok := 2*best >= len(u.Statements) && 2*best >= size[in]
		if ok {
			uf++
		}
		fmt.Printf("U %v %s best %d of %d, row of %d, in %d rows | gold origins %s ours %s\n", ok, u.ID, best, len(u.Statements), size[in], len(groups), u.Origins, or)
	}
	fmt.Println("utterances", uf, "of", len(w.Ledger.Utterances))
	for _, c := range w.Ledger.Changes {
		fmt.Println("CHANGE gold", c.From, c.To, c.ReportedBy)
	}
	for _, r := range rows {
		if r.Kind == news.Change || r.Kind == news.Difference {
			fmt.Printf("%s %s %s %s %v %s %v | %v\n", r.Kind, r.Actor.Name, r.Issue.Name, r.Stance, r.Said.When, r.Rule, r.ReportedBy, w.refs[r.Statements[0]])
		}
	}
}
