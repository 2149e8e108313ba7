-- The first schema. Why it looks as it does:
-- Rows name each other by small integers (n), given in order of arrival, so that inserting
-- touches the end of each tree; the world names them by id. Times are milliseconds of UTC.
-- hash is a SHA-256 over the row's lasting columns (see seal): checked on every read.
-- Derived rows stay when they are replaced; what stands has no "replaced".

CREATE TABLE page (
	n        INTEGER PRIMARY KEY,
	id       TEXT NOT NULL UNIQUE,
	name     TEXT NOT NULL, -- path or URL as first given
	url      TEXT NOT NULL,
	hash     BLOB NOT NULL,
	recorded INTEGER NOT NULL
) STRICT;

CREATE TABLE revision (
	n          INTEGER PRIMARY KEY,
	id         TEXT NOT NULL UNIQUE,
	page       INTEGER NOT NULL REFERENCES page,
	number     INTEGER NOT NULL CHECK (number > 0),
	sha256     BLOB NOT NULL, -- of the body; names its blob
	size       INTEGER NOT NULL,
	media_type TEXT NOT NULL,
	charset    TEXT NOT NULL,
	outlet     TEXT NOT NULL, -- by the word of who added it
	fetched    INTEGER,       -- NULL where it is not known
	recorded   INTEGER NOT NULL,
	previous   BLOB NOT NULL, -- chain of the revision before; empty for the first
	chain      BLOB NOT NULL, -- over this row and previous
	UNIQUE (page, number)
) STRICT;

-- Bodies that are small when packed. As files they would each take a block, an inode and their
-- share of syncs: making 500 files took 12 to 400 ms, by the state of the file system.
CREATE TABLE body (
	revision INTEGER PRIMARY KEY REFERENCES revision,
	data     BLOB NOT NULL -- packed as in a blob's file; the revision has its hash
) STRICT;

-- What is left of a page that was removed.
CREATE TABLE tombstone (
	n         INTEGER PRIMARY KEY,
	page      INTEGER NOT NULL UNIQUE REFERENCES page,
	reason    TEXT NOT NULL,
	recorded  INTEGER NOT NULL,
	destroyed INTEGER -- when the bodies were gone from the disk
) STRICT;

-- A body that was let go because it need not be kept for ever. Text and hashes stay.
CREATE TABLE released (
	revision INTEGER PRIMARY KEY REFERENCES revision,
	kept     BLOB NOT NULL, -- packed: the stretches that statements stand on, or none
	hash     BLOB NOT NULL,
	recorded INTEGER NOT NULL
) STRICT;

CREATE TABLE job (
	n        INTEGER PRIMARY KEY,
	step     TEXT NOT NULL,
	revision INTEGER NOT NULL REFERENCES revision,
	state    TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'done', 'failed', 'dead')),
	attempts INTEGER NOT NULL DEFAULT 0, -- that failed
	lost     INTEGER NOT NULL DEFAULT 0, -- leases that ended without an answer
	fence    INTEGER NOT NULL DEFAULT 0, -- grows with each lease
	due      INTEGER NOT NULL,
	reason   TEXT NOT NULL DEFAULT '', -- of the last failure
	changed  INTEGER NOT NULL,
	UNIQUE (revision, step)
) STRICT;
CREATE INDEX job_waiting ON job (step, n) WHERE state IN ('queued', 'failed');
CREATE INDEX job_unfinished ON job (state) WHERE state IN ('leased', 'failed', 'dead');

CREATE TABLE reading (
	n          INTEGER PRIMARY KEY,
	revision   INTEGER NOT NULL REFERENCES revision,
	reader     TEXT NOT NULL,
	failure    TEXT NOT NULL, -- why there is no article; '' if there is one
	media_type TEXT NOT NULL,
	flags      TEXT NOT NULL, -- JSON
	text       BLOB NOT NULL, -- packed
	alignment  BLOB NOT NULL, -- packed
	hash       BLOB NOT NULL,
	recorded   INTEGER NOT NULL,
	replaced   INTEGER,
	UNIQUE (revision, reader)
) STRICT;

-- One version of an article: as one reading found it. root is the n of its first version and
-- stands for the article through all of them.
CREATE TABLE article (
	n          INTEGER PRIMARY KEY,
	root       INTEGER NOT NULL,
	id         TEXT NOT NULL,
	reading    INTEGER NOT NULL REFERENCES reading,
	ord        INTEGER NOT NULL, -- its place on the page
	title      TEXT NOT NULL,
	outlet     TEXT NOT NULL,
	language   TEXT NOT NULL,
	published  TEXT NOT NULL, -- EDTF; '' where it is not known
	statements INTEGER NOT NULL,
	data       BLOB NOT NULL, -- packed: the annotation less text and statements
	hash       BLOB NOT NULL,
	recorded   INTEGER NOT NULL,
	replaced   INTEGER,
	UNIQUE (reading, ord)
) STRICT;
CREATE INDEX article_id ON article (id);
CREATE UNIQUE INDEX article_stands ON article (root) WHERE replaced IS NULL;

-- A statement stands as long as its article's version does. n is the article's n with the
-- statement's place in the low 16 bits: so it needs no index.
CREATE TABLE statement (
	n    INTEGER PRIMARY KEY,
	id   TEXT NOT NULL,
	data BLOB NOT NULL, -- packed
	hash BLOB NOT NULL
) STRICT;

-- Statements by id, one row an article version, by its n. An index of ids in a B-tree would
-- be the largest tree of all and be written to all over; FTS5 merges its segments in order.
CREATE VIRTUAL TABLE statement_ids USING fts5 (ids, content = '', detail = none, columnsize = 0, tokenize = 'ascii');

-- Full text, of what stands only. rowid is the article's root, and root with the statement's
-- place in the low 16 bits. Contentless: the text is in reading, once.
CREATE VIRTUAL TABLE article_words USING fts5 (title, body, content = '', tokenize = "porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE statement_words USING fts5 (content, content = '', tokenize = "porter unicode61 remove_diacritics 2");
INSERT INTO article_words (article_words, rank) VALUES ('secure-delete', 1);
INSERT INTO statement_words (statement_words, rank) VALUES ('secure-delete', 1);

CREATE TABLE entity (
	n         INTEGER PRIMARY KEY,
	id        TEXT NOT NULL,
	name      TEXT NOT NULL,
	folded    TEXT NOT NULL, -- the name's words in lower case
	type      TEXT NOT NULL,
	anonymous INTEGER NOT NULL,
	hash      BLOB NOT NULL,
	recorded  INTEGER NOT NULL,
	replaced  INTEGER
) STRICT;
CREATE INDEX entity_id ON entity (id);
CREATE INDEX entity_folded ON entity (folded);

-- Whom an entity of one article is in the record.
CREATE TABLE mention (
	n        INTEGER PRIMARY KEY,
	article  INTEGER NOT NULL, -- root
	local    TEXT NOT NULL,
	entity   TEXT NOT NULL,
	recorded INTEGER NOT NULL,
	replaced INTEGER
) STRICT;
CREATE INDEX mention_article ON mention (article);
CREATE INDEX mention_entity ON mention (entity);

CREATE TABLE story (
	n        INTEGER PRIMARY KEY,
	id       TEXT NOT NULL,
	name     TEXT NOT NULL,
	hash     BLOB NOT NULL,
	recorded INTEGER NOT NULL,
	replaced INTEGER
) STRICT;
CREATE INDEX story_id ON story (id);

CREATE TABLE event (
	n        INTEGER PRIMARY KEY,
	id       TEXT NOT NULL,
	story    TEXT NOT NULL,
	title    TEXT NOT NULL,
	date     TEXT NOT NULL, -- EDTF
	reason   TEXT NOT NULL, -- JSON
	hash     BLOB NOT NULL,
	recorded INTEGER NOT NULL,
	replaced INTEGER
) STRICT;
CREATE INDEX event_id ON event (id);
CREATE INDEX event_story ON event (story);

-- An article belongs to one event at a time.
CREATE TABLE member (
	n        INTEGER PRIMARY KEY,
	article  INTEGER NOT NULL, -- root
	event    TEXT NOT NULL,
	recorded INTEGER NOT NULL,
	replaced INTEGER
) STRICT;
CREATE UNIQUE INDEX member_stands ON member (article) WHERE replaced IS NULL;
CREATE INDEX member_article ON member (article);
CREATE INDEX member_event ON member (event);

-- A row of the ledger.
CREATE TABLE entry (
	n        INTEGER PRIMARY KEY,
	id       TEXT NOT NULL,
	story    TEXT NOT NULL,
	kind     TEXT NOT NULL,
	actor    TEXT NOT NULL, -- entity id
	folded   TEXT NOT NULL, -- the actor's name, its words in lower case
	issues   TEXT NOT NULL, -- of its statements, likewise, one a line
	data     BLOB NOT NULL, -- packed
	hash     BLOB NOT NULL,
	recorded INTEGER NOT NULL,
	replaced INTEGER,
	removed  INTEGER -- tombstone, where it rested on a page that was removed
) STRICT;
CREATE INDEX entry_id ON entry (id);
CREATE INDEX entry_story ON entry (story);

-- What an entry rests on, in order.
CREATE TABLE support (
	entry     INTEGER NOT NULL REFERENCES entry,
	ord       INTEGER NOT NULL,
	statement TEXT NOT NULL,
	article   INTEGER NOT NULL, -- root
	PRIMARY KEY (entry, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX support_article ON support (article);

-- Every change of the record, each row chained to the one before.
CREATE TABLE audit (
	n        INTEGER PRIMARY KEY,
	act      TEXT NOT NULL,
	object   TEXT NOT NULL,
	detail   TEXT NOT NULL,
	recorded INTEGER NOT NULL,
	chain    BLOB NOT NULL
) STRICT;
