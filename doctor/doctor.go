// Package doctor checks that a record keeps its promises: every invariant of the data folder,
// each by name, each violation with the object it is about and what to do.
//
//	I1   every item that a feed served is stored, known or rejected with a reason
//	I2   one identity, one page, one article: ids are those of the content
//	I3   revisions are append-only: numbered without gaps, chained, bodies as hashed
//	I4   no statement without a span in a stored revision; every span is what it says
//	I5   no orphans; full text search knows what stands and nothing else
//	I6   every job is in one state, and done means its effect is there
//	I9   every article that stands is in one event of one story
//	I10  times are sane
//	I11  all text is valid UTF-8 without NUL
//	I13  no host is asked for two things at a time, or while it wants to be left alone
//	I14  secrets are kept as hashes only
//	I16  nothing in the folder that does not belong there; nobody else may read it
//	I17  the database is whole
//	I20  every change has its row in the audit, whose chain is unbroken
//	I22  every failure of collecting is visible, with its words
//	I24  nothing is partial without saying so
//	L1   a row of the ledger leads to spans of stored revisions; its words are byte for byte theirs
//	L2   a row names the rule that made it, and the rows it was made of stand
//	L3   the rows of a story are those that its articles give, in whatever order they came
//	L4   what an outlet took back is marked on every row that rests on it
//	L5   what people decided is as they decided it, and holds no words of a removed page; no row follows what was undone
//	L6   a row is no wider than its evidence
//	L7   nothing is filled in without a basis
//
// A plain check reads every row and checks its hash; a deep one also reads every body, the
// whole database file, and reckons every id and span anew. The package reads through Record and
// changes nothing but in Repair, which only rebuilds what the originals give again.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"
	"unicode"

	"dateline/news"
	"dateline/text"
)

// A Record is what doctor needs of a store. Its iterators go on after an error that is about
// one row; such an error wraps news.ErrDamaged and names the row.
type Record interface {
	// Inspect finds what only rows and files side by side can tell.
	Inspect(ctx context.Context, deep bool) iter.Seq2[news.Finding, error]
	Revisions(ctx context.Context) iter.Seq2[news.Revision, error]
	Readings(ctx context.Context) iter.Seq2[news.Reading, error]
	Stories(ctx context.Context, asOf time.Time) iter.Seq2[news.Story, error]
	AllEntries(ctx context.Context) iter.Seq2[news.Entry, error]
	Entry(ctx context.Context, id news.EntryID) (news.Entry, error)
	Decisions(ctx context.Context, object string, undone bool) iter.Seq2[news.Decision, error]
	Body(ctx context.Context, id news.RevisionID) ([]byte, error)
	Statement(ctx context.Context, id news.StatementID) (news.Statement, news.Annotation, error)
}

// A Report is what a check found.
type Report struct {
	Findings []news.Finding
	Checked  Checked
}

// Checked is how much was looked at.
type Checked struct {
	Revisions  int `json:"revisions"`
	Bodies     int `json:"bodies"`
	Removed    int `json:"removed"`  // revisions whose bodies were destroyed for a reason
	Released   int `json:"released"` // revisions whose bodies are no longer kept
	Readings   int `json:"readings"`
	Articles   int `json:"articles"`
	Statements int `json:"statements"`
	Stories    int `json:"stories"`
	Entries    int `json:"entries"`
	Decisions  int `json:"decisions"`
}

// MaxFindings bounds a report: a folder with more is beyond counting.
const MaxFindings = 10_000

// Check checks every invariant. An error means that the check itself could not go on; what was
// found up to there is in the report.
func Check(ctx context.Context, r Record, deep bool) (Report, error) {
	c := &check{ctx: ctx, record: r, deep: deep}
	for _, part := range []func() error{c.inspect, c.revisions, c.readings, c.stories, c.decisions, c.entries} {
		if err := part(); err != nil {
			return c.report, err
		}
		if len(c.report.Findings) >= MaxFindings {
			break
		}
	}
	return c.report, nil
}

type check struct {
	ctx    context.Context
	record Record
	deep   bool
	report Report
	ledger ledger
}

func (c *check) add(f news.Finding) {
	if len(c.report.Findings) < MaxFindings {
		c.report.Findings = append(c.report.Findings, f)
	}
}

// damage notes an error that is about one row, and returns every other.
func (c *check) damage(invariant, do string, err error) error {
	if !errors.Is(err, news.ErrDamaged) && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	object, what, ok := strings.Cut(err.Error(), ": ")
	if !ok {
		object, what = "record", err.Error()
	}
	c.add(news.Finding{Invariant: invariant, Object: object, What: what, Do: do})
	return nil
}

const (
	restore = "restore the newest backup that \"dateline doctor --deep\" finds clean"
	repair  = "run \"dateline doctor --repair\", which reads the revision again"
	reread  = "run \"dateline reread\""
)

func (c *check) inspect() error {
	for f, err := range c.record.Inspect(c.ctx, c.deep) {
		if err != nil {
			if err := c.damage("I17", restore, err); err != nil {
				return err
			}
			continue
		}
		c.add(f)
	}
	return nil
}

func (c *check) revisions() error {
	for r, err := range c.record.Revisions(c.ctx) {
		if err != nil {
			if err := c.damage("I3", restore, err); err != nil {
				return err
			}
			continue
		}
		c.report.Checked.Revisions++
		if !c.deep {
			continue
		}
		body, err := c.record.Body(c.ctx, r.ID)
		switch {
		case errors.Is(err, news.ErrRemoved):
			c.report.Checked.Removed++
		case errors.Is(err, news.ErrReleased):
			c.report.Checked.Released++
		case err != nil:
			if err := c.damage("I3", restore, err); err != nil {
				return err
			}
		default:
			c.report.Checked.Bodies++
			if len(body) != r.Size || news.NewRevisionID(r.Page, body) != r.ID {
				c.add(news.Finding{Invariant: "I3", Object: "revision " + string(r.ID), What: "its id or size is not that of its body", Do: restore})
			}
		}
	}
	return nil
}

func (c *check) readings() error {
	for r, err := range c.record.Readings(c.ctx) {
		if err != nil {
			if err := c.damage("I4", repair, err); err != nil {
				return err
			}
			continue
		}
		c.report.Checked.Readings++
		for _, f := range r.Faults() {
			f.Do = repair
			c.add(f)
		}
		for _, a := range r.Annotations {
			c.report.Checked.Articles++
			c.report.Checked.Statements += len(a.Statements)
			c.ids(r.Document, a)
		}
		c.partial(r)
		if c.deep {
			c.origin(r)
		}
	}
	return nil
}

// ids checks that articles and statements bear the names of their content.
func (c *check) ids(d news.Document, a news.Annotation) {
	fault := func(object string) {
		c.add(news.Finding{Invariant: "I2", Object: object + " of " + d.Name, What: "its id is not that of its content", Do: repair})
	}
	if _, ok := a.Article.NamedBy(); a.Article.Title != nil && !ok {
		fault("article " + string(a.Article.ID))
	}
	occurrence := map[string]int{}
	for _, s := range a.Statements {
		if len(s.Content) == 0 || !valid(s.Content, d.Text) {
			continue // found as I4
		}
		words := s.Words(d.Text)
		if s.ID != news.NewStatementID(a.Article.ID, words, occurrence[news.Fold(words)]) {
			fault("statement " + string(s.ID))
		}
		occurrence[news.Fold(words)]++
	}
}

func valid(spans []text.Span, t string) bool {
	for _, s := range spans {
		if !s.Valid(t) {
			return false
		}
	}
	return true
}

// partial checks that what is less than whole says so.
func (c *check) partial(r news.Reading) {
	object := fmt.Sprintf("reading of %s by %s", r.Document.Name, r.Document.Reader)
	for _, a := range r.Annotations {
		if a.Truncated && a.Analysed && len(r.Document.Flags)+len(a.Article.Flags) == 0 {
			c.add(news.Finding{Invariant: "I24", Object: object, What: "its analysis stopped early, but no flag says so", Do: repair})
		}
	}
	if r.Document.MediaType == "text/html" {
		for i, char := range r.Document.Text {
			if unicode.IsControl(char) && char != '\n' && char != '\t' {
				c.add(news.Finding{Invariant: "I11", Object: object, What: fmt.Sprintf("its text has the control character %U at %d", char, i), Do: repair})
				return
			}
		}
	}
}

// origin checks that the derived text leads to bytes of the body.
func (c *check) origin(r news.Reading) {
	body, err := c.record.Body(c.ctx, r.Document.Revision)
	if err != nil {
		return // found as I3
	}
	o, ok := r.Document.Alignment.Original(text.Span{Start: 0, End: len(r.Document.Text)})
	fault := ""
	switch {
	case ok && o.End > len(body):
		fault = fmt.Sprintf("its text leads to byte %d of a body of %d", o.End, len(body))
	case !ok && strings.TrimSpace(r.Document.Text) != "":
		fault = "its text leads to no bytes at all"
	}
	if fault != "" {
		c.add(news.Finding{Invariant: "I4", Object: fmt.Sprintf("reading of %s by %s", r.Document.Name, r.Document.Reader), What: fault, Do: repair})
	}
}

func (c *check) stories() error {
	for y, err := range c.record.Stories(c.ctx, time.Time{}) {
		if err != nil {
			if err := c.damage("I9", reread, err); err != nil {
				return err
			}
			continue
		}
		c.report.Checked.Stories++
		for _, v := range y.Events {
			if v.Reason.Rule == "" {
				c.add(news.Finding{Invariant: "L2", Object: "event " + string(v.ID), What: "it names no rule", Do: reread})
			}
		}
	}
	return nil
}
