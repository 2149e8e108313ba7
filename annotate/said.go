package annotate

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"

	"dateline/annotate/attribution"
	"dateline/annotate/syntax"
	"dateline/annotate/when"
	"dateline/annotate/wordclass"
	"dateline/news"
	"dateline/text"
)

// times finds the time expressions of the prose, reckoned from when the article was published, and
// those of the lines that print its date or place. A line that tells an age ("3 hours ago") counts
// from when the page was fetched and is left to whoever dates the article.
func (r *reading) times() []news.TimeExpression {
	spans := r.a.Sentences
	if len(spans) == 0 {
		spans = readable(r.a)
	}
	tags := make(map[int]int, r.d.N)
	for i, s := range r.d.Span {
		tags[s.Start] = i
	}
	ref := when.ReferenceOf(r.a.Published, time.Time{})
	printed := ref
	ref.Tag = func(s text.Span) string {
		if i, ok := tags[s.Start]; ok {
			return r.d.Tag[i].String()
		}
		return ""
	}
	out := when.Expressions(r.a.Text, spans, ref)
	for _, g := range r.a.Segments {
		if (g.Kind == news.DateKind || g.Kind == news.Dateline) && r.a.Range.Contains(g.Span) && !age.MatchString(g.Span.Of(r.a.Text)) {
			out = append(out, when.Expressions(r.a.Text, []text.Span{g.Span}, printed)...)
		}
	}
	slices.SortStableFunc(out, func(x, y news.TimeExpression) int { return x.Span.Start - y.Span.Start })
	return out
}

// age are the words of a date that is told by its distance.
var age = regexp.MustCompile(`(?i)\b(ago|today|yesterday|just now|this (morning|afternoon|evening))\b`)

// day is the civil day of an interval, zero where it is not one day.
func day(i news.Interval) (m news.Moment) {
	if i.IsMoment() && i.Start.Day > 0 {
		return news.Day(i.Start.Year, i.Start.Month, i.Start.Day)
	}
	return m
}

// A dated is a time expression with the interval that its value means.
type dated struct {
	news.TimeExpression
	when  news.Interval
	token int // its first token
}

// dates are the expressions whose value is a date, with their tokens.
func (r *reading) dates(all []news.TimeExpression) (out []dated) {
	for _, t := range all {
		if t.Type != news.TimeDate && t.Type != news.TimeClock && t.Type != news.TimeEvent || t.Value == "" {
			continue
		}
		value, _, _ := strings.Cut(t.Value, "T")
		i, err := news.ParseInterval(value)
		if err != nil || i.IsZero() || t.Type == news.TimeEvent && day(i).IsZero() {
			continue // "on the call", whose day is known, dates like a day; "after the call" does not
		}
		if tokens := r.d.Tokens([]text.Span{t.Span}); len(tokens) > 0 {
			out = append(out, dated{t, i, tokens[0].Start})
		}
	}
	return out
}

// A clock tells when the statements of one article were said. It is made once all are found, for
// what one was said on tells something of the others.
type clock struct {
	*reading
	dates     []dated
	published news.Moment // zero where it is not known
	fetched   news.Moment // the day on which the page was there, zero where that is not known
	lead      *dated      // the day of which the opening tells, nil if it names none
	spoken    bool        // whether somebody in the opening speaks on that day, by its own words
	happened  bool        // whether a main clause of the opening tells what was done on it
	owner     []int       // of each token the innermost statement in whose content it stands, -1 if none
	cue       map[int]int // the statement that a token is the cue of
	place     []int       // of the statements found, by ID
	told      []news.Said // of those before the present one
	last      map[news.EntityID]occasion
}

// clockOf reads the dates of the article against its statements.
func (r *reading) clockOf(dates []dated, place []int, fetched time.Time) *clock {
	c := &clock{reading: r, dates: dates, place: place, published: r.publishedBy(), owner: make([]int, r.d.N), cue: map[int]int{}, last: map[news.EntityID]occasion{}}
	if !fetched.IsZero() {
		c.fetched = news.Day(fetched.UTC().Date())
	}
	for t := range c.owner {
		c.owner[t] = -1
	}
	for i, f := range r.found { // those inside others come after them
		for _, x := range f.Content {
			for t := x.Start; t < x.End; t++ {
				c.owner[t] = i
			}
		}
		if f.Head >= 0 {
			c.cue[f.Head] = i
		}
	}
	if !c.published.IsZero() {
		c.lead = r.leadDay(dates, c.published)
	}
	for k := range dates {
		t := &dates[k]
		if c.lead == nil || r.d.Par[t.token] > openingParagraphs {
			break
		}
		if verb := verbOf(r.d, t.token); verb >= 0 && day(t.when) == day(c.lead.when) {
			i, cue := c.cue[verb]
			c.happened = c.happened || c.owner[t.token] < 0 && c.toldOf(t.token, verb)
			c.spoken = c.spoken || cue && !inRanges(r.found[i].Content, t.token) || wordclass.Verb(r.d.Lemma[verb])[0].Class == wordclass.Communicate
		}
	}
	return c
}

// said says when the words of the i-th statement were said.
//
//   - time-at-cue: a date that hangs on the cue: "said [on Monday] that ..."
//   - time-of-source: one in the name of a document: "a letter dated [May 3] says", "a poll finished [on Sunday]"
//   - time-in-sentence: one of the cue's own sentence, outside of contents and of what others say
//   - hours-apart: one of what came hours before or after the saying, or less
//   - before-it, after-it: one of a clause that the sentence puts after or before the saying: "signed
//     [on Friday], after Ruiz had said ..."
//   - not-after: "has said", "had said", "previously said", and what is held, written or measured:
//     some day up to publication, or to the day of whoever tells it
//   - time-of-scene: the day on which the sentence before, in the same paragraph, says that
//     something happened
//   - same-occasion: the speaker's last dated statement in this paragraph or the one before
//   - day-of-report: said in the simple past or the present of a report whose opening tells of
//     one day: that day, if somebody speaks on it; where it names none, the day of publication
//   - since-the-news: where that day is another's than a speaker's: from then to publication; but
//     what is quoted in a report of something done on it ("they marched [last night]") was heard there
//
// A saying to come and a habit have no time. Where the day of publication is not known, that
// of fetching bounds what the page says.
func (c *clock) said(i int, s *news.Statement) (said news.Said) {
	defer func() { c.told = append(c.told, said) }()
	f, d := c.found[i], c.d
	at := f.Content[0].Start
	if f.Head >= 0 {
		at = f.Head
	}
	tense := tenseOf(d, f.Head)
	if tense == toCome {
		return news.Said{}
	}
	held := f.Head >= 0 && s.Mode == news.Indirect // whose time is not that of a saying
	switch s.Act {
	case news.Written, news.Poll:
		if t := c.ofSource(f); t != nil {
			return c.bounded(t, "time-of-source", d.Lower[max(t.token-1, 0)] == "on" && ends[d.Lemma[max(t.token-2, 0)]] || ends[d.Lemma[max(t.token-1, 0)]])
		}
	case news.Thought, news.Perception:
	default:
		held = false
	}
	// The outlet's own word is given as it is printed: "we apologise".
	own := s.Speaker.Reason.Rule == "outlet-we" && (f.Head < 0 || d.Tag[f.Head] == syntax.TagVbp)
	if !held && !own {
		if said, ok := c.ofSentence(i, at, tense, s); ok {
			return said
		}
	}
	if held || tense == perfect || tense == pluperfect || c.earlier(f.Head) {
		return c.notAfter(i, tense)
	}
	if c.published.IsZero() {
		return c.notAfter(i, tense)
	}
	if f.Via > 0 { // whom a report cites spoke before it
		return c.notAfter(i, tense)
	}
	if o, ok := c.last[s.Speaker.Entity]; ok && s.Speaker.Entity != "" && d.Par[at]-o.par <= 1 && !own {
		o.said.Reason = news.Reason{Rule: "same-occasion", Detail: o.said.Span.Of(c.a.Text)}
		c.last[s.Speaker.Entity] = occasion{o.said, d.Par[at]}
		return o.said
	}
	if t := c.scene(i, at); t != nil && !own {
		return c.bounded(t, "time-of-scene", false)
	}
	if c.lead != nil && !own {
		told := c.lead.Span.Of(c.a.Text)
		if from := day(c.lead.when); !c.spoken && from != c.published && (!c.happened || s.Mode == news.Indirect) {
			return news.Said{When: news.Between(from, c.published), Reason: news.Reason{Rule: "since-the-news", Detail: told}}
		}
		return news.Said{When: c.lead.when, Reason: news.Reason{Rule: "day-of-report", Detail: told}}
	}
	when := news.At(c.published)
	if p := c.a.Published.When; day(p).IsZero() {
		when = p
	}
	return news.Said{When: when, Reason: news.Reason{Rule: "day-of-report", Detail: "published " + when.String()}}
}

// scene is the date on which the sentence before the one of token at says that something
// happened, in the same paragraph; nil if there is none. What others said on a day is no scene,
// unless the i-th statement was said "then".
func (c *clock) scene(i, at int) *dated {
	d := c.d
	then := c.then(c.found[i].Head)
	u := d.Unit[at]
	if u == 0 || d.Par[d.Units[u-1].Start] != d.Par[at] {
		return nil
	}
	before := d.Units[u-1]
	var best *dated
	for k := c.from(before.Start); k < len(c.dates) && c.dates[k].token < before.End; k++ {
		t := &c.dates[k]
		if c.owner[t.token] >= 0 || !notAfter(t.when, c.published) {
			continue
		}
		verb := verbOf(d, t.token)
		o, cue := c.cue[verb]
		switch {
		case then:
			best = t
		case cue && (c.who[o].entity < 0 || c.who[o].entity != c.who[i].entity), t.Type == news.TimeClock && t.Anchor == "previous":
		case verb >= 0 && c.toldOf(t.token, verb):
			best = t
		}
	}
	return best
}

// toldOf reports whether a main clause tells by its verb what was done at the time of a token.
func (c *clock) toldOf(t, verb int) bool {
	d := c.d
	return d.Root(verb) && adverbial(d, t, verb) && (d.Tag[verb] == syntax.TagVbd || d.Tag[verb] == syntax.TagVbn)
}

// then reports whether words that hang on a cue point back to the time told before: "said then",
// "joked at the time".
func (c *clock) then(cue int) bool {
	d := c.d
	if cue < 0 {
		return false
	}
	for _, k := range d.Children(cue) {
		switch d.Lower[k] {
		case "then":
			return k > cue || d.Lower[max(k-1, 0)] == "at"
		case "at":
			for _, n := range d.Children(k) {
				if d.Lower[n] == "time" && d.Lower[n-1] == "the" && n == k+2 {
					return true
				}
			}
		}
	}
	return false
}

// adverbial reports whether token t hangs on a verb by itself or through prepositions alone.
func adverbial(d *syntax.Doc, t, verb int) bool {
	for k := 0; k < 4 && t != verb; k++ {
		h := d.Head[t]
		if h != verb && d.Dep[h] != syntax.DepPrep && d.Dep[h] != syntax.DepPobj {
			return false
		}
		t = h
	}
	return t == verb
}

// ends are verbs of coming to an end: what was measured was measured up to then.
var ends = map[string]bool{"finish": true, "end": true, "complete": true, "conclude": true, "close": true, "until": true, "to": true}

// ofSource is the date in the name of a document, or hung on it, nil if there is none.
func (c *clock) ofSource(f attribution.Found) *dated {
	source := f.Source
	if f.SourceHead >= 0 && f.SourceHead != f.Head {
		source.End = max(source.End, c.d.Right[f.SourceHead])
	}
	for k := c.from(source.Start); k < len(c.dates) && c.dates[k].token < source.End; k++ {
		if t := &c.dates[k]; notAfter(t.when, c.published) && !inRanges(f.Content, t.token) {
			return t
		}
	}
	return nil
}

// from is the first date at or behind a token.
func (c *clock) from(t int) int {
	return sort.Search(len(c.dates), func(k int) bool { return c.dates[k].token >= t })
}

// ofSentence is the time by a date of the cue's own sentence.
func (c *clock) ofSentence(i, at int, tense tense, s *news.Statement) (news.Said, bool) {
	d, f := c.d, c.found[i]
	u := d.Units[d.Unit[at]]
	var best *dated
	rule := "time-in-sentence"
	for k := c.from(u.Start); k < len(c.dates) && c.dates[k].token < u.End; k++ {
		t := &c.dates[k]
		if f.Source.Has(t.token) || !notAfter(t.when, c.published) || inRanges(f.Content, t.token) {
			continue
		}
		if f.Head >= 0 && hangsOn(d, t.token, f.Head) {
			best, rule = t, "time-at-cue"
			break
		}
		if o := c.owner[t.token]; o >= 0 && o != c.owner[at] {
			continue // another says so, of something else
		}
		r := c.relation(t, f)
		if r == "" {
			continue
		}
		if best == nil || abs(t.token-at) < abs(best.token-at) {
			best, rule = t, r
		}
	}
	if best == nil || rule == "time-in-sentence" && (tense == perfect || tense == pluperfect) {
		return news.Said{}, false
	}
	said := c.bounded(best, rule, rule == "before-it")
	if rule == "after-it" {
		if from := day(best.when); from.IsZero() || c.published.IsZero() || from == c.published {
			return said, true
		}
		said.When = news.Between(day(best.when), c.published)
		return said, true
	}
	if rule != "before-it" && s.Speaker.Entity != "" && day(best.when).Day > 0 {
		c.last[s.Speaker.Entity] = occasion{said, d.Par[at]}
	}
	return said, true
}

// relation is what a date of the sentence tells of a saying whose cue it does not hang on: the
// rule by which it does, "" if it tells nothing.
func (c *clock) relation(t *dated, f attribution.Found) string {
	d := c.d
	verb := verbOf(d, t.token)
	if verb < 0 || f.Head < 0 {
		return "time-in-sentence"
	}
	if clause := clauseUnder(d, f.Head, verb); clause >= 0 { // the saying is told in a clause of what is dated
		switch marker, hours := c.marker(clause); {
		case hours:
			return "hours-apart"
		case marker == "after" || marker == "since":
			return "before-it"
		case marker == "before":
			return "after-it"
		}
		return "time-in-sentence"
	}
	if clause := clauseUnder(d, verb, f.Head); clause >= 0 { // what is dated is told in a clause of the saying
		switch marker, hours := c.marker(clause); {
		case hours:
			return "hours-apart"
		case marker == "after" || marker == "since":
			return "after-it"
		case marker == "before":
			return "before-it"
		case marker == "as" || marker == "when" || marker == "while" || marker == "once":
			return "time-in-sentence"
		}
		if d.Dep[clause] != syntax.DepConj {
			return ""
		}
	}
	if o, ok := c.cue[verb]; ok && c.who[o].entity != c.whoIs(f) {
		return "" // another's saying beside this one
	}
	return "time-in-sentence"
}

func (c *clock) whoIs(f attribution.Found) int {
	if i, ok := c.cue[f.Head]; ok {
		return c.who[i].entity
	}
	return -1
}

// marker is the word that joins a clause to its sentence, and whether what stands before it
// measures hours or less: "hours before".
func (c *clock) marker(clause int) (word string, hours bool) {
	d := c.d
	for _, k := range d.Children(clause) {
		if k < clause && (d.Dep[k] == syntax.DepMark || d.Dep[k] == syntax.DepPrep || d.Dep[k] == syntax.DepAdvmod) {
			switch d.Lower[k] {
			case "after", "before", "since", "as", "when", "while", "once":
				word = d.Lower[k]
				for b := k - 1; b >= 0 && b >= k-2; b-- {
					switch d.Lemma[b] {
					case "hour", "minute", "moment", "second", "shortly", "immediately", "right", "just":
						hours = true
					}
				}
			}
		}
	}
	if word == "" && d.Dep[clause] == syntax.DepPcomp { // "after meeting Osei on Monday"
		return d.Lower[d.Head[clause]], false
	}
	return word, hours
}

// clauseUnder is the head of the clause below verb "of" in which token t stands; -1 if t does not
// stand below it.
func clauseUnder(d *syntax.Doc, t, of int) int {
	clause := -1
	for k := 0; k < 40 && t != of; k++ {
		if d.Verbal(t) {
			clause = t
		}
		if d.Root(t) {
			return -1
		}
		t = d.Head[t]
	}
	if t != of {
		return -1
	}
	return clause
}

// verbOf is the verb that a token hangs on, -1 if it hangs on none.
func verbOf(d *syntax.Doc, t int) int {
	for k := 0; k < 8; k++ {
		if d.Verbal(t) {
			return t
		}
		if d.Root(t) {
			return -1
		}
		t = d.Head[t]
	}
	return -1
}

// bounded is the time by a date: the date, or open to the left.
func (c *clock) bounded(t *dated, rule string, open bool) news.Said {
	said := news.Said{When: t.when, Span: t.Span, Reason: news.Reason{Rule: rule, Detail: t.Span.Of(c.a.Text)}}
	if last := day(t.when); open && !last.IsZero() {
		said.When = news.Interval{OpenStart: true, End: last}
	}
	return said
}

// notAfter is some day up to the one on which the page, or whoever tells it, spoke.
func (c *clock) notAfter(i int, tense tense) news.Said {
	f := c.found[i]
	outer := -1
	if tense != perfect && f.Via > 0 {
		outer = f.Via - 1
	} else if tense == pluperfect {
		outer = f.Within
	}
	if outer >= 0 && c.place[outer] < len(c.told) {
		if told := c.told[c.place[outer]]; !day(told.When).IsZero() && day(told.When) != c.published {
			return news.Said{When: news.Interval{OpenStart: true, End: day(told.When)}, Span: told.Span, Reason: news.Reason{Rule: "not-after", Detail: told.Reason.Detail}}
		}
	}
	switch {
	case !c.published.IsZero():
		return news.Said{When: news.Interval{OpenStart: true, End: c.published}, Reason: news.Reason{Rule: "not-after", Detail: "published " + c.published.String()}}
	case !c.fetched.IsZero():
		return news.Said{When: news.Interval{OpenStart: true, End: c.fetched}, Reason: news.Reason{Rule: "not-after", Detail: "fetched " + c.fetched.String()}}
	}
	return news.Said{}
}

// publishedBy is the day of publication, the last of a few where it is not known better, and
// zero where it is known less well.
func (r *reading) publishedBy() news.Moment {
	if m := day(r.a.Published.When); !m.IsZero() {
		return m
	}
	if ref := when.ReferenceOf(r.a.Published, time.Time{}); !ref.Until.IsZero() {
		return news.Day(ref.Until.Date())
	}
	return news.Moment{}
}

// An occasion is when and where a speaker was last said to speak.
type occasion struct {
	said news.Said
	par  int
}

// leadDays is how long before its publication a report may tell of the day's news.
const leadDays = 3

// openingParagraphs are the paragraphs behind the first in which a report still tells its news.
const openingParagraphs = 3

// leadDay is the date in the first paragraphs that the report tells of: of the civil days within
// leadDays before publication the latest, for a report may also tell of what led up to its
// news; nil if there is none.
func (r *reading) leadDay(dates []dated, published news.Moment) *dated {
	var best *dated
	least := leadDays + 1.0
	for k := range dates {
		t := &dates[k]
		if r.d.Par[t.token] > openingParagraphs {
			break
		}
		if m := day(t.when); m.Day > 0 {
			if gap := published.First().Sub(m.First()).Hours() / 24; gap >= 0 && gap < least {
				best, least = t, gap
			}
		}
	}
	return best
}

// notAfter reports whether an interval begins no later than a day; an unknown day bounds nothing.
func notAfter(i news.Interval, m news.Moment) bool {
	first, last := i.Bounds()
	if m.IsZero() {
		return true
	}
	if first.IsZero() {
		first = last
	}
	return !first.After(m.Last())
}

// hangsOn reports whether token t is in a phrase that hangs on word h, through no other verb.
func hangsOn(d *syntax.Doc, t, h int) bool {
	for k := 0; k < 8; k++ {
		if t == h {
			return true
		}
		if d.Verbal(t) || d.Root(t) {
			return false
		}
		t = d.Head[t]
	}
	return false
}

func inRanges(spans []syntax.Range, t int) bool {
	for _, s := range spans {
		if s.Has(t) {
			return true
		}
	}
	return false
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}

// tenses of a cue.
type tense uint8

const (
	simple     tense = iota // past or present
	perfect                 // has said
	pluperfect              // had said
	toCome                  // will say, would say, to say
)

func tenseOf(d *syntax.Doc, t int) tense {
	if t < 0 || !d.Verbal(t) {
		return simple
	}
	for k := 0; k < 4; k++ {
		aux := false
		for _, c := range d.Children(t) {
			if d.Dep[c] != syntax.DepAux && d.Dep[c] != syntax.DepAuxpass || c > t {
				continue
			}
			switch d.Lower[c] {
			case "will", "would", "could", "wo":
				if refused(d, t) {
					return simple
				}
				return toCome
			case "shall", "'ll", "’ll", "should", "may", "might", "can", "must", "ca":
				return toCome
			case "has", "have", "'ve", "’ve":
				return perfect
			case "had":
				return pluperfect
			}
			aux = aux || d.Lower[c] != "to"
		}
		if aux || d.Tag[t] != syntax.TagVb && d.Tag[t] != syntax.TagVbg && d.Tag[t] != syntax.TagVbn || d.Root(t) || d.Dep[t] != syntax.DepXcomp && d.Dep[t] != syntax.DepConj && d.Dep[t] != syntax.DepAdvcl {
			break
		}
		t = d.Head[t]
		if !d.Verbal(t) {
			break
		}
	}
	return simple
}

// refused reports whether a verb is denied or narrowed: who "would not say" and "would only say"
// was asked.
func refused(d *syntax.Doc, t int) bool {
	for _, c := range d.Children(t) {
		if c < t && (d.Dep[c] == syntax.DepNeg || d.Lower[c] == "only") {
			return true
		}
	}
	return false
}

// earlier reports whether an adverb puts the saying before the report: "previously said".
func (r *reading) earlier(t int) bool {
	if t < 0 {
		return false
	}
	for _, c := range r.d.Children(t) {
		switch r.d.Lower[c] {
		case "previously", "repeatedly", "long", "often", "once", "earlier", "always", "frequently":
			return r.d.Dep[c] == syntax.DepAdvmod && r.d.Tree(c).Len() == 1
		}
	}
	return false
}
