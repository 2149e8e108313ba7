package ledger

import (
	"cmp"
	"slices"

	"dateline/ledger/book"
	"dateline/ledger/utterance"
	"dateline/news"
)

// A Keeper keeps the rows of a story up to date. It is not safe for concurrent use.
type Keeper struct {
	book *book.Book
	said *utterance.Collation
	rows map[news.EntryID]news.Entry // as they were last settled

	changed map[news.EntryID]bool
	gone    map[news.EntryID]bool
}

// NewKeeper keeps a story without articles.
func NewKeeper(story news.StoryID) *Keeper {
	return &Keeper{
		book: book.New(story), said: utterance.New(), rows: map[news.EntryID]news.Entry{},
		changed: map[news.EntryID]bool{}, gone: map[news.EntryID]bool{},
	}
}

// Put adds an article to the story, or puts it in the place of an earlier reading of it.
func (k *Keeper) Put(a news.Annotation) { k.book.Put(a) }

// Drop takes an article out of the story.
func (k *Keeper) Drop(id news.ArticleID) { k.book.Drop(id) }

// Place says in which events the articles are, and which are copies.
func (k *Keeper) Place(story news.Story) { k.book.Place(story) }

// Decide says what people decided about the story; it takes the place of what was decided before.
func (k *Keeper) Decide(decisions []news.Decision) {}

// Settle makes the rows that what came and went has touched: those that are new or say something
// else than when they were last settled, and the ids of those that are no more.
func (k *Keeper) Settle() (changed []news.Entry, gone []news.EntryID) {
	k.utterances()
	// Rows that need utterances: conflict.Find(k.book), commitment.Find(k.book).
	for id := range k.changed {
		changed = append(changed, k.rows[id])
	}
	slices.SortFunc(changed, func(x, y news.Entry) int { return cmp.Compare(x.ID, y.ID) })
	for id := range k.gone {
		gone = append(gone, id)
	}
	slices.Sort(gone)
	clear(k.changed)
	clear(k.gone)
	return changed, gone
}

// utterances collates what was said.
func (k *Keeper) utterances() {
	moved := k.book.Moved()
	for _, t := range moved {
		k.said.Drop(t)
	}
	for _, t := range moved {
		if t.Reported() {
			k.said.Put(t)
		}
	}
	gone, made := k.said.Settle()
	for _, f := range gone {
		for _, u := range f.Said {
			k.unsay(u)
		}
	}
	for _, f := range made {
		for _, u := range f.Said {
			k.say(u)
		}
	}
}

func (k *Keeper) unsay(u *book.Utterance) {
	k.book.Unsay(u)
	k.remove(u.ID)
}

func (k *Keeper) say(u *book.Utterance) {
	k.book.Say(u)
	k.keep(utterance.Row(u))
}

// keep makes a row stand.
func (k *Keeper) keep(e news.Entry) {
	e.Story = k.book.Story
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
