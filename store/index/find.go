package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dateline/news"
	"dateline/search"
	"dateline/store/sqlite"
)

// An Index reads what Change wrote. It is safe for concurrent use.
type Index struct{ db *sqlite.DB }

// New is the index of a database.
func New(db *sqlite.DB) *Index { return &Index{db} }

// How much of the index one query reads. A common word has its rows among 10^6 statements by
// the hundred thousand: of each word the newest are looked at, and how many there are is
// reckoned from how far back these reach.
const (
	mostRows = 8_000 // of all words together
	oneWord  = 1000  // of one
	fewest   = 400
	// titled is how many are looked at besides that have a common word in their title.
	titled = 200
	// mostTitled is of how many words, the rarest.
	mostTitled = 2
	// mostTogether is how many common words are looked for in one row.
	mostTogether = 3
	// Candidates is how many are ranked.
	Candidates = 400
)

// A Candidate is an article, or a statement, that may be a hit.
type Candidate struct {
	Root  int64
	Place int // of the statement; -1 for an article
}

// An Asked is a query as the index takes it.
type Asked struct {
	Root       *search.Node
	Statements bool
	Upto       int64              // the newest root that counts
	Stories    map[string][]int64 // what each value of story: means
	Rows       int                // how many rows of the index to read at the most; mostRows if 0
}

// An Answer is what may be a hit, with what ranking must know.
type Answer struct {
	Candidates []Candidate // of articles or statements, best guess first
	Wanted     []search.Wanted
	Stats      search.Stats
	Digests    map[int64]*search.Digest // of the candidates, by root; without those that stand no longer
	Found      int                      // how many match, at least
	More       bool                     // more match than were looked at
}

// Newest is the newest root.
func (x *Index) Newest(ctx context.Context) (int64, error) {
	rows, err := x.db.Query(ctx, `SELECT coalesce(max(root), 0) FROM article_digest`)
	return sqlite.One(rows, err, sqlite.Of[int64])
}

// stats reads what FTS5 keeps of a table: how many rows, and how many words in each column.
func (x *Index) stats(ctx context.Context, t *table) (search.Stats, error) {
	rows, err := x.db.Query(ctx, `SELECT block FROM `+t.name+`_data WHERE id = 1`)
	block, err := sqlite.One(rows, err, sqlite.Of[[]byte])
	if errors.Is(err, news.ErrNotFound) {
		return search.Stats{}, nil
	}
	if err != nil {
		return search.Stats{}, err
	}
	var n [3]uint64
	for i := range n {
		n[i], block = varint(block)
	}
	s := search.Stats{N: float64(n[0])}
	if n[0] > 0 {
		s.Title, s.Body = float64(n[1])/s.N, float64(n[2])/s.N
	}
	if t.statements {
		s.Title, s.Body = 0, s.Title // the first column is the content
	}
	return s, nil
}

// varint reads a number as SQLite writes it: seven bits a byte, the highest first.
func varint(b []byte) (uint64, []byte) {
	var v uint64
	for i, c := range b {
		if i == 8 {
			return v<<8 | uint64(c), b[9:]
		}
		v = v<<7 | uint64(c&0x7f)
		if c < 0x80 {
			return v, b[i+1:]
		}
	}
	return v, nil
}

// newest are the newest rows that match an expression, the newest first.
func (x *Index) newest(ctx context.Context, t *table, e expression, upto int64, most int) ([]int64, error) {
	if e.none {
		return nil, nil
	}
	rows, err := x.db.Query(ctx, t.selectRows, e.String(), upto, most)
	list, err := sqlite.One(rows, err, sqlite.Of[string])
	if err != nil {
		return nil, err
	}
	return numbers(list)
}

// numbers reads what rowsOf selects.
func numbers(list string) ([]int64, error) {
	if list == "" {
		return nil, nil
	}
	all := make([]int64, 0, strings.Count(list, " ")+1)
	for s := range strings.SplitSeq(list, " ") {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}

// have is how many rows match an expression: counted where they are few, else reckoned.
func (x *Index) have(ctx context.Context, t *table, e expression, upto int64, most int) (float64, error) {
	if e.none {
		return 0, nil
	}
	var n, oldest int64
	rows, err := x.db.Query(ctx, t.selectN, e.String(), upto, most)
	_, err = sqlite.One(rows, err, func(r sqlite.Row) (struct{}, error) { return struct{}{}, r.Scan(&n, &oldest) })
	return reckoned(int(n), most, oldest, upto), err
}

// reckoned is how many rows there are if those of a list of at most so many reach back to oldest.
func reckoned(n, most int, oldest, newest int64) float64 {
	if n < most || newest <= oldest {
		return float64(n)
	}
	return float64(n) * float64(newest) / float64(newest-oldest)
}

// enough is how many of the candidates must hold what digests tell for them to be the answer.
const enough = 60

// Find finds what may be a hit.
func (x *Index) Find(ctx context.Context, a Asked) (found Answer, err error) {
	t := &articles
	upto := a.Upto
	if a.Statements {
		t, upto = &statements, (a.Upto+1)<<16-1
	}
	if found.Stats, err = x.stats(ctx, t); err != nil {
		return found, err
	}
	light, heavy, words := t.split(*a.Root, a.Stories)
	required := and(light, heavy)
	if required.none {
		return found, nil
	}
	l := lookup{Index: x, table: t, upto: upto, rows: cmp.Or(a.Rows, mostRows), words: words}
	wanted := search.WantedOf(*a.Root)
	// Walking the long lists of a field for the rows of a word is what takes time, so where digests
	// tell whether a field holds, they are asked.
	byDigest := !light.all && len(words) > 0 && len(wanted) > 0
	for {
		must := required
		if byDigest {
			must = heavy
		}
		g, more, err := l.guess(ctx, must, wanted, found.Stats)
		if err != nil {
			return found, err
		}
		most := Candidates
		if byDigest {
			most *= 2
		}
		found.Found, found.More, found.Wanted = len(g.rows), more, wanted
		if err := l.fetch(ctx, &found, g.best(most)); err != nil {
			return found, err
		}
		if !byDigest {
			return found, nil
		}
		found.Candidates = slices.DeleteFunc(found.Candidates, func(c Candidate) bool { return !search.Holds(*a.Root, found.Digests[c.Root], c.Place) })
		switch found.Found = len(found.Candidates); {
		case found.Found >= enough:
			return found, nil
		case !more && len(g.rows) <= most: // these are all that have a word; the others follow
			return found, l.rest(ctx, &found, required)
		}
		byDigest = false // few hold: only walking the lists finds them
	}
}

// A lookup reads one table for one query.
type lookup struct {
	*Index
	table *table
	upto  int64
	rows  int             // of the index, at the most
	words map[string]bool // terms of the words that stand by themselves
}

// guess finds the rows that have words of the query, and what must hold; more says that there are
// more than were looked at. It also reckons how many have each word.
func (l lookup) guess(ctx context.Context, required expression, wanted []search.Wanted, stats search.Stats) (g *guess, more bool, err error) {
	t := l.table
	per := max(fewest, min(oneWord, l.rows/(len(wanted)+1)))
	if !required.all {
		per = fewest // each of these rows is found by walking several lists
	}
	lists := map[string][]int64{}
	var cut []string // words of which there are more than were looked at
	for i := range wanted {
		w := &wanted[i]
		e := in(t.words, w.Term)
		if l.words[w.Term] {
			if lists[w.Term], err = l.newest(ctx, t, and(required, e), l.upto, per); err != nil {
				return nil, false, fmt.Errorf("search for %q: %w", w.Word, err)
			}
		}
		if rows := lists[w.Term]; l.words[w.Term] && required.all {
			w.Have = 0
			if len(rows) > 0 {
				w.Have = reckoned(len(rows), per, rows[len(rows)-1], l.upto)
			}
		} else if w.Have, err = l.have(ctx, t, e, l.upto, fewest); err != nil {
			return nil, false, fmt.Errorf("search for %q: %w", w.Word, err)
		}
		if len(lists[w.Term]) == per {
			cut = append(cut, w.Term)
		}
	}
	g = newGuess(wanted, stats)
	for _, w := range wanted {
		g.add(lists[w.Term], w.Term)
	}
	if err := l.together(ctx, g, required, g.rarest(cut)); err != nil {
		return nil, false, err
	}
	// What must hold finds by itself where no word does.
	if more = len(cut) > 0; len(g.rows) < Candidates && (!required.all || len(wanted) == 0) {
		rest, err := l.newest(ctx, t, required, l.upto, Candidates)
		if err != nil {
			return nil, false, err
		}
		more = more || len(rest) == Candidates
		g.add(rest)
	}
	return g, more, nil
}

// rest adds the newest rows in which all holds that must, to candidates that have the words.
func (l lookup) rest(ctx context.Context, found *Answer, required expression) error {
	rest, err := l.newest(ctx, l.table, required, l.upto, Candidates)
	if err != nil {
		return err
	}
	found.More = len(rest) == Candidates
	first := *found
	if err := l.fetch(ctx, found, rest); err != nil {
		return err
	}
	for _, c := range first.Candidates {
		if !slices.Contains(found.Candidates, c) {
			found.Candidates = append(found.Candidates, c)
		}
	}
	maps.Copy(found.Digests, first.Digests)
	found.Found = len(found.Candidates)
	return nil
}

// together adds rows that have several common words, or one in the title: of common words the newest
// are no good guess. The rarest are asked for first, and another as long as there are plenty of
// answers: so no list is walked far in vain.
func (l lookup) together(ctx context.Context, g *guess, required expression, cut []string) error {
	for n := 2; n <= min(len(cut), mostTogether); n++ {
		all := []expression{required}
		for _, term := range cut[:n] {
			all = append(all, in(l.table.words, term))
		}
		several, err := l.newest(ctx, l.table, and(all...), l.upto, fewest)
		if err != nil {
			return err
		}
		g.add(several, cut[:n]...)
		if len(several) < fewest {
			break
		}
	}
	if l.table.statements {
		return nil
	}
	for _, term := range cut[:min(len(cut), mostTitled)] {
		rows, err := l.newest(ctx, l.table, and(required, in("title", term)), l.upto, titled)
		if err != nil {
			return err
		}
		g.add(rows, term)
		g.prefer(rows, term)
	}
	return nil
}

// fetch makes candidates of rows, with their digests.
func (l lookup) fetch(ctx context.Context, found *Answer, rows []int64) (err error) {
	found.Candidates = nil
	var roots []int64
	for _, row := range rows {
		c := Candidate{row, -1}
		if l.table.statements {
			c = Candidate{row >> 16, int(row & (MaxStatements - 1))}
		}
		found.Candidates = append(found.Candidates, c)
		roots = append(roots, c.Root)
	}
	slices.Sort(roots)
	found.Digests, err = l.digests(ctx, slices.Compact(roots))
	return err
}

// split parts what must hold from the words that rank, by their terms, and what digests tell
// (light) from what only the index does. Where nothing must hold, one of the words must be there,
// which is what the lists of the words are.
func (t *table) split(root search.Node, stories map[string][]int64) (light, heavy expression, words map[string]bool) {
	words = map[string]bool{}
	easy, rest := search.Node{Kind: search.All}, search.Node{Kind: search.All}
	for _, n := range search.Clauses(root) {
		switch {
		case n.Kind == search.Word:
			words[search.Term(n.Words[0])] = true
		case search.InDigest(n):
			easy.Nodes = append(easy.Nodes, n)
		default:
			rest.Nodes = append(rest.Nodes, n)
		}
	}
	return t.together(easy, stories), t.together(rest, stories), words
}

// A guess is how well rows may answer a query, by the words they are known to have.
type guess struct {
	weight map[string]float64
	bit    map[string]int
	rows   map[int64]*guessed
}

type guessed struct {
	has    [2]uint64 // the words, by number
	weight float64
}

func newGuess(wanted []search.Wanted, stats search.Stats) *guess {
	g := &guess{map[string]float64{}, map[string]int{}, map[int64]*guessed{}}
	for i, w := range wanted {
		g.weight[w.Term], g.bit[w.Term] = search.Weight(w, stats), i
	}
	return g
}

// add notes that rows have words.
func (g *guess) add(rows []int64, terms ...string) {
	for _, row := range rows {
		r := g.rows[row]
		if r == nil {
			r = &guessed{}
			g.rows[row] = r
		}
		for _, t := range terms {
			i := g.bit[t]
			if mask := uint64(1) << (i % 64); r.has[i/64%2]&mask == 0 {
				r.has[i/64%2] |= mask
				r.weight += g.weight[t]
			}
		}
	}
}

// prefer raises rows that have a word in their title.
func (g *guess) prefer(rows []int64, term string) {
	for _, row := range rows {
		g.rows[row].weight += g.weight[term] / 2
	}
}

// rarest sorts terms, the rarest first.
func (g *guess) rarest(terms []string) []string {
	sorted := slices.Clone(terms)
	slices.SortStableFunc(sorted, func(a, b string) int {
		switch {
		case g.weight[a] > g.weight[b]:
			return -1
		case g.weight[a] < g.weight[b]:
			return 1
		}
		return 0
	})
	return sorted
}

// best are the rows of the highest weight, of equals the newest.
func (g *guess) best(most int) []int64 {
	type weighted struct {
		row    int64
		weight float64
	}
	all := make([]weighted, 0, len(g.rows))
	for row, r := range g.rows {
		all = append(all, weighted{row, r.weight})
	}
	slices.SortFunc(all, func(a, b weighted) int {
		switch {
		case a.weight != b.weight && a.weight > b.weight:
			return -1
		case a.weight != b.weight:
			return 1
		case a.row > b.row:
			return -1
		}
		return 1
	})
	rows := make([]int64, 0, min(len(all), most))
	for _, w := range all[:min(len(all), most)] {
		rows = append(rows, w.row)
	}
	return rows
}

const selectDigests = `SELECT root, data FROM article_digest WHERE root IN (SELECT value FROM json_each(?))`

// digests are those of some roots; one that stands no longer is left out.
func (x *Index) digests(ctx context.Context, roots []int64) (map[int64]*search.Digest, error) {
	type row struct {
		root   int64
		digest search.Digest
	}
	rows, err := x.db.Query(ctx, selectDigests, List(roots))
	all, err := sqlite.All(rows, err, func(r sqlite.Row) (row row, err error) {
		var data []byte
		if err = r.Scan(&row.root, &data); err == nil {
			row.digest, err = search.ParseDigest(data)
		}
		return row, err
	})
	if err != nil {
		return nil, err
	}
	digests := make(map[int64]*search.Digest, len(all))
	for i := range all {
		digests[all[i].root] = &all[i].digest
	}
	return digests, nil
}

const selectNewestDigests = `SELECT data FROM article_digest ORDER BY root DESC LIMIT ?`

// Speakers are the names of those who spoke in the newest articles.
func (x *Index) Speakers(ctx context.Context, articles int) ([]string, error) {
	rows, err := x.db.Query(ctx, selectNewestDigests, articles)
	all, err := sqlite.All(rows, err, sqlite.Of[[]byte])
	if err != nil {
		return nil, err
	}
	var names []string
	for _, data := range all {
		d, err := search.ParseDigest(data)
		if err != nil {
			return nil, err
		}
		for _, s := range d.Statements {
			if s.Speaker != "" && !s.Anonymous {
				names = append(names, s.Speaker)
			}
		}
	}
	return names, nil
}

// List is numbers as a query takes them.
func List(numbers []int64) string {
	b := []byte{'['}
	for i, n := range numbers {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(append(b, ']'))
}

// RankNewest bounds how many matches Nearby looks at, the newest of them.
const RankNewest = 1000

// SelectBound finds the oldest of the articles that are ranked.
const SelectBound = `SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?`

// mostTerms bounds the terms by which articles like a text are found: a headline and some names have
// fewer.
const mostTerms = 40

// Terms are the terms by which articles like a text are found, each once: its words, function words only
// where it has no others.
func Terms(t string) (terms []string) {
	for _, w := range search.WantedOf(search.Node{Kind: search.Word, Words: search.Words(t)}) {
		terms = append(terms, w.Term)
	}
	return terms[:min(len(terms), mostTerms)]
}

// AnyOf asks for articles with any of some terms in title or text. There must be one.
func AnyOf(terms []string) string {
	any := make([]string, len(terms))
	for i, t := range terms {
		any[i] = quoted(t)
	}
	return "{title body} : (" + strings.Join(any, " OR ") + ")"
}

// InTitle asks for articles with a term in the title.
func InTitle(term string) string { return "title : " + quoted(term) }

// Quoted is a word that the index shall take as it is.
func Quoted(word string) string { return quoted(word) }
