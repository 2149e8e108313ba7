package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/plain"
	"dateline/cmd/dateline/terminal"
	"dateline/export"
	"dateline/ledger"
	"dateline/news"
	"dateline/store"
)

// A rowFilter is the flags by which a view of rows is narrowed.
type rowFilter struct {
	news.Filter
	asJSON bool
	asOf   func() (time.Time, error)
}

func (f *rowFilter) flags(c *cobra.Command) {
	c.Flags().BoolVar(&f.asJSON, "json", false, "one JSON object a row, one a line")
	c.Flags().StringVar((*string)(&f.Story), "story", "", "only rows of this story: its id")
	f.asOf = cli.AsOfFlag(c)
}

// eachRow calls show with each row that fits; commitments are as the calendar makes them on the day
// that is asked for.
func eachRow(ctx context.Context, p *cli.Program, s *store.Store, f *rowFilter, show func(e news.Entry, heads map[news.ArticleID]news.Head) error) error {
	at, err := f.asOf()
	if err != nil {
		return err
	}
	f.AsOf = at
	if f.Story != "" {
		if _, err := s.Story(ctx, f.Story, at); err != nil {
			return err
		}
	}
	n, day := 0, cmp.Or(at, time.Now())
	damaged, err := each(ctx, p, s, f.Filter, func(e news.Entry, articles map[news.ArticleID]news.Head) (bool, error) {
		n++
		return true, show(ledger.AsOf(e, day), articles)
	})
	if err != nil {
		return err
	}
	switch {
	case damaged > 0:
		return cli.ErrPartial
	case n == 0 && !f.asJSON:
		fmt.Fprintln(p.Out, "The record holds none.")
	}
	return nil
}

func conflictsCommand(p *cli.Program) *cobra.Command {
	f := rowFilter{Filter: news.Filter{Kind: news.Conflict}}
	c := &cobra.Command{
		Use:   "conflicts",
		Short: "List accounts that cannot both be true",
		Long: `Conflicts lists accounts of one thing that cannot both be true: whether it was, how many, when,
where, who took part, in which words, or who said it. Each side is shown with those who give it and
how many independent origins that goes back to, and what was ruled out before.`,
		Example: `  dateline conflicts
  dateline conflicts --json --as-of 2031-05-03`,
		Args: cobra.NoArgs,
	}
	f.flags(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.Listing(cmd, func(ctx context.Context, s *store.Store) error {
			return eachRow(ctx, p, s, &f, func(e news.Entry, heads map[news.ArticleID]news.Head) error {
				r := export.NewDispute(e, heads)
				return p.Show(f.asJSON, r, func(s terminal.Style) error { return plain.Dispute(p.Out, s, r) })
			})
		})
	}
	return c
}

func commitmentsCommand(p *cli.Program) *cobra.Command {
	f := rowFilter{Filter: news.Filter{Kind: news.Commitment}}
	c := &cobra.Command{
		Use:   "commitments",
		Short: "List what actors bound themselves to, and what became of it",
		Long: `Commitments lists promises, threats, plans, agreements and events that are set: by whom, what, on
what condition, when it is due and why we think so, and what became of it. A commitment of which
nothing was told is due while its day lasts and overdue when it is over.`,
		Example: `  dateline commitments --actor Ruiz
  dateline commitments --json --as-of 2031-05-03`,
		Args: cobra.NoArgs,
	}
	f.flags(c)
	c.Flags().StringVar(&f.Actor, "actor", "", "only those of this actor: words of the name, or an id")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.Listing(cmd, func(ctx context.Context, s *store.Store) error {
			return eachRow(ctx, p, s, &f, func(e news.Entry, heads map[news.ArticleID]news.Head) error {
				r := export.NewUndertaking(e, heads)
				return p.Show(f.asJSON, r, func(s terminal.Style) error { return plain.Undertaking(p.Out, s, r) })
			})
		})
	}
	return c
}

func agendaCommand(p *cli.Program) *cobra.Command {
	f := rowFilter{Filter: news.Filter{Kind: news.Commitment}}
	c := &cobra.Command{
		Use:   "agenda",
		Short: "List what is to come, by day, or as an iCalendar",
		Long: `Agenda lists the commitments and set events that have a day and are still open on the day asked
for, the nearest first. With --calendar it prints them as an iCalendar (RFC 5545).`,
		Example: `  dateline agenda
  dateline agenda --calendar > story.ics`,
		Args: cobra.NoArgs,
	}
	f.flags(c)
	calendar := c.Flags().Bool("calendar", false, "as an iCalendar")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.Listing(cmd, func(ctx context.Context, s *store.Store) error {
			var list []export.Undertaking
			if err := eachRow(ctx, p, s, &rowFilter{Filter: f.Filter, asJSON: true, asOf: f.asOf}, func(e news.Entry, heads map[news.ArticleID]news.Head) error {
				if u := e.Undertaking; u != nil && !u.Due.IsZero() && (u.Status == news.StatusOpen || u.Status == news.StatusDue || *calendar) {
					list = append(list, export.NewUndertaking(e, heads))
				}
				return nil
			}); err != nil {
				return err
			}
			slices.SortStableFunc(list, func(x, y export.Undertaking) int {
				_, a := x.Due.Value.Bounds()
				_, b := y.Due.Value.Bounds()
				return a.Compare(b)
			})
			if *calendar {
				var entries []export.Appointment
				for _, r := range list {
					entries = append(entries, export.Appointment{ID: r.ID, What: r.What, By: r.By.Name, Due: r.Due.Value, Why: r.Due.Reason, Status: r.Status, Recorded: r.Recorded})
				}
				_, err := io.WriteString(p.Out, export.Calendar(entries))
				return err
			}
			if len(list) == 0 && !f.asJSON {
				fmt.Fprintln(p.Out, "Nothing is to come.")
			}
			for _, r := range list {
				if err := p.Show(f.asJSON, r, func(s terminal.Style) error {
					_, err := fmt.Fprintf(p.Out, "%s\n%s\n\n", s.Bold(r.Due.Value.String()), terminal.Wrap(fmt.Sprintf("%s: %s (%s)", cmp.Or(terminal.Clean(r.By.Name), "set"), terminal.Clean(r.What), r.ID), "  "))
					return err
				}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return c
}

func actorCommand(p *cli.Program) *cobra.Command {
	f := rowFilter{}
	c := &cobra.Command{
		Use:     "actor NAME",
		Short:   "Show where somebody stands: positions, changes, commitments and last words",
		Example: `  dateline actor Ruiz`,
		Args:    cobra.MinimumNArgs(1),
	}
	f.flags(c)
	c.RunE = func(cmd *cobra.Command, words []string) error {
		f.Actor = strings.Join(words, " ")
		return p.Listing(cmd, func(ctx context.Context, s *store.Store) error {
			var rows []news.Entry
			if err := eachRow(ctx, p, s, &f, func(e news.Entry, _ map[news.ArticleID]news.Head) error {
				rows = append(rows, e)
				return nil
			}); err != nil {
				return err
			}
			known := heads{store: s}
			heads, err := known.of(ctx, rows...)
			if err != nil {
				return err
			}
			slices.SortStableFunc(rows, func(x, y news.Entry) int {
				_, a := x.Said.When.Bounds()
				_, b := y.Said.When.Bounds()
				return a.Compare(b)
			})
			for _, kind := range actorKinds {
				headed := f.asJSON
				for _, e := range rows {
					if e.Kind != kind {
						continue
					}
					if !headed {
						headed = true
						fmt.Fprintf(p.Out, "%s\n\n", p.Style().Bold("-- "+kindTitles[kind]+" --"))
					}
					var err error
					if kind == news.Commitment {
						r := export.NewUndertaking(e, heads)
						err = p.Show(f.asJSON, r, func(s terminal.Style) error { return plain.Undertaking(p.Out, s, r) })
					} else {
						r := export.NewEntry(e, heads)
						err = p.Show(f.asJSON, r, func(s terminal.Style) error { return plain.Entry(p.Out, s, r) })
					}
					if err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	return c
}

// actorKinds are the rows of an actor, in the order in which they are shown, and kindTitles their
// headings.
var (
	actorKinds = []news.EntryKind{news.Position, news.Change, news.Difference, news.Commitment, news.Confirmation, news.Denial, news.Utterance}
	kindTitles = map[news.EntryKind]string{news.Position: "Positions", news.Change: "Changes of position", news.Difference: "Different, and no change", news.Commitment: "Undertakings",
		news.Confirmation: "Confirmed", news.Denial: "Denied", news.Utterance: "In words"}
)

// storyDates is a story with what its timeline is made of.
func storyDates(ctx context.Context, p *cli.Program, s *store.Store, id news.StoryID, at time.Time) (y news.Story, articles []news.Annotation, rows []news.Entry, err error) {
	if y, err = s.Story(ctx, id, at); err != nil {
		return y, nil, nil, fmt.Errorf("show %w", err)
	}
	if rows, err = s.OfKinds(ctx, y.ID, at, ledger.TimelineKinds); err != nil {
		return y, nil, nil, fmt.Errorf("show %w", err)
	}
	told := map[news.ArticleID]bool{}
	for i := range rows {
		e := ledger.AsOf(rows[i], cmp.Or(at, time.Now()))
		rows[i] = e
		for _, id := range ledger.TimelineCites(e) {
			if k := slices.Index(e.Statements, id); k >= 0 && k < len(e.Quotes) {
				told[e.Quotes[k].Article] = true
				continue
			}
			_, in, err := s.StatementVersion(ctx, id)
			if err == nil {
				told[in.Annotation.Article.ID] = true
			} else if !errors.Is(err, news.ErrNotFound) && !errors.Is(err, news.ErrDamaged) {
				return y, nil, nil, fmt.Errorf("show %w", err)
			}
		}
	}
	articles, missing, err := s.Prose(ctx, articlesOf(y), told)
	if err != nil {
		return y, nil, nil, fmt.Errorf("show %w", err)
	}
	for _, err := range missing {
		p.Complain(err)
	}
	return y, articles, rows, ctx.Err()
}

// articlesOf are the articles of a story, event by event.
func articlesOf(y news.Story) (ids []news.ArticleID) {
	for _, v := range y.Events {
		ids = append(ids, v.Articles...)
	}
	return ids
}

// storyTexts is a story with its articles as they are read, and its rows.
func storyTexts(ctx context.Context, p *cli.Program, s *store.Store, id news.StoryID, at time.Time) (d news.Dossier, articles []news.Annotation, err error) {
	if d, err = s.Dossier(ctx, id, at); err != nil {
		return d, nil, fmt.Errorf("show %w", err)
	}
	articles, missing, err := s.Annotations(ctx, articlesOf(d.Story))
	if err != nil {
		return d, nil, fmt.Errorf("show %w", err)
	}
	for _, err := range missing {
		p.Complain(err)
	}
	day := cmp.Or(at, time.Now())
	d.Entries = slices.Clone(d.Entries)
	for i, e := range d.Entries {
		d.Entries[i] = ledger.AsOf(e, day)
	}
	return d, articles, ctx.Err()
}

// textOf is the text of one of the articles.
func textOf(articles []news.Annotation, id news.ArticleID) string {
	i := slices.IndexFunc(articles, func(a news.Annotation) bool { return a.Article.ID == id })
	return articles[i].Article.Text
}

func timelineCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "timeline STORY",
		Short:   "Show the dates that matter in a story, in its articles' own sentences",
		Example: `  dateline timeline y4mzk3qv2h5ctj6na`,
		Args:    cobra.ExactArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a line")
	asOf := cli.AsOfFlag(c)
	since := c.Flags().String("since", "", "only dates from this day on: 2031-05-03")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		from, err := cli.MomentFlag("since", *since)
		if err != nil {
			return err
		}
		return p.Listing(cmd, func(ctx context.Context, s *store.Store) error {
			y, articles, rows, err := storyDates(ctx, p, s, news.StoryID(args[0]), at)
			if err != nil {
				return err
			}
			lines := ledger.Open(y, articles).Timeline(rows)
			lines = slices.DeleteFunc(lines, func(l ledger.Line) bool {
				first, _ := l.When.Bounds()
				return !from.IsZero() && first.Before(from.First())
			})
			var shown []news.ArticleID
			for _, l := range lines {
				shown = append(shown, l.Article)
			}
			heads, err := s.Heads(ctx, shown)
			if err != nil && !errors.Is(err, news.ErrDamaged) {
				return fmt.Errorf("show %w", err)
			}
			day := ""
			for _, l := range lines {
				head := heads[l.Article]
				r := export.NewLine(l.When, news.Passage{Article: l.Article, Span: l.Span}, textOf(articles, l.Article), head, l.Origins, l.Reason)
				if err := p.Show(*asJSON, r, func(s terminal.Style) error {
					if r.Date.String() != day {
						day = r.Date.String()
						fmt.Fprintln(p.Out, s.Bold(day))
					}
					_, err := fmt.Fprintf(p.Out, "%s\n%s\n", terminal.Wrap(terminal.Clean(r.Text), "  "), s.Dim(terminal.Wrap(fmt.Sprintf("%s, %s, bytes %d-%d; at most %s", cmp.Or(terminal.Clean(head.Outlet), "outlet unknown"), terminal.Clean(head.Ref.Page), l.Span.Start, l.Span.End, terminal.Plural(l.Origins, "origin")), "    ")))
					return err
				}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return c
}

// partTitles are the parts of a brief as people read them.
var partTitles = map[string]string{"topline": "Topline", "new": "What is new", "why": "Why it matters", "says": "Who says what", "other side": "The other side", "watch": "What to watch"}

func briefCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "brief STORY",
		Short: "Show a story in two minutes, in its articles' own sentences",
		Long: `Brief shows of a story the topline, what is new, why it matters, who says what, the other side and
what to watch. Every sentence is one of an article, byte for byte, with its place; nothing is
written. --since says when you looked last, --as-of shows the brief of another day.`,
		Example: `  dateline brief y4mzk3qv2h5ctj6na --since 2031-05-01`,
		Args:    cobra.ExactArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a sentence, one a line")
	asOf := cli.AsOfFlag(c)
	since := c.Flags().String("since", "", "when you looked last: 2031-05-03 or 2031-05-03T09:30:00Z")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		m, err := cli.MomentFlag("since", *since)
		if err != nil {
			return err
		}
		var from time.Time
		if !m.IsZero() {
			from = cmp.Or(m.Instant, m.First())
		}
		return p.Listing(cmd, func(ctx context.Context, s *store.Store) error {
			d, articles, err := storyTexts(ctx, p, s, news.StoryID(args[0]), at)
			if err != nil {
				return err
			}
			part := ""
			for _, x := range ledger.Open(d.Story, articles).Brief(d.Entries, from, cmp.Or(at, time.Now())) {
				head := d.Heads[x.Article]
				r := export.NewSentence(x.Part, x.When, news.Passage{Article: x.Article, Span: x.Span}, textOf(articles, x.Article), head, x.Row, x.Reason)
				if err := p.Show(*asJSON, r, func(s terminal.Style) error {
					if x.Part != part {
						part = x.Part
						fmt.Fprintln(p.Out, s.Bold(partTitles[part]))
					}
					_, err := fmt.Fprintf(p.Out, "%s\n%s\n", terminal.Wrap(terminal.Clean(r.Text), "  "), s.Dim(terminal.Wrap(fmt.Sprintf("%s, %s, bytes %d-%d; %s", cmp.Or(terminal.Clean(head.Outlet), "outlet unknown"), terminal.Clean(head.Ref.Page), x.Span.Start, x.Span.End, terminal.Clean(news.ParseReason(r.Rule).Plain())), "    ")))
					return err
				}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return c
}
