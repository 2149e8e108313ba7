package conflict

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/conflict/tally"
	"dateline/ledger/deed"
	"dateline/ledger/dispute"
	"dateline/ledger/quotation"
	"dateline/news"
)

// An Index keeps the pairs of a story that grows: an article that comes is compared with what the
// others hold under the same keys, and one that goes takes its pairs along. What two accounts are
// to each other depends on them and their two articles alone, so the pairs are the same in
// whatever order the articles came. It is not safe for concurrent use.
type Index struct {
	leaves    map[*book.Article]*leaf
	by        map[string][]line                // key -> accounts under it
	quotes    map[string][]quotation.Quotation // of a speaker
	wordings  map[*book.Told]pairs             // of one quotation in two wordings, by the reports of it
	openings  map[string][]quotation.Quotation // by their first words, whoever speaks
	deed      map[string][]act                 // by the act
	meetings  map[string][]deed.Meeting        // of a person
	counted   map[*account.Account]bool        // with which a new account was compared by its numbers
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
	corrects bool     // it says by its title that it corrects another
	print    uint64   // of who says what in it, in which act of saying
	pairs    pairs    // with an account of it
	keys     []string // under which its accounts stand
	speakers []string // whose quotations it has
	openings []string // of its quotations
	acts     []string // of the deeds it tells
	people   []string // whose meetings it tells of
}

type pairs map[*dispute.Pair]bool

// New is an index of no article, which takes accounts from a shelf.
func New(shelf *account.Shelf) *Index {
	return &Index{shelf: shelf, groups: dispute.New(), counted: map[*account.Account]bool{}, leaves: map[*book.Article]*leaf{}, by: map[string][]line{}, quotes: map[string][]quotation.Quotation{}, wordings: map[*book.Told]pairs{}, openings: map[string][]quotation.Quotation{}, deed: map[string][]act{}, meetings: map[string][]deed.Meeting{}}
}

// Update brings the index to the state of the book. changed are the articles that came, went or were
// placed elsewhere since, moved the statements whose actor or act of saying may have changed.
func (j *Index) Update(b *book.Book, changed []*book.Article, moved map[*book.Told]bool) {
	stale := map[*book.Article]bool{}
	for t := range moved {
		if l := j.leaves[t.In]; l != nil && b.Holds(t.In) {
			if _, known := stale[t.In]; !known {
				stale[t.In] = l.print != account.Print(t.In)
			}
		}
	}
	for _, a := range changed {
		if l := j.leaves[a]; l != nil && (!b.Holds(a) || l.event != a.Event || l.copyOf != a.CopyOf) {
			stale[a] = true
		}
	}
	var gone []*book.Article
	for a, is := range stale {
		if is {
			gone = append(gone, a)
		}
	}
	retold := map[*book.Utterance]bool{}
	for t := range moved {
		if !b.Holds(t.In) || stale[t.In] || t.Of != nil && retold[t.Of] {
			continue
		}
		if t.Of != nil {
			retold[t.Of] = true
		}
		j.retell(t) // the same act of saying, with other reports
	}
	// What a copy has beside its original is looked at anew when the original is.
	for _, a := range b.Articles {
		if a.CopyOf == "" {
			continue
		}
		if l := j.leaves[a]; l != nil && !stale[a] {
			if of := b.Article(l.copyOf); of != nil && (j.leaves[of] == nil || stale[of]) || of == nil && slices.ContainsFunc(gone, func(g *book.Article) bool { return g.Article.ID == l.copyOf }) {
				gone = append(gone, a)
			}
		}
	}
	j.drop(gone)
	fresh := slices.SortedFunc(slices.Values(slices.Concat(changed, gone)), func(x, y *book.Article) int {
		return cmp.Or(cmp.Compare(b2i(x.CopyOf != ""), b2i(y.CopyOf != "")), book.Order(x, y)) // copies after all others
	})
	for _, a := range fresh {
		if b.Holds(a) && j.leaves[a] == nil {
			j.put(a, j.leaves[b.Article(a.CopyOf)])
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// retell has the rows made anew of the act of saying of a statement of which other reports are known
// now, or whose article was taken back. A wording is a voice of its own, so the pairs of wordings are
// those of all reports.
func (j *Index) retell(t *book.Told) {
	j.groups.Retell(t)
	reports := []*book.Told{t}
	if t.Of != nil {
		reports = t.Of.Reports
	}
	for _, r := range reports {
		for p := range j.wordings[r] {
			j.groups.Remake(p)
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
			j.forgetWording(p)
		}
	}
	for _, a := range gone {
		delete(j.leaves, a)
	}
	for k := range keys {
		j.by[k] = slices.DeleteFunc(j.by[k], func(l line) bool { return out[l.In] })
	}
	for k := range speakers {
		j.quotes[k] = slices.DeleteFunc(j.quotes[k], func(q quotation.Quotation) bool { return out[q.Told.In] })
	}
	for k := range openings {
		j.openings[k] = slices.DeleteFunc(j.openings[k], func(q quotation.Quotation) bool { return out[q.Told.In] })
	}
	for k := range acts {
		j.deed[k] = slices.DeleteFunc(j.deed[k], func(d act) bool { return out[d.In.In] })
	}
	for k := range people {
		j.meetings[k] = slices.DeleteFunc(j.meetings[k], func(m deed.Meeting) bool { return out[m.X.In] })
	}
}

// noteWording notes a pair of two wordings by both reports.
func (j *Index) noteWording(p *dispute.Pair) {
	for _, t := range []*book.Told{p.A.Told, p.B.Told} {
		if j.wordings[t] == nil {
			j.wordings[t] = pairs{}
		}
		j.wordings[t][p] = true
	}
}

func (j *Index) forgetWording(p *dispute.Pair) {
	if p.Kind != news.OnWording {
		return
	}
	for _, t := range []*book.Told{p.A.Told, p.B.Told} {
		if delete(j.wordings[t], p); len(j.wordings[t]) == 0 {
			delete(j.wordings, t)
		}
	}
}

func note(set map[string]bool, list []string) {
	for _, k := range list {
		set[k] = true
	}
}

// put compares an article with those that are there. original is the leaf of what it copies: what
// a copy says in the very words of its original is no account of its own.
func (j *Index) put(a *book.Article, original *leaf) {
	l := &leaf{event: a.Event, copyOf: a.CopyOf, print: account.Print(a), corrects: a.Article.Title != nil && correction(a.Article.Title.Text), pairs: pairs{}}
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
	for i, x := range l.accounts {
		j.across(x)
		for _, d := range deed.Of(x) {
			me := act{&d, x.In.Published.Unix()}
			for _, e := range j.deed[d.Act] {
				if soon(e.published, me.published) {
					j.deeds(*e.Deed, d)
				}
			}
			j.deed[d.Act] = append(j.deed[d.Act], me)
			l.acts = append(l.acts, d.Act)
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
		for _, q := range quotation.Of(t) {
			key := speaker(t.Actor)
			for i := range j.quotes[key] {
				j.twoWordings(&q, &j.quotes[key][i])
			}
			l.speakers = append(l.speakers, key)
			j.quotes[key] = append(j.quotes[key], q)
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
func opening(q quotation.Quotation) string {
	if len(q.Words) < ownWords || len(q.Stems) < ownStems {
		return ""
	}
	key := ""
	for _, w := range q.Words[:4] {
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
	me := j.line(x)
	// An account is compared with those under a key that may share enough stems with it and, if
	// soon, came out within days of it.
	const atLeast = 3 // stems in common
	with := func(key string, soon bool, compare func(y *line)) {
		list := j.by[key]
		for i := range list {
			if y := &list[i]; y.mayShare(&me, atLeast) && (!soon || y.near(&me)) {
				compare(y)
			}
		}
	}
	put := func(key string) { keys = append(keys, key) }

	clear(j.counted)
	for _, n := range me.counts {
		for _, u := range n.Units {
			if tally.TimeUnit[u] {
				continue
			}
			with("count "+u, false, func(y *line) {
				if !j.counted[y.Account] && (j.keep || !y.apart(&me)) {
					j.counted[y.Account] = true
					j.oneThing(y, &me)
				}
			})
			put("count " + u)
		}
	}
	if x.Told != nil {
		if denies(x) && x.Content() >= 2 {
			with("told", false, func(y *line) { j.denied(x, y.Account) })
			put("denial")
		}
		with("denial", false, func(y *line) { j.denied(y.Account, x) })
		put("told")
		if unsaid(x) {
			with("told", true, func(y *line) { j.unsaidOf(x, y.Account) })
			put("unsaid")
		}
		with("unsaid", true, func(y *line) { j.unsaidOf(y.Account, x) })
		if !x.Question && telling(x) {
			for _, stem := range negatedVerbs(x) {
				if stem != "" && !tally.Light[stem] && !x.Future {
					with("so "+stem, true, func(y *line) { j.elsewhere(y.Account, x) })
					put("not " + stem)
				}
			}
		}
	}
	if !x.Question && telling(x) {
		for _, s := range leading(x) {
			with("not "+s, true, func(y *line) { j.elsewhere(x, y.Account) })
			put("so " + s)
		}
	}
	slices.Sort(keys)
	l := j.leaves[x.In]
	for _, k := range slices.Compact(keys) {
		j.by[k] = append(j.by[k], me)
		l.keys = append(l.keys, k)
	}
}

// A line is an account with what tells at a glance that another has nothing to do with it: a new
// account is compared with all under its keys, so a glance must be cheap.
type line struct {
	*account.Account
	sig       account.Signature
	published int64 // of its article, in seconds
	unsigned  bool  // its signature tells nothing
	corrects  bool  // its article corrects another
	// The days it tells of, in seconds, if it counts something; both are 0 where they are not known.
	first, last int64
	counts      []account.Number
}

func (j *Index) line(x *account.Account) line {
	l := line{Account: x, sig: x.Signature(), published: x.In.Published.Unix(), unsigned: x.Unsigned(), corrects: j.leaves[x.In].corrects, counts: tally.Counting(x)}
	if first, last := x.Tells(); len(l.counts) > 0 && !last.IsZero() {
		l.first, l.last = first.Unix(), last.Unix()
	}
	return l
}

// apart reports whether two accounts are certainly of other days, and of articles that correct none: what
// they count is not compared then.
func (l *line) apart(o *line) bool {
	const day = 24 * 60 * 60
	return !l.corrects && !o.corrects && l.last != 0 && o.last != 0 && (l.first > o.last+day || o.first > l.last+day)
}

// An act is a deed with when its article came out, in seconds.
type act struct {
	*deed.Deed
	published int64
}

func (l *line) mayShare(o *line, n int) bool {
	return l.sig.Shares(o.sig, n) || l.unsigned || o.unsigned
}

// near reports whether two accounts may be of articles that are not far apart.
func (l *line) near(o *line) bool { return soon(l.published, o.published) }

// soon reports whether two times in seconds are not far apart, give or take one.
func soon(a, b int64) bool { return max(a-b, b-a) <= int64(far/time.Second)+1 }

// elsewhere compares what one account says with another article's that negates it.
func (j *Index) elsewhere(yes, no *account.Account) {
	if yes.In != no.In && !farApart(yes, no) && near(yes, no) {
		j.opposed(yes, no, "negated")
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
