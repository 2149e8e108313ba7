package conflict

import (
	"slices"
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/deed"
	"dateline/ledger/dispute"
	"dateline/news"
)

// An Index keeps the pairs of a story that grows: an article that comes is compared with what the
// others hold under the same keys, and one that goes takes its pairs along. What two accounts are
// to each other depends on them and their two articles alone, so the pairs are the same in
// whatever order the articles came. It is not safe for concurrent use.
type Index struct {
	leaves    map[*book.Article]*leaf
	by        map[string][]*account.Account // key -> accounts under it
	quotes    map[string][]quotation        // of a speaker
	openings  map[string][]quotation        // by their first words, whoever speaks
	deed      map[string][]deed.Deed        // by the act
	meetings  map[string][]deed.Meeting     // of a person
	named     []identity
	groups    *dispute.Groups
	shelf     *account.Shelf
	keep      bool // also what is ruled out
	dismissed []Dismissed
}

// A leaf is an article as it was last looked at.
type leaf struct {
	event    news.EventID
	copyOf   news.ArticleID
	accounts []*account.Account
	offices  account.Offices
	print    uint64                 // of who says what in it, in which act of saying
	pairs    map[*dispute.Pair]bool // with an account of it
	keys     []string               // under which its accounts stand
	speakers []string               // whose quotations it has
	openings []string               // of its quotations
	acts     []string               // of the deeds it tells
	people   []string               // whose meetings it tells of
}

// New is an index of no article, which takes accounts from a shelf.
func New(shelf *account.Shelf) *Index {
	return &Index{shelf: shelf, groups: dispute.New(), leaves: map[*book.Article]*leaf{}, by: map[string][]*account.Account{}, quotes: map[string][]quotation{}, openings: map[string][]quotation{}, deed: map[string][]deed.Deed{}, meetings: map[string][]deed.Meeting{}}
}

// Update brings the index to the state of the book. moved are statements whose actor or act of
// saying may have changed since.
func (j *Index) Update(b *book.Book, moved map[*book.Told]bool) {
	here, stale := map[*book.Article]bool{}, map[*book.Article]bool{}
	for _, a := range b.Articles {
		here[a] = true
	}
	for t := range moved {
		if here[t.In] && j.leaves[t.In] != nil && !stale[t.In] {
			stale[t.In] = j.leaves[t.In].print != account.Print(t.In)
		}
	}
	var gone []*book.Article
	for a, l := range j.leaves {
		if !here[a] || stale[a] || l.event != a.Event || l.copyOf != a.CopyOf {
			stale[a] = true
			gone = append(gone, a)
		}
	}
	for t := range moved {
		if here[t.In] && !stale[t.In] {
			j.retell(t) // the same act of saying, with other reports
		}
	}
	// What a copy has beside its original is looked at anew when the original is.
	for _, a := range b.Articles {
		if l := j.leaves[a]; l != nil && l.copyOf != "" && !stale[a] {
			if of := b.Article(l.copyOf); of != nil && (j.leaves[of] == nil || stale[of]) || of == nil && slices.ContainsFunc(gone, func(g *book.Article) bool { return g.Article.ID == l.copyOf }) {
				gone = append(gone, a)
			}
		}
	}
	j.drop(gone)
	for _, copies := range []bool{false, true} {
		for _, a := range b.Articles {
			if j.leaves[a] == nil && (a.CopyOf != "") == copies {
				j.put(a, j.leaves[b.Article(a.CopyOf)])
			}
		}
	}
}

// retell touches the pairs of a statement of which other reports are known now, or whose article was
// taken back. A wording is a voice of its own, so the pairs of wordings are those of all reports.
func (j *Index) retell(t *book.Told) {
	j.groups.Retell(t)
	reports := []*book.Told{t}
	if t.Of != nil {
		reports = t.Of.Reports
	}
	for _, r := range reports {
		if l := j.leaves[r.In]; l != nil {
			for p := range l.pairs {
				if p.Kind == news.OnWording && (p.A.Told == r || p.B.Told == r) {
					j.groups.Touch(p)
				}
			}
		}
	}
}

func (j *Index) drop(gone []*book.Article) {
	if len(gone) == 0 {
		return
	}
	out := map[*book.Article]bool{}
	keys, speakers, people, openings, acts := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, a := range gone {
		out[a] = true
		l := j.leaves[a]
		note(keys, l.keys)
		note(speakers, l.speakers)
		note(people, l.people)
		note(openings, l.openings)
		note(acts, l.acts)
	}
	for _, a := range gone {
		for p := range j.leaves[a].pairs {
			j.groups.Drop(p)
			delete(j.leaves[p.A.In].pairs, p)
			delete(j.leaves[p.B.In].pairs, p)
		}
	}
	for _, a := range gone {
		delete(j.leaves, a)
	}
	for k := range keys {
		j.by[k] = slices.DeleteFunc(j.by[k], func(x *account.Account) bool { return out[x.In] })
	}
	for k := range speakers {
		j.quotes[k] = slices.DeleteFunc(j.quotes[k], func(q quotation) bool { return out[q.t.In] })
	}
	for k := range openings {
		j.openings[k] = slices.DeleteFunc(j.openings[k], func(q quotation) bool { return out[q.t.In] })
	}
	for k := range acts {
		j.deed[k] = slices.DeleteFunc(j.deed[k], func(d deed.Deed) bool { return out[d.In.In] })
	}
	for k := range people {
		j.meetings[k] = slices.DeleteFunc(j.meetings[k], func(m deed.Meeting) bool { return out[m.X.In] })
	}
	j.named = slices.DeleteFunc(j.named, func(v identity) bool { return out[v.x.In] })
}

func note(set map[string]bool, list []string) {
	for _, k := range list {
		set[k] = true
	}
}

// put compares an article with those that are there. original is the leaf of what it copies: what
// a copy says in the very words of its original is no account of its own.
func (j *Index) put(a *book.Article, original *leaf) {
	l := &leaf{event: a.Event, copyOf: a.CopyOf, print: account.Print(a), pairs: map[*dispute.Pair]bool{}}
	l.accounts, l.offices = j.shelf.Of(a)
	if original != nil {
		has := map[string]bool{}
		for _, x := range original.accounts {
			has[plain(x)] = true
		}
		l.accounts = slices.DeleteFunc(slices.Clone(l.accounts), func(x *account.Account) bool { return has[plain(x)] })
	}
	j.leaves[a] = l
	j.sideBySide(l.accounts)
	j.denials(l.accounts)
	j.branded(l.accounts)
	j.doubted(l.accounts)
	for i, x := range l.accounts {
		j.across(x)
		if d, ok := deed.Of(x); ok {
			for _, e := range j.deed[d.Act] {
				j.deeds(e, d)
			}
			j.deed[d.Act] = append(j.deed[d.Act], d)
			l.acts = append(l.acts, d.Act)
		}
		if v, ok := identified(l.accounts[:i], x); ok {
			for _, w := range j.named {
				j.twoNames(v, w)
			}
			for _, y := range j.by["recorded"] {
				j.spoken(v, y)
			}
			j.named = append(j.named, v)
		}
		if m, ok := deed.MeetingOf(l.accounts[:i], x); ok {
			done := map[*account.Account]bool{}
			for _, who := range m.Who {
				key := who[strings.LastIndexByte(who, ' ')+1:]
				for _, o := range j.meetings[key] {
					if !done[o.X] {
						done[o.X] = true
						j.meet(m, o)
					}
				}
				j.meetings[key] = append(j.meetings[key], m)
				l.people = append(l.people, key)
			}
		}
	}
	for _, t := range a.Told {
		if t.Actor == nil {
			continue
		}
		if q, ok := quoted(t); ok {
			key := speaker(t.Actor)
			for _, o := range j.quotes[key] {
				j.twoWordings(q, o)
			}
			j.quotes[key] = append(j.quotes[key], q)
			l.speakers = append(l.speakers, key)
			if key := opening(q); key != "" {
				for _, o := range j.openings[key] {
					j.sameQuotation(o, q)
				}
				j.openings[key] = append(j.openings[key], q)
				l.openings = append(l.openings, key)
			}
		}
	}
}

// opening is the first words of a quotation that is long enough to be nobody else's.
func opening(q quotation) string {
	if len(q.words) < ownWords {
		return ""
	}
	key := ""
	for _, w := range q.words[:4] {
		key += w.Lower + " "
	}
	return key
}

func plain(x *account.Account) string {
	if x.Told == nil {
		return news.Fold(x.Text())
	}
	return x.Voice() + ": " + news.Fold(x.Text())
}

// across compares an account with those of other sentences that are known, under its keys, and puts
// it there.
func (j *Index) across(x *account.Account) {
	var keys []string
	with := func(key string, compare func(y *account.Account)) {
		for _, y := range j.by[key] {
			compare(y)
		}
	}
	put := func(key string) { keys = append(keys, key) }

	counted := map[*account.Account]bool{}
	for _, n := range counting(x) {
		for _, u := range n.Units {
			if timeUnit[u] {
				continue
			}
			with("count "+u, func(y *account.Account) {
				if !counted[y] && account.MayShare(x, y, 3) {
					counted[y] = true
					j.oneThing(y, x)
				}
			})
			put("count " + u)
			if agent(x, u) {
				with("verb "+u, func(y *account.Account) { j.nounAndVerb(x, y, u) })
				put("agent " + u)
			}
		}
	}
	if len(x.Numbers) > 0 && !x.Question {
		for _, u := range behind(x, x.Numbers[0]) {
			with("agent "+u, func(y *account.Account) { j.nounAndVerb(y, x, u) })
			put("verb " + u)
		}
	}
	for _, e := range excluding(x) {
		k := string(rune('a' + e[0]))
		with("contrary "+k+string(rune('0'+1-e[1])), func(y *account.Account) { j.exclude(y, x) })
		put("contrary " + k + string(rune('0'+e[1])))
	}
	if x.Told != nil {
		if denies(x) && x.Content() >= 2 {
			with("told", func(y *account.Account) {
				if account.MayShare(x, y, 3) {
					j.denied(x, y)
				}
			})
			put("denial")
		}
		with("denial", func(y *account.Account) {
			if account.MayShare(x, y, 3) {
				j.denied(y, x)
			}
		})
		put("told")
		if !x.Question && telling(x) {
			for _, w := range x.Words {
				if w.Negated && w.Stem != "" && !light[w.Stem] && !x.Future {
					with("so "+w.Stem, func(y *account.Account) { j.elsewhere(y, x) })
					put("not " + w.Stem)
				}
			}
		}
		if recorded(x) {
			for _, v := range j.named {
				j.spoken(v, x)
			}
			put("recorded")
		}
	}
	if !x.Question && telling(x) {
		for _, s := range leading(x) {
			with("not "+s, func(y *account.Account) { j.elsewhere(x, y) })
			put("so " + s)
		}
	}
	slices.Sort(keys)
	l := j.leaves[x.In]
	for _, k := range slices.Compact(keys) {
		j.by[k] = append(j.by[k], x)
		l.keys = append(l.keys, k)
	}
}

// elsewhere compares what one account says with another article's that negates it.
func (j *Index) elsewhere(yes, no *account.Account) {
	if yes.In != no.In && !farApart(yes, no) && near(yes, no) && account.MayShare(yes, no, 3) {
		j.opposed(yes, no, "negated", 2)
	}
}

// leading are the stems by which an account may say what was done: its predicate's, and its first.
func leading(x *account.Account) []string {
	var out []string
	if x.Told != nil {
		if s := account.Stem(strings.ToLower(x.Told.Frame.Predicate)); s != "" {
			out = append(out, s)
		}
	}
	for _, w := range x.Words {
		if w.Stem != "" && leads(x, w.Stem) {
			out = append(out, w.Stem)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// behind are the stems that stand as verbs right behind a number.
func behind(x *account.Account, n account.Number) (out []string) {
	for _, w := range x.Words {
		if w.Span.Start > n.Span.Start && w.Stem != "" && verbBehind(x, n, w.Stem) {
			out = append(out, w.Stem)
		}
	}
	return out
}
