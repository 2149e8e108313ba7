package web

import (
	"context"
	"errors"
	"net/http"

	"dateline/news"
	"dateline/web/look"
)

// An endpoint answers one route. What it returns becomes a page that says what is wrong.
type endpoint func(w http.ResponseWriter, r *http.Request) error

var errNoPage = errors.New("there is no such page")

// Refused is an error whose words are for whoever asked: what they asked for cannot be.
type Refused struct{ Err error }

func (r Refused) Error() string { return r.Err.Error() }
func (r Refused) Unwrap() error { return r.Err }

// trouble is what a page says when it cannot show what was asked for.
type trouble struct {
	Heading, Detail string
}

// answering turns an endpoint's error into a page, with the status that fits.
func (s *site) answering(e endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := e(w, r)
		var bad Refused
		var large *http.MaxBytesError
		var t trouble
		var status int
		switch {
		case err == nil || errors.Is(err, context.Canceled):
			return
		case errors.Is(err, errNoPage):
			t, status = trouble{"There is no such page", "The address may be mistyped, or from an older version."}, http.StatusNotFound
		case errors.Is(err, news.ErrRemoved):
			t, status = trouble{"This was removed from the record", err.Error()}, http.StatusGone
		case errors.Is(err, news.ErrNotFound):
			t, status = trouble{"The record holds nothing by that name", "It may have been merged into something else, or the address is cut short: " + err.Error() + "."}, http.StatusNotFound
		case errors.Is(err, news.ErrDamaged):
			t, status = trouble{"This part of the record is damaged and is not shown", "What is stored no longer matches its hash. Run “dateline doctor --repair”, or restore a backup."}, http.StatusInternalServerError
		case errors.As(err, &large):
			t, status = trouble{"That is too large", "A page may have up to 64 MB."}, http.StatusRequestEntityTooLarge
		case errors.As(err, &bad):
			t, status = trouble{"That did not work", bad.Error()}, http.StatusBadRequest
		default:
			s.Log.Error("page", "path", r.URL.Path, "error", err.Error())
			t, status = trouble{"Something broke on our side", "The log of the service says what."}, http.StatusInternalServerError
		}
		s.look.Show(w, r, status, "trouble", look.Frame{Title: t.Heading}, t)
	})
}
