// Package position keeps where actors stand on issues over time, and where that changed.
//
// A position is an actor, an issue, a stance and a time, with the statements that carry it. What
// the actor says itself and what others say of it are kept apart. A position holds for the days
// on which it was stated and no longer. Two neighbouring positions of an actor on an issue whose
// stance differs are a change, unless one sees that they speak of different things; then, and
// where the stance is the same, the pair is kept as a difference with the test that says why.
package position

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/ledger/book"
	"dateline/ledger/issue"
	"dateline/ledger/origin"
	"dateline/ledger/stance"
	"dateline/ledger/words"
	"dateline/news"
)

// An Index is the stances of a story by actor and issue. It is kept up to date.
type Index struct {
	book    *book.Book
	issues  *issue.Index
	of      map[*book.Told][]*take
	groups  map[group]*takes
	touched map[group]bool
}

type group struct{ actor, issue string }

// takes are the stances of a group.
type takes struct {
	narrow []*take                   // those of few days, by the first of these
	wide   map[news.Interval][]*take // those of many days or none, by their time
	fresh  []*take                   // put since the rows were made
	broken []*cluster                // of which a stance was taken out since
	own    []*stand                  // the positions that may change, in the order of time
	issue  news.Issue                // as the rows have it
}

// A cluster is stances that hang together, and the positions that they make: what comes or goes in one
// leaves the others of its group alone.
type cluster struct {
	takes  []*take
	stands []*stand
	broken bool
}

// put adds a stance. A statement has no more than one on an issue.
func (l *takes) put(k *take) {
	if l.fresh = append(l.fresh, k); width(k) > narrow {
		if l.wide == nil {
			l.wide = map[news.Interval][]*take{}
		}
		l.wide[k.said.When] = append(l.wide[k.said.When], k)
		return
	}
	at, _ := slices.BinarySearchFunc(l.narrow, k.first, byFirst)
	l.narrow = slices.Insert(l.narrow, at, k)
}

func (l *takes) drop(k *take) {
	l.breakUp(k.cluster)
	k.gone = true
	if width(k) > narrow {
		list := l.wide[k.said.When]
		if at := slices.Index(list, k); len(list) == 1 && at == 0 {
			delete(l.wide, k.said.When)
		} else {
			l.wide[k.said.When] = slices.Delete(list, at, at+1)
		}
		return
	}
	at, _ := slices.BinarySearchFunc(l.narrow, k.first, byFirst)
	at += slices.Index(l.narrow[at:], k)
	l.narrow = slices.Delete(l.narrow, at, at+1)
}

func byFirst(k *take, at time.Time) int { return k.first.Compare(at) }

// breakUp has a cluster gathered anew.
func (l *takes) breakUp(c *cluster) {
	if c != nil && !c.broken {
		c.broken = true
		l.broken = append(l.broken, c)
	}
}

// all visits the stances of the group.
func (l *takes) all(visit func(*take)) {
	for _, k := range l.narrow {
		visit(k)
	}
	for _, list := range l.wide {
		for _, k := range list {
			visit(k)
		}
	}
}

func inStory(a, b *take) int { return book.InStory(a.Told, b.Told) }

// A take is the stance of one statement.
type take struct {
	group
	*book.Told
	holder      news.Speaker
	ascribed    news.Speaker
	by          string // the key of who ascribes it; "" for what the actor states
	read        stance.Reading
	stance      news.Stance // as read or, of reports of one utterance, as most of them have it
	rule        news.Reason
	said        news.Said
	first, last time.Time
	opens       *stand   // the position, as last made, of which it is the first
	cluster     *cluster // as last made
	gone        bool
}

// New is an index without statements.
func New(b *book.Book, issues *issue.Index) *Index {
	return &Index{book: b, issues: issues, of: map[*book.Told][]*take{}, groups: map[group]*takes{}, touched: map[group]bool{}}
}

// Put reads the stances of a statement.
func (x *Index) Put(t *book.Told) {
	if t.Actor == nil || t.Act == news.Question || t.Act == news.Poll || t.Act == news.Perception || !minded(t) {
		return
	}
	for _, key := range x.issues.Of(t) {
		r, ok := stance.Of(t, x.issues.About(key))
		if !ok {
			continue
		}
		x.take(t, key, r)
		if _, held := x.book.Somebody(t.In, r.Holder); r.Shared && held != t.Actor.Key {
			r.Holder = ""
			x.take(t, key, r)
		}
	}
}

// minded reports whether whoever is given for the speaker can stand somewhere: people and bodies can, a law,
// a letter or a share of those asked cannot, and the outlet tells what others hold.
func minded(t *book.Told) bool {
	name := news.Fold(t.Actor.Name)
	if name == news.Fold(t.In.Article.Outlet.Name) {
		return false
	}
	if e := t.In.Entity(t.Actor.Entity); e != nil && e.Type != "" && e.Type != news.OtherEntity {
		return true
	}
	name = t.Actor.Name
	for _, end := range []string{" of ", " from ", " by ", " like ", " led ", " that ", " to ", " on ", " in ", ","} {
		name, _, _ = strings.Cut(name, end)
	}
	list := strings.Fields(name)
	if len(list) > 1 && articles[strings.ToLower(list[0])] {
		list = list[1:]
	}
	if len(list) == 0 {
		return false
	}
	last := strings.TrimSuffix(news.Fold(list[len(list)-1]), "s")
	if papers[last] {
		return false
	}
	proper := !slices.ContainsFunc(list, func(w string) bool { return strings.ToLower(w[:1]) == w[:1] })
	return proper && len(list) > 1 || bodies[last] || slices.ContainsFunc([]string{"er", "or", "ist", "ian", "can"}, func(end string) bool { return strings.HasSuffix(last, end) })
}

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

var articles = wordSet("the a an some many several other another both two three this that our its his her their")

// papers are nouns of what words and pictures stand in, and of shares, that end like a doer.
var papers = wordSet("order letter paper poster number banner chapter newsletter")

// bodies are nouns of people who act together, and of people that do not end like a doer.
var bodies = wordSet(`opposition union group party club council city town government ministry company firm association federation administration committee commission board agency court parliament congress senate
	democrat resident critic activist lawmaker student parent neighbor neighbour tenant farmer doctor nurse official aide scientist expert analyst moderate president justice judge chief secretary
	state country nation church school university hospital bank police army force alliance coalition movement campaign department office team family community staff crowd`)

// take notes a stance of a statement.
func (x *Index) take(t *book.Told, key string, r stance.Reading) {
	k := &take{Told: t, holder: t.Actor.Speaker, read: r, said: t.Statement.Said}
	k.actor, k.issue = t.Actor.Key, key
	if len(t.RelayedBy) > 0 {
		k.ascribed, k.by = x.book.Somebody(t.In, t.RelayedBy[len(t.RelayedBy)-1])
	}
	if r.Holder != "" {
		if who, key := x.book.Somebody(t.In, r.Holder); key != "" && key != k.actor {
			k.ascribed, k.by = t.Actor.Speaker, t.Actor.Key
			k.holder, k.actor = who, key
		}
	}
	if k.by == k.actor {
		k.ascribed, k.by = news.Speaker{}, ""
	}
	if k.holder.Anonymous {
		return
	}
	if t.Of != nil && k.holder.Name == t.Actor.Name {
		k.said = t.Of.Said
	}
	k.first, k.last = k.said.When.Bounds()
	x.of[t] = append(x.of[t], k)
	if x.groups[k.group] == nil {
		x.groups[k.group] = &takes{}
	}
	x.groups[k.group].put(k)
	x.touched[k.group] = true
}

// Drop takes a statement out.
func (x *Index) Drop(t *book.Told) {
	for _, k := range x.of[t] {
		x.groups[k.group].drop(k)
		x.touched[k.group] = true
	}
	delete(x.of, t)
}

// Settle decides the groups that were touched anew: the rows that are no more, and those that are
// new or were made anew.
func (x *Index) Settle() (gone []news.EntryID, made []news.Entry) {
	for g := range x.touched {
		list := x.groups[g]
		old, fresh := x.rows(g, list)
		gone, made = append(gone, old...), append(made, fresh...)
		if len(list.narrow)+len(list.wide) == 0 {
			delete(x.groups, g)
		}
	}
	clear(x.touched)
	return gone, made
}

// stand is a position under way.
type stand struct {
	takes       []*take // in the order of the story
	first, last time.Time
	entry       news.Entry
	said        []reading   // of the takes, when the entry was made
	next        *stand      // the position that follows it, as last seen
	between     *news.Entry // what lies between the two, nil if there is nothing to tell
	stays, gone bool        // while its cluster is gathered anew
}

// A reading is what a position takes from a stance.
type reading struct {
	stance news.Stance
	rule   news.Reason
}

// rows are those of a group that are no more, and those that are not as they were last made; some of the
// former are made again.
func (x *Index) rows(g group, list *takes) (gone []news.EntryID, fresh []news.Entry) {
	if issue := x.issues.Issue(g.issue); list.issue != issue {
		list.issue = issue
		list.all(func(k *take) { list.breakUp(k.cluster) })
	}
	var stands []*stand // made anew, or that stay
	seeds := list.fresh
	for i, n := 0, 0; ; i++ {
		for ; n < len(list.broken); n++ { // grows as clusters are met that hang together with what was put
			seeds = append(seeds, list.broken[n].takes...)
		}
		if i == len(seeds) {
			break
		}
		k := seeds[i]
		if k.gone || k.cluster != nil && !k.cluster.broken {
			continue // gathered already
		}
		c := x.cluster(k, list)
		agree(c.takes)
		c.stands = gather(c.takes)
		for i, s := range c.stands {
			slices.SortStableFunc(s.takes, inStory)
			if old := s.takes[0].opens; old != nil && old.says(s, list.issue) {
				old.stays = true
				c.stands[i] = old
			} else {
				for _, k := range s.takes {
					s.said = append(s.said, reading{k.stance, k.rule})
				}
				s.entry = x.entry(g, s, list.issue)
				fresh = append(fresh, s.entry)
			}
		}
		stands = append(stands, c.stands...)
	}
	for _, c := range list.broken {
		for _, s := range c.stands {
			s.takes[0].opens = nil
			if s.gone = !s.stays; !s.gone {
				continue
			}
			if gone = append(gone, s.entry.ID); s.between != nil {
				gone = append(gone, s.between.ID)
			}
		}
	}
	if len(gone) > 0 {
		list.own = slices.DeleteFunc(list.own, func(s *stand) bool { return s.gone })
	}
	for _, s := range stands {
		if s.takes[0].opens = s; s.stays {
			s.stays = false
		} else if s.takes[0].by == "" && !s.first.IsZero() && !s.last.IsZero() && width(s.takes[0]) <= narrow {
			at, _ := slices.BinarySearchFunc(list.own, s, inTime)
			list.own = slices.Insert(list.own, at, s)
		}
	}
	list.fresh, list.broken = nil, nil
	old, newer := list.changes()
	return append(gone, old...), append(fresh, newer...)
}

// cluster is all that hangs together with a stance, which no position reaches beyond: of one utterance, of
// days that touch, or told with the very same time. The clusters that it comes to are broken up.
func (x *Index) cluster(k *take, list *takes) *cluster {
	c := &cluster{}
	reach := func(o *take) {
		if o.cluster != c && o.group == k.group {
			list.breakUp(o.cluster)
			o.cluster = c
			c.takes = append(c.takes, o)
		}
	}
	reach(k)
	for i := 0; i < len(c.takes); i++ {
		k := c.takes[i]
		if k.Of != nil && len(k.Of.Reports) > 1 {
			for _, t := range k.Of.Reports {
				for _, o := range x.of[t] {
					reach(o)
				}
			}
		}
		if width(k) > narrow {
			for _, o := range list.wide[k.said.When] {
				if o.In == k.In || !k.said.When.IsZero() {
					reach(o)
				}
			}
			continue
		}
		at, _ := slices.BinarySearchFunc(list.narrow, k.first.AddDate(0, 0, -narrow-1), byFirst)
		for _, o := range list.narrow[at:] {
			if o.first.After(k.last) {
				break
			}
			if !o.last.Before(k.first) {
				reach(o)
			}
		}
	}
	slices.SortFunc(c.takes, func(a, b *take) int {
		return cmp.Or(cmp.Compare(width(a), width(b)), a.first.Compare(b.first), inStory(a, b))
	})
	return c
}

// gather puts stances together that were taken at one time: of the positions that one fits, the
// first that was found. What can fit is looked up by utterance, by day, or by the very time, so
// that the work is linear.
func gather(sorted []*take) []*stand {
	if len(sorted) == 1 {
		return []*stand{{takes: sorted[:1:1], first: sorted[0].first, last: sorted[0].last}}
	}
	var stands []*stand
	byUtterance, byDay, byTime := make(map[*book.Utterance][]int, len(sorted)), make(map[int64][]int, len(sorted)), map[news.Interval][]int{}
	for _, k := range sorted {
		best := -1
		look := func(list []int) {
			for _, i := range list {
				if o := stands[i].takes[0]; (best < 0 || i < best) && o.stance == k.stance && o.by == k.by && stands[i].fits(k) {
					best = i
				}
			}
		}
		const day = 24 * 60 * 60
		first, last := k.first.Unix(), k.last.Unix()
		exact := width(k) <= narrow
		if k.Of != nil {
			look(byUtterance[k.Of])
		}
		if exact {
			for d := first; d <= last; d += day {
				look(byDay[d])
			}
		} else {
			look(byTime[k.said.When])
		}
		if best < 0 {
			best = len(stands)
			stands = append(stands, &stand{first: k.first, last: k.last})
		}
		stands[best].takes = append(stands[best].takes, k)
		if k.Of != nil {
			note(byUtterance, k.Of, best)
		}
		if exact {
			for d := first; d <= last; d += day {
				note(byDay, d, best)
			}
		} else {
			note(byTime, k.said.When, best)
		}
	}
	return stands
}

func note[K comparable](lists map[K][]int, k K, n int) {
	if !slices.Contains(lists[k], n) {
		lists[k] = append(lists[k], n)
	}
}

// says reports whether a position that was made before says what one would that is to be made.
func (s *stand) says(o *stand, issue news.Issue) bool {
	if len(s.takes) != len(o.takes) || s.entry.Issue != issue {
		return false
	}
	for i, k := range o.takes {
		if s.takes[i] != k || s.said[i].stance != k.stance || s.said[i].rule != k.rule {
			return false
		}
	}
	return true
}

// agree gives the reports of one utterance one stance: that of most of them, then of the fullest.
func agree(list []*take) {
	if len(list) == 1 {
		list[0].stance, list[0].rule = list[0].read.Stance, list[0].read.Rule
		return
	}
	type key struct {
		of *book.Utterance
		by string
	}
	byUtterance := map[key][]*take{}
	for _, k := range list {
		k.stance, k.rule = k.read.Stance, k.read.Rule
		if k.Of != nil && len(k.Of.Reports) > 1 {
			byUtterance[key{k.Of, k.by}] = append(byUtterance[key{k.Of, k.by}], k)
		}
	}
	for u, same := range byUtterance {
		votes := map[news.Stance]int{}
		for _, k := range same {
			votes[k.stance] += 1000
		}
		if len(votes) < 2 {
			continue
		}
		for i, t := range u.of.Reports {
			for _, k := range same {
				if k.Told == t {
					votes[k.stance] += max(0, 100-i)
				}
			}
		}
		var best *take
		for _, k := range same {
			if best == nil || votes[k.stance] > votes[best.stance] || votes[k.stance] == votes[best.stance] && k.stance < best.stance {
				best = k
			}
		}
		for _, k := range same {
			k.stance, k.rule = best.stance, best.rule
		}
	}
}

func width(k *take) int {
	if k.first.IsZero() || k.last.IsZero() {
		return 1 << 30
	}
	return int(k.last.Sub(k.first) / (24 * time.Hour))
}

// narrow is how many days a said interval may have to count as one occasion.
const narrow = 3

// fits reports whether a stance was taken when the position was stated: in the same utterance,
// on the same days, or told with the very same time.
func (s *stand) fits(k *take) bool {
	if k.Of != nil && slices.ContainsFunc(s.takes, func(o *take) bool { return o.Of == k.Of }) {
		return true
	}
	o := s.takes[0]
	if width(k) > narrow || width(o) > narrow {
		return k.said.When == o.said.When && (k.In == o.In || !k.said.When.IsZero())
	}
	return !k.last.Before(o.first) && !o.last.Before(k.first)
}

func (x *Index) entry(g group, s *stand, issue news.Issue) news.Entry {
	first := s.takes[0]
	for _, k := range s.takes { // the fullest words, those that the actor said itself first
		if cmp.Or(cmp.Compare(k.Words.Quote, first.Words.Quote), cmp.Compare(len(k.Words.Words), len(first.Words.Words))) > 0 && k.Words.Quote > 0 && k.rule.Rule == first.rule.Rule {
			first = k
		}
	}
	e := news.Entry{
		Kind: news.Position, Actor: first.holder, Text: first.Text, Said: first.said, Venue: first.Venue, Issue: issue, Stance: first.stance,
		AscribedBy: first.ascribed, Rule: first.rule, Statements: []news.StatementID{first.ID},
	}
	reports := []*book.Told{first.Told}
	for _, k := range s.takes {
		if width(k) < width(first) && k.said.When != e.Said.When {
			e.Said = k.said
		}
		if k.Of != nil && !slices.Contains(e.Of, k.Of.ID) {
			e.Of = append(e.Of, k.Of.ID)
		}
		if k != first {
			e.Statements = append(e.Statements, k.ID)
			reports = append(reports, k.Told)
		}
	}
	e.Origins, e.Chain = origin.Of(reports), origin.Chain(reports)
	e.ID = news.NewEntryID(string(news.Position), g.actor, g.issue, string(first.stance), first.by, string(s.takes[0].ID))
	return e
}

// inTime is the order of positions by when they were last stated.
func inTime(a, b *stand) int {
	return cmp.Or(a.last.Compare(b.last), book.InStory(a.takes[0].Told, b.takes[0].Told))
}

// changes are what lies between neighbouring positions that the actor states itself.
func (l *takes) changes() (gone []news.EntryID, fresh []news.Entry) {
	for i, from := range l.own {
		var to *stand // the next that is later is the neighbour
		for k := i + 1; k < len(l.own) && k <= i+mostNeighbours && to == nil; k++ {
			if from.last.Before(l.own[k].first) {
				to = l.own[k]
			}
		}
		if to == from.next {
			continue
		}
		if from.between != nil {
			gone = append(gone, from.between.ID)
		}
		if from.next, from.between = to, nil; to == nil {
			continue
		}
		if e, ok := between(from, to); ok {
			from.between = &e
			fresh = append(fresh, e)
		}
	}
	return gone, fresh
}

// mostNeighbours is how many positions of one day are looked past for the next later one.
const mostNeighbours = 8

// side is for, against, or neither.
func side(s news.Stance) int {
	switch s {
	case news.Supports, news.Demands, news.Offers:
		return 1
	case news.Opposes:
		return -1
	}
	return 0
}

// between is the change or the difference of two neighbours; ok is false where there is nothing to
// tell: two that are both for it in other ways, or both leave it open.
func between(from, to *stand) (e news.Entry, ok bool) {
	if a, b := from.entry.Stance, to.entry.Stance; a != b && side(a) == side(b) && a != news.Conditional && b != news.Conditional {
		return e, false
	}
	e = to.entry
	e.Kind, e.Of, e.Chain, e.Wordings = news.Change, []news.EntryID{from.entry.ID, to.entry.ID}, nil, nil
	e.Statements = slices.Concat(to.entry.Statements, from.entry.Statements)
	e.Rule = news.Reason{Rule: "stance-changed", Detail: string(from.entry.Stance) + ", then " + string(to.entry.Stance)}
	if test, why := same(from, to); test != "" {
		e.Kind, e.Rule = news.Difference, news.Reason{Rule: test, Detail: why}
	} else {
		e.ReportedBy = reportedBy(from, to)
	}
	e.ID = news.NewEntryID(string(e.Kind), string(from.entry.ID), string(to.entry.ID))
	reports := []*book.Told{}
	for _, k := range append(slices.Clone(to.takes), from.takes...) {
		reports = append(reports, k.Told)
	}
	e.Origins = origin.Of(reports)
	return e, true
}

// same says why two positions that differ, or sound as if they did, are no change.
func same(from, to *stand) (test, why string) {
	a, b := from.takes[0], to.takes[0]
	if from.entry.Stance == to.entry.Stance {
		if from.entry.Stance == news.Conditional && !alike(a.Stems, b.Stems) {
			return "other-condition", "the stance is conditional both times, on other things"
		}
		return "restated", "the same stance on another day"
	}
	frameA, frameB := timeFrame(a.Text), timeFrame(b.Text)
	if frameA != frameB && frameA != "" && frameB != "" {
		return "other-time-frame", frameA + " / " + frameB
	}
	if before, only := onlyPart(a.Text), onlyPart(b.Text); before != only {
		return "other-object", cmp.Or(only, before) // "a toll on trucks alone", and then of all again
	}
	return "", ""
}

func alike(a, b []string) bool {
	n := 0
	for _, s := range a {
		if slices.Contains(b, s) {
			n++
		}
	}
	return 2*n >= min(len(a), len(b))
}

// timeFrame is the clause that says for which time a content holds: "while the bridge is being
// built", "after the opening".
func timeFrame(s string) string {
	list := words.Fields(s)
	for i, w := range list {
		switch w {
		case "while", "after", "before", "once", "during", "when":
			return strings.Join(list[i:min(len(list), i+4)], " ")
		case "as":
			if i+2 < len(list) && list[i+1] == "long" && list[i+2] == "as" {
				return strings.Join(list[i:min(len(list), i+6)], " ")
			}
		}
	}
	return ""
}

// onlyPart is the words by which a content speaks of a part of the issue: "a toll on trucks alone".
func onlyPart(s string) string {
	list := words.Fields(s)
	for i, w := range list {
		if w == "alone" && i > 0 || w == "only" && i+1 < len(list) && list[i+1] == "for" {
			return strings.Join(list[max(0, i-3):min(len(list), i+3)], " ")
		}
	}
	return ""
}

// reportedBy are the articles that set the two positions side by side: they tell the later one and
// the earlier one too, and came out no earlier than the later one.
func reportedBy(from, to *stand) []news.ArticleID {
	var out []news.ArticleID
	for _, k := range to.takes {
		a := k.In
		tells := slices.ContainsFunc(from.takes, func(o *take) bool { return o.In == a })
		if !tells {
			tells = slices.ContainsFunc(markers, func(m string) bool {
				return strings.Contains(" "+news.Fold(a.Text(a.Sentence(k.Content[0])))+" ", m)
			})
		}
		if tells && !slices.Contains(out, a.Article.ID) {
			out = append(out, a.Article.ID)
		}
	}
	return out
}

// markers are words by which an outlet says that somebody changed a position.
var markers = []string{
	" less than a day after ", " changed ", " reversed ", " reversal ", " no longer ", " backtrack", " u turn ", " previously ", " shift in ", " softer ", " about face ",
	" abandoned ", " dropped his ", " dropped her ", " walked back ", " after saying ", " had ruled out ", " had earlier ", " climbdown ",
}
