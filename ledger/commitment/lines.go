package commitment

import (
	"hash/fnv"
	"math"
	"slices"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/book"
)

// lines are all deeds and tellers of a story with what tells at a glance that two have nothing to
// do with each other: a new article is compared with every one, so a glance must be cheap.
type lines struct {
	deeds   []deedLine
	tellers []tellerLine
}

type deedLine struct {
	*deed
	of          account.Signature // of what is to be done
	due         [2]int64          // the days, in seconds since 1970; known is whether they are
	known       bool
	said        uint64 // the act of saying that tells of it, as a hash; 0 if none does
	least       int
	from, until int64 // seconds since 1970
}

type tellerLine struct {
	*teller
	sig account.Signature
	at  int64
}

// never and always are times that are not known, of what begins and of what ends.
const (
	never  = math.MinInt64
	always = math.MaxInt64
)

func seconds(t time.Time, unknown int64) int64 {
	if t.IsZero() {
		return unknown
	}
	return t.Unix()
}

func (l *lines) put(of *leaf) {
	for _, d := range of.deeds {
		n := deedLine{deed: d, of: d.sig, said: d.utterance(), least: d.least()}
		n.due, n.known = d.days()
		from, until := d.span()
		n.from, n.until = seconds(from, never), seconds(until, always)
		l.deeds = append(l.deeds, n)
	}
	for i := range of.tellers {
		t := &of.tellers[i]
		l.tellers = append(l.tellers, tellerLine{t, t.x.Signature(), seconds(t.at, never)})
	}
}

func (l *lines) drop(gone map[*book.Article]bool) {
	l.deeds = slices.DeleteFunc(l.deeds, func(d deedLine) bool { return gone[d.x.In] })
	l.tellers = slices.DeleteFunc(l.tellers, func(t tellerLine) bool { return gone[t.x.In] })
}

// utterance is the act of saying that tells of the deed, as a hash; 0 if none does.
func (d *deed) utterance() uint64 {
	if d.x.Told == nil || d.x.Told.Of == nil {
		return 0
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(d.x.Told.Of.ID))
	return h.Sum64()
}

// days are the first and the last on which the deed is due.
func (d *deed) days() (days [2]int64, known bool) {
	first, last := d.interval().Bounds()
	return [2]int64{seconds(first, never), seconds(last, always)}, !d.due.To.IsZero()
}

// deedsLike visits the deeds that can be the same as one, as isSame has it.
func (l *lines) deedsLike(d *deed, visit func(*deed)) {
	due, known := d.days()
	said := d.utterance()
	for i := range l.deeds {
		e := &l.deeds[i]
		if said != 0 && e.said == said || (!known || !e.known || e.due == due) && e.of.Shares(d.sig, 1) {
			visit(e.deed)
		}
	}
}

// tellersOf visits the tellers that can tell of a deed.
func (l *lines) tellersOf(d *deed, visit func(*teller)) {
	from, until := d.span()
	first, last, least := seconds(from, never), seconds(until, always), d.least()
	for i := range l.tellers {
		if t := &l.tellers[i]; (t.at == never || first <= t.at && t.at <= last) && t.sig.Shares(d.sig, least) {
			visit(t.teller)
		}
	}
}

// deedsBefore visits the deeds of which a teller can tell.
func (l *lines) deedsBefore(t *teller, visit func(*deed)) {
	sig, at := t.x.Signature(), seconds(t.at, never)
	for i := range l.deeds {
		if d := &l.deeds[i]; (at == never || d.from <= at && at <= d.until) && d.of.Shares(sig, d.least) {
			visit(d.deed)
		}
	}
}
