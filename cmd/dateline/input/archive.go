package input

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/fetch/warc"
	"dateline/news"
)

// archive yields the pages of a WARC archive, and the records that must be rejected with their
// places. Whatever else it holds is counted by kind, and told as a note.
func (in *Inputs) archive(path string, yield func(input, error) bool) (more bool) {
	from := in.program.In
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return yield(input{Path: path}, cli.Bare(err))
		}
		defer f.Close()
		from = f
	}
	tally := archiveTally{others: map[string]int{}, warnings: map[string]int{}}
	defer func() {
		in.mu.Lock()
		defer in.mu.Unlock()
		in.notes = append(in.notes, tally.note(path))
	}()
	r := warc.NewReader(from, warc.ReaderConfig{})
	for {
		record, err := r.Next()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			return yield(input{Path: path}, fmt.Errorf("offset %d: %w", r.Offset(), cli.Bare(err)))
		}
		page, err := record.Page(warc.PageConfig{BadDigest: in.origin.badDigest})
		for _, w := range record.Warnings {
			tally.warnings[w]++
		}
		var other *warc.SkipError
		if errors.As(err, &other) {
			tally.others[other.Why]++
			continue
		}
		name := path + ", " + record.Where()
		if target := record.Target(); target != "" {
			name += ": " + target
		}
		if err != nil {
			tally.rejected++
			if !yield(input{Path: name}, err) {
				return false
			}
			continue
		}
		tally.pages++
		page.Outlet = in.origin.outlet
		if page.Fetched.IsZero() {
			page.Fetched = in.origin.fetched
		}
		if !yield(input{name, func() (news.Page, error) { return page, nil }}, nil) {
			return false
		}
	}
}

// An archiveTally accounts for the records of an archive.
type archiveTally struct {
	pages, rejected  int
	others, warnings map[string]int
}

func (t archiveTally) note(path string) string {
	others := 0
	for _, n := range t.others {
		others += n
	}
	note := fmt.Sprintf("%s: %s of pages, %d rejected, %d without a page%s", path, terminal.Plural(t.pages, "record"), t.rejected, others, byCount(t.others))
	if len(t.warnings) > 0 {
		note += "; warnings" + byCount(t.warnings)
	}
	return note
}

// byCount lists what was counted, the most frequent first, in brackets; nothing for nothing.
func byCount(counts map[string]int) string {
	const most = 6
	var what []string
	for w := range counts {
		what = append(what, w)
	}
	slices.SortFunc(what, func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	var said []string
	for i, w := range what {
		if i == most {
			said = append(said, fmt.Sprintf("and %d other kinds", len(what)-most))
			break
		}
		said = append(said, fmt.Sprintf("%s: %d", w, counts[w]))
	}
	if said == nil {
		return ""
	}
	return " (" + strings.Join(said, "; ") + ")"
}
