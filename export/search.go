package export

import (
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/text"
)

// The JSON of what was found.
type (
	Hit struct {
		Page      string            `json:"page"`
		Article   int               `json:"article"`
		Statement *news.StatementID `json:"statement,omitempty"`
		Score     float64           `json:"score"`
		Snippet   string            `json:"snippet"`
		Ranges    []text.Span       `json:"ranges"` // of what was found, in the article's text
		Span      text.Span         `json:"span"`   // of the snippet
		ID        news.ArticleID    `json:"id"`
		Title     string            `json:"title"`
		Outlet    *string           `json:"outlet"`
		Published news.Interval     `json:"published"`
		Speaker   *string           `json:"speaker,omitempty"`
		Copies    []HitCopy         `json:"copies"`
		Why       []string          `json:"why,omitempty"`
		Later     []Later           `json:"later"` // what the article's outlet said of it since
	}
	HitCopy struct {
		Page    string  `json:"page"`
		Article int     `json:"article"`
		Outlet  *string `json:"outlet"`
	}
)

// NewHit is the JSON form of what a search found.
func NewHit(h search.Hit) Hit {
	r := Hit{Page: h.Ref.Page, Article: h.Ref.Article, Score: h.Score, Snippet: h.Snippet, Ranges: OrEmpty(h.Ranges), Span: h.Span,
		ID: h.Article, Title: h.Title, Outlet: OrNull(h.Outlet), Published: h.Published, Copies: []HitCopy{}, Later: later(h.Corrections)}
	if h.Statement != nil {
		r.Statement, r.Speaker = &h.Statement.ID, OrNull(h.Statement.Speaker.Name)
	}
	for _, c := range h.Copies {
		r.Copies = append(r.Copies, HitCopy{c.Ref.Page, c.Ref.Article, OrNull(c.Outlet)})
	}
	for _, w := range h.Why {
		r.Why = append(r.Why, w.String())
	}
	return r
}

// The JSON of a quotation that was checked.
type (
	Verdict struct {
		Verdict     search.Kind     `json:"verdict"`
		Speaker     *Actor          `json:"speaker"` // who said it; null where that is not known
		Said        *Said           `json:"said"`
		Differences []Difference    `json:"differences"`
		Statements  []StatementLink `json:"statements"` // best first
		Places      []Found         `json:"places"`     // all of them, those outside statements too
		Nearest     *Found          `json:"nearest"`    // of what is not found: what comes nearest to it; null where nothing does
		Covered     Covered         `json:"covered"`
		Why         []string        `json:"why"`
	}
	Difference struct {
		Kind  string     `json:"kind"`
		Asked string     `json:"asked"` // "" where the quotation leaves something out
		Is    string     `json:"is"`    // "" where it adds something
		At    *text.Span `json:"at"`    // in the quotation
		Range *text.Span `json:"range"` // in the article's text
	}
	Found struct {
		Page      string            `json:"page"`
		Article   int               `json:"article"`
		Statement *news.StatementID `json:"statement"`
		Verdict   search.Kind       `json:"verdict"`
		Ranges    []text.Span       `json:"ranges"`
		Text      string            `json:"text"`
		Outlet    *string           `json:"outlet"`
		Published news.Interval     `json:"published"`
		Likeness  float64           `json:"likeness"`
		Later     []Later           `json:"later"` // what the article's outlet said of it since
	}
	Later struct {
		By    news.ArticleID `json:"by"`
		Whole bool           `json:"whole"` // all of it was taken back, and not some of it
	}
	Covered struct {
		Articles int     `json:"articles"`
		Outlets  int     `json:"outlets"`
		From     *string `json:"from"`
		To       *string `json:"to"`
	}
)

func newFound(p search.Place) Found {
	place := Found{p.Ref.Page, p.Ref.Article, nil, p.Kind, OrEmpty(p.Spans), p.Text, OrNull(p.Outlet), p.Published, p.Likeness, later(p.Corrections)}
	if p.Statement != nil {
		place.Statement = &p.Statement.ID
	}
	return place
}

// NewVerdict is the JSON form of a quotation that was checked.
func NewVerdict(v search.Verdict) Verdict {
	r := Verdict{Verdict: v.Kind, Differences: []Difference{}, Statements: []StatementLink{}, Places: []Found{}, Why: []string{},
		Covered: Covered{v.Covered.Articles, v.Covered.Outlets, dayOrNull(v.Covered.From), dayOrNull(v.Covered.To)}}
	if v.Speaker.Name != "" {
		r.Speaker = &Actor{Name: v.Speaker.Name, Anonymous: v.Speaker.Anonymous}
		if v.Speaker.Entity != "" {
			r.Speaker.ID = &v.Speaker.Entity
		}
	}
	if !v.Said.When.IsZero() {
		r.Said = &Said{v.Said.When, OrNoSpan(v.Said.Span), v.Said.Reason.String()}
	}
	for _, d := range v.Differences {
		r.Differences = append(r.Differences, Difference{d.Kind, d.Asked, d.Is, OrNoSpan(d.At), OrNoSpan(d.Span)})
	}
	for _, p := range v.Places {
		if s := p.Statement; s != nil {
			r.Statements = append(r.Statements, StatementLink{Page: p.Ref.Page, Article: p.Ref.Article, Statement: s.ID, Content: s.Content, Text: p.Text,
				Act: s.Act, Mode: s.Mode, Polarity: s.Polarity})
		}
		r.Places = append(r.Places, newFound(p))
	}
	if v.Nearest != nil {
		near := newFound(*v.Nearest)
		r.Nearest = &near
	}
	for _, w := range v.Why {
		r.Why = append(r.Why, w.String())
	}
	return r
}

func later(all []news.Correction) []Later {
	list := []Later{}
	for _, c := range all {
		list = append(list, Later{c.By, c.Whole})
	}
	return list
}

func dayOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.Format(time.DateOnly)
	return &s
}
