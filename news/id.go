package news

import (
	"crypto/sha256"
	"encoding/base32"
	"hash"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Identifiers are a letter for the kind and 80 bits of a SHA-256 over the parts that make the
// thing what it is. 80 bits keep the chance of any collision among 10^9 ids below 10^-6.
type (
	PageID      string // g...: a page, whatever it says at the time
	RevisionID  string // r...: the bytes of a page
	ArticleID   string // a...: an article of a page
	StatementID string // s...: a statement of an article
	EntityID    string // e...: someone or something named
	EventID     string // v...: one happening
	StoryID     string // y...: the course of events
	EntryID     string // l...: a row of the ledger
	IssueID     string // i...: what positions of one story are about
	DecisionID  string // d...: what a person decided
)

// NewPageID names a page by its address, or by its bytes if it has none.
func NewPageID(addressOrBytes string) PageID { return PageID(id('g', addressOrBytes)) }

// NewRevisionID names the bytes of a page.
func NewRevisionID(page PageID, body []byte) RevisionID {
	return RevisionID(id('r', string(page), string(body)))
}

// NewArticleID names an article by its page and its title, so that it keeps its name when a
// better extractor finds it elsewhere on the page. An article without a title is named by the
// opening of its body.
func NewArticleID(page PageID, titleOrOpening string) ArticleID {
	return ArticleID(id('a', string(page), Fold(titleOrOpening)))
}

// NewStatementID names a statement by its article and the words of its content. occurrence is
// 0 for the first statement of the article with these words, 1 for the second.
func NewStatementID(article ArticleID, content string, occurrence int) StatementID {
	if occurrence > 0 {
		return StatementID(id('s', string(article), Fold(content), strconv.Itoa(occurrence)))
	}
	return StatementID(id('s', string(article), Fold(content)))
}

// Valid reports whether the id has the form that NewStatementID gives.
func (s StatementID) Valid() bool {
	return len(s) == 17 && s[0] == 's' && strings.Trim(string(s[1:]), "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// NewEventID names an event by the article that founded it.
func NewEventID(founder ArticleID) EventID { return EventID(id('v', string(founder))) }

// NewStoryID names a story by the event that founded it.
func NewStoryID(founder EventID) StoryID { return StoryID(id('y', string(founder))) }

// NewEntryID names a ledger row by its kind and what it is made from.
func NewEntryID(kind string, from ...string) EntryID {
	return EntryID(id('l', append([]string{kind}, from...)...))
}

// NewEntityID names an entity by its scope (the article in which it was seen) and its name.
func NewEntityID(scope, name string) EntityID { return EntityID(id('e', scope, Fold(name))) }

// NewIssueID names an issue by its story and the phrase that founded it.
func NewIssueID(story StoryID, phrase string) IssueID {
	return IssueID(id('i', string(story), Fold(phrase)))
}

// NewDecisionID names a decision by what it says and when it was made.
func NewDecisionID(d Decision) DecisionID {
	return DecisionID(id('d', string(d.Kind), d.Object, d.Other, d.Value, string(d.Anchor.Article), d.Anchor.Exact, d.By, d.Made.UTC().Format(time.RFC3339Nano)))
}

var idText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func id(kind byte, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		writePart(h, p)
	}
	return string(kind) + idText.EncodeToString(h.Sum(nil)[:10])
}

// writePart puts the length before the part, so that no two lists of parts hash alike.
func writePart(h hash.Hash, p string) {
	io.WriteString(h, strconv.Itoa(len(p)))
	io.WriteString(h, ":")
	io.WriteString(h, p)
}

// Fold is s reduced to its words, for comparing what may differ in marks, case and blanks:
// letters and digits in lower case, everything else a single blank.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		// An apostrophe inside a word is part of it in either form, and in neither.
		if r == '\'' || r == '\u2019' {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) || r == utf8.RuneError {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// trackers are query parameters that say how a reader came, not what is read.
var trackers = map[string]bool{
	"fbclid": true, "gclid": true, "dclid": true, "msclkid": true, "yclid": true, "twclid": true, "igshid": true,
	"mc_cid": true, "mc_eid": true, "_ga": true, "_gl": true, "cmpid": true, "ocid": true, "ns_campaign": true,
	"ns_mchannel": true, "ns_source": true, "smid": true, "smtyp": true, "ito": true, "xtor": true, "wt_mc": true,
}

// SiteName is the name in the host of an address: "alba" of "https://www.alba.co.uk/x"; "" where it has none.
func SiteName(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	parts := strings.Split(host, ".")
	switch {
	case len(parts) < 2:
		return ""
	case len(parts) >= 3 && len(parts[len(parts)-2]) <= 3:
		return parts[len(parts)-3]
	}
	return parts[len(parts)-2]
}

// NamesSite reports whether a name is spelled like that of a site: "The Alba Courier" like "albacourier".
func NamesSite(name, site string) bool {
	bare := func(s string) string {
		return strings.TrimPrefix(strings.ReplaceAll(Fold(strings.ReplaceAll(s, "-", " ")), " ", ""), "the")
	}
	return site != "" && bare(name) == bare(site)
}

// CleanURL is the address without what does not change what is read: the fragment, tracking
// parameters, a default port, the case of scheme and host. It is idempotent, and returns what
// it cannot parse unchanged.
func CleanURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return raw
	}
	u.Host = strings.ToLower(u.Host)
	if u.Scheme == "http" {
		u.Host = strings.TrimSuffix(u.Host, ":80")
	} else {
		u.Host = strings.TrimSuffix(u.Host, ":443")
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	if u.Path == "" {
		u.Path = "/"
	}
	// The order of what stays is left alone: for some servers it matters.
	var kept []string
	for _, p := range strings.Split(u.RawQuery, "&") {
		name, _, _ := strings.Cut(p, "=")
		name = strings.ToLower(name)
		if p != "" && !trackers[name] && !strings.HasPrefix(name, "utm_") {
			kept = append(kept, p)
		}
	}
	u.RawQuery, u.ForceQuery = strings.Join(kept, "&"), false
	return u.String()
}
