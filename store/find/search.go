// Package find answers queries and checks quotations: it asks the index what may be meant, ranks
// that by what digests tell, and loads what it shows.
//
// The query language, ranking and comparing are package search's; which rows hold a word is
// package index's. What is damaged is left out, and the answer says so.
package find

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"dateline/news"
	"dateline/search"
	"dateline/store/index"
	"dateline/store/reading"
	"dateline/store/row"
	"dateline/store/sqlite"
)

const (
	defaultLimit = 20
	// mostPast bounds how many versions that stand no longer a query "as of" looks through.
	mostPast = 2000
	// mostOfStory bounds how many articles story: stands for, the newest.
	mostOfStory = 800
)

// A Finder answers from the index and the texts of a data folder. It is safe for concurrent use.
type Finder struct {
	db      *sqlite.DB
	index   *index.Index
	texts   *reading.Texts
	later   Later
	correct Correct
	names   names
}

// Later is what was said and decided of an article after it was read.
type Later interface {
	Decisions(ctx context.Context, object string, undone bool) iter.Seq2[news.Decision, error]
	// CorrectionsOf are those of an article by its own outlet.
	CorrectionsOf(ctx context.Context, id news.ArticleID) ([]news.Correction, error)
}

// Correct is an article as people's decisions leave it.
type Correct func(news.Annotation, []news.Decision) news.Annotation

// New is the finder of a folder's parts. A nil correct shows everything as it was read.
func New(db *sqlite.DB, x *index.Index, texts *reading.Texts, later Later, correct Correct) *Finder {
	if correct == nil {
		correct = func(a news.Annotation, _ []news.Decision) news.Annotation { return a }
	}
	return &Finder{db: db, index: x, texts: texts, later: later, correct: correct}
}

// decisions are those that people made about an article; damaged ones decide nothing.
func (f *Finder) decisions(ctx context.Context, id news.ArticleID) ([]news.Decision, error) {
	return news.Sound(f.later.Decisions(ctx, string(id), false))
}

// A cursor says where the next page begins, and what the first page was ranked by: so what
// arrives in between moves nothing.
type cursor struct {
	upto  int64 // the newest root that counts
	stats search.Stats
	at    int   // place in the order
	root  int64 // of the last hit shown
	place int
}

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "1 %d %g %g %g %d %d %d", c.upto, c.stats.N, c.stats.Title, c.stats.Body, c.at, c.root, c.place))
}

func parseCursor(s string) (c cursor, err error) {
	if s == "" {
		return c, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		_, err = fmt.Sscanf(string(b), "1 %d %g %g %g %d %d %d", &c.upto, &c.stats.N, &c.stats.Title, &c.stats.Body, &c.at, &c.root, &c.place)
	}
	if err != nil || c.at < 0 || c.upto < 0 {
		return c, fmt.Errorf("search from %q: %w", s, search.ErrCursor)
	}
	return c, nil
}

// Search answers a query, written in the language of package search. Whatever is asked, there is
// an answer; notices say what was not taken as it was written.
func (f *Finder) Search(ctx context.Context, asked string, page search.Page) (search.Results, error) {
	q, notices := search.Parse(asked)
	found := search.Results{Query: q.String(), Notices: notices}
	from, err := parseCursor(page.Cursor)
	if err != nil || q.Root == nil {
		return found, err
	}
	if page.Limit <= 0 {
		page.Limit = defaultLimit
	}
	if from.upto == 0 {
		if from.upto, err = f.index.Newest(ctx); err != nil {
			return found, err
		}
	}
	l := looking{Finder: f, query: q, page: page, from: from, found: &found, past: map[int64]reading.Version{}}
	if err := l.look(ctx); err != nil {
		return found, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

// A looking is one search under way.
type looking struct {
	*Finder
	query   search.Query
	page    search.Page
	from    cursor
	found   *search.Results
	ranker  *search.Ranker
	digests map[int64]*search.Digest
	past    map[int64]reading.Version // versions that stand no longer, by root
	wanted  []search.Wanted
}

func (l *looking) look(ctx context.Context) error {
	stories, err := l.storiesOf(ctx)
	if err != nil {
		return err
	}
	a := index.Asked{Root: l.query.Root, Upto: l.from.upto, Stories: stories, Statements: l.page.Only == search.Statements || index.OnlyStatements(*l.query.Root)}
	only := l.page.Only
	var answer index.Answer
	if !a.Statements || only != search.Articles {
		if answer, err = l.index.Find(ctx, a); err != nil {
			return err
		}
	}
	if a.Statements {
		only = search.Statements
	}
	if l.page.Cursor == "" {
		l.from.stats = answer.Stats
	}
	l.found.Matches, l.found.More = answer.Found, answer.More
	l.wanted = answer.Wanted
	l.ranker = search.NewRanker(answer.Wanted, l.from.stats)
	var candidates []search.Ranked
	var roots []int64
	for _, c := range answer.Candidates {
		candidates = append(candidates, search.Ranked{Root: c.Root, Place: c.Place})
		roots = append(roots, c.Root)
	}
	if l.digests = answer.Digests; l.digests == nil {
		l.digests = map[int64]*search.Digest{}
	}
	if !l.query.AsOf.IsZero() {
		if candidates, err = l.asOf(ctx, candidates, roots, stories, a.Statements); err != nil {
			return err
		}
	}
	ranked := l.ranker.Rank(candidates, l.digests, only)
	if l.page.Facets {
		l.found.Facets = search.Facets(ranked, l.digests)
	}
	if err := l.show(ctx, ranked); err != nil {
		return err
	}
	return l.meant(ctx)
}

// asOf leaves of the candidates what stood at the time, and adds what stood then and stands no
// longer.
func (l *looking) asOf(ctx context.Context, candidates []search.Ranked, roots []int64, stories map[string][]int64, statements bool) ([]search.Ranked, error) {
	at := row.At(l.query.AsOf)
	then, err := l.texts.RecordedBy(ctx, at, index.List(roots))
	if err != nil {
		return nil, err
	}
	stood := map[int64]bool{}
	for _, root := range then {
		stood[root] = true
	}
	candidates = slices.DeleteFunc(candidates, func(c search.Ranked) bool { return !stood[c.Root] })
	past, damaged, err := l.texts.Past(ctx, at, mostPast+1)
	if err != nil {
		return nil, err
	}
	l.found.Damaged = append(l.found.Damaged, damaged...)
	if len(past) > mostPast {
		l.found.More = true
		past = past[:mostPast]
	}
	for _, v := range past {
		d := search.NewDocument(v.Annotation, v.Document.Text)
		of := map[string]bool{}
		for name, roots := range stories {
			of[name] = slices.Contains(roots, v.Root())
		}
		m := search.Match(l.query, &d, of)
		if !m.Article && len(m.Statements) == 0 {
			continue
		}
		digest, err := search.ParseDigest(search.NewDigest(d))
		if err != nil {
			return nil, err
		}
		l.digests[v.Root()], l.past[v.Root()] = &digest, v
		if m.Article && !statements {
			candidates = append(candidates, search.Ranked{Root: v.Root(), Place: -1})
		}
		if statements {
			for _, i := range m.Statements {
				candidates = append(candidates, search.Ranked{Root: v.Root(), Place: i})
			}
		}
	}
	l.found.Matches = len(candidates)
	return candidates, nil
}

// show loads the hits of the page.
func (l *looking) show(ctx context.Context, ranked []search.Ranked) error {
	at := 0
	if l.page.Cursor != "" {
		at = min(l.from.at, len(ranked))
		// The last hit is where it was, or was pushed about by what was corrected meanwhile.
		if i := slices.IndexFunc(ranked, func(r search.Ranked) bool { return r.Root == l.from.root && r.Place == l.from.place }); i >= 0 {
			at = i + 1
		}
	}
	for ; at < len(ranked) && len(l.found.Hits) < l.page.Limit; at++ {
		h, err := l.hit(ctx, ranked[at])
		switch {
		case errors.Is(err, news.ErrNotFound), errors.Is(err, errNotExact):
			continue // it was replaced since, or has another form of the words
		case errors.Is(err, news.ErrDamaged):
			l.found.Damaged = append(l.found.Damaged, err)
			continue
		case err != nil:
			return err
		}
		l.found.Hits = append(l.found.Hits, h)
		if len(l.found.Hits) == l.page.Limit && at+1 < len(ranked) {
			l.found.Next = cursor{l.from.upto, l.from.stats, at + 1, ranked[at].Root, ranked[at].Place}.String()
		}
	}
	l.found.Matches = max(l.found.Matches, len(l.found.Hits))
	return nil
}

var errNotExact = errors.New("the words are there in another form")

func (l *looking) hit(ctx context.Context, r search.Ranked) (search.Hit, error) {
	shown, err := l.shown(ctx, r)
	if err != nil {
		return search.Hit{}, err
	}
	d := l.digests[r.Root]
	h := hitOf(shown.Head)
	h.Statement, h.Score = shown.Statement, r.Score
	if h.Corrections, err = l.later.CorrectionsOf(ctx, h.Article); err != nil {
		return h, err
	}
	places := d.Places
	var words []search.Token
	if h.Statement != nil {
		places = h.Statement.Content
	}
	for _, p := range places {
		if !p.Valid(shown.Text) {
			return h, news.ErrNotFound // it was read anew between two looks
		}
		words = append(words, search.Tokens(shown.Text, p)...)
	}
	exact := words
	if h.Statement == nil {
		exact = append(search.TokensOf(shown.Head.Title), words...)
	}
	if !search.AsWritten(l.query, exact) {
		return h, errNotExact
	}
	h.Ranges = search.Ranges(l.query, words)
	h.Span = search.Snippet(shown.Text, h.Ranges, places)
	h.Snippet = h.Span.Of(shown.Text)
	if l.page.Why {
		h.Why = l.ranker.WhyRanked(r, d)
	}
	for _, c := range r.Copies {
		head, err := l.texts.HeadOf(ctx, c.Root)
		if err != nil {
			continue // it stands no longer
		}
		h.Copies = append(h.Copies, search.Copy{Article: head.ID, Ref: head.Ref, Outlet: head.Outlet, Published: head.Published, Alike: c.Alike})
	}
	return h, nil
}

// shown is the article as it stands, or as it stood then.
func (l *looking) shown(ctx context.Context, r search.Ranked) (reading.Shown, error) {
	v, ok := l.past[r.Root]
	if !ok {
		return l.standing(ctx, r)
	}
	head, err := v.Head()
	shown := reading.Shown{Head: head, Root: r.Root, Text: v.Document.Text}
	if r.Place >= 0 && err == nil {
		shown.Statement = &v.Annotation.Statements[r.Place]
	}
	return shown, err
}

// standing is an article that stands, its statement as people corrected it. Its words are found by what
// was read: the index knows no decisions.
func (l *looking) standing(ctx context.Context, r search.Ranked) (reading.Shown, error) {
	shown, err := l.texts.Shown(ctx, r.Root, r.Place)
	if err != nil || shown.Statement == nil {
		return shown, err
	}
	decisions, err := l.decisions(ctx, shown.Head.ID)
	if err != nil || len(decisions) == 0 {
		return shown, err
	}
	whole, err := l.texts.Whole(ctx, r.Root)
	if err != nil {
		return shown, err
	}
	all := l.correct(whole.Annotation, decisions).Statements
	i := slices.IndexFunc(all, func(s news.Statement) bool { return s.ID == shown.Statement.ID })
	if i < 0 {
		return shown, news.ErrNotFound // somebody said that it is none
	}
	shown.Statement = &all[i]
	return shown, nil
}

func hitOf(h news.Head) search.Hit {
	return search.Hit{Article: h.ID, Ref: h.Ref, URL: h.URL, Title: h.Title, Outlet: h.Outlet, Language: h.Language, Published: h.Published, Recorded: h.Recorded}
}

const (
	selectStoriesNamed = `SELECT id, name FROM story WHERE replaced IS NULL AND (id = ?1 OR instr(lower(name), ?2) > 0) ORDER BY n DESC LIMIT 200`

	selectRootsOfStory = `
		SELECT member.article FROM event JOIN member ON member.event = event.id AND member.replaced IS NULL
		WHERE event.story = ? AND event.replaced IS NULL ORDER BY member.article DESC LIMIT ?`
)

// storiesOf finds the articles of the stories that a query names.
func (l *looking) storiesOf(ctx context.Context) (map[string][]int64, error) {
	all := map[string][]int64{}
	for _, words := range search.ValuesOf(l.query, "story") {
		name := strings.Join(words, " ")
		type named struct{ id, name string }
		rows, err := l.db.Query(ctx, selectStoriesNamed, name, words[0])
		stories, err := sqlite.All(rows, err, func(r sqlite.Row) (n named, err error) { return n, r.Scan(&n.id, &n.name) })
		if err != nil {
			return nil, err
		}
		all[name] = nil
		for _, y := range stories {
			has := search.Words(y.name)
			if y.id != name && slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(has, w) }) {
				continue
			}
			rows, err := l.db.Query(ctx, selectRootsOfStory, y.id, mostOfStory)
			roots, err := sqlite.All(rows, err, sqlite.Of[int64])
			if err != nil {
				return nil, err
			}
			all[name] = append(all[name], roots...)
		}
		if len(all[name]) > mostOfStory {
			all[name] = all[name][:mostOfStory]
			l.found.More = true
		}
	}
	return all, nil
}

// names are the names of entities that the finder has met so far, for "did you mean".
type names struct {
	mu   sync.Mutex
	last int64 // n of the newest row that was read
	all  []search.Name
}

const (
	selectNames = `SELECT n, name FROM entity WHERE n > ? AND anonymous = 0 ORDER BY n LIMIT 10000`
	mostNames   = 100_000
	lately      = 2000 // articles
)

// fresh brings the names up to date: those of the record's entities and, where it has none yet, of
// those who spoke lately.
func (n *names) fresh(ctx context.Context, f *Finder) ([]search.Name, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for read := 1; read > 0 && len(n.all) < mostNames; {
		rows, err := f.db.Query(ctx, selectNames, n.last)
		names, err := sqlite.All(rows, err, func(r sqlite.Row) (name string, err error) { return name, r.Scan(&n.last, &name) })
		if err != nil {
			return nil, err
		}
		n.all = count(n.all, names)
		read = len(names)
	}
	if len(n.all) > 0 {
		return slices.Clone(n.all), nil
	}
	speakers, err := f.index.Speakers(ctx, lately)
	return count(nil, speakers), err
}

// count adds names to those that were counted before.
func count(all []search.Name, names []string) []search.Name {
	at := make(map[string]int, len(all))
	for i, n := range all {
		at[n.Name] = i
	}
	for _, name := range names {
		i, ok := at[name]
		if !ok {
			i = len(all)
			at[name] = i
			all = append(all, search.Name{Name: name, Words: search.Words(name)})
		}
		all[i].N++
	}
	return all
}

// meant proposes names where a name of the query is not known.
func (l *looking) meant(ctx context.Context) error {
	if l.page.Cursor != "" {
		return nil
	}
	unknown := search.Unknown(l.query, l.wanted)
	if len(unknown) == 0 || len(l.found.Hits) > 0 && !slices.ContainsFunc(l.wanted, func(w search.Wanted) bool { return w.Have == 0 }) {
		return nil
	}
	known, err := l.names.fresh(ctx, l.Finder)
	if err != nil {
		return err
	}
	for _, name := range unknown[:min(len(unknown), 4)] {
		for _, m := range search.Meant(name, known) {
			if !slices.Contains(l.found.Meant, m) {
				l.found.Meant = append(l.found.Meant, m)
			}
		}
	}
	return nil
}
