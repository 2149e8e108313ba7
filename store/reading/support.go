package reading

import (
	"errors"
	"fmt"

	"dateline/news"
	"dateline/store/index"
	"dateline/store/pack"
	"dateline/store/sqlite"
)

// A Lookup finds the articles and statements that a placement names, each once: a story names an
// article for its event, for whom it mentions, and for each row that rests on it. It holds for as
// long as the transaction does, and no reading is saved meanwhile.
type Lookup struct {
	tx       *sqlite.Tx
	articles map[news.ArticleID]*found
}

// NewLookup looks up in the transaction.
func NewLookup(tx *sqlite.Tx) *Lookup {
	return &Lookup{tx, map[news.ArticleID]*found{}}
}

// found is an article as it stands, else as it last stood.
type found struct {
	n, root    int64
	stands     bool
	statements map[news.StatementID][]byte // packed; nil until one is asked for
}

// A Support is what something rests on: a statement, or an article without one.
type Support struct {
	Statement news.StatementID
	Article   int64 // root
	Issues    []string
}

const (
	selectLastStanding = `SELECT n, root, replaced IS NULL FROM article WHERE id = ? ORDER BY replaced IS NOT NULL, n DESC LIMIT 1`

	selectSupports = `SELECT id, data FROM statement WHERE n BETWEEN ?1 << 16 AND (?1 << 16) + 65535`

	selectSupport = `
		SELECT article.root, statement.data
		FROM article JOIN statement ON statement.n BETWEEN article.n << 16 AND (article.n << 16) + 65535 AND statement.id = ?2
		WHERE article.n = ?1`
)

func (l *Lookup) article(id news.ArticleID) (*found, error) {
	if a, known := l.articles[id]; known {
		return a, nil
	}
	rows, err := l.tx.Query(selectLastStanding, string(id))
	a, err := sqlite.One(rows, err, func(r sqlite.Row) (a found, err error) { return a, r.Scan(&a.n, &a.root, &a.stands) })
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", id, err)
	}
	l.articles[id] = &a
	return &a, nil
}

// Article is the root of an article, and whether it stands.
func (l *Lookup) Article(id news.ArticleID) (root int64, stands bool, err error) {
	a, err := l.article(id)
	if err != nil {
		return 0, false, err
	}
	return a.root, a.stands, nil
}

// Support finds a statement as it stands, else as it last stood; in is its article, where that is
// known.
func (l *Lookup) Support(id news.StatementID, in news.ArticleID) (Support, error) {
	if in == "" {
		return l.anywhere(id)
	}
	a, err := l.article(in)
	if errors.Is(err, news.ErrNotFound) {
		return l.anywhere(id)
	}
	if err != nil {
		return Support{}, err
	}
	if a.statements == nil {
		a.statements = map[news.StatementID][]byte{}
		rows, err := l.tx.Query(selectSupports, a.n)
		_, err = sqlite.All(rows, err, func(r sqlite.Row) (struct{}, error) {
			var id news.StatementID
			var data []byte
			err := r.Scan(&id, &data)
			a.statements[id] = data
			return struct{}{}, err
		})
		if err != nil {
			return Support{}, err
		}
	}
	if data, has := a.statements[id]; has {
		return support(id, a.root, data)
	}
	return l.anywhere(id) // in another version of the article
}

// anywhere finds the newest version of a statement by its id alone.
func (l *Lookup) anywhere(id news.StatementID) (Support, error) {
	rows, err := l.tx.Query(selectStatementArticle, index.Quoted(string(id)))
	versions, err := sqlite.All(rows, err, sqlite.Of[int64])
	if err != nil {
		return Support{}, err
	}
	for _, n := range versions {
		var root int64
		rows, err := l.tx.Query(selectSupport, n, string(id))
		data, err := sqlite.One(rows, err, func(r sqlite.Row) (data []byte, err error) { return data, r.Scan(&root, &data) })
		if errors.Is(err, news.ErrNotFound) {
			continue
		}
		if err != nil {
			return Support{}, err
		}
		return support(id, root, data)
	}
	return Support{}, news.ErrNotFound
}

func support(id news.StatementID, root int64, data []byte) (Support, error) {
	var s struct{ Issues []string } // of a news.Statement
	if err := pack.UnpackValue(data, &s); err != nil {
		return Support{}, fmt.Errorf("%w: %w", news.ErrDamaged, err)
	}
	return Support{id, root, s.Issues}, nil
}
