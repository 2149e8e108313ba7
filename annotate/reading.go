package annotate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/annotate/attribution"
	"dateline/annotate/circumstance"
	"dateline/annotate/elsewhere"
	"dateline/annotate/frame"
	"dateline/annotate/issue"
	"dateline/annotate/mention"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
	"dateline/text"
)

// A reading is an article under way: its parse, and what the rooms found in it.
type reading struct {
	a     news.Article
	d     *syntax.Doc
	names *mention.Finder
	found []attribution.Found
	who   []who // of each found statement
	scope string

	fetched time.Time // when the page was; zero where that is not known
}

// who is the entity that speaks in a statement, -1 if unknown, and the rule that says so.
type who struct {
	entity int
	rule   string
}

// statements turns what was found into the statements and entities of the annotation.
func (r *reading) statements(out *news.Annotation) {
	d := r.d
	slices.SortStableFunc(r.found, func(x, y attribution.Found) int {
		return cmp.Or(cmp.Compare(x.Content[0].Start, y.Content[0].Start), cmp.Compare(y.Content[len(y.Content)-1].End, x.Content[len(x.Content)-1].End), cmp.Compare(x.ID, y.ID))
	})
	place := make([]int, len(r.found)) // by ID
	for i, f := range r.found {
		place[f.ID] = i
	}
	r.scope = string(r.a.ID)
	r.speakers(place)
	r.selves()
	r.names.Recur()
	out.Times = r.times()
	dates := r.dates(out.Times)
	clock := r.clockOf(dates, place, r.fetched)
	seen := map[string]int{}
	for i, f := range r.found {
		s := r.statement(i, f)
		s.Said = clock.said(i, &s)
		s.Frame = frame.Of(d, f.Content, out.Times, func(head int) news.EntityID {
			if e := r.names.At(head); e >= 0 {
				return r.names.ID(r.scope, e)
			}
			return ""
		})
		words := ""
		for _, c := range s.Content {
			words += c.Of(r.a.Text) + " "
		}
		key := news.Fold(words)
		s.ID = news.NewStatementID(r.a.ID, words, seen[key])
		seen[key]++
		out.Statements = append(out.Statements, s)
	}
	for i, f := range r.found {
		for k, w := 0, f.Within; w >= 0 && k < maxDepth; k++ {
			outer := place[w]
			if k == 0 {
				out.Statements[i].Within = out.Statements[outer].ID
			}
			if sp := out.Statements[outer].Speaker.Entity; sp != "" && !slices.Contains(out.Statements[i].RelayedBy, sp) && sp != out.Statements[i].Speaker.Entity {
				out.Statements[i].RelayedBy = append(out.Statements[i].RelayedBy, sp)
			}
			w = r.found[outer].Within
		}
	}
	for i, f := range r.found {
		if f.Via == 0 {
			continue
		}
		if by := out.Statements[place[f.Via-1]].Speaker.Entity; by != "" && by != out.Statements[i].Speaker.Entity {
			out.Statements[i].RelayedBy = append(out.Statements[i].RelayedBy, by)
		}
	}
	r.relays(out)
	r.exchanges(out)
	var segments []text.Span
	for _, s := range r.a.Segments {
		segments = append(segments, s.Span)
	}
	contents := make([][]syntax.Range, len(r.found))
	for i, f := range r.found {
		contents[i] = f.Content
	}
	for i, phrases := range issue.Of(d, contents, d.Tokens(leadSpans(r.a)), named(r.names)) {
		out.Statements[i].Issues = phrases
	}
	out.Entities = elsewhere.Names(r.names.Entities(r.scope), r.scope, r.a.Text, readable(r.a), segments, r.a.Outlet.Name, r.a.Authors)
	out.Lead = r.lead(out, dates)
}

// relays adds who tells of a saying in the same sentence, where the words told do not hold the saying
// whole: "Ruiz told the board that "the piers are rotten," [a clerk] said", "she said, according to
// [a clerk]".
func (r *reading) relays(out *news.Annotation) {
	d := r.d
	teller := map[int]int{} // by the cue
	for i, f := range r.found {
		if f.Head >= 0 && r.who[i].entity >= 0 {
			teller[f.Head] = i
		}
	}
	for i, f := range r.found {
		s := &out.Statements[i]
		if f.Head < 0 || !d.Verbal(f.Head) || len(s.RelayedBy) > 0 || s.Speaker.Entity == "" {
			continue
		}
		by, verb := -1, f.Head
		for k := 0; k < maxDepth && d.Dep[verb] == syntax.DepConj && d.Verbal(d.Head[verb]); k++ {
			verb = d.Head[verb] // "a clerk said Ruiz had frowned and told the board"
		}
		if j, ok := teller[d.Head[verb]]; ok && d.Dep[verb] == syntax.DepCcomp && j != i {
			by = r.who[j].entity
		}
		for _, c := range d.Children(f.Head) {
			if c < f.Content[len(f.Content)-1].End || by >= 0 {
				continue
			}
			if d.Lower[c] == "according" {
				by = r.accordingTo(c)
			} else if j, ok := teller[c]; ok && d.Dep[c] == syntax.DepCcomp && r.found[j].SourceHead >= f.Content[len(f.Content)-1].End {
				by = r.who[j].entity // the parser hangs "a clerk said" behind on what he said
			}
		}
		if by >= 0 && r.names.ID(r.scope, by) != s.Speaker.Entity {
			s.RelayedBy = append(s.RelayedBy, r.names.ID(r.scope, by))
		}
	}
}

// accordingTo is the entity that "according" at token t goes on to, -1 if there is none.
func (r *reading) accordingTo(t int) int {
	d := r.d
	for _, to := range d.Children(t) {
		for _, p := range d.Children(to) {
			if d.Lower[to] == "to" && d.Dep[p] == syntax.DepPobj {
				if e := r.names.At(p); e >= 0 {
					return e
				}
				return r.names.Describe(p, d.Tree(p))
			}
		}
	}
	return -1
}

// maxDepth is the most statements that are followed outwards from one inside them.
const maxDepth = 8

// statement is the i-th statement as it stands by itself.
func (r *reading) statement(i int, f attribution.Found) news.Statement {
	d := r.d
	c := circumstance.Statement{Cue: f.Head, CueSpan: f.Cue, SourceHead: f.SourceHead, Source: f.Source, Content: f.Content, Mode: f.Mode}
	if c.Cue >= 0 && d.Punct[c.Cue] {
		c.Cue = -1
	}
	s := news.Statement{
		Article: r.a.ID, Source: d.Bytes(f.Source), Mode: f.Mode, Act: circumstance.Act(d, c), Polarity: circumstance.Polarity(d, c),
		Hedge: circumstance.Hedge(d, c), Venue: circumstance.Venue(d, c), Confidence: f.Confidence, Reasons: f.Reasons,
	}
	if f.Head < 0 || d.Punct[f.Head] {
		if last := f.Content[len(f.Content)-1]; f.Mode == news.Direct && strings.Contains(d.Of(rangeEnd(last)), "?") {
			s.Act = news.Question
		}
	}
	for _, x := range f.Content {
		b := d.Bytes(x)
		if rest := strings.TrimRight(b.Of(r.a.Text), "―—–"); strings.HasSuffix(rest, "”") { // a dash glued to the mark is no part of it
			b.End = b.Start + len(rest)
		}
		s.Content = append(s.Content, b)
	}
	if f.Cue.Len() > 0 {
		s.Cue = []text.Span{d.Bytes(f.Cue)}
	}
	if w := r.who[i]; w.entity >= 0 {
		s.Speaker = news.Speaker{Entity: r.names.ID(r.scope, w.entity), Name: r.names.Name(w.entity), Anonymous: r.names.Anonymous(w.entity), Reason: news.Reason{Rule: w.rule, Detail: s.Source.Of(r.a.Text)}}
	}
	if head, span, ok := circumstance.Addressee(d, c); ok {
		s.Addressee.Span = d.Bytes(span)
		if e := r.names.At(head); e >= 0 {
			s.Addressee.Entity = r.names.ID(r.scope, e)
		} else if e := r.names.Describe(head, span); e >= 0 {
			s.Addressee.Entity = r.names.ID(r.scope, e)
		}
	}
	return s
}

// rangeEnd are the last tokens of a range.
func rangeEnd(x syntax.Range) syntax.Range {
	return syntax.Range{Start: max(x.Start, x.End-3), End: x.End}
}

// speakers says who speaks in each statement: outer statements before those inside them, for
// "I" in a quotation is whoever is quoted.
func (r *reading) speakers(place []int) {
	r.who = make([]who, len(r.found))
	for i := range r.who {
		r.who[i].entity = -1
	}
	done := make([]bool, len(r.found))
	interviewee := r.interviewee()
	var solve func(i, depth int)
	solve = func(i, depth int) {
		if done[i] {
			return
		}
		done[i] = true
		f := r.found[i]
		outer := who{-1, ""}
		if f.Within >= 0 && depth < maxDepth {
			solve(place[f.Within], depth+1)
			outer = r.who[place[f.Within]]
		}
		r.who[i] = r.speaker(f, outer, interviewee)
	}
	for i := range r.found {
		solve(i, 0)
	}
}

// selves leads "I" in quotations back to who is quoted: the innermost quotation speaks.
func (r *reading) selves() {
	for i := len(r.found) - 1; i >= 0; i-- {
		if w := r.who[i]; w.entity >= 0 && r.found[i].Mode != news.Indirect {
			for _, x := range r.found[i].Content {
				r.names.Speaks(w.entity, x)
			}
		}
	}
	if author := r.author(); author >= 0 && r.interviewee() < 0 {
		r.names.Writes(author)
	}
}

// author is the one who wrote the article, -1 if nobody or several did.
func (r *reading) author() int {
	if len(r.a.Authors) != 1 {
		return -1
	}
	return r.names.Author(r.a.Authors[0])
}

// speaker is whom the source of a statement means.
func (r *reading) speaker(f attribution.Found, outer who, interviewee int) who {
	d, t := r.d, f.SourceHead
	if t < 0 {
		return who{-1, ""}
	}
	word := d.Lower[t]
	if d.Pos[t] == syntax.PosPropn || len(word) > 1 && d.Orth[t] == strings.ToUpper(word) && !shouts(d, t) {
		word = "" // the WHO, the US are no pronouns
	}
	switch word {
	case "i", "me", "my", "myself", "we", "us", "our":
		if d.Quote[t] != 0 || outer.entity >= 0 {
			if outer.entity < 0 {
				outer = who{r.quotedBy(t), ""}
			}
			if outer.entity >= 0 {
				return who{outer.entity, "first-person"}
			}
		}
		if interviewee >= 0 && !r.question(t) {
			return who{interviewee, "interviewee"}
		}
		if d.Quote[t] == 0 && strings.HasPrefix(d.Lower[t], "we") && r.a.Outlet.Name != "" && interviewee < 0 {
			return who{r.names.Outlet(r.a.Outlet.Name, t), "outlet-we"}
		}
		if author := r.author(); author >= 0 && d.Quote[t] == 0 && interviewee < 0 && !strings.HasPrefix(d.Lower[t], "we") && !strings.HasPrefix(d.Lower[t], "u") && !strings.HasPrefix(d.Lower[t], "o") {
			return who{author, "author"}
		}
		return who{-1, ""}
	case "you", "your":
		if interviewee >= 0 && r.question(t) {
			return who{interviewee, "interviewee"}
		}
		return who{-1, ""}
	case "who", "which", "that":
		h := r.antecedent(t)
		if d.Lower[t] == "who" && h >= 0 && d.Dep[h] == syntax.DepPobj && !r.personal(h) && r.personal(d.Head[d.Head[h]]) {
			h = d.Head[d.Head[h]] // "a reporter from the Herald who asked"
		}
		if h >= 0 {
			if e := r.names.At(h); e >= 0 {
				return who{e, "relative"}
			}
			if e := r.names.Describe(h, r.phrase(h, t)); e >= 0 {
				return who{e, "relative"}
			}
		}
		return who{-1, ""}
	case "they", "their", "them":
		if e := r.names.Plural(t); e >= 0 {
			return who{e, "pronoun"}
		}
		return who{-1, ""}
	}
	if phrase := news.Fold(d.Of(f.Source)); r.a.Outlet.Name != "" && (phrase == "this newspaper" || phrase == "this paper" || phrase == "this website" || phrase == "our newspaper") {
		return who{r.names.Outlet(r.a.Outlet.Name, t), "outlet-we"}
	}
	if e := r.names.At(t); e >= 0 {
		if d.Pos[t] == syntax.PosPron && word != "" {
			return who{e, "pronoun"}
		}
		return who{e, "named"}
	}
	if e := r.writer(t); e >= 0 {
		return who{e, "writer"}
	}
	if d.Pos[t] == syntax.PosPron {
		if e := r.resumed(t); e >= 0 {
			return who{e, "last-speaker"}
		}
	}
	// A person's name inside the source: "Ruiz's office" is not Ruiz, "Mayor Ruiz" is.
	if e := r.names.Describe(t, f.Source); e >= 0 {
		return who{e, "described"}
	}
	return who{-1, ""}
}

// letters are what somebody writes to somebody: what they say, their writer says.
var letters = map[string]bool{"letter": true, "note": true, "memo": true, "memorandum": true, "email": true, "e-mail": true, "message": true, "telegram": true,
	"diary": true, "memoir": true, "reply": true, "answer": true, "statement": true, "testimony": true}

// writer is whom a letter is from: "a letter from the mayor, Ana Ruiz", "his letter"; -1 if t is none or does
// not tell.
func (r *reading) writer(t int) int {
	d := r.d
	if !letters[d.Lemma[t]] {
		return -1
	}
	for _, c := range d.Children(t) {
		if e := r.names.At(c); d.Dep[c] == syntax.DepPoss && e >= 0 && r.names.Person(e) {
			return e
		}
	}
	for _, from := range d.Children(t) {
		if d.Lower[from] != "from" && d.Lower[from] != "by" {
			continue
		}
		for _, p := range d.Children(from) {
			if d.Dep[p] != syntax.DepPobj {
				continue
			}
			for _, c := range append([]int{p}, d.Children(p)...) {
				if e := r.names.At(c); e >= 0 && (c == p || d.Dep[c] == syntax.DepAppos) && r.names.Person(e) {
					return e
				}
			}
		}
	}
	return -1
}

// lastSpeakerReach is how many sentences back the last speaker may have spoken.
const lastSpeakerReach = 3

// resumed is whoever spoke last before a pronoun that nothing named before explains, "a spokesman" or "the
// report"; -1 if nobody can be meant.
func (r *reading) resumed(t int) int {
	d := r.d
	best := -1
	for i, f := range r.found {
		if w := r.who[i].entity; w >= 0 && f.SourceHead >= 0 && f.SourceHead < t && d.Unit[t]-d.Unit[f.SourceHead] <= lastSpeakerReach && d.Quote[f.SourceHead] == d.Quote[t] &&
			(best < 0 || f.SourceHead > r.found[best].SourceHead) {
			best = i
		}
	}
	if best >= 0 && r.names.Resume(r.who[best].entity, t) {
		return r.who[best].entity
	}
	return -1
}

// shouts reports whether the words around a token are in capitals too.
func shouts(d *syntax.Doc, t int) bool {
	for _, i := range []int{t - 1, t + 1} {
		if i >= 0 && i < d.N && d.Unit[i] == d.Unit[t] && !d.Punct[i] && d.Orth[i] == strings.ToUpper(d.Orth[i]) && d.Orth[i] != d.Lower[i] {
			return true
		}
	}
	return false
}

// antecedent is the noun that a relative pronoun stands for.
func (r *reading) antecedent(t int) int {
	d := r.d
	x := t
	for k := 0; k < 6 && !d.Root(x); k++ {
		if d.Dep[x] == syntax.DepRelcl || d.Dep[x] == syntax.DepAcl {
			return d.Head[x]
		}
		x = d.Head[x]
	}
	return -1
}

// personal reports whether a noun is a person, by name or by class.
func (r *reading) personal(t int) bool {
	if e := r.names.At(t); e >= 0 {
		return r.names.Person(e)
	}
	return wordclass.Noun(r.d.Lemma[t]).Of(wordclass.Person) > .4
}

// phrase is the noun phrase of h up to token end.
func (r *reading) phrase(h, end int) syntax.Range {
	p := syntax.Range{Start: r.d.Left[h], End: min(r.d.Right[h], max(h+1, end))}
	for p.End-1 > h && (r.d.Punct[p.End-1] || r.d.Space[p.End-1]) {
		p.End--
	}
	return p
}

// quotedBy is the speaker of the statement in whose quotation token t stands.
func (r *reading) quotedBy(t int) int {
	for i, f := range r.found {
		if f.Mode == news.Indirect || r.who[i].entity < 0 {
			continue
		}
		for _, c := range f.Content {
			if c.Has(t) {
				return r.who[i].entity
			}
		}
	}
	return -1
}

// question reports whether the paragraph of token t is a question. Answers may end in one too, but few
// questions are long.
func (r *reading) question(t int) bool {
	p := r.d.Pars[r.d.Par[t]]
	return p.Len() <= longestQuestion && strings.Contains(r.d.Of(rangeEnd(p)), "?")
}

// longestQuestion is the most tokens of an interviewer's question.
const longestQuestion = 80

// leastQuestions is the fewest paragraphs that are questions in an interview that says so.
const leastQuestions = 3

// interviewee is the person whom an article of questions and answers is with; -1 where the
// article is no interview.
func (r *reading) interviewee() int {
	d := r.d
	questions := 0
	for _, p := range d.Pars {
		if d.Quoted(p) == 0 && strings.Contains(d.Of(rangeEnd(p)), "?") {
			questions++
		}
	}
	if questions < leastQuestions && !(questions > 0 && strings.Contains(strings.ToLower(d.Of(syntax.Range{Start: 0, End: min(d.N, 40)})), "interview")) {
		return -1
	}
	// Whoever the opening names in the title, right after "interview" or "spoke with", by a
	// full name and again and again.
	best, bestWeight := -1, 0
	after, about := -1, -1
	for t := range min(d.N, 250) {
		switch {
		case d.Lemma[t] == "interview", (d.Lemma[t] == "speak" || d.Lemma[t] == "talk") && t+1 < d.N && (d.Lower[t+1] == "with" || d.Lower[t+1] == "to"):
			after, about = d.Unit[t], -1
		case (d.Lower[t] == "on" || d.Lower[t] == "about") && after == d.Unit[t]:
			about = after // "interviews a sailor on Cyclone Ana"
		}
		e := r.names.At(t)
		if e < 0 || !r.names.Person(e) || !r.names.Named(e) || d.Pos[t] == syntax.PosPron {
			continue
		}
		w := min(5, r.names.Mentions(e))
		if d.Par[t] == 0 {
			w += 3
		}
		switch {
		case about == d.Unit[t]:
			continue
		case after == d.Unit[t] && d.Par[t] == 0:
			w += 5
		case after == d.Unit[t]:
			w += 2
		}
		if strings.Contains(r.names.Name(e), " ") {
			w += 2
		}
		if w > bestWeight {
			best, bestWeight = e, w
		}
	}
	return best
}

// exchanges completes questions and answers: whoever answers speaks to the one who asked, and
// an anonymous source without a hearer speaks to the outlet that another one spoke to.
func (r *reading) exchanges(out *news.Annotation) {
	d := r.d
	// outlet-hears: "an official told Axios", so "the official added" too.
	var heard news.Addressee
	for i, s := range out.Statements {
		if s.Speaker.Anonymous && s.Addressee.Entity != "" && r.outlet(s.Addressee.Entity) {
			heard = out.Statements[i].Addressee
			break
		}
	}
	for i := range out.Statements {
		s := &out.Statements[i]
		if !s.Addressee.Span.Empty() {
			continue
		}
		if i > 0 && circumstance.Answers(d, r.found[i].Head) {
			for j := i - 1; j >= 0 && j >= i-3; j-- {
				q := out.Statements[j]
				if q.Act == news.Question && q.Speaker.Entity != "" && q.Speaker.Entity != s.Speaker.Entity && !q.Source.Empty() {
					s.Addressee = news.Addressee{Span: q.Source, Entity: q.Speaker.Entity}
					s.Reasons = append(s.Reasons, news.Reason{Rule: "answers", Detail: q.Source.Of(r.a.Text)})
					break
				}
			}
		}
		if s.Addressee.Span.Empty() && s.Act == news.Question && s.Speaker.Entity != "" {
			// answered: who speaks next, or spoke to this asker before, was asked.
			for j := i + 1; j < len(out.Statements) && j <= i+2; j++ {
				n := out.Statements[j]
				if n.Act != news.Question && n.Speaker.Entity != "" && n.Speaker.Entity != s.Speaker.Entity && !n.Source.Empty() && n.Within == "" {
					s.Addressee = news.Addressee{Span: n.Source, Entity: n.Speaker.Entity}
					s.Reasons = append(s.Reasons, news.Reason{Rule: "answered-by", Detail: n.Source.Of(r.a.Text)})
					break
				}
			}
		}
		if s.Addressee.Span.Empty() && s.Speaker.Anonymous && heard.Entity != "" && s.Within == "" && (s.Act == news.Speech || s.Act == news.Question) {
			s.Addressee = heard
			s.Reasons = append(s.Reasons, news.Reason{Rule: "outlet-hears", Detail: heard.Span.Of(r.a.Text)})
		}
	}
}

// outlet reports whether an entity is the outlet of the article, by its name.
func (r *reading) outlet(id news.EntityID) bool {
	name := news.Fold(r.a.Outlet.Name)
	for n := range r.names.Len() {
		if r.names.ID(r.scope, n) == id {
			e := news.Fold(r.names.Name(n))
			return name == "" && !r.names.Person(n) && !strings.Contains(e, " ") || name != "" && (strings.Contains(name, e) || strings.Contains(e, name))
		}
	}
	return false
}
