package quote

import (
	"strings"

	"dateline/search/word"
)

// alike reports whether a word may stand for another without the sense being changed: another
// form of the same word, one of the shifts of reported speech, or a synonym.
func alike(a, b string) bool {
	return a == b || root(a) == root(b) || shifts[a] != "" && shifts[a] == shifts[b]
}

// root is what forms of a word share: the stem, that of the infinitive for irregular verbs, and
// that of the first of its synonyms.
func root(w string) string {
	if r, ok := roots[w]; ok {
		return r
	}
	s := word.Stem(w)
	if r, ok := roots[s]; ok {
		return r
	}
	return s
}

// Shifts of reported speech: "I will" is told as "he would".
var shifts = groups(`i he she we they you; me him her us them; my his our their your; mine ours theirs yours; myself himself herself ourselves themselves;
	am is are was were be been s; will would shall should ll; wont wouldnt; can could may might; has have had ve; do does did; this that; these those; here there;
	now then; must had; dont didnt doesnt; isnt wasnt arent werent; cant couldnt cannot; havent hadnt hasnt`)

// Verbs whose past is no ending, and small groups of words that reporters put for each other.
var roots = roots2(verbs + ";" + synonyms)

const verbs = `be was were been; bear bore borne; begin began begun; bring brought; build built; buy bought; catch caught; choose chose chosen;
	come came; cut; deal dealt; do did done; draw drew drawn; drive drove driven; eat ate eaten; fall fell fallen; feel felt; fight fought; find found;
	fly flew flown; forget forgot forgotten; get got gotten; give gave given; go went gone; grow grew grown; hear heard; hide hid hidden; hold held;
	keep kept; know knew known; lay laid; lead led; leave left; lend lent; let; lose lost; make made; mean meant; meet met; pay paid; put; read; ride rode;
	rise rose risen; run ran; see saw seen; seek sought; sell sold; send sent; set; shake shook; show shown; shut; sing sang; sink sank sunk; sit sat;
	sleep slept; speak spoke spoken; spend spent; stand stood; steal stole stolen; stick stuck; strike struck; swear swore sworn; swim swam swum;
	take took taken; teach taught; tell told; think thought; throw threw thrown; understand understood; wake woke; wear wore worn; win won; write wrote written;
	say said tell told state stated`

// irregular are the forms of those verbs.
var irregular = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(strings.ReplaceAll(verbs, ";", " ")) {
		m[w] = true
	}
	return m
}()

const synonyms = `begin start commence; end finish conclude; buy purchase; big large huge; little small; quick fast rapid; help assist aid; need require; show demonstrate;
	try attempt seek; get obtain receive; ask request; answer reply respond; allow permit let; stop halt cease; build construct; keep retain; think believe;
	job post position; money funds cash; people persons; child children kid kids; man men; woman women; person; worker employee; also too;  about concerning regarding;
	enough sufficient; near close; wrong mistaken; happy glad pleased; angry furious; important significant; difficult hard; easy simple; plan scheme;
	talk talks discussion negotiations; deal agreement accord pact; war conflict; country nation; town city; firm company; law legislation; vote ballot;
	price cost; pay wage wages; rise increase grow; fall drop decrease decline; choose pick select; fight battle; hurt harm damage; kill slay; accept agree;
	reject refuse; promise pledge vow; warn caution; happen occur; look appear seem; whole entire; often frequently; maybe perhaps; give provide grant offer; see notice observe; new fresh recent; last previous past; next following; very extremely highly; many numerous; some several;
	make produce create; good fine; bad poor; old former; because since as; but though although yet; use employ utilise utilize; change alter; speak talk; reach achieve;
	suppose assume; rule govern; lack shortage; aim goal target; clear plain obvious; true correct right; danger risk threat; chance opportunity; house home;
	road street; ship vessel boat; car vehicle; leader head chief boss; member; group; begin open; close shut; cause reason; result outcome; protect defend guard;
	destroy ruin; hope; fear dread; hurry rush; total sum; amount quantity; main principal; rich wealthy; strong powerful; weak feeble; safe secure;
	one 1; two 2; three 3; four 4; five 5; six 6; seven 7; eight 8; nine 9; ten 10; eleven 11; twelve 12; percent per cent`

// groups maps each word to the first of its group.
func groups(list string) map[string]string {
	m := map[string]string{}
	for g := range strings.SplitSeq(list, ";") {
		words := strings.Fields(g)
		for _, w := range words {
			if m[w] == "" {
				m[w] = words[0]
			}
		}
	}
	return m
}

// roots2 maps words and their stems; a word of two groups joins them.
func roots2(list string) map[string]string {
	m := map[string]string{}
	for g := range strings.SplitSeq(list, ";") {
		words := strings.Fields(g)
		first := ""
		for _, w := range words {
			if r := m[w]; r != "" {
				first = r
				break
			}
		}
		if first == "" {
			first = word.Stem(words[0])
		}
		for _, w := range words {
			m[w], m[word.Stem(w)] = first, first
		}
	}
	return m
}
