// Package export turns what the record holds into the forms in which it leaves the house: the JSON
// of the command line, the pages and the API, which are the same objects everywhere.
//
// Scripts outside read these types: fields are added, never renamed or dropped. What is not known
// is null, never a guess; a list is never null. The package decides nothing and asks for nothing:
// what it writes, it is handed.
package export

import (
	"fmt"

	"dateline/news"
	"dateline/text"
)

// The JSON of an annotated article.
type (
	Article struct {
		Page      string        `json:"page"`
		Article   int           `json:"article"`
		Text      string        `json:"text"`
		Range     text.Span     `json:"range"`
		Role      news.Role     `json:"role"`
		Title     *news.Excerpt `json:"title"`
		Byline    *news.Excerpt `json:"byline"`
		Dateline  *news.Excerpt `json:"dateline"`
		Outlet    *Outlet       `json:"outlet"`
		Carrier   *string       `json:"carrier"`
		URL       *string       `json:"url"`
		Canonical *string       `json:"canonical_url"`
		Language  *string       `json:"language"`
		Authors   []string      `json:"authors"`
		Published *Published    `json:"published"`
		Segments  []Segment     `json:"segments"`
		Sentences []text.Span   `json:"sentences"`
		Times     []Time        `json:"times"`
		Entities  []Entity      `json:"entities"`
		Statement []Statement   `json:"statements"`
		Lead      Lead          `json:"lead"`
		Analysed  bool          `json:"analysed"`
		Truncated bool          `json:"truncated"`
		Flags     []news.Flag   `json:"flags"`
		IDs       IDs           `json:"ids"`
	}
	IDs struct {
		Page     news.PageID     `json:"page"`
		Revision news.RevisionID `json:"revision"`
		Article  news.ArticleID  `json:"article"`
		Reader   string          `json:"reader"`
	}
	Outlet struct {
		Name   string     `json:"name"`
		Basis  news.Basis `json:"basis"`
		Reason string     `json:"reason"`
	}
	Published struct {
		Value  news.Interval `json:"value"`
		Local  *string       `json:"local"`
		Basis  news.Basis    `json:"basis"`
		Reason string        `json:"reason"`
	}
	Segment struct {
		Range  text.Span `json:"range"`
		Kind   news.Kind `json:"kind"`
		Reason string    `json:"reason,omitempty"`
	}
	Time struct {
		Range  text.Span     `json:"range"`
		Type   news.TimeType `json:"type"`
		Value  *string       `json:"value"`
		Anchor *string       `json:"anchor"`
		Reason string        `json:"reason"`
	}
	Entity struct {
		ID        string          `json:"id"`
		Name      string          `json:"name"`
		Type      news.EntityType `json:"type"`
		Anonymous bool            `json:"anonymous"`
		Roles     []string        `json:"roles"`
		Mentions  []Mention       `json:"mentions"`
	}
	// A Lead is what the article reports as news.
	Lead struct {
		Ranges     []text.Span    `json:"ranges"`
		Entities   []string       `json:"entities"`
		Places     []string       `json:"places"`
		Happened   *news.Interval `json:"happened"`
		Predicates []string       `json:"predicates"`
		Heads      []string       `json:"heads"`
	}
	Mention struct {
		Range text.Span        `json:"range"`
		Kind  news.MentionKind `json:"kind"`
	}
	Statement struct {
		ID         news.StatementID  `json:"id"`
		Content    []text.Span       `json:"content"`
		Cue        []text.Span       `json:"cue"`
		Source     *text.Span        `json:"source"`
		Mode       news.Mode         `json:"mode"`
		Act        news.Act          `json:"act"`
		Speaker    *Speaker          `json:"speaker"`
		Addressee  *Addressee        `json:"addressee"`
		Venue      *string           `json:"venue"`
		Said       *Said             `json:"said"`
		RelayedBy  []string          `json:"relayed_by"`
		Within     *news.StatementID `json:"within"`
		Polarity   news.Polarity     `json:"polarity"`
		Hedge      *string           `json:"hedge"`
		Issues     []string          `json:"issues"`
		Confidence float64           `json:"confidence"`
		Reasons    []string          `json:"reasons"`
		// Decisions are those by which people corrected it, where it is shown as corrected.
		Decisions []news.DecisionID `json:"decisions,omitempty"`
	}
	Speaker struct {
		Entity    *string `json:"entity"`
		Name      string  `json:"name"`
		Anonymous bool    `json:"anonymous"`
		Reason    string  `json:"reason"`
	}
	Addressee struct {
		Range  text.Span `json:"range"`
		Entity *string   `json:"entity"`
	}
	Said struct {
		Value  news.Interval `json:"value"`
		Range  *text.Span    `json:"range"`
		Reason string        `json:"reason"`
	}
)

// Times is the JSON form of time expressions.
func Times(times []news.TimeExpression) []Time {
	out := []Time{}
	for _, t := range times {
		out = append(out, Time{t.Span, t.Type, OrNull(t.Value), OrNull(t.Anchor), t.Reason.String()})
	}
	return out
}

// NewArticle is the JSON form of an annotation. Entities are named as local says: "p1",
// "p2" for a page that is only read, their stored ids for one that is kept.
func NewArticle(a news.Annotation, local func(news.EntityID) string) Article {
	art := a.Article
	r := Article{
		Page: art.Name, Article: art.Index, Text: art.Text, Range: art.Range, Role: art.Role,
		Title: art.Title, Byline: art.Byline, Dateline: art.Dateline,
		Carrier: OrNull(art.Carrier), URL: OrNull(art.URL), Canonical: OrNull(art.Canonical), Language: OrNull(art.Language),
		Authors: OrEmpty(art.Authors), Sentences: OrEmpty(art.Sentences),
		Segments: []Segment{}, Times: Times(a.Times), Entities: []Entity{}, Statement: []Statement{},
		Analysed: a.Analysed, Truncated: a.Truncated, Flags: OrEmpty(art.Flags),
		IDs: IDs{art.Page, art.Revision, art.ID, art.Reader},
	}
	if art.Outlet.Name != "" {
		r.Outlet = &Outlet{art.Outlet.Name, art.Outlet.Basis, art.Outlet.Reason.String()}
	}
	if !art.Published.When.IsZero() {
		r.Published = &Published{art.Published.When, OrNull(art.Published.Local), art.Published.Basis, art.Published.Reason.String()}
	}
	for _, s := range art.Segments {
		r.Segments = append(r.Segments, Segment{s.Span, s.Kind, s.Reason})
	}
	for _, e := range a.Entities {
		mentions := []Mention{}
		for _, m := range e.Mentions {
			mentions = append(mentions, Mention{m.Span, m.Kind})
		}
		r.Entities = append(r.Entities, Entity{local(e.ID), e.Name, e.Type, e.Anonymous, OrEmpty(e.Roles), mentions})
	}
	l := a.Lead
	r.Lead = Lead{OrEmpty(l.Spans), []string{}, []string{}, nil, OrEmpty(l.Predicates), OrEmpty(l.Heads)}
	for _, id := range l.Entities {
		r.Lead.Entities = append(r.Lead.Entities, local(id))
	}
	for _, id := range l.Places {
		r.Lead.Places = append(r.Lead.Places, local(id))
	}
	if !l.Happened.IsZero() {
		r.Lead.Happened = &l.Happened
	}
	for _, s := range a.Statements {
		r.Statement = append(r.Statement, NewStatement(s, a.Article.Text, local))
	}
	return r
}

// NewStatement is the JSON form of a statement of an article with the text t. Its content takes in the
// "that" of its clause.
func NewStatement(s news.Statement, t string, local func(news.EntityID) string) Statement {
	entity := func(id news.EntityID) *string {
		if id == "" {
			return nil
		}
		return OrNull(local(id))
	}
	r := Statement{
		ID: s.ID, Content: OrEmpty(s.Clause(t)), Cue: OrEmpty(s.Cue), Source: OrNoSpan(s.Source), Mode: s.Mode, Act: s.Act,
		Venue: OrNull(s.Venue), RelayedBy: []string{}, Polarity: s.Polarity, Hedge: OrNull(s.Hedge), Issues: OrEmpty(s.Issues),
		Confidence: s.Confidence, Reasons: []string{},
	}
	if s.Speaker.Name != "" {
		r.Speaker = &Speaker{entity(s.Speaker.Entity), s.Speaker.Name, s.Speaker.Anonymous, s.Speaker.Reason.String()}
	}
	if !s.Addressee.Span.Empty() {
		r.Addressee = &Addressee{s.Addressee.Span, entity(s.Addressee.Entity)}
	}
	if !s.Said.When.IsZero() {
		r.Said = &Said{s.Said.When, OrNoSpan(s.Said.Span), s.Said.Reason.String()}
	}
	if s.Within != "" {
		r.Within = &s.Within
	}
	for _, id := range s.RelayedBy {
		r.RelayedBy = append(r.RelayedBy, local(id))
	}
	for _, reason := range s.Reasons {
		r.Reasons = append(r.Reasons, reason.String())
	}
	return r
}

// LocalNames names entities p1, p2, ... in the order in which they are first asked for.
func LocalNames() func(news.EntityID) string {
	names := map[news.EntityID]string{}
	return func(id news.EntityID) string {
		if names[id] == "" {
			names[id] = fmt.Sprintf("p%d", len(names)+1)
		}
		return names[id]
	}
}
