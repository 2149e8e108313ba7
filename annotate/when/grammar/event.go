package grammar

// event reads a time told by a happening: "after the call", "during his visit", "at the summit".
// It takes the word of time, an article or the like, at most three words, and the happening.
func (g *Grammar) event(i int) *Expression {
	if !g.has(i, isAnchor) || g.is(i, "in") {
		return nil
	}
	k := i + 1
	if g.is(i, "ahead") {
		if !g.is(k, "of") {
			return nil
		}
		k++
	} else if g.is(i, "prior") {
		if !g.is(k, "to") {
			return nil
		}
		k++
	}
	if !g.near(k) {
		return nil
	}
	word := g.at(i).Text
	switch {
	case g.has(k, isDeterminer), g.is(k, "this", "that", "last", "next"):
		k++
	case g.has(k, isEvent) && g.has(k, isEvent) && g.is(k, "talks", "negotiations", "elections", "meetings", "discussions"):
	default:
		return nil
	}
	for n := 0; n < 4; n++ {
		t := g.at(k + n)
		if t.Kind == Mark && t.Text != "-" && t.Text != "'" || t.Break || k+n >= len(g.Tokens) {
			return nil
		}
		if t.word.is&isEvent != 0 && !(g.has(k+n+1, isEvent) && g.near(k+n+1)) {
			if t.Cap && g.at(k+n+1).Cap && !g.at(k+n+1).Break && g.at(k+n+1).Kind == Word {
				continue
			}
			return &Expression{Form: Event, Rule: "event", From: i, To: k + n + 1, Word: t.Text, Value: word}
		}
		if t.word.is&(isWeekday|isMonth|isDeictic|isUnit|isWay|isSet|isPart|isHoliday) != 0 || t.Kind == Number || smallWords[t.Text] {
			return nil
		}
	}
	return nil
}

// IsEvent reports whether a word, in lower case, names a happening that others are dated by.
func IsEvent(word string) bool { return eventNouns[word] }
