-- Leasing looked for leased jobs by walking all jobs: the engine does not see that state = 'leased'
-- implies state IN (...), so it never used job_unfinished. It does see terms that are repeated word
-- for word.
DROP INDEX job_unfinished;
CREATE INDEX job_open ON job (state) WHERE state <> 'done' AND state <> 'queued';
