package view

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/ledger"
	"dateline/news"
)

// A Story is everything the page of a story shows.
type Story struct {
	ID, URL     string
	Path, AsOf  string // what the form of the ledger asks again
	Name        string
	Texts       *Texts // the story in its articles' own sentences; nil where that is asked for apart
	TextsURL    string
	From, To    When // its first and last event
	Articles    int
	Outlets     []Link
	Origins     string
	OriginsWhy  []string
	Changes     []Change
	Differences []Change
	Disputes    []Dispute
	Promises    []Promise
	Agenda      []Promise // those with a day ahead of us, the nearest first
	Confirmed   []Answered
	Timeline    Timeline
	Matrix      Matrix
	Events      []Event
	Carriers    Graph
	Wordings    []Aligned
	Ledger      Ledger
	Tags        []Link
	Damaged     []string
	Left        []Counted // what is not shown
	AllURL      string    // where it is
}

// NewStory is the page of a story; the filter narrows its ledger.
func NewStory(d news.Dossier, f Filter, l Links, now time.Time) Story {
	m := newMaker(d, l, now)
	s := Story{ID: string(d.Story.ID), URL: l.Story(d.Story.ID), Path: "/story/" + string(d.Story.ID), AsOf: l.AsOf, Name: cmp.Or(d.Story.Name, "A story without a title")}
	o := ledger.Origins(d.Story)
	s.Origins, s.OriginsWhy, s.TextsURL = Origins(o), reasons(o.Reasons), l.To("/story/"+string(d.Story.ID)+"/brief")
	s.Events = m.events()
	for _, v := range d.Story.Events {
		s.Articles += len(v.Articles)
	}
	s.Outlets = m.outlets()
	s.From, s.To = m.bounds()
	for i := range m.dossier.Entries {
		e := &m.dossier.Entries[i]
		switch e.Kind {
		case news.Change:
			s.Changes = append(s.Changes, m.change(e))
		case news.Difference:
			s.Differences = append(s.Differences, m.change(e))
		case news.Conflict:
			s.Disputes = append(s.Disputes, m.dispute(e))
		case news.Commitment:
			s.Promises = append(s.Promises, m.promise(e))
		case news.Confirmation, news.Denial:
			s.Confirmed = append(s.Confirmed, m.answered(e))
		case news.Utterance:
			if a, ok := m.aligned(e); ok {
				s.Wordings = append(s.Wordings, a)
			}
		}
	}
	slices.SortStableFunc(s.Changes, func(a, b Change) int { return cmp.Compare(b.Later.Said.Exact, a.Later.Said.Exact) })
	slices.SortStableFunc(s.Promises, func(a, b Promise) int { return byDue(a, b) })
	for _, p := range s.Promises {
		if p.Ahead {
			s.Agenda = append(s.Agenda, p)
		}
	}
	if !f.All {
		s.bound()
		s.AllURL = l.To("/story/"+s.ID, "all", "1")
	}
	s.Matrix = m.matrix()
	s.Timeline = m.timeline()
	s.Carriers = m.carriers()
	s.Ledger = m.lines(f)
	s.Tags = s.Matrix.Issues
	for _, err := range d.Damaged {
		s.Damaged = append(s.Damaged, err.Error())
	}
	return s
}

// A page of a story shows so much of each part; the largest stories have thousands of articles.
const (
	mostChanges  = 24
	mostPromises = 60
	mostWordings = 20
	mostEvents   = 40
	mostArticles = 20 // of an event
)

// bound leaves out what is too much for one page, and says how much that is.
func (s *Story) bound() {
	left := func(what string, n int) {
		if n > 0 {
			s.Left = append(s.Left, Counted{what, n})
		}
	}
	cut(&s.Changes, mostChanges, "change", left)
	cut(&s.Differences, mostChanges, "pair that is no change", left)
	cut(&s.Confirmed, mostChanges, "confirmation or denial", left)
	cut(&s.Disputes, mostChanges, "dispute", left)
	cut(&s.Promises, mostPromises, "promise", left)
	cut(&s.Wordings, mostWordings, "utterance told in several ways", left)
	cut(&s.Events, mostEvents, "event", left)
	articles := 0
	for i := range s.Events {
		cut(&s.Events[i].Articles, mostArticles, "", func(_ string, n int) { articles += max(0, n) })
		for k := range s.Events[i].Articles {
			cut(&s.Events[i].Articles[k].Copies, mostArticles, "", func(_ string, n int) { articles += max(0, n) })
		}
	}
	left("article", articles)
}

func cut[T any](list *[]T, most int, what string, left func(string, int)) {
	left(what, len(*list)-most)
	*list = (*list)[:min(len(*list), most)]
}

// outlets are those of the story, the one with the most articles first.
func (m *maker) outlets() []Link {
	count := map[string]int{}
	for _, h := range m.dossier.Heads {
		if h.Outlet != "" {
			count[h.Outlet]++
		}
	}
	var out []Link
	for name := range count {
		out = append(out, Link{name, m.Outlet(name)})
	}
	slices.SortFunc(out, func(a, b Link) int { return cmp.Or(count[b.Text]-count[a.Text], cmp.Compare(a.Text, b.Text)) })
	return out
}

func (m *maker) bounds() (first, last When) {
	var all []news.Interval
	for _, v := range m.dossier.Story.Events {
		if f, _ := v.Date.Bounds(); !f.IsZero() {
			all = append(all, v.Date)
		}
	}
	if len(all) == 0 {
		return When{}, When{}
	}
	start := func(i news.Interval) time.Time { f, _ := i.Bounds(); return f }
	slices.SortStableFunc(all, func(a, b news.Interval) int { return start(a).Compare(start(b)) })
	day := func(i news.Interval) When {
		f := i.Start
		f.Instant = time.Time{}
		return NewWhen(news.At(f), m.now)
	}
	return day(all[0]), day(all[len(all)-1])
}

// A Change is two positions of one actor on one issue.
type Change struct {
	Row
	Earlier, Later Row
	Between        string // "5 days later", "the same day"; "" where a day is not known
	ReportedBy     []Report
}

func (m *maker) change(e *news.Entry) Change {
	c := Change{Row: m.row(e)}
	parts := []*Row{&c.Earlier, &c.Later}
	for i, id := range e.Of {
		if of := m.rows[id]; of != nil && i < len(parts) {
			*parts[i] = m.row(of)
		}
	}
	if len(e.Of) == 2 && m.rows[e.Of[0]] != nil && m.rows[e.Of[1]] != nil {
		from, to := m.rows[e.Of[0]].Said.When, m.rows[e.Of[1]].Said.When
		a, _ := from.Bounds()
		b, _ := to.Bounds()
		if !a.IsZero() && !b.IsZero() && !b.Before(a) {
			if c.Between = "the same day"; b.After(a) {
				c.Between = span(b.Sub(a)) + " later"
			}
		}
		if c.Issue.Text == "" {
			c.Issue = c.Later.Issue
		}
	}
	for _, a := range e.ReportedBy {
		c.ReportedBy = append(c.ReportedBy, m.report(a, ""))
	}
	return c
}

// A Dispute is accounts that cannot all be true.
type Dispute struct {
	Row
	On       string // "a number", "who said it"
	About    string
	Sides    []Side
	RuledOut []string
}

// A Side is one account.
type Side struct {
	Actor   Link
	Text    string
	Origins string
	Why     []string
	Chain   []Link
	Reports []Report
}

var disputeWords = map[news.DisputeKind]string{
	news.OnPolarity: "whether it is so", news.OnNumber: "a number", news.OnTime: "a time", news.OnPlace: "a place",
	news.OnParticipants: "who took part", news.OnWording: "the words", news.OnAttribution: "who said it",
}

func (m *maker) dispute(e *news.Entry) Dispute {
	d := Dispute{Row: m.row(e)}
	if e.Dispute == nil {
		return d
	}
	d.On, d.About = cmp.Or(disputeWords[e.Dispute.Kind], string(e.Dispute.Kind)), e.Dispute.About
	for _, s := range e.Dispute.Sides {
		side := Side{Actor: Link{cmp.Or(s.Actor.Name, "the outlet’s own account"), m.Links.Actor(s.Actor)}, Text: s.Text, Origins: Origins(s.Origins), Why: reasons(s.Origins.Reasons)}
		for _, id := range s.Statements {
			a, ok := m.where[id]
			if !ok {
				continue
			}
			side.Reports = append(side.Reports, m.report(a, id))
			if len(side.Chain) == 0 {
				side.Chain = m.chainOf(id)
			}
		}
		for _, p := range s.Passages {
			side.Reports = append(side.Reports, m.report(p.Article, ""))
		}
		d.Sides = append(d.Sides, side)
	}
	d.RuledOut = reasons(e.Dispute.RuledOut)
	return d
}

// chainOf is the chain of the utterance that a statement tells.
func (m *maker) chainOf(id news.StatementID) []Link {
	for i := range m.dossier.Entries {
		if e := &m.dossier.Entries[i]; e.Kind == news.Utterance && len(e.Chain) > 0 && slices.Contains(e.Statements, id) {
			return m.chain(e)
		}
	}
	return nil
}

func (m *maker) chain(e *news.Entry) []Link {
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

// A Promise is what an actor binds itself to, or announces.
type Promise struct {
	Row
	What, Condition string
	Due             When
	DueWhy          string
	Status          news.Status
	Ahead           bool // its day has not passed
	History         []Step
	due             time.Time
}

// A Step is one change of what became of a promise.
type Step struct {
	Status news.Status
	When   When
	Why    string
	URL    string // what made it; "" where the calendar did
}

func byDue(a, b Promise) int {
	if a.due.IsZero() != b.due.IsZero() {
		if a.due.IsZero() {
			return 1
		}
		return -1
	}
	return a.due.Compare(b.due)
}

func (m *maker) promise(e *news.Entry) Promise {
	p := Promise{Row: m.row(e)}
	u := e.Undertaking
	if u == nil {
		return p
	}
	p.What, p.Condition, p.Status = cmp.Or(u.What, e.Text), u.Condition, u.Status
	p.To = cmp.Or(u.To, e.To)
	p.Due, p.DueWhy = NewWhen(u.Due, m.now), u.DueReason.String()
	first, last := u.Due.Bounds()
	p.due = first
	p.Ahead = !last.IsZero() && !last.Before(m.now.Truncate(24*time.Hour))
	for _, s := range u.History {
		step := Step{Status: s.Status, When: NewWhen(s.When, m.now), Why: s.Reason.String()}
		if a, ok := m.where[s.Statement]; ok {
			step.URL = m.Statement(a, s.Statement)
		}
		p.History = append(p.History, step)
	}
	return p
}

// An Answered is a claim that somebody named later confirmed or denied.
type Answered struct {
	Row
	Claim, Answer Row
}

func (m *maker) answered(e *news.Entry) Answered {
	a := Answered{Row: m.row(e)}
	parts := []*Row{&a.Claim, &a.Answer}
	for i, id := range e.Of {
		if of := m.rows[id]; of != nil && i < len(parts) {
			*parts[i] = m.row(of)
		}
	}
	return a
}

// An Aligned is one utterance in the words of each outlet that gave it.
type Aligned struct {
	Row
	Reports []Wording
}

// A Wording is one outlet's words against the fullest ones.
type Wording struct {
	Report
	Fullest bool
	Pieces  []news.Piece
}

// aligned is an utterance that two articles or more tell, with their words side by side.
func (m *maker) aligned(e *news.Entry) (a Aligned, ok bool) {
	if len(e.Wordings) < 2 || e.Removed != "" {
		return a, false
	}
	a.Row = m.row(e)
	for i, w := range e.Wordings {
		a.Reports = append(a.Reports, Wording{m.report(m.where[w.Statement], w.Statement), i == 0, w.Pieces})
	}
	return a, true
}

// An Event is one happening with the articles that report it, copies under what they copy.
type Event struct {
	ID, Title string
	Date      When
	Why       string
	Articles  []ArticleLine
	Count     int
}

// An ArticleLine is an article in a list.
type ArticleLine struct {
	Report
	Language   string
	Statements int
	Copies     []ArticleLine
}

func (m *maker) events() []Event {
	var out []Event
	events := slices.Clone(m.dossier.Story.Events)
	slices.SortStableFunc(events, func(a, b news.Event) int {
		x, _ := a.Date.Bounds()
		y, _ := b.Date.Bounds()
		return y.Compare(x)
	})
	for _, v := range events {
		e := Event{ID: string(v.ID), Title: cmp.Or(v.Title, "An event without a title"), Date: NewWhen(v.Date, m.now), Why: v.Reason.String(), Count: len(v.Articles)}
		of := map[news.ArticleID]news.ArticleID{}
		for _, c := range v.Copies {
			of[c.Article] = c.Of
		}
		root := func(a news.ArticleID) news.ArticleID {
			for range len(v.Articles) { // a ring of copies ends too
				next, ok := of[a]
				if !ok || !slices.Contains(v.Articles, next) {
					break
				}
				a = next
			}
			return a
		}
		articles := slices.Clone(v.Articles)
		slices.SortStableFunc(articles, func(a, b news.ArticleID) int {
			return cmp.Compare(m.dossier.Heads[a].Published.String(), m.dossier.Heads[b].Published.String())
		})
		place := map[news.ArticleID]int{}
		for _, a := range articles {
			if root(a) == a {
				place[a] = len(e.Articles)
				e.Articles = append(e.Articles, m.line(a))
			}
		}
		for _, a := range articles {
			if r := root(a); r != a {
				e.Articles[place[r]].Copies = append(e.Articles[place[r]].Copies, m.line(a))
			}
		}
		out = append(out, e)
	}
	return out
}

func (m *maker) line(a news.ArticleID) ArticleLine {
	h := m.dossier.Heads[a]
	return ArticleLine{Report: m.report(a, ""), Language: strings.ToLower(h.Language), Statements: h.Statements}
}
