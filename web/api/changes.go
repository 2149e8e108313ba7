package api

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/sse"

	"dateline/news"
)

// A Changed is one change of the record.
type Changed struct {
	Cursor   string    `json:"cursor" doc:"to go on after this one"`
	Act      string    `json:"act" doc:"add, read, place, remove, release, reread, decide, undo, ..."`
	Object   string    `json:"object" doc:"the id of what it was done to"`
	Recorded time.Time `json:"recorded"`
}

func newChanged(c news.Changed) Changed {
	return Changed{strconv.FormatInt(c.Number, 36), c.Act, c.Object, c.Recorded.UTC()}
}

func (a *api) listChanges(ctx context.Context, in *Slice) (*body[List[Changed]], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	found, err := a.Record.Changes(ctx, after, in.Limit)
	if err != nil {
		return nil, err
	}
	items := make([]Changed, len(found))
	next := int64(0)
	for i, c := range found {
		items[i] = newChanged(c)
		next = c.Number
	}
	return listed(items, next, 0), nil
}

type streamInput struct {
	Cursor string `query:"cursor" maxLength:"40" doc:"Begin after this one; the newest if not given"`
	Last   string `header:"Last-Event-ID" maxLength:"40" doc:"The same, as a browser that lost the stream sends it"`
}

const (
	// pollEvery is how often a stream looks for what is new.
	pollEvery = time.Second
	// aliveEvery is how often a silent stream says that it is alive, so that proxies keep it open.
	aliveEvery = 15 * time.Second
	// streamFor is how long a stream stays; a program opens the next one where this one ended.
	streamFor = 30 * time.Minute
)

// An Alive says that the stream is open and nothing has changed.
type Alive struct {
	Time time.Time `json:"time"`
}

func (a *api) streamChanges(o operation) {
	sse.Register(a.huma, a.operation(o), map[string]any{"changed": Changed{}, "alive": Alive{}}, func(ctx context.Context, in *streamInput, send sse.Sender) {
		after, err := a.streamStart(ctx, in)
		if err != nil {
			return
		}
		a.watch.join(a.Record, pollEvery)
		defer a.watch.leave()
		end := a.Now().Add(streamFor)
		if send.Data(Alive{a.Now().UTC()}) != nil {
			return
		}
		for a.Now().Before(end) {
			rung := a.watch.next() // before looking: what comes meanwhile rings
			found, err := a.Record.Changes(ctx, after, 100)
			if err != nil {
				return
			}
			for _, c := range found {
				after = c.Number
				if send(sse.Message{ID: int(c.Number), Data: newChanged(c)}) != nil {
					return
				}
			}
			if len(found) == 100 {
				continue
			}
			select {
			case <-rung:
			case <-time.After(aliveEvery):
				if send.Data(Alive{a.Now().UTC()}) != nil {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	})
}

// A watch looks for what is new on behalf of all streams, while there are some.
type watch struct {
	mu      sync.Mutex
	streams int
	ring    chan struct{} // closed when something is new
	stop    context.CancelFunc
	stopped chan struct{}
}

func (v *watch) join(record Record, every time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.streams++; v.streams > 1 {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	v.ring, v.stop, v.stopped = make(chan struct{}), stop, make(chan struct{})
	go v.look(ctx, record, every, v.stopped)
}

func (v *watch) leave() {
	v.mu.Lock()
	v.streams--
	stop, stopped := v.stop, v.stopped
	if v.streams > 0 {
		stop = nil
	}
	v.mu.Unlock()
	if stop != nil {
		stop()
		<-stopped
	}
}

// next is closed when something is new from now on.
func (v *watch) next() <-chan struct{} {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.ring
}

func (v *watch) look(ctx context.Context, record Record, every time.Duration, stopped chan struct{}) {
	defer close(stopped)
	tick := time.NewTicker(every)
	defer tick.Stop()
	last := int64(-1)
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		newest, err := record.NewestChange(ctx)
		if err == nil && newest == last {
			continue
		}
		last = newest // where it cannot be told, the streams ask for themselves, and end
		v.mu.Lock()
		close(v.ring)
		v.ring = make(chan struct{})
		v.mu.Unlock()
	}
}

// streamStart is the change after which a stream begins. An event's id is in decimal, a cursor is not.
func (a *api) streamStart(ctx context.Context, in *streamInput) (int64, error) {
	if in.Last != "" {
		return strconv.ParseInt(in.Last, 10, 64)
	}
	if in.Cursor != "" {
		return Slice{Cursor: in.Cursor}.after()
	}
	return a.Record.NewestChange(ctx)
}

// Resolve refuses marks that are none before the stream is open.
func (in *streamInput) Resolve(huma.Context) []error {
	if in.Last != "" {
		if _, err := strconv.ParseInt(in.Last, 10, 64); err != nil {
			return []error{invalid("header.Last-Event-ID", in.Last, "it is the id of an event")}
		}
	}
	if _, err := (Slice{Cursor: in.Cursor}).after(); err != nil {
		return []error{err}
	}
	return nil
}
