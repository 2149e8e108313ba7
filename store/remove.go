package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

func (s *Store) destroyRemoved(ctx context.Context) error { return nil }

// explainFile names the folder and says what to do, for errors of its files.
func (s *Store) explainFile(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return fmt.Errorf("data folder %s: the disk is full: free some space and try again; everything acknowledged is kept (%w)", s.dir, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("data folder %s: not writable: check its permissions and its disk (%w)", s.dir, err)
	}
	return fmt.Errorf("data folder %s: %w", s.dir, err)
}
