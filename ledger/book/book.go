// Package book is a story laid open for the ledger: its articles in one order, the statements in
// them with their actors, and what is made of them step by step.
//
// Every rule of the ledger works on a Book, so that all of them see the same articles in the same
// order (publication, then id), the same people and the same days, however the articles arrived.
// An actor is an entity of the record: who is one through the story has been decided before
// (package resolve).
//
// A Book says nothing about what statements mean, and reads no clock.
package book

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"dateline/ledger/words"
	"dateline/news"
	"dateline/text"
)

// A Book is a story with its articles. It is not safe for concurrent use.
type Book struct {
	Story    news.StoryID
	Articles []*Article // by publication, then id

	plain      bool // it is read, and nothing in it compared
	articles   map[news.ArticleID]*Article
	statements map[news.StatementID]*Told
	actors     map[string]*Actor
	moved      map[*Told]bool
	changed    map[*Article]bool
	takers     map[*Article]*retraction           // articles that take others back
	taken      map[news.ArticleID]news.Correction // what they take back
	reports    map[news.ArticleID]time.Time       // days of events that articles without a date report
	said       map[news.EntryID]*Utterance
}

// An Article is an article of the story.
type Article struct {
	news.Annotation
	Event      news.EventID
	CopyOf     news.ArticleID // of which it is a copy, of this story or another; "" if of none
	Published  time.Time      // for the order; the zero time if it is not known
	Reports    time.Time      // of an article without a date: the day of the event that it reports
	Told       []*Told        // in text order
	parties    map[string]bool
	vocabulary map[string]bool
	credit     *credit
	read       news.Annotation // as it was put
	heirOf     *Article        // the original that it has speakers and times of

	meets  []appointment // see appointments
	sought bool
}

// A Told is a statement where it stands.
type Told struct {
	*news.Statement
	In    *Article
	Actor *Actor     // who says it; nil if the article does not tell
	Of    *Utterance // which act of saying it tells of, once that is decided; nil if of none
	// First and Last are the first and the last civil day on which it can have been said, as
	// midnights UTC. A side that is open or not known is the zero time.
	First, Last time.Time
	Text        string // Statement.Words
	Words       words.Content
	Quotes      []uint64 // Words.Quotes
	Stems       []string // Words.Stems
}

// An Actor is somebody who says something in the story.
type Actor struct {
	news.Speaker         // the fullest name seen; Entity is the same in all articles of the story
	Key          string  // by which reports of different articles are the same actor's
	Told         []*Told // in the order of the articles, then of the text
	herald       *Told   // which names it most fully
}

// An Utterance is one act of saying, with all that tell it.
type Utterance struct {
	ID      news.EntryID // of its row
	Actor   *Actor
	Reports []*Told // the fullest first
	First   *Told   // the first of them in the order of the story
	Said    news.Said
	Rule    news.Reason // why the reports are of one act
}

// New is a book without articles.
func New(story news.StoryID) *Book {
	return &Book{
		Story: story, articles: map[news.ArticleID]*Article{}, statements: map[news.StatementID]*Told{},
		actors: map[string]*Actor{}, moved: map[*Told]bool{}, changed: map[*Article]bool{}, takers: map[*Article]*retraction{}, reports: map[news.ArticleID]time.Time{}, said: map[news.EntryID]*Utterance{},
	}
}

// Open lays a story open. The articles may come in any order.
func Open(story news.Story, articles []news.Annotation) *Book {
	b := New(story.ID)
	for _, a := range articles {
		b.Put(a)
	}
	b.Place(story)
	return b
}

// Read lays a story open for those who show it: the articles in their order, and where the statements
// stand. Nobody's words are compared and no actors made, which is most of what Open costs.
func Read(story news.Story, articles []news.Annotation) *Book {
	b := New(story.ID)
	b.plain = true
	for _, a := range articles {
		b.Put(a)
	}
	b.Place(story)
	b.settle()
	return b
}

// Put adds an article, or puts it in the place of an earlier reading of it.
func (b *Book) Put(annotation news.Annotation) {
	b.Drop(annotation.Article.ID)
	a := &Article{Annotation: annotation, Published: published(annotation.Article), read: annotation}
	if undated(annotation.Article) {
		if a.Reports = b.reports[a.Article.ID]; !a.Reports.IsZero() {
			a.Published = a.Reports
		}
	}
	a.Statements = slices.Clone(a.Statements)
	for k := range a.Statements {
		s := &a.Statements[k]
		if s.Said.When.IsZero() && !a.Reports.IsZero() {
			s.Said = a.saidAround(s)
		}
		t := &Told{Statement: s, In: a}
		t.First, t.Last = s.Said.When.Bounds()
		if !b.plain {
			t.Text, t.Words = s.Words(a.Article.Text), words.Of(s, a.Article.Text)
			t.Quotes, t.Stems = t.Words.Quotes(), t.Words.Stems()
		}
		a.Told = append(a.Told, t)
		b.statements[t.ID] = t
	}
	slices.SortStableFunc(a.Told, inText)
	b.articles[a.Article.ID] = a
	b.changed[a] = true
	at, _ := slices.BinarySearchFunc(b.Articles, a, Order)
	b.Articles = slices.Insert(b.Articles, at, a)
	if !b.plain {
		for _, t := range a.Told {
			b.cast(t)
		}
	}
	for r, x := range b.takers {
		x.consider(r, a)
	}
	if takes, whole := takesBack(a); takes {
		b.takers[a] = &retraction{whole: whole, astray: true}
	}
}

// Drop takes an article out.
func (b *Book) Drop(id news.ArticleID) {
	a := b.articles[id]
	if a == nil {
		return
	}
	delete(b.articles, id)
	b.changed[a] = true
	delete(b.takers, a)
	for _, x := range b.takers {
		x.astray = x.astray || x.of == a
	}
	b.Articles = slices.DeleteFunc(b.Articles, func(x *Article) bool { return x == a })
	for _, t := range a.Told {
		delete(b.statements, t.ID)
		b.dismiss(t)
	}
}

// Place says in which events the articles are, and which are copies. An article without a date
// takes the day of the event that it reports with others, where they have one, else that of what it
// reports and others date.
func (b *Book) Place(story news.Story) {
	for _, v := range story.Events {
		of := map[news.ArticleID]news.ArticleID{}
		for _, c := range v.Copies {
			of[c.Article] = c.Of
		}
		day, last := v.Date.Bounds()
		if last.Sub(day) > 3*24*time.Hour || len(v.Articles) < 2 {
			day = time.Time{}
		}
		for _, id := range v.Articles {
			a := b.articles[id]
			if a == nil {
				continue
			}
			if undated(a.Article) {
				on := day
				if on.IsZero() {
					on = b.appointed(a)
				}
				if !a.Reports.Equal(on) {
					b.reports[id] = on
					b.Put(a.read)
					a = b.articles[id]
				}
			}
			if a.CopyOf != of[id] {
				for _, t := range a.Told {
					b.moved[t] = true
				}
			}
			b.changed[a] = b.changed[a] || a.Event != v.ID || a.CopyOf != of[id]
			a.Event, a.CopyOf = v.ID, of[id]
		}
	}
	if b.plain {
		return
	}
	b.inherit()
}

// saidAround is when a statement of an article without a date was said, as far as the day of the
// event tells that the article reports: on the weekday that its sentence names beside what was said,
// else within a day before and two after it, or at any time up to then ("has said").
func (a *Article) saidAround(s *news.Statement) news.Said {
	if len(s.Content) > 0 {
		sentence := a.beside(a.Sentence(s.Content[0]), s.Content)
		for d := -3; d <= 3; d++ {
			day := a.Reports.AddDate(0, 0, d)
			if name := day.Weekday().String(); strings.Contains(sentence, name) {
				return news.Said{When: on(day), Reason: news.Reason{Rule: "weekday-by-event", Detail: name + " next to " + a.Reports.Format(time.DateOnly) + ", the day of the event that the article reports; it has no date itself"}}
			}
		}
	}
	from, to := a.Reports.AddDate(0, 0, -1), a.Reports.AddDate(0, 0, 2)
	if len(s.Cue) > 0 {
		switch first, _, more := strings.Cut(s.Cue[0].Of(a.Article.Text), " "); {
		case more && (first == "has" || first == "have" || first == "had"):
			return news.Said{
				When:   news.Interval{OpenStart: true, End: news.Day(to.Year(), to.Month(), to.Day())},
				Reason: news.Reason{Rule: "before-event", Detail: first + " ...; the article has no date and reports the event of " + a.Reports.Format(time.DateOnly)},
			}
		}
	}
	return news.Said{
		When:   news.Between(news.Day(from.Year(), from.Month(), from.Day()), news.Day(to.Year(), to.Month(), to.Day())),
		Reason: news.Reason{Rule: "around-event", Detail: "the article has no date; it reports the event of " + a.Reports.Format(time.DateOnly)},
	}
}

// beside is a stretch of the text without the parts of it: "criticised the report of the summit on
// Friday" was not said on Friday.
func (a *Article) beside(s text.Span, parts []text.Span) string {
	var b strings.Builder
	at := s.Start
	for _, p := range parts {
		if p.Overlaps(s) && p.Start > at {
			b.WriteString(text.Span{Start: at, End: p.Start}.Of(a.Article.Text))
		}
		at = max(at, p.End)
	}
	if at < s.End {
		b.WriteString(text.Span{Start: at, End: s.End}.Of(a.Article.Text))
	}
	return b.String()
}

func on(day time.Time) news.Interval { return news.At(news.Day(day.Year(), day.Month(), day.Day())) }

// Moved are the statements that came, went, or changed their actor or what is known of their article
// since it was last asked. Those that went have no actor.
func (b *Book) Moved() []*Told {
	b.settle()
	moved := slices.SortedFunc(maps.Keys(b.moved), InStory)
	clear(b.moved)
	return moved
}

// Changed are the articles that came, went, or were placed elsewhere since it was last asked, in the
// order of the story.
func (b *Book) Changed() []*Article {
	var list []*Article
	for a, changed := range b.changed {
		if changed {
			list = append(list, a)
		}
	}
	clear(b.changed)
	slices.SortFunc(list, Order)
	return list
}

// inText is the order of an article's statements.
func inText(x, y *Told) int {
	return cmp.Or(cmp.Compare(x.Start(), y.Start()), cmp.Compare(x.ID, y.ID))
}

// InStory is the order of a story's statements.
func InStory(x, y *Told) int {
	if x.In == y.In {
		return inText(x, y)
	}
	return Order(x.In, y.In)
}

// Start is where the statement begins: its source or its content.
func (t *Told) Start() int {
	start := t.Source.Start
	if len(t.Content) > 0 && (t.Source.Empty() || t.Content[0].Start < start) {
		start = t.Content[0].Start
	}
	return start
}

// End is where its content ends.
func (t *Told) End() int {
	end := t.Source.End
	for _, s := range slices.Concat(t.Content, t.Cue) {
		end = max(end, s.End)
	}
	return end
}

// Order is the order of a story's articles; those of unknown time come first.
func Order(a, b *Article) int {
	return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(a.Article.ID, b.Article.ID))
}

// published is the earliest time at which an article can have been published.
func published(a news.Article) time.Time {
	when := a.Published.When
	if when.IsMoment() && !when.Start.Instant.IsZero() {
		return when.Start.Instant
	}
	first, _ := when.Bounds()
	return first
}

// Article is the story's article of an id, nil if it has none.
func (b *Book) Article(id news.ArticleID) *Article { return b.articles[id] }

// Holds reports whether an article is of the story as it was put last.
func (b *Book) Holds(a *Article) bool { return b.articles[a.Article.ID] == a }

// Statement is the statement of an id where it stands, nil if the story has none.
func (b *Book) Statement(id news.StatementID) *Told { return b.statements[id] }

// Actor is the actor of a key, nil if the story has none.
func (b *Book) Actor(key string) *Actor { return b.actors[key] }

// Actors are all actors, by key.
func (b *Book) Actors() []*Actor {
	var all []*Actor
	for _, key := range slices.Sorted(maps.Keys(b.actors)) {
		all = append(all, b.actors[key])
	}
	return all
}

// Say notes an utterance that was collated.
func (b *Book) Say(u *Utterance) {
	b.said[u.ID] = u
	for _, t := range u.Reports {
		t.Of = u
	}
}

// Unsay takes one back.
func (b *Book) Unsay(u *Utterance) {
	if b.said[u.ID] == u {
		delete(b.said, u.ID)
	}
	for _, t := range u.Reports {
		if t.Of == u {
			t.Of = nil
		}
	}
}

// Said are all utterances, in the order of their first reports.
func (b *Book) Said() []*Utterance {
	var all []*Utterance
	for t := range b.All() {
		if t.Of != nil && t.Of.First == t {
			all = append(all, t.Of)
		}
	}
	return all
}

// All are all statements, in the order of the articles, then of the text.
func (b *Book) All() iter.Seq[*Told] {
	return func(yield func(*Told) bool) {
		for _, a := range b.Articles {
			for _, t := range a.Told {
				if !yield(t) {
					return
				}
			}
		}
	}
}

// Day is the day of publication as a midnight UTC, the zero time if it is not known.
func (a *Article) Day() time.Time { return a.Published.Truncate(24 * time.Hour) }

// Text is the words of a span of the article.
func (a *Article) Text(s text.Span) string { return s.Of(a.Article.Text) }

// Sentence is the sentence in which a span begins, the span itself where none does.
func (a *Article) Sentence(s text.Span) text.Span {
	i, found := slices.BinarySearchFunc(a.Article.Sentences, s.Start, func(x text.Span, at int) int { return cmp.Compare(x.Start, at) })
	if !found {
		i--
	}
	if i >= 0 && i < len(a.Article.Sentences) && a.Article.Sentences[i].End > s.Start {
		return a.Article.Sentences[i]
	}
	return s
}

// SentencesBetween is how many sentences begin between two places of the text.
func (a *Article) SentencesBetween(from, to int) int {
	at := func(x int) int {
		i, _ := slices.BinarySearchFunc(a.Article.Sentences, x, func(s text.Span, at int) int { return cmp.Compare(s.Start, at) })
		return i
	}
	return max(0, at(to)-at(from))
}

// InTitle reports whether a statement stands in the article's title or standfirst.
func (a *Article) InTitle(t *Told) bool {
	if len(t.Content) == 0 {
		return false
	}
	for _, g := range a.Article.Segments {
		if g.Span.Overlaps(t.Content[0]) {
			return g.Kind == news.Title || g.Kind == news.TitleDup || g.Kind == news.Dek
		}
	}
	return false
}

// Entity is the article's entity of an id, nil if it has none.
func (a *Article) Entity(id news.EntityID) *news.Entity {
	for i := range a.Entities {
		if a.Entities[i].ID == id {
			return &a.Entities[i]
		}
	}
	return nil
}

// Hearer is to whom it was said, as the article names them; "" if it does not tell.
func (t *Told) Hearer() string {
	if e := t.In.Entity(t.Addressee.Entity); e != nil && t.Addressee.Entity != "" {
		return e.Name
	}
	return t.Addressee.Span.Of(t.In.Article.Text)
}

// Party reports whether words of the article name or describe somebody who can act, or a place:
// "the union", "Ruiz", "Port Alba".
func (a *Article) Party(words string) bool {
	if a.parties == nil {
		a.parties = map[string]bool{}
		for _, e := range a.Entities {
			if e.Type == news.OtherEntity {
				continue
			}
			name := Plain(e.Name)
			a.parties[name] = true
			if i := strings.LastIndexByte(name, ' '); i > 0 && e.Type == news.Person {
				a.parties[name[i+1:]] = true
			}
			for _, m := range e.Mentions {
				if (m.Kind == news.ByName || m.Kind == news.ByNominal && e.Type != news.Place) && m.Span.Len() < 60 {
					a.parties[Plain(a.Text(m.Span))] = true
				}
			}
		}
	}
	return a.parties[words]
}
