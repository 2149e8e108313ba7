package quote

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/search/word"
	"dateline/text"
)

// A Source is an article in which a quotation may stand.
type Source struct {
	Place      Place // what names the article
	Text       string
	Prose      []text.Span // title, then prose
	Statements []news.Statement
}

// The bounds of the verdicts. They were set on the first story of the demo and the GUM texts
// (docs/search.md tells how) and count content words whole, function words by lightWord.
const (
	lightWord = 0.35
	// leastSame is the share of a quotation that must stand in the record, word for word, for the
	// rest to be called altered; leastSaid the share of its content words for a paraphrase.
	leastSame = 0.7
	leastSaid = 0.62
	// nearlyAll is that share where the record has a "not" more, which may be of another clause.
	nearlyAll = 0.9
	// leastWords is how many words in a row make a quotation: fewer are anybody's.
	leastWords = 3
	// A quotation of shortest to short words tells too little for shares of it to count: of it one word
	// may differ, if the rest is all that a sentence in the record has.
	shortest = 4
	short    = 7
	// leastNear is the share of a quotation that stands in what is shown as the nearest to one that is
	// not found.
	leastNear = 0.4
	// mostChanges is how many of its words may differ: one in so many, and one always.
	mostChanges = 4
)

// Check tells whether the record holds a quotation, as said by the speaker; "" asks for whoever
// said it. weight tells how much a word's stem tells; nil counts all alike. The sources are the
// articles that an index found for it.
func Check(asked, speaker string, sources []Source, weight func(string) float64, covered Covered) Verdict {
	v := Verdict{Kind: NotFound, Quote: asked, Asked: speaker, Covered: covered}
	all := parts(asked)
	if len(all) == 0 {
		v.Why = append(v.Why, news.Reason{Rule: "no-words", Detail: "there is no word in it"})
		return v
	}
	words := 0
	for _, p := range all {
		words += len(p.pieces)
	}
	if words < leastWords {
		v.Why = append(v.Why, news.Reason{Rule: "short", Detail: "so few words are said by many: this says where they stand, not whose they are"})
	}
	c := &checking{asked: asked, parts: all, words: words, weight: weight, speaker: nameWords(speaker)}
	var found []hit
	for i := range sources {
		found = append(found, c.source(&sources[i])...)
	}
	recited(found)
	slices.SortStableFunc(found, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(dated(a.place.Published), dated(b.place.Published)), cmp.Compare(a.place.Article, b.place.Article))
	})
	if len(found) == 0 {
		v.Why = append(v.Why, news.Reason{Rule: "no-place", Detail: fmt.Sprintf("none of the %d articles whose words come nearest holds it", len(sources))})
		if near := c.near.place; near.Likeness >= leastNear {
			near.Kind = NotFound
			v.Nearest = &near
		}
		return v
	}
	best := found[0]
	v.Kind, v.Differences, v.Why = best.place.Kind, best.differences, append(v.Why, best.why...)
	if len(c.speaker) > 0 && !best.theirs {
		if best.place.Statement != nil && known(best.place.Statement.Speaker) {
			v.Kind = OtherSpeaker
			v.Why = append(v.Why, news.Reason{Rule: "other-speaker", Detail: fmt.Sprintf("the record has it from %s, %s", best.place.Statement.Speaker.Name, describe(best.place.Kind))})
		} else {
			v.Why = append(v.Why, news.Reason{Rule: "speaker-unknown", Detail: "the record has the words, and does not say whose they are"})
		}
	}
	for _, correction := range best.place.Corrections {
		what := "put right something in"
		if correction.Whole {
			what = "took back"
		}
		v.Why = append(v.Why, news.Reason{Rule: "taken-back", Detail: fmt.Sprintf("its outlet %s the article that has them, in %s", what, correction.By)})
	}
	if s := best.place.Statement; s != nil {
		v.Speaker, v.Said = s.Speaker, s.Said
	}
	for _, h := range found {
		if h.place.Kind == best.place.Kind || h.place.Likeness >= leastSame {
			v.Places = append(v.Places, h.place)
		}
	}
	return v
}

// recited marks what an outlet repeats of words in order to take them back: where it does so, they
// stand no more than where they stood first.
func recited(found []hit) {
	for _, h := range found {
		for _, c := range h.place.Corrections {
			for i := range found {
				if p := &found[i].place; c.Whole && p.Article == c.By && len(p.Corrections) == 0 {
					p.Corrections = []news.Correction{c}
				}
			}
		}
	}
}

func describe(k Kind) string {
	switch k {
	case Exact:
		return "in these words"
	case Marks:
		return "in these words, with other marks"
	case Altered:
		return "with some words changed"
	}
	return "in other words"
}

func known(s news.Speaker) bool { return s.Name != "" }

// dated sorts by publication; what has no date comes last.
func dated(i news.Interval) string { return cmp.Or(i.String(), "~") }

// A hit is a place with what is to be said of it.
type hit struct {
	place       Place
	theirs      bool // the speaker asked for
	content     int  // how many content words are the same
	differences []Difference
	why         []news.Reason
}

// rank puts the better verdict first, and of alike ones what the speaker asked for said, what still
// stands, what was found in a statement.
func (h hit) rank() float64 {
	r := map[Kind]float64{Exact: 8, Marks: 6, Altered: 4, Paraphrase: 2}[h.place.Kind] + h.place.Likeness
	if h.theirs {
		r += 1.5 // so that what they said almost so comes before what another said so
	}
	if h.place.Statement != nil {
		r += 0.2
	}
	if h.place.TakenBack() {
		r -= 1
	}
	return r
}

type checking struct {
	asked   string
	parts   []sequence
	words   int
	weight  func(string) float64
	speaker []string
	near    hit // of what does not hold the quotation, the most like it
}

// source finds the places of one article: in its statements, and in what stands outside them.
func (c *checking) source(s *Source) []hit {
	var found []hit
	for i := range s.Statements {
		st := &s.Statements[i]
		q := newSequence(s.Text, st.Content)
		if len(q.pieces) == 0 {
			continue
		}
		if h, ok := c.lay(&q, st.Mode == news.Indirect); ok {
			found = append(found, c.fill(h, s, st))
		} else if said, ok := c.said(&q); ok {
			found = append(found, c.fill(said, s, st))
		} else if h.content > 0 && h.place.Likeness > c.near.place.Likeness {
			c.near = c.fill(h, s, st)
		}
	}
	whole := newSequence(s.Text, s.Prose)
	if h, ok := c.lay(&whole, false); !ok {
		if h.content > 0 && h.place.Likeness > c.near.place.Likeness {
			c.near = c.fill(h, s, holder(s, h.place.Spans))
		}
	} else {
		st := holder(s, h.place.Spans)
		verbatim := h.place.Kind == Exact || h.place.Kind == Marks
		if !slices.ContainsFunc(found, func(o hit) bool {
			return o.rank() > h.rank() || o.place.Statement == st && (!verbatim || slices.Equal(o.place.Spans, h.place.Spans))
		}) {
			found = append(found, c.fill(h, s, st))
		}
	}
	// Of statements inside one another the innermost has the speaker.
	slices.SortStableFunc(found, func(a, b hit) int { return cmp.Compare(length(a), length(b)) })
	return found
}

func length(h hit) int {
	n := 1 << 30
	if h.place.Statement != nil {
		n = 0
		for _, c := range h.place.Statement.Content {
			n += c.Len()
		}
	}
	return n
}

// holder is the innermost statement that holds most of what was found.
func holder(s *Source, spans []text.Span) *news.Statement {
	var best *news.Statement
	size := 0
	for i := range s.Statements {
		st := &s.Statements[i]
		inside, all, n := 0, 0, 0
		for _, span := range spans {
			all += span.Len()
			for _, c := range st.Content {
				inside += max(0, min(c.End, span.End)-max(c.Start, span.Start))
			}
		}
		for _, c := range st.Content {
			n += c.Len()
		}
		if 5*inside >= 4*all && all > 0 && (best == nil || n < size) {
			best, size = st, n
		}
	}
	return best
}

func (c *checking) fill(h hit, s *Source, st *news.Statement) hit {
	p := s.Place
	p.Kind, p.Spans, p.Likeness, p.Statement = h.place.Kind, h.place.Spans, h.place.Likeness, st
	var words []string
	for _, span := range p.Spans {
		words = append(words, span.Of(s.Text))
	}
	p.Text = strings.Join(words, " … ")
	h.place = p
	h.theirs = len(c.speaker) > 0 && st != nil && c.spokenBy(s.Text, st)
	return h
}

// titles say what someone is, not who.
var titles = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`mr mrs ms miss dr prof sir lord lady dame president prime minister premier chancellor senator governor mayor
		secretary king queen prince princess general colonel captain the of a judge justice chief spokesman spokeswoman`) {
		m[w] = true
	}
	return m
}()

// nameWords are the words of a name, without titles unless there is nothing else.
func nameWords(name string) []string {
	all := word.Words(name)
	var own []string
	for _, w := range all {
		w = strings.TrimSuffix(w, "'s")
		if !titles[w] {
			own = append(own, w)
		}
	}
	if len(own) == 0 {
		return all
	}
	return own
}

// spokenBy reports whether the speaker asked for may be the statement's: all words of the shorter
// name are in the longer, or in how the article calls the speaker there.
func (c *checking) spokenBy(t string, st *news.Statement) bool {
	name, source := nameWords(st.Speaker.Name), word.Words(st.Source.Of(t))
	return len(name) > 0 && (within(c.speaker, name) || within(name, c.speaker)) || within(c.speaker, source)
}

func within(a, b []string) bool {
	return len(a) > 0 && !slices.ContainsFunc(a, func(w string) bool { return !slices.Contains(b, w) })
}

// lay lays the parts of the quotation on a sequence, one behind the other. What was told in a
// reporter's words (told) is no quotation that could be altered by a synonym.
func (c *checking) lay(s *sequence, told bool) (h hit, ok bool) {
	from := 0
	same, total, changes, like := 0.0, 0.0, 0, 0
	run, longest := 0, 0
	content := 0 // content words that are the same
	exact := true
	shifted, facts := 0, false
	for _, part := range c.parts {
		a, ok := align(part.pieces, s, from)
		if !ok {
			return h, false
		}
		from = a.end
		for i, o := range a.ops {
			switch {
			case o.asked < 0:
				if s.pieces[o.is].inside || beside(part.pieces, a.ops, i) {
					exact = false
					continue
				}
				total += light(s.pieces[o.is].word)
				changes++
				facts = facts || fact(s.text, s.pieces[o.is])
				run = 0
			case o.is < 0:
				if part.pieces[o.asked].inside || besideIs(s.pieces, a.ops, i) {
					exact = false
					continue
				}
				total += light(part.pieces[o.asked].word)
				changes++
				facts = facts || fact(c.asked, part.pieces[o.asked])
				run = 0
			default:
				p, is := part.pieces[o.asked], s.pieces[o.is]
				w := max(light(p.word), light(is.word))
				if p.word != is.word && (p.inside || is.inside) {
					exact = false
					continue
				}
				total += w
				switch {
				case p.word == is.word:
					same += w
					run++
					longest = max(longest, run)
					if w == 1 {
						content++
					}
				case alike(p.word, is.word):
					like++
					if shift(p.word, is.word) {
						shifted++
					}
					run = 0
				default:
					changes++
					facts = facts || fact(c.asked, p) || fact(s.text, is)
					run = 0
				}
			}
		}
		if a.end > a.start {
			h.place.Spans = append(h.place.Spans, spansOf(s, a)...)
		}
		h.differences = append(h.differences, c.differences(part, s, a)...)
	}
	if total == 0 || len(h.place.Spans) == 0 {
		return h, false
	}
	h.place.Likeness, h.content = same/total, content
	differ := changes + like
	switch {
	case differ == 0:
		h.place.Kind = Marks
		if exact && c.sameMarks(s, h.place.Spans) {
			h.place.Kind, h.differences = Exact, nil
		}
		h.why = append(h.why, news.Reason{Rule: "word-for-word", Detail: fmt.Sprintf("%d words in the order of the record", c.words)})
		// Words that anybody may say in passing are no quotation.
		return h, longest >= min(leastWords, c.words) && (content > 0 || c.words <= leastWords || longest > leastWords)
	case differ == 1 && changes == 1 && content > 0 && c.words >= shortest && c.words <= short && len(c.parts) == 1 && alone(s, h.place.Spans):
		h.place.Kind = Altered
		h.place.Likeness = max(h.place.Likeness, leastSame)
		h.why = append(h.why, news.Reason{Rule: "altered", Detail: fmt.Sprintf("one word of %d differs from a whole sentence of the record", c.words)})
		return h, true
	case h.place.Likeness < leastSame || content < 2 || longest < leastWords && c.words > leastWords || differ > max(1, c.words/mostChanges) && changes > 0:
		return h, false
	case like > 1 && changes == 0, (shifted > 0 || told && like > 0) && !facts:
		h.place.Kind = Paraphrase
		h.why = append(h.why, news.Reason{Rule: "reported", Detail: fmt.Sprintf("%d words have another form, as in reported speech, or a synonym; %d are others", like, changes)})
		return h, true
	}
	h.place.Kind = Altered
	h.why = append(h.why, news.Reason{Rule: "altered", Detail: fmt.Sprintf("%d of %d words differ", differ, c.words)})
	return h, true
}

// alone reports whether what was found is a whole sentence, or all that stands between marks: what a
// few words are compared with must not be any few words.
func alone(s *sequence, spans []text.Span) bool {
	before := strings.TrimRightFunc(s.text[:spans[0].Start], unicode.IsSpace)
	after := s.text[spans[len(spans)-1].End:]
	first, _ := utf8.DecodeLastRuneInString(before)
	last, _ := utf8.DecodeRuneInString(after)
	return len(spans) == 1 && (before == "" || strings.ContainsRune(".!?:\"“‘'’”", first)) && strings.ContainsRune(".!?,;\"”’'", last)
}

// shift reports whether two words differ as reported speech makes words differ.
func shift(a, b string) bool {
	return shifts[a] != "" && shifts[a] == shifts[b] || word.Stem(a) == word.Stem(b) || root(a) == root(b) && irregular[a] && irregular[b]
}

// fact reports whether a word tells something that reporting does not change: a number, a name, a
// day, or that it is not so.
func fact(t string, p piece) bool {
	r, _ := utf8.DecodeRuneInString(p.span.Of(t))
	before := strings.TrimRightFunc(t[:p.span.Start], unicode.IsSpace)
	begins := before == "" || strings.ContainsAny(before[len(before)-1:], ".!?\"'”’") || strings.HasSuffix(before, "“") || strings.HasSuffix(before, "‘")
	return negative[p.word] || day[p.word] || unicode.IsDigit(r) || unicode.IsUpper(r) && !begins && shifts[p.word] == ""
}

func light(w string) float64 {
	if word.Stop(w) {
		return lightWord
	}
	return 1
}

// beside reports whether a word of the record was left out beside brackets of the quotation.
func beside(part []piece, ops []op, i int) bool {
	for _, step := range []int{-1, 1} {
		for k := i + step; k >= 0 && k < len(ops); k += step {
			if ops[k].asked >= 0 {
				if part[ops[k].asked].inside {
					return true
				}
				break
			}
		}
	}
	return false
}

// besideIs is beside the other way round: brackets of the record.
func besideIs(is []piece, ops []op, i int) bool {
	for _, step := range []int{-1, 1} {
		for k := i + step; k >= 0 && k < len(ops); k += step {
			if ops[k].is >= 0 {
				if is[ops[k].is].inside {
					return true
				}
				break
			}
		}
	}
	return false
}

// spansOf are the stretches of the text that an alignment covers: several where the sequence jumps
// over a cue.
func spansOf(s *sequence, a alignment) []text.Span {
	var all []text.Span
	for i := a.start; i < a.end; i++ {
		p := s.pieces[i].span
		if n := len(all); n > 0 && (i == a.start || !jumps(s.text, all[n-1].End, p.Start)) {
			all[n-1].End = p.End
		} else {
			all = append(all, p)
		}
	}
	return all
}

// jumps reports whether words stand between two words of a sequence.
func jumps(t string, from, to int) bool {
	return from > to || strings.ContainsFunc(t[from:to], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// sameMarks reports whether the quotation stands in the text with its punctuation and case. What
// stands before its first and behind its last word does not count, nor, where the text breaks it by
// a cue, what stands there.
func (c *checking) sameMarks(s *sequence, spans []text.Span) bool {
	first, last := c.parts[0].pieces, c.parts[len(c.parts)-1].pieces
	asked := plain(c.asked[first[0].span.Start:last[len(last)-1].span.End])
	whole := text.Span{Start: spans[0].Start, End: spans[len(spans)-1].End}
	if whole.Start < whole.End && asked == plain(whole.Of(s.text)) {
		return true
	}
	if len(c.parts) > 1 {
		return false // an ellipsis that the text does not have
	}
	for i, span := range spans {
		if i > 0 {
			asked = strings.TrimLeft(asked, ",.;:!?- ")
		}
		rest, ok := strings.CutPrefix(asked, plain(span.Of(s.text)))
		if !ok {
			return false
		}
		asked = rest
	}
	return asked == ""
}

// differences are the stretches of an alignment that differ.
func (c *checking) differences(part sequence, s *sequence, a alignment) []Difference {
	var all []Difference
	for i, o := range a.ops {
		var d Difference
		if o.asked >= 0 {
			d.At = part.pieces[o.asked].span
			d.Asked = d.At.Of(c.asked)
		}
		if o.is >= 0 {
			d.Span = s.pieces[o.is].span
			d.Is = d.Span.Of(s.text)
		}
		switch {
		case o.is < 0:
			d.Kind = "added"
			if part.pieces[o.asked].inside || besideIs(s.pieces, a.ops, i) {
				d.Kind = "brackets"
			}
		case o.asked < 0:
			d.Kind = "left out"
			if s.pieces[o.is].inside || beside(part.pieces, a.ops, i) {
				d.Kind = "brackets"
			}
		case part.pieces[o.asked].word == s.pieces[o.is].word:
			if strings.ReplaceAll(d.Asked, "’", "'") == strings.ReplaceAll(d.Is, "’", "'") {
				continue
			}
			d.Kind = "case"
			if !strings.EqualFold(d.Asked, d.Is) {
				d.Kind = "punctuation"
			}
		case part.pieces[o.asked].inside || s.pieces[o.is].inside:
			d.Kind = "brackets"
		case shift(part.pieces[o.asked].word, s.pieces[o.is].word):
			d.Kind = "tense"
		default:
			d.Kind = "replaced"
		}
		all = append(all, d)
	}
	return all
}

// said reports whether a statement says the same in other words: most of what the quotation's
// content words tell is in it.
func (c *checking) said(s *sequence) (h hit, ok bool) {
	have := map[string]bool{}
	for _, p := range s.pieces {
		have[root(p.word)] = true
	}
	told, total, n := 0.0, 0.0, 0
	seen := map[string]bool{}
	denied, denies := 0, 0 // how often each says that it is not so
	for _, part := range c.parts {
		for _, p := range part.pieces {
			r := root(p.word)
			if negative[p.word] {
				denied++
			}
			if word.Stop(p.word) || shifts[p.word] != "" || seen[r] {
				continue
			}
			seen[r] = true
			w := 1.0
			if c.weight != nil {
				w = c.weight(p.word)
			}
			total += w
			if have[r] {
				told += w
				n++
			}
		}
	}
	for _, p := range s.pieces {
		if negative[p.word] {
			denies++
		}
	}
	if total == 0 || told/total < leastSaid || n < leastWords || denied > denies || denied < denies && told/total < nearlyAll {
		return h, false
	}
	h.place.Kind, h.place.Likeness = Paraphrase, told/total*0.9
	h.place.Spans = spansOf(s, alignment{start: 0, end: len(s.pieces)})
	h.why = append(h.why, news.Reason{Rule: "same-content", Detail: fmt.Sprintf("%d of its %d content words are in it", n, len(seen))})
	return h, true
}

var day = map[string]bool{"yesterday": true, "today": true, "tonight": true, "tomorrow": true}

var negative = map[string]bool{"not": true, "no": true, "never": true, "nobody": true, "nothing": true, "neither": true, "nor": true,
	"dont": true, "didnt": true, "doesnt": true, "isnt": true, "wasnt": true, "arent": true, "werent": true, "wont": true, "wouldnt": true, "cant": true,
	"couldnt": true, "cannot": true, "havent": true, "hadnt": true, "hasnt": true, "without": true}
