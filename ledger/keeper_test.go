package ledger_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"dateline/ledger"
	"dateline/news"
)

// TestOrder adds the demo's articles in random orders, takes some out and puts them back, settling
// in between at random: the rows that stand in the end are those that Keep makes of the whole.
func TestOrder(t *testing.T) {
	orders := 20
	if os.Getenv("DATELINE_LONG") != "" {
		orders = 200
	}
	for _, name := range []string{"first", "second"} {
		w := readWorld(t, name)
		y := w.stories[0]
		articles := w.of(y)
		want := map[news.EntryID]news.Entry{}
		for _, e := range ledger.Keep(y, articles, nil, time.Time{}) {
			want[e.ID] = e
		}
		if len(want) < 100 {
			t.Fatalf("%s: %d rows", name, len(want))
		}
		for n := range orders {
			random := rand.New(rand.NewPCG(uint64(n), 1))
			k := ledger.NewKeeper(y.ID, nil)
			got := map[news.EntryID]news.Entry{}
			settle := func() {
				changed, gone := k.Settle()
				for _, e := range changed {
					if reflect.DeepEqual(got[e.ID], e) {
						t.Errorf("%s, order %d: row %s is said to have changed, and has not", name, n, e.ID)
					}
					got[e.ID] = e
				}
				for _, id := range gone {
					if _, stood := got[id]; !stood {
						t.Errorf("%s, order %d: row %s is gone, and never stood", name, n, id)
					}
					delete(got, id)
				}
			}
			for _, i := range random.Perm(len(articles)) {
				k.Put(articles[i])
				if random.IntN(3) == 0 {
					k.Place(y)
				}
				if random.IntN(3) == 0 {
					settle()
				}
				if random.IntN(4) == 0 {
					out := articles[random.IntN(len(articles))]
					k.Drop(out.Article.ID)
					if random.IntN(2) == 0 {
						settle()
					}
					k.Put(out)
				}
			}
			k.Place(y)
			settle()
			if k.Len() != len(got) {
				t.Errorf("%s, order %d: %d rows stand, %d were told", name, n, k.Len(), len(got))
			}
			if d := differ(want, got); d != "" {
				t.Fatalf("%s, order %d: %s", name, n, d)
			}
		}
	}
}

// differ is the first row in which two ledgers differ, "" if they are the same.
func differ(want, got map[news.EntryID]news.Entry) string {
	for id, e := range want {
		if g, ok := got[id]; !ok {
			return fmt.Sprintf("no row %s: %+v", id, e)
		} else if !reflect.DeepEqual(e, g) {
			return fmt.Sprintf("row %s: %s", id, apart(e, g))
		}
	}
	for id, e := range got {
		if _, ok := want[id]; !ok {
			return fmt.Sprintf("row %s too many: %+v", id, e)
		}
	}
	return ""
}

// TestOrderOfMany holds the same of a story told six times over, in which voices have more conflicts
// than stand: which of them do is not up to the order of arrival.
func TestOrderOfMany(t *testing.T) {
	w := readWorld(t, "first")
	var articles []news.Annotation
	for n := range 6 {
		for _, a := range w.of(w.stories[0]) {
			articles = append(articles, again(a, n))
		}
	}
	story := news.Story{ID: w.stories[0].ID}
	want, many := map[news.EntryID]news.Entry{}, 0
	for _, e := range ledger.Keep(story, articles, nil, time.Time{}) {
		want[e.ID] = e
		if e.Dispute != nil && slices.ContainsFunc(e.Dispute.RuledOut, func(r news.Reason) bool { return r.Rule == "many" }) {
			many++
		}
	}
	if many == 0 {
		t.Fatal("no row says that it leaves conflicts out")
	}
	random := rand.New(rand.NewPCG(1, 2))
	k := ledger.NewKeeper(story.ID, nil)
	got := map[news.EntryID]news.Entry{}
	settle := func() {
		changed, gone := k.Settle()
		for _, e := range changed {
			got[e.ID] = e
		}
		for _, id := range gone {
			delete(got, id)
		}
	}
	for _, i := range random.Perm(len(articles)) {
		k.Put(articles[i])
		if random.IntN(10) == 0 {
			settle()
		}
		if random.IntN(20) == 0 {
			out := articles[random.IntN(len(articles))]
			k.Drop(out.Article.ID)
			settle()
			k.Put(out)
		}
	}
	settle()
	for id := range got {
		if k.Len() != len(got) {
			t.Fatalf("%d rows stand, %d were told, %s among them", k.Len(), len(got), id)
		}
	}
	if d := differ(want, got); d != "" {
		t.Fatalf("%.1500s", d)
	}
}

// apart shows two rows from where they differ on.
func apart(want, got news.Entry) string {
	spell := func(e news.Entry) string {
		b, err := json.Marshal(e)
		if err != nil {
			return err.Error()
		}
		return string(b)
	}
	one, other := spell(want), spell(got)
	at := 0
	for at < min(len(one), len(other)) && one[at] == other[at] {
		at++
	}
	from := max(0, at-200)
	return fmt.Sprintf("\n%.600s\nis\n%.600s", one[min(from, len(one)):], other[min(from, len(other)):])
}
