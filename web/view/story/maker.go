package story

import (
	"cmp"
	"slices"
	"time"

	"dateline/ledger"
	"dateline/news"
	"dateline/web/view"
)

// A Laid is a story laid out: its rows by what they are, in the orders in which pages show them. It is
// the same for all who ask, so that a story of thousands of articles is laid out once and not for
// every page.
type Laid struct {
	rows    *view.Rows
	origins news.Origins

	changes, differences, disputes, promises, answered, aligned []*news.Entry

	newest    []*news.Entry // all, the last said first
	positions []*news.Entry // the first one first
	said      map[time.Time]int
	tellers   map[news.StatementID]*news.Entry // the utterance with a chain that a statement tells

	kinds, actors, outlets, issues view.Counts

	standing standing
	points   []Point // what a timeline could show, the first one first
}

// Lay lays out a story with its rows as they stand at a time.
func Lay(d news.Dossier, now time.Time) *Laid {
	y := &Laid{rows: view.NewRows(d, now), origins: ledger.Origins(d.Story), said: map[time.Time]int{}, tellers: map[news.StatementID]*news.Entry{},
		kinds: view.Counts{}, actors: view.Counts{}, outlets: view.Counts{}, issues: view.Counts{}}
	first := make(map[*news.Entry]time.Time, len(d.Entries))
	var told []string
	for i := range y.rows.Dossier.Entries {
		e := &y.rows.Dossier.Entries[i]
		from, to := e.Said.When.Bounds()
		first[e] = from
		y.newest = append(y.newest, e)
		switch e.Kind {
		case news.Change:
			y.changes = append(y.changes, e)
		case news.Difference:
			y.differences = append(y.differences, e)
		case news.Conflict:
			y.disputes = append(y.disputes, e)
		case news.Commitment:
			y.promises = append(y.promises, e)
		case news.Confirmation, news.Denial:
			y.answered = append(y.answered, e)
		case news.Position:
			if e.Issue.ID != "" {
				y.positions = append(y.positions, e)
			}
		case news.Utterance:
			if len(e.Wordings) > 1 && e.Removed == "" {
				y.aligned = append(y.aligned, e)
			}
			if !from.IsZero() && from.Equal(to) {
				y.said[from]++
			}
			for _, id := range e.Statements {
				if len(e.Chain) > 0 && y.tellers[id] == nil {
					y.tellers[id] = e
				}
			}
		}
		y.kinds[string(e.Kind)]++
		if e.Actor.Name != "" {
			y.actors[e.Actor.Name]++
		}
		if e.Issue.Name != "" {
			y.issues[e.Issue.Name]++
		}
		told = told[:0]
		for _, q := range e.Quotes {
			if o := d.Heads[q.Article].Outlet; o != "" && !slices.Contains(told, o) {
				told = append(told, o)
				y.outlets[o]++
			}
		}
	}
	slices.SortStableFunc(y.newest, func(a, b *news.Entry) int {
		if first[a].IsZero() != first[b].IsZero() {
			if first[a].IsZero() {
				return 1
			}
			return -1
		}
		return first[b].Compare(first[a])
	})
	slices.SortStableFunc(y.positions, func(a, b *news.Entry) int {
		return cmp.Or(first[a].Compare(first[b]), cmp.Compare(a.Said.When.String(), b.Said.When.String()))
	})
	later := make(map[*news.Entry]string, len(y.changes))
	for _, e := range y.changes {
		if to := y.later(e); to != nil {
			later[e] = to.Said.When.String()
		}
	}
	// Those of one actor on one issue stand together, as they came about; of these, what moved last comes first.
	type course struct {
		actor string
		issue news.IssueID
	}
	of := func(e *news.Entry) course { return course{e.Actor.Name, e.Issue.ID} }
	last := map[course]string{}
	for _, e := range y.changes {
		last[of(e)] = max(last[of(e)], later[e])
	}
	slices.SortStableFunc(y.changes, func(a, b *news.Entry) int {
		return cmp.Or(cmp.Compare(last[of(b)], last[of(a)]), cmp.Compare(of(a).actor, of(b).actor), cmp.Compare(of(a).issue, of(b).issue), cmp.Compare(later[a], later[b]))
	})
	// What happened comes before how it was put.
	slices.SortStableFunc(y.disputes, func(a, b *news.Entry) int { return onWords(a) - onWords(b) })
	today := now.UTC().Truncate(24 * time.Hour)
	slices.SortStableFunc(y.promises, func(a, b *news.Entry) int { return byDue(a, b, today) })
	y.standing, y.points = y.stands(), y.pointsInTime()
	return y
}

// onWords is 1 for a dispute about the words alone.
func onWords(e *news.Entry) int {
	if e.Dispute != nil && e.Dispute.Kind == news.OnWording {
		return 1
	}
	return 0
}

// later is the position that a change led to; nil where it is not there.
func (y *Laid) later(e *news.Entry) *news.Entry {
	if len(e.Of) != 2 {
		return nil
	}
	return y.rows.ByID[e.Of[1]]
}

// A maker makes the views of one story.
type maker struct {
	*view.Maker
	*Laid
}

func (y *Laid) maker(l view.Links, now time.Time) *maker {
	return &maker{&view.Maker{Links: l, Now: now, Rows: y.rows}, y}
}
