// Package heading says in a few words what an account tells, for the line that says what is in dispute:
// its clause, the one it is of by name, and where the time is in dispute without the time.
package heading

import (
	"strings"

	"dateline/ledger/account"
	"dateline/text"
)

// Of is the beginning of what an account tells, for a line that says what is in dispute. What
// stands before its clause is left out ("from the platform that ..."), and where it opens with a
// pronoun that the article explains, the name stands for it in brackets.
func Of(x *account.Account) string { return of(x, x.Text()) }

func of(x *account.Account, words string) string {
	f := clause(strings.Fields(words))
	if len(f) > 0 {
		if name := subject(x, f[0]); name != "" {
			f = append([]string{"[" + name + "]"}, f[1:]...)
		} else if w := strings.ToLower(f[0]); lowered[w] {
			f = append([]string{w}, f[1:]...)
		}
	}
	if len(f) <= 12 {
		return strings.Join(f, " ")
	}
	for f = f[:12]; len(f) > 1 && (lowered[f[len(f)-1]] || adjuncts[f[len(f)-1]] || f[len(f)-1] == "of" || f[len(f)-1] == "for"); {
		f = f[:len(f)-1]
	}
	return strings.Join(f, " ") + " …"
}

// lowered are words that are large only where they begin a sentence.
var lowered = map[string]bool{"the": true, "a": true, "an": true, "this": true, "that": true, "these": true, "those": true, "his": true, "her": true, "its": true, "their": true, "our": true, "my": true,
	"he": true, "she": true, "it": true, "they": true, "we": true, "you": true, "there": true, "no": true, "nobody": true, "nothing": true, "some": true, "many": true, "most": true, "all": true, "both": true}

// adjuncts are words that open what may stand before the clause that is told.
var adjuncts = map[string]bool{"from": true, "on": true, "at": true, "in": true, "to": true, "after": true, "before": true, "during": true, "over": true, "through": true, "with": true, "by": true, "late": true, "early": true, "again": true, "that": true}

// clause are the words of a content without what stands before the clause: of "on Monday that the
// bridge is safe", and of "citing an aide, that it is", what follows "that".
func clause(f []string) []string {
	if len(f) == 0 {
		return f
	}
	first := strings.ToLower(f[0])
	if !adjuncts[first] && !(len(first) > 5 && strings.HasSuffix(first, "ing")) {
		return f
	}
	for i, w := range f[:min(len(f), 8)] {
		if w == "that" && len(f)-i > 3 {
			return f[i+1:]
		}
	}
	return f
}

// subject is who a pronoun stands for that opens what an account tells; "" where that is not known.
func subject(x *account.Account, word string) string {
	if x.Told == nil {
		return ""
	}
	switch strings.ToLower(word) {
	case "i":
		if x.Told.Actor != nil {
			return x.Told.Actor.Name
		}
	case "he", "she", "it", "they":
		for _, e := range x.In.Entities {
			if e.ID == x.Told.Frame.Subject.Entity && e.ID != "" {
				return e.Name
			}
		}
	}
	return ""
}

// Untimed is the heading without the time that is in dispute, where enough stands before it.
func Untimed(x *account.Account, time text.Span) string {
	before := strings.Fields(text.Span{Start: x.Span.Start, End: max(x.Span.Start, time.Start)}.Of(x.In.Article.Text))
	for n := len(before); n > 0; n = len(before) {
		switch strings.ToLower(before[n-1]) {
		case "on", "at", "in", "by", "before", "after", "since", "until", "from", "about", "around", "shortly", "the", "only":
			before = before[:n-1]
			continue
		}
		break
	}
	if len(before) < 3 {
		return Of(x)
	}
	return of(x, strings.Join(before, " "))
}
