package split

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/split/dating"
	"dateline/split/outlet"
	"dateline/text"
)

// A unit is a paragraph of flattened text, or a part of one that was glued to another.
type unit struct {
	span   text.Span
	s      string
	fold   string
	words  int
	kind   news.Kind // as far as its own words tell; "" where its place must
	reason string
	stop   bool            // it ends as sentences do
	prose  bool            // it is long enough, and made as running text is
	date   *dating.Printed // for a date line
	outlet string          // for a publisher or byline that is an outlet's name
	people []string        // for a byline
	notice string          // the kind of notice it is
	tail   bool            // nothing of an article follows it
	box    bool            // what follows it may be a box of links
}

// title reports whether the unit could be a headline: some words, no full stop.
func (u unit) title() bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(u.s, "'\"“‘«„("))
	return u.kind == "" && u.words >= 2 && u.words <= 40 && !u.endsFull() && len(u.s) < 300 && (!unicode.IsLower(r) || u.words >= 4) && !strings.HasSuffix(u.s, ":") && !strings.HasSuffix(u.s, "...")
}

// endsFull reports whether the unit ends with a full stop that is no abbreviation's.
func (u unit) endsFull() bool {
	s := strings.TrimRight(u.s, "\"'”’»)")
	return strings.HasSuffix(s, ".") && !strings.HasSuffix(s, ".S.") && !strings.HasSuffix(s, ".K.") && !strings.HasSuffix(s, "...")
}

// units cuts a text into its units and reads what each tells by itself.
func units(t string, fetched time.Time) []unit {
	var out []unit
	for _, p := range text.Paragraphs(t, text.Span{End: len(t)}) {
		out = append(out, parts(t, p, fetched)...)
	}
	return out
}

// parts cuts a paragraph where things of different kinds are glued: a date before its text, a
// word of the interface before a caption, a credit behind one.
func parts(t string, p text.Span, fetched time.Time) []unit {
	s := p.Of(t)
	if d, n, ok := dating.Prefix(s, fetched); ok && d.Ago == "" && d.Full() && n < len(s) {
		rest := text.Span{Start: p.Start + n, End: p.End}.Trim(t)
		if r, _ := utf8.DecodeRuneInString(rest.Of(t)); unicode.IsUpper(r) && len(strings.Fields(rest.Of(t))) > 3 && !strings.HasPrefix(s[n:], ":") {
			u := measure(t, text.Span{Start: p.Start, End: p.Start + n}.Trim(t))
			u.kind, u.reason, u.date = news.DateKind, "date-glued", &d
			return append([]unit{u}, parts(t, rest, fetched)...)
		}
	}
	if i := dateBehind(s); i > 0 {
		if d, ok := dating.Line(s[i:], fetched); ok && d.Full() {
			u := measure(t, text.Span{Start: p.Start + i, End: p.End})
			u.kind, u.reason, u.date = news.DateKind, "date-glued", &d
			return append(parts(t, text.Span{Start: p.Start, End: p.Start + i}.Trim(t), fetched), u)
		}
	}
	if c := captioned(t, p); len(c) > 0 {
		return c
	}
	u := measure(t, p)
	u.read(fetched)
	return []unit{u}
}

// dateBehind is where the weekday stands that opens a date at the end of a headline's line, 0 if
// there is none.
func dateBehind(s string) int {
	if len(s) > 300 {
		return 0
	}
	last := 0
	for _, day := range []string{" Monday, ", " Tuesday, ", " Wednesday, ", " Thursday, ", " Friday, ", " Saturday, ", " Sunday, "} {
		last = max(last, strings.LastIndex(s, day)+1)
	}
	return last
}

func measure(t string, p text.Span) unit {
	u := unit{span: p, s: p.Of(t)}
	u.words = len(strings.Fields(u.s))
	if len(u.s) < 600 {
		u.fold = news.Fold(u.s)
	}
	s := strings.TrimRight(u.s, "\"'”’»)]")
	if s != u.s && strings.HasSuffix(u.s, "]") { // the number of a note: "It opened.[4]"
		s = strings.TrimRight(strings.TrimRight(s, "0123456789"), "[")
	}
	u.stop = strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "。") || strings.HasSuffix(s, "।") || strings.HasSuffix(s, "！") || strings.HasSuffix(s, "？")
	// Scripts that do not part words by blanks count three letters for a word.
	if n := utf8.RuneCountInString(u.s); len(u.s) > 2*n {
		u.words = max(u.words, n/3)
	}
	u.prose = u.words >= 12 && u.stop || u.words >= 45 || u.words >= 20 && strings.Contains(u.s, ". ")
	return u
}

// read decides what the unit's own words tell.
func (u *unit) read(fetched time.Time) {
	set := func(k news.Kind, reason string) { u.kind, u.reason = k, reason }
	if u.notice = notice(u.s, u.words); u.notice != "" {
		set(news.Boilerplate, "notice-"+u.notice)
		return
	}
	switch {
	case tail[u.fold]:
		u.tail, u.box = true, boxes[u.fold]
		set(news.Boilerplate, "interface-word")
		return
	case isLabel(u.s) && u.words <= 6:
		set(news.Label, "template-label")
		return
	case furniture[u.fold]:
		set(news.Boilerplate, "interface-word")
		return
	case allMarks(u.s):
		set(news.Boilerplate, "no-words")
		return
	}
	if u.words <= 14 {
		if d, ok := dating.Line(u.s, fetched); ok {
			u.date = &d
			set(news.DateKind, "date-line")
			return
		}
		if d, n, ok := dating.Prefix(u.s, fetched); ok && d.Full() && strings.HasPrefix(strings.TrimSpace(u.s[n:]), "by ") {
			if people, org := authors(strings.TrimSpace(u.s[n:])[3:]); len(people) > 0 || org != "" {
				u.people, u.outlet, u.date = people, org, &d
				set(news.Byline, "date-and-name")
				return
			}
		} else if ok && d.Full() && !u.stop && aside(u.s[n:]) {
			u.date = &d
			set(news.DateKind, "date-and-more")
			return
		}
		if u.publisherWithAge(fetched) || u.byline() || u.nameAndDate(fetched) {
			return
		}
		if name := outlet.Named(u.s); name != "" {
			u.outlet = name
			set(news.Publisher, "outlet-name")
			return
		}
	}
	switch {
	case clockOnly(u.s):
		set(news.DateKind, "time-of-day")
	case u.signOff():
		u.people = nil
		set(news.Byline, "sign-off")
	case u.counter():
		u.tail = strings.HasSuffix(u.fold, " comments") || strings.HasSuffix(u.fold, " comment")
		set(news.Boilerplate, "counter")
	case (u.words <= 16 && !u.prose || u.words <= 40 && !u.stop) && u.opening():
		set(news.Boilerplate, "interface-opening")
	case u.words <= 4 && strings.HasSuffix(u.fold, " logo"):
		set(news.Boilerplate, "logo")
	case u.glued() || u.hashed():
		set(news.Tags, "run-of-keywords")
	case u.linked():
		set(news.RelatedLink, "link-with-outlet")
	case u.credited():
		set(news.Credit, "credit-line")
	case u.appeal():
		set(news.Boilerplate, "appeal")
	}
}

func allMarks(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// aside reports whether what follows a date in its line is beside the point: parted from it by
// a mark, or about a later change.
func aside(s string) bool {
	s = strings.TrimSpace(s)
	return strings.IndexAny(s, "•|·(/-–—") == 0 || strings.HasPrefix(s, "Updated") || strings.HasPrefix(s, "Last ")
}

// publisherWithAge reads "Alba Post · 2 hours ago": an outlet and its article's age in a line.
func (u *unit) publisherWithAge(fetched time.Time) bool {
	for _, sep := range []string{" · ", " • ", " | ", " - ", " – ", " — "} {
		name, age, ok := strings.Cut(u.s, sep)
		if !ok {
			continue
		}
		d, isDate := dating.Line(age, fetched)
		if !isDate {
			continue
		}
		if n := outlet.Named(name); n != "" || outlet.Masthead(name) && d.Ago != "" {
			u.outlet, u.date = strings.TrimSpace(name), &d
			u.kind, u.reason = news.Publisher, "outlet-and-age"
			return true
		}
	}
	return false
}

// nameAndDate reads "Ana Ruiz, May 3, 2031", "Reuters May 3, 2031 9:05 a.m.".
func (u *unit) nameAndDate(fetched time.Time) bool {
	words := strings.Fields(u.s)
	at := 0
	for i := 1; i < len(words) && i <= 7; i++ {
		at += len(words[i-1])
		for u.s[at] != words[i][0] || !strings.HasPrefix(u.s[at:], words[i]) {
			at++
		}
		name := strings.Trim(u.s[:at], " ,|·•-–—:\u00a0")
		name = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "published"), "Published"), "Posted"))
		d, n, ok := dating.Prefix(u.s[at:], fetched)
		if !ok || strings.TrimSpace(u.s[at+n:]) != "" && !aside(u.s[at+n:]) || d.Ago == "" && !d.Full() {
			continue
		}
		for _, by := range []string{"By ", "by ", "BY ", "Von ", "Par ", "Por "} {
			name = strings.TrimPrefix(name, by)
		}
		people, org := authors(name)
		if len(people) == 0 && org == "" {
			if i <= 3 && strings.ContainsAny(words[i-1]+words[i], "/|•·–—") && d.Full() {
				u.date, u.kind, u.reason = &d, news.DateKind, "section-and-date"
				return true
			}
			return false
		}
		u.people, u.outlet, u.date, u.kind, u.reason = people, org, &d, news.Byline, "name-and-date"
		return true
	}
	return false
}

// byline reads "By Ana Ruiz", "By Ana Ruiz and Jo Ito, Reuters", "- Alba Post".
func (u *unit) byline() bool {
	s := u.s
	dash := strings.TrimLeft(s, "-–— ")
	if dash != s && u.words <= 8 {
		name := strings.TrimSpace(dash)
		if n := outlet.Named(name); n != "" || outlet.Masthead(name) {
			u.outlet, u.kind, u.reason = name, news.Byline, "outlet-behind-dash"
			return true
		}
	}
	for _, by := range []string{"By ", "BY ", "by ", "Written by ", "Story by ", "Words by ", "Reported by ", "Article by ", "Author: ", "Von ", "Par ", "Por "} {
		rest, ok := strings.CutPrefix(s, by)
		if !ok {
			continue
		}
		people, org := authors(rest)
		if len(people) == 0 && org == "" {
			continue
		}
		u.people, u.outlet, u.kind, u.reason = people, org, news.Byline, "by-line"
		return true
	}
	return false
}

// authors reads the names of a byline, people apart from an outlet or agency; none if a part
// is neither.
func authors(s string) (people []string, org string) {
	s = strings.Trim(s, " .|")
	s = strings.NewReplacer(" and ", ", ", " & ", ", ", " AND ", ", ", " und ", ", ", " et ", ", ", " | ", ", ", " with ", ", ", ";", ",", " - ", ", ", " – ", ", ", " · ", ", ", " • ", ", ").Replace(s)
	for i, part := range strings.Split(s, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if a := outlet.Agency(part); a != "" {
			org = a
			continue
		}
		if n := outlet.Named(part); n != "" {
			org = n
			continue
		}
		words := strings.Fields(part)
		if len(words) > 0 && role(words) {
			continue
		}
		if len(words) < 2 || len(words) > 5 || !names(words) {
			if i == 0 {
				return nil, ""
			}
			continue
		}
		people = append(people, nameCase(part))
	}
	return people, org
}

// role reports whether the words are a post, not a person: "political editor".
func role(words []string) bool {
	switch strings.ToLower(words[len(words)-1]) {
	case "editor", "correspondent", "reporter", "staff", "writer", "writers", "reporters", "desk", "bureau", "agencies", "team", "chief", "columnist", "contributor", "service", "press", "wire":
		return true
	}
	return false
}

func names(words []string) bool {
	upper := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r):
			upper++
		case particles[w]:
		default:
			return false
		}
		if strings.ContainsAny(w, "0123456789:!?\"“”") {
			return false
		}
	}
	return upper >= 1
}

var particles = map[string]bool{"de": true, "van": true, "von": true, "der": true, "den": true, "di": true, "da": true, "la": true, "le": true, "bin": true, "al": true, "el": true, "ten": true, "dos": true, "del": true, "ibn": true, "y": true, "zu": true}

// nameCase turns a name in capitals into the usual form.
func nameCase(s string) string {
	if s != strings.ToUpper(s) || !strings.ContainsFunc(s, unicode.IsUpper) {
		return s
	}
	var b strings.Builder
	start := true
	for _, r := range s {
		if start {
			b.WriteRune(unicode.ToUpper(r))
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = !unicode.IsLetter(r)
	}
	return b.String()
}

// opening reports whether the unit begins as lines of user interfaces do.
func (u *unit) opening() bool {
	for _, o := range openings {
		if rest, ok := strings.CutPrefix(u.fold, o); ok && (rest == "" || rest[0] == ' ') {
			return true
		}
	}
	return strings.HasPrefix(u.s, "©") || strings.HasPrefix(u.s, "(c) ") || strings.HasSuffix(u.fold, "all rights reserved")
}

// clockOnly reports whether a line is a time of day, as the entries of live blogs have it.
func clockOnly(s string) bool {
	f := strings.Fields(strings.ToLower(s))
	if len(f) == 0 || len(f) > 3 || len(f[0]) < 4 || f[0][0] < '0' || f[0][0] > '9' {
		return false
	}
	h, m, ok := strings.Cut(strings.TrimRight(f[0], "apm."), ":")
	if !ok {
		h, m, ok = strings.Cut(strings.TrimRight(f[0], "apm"), ".")
	}
	if !ok || len(h) > 2 || len(m) != 2 || strings.Trim(h+m, "0123456789") != "" || h > "24" && len(h) == 2 || m > "59" {
		return false
	}
	for _, w := range f[1:] {
		if w != "am" && w != "pm" && w != "a.m." && w != "p.m." && !dating.Zone(w) {
			return false
		}
	}
	return true
}

// signOff reports whether the unit says who reported, wrote and edited, as agencies end.
func (u *unit) signOff() bool {
	if u.words > 60 {
		return false
	}
	s := strings.TrimLeft(u.s, "( [—–-")
	for _, p := range []string{"Reporting by ", "Additional reporting by ", "Writing by ", "Editing by ", "Compiled by ", "Reporting and writing by ", "With reporting by ", "With additional reporting by "} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return strings.HasSuffix(strings.TrimRight(s, "."), "contributed to this report") || strings.HasSuffix(strings.TrimRight(s, "."), "contributed to this story") || strings.HasSuffix(strings.TrimRight(s, "."), "contributed reporting")
}

// counter reports whether the unit is a number with what an interface counts: "12 comments".
func (u *unit) counter() bool {
	if u.words > 5 {
		return false
	}
	f := strings.Fields(u.fold)
	if len(f) == 0 {
		return false
	}
	digits := strings.Trim(f[0], "0123456789km") == "" && f[0] != "k" && f[0] != "m"
	if len(f) == 1 {
		return digits
	}
	switch f[len(f)-1] {
	case "comments", "comment", "shares", "share", "views", "view", "likes", "like", "read", "reads", "replies", "reactions", "followers", "votes", "retweets", "photos", "images", "min", "mins", "listen", "watch":
		return digits
	}
	return false
}

// glued reports whether the unit is a run of keywords that have lost their blanks.
func (u *unit) glued() bool {
	for w := range strings.FieldsSeq(u.s) {
		if len(w) > 30 && u.words <= 3 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz0123456789") == "" {
			return true
		}
	}
	return false
}

// hashed reports whether the unit is a run of hashtags, or keywords behind a word that says so.
func (u *unit) hashed() bool {
	n := 0
	for w := range strings.FieldsSeq(u.s) {
		if len(w) > 1 && w[0] == '#' {
			n++
		}
	}
	if n > 0 && n*2 >= u.words {
		return true
	}
	head, _, ok := strings.Cut(u.s, ":")
	if !ok || u.stop && u.words > 30 {
		return false
	}
	switch news.Fold(head) {
	case "tags", "topics", "keywords", "filed under", "published under", "published in", "hashtags", "categories", "category", "more on", "related topics", "mots cles", "schlagworte", "etiquetas":
		return true
	}
	return false
}

// linked reports whether the unit is the headline of another article: "Bridge Opens (Alba
// Post)", "READ MORE: Bridge opens".
func (u *unit) linked() bool {
	if u.words > 40 {
		return false
	}
	if i := strings.LastIndexByte(u.s, '('); i > 0 && strings.HasSuffix(u.s, ")") && u.words >= 4 {
		inner := u.s[i+1 : len(u.s)-1]
		if before := strings.TrimSpace(u.s[:i]); !strings.HasSuffix(before, ".") && outlet.Named(inner) != "" && !picture(u.fold) {
			u.outlet = outlet.Named(inner)
			return true
		}
	}
	head, _, ok := strings.Cut(u.s, ":")
	if !ok || u.words < 4 {
		return false
	}
	switch news.Fold(head) {
	case "read more", "read also", "also read", "read", "related", "see also", "related story", "related article", "more", "watch", "more on this", "read next", "dont miss", "recommended", "listen", "must read", "read the latest", "also see", "in pictures", "lire aussi", "lesen sie auch", "mehr zum thema":
		return true
	}
	return false
}

// credited reports whether the unit is the credit of a picture, or a caption with nothing else.
func (u *unit) credited() bool {
	if u.words > 12 {
		return false
	}
	bare := strings.Trim(u.s, " ()[]")
	for _, p := range []string{"Photo:", "Photo by ", "Photo credit", "Photograph:", "Photograph by ", "Photographer:", "Picture:", "Pictures:", "Image:", "Image credit", "Image Credit", "Image source", "Image Copyright", "Image copyright", "Media caption", "Images:", "Credit:", "Credits:", "Photos:", "Source:", "Foto:", "Crédit", "Illustration:", "Illustration by ", "Video:", "Graphic:", "File photo", "FILE PHOTO", "AP Photo", "Getty Images", "©"} {
		if strings.HasPrefix(bare, p) {
			return true
		}
	}
	return bare != u.s && u.words <= 8 && picture(u.fold)
}

// picture reports whether folded words name a picture agency or say that they credit a picture.
func picture(fold string) bool {
	for _, w := range []string{"getty", "shutterstock", "istock", "alamy", "photo", "reuters", "afp", "ap", "epa", "pa", "zuma", "imago", "unsplash", "wikimedia", "handout", "pool", "picture", "image", "images", "photos", "photograph", "tass", "sputnik", "anadolu", "bloomberg", "screengrab", "file"} {
		if strings.Contains(" "+fold+" ", " "+w+" ") {
			return true
		}
	}
	return false
}

// appeal reports whether the unit pleads for money, an address or consent.
func (u *unit) appeal() bool {
	if u.words > 400 {
		return false
	}
	low := " " + strings.ToLower(u.s)
	for _, p := range smallPrint {
		if u.words <= 90 && strings.Contains(low, p) {
			return true
		}
	}
	hits, kinds := 0, 0
	for _, a := range appeals {
		n := strings.Count(low, a)
		hits += n
		kinds += min(n, 1)
	}
	// It speaks of the reader and of itself.
	address := false
	for _, w := range []string{" your ", " you ", " our ", " us ", " we "} {
		address = address || strings.Contains(low, w)
	}
	return kinds >= 2 && address && (hits >= 3 && u.words <= hits*30 || u.words <= 40)
}

// captioned cuts a caption that shows by the words of the interface before it or the credit
// behind it.
func captioned(t string, p text.Span) []unit {
	s := p.Of(t)
	var out []unit
	rest := p
	low := strings.ToLower(s[:min(len(s), 60)])
	for _, w := range []string{"open image in gallery", "view image in fullscreen", "view gallery", "image caption", "image source", "enlarge image", "view larger image", "expand image", "play video", "click to enlarge", "hide caption", "toggle caption", "image", "caption", "photo caption"} {
		if n := len(w); strings.HasPrefix(low, w) && len(s) > n+1 && (s[n] == ' ' && n > 12 || s[n] == ',' || s[n] == ':' && n < 14) {
			u := measure(t, text.Span{Start: p.Start, End: p.Start + n})
			u.kind, u.reason = news.Boilerplate, "interface-word"
			out = append(out, u)
			rest = text.Span{Start: p.Start + n, End: p.End}.Trim(t)
			if s[n] == ',' || s[n] == ':' {
				rest = text.Span{Start: p.Start + n + 1, End: p.End}.Trim(t)
				out[0].span.End++
			}
			break
		}
	}
	body, credit := rest, text.Span{}
	r := rest.Of(t)
	if i := strings.LastIndexAny(r, "([{"); i >= 0 && len(r)-i < 90 && strings.HasSuffix(strings.TrimRight(r, "."), closer(r[i])) && picture(news.Fold(r[i:])) {
		body, credit = text.Span{Start: rest.Start, End: rest.Start + i}.Trim(t), text.Span{Start: rest.Start + i, End: rest.End}
	} else if i := max(strings.LastIndex(r, "Photo: "), strings.LastIndex(r, "Credit: "), strings.LastIndex(r, "Photograph: "), strings.LastIndex(r, "Picture: ")); i > 0 && len(r)-i < 90 {
		body, credit = text.Span{Start: rest.Start, End: rest.Start + i}.Trim(t), text.Span{Start: rest.Start + i, End: rest.End}
	}
	if len(out) == 0 && credit.Empty() && len(r) < 600 && filePhoto(r) {
		u := measure(t, rest)
		u.kind, u.reason = news.Caption, "file-photo"
		return []unit{u}
	}
	if len(out) == 0 && (credit.Empty() || body.Empty() || body.Len() > 500 || !creditAlone(credit.Of(t))) {
		return nil
	}
	if !body.Empty() {
		u := measure(t, body)
		u.kind, u.reason = news.Caption, "caption-with-credit"
		if len(out) > 0 {
			u.reason = "caption-behind-interface-word"
		}
		out = append(out, u)
	}
	if !credit.Empty() {
		u := measure(t, credit)
		u.kind, u.reason = news.Credit, "credit-behind-caption"
		out = append(out, u)
	}
	return out
}

// filePhoto reports whether a paragraph describes a picture in the agencies' words: "In this
// May 3, 2031, file photo, the mayor speaks", "This photo provided by the city shows".
func filePhoto(s string) bool {
	head := s[:min(len(s), 120)]
	if !strings.HasPrefix(head, "In this ") && !strings.HasPrefix(head, "This ") && !strings.HasPrefix(head, "FILE") {
		return false
	}
	for _, w := range []string{"file photo", "FILE - ", "FILE – ", "FILE — ", "photo provided by", "image provided by", "photo taken", "photo, ", "photo released by", "image taken from"} {
		if strings.Contains(head, w) {
			return true
		}
	}
	return false
}

func closer(open byte) string {
	return map[byte]string{'(': ")", '[': "]", '{': "}"}[open]
}

// creditAlone reports whether a bracket that no interface word comes before credits a picture
// beyond doubt: "(AP Photo/Ana Ruiz)", "(Getty Images)", "( AFP/Getty )".
func creditAlone(s string) bool {
	f := " " + news.Fold(s) + " "
	for _, w := range []string{" photo ", " credit ", " getty ", " images ", " image ", " shutterstock ", " istock ", " alamy ", " handout ", " pool ", " wikimedia ", " picture ", " photograph ", " screengrab "} {
		if strings.Contains(f, w) {
			return true
		}
	}
	return false
}
