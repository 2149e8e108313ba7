package unit

import (
	"strings"
	"unicode"

	"dateline/news"
	"dateline/split/outlet"
)

// DatelineLen is the length of the dateline that a paragraph opens with, 0 if it has none:
// "PORT ALBA, May 3 (Reuters) - ", "LONDON — ", "Washington: ". Without capitals, an agency or
// a date it takes a place that is known to open datelines.
func DatelineLen(s string) int {
	limit := min(len(s), 90)
	var end, mark int // of what stands before the mark, and of the mark
	for i := 0; i < limit; i++ {
		rest := s[i:]
		for _, m := range []string{" — ", " – ", " - ", " -- ", "— ", "– ", ": ", ":\u00a0", " —", " –"} {
			if strings.HasPrefix(rest, m) {
				end, mark = i, len(strings.TrimRight(m, " \u00a0"))
				break
			}
		}
		if mark > 0 || strings.HasPrefix(rest, ". ") && i > 1 && unicode.IsLower(rune(s[i-1])) && i-strings.LastIndexByte(s[:i], ' ') > 5 {
			break
		}
	}
	if mark == 0 || end == 0 || len(s) <= end+mark+1 {
		return 0
	}
	head := s[:end]
	colon := s[end] == ':'
	agency, dated := false, false
	if i := strings.IndexByte(head, '('); i > 0 {
		j := strings.IndexByte(head, ')')
		if j < i || strings.TrimSpace(head[j+1:]) != "" && !strings.Contains(head[j:], ",") {
			return 0
		}
		agency = outlet.Agency(head[i+1:j]) != "" || outlet.Named(head[i+1:j]) != ""
		head = strings.TrimSpace(head[:i])
	}
	place, after, _ := strings.Cut(head, ",")
	words := strings.Fields(place)
	if len(words) == 0 || len(words) > 4 || !Names(words) {
		return 0
	}
	for w := range strings.FieldsSeq(after) {
		low := strings.ToLower(strings.Trim(w, ".,"))
		_, month := monthNames[low]
		dated = dated || month
		if !unicode.IsUpper([]rune(w)[0]) && !unicode.IsDigit([]rune(w)[0]) && w != "of" {
			return 0
		}
	}
	known := places[news.Fold(place)]
	capitals := len(place) > 2 && place == strings.ToUpper(place) && strings.ContainsFunc(place, unicode.IsUpper)
	switch {
	case agency || known && !(after != "" && colon && !dated):
	case capitals && !colon && !labels[news.Fold(place)] && len(strings.Fields(after)) <= 4:
	case dated && !colon:
	default:
		return 0
	}
	return end + mark
}

var monthNames = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec") {
		m[w] = true
	}
	return m
}()
