package demo

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// kinds are the kinds of a segment, as in the contract of "dateline read".
var kinds = []string{"title", "title_dup", "dek", "dateline", "date", "publisher", "byline", "body",
	"caption", "credit", "section_label", "related_link", "tags", "boilerplate"}

var (
	modes = []string{"direct", "indirect", "mixed"}
	acts  = []string{"speech", "writing", "document", "question", "thought", "stance", "plan", "poll", "perception"}

	// opener finds the start of a mark; any other bracket is the text's own.
	opener = regexp.MustCompile(`^\[(?:(source|cue|content|to)([0-9]+)|t=([^ \]]+)|(` + strings.Join(kinds, "|") + `)|@([a-z0-9-]+))[ \n]`)
	prefix = regexp.MustCompile(`^(` + strings.Join(kinds, "|") + `)\| ?`)
	header = regexp.MustCompile(`^=== ([0-9]+) (main|embedded)$`)
	clock  = regexp.MustCompile(`T[0-9]|T(MO|MI|AF|EV|NI|DT)$`)
)

// ParseGold reads the notation of FORMAT.md.
func ParseGold(src string) ([]Article, error) {
	var articles []Article
	var p *goldParser
	finish := func() error {
		if p == nil {
			return nil
		}
		a, err := p.article()
		if err != nil {
			return fmt.Errorf("article %d: %w", p.a.Number, err)
		}
		articles = append(articles, a)
		return nil
	}
	var lines []string
	flush := func() error {
		if len(lines) == 0 {
			return nil
		}
		err := p.paragraph(lines)
		lines = nil
		return err
	}
	for i, line := range strings.Split(src, "\n") {
		line = strings.TrimRight(line, " \t")
		at := func(err error) error { return fmt.Errorf("line %d: %w", i+1, err) }
		if strings.HasPrefix(line, "# ") || line == "#" {
			continue
		}
		if m := header.FindStringSubmatch(line); m != nil {
			if len(lines) > 0 {
				if err := flush(); err != nil {
					return nil, at(err)
				}
			}
			if err := finish(); err != nil {
				return nil, at(err)
			}
			n, _ := strconv.Atoi(m[1])
			if n != len(articles)+1 {
				return nil, at(fmt.Errorf("article %d out of order", n))
			}
			p = &goldParser{a: Article{Number: n, Role: m[2]}, statements: map[int]*Statement{}}
			continue
		}
		if p == nil {
			if line == "" {
				continue
			}
			return nil, at(fmt.Errorf("text before the first ==="))
		}
		var err error
		switch {
		case line == "":
			err = flush()
		case strings.HasPrefix(line, "> "):
			if err = flush(); err == nil {
				err = p.values(line[2:])
			}
		case strings.HasPrefix(line, "! "):
			if err = flush(); err == nil {
				tag, note, _ := strings.Cut(line[2:], " ")
				p.a.Traps = append(p.a.Traps, Trap{Tag: tag, Note: note, Paragraph: p.last})
			}
		default:
			lines = append(lines, line)
		}
		if err != nil {
			return nil, at(err)
		}
	}
	if err := flush(); err != nil {
		return nil, err
	}
	if err := finish(); err != nil {
		return nil, err
	}
	if len(articles) == 0 {
		return nil, fmt.Errorf("no article")
	}
	return articles, nil
}

type goldParser struct {
	a          Article
	text       strings.Builder
	last       Span // the paragraph read last
	statements map[int]*Statement
	valued     []int
}

// paragraph reads the lines of one paragraph, each a sentence.
func (p *goldParser) paragraph(lines []string) error {
	kind := "body"
	if m := prefix.FindStringSubmatch(lines[0]); m != nil {
		kind = m[1]
		lines[0] = lines[0][len(m[0]):]
	}
	if p.text.Len() > 0 {
		p.text.WriteString("\n\n")
	}
	start := p.text.Len()
	type open struct {
		mark  []string // nil for a bracket of the text's own
		start int
	}
	var stack []open
	var inner []Segment
	var ends []int // where lines end
	src := strings.Join(lines, "\n")
	for i := 0; i < len(src); {
		switch c := src[i]; {
		case c == '\\' && i+1 < len(src) && src[i+1] == '\n': // glued to the next line
			ends = append(ends, p.text.Len())
			i += 2
		case c == '\\' && i+1 == len(src): // glued to nothing: the last line of a paragraph
			i++
		case c == '\\':
			i++
			if i < len(src) {
				p.text.WriteByte(src[i])
				i++
			}
		case c == '\n':
			ends = append(ends, p.text.Len())
			p.text.WriteByte(' ')
			i++
		case c == '[':
			if m := opener.FindStringSubmatch(src[i:]); m != nil {
				stack = append(stack, open{m, p.text.Len()})
				i += len(m[0])
				continue
			}
			stack = append(stack, open{nil, 0})
			p.text.WriteByte(c)
			i++
		case c == ']':
			if len(stack) == 0 {
				return fmt.Errorf("a closing bracket too many in %.60q", src)
			}
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			i++
			if o.mark == nil {
				p.text.WriteByte(c)
				continue
			}
			span := Span{o.start, p.text.Len()}
			if span.Start == span.End {
				return fmt.Errorf("empty mark %q in %.60q", o.mark[0], src)
			}
			switch {
			case o.mark[1] != "":
				n, _ := strconv.Atoi(o.mark[2])
				p.part(o.mark[1], n, span)
			case o.mark[3] != "":
				t, err := parseTime(o.mark[3])
				if err != nil {
					return err
				}
				t.Span = span
				p.a.Times = append(p.a.Times, t)
			case o.mark[5] != "":
				p.a.Mentions = append(p.a.Mentions, Mention{span, o.mark[5]})
			default:
				inner = append(inner, Segment{span, o.mark[4]})
			}
		default:
			p.text.WriteByte(c)
			i++
		}
	}
	if len(stack) > 0 {
		return fmt.Errorf("a bracket is not closed in %.60q", src)
	}
	end := p.text.Len()
	ends = append(ends, end)
	p.last = Span{start, end}
	text := p.text.String()
	p.a.Segments = append(p.a.Segments, cut(text, p.last, inner, kind)...)

	if slices.Contains([]string{"body", "title", "title_dup", "dek", "caption"}, kind) {
		from := start
		for _, to := range ends {
			// What is left of the line without labels, datelines and credits.
			for _, piece := range cut(text, Span{from, to}, inner, kind) {
				if piece.Kind == kind || slices.Contains([]string{"title", "body", "caption"}, piece.Kind) {
					p.a.Sentences = append(p.a.Sentences, piece.Span)
				}
			}
			from = to
		}
	}
	return nil
}

// cut parts a span of kind at the inner segments, blanks trimmed, empty pieces left out.
func cut(text string, span Span, inner []Segment, kind string) []Segment {
	var pieces []Segment
	add := func(s Span, kind string) {
		for s.Start < s.End && text[s.Start] == ' ' {
			s.Start++
		}
		for s.End > s.Start && text[s.End-1] == ' ' {
			s.End--
		}
		if s.Start < s.End {
			pieces = append(pieces, Segment{s, kind})
		}
	}
	at := span.Start
	for _, s := range inner {
		if s.Start < span.Start || s.End > span.End {
			continue
		}
		add(Span{at, s.Start}, kind)
		add(s.Span, s.Kind)
		at = s.End
	}
	add(Span{at, span.End}, kind)
	return pieces
}

func (p *goldParser) part(name string, n int, span Span) {
	s := p.statements[n]
	if s == nil {
		s = &Statement{Number: n}
		p.statements[n] = s
	}
	switch name {
	case "source":
		s.Source = append(s.Source, span)
	case "cue":
		s.Cue = append(s.Cue, span)
	case "content":
		s.Content = append(s.Content, span)
	case "to":
		s.Addressee = append(s.Addressee, span)
	}
}

func parseTime(s string) (Time, error) {
	var t Time
	s, t.Anchor, _ = strings.Cut(s, "^")
	if t.Anchor == "" {
		t.Anchor = "published"
	}
	if !slices.Contains([]string{"published", "event", "previous"}, t.Anchor) {
		return t, fmt.Errorf("time %q: no such anchor", s)
	}
	for _, typ := range []string{"DATE", "TIME", "DURATION", "SET", "EVENT"} {
		if v, ok := strings.CutPrefix(s, typ+":"); ok {
			t.Type, s = typ, v
		}
	}
	if t.Type == "" {
		switch {
		case len(s) > 1 && s[0] == 'P' && (s[1] == 'T' || s[1] == 'X' || s[1] >= '0' && s[1] <= '9'):
			t.Type = "DURATION"
		case clock.MatchString(s):
			t.Type = "TIME"
		default:
			t.Type = "DATE"
		}
	}
	if s != "?" {
		t.Value = s
	}
	return t, nil
}

// values reads a line of values: number, speaker, then mode, act and key=value in any order.
func (p *goldParser) values(line string) error {
	words, err := fields(line)
	if err != nil {
		return err
	}
	if len(words) < 3 {
		return fmt.Errorf("values %q: want number, speaker and mode", line)
	}
	n, err := strconv.Atoi(words[0])
	if err != nil {
		return fmt.Errorf("values %q: no number", line)
	}
	s := p.statements[n]
	if s == nil {
		return fmt.Errorf("values of statement %d, which is not marked before", n)
	}
	if slices.Contains(p.valued, n) {
		return fmt.Errorf("values of statement %d twice", n)
	}
	p.valued = append(p.valued, n)
	s.Act = "speech"
	if words[1] != "-" {
		s.Speaker = words[1]
	}
	for _, w := range words[2:] {
		key, value, ok := strings.Cut(w, "=")
		switch {
		case !ok && slices.Contains(modes, w):
			s.Mode = w
		case !ok && slices.Contains(acts, w):
			s.Act = w
		case key == "to":
			s.To = value
		case key == "venue":
			s.Venue = value
		case key == "said":
			s.Said = value
		case key == "relayed":
			s.Relayed = strings.Split(value, ",")
		case key == "within":
			if s.Within, err = strconv.Atoi(value); err != nil {
				return fmt.Errorf("values %q: within wants a number", line)
			}
		case key == "polarity" && value == "negative":
			s.Negative = true
		case key == "hedge":
			s.Hedge = value
		case key == "issue":
			s.Issues = strings.Split(value, ",")
		case key == "note":
			s.Note = value
		default:
			return fmt.Errorf("values %q: what is %q", line, w)
		}
	}
	if s.Mode == "" {
		return fmt.Errorf("values %q: no mode", line)
	}
	return nil
}

// fields parts a line at blanks outside of double marks, which are taken out.
func fields(line string) ([]string, error) {
	var words []string
	var b strings.Builder
	quoted, any := false, false
	for _, r := range line {
		switch {
		case r == '"':
			quoted, any = !quoted, true
		case r == ' ' && !quoted:
			if any {
				words = append(words, b.String())
			}
			b.Reset()
			any = false
		default:
			b.WriteRune(r)
			any = true
		}
	}
	if quoted {
		return nil, fmt.Errorf("values %q: a mark is not closed", line)
	}
	if any {
		words = append(words, b.String())
	}
	return words, nil
}

// article checks what must hold and returns the article.
func (p *goldParser) article() (Article, error) {
	p.a.Text = p.text.String()
	numbers := []int{}
	for n := range p.statements {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		s := p.statements[n]
		if !slices.Contains(p.valued, n) {
			return p.a, fmt.Errorf("statement %d has no values", n)
		}
		if len(s.Content) == 0 {
			return p.a, fmt.Errorf("statement %d has no content", n)
		}
		for _, part := range []*[]Span{&s.Source, &s.Cue, &s.Content, &s.Addressee} {
			*part = joined(p.a.Text, *part)
		}
		p.a.Statements = append(p.a.Statements, *s)
	}
	slices.SortFunc(p.a.Times, func(a, b Time) int { return a.Start - b.Start })
	slices.SortFunc(p.a.Mentions, func(a, b Mention) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	return p.a, nil
}

// joined sorts the pieces of a part and joins those with no more than a blank between.
func joined(text string, spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && out[n-1].End <= s.Start && strings.Trim(text[out[n-1].End:s.Start], " ") == "" {
			out[n-1].End = s.End
			continue
		}
		out = append(out, s)
	}
	return out
}

// Quote returns the words of spans, pieces parted by " ... ".
func (a *Article) Quote(spans []Span) string {
	var pieces []string
	for _, s := range spans {
		pieces = append(pieces, a.Text[s.Start:s.End])
	}
	return strings.Join(pieces, " ... ")
}
