package cluster

import (
	"dateline/cluster/event"
	"dateline/cluster/sketch"
)

// Stories are events whose stories are known, in the order in which they were added, to ask which
// of them the next one continues: the choice that Groups makes, without the mistakes it made before.
type Stories struct {
	reader sketch.Reader
	events *event.Index
	number map[string]int32
	name   map[int32]string
}

// NewStories holds no event.
func NewStories() *Stories {
	return &Stories{events: event.New(), number: map[string]int32{}, name: map[int32]string{}}
}

// Add says which of the stories is the first candidate for an event, "" if there is none, and then
// puts the event into the story that it is of.
func (s *Stories) Add(r Record, story string) (first string) {
	known, ok := s.number[story]
	if !ok {
		known = -1
	}
	best, number := s.events.Continue(&event.Article{Sketch: s.reader.Of(r.Title, r.Text), Day: day(r.Published)}, known)
	first = s.name[best]
	s.number[story], s.name[number] = number, story
	return first
}
