package export

import "dateline/text"

// OrNull makes a missing text null.
func OrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// OrNoSpan makes an empty span null.
func OrNoSpan(s text.Span) *text.Span {
	if s.Empty() {
		return nil
	}
	return &s
}

// OrEmpty makes a missing list an empty one: [] in JSON, not null.
func OrEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
