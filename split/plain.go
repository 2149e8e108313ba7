package split

import (
	"slices"
	"strings"
	"unicode"

	"dateline/news"
	"dateline/split/outlet"
	"dateline/split/unit"
	"dateline/text"
)

// A draft is an article as its units show it, before its sentences are read.
type draft struct {
	units []unit.Unit
	title int // index into units, -1 if there is none
}

// least is how many words of prose make one of several articles of a page: a teaser has fewer.
// leastUnnamed is the same for one whose lines do not name both an outlet and a time: on real
// pages reduced to their lines such teasers had up to 90.
const (
	least        = 60
	leastUnnamed = 100
)

// plain finds the articles of a text that has lost its structure, and what belongs to none.
func plain(d news.Document) (drafts []draft, rest []unit.Unit) {
	us := unit.Of(d.Text, d.Fetched)
	mastheads(us)
	starts := append([]head{{}}, heads(us)...)
	type zone struct {
		us          []unit.Unit
		first, last int // of its prose; first is -1 if it has none
		words       int
		least       int  // how many make an article
		outlet      bool // its lines name whose it is, and when
	}
	var zones []zone
	most := 0
	for i, start := range starts {
		end := len(us)
		if i+1 < len(starts) {
			end = starts[i+1].at
		}
		z := zone{us: us[start.at:end], least: least, outlet: start.outlet}
		if most >= least && !start.outlet { // another article came before it
			z.least = leastUnnamed
		}
		z.first, z.last, z.words = core(z.us)
		most = max(most, z.words)
		zones = append(zones, z)
	}
	var between []unit.Unit // what stands between the article before and the zone
	for _, z := range zones {
		// What is too short beside others is a teaser or a banner, not an article.
		short := z.words < z.least || z.words < most/4 && !z.outlet
		if z.first < 0 || short && z.words < most && !brief(z.us, z.first, z.last) {
			between = append(between, z.us...)
			continue
		}
		n := len(between)
		own, before, after := article(append(between, z.us...), z.first+n, z.last+n)
		drafts = append(drafts, own)
		rest = append(rest, before...)
		between = after
	}
	return drafts, append(rest, furnish(between)...)
}

// brief reports whether a short stretch of prose is an article after all: two paragraphs or more
// behind a headline that shares its words.
func brief(us []unit.Unit, first, last int) bool {
	paragraphs := 0
	for _, u := range us[first : last+1] {
		if u.Body() {
			paragraphs++
		}
	}
	head, words := slices.Clone(us[:first]), vocabulary(us[first:last+1])
	title := headline(head, words)
	return paragraphs > 1 && title >= 0 && head[title].Words >= 4 && overlap(head[title].Fold, words) >= .5
}

// mastheads finds outlets that no list knows by where their names stand: in a line before the
// age of an article, where the name comes again behind a dash or is made as newspapers' are.
func mastheads(us []unit.Unit) {
	for i := range us {
		u := &us[i]
		if u.Kind != "" || u.Words > 6 || i+1 >= len(us) || us[i+1].Date == nil {
			continue
		}
		again := i+2 < len(us) && us[i+2].Kind == news.Byline && us[i+2].Outlet != "" && news.Fold(us[i+2].Outlet) == u.Fold
		if again || us[i+1].Date.Ago != "" && news.Masthead(u.Text) {
			u.Outlet, u.Kind, u.Reason = u.Text, news.Publisher, "name-before-date"
		}
	}
	// "- Newsleaf" behind a line "Newsleaf" and a date names it too.
	for i := 2; i < len(us); i++ {
		name := strings.TrimSpace(strings.TrimLeft(us[i].Text, "-–— "))
		if us[i].Kind == "" && name != us[i].Text && us[i].Words <= 7 && us[i-1].Date != nil && us[i-2].Kind == "" && news.Fold(name) == us[i-2].Fold {
			us[i].Outlet, us[i].Kind, us[i].Reason = name, news.Byline, "outlet-behind-dash"
			us[i-2].Outlet, us[i-2].Kind, us[i-2].Reason = name, news.Publisher, "name-before-date"
		}
	}
}

// core finds the stretch of units that holds an article's prose: the one with the greatest sum
// of the words of its prose less a fine for everything else between (maximum subsequence
// segmentation: Pasternack and Roth 2009). What ends an article parts stretches; of two, an
// earlier one wins that is not much shorter, for comments can outgrow their article.
//
// It returns the first and last unit and the sum, first -1 if there is no prose at all.
func core(us []unit.Unit) (first, last, words int) {
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
		if u.Tail && !u.Box {
			flush()
			continue
		}
		if sum <= 0 {
			at, sum = i, 0
		}
		sum += weight(u) + fines[i]
		if sum > best.sum && u.Body() {
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
			for f.first > 0 && us[f.first-1].Introduces() {
				f.first--
			}
			return f.first, f.last, f.sum
		}
	}
	for i, u := range us { // no sentence anywhere: verse, a list, a script without full stops
		if u.Kind == "" && u.Words >= 8 && i+1 < len(us) && !u.Title() {
			last = i
			for last+1 < len(us) && us[last+1].Kind == "" && us[last+1].Words >= 4 {
				last++
			}
			return i, last, u.Words
		}
	}
	return -1, -1, 0
}

// gaps gives back, at the end of each short gap in the prose, what its fines exceed a limit by: a
// box of a few links within an article must not part a short one.
func gaps(us []unit.Unit) []int {
	const short, limit = 4, 15
	back := make([]int, len(us))
	from, sum := -1, 0
	for i, u := range us {
		if !u.Body() {
			sum += weight(u)
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
func weight(u unit.Unit) int {
	switch {
	case u.Body() && (u.Stop || strings.Contains(u.Text, ". ")):
		return u.Words
	case u.Body():
		return u.Words / 3 // a long line without a sentence: a list, an address
	case u.Kind == news.Label, u.Kind == news.Caption, u.Kind == news.Credit, u.Notice != "", u.Reason == "no-words":
		return 0
	case u.Reason == "line-repeated":
		return -2
	case u.Box, u.Reason == "appeal":
		return -10
	case u.Kind == news.Boilerplate, u.Kind == news.Tags:
		return -12
	}
	return -6
}

// A head is where a further article begins, and whether its lines name an outlet and a time.
type head struct {
	at     int
	outlet bool
}

// heads are the units that open a further article: a headline with, before or behind it, lines
// that say whose it is and when it was, and prose after them. An age or a time of day alone
// does not, for such are the entries of a live blog.
func heads(us []unit.Unit) []head {
	var out []head
	for i := 0; i < len(us); i++ {
		if !us[i].Meta() && !us[i].Title() {
			continue
		}
		j := i
		var titles, metas []int
		who, when, full, named := false, false, false, false
		for j < len(us) && j-i < 10 && (us[j].Meta() || us[j].Title() || us[j].Kind == news.Boilerplate && j > i && us[j].Words <= 4 && !us[j].Tail) {
			switch {
			case us[j].Meta():
				metas = append(metas, j)
				named = named || us[j].Outlet != ""
				who = who || us[j].Outlet != "" || len(us[j].People) > 0
				when = when || us[j].Date != nil
				full = full || us[j].Date != nil && us[j].Date.Full()
			case us[j].Kind == "":
				titles = append(titles, j)
			}
			j++
		}
		if j < len(us) && us[j].Body() && us[j].Prose && len(metas) > 0 && len(titles) > 0 && (who || full) && (when || who) {
			start := metas[0]
			if titles[len(titles)-1] < metas[0] || len(metas) == 1 && us[metas[0]].Kind == news.Byline {
				// The headline stands before the lines about it.
				for _, t := range titles {
					if t < metas[0] {
						start = t
					}
				}
			}
			out = append(out, head{start, named && when})
		}
		i = max(i, j-1)
	}
	return out
}

// furnish gives the units that belong to no article the kinds of a page's furniture.
func furnish(us []unit.Unit) []unit.Unit {
	for i := range us {
		u := &us[i]
		switch {
		case u.Kind == news.RelatedLink || u.Kind == news.Boilerplate || u.Kind == news.Tags || u.Kind == news.Credit || u.Kind == news.Caption:
		case u.Kind == "" && u.Title() && u.Words >= 5:
			u.Kind, u.Reason = news.RelatedLink, "headline-outside-article"
		case u.Kind == news.DateKind || u.Kind == news.Publisher || u.Kind == news.Byline:
		default:
			u.Kind, u.Reason = news.Boilerplate, "outside-article"
		}
	}
	return us
}

// article makes an article of the units around the prose that runs from unit b to unit last. It
// returns what stands before and after it, too: the headline of the next may be among the latter.
func article(us []unit.Unit, b, last int) (own draft, before, after []unit.Unit) {
	words := vocabulary(us[b : last+1])
	title := headline(us[:b], words)
	if title >= 0 {
		if name, at := outletBehind(us[title].Text); at > 0 {
			u := us[title]
			u.Outlet, u.Kind, u.Reason = name, news.Publisher, "outlet-behind-headline"
			u.Span.Start = u.Span.End - len(u.Text) + at
			u.Text = u.Text[at:]
			us = slices.Insert(us, title+1, u)
			head := &us[title]
			head.Text = strings.TrimRight(head.Text[:at], " |-–—·")
			head.Span.End = head.Span.Start + len(head.Text)
			head.Fold = news.Fold(head.Text)
			b, last = b+1, last+1
			repeated(us[:b], title)
		}
	}
	if next := question(us, b, last); title < 0 && next > 0 {
		us[b].Kind, us[b].Reason = news.Title, "question-before-the-opening"
		title, b = b, next
	}
	signed(us[:b], title)
	if next := dek(us, b); next > b {
		us[b].Kind, us[b].Reason = news.Dek, "paragraph-before-the-opening"
		b = next
	}
	middle(us[b : last+1])
	first := begin(us, title, b)
	for i := first; i < b; i++ {
		u := &us[i]
		switch {
		case u.Kind != "" || i == title:
		case title >= 0 && i < title:
			u.Kind, u.Reason = news.Boilerplate, "before-the-headline"
		case title >= 0 && unit.Picture(u.Fold):
			u.Kind, u.Reason = news.Caption, "caption-before-the-opening"
		case title >= 0 && (u.Body() || u.Words >= 6 && overlap(u.Fold, words) >= .3) && onlyMeta(us[title+1:i]):
			u.Kind, u.Reason = news.Dek, "line-behind-the-headline"
		default:
			u.Kind, u.Reason = news.Boilerplate, "before-the-opening"
		}
	}
	// A byline or date just behind the article is still its own.
	end := last + 1
	for i := last + 1; i < len(us) && i <= last+2 && (us[i].Meta() || us[i].Kind == news.Credit || us[i].Kind == news.Caption || us[i].Notice != ""); i++ {
		end = i + 1
	}
	if end < len(us) && us[end-1].Meta() && (us[end].Title() || us[end].Meta()) {
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
func begin(us []unit.Unit, title, b int) int {
	first, gap := b, 3
	if title >= 0 {
		first, gap = title, 0
	}
	for i := first - 1; i >= 0 && first-i <= gap+1; i-- {
		if us[i].Meta() || us[i].Kind == news.Label && i == first-1 || us[i].Kind == news.TitleDup {
			first = i
		}
	}
	return first
}

// question is where the opening goes on if its first paragraph is a question that serves as the
// headline, 0 if it is none.
func question(us []unit.Unit, b, last int) int {
	u := us[b]
	if u.Words > 20 || !strings.HasSuffix(strings.TrimRight(u.Text, "\"'”’"), "?") || strings.Contains(u.Text, ". ") || strings.Count(u.Text, "?") > 1 {
		return 0
	}
	for i := b + 1; i <= last && i <= b+6; i++ {
		if us[i].Body() {
			return i
		}
	}
	return 0
}

// headline finds the title among the units before the opening, marks it and its repetitions, and
// returns its index, -1 if there is none. A headline shares its words with the opening, has lines
// about the article near it, is often printed twice, and stands before the standfirst and the
// captions that share its words too: the first of the best candidates is taken.
func headline(head []unit.Unit, opening map[string]bool) int {
	best, scores := 0.0, make([]float64, len(head))
	count := map[string]int{}
	for _, u := range head {
		if u.Words >= 3 {
			count[u.Fold]++
		}
	}
	for i, u := range head {
		if !u.Title() && !(u.Kind == "" && u.Words <= 20 && u.Stop) || unit.Picture(u.Fold) && u.Words > 8 {
			continue
		}
		shared := overlap(u.Fold, opening)
		score := 4 * shared
		switch {
		case u.Words >= 5:
			score += 2
		case u.Words == 4:
			score++
		case u.Words == 2:
			score -= 2
		}
		if u.Words > 25 || u.EndsFull() {
			score--
		}
		if u.Words >= 4 && count[u.Fold] > 1 {
			score++
		}
		after := head[i+1:]
		for j, m := range after[:min(4, len(after))] {
			if m.Meta() {
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
		if len(after) > 3 && shared < .25 || shared == 0 && len(head) > 8 || shared == 0 && u.Words <= 6 && unit.Names(strings.Fields(u.Text)) && i > 0 && len(head) > 3 {
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
			head[i].Kind, head[i].Reason = news.Title, "line-before-the-opening"
		}
	}
	// "Bridge opens | Alba Gazette Home" stands for the page; "Bridge opens" is the headline.
	for i, u := range head {
		if i != title && u.Kind == "" && u.Words >= 4 && len(u.Fold)+40 > len(head[title].Fold) && strings.HasPrefix(head[title].Fold, u.Fold+" ") && scores[i] > 0 {
			head[title].Kind, head[title].Reason = news.TitleDup, "headline-repeated"
			head[i].Kind, head[i].Reason = news.Title, "headline-twice"
			title = i
			break
		}
	}
	repeated(head, title)
	return title
}

// repeated marks the units that say a headline again.
func repeated(head []unit.Unit, title int) {
	for i := range head {
		u := &head[i]
		if i == title || u.Fold == "" || u.Kind != "" && u.Kind != news.Boilerplate {
			continue
		}
		if rest, ok := strings.CutPrefix(u.Fold, head[title].Fold); ok && len(rest) <= 40 && (rest == "" || rest[0] == ' ' && head[title].Words >= 4) {
			u.Kind, u.Reason = news.TitleDup, "headline-repeated"
			head[title].Reason = "headline-twice"
		}
	}
}

// outletBehind is the known outlet that stands behind a headline and a mark ("Bridge opens |
// Reuters"), and where its name begins, 0 if there is none.
func outletBehind(s string) (name string, at int) {
	if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") {
		if n := outlet.Named(s[i+2:]); n != "" && len(strings.Fields(s[:i])) > 1 {
			return n, i + 1
		}
	}
	for _, sep := range []string{" | ", " - ", " – ", " — ", " · "} {
		if i := strings.LastIndex(s, sep); i > 0 {
			if n := outlet.Named(s[i+len(sep):]); n != "" && len(strings.Fields(s[:i])) > 1 {
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
func vocabulary(us []unit.Unit) map[string]bool {
	const look = 400 // words: the headline tells the opening
	m, n := map[string]bool{}, 0
	for _, u := range us {
		if !u.Body() {
			continue
		}
		for w := range strings.FieldsSeq(news.Fold(u.Text)) {
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

func onlyMeta(us []unit.Unit) bool {
	for _, u := range us {
		if !u.Meta() {
			return false
		}
	}
	return true
}

// signed finds the names behind a headline that no "By" announces: in a line beside a date, or
// behind a line that is "By" alone.
func signed(head []unit.Unit, title int) {
	if title < 0 {
		return
	}
	for i := title + 1; i < len(head); i++ {
		u := &head[i]
		if u.Kind != "" || u.Words > 9 {
			continue
		}
		after := head[i-1].Fold == "by" || head[i-1].Kind == news.DateKind
		before := i+1 < len(head) && head[i+1].Kind == news.DateKind
		if !after && !before {
			continue
		}
		if people, org := unit.Authors(u.Text); len(people) > 0 && len(strings.Fields(people[0])) <= 4 {
			u.People, u.Outlet, u.Kind, u.Reason = people, org, news.Byline, "name-beside-date"
		}
	}
}

// dek decides whether the first paragraph is a standfirst: behind a headline, short, and the
// next opens with a dateline, says the same words again or has lines about the article before
// it. It returns the index of the paragraph that then opens the article, b if it is none.
func dek(us []unit.Unit, b int) int {
	titled := false
	for _, u := range us[:b] {
		titled = titled || u.Kind == news.Title
	}
	if !titled || us[b].Words > 60 || !us[b].Body() {
		return b
	}
	next := b + 1
	for next < len(us) && !us[next].Body() {
		if us[next].Tail || next-b > 6 {
			return b
		}
		next++
	}
	if next >= len(us) || !us[next].Prose {
		return b
	}
	metas := false
	for _, u := range us[b+1 : next] {
		metas = metas || u.Meta() && u.Reason != "time-of-day"
	}
	again := us[b].Fold != "" && strings.Contains(news.Fold(us[next].Text), us[b].Fold)
	if metas || again || unit.DatelineLen(us[next].Text) > 0 && unit.DatelineLen(us[b].Text) == 0 {
		return next
	}
	return b
}

// middle gives kinds to what stands between the opening and the end of an article.
func middle(us []unit.Unit) {
	box := false
	for i := range us {
		u := &us[i]
		if u.Kind != "" {
			box = box || u.Box
			continue
		}
		if u.Body() {
			u.Kind, u.Reason = news.Body, "prose"
			box = false
			continue
		}
		if box {
			u.Kind, u.Reason = news.RelatedLink, "headline-in-box"
			continue
		}
		if i > 0 && i+1 < len(us) && u.Words >= 5 && us[i-1].Kind == news.Body && us[i+1].Body() && !listItem(u.Text) && titleCase(u.Text) {
			u.Kind, u.Reason = news.RelatedLink, "headline-within"
			continue
		}
		followed := i+1 < len(us) && (us[i+1].Body() || us[i+1].Kind == "" && us[i+1].Words >= 8)
		numbered := u.Text[0] >= '0' && u.Text[0] <= '9' && listItem(u.Text) && !u.Stop && u.Words <= 14 && i+1 < len(us) && us[i+1].Prose
		switch {
		case numbered && followed:
			u.Kind, u.Reason = news.Label, "numbered-heading"
		case listItem(u.Text) || quotation(u.Text) || u.Words > 12 || u.Stop || u.Introduces() || strings.HasSuffix(u.Text, ",") || strings.HasSuffix(u.Text, ";"):
			u.Kind, u.Reason = news.Body, "line-within"
		case followed && !unicode.IsLower([]rune(u.Text)[0]):
			u.Kind, u.Reason = news.Label, "subheading"
		default:
			u.Kind, u.Reason = news.Body, "line-within"
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

// quotation reports whether a line is a quotation, a dash and who said it: “Nobody asked us.” — Ana Ruiz.
func quotation(s string) bool {
	said, _, ok := strings.Cut(strings.NewReplacer("–", "—", "―", "—").Replace(s), "—")
	said = strings.TrimSpace(said)
	return ok && strings.IndexAny(said, "\"“”") == 0 && strings.TrimRight(said, "\"”") != said
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

// cut divides the span of a body paragraph into segments: its dateline, the labels of its
// template and the paragraphs that were glued together.
func cut(t string, u unit.Unit, opening bool) (segments []news.Segment, sentences []text.Span) {
	body := u.Span
	if opening {
		if n := unit.DatelineLen(u.Text); n > 0 {
			line := text.Span{Start: body.Start, End: body.Start + n}
			segments = append(segments, news.Segment{Span: line, Kind: news.Dateline, Reason: "dateline"})
			body = text.Span{Start: line.End, End: body.End}.Trim(t)
		}
	}
	start := body.Start
	flush := func(end int) {
		if s := (text.Span{Start: start, End: end}).Trim(t); !s.Empty() {
			segments = append(segments, news.Segment{Span: s, Kind: news.Body, Reason: u.Reason})
		}
		start = end
	}
	for _, s := range text.Sentences(t, []text.Span{body}) {
		glued := s.Start > body.Start && !(text.Span{Start: s.Start - 1, End: s.Start}).Trim(t).Empty()
		if n := unit.LabelLen(s.Of(t)); n > 0 && (glued || s.Start == body.Start) {
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
