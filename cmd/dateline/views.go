package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
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

// asOfFlag adds --as-of; the function it returns reads it.
func asOfFlag(c *cobra.Command) func() (time.Time, error) {
	value := c.Flags().String("as-of", "", "the record as it stood then: 2031-05-03 (the end of that day, UTC) or 2031-05-03T09:30:00Z")
	return func() (time.Time, error) {
		m, err := momentFlag("as-of", *value)
		return m.AsOf(), err
	}
}

// show prints a record: as JSON for a program, else as people like to read it.
func (p *program) show(asJSON bool, record any, people func(style) error) error {
	if asJSON {
		return jsonLines(p.out)(record)
	}
	return people(p.style())
}

func (p *program) storiesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "stories",
		Short:   "List the stories of the record",
		Example: "  dateline stories\n  dateline stories --json --as-of 2031-05-03",
		Long: `Stories lists what the record's articles report, each with its events and the
articles that report them, and how many independent origins they may go back to.`,
		Args: cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a story, one a line")
	asOf := asOfFlag(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		return p.listing(cmd, func(ctx context.Context, s *store.Store) error {
			n := 0
			for story, err := range s.Stories(ctx, at) {
				if err != nil {
					return err
				}
				r, err := newStoryRecord(ctx, s, story)
				if err != nil {
					return err
				}
				n++
				if err := p.show(*asJSON, r, func(s style) error { return s.printStory(p.out, r, false) }); err != nil {
					return err
				}
			}
			if n == 0 && !*asJSON {
				fmt.Fprintln(p.out, "The record holds no story yet; add pages with \"dateline add\".")
			}
			return nil
		})
	}
	return c
}

func (p *program) storyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "story ID",
		Short:   "Show one story: its events, articles, and who said what",
		Example: `  dateline story y4mzk3qv2h5ctj6na`,
		Args:    cobra.ExactArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "as a JSON object, then its ledger rows, one a line")
	asOf, limit := asOfFlag(c), limitFlag(c, asJSON)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		return p.listing(cmd, func(ctx context.Context, s *store.Store) error {
			story, err := s.Story(ctx, news.StoryID(args[0]), at)
			if err != nil {
				return fmt.Errorf("show %w", err)
			}
			r, err := newStoryRecord(ctx, s, story)
			if err != nil {
				return err
			}
			if err := p.show(*asJSON, r, func(s style) error { return s.printStory(p.out, r, limit() == 0) }); err != nil {
				return err
			}
			return p.printEntries(ctx, s, news.Filter{Story: story.ID, AsOf: at}, *asJSON, limit())
		})
	}
	return c
}

// newStoryRecord is a story with the articles it names.
func newStoryRecord(ctx context.Context, s *store.Store, y news.Story) (export.Story, error) {
	var ids []news.ArticleID
	for _, v := range y.Events {
		ids = append(ids, v.Articles...)
	}
	heads, err := s.Heads(ctx, ids)
	return export.NewStory(y, heads, ledger.Origins(y)), err
}

// counted is "1 article is", "2 articles are".
func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// For a person so many articles of one event are listed, and so many events, the last ones.
const (
	shownArticles = 8
	shownEvents   = 40
)

// limitFlag adds --limit; the function it returns tells how many rows are shown at most, 0 for all.
func limitFlag(c *cobra.Command, asJSON *bool) func() int {
	const readable = 200 // about ten screens
	limit := c.Flags().Int("limit", 0, "at most so many rows, 0 for all (default 200, all of them with --json)")
	return func() int {
		if !c.Flags().Changed("limit") && !*asJSON {
			return readable
		}
		return max(0, *limit)
	}
}

// originRange is a range of origins behind what it is told of; "" where there is none.
func originRange(o export.Origins) string {
	if words := view.Origins(news.Origins{Least: o.Least, Most: o.Most}); words != "" {
		return "; " + words
	}
	return ""
}

func (s style) printStory(w io.Writer, r export.Story, whole bool) error {
	var b strings.Builder
	b.WriteString(s.bold(wrap(cmp.Or(clean(r.Name), "(no title)"), "")) + "\n")
	b.WriteString(s.dim(wrap(fmt.Sprintf("%s, %s of %s%s", r.ID, plural(r.Articles, "article"), plural(r.Outlets, "known outlet"), originRange(r.Origins)), "")) + "\n")
	events := r.Events
	if n := len(events) - shownEvents; n > 0 && !whole {
		events = events[n:]
		fmt.Fprintf(&b, "  %s before these; \"story %s --limit 0\" shows all\n", plural(n, "event"), r.ID)
	}
	for _, e := range events {
		day := e.Date.String()
		if e.Date.IsMoment() && len(day) > len(time.DateOnly) {
			day = day[:len(time.DateOnly)]
		}
		b.WriteString(wrap(cmp.Or(day, "undated")+"  "+cmp.Or(clean(e.Title), "(no title)"), "  ") + "\n")
		for i, a := range e.Articles {
			if i == shownArticles {
				fmt.Fprintf(&b, "      and %d more; --json shows all\n", len(e.Articles)-i)
				break
			}
			b.WriteString(s.dim(wrap(fmt.Sprintf("%s, article %d", clean(a.Page), a.Article), "      ")) + "\n")
		}
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (p *program) ledgerCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "ledger",
		Short: "List who said what",
		Long: `Ledger lists the rows of the record, oldest reading first: utterances (one act of saying, however
many articles tell it), positions and their changes, confirmations and denials. Conflicts and
commitments have commands of their own. Each row says by which rule it was made, and from what.`,
		Example: `  dateline ledger --actor Ruiz
  dateline ledger --json --as-of 2031-05-03 > ledger.jsonl`,
		Args: cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a row, one a line")
	var f news.Filter
	c.Flags().StringVar((*string)(&f.Story), "story", "", "only rows of this story: its id")
	c.Flags().StringVar(&f.Actor, "actor", "", "only rows of this actor: words of the name, or an id")
	c.Flags().StringVar(&f.Issue, "issue", "", "only rows on this issue")
	asOf, limit := asOfFlag(c), limitFlag(c, asJSON)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		f.AsOf = at
		return p.listing(cmd, func(ctx context.Context, s *store.Store) error {
			return p.printEntries(ctx, s, f, *asJSON, limit())
		})
	}
	return c
}

// printEntries lists rows, at most limit unless that is 0.
func (p *program) printEntries(ctx context.Context, s *store.Store, f news.Filter, asJSON bool, limit int) error {
	n := 0
	damaged, err := p.each(ctx, s, f, func(e news.Entry, articles map[news.ArticleID]news.Head) (bool, error) {
		if e.Kind == news.Conflict || e.Kind == news.Commitment {
			return true, nil // they have forms, and commands, of their own
		}
		if n == limit && limit > 0 {
			if !asJSON {
				fmt.Fprintln(p.out, "More rows follow: --limit 0 shows all of them.")
			}
			return false, nil
		}
		n++
		r := export.NewEntry(e, articles)
		return true, p.show(asJSON, r, func(s style) error { return s.printEntry(p.out, r) })
	})
	if err != nil {
		return err
	}
	switch {
	case damaged > 0:
		return errPartial
	case n == 0 && !asJSON:
		fmt.Fprintln(p.out, "No row of the ledger fits.")
	}
	return nil
}

// heads are those of the articles that were met so far: the rows of a story rest on the same ones.
type heads struct {
	store *store.Store
	known map[news.ArticleID]news.Head
}

// rowsTogether is how many rows are shown together, so that their heads are asked for at once.
const rowsTogether = 200

// each calls show with each row that fits and the heads of the articles it rests on, until it says enough.
// It tells how many rows are damaged; those are named on standard error.
func (p *program) each(ctx context.Context, s *store.Store, f news.Filter, show func(e news.Entry, heads map[news.ArticleID]news.Head) (more bool, err error)) (damaged int, err error) {
	known := heads{store: s}
	var waiting []news.Entry
	showAll := func() (more bool, err error) {
		articles, err := known.of(ctx, waiting...)
		if err != nil {
			return false, err
		}
		for _, e := range waiting {
			if more, err := show(e, articles); err != nil || !more {
				return false, err
			}
		}
		waiting = waiting[:0]
		return true, nil
	}
	for e, err := range s.Entries(ctx, f) {
		if err != nil {
			damaged++
			p.complain(err)
			continue
		}
		if waiting = append(waiting, e); len(waiting) == rowsTogether {
			if more, err := showAll(); err != nil || !more {
				return damaged, err
			}
		}
	}
	_, err = showAll()
	return damaged, err
}

// mostHeads bounds how many are kept.
const mostHeads = 20_000

// of are the heads of the articles that rows rest on, among others.
func (h *heads) of(ctx context.Context, rows ...news.Entry) (map[news.ArticleID]news.Head, error) {
	if len(h.known) > mostHeads || h.known == nil {
		h.known = map[news.ArticleID]news.Head{}
	}
	var missing []news.ArticleID
	for _, e := range rows {
		for _, id := range e.Articles() {
			if _, known := h.known[id]; !known {
				missing = append(missing, id)
			}
		}
	}
	if len(missing) == 0 {
		return h.known, nil
	}
	found, err := h.store.Heads(ctx, missing)
	maps.Copy(h.known, found)
	return h.known, err
}

func (s style) printEntry(w io.Writer, r export.Entry) error {
	var b strings.Builder
	b.WriteString(s.bold(wrap(entryHead(r)+":", "")) + "\n")
	b.WriteString(wrap(clean(r.Text), "  ") + "\n")
	if place := entryPlace(r); place != "" {
		b.WriteString(wrap(place, "  ") + "\n")
	}
	from := sources(r.Statements, nil)
	if from != "" {
		b.WriteString(s.dim(wrap("in "+from+originRange(r.Origins), "    ")) + "\n")
	}
	s.footer(&b, string(r.ID), r.Rule, r.Removed, r.Withdrawn, r.Corrections)
	_, err := io.WriteString(w, b.String())
	return err
}

// entryHead says of a row who, what kind of row it is, and when: "Ana Ruiz ruled out, 2031-05-03", "Ana
// Ruiz opposes, 2031-05-03".
func entryHead(r export.Entry) string {
	head := cmp.Or(clean(r.Actor.Name), "somebody")
	cue := ""
	if len(r.Statements) > 0 {
		cue = clean(r.Statements[0].Cue)
	}
	switch r.Kind {
	case news.Position:
		if r.Stance != nil {
			if cue = r.Stance.Plain(); *r.Stance == news.Undecided || *r.Stance == news.Conditional {
				cue = "is " + cue
			}
		}
	case news.Change:
		cue = "changed position"
	case news.Difference:
		cue = "spoke otherwise, without a change of position"
	case news.Confirmation:
		cue = "confirms what was told without a name"
	case news.Denial:
		cue = "denies what was told"
	}
	if cue != "" {
		head += " " + cue
	}
	if r.Issue != nil && r.Kind != news.Utterance {
		head += " (" + clean(r.Issue.Name) + ")"
	}
	if r.Said != nil {
		head += ", " + r.Said.Value.String()
	}
	return head
}

// entryPlace says of a row on whose word, to whom, where and on what it is.
func entryPlace(r export.Entry) string {
	var parts []string
	if r.AscribedBy != nil {
		parts = append(parts, "ascribed by "+clean(r.AscribedBy.Name))
	}
	if r.To != nil {
		parts = append(parts, "to "+clean(*r.To))
	}
	if r.Venue != nil {
		parts = append(parts, "venue: "+clean(*r.Venue))
	}
	if r.Issue != nil && r.Kind == news.Utterance {
		parts = append(parts, "on "+clean(r.Issue.Name))
	}
	if r.Actor.Anonymous {
		parts = append(parts, "not named")
	}
	return strings.Join(parts, "; ")
}

// mostSources bounds how many outlets are named for one thing.
const mostSources = 3

// sources are the outlets that statements and passages stand in, each once with the day it came out;
// a page stands for an outlet that is not known.
func sources(links []export.StatementLink, passages []export.Passage) string {
	var from []string
	add := func(outlet *string, published *news.Interval, page string) {
		name := clean(page)
		if outlet != nil {
			name = clean(*outlet)
		}
		if name == "" {
			return
		}
		if published != nil {
			if day := published.String(); len(day) >= len(time.DateOnly) {
				name += " (" + day[:len(time.DateOnly)] + ")"
			}
		}
		if !slices.Contains(from, name) {
			from = append(from, name)
		}
	}
	for _, l := range links {
		add(l.Outlet, l.Published, l.Page)
	}
	for _, p := range passages {
		add(p.Outlet, p.Published, p.Page)
	}
	if n := len(from) - mostSources; n > 0 {
		return strings.Join(from[:mostSources], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(from, ", ")
}
