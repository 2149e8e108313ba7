package terminal

// A Style marks up output for people: by escape sequences on a terminal, not at all elsewhere.
type Style struct{ On bool }

func (s Style) Bold(t string) string { return s.mark("1", t) }

func (s Style) Dim(t string) string { return s.mark("2", t) }

func (s Style) mark(code, t string) string {
	if !s.On {
		return t
	}
	return "\x1b[" + code + "m" + t + "\x1b[0m"
}
