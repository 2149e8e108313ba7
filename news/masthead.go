package news

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mastheads are the last words of names of newspapers, agencies and stations.
var mastheads = map[string]bool{"News": true, "Times": true, "Post": true, "Herald": true, "Journal": true, "Gazette": true, "Tribune": true, "Chronicle": true,
	"Mail": true, "Telegraph": true, "Courier": true, "Observer": true, "Star": true, "Press": true, "Globe": true, "Inquirer": true, "Dispatch": true, "Examiner": true,
	"Newspaper": true, "Magazine": true, "Review": true, "Weekly": true, "Daily": true, "Echo": true, "Argus": true, "Standard": true, "Mirror": true, "Monitor": true, "Today": true, "Radio": true, "TV": true,
	"Agency": true, "Wire": true, "Register": true, "Bulletin": true, "Sentinel": true, "Broadcasting": true}

// Masthead reports whether s is a name of two to five capitalised words that ends or begins as
// newspapers' names do: "Alba Gazette", "Daily Alba".
func Masthead(s string) bool {
	words := strings.Fields(strings.Trim(s, " .,:;-–—|"))
	if n := len(words); n < 2 || n > 5 || !NameWords(words) {
		return false
	}
	return mastheads[words[len(words)-1]] || words[0] == "Daily"
}

// NameWords reports whether words are written as those of a name are: capitalised but for the
// small ones between them.
func NameWords(words []string) bool {
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if strings.ContainsAny(w[:len(w)-1], ".,:;") || !unicode.IsUpper(r) && w != "of" && w != "and" && w != "the" && w != "&" {
			return false
		}
	}
	return true
}
