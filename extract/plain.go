package extract

import (
	"fmt"
	"strings"

	"dateline/news"
	"dateline/text"
)

// readPlain takes a plain text as it is. Its blocks are its lines, without the white space at
// their ends; what each is, is left to package split.
func readPlain(p news.Page, body []byte, d news.Document) (news.Document, error) {
	label := "utf-8"
	if !validUTF8(body) {
		label = "windows-1252"
		if l := served(p); known(l) {
			label = l
		} else {
			d.Flags = append(d.Flags, news.Flag{Name: "charset-guessed", Detail: "the bytes are not UTF-8: read as windows-1252"})
		}
	}
	if label == "utf-8" && len(d.Flags) == 0 && strings.ToValidUTF8(string(body), "") == string(body) {
		d.Text, d.Alignment = string(body), text.Identity(len(body))
	} else {
		dec, err := text.Decode(body, label)
		if err != nil {
			return d, fmt.Errorf("%w: %w", news.ErrUnreadable, err)
		}
		if dec.Replaced > 0 {
			d.Flags = append(d.Flags, news.Flag{Name: "replaced-characters", Detail: fmt.Sprintf("%d places are no character in %s", dec.Replaced, dec.Encoding)})
		}
		d.Text, d.Alignment = dec.Text, dec.Alignment
	}
	for at := 0; at < len(d.Text); {
		end := strings.IndexByte(d.Text[at:], '\n')
		if end < 0 {
			end = len(d.Text)
		} else {
			end += at
		}
		if s := (text.Span{Start: at, End: end}).Trim(d.Text); !s.Empty() {
			d.Blocks = append(d.Blocks, news.Block{Span: s})
		}
		at = end + 1
	}
	return d, nil
}
