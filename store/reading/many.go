package reading

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"sync"

	"dateline/news"
	"dateline/store/sqlite"
)

// readTogether is how many articles are read by one query: asking for each by itself takes longer than
// unpacking it.
const readTogether = 200

const (
	selectReadingsByN = readingColumns + `WHERE reading.n IN (SELECT value FROM json_each(?))`

	selectAllStatements = `
		SELECT statement.n, statement.id, statement.data, statement.hash FROM json_each(?) AS a
			CROSS JOIN statement ON statement.n BETWEEN a.value << 16 AND (a.value << 16) | 65535`
)

// Annotations are these articles, each as it stands, else as it last stood, with all that was read in
// them, in the order of the ids. Those that the record does not hold or that are damaged are left out,
// and are the errors beside the rest.
func (s *Texts) Annotations(ctx context.Context, ids []news.ArticleID) (all []news.Annotation, missing []error, err error) {
	return s.together(ctx, ids, func(news.ArticleID) bool { return true })
}

// Prose is Annotations for who shows sentences: only these articles have their statements, which are most of
// what an article takes to be read.
func (s *Texts) Prose(ctx context.Context, ids []news.ArticleID, told map[news.ArticleID]bool) (all []news.Annotation, missing []error, err error) {
	return s.together(ctx, ids, func(id news.ArticleID) bool { return told[id] })
}

// together reads articles, and the statements of those that are told.
func (s *Texts) together(ctx context.Context, ids []news.ArticleID, told func(news.ArticleID) bool) (all []news.Annotation, missing []error, err error) {
	for len(ids) > 0 {
		n := min(len(ids), readTogether)
		some, without, err := s.annotations(ctx, ids[:n], told)
		if err != nil {
			return nil, nil, err
		}
		all, missing, ids = append(all, some...), append(missing, without...), ids[n:]
	}
	return all, missing, nil
}

func (s *Texts) annotations(ctx context.Context, ids []news.ArticleID, told func(news.ArticleID) bool) (all []news.Annotation, missing []error, err error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, nil, err
	}
	rows, err := s.db.Query(ctx, selectArticlesByIDs, string(list))
	found, err := sqlite.All(rows, err, scanArticle)
	if err != nil {
		return nil, nil, err
	}
	articles := latest(found)
	var versions, readings []int64
	for id, a := range articles {
		if readings = append(readings, a.reading); told(id) {
			versions = append(versions, a.n)
		}
	}
	texts, err := byNumber(ctx, s.db, selectReadingsByN, readings, scanReading, func(r readingRow) int64 { return r.n })
	if err != nil {
		return nil, nil, err
	}
	statements, err := byNumber(ctx, s.db, selectAllStatements, versions, scanStatement, func(r statementRow) int64 { return r.n >> 16 })
	if err != nil {
		return nil, nil, err
	}
	made, errs := make([]news.Annotation, len(ids)), make([]error, len(ids))
	var workers sync.WaitGroup
	for w := range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := w; i < len(ids); i += runtime.GOMAXPROCS(0) {
				a, known := articles[ids[i]]
				if !known || len(texts[a.reading]) == 0 {
					errs[i] = fmt.Errorf("article %s: %w", ids[i], news.ErrNotFound)
					continue
				}
				made[i], errs[i] = a.whole(texts[a.reading][0], statements[a.n], told(ids[i]))
			}
		})
	}
	workers.Wait()
	for i, err := range errs {
		if err != nil {
			missing = append(missing, err)
		} else {
			all = append(all, made[i])
		}
	}
	return all, missing, nil
}

// whole is an article's row with its text and, if it is told, its statements.
func (a articleRow) whole(r readingRow, statements []statementRow, told bool) (news.Annotation, error) {
	body, err := r.body()
	if err != nil {
		return news.Annotation{}, err
	}
	n, err := a.unpack(body)
	if err == nil && told {
		n.Statements, err = unpackStatements(a, statements)
	}
	return n, err
}

// byNumber are the rows that a query finds of some numbers, by them.
func byNumber[T any](ctx context.Context, db *sqlite.DB, query string, numbers []int64, scan func(sqlite.Row) (T, error), number func(T) int64) (map[int64][]T, error) {
	list, err := json.Marshal(numbers)
	if err != nil {
		return nil, err
	}
	rows, err := db.Query(ctx, query, string(list))
	found, err := sqlite.All(rows, err, scan)
	by := make(map[int64][]T, len(numbers))
	for _, r := range found {
		by[number(r)] = append(by[number(r)], r)
	}
	return by, err
}
