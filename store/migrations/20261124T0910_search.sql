-- Search by field, ranked by us: the words that go into the index are cut and stemmed by package
-- search, which also reads queries, so both meet in the same form; FTS5 takes them as they are
-- (tokenize ascii). Columns are the fields of the query language. keys holds what is not words:
-- days, mode, act, language. article_digest has the words of each article as a row of small
-- hashes: ranking reads it, a thousand articles at a time, and never the texts.
-- quote_grams finds the articles that have three words of a quotation in a row.
-- The tables are filled from the rows when a program that knows them opens the folder
-- (search_form says by which form of the index they are filled).

DROP TABLE article_words;
DROP TABLE statement_words;

CREATE VIRTUAL TABLE article_words USING fts5 (title, body, outlet, about, keys, content = '', tokenize = 'ascii');
CREATE VIRTUAL TABLE statement_words USING fts5 (content, speaker, hearer, about, issue, outlet, keys, content = '', tokenize = 'ascii');
CREATE VIRTUAL TABLE quote_grams USING fts5 (grams, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
INSERT INTO article_words (article_words, rank) VALUES ('secure-delete', 1);
INSERT INTO statement_words (statement_words, rank) VALUES ('secure-delete', 1);
INSERT INTO quote_grams (quote_grams, rank) VALUES ('secure-delete', 1);

-- What each index holds, for the doctor.
CREATE VIRTUAL TABLE article_words_held USING fts5vocab (article_words, instance);
CREATE VIRTUAL TABLE statement_words_held USING fts5vocab (statement_words, instance);
CREATE VIRTUAL TABLE quote_grams_held USING fts5vocab (quote_grams, instance);

CREATE TABLE article_digest (
	root INTEGER PRIMARY KEY,
	data BLOB NOT NULL
) STRICT;

CREATE TABLE search_form (form INTEGER NOT NULL) STRICT;
INSERT INTO search_form (form) VALUES (0);

-- What stood at a time and stands no longer is looked through one by one.
CREATE INDEX article_replaced ON article (replaced) WHERE replaced IS NOT NULL;
