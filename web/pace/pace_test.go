package pace_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"dateline/web/pace"
)

func TestTurns(t *testing.T) {
	turns := pace.New(1, time.Hour)
	end, err := turns.Take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gone, hangUp := context.WithCancel(t.Context())
	hangUp()
	if _, err := turns.Take(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("who has gone gets %v", err)
	}
	next := make(chan error)
	go func() {
		_, err := turns.Take(t.Context())
		next <- err
	}()
	end()
	end() // once more ends nobody else's
	if err := <-next; err != nil {
		t.Error(err)
	}
	hasty := pace.New(1, 0)
	if _, err := hasty.Take(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := hasty.Take(t.Context()); !errors.Is(err, pace.ErrBusy) {
		t.Errorf("the second of one turn gets %v", err)
	}
}
