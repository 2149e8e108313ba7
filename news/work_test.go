package news_test

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"dateline/news"
)

func TestSound(t *testing.T) {
	walk := func(errs ...error) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			for i, err := range errs {
				if !yield(i, err) {
					return
				}
			}
		}
	}
	damaged, broken := fmt.Errorf("row 1: %w", news.ErrDamaged), errors.New("broken")
	if got, err := news.Sound(walk(nil, damaged, nil)); err != nil || !slices.Equal(got, []int{0, 2}) {
		t.Errorf("%v %v", got, err)
	}
	if got, err := news.Sound(walk(nil, broken, nil)); !errors.Is(err, broken) || got != nil {
		t.Errorf("%v %v", got, err)
	}
}
