package main

import (
	"encoding/json"
	"fmt"
	"io"

	"dateline/news"
	"dateline/text"
)

// The types of this file are the JSON of an annotated article, one object a line. Users'
// scripts read it: fields are added, never renamed or dropped. What is not known is null.
type (
	articleRecord struct {
		Page      string            `json:"page"`
		Article   int               `json:"article"`
		Text      string            `json:"text"`
		Range     text.Span         `json:"range"`
		Role      news.Role         `json:"role"`
		Title     *news.Excerpt     `json:"title"`
		Byline    *news.Excerpt     `json:"byline"`
		Dateline  *news.Excerpt     `json:"dateline"`
		Outlet    *outletRecord     `json:"outlet"`
		Carrier   *string           `json:"carrier"`
		URL       *string           `json:"url"`
		Canonical *string           `json:"canonical_url"`
		Language  *string           `json:"language"`
		Authors   []string          `json:"authors"`
		Published *publishedRecord  `json:"published"`
		Segments  []segmentRecord   `json:"segments"`
		Sentences []text.Span       `json:"sentences"`
		Times     []timeRecord      `json:"times"`
		Entities  []entityRecord    `json:"entities"`
		Statement []statementRecord `json:"statements"`
		Lead      leadRecord        `json:"lead"`
		Analysed  bool              `json:"analysed"`
		Truncated bool              `json:"truncated"`
		Flags     []news.Flag       `json:"flags"`
		IDs       recordIDs         `json:"ids"`
	}
	recordIDs struct {
		Page     news.PageID     `json:"page"`
		Revision news.RevisionID `json:"revision"`
		Article  news.ArticleID  `json:"article"`
		Reader   string          `json:"reader"`
	}
	outletRecord struct {
		Name   string     `json:"name"`
		Basis  news.Basis `json:"basis"`
		Reason string     `json:"reason"`
	}
	publishedRecord struct {
		Value  news.Interval `json:"value"`
		Local  *string       `json:"local"`
		Basis  news.Basis    `json:"basis"`
		Reason string        `json:"reason"`
	}
	segmentRecord struct {
		Range  text.Span `json:"range"`
		Kind   news.Kind `json:"kind"`
		Reason string    `json:"reason,omitempty"`
	}
	timeRecord struct {
		Range  text.Span     `json:"range"`
		Type   news.TimeType `json:"type"`
		Value  *string       `json:"value"`
		Anchor *string       `json:"anchor"`
		Reason string        `json:"reason"`
	}
	entityRecord struct {
		ID        string          `json:"id"`
		Name      string          `json:"name"`
		Type      news.EntityType `json:"type"`
		Anonymous bool            `json:"anonymous"`
		Roles     []string        `json:"roles"`
		Mentions  []mentionRecord `json:"mentions"`
	}
	// A leadRecord is what the article reports as news.
	leadRecord struct {
		Ranges     []text.Span    `json:"ranges"`
		Entities   []string       `json:"entities"`
		Places     []string       `json:"places"`
		Happened   *news.Interval `json:"happened"`
		Predicates []string       `json:"predicates"`
		Heads      []string       `json:"heads"`
	}
	mentionRecord struct {
		Range text.Span        `json:"range"`
		Kind  news.MentionKind `json:"kind"`
	}
	statementRecord struct {
		ID         news.StatementID  `json:"id"`
		Content    []text.Span       `json:"content"`
		Cue        []text.Span       `json:"cue"`
		Source     *text.Span        `json:"source"`
		Mode       news.Mode         `json:"mode"`
		Act        news.Act          `json:"act"`
		Speaker    *speakerRecord    `json:"speaker"`
		Addressee  *addresseeRecord  `json:"addressee"`
		Venue      *string           `json:"venue"`
		Said       *saidRecord       `json:"said"`
		RelayedBy  []string          `json:"relayed_by"`
		Within     *news.StatementID `json:"within"`
		Polarity   news.Polarity     `json:"polarity"`
		Hedge      *string           `json:"hedge"`
		Issues     []string          `json:"issues"`
		Confidence float64           `json:"confidence"`
		Reasons    []string          `json:"reasons"`
	}
	speakerRecord struct {
		Entity    *string `json:"entity"`
		Name      string  `json:"name"`
		Anonymous bool    `json:"anonymous"`
		Reason    string  `json:"reason"`
	}
	addresseeRecord struct {
		Range  text.Span `json:"range"`
		Entity *string   `json:"entity"`
	}
	saidRecord struct {
		Value  news.Interval `json:"value"`
		Range  *text.Span    `json:"range"`
		Reason string        `json:"reason"`
	}
)

// newArticleRecord is the JSON form of an annotation. Entities are named as local says: "p1",
// "p2" for a page that is only read, their stored ids for one that is kept.
func newArticleRecord(a news.Annotation, local func(news.EntityID) string) articleRecord {
	art := a.Article
	r := articleRecord{
		Page: art.Name, Article: art.Index, Text: art.Text, Range: art.Range, Role: art.Role,
		Title: art.Title, Byline: art.Byline, Dateline: art.Dateline,
		Carrier: orNull(art.Carrier), URL: orNull(art.URL), Canonical: orNull(art.Canonical), Language: orNull(art.Language),
		Authors: orEmpty(art.Authors), Sentences: orEmpty(art.Sentences),
		Segments: []segmentRecord{}, Times: timeRecords(a.Times), Entities: []entityRecord{}, Statement: []statementRecord{},
		Analysed: a.Analysed, Truncated: a.Truncated, Flags: orEmpty(art.Flags),
		IDs: recordIDs{art.Page, art.Revision, art.ID, art.Reader},
	}
	if art.Outlet.Name != "" {
		r.Outlet = &outletRecord{art.Outlet.Name, art.Outlet.Basis, art.Outlet.Reason.String()}
	}
	if !art.Published.When.IsZero() {
		r.Published = &publishedRecord{art.Published.When, orNull(art.Published.Local), art.Published.Basis, art.Published.Reason.String()}
	}
	for _, s := range art.Segments {
		r.Segments = append(r.Segments, segmentRecord{s.Span, s.Kind, s.Reason})
	}
	for _, e := range a.Entities {
		mentions := []mentionRecord{}
		for _, m := range e.Mentions {
			mentions = append(mentions, mentionRecord{m.Span, m.Kind})
		}
		r.Entities = append(r.Entities, entityRecord{local(e.ID), e.Name, e.Type, e.Anonymous, orEmpty(e.Roles), mentions})
	}
	l := a.Lead
	r.Lead = leadRecord{orEmpty(l.Spans), []string{}, []string{}, nil, orEmpty(l.Predicates), orEmpty(l.Heads)}
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
		r.Statement = append(r.Statement, newStatementRecord(s, local))
	}
	return r
}

func newStatementRecord(s news.Statement, local func(news.EntityID) string) statementRecord {
	entity := func(id news.EntityID) *string {
		if id == "" {
			return nil
		}
		return orNull(local(id))
	}
	r := statementRecord{
		ID: s.ID, Content: orEmpty(s.Content), Cue: orEmpty(s.Cue), Source: orNoSpan(s.Source), Mode: s.Mode, Act: s.Act,
		Venue: orNull(s.Venue), RelayedBy: []string{}, Polarity: s.Polarity, Hedge: orNull(s.Hedge), Issues: orEmpty(s.Issues),
		Confidence: s.Confidence, Reasons: []string{},
	}
	if s.Speaker.Name != "" {
		r.Speaker = &speakerRecord{entity(s.Speaker.Entity), s.Speaker.Name, s.Speaker.Anonymous, s.Speaker.Reason.String()}
	}
	if !s.Addressee.Span.Empty() {
		r.Addressee = &addresseeRecord{s.Addressee.Span, entity(s.Addressee.Entity)}
	}
	if !s.Said.When.IsZero() {
		r.Said = &saidRecord{s.Said.When, orNoSpan(s.Said.Span), s.Said.Reason.String()}
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

// localNames names entities p1, p2, ... in the order in which they are first asked for.
func localNames() func(news.EntityID) string {
	names := map[news.EntityID]string{}
	return func(id news.EntityID) string {
		if names[id] == "" {
			names[id] = fmt.Sprintf("p%d", len(names)+1)
		}
		return names[id]
	}
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func orNoSpan(s text.Span) *text.Span {
	if s.Empty() {
		return nil
	}
	return &s
}

// orEmpty makes a missing list an empty one: [] in JSON, not null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// jsonLines writes values as JSON, one a line.
func jsonLines(w io.Writer) func(any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // the reader is a program, not a browser
	return e.Encode
}
