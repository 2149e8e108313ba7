package split

import (
	"slices"
	"strings"
	"unicode"

	"dateline/news"
	"dateline/split/outlet"
	"dateline/text"
)

// A draft is an article as its units show it, before its sentences are read.
type draft struct {
	units []unit
	title int // index into units, -1 if there is none
}

// plain finds the articles of a text that has lost its structure, and what belongs to none.
func plain(d news.Document) (drafts []draft, rest []unit) {
	us := units(d.Text, d.Fetched)
	mastheads(us)
	starts := append([]int{0}, heads(us)...)
	type zone struct {
		us          []unit
		first, last int // of its prose; first is -1 if it has none
		words       int
	}
	var zones []zone
	most := 0
	for i, start := range starts {
		end := len(us)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		z := zone{us: us[start:end]}
		z.first, z.last, z.words = core(z.us)
		most = max(most, z.words)
		zones = append(zones, z)
	}
	var head []unit // what stands between the article before and the zone
	for _, z := range zones {
		// What is too short beside others is a teaser or a banner, not an article.
		if z.first < 0 || z.words < least && z.words < most && !brief(z.us, z.first, z.last) {
			head = append(head, z.us...)
			continue
		}
		n := len(head)
		own, before, after := article(append(head, z.us...), z.first+n, z.last+n)
		drafts = append(drafts, own)
		rest = append(rest, before...)
		head = after
	}
	return drafts, append(rest, furnish(head)...)
}

// brief reports whether a short stretch of prose is an article after all: two paragraphs or more
// behind a headline that shares its words.
func brief(us []unit, first, last int) bool {
	paragraphs := 0
	for _, u := range us[first : last+1] {
		if u.body() {
			paragraphs++
		}
	}
	return paragraphs > 1 && headline(slices.Clone(us[:first]), vocabulary(us[first:last+1])) >= 0
}

// mastheads finds outlets that no list knows by where their names stand: in a line before the
// age of an article, where the name comes again behind a dash or is made as newspapers' are.
func mastheads(us []unit) {
	for i := range us {
		u := &us[i]
		if u.kind != "" || u.words > 6 || i+1 >= len(us) || us[i+1].date == nil {
			continue
		}
		again := i+2 < len(us) && us[i+2].kind == news.Byline && us[i+2].outlet != "" && news.Fold(us[i+2].outlet) == u.fold
		if again || us[i+1].date.Ago != "" && outlet.Masthead(u.s) {
			u.outlet, u.kind, u.reason = u.s, news.Publisher, "name-before-date"
		}
	}
	// "- Newsleaf" behind a line "Newsleaf" and a date names it too.
	for i := 2; i < len(us); i++ {
		name := strings.TrimSpace(strings.TrimLeft(us[i].s, "-–— "))
		if us[i].kind == "" && name != us[i].s && us[i].words <= 7 && us[i-1].date != nil && us[i-2].kind == "" && news.Fold(name) == us[i-2].fold {
			us[i].outlet, us[i].kind, us[i].reason = name, news.Byline, "outlet-behind-dash"
			us[i-2].outlet, us[i-2].kind, us[i-2].reason = name, news.Publisher, "name-before-date"
		}
	}
}

// core finds the stretch of units that holds an article's prose: the one with the greatest sum
// of the words of its prose less a fine for everything else between (maximum subsequence
// segmentation: Pasternack and Roth 2009). What ends an article parts stretches; of two, an
// earlier one wins that is not much shorter, for comments can outgrow their article.
//
// It returns the first and last unit and the sum, first -1 if there is no prose at all.
func core(us []unit) (first, last, words int) {
	const earlier = .4 // of the greatest sum suffices for a stretch that comes before it
	type stretch struct{ first, last, sum int }
	var found []stretch
	best, at, sum := stretch{first: -1}, 0, 0
	fines := gaps(us)
	flush := func() {
		if best.first >= 0 {
			found = append(found, best)
		}
		best, sum = stretch{first: -1}, 0
	}
	for i, u := range us {
		if u.tail && !u.box {
			flush()
			continue
		}
		if sum <= 0 {
			at, sum = i, 0
		}
		sum += u.weight() + fines[i]
		if sum > best.sum && u.body() {
			best = stretch{at, i, sum}
		}
	}
	flush()
	most := 0
	for _, f := range found {
		most = max(most, f.sum)
	}
	for _, f := range found {
		if float64(f.sum) >= earlier*float64(most) {
			for f.first > 0 && us[f.first-1].introduces() {
				f.first--
			}
			return f.first, f.last, f.sum
		}
	}
	for i, u := range us { // no sentence anywhere: verse, a list, a script without full stops
		if u.kind == "" && u.words >= 8 && i+1 < len(us) && !u.title() {
			last = i
			for last+1 < len(us) && us[last+1].kind == "" && us[last+1].words >= 4 {
				last++
			}
			return i, last, u.words
		}
	}
	return -1, -1, 0
}

// gaps gives back, at the end of each short gap in the prose, what its fines exceed a limit by: a
// box of a few links within an article must not part a short one.
func gaps(us []unit) []int {
	const short, limit = 5, 15
	back := make([]int, len(us))
	from, sum := -1, 0
	for i, u := range us {
		if !u.body() {
			sum += u.weight()
			continue
		}
		if n := i - from - 1; from >= 0 && n > 0 && n <= short && sum < -limit {
			back[i-1] = -limit - sum
		}
		from, sum = i, 0
	}
	return back
}

// weight is what a unit adds to a stretch: its words if it is prose, else a fine. The fines make
// three or four lines of an interface cost as much as a short sentence gives; they were set on
// real pages reduced to their lines.
func (u unit) weight() int {
	switch {
	case u.body() && (u.stop || strings.Contains(u.s, ". ")):
		return u.words
	case u.body():
		return u.words / 3 // a long line without a sentence: a list, an address
	case u.kind == news.Label, u.kind == news.Caption, u.kind == news.Credit, u.notice != "", u.reason == "no-words":
		return 0
	case u.box, u.reason == "appeal":
		return -10
	case u.kind == news.Boilerplate, u.kind == news.Tags:
		return -12
	}
	return -6
}

// meta reports whether the unit says who published or wrote an article, or when.
func (u unit) meta() bool {
	return u.kind == news.Publisher || u.kind == news.DateKind || u.kind == news.Byline
}

// body reports whether the unit reads as prose does.
func (u unit) body() bool {
	return u.kind == "" && (u.prose || u.stop && u.words >= 3 || u.words >= 25)
}

// introduces reports whether the unit leads up to what follows it: "The mayor said:"
func (u unit) introduces() bool {
	return u.kind == "" && u.words >= 2 && strings.HasSuffix(u.s, ":")
}

// heads are the units that open a further article: a headline with, before or behind it, lines
// that say whose it is and when it was, and prose after them. An age or a time of day alone
// does not, for such are the entries of a live blog.
func heads(us []unit) []int {
	var out []int
	for i := 0; i < len(us); i++ {
		if !us[i].meta() && !us[i].title() {
			continue
		}
		j := i
		var titles, metas []int
		who, when, full := false, false, false
		for j < len(us) && j-i < 10 && (us[j].meta() || us[j].title() || us[j].kind == news.Boilerplate && j > i && us[j].words <= 4 && !us[j].tail) {
			switch {
			case us[j].meta():
				metas = append(metas, j)
				who = who || us[j].outlet != "" || len(us[j].people) > 0
				when = when || us[j].date != nil
				full = full || us[j].date != nil && us[j].date.Full()
			case us[j].kind == "":
				titles = append(titles, j)
			}
			j++
		}
		if j < len(us) && us[j].body() && us[j].prose && len(metas) > 0 && len(titles) > 0 && (who || full) && (when || who) {
			start := metas[0]
			if titles[len(titles)-1] < metas[0] || len(metas) == 1 && us[metas[0]].kind == news.Byline {
				// The headline stands before the lines about it.
				for _, t := range titles {
					if t < metas[0] {
						start = t
					}
				}
			}
			out = append(out, start)
		}
		i = max(i, j-1)
	}
	return out
}

// furnish gives the units that belong to no article the kinds of a page's furniture.
func furnish(us []unit) []unit {
	for i := range us {
		u := &us[i]
		switch {
		case u.kind == news.RelatedLink || u.kind == news.Boilerplate || u.kind == news.Tags || u.kind == news.Credit || u.kind == news.Caption:
		case u.kind == "" && u.title() && u.words >= 5:
			u.kind, u.reason = news.RelatedLink, "headline-outside-article"
		case u.kind == news.DateKind || u.kind == news.Publisher || u.kind == news.Byline:
		default:
			u.kind, u.reason = news.Boilerplate, "outside-article"
		}
	}
	return us
}

// article makes an article of the units around the prose that runs from unit b to unit last. It
// returns what stands before and after it, too: the headline of the next may be among the latter.
func article(us []unit, b, last int) (own draft, before, after []unit) {
	words := vocabulary(us[b : last+1])
	title := headline(us[:b], words)
	if title >= 0 {
		if name, at := outletBehind(us[title].s); at > 0 {
			u := us[title]
			u.outlet, u.kind, u.reason = name, news.Publisher, "outlet-behind-headline"
			u.span.Start = u.span.End - len(u.s) + at
			u.s = u.s[at:]
			us = slices.Insert(us, title+1, u)
			head := &us[title]
			head.s = strings.TrimRight(head.s[:at], " |-–—·")
			head.span.End = head.span.Start + len(head.s)
			head.fold = news.Fold(head.s)
			b, last = b+1, last+1
			repeated(us[:b], title)
		}
	}
	if next := question(us, b, last); title < 0 && next > 0 {
		us[b].kind, us[b].reason = news.Title, "question-before-the-opening"
		title, b = b, next
	}
	signed(us[:b], title)
	if next := dek(us, b); next > b {
		us[b].kind, us[b].reason = news.Dek, "paragraph-before-the-opening"
		b = next
	}
	middle(us[b : last+1])
	first := begin(us, title, b)
	for i := first; i < b; i++ {
		u := &us[i]
		switch {
		case u.kind != "" || i == title:
		case title >= 0 && i < title:
			u.kind, u.reason = news.Boilerplate, "before-the-headline"
		case title >= 0 && picture(u.fold):
			u.kind, u.reason = news.Caption, "caption-before-the-opening"
		case title >= 0 && (u.body() || u.words >= 6 && overlap(u.fold, words) >= .3) && onlyMeta(us[title+1:i]):
			u.kind, u.reason = news.Dek, "line-behind-the-headline"
		default:
			u.kind, u.reason = news.Boilerplate, "before-the-opening"
		}
	}
	// A byline or date just behind the article is still its own.
	end := last + 1
	for i := last + 1; i < len(us) && i <= last+2 && (us[i].meta() || us[i].kind == news.Credit || us[i].kind == news.Caption || us[i].notice != ""); i++ {
		end = i + 1
	}
	if end < len(us) && us[end-1].meta() && (us[end].title() || us[end].meta()) {
		end = last + 1 // they stand before another headline
	}
	own = draft{units: us[first:end], title: -1}
	if title >= first {
		own.title = title - first
	}
	return own, furnish(us[:first]), us[end:]
}

// begin is the first unit of an article whose title and opening are known: with the lines about
// it that stand before, a few other lines between them or not.
func begin(us []unit, title, b int) int {
	first, gap := b, 3
	if title >= 0 {
		first, gap = title, 0
	}
	for i := first - 1; i >= 0 && first-i <= gap+1; i-- {
		if us[i].meta() || us[i].kind == news.Label && i == first-1 || us[i].kind == news.TitleDup {
			first = i
		}
	}
	return first
}

// question is where the opening goes on if its first paragraph is a question that serves as the
// headline, 0 if it is none.
func question(us []unit, b, last int) int {
	u := us[b]
	if u.words > 20 || !strings.HasSuffix(strings.TrimRight(u.s, "\"'”’"), "?") || strings.Contains(u.s, ". ") || strings.Count(u.s, "?") > 1 {
		return 0
	}
	for i := b + 1; i <= last && i <= b+6; i++ {
		if us[i].body() {
			return i
		}
	}
	return 0
}

// headline finds the title among the units before the opening, marks it and its repetitions, and
// returns its index, -1 if there is none. A headline shares its words with the opening, has lines
// about the article near it, is often printed twice, and stands before the standfirst and the
// captions that share its words too: the first of the best candidates is taken.
func headline(head []unit, opening map[string]bool) int {
	best, scores := 0.0, make([]float64, len(head))
	count := map[string]int{}
	for _, u := range head {
		if u.words >= 3 {
			count[u.fold]++
		}
	}
	for i, u := range head {
		if !u.title() && !(u.kind == "" && u.words <= 20 && u.stop) || picture(u.fold) && u.words > 8 {
			continue
		}
		shared := overlap(u.fold, opening)
		score := 4 * shared
		switch {
		case u.words >= 5:
			score += 2
		case u.words == 4:
			score++
		case u.words == 2:
			score -= 2
		}
		if u.words > 25 || u.endsFull() {
			score--
		}
		if u.words >= 4 && count[u.fold] > 1 {
			score++
		}
		after := head[i+1:]
		for j, m := range after[:min(4, len(after))] {
			if m.meta() {
				score += 1.5
				break
			}
			if j == len(after)-1 && j < 3 {
				score++
			}
		}
		if len(after) == 0 {
			score += 1.5
		}
		score -= float64(min(len(after), 30)) / 15
		if len(after) > 3 && shared < .25 || shared == 0 && u.words <= 6 && names(strings.Fields(u.s)) && i > 0 && len(head) > 3 {
			continue
		}
		scores[i] = score
		best = max(best, score)
	}
	if best < 2 {
		return -1
	}
	const near = .8 // how much worse than the best a candidate that stands before it may be
	title := -1
	for i := range head {
		if scores[i] < best-near || scores[i] <= 0 {
			continue
		}
		if title < 0 {
			title = i
			head[i].kind, head[i].reason = news.Title, "line-before-the-opening"
		}
	}
	repeated(head, title)
	return title
}

// repeated marks the units that say a headline again.
func repeated(head []unit, title int) {
	for i := range head {
		u := &head[i]
		if i == title || u.fold == "" || u.kind != "" && u.kind != news.Boilerplate {
			continue
		}
		if rest, ok := strings.CutPrefix(u.fold, head[title].fold); ok && len(rest) <= 40 && (rest == "" || rest[0] == ' ' && head[title].words >= 4) {
			u.kind, u.reason = news.TitleDup, "headline-repeated"
			head[title].reason = "headline-twice"
		}
	}
}

// outletBehind is the known outlet that stands behind a headline and a mark ("Bridge opens |
// Reuters"), and where its name begins, 0 if there is none.
func outletBehind(s string) (name string, at int) {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " · "} {
		if i := strings.LastIndex(s, sep); i > 0 {
			if n := outlet.Named(s[i+len(sep):]); n != "" {
				return n, i + len(sep)
			}
		}
	}
	return "", 0
}

// overlap is the share of the longer words of folded text that a set of words holds.
func overlap(fold string, set map[string]bool) float64 {
	n, hit := 0, 0
	for w := range strings.FieldsSeq(fold) {
		if w = stem(w); w != "" {
			n++
			if set[w] {
				hit++
			}
		}
	}
	return float64(hit) / float64(max(n, 2))
}

// stem is the first letters of a word, enough to know its forms again; "" for short words.
func stem(w string) string {
	r := []rune(w)
	if len(r) < 4 {
		return ""
	}
	return string(r[:min(len(r), 6)])
}

// vocabulary is the stems of the first words of some units of prose.
func vocabulary(us []unit) map[string]bool {
	const look = 400 // words: the headline tells the opening
	m, n := map[string]bool{}, 0
	for _, u := range us {
		if !u.body() {
			continue
		}
		for w := range strings.FieldsSeq(news.Fold(u.s)) {
			if n++; n > look {
				return m
			}
			if w = stem(w); w != "" {
				m[w] = true
			}
		}
	}
	return m
}

func onlyMeta(us []unit) bool {
	for _, u := range us {
		if !u.meta() {
			return false
		}
	}
	return true
}

// signed finds the names behind a headline that no "By" announces: in a line beside a date, or
// behind a line that is "By" alone.
func signed(head []unit, title int) {
	if title < 0 {
		return
	}
	for i := title + 1; i < len(head); i++ {
		u := &head[i]
		if u.kind != "" || u.words > 9 {
			continue
		}
		after := head[i-1].fold == "by" || head[i-1].kind == news.DateKind
		before := i+1 < len(head) && head[i+1].kind == news.DateKind
		if !after && !before {
			continue
		}
		if people, org := authors(u.s); len(people) > 0 && len(strings.Fields(people[0])) <= 4 {
			u.people, u.outlet, u.kind, u.reason = people, org, news.Byline, "name-beside-date"
		}
	}
}

// dek decides whether the first paragraph is a standfirst: behind a headline, short, and the
// next opens with a dateline, says the same words again or has lines about the article before
// it. It returns the index of the paragraph that then opens the article, b if it is none.
func dek(us []unit, b int) int {
	titled := false
	for _, u := range us[:b] {
		titled = titled || u.kind == news.Title
	}
	if !titled || us[b].words > 60 || !us[b].body() {
		return b
	}
	next := b + 1
	for next < len(us) && !us[next].body() {
		if us[next].tail || next-b > 6 {
			return b
		}
		next++
	}
	if next >= len(us) || !us[next].prose {
		return b
	}
	metas := false
	for _, u := range us[b+1 : next] {
		metas = metas || u.meta()
	}
	again := us[b].fold != "" && strings.Contains(news.Fold(us[next].s), us[b].fold)
	if metas || again || datelineAt(us[next].s) > 0 && datelineAt(us[b].s) == 0 {
		return next
	}
	return b
}

// middle gives kinds to what stands between the opening and the end of an article.
func middle(us []unit) {
	for i := range us {
		u := &us[i]
		if u.kind != "" {
			continue
		}
		if u.body() {
			u.kind, u.reason = news.Body, "prose"
			continue
		}
		if i > 0 && i+1 < len(us) && u.words >= 5 && us[i-1].kind == news.Body && us[i+1].body() && !listItem(u.s) && titleCase(u.s) {
			u.kind, u.reason = news.RelatedLink, "headline-within"
			continue
		}
		followed := i+1 < len(us) && (us[i+1].body() || us[i+1].kind == "" && us[i+1].words >= 8)
		switch {
		case listItem(u.s) || u.words > 12 || u.stop || u.introduces() || strings.HasSuffix(u.s, ",") || strings.HasSuffix(u.s, ";"):
			u.kind, u.reason = news.Body, "line-within"
		case followed && !unicode.IsLower([]rune(u.s)[0]):
			u.kind, u.reason = news.Label, "subheading"
		default:
			u.kind, u.reason = news.Body, "line-within"
		}
	}
}

// titleCase reports whether a line is written as headlines are in American papers: with capitals
// on all its longer words, so that it reads as the headline of something else.
func titleCase(s string) bool {
	upper, n := 0, 0
	for w := range strings.FieldsSeq(s) {
		r := []rune(strings.TrimLeft(w, "'\"‘“("))
		if len(r) < 4 {
			continue
		}
		n++
		if unicode.IsUpper(r[0]) {
			upper++
		}
	}
	return n >= 4 && upper*10 >= n*9
}

func listItem(s string) bool {
	for _, p := range []string{"- ", "– ", "— ", "• ", "* ", "▪ ", "● ", "· ", "► "} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i > 0 && i < 4 && i+1 < len(s) && (s[i] == '.' || s[i] == ')') && s[i+1] == ' '
}

// datelineAt is the length of the dateline that a paragraph opens with, 0 if it has none:
// "PORT ALBA, May 3 (Reuters) - ", "LONDON — ", "Washington: ". Without capitals, an agency or
// a date it takes a place that is known to open datelines.
func datelineAt(s string) int {
	limit := min(len(s), 90)
	var end, mark int // of what stands before the mark, and of the mark
	for i := 0; i < limit; i++ {
		rest := s[i:]
		for _, m := range []string{" — ", " – ", " - ", " -- ", "— ", "– ", ": ", ":\u00a0", " —", " –"} {
			if strings.HasPrefix(rest, m) {
				end, mark = i, len(strings.TrimRight(m, " \u00a0"))
				break
			}
		}
		if mark > 0 || strings.HasPrefix(rest, ". ") && i > 1 && unicode.IsLower(rune(s[i-1])) && i-strings.LastIndexByte(s[:i], ' ') > 5 {
			break
		}
	}
	if mark == 0 || end == 0 || len(s) <= end+mark+1 {
		return 0
	}
	head := s[:end]
	colon := s[end] == ':'
	agency, dated := false, false
	if i := strings.IndexByte(head, '('); i > 0 {
		j := strings.IndexByte(head, ')')
		if j < i || strings.TrimSpace(head[j+1:]) != "" && !strings.Contains(head[j:], ",") {
			return 0
		}
		agency = outlet.Agency(head[i+1:j]) != "" || outlet.Named(head[i+1:j]) != ""
		head = strings.TrimSpace(head[:i])
	}
	place, after, _ := strings.Cut(head, ",")
	words := strings.Fields(place)
	if len(words) == 0 || len(words) > 4 || !names(words) {
		return 0
	}
	for w := range strings.FieldsSeq(after) {
		low := strings.ToLower(strings.Trim(w, ".,"))
		_, month := monthNames[low]
		dated = dated || month
		if !unicode.IsUpper([]rune(w)[0]) && !unicode.IsDigit([]rune(w)[0]) && w != "of" {
			return 0
		}
	}
	known := places[news.Fold(place)]
	capitals := len(place) > 2 && place == strings.ToUpper(place) && strings.ContainsFunc(place, unicode.IsUpper)
	switch {
	case agency || known && !(after != "" && colon && !dated):
	case capitals && !colon && !labels[news.Fold(place)] && len(strings.Fields(after)) <= 4:
	case dated && !colon:
	default:
		return 0
	}
	return end + mark
}

var monthNames = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec") {
		m[w] = true
	}
	return m
}()

// cut divides the span of a body paragraph into segments: its dateline, the labels of its
// template and the paragraphs that were glued together.
func cut(t string, u unit, opening bool) (segments []news.Segment, sentences []text.Span) {
	body := u.span
	if opening {
		if n := datelineAt(u.s); n > 0 {
			line := text.Span{Start: body.Start, End: body.Start + n}
			segments = append(segments, news.Segment{Span: line, Kind: news.Dateline, Reason: "dateline"})
			body = text.Span{Start: line.End, End: body.End}.Trim(t)
		}
	}
	start := body.Start
	flush := func(end int) {
		if s := (text.Span{Start: start, End: end}).Trim(t); !s.Empty() {
			segments = append(segments, news.Segment{Span: s, Kind: news.Body, Reason: u.reason})
		}
		start = end
	}
	for _, s := range text.Sentences(t, []text.Span{body}) {
		glued := s.Start > body.Start && !(text.Span{Start: s.Start - 1, End: s.Start}).Trim(t).Empty()
		if n := labelled(s.Of(t)); n > 0 && (glued || s.Start == body.Start) {
			flush(s.Start)
			label := text.Span{Start: s.Start, End: s.Start + n}
			segments = append(segments, news.Segment{Span: label, Kind: news.Label, Reason: "template-label"})
			sentences = append(sentences, label)
			start, s.Start = label.End, label.End
			if s = s.Trim(t); s.Empty() {
				continue
			}
		} else if glued {
			flush(s.Start)
		}
		sentences = append(sentences, s)
	}
	flush(body.End)
	return segments, sentences
}
