// Package cases holds invented paragraphs of news in which an editor has marked who said
// what: for training and tests of attribution.
//
// README.md beside this file fixes the format and the conventions of marking. The text of a
// case stays in the bracket notation of package eval/gold, which the reader of a case parses:
// only tests may import that package. People, outlets and places are invented.
package cases

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

//go:embed *.gold
var files embed.FS

// A Case is one or a few paragraphs with their statements.
type Case struct {
	Name    string // unique in all files
	File    string // "nouns.gold": the kind of cue or form that the case was written for
	Variety string // en-US, en-GB, en-IN, en-IE, en
	Style   string // one of Styles
	Tags    []string
	// Statements are the rows of the case, by number. A case without any shows what is not
	// a statement.
	Statements []Statement
	Marked     string // the text in bracket notation, paragraphs separated by a blank line
}

// A Statement is a row of a case: what the brackets of its number cannot tell.
type Statement struct {
	Number int    // of the brackets source, cue and content
	Mode   string // one of Modes
	Act    string // one of Acts
	Kind   string // of the cue: one of Kinds
}

// The closed lists of the format. README.md explains each word.
var (
	Varieties = []string{"en-US", "en-GB", "en-IN", "en-IE", "en"}
	Styles    = []string{"hard", "wire", "tabloid", "liveblog", "interview", "transcript", "opinion", "feature", "headline", "brief", "sport", "business"}
	Modes     = []string{"direct", "indirect", "mixed"}
	Acts      = []string{"speech", "writing", "document", "question", "thought", "stance", "plan", "poll", "perception"}
	Kinds     = []string{"say", "common", "verb", "light", "thought", "noun", "adjective", "according", "preposition", "colon", "none"}
)

// All reads every case, in the order of the file names and then of the files.
func All() ([]Case, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("list cases: %w", err)
	}
	var all []Case
	for _, entry := range entries {
		data, err := files.ReadFile(entry.Name())
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", entry.Name(), err)
		}
		cases, err := Parse(entry.Name(), string(data))
		if err != nil {
			return nil, err
		}
		all = append(all, cases...)
	}
	return all, nil
}

// Parse reads one file of cases.
func Parse(file, data string) ([]Case, error) {
	var all []Case
	line := 1
	head, rest, found := strings.Cut("\n"+data, "\n## ")
	line += strings.Count(head, "\n")
	if s := strings.TrimSpace(head); s != "" && !strings.HasPrefix(s, "# ") {
		return nil, fmt.Errorf("%s:1: want a comment (# ) before the first case (## )", file)
	}
	for found {
		var block string
		block, rest, found = strings.Cut(rest, "\n## ")
		c, err := parseCase(file, block)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
		all = append(all, c)
		line += strings.Count(block, "\n") + 1
	}
	return all, nil
}

// parseCase reads name line, tag line, row line and text.
func parseCase(file, block string) (Case, error) {
	lines := strings.SplitN(block, "\n", 4)
	if len(lines) < 4 {
		return Case{}, fmt.Errorf("case %q: want a name, tags, statements and a text", lines[0])
	}
	c := Case{Name: lines[0], File: file, Marked: strings.TrimSpace(lines[3])}
	tags := strings.Fields(lines[1])
	if len(tags) < 2 || !slices.Contains(Varieties, tags[0]) || !slices.Contains(Styles, tags[1]) {
		return Case{}, fmt.Errorf("case %q: tags %q do not begin with a variety and a style", c.Name, lines[1])
	}
	c.Variety, c.Style, c.Tags = tags[0], tags[1], tags[2:]
	if c.Name == "" || strings.ContainsAny(c.Name, " \t") || c.Marked == "" {
		return Case{}, fmt.Errorf("case %q: a name is one word, and a text follows", c.Name)
	}
	if lines[2] == "none" {
		return c, nil
	}
	for row := range strings.SplitSeq(lines[2], "; ") {
		s, err := parseRow(row)
		if err != nil {
			return Case{}, fmt.Errorf("case %q: %w", c.Name, err)
		}
		if s.Number != len(c.Statements)+1 {
			return Case{}, fmt.Errorf("case %q: statement %d stands in place %d", c.Name, s.Number, len(c.Statements)+1)
		}
		c.Statements = append(c.Statements, s)
	}
	return c, nil
}

// parseRow reads "2 mixed plan noun".
func parseRow(row string) (Statement, error) {
	words := strings.Fields(row)
	if len(words) != 4 {
		return Statement{}, fmt.Errorf("statement %q: want number, mode, act and kind of cue", row)
	}
	number, err := strconv.Atoi(words[0])
	s := Statement{Number: number, Mode: words[1], Act: words[2], Kind: words[3]}
	if err != nil || !slices.Contains(Modes, s.Mode) || !slices.Contains(Acts, s.Act) || !slices.Contains(Kinds, s.Kind) {
		return Statement{}, fmt.Errorf("statement %q: an unknown word", row)
	}
	return s, nil
}
