package reading

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"dateline/news"
	"dateline/store/index"
	"dateline/store/pack"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// maxStatements is how many statements an article can have: their place is 16 bits of a number.
const maxStatements = index.MaxStatements

// articleData is what an article's row packs.
type articleData struct {
	Article   news.Article // without what columns and the reading say
	Times     []news.TimeExpression
	Entities  []news.Entity
	Lead      news.Lead
	Analysed  bool
	Truncated bool
}

type packedArticle struct {
	articleRow
	statementRows []statementRow
	entry         *index.Entry // what search finds it by
}

// An articleRow is a row of the table with the ids that its hash covers.
type articleRow struct {
	n, root                            int64
	id                                 news.ArticleID
	revision, reader                   string
	ord                                int64
	title, outlet, language, published string
	statements                         int64
	data, hash                         []byte
	recorded                           int64
	replaced                           *int64
	pageID                             news.PageID
	name                               string
	url                                string
	reading                            int64
}

func (a articleRow) seal() []byte {
	return row.Seal(a.revision, a.reader, a.ord, string(a.id), a.title, a.outlet, a.language, a.published, a.statements, a.data, a.recorded)
}

func packArticle(ord int, a news.Annotation) (p packedArticle, err error) {
	if len(a.Statements) > maxStatements {
		return p, fmt.Errorf("article %s has %d statements, more than %d", a.Article.ID, len(a.Statements), maxStatements)
	}
	p.articleRow = articleRow{id: a.Article.ID, revision: string(a.Article.Revision), reader: a.Article.Reader, ord: int64(ord),
		outlet: a.Article.Outlet.Name, language: a.Article.Language, published: a.Article.Published.When.String(), statements: int64(len(a.Statements))}
	if a.Article.Title != nil {
		p.title = a.Article.Title.Text
	}
	bare := a.Article
	bare.ID, bare.Page, bare.Revision, bare.Reader, bare.Name, bare.Text = "", "", "", "", "", ""
	if p.data, err = pack.Value(articleData{bare, a.Times, a.Entities, a.Lead, a.Analysed, a.Truncated}); err != nil {
		return p, err
	}
	for i, s := range a.Statements {
		packed, err := packStatement(p.articleRow, i, s)
		if err != nil {
			return p, err
		}
		p.statementRows = append(p.statementRows, packed)
	}
	return p, nil
}

const (
	selectNextArticle = `SELECT coalesce(max(n), 0) + 1 FROM article`

	// selectRoot finds the number that stands for an article in all its versions.
	selectRoot = `SELECT root FROM article WHERE id = ? ORDER BY n LIMIT 1`

	insertArticle = `
		INSERT INTO article (n, root, id, reading, ord, title, outlet, language, published, statements, data, hash, recorded, replaced)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	replaceArticles = `UPDATE article SET replaced = ? WHERE reading = ? AND replaced IS NULL`

	// EndMembership takes an article out of its event.
	EndMembership = `UPDATE member SET replaced = ?1 WHERE article = ?2 AND replaced IS NULL`

	endEmptyEvents = `
		UPDATE event SET replaced = ?1 WHERE replaced IS NULL AND id NOT IN (SELECT event FROM member WHERE replaced IS NULL)
			AND id IN (SELECT event FROM member WHERE article = ?2)`

	endEmptyStories = `
		UPDATE story SET replaced = ?1 WHERE replaced IS NULL AND id NOT IN (SELECT story FROM event WHERE replaced IS NULL) AND id IN (
			SELECT story FROM event WHERE id IN (SELECT event FROM member WHERE article = ?2))`
)

// LeaveEvent takes an article that no longer stands out of its event, and ends the event and
// the story that have no other.
func LeaveEvent(tx *sqlite.Tx, root int64) error {
	for _, query := range []string{EndMembership, endEmptyEvents, endEmptyStories} {
		if _, err := tx.Exec(query, tx.Now(), root); err != nil {
			return err
		}
	}
	return nil
}

// saveArticles writes the articles of a reading, in place of those of the readings that it
// replaced, and brings the indexes in line with what now stands.
func saveArticles(tx *sqlite.Tx, reading int64, p *Packed, stands bool, replaced []int64) error {
	now := tx.Now()
	gone, damage := standingEntries(tx, replaced)
	if damage != nil && !errors.Is(damage, news.ErrDamaged) {
		return damage
	}
	for _, r := range replaced {
		if _, err := tx.Exec(replaceArticles, now, r); err != nil {
			return err
		}
	}
	var born *int64
	if !stands {
		born = &now
	}
	rows, err := tx.Query(selectNextArticle)
	next, err := sqlite.One(rows, err, sqlite.Of[int64])
	if err != nil {
		return err
	}
	for i := range p.articles {
		a := &p.articles[i]
		a.n, a.recorded = next+int64(i), now
		rows, err := tx.Query(selectRoot, string(a.id))
		if a.root, err = sqlite.One(rows, err, sqlite.Of[int64]); errors.Is(err, news.ErrNotFound) {
			a.root = a.n
		} else if err != nil {
			return err
		}
		if _, err := tx.Exec(insertArticle, a.n, a.root, string(a.id), reading, a.ord, a.title, a.outlet, a.language, a.published, a.statements,
			a.data, a.seal(), now, born); err != nil {
			return fmt.Errorf("article %s: %w", a.id, err)
		}
		if err := saveStatements(tx, a); err != nil {
			return err
		}
		if stands && damage == nil {
			if err := index.Change(tx, a.root, gone[a.root], a.entry); err != nil {
				return err
			}
			delete(gone, a.root)
		}
	}
	if damage != nil {
		return reindex(tx)
	}
	for root, entry := range gone {
		if err := index.Change(tx, root, entry, nil); err != nil {
			return err
		}
		if err := LeaveEvent(tx, root); err != nil {
			return err
		}
	}
	return nil
}

const articleColumns = `
	SELECT article.n, article.root, article.id, revision.id, reader, ord, title, article.outlet, language, published, statements, data,
		article.hash, article.recorded, article.replaced, page.id, page.name, page.url, reading.n
	FROM article JOIN reading ON reading.n = article.reading JOIN revision ON revision.n = reading.revision JOIN page ON page.n = revision.page `

const (
	selectArticlesOf    = articleColumns + `WHERE article.reading = ? ORDER BY ord`
	selectArticleByID   = articleColumns + `WHERE article.id = ? ORDER BY article.replaced IS NOT NULL, article.n DESC LIMIT 1`
	selectArticlesByIDs = articleColumns + `WHERE article.id IN (SELECT value FROM json_each(?))`
	selectArticleByRoot = articleColumns + `WHERE article.root = ? AND article.replaced IS NULL`
	selectArticleByN    = articleColumns + `WHERE article.n = ?`
	selectArticles      = articleColumns + `WHERE article.n > ?1 AND article.recorded <= ?2 AND (article.replaced IS NULL OR article.replaced > ?2) ORDER BY article.n LIMIT 200`
)

func scanArticle(found sqlite.Row) (a articleRow, err error) {
	err = found.Scan(&a.n, &a.root, &a.id, &a.revision, &a.reader, &a.ord, &a.title, &a.outlet, &a.language, &a.published, &a.statements, &a.data,
		&a.hash, &a.recorded, &a.replaced, &a.pageID, &a.name, &a.url, &a.reading)
	return a, err
}

func (a articleRow) damaged(cause any) error {
	return fmt.Errorf("article %s of %s: %w: %v", a.id, a.name, news.ErrDamaged, cause)
}

func (a articleRow) check() error {
	if !bytes.Equal(a.seal(), a.hash) {
		return a.damaged("its row does not match its hash")
	}
	return nil
}

// unpack is an article's row in its document's text.
func (a articleRow) unpack(document string) (n news.Annotation, err error) {
	if err := a.check(); err != nil {
		return n, err
	}
	var data articleData
	if err := pack.UnpackValue(a.data, &data); err != nil {
		return n, a.damaged(err)
	}
	n = news.Annotation{Article: data.Article, Times: data.Times, Entities: data.Entities, Lead: data.Lead, Analysed: data.Analysed, Truncated: data.Truncated}
	n.Article.ID, n.Article.Page, n.Article.Revision = a.id, a.pageID, news.RevisionID(a.revision)
	n.Article.Reader, n.Article.Name, n.Article.Text = a.reader, a.name, document
	return n, nil
}

func (s *Texts) annotation(ctx context.Context, a articleRow, document string) (news.Annotation, error) {
	n, err := a.unpack(document)
	if err != nil {
		return n, err
	}
	n.Statements, err = s.statementsOf(ctx, a)
	return n, err
}

func (s *Texts) articlesOf(ctx context.Context, reading int64) ([]articleRow, error) {
	rows, err := s.db.Query(ctx, selectArticlesOf, reading)
	return sqlite.All(rows, err, scanArticle)
}

// Article is an article as it stands, else as it last stood, with all that was read in it.
func (s *Texts) Article(ctx context.Context, id news.ArticleID) (news.Annotation, error) {
	v, err := s.Version(ctx, id)
	return v.Annotation, err
}

// A Version is a row of the table with all that is needed to show it.
type Version struct {
	row        articleRow
	Document   news.Document
	Annotation news.Annotation
}

func (s *Texts) version(ctx context.Context, query string, key any) (v Version, err error) {
	rows, err := s.db.Query(ctx, query, key)
	if v.row, err = sqlite.One(rows, err, scanArticle); err != nil {
		return v, err
	}
	return v, s.load(ctx, &v)
}

// Version is an article as it stands, else as it last stood, with its document.
func (s *Texts) Version(ctx context.Context, id news.ArticleID) (Version, error) {
	v, err := s.version(ctx, selectArticleByID, string(id))
	if err != nil {
		err = fmt.Errorf("article %s: %w", id, err)
	}
	return v, err
}

// Head is what lists say of the article.
func (v Version) Head() (news.Head, error) { return v.row.head() }

func (s *Texts) load(ctx context.Context, v *Version) (err error) {
	if v.Document, err = s.document(ctx, v.row.reading); err == nil {
		v.Annotation, err = s.annotation(ctx, v.row, v.Document.Text)
	}
	return err
}

func (s *Texts) document(ctx context.Context, reading int64) (news.Document, error) {
	rows, err := s.db.Query(ctx, selectReading, reading)
	found, err := sqlite.One(rows, err, scanReading)
	if err != nil {
		return news.Document{}, err
	}
	return found.document()
}

func (a articleRow) head() (news.Head, error) {
	if err := a.check(); err != nil {
		return news.Head{ID: a.id}, err
	}
	published, err := news.ParseInterval(a.published)
	if err != nil {
		return news.Head{ID: a.id}, a.damaged(err)
	}
	return news.Head{
		ID: a.id, Ref: news.ArticleRef{Page: a.name, Article: int(a.ord)}, URL: a.url, Title: a.title, Outlet: a.outlet, Language: a.language,
		Published: published, Statements: int(a.statements), Recorded: row.Instant(a.recorded), Replaced: row.OrZero(a.replaced),
	}, nil
}

// Articles are the articles that stood at a time, all that stand for the zero time, oldest
// first. A damaged one is an error that does not end the walk.
func (s *Texts) Articles(ctx context.Context, asOf time.Time) iter.Seq2[news.Head, error] {
	return func(yield func(news.Head, error) bool) {
		for a, err := range row.Walk(ctx, s.db, selectArticles, scanArticle, func(a articleRow) int64 { return a.n }, row.At(asOf)) {
			var h news.Head
			if err == nil {
				h, err = a.head()
			}
			if !yield(h, err) {
				return
			}
		}
	}
}

// ArticlesAfter are at most limit of the articles that Articles walks, after the one of number after,
// and the number to go on from, 0 where there are no more. Damaged ones are the error beside the rest.
func (s *Texts) ArticlesAfter(ctx context.Context, asOf time.Time, after int64, limit int) ([]news.Head, int64, error) {
	return row.Some(ctx, s.db, selectArticles, scanArticle, func(a articleRow) int64 { return a.n }, articleRow.head, after, limit, row.At(asOf))
}

// HeadOf is what lists say of the article of a root as it stands.
func (s *Texts) HeadOf(ctx context.Context, root int64) (news.Head, error) {
	rows, err := s.db.Query(ctx, selectArticleByRoot, root)
	a, err := sqlite.One(rows, err, scanArticle)
	if err != nil {
		return news.Head{}, err
	}
	return a.head()
}

// Head is what lists say of one article.
func (s *Texts) Head(ctx context.Context, id news.ArticleID) (news.Head, error) {
	rows, err := s.db.Query(ctx, selectArticleByID, string(id))
	a, err := sqlite.One(rows, err, scanArticle)
	if err != nil {
		return news.Head{}, fmt.Errorf("article %s: %w", id, err)
	}
	return a.head()
}

// latest are the versions that stand, or else stood last. They are chosen here: to put versions in order
// the engine would copy all that is in them.
func latest(versions []articleRow) map[news.ArticleID]articleRow {
	all := make(map[news.ArticleID]articleRow, len(versions))
	for _, a := range versions {
		if b, known := all[a.id]; !known || b.replaced != nil && (a.replaced == nil || a.n > b.n) {
			all[a.id] = a
		}
	}
	return all
}

// Heads are what lists say of these articles, each as it stands, else as it last stood. Those that
// the record does not hold are left out; damaged ones are too, and are the error beside the rest.
func (s *Texts) Heads(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Head, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, selectArticlesByIDs, string(list))
	found, err := sqlite.All(rows, err, scanArticle)
	if err != nil {
		return nil, err
	}
	heads := make(map[news.ArticleID]news.Head, len(found))
	var damaged []error
	for _, a := range latest(found) {
		h, err := a.head()
		if err != nil {
			damaged = append(damaged, err)
			continue
		}
		heads[a.id] = h
	}
	return heads, errors.Join(damaged...)
}
