// Package decision keeps what people decide about the record: beside what was read, never in it.
//
// A decision has the words by which it finds its place again in a later reading; where it finds none it
// is listed, never dropped. It takes effect when the stories it bears on are placed anew, which the
// transaction that keeps it queues.
package decision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"dateline/news"
	"dateline/store/queue"
	"dateline/store/reading"
	"dateline/store/row"
	"dateline/store/sqlite"
	"dateline/store/story"
)

const (
	insertDecision = `
		INSERT INTO decision (id, kind, object, other, value, article, prefix, exact, suffix, by, hash, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO NOTHING`
	undoDecision = `UPDATE decision SET undone = ? WHERE n = ?`

	selectDecisions = `
		SELECT n, id, kind, object, other, value, article, prefix, exact, suffix, by, hash, made, undone, lost FROM decision
		WHERE n > ?1 AND (?2 OR undone IS NULL) AND (?3 = '' OR id = ?3 OR object = ?3 OR other = ?3 OR article = ?3) ORDER BY n LIMIT 200`

	selectLastDecision = `
		SELECT n, id, kind, object, other, value, article, prefix, exact, suffix, by, hash, made, undone, lost FROM decision
		WHERE object = ? AND kind = ? ORDER BY n DESC LIMIT 1`

	selectRevisionOf = `
		SELECT reading.revision FROM article JOIN reading ON reading.n = article.reading WHERE article.id = ? AND article.replaced IS NULL`
)

// A Book is what people decided, in a data folder.
type Book struct {
	db     *sqlite.DB
	texts  *reading.Texts
	ledger *story.Ledger
}

// New is the book of a folder's parts.
func New(db *sqlite.DB, texts *reading.Texts, ledger *story.Ledger) *Book {
	return &Book{db, texts, ledger}
}

// Decide keeps what a person decided and queues the placing of the stories it bears on. It fills
// in the words by which the decision finds its place again, where the caller gives none. What the same person
// decided last about the object is not decided again: it is what is returned.
func (b *Book) Decide(ctx context.Context, d news.Decision) (news.Decision, error) {
	if err := b.anchor(ctx, &d); err != nil {
		return d, fmt.Errorf("decide %s %s: %w", d.Kind, d.Object, err)
	}
	err := b.db.Write(ctx, func(tx *sqlite.Tx) error {
		if last, err := lastLike(tx, d); err != nil || last != nil {
			if last != nil {
				d = *last
			}
			return err
		}
		d.Made = row.Instant(tx.Now())
		d.ID = news.NewDecisionID(d)
		a := d.Anchor
		if _, err := tx.Insert(insertDecision, string(d.ID), string(d.Kind), d.Object, d.Other, d.Value, string(a.Article), a.Prefix, a.Exact, a.Suffix, d.By, seal(d), d.Made.UnixMilli()); err != nil {
			return err
		}
		if err := row.Audit(tx, "decide", string(d.ID), string(d.Kind)+" "+d.Object); err != nil {
			return err
		}
		return placeAgain(tx, d)
	})
	if err != nil {
		return d, fmt.Errorf("decide %s %s: %w", d.Kind, d.Object, err)
	}
	return d, nil
}

// lastLike is the last decision of that kind about the object where it says the same and stands: saying so
// again, as a form that is sent twice does, decides nothing.
func lastLike(tx *sqlite.Tx, d news.Decision) (*news.Decision, error) {
	rows, err := tx.Query(selectLastDecision, d.Object, string(d.Kind))
	last, err := sqlite.One(rows, err, scan)
	switch {
	case errors.Is(err, news.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case last.Other != d.Other || last.Value != d.Value || last.Anchor != d.Anchor || last.By != d.By || !last.Undone.IsZero():
		return nil, nil
	}
	return &last.Decision, nil
}

// Undo takes a decision back and queues the placing of the stories it bore on. The decision stays
// in the record, as one that was undone.
func (b *Book) Undo(ctx context.Context, id news.DecisionID) error {
	err := b.db.Write(ctx, func(tx *sqlite.Tx) error {
		rows, err := tx.Query(selectDecisions, 0, true, string(id))
		found, err := sqlite.All(rows, err, scan)
		if err != nil {
			return err
		}
		for _, d := range found {
			if d.ID != id {
				continue
			}
			if !d.Undone.IsZero() {
				return fmt.Errorf("%w: it was undone before, at %s", news.ErrDecision, d.Undone.Format(time.RFC3339))
			}
			if _, err := tx.Exec(undoDecision, tx.Now(), d.n); err != nil {
				return err
			}
			if err := row.Audit(tx, "undo", string(id), ""); err != nil {
				return err
			}
			return placeAgain(tx, d.Decision)
		}
		return news.ErrNotFound
	})
	if err != nil {
		return fmt.Errorf("undo decision %s: %w", id, err)
	}
	return nil
}

// placeAgain queues the placing of an article of each story that a decision bears on.
func placeAgain(tx *sqlite.Tx, d news.Decision) error {
	for _, article := range []string{string(d.Anchor.Article), d.Value} {
		rows, err := tx.Query(selectRevisionOf, article)
		revisions, err := sqlite.All(rows, err, sqlite.Of[int64])
		if err != nil {
			return err
		}
		for _, r := range revisions {
			if err := queue.Enqueue(tx, news.PlaceStep, r); err != nil {
				return err
			}
		}
	}
	return nil
}

const (
	selectDecisionsOn = `
		SELECT n, id, kind, object, other, value, article, prefix, exact, suffix, by, hash, made, undone, lost FROM decision
		WHERE article IN (SELECT article.id FROM article JOIN reading ON reading.n = article.reading JOIN revision ON revision.n = reading.revision WHERE revision.page = ?)`
	blankDecision = `
		UPDATE decision SET value = ?, prefix = '', exact = '', suffix = '', hash = ?, undone = coalesce(undone, ?), lost = 1 WHERE n = ?`
)

// Forget takes back what was decided about the articles of a page that is removed, and
// destroys the words in it: those of the article, and those of the person, who may have quoted it.
func Forget(tx *sqlite.Tx, page int64) error {
	rows, err := tx.Query(selectDecisionsOn, page)
	found, err := sqlite.All(rows, err, scan)
	if err != nil {
		return err
	}
	for _, d := range found {
		d.Anchor.Prefix, d.Anchor.Exact, d.Anchor.Suffix = "", "", ""
		switch d.Kind {
		case news.FixSpeaker, news.FixSaid, news.FixBoundary, news.WriteNote:
			d.Value = ""
		}
		if _, err := tx.Exec(blankDecision, d.Value, seal(d.Decision), tx.Now(), d.n); err != nil {
			return err
		}
		if d.Undone.IsZero() {
			if err := row.Audit(tx, "undo", string(d.ID), "its page was removed"); err != nil {
				return err
			}
		}
	}
	return nil
}

// Decisions are what people decided, in the order in which they did: those that hold or, with
// undone, all; about the object of an id or words of that article, or one decision by its own, where
// one is given. A damaged one is an error that does not end the walk.
func (b *Book) Decisions(ctx context.Context, object string, undone bool) iter.Seq2[news.Decision, error] {
	return func(yield func(news.Decision, error) bool) {
		for found, err := range row.Walk(ctx, b.db, selectDecisions, scan, func(d decided) int64 { return d.n }, undone, object) {
			if err == nil && !bytes.Equal(found.hash, seal(found.Decision)) {
				err = fmt.Errorf("decision %s: %w: it does not match its hash", found.ID, news.ErrDamaged)
			}
			if !yield(found.Decision, err) {
				return
			}
		}
	}
}

type decided struct {
	news.Decision
	n    int64
	hash []byte
}

func scan(r sqlite.Row) (d decided, err error) {
	var made int64
	var undone *int64
	a := &d.Anchor
	err = r.Scan(&d.n, &d.ID, &d.Kind, &d.Object, &d.Other, &d.Value, &a.Article, &a.Prefix, &a.Exact, &a.Suffix, &d.By, &d.hash, &made, &undone, &d.Lost)
	d.Made, d.Undone = row.Instant(made), row.OrZero(undone)
	return d, err
}

func seal(d news.Decision) []byte {
	a := d.Anchor
	return row.Seal(string(d.ID), string(d.Kind), d.Object, d.Other, d.Value, string(a.Article), a.Prefix, a.Exact, a.Suffix, d.By, d.Made.UnixMilli())
}

// anchor checks a decision and fills in its words: those of the statement, or of the row's first
// statement. Of an event or a story they are those of its first article, of the other one in Value.
func (b *Book) anchor(ctx context.Context, d *news.Decision) error {
	if d.Object == "" {
		return fmt.Errorf("%w: it is about nothing", news.ErrDecision)
	}
	if d.Object == d.Other {
		return fmt.Errorf("%w: %s is the same on both sides", news.ErrDecision, d.Object)
	}
	needs := func(what, value string) error {
		if value == "" {
			return fmt.Errorf("%w: %s needs %s", news.ErrDecision, d.Kind, what)
		}
		return nil
	}
	switch d.Kind {
	case news.FixSpeaker:
		return errors.Join(needs("a name", d.Value), b.anchorStatement(ctx, d))
	case news.FixSaid:
		if _, err := news.ParseInterval(d.Value); err != nil || d.Value == "" {
			return fmt.Errorf("%w: %s needs a date in EDTF: %q", news.ErrDecision, d.Kind, d.Value)
		}
		return b.anchorStatement(ctx, d)
	case news.FixBoundary:
		return errors.Join(needs("the words", strings.TrimSpace(d.Value)), b.anchorBoundary(ctx, d))
	case news.WriteNote:
		if strings.HasPrefix(d.Object, "a") {
			return b.anchorPassage(ctx, d)
		}
		fallthrough
	case news.RejectRow:
		if strings.HasPrefix(d.Object, "s") {
			return b.anchorStatement(ctx, d)
		}
		return b.anchorEntry(ctx, d)
	case news.MergeIssues:
		return errors.Join(needs("the other issue", d.Other), b.anchorIssue(ctx, d))
	case news.RenameIssue:
		return errors.Join(needs("a name", d.Value), b.anchorIssue(ctx, d))
	case news.MoveArticle, news.PinArticle:
		d.Anchor.Article = news.ArticleID(d.Object)
		if _, err := b.texts.Article(ctx, d.Anchor.Article); err != nil || d.Other == "" && d.Kind == news.MoveArticle {
			return err
		}
		if err := needs("an event", d.Other); err != nil {
			return err
		}
		return b.anchorOther(ctx, d)
	case news.MergeEvents, news.MergeStories:
		if err := needs("the other one", d.Other); err != nil {
			return err
		}
		article, err := b.articleOf(ctx, d.Object)
		if d.Anchor.Article = article; err != nil {
			return err
		}
		return b.anchorOther(ctx, d)
	}
	return fmt.Errorf("%w: there is no kind %q", news.ErrDecision, d.Kind)
}

func (b *Book) anchorStatement(ctx context.Context, d *news.Decision) error {
	if d.Anchor.Article != "" {
		return nil
	}
	st, a, err := b.texts.Statement(ctx, news.StatementID(d.Object))
	if err != nil || len(st.Content) == 0 {
		return err
	}
	d.Anchor = news.NewAnchor(st, a.Article.Text)
	return nil
}

// anchorBoundary writes the words of a boundary as the article has them.
func (b *Book) anchorBoundary(ctx context.Context, d *news.Decision) error {
	st, a, err := b.texts.Statement(ctx, news.StatementID(d.Object))
	if err != nil {
		return err
	}
	content, ok := d.Boundary(st, a.Article.Text)
	if !ok {
		return fmt.Errorf("%w: %q are not words of the article, to the letter and in its order", news.ErrDecision, d.Value)
	}
	parts := make([]string, len(content))
	for i, c := range content {
		parts[i] = c.Of(a.Article.Text)
	}
	d.Value = strings.Join(parts, news.Gap)
	return b.anchorStatement(ctx, d)
}

// anchorPassage finds the words of an article that a note is about.
func (b *Book) anchorPassage(ctx context.Context, d *news.Decision) error {
	a, err := b.texts.Article(ctx, news.ArticleID(d.Object))
	if err != nil {
		return err
	}
	switch places := news.Passages(a.Article.Text, d.Anchor.Exact); len(places) {
	case 0:
		return fmt.Errorf("%w: a note on an article needs words that stand in it, to the letter: %q", news.ErrDecision, d.Anchor.Exact)
	case 1:
		d.Anchor = news.AnchorAt(a.Article.ID, places[0], a.Article.Text)
		return nil
	default:
		return fmt.Errorf("%w: %q stands in the article %d times; give some words before or after it too", news.ErrDecision, d.Anchor.Exact, len(places))
	}
}

func (b *Book) anchorEntry(ctx context.Context, d *news.Decision) error {
	e, err := b.ledger.Entry(ctx, news.EntryID(d.Object))
	if err != nil || d.Anchor.Article != "" {
		return err
	}
	if len(e.Statements) > 0 {
		st, a, err := b.texts.Statement(ctx, e.Statements[0])
		if err != nil {
			return err
		}
		d.Anchor = news.NewAnchor(st, a.Article.Text)
	} else if e.Dispute != nil {
		for _, side := range e.Dispute.Sides {
			for _, id := range side.Statements {
				st, a, err := b.texts.Statement(ctx, id)
				if err == nil {
					d.Anchor = news.NewAnchor(st, a.Article.Text)
					d.Other = string(e.Kind)
					return nil
				}
			}
		}
	}
	if d.Kind == news.RejectRow {
		d.Other = string(e.Kind) // by which the row is known again where its id is another
	}
	return nil
}

func (b *Book) anchorIssue(ctx context.Context, d *news.Decision) error {
	for e, err := range b.ledger.Entries(ctx, news.Filter{Kind: news.Position}) {
		if err == nil && string(e.Issue.ID) == d.Object && len(e.Statements) > 0 {
			st, _, err := b.texts.Statement(ctx, e.Statements[0])
			if d.Anchor.Article == "" {
				d.Anchor.Article = st.Article
			}
			return err
		}
	}
	return fmt.Errorf("issue %s: %w", d.Object, news.ErrNotFound)
}

// anchorOther notes an article of the event or story that is meant.
func (b *Book) anchorOther(ctx context.Context, d *news.Decision) error {
	article, err := b.articleOf(ctx, d.Other)
	d.Value = string(article)
	return err
}

const selectArticleOf = `
	SELECT article.id FROM member JOIN article ON article.root = member.article AND article.replaced IS NULL
	WHERE member.replaced IS NULL AND (member.event = ?1 OR member.event IN (SELECT id FROM event WHERE story = ?1 AND replaced IS NULL))
	ORDER BY member.n LIMIT 1`

func (b *Book) articleOf(ctx context.Context, group string) (news.ArticleID, error) {
	rows, err := b.db.Query(ctx, selectArticleOf, group)
	id, err := sqlite.One(rows, err, sqlite.Of[news.ArticleID])
	if err != nil {
		err = fmt.Errorf("event or story %s: %w", group, err)
	}
	return id, err
}
