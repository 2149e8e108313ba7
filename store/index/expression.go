package index

import (
	"strings"

	"dateline/search"
)

// A table of the index, as expressions name its columns.
type table struct {
	name                string
	words, about        string // columns
	speaker, to, issue  string // "" where the table has none
	outlet, keys        string
	statements          bool
	selectRows, selectN string
}

// Both queries walk from the newest row back, which FTS5 does without sorting; rows come as one
// text, for handing over thousands of rows one by one takes as long as finding them.
func rowsOf(t string) string {
	return `SELECT coalesce(group_concat(rowid, ' '), '') FROM (
		SELECT rowid FROM ` + t + ` WHERE ` + t + ` MATCH ?1 AND rowid <= ?2 ORDER BY rowid DESC LIMIT ?3)`
}

func countOf(t string) string {
	return `SELECT count(*), coalesce(min(rowid), 0) FROM (
		SELECT rowid FROM ` + t + ` WHERE ` + t + ` MATCH ?1 AND rowid <= ?2 ORDER BY rowid DESC LIMIT ?3)`
}

var (
	articles = table{name: "article_words", words: "{title body}", about: "{title about}", outlet: "outlet", keys: "keys",
		selectRows: rowsOf("article_words"), selectN: countOf("article_words")}
	statements = table{name: "statement_words", words: "content", about: "{content about}", speaker: "speaker", to: "hearer", issue: "issue",
		outlet: "outlet", keys: "keys", statements: true, selectRows: rowsOf("statement_words"), selectN: countOf("statement_words")}
)

// An expression of FTS5, or one that all rows match, or none.
type expression struct {
	text string
	all  bool
	none bool
}

var everything, nothing = expression{all: true}, expression{none: true}

func (e expression) String() string {
	if e.all {
		return `keys : "all"`
	}
	return e.text
}

func and(parts ...expression) expression {
	var texts []string
	for _, p := range parts {
		switch {
		case p.none:
			return nothing
		case !p.all:
			texts = append(texts, p.text)
		}
	}
	if len(texts) == 0 {
		return everything
	}
	return expression{text: joined(texts, " AND ")}
}

func or(parts ...expression) expression {
	var texts []string
	for _, p := range parts {
		switch {
		case p.all:
			return everything
		case !p.none:
			texts = append(texts, p.text)
		}
	}
	if len(texts) == 0 {
		return nothing
	}
	return expression{text: joined(texts, " OR ")}
}

func without(e, not expression) expression {
	switch {
	case e.none || not.all:
		return nothing
	case not.none:
		return e
	}
	return expression{text: "(" + e.String() + " NOT " + not.text + ")"}
}

func joined(texts []string, operator string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	return "(" + strings.Join(texts, operator) + ")"
}

func quoted(terms string) string { return `"` + strings.ReplaceAll(terms, `"`, "") + `"` }

// in asks for words next to each other in columns; columns of "" are those a table does not have.
func in(columns, terms string) expression {
	if columns == "" {
		return nothing
	}
	if terms == "" {
		return everything
	}
	return expression{text: columns + " : " + quoted(terms)}
}

// compile is the rows of a table that match a node. What only ranks is not in it.
func (t *table) compile(n search.Node, stories map[string][]int64) expression {
	switch n.Kind {
	case search.Word, search.Phrase:
		return in(t.words, terms(n.Words))
	case search.Prefix:
		// What is indexed are stems: that of "ferries" does not begin with "ferrie".
		return expression{text: "(" + t.words + " : " + quoted(n.Words[0]) + " * OR " + t.words + " : " + quoted(terms(n.Words)) + ")"}
	case search.In:
		return t.field(n, stories)
	case search.Is:
		key := map[string]string{"mode": "m", "act": "a", "anonymous": "n", "lang": "l"}[n.Field] + n.Words[0]
		if n.Field != "lang" && !t.statements {
			return nothing
		}
		return in(t.keys, key)
	case search.When:
		if n.Field == "said" && !t.statements {
			return nothing
		}
		var any []expression
		for _, k := range spanKeys(n.Field[:1], n.From, n.To) {
			any = append(any, in(t.keys, k))
		}
		return or(any...)
	case search.Not:
		return without(everything, t.compile(n.Nodes[0], stories))
	case search.Any:
		var all []expression
		for _, c := range n.Nodes {
			all = append(all, t.compile(c, stories))
		}
		return or(all...)
	}
	return t.together(n, stories)
}

// together is the rows that match every node of an All or a List. The plain words of a List only
// rank, unless there is nothing else: then one must be there.
func (t *table) together(n search.Node, stories map[string][]int64) expression {
	var must, mustNot, words []expression
	for _, c := range n.Nodes {
		switch {
		case n.Kind == search.List && c.Kind == search.Word:
			words = append(words, t.compile(c, stories))
		case c.Kind == search.Not:
			mustNot = append(mustNot, t.compile(c.Nodes[0], stories))
		default:
			must = append(must, t.compile(c, stories))
		}
	}
	if len(must) == 0 && len(words) > 0 {
		must = append(must, or(words...))
	}
	return without(and(must...), or(mustNot...))
}

// field is rows whose field has all words of a value.
func (t *table) field(n search.Node, stories map[string][]int64) expression {
	columns := map[string]string{"speaker": t.speaker, "to": t.to, "about": t.about, "outlet": t.outlet, "issue": t.issue}[n.Field]
	if n.Field == "story" {
		var any []expression
		for _, root := range stories[strings.Join(n.Words, " ")] {
			any = append(any, in(t.keys, rootKey(root)))
		}
		return or(any...)
	}
	var all []expression
	for _, w := range n.Words {
		all = append(all, in(columns, search.Term(w)))
	}
	return and(all...)
}

// OnlyStatements reports whether a query can find no article, because it asks for what only
// statements have.
func OnlyStatements(n search.Node) bool {
	light, heavy, _ := articles.split(n, nil)
	return and(light, heavy).none && statementField(n)
}

// statementField reports whether a node asks for a field of statements.
func statementField(n search.Node) bool {
	switch n.Field {
	case "speaker", "to", "issue", "said", "mode", "act", "anonymous":
		return true
	}
	for _, c := range n.Nodes {
		if statementField(c) {
			return true
		}
	}
	return false
}
