// Package invent makes an archive that never was: pages of invented outlets in invented words,
// with the readings, stories and ledger rows that belong to them. It stands in for a million
// real articles where growth is measured, and for a few where a test needs some.
//
// Words follow Zipf's law over 150,000 of them, as news text does. Stories run over some days,
// each with a few events; a tenth of the articles are another outlet's copy with a new opening. The
// rows of the ledger are of all kinds but differences and denials; they stand on statements as those
// of package ledger do, and mean nothing. The same seed and size give the same archive, byte for
// byte; archives of two seeds have no page in common, so one can be added to another.
package invent

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"dateline/news"
	"dateline/text"
)

// Reader names this reader of invented pages.
const Reader = "invented/1"

// An Item is a page with what is made of it.
type Item struct {
	Page    news.Page
	Reading news.Reading
	// Placement is a story's, with its last article, and nil for the others, so that an archive
	// of any size costs the same for each.
	Placement *news.Placement
}

const (
	vocabulary = 150_000
	// zipf is the exponent of the distribution of words. English news text has about 1; the
	// generator needs more than 1.
	zipf = 1.07

	articlesPerStory = 20 // on average
	open             = 40 // stories that run side by side
	copied           = 0.1
)

var (
	outlets = []string{"Alba Courier", "Gdeskaya Gazeta", "Norre Tidende", "Il Foglio di Pietra", "The Wexmoor Post", "Kestrel Wire"}
	first   = []string{"Ana", "Jan", "Mira", "Oskar", "Lena", "Tomas", "Ruta", "Piet", "Sanne", "Idris", "Noor", "Emil"}
	last    = []string{"Ruiz", "Kos", "Halvorsen", "Adeyemi", "Brandt", "Okafor", "Lindqvist", "Moreau", "Petrov", "Castell", "Yilmaz", "Dunne"}
	begin   = time.Date(2031, 1, 1, 6, 0, 0, 0, time.UTC)
)

// Archive is an archive of so many articles of about so many words.
func Archive(seed uint64, articles, words int) iter.Seq[Item] {
	return archive(seed, articles, words, func(w *writer, i, running int) *course {
		if running < open && running <= i/2 {
			return w.course(i, 1+w.random.IntN(2*articlesPerStory), 3)
		}
		return nil
	})
}

// Story is one long story of so many articles.
func Story(seed uint64, articles, words int) iter.Seq[Item] {
	return archive(seed, articles, words, func(w *writer, i, running int) *course {
		if i == 0 {
			return w.course(i, articles, 60)
		}
		return nil
	})
}

// archive asks begins before each article whether a story begins with it.
func archive(seed uint64, articles, words int, begins func(w *writer, i, running int) *course) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		random := rand.New(rand.NewPCG(seed, 0x6461746c))
		w := &writer{seed: seed, random: random, zipf: rand.NewZipf(random, zipf, 2.7, vocabulary-1), words: words}
		var running []*course
		for i := range articles {
			if c := begins(w, i, len(running)); c != nil {
				running = append(running, c)
			}
			n := random.IntN(len(running))
			c := running[n]
			item := w.item(i, c)
			if c.left--; c.left <= 0 {
				p := c.placement()
				item.Placement = &p
				running = append(running[:n], running[n+1:]...)
			}
			if i == articles-1 {
				if item.Placement == nil {
					item.Placement = &news.Placement{}
				}
				for _, c := range running {
					p := c.placement()
					item.Placement.Stories = append(item.Placement.Stories, p.Stories...)
					item.Placement.Entries = append(item.Placement.Entries, p.Entries...)
					item.Placement.Entities = append(item.Placement.Entities, p.Entities...)
					item.Placement.Mentions = append(item.Placement.Mentions, p.Mentions...)
				}
			}
			if !yield(item) {
				return
			}
		}
	}
}

// A course is a story while it runs.
type course struct {
	topic  []string
	people []string
	left   int
	events []news.Event
	book   *book
	name   string
	latest []paragraph    // of the newest article, for copies
	newest news.ArticleID // whose paragraphs those are
	copies bool           // the article in hand is a copy of that
}

func (c *course) placement() news.Placement {
	if len(c.events) == 0 {
		return news.Placement{}
	}
	y := news.Story{ID: news.NewStoryID(c.events[0].ID), Name: c.name, Events: c.events}
	for i := range c.book.entries {
		c.book.entries[i].Story = y.ID
	}
	return news.Placement{Stories: []news.Story{y}, Entries: c.book.entries, Entities: c.book.entities, Mentions: c.book.mentions}
}

type writer struct {
	seed   uint64
	random *rand.Rand
	zipf   *rand.Zipf
	words  int
}

func (w *writer) course(i, articles, people int) *course {
	c := &course{left: articles, book: newBook()}
	for range 6 {
		c.topic = append(c.topic, Word(uint64(2000+w.random.IntN(vocabulary-2000))))
	}
	for range people {
		c.people = append(c.people, first[w.random.IntN(len(first))]+" "+last[w.random.IntN(len(last))])
	}
	c.name = strings.Join(c.topic[:2], " ") + fmt.Sprint(" ", i)
	return c
}

// Word is the word of a rank of frequency: frequent words are short.
func Word(rank uint64) string {
	const onsets, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for n := rank + 1; n > 0; n /= uint64(len(onsets) * len(vowels)) {
		k := n % uint64(len(onsets)*len(vowels))
		b.WriteByte(onsets[k%uint64(len(onsets))])
		b.WriteByte(vowels[k/uint64(len(onsets))])
	}
	return b.String()
}

func (w *writer) sentence(c *course, words int) string {
	all := make([]string, words)
	for i := range all {
		if w.random.IntN(8) == 0 {
			all[i] = c.topic[w.random.IntN(len(c.topic))]
		} else {
			all[i] = Word(w.zipf.Uint64())
		}
	}
	all[0] = strings.ToUpper(all[0][:1]) + all[0][1:]
	return strings.Join(all, " ")
}

// A paragraph is prose, or what somebody says.
type paragraph struct{ text, speaker string }

func (w *writer) paragraphs(c *course) []paragraph {
	if c.copies = len(c.latest) > 1 && w.random.Float64() < copied; c.copies {
		again := append([]paragraph(nil), c.latest...)
		again[0] = paragraph{text: w.sentence(c, 12) + "."}
		return again
	}
	var all []paragraph
	for n := 0; n < w.words; {
		length := 10 + w.random.IntN(15)
		p := paragraph{text: w.sentence(c, length) + "."}
		if len(all)%5 > 1 { // so an article of 300 words has some ten statements
			p = paragraph{w.sentence(c, length) + ",", c.people[w.random.IntN(len(c.people))]}
		}
		all = append(all, p)
		n += length
	}
	return all
}

func (w *writer) item(i int, c *course) Item {
	outlet := outlets[w.random.IntN(len(outlets))]
	when := begin.Add(time.Duration(i) * 7 * time.Minute)
	address := fmt.Sprintf("https://%s.example/%d/%d-%d", strings.ToLower(strings.ReplaceAll(outlet, " ", "-")), when.Year(), w.seed, i)
	c.latest = w.paragraphs(c)

	page := news.Page{Name: address, URL: address, Fetched: when.Add(20 * time.Minute), MediaType: "text/plain", Charset: "utf-8"}
	a := news.Article{Name: address, Reader: Reader, Page: page.ID(), Role: news.Main, Language: "en", URL: address,
		Outlet:    news.Outlet{Name: outlet, Basis: news.Stated, Reason: news.Reason{Rule: "og-site-name"}},
		Published: news.Published{When: news.At(news.Instant(when)), Basis: news.Stated, Reason: news.Reason{Rule: "json-ld-date"}}}
	d := news.Document{Page: a.Page, Reader: Reader, Name: address, URL: address, MediaType: "text/plain"}
	title := w.sentence(c, 6+w.random.IntN(4))
	a.ID = news.NewArticleID(a.Page, title)
	n := news.Annotation{Article: a, Analysed: true}

	var b strings.Builder
	segment := func(kind news.Kind, s string) text.Span {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		span := text.Span{Start: b.Len(), End: b.Len() + len(s)}
		b.WriteString(s)
		a.Segments = append(a.Segments, news.Segment{Span: span, Kind: kind, Reason: "invented"})
		a.Sentences = append(a.Sentences, span)
		return span
	}
	titleSpan := segment(news.Title, title)
	for _, p := range c.latest {
		if p.speaker == "" {
			segment(news.Body, p.text)
			continue
		}
		quotation := `"` + p.text + `"`
		span := segment(news.Body, quotation+" said "+p.speaker+".")
		content := text.Span{Start: span.Start, End: span.Start + len(quotation)}
		source := text.Span{Start: content.End + len(" said "), End: span.End - 1}
		n.Statements = append(n.Statements, w.statement(a.ID, p.speaker, content, source, quotation, &n))
	}
	b.WriteByte('\n')

	page.Body = []byte(b.String())
	d.Text, d.Revision, d.Alignment = b.String(), page.Revision(), text.Identity(b.Len())
	a.Text, a.Revision, a.Range, a.Title = d.Text, d.Revision, text.Span{Start: 0, End: b.Len()}, news.NewExcerpt(d.Text, titleSpan)
	n.Article = a
	c.record(n)
	return Item{Page: page, Reading: news.Reading{Document: d, Annotations: []news.Annotation{n}}}
}

func (w *writer) statement(a news.ArticleID, speaker string, content, source text.Span, words string, n *news.Annotation) news.Statement {
	entity := news.NewEntityID(string(a), speaker)
	mention := news.Mention{Span: source, Kind: news.ByName}
	known := false
	for i := range n.Entities {
		if n.Entities[i].ID == entity {
			n.Entities[i].Mentions, known = append(n.Entities[i].Mentions, mention), true
		}
	}
	if !known {
		n.Entities = append(n.Entities, news.Entity{ID: entity, Name: speaker, Type: news.Person, Mentions: []news.Mention{mention}})
	}
	return news.Statement{ID: news.NewStatementID(a, words, 0), Article: a, Source: source, Cue: []text.Span{{Start: content.End + 1, End: content.End + 5}},
		Content: []text.Span{content}, Mode: news.Direct, Act: news.Speech, Polarity: news.Positive,
		Speaker:    news.Speaker{Entity: entity, Name: speaker, Reason: news.Reason{Rule: "named"}},
		Said:       news.Said{When: n.Article.Published.When, Reason: news.Reason{Rule: "day-of-report"}},
		Confidence: 0.95, Reasons: []news.Reason{{Rule: "quote-then-cue", Detail: "said"}}}
}

// record puts an article into the newest event of its story, or into a new one; a copy into that of
// what it copies.
func (c *course) record(n news.Annotation) {
	a := n.Article
	if n := len(c.events); n == 0 || len(c.events[n-1].Articles) >= 5 && !c.copies {
		c.events = append(c.events, news.Event{ID: news.NewEventID(a.ID), Title: a.Title.Text, Date: a.Published.When, Reason: news.Reason{Rule: "founder"}})
	}
	event := &c.events[len(c.events)-1]
	event.Articles = append(event.Articles, a.ID)
	if c.copies {
		event.Copies = append(event.Copies, news.Copy{Article: a.ID, Of: c.newest})
	} else {
		c.newest = a.ID
	}
	c.book.record(news.NewStoryID(c.events[0].ID), n, c.topic)
}
