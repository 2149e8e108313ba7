// Package probe makes quotations to check from what was really said: as it was, with other marks,
// with a word altered, cut, joined over an ellipsis, told in other words, ascribed to another, and
// never said at all. Each comes with the verdict that it deserves.
//
// They are made by rule and by a seeded generator, so the same sayings give the same probes. The
// rules know nothing of how a quotation is checked: the words of its paraphrases and of what was
// never said are lists of their own.
package probe

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Saying is what somebody said, by gold.
type Saying struct {
	Words   string // the content, without the quotation marks around it
	Speaker string // "" where nobody can tell
	Quoted  bool   // in quotation marks: these are the speaker's own words
}

// A Probe is a quotation to check.
type Probe struct {
	Class   string // "exact", "marks", ...
	Quote   string
	Speaker string // whom it is ascribed to; "" for nobody
	Verdict string // that it deserves
	Who     string // who said it, where the verdict is that it was another
}

// Classes are the kinds of probes with the verdicts they deserve, an eighth of all each.
var Classes = []struct{ Name, Verdict string }{
	{"exact", "exact"}, {"marks", "marks"}, {"altered", "altered"}, {"cut", "exact"}, {"ellipsis", "marks"},
	{"paraphrased", "paraphrase"}, {"other speaker", "other_speaker"}, {"invented", "not_found"},
}

// Make makes n probes of the sayings.
func Make(seed uint64, sayings []Saying, n int) []Probe {
	m := &maker{random: rand.New(rand.NewPCG(seed, 0x70726f6265))}
	seen := map[string]bool{}
	for _, s := range sayings {
		s.Words = trim(s.Words)
		if n := len(strings.Fields(s.Words)); n < 6 || n > 60 || seen[s.Words] {
			continue
		}
		seen[s.Words] = true
		m.sayings = append(m.sayings, s)
		for _, w := range strings.Fields(s.Words) {
			if w = strings.ToLower(strings.TrimFunc(w, notLetter)); len(w) > 4 && !function[w] && !slices.Contains(m.pool, w) {
				m.pool = append(m.pool, w)
			}
		}
	}
	if len(m.sayings) == 0 {
		return nil
	}
	var out []Probe
	for i := 0; len(out) < n && i < 100*n; i++ {
		class := Classes[len(out)%len(Classes)]
		p, ok := m.probe(class.Name)
		if !ok {
			continue
		}
		p.Class, p.Verdict = class.Name, class.Verdict
		out = append(out, p)
	}
	return out
}

type maker struct {
	random  *rand.Rand
	sayings []Saying
	pool    []string // content words of all sayings
}

func (m *maker) probe(class string) (p Probe, ok bool) {
	s := m.sayings[m.random.IntN(len(m.sayings))]
	p.Quote, ok = s.Words, true
	if m.random.IntN(2) == 0 {
		p.Speaker = s.Speaker
	}
	switch class {
	case "marks":
		p.Quote, ok = m.marks(s.Words)
	case "altered":
		p.Quote, ok = m.altered(s.Words)
	case "cut":
		p.Quote, ok = m.cut(s.Words)
	case "ellipsis":
		p.Quote, ok = m.joined(s.Words)
	case "paraphrased":
		p.Quote, ok = m.paraphrase(s.Words)
	case "other speaker":
		p.Speaker, ok = m.other(s)
		p.Who = s.Speaker
	case "invented":
		p.Quote = m.invented()
	}
	return p, ok
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// trim takes off the marks around a content.
func trim(t string) string {
	t = strings.Join(strings.Fields(t), " ")
	return strings.TrimFunc(t, func(r rune) bool { return strings.ContainsRune("\"“”„«»‘’' ,;:—–-", r) })
}

// marks changes what is no word: case, punctuation, an editor's brackets.
func (m *maker) marks(t string) (string, bool) {
	words := strings.Fields(t)
	switch m.random.IntN(4) {
	case 0:
		upper := strings.ToUpper(t)
		return upper, upper != t
	case 1:
		lower := strings.ToLower(t)
		return lower, strings.TrimFunc(lower, notLetter) != strings.TrimFunc(t, notLetter)
	case 2: // a comma more, or one less
		i := 1 + m.random.IntN(len(words)-2)
		if w, found := strings.CutSuffix(words[i], ","); found {
			words[i] = w
		} else if last, _ := utf8.DecodeLastRuneInString(words[i]); unicode.IsLetter(last) {
			words[i] += ","
		} else {
			return "", false
		}
	default:
		i := 1 + m.random.IntN(len(words)-2)
		if strings.ContainsFunc(words[i], notLetter) {
			return "", false
		}
		words[i] = "[" + words[i] + "]"
	}
	return strings.Join(words, " "), true
}

// altered puts another word in the place of one, or takes the sense away by "not".
func (m *maker) altered(t string) (string, bool) {
	words := strings.Fields(t)
	if len(words) < 8 || strings.Contains(t, "[") {
		return "", false
	}
	i := 1 + m.random.IntN(len(words)-2)
	w := strings.ToLower(words[i])
	if m.random.IntN(4) == 0 {
		switch w {
		case "will", "would", "is", "was", "are", "were", "can", "could", "should", "must", "has", "have", "had":
			if next := strings.ToLower(words[i+1]); next == "not" || next == "never" {
				return "", false
			}
			return strings.Join(slices.Insert(words, i+1, "not"), " "), true
		}
		return "", false
	}
	bare := strings.TrimFunc(words[i], notLetter)
	if len(bare) < 4 || function[strings.ToLower(bare)] || strings.ContainsFunc(bare, notLetter) {
		return "", false
	}
	other := m.pool[m.random.IntN(len(m.pool))]
	if strings.HasPrefix(other, strings.ToLower(bare[:3])) || strings.ContainsFunc(other, notLetter) {
		return "", false
	}
	words[i] = strings.Replace(words[i], bare, other, 1)
	return strings.Join(words, " "), true
}

// cut is a stretch of the words, not all.
func (m *maker) cut(t string) (string, bool) {
	words := strings.Fields(t)
	if len(words) < 8 {
		return "", false
	}
	n := 5 + m.random.IntN(len(words)-6)
	i := m.random.IntN(len(words) - n + 1)
	part := strings.Join(words[i:i+n], " ")
	return part, !strings.ContainsAny(part, "…") && !strings.Contains(part, "..") && !strings.Contains(part, ". .")
}

// joined leaves out some words in the middle.
func (m *maker) joined(t string) (string, bool) {
	words := strings.Fields(t)
	if len(words) < 11 || strings.ContainsAny(t, "…[") || strings.Contains(t, "..") || strings.Contains(t, ". .") {
		return "", false
	}
	i := 4 + m.random.IntN(len(words)-9)
	k := i + 1 + m.random.IntN(len(words)-4-i)
	dots := []string{"…", "...", "[...]", ". . .", "(…)"}[m.random.IntN(5)]
	return strings.Join(words[:i], " ") + " " + dots + " " + strings.Join(words[k:], " "), true
}

// other is a speaker who did not say that.
func (m *maker) other(s Saying) (string, bool) {
	if s.Speaker == "" {
		return "", false
	}
	who := m.sayings[m.random.IntN(len(m.sayings))].Speaker
	if who == "" || Shares(who, s.Speaker) {
		return "", false
	}
	for _, o := range m.sayings {
		// The same words, or part of them, may be told of several.
		if !Shares(o.Speaker, s.Speaker) && (strings.Contains(bare(o.Words), bare(s.Words)) || strings.Contains(bare(s.Words), bare(o.Words))) {
			return "", false
		}
	}
	return who, true
}

// Shares reports whether two names have a word in common.
func Shares(a, b string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(a)), func(w string) bool { return len(w) > 2 && slices.Contains(strings.Fields(strings.ToLower(b)), w) })
}

func bare(t string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(t), notLetter), " ")
}

// Reported speech: the present becomes past, the speaker somebody.
var reported = pairs(`i he; i'm he was; i'll he would; i've he had; we they; we're they were; we'll they would; we've they had; my his; our their; me him; us them;
	am was; is was; are were; will would; can could; may might; has had; have had; don't didn't; doesn't didn't; isn't wasn't; aren't weren't; won't wouldn't;
	can't couldn't; it's it was; that's that was; there's there was; today that.day; tomorrow the.next.day; yesterday the.day.before; now then; here there;
	this that; these those; want wanted; wants wanted; need needed; needs needed; know knew; think thought; believe believed; expect expected; hope hoped;
	wants wanted; goes went; go went; says said; say said; does did; do did`)

// Words for other words that mean much the same.
var synonyms = pairs(`help assist; began started; begin start; start begin; started began; big large; large big; stop halt; stopped halted; show demonstrate;
	shows demonstrates; showed demonstrated; get obtain; buy purchase; bought purchased; build construct; built constructed; need require; needs requires;
	people persons; children kids; money funds; job position; jobs positions; country nation; countries nations; town city; law legislation; talks negotiations;
	deal agreement; agreement deal; increase rise; quickly rapidly; fast quickly; often frequently; difficult hard; hard difficult; easy simple; important significant;
	wrong mistaken; glad pleased; happy glad; angry furious; enough sufficient; about regarding; also too; but though; because since; maybe perhaps; perhaps maybe;
	workers employees; company firm; firm company; war conflict; plan scheme; plans schemes; price cost; promise pledge; promised pledged; refuse decline;
	refused declined; try attempt; tried attempted; keep retain; kept retained; allow permit; allowed permitted; answer reply; ask request; asked requested;
	end finish; ended finished; happen occur; happened occurred; see notice; saw noticed; make produce; made produced; give provide; gave provided; given provided;
	very extremely; many numerous; several some; whole entire; year twelvemonth; last previous; next following; new fresh; old former; good fine; bad poor`)

func pairs(list string) map[string]string {
	m := map[string]string{}
	for p := range strings.SplitSeq(list, ";") {
		from, to, _ := strings.Cut(strings.TrimSpace(p), " ")
		m[strings.TrimSpace(from)] = strings.ReplaceAll(to, ".", " ")
	}
	return m
}

// paraphrase tells the words as a reporter would: in reported speech, with up to two synonyms, and
// the clauses in another order where a comma parts two of some length.
func (m *maker) paraphrase(t string) (string, bool) {
	if strings.ContainsAny(t, "…[|") || strings.Contains(t, "..") || strings.Contains(t, ". .") {
		return "", false
	}
	t = strings.ReplaceAll(t, "’", "'")
	changes, content := 0, 0
	if head, tail, ok := strings.Cut(t, ", "); ok && strings.Count(t, ", ") == 1 && len(strings.Fields(head)) > 3 && len(strings.Fields(tail)) > 3 && m.random.IntN(2) == 0 {
		t = strings.TrimRight(tail, ".!?") + ", " + head
		changes += 2
	}
	words := strings.Fields(t)
	swapped := 0
	for i, w := range words {
		core := strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return notLetter(r) && r != '\'' }))
		if len(core) > 4 && !function[core] {
			content++
		}
		if core == "us" && strings.Contains(w, "US") {
			continue // the country
		}
		to := reported[core]
		if to == "" && swapped < 2 {
			if to = synonyms[core]; to != "" {
				swapped++
			}
		}
		if to == "" {
			continue
		}
		at := strings.Index(strings.ToLower(w), core)
		words[i] = w[:at] + to + w[at+len(core):]
		changes++
	}
	return strings.Join(words, " "), changes >= 2 && content >= 4
}

// What nobody said: sentences of fixed frames, filled from lists.
var (
	frames = []string{
		"We shall never again {verb} the {thing} without asking the {folk} of {place}",
		"My {kin} told me to {verb} every {thing} before the {season} is over",
		"There is no {thing} in {place} that the {folk} would not {verb} for a {thing}",
		"If the {folk} {verb} one more {thing}, I will eat my hat in front of the {building}",
		"Nobody has {verb}ed a {thing} in this {building} since the {season} of the great flood",
		"I have counted every {thing} from {place} to the {building} and half of them are missing",
		"Give me a {thing} and three {folk}, and {place} will sing by {season}",
		"The {folk} can {verb} the {thing} themselves; that is not what the {building} is for",
		"A {thing} is worth more to {place} than all the {folk} in the {building}",
		"By next {season} each of the {folk} will own a {thing} and a key to the {building}",
	}
	lists = map[string][]string{
		"verb":     {"polish", "borrow", "paint", "photograph", "unscrew", "whistle", "inherit", "bury", "audition", "varnish"},
		"thing":    {"trombone", "teapot", "lighthouse", "haystack", "bagpipe", "marmalade jar", "umbrella", "gargoyle", "sundial", "harpsichord"},
		"folk":     {"beekeepers", "plumbers", "astronomers", "goalkeepers", "tenors", "librarians", "gardeners", "twins", "cartographers", "jugglers"},
		"place":    {"Upper Tolliver", "the moon", "Saint Orlo", "the old quarter", "Nettlefield", "the far bank", "Quarry End"},
		"kin":      {"grandmother", "uncle", "godfather", "youngest niece", "mother-in-law"},
		"season":   {"spring", "harvest", "Lent", "midsummer", "the first frost"},
		"building": {"observatory", "bakery", "swimming baths", "town hall", "opera house", "dairy"},
	}
)

// invented fills a frame; every other time with words of what was said, which is nearer the truth
// and no truer.
func (m *maker) invented() string {
	near := m.random.IntN(2) == 0
	t := frames[m.random.IntN(len(frames))]
	for {
		i := strings.IndexByte(t, '{')
		if i < 0 {
			return t
		}
		end := i + strings.IndexByte(t[i:], '}')
		list := lists[t[i+1:end]]
		if near && m.random.IntN(2) == 0 {
			list = m.pool
		}
		t = t[:i] + list[m.random.IntN(len(list))] + t[end+1:]
	}
}

// function words carry no meaning by themselves: altering one is another matter.
var function = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`about above after again against also although among another because been before being below between both could
		does doing done down during each either else even ever every first from further have having here hers herself himself however into itself just
		last less like many might more most much must myself neither never next none only other ours over rather same shall should since some still such
		than that their theirs them themselves then there these they this those though through till together under until upon very want wants well were
		what when where whether which while whom whose will with within without would your yours yourself`) {
		m[w] = true
	}
	return m
}()
