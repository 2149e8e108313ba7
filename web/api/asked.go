package api

import (
	"context"
	"errors"
	"iter"

	"dateline/export"
	"dateline/news"
	"dateline/search"
)

// Asked are the questions that need the full text index, and the decisions of people.
type Asked interface {
	Search(ctx context.Context, query string, page search.Page) (search.Results, error)
	Check(ctx context.Context, quote, speaker string) (search.Verdict, error)

	Decide(ctx context.Context, d news.Decision) (news.Decision, error)
	Undo(ctx context.Context, id news.DecisionID) error
	Decisions(ctx context.Context, object string, undone bool) iter.Seq2[news.Decision, error]
}

type searchInput struct {
	Query  string `query:"q" required:"true" maxLength:"4000" doc:"In the language of search: words, \"phrases\", speaker: to: about: outlet: said: published: ..., -not, (groups)"`
	Cursor string `query:"cursor" maxLength:"400" doc:"next of the answer before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	Only   string `query:"only" enum:"articles,statements" doc:"Only hits of this kind"`
	Facets bool   `query:"facets" doc:"Count the hits by outlet, speaker, ..."`
	Why    bool   `query:"why" doc:"Say what each score is made of"`
}

// SearchAnswer is what was found.
type SearchAnswer struct {
	Query   string       `json:"query" doc:"as it was understood"`
	Notices []Notice     `json:"notices"`
	Items   []export.Hit `json:"items" doc:"best first; copies stand behind their original"`
	Next    *string      `json:"next"`
	Matches int          `json:"matches" doc:"at least so many"`
	More    bool         `json:"more" doc:"there are more, of which the newest were ranked"`
	Facets  []Facet      `json:"facets"`
	Meant   []string     `json:"meant" doc:"names that the record knows, where it does not know one of the query's"`
	Damaged int          `json:"damaged"`
}

// A Notice says what was not taken as it was written.
type Notice struct {
	At   int    `json:"at" doc:"byte of the query"`
	Text string `json:"text"`
}

// A Facet counts hits by one of their properties.
type Facet struct {
	Name   string       `json:"name"`
	Counts []FacetCount `json:"counts"`
}

// A FacetCount is one value of a facet; query asks for just that.
type FacetCount struct {
	Value string `json:"value"`
	N     int    `json:"n"`
	Query string `json:"query"`
}

func (a *api) search(ctx context.Context, in *searchInput) (*body[SearchAnswer], error) {
	found, err := a.Record.Search(ctx, in.Query, search.Page{Limit: in.Limit, Cursor: in.Cursor, Only: search.Sort(in.Only), Facets: in.Facets, Why: in.Why})
	if err != nil {
		if errors.Is(err, search.ErrCursor) {
			return nil, invalid("query.cursor", in.Cursor, "it is next of an earlier answer")
		}
		return nil, err
	}
	out := SearchAnswer{Query: found.Query, Notices: []Notice{}, Items: []export.Hit{}, Next: export.OrNull(found.Next), Matches: found.Matches, More: found.More,
		Facets: []Facet{}, Meant: export.OrEmpty(found.Meant), Damaged: len(found.Damaged)}
	for _, n := range found.Notices {
		out.Notices = append(out.Notices, Notice{n.At, n.Text})
	}
	for _, h := range found.Hits {
		out.Items = append(out.Items, export.NewHit(h))
	}
	for _, f := range found.Facets {
		facet := Facet{f.Name, []FacetCount{}}
		for _, c := range f.Counts {
			facet.Counts = append(facet.Counts, FacetCount{c.Value, c.N, c.Query})
		}
		out.Facets = append(out.Facets, facet)
	}
	return &body[SearchAnswer]{out}, nil
}

type checkInput struct {
	Body struct {
		Quote   string `json:"quote" minLength:"1" maxLength:"20000" doc:"The words that somebody is said to have said"`
		Speaker string `json:"speaker,omitempty" maxLength:"200" doc:"Who is said to have said them"`
	}
}

func (a *api) check(ctx context.Context, in *checkInput) (*body[export.Verdict], error) {
	v, err := a.Record.Check(ctx, in.Body.Quote, in.Body.Speaker)
	if err != nil {
		return nil, err
	}
	return &body[export.Verdict]{export.NewVerdict(v)}, nil
}

// mostDecisions bounds a list of decisions.
const mostDecisions = 1000

type decisionsInput struct {
	Object string `query:"object" maxLength:"64" doc:"Only those about this"`
	Undone bool   `query:"undone" doc:"Those that were taken back too"`
}

// DecisionList is what people decided.
type DecisionList struct {
	Items     []export.Decision `json:"items" doc:"in the order in which they were made"`
	Truncated bool              `json:"truncated" doc:"there are more; ask for one object's"`
}

func (a *api) listDecisions(ctx context.Context, in *decisionsInput) (*body[DecisionList], error) {
	out := DecisionList{Items: []export.Decision{}}
	for d, err := range a.Record.Decisions(ctx, in.Object, in.Undone) {
		if err != nil {
			return nil, err
		}
		if out.Truncated = len(out.Items) == mostDecisions; out.Truncated {
			break
		}
		out.Items = append(out.Items, export.NewDecision(d))
	}
	return &body[DecisionList]{out}, nil
}

type decideInput struct {
	Body struct {
		Kind   news.DecisionKind `json:"kind" enum:"fix-speaker,fix-said,fix-boundary,reject,merge-issues,rename-issue,move-article,merge-events,merge-stories,pin-article,note"`
		Object string            `json:"object" minLength:"1" maxLength:"64" doc:"The id of what it is about"`
		Other  string            `json:"other,omitempty" maxLength:"64" doc:"The id of what it is merged into or moved to"`
		Value  string            `json:"value,omitempty" maxLength:"4000" doc:"What shall be there instead: a name, a time in EDTF, what was said in words of the article, the words of a note"`
		Words  string            `json:"words,omitempty" maxLength:"4000" doc:"The words of an article that a note is about"`
	}
}

func (a *api) decide(ctx context.Context, in *decideInput) (*body[export.Decision], error) {
	b := in.Body
	d, err := a.Record.Decide(ctx, news.Decision{Kind: b.Kind, Object: b.Object, Other: b.Other, Value: b.Value, Anchor: news.Anchor{Exact: b.Words}, By: principal(ctx).Name})
	if err != nil {
		return nil, err
	}
	return &body[export.Decision]{export.NewDecision(d)}, nil
}

func (a *api) undo(ctx context.Context, in *oneInput) (*noInput, error) {
	return nil, a.Record.Undo(ctx, news.DecisionID(in.ID.ID))
}
