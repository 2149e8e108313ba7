package lines

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/annotate/when"
	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/input"
	"dateline/cmd/dateline/terminal"
	"dateline/export"
	"dateline/news"
)

func When(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "when [flags]",
		Short: "Find the time expressions of a text and say which time each means",
		Long: `When reads standard input and prints its time expressions with their values (EDTF, or TIMEX3
where EDTF has no form), what each was reckoned from and the rule that did it. What the text and
the day of publication do not tell has no value. Nothing is stored.

With --json every line is an object with "id", "text" and "dct", when the text was published (a
day or a time with its zone, or null); "fetched" may say when the page was fetched. Every line of
the answer is an object with "id" and "times". Without it the input is one text.`,
		Example: `  echo "She spoke on Tuesday." | dateline when --published 2031-05-02
  dateline when --json < texts.jsonl`,
		Args: cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "JSON objects in and out, one a line")
	day := c.Flags().String("published", "", "when the text was published, as 2031-05-03 or 2031-05-03T09:30:00-04:00")
	without := c.Flags().StringSlice("without", nil, "rules to leave out, to see what each is worth")
	c.RunE = func(*cobra.Command, []string) error {
		off := map[string]bool{}
		for _, rule := range *without {
			off[rule] = true
		}
		out := bufio.NewWriter(p.Out)
		defer out.Flush()
		if *asJSON {
			if *day != "" {
				return cli.Usage(errors.New(`--published is for one text: with --json each object has its "dct"`))
			}
			return whenLines(p, out, off)
		}
		ref, err := Reference(*day, "")
		if err != nil {
			return cli.Usage(fmt.Errorf("--published %w", err))
		}
		body, err := input.ReadAll(p.In)
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
		ref.Off = off
		return printTimes(out, p.Style(), string(body), when.Expressions(string(body), nil, ref))
	}
	return c
}

// whenRequest is a line of the input of when --json; any value will do for an id.
type whenRequest struct {
	ID      json.RawMessage `json:"id"`
	Text    string          `json:"text"`
	DCT     *string         `json:"dct"`
	Fetched *string         `json:"fetched"`
}

type whenRecord struct {
	ID    json.RawMessage `json:"id"`
	Times []export.Time   `json:"times"`
}

// whenLines answers line by line, in order.
func whenLines(p *cli.Program, out *bufio.Writer, off map[string]bool) error {
	encode := cli.JsonLines(out)
	lines := bufio.NewReaderSize(p.In, 1<<20)
	for number := 1; ; number++ {
		line, err := input.Line(lines)
		if errors.Is(err, io.EOF) {
			break
		}
		var request whenRequest
		var ref when.Reference
		if err == nil {
			err = json.Unmarshal(line, &request)
		}
		if err == nil {
			ref, err = Reference(orNothing(request.DCT), orNothing(request.Fetched))
		}
		if err != nil {
			return fmt.Errorf("read standard input, line %d: %w", number, err)
		}
		if request.ID == nil {
			request.ID = json.RawMessage("null")
		}
		ref.Off = off
		if err := encode(whenRecord{request.ID, export.Times(when.Expressions(request.Text, nil, ref))}); err != nil {
			return fmt.Errorf("write standard output: %w", cli.Bare(err))
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write standard output: %w", cli.Bare(err))
	}
	return nil
}

// Reference is what the times of a text are reckoned from: when it was published and fetched, "" where
// that is not known.
func Reference(published, fetched string) (ref when.Reference, err error) {
	if published != "" {
		if ref.Published, ref.DayOnly, err = dayOrTime(published); err != nil {
			return ref, err
		}
	}
	if fetched != "" {
		ref.Fetched, _, err = dayOrTime(fetched)
	}
	return ref, err
}

// orNothing is a text of JSON, "" for null.
func orNothing(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// dayOrTime reads a civil day or a time; a zone printed with it is kept.
func dayOrTime(s string) (t time.Time, dayOnly bool, err error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err = time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t, layout == time.DateOnly, nil
		}
	}
	return t, false, fmt.Errorf("%q: give a day or a time, as 2031-05-03 or 2031-05-03T09:30:00Z", s)
}

// printTimes writes the times of a text for a person.
func printTimes(w io.Writer, s terminal.Style, t string, times []news.TimeExpression) error {
	var b strings.Builder
	for _, x := range times {
		value := x.Value
		if value == "" {
			value = "not known"
		}
		fmt.Fprintf(&b, "%-30s %-9s %s\n", terminal.Clean(x.Span.Of(t)), strings.ToLower(string(x.Type)), value)
		why := x.Reason.String()
		if x.Anchor != "" {
			why = "from " + x.Anchor + ", " + why
		}
		b.WriteString(s.Dim(terminal.Wrap(fmt.Sprintf("bytes %d-%d, %s", x.Span.Start, x.Span.End, why), "    ")) + "\n")
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write standard output: %w", cli.Bare(err))
	}
	return nil
}
