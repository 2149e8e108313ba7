// Package store is the memory of the house: one data folder, which holds every page that was
// accepted and everything that was made of it.
//
// # What is kept
//
// A page has revisions, append-only, numbered from 1, each chained by hash to the one before;
// their bytes are files, or where they are few, rows (package blob). A reading is what one
// version of the reader made of a revision; it holds the text, and has article versions, which
// have statements. Placing gives events, stories and ledger rows. Derived rows are never
// changed: a later one replaces an earlier one, and both tell when (recorded, replaced), which
// is what "as of" asks. Every row of text carries a SHA-256 over what it says: what does not
// match it is not served but reported as news.ErrDamaged.
//
// # How it is used
//
//	Open, Close                              a folder, for writing or only for reading
//	AddPage, AddPages                        the front door: stored for good when it returns
//	Lease, Fail, Finish, Progress            the queue: work is rows
//	Page, SaveReading                        the "read" step: a revision -> a reading
//	Reading, Nearby, EntitiesNamed,          the "place" step: a reading -> stories and ledger
//	SavePlacement
//	Articles, Article, Head, Heads,          what is asked; lists are iterators that keep one
//	Statements, Statement, Stories, Story,   page of rows in memory and no transaction open
//	Dossier, EventOf, Entries, Entry, Search, Check, Why, Body,
//	AllPages, RevisionsOf, FindPage, Counts
//	Reread, Before                           read again what the present reader has not read
//	AddFeed, DueFeeds, SavePoll,             what is collected from, and how far it has come
//	LeaseLinks, SaveVisit
//	Remove, Release                          a page goes, a tombstone stays; a body goes, its text stays
//	Backup, Restore                          while writing goes on; verified
//	Inspect, Revisions, Readings, Repair     for package doctor
//	AddComplete, Invent                      archives that come with their readings
//
// Saving twice is harmless: ids come from content. A step's work and its effect, the job's new
// state and the jobs that follow, are one transaction. All writing is grouped (package
// sqlite): call from many goroutines for speed.
//
//	Accounts                                 who may do what
//
// The store decides nothing about news, and keeps no settings.
package store

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"dateline/store/account"
	"dateline/store/blob"
	"dateline/store/decision"
	"dateline/store/feed"
	"dateline/store/find"
	"dateline/store/folder"
	"dateline/store/index"
	"dateline/store/inspect"
	"dateline/store/page"
	"dateline/store/queue"
	"dateline/store/reading"
	"dateline/store/sqlite"
	"dateline/store/story"
)

//go:embed migrations/*.sql
var migrations embed.FS

var (
	ErrInUse  = folder.ErrInUse       // another process writes in the folder
	ErrNewer  = folder.ErrNewer       // the folder's format is of a newer program
	ErrSchema = sqlite.ErrNewerSchema // the database's schema is
	ErrLease  = queue.ErrLease        // the work was handed to somebody else
)

// Options say how to open a folder. The zero value opens it for writing.
type Options struct {
	ReadOnly bool             // for commands that only look; may be used while another process writes
	Now      func() time.Time // the clock; time.Now if nil
	Correct  find.Correct     // how answers are corrected by what people decided; nil shows what was read
}

// A Store is an open data folder. It is safe for concurrent use.
//
// Its methods are those of its parts, and of this package where a thing touches several.
type Store struct {
	*queue.Queue
	*page.Pages
	*reading.Texts
	*story.Ledger
	*feed.Feeds
	*decision.Book
	*find.Finder
	*inspect.Inspector

	// Accounts are who may do what, where the program serves others.
	Accounts *account.Accounts

	dir      string
	db       *sqlite.DB
	blobs    *blob.Blobs
	lock     *folder.Lock // nil if read-only
	shelf    *story.Shelf
	dossiers dossiers
	recency  recency
	counted  counted
}

// What the parts hand out.
type (
	Progress    = queue.Progress
	Listed      = page.Listed
	StatementIn = reading.StatementIn
	FailedJob   = queue.Failed
)

// Open opens the data folder dir, makes it if there is none, and brings it up to date. Where
// the last writer was killed, it first tidies what that left half done.
func Open(ctx context.Context, dir string, o Options) (*Store, error) {
	s := &Store{dir: dir}
	if o.Now == nil {
		o.Now = time.Now
	}
	var err error
	if s.blobs, err = blob.Open(filepath.Join(dir, "blobs")); err != nil {
		return nil, err
	}
	if o.ReadOnly {
		if err := s.openReader(ctx); err != nil {
			return nil, err
		}
		s.furnish(o)
		if form, err := s.IndexForm(ctx); err != nil || form != index.Form {
			err = cmp.Or(err, errors.New("its search index is of another version of dateline: run any command that writes, such as \"dateline doctor --repair\""))
			return nil, errors.Join(fmt.Errorf("%s: %w", dir, err), s.Close())
		}
		return s, nil
	}
	if s.lock, err = folder.Acquire(dir); err != nil {
		return nil, err
	}
	if err = s.private(); err == nil {
		s.db, err = sqlite.Open(ctx, s.database(), sqlite.Options{Migrations: files(), Now: o.Now})
	}
	if err == nil {
		s.furnish(o)
		err = s.resume(ctx)
	}
	if err == nil {
		err = s.Fill(ctx)
	}
	if err != nil {
		err = errors.Join(err, s.lock.Abandon())
		s.lock = nil
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// furnish gives the store its parts.
func (s *Store) furnish(o Options) {
	s.Queue = queue.New(s.db)
	s.Pages = page.New(s.dir, s.db, s.blobs)
	s.Texts = reading.New(s.db, s.Queue)
	s.Ledger = story.New(s.db, s.Queue)
	s.Accounts = account.New(s.db)
	s.Feeds = feed.New(s.db)
	s.Book = decision.New(s.db, s.Texts, s.Ledger)
	words := index.New(s.db)
	s.Finder = find.New(s.db, words, s.Texts, later{s.Book, s.Ledger}, o.Correct)
	s.Inspector = inspect.New(s.dir, s.db, s.blobs, s.Pages, s.Texts, s.Feeds, words)
	s.shelf = story.NewShelf(s.Ledger)
}

// later is what came after an article was read: what people decided and its outlet took back.
type later struct {
	*decision.Book
	*story.Ledger
}

// private makes the database before the engine does: its log and shared memory take the mode.
func (s *Store) private() error {
	f, err := os.OpenFile(s.database(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return folder.Explain(s.dir, err)
	}
	return f.Close()
}

func (s *Store) openReader(ctx context.Context) error {
	if err := folder.Check(s.dir); err != nil {
		return err
	}
	o := sqlite.Options{ReadOnly: true, Migrations: files()}
	var err error
	if s.db, err = sqlite.Open(ctx, s.database(), o); err == nil {
		return nil
	}
	// In a folder that we may not write, the engine cannot make the files it shares with
	// writers. Where there is neither a log nor a writer, the file can be read as it is.
	if _, e := os.Lstat(s.database() + "-wal"); errors.Is(e, fs.ErrNotExist) && !folder.Held(s.dir) {
		o.Immutable = true
		if db, e := sqlite.Open(ctx, s.database(), o); e == nil {
			s.db, err = db, nil
		}
	}
	return err
}

func files() fs.FS {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

func (s *Store) database() string { return filepath.Join(s.dir, "dateline.db") }

// Close ends the work in good order.
func (s *Store) Close() error {
	var errs []error
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Release())
	}
	return errors.Join(errs...)
}

// Crashed tells whether the folder's last writer was killed before it could close.
func (s *Store) Crashed() bool { return s.lock != nil && !s.lock.Crashed.IsZero() }

const selectLastRecorded = `SELECT coalesce((SELECT recorded FROM audit ORDER BY n DESC LIMIT 1), 0)`

// resume makes a folder whose last writer may have been killed fit for the next.
func (s *Store) resume(ctx context.Context) error {
	rows, err := s.db.Query(ctx, selectLastRecorded)
	last, err := sqlite.One(rows, err, sqlite.Of[int64])
	if err != nil {
		return err
	}
	s.db.NotBefore(last)
	if err := errors.Join(s.Reclaim(ctx), s.ReclaimLinks(ctx)); err != nil {
		return err
	}
	if err := s.destroyRemoved(ctx); err != nil {
		return err
	}
	if s.lock.Crashed.IsZero() {
		return nil
	}
	if err := s.sweepReleased(ctx); err != nil {
		return err
	}
	return s.Sweep(ctx, s.lock.Crashed.Add(-time.Minute))
}
