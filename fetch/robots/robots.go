// Package robots reads robots.txt by the Robots Exclusion Protocol (RFC 9309).
//
// Parse keeps what concerns one crawler: its own groups, merged, or else those of "*". Of the
// rules that match a path the longest wins, and an allowing one among equals. Where the RFC leaves
// a question open, the answer is that of Google's reference parser, on whose test cases this one
// is tested: a missing colon and the usual misspellings are understood, a line ends at 16,663
// bytes, "/index.html" allows its folder, and escapes in rules are compared as written, but for
// the case of their digits (the RFC would undo %62; hardly a file has one). Crawl-delay and
// Sitemap lines are kept as well.
//
// The package neither fetches nor caches; what a status or a failure to fetch means, package
// fetch decides.
package robots

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"

	"dateline/news"
)

// MaxBytes is how much of a file is read; the RFC asks for 500 KiB at least (2.5).
const MaxBytes = 500 << 10

// maxLine is how much of a line is read, as Google's parser does.
const maxLine = 2083*8 - 1

// maxDelay keeps a Crawl-delay in what a Duration holds.
const maxDelay = 365 * 24 * time.Hour

// Rules are what a robots.txt asks of one crawler. The zero value allows everything.
type Rules struct {
	rules    []rule
	Delay    time.Duration // between two requests, where it asks for one; the longest of several
	Sitemaps []string      // as written, for all crawlers, in order
	Flags    []news.Flag   // what is wrong with the file: "robots-cut", "robots-html", "robots-unreadable"
}

type rule struct {
	allow   bool
	pattern string
}

// String is the rule as a line of the file.
func (r rule) String() string {
	if r.allow {
		return "Allow: " + r.pattern
	}
	return "Disallow: " + r.pattern
}

// Parse reads the file for the crawler of that name (a product token: letters, "-" and "_").
func Parse(body []byte, agent string) *Rules {
	r := &Rules{}
	if len(body) > MaxBytes {
		body = body[:MaxBytes]
		r.Flags = append(r.Flags, news.Flag{Name: "robots-cut", Detail: "only the first 500 KiB were read"})
		// A line cut in two may forbid more than it says.
		body = body[:bytes.LastIndexAny(body, "\r\n")+1]
	}
	if bytes.IndexByte(body, 0) >= 0 {
		r.Flags = append(r.Flags, news.Flag{Name: "robots-unreadable", Detail: "it has NUL bytes, as UTF-16 has: no rule is read"})
		return r
	}
	p := parser{agent: agent}
	text := string(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	for len(text) > 0 {
		line := text
		if end := strings.IndexAny(text, "\r\n"); end >= 0 {
			line, text = text[:end], text[end+1:]
		} else {
			text = ""
		}
		p.line(line[:min(len(line), maxLine)])
	}
	mine := &p.general
	if p.named {
		mine = &p.own
	}
	r.rules, r.Delay, r.Sitemaps = mine.rules, mine.delay, p.sitemaps
	if !p.understood && bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
		r.Flags = append(r.Flags, news.Flag{Name: "robots-html", Detail: "it is a page, without rules"})
	}
	return r
}

// A group is the rules for one agent; groups of one agent are merged (RFC 9309, 2.2.1).
type group struct {
	rules []rule
	delay time.Duration
}

type parser struct {
	agent        string
	own, general group
	named        bool // a group names the agent
	sitemaps     []string
	understood   bool // some line was

	inOwn, inGeneral bool // for whom the rules at hand are
	afterRule        bool // the next User-agent line begins a group
}

func (p *parser) line(line string) {
	line, _, _ = strings.Cut(line, "#")
	line = strings.TrimSpace(line)
	name, value, found := strings.Cut(line, ":")
	if !found {
		// Some forget the colon: then two words are a name and its value.
		fields := strings.Fields(line)
		if len(fields) != 2 {
			return
		}
		name, value = fields[0], fields[1]
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "user-agent", "useragent", "user agent":
		if p.afterRule {
			p.inOwn, p.inGeneral, p.afterRule = false, false, false
		}
		token, general := product(value)
		p.inGeneral = p.inGeneral || general
		if token != "" && strings.EqualFold(token, p.agent) {
			p.inOwn, p.named = true, true
		}
	case "allow":
		p.add(rule{true, escape(value)})
	case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		p.add(rule{false, escape(value)})
	case "crawl-delay":
		// It is a rule here, though the RFC does not know it: whoever writes it before the next
		// User-agent line means the agents above it.
		p.afterRule = true
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 && !math.IsInf(seconds, 0) {
			delay := time.Duration(min(seconds, maxDelay.Seconds()) * float64(time.Second))
			for _, g := range p.groups() {
				g.delay = max(g.delay, delay)
			}
		}
	case "sitemap", "site-map":
		if value != "" {
			p.sitemaps = append(p.sitemaps, strings.Clone(value)) // or the whole file stays in memory
		}
	default:
		return
	}
	p.understood = true
}

func (p *parser) add(r rule) {
	p.afterRule = true
	for _, g := range p.groups() {
		if r.pattern != "" { // an empty rule matches nothing
			g.rules = append(g.rules, r)
		}
	}
}

func (p *parser) groups() []*group {
	var list []*group
	if p.inOwn {
		list = append(list, &p.own)
	}
	if p.inGeneral {
		list = append(list, &p.general)
	}
	return list
}

// product is the token that a User-agent line names, and whether the line is for everybody.
func product(value string) (token string, general bool) {
	if rest, star := strings.CutPrefix(value, "*"); star && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
		return "", true
	}
	end := strings.IndexFunc(value, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_'
	})
	if end >= 0 {
		value = value[:end]
	}
	return value, false
}

// escape brings a pattern into the form that paths have: bytes past ASCII as %XX, digits of
// escapes in capitals. The string is a new one: it does not hold on to the file.
func escape(pattern string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '%' && i+2 < len(pattern) && isHex(pattern[i+1]) && isHex(pattern[i+2]):
			b.WriteString(strings.ToUpper(pattern[i : i+3]))
			i += 2
		case c >= 0x80:
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// Allowed reports whether the path, with its query and escaped as it is sent, may be fetched, and
// the rule that decided, as a line; "" where none did.
func (r *Rules) Allowed(path string) (allowed bool, line string) {
	if path == "" {
		path = "/"
	}
	path = upperEscapes(path)
	longest, decided := 0, rule{allow: true}
	for _, rule := range r.rules {
		n := rule.match(path)
		if n > longest || n == longest && n > 0 && rule.allow && !decided.allow {
			longest, decided = n, rule
		}
	}
	if longest > 0 {
		line = decided.String()
	}
	return decided.allow, line
}

// upperEscapes writes the digits of escapes in capitals, as the patterns have them.
func upperEscapes(path string) string {
	if !strings.Contains(path, "%") {
		return path
	}
	b := []byte(path)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' && isHex(b[i+1]) && isHex(b[i+2]) {
			copy(b[i+1:], bytes.ToUpper(b[i+1:i+3]))
			i += 2
		}
	}
	return string(b)
}

// match is the length of the pattern if it matches the path, else 0.
func (r rule) match(path string) int {
	if matches(r.pattern, path) {
		return len(r.pattern)
	}
	if folder, file, found := cutLast(r.pattern, "/"); r.allow && found && strings.HasPrefix(file, "index.htm") && matches(folder+"/$", path) {
		return len(folder) + 2
	}
	return 0
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// matches compares from the start of the path; "*" stands for anything and a final "$" for the
// end. To find each piece at its first place leaves most room for the next, so nothing is tried
// twice.
func matches(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	piece, rest, more := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, piece) {
		return false
	}
	path = path[len(piece):]
	for more {
		piece, rest, more = strings.Cut(rest, "*")
		if !more && anchored {
			return strings.HasSuffix(path, piece)
		}
		i := strings.Index(path, piece)
		if i < 0 {
			return false
		}
		path = path[i+len(piece):]
	}
	return !anchored || path == ""
}

// Size is about how many bytes the rules hold.
func (r *Rules) Size() int {
	n := 200
	for _, rule := range r.rules {
		n += 32 + len(rule.pattern)
	}
	for _, s := range r.Sitemaps {
		n += 16 + len(s)
	}
	return n
}
