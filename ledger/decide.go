package ledger

import (
	"cmp"
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

// A decider applies what people decided to what was read. It changes what the rows are made of,
// never the reading itself, and every row says which decisions bear on it. Of two that contradict
// each other the later holds, and both are told.
type decider struct {
	decisions []news.Decision // that hold, in the order in which they were made
	on        map[news.StatementID][]news.DecisionID
	issues    map[news.IssueID][]news.DecisionID
	found     map[news.DecisionID]bool // whether those that bear on the story found their place
}

func newDecider(decisions []news.Decision) *decider {
	d := &decider{decisions: slices.Clone(decisions)}
	d.decisions = slices.DeleteFunc(d.decisions, func(x news.Decision) bool { return !x.Undone.IsZero() })
	slices.SortFunc(d.decisions, func(a, b news.Decision) int { return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID)) })
	d.forget()
	return d
}

func (d *decider) forget() {
	d.on, d.issues, d.found = map[news.StatementID][]news.DecisionID{}, map[news.IssueID][]news.DecisionID{}, map[news.DecisionID]bool{}
}

// apply is the articles as people corrected them.
func (d *decider) apply(articles []news.Annotation) []news.Annotation {
	d.forget()
	if len(d.decisions) == 0 {
		return articles
	}
	at := map[news.ArticleID]int{}
	for i, a := range articles {
		at[a.Article.ID] = i
	}
	var out []news.Annotation
	for _, x := range d.decisions {
		i, here := at[x.Anchor.Article]
		if !here {
			continue
		}
		switch x.Kind {
		case news.FixSpeaker, news.FixSaid:
			d.found[x.ID] = false
		case news.RejectRow, news.WriteNote:
			if d.found[x.ID] = false; !strings.HasPrefix(x.Object, "s") {
				d.found[x.ID] = x.Kind == news.WriteNote
				continue // a row: when it is made
			}
		case news.MergeIssues, news.RenameIssue:
			d.found[x.ID] = false
			id := news.IssueID(cmp.Or(x.Other, x.Object))
			d.issues[id] = append(d.issues[id], x.ID)
			continue
		default:
			continue
		}
		if out == nil {
			out = slices.Clone(articles)
		}
		a := &out[i]
		k := statementOf(a, x)
		if k < 0 {
			continue
		}
		if &a.Statements[0] == &articles[i].Statements[0] {
			a.Statements = slices.Clone(a.Statements)
		}
		s := &a.Statements[k]
		d.found[x.ID] = true
		d.on[s.ID] = append(d.on[s.ID], x.ID)
		reason := news.Reason{Rule: "decided", Detail: string(x.ID)}
		switch x.Kind {
		case news.FixSpeaker:
			s.Speaker = somebody(articles, x.Value)
			s.Speaker.Reason = reason
			if a.Entities = slices.Clip(a.Entities); !slices.ContainsFunc(a.Entities, func(e news.Entity) bool { return e.ID == s.Speaker.Entity }) {
				a.Entities = append(a.Entities, news.Entity{ID: s.Speaker.Entity, Name: s.Speaker.Name, Type: news.Person})
			}
		case news.FixSaid:
			when, err := news.ParseInterval(x.Value)
			if err != nil {
				d.found[x.ID] = false
				continue
			}
			s.Said = news.Said{When: when, Reason: reason}
		case news.RejectRow:
			s.Speaker = news.Speaker{} // nobody said it: it is part of no row
		}
	}
	if out == nil {
		return articles
	}
	return out
}

// statementOf is the statement that a decision is about: by its id, else by its words.
func statementOf(a *news.Annotation, x news.Decision) int {
	if i := slices.IndexFunc(a.Statements, func(s news.Statement) bool { return string(s.ID) == x.Object }); i >= 0 {
		return i
	}
	place, ok := x.Anchor.Find(a.Article.Text)
	if !ok {
		return -1
	}
	best, most := -1, 0
	for i, s := range a.Statements {
		if len(s.Content) == 0 {
			continue
		}
		whole := text.Span{Start: s.Content[0].Start, End: s.Content[len(s.Content)-1].End}
		if n := overlap(whole, place); n > most {
			best, most = i, n
		}
	}
	if 2*most < place.Len() {
		return -1
	}
	return best
}

func overlap(a, b text.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

// somebody is who bears a name in the story: the entity that most articles call so, else one that
// has its id of the name alone.
func somebody(articles []news.Annotation, name string) news.Speaker {
	count := map[news.EntityID]int{}
	names := map[news.EntityID]string{}
	for _, a := range articles {
		for _, e := range a.Entities {
			if !e.Anonymous && book.Plain(e.Name) == book.Plain(name) {
				count[e.ID]++
				names[e.ID] = e.Name
			}
		}
	}
	var best news.EntityID
	for id, n := range count {
		if best == "" || n > count[best] || n == count[best] && id < best {
			best = id
		}
	}
	if best == "" {
		return news.Speaker{Entity: news.NewEntityID("", name), Name: name}
	}
	return news.Speaker{Entity: best, Name: names[best]}
}

// rejected are the decisions by which people said that a row is wrong: the row of that id or,
// where it has another by now, the one of that kind on those words.
func (d *decider) rejected(e *news.Entry, b *book.Book) (by []news.DecisionID) {
	for _, x := range d.decisions {
		if x.Kind != news.RejectRow || strings.HasPrefix(x.Object, "s") {
			continue
		}
		is := string(e.ID) == x.Object
		if !is && string(e.Kind) == x.Other && x.Anchor.Exact != "" && len(e.Statements) > 0 {
			t := b.Statement(e.Statements[0])
			is = t.In.Article.ID == x.Anchor.Article && news.NewAnchor(*t.Statement, t.In.Article.Text).Exact == x.Anchor.Exact
		}
		if is {
			by = append(by, x.ID)
		}
	}
	return by
}

// bear are the decisions that bear on a row.
func (d *decider) bear(e *news.Entry) []news.DecisionID {
	var out []news.DecisionID
	add := func(list []news.DecisionID) {
		for _, id := range list {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	if len(d.on) > 0 {
		for _, id := range e.Statements {
			add(d.on[id])
		}
	}
	if e.Issue.ID != "" {
		add(d.issues[e.Issue.ID])
	}
	return out
}
