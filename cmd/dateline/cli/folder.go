package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/apart"
	"dateline/ledger"
	"dateline/pipeline"
	"dateline/store"
)

// OpenForWriting opens the data folder, making it if need be.
func (p *Program) OpenForWriting(ctx context.Context) (*store.Store, error) {
	return p.open(ctx, store.Options{})
}

// openForReading opens a data folder that is there; another process may be writing in it.
func (p *Program) openForReading(ctx context.Context) (*store.Store, error) {
	return p.open(ctx, store.Options{ReadOnly: true})
}

func (p *Program) open(ctx context.Context, o store.Options) (*store.Store, error) {
	o.Correct = ledger.Corrected
	s, err := store.Open(ctx, p.Config.Data, o)
	if err != nil {
		return nil, fmt.Errorf("open %w", err) // the error names the folder and says what to do
	}
	return s, nil
}

// Viewing runs a command that only looks at the record.
func (p *Program) Viewing(cmd *cobra.Command, look func(ctx context.Context, s *store.Store) error) error {
	s, err := p.openForReading(cmd.Context())
	if err != nil {
		return err
	}
	defer s.Close()
	return look(cmd.Context(), s)
}

// Listing runs a command that lists much of the record.
func (p *Program) Listing(cmd *cobra.Command, look func(ctx context.Context, s *store.Store) error) error {
	return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
		if out, is := p.Out.(*checkedWriter); is {
			return out.together(func() error { return look(ctx, s) })
		}
		return look(ctx, s)
	})
}

// Writing runs a command that changes the record, and closes it in good order.
func (p *Program) Writing(cmd *cobra.Command, work func(ctx context.Context, s *store.Store) error) error {
	return p.Opened(cmd.Context(), func(s *store.Store) error { return work(cmd.Context(), s) })
}

// Opened runs work on the open data folder, and closes it in good order.
func (p *Program) Opened(ctx context.Context, work func(s *store.Store) error) error {
	s, err := p.OpenForWriting(ctx)
	if err != nil {
		return err
	}
	return errors.Join(work(s), s.Close())
}

// House is the steps over a store. Pages of strangers are read apart, unless the settings say
// otherwise.
func (p *Program) House(s *store.Store, l pipeline.Limits, strange bool) (*pipeline.House, error) {
	if p.Config.ReadApart == "always" || strange && p.Config.ReadApart != "never" {
		p.apart = apart.New(l)
		return pipeline.NewHouse(s, p.apart, time.Now), nil
	}
	reader, err := pipeline.NewReader(l)
	if err != nil {
		return nil, err
	}
	return pipeline.NewHouse(s, reader, time.Now), nil
}
