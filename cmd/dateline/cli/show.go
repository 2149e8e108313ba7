package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/terminal"
	"dateline/news"
)

// MomentFlag is the day or time that a flag gives, zero where it is not given.
func MomentFlag(name, value string) (news.Moment, error) {
	if value == "" {
		return news.Moment{}, nil
	}
	m, err := news.ParseMoment(value)
	if err != nil || m.Day == 0 {
		return news.Moment{}, Usage(fmt.Errorf("--%s %q: give a day or a time, as 2031-05-03 or 2031-05-03T09:30:00Z", name, value))
	}
	return m, nil
}

// InstantFlag is the time that a flag gives, a day's beginning for a day.
func InstantFlag(name, value string) (time.Time, error) {
	m, err := MomentFlag(name, value)
	if err == nil && !m.IsZero() && m.Instant.IsZero() {
		return m.First(), nil
	}
	return m.Instant, err
}

func (p *Program) Style() terminal.Style {
	return terminal.Style{On: isTerminal(p.Out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

// JsonLines writes values as JSON, one a line.
func JsonLines(w io.Writer) func(any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // the reader is a program, not a browser
	return e.Encode
}

// AsOfFlag adds --as-of; the function it returns reads it.
func AsOfFlag(c *cobra.Command) func() (time.Time, error) {
	value := c.Flags().String("as-of", "", "the record as it stood then: 2031-05-03 (the end of that day, UTC) or 2031-05-03T09:30:00Z")
	return func() (time.Time, error) {
		m, err := MomentFlag("as-of", *value)
		return m.AsOf(), err
	}
}

// Show prints a record: as JSON for a program, else as people like to read it.
func (p *Program) Show(asJSON bool, record any, people func(terminal.Style) error) error {
	if asJSON {
		return JsonLines(p.Out)(record)
	}
	return people(p.Style())
}
