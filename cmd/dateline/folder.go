package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dateline/ledger"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

// openForWriting opens the data folder, making it if need be.
func (p *program) openForWriting(ctx context.Context) (*store.Store, error) {
	return p.open(ctx, store.Options{})
}

// openForReading opens a data folder that is there; another process may be writing in it.
func (p *program) openForReading(ctx context.Context) (*store.Store, error) {
	return p.open(ctx, store.Options{ReadOnly: true})
}

func (p *program) open(ctx context.Context, o store.Options) (*store.Store, error) {
	o.Correct = ledger.Corrected
	s, err := store.Open(ctx, p.config.Data, o)
	if err != nil {
		return nil, fmt.Errorf("open %w", err) // the error names the folder and says what to do
	}
	return s, nil
}

// viewing runs a command that only looks at the record.
func (p *program) viewing(cmd *cobra.Command, look func(ctx context.Context, s *store.Store) error) error {
	s, err := p.openForReading(cmd.Context())
	if err != nil {
		return err
	}
	defer s.Close()
	return look(cmd.Context(), s)
}

// listing runs a command that lists much of the record.
func (p *program) listing(cmd *cobra.Command, look func(ctx context.Context, s *store.Store) error) error {
	return p.viewing(cmd, func(ctx context.Context, s *store.Store) error {
		if out, is := p.out.(*checkedWriter); is {
			return out.together(func() error { return look(ctx, s) })
		}
		return look(ctx, s)
	})
}

// writing runs a command that changes the record, and closes it in good order.
func (p *program) writing(cmd *cobra.Command, work func(ctx context.Context, s *store.Store) error) error {
	return p.opened(cmd.Context(), func(s *store.Store) error { return work(cmd.Context(), s) })
}

// opened runs work on the open data folder, and closes it in good order.
func (p *program) opened(ctx context.Context, work func(s *store.Store) error) error {
	s, err := p.openForWriting(ctx)
	if err != nil {
		return err
	}
	return errors.Join(work(s), s.Close())
}

// house is the steps over a store. Pages of strangers are read apart, unless the settings say
// otherwise.
func (p *program) house(s *store.Store, l pipeline.Limits, strange bool) (*pipeline.House, error) {
	if p.config.ReadApart == "always" || strange && p.config.ReadApart != "never" {
		p.apart = newApart(l)
		return pipeline.NewHouse(s, p.apart, time.Now), nil
	}
	reader, err := pipeline.NewReader(l)
	if err != nil {
		return nil, err
	}
	return pipeline.NewHouse(s, reader, time.Now), nil
}

// momentFlag is the day or time that a flag gives, zero where it is not given.
func momentFlag(name, value string) (news.Moment, error) {
	if value == "" {
		return news.Moment{}, nil
	}
	m, err := news.ParseMoment(value)
	if err != nil || m.Day == 0 {
		return news.Moment{}, usageError{fmt.Errorf("--%s %q: give a day or a time, as 2031-05-03 or 2031-05-03T09:30:00Z", name, value)}
	}
	return m, nil
}

// instantFlag is the time that a flag gives, a day's beginning for a day.
func instantFlag(name, value string) (time.Time, error) {
	m, err := momentFlag(name, value)
	if err == nil && !m.IsZero() && m.Instant.IsZero() {
		return m.First(), nil
	}
	return m.Instant, err
}
