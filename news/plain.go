package news

import "strings"

// A rule has a short name for machines. What people read instead stands here: pages and commands say
// Plain, JSON keeps the name.

// plain is what rules are in words; %s stands for the detail. A rule whose detail says all by itself
// is not here. "rule word" is of details that begin with that word, which is then left out.
var plain = map[string]string{
	// when something was said
	"day-of-report":           "the report names the day: %s",
	"day-of-report published": "date inferred from publication, %s: the article names no day",
	"day-of-report fetched":   "date inferred from when the page was fetched, %s: the article names no day",
	"since-the-news":          "between the day the report is about (%s) and its publication",
	"same-occasion":           "on the same occasion as what the article dates %s",
	"time-at-cue":             "the sentence dates it: %s",
	"time-in-sentence":        "the sentence names a day: %s",
	"time-of-scene":           "told within a scene that the article dates %s",
	"time-of-source":          "its source is dated %s",
	"before-it":               "before what the article dates %s",
	"after-it":                "after what the article dates %s",
	"hours-apart":             "within hours of what the article dates %s",
	"not-after":               "no later than %s",
	"not-after published":     "date inferred from publication: by %s, the article names no day",
	"not-after fetched":       "date inferred from when the page was fetched: by %s, neither article nor page names a day",
	"weekday-by-event":        "a weekday beside the event that the article reports: %s",
	"as-original":             "as in the report that it copies (%s)",
	"time-in-content":         "the words themselves name it: %s",
	"end-of":                  "the end of what the words name: %s",

	// who said it
	"named":        "named there: %s",
	"pronoun":      "“%s” stands for who was named before",
	"relative":     "“%s” goes back to who was named before it",
	"described":    "described there: %s",
	"first-person": "speaks of itself: “%s”",
	"author":       "the article’s author, who writes “%s”",
	"outlet-we":    "the outlet itself: %s",
	"same-entity":  "one person through the story: %s",
	"same-words":   "the words agree: %s",
	"subject":      "the sentence is about it: %s",

	// how a statement was found
	"cue": "the words that report it: %s", "content": "what is said: %s", "source": "who says it: %s", "no source": "nobody is named: %s",
	"tagged": "named behind the words: %s", "headed": "named in the heading: %s", "introduced": "introduced there: %s", "possessed": "somebody’s own: %s",
	"citing": "told on the word of %s", "outlet-hears": "told to the outlet: %s", "answers": "an answer to %s", "answered-by": "answered by %s", "goes-on": "goes on from what %s said",
	"next-paragraph": "goes on from the paragraph before: %s",

	// one act of saying
	"one-report": "nothing else on the record tells of it", "copied": "one report copies the other (%s)", "shared-quotation": "the reports quote the same words (%s)",
	"same-words-in-order": "the reports have the same words in one order (%s)", "same-in-other-words": "the reports say the same in other words (%s)",
	"headline-of-it": "a headline, and what stands below it (%s)", "quoted-after": "a quotation right behind what it bears out (%s)",

	// where somebody stands
	"predicate": "read from “%s”", "clause": "read from “%s”", "stance-of-cue": "“%s” says so", "no-such-thing": "“%s”",
	"in-return": "offered in return: “%s”", "in-the-condition": "demanded as a condition: “%s”", "on-condition": "depends on a condition: “%s”",
	"stance-changed": "first %s", "other-object": "of one part only: “%s”", "other-time-frame": "of other times: %s",
	"confirmed-on-record": "confirmed by name %s", "denied-on-record": "denied by name %s",

	// roots and copies
	"may-share-a-source": "nothing shows that the others have it from elsewhere",

	// outlets and times of publication
	"json-ld-site": "the page’s own data: %s", "json-ld-publisher": "the page’s own data: %s", "og:site_name": "the page’s own data: %s", "application-name": "the page’s own data: %s",
	"publisher-line": "a line of the page: %s", "title-and-host": "the page’s title and address: %s", "title-suffix": "behind the title: %s", "outlet-given": "given with the page: %s",
	"links-to-its-own": "its own headlines end so: %s", "source-told-it": "a source told it: %s", "named-as-host": "named as host: %s", "named-in-appeal": "named in an appeal: %s",
	"first-published-by": "first published there: %s", "agency-in-byline": "an agency in the byline: %s", "agency-in-dateline": "an agency in the dateline: %s",
	"json-ld-date": "the page’s own data: %s", "json-ld-modified": "the page’s own data: %s", "microdata": "the page’s own data: %s", "meta date": "the page’s own data: %s", "meta modified": "the page’s own data: %s",
	"script-data": "the page’s own data: %s", "time-element": "the page’s own data: %s", "printed-date": "printed on the page: %s", "date-line": "printed on the page: %s",
	"dateline-date": "the dateline: %s", "address-date": "the page’s address: %s", "relative-date": "printed on the page: %s", "age": "printed on the page: %s", "first-since": "reckoned from %s",

	// events
	"article-alone": "no other event is near enough", "event-new": "no other event is near enough", "copy": "%s", "decided": "decided by a person: %s",
}

// Plain is the reason in words for people.
func (r Reason) Plain() string {
	detail := r.Detail
	if r.Rule == "articles-alike" {
		detail, _, _ = strings.Cut(detail, ";")
	}
	if r.Rule == "stance-changed" {
		from, to, _ := strings.Cut(detail, ", then ")
		detail = Stance(from).Plain() + ", then " + Stance(to).Plain()
	}
	switch r.Rule {
	case "cue", "content", "source", "no source":
		detail = unreckoned(detail)
	}
	first, rest, _ := strings.Cut(detail, " ")
	words, known := plain[r.Rule+" "+first]
	if known {
		detail = rest
	} else if words, known = plain[r.Rule]; !known {
		if detail != "" {
			return detail
		}
		return strings.ReplaceAll(r.Rule, "-", " ")
	}
	if detail == "" {
		words = strings.TrimRight(strings.NewReplacer(" (%s)", "", "“%s”", "", "%s", "").Replace(words), " :,")
		return words
	}
	return strings.Replace(words, "%s", detail, 1)
}

// unreckoned is a detail without what stands in brackets: weights and features, for who tunes them.
func unreckoned(detail string) string {
	for {
		before, rest, open := strings.Cut(detail, " (")
		_, after, closed := strings.Cut(rest, ")")
		if !open || !closed {
			return detail
		}
		detail = before + after
	}
}

// ParseReason is the reason that String wrote.
func ParseReason(line string) Reason {
	rule, detail, _ := strings.Cut(line, ": ")
	return Reason{rule, detail}
}

// ByPublication reports whether a saying is dated by when its article came out, or was fetched, and
// not by what the article says.
func (s Said) ByPublication() bool {
	switch s.Reason.Rule {
	case "day-of-report", "not-after":
		return strings.HasPrefix(s.Reason.Detail, "published ") || strings.HasPrefix(s.Reason.Detail, "fetched ")
	}
	return false
}

// Plain is a stance in words for people.
func (s Stance) Plain() string {
	switch s {
	case Open:
		return "leaves it open"
	case Conditional:
		return "on a condition"
	}
	return string(s)
}

// Plain is a status in words for people.
func (s Status) Plain() string {
	if s == StatusOverdue {
		return "past its day"
	}
	return string(s)
}

// Plain is in words for people what has become of an undertaking, as its history tells.
func (u Undertaking) Plain() string {
	var last Step
	if n := len(u.History); n > 0 {
		last = u.History[n-1]
	}
	switch {
	case u.Status == StatusOpen:
		return "still open"
	case u.Status == StatusDue:
		return "due now"
	case u.Status == StatusOverdue && last.Reason.Rule == "calendar":
		return "no outcome on record"
	case u.Status == StatusOverdue:
		return "not done in time"
	}
	return string(u.Status)
}

// disputed are what disputes are about, by the words with which About begins.
var disputed = map[string]string{"whether": "Whether ", "when": "When ", "where": "Where: ", "how many": "How many ", "by whom": "By whom: ", "who said": "Who said that "}

// Title is what a dispute is about, as a heading.
func (d Dispute) Title() string {
	asked, rest, ok := strings.Cut(d.About, ": ")
	words, known := disputed[asked]
	if !ok || !known || rest == "" {
		return d.About
	}
	if asked == "how many" && strings.Contains(rest, " or ") {
		words = "How many: "
	}
	return words + rest
}
