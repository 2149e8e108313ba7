package warc

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"

	"dateline/fetch/coding"
)

// ReaderConfig bounds a reader. The zero value of a field is its default.
type ReaderConfig struct {
	MaxBlock int64 // 16 MB: the longest block that is kept; a longer one is passed over, and its record is Bad
	MaxHead  int   // 64 KB: of a record
	MaxRatio int64 // 100: how far a gzip member may swell past its first MiB
}

// A Reader reads the records of an archive in order.
type Reader struct {
	config ReaderConfig
	source *source
	at     *stretch // nil between stretches

	stepped int64 // bytes stepped back over, in all
	joined  bool  // it was told that records share a member
	ended   error
}

// maxSteps is how far the reader steps back in all, beside what it has read: it does so to find
// the records inside a block whose length lied, and an archive of nothing but lies would have it
// read everything again for each.
const maxSteps = 64 << 20

// NewReader makes a reader. It buffers.
func NewReader(r io.Reader, c ReaderConfig) *Reader {
	c.MaxBlock = cmp.Or(c.MaxBlock, 16<<20)
	c.MaxHead = cmp.Or(c.MaxHead, 64<<10)
	c.MaxRatio = cmp.Or(c.MaxRatio, 100)
	return &Reader{config: c, source: newSource(r, c.MaxRatio)}
}

// Next is the next record, or the next stretch that is none (see Record.Bad). It returns io.EOF
// at the end, and another error if the archive could not be read on.
func (r *Reader) Next() (*Record, error) {
	for r.ended == nil {
		record, err := r.next()
		if record != nil || err != nil {
			r.ended = err
			if record != nil {
				return record, nil
			}
			break
		}
	}
	return nil, r.ended
}

// Offset is how far into the archive the reader is.
func (r *Reader) Offset() int64 { return r.source.at() }

// close leaves a stretch. What was read ahead in it is of no use to the next, but its buffer is.
func (r *Reader) close() { r.source.buf, r.at = r.at.made, nil }

// next is nil, nil where a stretch ends.
func (r *Reader) next() (*Record, error) {
	if r.at == nil {
		offset := r.source.at()
		s, err := r.source.next()
		if errors.Is(err, errNoMember) {
			if err := r.source.seek(); err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			return &Record{Offset: offset, Bad: fmt.Errorf("%d bytes that are no gzip member", r.source.at()-offset)}, nil
		}
		if err != nil {
			return nil, err
		}
		r.at = s
	}
	s := r.at
	record := &Record{}
	led := s.blank()
	record.place(s)
	seen, err := s.peek(len("WARC/"))
	switch {
	case len(seen) == 0 && errors.Is(err, io.EOF):
		r.close()
		return nil, nil
	case len(seen) == 0:
		return r.damaged(record, err)
	case string(seen) != "WARC/":
		return r.astray(record)
	}
	if led > 0 && s.pos == int64(led) {
		record.Warnings = append(record.Warnings, "blank lines before it")
	}
	if !s.plain && !r.joined && s.pos > int64(led) {
		r.joined = true
		record.Warnings = append(record.Warnings, "not packed record by record: it cannot be read from its offset")
	}
	return r.record(record)
}

func (r *Record) place(s *stretch) {
	if s.plain {
		r.Offset = s.offset + s.pos
	} else {
		r.Offset, r.Inner = s.offset, s.pos
	}
}

// blank passes line ends.
func (s *stretch) blank() int {
	n := 0
	for {
		seen, _ := s.peek(1)
		if len(seen) == 0 || seen[0] != '\r' && seen[0] != '\n' {
			return n
		}
		s.skip(1)
		n++
	}
}

// astray is at bytes that begin no record.
func (r *Reader) astray(record *Record) (*Record, error) {
	if seen, _ := r.at.peek(len("filedesc://")); record.Offset == 0 && string(seen) == "filedesc://" {
		record.Bad = fmt.Errorf("%w: an ARC archive, which is older", ErrNotWARC)
		return record, io.EOF
	}
	passed, err := r.at.find(false)
	record.Got = passed
	record.Bad = fmt.Errorf("%d bytes that belong to no record", passed)
	if record.Offset == 0 && record.Inner == 0 {
		record.Bad = fmt.Errorf("%w at its start: %w", ErrNotWARC, record.Bad)
	}
	if err != nil {
		return r.giveUp(record, err)
	}
	return record, nil
}

// giveUp leaves the stretch with the record, which has its reason. Behind a stretch that ended as
// it should comes the next one; behind a damaged one, what is whole again.
func (r *Reader) giveUp(record *Record, err error) (*Record, error) {
	s := r.at
	r.close()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && s.plain {
		return record, nil
	}
	if !r.source.packed {
		return record, io.EOF
	}
	if err := r.source.seek(); err != nil && !errors.Is(err, io.EOF) {
		return record, err
	}
	return record, nil
}

// damaged is a record whose bytes do not come out of the archive.
func (r *Reader) damaged(record *Record, err error) (*Record, error) {
	record.Bad = reasonOf(err)
	return r.giveUp(record, err)
}

func reasonOf(err error) error {
	var limit *coding.LimitError
	switch {
	case errors.As(err, &limit):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("the archive ends inside it: %w", io.ErrUnexpectedEOF)
	}
	return fmt.Errorf("damaged: %w", err)
}

// record reads the record that begins here.
func (r *Reader) record(record *Record) (*Record, error) {
	s := r.at
	head, err := s.head(r.config.MaxHead)
	if err != nil {
		if !errors.Is(err, errLongHead) {
			return r.damaged(record, err)
		}
		record.Bad = fmt.Errorf("its head is longer than %d bytes", r.config.MaxHead)
		return r.resume(record)
	}
	record.head = head
	record.parseHead(string(head))
	if record.Length, err = record.length(); err != nil {
		record.Bad = err
		return r.resume(record)
	}
	record.Block, record.Got, err = s.take(record.Length, r.config.MaxBlock)
	if err != nil {
		record.Bad = reasonOf(err)
		if errors.Is(err, io.ErrUnexpectedEOF) && errors.Is(s.err, io.EOF) && !s.plain {
			record.Bad = fmt.Errorf("its gzip member ends inside it, after %d of %d bytes", record.Got, record.Length)
			err = io.EOF // the member itself is whole
		}
		if r.stepBack(record) {
			return record, nil
		}
		return r.giveUp(record, err)
	}
	if record.Length > r.config.MaxBlock {
		record.Bad = fmt.Errorf("its block of %d bytes is longer than %d", record.Length, r.config.MaxBlock)
	}
	return r.separator(record)
}

var errLongHead = errors.New("long head")

// head reads up to and with the blank line.
func (s *stretch) head(most int) ([]byte, error) {
	for n := 1 << 10; ; n *= 2 {
		n = min(n, most)
		seen, err := s.peek(n)
		if end := headEnd(seen); end > 0 {
			head := bytes.Clone(seen[:end])
			s.skip(end)
			return head, nil
		}
		switch {
		case err != nil:
			return nil, err
		case n == most:
			return nil, errLongHead
		}
	}
}

// headEnd is where the blank line after a head ends; 0 if it is not there.
func headEnd(b []byte) int {
	for from := 0; ; {
		i := bytes.IndexByte(b[from:], '\n')
		if i < 0 {
			return 0
		}
		from += i + 1
		switch rest := b[from:]; {
		case bytes.HasPrefix(rest, []byte("\n")):
			return from + 1
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return from + 2
		}
	}
}

// separator reads what stands between the record and the next: two line ends, says the standard.
func (r *Reader) separator(record *Record) (*Record, error) {
	s := r.at
	seen, _ := s.peek(16)
	n := 0
	for n < len(seen) && (seen[n] == '\r' || seen[n] == '\n') {
		n++
	}
	record.tail = bytes.Clone(seen[:n])
	s.skip(n)
	// Looking on makes a gzip member check itself.
	seen, err := s.peek(len("WARC/"))
	switch {
	case len(seen) == 0 && errors.Is(err, io.EOF):
		r.close()
	case len(seen) == 0:
		return r.damaged(record, err)
	case string(seen) != "WARC/" && seen[0] != '\r' && seen[0] != '\n':
		if record.Bad == nil {
			record.Bad = errors.New("its block does not end where its Content-Length says")
		}
		if r.stepBack(record) {
			return record, nil
		}
		return r.resume(record)
	}
	if string(record.tail) != "\r\n\r\n" {
		record.Warnings = append(record.Warnings, "not followed by one blank line")
	}
	return record, nil
}

// stepBack looks for a record inside the block of one whose length lied, and goes on there.
func (r *Reader) stepBack(record *Record) bool {
	if int64(len(record.Block)) != record.Got {
		record.Bad = fmt.Errorf("%w; %d bytes were passed over, with any record in them", record.Bad, record.Got)
		return false
	}
	i := recordStart(record.Block)
	if i < 0 {
		return false
	}
	rest := record.Block[i:]
	if r.stepped += int64(len(rest)); r.stepped > maxSteps+r.source.read {
		record.Bad = fmt.Errorf("%w; there may be records in the %d bytes of its block, but too much of this archive was read twice already", record.Bad, record.Got)
		return false
	}
	r.at.back(rest)
	record.Block = record.Block[:i]
	return true
}

// resume goes on at the next record after the one that is Bad.
func (r *Reader) resume(record *Record) (*Record, error) {
	passed, err := r.at.find(false)
	if passed > 0 {
		record.Bad = fmt.Errorf("%w; %d bytes passed over after it", record.Bad, passed)
	}
	if err != nil {
		return r.giveUp(record, err)
	}
	return record, nil
}
