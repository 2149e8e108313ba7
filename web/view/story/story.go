// Package story makes the pages of a story: all that is known of it on one page, one of its issues,
// and its line in the list of stories.
package story

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/news"
	"dateline/web/view"
)

// A Story is everything the page of a story shows.
type Story struct {
	ID, URL     string
	Path, AsOf  string // what the form of the ledger asks again
	Name        string
	Texts       *Texts // the story in its articles' own sentences; nil where that is asked for apart
	TextsURL    string
	From, To    view.When // its first and last event
	Articles    int
	Outlets     []view.Link
	Origins     string
	OriginsWhy  []news.Reason
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
	Tags        []view.Link // issues, and whom and what it is about
	Similar     []Similar
	Desk        *Desk // nil where nobody can correct
	Damaged     []string
	Left        []view.Counted // what is not shown
	AllURL      string         // where it is
	Calendar    string         // its dates, for a calendar; "" where there is none
	Data        view.Link      // its rows, for programs; zero where no API is served
}

// New is the page of a story; the filter narrows its ledger.
func New(y *Laid, f Filter, l view.Links, now time.Time) Story {
	m, d := y.maker(l, now), y.rows.Dossier
	s := Story{ID: string(d.Story.ID), URL: l.Story(d.Story.ID), Path: "/story/" + string(d.Story.ID), AsOf: l.AsOf, Name: cmp.Or(d.Story.Name, "A story without a title")}
	o := y.origins
	s.Origins, s.OriginsWhy, s.TextsURL = view.Origins(o), o.Reasons, l.To("/story/"+string(d.Story.ID)+"/brief")
	for _, v := range d.Story.Events {
		s.Articles += len(v.Articles)
	}
	s.Outlets = m.outletLinks()
	s.From, s.To = m.bounds()
	s.parts(m, f.All)
	if !f.All {
		s.AllURL = l.To("/story/"+s.ID, "all", "1")
	}
	if len(m.promises) > 0 {
		s.Calendar = l.To("/story/" + s.ID + "/calendar")
	}
	s.Matrix = m.matrix()
	s.Timeline = m.timeline()
	s.aim(&s.Timeline)
	s.Carriers = m.carriers()
	s.Ledger = m.lines(f)
	s.Tags = slices.Clone(s.Matrix.Issues[:min(len(s.Matrix.Issues), mostTags/2)])
	for _, err := range d.Damaged {
		s.Damaged = append(s.Damaged, err.Error())
	}
	return s
}

// A page of a story shows so much of each part; the largest stories have thousands of articles.
const (
	mostChanges  = 12
	mostPromises = 20
	mostWordings = 10
	mostEvents   = 20
	mostArticles = 20 // of an event
)

// parts makes what is shown, all of it or what is not too much for one page, and says what is left.
func (s *Story) parts(m *maker, all bool) {
	left := func(what string, n int) {
		if n > 0 {
			s.Left = append(s.Left, view.Counted{What: what, N: n})
		}
	}
	bound := func(n int) int {
		if all {
			return 1 << 30
		}
		return n
	}
	s.Changes = some(m.changes, bound(mostChanges), "change", left, m.change)
	s.Differences = some(m.differences, bound(mostChanges), "difference", left, m.change)
	s.Confirmed = some(m.Laid.answered, bound(mostChanges), "answered claim", left, m.answered)
	s.Disputes = some(m.disputes, bound(mostChanges), "dispute", left, m.dispute)
	s.Promises = some(m.promises, bound(mostPromises), "promise", left, m.promise)
	for _, p := range s.Promises {
		if p.Ahead {
			s.Agenda = append(s.Agenda, p)
		}
	}
	s.Wordings = some(m.Laid.aligned, bound(mostWordings), "wording", left, m.aligned)
	s.Events = some(m.eventsByDay(), bound(mostEvents), "event", left, m.event)
	articles := 0
	for i := range s.Events {
		cut(&s.Events[i].Articles, bound(mostArticles), &articles)
		for k := range s.Events[i].Articles {
			cut(&s.Events[i].Articles[k].Copies, bound(mostArticles), &articles)
		}
	}
	left("article", articles)
}

// Count is how many there are of what a part shows some of.
func (s Story) Count(what string, shown int) int {
	for _, c := range s.Left {
		if c.What == what {
			shown += c.N
		}
	}
	return shown
}

// aim leads the points of a timeline whose lists are cut to the page that has all of them.
func (s *Story) aim(t *Timeline) {
	if s.AllURL == "" || len(s.Left) == 0 {
		return
	}
	here := map[string]bool{}
	for _, c := range s.Changes {
		here["#"+c.ID] = true
	}
	for _, p := range s.Promises {
		here["#"+p.ID] = true
	}
	for _, e := range s.Events {
		here["#"+e.ID] = true
	}
	for i := range t.Points {
		if p := &t.Points[i]; !here[p.URL] {
			p.URL = s.AllURL + p.URL
		}
	}
}

// some makes the first of a list, and tells how many are left.
func some[T, V any](list []T, most int, what string, left func(string, int), make func(T) V) []V {
	var out []V
	left(what, len(list)-most)
	for _, v := range list[:min(len(list), most)] {
		out = append(out, make(v))
	}
	return out
}

func cut[T any](list *[]T, most int, left *int) {
	*left += max(0, len(*list)-most)
	*list = (*list)[:min(len(*list), most)]
}

// outletLinks are the outlets of the story, the one with the most articles first.
func (m *maker) outletLinks() []view.Link {
	count := map[string]int{}
	for _, h := range m.Dossier.Heads {
		if h.Outlet != "" {
			count[h.Outlet]++
		}
	}
	var out []view.Link
	for name := range count {
		out = append(out, view.Link{Text: name, URL: m.Outlet(name)})
	}
	slices.SortFunc(out, func(a, b view.Link) int { return cmp.Or(count[b.Text]-count[a.Text], cmp.Compare(a.Text, b.Text)) })
	return out
}

func (m *maker) bounds() (first, last view.When) {
	var all []news.Interval
	for _, v := range m.Dossier.Story.Events {
		if f, _ := v.Date.Bounds(); !f.IsZero() {
			all = append(all, v.Date)
		}
	}
	if len(all) == 0 {
		return view.When{}, view.When{}
	}
	start := func(i news.Interval) time.Time { f, _ := i.Bounds(); return f }
	slices.SortStableFunc(all, func(a, b news.Interval) int { return start(a).Compare(start(b)) })
	day := func(i news.Interval) view.When {
		f := i.Start
		f.Instant = time.Time{}
		return view.NewWhen(news.At(f), m.Now)
	}
	return day(all[0]), day(all[len(all)-1])
}

// A Change is two positions of one actor on one issue.
type Change struct {
	view.Row
	Earlier, Later view.Row
	Between        string // "5 days later", "the same day"; "" where a day is not known
	ReportedBy     []view.Report
}

func (m *maker) change(e *news.Entry) Change {
	c := Change{Row: m.Row(e)}
	parts := []*view.Row{&c.Earlier, &c.Later}
	for i, id := range e.Of {
		if of := m.ByID[id]; of != nil && i < len(parts) {
			*parts[i] = m.Row(of)
		}
	}
	if len(e.Of) == 2 && m.ByID[e.Of[0]] != nil && m.ByID[e.Of[1]] != nil {
		from, to := m.ByID[e.Of[0]].Said.When, m.ByID[e.Of[1]].Said.When
		a, _ := from.Bounds()
		b, _ := to.Bounds()
		if !a.IsZero() && !b.IsZero() && !b.Before(a) {
			if c.Between = "the same day"; b.After(a) {
				c.Between = view.Span(b.Sub(a)) + " later"
			}
		}
		if c.Issue.Text == "" {
			c.Issue = c.Later.Issue
		}
	}
	for _, a := range e.ReportedBy {
		c.ReportedBy = append(c.ReportedBy, m.Report(a, ""))
	}
	return c
}

// A Dispute is accounts that cannot all be true.
type Dispute struct {
	view.Row
	On       string // "a number", "who said it"
	About    string
	Sides    []Side
	RuledOut []news.Reason
	Retold   bool // the wordings differ throughout, as through a translation
}

// A Side is one account.
type Side struct {
	Actor   view.Link
	Cue     string      // the words that report it: "denied"
	Own     bool        // it is told by the outlet itself, of its own
	Told    []view.Link // by whom it came to us, where that tells it apart: who told it last, first
	Text    string
	Origins string
	Reports []view.Report
}

var disputeWords = map[news.DisputeKind]string{
	news.OnPolarity: "whether it is so", news.OnNumber: "a number", news.OnTime: "a time", news.OnPlace: "a place",
	news.OnParticipants: "who took part", news.OnWording: "the words", news.OnAttribution: "who said it",
}

func (m *maker) dispute(e *news.Entry) Dispute {
	d := Dispute{Row: m.Row(e)}
	if e.Dispute == nil {
		return d
	}
	d.On, d.About = cmp.Or(disputeWords[e.Dispute.Kind], string(e.Dispute.Kind)), view.Upper(e.Dispute.Title())
	for _, s := range e.Dispute.Sides {
		d.Sides = append(d.Sides, m.side(e, s))
	}
	// Accounts that are of one person by name are told apart by who brings them.
	for i := range d.Sides {
		for k := range d.Sides {
			if side := &d.Sides[i]; i != k && side.Actor.Text == d.Sides[k].Actor.Text && len(side.Told) == 0 && !side.Own && len(side.Reports) > 0 {
				side.Told = []view.Link{{Text: side.Reports[0].Outlet, URL: side.Reports[0].URL}}
			}
		}
	}
	d.RuledOut, d.Retold = e.Dispute.RuledOut, e.Rule.Rule == "retold-quotation"
	return d
}

// side is one account, with the words that report it and by way of whom it was told.
func (m *maker) side(e *news.Entry, s news.Side) Side {
	side := Side{Actor: view.Link{Text: cmp.Or(s.Actor.Name, "the outlet’s own account"), URL: m.Links.Actor(s.Actor)}, Text: s.Text, Origins: view.Origins(s.Origins), Own: len(s.Statements) == 0}
	if side.Own && s.Actor.Name != "" {
		side.Actor.URL = m.Links.Outlet(s.Actor.Name)
	}
	report := func(r view.Report) {
		if !slices.ContainsFunc(side.Reports, func(o view.Report) bool { return o.Outlet == r.Outlet && o.When == r.When }) {
			side.Reports = append(side.Reports, r)
		}
	}
	words := 0 // of the shortest statement that holds the side's words
	for _, id := range s.Statements {
		if a, ok := m.Where[id]; ok {
			report(m.Report(a, id))
		}
		q := slices.Index(e.Statements, id)
		if q < 0 || q >= len(e.Quotes) || words > 0 && len(e.Quotes[q].Text) >= words || !strings.Contains(e.Quotes[q].Text, s.Text) {
			continue
		}
		words, side.Cue, side.Told = len(e.Quotes[q].Text), view.Cue(e.Quotes[q].Cue), nil
		if view.Colourless(side.Cue) {
			side.Cue = ""
		}
		if u := m.tellers[id]; u != nil && u.Actor.Name == s.Actor.Name && len(u.Chain) > 2 {
			side.Told = m.Chain(u)[:len(u.Chain)-1]
			slices.Reverse(side.Told)
		}
	}
	for _, p := range s.Passages {
		report(m.Report(p.Article, ""))
	}
	return side
}

// A Promise is what an actor binds itself to, or announces.
type Promise struct {
	view.Row
	What, Condition string
	Due             view.When
	DueWhy          news.Reason
	Status          news.Status
	Outcome         string // the status, for people
	Ahead           bool   // its day has not passed
	History         []Step
}

// A Step is one change of what became of a promise.
type Step struct {
	Status news.Status
	When   view.When
	Why    news.Reason
	URL    string // what made it; "" where the calendar did
}

// byDue orders what is due: ahead of a day, the nearest first; then what is past, the last first; then
// what has no day.
func byDue(a, b *news.Entry, today time.Time) int {
	first, last := func(e *news.Entry) time.Time { f, _ := e.Undertaking.Due.Bounds(); return f }, func(e *news.Entry) time.Time { _, l := e.Undertaking.Due.Bounds(); return l }
	rank := func(e *news.Entry) int {
		switch {
		case e.Undertaking == nil || e.Undertaking.Due.IsZero():
			return 2
		case last(e).IsZero() || !last(e).Before(today):
			return 0
		}
		return 1
	}
	switch x, y := rank(a), rank(b); {
	case x != y:
		return x - y
	case x == 0:
		return first(a).Compare(first(b))
	case x == 1:
		return last(b).Compare(last(a))
	}
	return 0
}

func (m *maker) promise(e *news.Entry) Promise {
	p := Promise{Row: m.Row(e)}
	u := e.Undertaking
	if u == nil {
		return p
	}
	if e.Actor.Name == "" {
		p.Actor = view.Link{} // it is set, and nobody is said to set it
	}
	p.What, p.Condition, p.Status = cmp.Or(u.What, e.Text), u.Condition, u.Status
	p.Outcome = u.Plain()
	p.To = cmp.Or(u.To, e.To)
	p.Due, p.DueWhy = view.NewWhen(u.Due, m.Now), u.DueReason
	_, last := u.Due.Bounds()
	p.Ahead = !last.IsZero() && !last.Before(m.Now.Truncate(24*time.Hour))
	for _, s := range u.History {
		step := Step{Status: s.Status, When: view.NewWhen(s.When, m.Now), Why: s.Reason}
		if a, ok := m.Where[s.Statement]; ok {
			step.URL = m.Statement(a, s.Statement)
		}
		p.History = append(p.History, step)
	}
	return p
}

// An Answered is a claim that somebody named later confirmed or denied.
type Answered struct {
	view.Row
	Claim, Answer view.Row
}

func (m *maker) answered(e *news.Entry) Answered {
	a := Answered{Row: m.Row(e)}
	parts := []*view.Row{&a.Claim, &a.Answer}
	for i, id := range e.Of {
		if of := m.ByID[id]; of != nil && i < len(parts) {
			*parts[i] = m.Row(of)
		}
	}
	return a
}

// An Aligned is one utterance in the words of each outlet that gave it.
type Aligned struct {
	view.Row
	Reports []Wording
}

// A Wording is one outlet's words against the fullest ones.
type Wording struct {
	view.Report
	Fullest bool
	Pieces  []news.Piece
}

// aligned is an utterance that two articles or more tell, with their words side by side.
func (m *maker) aligned(e *news.Entry) (a Aligned) {
	a.Row = m.Row(e)
	for i, w := range e.Wordings {
		a.Reports = append(a.Reports, Wording{m.Report(m.Where[w.Statement], w.Statement), i == 0, w.Pieces})
	}
	return a
}

// An Event is one happening with the articles that report it, copies under what they copy.
type Event struct {
	ID, Title string
	Date      view.When
	Why       news.Reason
	Articles  []view.ArticleLine
	Count     int
}

// eventsByDay are the events, the last one first.
func (m *maker) eventsByDay() []news.Event {
	events := slices.Clone(m.Dossier.Story.Events)
	slices.SortStableFunc(events, func(a, b news.Event) int {
		x, _ := a.Date.Bounds()
		y, _ := b.Date.Bounds()
		return y.Compare(x)
	})
	return events
}

func (m *maker) event(v news.Event) Event {
	e := Event{ID: string(v.ID), Title: view.TitleOf(v), Date: view.NewWhen(v.Date, m.Now), Why: v.Reason, Count: len(v.Articles)}
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
		return cmp.Compare(m.Dossier.Heads[a].Published.String(), m.Dossier.Heads[b].Published.String())
	})
	place := map[news.ArticleID]int{}
	for _, a := range articles {
		if root(a) == a {
			place[a] = len(e.Articles)
			e.Articles = append(e.Articles, m.Line(a))
		}
	}
	for _, a := range articles {
		if r := root(a); r != a {
			e.Articles[place[r]].Copies = append(e.Articles[place[r]].Copies, m.Line(a))
		}
	}
	return e
}
