package ledger

import (
	"maps"
	"slices"

	"dateline/ledger/book"
	"dateline/ledger/issue"
	"dateline/ledger/position"
	"dateline/ledger/utterance"
	"dateline/news"
)

// A Keeper keeps the rows of a story up to date. It is not safe for concurrent use.
type Keeper struct {
	book      *book.Book
	said      *utterance.Collation
	issues    *issue.Index
	positions *position.Index
	rows      map[news.EntryID]news.Entry // as they were last settled

	changed map[news.EntryID]bool
	gone    map[news.EntryID]bool
}

// NewKeeper keeps a story without articles. decisions are what people decided about it.
func NewKeeper(story news.StoryID, decisions []news.Decision) *Keeper {
	b := book.New(story)
	issues := issue.New(story, decisions)
	return &Keeper{
		book: b, said: utterance.New(), issues: issues, positions: position.New(b, issues), rows: map[news.EntryID]news.Entry{},
		changed: map[news.EntryID]bool{}, gone: map[news.EntryID]bool{},
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
	for _, t := range k.book.Moved() {
		moved[t] = true
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
	for _, f := range unsaid {
		for _, u := range f.Said {
			k.book.Unsay(u)
			k.remove(u.ID)
		}
	}
	for _, f := range said {
		for _, u := range f.Said {
			k.book.Say(u)
			k.keep(utterance.Row(u))
			for _, t := range u.Reports {
				moved[t] = true
			}
		}
	}
	for _, t := range k.issues.Settle() {
		moved[t] = true
	}
	for t := range moved {
		k.positions.Drop(t)
	}
	for t := range moved {
		if t.Actor != nil {
			k.positions.Put(t)
		}
	}
	old, rows := k.positions.Settle()
	for _, id := range old {
		k.remove(id)
	}
	for _, e := range rows {
		k.keep(e)
	}
	// Rows that need all these: conflict.Find(k.book), commitment.Find(k.book).
	return k.news()
}

// news are the changes since they were last asked for.
func (k *Keeper) news() (changed []news.Entry, gone []news.EntryID) {
	for _, id := range slices.Sorted(maps.Keys(k.changed)) {
		changed = append(changed, k.rows[id])
	}
	gone = slices.Sorted(maps.Keys(k.gone))
	clear(k.changed)
	clear(k.gone)
	return changed, gone
}

// keep makes a row stand.
func (k *Keeper) keep(e news.Entry) {
	e.Story, e.Quotes = k.book.Story, make([]news.Quote, 0, len(e.Statements))
	for _, id := range e.Statements {
		t := k.book.Statement(id)
		e.Quotes = append(e.Quotes, t.Quote(t.In.Article.Text))
	}
	delete(k.gone, e.ID)
	k.rows[e.ID] = e
	k.changed[e.ID] = true
}

// remove makes a row stand no longer.
func (k *Keeper) remove(id news.EntryID) {
	delete(k.rows, id)
	delete(k.changed, id)
	k.gone[id] = true
}
