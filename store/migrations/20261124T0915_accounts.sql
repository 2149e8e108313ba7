-- Who may do what, for a program that serves others (package account). Of secrets only hashes are
-- kept. These rows are changed in place: they are no part of the record, and "as of" does not ask
-- for them. Every change but the beginning and end of a session has its row in the audit.

CREATE TABLE account (
	name     TEXT PRIMARY KEY,
	role     TEXT NOT NULL CHECK (role IN ('reader', 'analyst', 'admin')),
	password TEXT NOT NULL, -- PHC form, argon2id; '' for one that has only tokens
	recorded INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
	hash     BLOB PRIMARY KEY, -- SHA-256 of the secret
	account  TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
	recorded INTEGER NOT NULL,
	ends     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account);

CREATE TABLE token (
	hash     BLOB PRIMARY KEY, -- SHA-256 of the secret
	id       TEXT NOT NULL UNIQUE,
	account  TEXT NOT NULL REFERENCES account ON DELETE CASCADE,
	label    TEXT NOT NULL,
	role     TEXT NOT NULL CHECK (role IN ('reader', 'analyst', 'admin')),
	recorded INTEGER NOT NULL,
	ends     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX token_account ON token (account);

-- What was answered to a request that named itself by an Idempotency-Key, so that a program may ask
-- again after a lost answer. Kept for a day.
CREATE TABLE answered (
	principal TEXT NOT NULL,
	key       TEXT NOT NULL,
	request   BLOB NOT NULL, -- SHA-256: the same key with another request is refused
	status    INTEGER NOT NULL,
	answer    BLOB NOT NULL,
	recorded  INTEGER NOT NULL,
	PRIMARY KEY (principal, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_recorded ON answered (recorded);
