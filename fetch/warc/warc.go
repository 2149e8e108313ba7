// Package warc reads and writes WARC archives (ISO 28500: 1.0 of 2009, 1.1 of 2017).
//
// A Reader takes an archive as it comes: plain, packed with gzip record by record or as a whole,
// or with zstd. It accounts for every byte: each record comes out, good or with the reason why it
// is Bad and where it lies, and so does what belongs to no record. After damage it goes on at the
// next record: behind a length that lies at the next line that begins one, behind a damaged gzip
// member at the next member that holds one. Memory is bounded by ReaderConfig, whatever lengths
// a record claims.
//
// Record.Page turns a record of a web page into a page: it takes the HTTP head off, joins chunks
// and unpacks the body, forgiving what tools that write archives are known to leave behind (a
// head that announces chunks or a packing which the body no longer has). It checks the digests.
//
// A Writer writes what a Reader read, byte for byte, and the exchanges of a client. Not read are
// the older ARC format and zstd dictionaries; revisit records are told, not resolved: they hold
// no page, only that one was seen again.
package warc

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// A Record is one record of an archive, or a stretch of it that is none.
type Record struct {
	Offset int64 // in the archive: where the record begins, or the gzip member that holds it
	Inner  int64 // in what the member holds, unpacked; 0 for the first record of a member

	Version string // "1.0", "1.1"
	Fields  []Field
	Length  int64  // of the block, by its Content-Length
	Got     int64  // of the block, as read
	Block   []byte // of one that is too long, only the beginning

	// Bad says why the record must not be used. If it has no Fields, nothing could be read at
	// Offset. Warnings are what is wrong with a record that can be used.
	Bad      error
	Warnings []string

	head, tail []byte // as read: the head with the blank line after it, and what follows the block
}

// A Field is one line of a record's head.
type Field struct{ Name, Value string }

// Field is the value of the first field of that name, whatever its case; "" if there is none.
func (r *Record) Field(name string) string {
	for _, f := range r.Fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Type is the kind of record: "response", "request", "warcinfo", ...
func (r *Record) Type() string { return strings.ToLower(r.Field("WARC-Type")) }

// Target is the address that the record is about, as written but for the angle brackets that
// some versions of wget put around it.
func (r *Record) Target() string {
	target := r.Field("WARC-Target-URI")
	if strings.HasPrefix(target, "<") && strings.HasSuffix(target, ">") {
		return target[1 : len(target)-1]
	}
	return target
}

// Date is when the record was made, UTC; zero if it does not say, or nonsense.
func (r *Record) Date() time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, r.Field("WARC-Date")); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// Where is the place of the record in words.
func (r *Record) Where() string {
	if r.Inner > 0 {
		return fmt.Sprintf("offset %d, %d unpacked", r.Offset, r.Inner)
	}
	return fmt.Sprintf("offset %d", r.Offset)
}

// ErrNotWARC reports an archive in another format.
var ErrNotWARC = errors.New("not a WARC archive")

// parseHead reads the version line and the fields.
func (r *Record) parseHead(head string) {
	first, rest, _ := strings.Cut(head, "\n")
	r.Version = strings.TrimPrefix(strings.TrimSpace(first), "WARC/")
	if r.Version != "1.0" && r.Version != "1.1" && !strings.HasPrefix(r.Version, "0.") {
		r.Warnings = append(r.Warnings, fmt.Sprintf("unknown version %q", r.Version))
	}
	strange := 0
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		line = strings.TrimRight(line, "\r")
		if line == "" {
			break
		}
		if (line[0] == ' ' || line[0] == '\t') && len(r.Fields) > 0 {
			r.Fields[len(r.Fields)-1].Value += " " + strings.TrimSpace(line)
			continue
		}
		name, value, found := strings.Cut(line, ":")
		if !found {
			strange++
			continue
		}
		r.Fields = append(r.Fields, Field{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	if strange > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%d lines of the head are no fields", strange))
	}
	if date := r.Field("WARC-Date"); r.Date().IsZero() {
		r.Warnings = append(r.Warnings, fmt.Sprintf("no date: %q", date))
	}
}

// length is the value of Content-Length.
func (r *Record) length() (int64, error) {
	value := r.Field("Content-Length")
	if value == "" {
		return 0, errors.New("no Content-Length")
	}
	var n int64
	for _, c := range []byte(value) {
		if c < '0' || c > '9' || n > (1<<63-1-9)/10 {
			return 0, fmt.Errorf("Content-Length %q", value)
		}
		n = n*10 + int64(c-'0')
	}
	return n, nil
}
