package invent

import (
	"slices"

	"dateline/news"
)

// One statement in so many is a position, an undertaking, a side of a conflict, confirmed: about as
// in the demo's stories. A neighbouring pair of positions that differ is a change.
const (
	perPosition     = 4
	perUndertaking  = 25
	perConflict     = 40
	perConfirmation = 60
)

var stances = []news.Stance{news.Supports, news.Opposes, news.Conditional, news.Opposes, news.Demands}

// A book is the ledger of a story while it runs.
type book struct {
	entries  []news.Entry
	said     map[string]int // utterances by their words
	held     map[string]int // the newest position of an actor on an issue
	entities []news.Entity
	known    map[string]news.EntityID // by name
	mentions []news.Resolved
	n        int // statements so far
}

func newBook() *book {
	return &book{said: map[string]int{}, held: map[string]int{}, known: map[string]news.EntityID{}}
}

// record puts an article's statements into the ledger. issues are phrases of the story.
func (b *book) record(story news.StoryID, n news.Annotation, issues []string) {
	for _, e := range n.Entities {
		id, known := b.known[e.Name]
		if !known {
			id = news.NewEntityID(string(story), e.Name)
			b.known[e.Name] = id
			b.entities = append(b.entities, news.Entity{ID: id, Name: e.Name, Type: e.Type})
		}
		b.mentions = append(b.mentions, news.Resolved{Article: n.Article.ID, Local: e.ID, Entity: id})
	}
	for _, s := range n.Statements {
		b.n++
		b.statement(story, s, n.Article.Text, issues)
	}
}

func (b *book) statement(story news.StoryID, s news.Statement, t string, issues []string) {
	words, speaker := s.Words(t), s.Speaker
	speaker.Entity = b.known[speaker.Name]
	if i, told := b.said[words]; told && b.entries[i].Actor.Name == speaker.Name {
		e := &b.entries[i]
		e.Statements, e.Quotes = append(e.Statements, s.ID), append(e.Quotes, s.Quote(t))
		if len(e.Wordings) == 0 {
			e.Wordings = []news.Wording{{Statement: e.Statements[0], Pieces: same(words)}}
		}
		e.Wordings = append(e.Wordings, news.Wording{Statement: s.ID, Pieces: same(words)})
		return
	}
	row := func(kind news.EntryKind, of ...news.EntryID) news.Entry {
		from := []string{string(s.ID)}
		for _, id := range of {
			from = append(from, string(id))
		}
		return news.Entry{ID: news.NewEntryID(string(kind), from...), Kind: kind, Actor: speaker, Text: words, Said: news.Said{When: s.Said.When, Reason: s.Said.Reason},
			Statements: []news.StatementID{s.ID}, Quotes: []news.Quote{s.Quote(t)}, Of: of, Origins: news.Origins{Least: 1, Most: 1}, Rule: news.Reason{Rule: "invented-" + string(kind)}}
	}
	utterance := row(news.Utterance)
	utterance.Chain = []news.Link{{Name: speaker.Name, Entity: speaker.Entity, Article: s.Article, Span: s.Source}}
	b.said[words] = len(b.entries)
	before := len(b.entries) - 1
	b.entries = append(b.entries, utterance)
	if b.n%perPosition == 0 {
		p := row(news.Position, utterance.ID)
		phrase := issues[b.n/perPosition%len(issues)]
		p.Issue, p.Stance = news.Issue{ID: news.NewIssueID(story, phrase), Name: phrase}, stances[b.n/perPosition%len(stances)]
		key := speaker.Name + "\n" + phrase
		if i, held := b.held[key]; held && b.entries[i].Stance != p.Stance {
			earlier := b.entries[i]
			c := row(news.Change, earlier.ID, p.ID)
			c.Text, c.Issue = earlier.Text, p.Issue
			c.Statements, c.Quotes = []news.StatementID{earlier.Statements[0], s.ID}, []news.Quote{earlier.Quotes[0], p.Quotes[0]}
			b.entries = append(b.entries, c)
		}
		b.held[key] = len(b.entries)
		b.entries = append(b.entries, p)
	}
	if b.n%perUndertaking == 0 {
		u := row(news.Commitment)
		due := s.Said.When.Start.First().AddDate(0, 0, 10)
		u.Undertaking = &news.Undertaking{What: words, Due: news.At(news.Day(due.Year(), due.Month(), due.Day())), DueReason: news.Reason{Rule: "invented-due"}, Status: news.StatusOpen,
			History: []news.Step{{Status: news.StatusOpen, When: s.Said.When, Statement: s.ID, Reason: news.Reason{Rule: "made"}}}}
		b.entries = append(b.entries, u)
	}
	if before >= 0 && b.n%perConflict == 0 {
		b.entries = append(b.entries, b.conflict(row(news.Conflict), before))
	}
	if before >= 0 && b.n%perConfirmation == 0 {
		if other := b.entries[before]; other.Kind == news.Utterance {
			b.entries = append(b.entries, row(news.Confirmation, other.ID, utterance.ID))
		}
	}
}

// conflict makes of a row one that is in dispute with an earlier one.
func (b *book) conflict(e news.Entry, with int) news.Entry {
	other := b.entries[with]
	e.Dispute = &news.Dispute{Kind: news.OnPolarity, About: e.Text, RuledOut: []news.Reason{{Rule: "other_day"}}, Sides: []news.Side{
		{Actor: other.Actor, Text: other.Quotes[0].Text, Statements: other.Statements[:1], Origins: other.Origins},
		{Actor: e.Actor, Text: e.Text, Statements: e.Statements, Origins: e.Origins}}}
	e.Actor, e.Text = news.Speaker{}, ""
	e.Statements, e.Quotes = slices.Concat(other.Statements[:1], e.Statements), slices.Concat(other.Quotes[:1], e.Quotes)
	return e
}

func same(words string) []news.Piece { return []news.Piece{{Kind: news.SamePiece, Text: words}} }
