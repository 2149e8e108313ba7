package bundle_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dateline/ledger/bundle"
	"dateline/news"
)

// chain is numbers, of which neighbours hang together; a multiple of ten is in no bundle.
type chain struct {
	set  *bundle.Set[int]
	has  map[int]bool
	rows map[news.EntryID]bool
}

func (c *chain) settle(t *testing.T) {
	gone, rows := c.set.Settle(bundle.Rules[int]{
		Next: func(x int, reach func(int)) {
			for _, y := range []int{x - 1, x + 1} {
				if c.has[y] {
					reach(y)
				}
			}
		},
		In: func(x int) bool { return c.has[x] && x%10 != 0 },
		Row: func(members []int) (news.Entry, bool) {
			slices.Sort(members)
			return news.Entry{ID: news.EntryID(strings.Trim(fmt.Sprint(members), "[]"))}, len(members) > 1
		},
	})
	for _, id := range gone {
		if !c.rows[id] {
			t.Fatalf("row %q is gone and never stood", id)
		}
		delete(c.rows, id)
	}
	for _, e := range rows {
		if c.rows[e.ID] {
			t.Fatalf("row %q was made though it stands", e.ID)
		}
		c.rows[e.ID] = true
	}
}

// whole are the rows of what a chain has, found from the numbers alone.
func (c *chain) whole() map[news.EntryID]bool {
	want := map[news.EntryID]bool{}
	for x := range c.has {
		if x%10 == 0 || c.has[x-1] && (x-1)%10 != 0 {
			continue
		}
		run := []int{}
		for y := x; c.has[y] && y%10 != 0; y++ {
			run = append(run, y)
		}
		if len(run) > 1 {
			want[news.EntryID(strings.Trim(fmt.Sprint(run), "[]"))] = true
		}
	}
	return want
}

// TestSettle adds and takes out things in random orders: what stands is always what hangs together now,
// and no row that nothing touched is made again.
func TestSettle(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	c := &chain{bundle.New[int](), map[int]bool{}, map[news.EntryID]bool{}}
	for step := range 2000 {
		x := 1 + rng.IntN(60)
		if c.has[x] {
			delete(c.has, x)
			c.set.Drop(x)
			for _, y := range []int{x - 1, x + 1} {
				if c.has[y] {
					c.set.Touch(y)
				}
			}
		} else {
			c.has[x] = true
			c.set.Touch(x)
		}
		if rng.IntN(3) > 0 {
			continue
		}
		c.settle(t)
		if want := c.whole(); fmt.Sprint(want) != fmt.Sprint(c.rows) {
			t.Fatalf("step %d: rows %v, want %v", step, c.rows, want)
		}
	}
}
