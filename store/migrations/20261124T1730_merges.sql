-- The indexes of words were merged whenever four parts of a size lay side by side: a tenth of what
-- storing an article costs in a large record. Eight are merged at once, so a word is written
-- again two thirds as often.
INSERT INTO article_words (article_words, rank) VALUES ('automerge', 8);
INSERT INTO statement_words (statement_words, rank) VALUES ('automerge', 8);
INSERT INTO quote_grams (quote_grams, rank) VALUES ('automerge', 8);
INSERT INTO statement_ids (statement_ids, rank) VALUES ('automerge', 8);
