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

// addresses reports whether a text in lower case speaks of the reader or of itself.
func addresses(low string) bool {
	for _, w := range []string{"your ", "you ", "our ", "us ", "we "} {
		if strings.HasPrefix(low, w) || strings.Contains(low, " "+w) {
			return true
		}
	}
	return false
}

// pleas counts the phrases of pleas in a text in lower case.
func pleas(low string) int {
	n := 0
	for _, a := range appeals {
		n += strings.Count(low, a)
	}
	return n
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

// aside reports whether what follows a date in its line is beside the point: parted from it by
// a mark, or about a later change.
func aside(s string) bool {
	s = strings.TrimSpace(s)
	return strings.IndexAny(s, "•|·(/-–—") == 0 || strings.HasPrefix(s, "Updated") || strings.HasPrefix(s, "Last ")
}

// publisherWithAge reads "Alba Post · 2 hours ago": an outlet and its article's age in a line.
func (u *Unit) publisherWithAge(fetched time.Time) bool {
	for _, sep := range []string{" · ", " • ", " | ", " - ", " – ", " — "} {
		name, age, ok := strings.Cut(u.Text, sep)
		if !ok {
			continue
		}
		d, isDate := dating.Line(age, fetched)
		if !isDate {
			continue
		}
		if n := outlet.Named(name); n != "" || outlet.Masthead(name) && d.Ago != "" {
			u.Outlet, u.Date = strings.TrimSpace(name), &d
			u.Kind, u.Reason = news.Publisher, "outlet-and-age"
			return true
		}
	}
	return false
}

// nameAndDate reads "Ana Ruiz, May 3, 2031", "Reuters May 3, 2031 9:05 a.m.".
func (u *Unit) nameAndDate(fetched time.Time) bool {
	words := strings.Fields(u.Text)
	at := 0
	for i := 1; i < len(words) && i <= 7; i++ {
		at += len(words[i-1])
		for u.Text[at] != words[i][0] || !strings.HasPrefix(u.Text[at:], words[i]) {
			at++
		}
		name := strings.Trim(u.Text[:at], " ,|·•-–—:\u00a0")
		name = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "published"), "Published"), "Posted"))
		d, n, ok := dating.Prefix(u.Text[at:], fetched)
		if !ok || strings.TrimSpace(u.Text[at+n:]) != "" && !aside(u.Text[at+n:]) || d.Ago == "" && !d.Full() {
			continue
		}
		for _, by := range []string{"By ", "by ", "BY ", "Von ", "Par ", "Por "} {
			name = strings.TrimPrefix(name, by)
		}
		people, org := Authors(name)
		if len(people) == 0 && org == "" {
			if i <= 3 && strings.ContainsAny(words[i-1]+words[i], "/|•·–—") && d.Full() {
				u.Date, u.Kind, u.Reason = &d, news.DateKind, "section-and-date"
				return true
			}
			return false
		}
		u.People, u.Outlet, u.Date, u.Kind, u.Reason = people, org, &d, news.Byline, "name-and-date"
		return true
	}
	return false
}

// Byline reads "By Ana Ruiz", "By Ana Ruiz and Jo Ito, Reuters", "- Alba Post".
func (u *Unit) Byline() bool {
	s := u.Text
	dash := strings.TrimLeft(s, "-–— ")
	if dash != s && u.Words <= 8 {
		name := strings.TrimSpace(dash)
		if n := outlet.Named(name); n != "" || outlet.Masthead(name) {
			u.Outlet, u.Kind, u.Reason = name, news.Byline, "outlet-behind-dash"
			return true
		}
	}
	for _, from := range []string{"Source: ", "SOURCE: ", "Via ", "via ", "From ", "Courtesy of ", "Published by ", "Originally published by ", "Syndicated from "} {
		if rest, ok := strings.CutPrefix(s, from); ok && u.Words <= 7 && outlet.Named(rest) != "" {
			u.Outlet, u.Kind, u.Reason = outlet.Named(rest), news.Byline, "source-line"
			return true
		}
	}
	for _, by := range []string{"By ", "BY ", "by ", "Written by ", "Story by ", "Words by ", "Reported by ", "Article by ", "Author: ", "Von ", "Par ", "Por "} {
		rest, ok := strings.CutPrefix(s, by)
		if !ok {
			continue
		}
		people, org := Authors(rest)
		if len(people) == 0 && org == "" {
			continue
		}
		u.People, u.Outlet, u.Kind, u.Reason = people, org, news.Byline, "by-line"
		return true
	}
	return false
}

// Authors reads the names of a byline, people apart from an outlet or agency; none if a part
// is neither.
func Authors(s string) (people []string, org string) {
	s = strings.Trim(s, " .|")
	s = strings.NewReplacer(" and ", ", ", " & ", ", ", " AND ", ", ", " und ", ", ", " et ", ", ", " | ", ", ", " with ", ", ", ";", ",", " - ", ", ", " – ", ", ", " · ", ", ", " • ", ", ").Replace(s)
	for i, part := range strings.Split(s, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if a := outlet.Agency(part); a != "" {
			org = a
			continue
		}
		if n := outlet.Named(part); n != "" {
			org = n
			continue
		}
		words := strings.Fields(part)
		for k := 2; k <= 4 && k < len(words); k++ { // "Ana Ruiz The Associated Press"
			behind := strings.Join(words[k:], " ")
			name := outlet.Agency(behind)
			if name == "" {
				name = outlet.Named(behind)
			}
			if name != "" && Names(words[:k]) {
				words, part, org = words[:k], strings.Join(words[:k], " "), name
				break
			}
		}
		if len(people) > 0 && org == "" && outlet.Masthead(part) {
			org = part
			continue
		}
		if len(words) > 0 && role(words) {
			continue
		}
		if len(words) < 2 || len(words) > 5 || !Names(words) {
			if i == 0 {
				return nil, ""
			}
			continue
		}
		people = append(people, nameCase(part))
	}
	return people, org
}

// role reports whether the words are a post, not a person: "political editor".
func role(words []string) bool {
	switch strings.ToLower(words[len(words)-1]) {
	case "editor", "correspondent", "reporter", "staff", "writer", "writers", "reporters", "desk", "bureau", "agencies", "team", "chief", "columnist", "contributor", "service", "press", "wire":
		return true
	}
	return false
}

func Names(words []string) bool {
	upper := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r):
			upper++
		case particles[w]:
		default:
			return false
		}
		if strings.ContainsAny(w, "0123456789:!?\"“”") {
			return false
		}
	}
	return upper >= 1
}

var particles = map[string]bool{"de": true, "van": true, "von": true, "der": true, "den": true, "di": true, "da": true, "la": true, "le": true, "bin": true, "al": true, "el": true, "ten": true, "dos": true, "del": true, "ibn": true, "y": true, "zu": true}

// nameCase turns a name in capitals into the usual form.
func nameCase(s string) string {
	if s != strings.ToUpper(s) || !strings.ContainsFunc(s, unicode.IsUpper) {
		return s
	}
	var b strings.Builder
	start := true
	for _, r := range s {
		if start {
			b.WriteRune(unicode.ToUpper(r))
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = !unicode.IsLetter(r)
	}
	return b.String()
}

// opening reports whether the unit begins as lines of user interfaces do.
func (u *Unit) opening() bool {
	for _, o := range openings {
		if rest, ok := strings.CutPrefix(u.Fold, o); ok && (rest == "" || rest[0] == ' ') {
			return true
		}
	}
	return strings.HasPrefix(u.Text, "©") || strings.HasPrefix(u.Text, "(c) ") || strings.HasSuffix(u.Fold, "all rights reserved")
}

// clockOnly reports whether a line is a time of day, as the entries of live blogs have it.
func clockOnly(s string) bool {
	f := strings.Fields(strings.ToLower(s))
	if len(f) == 0 || len(f) > 3 || len(f[0]) < 4 || f[0][0] < '0' || f[0][0] > '9' {
		return false
	}
	h, m, ok := strings.Cut(strings.TrimRight(f[0], "apm."), ":")
	if !ok {
		h, m, ok = strings.Cut(strings.TrimRight(f[0], "apm"), ".")
	}
	if !ok || len(h) > 2 || len(m) != 2 || strings.Trim(h+m, "0123456789") != "" || h > "24" && len(h) == 2 || m > "59" {
		return false
	}
	for _, w := range f[1:] {
		if w != "am" && w != "pm" && w != "a.m." && w != "p.m." && !dating.Zone(w) {
			return false
		}
	}
	return true
}

// signOff reports whether the unit says who reported, wrote and edited, as agencies end.
func (u *Unit) signOff() bool {
	if u.Words > 60 {
		return false
	}
	s := strings.TrimLeft(u.Text, "( [—–-")
	for _, p := range []string{"Reporting by ", "Additional reporting by ", "Writing by ", "Editing by ", "Compiled by ", "Reporting and writing by ", "With inputs from ", "With agency inputs", "With input from ", "With reporting by ", "With additional reporting by "} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return strings.HasSuffix(strings.TrimRight(s, "."), "contributed to this report") || strings.HasSuffix(strings.TrimRight(s, "."), "contributed to this story") || strings.HasSuffix(strings.TrimRight(s, "."), "contributed reporting")
}

// counter reports whether the unit is a number with what an interface counts: "12 comments".
func (u *Unit) counter() bool {
	f := strings.Fields(u.Fold)
	if len(f) == 0 || u.Words > 40 {
		return false
	}
	if len(f) > 2 && strings.Trim(f[0], "0123456789") == "" && (f[1] == "thoughts" && f[2] == "on" || f[1] == "responses" && f[2] == "to" || f[1] == "replies" && f[2] == "to" || f[1] == "comments" && f[2] == "on") {
		return true
	}
	if u.Words > 5 {
		return false
	}
	digits := strings.Trim(f[0], "0123456789km") == "" && f[0] != "k" && f[0] != "m"
	if len(f) == 1 {
		return digits
	}
	switch f[len(f)-1] {
	case "comments", "comment", "shares", "share", "views", "view", "likes", "like", "read", "reads", "replies", "reactions", "followers", "votes", "retweets", "photos", "images", "min", "mins", "listen", "watch":
		return digits
	}
	return false
}

// glued reports whether the unit is a run of keywords that have lost their blanks.
func (u *Unit) glued() bool {
	for w := range strings.FieldsSeq(u.Text) {
		if len(w) > 30 && u.Words <= 3 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz0123456789") == "" {
			return true
		}
	}
	return false
}

// hashed reports whether the unit is a run of hashtags, or keywords behind a word that says so.
func (u *Unit) hashed() bool {
	n := 0
	for w := range strings.FieldsSeq(u.Text) {
		if len(w) > 1 && w[0] == '#' {
			n++
		}
	}
	if n > 0 && n*2 >= u.Words {
		return true
	}
	head, _, ok := strings.Cut(u.Text, ":")
	if !ok || u.Stop && u.Words > 30 {
		return false
	}
	switch news.Fold(head) {
	case "tags", "topics", "keywords", "filed under", "published under", "published in", "hashtags", "categories", "category", "more on", "related topics", "mots cles", "schlagworte", "etiquetas":
		return true
	}
	return false
}

// linked reports whether the unit is the headline of another article: "Bridge Opens (Alba
// Post)", "READ MORE: Bridge opens".
func (u *Unit) linked() bool {
	if u.Words > 40 {
		return false
	}
	if i := strings.LastIndexByte(u.Text, '('); i > 0 && strings.HasSuffix(u.Text, ")") && u.Words >= 4 {
		inner := u.Text[i+1 : len(u.Text)-1]
		if before := strings.TrimSpace(u.Text[:i]); !strings.HasSuffix(before, ".") && outlet.Named(inner) != "" && !Picture(u.Fold) {
			u.Outlet = outlet.Named(inner)
			return true
		}
	}
	head, _, ok := strings.Cut(u.Text, ":")
	if !ok || u.Words < 4 {
		return false
	}
	switch news.Fold(head) {
	case "read more", "read also", "also read", "read", "related", "see also", "related story", "related article", "more", "watch", "more on this", "read next", "dont miss", "recommended", "listen", "must read", "read the latest", "also see", "in pictures", "lire aussi", "lesen sie auch", "mehr zum thema":
		return true
	}
	return false
}

// credit reports whether the unit is the credit of a picture, or a caption with nothing else.
func (u *Unit) credit() bool {
	if u.Words > 12 {
		return false
	}
	bare := strings.Trim(u.Text, " ()[]")
	for _, p := range []string{"Photo:", "Photo by ", "Photo credit", "Photograph:", "Photograph by ", "Photographer:", "Picture:", "Pictures:", "Image:", "Image credit", "Image Credit", "Image source", "Image Copyright", "Image copyright", "Media caption", "Images:", "Credit:", "Credits:", "Photos:", "Source:", "Foto:", "Crédit", "Illustration:", "Illustration by ", "Video:", "Graphic:", "File photo", "FILE PHOTO", "AP Photo", "Getty Images", "©"} {
		if strings.HasPrefix(bare, p) {
			return true
		}
	}
	return (u.Text[0] == '(' || u.Text[0] == '[') && u.Words <= 8 && Picture(u.Fold)
}

// credited reports whether a line ends as captions do, with a photographer and an agency:
// "... at the bridge Jo Marsh/Reuters".
func credited(s string) bool {
	for _, w := range []string{" Getty Images", " Getty Images Europe", " via Reuters", " via Getty", " via AP", "Shutterstock", "iStock"} {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	last := s[strings.LastIndexByte(s, ' ')+1:]
	name, agency, ok := strings.Cut(last, "/")
	return ok && name != "" && (outlet.Agency(agency) != "" || agency == "Getty" || agency == "EPA")
}

// Picture reports whether folded words name a picture agency or say that they credit a picture.
func Picture(fold string) bool {
	for _, w := range []string{"getty", "shutterstock", "istock", "alamy", "photo", "reuters", "afp", "ap", "epa", "pa", "zuma", "imago", "unsplash", "wikimedia", "handout", "pool", "picture", "image", "images", "photos", "photograph", "tass", "sputnik", "anadolu", "bloomberg", "screengrab", "file"} {
		if strings.Contains(" "+fold+" ", " "+w+" ") {
			return true
		}
	}
	return false
}

// appeal reports whether the unit pleads for money, an address or consent.
func (u *Unit) appeal() bool {
	if u.Words > 400 {
		return false
	}
	low := " " + strings.ToLower(u.Text)
	for _, p := range smallPrint {
		if u.Words <= 90 && strings.Contains(low, p) {
			return true
		}
	}
	hits, kinds := 0, 0
	for _, a := range appeals {
		n := strings.Count(low, a)
		hits += n
		kinds += min(n, 1)
	}
	return kinds >= 2 && addresses(low) && (hits >= 3 && u.Words <= hits*18 || u.Words <= 40)
}

// captioned cuts a caption that shows by the words of the interface before it or the credit
// behind it.
func captioned(t string, p text.Span) []Unit {
	s := p.Of(t)
	var out []Unit
	rest := p
	low := strings.ToLower(s[:min(len(s), 60)])
	for _, w := range []string{"open image in gallery", "view image in fullscreen", "view gallery", "image caption", "image source", "enlarge image", "view larger image", "expand image", "play video", "click to enlarge", "hide caption", "toggle caption", "image", "caption", "photo caption"} {
		if n := len(w); strings.HasPrefix(low, w) && len(s) > n+1 && (s[n] == ' ' && n > 12 || s[n] == ',' || s[n] == ':' && n < 14) {
			u := Measure(t, text.Span{Start: p.Start, End: p.Start + n})
			u.Kind, u.Reason = news.Boilerplate, "interface-word"
			out = append(out, u)
			rest = text.Span{Start: p.Start + n, End: p.End}.Trim(t)
			if s[n] == ',' || s[n] == ':' {
				rest = text.Span{Start: p.Start + n + 1, End: p.End}.Trim(t)
				out[0].Span.End++
			}
			break
		}
	}
	body, credit := rest, text.Span{}
	r := rest.Of(t)
	if i := strings.LastIndexAny(r, "([{"); i >= 0 && len(r)-i < 90 && strings.HasSuffix(strings.TrimRight(r, "."), closer(r[i])) && Picture(news.Fold(r[i:])) {
		body, credit = text.Span{Start: rest.Start, End: rest.Start + i}.Trim(t), text.Span{Start: rest.Start + i, End: rest.End}
	} else if i := max(strings.LastIndex(r, "Photo: "), strings.LastIndex(r, "Credit: "), strings.LastIndex(r, "Photograph: "), strings.LastIndex(r, "Picture: ")); i > 0 && len(r)-i < 90 {
		body, credit = text.Span{Start: rest.Start, End: rest.Start + i}.Trim(t), text.Span{Start: rest.Start + i, End: rest.End}
	}
	if len(out) == 0 && credit.Empty() && len(r) < 600 && filePhoto(r) {
		u := Measure(t, rest)
		u.Kind, u.Reason = news.Caption, "file-photo"
		return []Unit{u}
	}
	if len(out) == 0 && (credit.Empty() || body.Empty() || body.Len() > 500 || !creditAlone(credit.Of(t))) {
		return nil
	}
	if !body.Empty() {
		u := Measure(t, body)
		u.Kind, u.Reason = news.Caption, "caption-with-credit"
		if len(out) > 0 {
			u.Reason = "caption-behind-interface-word"
		}
		out = append(out, u)
	}
	if !credit.Empty() {
		u := Measure(t, credit)
		u.Kind, u.Reason = news.Credit, "credit-behind-caption"
		out = append(out, u)
	}
	return out
}

// filePhoto reports whether a paragraph describes a picture in the agencies' words: "In this
// May 3, 2031, file photo, the mayor speaks", "This photo provided by the city shows".
func filePhoto(s string) bool {
	head := s[:min(len(s), 120)]
	if !strings.HasPrefix(head, "In this ") && !strings.HasPrefix(head, "This ") && !strings.HasPrefix(head, "FILE") {
		return false
	}
	for _, w := range []string{"file photo", "FILE - ", "FILE – ", "FILE — ", "photo provided by", "image provided by", "photo taken", "photo, ", "photo released by", "image taken from"} {
		if strings.Contains(head, w) {
			return true
		}
	}
	return false
}

func closer(open byte) string {
	return map[byte]string{'(': ")", '[': "]", '{': "}"}[open]
}

// creditAlone reports whether a bracket that no interface word comes before credits a picture
// beyond doubt: "(AP Photo/Ana Ruiz)", "(Getty Images)", "( AFP/Getty )".
func creditAlone(s string) bool {
	if strings.HasSuffix(strings.TrimRight(s, ")]}"), ".") {
		return false // a sentence in brackets
	}
	f := " " + news.Fold(s) + " "
	for _, w := range []string{" photo ", " credit ", " getty ", " images ", " image ", " shutterstock ", " istock ", " alamy ", " handout ", " pool ", " wikimedia ", " picture ", " photograph ", " screengrab "} {
		if strings.Contains(f, w) {
			return true
		}
	}
	return false
}
