package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/cluster"
	"dateline/news"
	"dateline/store"
	"dateline/text"
)

// The types of this file are the JSON of the stored record's rows. Users' scripts read it:
// fields are added, never renamed or dropped.
type (
	storyRecord struct {
		ID       news.StoryID  `json:"id"`
		Name     string        `json:"name"`
		Events   []eventRecord `json:"events"`
		Articles int           `json:"articles"`
		Outlets  int           `json:"outlets"`
		Origins  originsRecord `json:"origins"`
	}
	eventRecord struct {
		ID       news.EventID      `json:"id"`
		Title    string            `json:"title"`
		Date     news.Interval     `json:"date"`
		Articles []news.ArticleRef `json:"articles"`
		Reason   string            `json:"reason"`
	}
	originsRecord struct {
		Least   int      `json:"least"`
		Most    int      `json:"most"`
		Reasons []string `json:"reasons"`
	}
	entryRecord struct {
		ID         news.EntryID    `json:"id"`
		Kind       news.EntryKind  `json:"kind"`
		Story      news.StoryID    `json:"story"`
		Actor      actorRecord     `json:"actor"`
		Issue      *struct{}       `json:"issue"`  // issues are not found yet
		Stance     *string         `json:"stance"` // nor stances
		AscribedBy *actorRecord    `json:"ascribed_by"`
		Text       string          `json:"text"`
		Said       *saidRecord     `json:"said"`
		Venue      *string         `json:"venue"`
		To         *string         `json:"to"`
		Chain      []string        `json:"chain"`
		Origins    originsRecord   `json:"origins"`
		Statements []statementLink `json:"statements"`
		Of         []news.EntryID  `json:"of"`
		Rule       string          `json:"rule"`
		Recorded   time.Time       `json:"recorded"`
		Removed    *string         `json:"removed"`   // why the words are gone, where they are
		Withdrawn  bool            `json:"withdrawn"` // an article it rests on was retracted
	}
	actorRecord struct {
		ID        *news.EntityID `json:"id"`
		Name      string         `json:"name"`
		Anonymous bool           `json:"anonymous"`
	}
	// A statementLink names a statement and what of it is meant, in its own words.
	statementLink struct {
		Page      string           `json:"page"`
		Article   int              `json:"article"`
		Statement news.StatementID `json:"statement"`
		Content   []text.Span      `json:"content"`
		Text      string           `json:"text"`
		Cue       string           `json:"cue"` // the words that report it: "said", "denied"; "" if there are none
		Act       news.Act         `json:"act"`
		Mode      news.Mode        `json:"mode"`
		Polarity  news.Polarity    `json:"polarity"`
	}
)

// asOfFlag adds --as-of; the function it returns reads it.
func asOfFlag(c *cobra.Command) func() (time.Time, error) {
	value := c.Flags().String("as-of", "", "the record as it stood then: 2031-05-03 (the end of that day, UTC) or 2031-05-03T09:30:00Z")
	return func() (time.Time, error) {
		m, err := momentFlag("as-of", *value)
		if err == nil && !m.IsZero() && m.Instant.IsZero() {
			return m.First().AddDate(0, 0, 1).Add(-time.Millisecond), nil
		}
		return m.Instant, err
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
		Use:   "stories",
		Short: "List the stories of the record",
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
		return p.viewing(cmd, func(ctx context.Context, s *store.Store) error {
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
				if err := p.show(*asJSON, r, func(s style) error { return s.printStory(p.out, r) }); err != nil {
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
	asOf := asOfFlag(c)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		return p.viewing(cmd, func(ctx context.Context, s *store.Store) error {
			story, err := s.Story(ctx, news.StoryID(args[0]), at)
			if err != nil {
				return fmt.Errorf("show %w", err)
			}
			r, err := newStoryRecord(ctx, s, story)
			if err != nil {
				return err
			}
			if err := p.show(*asJSON, r, func(s style) error { return s.printStory(p.out, r) }); err != nil {
				return err
			}
			return p.printEntries(ctx, s, store.Filter{Story: story.ID, AsOf: at}, *asJSON)
		})
	}
	return c
}

func newStoryRecord(ctx context.Context, s *store.Store, y news.Story) (storyRecord, error) {
	r := storyRecord{ID: y.ID, Name: y.Name, Events: []eventRecord{}}
	outlets := map[string]bool{}
	for _, v := range y.Events {
		e := eventRecord{ID: v.ID, Title: v.Title, Date: v.Date, Articles: []news.ArticleRef{}, Reason: v.Reason.String()}
		for _, id := range v.Articles {
			head, err := s.Head(ctx, id)
			if err != nil {
				return r, err
			}
			e.Articles = append(e.Articles, head.Ref)
			r.Articles++
			if head.Outlet != "" {
				outlets[head.Outlet] = true
			}
		}
		r.Events = append(r.Events, e)
	}
	r.Outlets = len(outlets)
	// A copy is no origin of its own. What is no copy may be one, and may as well go back to the
	// same source as others: so much is known from the texts alone.
	r.Origins = originsRecord{Least: min(1, r.Articles), Most: r.Articles, Reasons: []string{"reports in words of their own may still go back to one source"}}
	for _, v := range y.Events {
		if n := cluster.Copies(v); n > 0 {
			r.Origins.Most -= n
			r.Origins.Reasons = append(r.Origins.Reasons, fmt.Sprintf("event %s: %s copied from others", v.ID, counted(n, "article is", "articles are")))
		}
	}
	return r, nil
}

// counted is "1 article is", "2 articles are".
func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// shownArticles bounds how many articles of one event are listed for a person.
const shownArticles = 8

func (s style) printStory(w io.Writer, r storyRecord) error {
	var b strings.Builder
	b.WriteString(s.bold(wrap(cmp.Or(clean(r.Name), "(no title)"), "")) + "\n")
	b.WriteString(s.dim(wrap(fmt.Sprintf("%s, %s of %s; origins at least %d, at most %d", r.ID, plural(r.Articles, "article"),
		plural(r.Outlets, "known outlet"), r.Origins.Least, r.Origins.Most), "")) + "\n")
	for _, e := range r.Events {
		b.WriteString(wrap(cmp.Or(e.Date.String(), "undated")+"  "+cmp.Or(clean(e.Title), "(no title)"), "  ") + "\n")
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
		Long: `Ledger lists the rows of the record, oldest reading first. For now a row is an utterance: one
statement of one article by someone the article tells us. Accounts of the same act in several
articles are not joined yet, and positions, changes, conflicts and commitments are not drawn
from them; each row's rule says what it is made of.`,
		Example: `  dateline ledger --actor Ruiz
  dateline ledger --json --as-of 2031-05-03 > ledger.jsonl`,
		Args: cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a row, one a line")
	var f store.Filter
	c.Flags().StringVar(&f.Actor, "actor", "", "only rows of this actor: words of the name, or an id")
	c.Flags().StringVar(&f.Issue, "issue", "", "only rows on this issue")
	asOf := asOfFlag(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		f.AsOf = at
		return p.viewing(cmd, func(ctx context.Context, s *store.Store) error {
			return p.printEntries(ctx, s, f, *asJSON)
		})
	}
	return c
}

func (p *program) printEntries(ctx context.Context, s *store.Store, f store.Filter, asJSON bool) error {
	n, damaged := 0, 0
	for e, err := range s.Entries(ctx, f) {
		if err != nil {
			damaged++
			p.complain(err)
			continue
		}
		r, err := newEntryRecord(ctx, s, e)
		if err != nil {
			return err
		}
		n++
		if err := p.show(asJSON, r, func(s style) error { return s.printEntry(p.out, r) }); err != nil {
			return err
		}
	}
	switch {
	case damaged > 0:
		return errPartial
	case n == 0 && !asJSON:
		fmt.Fprintln(p.out, "No row of the ledger fits.")
	}
	return nil
}

func newEntryRecord(ctx context.Context, s *store.Store, e news.Entry) (entryRecord, error) {
	r := entryRecord{
		ID: e.ID, Kind: e.Kind, Story: e.Story, Actor: actorRecord{Name: e.Actor.Name, Anonymous: e.Actor.Anonymous},
		Text: e.Text, Venue: orNull(e.Venue), Chain: []string{}, Of: []news.EntryID{}, Statements: []statementLink{},
		Origins: originsRecord{e.Origins.Least, e.Origins.Most, []string{}}, Rule: e.Rule.String(), Recorded: e.Recorded.UTC(),
		Removed: orNull(e.Removed), Withdrawn: e.Withdrawn,
	}
	if e.Actor.Entity != "" {
		r.Actor.ID = &e.Actor.Entity
	}
	for _, reason := range e.Origins.Reasons {
		r.Origins.Reasons = append(r.Origins.Reasons, reason.String())
	}
	if !e.Said.When.IsZero() {
		r.Said = &saidRecord{e.Said.When, orNoSpan(e.Said.Span), e.Said.Reason.String()}
	}
	for _, id := range e.Statements {
		if e.Removed != "" {
			r.Statements = append(r.Statements, statementLink{Statement: id, Content: []text.Span{}})
			continue
		}
		st, a, err := s.Statement(ctx, id)
		if err != nil {
			return r, err
		}
		r.Statements = append(r.Statements, statementLink{a.Article.Name, a.Article.Index, id, st.Content, st.Words(a.Article.Text),
			cueWords(a.Article.Text, st), st.Act, st.Mode, st.Polarity})
	}
	return r, nil
}

func (s style) printEntry(w io.Writer, r entryRecord) error {
	var b strings.Builder
	when := ""
	if r.Said != nil {
		when = ", " + r.Said.Value.String()
	}
	cue := ""
	if len(r.Statements) > 0 && r.Statements[0].Cue != "" {
		cue = " " + clean(r.Statements[0].Cue)
	}
	b.WriteString(s.bold(wrap(cmp.Or(clean(r.Actor.Name), "somebody")+cue+when+":", "")) + "\n")
	b.WriteString(wrap(clean(r.Text), "  ") + "\n")
	if r.Withdrawn {
		b.WriteString("  ! rests on an article that was retracted\n")
	}
	if r.Removed != nil {
		b.WriteString(wrap(fmt.Sprintf("%s ! the page it rested on was removed: %s", r.ID, clean(*r.Removed)), "  ") + "\n\n")
		_, err := io.WriteString(w, b.String())
		return err
	}
	for _, l := range r.Statements {
		b.WriteString(s.dim(wrap(fmt.Sprintf("%s, from %s, article %d", r.ID, clean(l.Page), l.Article), "  ")) + "\n")
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}
