package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/service"
	"dateline/cmd/dateline/usage"
	"dateline/news"
	"dateline/store"
)

// A pageRecord is how long a kind of page, of answer of the API, or of command takes.
type pageRecord struct {
	Kind       string  `json:"kind"`
	Questions  int     `json:"questions"`
	Bytes      int     `json:"bytes"`    // of the longest answer, not compressed
	First      float64 `json:"first_ms"` // the first of its kind, with nothing in memory but what other kinds left
	P50        float64 `json:"p50_ms"`
	P95        float64 `json:"p95_ms"`
	Longest    float64 `json:"max_ms"`
	P50CPU     float64 `json:"p50_cpu_ms"` // of the whole process
	P95CPU     float64 `json:"p95_cpu_ms"`
	Articles   int     `json:"documents"`
	Statements int     `json:"statements"`
	Rows       int     `json:"rows"`
	PeakBytes  int64   `json:"peak_bytes"` // so far
}

// An object is an article of the record with what hangs together with it, to make addresses from.
type object struct {
	news.Annotation
	story    news.StoryID
	day      string // as of which its story is asked for
	outlet   string
	row      news.EntryID
	position *news.Entry // nil where its story has none
	said     *news.Statement
}

func (o object) title() string {
	if words := strings.Fields(o.Article.Title.Text); len(words) > 1 {
		return words[0] + " " + words[1]
	}
	return o.Article.Title.Text
}

// pageKinds are the addresses that are asked for, by kind; "" where the object has none.
var pageKinds = []struct {
	name string
	path func(o object) string
}{
	{"today", func(object) string { return "/" }},
	{"today as of", func(o object) string { return "/?as-of=" + o.day }},
	{"today, page 5", func(object) string { return "/?page=5" }},
	{"story", func(o object) string { return "/story/" + string(o.story) }},
	{"story as of", func(o object) string { return "/story/" + string(o.story) + "?as-of=" + o.day }},
	{"story, filtered", func(o object) string { return "/story/" + string(o.story) + "?kind=position&page=2" }},
	{"story's brief", func(o object) string { return "/story/" + string(o.story) + "/brief" }},
	{"article", func(o object) string { return "/article/" + string(o.Article.ID) }},
	{"utterance", func(o object) string { return "/why/" + string(o.row) }},
	{"statement", func(o object) string { return "/why/" + string(o.said.ID) }},
	{"raw bytes", func(o object) string { return "/raw/" + string(o.Article.Revision) }},
	{"actor", func(o object) string {
		if o.position == nil {
			return ""
		}
		return "/actor/" + string(o.position.Actor.Entity)
	}},
	{"actor by name", func(o object) string { return "/actor?name=" + url.QueryEscape(o.said.Speaker.Name) }},
	{"outlet", func(o object) string { return "/outlet?name=" + url.QueryEscape(o.outlet) }},
	{"outlet as of", func(o object) string { return "/outlet?name=" + url.QueryEscape(o.outlet) + "&as-of=" + o.day }},
	{"issue", func(o object) string {
		if o.position == nil {
			return ""
		}
		return "/issue/" + string(o.position.Issue.ID) + "?story=" + string(o.story)
	}},
	{"search", func(o object) string { return "/search?q=" + url.QueryEscape(o.title()) }},
	{"search as of", func(o object) string { return "/search?q=" + url.QueryEscape(o.title()) + "&as-of=" + o.day }},
	{"check", func(o object) string { return "/check?q=" + url.QueryEscape(o.said.Words(o.Article.Text)) }},
	{"sources", func(object) string { return "/sources" }},
	{"status", func(object) string { return "/status" }},
	{"decisions", func(object) string { return "/decisions" }},

	{"v1 status", func(object) string { return "/v1/status" }},
	{"v1 stories", func(object) string { return "/v1/stories" }},
	{"v1 story", func(o object) string { return "/v1/stories/" + string(o.story) }},
	{"v1 events", func(o object) string { return "/v1/stories/" + string(o.story) + "/events" }},
	{"v1 story's ledger", func(o object) string { return "/v1/stories/" + string(o.story) + "/ledger" }},
	{"v1 story's conflicts", func(o object) string { return "/v1/conflicts?story=" + string(o.story) }},
	{"v1 timeline", func(o object) string { return "/v1/stories/" + string(o.story) + "/timeline" }},
	{"v1 brief", func(o object) string { return "/v1/stories/" + string(o.story) + "/brief" }},
	{"v1 articles", func(object) string { return "/v1/articles" }},
	{"v1 article", func(o object) string { return "/v1/articles/" + string(o.Article.ID) }},
	{"v1 statement", func(o object) string { return "/v1/statements/" + string(o.said.ID) }},
	{"v1 ledger", func(object) string { return "/v1/ledger" }},
	{"v1 ledger of an actor", func(o object) string { return "/v1/ledger?actor=" + url.QueryEscape(o.said.Speaker.Name) }},
	{"v1 positions on an issue", func(o object) string {
		if o.position == nil {
			return ""
		}
		return "/v1/positions?issue=" + url.QueryEscape(o.position.Issue.Name)
	}},
	{"v1 conflicts", func(object) string { return "/v1/conflicts" }},
	{"v1 row", func(o object) string { return "/v1/ledger/" + string(o.row) }},
	{"v1 why", func(o object) string { return "/v1/why/" + string(o.row) }},
	{"v1 entities", func(object) string { return "/v1/entities" }},
	{"v1 outlets", func(object) string { return "/v1/outlets" }},
	{"v1 outlets as of", func(o object) string { return "/v1/outlets?as_of=" + o.day }},
	{"v1 changes", func(object) string { return "/v1/changes" }},
	{"v1 search", func(o object) string { return "/v1/search?q=" + url.QueryEscape(o.title()) }},
}

// storyCommands are the commands that show a whole story.
var storyCommands = [][]string{{"story"}, {"ledger", "--story"}, {"conflicts", "--story"}, {"commitments", "--story"}, {"agenda", "--story"}, {"timeline"}, {"brief"}}

func pagesCommand(p *cli.Program, run commandLine) *cobra.Command {
	c := &cobra.Command{
		Use:   "pages",
		Short: "Measure how long each kind of page of a record takes",
		Long: `Asks for every kind of page, answer of the API, and command that shows a whole story, without a network,
about articles spread evenly over the record, and prints how long the first, half of them, and 95 of
100 took. A command is the whole of it, from opening the record to its last line, for people and as JSON.`,
		Example: "  dateline bench make --articles 100000 --data /tmp/archive\n  dateline bench pages --data /tmp/archive",
		Args:    cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a kind, one a line")
	questions := c.Flags().Int("questions", 60, "how many of each kind")
	only := c.Flags().String("only", "", "only the kinds whose names begin so")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if *questions < 1 {
			return cli.Usage(errors.New("pages: ask one question or more"))
		}
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			out := bufio.NewWriter(p.Out)
			defer out.Flush()
			err := measurePages(ctx, p, s, run, *questions, *only, func(r pageRecord) error {
				if *asJSON {
					return errors.Join(cli.JsonLines(out)(r), out.Flush())
				}
				_, err := fmt.Fprintf(out, "%-26s first %7.1f ms, half within %6.1f, 95 of 100 within %6.1f, all within %6.1f; of processor time %6.1f and %6.1f; %d KB\n",
					r.Kind, r.First, r.P50, r.P95, r.Longest, r.P50CPU, r.P95CPU, (r.Bytes+999)/1000)
				return errors.Join(err, out.Flush())
			})
			if err != nil {
				return fmt.Errorf("bench pages: %w", err)
			}
			return nil
		})
	}
	return c
}

func measurePages(ctx context.Context, p *cli.Program, s *store.Store, run commandLine, questions int, only string, show func(pageRecord) error) error {
	counts, err := s.Counts(ctx)
	if err != nil {
		return err
	}
	objects, err := sampleObjects(ctx, s, questions)
	if err != nil {
		return err
	}
	handler, err := service.Unhurried(ctx, p, s)
	if err != nil {
		return err
	}
	measured := func(kind string, asks []func() (int, error)) error {
		if len(asks) == 0 || !strings.HasPrefix(kind, only) {
			return nil
		}
		r := pageRecord{Kind: kind, Questions: len(asks), Articles: counts.Articles, Statements: counts.Statements, Rows: counts.Entries}
		var took laps
		for _, ask := range asks {
			m := startMeter()
			n, err := ask()
			if err != nil {
				return fmt.Errorf("%s: %w", kind, err)
			}
			took.add(m)
			r.Bytes = max(r.Bytes, n)
		}
		r.First, r.PeakBytes = took.wall[0], usage.PeakBytes()
		r.P50, r.P50CPU = took.within(50)
		r.P95, r.P95CPU = took.within(95)
		r.Longest, _ = took.within(100)
		return show(r)
	}
	for _, k := range pageKinds {
		var asks []func() (int, error)
		for _, o := range objects {
			if path := k.path(o); path != "" {
				asks = append(asks, func() (int, error) { return askPage(ctx, handler, path) })
			}
		}
		if err := measured(k.name, asks); err != nil {
			return err
		}
	}
	for _, form := range []struct {
		name  string
		flags []string
	}{{"command ", nil}, {"as JSON: ", []string{"--json"}}} {
		for _, words := range storyCommands {
			var asks []func() (int, error)
			for _, o := range objects {
				args := slices.Concat(words, []string{string(o.story), "--data", p.Config.Data}, form.flags)
				asks = append(asks, func() (int, error) { return runCommand(ctx, run, args) })
			}
			if err := measured(form.name+words[0], asks); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// sampleObjects are articles spread over the record with what hangs together with them.
func sampleObjects(ctx context.Context, s *store.Store, most int) ([]object, error) {
	sample, err := sampleArticles(ctx, s, most)
	if err != nil {
		return nil, err
	}
	var objects []object
	for _, a := range sample {
		o := object{Annotation: a, outlet: a.Article.Outlet.Name, said: &a.Statements[0]}
		head, err := s.Head(ctx, a.Article.ID)
		if err != nil {
			return nil, err
		}
		o.day = head.Recorded.AddDate(0, 0, 1).Format(time.DateOnly)
		if _, o.story, err = s.EventOf(ctx, a.Article.ID); errors.Is(err, news.ErrNotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		rows, _, err := s.EntriesAfter(ctx, news.Filter{Story: o.story, Kind: news.Utterance}, 0, 1)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			continue
		}
		o.row = rows[0].ID
		if rows, _, err = s.EntriesAfter(ctx, news.Filter{Story: o.story, Kind: news.Position}, 0, 1); err != nil {
			return nil, err
		}
		if len(rows) > 0 && rows[0].Actor.Entity != "" && rows[0].Issue.ID != "" {
			o.position = &rows[0]
		}
		objects = append(objects, o)
	}
	if len(objects) == 0 {
		return nil, errors.New("the record has no story with a row: fill a folder with \"dateline bench make\"")
	}
	return objects, nil
}

// answer takes what a handler answers and keeps its status and length.
type answer struct {
	header http.Header
	status int
	bytes  int
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	a.bytes += len(b)
	return len(b), nil
}

// askPage asks for a path and tells how long the answer was.
func askPage(ctx context.Context, h http.Handler, path string) (int, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost"+path, nil)
	if err != nil {
		return 0, err
	}
	r.RemoteAddr = "127.0.0.1:1"
	a := &answer{header: http.Header{}}
	h.ServeHTTP(a, r)
	if a.status != http.StatusOK {
		return 0, fmt.Errorf("%s: status %d", path, a.status)
	}
	return a.bytes, ctx.Err()
}

// A commandLine runs the words of a command line and returns its exit status.
type commandLine func(ctx context.Context, args []string, s cli.Streams) int

// runCommand runs a command of ours and tells how much it printed.
func runCommand(ctx context.Context, run commandLine, args []string) (int, error) {
	var printed counter
	if status := run(ctx, args, cli.Streams{In: strings.NewReader(""), Out: &printed, Err: io.Discard}); status != cli.StatusDone {
		return 0, fmt.Errorf("dateline %s: status %d", strings.Join(args, " "), status)
	}
	return int(printed), ctx.Err()
}

type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
