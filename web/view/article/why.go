package article

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/text"
	"dateline/web/view"
)

// A Why is the way from a line of the record down to the bytes.
type Why struct {
	ID         string
	Row        *view.Row
	Chain      []view.Link
	OriginsWhy []news.Reason
	Made       []view.Row // the rows that it is made of
	Carried    []view.Row // the rows that rest on the statement that is asked about
	Story      view.Link
	Evidence   []Proof
	Decide     *view.Decide
	More       int // evidence that is not shown
}

// About is what is followed down, in a few words.
func (w Why) About() string {
	switch {
	case w.Row != nil && w.Row.Kind == news.Conflict:
		return w.Row.Text
	case w.Row != nil:
		about := w.Row.Actor.Text + ", " + w.Row.Word
		if w.Row.Issue.Text != "" {
			about += " on " + w.Row.Issue.Text
		}
		return about
	case len(w.Evidence) > 0 && w.Evidence[0].Words != "":
		return w.Evidence[0].Words
	case len(w.Evidence) > 0:
		return w.Evidence[0].Title
	}
	return w.ID
}

// A Proof is one statement with the bytes that it stands on.
type Proof struct {
	view.Report
	Card      *Card
	Before    string // the sentence around the words
	Words     string
	After     string
	Parts     []PartLine
	SHA256    string
	Number    int
	Fetched   view.When
	Recorded  view.When
	Reader    string
	Raw       string
	Gone      string
	Statement string
	Decide    *view.Decide
}

// A PartLine is a part with its place in text and bytes.
type PartLine struct {
	Name          string
	Text          string
	Place         string // in the text
	Bytes         string // in the page; "" for text that came from nowhere
	Stored        string // the bytes as they are stored, where they differ from the text
	Hex           string
	URL           string
	SameAsText    bool
	BytesNotShown bool
}

// MostProofs bounds how much of the evidence one page shows: a row may rest on thousands of
// statements.
const MostProofs = 12

// NewWhy is the page of a row, a statement or an article. made are the rows that it is made of, texts
// those of the articles that are shown.
func NewWhy(id string, e *news.Entry, made []news.Entry, evidence []news.Evidence, texts map[news.ArticleID]string, heads map[news.ArticleID]news.Head, story view.Link, l view.Links, now time.Time) Why {
	w := Why{ID: id, Story: story}
	if e != nil {
		m := view.NewMaker(news.Dossier{Heads: heads, Entries: append([]news.Entry{*e}, made...)}, l, now)
		e = &m.Dossier.Entries[0]
		row := m.Row(e)
		w.Row, w.Chain, w.OriginsWhy = &row, m.Chain(e), e.Origins.Reasons
		for i := range made {
			w.Made = append(w.Made, m.Row(&made[i]))
		}
	}
	for i, v := range evidence {
		if i == MostProofs {
			w.More = len(evidence) - i
			break
		}
		w.Evidence = append(w.Evidence, proof(v, texts[v.Article.ID], l, now))
	}
	return w
}

// Carries puts in the rows of a story that rest on a statement.
func (w *Why) Carries(d news.Dossier, id news.StatementID, l view.Links, now time.Time) {
	carried := news.Dossier{Heads: d.Heads}
	for i := range d.Entries {
		if slices.Contains(d.Entries[i].Statements, id) {
			carried.Entries = append(carried.Entries, d.Entries[i])
		}
	}
	m := view.NewMaker(carried, l, now)
	for i := range m.Dossier.Entries {
		w.Carried = append(w.Carried, m.Row(&m.Dossier.Entries[i]))
	}
}

func proof(v news.Evidence, t string, l view.Links, now time.Time) Proof {
	p := Proof{
		Report: view.Report{Outlet: cmp.Or(v.Article.Outlet, "outlet unknown"), Title: cmp.Or(v.Article.Title, v.Page), URL: l.Article(v.Article.ID), Article: v.Article.ID, When: view.NewWhen(v.Article.Published, now)},
		SHA256: v.Revision.SHA256, Number: v.Revision.Number, Fetched: view.NewInstant(v.Revision.Fetched, now), Recorded: view.NewInstant(v.Revision.Recorded, now),
		Reader: v.Reader, Raw: l.To("/raw/" + string(v.Revision.ID)),
	}
	if v.Gone != nil {
		p.Gone = v.Gone.Error()
	}
	if s := v.Statement; s != nil {
		p.Statement, p.URL = string(s.ID), l.Statement(v.Article.ID, s.ID)
		if t != "" {
			c := card(news.Article{Text: t}, *s, nil, nil, l, now)
			p.Card = &c
			p.Before, p.Words, p.After = around(t, s.Content)
		}
	}
	for _, part := range v.Parts {
		if len(p.Parts) == 8 {
			break
		}
		p.Parts = append(p.Parts, partLine(part, v.Revision.ID, l))
	}
	return p
}

// contextBytes is how much of an article is shown on either side of a statement's words.
const contextBytes = 240

func around(t string, spans []text.Span) (before, words, after string) {
	if len(spans) == 0 {
		return "", "", ""
	}
	whole := text.Span{Start: spans[0].Start, End: spans[len(spans)-1].End}
	from, to := max(0, whole.Start-contextBytes), min(len(t), whole.End+contextBytes)
	for from > 0 && !utf8.RuneStart(t[from]) {
		from--
	}
	for to < len(t) && !utf8.RuneStart(t[to]) {
		to++
	}
	before, after = t[from:whole.Start], t[whole.End:to]
	if i := strings.LastIndex(before, "\n"); i >= 0 {
		before = before[i+1:]
	} else if i := strings.IndexByte(before, ' '); from > 0 && i >= 0 {
		before = "…" + before[i:]
	}
	if i := strings.Index(after, "\n"); i >= 0 {
		after = after[:i]
	} else if i := strings.LastIndexByte(after, ' '); to < len(t) && i >= 0 {
		after = after[:i] + "…"
	}
	return before, whole.Of(t), after
}

// mostHex is how many bytes are shown in hexadecimal.
const mostHex = 64

func partLine(p news.Part, r news.RevisionID, l view.Links) PartLine {
	line := PartLine{Name: p.Name, Text: p.Text, Place: fmt.Sprintf("%d to %d", p.Span.Start, p.Span.End)}
	if p.Original.Empty() {
		return line
	}
	line.Bytes = fmt.Sprintf("%d to %d", p.Original.Start, p.Original.End)
	line.URL = l.To("/bytes/"+string(r), "from", fmt.Sprint(p.Original.Start), "to", fmt.Sprint(p.Original.End))
	if line.BytesNotShown = p.Bytes == nil; line.BytesNotShown {
		return line
	}
	line.SameAsText = string(p.Bytes) == p.Text
	line.Stored = Printable(view.Clip(string(p.Bytes), 600))
	line.Hex = hex.EncodeToString(p.Bytes[:min(len(p.Bytes), mostHex)])
	return line
}

// Printable shows bytes that are no characters, and characters that show as nothing, by their
// codes.
func Printable(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, "\\x%02x", s[i])
		case r == '\n' || r == '\t' || unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "\\u{%x}", r)
		}
		i += n
	}
	return b.String()
}

// Bytes is a stretch of a stored page with what stands around it.
type Bytes struct {
	Revision            string
	From, To            int
	Size                int
	Before, Here, After string
	SHA256              string
	Raw                 string
	Number              int
	Fetched, Recorded   view.When
	Page                string // as added
	Address             string // where it was published; "" for what came as a file
	MediaType, Charset  string
	Article             *view.Report // that was read in these bytes; nil where none was
	Lines               []BytesLine  // what is on the record of these bytes
}

// A BytesLine is what somebody says in a stretch of bytes.
type BytesLine struct {
	Speaker view.Link
	Cue     string
	Words   string
	Why     string
}

// mostLines bounds how many statements are named for a stretch of bytes.
const mostLines = 5

// Name is what people know the page by.
func (b Bytes) Name() string {
	if b.Article != nil {
		return b.Article.Title
	}
	return cmp.Or(b.Address, b.Page)
}

// First and Length are the arguments by which common tools cut these bytes out of the page.
func (b Bytes) First() int  { return b.From + 1 }
func (b Bytes) Length() int { return b.To - b.From }

// NewBytes is the bytes from one place to another of a revision, with what was read in them.
func NewBytes(r news.Revision, page news.Page, read news.Reading, from, to int, l view.Links, now time.Time) Bytes {
	body := page.Body
	from = min(max(0, from), len(body))
	to = min(max(from, to), len(body))
	show := func(a, b int) string { return Printable(string(body[max(0, a):min(len(body), b)])) }
	v := Bytes{
		Revision: string(r.ID), From: from, To: to, Size: len(body), Before: show(from-600, from), Here: show(from, to), After: show(to, to+600),
		SHA256: r.SHA256, Raw: l.To("/raw/" + string(r.ID)), Number: r.Number, Fetched: view.NewInstant(r.Fetched, now), Recorded: view.NewInstant(r.Recorded, now),
		Page: page.Name, Address: webAddress(page.URL), MediaType: r.MediaType, Charset: r.Charset,
	}
	here, smallest := text.Span{Start: from, End: to}, len(body)+1
	for _, a := range read.Annotations {
		art := a.Article
		whole, ok := read.Document.Alignment.Original(art.Range)
		if !ok || !whole.Overlaps(here) || whole.Len() >= smallest {
			continue
		}
		smallest, v.Lines = whole.Len(), nil
		v.Article = &view.Report{Outlet: cmp.Or(art.Outlet.Name, "outlet unknown"), Title: art.Name, URL: l.Article(art.ID), Article: art.ID, When: view.NewWhen(art.Published.When, now)}
		if art.Title != nil {
			v.Article.Title = art.Title.Text
		}
		for _, s := range a.Statements {
			if len(v.Lines) < mostLines && slices.ContainsFunc(s.Content, func(c text.Span) bool {
				o, ok := read.Document.Alignment.Original(c)
				return ok && o.Overlaps(here)
			}) {
				c := card(art, s, nil, nil, l, now)
				v.Lines = append(v.Lines, BytesLine{c.Speaker, c.Cue, c.Words, c.URL})
			}
		}
	}
	return v
}
