package extract

import (
	"fmt"
	"strings"

	"golang.org/x/net/html/atom"

	"dateline/extract/body"
	"dateline/extract/markup"
	"dateline/extract/metadata"
	"dateline/extract/rule"
	"dateline/news"
)

// A sign is wording that tells what a page is instead of an article.
type sign struct {
	what    string   // as the error says it
	phrases []string // in lower case
	where   place
}

type place uint8

const (
	inHeading place = 1 << iota // the title element, the headline
	inText
	inNoscript
)

// signs are read in order, on pages with little prose only: an article may speak of them all.
var signs = []sign{
	{"challenge: the server asks whether the reader is a robot", []string{"just a moment...", "attention required!", "access denied", "pardon our interruption", "are you a robot", "security check",
		"checking your browser", "verify you are human", "checking if the site connection is secure", "please verify you are a human", "human verification", "ddos protection by", "bot verification", "just a moment…"}, inHeading},
	{"challenge: the server asks whether the reader is a robot", []string{"verify you are human", "checking your browser before accessing", "request unsuccessful. incapsula", "unusual traffic from your", "complete the security check", "confirm you are human", "not a robot"}, inText},
	{"wall: consent", []string{"we value your privacy", "before you continue", "your privacy choices", "cookie consent", "privacy settings", "datenschutzeinstellungen", "wir schätzen ihre privatsphäre", "respect de votre vie privée"}, inHeading},
	{"wall: consent", []string{"partners store and access information", "partners store and/or access information", "store and/or access information on a device", "agree to the use of cookies", "mit werbung und tracking", "with ads and tracking", "consentez à l'utilisation de cookies", "werbung und cookies akzeptieren"}, inText},
	{"soft 404: the page says that it does not exist", []string{"page not found", "404", "couldn't find that page", "could not find that page", "can't find that page", "page doesn't exist", "page does not exist", "page you requested", "page you are looking for", "nothing found", "no longer available", "seite nicht gefunden",
		"page introuvable", "página no encontrada", "página não encontrada", "pagina non trovata", "pagina niet gevonden", "sidan kunde inte hittas", "страница не найдена", "not found", "content not available", "this page isn't available"}, inHeading},
	{"error page", []string{"error establishing a database connection", "internal server error", "service unavailable", "bad gateway", "gateway timeout", "application error", "server error", "something went wrong", "temporarily unavailable", "forbidden", "too many requests"}, inHeading},
	{"error page", []string{"mysqli_connect()", "error establishing a database connection", "fatal error: uncaught", "stack trace:", "http error 50"}, inText},
	{"parked domain", []string{"is for sale", "domain for sale", "buy this domain", "domain is parked", "this domain may be for sale", "parked domain", "diese domain steht zum verkauf"}, inHeading | inText},
	{"wall: login", []string{"log in to continue", "sign in to continue", "please log in", "please sign in", "log in to facebook", "anmelden, um fortzufahren"}, inHeading | inText},
	{"needs JavaScript", []string{"enable js", "enable javascript", "javascript is disabled", "javascript is required", "requires javascript", "doesn't work properly without javascript", "need to enable javascript", "turn on javascript", "javascript aktivieren", "activer javascript", "javascript activado"}, inNoscript | inText},
}

// littleProse is how many words of body a page may have and still be a wall: consent notices
// have about a hundred.
const littleProse = 150

// bannerProse is how many words of body make a consent notice elsewhere on the page a banner
// beside an article.
const bannerProse = 60

// verdict says whether there is an article on the page and, if not, what there is instead.
func verdict(f *metadata.Facts, page *body.Page) error {
	words, links := 0, 0
	for i := range page.Blocks {
		b := &page.Blocks[i]
		if b.Kind == news.Body {
			words += b.Words
		}
		if b.LinkDensity() > .8 {
			links++
		}
	}
	if words < littleProse {
		if what := reads(f, page, words); what != "" {
			return fmt.Errorf("%w: %s", news.ErrNoArticle, what)
		}
	}
	if words > 0 {
		return nil
	}
	switch {
	case f.DeclaresArticle():
		return fmt.Errorf("%w: needs JavaScript: the page's data tell of an article, its text is not in the page", news.ErrNoArticle)
	case len(page.Blocks) == 0 && hasScript(page.Tree):
		return fmt.Errorf("%w: needs JavaScript", news.ErrNoArticle)
	case links >= 20:
		return fmt.Errorf("%w: section front: %d links and no prose", news.ErrNoArticle, links)
	}
	return fmt.Errorf("%w: no prose", news.ErrNoArticle)
}

// reads says what a page with little prose tells of itself, "" if it may be an article.
func reads(f *metadata.Facts, page *body.Page, words int) string {
	var heading strings.Builder
	if f.Title != 0 {
		heading.WriteString(strings.ToLower(f.Tree.Inner(f.Title)) + "\n")
	}
	var all strings.Builder
	total := 0
	for i := range page.Blocks {
		b := &page.Blocks[i]
		total += b.Words
		s := strings.ToLower(strings.ReplaceAll(b.Span.Of(page.Text), "’", "'"))
		if b.Tag == atom.H1 || i == page.Title {
			heading.WriteString(s + "\n")
		}
		// Under an article a banner is furniture; a wall is what is taken for the article itself.
		if all.Len() < 20_000 && b.Words < 120 && (words < bannerProse || b.Kind == news.Body) {
			all.WriteString(s + "\n")
		}
	}
	for _, s := range signs {
		where := ""
		if s.where&inHeading != 0 {
			where += heading.String()
		}
		if s.where&inText != 0 && (total < 120 || words < 20 && total < 400) {
			where += all.String()
		}
		if s.where&inNoscript != 0 && words < 20 {
			where += noscript(page.Tree)
		}
		for _, p := range s.phrases {
			i := strings.Index(where, p)
			if i < 0 {
				continue
			}
			// A headline may hold the words by chance ("404 people", "service unavailable for
			// days"): then there is an article under it.
			if s.where&inHeading != 0 && words >= 60 && len(firstLine(where[strings.LastIndexByte(where[:i], '\n')+1:])) > len(p)+25 {
				continue
			}
			return s.what
		}
	}
	return ""
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// noscript is what the page says to readers without scripts.
func noscript(t *markup.Tree) string {
	var b strings.Builder
	for n := range t.Nodes {
		if t.Nodes[n].Tag == atom.Noscript && b.Len() < 2000 {
			raw := t.Raw(int32(n))
			b.WriteString(strings.ToLower(raw[:min(len(raw), 600)]) + "\n")
		}
	}
	return b.String()
}

func hasScript(t *markup.Tree) bool {
	for n := range t.Nodes {
		if t.Nodes[n].Tag == atom.Script {
			return true
		}
	}
	return false
}

// partial flags an article of which the page holds only the beginning: the data say that it
// is not free, or a box asks to subscribe where the text breaks off.
func partial(f *metadata.Facts, page *body.Page, d *news.Document) {
	words := 0
	walled := false
	for i := range page.Blocks {
		b := &page.Blocks[i]
		if b.Kind == news.Body {
			words += b.Words
		}
		walled = walled || b.Reason == string(rule.WallWords)
	}
	switch {
	case f.Gated && words < 200:
		d.Flags = append(d.Flags, news.Flag{Name: "partial", Detail: "a teaser: the page's data say that the article is not free, and it has " + fmt.Sprint(words) + " words"})
	case walled && words < 400:
		d.Flags = append(d.Flags, news.Flag{Name: "partial", Detail: "a teaser: the page asks to subscribe or to log in, and the article has " + fmt.Sprint(words) + " words"})
	}
}
