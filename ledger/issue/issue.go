// Package issue finds what positions of a story are about.
//
// The noun phrases of contents (Statement.Issues) are put together by their heads: "toll exemption"
// and "exemption for dockers" are one, and so are heads that stand for one another in news English
// (variants: "truce", "ceasefire"). One is an issue of the story if at least two actors speak of
// it, if it is spoken of on at least two days, or if somebody takes a stance that names it. Names of
// those who speak are none. Of many, those that most statements are about are kept.
//
// Verbs and turns of phrase ("exempt", "for free") put a statement under an issue that nouns made one,
// and so does the verb of which a noun is made: "they would meet" is about the meeting. A place that is to
// change hands stands for territory (places.go). A statement that takes up what was said before it
// ("that idea") is about the issues of the one right before it.
//
// It does not know that phrases without a head in common can be about one thing; a person may merge
// issues.
package issue

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"dateline/ledger/book"
	"dateline/ledger/stance"
	"dateline/ledger/words"
	"dateline/news"
)

const (
	mostIssues   = 40 // of a story; a reader of 200 seed statements named no more than 11
	mostOf       = 5  // issues of a statement
	leastActors  = 2
	leastDays    = 2
	leastReports = 1
)

// An Index is the candidates of a story and which of them are issues. It is kept up to date.
type Index struct {
	story      news.StoryID
	candidates map[string]*candidate
	of         map[*book.Told]counted
	standing   map[string]bool // keys that were issues when last settled
	names      map[string]string
	ids        map[string]news.IssueID       // of heads that were seen
	into       map[news.IssueID]news.IssueID // merged by people
	renamed    map[string]string
}

type phrase struct {
	key, text string
	act       bool     // named by what is done, not by a noun
	firm      bool     // somebody takes a stance that names it
	stems     []string // that name it here and are not of its text
}

// counted is a statement as it was counted.
type counted struct {
	phrases    []phrase
	actor, day string
}

type candidate struct {
	told    map[*book.Told]bool
	named   int // statements that name it by a noun
	firm    int // statements by which somebody takes a stance that names it
	stems   map[string]int
	actors  map[string]int
	days    map[string]int
	phrases map[string]int
}

// New is an index of a story without statements. decisions are those of people on its issues that
// hold, in the order in which they were made.
func New(story news.StoryID, decisions []news.Decision) *Index {
	x := &Index{
		story: story, candidates: map[string]*candidate{}, of: map[*book.Told]counted{}, standing: map[string]bool{},
		names: map[string]string{}, ids: map[string]news.IssueID{}, into: map[news.IssueID]news.IssueID{}, renamed: map[string]string{},
	}
	for _, d := range decisions {
		switch d.Kind {
		case news.MergeIssues:
			x.merge(news.IssueID(d.Object), news.IssueID(d.Other))
		case news.RenameIssue:
			x.renamed[d.Object] = d.Value
		}
	}
	return x
}

// merge puts one issue into another. Where that one went into the first, by way of others or at once,
// it does so no longer: of decisions that make a circle the later holds.
func (x *Index) merge(from, into news.IssueID) {
	if from == into {
		return
	}
	for at := into; x.into[at] != ""; at = x.into[at] {
		if x.into[at] == from {
			delete(x.into, at)
			break
		}
	}
	x.into[from] = into
}

// Issue is an issue by its key, which is its id.
func (x *Index) Issue(key string) news.Issue {
	return news.Issue{ID: news.IssueID(key), Name: x.names[key]}
}

// Known reports whether statements of the story have named an issue.
func (x *Index) Known(id news.IssueID) bool {
	for _, known := range x.ids {
		if known == id {
			return true
		}
	}
	return false
}

// key is the id of the issue that a head names: its own, or that of the one it was merged into.
func (x *Index) key(head string) string {
	id, seen := x.ids[head]
	if !seen {
		id = news.NewIssueID(x.story, head)
		x.ids[head] = id
	}
	for x.into[id] != "" {
		id = x.into[id]
	}
	return string(id)
}

// Put adds a statement.
func (x *Index) Put(t *book.Told) {
	list := x.phrases(t)
	if len(list) == 0 {
		return
	}
	n := counted{phrases: list}
	if t.Actor != nil {
		n.actor = t.Actor.Key
	}
	day := t.Last
	if day.IsZero() {
		day = t.In.Day()
	}
	if !day.IsZero() {
		n.day = day.Format(time.DateOnly)
	}
	x.of[t] = n
	for _, p := range list {
		if x.candidates[p.key] == nil {
			x.candidates[p.key] = &candidate{told: map[*book.Told]bool{}, actors: map[string]int{}, days: map[string]int{}, phrases: map[string]int{}, stems: map[string]int{}}
		}
		x.candidates[p.key].told[t] = true
		x.count(n, p, 1)
	}
}

// Drop takes a statement out.
func (x *Index) Drop(t *book.Told) {
	n := x.of[t]
	for _, p := range n.phrases {
		delete(x.candidates[p.key].told, t)
		if x.count(n, p, -1); len(x.candidates[p.key].told) == 0 {
			delete(x.candidates, p.key)
		}
	}
	delete(x.of, t)
}

func (x *Index) count(n counted, p phrase, by int) {
	c := x.candidates[p.key]
	add := func(m map[string]int, key string) {
		if key == "" {
			return
		}
		if m[key] += by; m[key] <= 0 {
			delete(m, key)
		}
	}
	if p.firm {
		c.firm += by
	}
	for _, s := range p.stems {
		add(c.stems, s)
	}
	if !p.act {
		c.named += by
		add(c.phrases, p.text)
	}
	add(c.actors, n.actor)
	add(c.days, n.day)
}

func (c *candidate) qualifies() bool {
	return c.named >= leastReports && (len(c.actors) >= leastActors || len(c.days) >= leastDays || c.firm > 0)
}

// Settle decides which candidates are issues. It answers the statements whose issues are others
// than before, or are called otherwise.
func (x *Index) Settle() []*book.Told {
	standing := map[string]bool{}
	var keys []string
	names := map[string]string{}
	for key, c := range x.candidates {
		if c.qualifies() {
			keys = append(keys, key)
			names[key] = x.name(key)
		}
	}
	slices.SortFunc(keys, func(a, b string) int { // by name, for ids depend on which article founded the story
		return cmp.Or(len(x.candidates[b].told)-len(x.candidates[a].told), strings.Compare(names[a], names[b]), strings.Compare(a, b))
	})
	for _, key := range keys[:min(len(keys), mostIssues)] {
		standing[key] = true
	}
	touched := map[*book.Told]bool{}
	touch := func(key string) {
		if c := x.candidates[key]; c != nil {
			for t := range c.told {
				touched[t] = true
			}
		}
	}
	for key := range standing {
		name := names[key]
		if !x.standing[key] || name != x.names[key] {
			touch(key)
		}
		x.names[key] = name
	}
	for key := range x.standing {
		if !standing[key] {
			touch(key)
			delete(x.names, key)
		}
	}
	x.standing = standing
	return slices.SortedFunc(maps.Keys(touched), book.InStory)
}

// name is the phrase that most statements use of the issue, if half of them do, else its head.
func (x *Index) name(key string) string {
	if n := x.renamed[key]; n != "" {
		return n
	}
	c := x.candidates[key]
	best := ""
	most := 0
	heads := map[string]int{}
	for p, n := range c.phrases {
		heads[canonical(head(p))] += n
		if n > most || n == most && (len(p) < len(best) || len(p) == len(best) && p < best) {
			best, most = p, n
		}
	}
	if 2*most >= c.named {
		return best
	}
	best, most = "", 0
	for h, n := range heads {
		if n > most || n == most && h < best {
			best, most = h, n
		}
	}
	return best
}

// Of are the keys of the issues that a statement is about, those that it names first first.
func (x *Index) Of(t *book.Told) []string {
	var keys []string
	for _, p := range x.of[t].phrases {
		if x.standing[p.key] && !slices.Contains(keys, p.key) {
			keys = append(keys, p.key)
		}
	}
	return keys[:min(len(keys), mostOf)]
}

// About tells the stems that name an issue.
func (x *Index) About(key string) func(stem string) bool {
	c := x.candidates[key]
	if c == nil {
		return func(string) bool { return false }
	}
	return naming(maps.Keys(c.phrases), maps.Keys(c.stems))
}

// naming tells the stems that name an issue of these phrases, and those that do so beside them.
func naming(phrases, beside iter.Seq[string]) func(stem string) bool {
	stems, roots := map[string]bool{}, map[string]bool{}
	add := func(p string) {
		roots[root(p)] = true
		list := words.Fields(p)
		for verb, h := range acts {
			if h == p {
				stems[verb] = true
			}
		}
		if len(list) > 0 {
			stems[words.Stem(list[len(list)-1])] = true
		}
	}
	for p := range phrases {
		add(head(p))
		add(canonical(head(p)))
		for _, v := range variants[canonical(head(p))] {
			add(v)
		}
	}
	for s := range beside {
		stems[s] = true
	}
	return func(s string) bool { return stems[s] || roots[root(s)] }
}

// phrases are the candidates of a statement.
func (x *Index) phrases(t *book.Told) []phrase { return x.phrasesBack(t, mostBack) }

// phrasesBack are the candidates of a statement, which may take up what stands so many statements back.
func (x *Index) phrasesBack(t *book.Told, back int) []phrase {
	out := x.named(t)
	if refers, plural := stance.Refers(t); refers && back > 0 {
		for _, p := range x.before(t, plural, back-1) {
			if !slices.ContainsFunc(out, func(o phrase) bool { return o.key == p.key }) {
				out = append(out, p)
			}
		}
	}
	return out
}

// named are the candidates that a statement names by a noun or by what is done.
func (x *Index) named(t *book.Told) []phrase {
	var out []phrase
	add := func(p phrase) {
		if !slices.ContainsFunc(out, func(o phrase) bool { return o.key == p.key }) {
			out = append(out, p)
		}
	}
	for _, p := range places(t) {
		p.key = x.key(p.key)
		add(p)
	}
	list := t.Issues
	if len(list) == 0 {
		list = heads(t)
	}
	for _, s := range list {
		text := strings.Join(words.Fields(s), " ")
		h := head(text)
		var beside []string
		if h == "fire" && strings.Contains(strings.Join(t.Words.Plain(), " "), "cease fire") {
			text, h, beside = "ceasefire", "ceasefire", []string{"fire"} // two tokens where it has a hyphen
		}
		if idea := strings.TrimSuffix(text, " "+h); proposing[h] && idea != text {
			text, h = idea, head(idea) // a "levy proposal" is about the levy
		}
		if len(h) < 3 || generic[h] || proposing[h] || t.In.Party(text) || t.In.Party(text+"s") {
			continue
		}
		p := phrase{key: x.key(rooted(h)), text: text, stems: beside}
		p.firm = t.Speaker.Name != "" && !t.Speaker.Anonymous && stance.Firm(t, naming(slices.Values([]string{text}), slices.Values(p.stems)))
		add(p)
	}
	for _, p := range deployed(t) {
		p.key = x.key(rooted(p.text))
		add(p)
	}
	for _, h := range done(t) {
		add(phrase{key: x.key(rooted(h)), act: true})
	}
	return out
}

// deployed are people as issues: those whom somebody sends, lets in or takes away ("to send 120 observers").
// Other nouns for people name none, and put a statement under such an issue.
func deployed(t *book.Told) (out []phrase) {
	f := &t.Frame
	for i := -1; i < len(f.Further); i++ {
		g := f
		if i >= 0 {
			g = &f.Further[i]
		}
		if h := g.Object.Head; deploying[g.Predicate] && len(h) > 3 && !generic[h] && g.Object.Entity == "" && slices.Contains(f.Heads, h) {
			out = append(out, phrase{text: h})
		}
	}
	for _, h := range f.Heads {
		if len(h) > 3 && !generic[h] && !slices.ContainsFunc(out, func(p phrase) bool { return p.text == h }) {
			out = append(out, phrase{text: h, act: true})
		}
	}
	return out
}

var deploying = wordSet("send deploy station withdraw recall admit expel dispatch")

// mostBack is how many statements before it one that takes something up is compared with, and as many
// sentences lie between them at most.
const mostBack = 2

// Leaning are the statements that may take up what a statement says: their issues hang on it.
func Leaning(t *book.Told) (out []*book.Told) {
	for i := slices.Index(t.In.Told, t) + 1; i > 0 && i < len(t.In.Told) && len(out) < mostBack*mostBack; i++ {
		u := t.In.Told[i]
		if refers, _ := stance.Refers(u); refers {
			out = append(out, u)
		}
		if t.In.SentencesBetween(t.End(), u.Start()) > mostBack*mostBack {
			break
		}
	}
	return out
}

// before are the issues of the statement right before one that takes up what was said ("that idea", "it
// cannot be done"): those on which it takes a stance, the first alone where one thing is taken up.
func (x *Index) before(t *book.Told, plural bool, back int) (out []phrase) {
	i := slices.Index(t.In.Told, t)
	for k := i - 1; k >= 0 && k >= i-mostBack; k-- {
		u := t.In.Told[k]
		if u.End() > t.End() || t.In.SentencesBetween(u.End(), t.Start()) > mostBack {
			continue
		}
		named := x.phrasesBack(u, back)
		for _, p := range named {
			if _, ok := stance.Of(u, naming(slices.Values([]string{p.text}), slices.Values(p.stems))); ok || p.firm {
				out = append(out, phrase{key: p.key, act: true})
			}
		}
		for _, p := range named { // "she had offered a crossing. It cannot be done"
			if len(out) == 0 && stance.Speaks(u, naming(slices.Values([]string{p.text}), slices.Values(p.stems))) {
				out = append(out, phrase{key: p.key, act: true})
			}
		}
		if len(out) > 1 && !plural {
			out = out[:1]
		}
		if len(named) > 0 {
			return out
		}
	}
	return nil
}

// done are the heads of issues that a content names by what is done: by its main verb, by one that
// somebody will, wants or ought to do, or by a turn of phrase.
func done(t *book.Told) (heads []string) {
	add := func(h string) {
		if h != "" && !slices.Contains(heads, h) {
			heads = append(heads, h)
		}
	}
	verb := func(lemma, stem string) {
		if h := acts[stem]; h != "" {
			add(h)
		} else if len(lemma) > 3 && !light[lemma] {
			add(lemma)
		}
	}
	verb(t.Frame.Predicate, words.Stem(t.Frame.Predicate))
	list := t.Words.Plain()
	for i := 1; i < len(list) && i < mostWords; i++ {
		if modal[list[i-1]] || i > 1 && list[i-1] == "not" && modal[list[i-2]] {
			verb(list[i], words.Stem(list[i]))
		}
	}
	return heads
}

// mostWords bounds how much of a content is looked through for verbs.
const mostWords = 120

// heads are the nouns of a content where its phrases were not read: those of its main clause first.
func heads(t *book.Told) []string {
	f := &t.Frame
	var out []string
	for _, h := range slices.Concat([]string{f.Object.Head, f.Subject.Head}, f.Heads) {
		if h != "" && !slices.Contains(out, h) && slices.Contains(f.Heads, h) { // an object may be an adjective
			out = append(out, h)
		}
	}
	for _, q := range f.Quantities {
		out = slices.DeleteFunc(out, func(h string) bool { return h == q.Unit })
	}
	return out
}

// head is the word that a phrase is named by: the last, or the one before "of".
func head(phrase string) string {
	before, _, _ := strings.Cut(phrase, " of ")
	return before[strings.LastIndexByte(before, ' ')+1:]
}

// canonical is the key of a head: that of the word it stands for.
func canonical(head string) string {
	if k := stands[head]; k != "" {
		return k
	}
	if singular := strings.TrimSuffix(head, "s"); singular != head && len(singular) > 3 && !strings.HasSuffix(singular, "s") {
		if k := stands[singular]; k != "" {
			return k
		}
		return singular
	}
	return head
}

// rooted is the key of a noun and of the verb that it is made of.
func rooted(w string) string {
	if k := stands[w]; k != "" {
		return root(k)
	}
	r := root(canonical(w))
	if k := standRoots[r]; k != "" {
		return root(k)
	}
	return r
}

// root is what a noun and its verb have in common: "negotiation" and "negotiate" are "negoti",
// "meeting" and "meet" are "meet". It is for comparing only.
func root(w string) string {
	s := words.Stem(w)
	for _, e := range []struct {
		ending string
		least  int
	}{{"ation", 4}, {"ion", 5}, {"ment", 5}, {"al", 5}, {"ur", 4}, {"at", 5}} {
		if base, ok := strings.CutSuffix(s, e.ending); ok && len(base) >= e.least {
			return base
		}
	}
	return s
}
