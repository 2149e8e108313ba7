package ledger

import (
	"cmp"
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/news"
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

// Corrected is an article as people corrected what was read in it: who said something, when, and in
// which words. What decided so is the reason beside it, or in the decisions themselves.
func Corrected(a news.Annotation, decisions []news.Decision) news.Annotation {
	return newDecider(decisions).apply([]news.Annotation{a})[0]
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
		case news.FixSpeaker, news.FixSaid, news.FixBoundary:
			d.found[x.ID] = false
		case news.RejectRow, news.WriteNote:
			if d.found[x.ID] = false; !strings.HasPrefix(x.Object, "s") {
				if x.Kind == news.WriteNote {
					_, there := x.Anchor.Find(articles[i].Article.Text)
					d.found[x.ID] = there || x.Anchor.Exact == ""
				}
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
		k := x.About(*a)
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
		case news.FixBoundary:
			content, ok := x.Boundary(*s, a.Article.Text)
			if !ok {
				d.found[x.ID] = false
				continue
			}
			s.Content = content
		case news.RejectRow:
			s.Speaker = news.Speaker{} // nobody said it: it is part of no row
		}
	}
	if out == nil {
		return articles
	}
	return out
}

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
