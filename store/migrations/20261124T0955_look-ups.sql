-- The pages of an actor and of an outlet ask for its newest rows. Without these, each reads the
-- whole table.
CREATE INDEX entry_actor ON entry (actor) WHERE actor <> '';
CREATE INDEX entry_folded ON entry (folded) WHERE folded <> '';
CREATE INDEX article_outlet ON article (outlet) WHERE outlet <> '';
