package api

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"dateline/news"
)

// What requests have in common. huma reads the tags; a value that does not fit is answered with 422
// and the place of it.
type (
	// View is the time at which the record is looked at.
	View struct {
		AsOf string `query:"as_of" maxLength:"40" doc:"The record as it stood then: a day (its end, UTC) or a time, as 2031-05-03 or 2031-05-03T09:30:00Z" example:"2031-05-03"`
	}
	// Slice is the part of a list that is wanted.
	Slice struct {
		Cursor string `query:"cursor" maxLength:"40" doc:"next of the answer before"`
		Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many at the most"`
	}
	// ID names one thing.
	ID struct {
		ID string `path:"id" minLength:"1" maxLength:"64" doc:"Its id, as lists give it"`
	}

	noInput   struct{}
	listInput struct {
		View
		Slice
	}
	oneInput struct {
		ID
	}
	oneView struct {
		ID
		View
	}
	oneList struct {
		ID
		View
		Slice
	}
)

func (v View) time() (time.Time, error) {
	if v.AsOf == "" {
		return time.Time{}, nil
	}
	m, err := news.ParseMoment(v.AsOf)
	if err != nil || m.Day == 0 {
		return time.Time{}, invalid("query.as_of", v.AsOf, "give a day or a time, as 2031-05-03 or 2031-05-03T09:30:00Z")
	}
	return m.AsOf(), nil
}

// after is the number of the row after which the list goes on.
func (s Slice) after() (int64, error) {
	if s.Cursor == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s.Cursor, 36, 64)
	if err != nil || n < 0 {
		return 0, invalid("query.cursor", s.Cursor, "it is next of an earlier answer")
	}
	return n, nil
}

func invalid(location string, value any, message string) error {
	return huma.NewError(http.StatusUnprocessableEntity, fmt.Sprintf("%s: %s", location, message),
		&huma.ErrorDetail{Location: location, Value: value, Message: message})
}

// What answers have in common.
type (
	body[T any] struct{ Body T }

	// A List is part of a list.
	List[T any] struct {
		Items   []T     `json:"items"`
		Next    *string `json:"next" doc:"cursor of what follows; null where this is the end"`
		Damaged int     `json:"damaged" doc:"how many could not be shown because they no longer match their hashes"`
	}
)

// listed is the answer of a list.
func listed[T any](items []T, next int64, damaged int) *body[List[T]] {
	l := List[T]{Items: items, Damaged: damaged}
	if l.Items == nil {
		l.Items = []T{}
	}
	if next != 0 {
		cursor := strconv.FormatInt(next, 36)
		l.Next = &cursor
	}
	return &body[List[T]]{l}
}
