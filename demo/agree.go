package demo

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
)

// SecondPass reads what the second reader of a story wrote: one list of articles a page
// (nil for a page not yet read) and the positions and conflicts.
func SecondPass(story string) (map[string][]Article, Ledger, error) {
	pages, err := Pages(story)
	if err != nil {
		return nil, Ledger{}, err
	}
	read := map[string][]Article{}
	for _, p := range pages {
		base := strings.TrimSuffix(p.File, path.Ext(p.File))
		b, err := files.ReadFile(path.Join(story, "pass2", base+".gold"))
		if err != nil {
			continue
		}
		articles, err := ParseGold(string(b))
		if err != nil {
			return nil, Ledger{}, fmt.Errorf("read pass2/%s.gold: %w", base, err)
		}
		for _, a := range articles {
			if len(a.Statements) > 0 {
				read[p.ID] = articles
			}
		}
	}
	var l Ledger
	if b, err := files.ReadFile(path.Join(story, "pass2", "ledger.toml")); err == nil {
		if err := decode(string(b), &l); err != nil {
			return nil, Ledger{}, fmt.Errorf("read pass2/ledger.toml: %w", err)
		}
	}
	return read, l, nil
}

// A Tally counts what two readers have in common.
type Tally struct{ Both, First, Second int }

// F1 is 2*both/(first+second), 0 if neither reader found anything.
func (t Tally) F1() float64 {
	if t.First+t.Second == 0 {
		return 0
	}
	return 2 * float64(t.Both) / float64(t.First+t.Second)
}

func (t Tally) String() string {
	return fmt.Sprintf("F1 %.3f (%d in common, %d in pass one, %d in pass two)", t.F1(), t.Both, t.First, t.Second)
}

// An Agreement compares two readings of one story.
type Agreement struct {
	Statements Tally // contents overlap by half, sources overlap or both have none
	Contents   Tally // the same without regard to sources
	Speaker    Tally // of the statements that match: who the speaker is
	Mode       Tally
	Act        Tally
	Positions  Tally
	Conflicts  Tally
	Only       []string // what one reader has and the other has not, for settling
}

// Compare lays the second pass beside the answers. Pages the second reader has not read
// are left out.
func Compare(s *Story, second map[string][]Article, l Ledger) Agreement {
	var g Agreement
	names := map[string]Entity{}
	forms := map[string][]string{}
	for _, r := range s.Readings {
		for _, e := range r.Entities {
			names[e.ID] = e
			forms[e.ID] = append(forms[e.ID], e.Forms...)
		}
	}
	same := func(id, name string) bool {
		if id == "" || name == "" {
			return id == name
		}
		name = strings.ToLower(name)
		if anon, ok := strings.CutPrefix(name, "anonymous:"); ok {
			return names[id].Anonymous && anon != ""
		}
		if strings.ToLower(names[id].Name) == name {
			return true
		}
		return slices.ContainsFunc(forms[id], func(f string) bool { return strings.ToLower(f) == name })
	}
	for _, r := range s.Readings {
		theirs, ok := second[r.Page.ID]
		if !ok {
			continue
		}
		for i := range r.Articles {
			a := &r.Articles[i]
			if i >= len(theirs) {
				g.Statements.First += len(a.Statements)
				continue
			}
			b := &theirs[i]
			g.Statements.First += len(a.Statements)
			g.Statements.Second += len(b.Statements)
			g.Contents.First += len(a.Statements)
			g.Contents.Second += len(b.Statements)
			mine, yours := matched(a, b, true)
			g.Statements.Both += len(mine)
			loose, _ := matched(a, b, false)
			g.Contents.Both += len(loose)
			for k, n := range mine {
				x, y := a.Statements[n], b.Statements[yours[k]]
				for _, c := range []struct {
					t  *Tally
					ok bool
				}{{&g.Speaker, same(x.Speaker, y.Speaker)}, {&g.Mode, x.Mode == y.Mode}, {&g.Act, x.Act == y.Act}} {
					c.t.First++
					c.t.Second++
					if c.ok {
						c.t.Both++
					}
				}
			}
			for n, st := range a.Statements {
				if !slices.Contains(mine, n) {
					g.Only = append(g.Only, fmt.Sprintf("one %s/%d#%d: %s | %s", r.Page.ID, a.Number, st.Number, a.Quote(st.Source), a.Quote(st.Content)))
				}
			}
			for n, st := range b.Statements {
				if !slices.Contains(yours, n) {
					g.Only = append(g.Only, fmt.Sprintf("two %s/%d#%d: %s | %s", r.Page.ID, a.Number, st.Number, b.Quote(st.Source), b.Quote(st.Content)))
				}
			}
		}
	}

	g.Positions.First, g.Positions.Second = len(s.Ledger.Positions), len(l.Positions)
	taken := map[int]bool{}
	for _, p := range s.Ledger.Positions {
		n := slices.IndexFunc(l.Positions, func(q Position) bool {
			return same(p.Actor, q.Actor) && p.Issue == q.Issue && p.Stance == q.Stance && near(p.Said, q.Said)
		})
		for n >= 0 && taken[n] {
			next := slices.IndexFunc(l.Positions[n+1:], func(q Position) bool {
				return same(p.Actor, q.Actor) && p.Issue == q.Issue && p.Stance == q.Stance && near(p.Said, q.Said)
			})
			if next < 0 {
				n = -1
			} else {
				n += 1 + next
			}
		}
		if n < 0 {
			g.Only = append(g.Only, fmt.Sprintf("one position %s: %s %s %s, %s", p.ID, p.Actor, p.Stance, p.Issue, p.Said))
			continue
		}
		taken[n] = true
		g.Positions.Both++
	}
	for n, q := range l.Positions {
		if !taken[n] {
			g.Only = append(g.Only, fmt.Sprintf("two position: %s %s %s, %s: %s", q.Actor, q.Stance, q.Issue, q.Said, q.Text))
		}
	}

	g.Conflicts.First, g.Conflicts.Second = len(s.Ledger.Conflicts), len(l.Conflicts)
	clear(taken)
	for _, c := range s.Ledger.Conflicts {
		n := -1
		for k, d := range l.Conflicts {
			if !taken[k] && c.Kind == d.Kind && (shares(c.A, d.A) && shares(c.B, d.B) || shares(c.A, d.B) && shares(c.B, d.A)) {
				n = k
				break
			}
		}
		if n < 0 {
			g.Only = append(g.Only, fmt.Sprintf("one conflict %s: %s, %s", c.ID, c.Kind, c.About))
			continue
		}
		taken[n] = true
		g.Conflicts.Both++
	}
	for n, d := range l.Conflicts {
		if !taken[n] {
			g.Only = append(g.Only, fmt.Sprintf("two conflict: %s, %s", d.Kind, d.About))
		}
	}
	return g
}

// shares reports whether two sides name a page in common; a reference starts with its page.
func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool { return x[:min(2, len(x))] == y[:min(2, len(y))] })
	})
}

// matched pairs statements of two readings of one article, the best overlap first.
func matched(a, b *Article, sources bool) (mine, yours []int) {
	type pair struct {
		i, j    int
		overlap float64
	}
	var pairs []pair
	for i, x := range a.Statements {
		for j, y := range b.Statements {
			o := overlap(x.Content, y.Content)
			if o < .5 {
				continue
			}
			if sources && len(x.Source)+len(y.Source) > 0 && overlap(x.Source, y.Source) == 0 {
				continue
			}
			// Nested and repeated statements share their words: cues decide.
			pairs = append(pairs, pair{i, j, o + overlap(x.Cue, y.Cue)/2 + overlap(x.Source, y.Source)/4})
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int {
		switch {
		case p.overlap > q.overlap:
			return -1
		case p.overlap < q.overlap:
			return 1
		}
		return 0
	})
	for _, p := range pairs {
		if slices.Contains(mine, p.i) || slices.Contains(yours, p.j) {
			continue
		}
		mine, yours = append(mine, p.i), append(yours, p.j)
	}
	return mine, yours
}

// overlap is the Jaccard index of the bytes of two parts, 0 if either has none.
func overlap(a, b []Span) float64 {
	in := map[int]bool{}
	for _, s := range a {
		for i := s.Start; i < s.End; i++ {
			in[i] = true
		}
	}
	both, union := 0, len(in)
	seen := map[int]bool{}
	for _, s := range b {
		for i := s.Start; i < s.End; i++ {
			if seen[i] {
				continue
			}
			seen[i] = true
			if in[i] {
				both++
			} else {
				union++
			}
		}
	}
	if union == 0 {
		return 0
	}
	return float64(both) / float64(union)
}

// near reports whether two EDTF values overlap or lie no more than a day apart; a value
// nobody gave is near to everything.
func near(a, b string) bool {
	if a == "" || b == "" {
		return true
	}
	from1, to1, ok1 := days(a)
	from2, to2, ok2 := days(b)
	const day = 24 * time.Hour
	return ok1 && ok2 && !from1.After(to2.Add(day)) && !from2.After(to1.Add(day))
}

// days is the interval of whole days an EDTF value covers, open ends far away.
func days(v string) (from, to time.Time, ok bool) {
	first, last, ranged := strings.Cut(strings.ReplaceAll(v, "~", ""), "/")
	if !ranged {
		last = first
	}
	one := func(s string, end bool) (time.Time, bool) {
		if s == ".." {
			if end {
				return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), true
			}
			return time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), true
		}
		s, _, _ = strings.Cut(s, "T")
		for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
			t, err := time.Parse(layout, s)
			if err != nil {
				continue
			}
			if end && layout == "2006-01" {
				t = t.AddDate(0, 1, -1)
			}
			if end && layout == "2006" {
				t = t.AddDate(1, 0, -1)
			}
			return t, true
		}
		return time.Time{}, false
	}
	from, ok1 := one(first, false)
	to, ok2 := one(last, true)
	return from, to, ok1 && ok2
}
