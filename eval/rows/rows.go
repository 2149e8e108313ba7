// Package rows scores the rows of a ledger against those an editor wrote down for an invented
// story.
//
// The editor's rows rest on statements and sentences of the pages, given by their words; so do the
// rows of the ledger. A row meets an answer where its evidence does: a statement, or a sentence of
// narration, of the same page, that has at least three fifths of the words of the shorter of the
// two. Beyond that:
//
//   - An utterance is found if one row meets at least two of the statements of the answer, and half
//     of them. It is right if its speaker is, its day is no more than one off and the ranges of
//     origins overlap.
//   - A position is found if a row of the same actor meets a statement of the answer and has its
//     stance; right if moreover the days are no more than one apart, the issue's name has a word in
//     common with the answer's, in the singular or the plural, and the same one ascribes it.
//   - A change, or a difference, is found if a row joins two positions that meet the statements of
//     the answer's two; right if both positions have the answer's stance.
//   - A confirmation or denial is found if a row meets a statement of the claim and one of what
//     confirms or denies it.
//   - A conflict is found if a row of its kind has a side that meets one side of the answer and
//     another side that meets the other. A decoy is shown where any row has sides that do so: that
//     is a false conflict. A row that meets no answer is an extra one; an editor need not have
//     written down every conflict, so these are counted and not called false.
//   - A commitment is found if a row of the same actor (or of one of the same statement) meets a
//     statement of the answer; right if the due intervals overlap, or both are unknown, and the
//     status on the last day of the story is the answer's.
//   - A line of the timeline is found if a line of the same day has its sentence, or one of the
//     same event on that day; of the brief, if the part has the sentence. What is compared is the
//     words.
//
// An actor is the same if one of the answer's names for it and the row's name have all the words
// of the shorter in common.
package rows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/eval/score"
	"dateline/news"
	"dateline/text"
)

// Answers are an editor's rows for a story.
type Answers struct {
	LastDay       string // EDTF: the day as of which states are given
	Utterances    []Utterance
	Positions     []Position
	Changes       []Pair
	Differences   []Pair
	Confirmations []Conflict
	Denials       []Conflict
	Conflicts     []Conflict
	Decoys        []Conflict
	Commitments   []Commitment
	Timeline      []Line
	Brief         []Line
}

// A Ref is a statement or sentence of a page, by its words.
type Ref struct{ Page, Text string }

// An Utterance is one act of saying, told more than once.
type Utterance struct {
	ID          string
	Speaker     []string // names it goes by
	Said        string
	Reports     []Ref
	Least, Most int
}

// A Position is where an actor stands.
type Position struct {
	ID, Issue, Stance, Said string
	Actor, AscribedBy       []string
	Reports                 []Ref
}

// A Pair joins two positions by their ids.
type Pair struct{ A, B string }

// A Conflict is two accounts, each in several reports.
type Conflict struct {
	ID, Kind string
	A, B     []Ref
}

// A Commitment is what an actor is bound to.
type Commitment struct {
	ID                string
	By                []string
	Made, Due, Status string
	Reports           []Ref
}

// A Line is a sentence of an article, on a day or in a part of a brief.
type Line struct{ Date, Part, Page, Text string }

// Rows are what a ledger made of the story.
type Rows struct {
	Articles []news.Annotation
	Entries  []news.Entry // commitments as of the answers' last day
	Timeline []Shown
	Brief    []Shown
}

// A Shown is a sentence that a view shows.
type Shown struct {
	When    news.Interval
	Part    string
	Article news.ArticleID
	Span    text.Span
}

// evidence is what a row rests on.
type evidence struct {
	page  string
	words []string
}

// A Score adds up over stories: a figure of several is the share of all their answers, or rows.
type Score struct{ shares []share }

// A share is how many of how many.
type share struct {
	metric string
	k, n   int
}

// Figures are those of all stories added.
func (s *Score) Figures() (out []score.Figure) {
	for _, x := range s.shares {
		out = append(out, score.Figure{Metric: x.metric, Value: score.Ratio(x.k, x.n), N: x.n})
	}
	return out
}

// Add compares the rows of a story with the answers. miss is told what was not found and what should not
// be there.
func (s *Score) Add(want Answers, got Rows, miss func(string)) {
	t := &table{want: want, got: got, miss: miss, score: s, articles: map[news.ArticleID]news.Annotation{}, statements: map[news.StatementID]evidence{}}
	for _, a := range got.Articles {
		t.articles[a.Article.ID] = a
		for _, s := range a.Statements {
			t.statements[s.ID] = evidence{a.Article.Name, fields(s.Words(a.Article.Text))}
		}
	}
	t.utterances()
	t.positions()
	t.pairs("changes", news.Change, want.Changes)
	t.pairs("differences", news.Difference, want.Differences)
	t.replies("confirmations", news.Confirmation, want.Confirmations)
	t.replies("denials", news.Denial, want.Denials)
	t.conflicts()
	t.commitments()
	t.lines("timeline", want.Timeline, got.Timeline)
	t.lines("brief", want.Brief, got.Brief)
}

type table struct {
	want       Answers
	got        Rows
	miss       func(string)
	articles   map[news.ArticleID]news.Annotation
	statements map[news.StatementID]evidence
	score      *Score
}

func (t *table) figure(metric string, k, n int) {
	i := slices.IndexFunc(t.score.shares, func(x share) bool { return x.metric == metric })
	if i < 0 {
		t.score.shares = append(t.score.shares, share{metric, k, n})
		return
	}
	t.score.shares[i].k += k
	t.score.shares[i].n += n
}

func fields(s string) []string { return strings.Fields(news.Fold(s)) }

// meets reports whether evidence is of the words of a reference.
func (e evidence) meets(r Ref) bool {
	if e.page != r.Page {
		return false
	}
	want := fields(r.Text)
	n := min(len(want), len(e.words))
	return n > 0 && 5*common(want, e.words) >= 3*n
}

// common is how many words two lists have in common, each counted as often as both have it.
func common(a, b []string) (n int) {
	left := map[string]int{}
	for _, w := range a {
		left[w]++
	}
	for _, w := range b {
		if left[w] > 0 {
			left[w]--
			n++
		}
	}
	return n
}

func (t *table) of(ids []news.StatementID) (out []evidence) {
	for _, id := range ids {
		if e, ok := t.statements[id]; ok {
			out = append(out, e)
		}
	}
	return out
}

func (t *table) passages(ps []news.Passage) (out []evidence) {
	for _, p := range ps {
		a := t.articles[p.Article]
		out = append(out, evidence{a.Article.Name, fields(p.Span.Of(a.Article.Text))})
	}
	return out
}

// met is how many of the references some evidence meets.
func met(es []evidence, refs []Ref) (n int) {
	for _, r := range refs {
		if slices.ContainsFunc(es, func(e evidence) bool { return e.meets(r) }) {
			n++
		}
	}
	return n
}

// named reports whether a name is one of those somebody goes by.
func named(name string, names []string) bool {
	got := fields(name)
	return slices.ContainsFunc(names, func(n string) bool {
		want := fields(n)
		k := min(len(want), len(got))
		return k > 0 && common(want, got) == k
	})
}

func (t *table) entries(kind news.EntryKind) (out []news.Entry) {
	for _, e := range t.got.Entries {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}

// near reports whether two times overlap or are no more than a day apart; an unknown one is near
// to nothing but another.
func near(want string, got news.Interval) bool {
	w, err := parse(want)
	if err != nil || w.IsZero() || got.IsZero() {
		return (err != nil || w.IsZero()) && got.IsZero()
	}
	const day = 24 * time.Hour
	wf, wl := w.Bounds()
	gf, gl := got.Bounds()
	return (wf.IsZero() || gl.IsZero() || !wf.After(gl.Add(day))) && (gf.IsZero() || wl.IsZero() || !gf.After(wl.Add(day)))
}

// parse reads the answers' times, whose clock times and parts of a day are kept as days.
func parse(s string) (news.Interval, error) {
	parts := strings.Split(s, "/")
	for i, p := range parts {
		if day, _, ok := strings.Cut(p, "T"); ok {
			parts[i] = day
		}
	}
	return news.ParseInterval(strings.Join(parts, "/"))
}

func (t *table) utterances() {
	rows := t.entries(news.Utterance)
	found, right := 0, 0
	for _, u := range t.want.Utterances {
		best, most := news.Entry{}, 0
		for _, e := range rows {
			n := met(t.of(e.Statements), u.Reports)
			// Who tells it and who said it are reported in the same words: of two rows that meet as many
			// reports, the one of the speaker is meant.
			if n > most || n > 0 && n == most && named(e.Actor.Name, u.Speaker) && !named(best.Actor.Name, u.Speaker) {
				best, most = e, n
			}
		}
		if most < 2 || 2*most < len(u.Reports) {
			t.miss(fmt.Sprintf("utterance %s: %d of %d reports in one row", u.ID, most, len(u.Reports)))
			continue
		}
		found++
		switch {
		case !named(best.Actor.Name, u.Speaker):
			t.miss(fmt.Sprintf("utterance %s: speaker %s", u.ID, best.Actor.Name))
		case !near(u.Said, best.Said.When):
			t.miss(fmt.Sprintf("utterance %s: said %s, not %s", u.ID, best.Said.When, u.Said))
		case best.Origins.Least > u.Most || best.Origins.Most < u.Least:
			t.miss(fmt.Sprintf("utterance %s: origins %d to %d, not %d to %d", u.ID, best.Origins.Least, best.Origins.Most, u.Least, u.Most))
		default:
			right++
		}
	}
	t.figure("utterances found", found, len(t.want.Utterances))
	t.figure("utterances right", right, len(t.want.Utterances))
}

// is reports whether a row is the position of an answer, by actor, statements and stance.
func (t *table) is(e news.Entry, p Position) bool {
	return named(e.Actor.Name, p.Actor) && string(e.Stance) == p.Stance && met(t.of(e.Statements), p.Reports) > 0
}

func (t *table) positions() {
	rows := t.entries(news.Position)
	found, right, matched := 0, 0, map[news.EntryID]bool{}
	for _, p := range t.want.Positions {
		ok, good := false, false
		for _, e := range rows {
			if !t.is(e, p) {
				continue
			}
			ok, matched[e.ID] = true, true
			good = good || near(p.Said, e.Said.When) && common(singulars(p.Issue), singulars(e.Issue.Name)) > 0 && (len(p.AscribedBy) == 0) == (e.AscribedBy.Name == "")
		}
		if !ok {
			t.miss(fmt.Sprintf("position %s: not found", p.ID))
		} else if !good {
			t.miss(fmt.Sprintf("position %s: found with another day, issue or ascription", p.ID))
		}
		found, right = found+count(ok), right+count(good)
	}
	t.figure("positions found", found, len(t.want.Positions))
	t.figure("positions right", right, len(t.want.Positions))
	t.figure("positions in the answers", len(matched), len(rows))
}

// singulars are the words of an issue's name: "tolls" is one with "toll".
func singulars(name string) []string {
	list := fields(name)
	for i, w := range list {
		if len(w) > 3 && !strings.HasSuffix(w, "ss") {
			list[i] = strings.TrimSuffix(w, "s")
		}
	}
	return list
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// pairs scores rows that join two positions.
func (t *table) pairs(name string, kind news.EntryKind, want []Pair) {
	rows := t.entries(kind)
	byID := map[news.EntryID]news.Entry{}
	for _, e := range t.got.Entries {
		byID[e.ID] = e
	}
	position := func(id string) Position {
		i := slices.IndexFunc(t.want.Positions, func(p Position) bool { return p.ID == id })
		if i < 0 {
			return Position{}
		}
		return t.want.Positions[i]
	}
	found, right, matched := 0, 0, map[news.EntryID]bool{}
	for _, w := range want {
		a, b := position(w.A), position(w.B)
		ok, good := false, false
		for _, e := range rows {
			if len(e.Of) < 2 {
				continue
			}
			p, q := byID[e.Of[0]], byID[e.Of[1]]
			if met(t.of(p.Statements), a.Reports) > 0 && met(t.of(q.Statements), b.Reports) > 0 || met(t.of(p.Statements), b.Reports) > 0 && met(t.of(q.Statements), a.Reports) > 0 {
				ok, matched[e.ID] = true, true
				good = good || t.is(p, a) && t.is(q, b) || t.is(p, b) && t.is(q, a)
			}
		}
		if !ok {
			t.miss(fmt.Sprintf("%s: %s and %s are not joined", name, w.A, w.B))
		}
		found, right = found+count(ok), right+count(good)
	}
	t.figure(name+" found", found, len(want))
	t.figure(name+" right", right, len(want))
	t.figure(name+" in the answers", len(matched), len(rows))
}

// replies scores confirmations and denials.
func (t *table) replies(name string, kind news.EntryKind, want []Conflict) {
	rows := t.entries(kind)
	byID := map[news.EntryID]news.Entry{}
	for _, e := range t.got.Entries {
		byID[e.ID] = e
	}
	found, matched := 0, map[news.EntryID]bool{}
	for _, w := range want {
		ok := false
		for _, e := range rows {
			all := t.of(e.Statements)
			for _, of := range e.Of {
				all = append(all, t.of(byID[of].Statements)...)
			}
			if met(all, w.A) > 0 && met(all, w.B) > 0 {
				ok, matched[e.ID] = true, true
			}
		}
		if !ok {
			t.miss(fmt.Sprintf("%s: %q is not found", name, w.A[0].Text))
		}
		found += count(ok)
	}
	t.figure(name+" found", found, len(want))
	t.figure(name+" in the answers", len(matched), len(rows))
}

// opposed reports whether two different sides of a dispute meet the two sides of an answer.
func (t *table) opposed(d *news.Dispute, a, b []Ref) bool {
	for i, s := range d.Sides {
		for k, o := range d.Sides {
			if i != k && met(append(t.of(s.Statements), t.passages(s.Passages)...), a) > 0 && met(append(t.of(o.Statements), t.passages(o.Passages)...), b) > 0 {
				return true
			}
		}
	}
	return false
}

func (t *table) conflicts() {
	rows := t.entries(news.Conflict)
	found, matched := 0, map[news.EntryID]bool{}
	for _, w := range t.want.Conflicts {
		ok := false
		for _, e := range rows {
			if string(e.Dispute.Kind) == w.Kind && t.opposed(e.Dispute, w.A, w.B) {
				ok, matched[e.ID] = true, true
			}
		}
		if !ok {
			t.miss(fmt.Sprintf("conflict %s (%s): not found", w.ID, w.Kind))
		}
		found += count(ok)
	}
	shown := 0
	for _, w := range t.want.Decoys {
		for _, e := range rows {
			if t.opposed(e.Dispute, w.A, w.B) {
				t.miss(fmt.Sprintf("decoy shown as a conflict: %s", e.Dispute.About))
				shown++
				break
			}
		}
	}
	for _, e := range rows {
		if !matched[e.ID] {
			t.miss(fmt.Sprintf("conflict beside the answers: %s, %s: %q against %q", e.Dispute.Kind, e.Dispute.About, e.Dispute.Sides[0].Text, e.Dispute.Sides[1].Text))
		}
	}
	t.figure("conflicts found", found, len(t.want.Conflicts))
	t.figure("conflicts in the answers", len(matched), len(rows))
	t.figure("decoys shown as conflicts", shown, len(t.want.Decoys))
}

func (t *table) commitments() {
	rows := t.entries(news.Commitment)
	found, right, matched := 0, 0, map[news.EntryID]bool{}
	for _, w := range t.want.Commitments {
		ok, good, why := false, false, ""
		for _, e := range rows {
			if met(append(t.of(e.Statements), t.passages(e.Passages)...), w.Reports) == 0 || e.Actor.Name != "" && !named(e.Actor.Name, w.By) {
				continue
			}
			ok, matched[e.ID] = true, true
			u := e.Undertaking
			switch {
			case !overlap(w.Due, u.Due):
				why = fmt.Sprintf("due %s, not %s", u.Due, w.Due)
			case string(u.Status) != w.Status:
				why = fmt.Sprintf("status %s, not %s", u.Status, w.Status)
			default:
				good = true
			}
		}
		if !ok {
			t.miss(fmt.Sprintf("commitment %s: not found", w.ID))
		} else if !good {
			t.miss(fmt.Sprintf("commitment %s: %s", w.ID, why))
		}
		found, right = found+count(ok), right+count(good)
	}
	for _, e := range rows {
		if !matched[e.ID] {
			t.miss(fmt.Sprintf("commitment beside the answers: %s, by %s: %q", e.Rule.Rule, e.Actor.Name, e.Undertaking.What))
		}
	}
	t.figure("commitments found", found, len(t.want.Commitments))
	t.figure("commitments right", right, len(t.want.Commitments))
	t.figure("commitments in the answers", len(matched), len(rows))
}

// overlap reports whether two intervals share a day, or are both unknown.
func overlap(want string, got news.Interval) bool {
	w, err := parse(want)
	if err != nil || w.IsZero() || got.IsZero() {
		return w.IsZero() == got.IsZero()
	}
	wf, wl := w.Bounds()
	gf, gl := got.Bounds()
	return (wf.IsZero() || gl.IsZero() || !wf.After(gl)) && (gf.IsZero() || wl.IsZero() || !gf.After(wl))
}

func (t *table) lines(name string, want []Line, got []Shown) {
	found, matched := 0, map[int]bool{}
	for _, w := range want {
		ok := false
		for i, s := range got {
			a := t.articles[s.Article]
			e := evidence{a.Article.Name, fields(s.Span.Of(a.Article.Text))}
			if (w.Part == "" || s.Part == w.Part) && (w.Date == "" || near(w.Date, s.When)) && e.meets(Ref{w.Page, w.Text}) {
				ok, matched[i] = true, true
			}
		}
		if !ok {
			t.miss(fmt.Sprintf("%s %s%s: not there: %q", name, w.Date, w.Part, w.Text))
		}
		found += count(ok)
	}
	t.figure(name+" found", found, len(want))
	t.figure(name+" in the answers", len(matched), len(got))
}
