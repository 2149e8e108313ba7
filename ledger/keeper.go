package ledger

import (
	"maps"
	"reflect"
	"slices"

	"dateline/ledger/account"
	"dateline/ledger/answer"
	"dateline/ledger/book"
	"dateline/ledger/commitment"
	"dateline/ledger/conflict"
	"dateline/ledger/issue"
	"dateline/ledger/position"
	"dateline/ledger/utterance"
	"dateline/news"
)

// A Keeper keeps the rows of a story up to date. It is not safe for concurrent use.
type Keeper struct {
	book        *book.Book
	said        *utterance.Collation
	issues      *issue.Index
	positions   *position.Index
	answers     *answer.Index
	shelf       *account.Shelf
	conflicts   *conflict.Index
	commitments *commitment.Index
	rows        map[news.EntryID]*news.Entry // as they were last settled; none is ever written to
	prints      map[news.ArticleID]uint64    // of the articles it was updated with
	decided     *decider
	rejected    map[news.EntryID][]news.DecisionID // rows that people said are wrong: they do not stand

	before map[news.EntryID]*news.Entry // rows touched since: as they were, nil for what was not there
}

// NewKeeper keeps a story without articles. decisions are what people decided about it.
func NewKeeper(story news.StoryID, decisions []news.Decision) *Keeper {
	b := book.New(story)
	decided, shelf := newDecider(decisions), account.NewShelf()
	issues := issue.New(story, decided.decisions)
	return &Keeper{
		book: b, said: utterance.New(), issues: issues, positions: position.New(b, issues), answers: answer.New(),
		shelf: shelf, conflicts: conflict.New(shelf), commitments: commitment.New(shelf), rows: map[news.EntryID]*news.Entry{},
		decided: decided, rejected: map[news.EntryID][]news.DecisionID{}, prints: map[news.ArticleID]uint64{}, before: map[news.EntryID]*news.Entry{},
	}
}

// Put adds an article to the story, or puts it in the place of an earlier reading of it.
func (k *Keeper) Put(a news.Annotation) { k.book.Put(a) }

// Drop takes an article out of the story.
func (k *Keeper) Drop(id news.ArticleID) { k.book.Drop(id) }

// Place says in which events the articles are, and which are copies.
func (k *Keeper) Place(story news.Story) { k.book.Place(story) }

// Settle makes the rows that what came and went has touched: those that are new or say something
// else than when they were last settled, and the ids of those that are no more.
func (k *Keeper) Settle() (changed []news.Entry, gone []news.EntryID) {
	moved := map[*book.Told]bool{}
	newly, articles := k.book.Moved(), k.book.Changed()
	for _, t := range newly {
		moved[t] = true
		for _, u := range issue.Leaning(t) {
			moved[u] = true
		}
	}
	for t := range moved {
		k.said.Drop(t)
		k.issues.Drop(t)
	}
	for _, t := range slices.SortedFunc(maps.Keys(moved), book.InStory) {
		if t.Reported() {
			k.said.Put(t)
		}
		if t.Actor != nil {
			k.issues.Put(t)
		}
	}
	unsaid, said := k.said.Settle()
	told := map[*book.Utterance]bool{} // whose rows are to be made
	for _, u := range unsaid {
		k.book.Unsay(u)
		k.remove(u.ID)
	}
	for _, u := range said {
		k.book.Say(u)
		told[u] = true
		for _, t := range u.Reports {
			moved[t] = true
		}
	}
	retold := maps.Clone(moved)
	for _, t := range k.issues.Settle() {
		if moved[t] = true; t.Of != nil {
			told[t.Of] = true
		}
	}
	for u := range told {
		e := utterance.Row(u)
		e.Issue = k.issueOf(u)
		k.keep(e)
	}
	for t := range moved {
		k.positions.Drop(t)
		k.answers.Drop(t)
	}
	for t := range moved {
		if t.Actor != nil {
			k.positions.Put(t)
			k.answers.Put(t)
		}
	}
	k.accounts(articles, retold)
	return k.news()
}

// issueOf is what an utterance is about: the issue that the fullest report with one names first.
func (k *Keeper) issueOf(u *book.Utterance) news.Issue {
	for _, t := range u.Reports {
		if of := k.issues.Of(t); len(of) > 0 {
			return k.issues.Issue(of[0])
		}
	}
	return news.Issue{}
}

// accounts compares what accounts say, narration among them, and makes the rows of positions, answers,
// conflicts and undertakings. articles are those that came, went or were placed elsewhere, retold
// statements whose actor or act of saying changed.
func (k *Keeper) accounts(articles []*book.Article, retold map[*book.Told]bool) {
	k.shelf.Forget(k.book, articles)
	k.conflicts.Update(k.book, articles, retold)
	k.commitments.Update(k.book, articles, retold)
	came, went := k.conflicts.Denials()
	for _, d := range went {
		k.answers.Unlink(d.Claim, d.Answer)
	}
	for _, d := range came {
		k.answers.Link(d.Claim, d.Answer)
	}
	for _, settle := range []func() ([]news.EntryID, []news.Entry){
		k.positions.Settle, k.answers.Settle, k.conflicts.Settle,
		func() ([]news.EntryID, []news.Entry) { return k.commitments.Settle(k.book) },
	} {
		old, rows := settle()
		for _, id := range old {
			k.remove(id)
		}
		for _, e := range rows {
			k.keep(e)
		}
	}
}

// news are the changes since they were last asked for.
func (k *Keeper) news() (changed []news.Entry, gone []news.EntryID) {
	var rows []*news.Entry
	for _, id := range slices.Sorted(maps.Keys(k.before)) {
		was, now := k.before[id], k.rows[id]
		switch {
		case now == nil && was != nil:
			gone = append(gone, id)
		case now != nil && (was == nil || !reflect.DeepEqual(was, now)):
			rows = append(rows, now)
		}
	}
	clear(k.before)
	if len(rows) > 0 { // a row is large: the list is made at its size
		changed = make([]news.Entry, 0, len(rows))
	}
	for _, e := range rows {
		changed = append(changed, *e)
	}
	return changed, gone
}

// Len is how many rows stand.
func (k *Keeper) Len() int { return len(k.rows) }

// Decided are the decisions that bear on the story, and whether each found its place in what is
// read at present.
func (k *Keeper) Decided() map[news.DecisionID]bool {
	found := maps.Clone(k.decided.found)
	for _, by := range k.rejected {
		for _, id := range by {
			found[id] = true
		}
	}
	for _, x := range k.decided.decisions {
		_, bears := found[x.ID]
		if bears && (x.Kind == news.MergeIssues || x.Kind == news.RenameIssue) {
			found[x.ID] = k.issues.Known(news.IssueID(x.Object)) && (x.Other == "" || k.issues.Known(news.IssueID(x.Other)))
		}
	}
	return found
}

// touch remembers how a row was before it is changed.
func (k *Keeper) touch(id news.EntryID) {
	if _, known := k.before[id]; !known {
		k.before[id] = k.rows[id]
	}
}

// keep makes a row stand.
func (k *Keeper) keep(e news.Entry) {
	k.touch(e.ID)
	if by := k.decided.rejected(&e, k.book); len(by) > 0 {
		k.rejected[e.ID] = by
		return
	}
	if e.Of = slices.DeleteFunc(slices.Clone(e.Of), func(id news.EntryID) bool { return k.rejected[id] != nil }); len(e.Of) < 2 && (e.Kind == news.Change || e.Kind == news.Difference) {
		return // of what people said is wrong
	}
	e.Story, e.Quotes, e.Decisions = k.book.Story, make([]news.Quote, 0, len(e.Statements)), k.decided.bear(&e)
	e.Corrections = k.book.Corrections(e.Statements)
	for _, id := range e.Statements {
		t := k.book.Statement(id)
		e.Quotes = append(e.Quotes, t.Quote(t.In.Article.Text))
	}
	k.rows[e.ID] = &e
}

// remove makes a row stand no longer.
func (k *Keeper) remove(id news.EntryID) {
	k.touch(id)
	delete(k.rows, id)
	delete(k.rejected, id)
}
