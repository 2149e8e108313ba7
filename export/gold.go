package export

import (
	"fmt"
	"slices"
	"strings"

	"dateline/news"
	"dateline/text"
)

// GoldCase is a statement in the notation of the demo's answers (demo/FORMAT.md): the paragraph it
// stands in, with the statement as it was read marked in it, and what people decided about it as
// comments. Whoever mends the rules moves the brackets to where they belong and has a test.
func GoldCase(a news.Annotation, s news.Statement, decisions []news.Decision) string {
	t := a.Article.Text
	var b strings.Builder
	fmt.Fprintf(&b, "# %s in %s, as rules %s read it. Move the brackets to where they belong.\n", s.ID, a.Article.Name, a.Article.Reader)
	speaker, said := s.Speaker.Name, s.Said.When.String()
	for _, d := range decisions {
		fmt.Fprintf(&b, "# %s: %s %s\n", by(d.By), d.Kind, oneLine(d.Value))
		switch d.Kind {
		case news.FixSpeaker:
			speaker = d.Value
		case news.FixSaid:
			said = d.Value
		case news.FixBoundary:
			if content, ok := d.Boundary(s, t); ok {
				s.Content = content
			}
		}
	}
	b.WriteString("=== 1 main\n\n")
	for _, p := range paragraphs(a.Article, s) {
		b.WriteString(strings.Join(marked(t, p, a.Article.Sentences, s), "\n") + "\n")
	}
	name := "-"
	if speaker != "" {
		name = strings.ReplaceAll(news.Fold(speaker), " ", "-")
	}
	fmt.Fprintf(&b, "> 1 %s %s %s", name, s.Act, s.Mode)
	if said != "" {
		b.WriteString(" said=" + said)
	}
	if s.Venue != "" {
		fmt.Fprintf(&b, " venue=%q", oneLine(s.Venue))
	}
	if s.Polarity == news.Negative {
		b.WriteString(" polarity=negative")
	}
	b.WriteString("\n")
	return b.String()
}

func by(name string) string {
	if name == "" {
		return "somebody"
	}
	return oneLine(name)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// paragraphs are those of the article that hold a part of the statement.
func paragraphs(a news.Article, s news.Statement) []text.Span {
	whole := text.Span{End: len(a.Text)}
	var out []text.Span
	for _, p := range text.Paragraphs(a.Text, whole) {
		if slices.ContainsFunc(partsOf(s), func(part markedPart) bool { return part.span.Start < p.End && part.span.End > p.Start }) {
			out = append(out, p)
		}
	}
	return out
}

type markedPart struct {
	span text.Span
	name string
}

func partsOf(s news.Statement) []markedPart {
	var parts []markedPart
	for _, c := range s.Content {
		parts = append(parts, markedPart{c, "content1"})
	}
	for _, c := range s.Cue {
		parts = append(parts, markedPart{c, "cue1"})
	}
	if !s.Source.Empty() {
		parts = append(parts, markedPart{s.Source, "source1"})
	}
	if !s.Addressee.Span.Empty() {
		parts = append(parts, markedPart{s.Addressee.Span, "to1"})
	}
	return parts
}

// marked is a paragraph with brackets around the parts, a line a sentence. A part that lies in
// several sentences has a pair of brackets in each; brackets of the text's own are escaped.
func marked(t string, p text.Span, sentences []text.Span, s news.Statement) []string {
	cuts := []text.Span{}
	at := p.Start
	for _, sentence := range sentences {
		if sentence.Start > at && sentence.Start < p.End {
			cuts = append(cuts, text.Span{Start: at, End: sentence.Start})
			at = sentence.Start
		}
	}
	cuts = append(cuts, text.Span{Start: at, End: p.End})
	parts := partsOf(s)
	var lines []string
	for _, line := range cuts {
		type event struct {
			at   int
			text string
		}
		var opens, closes []event
		for _, part := range parts {
			from, to := max(part.span.Start, line.Start), min(part.span.End, line.End)
			for to > from && (t[to-1] == ' ' || t[to-1] == '\n') {
				to--
			}
			if from < to {
				opens = append(opens, event{from, "[" + part.name + " "})
				closes = append(closes, event{to, "]"})
			}
		}
		var b strings.Builder
		for i := line.Start; i <= line.End; i++ {
			for _, e := range closes {
				if e.at == i {
					b.WriteString(e.text)
				}
			}
			for _, e := range opens {
				if e.at == i {
					b.WriteString(e.text)
				}
			}
			if i == line.End {
				break
			}
			switch c := t[i]; c {
			case '[', ']':
				b.WriteByte('\\')
				b.WriteByte(c)
			case '\n', '\r', '\t':
				b.WriteByte(' ')
			default:
				b.WriteByte(c)
			}
		}
		lines = append(lines, strings.TrimSpace(b.String()))
	}
	return lines
}
