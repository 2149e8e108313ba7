// Package inspect finds what breaks the invariants of a data folder that rows and files tell side by
// side: for package doctor, whose comment numbers them and which checks what bytes say.
package inspect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/news"
	"dateline/store/blob"
	"dateline/store/feed"
	"dateline/store/folder"
	"dateline/store/index"
	"dateline/store/page"
	"dateline/store/queue"
	"dateline/store/reading"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// rule is an invariant that one query can check: it finds the objects that break it.
type rule struct {
	invariant string
	query     string // objects, in words
	what, do  string
}

const (
	rebuild = "run \"dateline doctor --repair\", which builds it anew from the originals"
	reread  = "run \"dateline doctor --repair\", which reads the revision again"
	restore = "restore the newest backup that \"dateline doctor --deep\" finds clean"
)

// rules hold between rows. What the schema enforces by itself (UNIQUE, CHECK) is not here.
var rules = []rule{
	{"I2", `SELECT 'page ' || page.name FROM reading JOIN revision ON revision.n = reading.revision JOIN page ON page.n = revision.page
		WHERE reading.replaced IS NULL AND failure = '' GROUP BY page.n HAVING count(*) > 1`,
		"more than one of its readings stands", reread},
	{"I2", `SELECT 'article ' || article.id FROM article JOIN reading ON reading.n = article.reading
		WHERE (article.replaced IS NULL) <> (reading.replaced IS NULL)`,
		"it stands though its reading does not, or the other way round", reread},
	{"I3", `SELECT 'page ' || page.name FROM page JOIN revision ON revision.page = page.n GROUP BY page.n HAVING max(number) <> count(*)`,
		"its revisions are not numbered 1 to n", restore},
	{"I3", `SELECT 'page ' || name FROM page WHERE NOT EXISTS (SELECT 1 FROM revision WHERE revision.page = page.n)`,
		"it has no revision", restore},
	{"I3", `SELECT 'revision ' || id FROM revision r
		WHERE previous <> coalesce((SELECT chain FROM revision p WHERE p.page = r.page AND p.number = r.number - 1), x'')`,
		"it is not chained to the revision before", restore},
	{"I5", `SELECT 'statement ' || id FROM statement WHERE n >> 16 NOT IN (SELECT n FROM article)`,
		"its article is not there", reread},
	{"I5", `SELECT 'article ' || id FROM article WHERE replaced IS NULL AND root NOT IN (SELECT id FROM article_words_docsize)`,
		"full text search does not know it", rebuild},
	{"I5", `SELECT 'search row ' || id FROM article_words_docsize WHERE id NOT IN (SELECT root FROM article WHERE replaced IS NULL)`,
		"full text search knows an article that does not stand", rebuild},
	{"I5", `SELECT 'article ' || id FROM article WHERE replaced IS NULL AND statements <>
			(SELECT count(*) FROM statement_words_docsize d WHERE d.id BETWEEN root << 16 AND (root << 16) + 65535)`,
		"full text search does not know just its statements", rebuild},
	{"I5", `SELECT 'search row ' || id FROM statement_words_docsize WHERE id >> 16 NOT IN (SELECT root FROM article WHERE replaced IS NULL)`,
		"full text search knows a statement that does not stand", rebuild},
	{"I5", `SELECT 'member ' || n FROM member WHERE article NOT IN (SELECT root FROM article)`,
		"it names an article that is not there", restore},
	{"I6", `SELECT 'revision ' || id FROM revision WHERE n NOT IN (SELECT revision FROM job WHERE step = 'read')`,
		"no work was ever queued for it", reread},
	{"I6", `SELECT 'job ' || job.n || ', reading ' || page.name FROM job JOIN revision ON revision.n = job.revision JOIN page ON page.n = revision.page
		WHERE step = 'read' AND state = 'done' AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.revision = job.revision)
			AND page.n NOT IN (SELECT page FROM tombstone)`,
		"it is done, but there is no reading", reread},
	{"I6", `SELECT 'job ' || n FROM job WHERE state IN ('failed', 'dead') AND reason = ''`,
		"it failed without a reason", reread},
	{"I6", fmt.Sprintf(`SELECT 'job ' || n FROM job WHERE attempts > %d`, queue.MaxAttempts),
		"it was tried more often than is allowed", reread},
	{"I9", `SELECT 'article ' || article.id FROM article JOIN reading ON reading.n = article.reading
			JOIN job ON job.revision = reading.revision AND step = 'place' AND state = 'done'
		WHERE article.replaced IS NULL AND root NOT IN (SELECT article FROM member WHERE replaced IS NULL)`,
		"its place was found, but it is in no event", "run \"dateline reread\""},
	{"I9", `SELECT 'event ' || event FROM member WHERE replaced IS NULL AND event NOT IN (SELECT id FROM event WHERE replaced IS NULL)`,
		"it has articles but does not stand", "run \"dateline reread\""},
	{"I9", `SELECT 'story ' || story FROM event WHERE replaced IS NULL AND story NOT IN (SELECT id FROM story WHERE replaced IS NULL)`,
		"it has events but does not stand", "run \"dateline reread\""},
	{"I9", `SELECT kind || ' ' || id FROM (
			SELECT 'event' AS kind, id FROM event WHERE replaced IS NULL UNION ALL SELECT 'story', id FROM story WHERE replaced IS NULL
			UNION ALL SELECT 'entity', id FROM entity WHERE replaced IS NULL UNION ALL SELECT 'ledger row', id FROM entry WHERE replaced IS NULL)
		GROUP BY kind, id HAVING count(*) > 1`,
		"more than one of its versions stands", "run \"dateline reread\""},
	// No bound above: when a page was fetched is the word of who adds it, and invented pages
	// lie in years to come.
	{"I10", `SELECT 'revision ' || id FROM revision WHERE fetched < 631152000000`,
		"it was fetched before 1990", "remove the page and add it again with its right --fetched"},
	{"I10", `SELECT kind || ' ' || n FROM (
			SELECT 'reading' AS kind, n, recorded, replaced FROM reading UNION ALL SELECT 'article', n, recorded, replaced FROM article
			UNION ALL SELECT 'member', n, recorded, replaced FROM member UNION ALL SELECT 'event', n, recorded, replaced FROM event
			UNION ALL SELECT 'story', n, recorded, replaced FROM story UNION ALL SELECT 'entry', n, recorded, replaced FROM entry)
		WHERE replaced < recorded`,
		"it was replaced before it was recorded", restore},
	{"I20", `SELECT 'revision ' || id FROM revision WHERE id NOT IN (SELECT object FROM audit WHERE act = 'add')
		UNION ALL SELECT 'reading of revision ' || revision.id FROM reading JOIN revision ON revision.n = reading.revision
			WHERE revision.id NOT IN (SELECT object FROM audit WHERE act = 'read')
		UNION ALL SELECT 'tombstone of page ' || page.id FROM tombstone JOIN page ON page.n = tombstone.page
			WHERE page.id NOT IN (SELECT object FROM audit WHERE act = 'remove')
		UNION ALL SELECT 'decision ' || id FROM decision WHERE id NOT IN (SELECT object FROM audit WHERE act = 'decide')
			OR undone IS NOT NULL AND id NOT IN (SELECT object FROM audit WHERE act = 'undo')
		UNION ALL SELECT 'account ' || name FROM account WHERE name NOT IN (SELECT object FROM audit WHERE act = 'account')
		UNION ALL SELECT 'token ' || id FROM token WHERE id NOT IN (SELECT object FROM audit WHERE act = 'token')
		UNION ALL SELECT 'feed ' || url FROM feed WHERE id NOT IN (SELECT object FROM audit WHERE act = 'feed add')`,
		"the audit does not tell how it came about", restore},
	{"I14", `SELECT 'account ' || name FROM account WHERE password <> '' AND password NOT LIKE '$argon2id$%'
		UNION ALL SELECT 'token ' || id FROM token WHERE length(hash) <> 32
		UNION ALL SELECT 'session of account ' || account FROM session WHERE length(hash) <> 32`,
		"its secret is not kept as a hash", "give the account a new password and new tokens with \"dateline account\""},
	{"I10", `SELECT 'token ' || id FROM token WHERE ends < recorded UNION ALL SELECT 'session of account ' || account FROM session WHERE ends < recorded`,
		"it ends before it begins", "give the account a new password and new tokens with \"dateline account\""},
	{"I5", `SELECT 'page ' || page.name FROM tombstone JOIN page ON page.n = tombstone.page JOIN revision ON revision.page = page.n
		WHERE revision.sha256 NOT IN (SELECT sha256 FROM refused)`,
		"it was removed, but its bytes would be taken again", restore},
	{"L5", `SELECT 'decision ' || id FROM decision WHERE undone < made`, "it was undone before it was made", restore},
	{"L5", `SELECT 'decision ' || decision.id FROM decision JOIN article ON article.id = decision.article JOIN reading ON reading.n = article.reading
			JOIN revision ON revision.n = reading.revision JOIN tombstone ON tombstone.page = revision.page
		WHERE exact <> ''`, "it has the words of a page that was removed", restore},
	{"L1", `SELECT 'ledger row ' || id FROM entry WHERE removed IS NULL AND n NOT IN (SELECT entry FROM support)`,
		"it rests on no statement", "run \"dateline reread\""},
	{"L6", `SELECT 'statement ' || statement FROM support JOIN entry ON entry.n = support.entry
		WHERE entry.kind = 'utterance' AND entry.replaced IS NULL AND entry.removed IS NULL GROUP BY statement, entry.story HAVING count(*) > 1`,
		"two acts of saying claim it", "run \"dateline reread\""},
	{"L6", `SELECT 'ledger row ' || entry.id FROM entry JOIN support ON support.entry = entry.n
		WHERE entry.replaced IS NULL AND entry.removed IS NULL AND NOT EXISTS (
			SELECT 1 FROM member JOIN event ON event.id = member.event AND event.replaced IS NULL
			WHERE member.article = support.article AND member.replaced IS NULL AND event.story = entry.story)
		AND EXISTS (SELECT 1 FROM article WHERE article.root = support.article AND article.replaced IS NULL)`,
		"it rests on an article that is not in its story", "run \"dateline reread\""},
}

// An Inspector looks through the parts of a data folder.
type Inspector struct {
	dir   string
	db    *sqlite.DB
	blobs *blob.Blobs
	pages *page.Pages
	texts *reading.Texts
	feeds *feed.Feeds
	index *index.Index
}

// New is the inspector of a folder's parts.
func New(dir string, db *sqlite.DB, blobs *blob.Blobs, pages *page.Pages, texts *reading.Texts, feeds *feed.Feeds, x *index.Index) *Inspector {
	return &Inspector{dir, db, blobs, pages, texts, feeds, x}
}

// Inspect finds what only rows and files side by side can tell. deep makes it read every page
// of the database and look for the file of every body; the bytes in it are doctor's to check.
func (i *Inspector) Inspect(ctx context.Context, deep bool) iter.Seq2[news.Finding, error] {
	return func(yield func(news.Finding, error) bool) {
		for _, look := range []func(context.Context, bool, func(news.Finding) bool) error{
			i.engine, i.between, i.words, i.addresses, i.items, i.audit, i.bodies, i.files,
		} {
			stopped := false
			err := look(ctx, deep, func(f news.Finding) bool {
				stopped = !yield(f, nil)
				return !stopped
			})
			if stopped {
				return
			}
			if err != nil && !yield(news.Finding{}, err) {
				return
			}
		}
	}
}

func (i *Inspector) engine(ctx context.Context, deep bool, found func(news.Finding) bool) error {
	check := `PRAGMA quick_check(20)`
	if deep {
		check = `PRAGMA integrity_check(20)`
	}
	problems, err := i.db.Texts(ctx, check)
	if err != nil {
		return err
	}
	for _, p := range problems {
		do := restore
		if strings.Contains(p, "_words") || strings.Contains(p, "_ids") || strings.Contains(p, "fts5") {
			do = rebuild
		}
		if p != "ok" && !found(news.Finding{Invariant: "I17", Object: "database " + i.db.Path(), What: p, Do: do}) {
			return nil
		}
	}
	rows, err := i.db.Query(ctx, `SELECT "table" || ' ' || coalesce(rowid, '?') || ' -> ' || parent FROM pragma_foreign_key_check`)
	problems, err = sqlite.All(rows, err, sqlite.Of[string])
	for _, p := range problems {
		if !found(news.Finding{Invariant: "I5", Object: p, What: "it names a row that is not there", Do: restore}) {
			return nil
		}
	}
	return err
}

func (i *Inspector) between(ctx context.Context, _ bool, found func(news.Finding) bool) error {
	var errs []error
	for _, r := range slices.Concat(rules, feedRules) {
		rows, err := i.db.Query(ctx, r.query+` LIMIT 1000`)
		objects, err := sqlite.All(rows, err, sqlite.Of[string])
		if err != nil {
			errs = append(errs, fmt.Errorf("check %s (%s): %w", r.invariant, r.what, err))
		}
		for _, o := range objects {
			if !found(news.Finding{Invariant: r.invariant, Object: o, What: r.what, Do: r.do}) {
				return nil
			}
		}
	}
	return errors.Join(errs...)
}

// smallArchive is how many articles have their index compared even where the check is not deep.
const smallArchive = 2000

// words compares the index, word by word, with the one that the rows give. That takes
// its time, so a large archive is compared only where the check is deep.
func (i *Inspector) words(ctx context.Context, deep bool, found func(news.Finding) bool) error {
	rows, err := i.db.Query(ctx, `SELECT count(*) FROM (SELECT 1 FROM article_digest LIMIT ?)`, smallArchive+1)
	n, err := sqlite.One(rows, err, sqlite.Of[int])
	if err != nil || !deep && n > smallArchive {
		return err
	}
	differ, err := i.index.Compare(ctx, i.texts.IndexEntries(ctx))
	for _, object := range differ {
		if !found(news.Finding{Invariant: "I5", Object: object, What: "full text search has other words of it than its rows give", Do: rebuild}) {
			return nil
		}
	}
	return err
}

const selectPages = `SELECT n, id, name, url, recorded FROM page WHERE n > ? ORDER BY n LIMIT 1000`

func (i *Inspector) addresses(ctx context.Context, _ bool, found func(news.Finding) bool) error {
	type pageRow struct {
		n, recorded   int64
		id, name, url string
	}
	scan := func(r sqlite.Row) (p pageRow, err error) {
		return p, r.Scan(&p.n, &p.id, &p.name, &p.url, &p.recorded)
	}
	tomorrow := time.Now().Add(24 * time.Hour).UnixMilli()
	for p, err := range row.Walk(ctx, i.db, selectPages, scan, func(p pageRow) int64 { return p.n }) {
		if err != nil {
			return err
		}
		f := news.Finding{Object: "page " + p.name, Do: restore}
		switch {
		case p.url != "" && news.NewPageID(news.CleanURL(p.url)) != news.PageID(p.id):
			f.Invariant, f.What = "I2", "its id is not that of its address "+p.url
		case !utf8.ValidString(p.name) || strings.ContainsRune(p.name+p.url, 0) || !utf8.ValidString(p.url):
			f.Invariant, f.What = "I11", "its name or address is not valid UTF-8 without NUL"
		case p.recorded > tomorrow:
			f.Invariant, f.What = "I10", "it was recorded in the future"
		default:
			continue
		}
		if !found(f) {
			return nil
		}
	}
	return nil
}

// items finds versions of feed items that do not say what was served.
func (i *Inspector) items(ctx context.Context, _ bool, found func(news.Finding) bool) error {
	for object, err := range i.feeds.DamagedItems(ctx) {
		if err != nil {
			return err
		}
		if !found(news.Finding{Invariant: "I3", Object: object, What: "it does not match its hash", Do: restore}) {
			return nil
		}
	}
	return nil
}

const selectAudit = `SELECT n, act, object, detail, recorded, chain FROM audit WHERE n > ? ORDER BY n LIMIT 5000`

func (i *Inspector) audit(ctx context.Context, _ bool, found func(news.Finding) bool) error {
	type auditRow struct {
		n, recorded         int64
		act, object, detail string
		chain               []byte
	}
	scan := func(r sqlite.Row) (a auditRow, err error) {
		return a, r.Scan(&a.n, &a.act, &a.object, &a.detail, &a.recorded, &a.chain)
	}
	var last auditRow
	for a, err := range row.Walk(ctx, i.db, selectAudit, scan, func(a auditRow) int64 { return a.n }) {
		if err != nil {
			return err
		}
		what := ""
		switch {
		case a.n != last.n+1:
			what = "rows before it are missing"
		case !bytes.Equal(a.chain, row.Seal(last.chain, a.act, a.object, a.detail, a.recorded)):
			what = "it does not follow from the row before"
		case a.recorded < last.recorded:
			what = "it was recorded before the row before it"
		}
		if what != "" && !found(news.Finding{Invariant: "I20", Object: fmt.Sprintf("audit row %d", a.n), What: what, Do: restore}) {
			return nil
		}
		last = a
	}
	return nil
}

// bodies compares the files of bodies with the rows that name them.
func (i *Inspector) bodies(ctx context.Context, _ bool, found func(news.Finding) bool) error {
	fresh := time.Now().Add(-time.Minute)
	named := map[blob.Sum]bool{} // 32 bytes a revision
	for f, err := range i.pages.Filed(ctx) {
		if err != nil {
			return err
		}
		named[f.Sum] = true
		if !i.blobs.Has(f.Sum) && !found(news.Finding{Invariant: "I3", Object: fmt.Sprintf("revision %s of %s", f.Revision, f.Name), What: "its body is not there", Do: restore}) {
			return nil
		}
	}
	for f, err := range i.blobs.All() {
		if err != nil {
			return folder.Explain(i.dir, err)
		}
		if f.Changed.After(fresh) {
			continue // it may be of a page that is being added
		}
		finding := news.Finding{Invariant: "I16", Object: f.Path, Do: "run \"dateline doctor --repair\", which deletes it"}
		switch {
		case !f.Named:
			finding.What = "it was left half written, or does not belong here"
		case !named[f.Sum]:
			finding.What = "no revision names it"
		default:
			continue
		}
		if !found(finding) {
			return nil
		}
	}
	return nil
}

// Leftovers are the files among bodies that no revision names, as Inspect finds them.
func (i *Inspector) Leftovers(ctx context.Context) (paths []string, err error) {
	err = i.bodies(ctx, true, func(f news.Finding) bool {
		if f.Invariant == "I16" {
			paths = append(paths, f.Object)
		}
		return true
	})
	return paths, err
}

func (i *Inspector) files(_ context.Context, _ bool, found func(news.Finding) bool) error {
	err := filepath.WalkDir(i.dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // it went away
		}
		if err != nil {
			return err
		}
		relative, _ := filepath.Rel(i.dir, path)
		if top, _, _ := strings.Cut(filepath.ToSlash(relative), "/"); path != i.dir && !folder.Known(top) {
			if !found(news.Finding{Invariant: "I16", Object: path, What: "it does not belong in a data folder", Do: "move it elsewhere"}) {
				return fs.SkipAll
			}
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 && relative != "dateline.toml" &&
			!found(news.Finding{Invariant: "I16", Object: path, What: fmt.Sprintf("others may use it: its mode is %o", mode), Do: "run chmod go= on it"}) {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		return folder.Explain(i.dir, err)
	}
	return nil
}
