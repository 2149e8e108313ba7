-- Lists of one kind of row, such as all conflicts, read the whole table where the kind is rare.
-- Utterances are most rows: whoever walks the table meets them.
CREATE INDEX entry_kind ON entry (kind) WHERE kind <> 'utterance';
