-- The conflicts, commitments and changes of a story of thousands of articles were found by reading all
-- of its rows, most of which are utterances.
CREATE INDEX entry_story_kind ON entry (story, kind) WHERE kind <> 'utterance';
