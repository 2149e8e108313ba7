package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"dateline/export"
	"dateline/ledger"
	"dateline/news"
)

// damage parts an error beside a result into how much is damaged and what ends the request.
func damage(err error) (int, error) {
	switch joined, many := err.(interface{ Unwrap() []error }); {
	case err == nil:
		return 0, nil
	case !errors.Is(err, news.ErrDamaged):
		return 0, err
	case many:
		return len(joined.Unwrap()), nil
	}
	return 1, nil
}

func (a *api) listStories(ctx context.Context, in *listInput) (*body[List[export.Story]], error) {
	at, after, err := read(in.View, in.Slice)
	if err != nil {
		return nil, err
	}
	stories, next, err := a.Record.StoriesAfter(ctx, at, after, in.Limit)
	damaged, err := damage(err)
	if err != nil {
		return nil, err
	}
	var ids []news.ArticleID
	for _, y := range stories {
		for _, v := range y.Events {
			ids = append(ids, v.Articles...)
		}
	}
	heads, err := a.heads(ctx, ids)
	if err != nil {
		return nil, err
	}
	items := make([]export.Story, len(stories))
	for i, y := range stories {
		items[i] = export.NewStory(y, heads, ledger.Origins(y))
	}
	return listed(items, next, damaged), nil
}

func read(v View, s Slice) (at time.Time, after int64, err error) {
	if at, err = v.time(); err == nil {
		after, err = s.after()
	}
	return at, after, err
}

// heads leaves out the articles that are damaged: what names them still does.
func (a *api) heads(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Head, error) {
	heads, err := a.Record.Heads(ctx, ids)
	if errors.Is(err, news.ErrDamaged) {
		err = nil
	}
	return heads, err
}

// A OneStory is a story with what it is about.
type OneStory struct {
	export.Story
	Tags    []string  `json:"tags" doc:"whom and what it is about and most others are not, what says most first"`
	Similar []Similar `json:"similar" doc:"other stories that are about some of the same, the likest first"`
}

// A Similar is another story that is about some of the same.
type Similar struct {
	ID    news.StoryID `json:"id"`
	Name  string       `json:"name"`
	Score float64      `json:"score" doc:"the cosine of their traits, weighted by rarity: over 0, at most 1"`
	Both  []string     `json:"both" doc:"what both are about, what says most first"`
}

// mostTags is how many tags a story has.
const mostTags = 12

func (a *api) getStory(ctx context.Context, in *oneView) (*body[OneStory], error) {
	y, heads, _, err := a.story(ctx, in)
	if err != nil {
		return nil, err
	}
	at, err := in.time()
	if err != nil {
		return nil, err
	}
	near, err := a.Record.Alike(ctx, y.ID, at)
	if err != nil {
		return nil, err
	}
	out := OneStory{Story: export.NewStory(y, heads, ledger.Origins(y)), Tags: []string{}, Similar: []Similar{}}
	for _, t := range ledger.Tags(near, mostTags) {
		out.Tags = append(out.Tags, t.Name)
	}
	for _, l := range ledger.Alike(near) {
		out.Similar = append(out.Similar, Similar{l.Story, l.Name, l.Score, l.Both})
	}
	return &body[OneStory]{out}, nil
}

// story is a story with its articles, without its rows, and how many articles are damaged.
func (a *api) story(ctx context.Context, in *oneView) (y news.Story, heads map[news.ArticleID]news.Head, damaged int, err error) {
	at, err := in.time()
	if err != nil {
		return y, nil, 0, err
	}
	if y, err = a.Record.Story(ctx, news.StoryID(in.ID.ID), at); err != nil {
		return y, nil, 0, err
	}
	var ids []news.ArticleID
	for _, v := range y.Events {
		ids = append(ids, v.Articles...)
	}
	heads, err = a.Record.Heads(ctx, ids)
	damaged, err = damage(err)
	return y, heads, damaged, err
}

func (a *api) dossier(ctx context.Context, in *oneView) (news.Dossier, error) {
	at, err := in.time()
	if err != nil {
		return news.Dossier{}, err
	}
	return a.Record.Dossier(ctx, news.StoryID(in.ID.ID), at)
}

func (a *api) listEvents(ctx context.Context, in *oneView) (*body[List[export.Event]], error) {
	y, heads, damaged, err := a.story(ctx, in)
	if err != nil {
		return nil, err
	}
	return listed(export.NewStory(y, heads, news.Origins{}).Events, 0, damaged), nil
}

// An ArticleHead is what a list says of an article.
type ArticleHead struct {
	ID         news.ArticleID  `json:"id"`
	Article    news.ArticleRef `json:"article"`
	URL        *string         `json:"url"`
	Title      *string         `json:"title"`
	Outlet     *string         `json:"outlet"`
	Language   *string         `json:"language"`
	Published  news.Interval   `json:"published"`
	Statements int             `json:"statements"`
	Recorded   time.Time       `json:"recorded"`
}

func newArticleHead(h news.Head) ArticleHead {
	return ArticleHead{h.ID, h.Ref, export.OrNull(h.URL), export.OrNull(h.Title), export.OrNull(h.Outlet), export.OrNull(h.Language),
		h.Published, h.Statements, h.Recorded.UTC()}
}

func (a *api) listArticles(ctx context.Context, in *listInput) (*body[List[ArticleHead]], error) {
	at, after, err := read(in.View, in.Slice)
	if err != nil {
		return nil, err
	}
	heads, next, err := a.Record.ArticlesAfter(ctx, at, after, in.Limit)
	damaged, err := damage(err)
	if err != nil {
		return nil, err
	}
	items := make([]ArticleHead, len(heads))
	for i, h := range heads {
		items[i] = newArticleHead(h)
	}
	return listed(items, next, damaged), nil
}

// kept names entities as the record does.
func kept(id news.EntityID) string { return string(id) }

// corrected is an article with its statements as people corrected them, and by which decisions: what was
// read stands in the record as it was, and a decision that is undone leaves no trace.
func (a *api) corrected(ctx context.Context, found news.Annotation) (news.Annotation, map[news.StatementID][]news.DecisionID, error) {
	decisions, err := news.Sound(a.Record.Decisions(ctx, string(found.Article.ID), false))
	if err != nil {
		return found, nil, err
	}
	by := map[news.StatementID][]news.DecisionID{}
	for _, d := range decisions {
		if i := d.About(found); i >= 0 && d.Kind != news.WriteNote {
			by[found.Statements[i].ID] = append(by[found.Statements[i].ID], d.ID)
		}
	}
	return ledger.Corrected(found, decisions), by, nil
}

func (a *api) article(ctx context.Context, id news.ArticleID) (news.Annotation, map[news.StatementID][]news.DecisionID, error) {
	found, err := a.Record.Article(ctx, id)
	if err != nil {
		return found, nil, err
	}
	return a.corrected(ctx, found)
}

func (a *api) getArticle(ctx context.Context, in *oneInput) (*body[export.Article], error) {
	found, by, err := a.article(ctx, news.ArticleID(in.ID.ID))
	if err != nil {
		return nil, err
	}
	out := export.NewArticle(found, kept)
	for i := range out.Statement {
		out.Statement[i].Decisions = by[out.Statement[i].ID]
	}
	return &body[export.Article]{out}, nil
}

func (a *api) getAnnotations(ctx context.Context, in *oneInput) (*body[export.AnnotationCollection], error) {
	found, _, err := a.article(ctx, news.ArticleID(in.ID.ID))
	if err != nil {
		return nil, err
	}
	return &body[export.AnnotationCollection]{export.NewAnnotations(found)}, nil
}

func (a *api) listStatements(ctx context.Context, in *oneInput) (*body[List[export.Statement]], error) {
	found, by, err := a.article(ctx, news.ArticleID(in.ID.ID))
	if err != nil {
		return nil, err
	}
	items := make([]export.Statement, len(found.Statements))
	for i, s := range found.Statements {
		items[i] = export.NewStatement(s, found.Article.Text, kept)
		items[i].Decisions = by[s.ID]
	}
	return listed(items, 0, 0), nil
}

// A StatementIn is a statement with where it stands and its words.
type StatementIn struct {
	Article   news.ArticleRef  `json:"article"`
	ArticleID news.ArticleID   `json:"article_id"`
	Text      string           `json:"text" doc:"the words of its content"`
	Statement export.Statement `json:"statement"`
}

func (a *api) getStatement(ctx context.Context, in *oneInput) (*body[StatementIn], error) {
	s, found, err := a.Record.Statement(ctx, news.StatementID(in.ID.ID))
	if err != nil {
		return nil, err
	}
	found, by, err := a.corrected(ctx, found)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(found.Statements, func(o news.Statement) bool { return o.ID == s.ID }); i >= 0 {
		s = found.Statements[i]
	}
	art := found.Article
	out := export.NewStatement(s, art.Text, kept)
	out.Decisions = by[s.ID]
	return &body[StatementIn]{StatementIn{news.ArticleRef{Page: art.Name, Article: art.Index}, art.ID, s.Words(art.Text), out}}, nil
}

// rowsInput asks for rows of the ledger.
type rowsInput struct {
	View
	Slice
	Actor string `query:"actor" maxLength:"200" doc:"Only rows of this actor: an id, or words of a name"`
	Issue string `query:"issue" maxLength:"200" doc:"Only rows on this issue"`
	Story string `query:"story" maxLength:"64" doc:"Only rows of this story"`
}

// rows are rows of one kind, of every kind for "".
func (a *api) rows(ctx context.Context, in *rowsInput, kind news.EntryKind) ([]news.Entry, map[news.ArticleID]news.Head, int64, int, error) {
	at, after, err := read(in.View, in.Slice)
	if err != nil {
		return nil, nil, 0, 0, err
	}
	f := news.Filter{Story: news.StoryID(in.Story), Kind: kind, Actor: in.Actor, Issue: in.Issue, AsOf: at}
	entries, next, err := a.Record.EntriesAfter(ctx, f, after, in.Limit)
	damaged, err := damage(err)
	if err != nil {
		return nil, nil, 0, 0, err
	}
	heads, err := a.headsOf(ctx, entries...)
	return entries, heads, next, damaged, err
}

// headsOf are the articles that rows rest on.
func (a *api) headsOf(ctx context.Context, entries ...news.Entry) (map[news.ArticleID]news.Head, error) {
	var ids []news.ArticleID
	for _, e := range entries {
		ids = append(ids, e.Articles()...)
	}
	return a.heads(ctx, ids)
}

func (a *api) entries(ctx context.Context, in *rowsInput, kind news.EntryKind) (*body[List[export.Entry]], error) {
	entries, heads, next, damaged, err := a.rows(ctx, in, kind)
	if err != nil {
		return nil, err
	}
	var items []export.Entry
	for _, e := range entries {
		if ordinary(e.Kind) {
			items = append(items, export.NewEntry(e, heads))
		}
	}
	return listed(items, next, damaged), nil
}

// ordinary rows have the form of export.Entry.
func ordinary(kind news.EntryKind) bool { return kind != news.Conflict && kind != news.Commitment }

func (a *api) listLedger(ctx context.Context, in *rowsInput) (*body[List[export.Entry]], error) {
	return a.entries(ctx, in, "")
}

func (a *api) listUtterances(ctx context.Context, in *rowsInput) (*body[List[export.Entry]], error) {
	return a.entries(ctx, in, news.Utterance)
}

func (a *api) listPositions(ctx context.Context, in *rowsInput) (*body[List[export.Entry]], error) {
	return a.entries(ctx, in, news.Position)
}

func (a *api) listPositionChanges(ctx context.Context, in *rowsInput) (*body[List[export.Entry]], error) {
	return a.entries(ctx, in, news.Change)
}

func (a *api) listStoryLedger(ctx context.Context, in *oneList) (*body[List[export.Entry]], error) {
	return a.entries(ctx, &rowsInput{View: in.View, Slice: in.Slice, Story: in.ID.ID}, "")
}

func (a *api) listConflicts(ctx context.Context, in *rowsInput) (*body[List[export.Dispute]], error) {
	entries, heads, next, damaged, err := a.rows(ctx, in, news.Conflict)
	if err != nil {
		return nil, err
	}
	var items []export.Dispute
	for _, e := range entries {
		items = append(items, export.NewDispute(e, heads))
	}
	return listed(items, next, damaged), nil
}

func (a *api) listCommitments(ctx context.Context, in *rowsInput) (*body[List[export.Undertaking]], error) {
	entries, heads, next, damaged, err := a.rows(ctx, in, news.Commitment)
	if err != nil {
		return nil, err
	}
	day, _ := in.time() // rows has read it
	day = cmp.Or(day, a.Now())
	var items []export.Undertaking
	for _, e := range entries {
		items = append(items, export.NewUndertaking(ledger.AsOf(e, day), heads))
	}
	return listed(items, next, damaged), nil
}

// row is a row of the ledger that is of the kind asked for, with the articles it rests on.
func (a *api) row(ctx context.Context, id string, fits func(news.EntryKind) bool) (news.Entry, map[news.ArticleID]news.Head, error) {
	e, err := a.Record.Entry(ctx, news.EntryID(id))
	if err == nil && !fits(e.Kind) {
		err = fmt.Errorf("%s is a %s: %w here", id, e.Kind, news.ErrNotFound)
	}
	if err != nil {
		return e, nil, err
	}
	heads, err := a.headsOf(ctx, e)
	return e, heads, err
}

func (a *api) getRow(ctx context.Context, in *oneInput) (*body[export.Entry], error) {
	e, heads, err := a.row(ctx, in.ID.ID, ordinary)
	if err != nil {
		return nil, err
	}
	return &body[export.Entry]{export.NewEntry(e, heads)}, nil
}

func (a *api) getConflict(ctx context.Context, in *oneInput) (*body[export.Dispute], error) {
	e, heads, err := a.row(ctx, in.ID.ID, func(k news.EntryKind) bool { return k == news.Conflict })
	if err != nil {
		return nil, err
	}
	return &body[export.Dispute]{export.NewDispute(e, heads)}, nil
}

func (a *api) getCommitment(ctx context.Context, in *oneInput) (*body[export.Undertaking], error) {
	e, heads, err := a.row(ctx, in.ID.ID, func(k news.EntryKind) bool { return k == news.Commitment })
	if err != nil {
		return nil, err
	}
	return &body[export.Undertaking]{export.NewUndertaking(ledger.AsOf(e, a.Now()), heads)}, nil
}

func (a *api) why(ctx context.Context, in *oneInput) (*body[export.Trace], error) {
	trace, err := a.Record.Why(ctx, in.ID.ID)
	if err != nil {
		return nil, err
	}
	return &body[export.Trace]{export.NewTrace(in.ID.ID, trace)}, nil
}

// A KnownEntity is somebody or something that the record knows.
type KnownEntity struct {
	ID        news.EntityID   `json:"id"`
	Name      string          `json:"name"`
	Type      news.EntityType `json:"type"`
	Anonymous bool            `json:"anonymous"`
}

func (a *api) listEntities(ctx context.Context, in *listInput) (*body[List[KnownEntity]], error) {
	at, after, err := read(in.View, in.Slice)
	if err != nil {
		return nil, err
	}
	found, next, err := a.Record.EntitiesAfter(ctx, at, after, in.Limit)
	if err != nil {
		return nil, err
	}
	items := make([]KnownEntity, len(found))
	for i, e := range found {
		items[i] = KnownEntity{e.ID, e.Name, e.Type, e.Anonymous}
	}
	return listed(items, next, 0), nil
}

func (a *api) getEntity(ctx context.Context, in *oneView) (*body[KnownEntity], error) {
	at, err := in.time()
	if err != nil {
		return nil, err
	}
	e, err := a.Record.Entity(ctx, news.EntityID(in.ID.ID), at)
	if err != nil {
		return nil, err
	}
	return &body[KnownEntity]{KnownEntity{e.ID, e.Name, e.Type, e.Anonymous}}, nil
}

// A CountedOutlet is an outlet with how many of its articles stand.
type CountedOutlet struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
}

// mostOutlets bounds the list of outlets.
const mostOutlets = 1000

type outletList struct {
	Items     []CountedOutlet `json:"items" doc:"those with most articles first"`
	Truncated bool            `json:"truncated" doc:"there are more than are listed"`
}

func (a *api) listOutlets(ctx context.Context, in *View) (*body[outletList], error) {
	at, err := in.time()
	if err != nil {
		return nil, err
	}
	found, err := a.Record.Outlets(ctx, at, mostOutlets+1)
	if err != nil {
		return nil, err
	}
	l := outletList{Items: []CountedOutlet{}, Truncated: len(found) > mostOutlets}
	for _, o := range found[:min(len(found), mostOutlets)] {
		l.Items = append(l.Items, CountedOutlet{o.Name, o.Articles})
	}
	return &body[outletList]{l}, nil
}

// A Revision is the bytes of a page at one time.
type Revision struct {
	ID        news.RevisionID `json:"id"`
	Page      news.PageID     `json:"page"`
	Number    int             `json:"number"`
	SHA256    string          `json:"sha256"`
	Size      int             `json:"size"`
	MediaType *string         `json:"media_type"`
	Charset   *string         `json:"charset"`
	Fetched   *time.Time      `json:"fetched"`
	Recorded  time.Time       `json:"recorded"`
}

func (a *api) listRevisions(ctx context.Context, in *oneInput) (*body[List[Revision]], error) {
	found, err := a.Record.RevisionsOf(ctx, news.PageID(in.ID.ID))
	if err != nil {
		return nil, err
	}
	var items []Revision
	for _, r := range found {
		v := Revision{ID: r.ID, Page: r.Page, Number: r.Number, SHA256: r.SHA256, Size: r.Size, MediaType: export.OrNull(r.MediaType), Charset: export.OrNull(r.Charset), Recorded: r.Recorded.UTC()}
		if !r.Fetched.IsZero() {
			fetched := r.Fetched.UTC()
			v.Fetched = &fetched
		}
		items = append(items, v)
	}
	return listed(items, 0, 0), nil
}

// bytesOutput are bytes that are not ours: they are handed over, never shown.
type bytesOutput struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Policy             string `header:"Content-Security-Policy"`
	Body               []byte
}

func (a *api) getBody(ctx context.Context, in *oneInput) (*bytesOutput, error) {
	b, err := a.Record.Body(ctx, news.RevisionID(in.ID.ID))
	if err != nil {
		return nil, err
	}
	return &bytesOutput{"application/octet-stream", `attachment; filename="revision"`, "default-src 'none'; sandbox", b}, nil
}

// A Status says what the record covers.
type Status struct {
	Version    string    `json:"version"`
	Time       time.Time `json:"time"`
	Pages      int       `json:"pages"`
	Articles   int       `json:"articles"`
	Statements int       `json:"statements"`
	Stories    int       `json:"stories"`
	Rows       int       `json:"rows" doc:"of the ledger, of every kind"`
	Queued     int       `json:"queued" doc:"pages that wait to be read or placed: what is asked meanwhile does not cover them"`
	Failed     int       `json:"failed" doc:"pages that could not be read for good; \"dateline doctor\" names them"`
}

func (a *api) status(ctx context.Context, _ *noInput) (*body[Status], error) {
	c, err := a.Record.Counts(ctx)
	if err != nil {
		return nil, err
	}
	return &body[Status]{Status{Version: a.Version, Time: a.Now().UTC(), Pages: c.Pages, Articles: c.Articles, Statements: c.Statements,
		Stories: c.Stories, Rows: c.Entries, Queued: c.Queued, Failed: c.Dead}}, nil
}
