-- What people decide about the record is kept beside what was read, never in it: a row of its own,
-- which outlives new readings. hash is over what was decided; whether it was undone, and whether it
-- finds its place in the present reading, changes.
CREATE TABLE decision (
	n       INTEGER PRIMARY KEY,
	id      TEXT NOT NULL UNIQUE,
	kind    TEXT NOT NULL,
	object  TEXT NOT NULL,
	other   TEXT NOT NULL,
	value   TEXT NOT NULL,
	article TEXT NOT NULL, -- where the words stand by which it finds its place again
	prefix  TEXT NOT NULL,
	exact   TEXT NOT NULL,
	suffix  TEXT NOT NULL,
	by      TEXT NOT NULL,
	hash    BLOB NOT NULL,
	made    INTEGER NOT NULL,
	undone  INTEGER,
	lost    INTEGER NOT NULL DEFAULT 0
) STRICT;
