-- What was removed must not come back under another address: the bytes of removed pages, by their
-- hashes. A table of its own, for an index of all revisions by hash would be written to all over with
-- each new page, to find the few that were removed.
CREATE TABLE refused (
	sha256    BLOB PRIMARY KEY,
	tombstone INTEGER NOT NULL REFERENCES tombstone
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO refused (sha256, tombstone)
	SELECT revision.sha256, tombstone.n FROM tombstone JOIN revision ON revision.page = tombstone.page ORDER BY tombstone.n;
