package lines

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dateline/cluster"
	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/input"
	"dateline/news"
)

func Group(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "group --json [flags]",
		Short: "Say which articles report one event, belong to one story, are copies of another",
		Long: `Group reads articles from standard input, one JSON object a line, with "id", "title", "text",
"published" (a day, a time with its zone, or null), "outlet" and "lang". Each is placed among
those before it, and answered, before the next is read: "event" and "story" it belongs to, the
article it is a "copy_of" (or null) and the "reason". No language is treated apart, and nothing
is stored.

With --final nothing is printed before the last article is read; the answers then are those of
the state at rest, after repair, which is the same for every order of the articles.`,
		Example: `  dateline group --json < articles.jsonl
  dateline group --json --final < articles.jsonl`,
		Args: cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "JSON objects in and out, one a line")
	final := c.Flags().Bool("final", false, "print the state after the last article, repairs included")
	c.RunE = func(*cobra.Command, []string) error {
		if !*asJSON {
			return cli.Usage(errors.New("group reads and writes JSON: give --json"))
		}
		out := bufio.NewWriter(p.Out)
		defer out.Flush()
		if err := groupLines(p, out, *final); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return fmt.Errorf("write standard output: %w", cli.Bare(err))
		}
		return nil
	}
	return c
}

// groupRequest is a line of the input of group; any value will do for an id.
type groupRequest struct {
	ID        json.RawMessage `json:"id"`
	Title     *string         `json:"title"`
	Text      *string         `json:"text"`
	Published *string         `json:"published"`
	Outlet    *string         `json:"outlet"`
	Lang      *string         `json:"lang"`
}

type groupRecord struct {
	ID     json.RawMessage `json:"id"`
	Event  news.EventID    `json:"event"`
	Story  news.StoryID    `json:"story"`
	CopyOf json.RawMessage `json:"copy_of"`
	Reason string          `json:"reason"`
}

func groupLines(p *cli.Program, out *bufio.Writer, final bool) error {
	encode := cli.JsonLines(out)
	lines := bufio.NewReaderSize(p.In, 1<<20)
	groups := cluster.New()
	var records []cluster.Record // to be settled
	answer := func(d cluster.Decision) error {
		r := groupRecord{ID: json.RawMessage(d.Article), Event: d.Event, Story: d.Story, Reason: d.Reason.String()}
		if d.CopyOf != "" {
			r.CopyOf = json.RawMessage(d.CopyOf)
		}
		if err := encode(r); err != nil {
			return fmt.Errorf("write standard output: %w", cli.Bare(err))
		}
		return nil
	}
	for number := 1; ; number++ {
		if lines.Buffered() == 0 { // whoever waits for an answer has it before the next article
			if err := out.Flush(); err != nil {
				return fmt.Errorf("write standard output: %w", cli.Bare(err))
			}
		}
		line, err := input.Line(lines)
		if errors.Is(err, io.EOF) {
			break
		}
		var request groupRequest
		if err == nil {
			err = json.Unmarshal(line, &request)
		}
		if err != nil {
			return fmt.Errorf("read standard input, line %d: %w", number, err)
		}
		if final {
			records = append(records, request.record())
		} else if err := answer(groups.Add(request.record())); err != nil {
			return err
		}
	}
	for _, d := range cluster.Settle(records) {
		if err := answer(d); err != nil {
			return err
		}
	}
	return nil
}

// record is the article of a line.
func (r groupRequest) record() cluster.Record {
	if r.ID == nil {
		r.ID = json.RawMessage("null")
	}
	return Article(string(r.ID), orNothing(r.Title), orNothing(r.Text), orNothing(r.Published), orNothing(r.Outlet))
}

// Article is an article as it is grouped. A date that says nothing is an unknown one.
func Article(id, title, text, published, outlet string) cluster.Record {
	a := cluster.Record{ID: news.ArticleID(id), Title: title, Text: text, Outlet: outlet}
	if i, err := news.ParseInterval(published); err == nil {
		a.Published = i
	} else if t, dayOnly, err := dayOrTime(published); err == nil && t.Year() > 0 {
		a.Published = news.At(news.Instant(t))
		if dayOnly {
			a.Published = news.At(news.Day(t.Date()))
		}
	}
	return a
}
