package export

import (
	"time"

	"dateline/news"
)

// A Decision is a row of "dateline decisions".
type Decision struct {
	ID      news.DecisionID   `json:"id"`
	Kind    news.DecisionKind `json:"kind"`
	Object  string            `json:"object"`
	Other   *string           `json:"other"`
	Value   *string           `json:"value"`
	Article *string           `json:"article"`
	Words   *string           `json:"words"` // by which it finds its place again
	By      string            `json:"by"`
	Made    time.Time         `json:"made"`
	Undone  *time.Time        `json:"undone"`
	Lost    bool              `json:"lost"`
}

// NewDecision is a decision as it is printed.
func NewDecision(d news.Decision) Decision {
	r := Decision{
		ID: d.ID, Kind: d.Kind, Object: d.Object, Other: OrNull(d.Other), Value: OrNull(d.Value), Article: OrNull(string(d.Anchor.Article)),
		Words: OrNull(d.Anchor.Exact), By: d.By, Made: d.Made, Lost: d.Lost,
	}
	if !d.Undone.IsZero() {
		r.Undone = &d.Undone
	}
	return r
}
