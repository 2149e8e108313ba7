package view

import (
	"cmp"
	"slices"
)

// A Choice is a value that a filter can take.
type Choice struct {
	Value, Text string
	N           int
	Chosen      bool
}

// Counts tell how often each value occurs.
type Counts map[string]int

// mostChoices bounds a list of values: a story may have thousands of speakers, and the field takes
// any name.
const mostChoices = 60

// Choices are the values, the most frequent first; name tells what one is called.
func (c Counts) Choices(chosen string, name func(string) string) []Choice {
	var out []Choice
	for v, n := range c {
		text := v
		if name != nil {
			text = name(v)
		}
		out = append(out, Choice{v, text, n, v == chosen})
	}
	slices.SortFunc(out, func(a, b Choice) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Text, b.Text)) })
	return out[:min(len(out), mostChoices)]
}
