-- What part of the world the record covers is told with each quote check: the first and the last
-- day of publication and how many outlets, each by a step or two in these.
CREATE INDEX article_published ON article (published) WHERE replaced IS NULL AND published >= '0';
CREATE INDEX article_standing ON article (outlet) WHERE replaced IS NULL;
