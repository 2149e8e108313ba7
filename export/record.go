package export

import (
	"cmp"
	"slices"
	"time"

	"dateline/news"
	"dateline/text"
)

// The JSON of the stored record's rows.
type (
	Story struct {
		ID       news.StoryID `json:"id"`
		Name     string       `json:"name"`
		Events   []Event      `json:"events"`
		Articles int          `json:"articles"`
		Outlets  int          `json:"outlets"`
		Origins  Origins      `json:"origins"`
	}
	Event struct {
		ID       news.EventID      `json:"id"`
		Title    string            `json:"title"`
		Date     news.Interval     `json:"date"`
		Articles []news.ArticleRef `json:"articles"`
		Copies   []Copy            `json:"copies"`
		Reason   string            `json:"reason"`
	}
	Copy struct {
		Article news.ArticleRef `json:"article"`
		Of      news.ArticleRef `json:"of"`
	}
	Origins struct {
		Least   int      `json:"least"`
		Most    int      `json:"most"`
		Reasons []string `json:"reasons"`
	}
	// Entry is a row of the ledger of any kind but conflict and commitment, which have forms of
	// their own.
	Entry struct {
		ID          news.EntryID      `json:"id"`
		Kind        news.EntryKind    `json:"kind"`
		Story       news.StoryID      `json:"story"`
		Actor       Actor             `json:"actor"`
		Issue       *Issue            `json:"issue"`
		Stance      *news.Stance      `json:"stance"`
		AscribedBy  *Actor            `json:"ascribed_by"`
		Text        string            `json:"text"`
		Said        *When             `json:"said"`
		Venue       *string           `json:"venue"`
		To          *string           `json:"to"`
		Chain       []string          `json:"chain"` // from the outlet to the speaker
		Origins     Origins           `json:"origins"`
		Statements  []StatementLink   `json:"statements"`
		Wordings    []Wording         `json:"wordings"`
		Of          []news.EntryID    `json:"of"`
		ReportedBy  []news.ArticleRef `json:"reported_by"`
		Decisions   []news.DecisionID `json:"decisions"`
		Corrections []Correction      `json:"corrections"`
		Rule        string            `json:"rule"`
		Recorded    time.Time         `json:"recorded"`
		Removed     *string           `json:"removed"`   // why the words are gone, where they are
		Withdrawn   bool              `json:"withdrawn"` // the articles it rests on were changed or taken back
	}
	Actor struct {
		ID        *news.EntityID `json:"id"`
		Name      string         `json:"name"`
		Anonymous bool           `json:"anonymous"`
	}
	Issue struct {
		ID   news.IssueID `json:"id"`
		Name string       `json:"name"`
	}
	// When is a time with why we think so.
	When struct {
		Value  news.Interval `json:"value"`
		Reason string        `json:"reason"`
	}
	// A StatementLink names a statement and what of it is meant, in its own words.
	StatementLink struct {
		Page      string           `json:"page"`
		Article   int              `json:"article"`
		Statement news.StatementID `json:"statement"`
		Content   []text.Span      `json:"content"`
		Text      string           `json:"text"`
		Cue       string           `json:"cue"` // the words that report it: "said", "denied"; "" if there are none
		Act       news.Act         `json:"act"`
		Mode      news.Mode        `json:"mode"`
		Polarity  news.Polarity    `json:"polarity"`
		Outlet    *string          `json:"outlet"`
		Published *news.Interval   `json:"published"`
	}
	// A Wording is one report's words against the fullest report's.
	Wording struct {
		Statement news.StatementID `json:"statement"`
		Pieces    []Piece          `json:"pieces"`
	}
	Piece struct {
		Kind    news.PieceKind `json:"kind"`
		Text    string         `json:"text"`
		Fullest string         `json:"fullest"`
	}
	// A Correction says that an outlet put right, or took back, an article that a row rests on.
	Correction struct {
		Article news.ArticleRef `json:"article"`
		By      news.ArticleRef `json:"by"`
		Whole   bool            `json:"whole"` // the whole article, and not some of it
	}
	Dispute struct { // a row of "dateline conflicts"
		ID          news.EntryID     `json:"id"`
		Kind        news.DisputeKind `json:"kind"`
		Story       news.StoryID     `json:"story"`
		About       string           `json:"about"`
		Sides       []Side           `json:"sides"`
		RuledOut    []RuledOut       `json:"ruled_out"`
		Corrections []Correction     `json:"corrections"`
		Rule        string           `json:"rule"`
		Recorded    time.Time        `json:"recorded"`
		Removed     *string          `json:"removed"`
		Withdrawn   bool             `json:"withdrawn"`
	}
	Side struct {
		Actor      Actor           `json:"actor"`
		Text       string          `json:"text"`
		Statements []StatementLink `json:"statements"`
		Passages   []Passage       `json:"passages"`
		Origins    Origins         `json:"origins"`
	}
	// A Passage is narration that a side rests on.
	Passage struct {
		Page      string         `json:"page"`
		Article   int            `json:"article"`
		Range     text.Span      `json:"range"`
		Outlet    *string        `json:"outlet"`
		Published *news.Interval `json:"published"`
	}
	RuledOut struct {
		Test string `json:"test"`
		Why  string `json:"why"`
	}
	Undertaking struct { // a row of "dateline commitments"
		ID          news.EntryID    `json:"id"`
		Story       news.StoryID    `json:"story"`
		By          Actor           `json:"by"`
		To          *string         `json:"to"`
		What        string          `json:"what"`
		Condition   *string         `json:"condition"`
		Made        *When           `json:"made"`
		Due         *When           `json:"due"`
		Status      news.Status     `json:"status"`
		AscribedBy  *Actor          `json:"ascribed_by"` // who says that By is bound, if it is not By
		Statements  []StatementLink `json:"statements"`
		Passages    []Passage       `json:"passages"` // narration that it rests on
		History     []Step          `json:"history"`
		Corrections []Correction    `json:"corrections"`
		Rule        string          `json:"rule"`
		Recorded    time.Time       `json:"recorded"`
		Removed     *string         `json:"removed"`
		Withdrawn   bool            `json:"withdrawn"`
	}
	Step struct {
		Status    news.Status       `json:"status"`
		When      *news.Interval    `json:"when"`
		Statement *news.StatementID `json:"statement"`
		Event     *news.EventID     `json:"event"`
		Reason    string            `json:"reason"`
	}
)

// NewStory is the JSON form of a story; origins are those of all it reports.
func NewStory(y news.Story, heads map[news.ArticleID]news.Head, origins news.Origins) Story {
	r := Story{ID: y.ID, Name: y.Name, Events: []Event{}, Origins: newOrigins(origins)}
	outlets := map[string]bool{}
	for _, v := range y.Events {
		e := Event{ID: v.ID, Title: v.Title, Date: v.Date, Articles: refs(v.Articles, heads), Copies: []Copy{}, Reason: v.Reason.String()}
		r.Articles += len(v.Articles)
		for _, id := range v.Articles {
			if outlet := heads[id].Outlet; outlet != "" {
				outlets[outlet] = true
			}
		}
		for _, c := range v.Copies {
			e.Copies = append(e.Copies, Copy{heads[c.Article].Ref, heads[c.Of].Ref})
		}
		r.Events = append(r.Events, e)
	}
	r.Outlets = len(outlets)
	slices.SortStableFunc(r.Events, func(a, b Event) int { return cmp.Compare(firstDay(a.Date), firstDay(b.Date)) })
	return r
}

// firstDay sorts by when something began; what has no date comes last.
func firstDay(i news.Interval) string {
	if first, _ := i.Bounds(); !first.IsZero() {
		return first.Format(time.RFC3339)
	}
	return "~"
}

// NewEntry is the JSON form of a ledger row; heads are those of the articles it rests on.
func NewEntry(e news.Entry, heads map[news.ArticleID]news.Head) Entry {
	r := Entry{
		ID: e.ID, Kind: e.Kind, Story: e.Story, Actor: newActor(e.Actor), Text: e.Text, Said: newWhen(e.Said.When, e.Said.Reason),
		Venue: OrNull(e.Venue), To: OrNull(e.To), Chain: []string{}, Origins: newOrigins(e.Origins), Statements: links(e, e.Statements, heads),
		Wordings: []Wording{}, Of: OrEmpty(e.Of), ReportedBy: refs(e.ReportedBy, heads), Decisions: OrEmpty(e.Decisions), Corrections: corrections(e, heads),
		Rule: e.Rule.String(), Recorded: e.Recorded.UTC(), Removed: OrNull(e.Removed), Withdrawn: e.Withdrawn,
	}
	if e.Issue.ID != "" {
		r.Issue = &Issue{e.Issue.ID, e.Issue.Name}
	}
	if e.Stance != "" {
		r.Stance = &e.Stance
	}
	if e.AscribedBy.Name != "" {
		by := newActor(e.AscribedBy)
		r.AscribedBy = &by
	}
	for _, l := range e.Chain {
		r.Chain = append(r.Chain, l.Name)
	}
	for _, w := range e.Wordings {
		pieces := []Piece{}
		for _, p := range w.Pieces {
			pieces = append(pieces, Piece{p.Kind, p.Text, p.Fullest})
		}
		r.Wordings = append(r.Wordings, Wording{w.Statement, pieces})
	}
	return r
}

// NewDispute is the JSON form of a conflict.
func NewDispute(e news.Entry, heads map[news.ArticleID]news.Head) Dispute {
	r := Dispute{
		ID: e.ID, Story: e.Story, Sides: []Side{}, RuledOut: []RuledOut{}, Corrections: corrections(e, heads), Rule: e.Rule.String(), Recorded: e.Recorded.UTC(),
		Removed: OrNull(e.Removed), Withdrawn: e.Withdrawn,
	}
	if e.Dispute == nil { // its words went with a page that was removed
		return r
	}
	r.Kind, r.About = e.Dispute.Kind, e.Dispute.About
	for _, s := range e.Dispute.Sides {
		side := Side{Actor: newActor(s.Actor), Text: s.Text, Statements: links(e, s.Statements, heads), Passages: []Passage{}, Origins: newOrigins(s.Origins)}
		side.Passages = passages(s.Passages, heads)
		r.Sides = append(r.Sides, side)
	}
	for _, reason := range e.Dispute.RuledOut {
		r.RuledOut = append(r.RuledOut, RuledOut{reason.Rule, reason.Detail})
	}
	return r
}

// NewUndertaking is the JSON form of a commitment.
func NewUndertaking(e news.Entry, heads map[news.ArticleID]news.Head) Undertaking {
	r := Undertaking{
		ID: e.ID, Story: e.Story, By: newActor(e.Actor), Made: newWhen(e.Said.When, e.Said.Reason), Statements: links(e, e.Statements, heads),
		History: []Step{}, Corrections: corrections(e, heads), Rule: e.Rule.String(), Recorded: e.Recorded.UTC(), Removed: OrNull(e.Removed), Withdrawn: e.Withdrawn,
	}
	r.Passages = passages(e.Passages, heads)
	u := e.Undertaking
	if u == nil {
		return r
	}
	if e.AscribedBy.Name != "" {
		by := newActor(e.AscribedBy)
		r.AscribedBy = &by
	}
	r.To, r.What, r.Condition, r.Due, r.Status = OrNull(u.To), u.What, OrNull(u.Condition), newWhen(u.Due, u.DueReason), u.Status
	for _, s := range u.History {
		step := Step{Status: s.Status, Reason: s.Reason.String()}
		if !s.When.IsZero() {
			step.When = &s.When
		}
		if s.Statement != "" {
			step.Statement = &s.Statement
		}
		if s.Event != "" {
			step.Event = &s.Event
		}
		r.History = append(r.History, step)
	}
	return r
}

// links are those of an entry's statements that are asked for. Where what it rested on was removed
// they have no words.
func links(e news.Entry, ids []news.StatementID, heads map[news.ArticleID]news.Head) []StatementLink {
	at := map[news.StatementID]int{}
	for i, id := range e.Statements {
		at[id] = i
	}
	list := []StatementLink{}
	for _, id := range ids {
		l := StatementLink{Statement: id, Content: []text.Span{}}
		if i, known := at[id]; known && i < len(e.Quotes) && e.Removed == "" {
			q := e.Quotes[i]
			ref := heads[q.Article].Ref
			l.Page, l.Article, l.Content, l.Text, l.Cue = ref.Page, ref.Article, OrEmpty(q.Content), q.Text, q.Cue
			l.Act, l.Mode, l.Polarity = q.Act, q.Mode, q.Polarity
			l.Outlet, l.Published = carrier(heads[q.Article])
		}
		list = append(list, l)
	}
	return list
}

// carrier is who put an article out, and when; null where that is not known.
func carrier(h news.Head) (outlet *string, published *news.Interval) {
	if !h.Published.IsZero() {
		published = &h.Published
	}
	return OrNull(h.Outlet), published
}

func corrections(e news.Entry, heads map[news.ArticleID]news.Head) []Correction {
	list := []Correction{}
	for _, c := range e.Corrections {
		list = append(list, Correction{heads[c.Of].Ref, heads[c.By].Ref, c.Whole})
	}
	return list
}

func passages(ps []news.Passage, heads map[news.ArticleID]news.Head) []Passage {
	list := []Passage{}
	for _, p := range ps {
		ref := heads[p.Article].Ref
		outlet, published := carrier(heads[p.Article])
		list = append(list, Passage{ref.Page, ref.Article, p.Span, outlet, published})
	}
	return list
}

func refs(ids []news.ArticleID, heads map[news.ArticleID]news.Head) []news.ArticleRef {
	list := []news.ArticleRef{}
	for _, id := range ids {
		list = append(list, heads[id].Ref)
	}
	return list
}

func newActor(s news.Speaker) Actor {
	a := Actor{Name: s.Name, Anonymous: s.Anonymous}
	if s.Entity != "" {
		a.ID = &s.Entity
	}
	return a
}

func newWhen(when news.Interval, why news.Reason) *When {
	if when.IsZero() {
		return nil
	}
	return &When{when, why.String()}
}

func newOrigins(o news.Origins) Origins {
	r := Origins{o.Least, o.Most, []string{}}
	for _, reason := range o.Reasons {
		r.Reasons = append(r.Reasons, reason.String())
	}
	return r
}
