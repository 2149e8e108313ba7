// Package ask is the query language: text to Query and back.
//
//	ferry toll                 words: ranked, none is required
//	"last crossing"            in these words, in this order
//	ferr*                      words that begin so
//	speaker:ruiz               a field: speaker to about outlet story issue, words or "words" or an id
//	mode:direct act:promise    one of a field's values: mode act anonymous lang
//	published:2031-05          a time: published said; also 2031-05..2031-07, 2031-05.., >=2031-05-03
//	as-of:2031-06-01           what stood then; stands for the whole query
//	-toll, NOT toll            without
//	a AND b, a OR b, (a b)     AND binds closer than OR, both closer than a blank
//
// What is not a plain word must hold, plain words then only rank. AND, OR and NOT are operators
// only in a query that also has a lower-case letter, and "-" negates only after a blank: so a
// headline in capitals is a query as it is. What does not parse is searched as plain words,
// with a Notice that points at the character. Parsing takes linear time; of a long query the
// beginning is used, and a Notice says so.
package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/search/word"
)

// Bounds of a query.
const (
	MaxBytes = 16 << 10
	MaxTerms = 128
	maxDepth = 50
)

// Kind tells the nodes of a query apart.
type Kind string

const (
	Word   Kind = "word"   // a plain word: it ranks
	Prefix Kind = "prefix" // words that begin so
	Phrase Kind = "phrase" // Words, in order, as they are
	In     Kind = "in"     // Words in a Field
	Is     Kind = "is"     // a Field's value, in Words[0]
	When   Kind = "when"   // a Field's time lies between From and To; the zero time is an open side
	All    Kind = "all"    // AND
	Any    Kind = "any"    // OR
	Not    Kind = "not"    // Nodes[0] must not hold
	List   Kind = "list"   // side by side: every node that is no Word must hold; of Words alone, one
)

// A Node is a part of a query.
type Node struct {
	Kind     Kind
	Field    string
	Words    []string // folded, as package word cuts them
	From, To time.Time
	Nodes    []Node
}

// A Query is what is asked for.
type Query struct {
	Root *Node     // nil asks for nothing
	AsOf time.Time // zero: as it stands
}

// A Notice tells the searcher what was made of the query.
type Notice struct {
	At   int // byte offset in the query
	Text string
}

// Fields by what they hold.
var (
	texts  = []string{"speaker", "to", "about", "outlet", "story", "issue"}
	times  = []string{"published", "said"}
	values = map[string][]string{
		"mode":      {string(news.Direct), string(news.Indirect), string(news.Mixed)},
		"act":       {string(news.Speech), string(news.Writing), string(news.Written), string(news.Question), string(news.Thought), string(news.StanceAct), string(news.Plan), string(news.Poll), string(news.Perception)},
		"anonymous": {"yes", "no"},
		"lang":      nil, // any code
	}
)

// Parse reads a query. The notices say what was not taken as it was written.
func Parse(q string) (Query, []Notice) {
	var notices []Notice
	if len(q) > MaxBytes {
		cut := MaxBytes
		for cut > MaxBytes-utf8.UTFMax && !utf8.RuneStart(q[cut]) {
			cut--
		}
		if blank := strings.LastIndexFunc(q[:cut], unicode.IsSpace); blank > 0 {
			cut = blank
		}
		notices = append(notices, Notice{cut, fmt.Sprintf("the query is longer than %d bytes: what follows is left out", MaxBytes)})
		q = q[:cut]
	}
	p := &parser{q: q, operators: strings.ContainsFunc(q, unicode.IsLower)}
	root := p.list(0)
	if p.fault == nil && p.at < len(q) {
		p.fail(p.at, "this bracket was never opened")
	}
	if p.fault != nil {
		p.fault.Text += "; searched as plain words"
		notices = append(notices, *p.fault)
		root, p.asOf = nil, time.Time{}
		p.terms = 0
		for _, w := range word.Words(q) {
			p.terms++
			root = append(root, Node{Kind: Word, Words: []string{w}})
		}
	}
	if p.terms > MaxTerms {
		root = plainest(root)
		notices = append(notices, Notice{0, fmt.Sprintf("the query has %d words: the first %d are searched", p.terms, MaxTerms)})
	}
	query := Query{AsOf: p.asOf}
	if n, ok := join(root); ok {
		query.Root = &n
	}
	if query.Root == nil {
		notices = append(notices, Notice{0, "there is no word to search for"})
	}
	return query, notices
}

// plainest is the beginning of a query that has too many terms, as plain words.
func plainest(nodes []Node) []Node {
	var plain []Node
	var walk func([]Node)
	walk = func(nodes []Node) {
		for _, n := range nodes {
			if n.Kind == Not {
				continue
			}
			walk(n.Nodes)
			if n.Kind != Is && n.Kind != When {
				for _, w := range n.Words {
					if len(plain) < MaxTerms {
						plain = append(plain, Node{Kind: Word, Words: []string{w}})
					}
				}
			}
		}
	}
	walk(nodes)
	return plain
}

// join makes one node of nodes that stand side by side.
func join(nodes []Node) (Node, bool) {
	switch len(nodes) {
	case 0:
		return Node{}, false
	case 1:
		return nodes[0], true
	}
	return Node{Kind: List, Nodes: nodes}, true
}

type parser struct {
	q         string
	at        int
	operators bool // AND, OR and NOT are
	asOf      time.Time
	terms     int
	fault     *Notice // the first; parsing ends there
}

func (p *parser) fail(at int, format string, args ...any) {
	if p.fault == nil {
		p.fault = &Notice{at, fmt.Sprintf(format, args...)}
	}
}

func (p *parser) blanks() {
	for p.at < len(p.q) {
		r, n := utf8.DecodeRuneInString(p.q[p.at:])
		if !unicode.IsSpace(r) && r != 0xfeff && !unicode.Is(unicode.Bidi_Control, r) {
			return
		}
		p.at += n
	}
}

// list reads clauses up to the end or a closing bracket.
func (p *parser) list(depth int) []Node {
	var nodes []Node
	for p.fault == nil {
		p.blanks()
		if p.at >= len(p.q) || p.q[p.at] == ')' {
			break
		}
		nodes = append(nodes, p.clause(depth)...)
	}
	return nodes
}

// clause reads what an OR joins; one that has no operator may be several words.
func (p *parser) clause(depth int) []Node {
	all := p.joined(Any, "OR", func() []Node {
		return p.joined(All, "AND", func() []Node { return p.unary(depth) })
	})
	return all
}

// joined reads operands with an operator between them.
func (p *parser) joined(kind Kind, operator string, operand func() []Node) []Node {
	first := operand()
	if p.fault != nil || !p.operator(operator) {
		return first
	}
	var nodes []Node
	for next := first; ; next = operand() {
		if n, ok := operandOf(next); ok {
			nodes = append(nodes, n)
		}
		if p.fault != nil || !p.operator(operator) {
			break
		}
		at := p.at
		p.at += len(operator)
		p.blanks()
		if p.at >= len(p.q) || p.q[p.at] == ')' {
			p.fail(at, "nothing follows this %s", operator)
			break
		}
	}
	if len(nodes) < 2 {
		return nodes
	}
	return []Node{{Kind: kind, Nodes: nodes}}
}

// operandOf makes one node of an operand: the words of "go-it-alone" are a phrase there.
func operandOf(nodes []Node) (Node, bool) {
	if len(nodes) > 1 && !slices.ContainsFunc(nodes, func(n Node) bool { return n.Kind != Word }) {
		phrase := Node{Kind: Phrase}
		for _, n := range nodes {
			phrase.Words = append(phrase.Words, n.Words...)
		}
		return phrase, true
	}
	return join(nodes)
}

// operator reports whether the operator stands next, as a word of its own.
func (p *parser) operator(name string) bool {
	p.blanks()
	rest, ok := strings.CutPrefix(p.q[p.at:], name)
	if !ok || !p.operators {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || unicode.IsSpace(next) || next == '(' || next == '"'
}

func (p *parser) unary(depth int) []Node {
	p.blanks()
	at := p.at
	negated := false
	switch {
	case p.operator("NOT"):
		p.at += len("NOT")
		p.blanks()
		negated = true
	case p.operator("AND") || p.operator("OR"):
		p.fail(at, "nothing stands before this operator")
		return nil
	case p.at+1 < len(p.q) && p.q[p.at] == '-' && (p.at == 0 || p.afterBlank()):
		if next, _ := utf8.DecodeRuneInString(p.q[p.at+1:]); !unicode.IsSpace(next) && next != '-' && next != ')' {
			p.at++
			negated = true
		}
	}
	if !negated {
		return p.primary(depth)
	}
	if p.at >= len(p.q) || p.q[p.at] == ')' {
		p.fail(at, "nothing follows this NOT")
		return nil
	}
	if depth++; depth > maxDepth {
		p.fail(at, "this is nested too deep")
		return nil
	}
	of, ok := operandOf(p.unaryOf(depth))
	switch {
	case !ok:
		return nil
	case of.Kind == Not:
		return of.Nodes
	}
	return []Node{{Kind: Not, Nodes: []Node{of}}}
}

// unaryOf is what a negation is about: NOT may follow NOT, "-" may not follow "-".
func (p *parser) unaryOf(depth int) []Node {
	if p.operator("NOT") {
		return p.unary(depth)
	}
	return p.primary(depth)
}

func (p *parser) afterBlank() bool {
	r, _ := utf8.DecodeLastRuneInString(p.q[:p.at])
	return unicode.IsSpace(r) || r == '('
}

const (
	openers = "\"“„«”"
	closers = "\"”“»"
)

func (p *parser) primary(depth int) []Node {
	at := p.at
	r, n := utf8.DecodeRuneInString(p.q[at:])
	switch {
	case r == '(':
		if depth >= maxDepth {
			p.fail(at, "this is nested too deep")
			return nil
		}
		p.at++
		nodes := p.list(depth + 1)
		if p.fault == nil && p.at >= len(p.q) {
			p.fail(at, "this bracket is never closed")
		}
		p.at++
		// Words in brackets are words: "the Baath (Renaissance) party".
		if !slices.ContainsFunc(nodes, func(n Node) bool { return n.Kind != Word }) {
			return nodes
		}
		if n, ok := join(nodes); ok {
			return []Node{n}
		}
		return nil
	case strings.ContainsRune(openers, r):
		words := p.quoted(n)
		return p.phrase(words)
	}
	if name, ok := p.field(); ok {
		return p.value(name, at)
	}
	// A chunk without blanks, brackets and quotation marks.
	end := p.chunk(true)
	chunk := p.q[at:end]
	p.at = end
	if chunk == "" {
		p.at += n // a bracket that list did not take is not met here; anything else is passed over
		return nil
	}
	words := word.Words(chunk)
	p.terms += len(words)
	if stem, ok := strings.CutSuffix(chunk, "*"); ok && len(words) == 1 && !strings.HasSuffix(stem, "*") {
		return []Node{{Kind: Prefix, Words: words}}
	}
	var nodes []Node
	for _, w := range words {
		nodes = append(nodes, Node{Kind: Word, Words: []string{w}})
	}
	return nodes
}

func (p *parser) phrase(words []string) []Node {
	p.terms += len(words)
	if len(words) == 0 {
		return nil
	}
	return []Node{{Kind: Phrase, Words: words}}
}

// chunk is where a run without blanks and brackets ends; quotation marks end it too where they
// would begin a phrase.
func (p *parser) chunk(quotes bool) int {
	for i, r := range p.q[p.at:] {
		if unicode.IsSpace(r) || r == '(' || r == ')' || quotes && strings.ContainsRune(openers, r) {
			return p.at + i
		}
	}
	return len(p.q)
}

// quoted reads the words up to the closing mark; mark is the length of the opening one.
func (p *parser) quoted(mark int) []string {
	at := p.at
	p.at += mark
	i := strings.IndexAny(p.q[p.at:], closers)
	if i < 0 {
		p.fail(at, "this quotation mark is never closed")
		return nil
	}
	words := word.Words(p.q[p.at : p.at+i])
	p.at += i
	_, n := utf8.DecodeRuneInString(p.q[p.at:])
	p.at += n
	return words
}

// field reads "name:" before a value.
func (p *parser) field() (string, bool) {
	i := strings.IndexFunc(p.q[p.at:], func(r rune) bool { return r != '-' && !('a' <= r|0x20 && r|0x20 <= 'z') })
	if i <= 0 || p.q[p.at+i] != ':' {
		return "", false
	}
	written := p.q[p.at : p.at+i]
	name := strings.ToLower(written)
	if written == strings.ToUpper(written) || p.at+i+1 >= len(p.q) {
		return "", false // capitals are words
	}
	if r, _ := utf8.DecodeRuneInString(p.q[p.at+i+1:]); unicode.IsSpace(r) || r == ')' {
		return "", false
	}
	_, valued := values[name]
	if !valued && !slices.Contains(texts, name) && !slices.Contains(times, name) && name != "as-of" {
		return "", false
	}
	p.at += i + 1
	return name, true
}

// value reads the value of a field that began at start.
func (p *parser) value(name string, start int) []Node {
	at := p.at
	r, n := utf8.DecodeRuneInString(p.q[at:])
	var words []string
	var raw string
	if strings.ContainsRune(openers, r) {
		words = p.quoted(n)
		raw = strings.Join(words, " ")
	} else {
		p.at = p.chunk(true)
		raw = p.q[at:p.at]
		words = word.Words(raw)
	}
	if p.fault != nil {
		return nil
	}
	if raw == "" || len(words) == 0 && name != "published" && name != "said" {
		p.fail(at, "%s: needs a value", name)
		return nil
	}
	p.terms++
	allowed, valued := values[name]
	switch {
	case name == "as-of":
		return p.asOfValue(raw, at, start)
	case slices.Contains(times, name):
		from, to, err := span(raw)
		if err != "" {
			p.fail(at, "%s:%s: %s", name, raw, err)
			return nil
		}
		return []Node{{Kind: When, Field: name, From: from, To: to}}
	case valued:
		return p.listed(name, raw, allowed, at)
	}
	return []Node{{Kind: In, Field: name, Words: words}}
}

// listed is a value that must be one of those allowed.
func (p *parser) listed(name, raw string, allowed []string, at int) []Node {
	v := strings.ToLower(raw)
	switch {
	case name == "anonymous" && (v == "true" || v == "1"):
		v = "yes"
	case name == "anonymous" && (v == "false" || v == "0"):
		v = "no"
	case name == "lang":
		v, _, _ = strings.Cut(v, "-")
		if len(v) < 2 || len(v) > 3 || strings.ContainsFunc(v, func(r rune) bool { return r < 'a' || r > 'z' }) {
			p.fail(at, "lang:%s: give a code, as en or fr", raw)
			return nil
		}
	}
	if allowed != nil && !slices.Contains(allowed, v) {
		p.fail(at, "%s:%s: it is one of %s", name, raw, strings.Join(allowed, ", "))
		return nil
	}
	return []Node{{Kind: Is, Field: name, Words: []string{v}}}
}

func (p *parser) asOfValue(raw string, at, start int) []Node {
	m, err := news.ParseMoment(raw)
	switch {
	case err != nil || m.Approximate || m.Uncertain:
		p.fail(at, "as-of:%s: give a day or a time, as 2031-05-03 or 2031-05-03T09:30:00Z", raw)
	case !p.asOf.IsZero():
		p.fail(start, "as-of stands for the whole query, once")
	case !m.Instant.IsZero():
		p.asOf = m.Instant
	default:
		p.asOf = endOf(m.Last())
	}
	return nil
}

// endOf is the last of a day, in the milliseconds that the record counts in.
func endOf(day time.Time) time.Time {
	return day.UTC().Truncate(24 * time.Hour).Add(24*time.Hour - time.Millisecond)
}

// span is the days that a value of a time field means.
func span(v string) (from, to time.Time, fault string) {
	day := func(s string) news.Moment {
		m, err := news.ParseMoment(s)
		if err != nil || m.Approximate || m.Uncertain || !m.Instant.IsZero() {
			fault = "give a day, a month or a year, as 2031-05-03, or two with .. between"
		}
		return m
	}
	for _, o := range []string{">=", "<=", ">", "<"} {
		s, ok := strings.CutPrefix(v, o)
		if !ok {
			continue
		}
		m := day(s)
		if fault != "" {
			return from, to, fault
		}
		switch o {
		case ">=":
			from = m.First()
		case ">":
			from = m.Last().AddDate(0, 0, 1)
		case "<=":
			to = m.Last()
		case "<":
			to = m.First().AddDate(0, 0, -1)
		}
		return from, to, fault
	}
	a, b, ranged := strings.Cut(v, "..")
	if !ranged {
		if a, b, ranged = strings.Cut(v, "/"); ranged && a == "" || b == "" && ranged {
			return from, to, "give both ends, or .. for an open one"
		}
	}
	if !ranged {
		m := day(v)
		if fault == "" {
			from, to = m.First(), m.Last()
		}
		return from, to, fault
	}
	if a != "" {
		if m := day(a); fault == "" {
			from = m.First()
		}
	}
	if b != "" && fault == "" {
		if m := day(b); fault == "" {
			to = m.Last()
		}
	}
	switch {
	case fault != "":
	case a == "" && b == "":
		fault = "give one end of it"
	case a != "" && b != "" && to.Before(from):
		fault = "it ends before it begins"
	}
	return from, to, fault
}

// String is the query as one would write it; Parse reads the same query from it.
func (q Query) String() string {
	var b strings.Builder
	if !q.AsOf.IsZero() {
		layout := time.RFC3339
		if q.AsOf.Equal(endOf(q.AsOf)) {
			layout = time.DateOnly
		}
		b.WriteString("as-of:" + q.AsOf.UTC().Format(layout))
	}
	if q.Root != nil {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if q.Root.Kind == List {
			q.Root.list(&b)
		} else {
			q.Root.print(&b, false)
		}
	}
	return b.String()
}

func (n *Node) list(b *strings.Builder) {
	for i := range n.Nodes {
		if i > 0 {
			b.WriteByte(' ')
		}
		n.Nodes[i].print(b, false)
	}
}

// print writes the node, in brackets where an operator stands around it that binds as close.
func (n *Node) print(b *strings.Builder, inside bool) {
	switch n.Kind {
	case Word:
		b.WriteString(n.Words[0])
	case Prefix:
		b.WriteString(n.Words[0] + "*")
	case Phrase:
		b.WriteString(`"` + strings.Join(n.Words, " ") + `"`)
	case In:
		b.WriteString(n.Field + `:"` + strings.Join(n.Words, " ") + `"`)
	case Is:
		b.WriteString(n.Field + ":" + n.Words[0])
	case When:
		b.WriteString(n.Field + ":" + printDay(n.From) + ".." + printDay(n.To))
	case Not:
		b.WriteString("-")
		n.Nodes[0].print(b, true)
	case List:
		b.WriteByte('(')
		n.list(b)
		b.WriteByte(')')
	case All, Any:
		if inside {
			b.WriteByte('(')
		}
		operator := map[Kind]string{All: " AND ", Any: " OR "}[n.Kind]
		for i := range n.Nodes {
			if i > 0 {
				b.WriteString(operator)
			}
			n.Nodes[i].print(b, n.Kind == All || n.Nodes[i].Kind == Any)
		}
		if inside {
			b.WriteByte(')')
		}
	}
}

func printDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
