package news

import "dateline/text"

// A Trace leads from something in the record down to the bytes it stands on.
type Trace struct {
	Story    *Story
	Event    *Event
	Entry    *Entry
	Evidence []Evidence // one an article or statement
}

// Evidence is a stretch of one revision as read by one reader.
type Evidence struct {
	Statement *Statement // nil where an article is asked for
	Article   Head
	Reader    string
	Page      string // path or URL as added
	Revision  Revision
	Parts     []Part
	// Gone says why the body cannot be read, where it cannot: ErrRemoved, ErrReleased or
	// ErrDamaged. The parts then have no bytes, or those that were kept.
	Gone error
}

// A Part is a stretch of text with where it came from.
type Part struct {
	Name     string    // "content", "cue", "source", "title"
	Span     text.Span // in the derived text
	Text     string
	Original text.Span // in the bytes of the revision; empty for text that came from nowhere
	Bytes    []byte
}
