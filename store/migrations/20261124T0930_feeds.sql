-- Collecting: feeds, what they served, and the pages to fetch. These tables hold what happens,
-- not what was said: rows change in place. What an item said is append-only (item_version), and
-- the pages themselves are in page and revision as ever.

CREATE TABLE feed (
	n         INTEGER PRIMARY KEY,
	id        TEXT NOT NULL UNIQUE,
	url       TEXT NOT NULL,
	state     TEXT NOT NULL CHECK (state IN ('active', 'stopped', 'removed')),
	next      INTEGER NOT NULL, -- when it is asked next
	served    INTEGER NOT NULL DEFAULT 0, -- items, over all polls; see I1
	stored    INTEGER NOT NULL DEFAULT 0,
	duplicate INTEGER NOT NULL DEFAULT 0,
	rejected  INTEGER NOT NULL DEFAULT 0,
	polls     INTEGER NOT NULL DEFAULT 0,
	added     INTEGER NOT NULL,
	data      TEXT NOT NULL -- JSON: all else that is known of it
) STRICT;
CREATE INDEX feed_due ON feed (next) WHERE state = 'active';

-- The last polls of each feed; older ones are only in its sums.
CREATE TABLE poll (
	n         INTEGER PRIMARY KEY,
	feed      INTEGER NOT NULL REFERENCES feed,
	at        INTEGER NOT NULL,
	took      INTEGER NOT NULL, -- milliseconds
	status    INTEGER NOT NULL, -- of HTTP; 0 if there was no answer
	class     TEXT NOT NULL,    -- of the outcome; '' for success
	whole     INTEGER NOT NULL, -- asked for without validators
	served    INTEGER NOT NULL,
	stored    INTEGER NOT NULL,
	duplicate INTEGER NOT NULL,
	rejected  INTEGER NOT NULL,
	reasons   TEXT NOT NULL,    -- JSON: why items were rejected
	error     TEXT NOT NULL,
	flags     TEXT NOT NULL,    -- JSON
	rest      INTEGER NOT NULL  -- until when its host asked to be left alone; 0 if it did not
) STRICT;
CREATE INDEX poll_feed ON poll (feed, n);

CREATE TABLE item (
	n          INTEGER PRIMARY KEY,
	feed       INTEGER NOT NULL REFERENCES feed,
	url        TEXT NOT NULL,
	title      TEXT NOT NULL,
	printed    TEXT NOT NULL, -- the time it gives
	published  INTEGER,       -- NULL where that is not known
	seen       INTEGER NOT NULL,
	last_seen  INTEGER NOT NULL,
	absent     INTEGER,       -- since when the feed has it no more
	retracted  INTEGER,
	retraction TEXT NOT NULL DEFAULT '',
	place      INTEGER NOT NULL,
	versions   INTEGER NOT NULL,
	digest     BLOB NOT NULL, -- of the newest version
	link       INTEGER REFERENCES link, -- its page; NULL where there is none
	unfetched  TEXT NOT NULL            -- why its page is not fetched; '' if it is
) STRICT;
CREATE INDEX item_present ON item (feed) WHERE absent IS NULL;
CREATE INDEX item_feed ON item (feed, n);

-- The names of an item: hashes of its ID, address and content.
CREATE TABLE item_key (
	feed INTEGER NOT NULL,
	key  BLOB NOT NULL,
	item INTEGER NOT NULL REFERENCES item,
	PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE item_version (
	item     INTEGER NOT NULL REFERENCES item,
	number   INTEGER NOT NULL,
	text     TEXT NOT NULL,
	flags    TEXT NOT NULL, -- JSON
	hash     BLOB NOT NULL,
	recorded INTEGER NOT NULL,
	PRIMARY KEY (item, number)
) STRICT;

-- A page to be fetched, and looked at again: one row an address, whoever named it.
CREATE TABLE link (
	n         INTEGER PRIMARY KEY,
	key       BLOB NOT NULL UNIQUE, -- hash of the address
	url       TEXT NOT NULL,
	host      TEXT NOT NULL,
	feed      INTEGER NOT NULL REFERENCES feed, -- that named it first
	state     TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'gone', 'refused', 'failed')),
	due       INTEGER NOT NULL,
	lease     INTEGER, -- until when it is leased
	fence     INTEGER NOT NULL DEFAULT 0,
	visits    INTEGER NOT NULL DEFAULT 0,
	quiet     INTEGER NOT NULL DEFAULT 0,
	tries     INTEGER NOT NULL DEFAULT 0,
	status    INTEGER NOT NULL DEFAULT 0,
	etag      TEXT NOT NULL DEFAULT '',
	modified  TEXT NOT NULL DEFAULT '',
	revision  TEXT NOT NULL DEFAULT '',
	moved     TEXT NOT NULL DEFAULT '', -- the address that answered, if it is another
	published INTEGER,
	reason    TEXT NOT NULL DEFAULT '',
	changed   INTEGER NOT NULL
) STRICT;
CREATE INDEX link_waiting ON link (host, due) WHERE state = 'waiting';
CREATE INDEX link_leased ON link (lease) WHERE state = 'leased';

-- What is known of a host. ready is when there is something to ask it for: the latest of
-- not_before and the earliest link that waits.
CREATE TABLE host (
	name       TEXT PRIMARY KEY,
	not_before INTEGER NOT NULL DEFAULT 0,
	reason     TEXT NOT NULL DEFAULT '',
	delay      INTEGER NOT NULL DEFAULT 0, -- milliseconds
	asked      INTEGER NOT NULL DEFAULT 0,
	failures   INTEGER NOT NULL DEFAULT 0,
	ready      INTEGER -- NULL where nothing waits
) STRICT, WITHOUT ROWID;
CREATE INDEX host_ready ON host (ready) WHERE ready IS NOT NULL;

-- Subscriptions to hubs (WebSub).
CREATE TABLE subscription (
	feed    INTEGER PRIMARY KEY REFERENCES feed,
	token   TEXT NOT NULL UNIQUE, -- names the callback
	secret  TEXT NOT NULL,
	hub     TEXT NOT NULL,
	topic   TEXT NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('asked', 'active', 'denied')),
	until   INTEGER NOT NULL, -- end of the lease
	changed INTEGER NOT NULL
) STRICT;
