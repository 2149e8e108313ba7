// Package unit reads the paragraphs of flattened text one by one: a date, an outlet's name, a
// byline, a word of the interface, a caption with its credit, a run of keywords, a plea for
// money, a notice, prose. Where a paragraph could be several things, it stays without a kind:
// its place on the page decides, and places are package split's.
package unit

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/split/dating"
	"dateline/split/outlet"
	"dateline/text"
)

// A Unit is a paragraph of flattened text, or a part of one that was glued to another.
type Unit struct {
	Span   text.Span
	Text   string
	Fold   string // as news.Fold has it, for a unit that can be a line of its own; "" for a long one
	Words  int
	Kind   news.Kind       // as far as its own words tell; "" where its place must
	Reason string          // the rule that gave the kind
	Stop   bool            // it ends as sentences do
	Prose  bool            // it is long enough, and made as running text is
	Date   *dating.Printed // for a date line
	Outlet string          // for a publisher or byline that is an outlet's name
	People []string        // for a byline
	Notice string          // the kind of notice it is
	Tail   bool            // nothing of an article follows it
	Box    bool            // what follows it may be a box of links
}

// Title reports whether the unit could be a headline: some words, no full stop.
func (u Unit) Title() bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(u.Text, "'\"“‘«„("))
	return u.Kind == "" && u.Words >= 2 && u.Words <= 40 && !u.EndsFull() && len(u.Text) < 300 && (!unicode.IsLower(r) || u.Words >= 4) && !strings.HasSuffix(u.Text, ":") && !strings.HasSuffix(u.Text, "...")
}

// EndsFull reports whether the unit ends with a full stop that is no abbreviation's.
func (u Unit) EndsFull() bool {
	s := strings.TrimRight(u.Text, "\"'”’»)")
	return strings.HasSuffix(s, ".") && !strings.HasSuffix(s, ".S.") && !strings.HasSuffix(s, ".K.") && !strings.HasSuffix(s, "...")
}

// Meta reports whether the unit says who published or wrote an article, or when.
func (u Unit) Meta() bool {
	return u.Kind == news.Publisher || u.Kind == news.DateKind || u.Kind == news.Byline
}

// Body reports whether the unit reads as prose does.
func (u Unit) Body() bool {
	return u.Kind == "" && (u.Prose || u.Stop && u.Words >= 3 || u.Words >= 25)
}

// Introduces reports whether the unit leads up to what follows it: "The mayor said:"
func (u Unit) Introduces() bool {
	return u.Kind == "" && u.Words >= 2 && strings.HasSuffix(u.Text, ":")
}

// Of cuts a text into its units and reads what each tells by itself.
func Of(t string, fetched time.Time) []Unit {
	var out []Unit
	for _, p := range text.Paragraphs(t, text.Span{End: len(t)}) {
		out = append(out, parts(t, p, fetched, mostCuts)...)
	}
	// A short line that comes again and again is the page's, not the article's.
	count := map[string]int{}
	for _, u := range out {
		count[u.Fold]++
	}
	for i := range out {
		if u := &out[i]; u.Kind == "" && u.Fold != "" && count[u.Fold] >= 3 && u.Words <= 6 && !u.Stop {
			u.Kind, u.Reason = news.Boilerplate, "line-repeated"
		}
	}
	return out
}

// mostCuts is how often a paragraph is cut; what glues more than that together is no page.
const mostCuts = 40

// parts cuts a paragraph where things of different kinds are glued: a date before its text, a
// word of the interface before a caption, a credit behind one.
func parts(t string, p text.Span, fetched time.Time, cuts int) []Unit {
	s := p.Of(t)
	if cuts == 0 {
		u := Measure(t, p)
		u.read(fetched)
		return []Unit{u}
	}
	if d, n, ok := dating.Prefix(s, fetched); ok && d.Ago == "" && d.Full() && n < len(s) {
		rest := text.Span{Start: p.Start + n, End: p.End}.Trim(t)
		if r, _ := utf8.DecodeRuneInString(rest.Of(t)); unicode.IsUpper(r) && len(strings.Fields(rest.Of(t))) > 3 && !strings.HasPrefix(s[n:], ":") {
			u := Measure(t, text.Span{Start: p.Start, End: p.Start + n}.Trim(t))
			u.Kind, u.Reason, u.Date = news.DateKind, "date-glued", &d
			return append([]Unit{u}, parts(t, rest, fetched, cuts-1)...)
		}
	}
	if i := dateBehind(s); i > 0 {
		if d, ok := dating.Line(s[i:], fetched); ok && d.Full() {
			u := Measure(t, text.Span{Start: p.Start + i, End: p.End})
			u.Kind, u.Reason, u.Date = news.DateKind, "date-glued", &d
			return append(parts(t, text.Span{Start: p.Start, End: p.Start + i}.Trim(t), fetched, cuts-1), u)
		}
	}
	if c := runOn(t, p, fetched, cuts); len(c) > 0 {
		return c
	}
	if c := captioned(t, p); len(c) > 0 {
		return c
	}
	if i, j := inline(t, p); i > p.Start || j < p.End {
		var out []Unit
		for _, s := range []text.Span{{Start: p.Start, End: i}, {Start: i, End: j}, {Start: j, End: p.End}} {
			if s = s.Trim(t); !s.Empty() {
				out = append(out, parts(t, s, fetched, cuts-1)...)
			}
		}
		return out
	}
	u := Measure(t, p)
	u.read(fetched)
	return []Unit{u}
}

// inline finds, in a long paragraph, a stretch that is none of its prose: a plea for money before
// or behind it, or a picture's caption between a word of the interface and a credit. It is the
// whole paragraph if there is none.
func inline(t string, p text.Span) (start, end int) {
	// In shorter paragraphs a plea is told as a whole; longer ones no page has.
	const shortest, longest = 300, 50_000
	s := p.Of(t)
	if len(s) < shortest || len(s) > longest {
		return p.Start, p.End
	}
	low := strings.ToLower(s)
	if len(low) == len(s) {
		for _, w := range []string{"open image in gallery ", "view image in fullscreen "} {
			i := strings.Index(low, w)
			if i < 0 {
				continue
			}
			near := s[i:min(len(s), i+400)]
			for open := strings.IndexByte(near, '('); open >= 0; {
				shut := strings.IndexByte(near[open:], ')')
				if shut < 0 {
					break
				}
				if Picture(news.Fold(near[open : open+shut])) {
					return p.Start + i, p.Start + i + open + shut + 1
				}
				next := strings.IndexByte(near[open+shut:], '(')
				if next < 0 {
					break
				}
				open += shut + next
			}
		}
	}
	sentences := text.Sentences(t, []text.Span{p})
	pleads := func(from, to, step int) int { // how many sentences from one end on are a plea
		hits, last, kept := 0, -1, -1
		for n, i := 0, from; i != to && n-last <= 4; n, i = n+1, i+step {
			low := strings.ToLower(sentences[i].Of(t))
			h := pleas(low)
			if h == 0 || hits == 0 && !addresses(low) {
				continue
			}
			hits, last = hits+h, n
			if hits >= 4 && n < 30 {
				kept = n
			}
		}
		return kept + 1
	}
	if n := pleads(0, len(sentences), 1); n > 0 && n < len(sentences) {
		end := sentences[n-1].End
		// "Read more" has no stop: it sticks to the sentence behind it.
		for _, next := range sentences[n-1 : n+1] {
			for _, w := range []string{"Read more ", "Support Now ", "Support now ", "Subscribe ", "Donate ", "Sign up "} {
				if strings.HasPrefix(next.Of(t), w) && pleas(strings.ToLower(next.Of(t)[len(w):])) == 0 {
					return p.Start, next.Start + len(w)
				}
			}
		}
		return p.Start, end
	}
	if n := pleads(len(sentences)-1, -1, -1); n > 0 && n < len(sentences) {
		return sentences[len(sentences)-n].Start, p.End
	}
	return p.Start, p.End
}

// dateBehind is where the weekday stands that opens a date at the end of a headline's line, 0 if
// there is none.
func dateBehind(s string) int {
	if len(s) > 300 {
		return 0
	}
	last := 0
	for _, day := range []string{" Monday, ", " Tuesday, ", " Wednesday, ", " Thursday, ", " Friday, ", " Saturday, ", " Sunday, "} {
		last = max(last, strings.LastIndex(s, day)+1)
	}
	return last
}

func Measure(t string, p text.Span) Unit {
	u := Unit{Span: p, Text: p.Of(t)}
	u.Words = len(strings.Fields(u.Text))
	if len(u.Text) < 600 {
		u.Fold = news.Fold(u.Text)
	}
	s := strings.TrimRight(u.Text, "\"'”’»)]")
	if s != u.Text && strings.HasSuffix(u.Text, "]") { // the number of a note: "It opened.[4]"
		s = strings.TrimRight(strings.TrimRight(s, "0123456789"), "[")
	}
	u.Stop = strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "。") || strings.HasSuffix(s, "।") || strings.HasSuffix(s, "！") || strings.HasSuffix(s, "？")
	// Scripts that do not part words by blanks count three letters for a word.
	if n := utf8.RuneCountInString(u.Text); len(u.Text) > 2*n {
		u.Words = max(u.Words, n/3)
	}
	u.Prose = u.Words >= 12 && u.Stop || u.Words >= 45 || u.Words >= 20 && strings.Contains(u.Text, ". ") || u.Words >= 10 && DatelineLen(u.Text) > 0
	return u
}

// read decides what the unit's own words tell.
func (u *Unit) read(fetched time.Time) {
	set := func(k news.Kind, reason string) { u.Kind, u.Reason = k, reason }
	if u.Notice = Notice(u.Text, u.Words); u.Notice != "" {
		set(news.Boilerplate, "notice-"+u.Notice)
		return
	}
	switch {
	case strings.HasPrefix(u.Fold, "editors note") && u.Words <= 90:
		set(news.Boilerplate, "editors-note")
		return
	case tail[u.Fold]:
		u.Tail, u.Box = true, boxes[u.Fold]
		set(news.Boilerplate, "interface-word")
		return
	case IsLabel(u.Text) && u.Words <= 6:
		set(news.Label, "template-label")
		return
	case Furniture[u.Fold] && !u.EndsFull():
		set(news.Boilerplate, "interface-word")
		return
	case allMarks(u.Text):
		set(news.Boilerplate, "no-words")
		return
	}
	if u.Words <= 14 {
		if d, ok := dating.Line(u.Text, fetched); ok && strings.HasSuffix(u.Text, ":") {
			set(news.Label, "day-as-heading")
			return
		} else if ok {
			u.Date = &d
			set(news.DateKind, "date-line")
			return
		}
		if d, n, ok := dating.Prefix(u.Text, fetched); ok && d.Full() && strings.HasPrefix(strings.TrimSpace(u.Text[n:]), "by ") {
			if people, org := Authors(strings.TrimSpace(u.Text[n:])[3:]); len(people) > 0 || org != "" {
				u.People, u.Outlet, u.Date = people, org, &d
				set(news.Byline, "date-and-name")
				return
			}
		} else if ok && d.Full() && !u.Stop && aside(u.Text[n:]) {
			u.Date = &d
			set(news.DateKind, "date-and-more")
			return
		}
		if u.publisherWithAge(fetched) || u.Byline() || u.nameAndDate(fetched) {
			return
		}
		if name := outlet.Named(u.Text); name != "" && !u.EndsFull() {
			u.Outlet = name
			set(news.Publisher, "outlet-name")
			return
		}
	}
	switch {
	case clockOnly(u.Text):
		set(news.DateKind, "time-of-day")
	case u.signOff():
		u.People = nil
		set(news.Byline, "sign-off")
	case u.counter():
		u.Tail = strings.HasSuffix(u.Fold, " comments") || strings.HasSuffix(u.Fold, " comment") || u.Words > 5
		set(news.Boilerplate, "counter")
	case (u.Words <= 16 && !u.Prose || u.Words <= 40 && !u.Stop) && u.opening():
		set(news.Boilerplate, "interface-opening")
	case u.Words <= 4 && strings.HasSuffix(u.Fold, " logo"):
		set(news.Boilerplate, "logo")
	case u.glued() || u.hashed():
		set(news.Tags, "run-of-keywords")
	case u.linked():
		set(news.RelatedLink, "link-with-outlet")
	case u.credit():
		set(news.Credit, "credit-line")
	case !u.Stop && u.Words >= 5 && u.Words <= 60 && credited(u.Text):
		set(news.Caption, "credit-at-its-end")
	case u.appeal():
		set(news.Boilerplate, "appeal")
	}
}

func allMarks(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
