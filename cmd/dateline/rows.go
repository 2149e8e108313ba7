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

	"dateline/export"
	"dateline/ledger"
	"dateline/news"
	"dateline/store"
	"dateline/web/view"
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
	f.asOf = asOfFlag(c)
}

// eachRow calls show with each row that fits; commitments are as the calendar makes them on the day
// that is asked for.
func (p *program) eachRow(ctx context.Context, s *store.Store, f *rowFilter, show func(e news.Entry, heads map[news.ArticleID]news.Head) error) error {
	at, err := f.asOf()
	if err != nil {
		return err
	}
	f.AsOf = at
	n, day := 0, cmp.Or(at, time.Now())
	damaged, err := p.each(ctx, s, f.Filter, func(e news.Entry, articles map[news.ArticleID]news.Head) (bool, error) {
		n++
		return true, show(ledger.AsOf(e, day), articles)
	})
	if err != nil {
		return err
	}
	switch {
	case damaged > 0:
		return errPartial
	case n == 0 && !f.asJSON:
		fmt.Fprintln(p.out, "The record holds none.")
	}
	return nil
}

func (p *program) conflictsCommand() *cobra.Command {
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
		return p.listing(cmd, func(ctx context.Context, s *store.Store) error {
			return p.eachRow(ctx, s, &f, func(e news.Entry, heads map[news.ArticleID]news.Head) error {
				r := export.NewDispute(e, heads)
				return p.show(f.asJSON, r, func(s style) error { return s.printDispute(p.out, r) })
			})
		})
	}
	return c
}

func (s style) printDispute(w io.Writer, r export.Dispute) error {
	var b strings.Builder
	b.WriteString(s.bold(wrap(clean(view.Upper(news.Dispute{About: r.About}.Title())), "")) + "\n")
	for i := range r.Sides {
		v, who := r.Sides[i], sideHead(r.Sides, i)
		b.WriteString(wrap(who+": "+clean(v.Text), "  ") + "\n")
		b.WriteString(s.dim(wrap("in "+sources(v.Statements, v.Passages)+originRange(v.Origins), "    ")) + "\n")
	}
	for _, t := range r.RuledOut {
		b.WriteString(s.dim(wrap(cmp.Or(testWords[t.Test], strings.ReplaceAll(t.Test, "_", " "))+": "+clean(t.Why), "  ")) + "\n")
	}
	s.footer(&b, string(r.ID), r.Rule, r.Removed, r.Withdrawn, r.Corrections)
	_, err := io.WriteString(w, b.String())
	return err
}

// sideHead is whose account a side is, by the words that report it; where another side is of the same
// name, who tells of it.
func sideHead(all []export.Side, i int) string {
	v := all[i]
	head := cmp.Or(clean(v.Actor.Name), "the article itself")
	if len(v.Statements) == 0 {
		return head + ", in its own words"
	}
	told := v.Statements[0].Outlet
	for _, l := range v.Statements {
		if cue := clean(l.Cue); l.Text == v.Text && cue != "" && !view.Colourless(cue) {
			head += " " + cue
			break
		}
	}
	if told != nil && slices.ContainsFunc(all, func(o export.Side) bool {
		return o.Actor.Name == v.Actor.Name && len(o.Statements) > 0 && o.Statements[0].Statement != v.Statements[0].Statement
	}) {
		head += ", as told by " + clean(*told)
	}
	return head
}

// testWords say what a test that a conflict has passed means.
var testWords = map[string]string{
	"sequence": "no earlier and later state", "different_thing": "of one thing", "older_state": "no older state quoted", "rounding": "no rounding", "containment": "neither holds the other", "many": "told many times over",
}

// footer closes a row: its id, why it is there, what has become of what it rests on.
func (s style) footer(b *strings.Builder, id, rule string, removed *string, withdrawn bool, corrections []export.Correction) {
	for _, c := range corrections {
		what := "corrected"
		if c.Whole {
			what = "taken back"
		}
		b.WriteString(wrap(fmt.Sprintf("! %s was %s by its outlet, in %s", clean(c.Article.Page), what, clean(c.By.Page)), "  ") + "\n")
	}
	if withdrawn {
		b.WriteString("  ! the article it rests on was changed or taken back since\n")
	}
	if removed != nil {
		b.WriteString(wrap("! the page it rested on was removed: "+clean(*removed), "  ") + "\n")
	}
	b.WriteString(s.dim(wrap(id+", because "+clean(news.ParseReason(rule).Plain()), "  ")) + "\n\n")
}

func (p *program) commitmentsCommand() *cobra.Command {
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
		return p.listing(cmd, func(ctx context.Context, s *store.Store) error {
			return p.eachRow(ctx, s, &f, func(e news.Entry, heads map[news.ArticleID]news.Head) error {
				r := export.NewUndertaking(e, heads)
				return p.show(f.asJSON, r, func(s style) error { return s.printUndertaking(p.out, r) })
			})
		})
	}
	return c
}

func (s style) printUndertaking(w io.Writer, r export.Undertaking) error {
	var b strings.Builder
	b.WriteString(s.bold(wrap(fmt.Sprintf("%s: %s", cmp.Or(clean(r.By.Name), "Set"), clean(r.What)), "")) + "\n")
	if r.Condition != nil {
		b.WriteString(wrap("on condition: "+clean(*r.Condition), "  ") + "\n")
	}
	if r.AscribedBy != nil {
		b.WriteString(wrap("as told by "+clean(r.AscribedBy.Name), "  ") + "\n")
	}
	made := news.Undertaking{Status: r.Status}
	if n := len(r.History); n > 0 {
		made.History = []news.Step{{Reason: news.ParseReason(r.History[n-1].Reason)}}
	}
	state := made.Plain()
	if r.Due != nil {
		state = fmt.Sprintf("due %s; %s (%s)", r.Due.Value, state, clean(news.ParseReason(r.Due.Reason).Plain()))
	}
	b.WriteString(wrap(state, "  ") + "\n")
	for _, h := range r.History {
		when := "no day told"
		if h.When != nil {
			when = h.When.String()
		}
		b.WriteString(s.dim(wrap(fmt.Sprintf("%s  %s, %s", when, h.Status.Plain(), clean(news.ParseReason(h.Reason).Plain())), "    ")) + "\n")
	}
	if from := sources(r.Statements, r.Passages); from != "" {
		b.WriteString(s.dim(wrap("in "+from, "    ")) + "\n")
	}
	s.footer(&b, string(r.ID), r.Rule, r.Removed, r.Withdrawn, r.Corrections)
	_, err := io.WriteString(w, b.String())
	return err
}

func (p *program) agendaCommand() *cobra.Command {
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
		return p.listing(cmd, func(ctx context.Context, s *store.Store) error {
			var list []export.Undertaking
			if err := p.eachRow(ctx, s, &rowFilter{Filter: f.Filter, asJSON: true, asOf: f.asOf}, func(e news.Entry, heads map[news.ArticleID]news.Head) error {
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
				_, err := io.WriteString(p.out, export.Calendar(entries))
				return err
			}
			if len(list) == 0 && !f.asJSON {
				fmt.Fprintln(p.out, "Nothing is to come.")
			}
			for _, r := range list {
				if err := p.show(f.asJSON, r, func(s style) error {
					_, err := fmt.Fprintf(p.out, "%s\n%s\n\n", s.bold(r.Due.Value.String()), wrap(fmt.Sprintf("%s: %s (%s)", cmp.Or(clean(r.By.Name), "set"), clean(r.What), r.ID), "  "))
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

func (p *program) actorCommand() *cobra.Command {
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
		return p.listing(cmd, func(ctx context.Context, s *store.Store) error {
			var rows []news.Entry
			if err := p.eachRow(ctx, s, &f, func(e news.Entry, _ map[news.ArticleID]news.Head) error {
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
						fmt.Fprintf(p.out, "%s\n\n", p.style().bold("-- "+kindTitles[kind]+" --"))
					}
					var err error
					if kind == news.Commitment {
						r := export.NewUndertaking(e, heads)
						err = p.show(f.asJSON, r, func(s style) error { return s.printUndertaking(p.out, r) })
					} else {
						r := export.NewEntry(e, heads)
						err = p.show(f.asJSON, r, func(s style) error { return s.printEntry(p.out, r) })
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
func (p *program) storyDates(ctx context.Context, s *store.Store, id news.StoryID, at time.Time) (y news.Story, articles []news.Annotation, rows []news.Entry, err error) {
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
		p.complain(err)
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
func (p *program) storyTexts(ctx context.Context, s *store.Store, id news.StoryID, at time.Time) (d news.Dossier, articles []news.Annotation, err error) {
	if d, err = s.Dossier(ctx, id, at); err != nil {
		return d, nil, fmt.Errorf("show %w", err)
	}
	articles, missing, err := s.Annotations(ctx, articlesOf(d.Story))
	if err != nil {
		return d, nil, fmt.Errorf("show %w", err)
	}
	for _, err := range missing {
		p.complain(err)
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

func (p *program) timelineCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "timeline STORY",
		Short:   "Show the dates that matter in a story, in its articles' own sentences",
		Example: `  dateline timeline y4mzk3qv2h5ctj6na`,
		Args:    cobra.ExactArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a line")
	asOf := asOfFlag(c)
	since := c.Flags().String("since", "", "only dates from this day on: 2031-05-03")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		from, err := momentFlag("since", *since)
		if err != nil {
			return err
		}
		return p.listing(cmd, func(ctx context.Context, s *store.Store) error {
			y, articles, rows, err := p.storyDates(ctx, s, news.StoryID(args[0]), at)
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
				if err := p.show(*asJSON, r, func(s style) error {
					if r.Date.String() != day {
						day = r.Date.String()
						fmt.Fprintln(p.out, s.bold(day))
					}
					_, err := fmt.Fprintf(p.out, "%s\n%s\n", wrap(clean(r.Text), "  "), s.dim(wrap(fmt.Sprintf("%s, %s, bytes %d-%d; at most %s", cmp.Or(clean(head.Outlet), "outlet unknown"), clean(head.Ref.Page), l.Span.Start, l.Span.End, plural(l.Origins, "origin")), "    ")))
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

func (p *program) briefCommand() *cobra.Command {
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
	asOf := asOfFlag(c)
	since := c.Flags().String("since", "", "when you looked last: 2031-05-03 or 2031-05-03T09:30:00Z")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		m, err := momentFlag("since", *since)
		if err != nil {
			return err
		}
		var from time.Time
		if !m.IsZero() {
			from = cmp.Or(m.Instant, m.First())
		}
		return p.listing(cmd, func(ctx context.Context, s *store.Store) error {
			d, articles, err := p.storyTexts(ctx, s, news.StoryID(args[0]), at)
			if err != nil {
				return err
			}
			part := ""
			for _, x := range ledger.Open(d.Story, articles).Brief(d.Entries, from, cmp.Or(at, time.Now())) {
				head := d.Heads[x.Article]
				r := export.NewSentence(x.Part, x.When, news.Passage{Article: x.Article, Span: x.Span}, textOf(articles, x.Article), head, x.Row, x.Reason)
				if err := p.show(*asJSON, r, func(s style) error {
					if x.Part != part {
						part = x.Part
						fmt.Fprintln(p.out, s.bold(partTitles[part]))
					}
					_, err := fmt.Fprintf(p.out, "%s\n%s\n", wrap(clean(r.Text), "  "), s.dim(wrap(fmt.Sprintf("%s, %s, bytes %d-%d; %s", cmp.Or(clean(head.Outlet), "outlet unknown"), clean(head.Ref.Page), x.Span.Start, x.Span.End, clean(news.ParseReason(r.Rule).Plain())), "    ")))
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
