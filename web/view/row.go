package view

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"dateline/ledger"
	"dateline/news"
)

// A Row is a line of the ledger.
type Row struct {
	ID         string
	URL        string // why it is there, down to the bytes
	Kind       news.EntryKind
	Word       string // the kind, for people
	Actor      Link
	Anonymous  bool
	To, Venue  string
	Text       string // words of an article
	Quoted     bool   // the text has its quotation marks
	Cue        string
	Said       When
	SaidWhy    news.Reason
	ByPage     bool // the day is that of publication, or of the fetch: the article names none
	Issue      Link
	Stance     news.Stance
	AscribedBy string // whose word it is that the actor holds this; "" where it is the actor's own
	Origins    string
	Reports    []Report // the articles that tell it
	Rule       news.Reason
	Due        When     // of what somebody bound themselves to
	Outcome    string   // what became of it; "" of anything else
	Notes      []string // what is wrong with it, or was decided about it
	Removed    bool
}

// A Report is an article that tells a row.
type Report struct {
	Outlet  string
	Title   string
	URL     string // the statement's place in it
	Article news.ArticleID
	When    When
	Later   Link // what its outlet said of it since, and where; no Text if nothing
}

// Later is what an outlet said of an article of its own since, and where.
func (l Links) Later(of news.ArticleID, all []news.Correction) (later Link) {
	for _, c := range all {
		switch {
		case c.By == of:
			return Link{"here its outlet takes them back", l.Article(c.Of)}
		case c.Whole:
			return Link{"taken back by its outlet since", l.Article(c.By)}
		default:
			later = Link{"corrected by its outlet since", l.Article(c.By)}
		}
	}
	return later
}

// KindWords are what the kinds of rows are called on the pages.
var KindWords = map[news.EntryKind]string{
	news.Utterance: "said", news.Position: "position", news.Change: "changed position", news.Difference: "different, not a change",
	news.Confirmation: "confirmed", news.Denial: "denied", news.Conflict: "accounts differ", news.Commitment: "promise or date",
}

// Colourless reports whether the words that report something tell no more than that it was said, or do
// not stand behind a name: "said", "according to".
func Colourless(cue string) bool {
	switch c := strings.ToLower(cue); c {
	case "said", "says", "say", "told", "tells", "tell":
		return true
	default:
		return strings.HasPrefix(c, "according")
	}
}

// Cue is the words that report something; "" where a colon or a dash does.
func Cue(cue string) string {
	if !strings.ContainsFunc(cue, unicode.IsLetter) {
		return ""
	}
	return cue
}

// Rows are those of one dossier, to be looked up.
type Rows struct {
	Dossier news.Dossier // its rows as they stand at a time
	ByID    map[news.EntryID]*news.Entry
	Where   map[news.StatementID]news.ArticleID // in which article a statement stands
	Later   map[news.ArticleID][]news.Correction
}

// NewRows are the rows of a dossier as they stand at a time.
func NewRows(d news.Dossier, now time.Time) *Rows {
	r := &Rows{d, make(map[news.EntryID]*news.Entry, len(d.Entries)), make(map[news.StatementID]news.ArticleID, len(d.Entries)), map[news.ArticleID][]news.Correction{}}
	r.Dossier.Entries = slices.Clone(d.Entries)
	for i := range r.Dossier.Entries {
		e := &r.Dossier.Entries[i]
		if e.Undertaking != nil {
			*e = ledger.AsOf(*e, now)
		}
		r.ByID[e.ID] = e
		for _, c := range e.Corrections {
			if !slices.Contains(r.Later[c.Of], c) {
				r.Later[c.Of] = append(r.Later[c.Of], c)
			}
		}
		for k, id := range e.Statements {
			if k < len(e.Quotes) {
				r.Where[id] = e.Quotes[k].Article
			}
		}
	}
	return r
}

// A Maker makes views of the rows of one dossier.
type Maker struct {
	Links
	Now time.Time
	*Rows
}

// NewMaker is one for a dossier at a time.
func NewMaker(d news.Dossier, l Links, now time.Time) *Maker { return &Maker{l, now, NewRows(d, now)} }

// NewRow is a row by itself; heads are those of the articles it rests on.
func NewRow(e news.Entry, heads map[news.ArticleID]news.Head, l Links, now time.Time) Row {
	return NewMaker(news.Dossier{Heads: heads, Entries: []news.Entry{e}}, l, now).Row(&e)
}

// Row is a line of the ledger.
func (m *Maker) Row(e *news.Entry) Row {
	r := Row{
		ID: string(e.ID), URL: m.Why(string(e.ID)), Kind: e.Kind, Word: cmp.Or(KindWords[e.Kind], string(e.Kind)),
		Actor: Link{Speaker(e.Actor), m.Links.Actor(e.Actor)}, Anonymous: e.Actor.Anonymous,
		To: e.To, Venue: e.Venue, Text: e.Text, Said: NewWhen(e.Said.When, m.Now), SaidWhy: e.Said.Reason, ByPage: e.Said.ByPublication(),
		Issue: Link{e.Issue.Name, m.Links.Issue(e.Story, e.Issue)}, Stance: e.Stance, AscribedBy: e.AscribedBy.Name,
		Origins: Origins(e.Origins), Rule: e.Rule, Removed: e.Removed != "",
	}
	if len(e.Quotes) > 0 {
		r.Cue = Cue(e.Quotes[0].Cue)
		r.Quoted = e.Quotes[0].Mode == news.Direct
	}
	if u := e.Undertaking; u != nil {
		r.Text, r.Due, r.Outcome = cmp.Or(r.Text, u.What), NewWhen(u.Due, m.Now), u.Plain()
	}
	if d := e.Dispute; d != nil && r.Text == "" {
		r.Text = Upper(d.Title())
	}
	seen := map[news.ArticleID]bool{}
	for i, id := range e.Statements {
		if i < len(e.Quotes) && !seen[e.Quotes[i].Article] {
			seen[e.Quotes[i].Article] = true
			r.Reports = append(r.Reports, m.Report(e.Quotes[i].Article, id))
		}
	}
	for _, p := range e.Narration() { // in the outlet's own words
		if !seen[p.Article] {
			seen[p.Article] = true
			r.Reports = append(r.Reports, m.Report(p.Article, ""))
		}
	}
	if e.Withdrawn {
		r.Notes = append(r.Notes, "What it rests on was changed or taken back since.")
	}
	if e.Removed != "" {
		r.Notes = append(r.Notes, "The page it rested on was removed: "+e.Removed)
	}
	if !e.Replaced.IsZero() {
		r.Notes = append(r.Notes, "A later reading replaced it on "+NewInstant(e.Replaced, m.Now).Text+".")
	}
	if n := len(e.Decisions); n > 0 {
		r.Notes = append(r.Notes, Plural(n, "decision")+" of a person bear on it.")
	}
	return r
}

// Report is an article as one that tells a row, at the place of a statement if one is given.
func (m *Maker) Report(a news.ArticleID, s news.StatementID) Report {
	h := m.Dossier.Heads[a]
	r := Report{Outlet: cmp.Or(h.Outlet, "outlet unknown"), Title: cmp.Or(h.Title, h.Ref.Page), Article: a, When: NewWhen(h.Published, m.Now), Later: m.Links.Later(a, m.Rows.Later[a])}
	if s == "" {
		r.URL = m.Links.Article(a)
	} else {
		r.URL = m.Statement(a, s)
	}
	return r
}

// Chain is by way of whom a row was told.
func (m *Maker) Chain(e *news.Entry) []Link {
	var out []Link
	for _, l := range e.Chain {
		link := Link{Text: l.Name, URL: m.Outlet(l.Name)}
		if l.Entity != "" {
			link.URL = m.To("/actor/" + string(l.Entity))
		}
		out = append(out, link)
	}
	return out
}

// An ArticleLine is an article in a list.
type ArticleLine struct {
	Report
	Language   string
	Statements int
	Copies     []ArticleLine
}

// Line is an article in a list.
func (m *Maker) Line(a news.ArticleID) ArticleLine {
	h := m.Dossier.Heads[a]
	return ArticleLine{Report: m.Report(a, ""), Language: strings.ToLower(h.Language), Statements: h.Statements}
}
