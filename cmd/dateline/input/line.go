package input

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"dateline/cmd/dateline/cli"
)

// maxLineBytes is the longest line of JSON that is read: a text of a page may have maxFileBytes.
const maxLineBytes = 2 * maxFileBytes

// Line returns the next line that is not empty.
func Line(r *bufio.Reader) ([]byte, error) {
	for {
		var line []byte
		for {
			part, err := r.ReadSlice('\n')
			line = append(line, part...)
			if errors.Is(err, bufio.ErrBufferFull) {
				if len(line) > maxLineBytes {
					return nil, tooLarge(int64(len(line)))
				}
				continue
			}
			if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0) {
				return nil, cli.Bare(err)
			}
			break
		}
		if len(strings.TrimSpace(string(line))) > 0 {
			return line, nil
		}
	}
}
