// Package account takes the articles of a story apart into accounts: what one statement, or one
// sentence of an article's own narration, says happened, will happen or is so.
//
// An account is a stretch inside one sentence with its words brought to comparable forms (stems),
// the people and bodies it names, its numbers with what they count and how far they are rounded,
// its times, and which of its words are negated. Statements come with the frame that was read of
// them; narration has no frame, and what is told of it here is told by its words alone. Rules that
// compare accounts therefore ask for more agreement than a frame would need.
//
// It decides nothing about truth and compares nothing but words, names, numbers and times.
package account

import (
	"cmp"
	"hash/fnv"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"time"

	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

// An Account is what a statement or a sentence of narration says.
type Account struct {
	In        *book.Article
	Told      *book.Told // nil where the article itself tells it
	Span      text.Span  // inside one sentence
	Sentence  text.Span  // the sentence
	Number    int        // of the sentence in its article
	Kind      news.Kind  // of the segment it stands in
	Words     []Word     // all words, function words among them
	Numbers   []Number
	Times     []Time
	Names     []Name
	Future    bool // promised, planned, expected: not said to have happened
	Condition bool // holds only if something else does
	Question  bool

	stems []string  // sorted
	sig   Signature // of the stems, to tell quickly that two accounts share few
	first time.Time // the days it tells of
	last  time.Time
}

// A Word is a word of an account.
type Word struct {
	Span    text.Span
	Lower   string
	Stem    string // "" for a function word
	Negated bool   // "did not agree", "no exemption"
	Denied  bool   // of these, a verb right behind its negation: "did not agree"
	Quoted  bool
}

// A Name is somebody or something named in an account.
type Name struct {
	Key  string // the plain name
	Type news.EntityType
	Span text.Span
}

// most bounds the accounts of one article: a page may be of any length.
const most = 600

// Of are the accounts of an article, in text order.
func Of(a *book.Article) []*Account {
	var out []*Account
	r := reader{a: a}
	r.quotations()
	taken := map[int][]text.Span{} // sentence -> what statements hold of it
	bare := map[int]bool{}         // sentences whose statement may be narration misread
	for _, t := range a.Told {
		bareCue := t.Frame.Predicate == "" && t.Mode == news.Indirect
		parts := slices.Concat(t.Content, t.Cue)
		if !t.Source.Empty() {
			parts = append(parts, t.Source)
		}
		for _, p := range parts {
			for _, n := range r.sentences(p) {
				taken[n] = append(taken[n], p)
				bare[n] = bare[n] || bareCue
			}
		}
		for _, c := range t.Content {
			for _, n := range r.sentences(c) {
				if x := r.account(n, clip(c, a.Article.Sentences[n]), t); x != nil {
					out = append(out, x)
				}
			}
		}
	}
	for n, s := range a.Article.Sentences {
		if len(out) >= most {
			break
		}
		switch r.kind(s) {
		case news.Title, news.TitleDup, news.Dek, news.Body, news.Caption:
		default:
			continue
		}
		if bare[n] || len(taken[n]) == 0 {
			if x := r.account(n, s, nil); x != nil {
				out = append(out, x)
			}
			continue
		}
		for _, rest := range without(s, taken[n]) {
			if x := r.account(n, rest.Trim(a.Article.Text), nil); x != nil && x.Content() >= 4 {
				out = append(out, x)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y *Account) int { return cmp.Compare(x.Span.Start, y.Span.Start) })
	return out[:min(len(out), most)]
}

// reader holds an article while it is taken apart.
type reader struct {
	a      *book.Article
	quoted []text.Span
}

func (r *reader) quotations() {
	for _, q := range text.Quotations(r.a.Article.Text, r.a.Article.Range) {
		if q.Depth == 0 && q.Opened && q.Closed {
			r.quoted = append(r.quoted, q.Inner)
		}
	}
}

// sentences are the numbers of the sentences that a span touches.
func (r *reader) sentences(s text.Span) (out []int) {
	all := r.a.Article.Sentences
	i, _ := slices.BinarySearchFunc(all, s.Start, func(x text.Span, at int) int {
		if x.End <= at {
			return -1
		}
		return 1
	})
	for ; i < len(all) && all[i].Start < s.End; i++ {
		if all[i].Overlaps(s) {
			out = append(out, i)
		}
	}
	return out
}

func (r *reader) kind(s text.Span) news.Kind {
	all := r.a.Article.Segments
	i, _ := slices.BinarySearchFunc(all, s.Start, func(x news.Segment, at int) int {
		if x.Span.End <= at {
			return -1
		}
		return 1
	})
	if i < len(all) && all[i].Span.Overlaps(s) {
		return all[i].Kind
	}
	return news.Body
}

// account reads a stretch of a sentence; nil where it has no word that means something.
func (r *reader) account(n int, s text.Span, told *book.Told) *Account {
	t := r.a.Article.Text
	s = s.Trim(t)
	if s.Empty() {
		return nil
	}
	x := &Account{In: r.a, Told: told, Span: s, Sentence: r.a.Article.Sentences[n], Number: n, Kind: r.kind(s)}
	x.Words = words(t, s)
	quote := 0
	for i := range x.Words {
		w := &x.Words[i]
		for quote < len(r.quoted) && r.quoted[quote].End <= w.Span.Start {
			quote++
		}
		w.Quoted = quote < len(r.quoted) && r.quoted[quote].Contains(w.Span)
	}
	if x.stems = stemsOf(x.Words); len(x.stems) == 0 {
		return nil
	}
	negate(x.Words)
	x.outlook()
	x.Numbers = numbers(t, x.Words)
	x.Numbers = slices.DeleteFunc(x.Numbers, func(n Number) bool {
		return slices.ContainsFunc(r.a.Times, func(e news.TimeExpression) bool {
			return e.Type != news.TimeSet && e.Span.Overlaps(text.Span{Start: n.Span.Start, End: n.Span.Start + 1})
		})
	})
	for _, e := range r.a.Entities {
		named := slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Kind == news.ByName })
		for _, m := range e.Mentions {
			if named && s.Contains(m.Span) {
				x.Names = append(x.Names, Name{book.Plain(e.Name), e.Type, m.Span})
			}
		}
	}
	slices.SortStableFunc(x.Names, func(a, b Name) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	x.Times = r.times(s)
	x.sign()
	return x
}

// sign reckons what is asked of an account again and again.
func (x *Account) sign() {
	x.sig = sign(slices.Values(x.stems))
	for _, t := range x.Times {
		f, l := t.Days()
		if t.Lasts > 0 || f.IsZero() || l.IsZero() || l.Sub(f) > 10*24*time.Hour {
			continue
		}
		if x.first.IsZero() || f.Before(x.first) {
			x.first = f
		}
		if l.After(x.last) {
			x.last = l
		}
	}
	if x.first.IsZero() {
		x.first, x.last = x.Days()
		if x.first.IsZero() {
			x.first = x.last
		}
		if x.last.IsZero() {
			x.last = x.first
		}
	}
}

// Tells are the first and last day an account tells of: those of its times, else those on which it
// was given. Both are zero where none is known.
func (x *Account) Tells() (first, last time.Time) { return x.first, x.last }

// SameDays reports whether two accounts can be of the same happening: the days they tell of, else
// those on which they were given, meet.
func SameDays(a, b *Account) bool {
	af, al := a.Tells()
	bf, bl := b.Tells()
	if al.IsZero() || bl.IsZero() {
		return a.In.Event != "" && a.In.Event == b.In.Event
	}
	const day = 24 * time.Hour
	return !af.After(bl.Add(day)) && !bf.After(al.Add(day))
}

// MayShare reports whether two accounts can have n stems in common, as far as 256 bits tell: two
// stems of one bit are forgiven, three are not.
func MayShare(x, y *Account, n int) bool {
	return x.Shares(y.sig, n) || x.Unsigned() || y.Unsigned()
}

// Unsigned reports whether an account has so many stems that its signature tells nothing.
func (x *Account) Unsigned() bool { return len(x.stems) > 100 }

// A Signature is a set of stems in 256 bits.
type Signature [4]uint64

// Sign is the signature of stems.
func Sign(stems map[string]bool) Signature { return sign(maps.Keys(stems)) }

func sign(stems iter.Seq[string]) (sig Signature) {
	for s := range stems {
		h := fnv.New32a()
		_, _ = h.Write([]byte(s))
		b := h.Sum32() & 255
		sig[b>>6] |= 1 << (b & 63)
	}
	return sig
}

// Shares reports whether an account can have n of the stems of a signature, as far as its bits tell.
func (x *Account) Shares(sig Signature, n int) bool { return x.sig.Shares(sig, n) }

// Shares reports whether sets of stems can have n in common, as far as their bits tell.
func (s Signature) Shares(o Signature, n int) bool {
	k := 0
	for i := range s {
		k += bits.OnesCount64(s[i] & o[i])
	}
	return k > 0 && k+1 >= n
}

// Signature is the signature of the account's stems.
func (x *Account) Signature() Signature { return x.sig }

// outlook tells what is said to come, to depend or to be asked from what is said to be so.
func (x *Account) outlook() {
	if x.Told != nil {
		f := x.Told.Frame
		x.Condition = !f.Condition.Empty() && f.Condition.Overlaps(x.Sentence)
		x.Question = x.Told.Act == news.Question || f.Modality == news.Questioned
		x.Future = x.Told.Act == news.Plan
	}
	for i, w := range x.Words {
		if w.Lower == "may" && i > 0 && w.Span.Of(x.In.Article.Text) == "May" {
			continue // the month
		}
		switch w.Lower {
		case "will", "would", "shall", "'ll", "’ll", "won't", "won’t", "wouldn't", "wouldn’t", "should", "must", "could", "can", "may", "might":
			// "would have gone" is not to come either, and did not happen.
			x.Future = true
		case "plan", "plans", "planned", "due", "set", "expected", "scheduled": // but not "a plan for"
			x.Future = x.Future || i+1 < len(x.Words) && (x.Words[i+1].Lower == "to" || x.Words[i+1].Lower == "for" && w.Lower != "plan" && w.Lower != "plans")
		case "is", "are", "was", "were":
			x.Future = x.Future || i+2 < len(x.Words) && (x.Words[i+1].Lower == "to" || (x.Words[i+1].Lower == "still" && x.Words[i+2].Lower == "to"))
		case "if", "unless", "whether":
			x.Condition = true
		case "to": // "Town to plant 5,000 trees"
			x.Future = x.Future || i == 1 && (x.Kind == news.Title || x.Kind == news.TitleDup)
		}
		if strings.HasSuffix(w.Lower, "'ll") || strings.HasSuffix(w.Lower, "’ll") || strings.HasSuffix(w.Lower, "'d") || strings.HasSuffix(w.Lower, "’d") {
			x.Future = true
		}
	}
	if asks(x.Text()) {
		x.Question = true
	}
}

// Text is the account in its own words.
func (x *Account) Text() string { return x.Span.Of(x.In.Article.Text) }

// Has reports whether a stem is among the account's.
func (x *Account) Has(stem string) bool {
	_, found := slices.BinarySearch(x.stems, stem)
	return found
}

// HasWord reports whether a word, in any of its forms, is among the account's.
func (x *Account) HasWord(w string) bool { return x.Has(Stem(w)) }

// Stems are the stems of the account, sorted.
func (x *Account) Stems() []string { return slices.Clone(x.stems) }

// stemsOf are the different stems of words, sorted.
func stemsOf(ws []Word) []string {
	out := make([]string, 0, len(ws))
	for i := range ws {
		if ws[i].Stem != "" {
			out = append(out, ws[i].Stem)
		}
	}
	slices.Sort(out)
	return slices.Clip(slices.Compact(out))
}

// Content is how many different words that mean something the account has.
func (x *Account) Content() int { return len(x.stems) }

// Speaker is whose account it is: the one who is reported to give it, else the outlet.
func (x *Account) Speaker() news.Speaker {
	if x.Told != nil {
		if x.Told.Actor != nil {
			return x.Told.Actor.Speaker
		}
		return x.Told.Speaker
	}
	return news.Speaker{Name: x.In.Article.Outlet.Name, Reason: news.Reason{Rule: "narration", Detail: "the article says so itself"}}
}

// Voice names whose account it is, for comparison.
func (x *Account) Voice() string {
	if x.Told == nil {
		return "@" + string(x.In.Article.ID)
	}
	if x.Told.Actor == nil {
		return "?" + string(x.Told.ID)
	}
	return x.Told.Actor.Key
}

// Lasting is how long an account says that something took, zero where it says none or several.
func (x *Account) Lasting() (t Time) {
	for _, v := range x.Times {
		if v.Lasts > 0 && v.Lasts < 24*time.Hour {
			if t.Lasts > 0 {
				return Time{}
			}
			t = v
		}
	}
	return t
}

// Days are the first and last day on which the account was given: said, else published. A side
// that is not known is the zero time.
func (x *Account) Days() (first, last time.Time) {
	if x.Told != nil && (!x.Told.First.IsZero() || !x.Told.Last.IsZero()) {
		return x.Told.First, x.Told.Last
	}
	return x.In.Day(), x.In.Day()
}

// SharedCount is how many stems two accounts have both.
func SharedCount(x, y *Account) (n int) {
	for range both(x, y) {
		n++
	}
	return n
}

// Shared are the stems that two accounts have both, sorted.
func Shared(x, y *Account) (out []string) {
	for s := range both(x, y) {
		out = append(out, s)
	}
	return out
}

// both are the stems that two accounts have both, in order.
func both(x, y *Account) iter.Seq[string] {
	return func(yield func(string) bool) {
		p, q := x.stems, y.stems
		for len(p) > 0 && len(q) > 0 {
			switch by := strings.Compare(p[0], q[0]); {
			case by < 0:
				p = p[1:]
			case by > 0:
				q = q[1:]
			case !yield(p[0]):
				return
			default:
				p, q = p[1:], q[1:]
			}
		}
	}
}

// Names reports whether an account names somebody, by the full or the last name.
func (x *Account) Mentions(key string) bool {
	for _, n := range x.Names {
		if SameName(n.Key, key) {
			return true
		}
	}
	return false
}

// SameName reports whether two plain names can be one's: they are the same, or one is the other
// without what stands before it: a first name, an office.
func SameName(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || strings.HasSuffix(b, " "+a)
}

// clip is the part of a that lies in b.
func clip(a, b text.Span) text.Span {
	return text.Span{Start: max(a.Start, b.Start), End: min(a.End, b.End)}
}

// without are the pieces of s that none of the spans holds.
func without(s text.Span, spans []text.Span) (out []text.Span) {
	slices.SortFunc(spans, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
	at := s.Start
	for _, p := range spans {
		if p.Start > at {
			out = append(out, text.Span{Start: at, End: min(p.Start, s.End)})
		}
		at = max(at, p.End)
	}
	if at < s.End {
		out = append(out, text.Span{Start: at, End: s.End})
	}
	return out
}

// Cut is a part of an account, nil where nothing of it means anything.
func Cut(x *Account, s text.Span) *Account {
	r := reader{a: x.In}
	return r.account(x.Number, s, x.Told)
}

// Whole is all of a statement as one account, whatever sentences it spans.
func Whole(t *book.Told) *Account {
	r := reader{a: t.In}
	n := 0
	if all := r.sentences(t.Content[0]); len(all) > 0 {
		n = all[0]
	}
	x := &Account{In: t.In, Told: t, Span: t.Content[0], Sentence: t.Content[0], Number: n, Kind: r.kind(t.Content[0])}
	for _, c := range t.Content {
		x.Words = append(x.Words, words(t.In.Article.Text, c)...)
	}
	x.stems = stemsOf(x.Words)
	x.sign()
	return x
}

// Words are the words of a span of a text.
func Words(t string, s text.Span) []Word { return words(t, s) }

// NameOf is an entity as a name in an account.
func NameOf(e news.Entity, s text.Span) Name { return Name{book.Plain(e.Name), e.Type, s} }

// Named reports whether a word of an article is part of a name.
func Named(a *book.Article, s text.Span) bool {
	for _, e := range a.Entities {
		for _, m := range e.Mentions {
			if m.Kind == news.ByName && m.Span.Contains(s) {
				return true
			}
		}
	}
	return false
}

// InStory is the order of accounts: that of the book's articles, then of the text.
func InStory(x, y *Account) int {
	if x == y {
		return 0
	}
	if by := x.In.Published.Compare(y.In.Published); by != 0 {
		return by
	}
	return cmp.Or(cmp.Compare(x.In.Article.ID, y.In.Article.ID), cmp.Compare(x.Span.Start, y.Span.Start), cmp.Compare(x.Span.End, y.Span.End))
}

// times are those that a stretch tells.
func (r *reader) times(s text.Span) (out []Time) {
	for _, e := range r.a.Times {
		if s.Contains(e.Span) {
			if v, ok := parseTime(e); ok {
				out = append(out, v)
			}
		}
	}
	return out
}
