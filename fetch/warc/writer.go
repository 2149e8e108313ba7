package warc

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// A Writer writes an archive of version 1.1, each record in a gzip member of its own unless it is
// to be plain. Every call writes whole records to the writer below in one write a record, so that
// an archive that is cut short loses its last record at most.
type Writer struct {
	w      io.Writer
	packed bool
	zip    *gzip.Writer
	buf    bytes.Buffer
}

// NewWriter makes a writer.
func NewWriter(w io.Writer, packed bool) *Writer { return &Writer{w: w, packed: packed} }

// Write writes a record: one that was read as it was, byte for byte, one that was made by its
// Fields and Block, with the length that the block has.
func (w *Writer) Write(r *Record) error {
	w.buf.Reset()
	var out io.Writer = &w.buf
	if w.packed {
		if w.zip == nil {
			w.zip, _ = gzip.NewWriterLevel(nil, gzip.DefaultCompression)
		}
		w.zip.Reset(&w.buf)
		out = w.zip
	}
	head, tail := r.head, r.tail
	if head == nil {
		head, tail = r.newHead(), []byte("\r\n\r\n")
	}
	for _, part := range [][]byte{head, r.Block, tail} {
		if _, err := out.Write(part); err != nil {
			return err
		}
	}
	if w.packed {
		if err := w.zip.Close(); err != nil {
			return err
		}
	}
	_, err := w.w.Write(w.buf.Bytes())
	return err
}

func (r *Record) newHead() []byte {
	var b bytes.Buffer
	b.WriteString("WARC/1.1\r\n")
	for _, f := range r.Fields {
		// A line end in a value would begin a field of somebody else's making.
		fmt.Fprintf(&b, "%s: %s\r\n", f.Name, strings.NewReplacer("\r", " ", "\n", " ").Replace(f.Value))
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(r.Block))
	return b.Bytes()
}

// Info is the first record of an archive: what wrote it, when, and what else is worth telling.
func Info(at time.Time, fields ...Field) *Record {
	var block bytes.Buffer
	for _, f := range fields {
		fmt.Fprintf(&block, "%s: %s\r\n", f.Name, f.Value)
	}
	return newRecord("warcinfo", "", at, "application/warc-fields", block.Bytes())
}

// Exchange is the two records of one request and its response. The address of the peer and the
// reason why the response was cut short may be "".
func Exchange(target, peer string, at time.Time, request, response []byte, truncated string) []*Record {
	answer := newRecord("response", target, at, "application/http;msgtype=response", response)
	if host := peer[:max(strings.LastIndexByte(peer, ':'), 0)]; host != "" {
		answer.Fields = append(answer.Fields, Field{"WARC-IP-Address", strings.Trim(host, "[]")})
	}
	if truncated != "" {
		answer.Fields = append(answer.Fields, Field{"WARC-Truncated", truncated})
	}
	if end := headEnd(response); end > 0 {
		answer.Fields = append(answer.Fields, Field{"WARC-Payload-Digest", digest(response[end:])})
	}
	asked := newRecord("request", target, at, "application/http;msgtype=request", request)
	asked.Fields = append(asked.Fields, Field{"WARC-Concurrent-To", answer.Field("WARC-Record-ID")})
	return []*Record{answer, asked}
}

// newRecord names the record by what it holds: the same exchange at the same time is the same
// record, in whatever archive.
func newRecord(kind, target string, at time.Time, media string, block []byte) *Record {
	date := at.UTC().Format("2006-01-02T15:04:05.000000Z")
	blockDigest := digest(block)
	sum := sha256.Sum256([]byte(strings.Join([]string{kind, target, date, blockDigest}, "\n")))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // a UUID of version 8, RFC 9562
	id := hex.EncodeToString(sum[:16])
	r := &Record{Block: block, Fields: []Field{
		{"WARC-Type", kind},
		{"WARC-Record-ID", fmt.Sprintf("<urn:uuid:%s-%s-%s-%s-%s>", id[:8], id[8:12], id[12:16], id[16:20], id[20:])},
		{"WARC-Date", date},
	}}
	if target != "" {
		r.Fields = append(r.Fields, Field{"WARC-Target-URI", target})
	}
	r.Fields = append(r.Fields, Field{"WARC-Block-Digest", blockDigest}, Field{"Content-Type", media})
	return r
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256:" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])
}
