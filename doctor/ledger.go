package doctor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/news"
	"dateline/text"
)

// A Rebuilder makes the ledger of a story anew from its articles and what people decided. A record
// that is one is checked for L3, when the check is deep.
type Rebuilder interface {
	// Rebuilt are the rows that the story should have; ok is false if that cannot be told, because
	// its articles were read by other rules than the present ones.
	Rebuilt(ctx context.Context, story news.Story) (rows []news.Entry, ok bool, err error)
}

// ledger is what is known of rows and decisions while they are walked.
type ledger struct {
	decisions map[news.DecisionID]bool          // whether it holds
	words     map[news.DecisionID]news.Decision // by which a person changed what was said
	standing  map[news.EntryID]bool
	madeOf    map[news.EntryID]news.EntryID // a row that is needed -> one that needs it
	taken     map[news.ArticleID]news.Correction
	unmarked  map[news.ArticleID]news.EntryID // a row that rests on the article and does not say that it was taken back
}

func (c *check) decisions() error {
	c.ledger.decisions, c.ledger.words = map[news.DecisionID]bool{}, map[news.DecisionID]news.Decision{}
	for d, err := range c.record.Decisions(c.ctx, "", true) {
		if err != nil {
			if err := c.damage("L5", restore, err); err != nil {
				return err
			}
			continue
		}
		c.report.Checked.Decisions++
		c.ledger.decisions[d.ID] = d.Undone.IsZero()
		if d.Kind == news.FixBoundary && d.Undone.IsZero() {
			c.ledger.words[d.ID] = d
		}
		// The words of one that was about a removed page went with it; its hash still binds the rest.
		blank := d.Lost && d.Anchor.Exact == "" && !d.Undone.IsZero()
		if d.ID != news.NewDecisionID(d) && !blank {
			c.add(news.Finding{Invariant: "L5", Object: "decision " + string(d.ID), What: "its id is not that of what it says", Do: restore})
		}
	}
	return nil
}

func (c *check) entries() error {
	l := &c.ledger
	l.standing, l.madeOf = map[news.EntryID]bool{}, map[news.EntryID]news.EntryID{}
	l.taken, l.unmarked = map[news.ArticleID]news.Correction{}, map[news.ArticleID]news.EntryID{}
	for e, err := range c.record.AllEntries(c.ctx) {
		if err != nil {
			if err := c.damage("L1", reread, err); err != nil {
				return err
			}
			continue
		}
		c.report.Checked.Entries++
		if err := c.entry(e); err != nil {
			return err
		}
	}
	for id, by := range l.madeOf {
		if !l.standing[id] {
			c.row(by, "L2", "it is made of the row %s, which does not stand", id)
		}
	}
	for article, id := range l.unmarked {
		if t, is := l.taken[article]; is {
			c.row(id, "L4", "it rests on %s, which %s took back, and does not say so", article, t.By)
		}
	}
	if r, can := c.record.(Rebuilder); can && c.deep {
		return c.rebuilt(r)
	}
	return nil
}

// row notes a finding about a ledger row.
func (c *check) row(id news.EntryID, invariant, format string, args ...any) {
	c.add(news.Finding{Invariant: invariant, Object: "ledger row " + string(id), What: fmt.Sprintf(format, args...), Do: reread})
}

func (c *check) entry(e news.Entry) error {
	add := func(invariant, format string, args ...any) { c.row(e.ID, invariant, format, args...) }
	if e.Rule.Rule == "" {
		add("L2", "it names no rule")
	}
	if e.Origins.Least > e.Origins.Most || e.Origins.Least < 0 {
		add("L6", "it has at least %d and at most %d origins", e.Origins.Least, e.Origins.Most)
	}
	if !e.Said.When.IsZero() && e.Said.Reason.Rule == "" {
		add("L7", "the time it was said, %s, has no reason", e.Said.When)
	}
	switch e.Kind {
	case news.Utterance, news.Position, news.Change, news.Difference, news.Confirmation, news.Denial:
		if e.Actor.Name == "" {
			add("L7", "nobody says it")
		}
	}
	if e.Kind == news.Position && !slices.Contains(stances, e.Stance) {
		add("L7", "its stance is %q, which is none", e.Stance)
	}
	if !e.Replaced.IsZero() {
		return nil // its statements may be gone from the newest reading
	}
	c.links(e)
	timed := e.Said.When.IsZero()
	for i, id := range e.Statements {
		s, a, err := c.record.Statement(c.ctx, id)
		if errors.Is(err, news.ErrNotFound) || errors.Is(err, news.ErrDamaged) {
			add("L1", "it rests on a statement that cannot be shown: %v", err)
			continue
		}
		if err != nil {
			return err
		}
		for _, by := range e.Decisions {
			if d, is := c.ledger.words[by]; is && d.About(a) >= 0 && a.Statements[d.About(a)].ID == id {
				if content, ok := d.Boundary(s, a.Article.Text); ok {
					s.Content = content
				}
			}
		}
		timed = timed || s.Said.When == e.Said.When
		if !valid(s.Content, a.Article.Text) {
			continue // found as I4
		}
		if i == 0 && e.Text != "" && e.Dispute == nil && e.Undertaking == nil && !within(e.Text, s, a.Article.Text) {
			add("L1", "its words are not in its first statement, %s", s.ID)
		}
		if i < len(e.Quotes) && e.Quotes[i].Text != s.Words(a.Article.Text) {
			add("L1", "what it quotes is not what the statement %s says", s.ID)
		}
	}
	if err := c.sides(e); err != nil {
		return err
	}
	switch e.Kind {
	case news.Utterance, news.Position:
		// A position may take the time of the act of saying that it was read in, which other reports
		// tell; that row is held to its own statements.
		for _, id := range e.Of {
			if timed {
				break
			}
			of, err := c.record.Entry(c.ctx, id)
			if err != nil && !errors.Is(err, news.ErrNotFound) && !errors.Is(err, news.ErrDamaged) {
				return err
			}
			timed = err == nil && of.Kind == news.Utterance && of.Said.When == e.Said.When
		}
		if !timed && !concluded[e.Said.Reason.Rule] {
			add("L6", "the time it was said, %s, is that of none of its statements", e.Said.When)
		}
	}
	return nil
}

// sides checks that the accounts of a conflict are words of what they stand on. Narration is not
// looked up here: its article is one that the row rests on.
func (c *check) sides(e news.Entry) error {
	if e.Dispute == nil {
		return nil
	}
	for n, side := range e.Dispute.Sides {
		said := side.Text == "" || len(side.Passages) > 0
		for _, id := range side.Statements {
			s, a, err := c.record.Statement(c.ctx, id)
			if errors.Is(err, news.ErrNotFound) || errors.Is(err, news.ErrDamaged) {
				c.row(e.ID, "L1", "its account %d rests on a statement that cannot be shown: %v", n+1, err)
				said = true
				continue
			}
			if err != nil {
				return err
			}
			said = said || !valid(s.Content, a.Article.Text) || within(side.Text, s, a.Article.Text) || strings.Contains(a.Article.Text, side.Text)
		}
		if !said {
			c.row(e.ID, "L1", "the words of its account %d are in none of its statements", n+1)
		}
	}
	return nil
}

var stances = []news.Stance{news.Supports, news.Opposes, news.Demands, news.Offers, news.Open, news.Conditional, news.Undecided}

// concluded are the rules that give a row a time which its statements do not tell.
var concluded = map[string]bool{"decided": true, "weekday-by-event": true, "around-event": true, "before-event": true, "as-original": true}

// links notes what a standing row says of other rows, of decisions and of what was taken back.
func (c *check) links(e news.Entry) {
	l := &c.ledger
	l.standing[e.ID] = true
	for _, id := range e.Of {
		l.madeOf[id] = e.ID
	}
	for _, id := range e.Decisions {
		if holds, known := l.decisions[id]; !known {
			c.row(e.ID, "L5", "it follows the decision %s, which is not there", id)
		} else if !holds {
			c.row(e.ID, "L5", "it follows the decision %s, which was undone", id)
		}
	}
	for _, t := range e.Corrections {
		l.taken[t.Of] = t
	}
	for _, q := range e.Quotes {
		if !slices.ContainsFunc(e.Corrections, func(t news.Correction) bool { return t.Of == q.Article }) {
			l.unmarked[q.Article] = e.ID
		}
	}
}

// rebuilt compares the rows of each story with those that its articles give.
func (c *check) rebuilt(r Rebuilder) error {
	standing := map[news.StoryID]map[news.EntryID]string{}
	for e, err := range c.record.AllEntries(c.ctx) {
		if err != nil || !e.Replaced.IsZero() {
			continue // found before
		}
		if standing[e.Story] == nil {
			standing[e.Story] = map[news.EntryID]string{}
		}
		standing[e.Story][e.ID] = lasting(e)
	}
	for y, err := range c.record.Stories(c.ctx, time.Time{}) {
		if err != nil {
			continue // found before
		}
		rows, ok, err := r.Rebuilt(c.ctx, y)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		got := standing[y.ID]
		for _, want := range rows {
			have, stands := got[want.ID]
			delete(got, want.ID)
			switch {
			case !stands:
				c.row(want.ID, "L3", "the articles of story %s give it, and it does not stand", y.ID)
			case have != lasting(want):
				c.row(want.ID, "L3", "the articles of story %s give it otherwise", y.ID)
			}
		}
		for id := range got {
			c.row(id, "L3", "the articles of story %s do not give it", y.ID)
		}
	}
	return nil
}

// lasting is what a row says, without when it was recorded and what became of it.
func lasting(e news.Entry) string {
	e.Recorded, e.Replaced, e.Withdrawn, e.Removed = time.Time{}, time.Time{}, false, ""
	dispute, undertaking := news.Dispute{}, news.Undertaking{}
	if e.Dispute != nil {
		dispute = *e.Dispute
	}
	if e.Undertaking != nil {
		undertaking = *e.Undertaking
	}
	e.Dispute, e.Undertaking = nil, nil
	return fmt.Sprintf("%+v %+v %+v", e, dispute, undertaking)
}

// within reports whether the words stand in the statement's content, byte for byte.
func within(words string, s news.Statement, t string) bool {
	if strings.Contains(s.Words(t), words) {
		return true
	}
	whole := text.Span{}
	for _, c := range s.Content {
		whole = whole.Cover(c)
	}
	return strings.Contains(whole.Of(t), words)
}
