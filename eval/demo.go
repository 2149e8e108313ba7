package eval

// A DemoStory is an invented story with an editor's answers.
type DemoStory struct {
	Name string
}
