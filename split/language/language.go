// Package language tells in which language a text is written.
//
// It counts the commonest words of each language it knows (articles, prepositions, pronouns,
// forms of "to be": some twenty each), and takes the one whose words make up the largest share.
// Scripts that one language of the news has to itself are told by their letters. Short texts,
// languages it does not know and mixtures get no answer: "" is better than a guess, for what is
// taken for English is analysed as English.
package language

import (
	"slices"
	"strings"
	"unicode"
)

// enough is the number of words that must be seen before any answer, and share the part of
// them that must be a language's commonest words: news prose has .3 to .5 of them in each of
// these languages, lists of names and figures under .1.
const (
	enough = 8
	share  = .12
)

// common are the commonest words of each language, each with the languages it is one of.
var common = func() map[string][]string {
	m := map[string][]string{}
	for tag, words := range map[string]string{
		"en": "the of and to in a is that for it was on with as at by from be are his this has have he said not but they were their who its had will would she an or",
		"de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis",
		"fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son elle ont aux mais comme ou cette leur été ses l'on d'un c'est n'a était",
		"es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me sin sobre este ya entre cuando todo esta ser son dos también fue había era muy",
		"it": "di e il la che in a per un del è non sono si con le una dei da nel al come più alla anche ha i gli della lo ma o sul delle dal dalla questo tra essere suo hanno stato",
		"pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também pelo pela até isso",
		"nl": "de van een het en in is dat op te zijn voor met die niet aan er om ook als door over maar bij uit naar heeft worden nog dan wordt tot hij werd hun ze zich deze meer had kan",
		"sv": "och i att det som en på är av för med till den har de inte om ett men han var sig från vi så kan när ska också eller under efter",
		"no": "og i det på som er en til å han av for at med var de ikke den har jeg om et men så seg hun hadde fra vi du kan da være ble etter også",
		"da": "og i at det er en til på som med de for af den ikke har han der et var om men sig fra vi så kan også efter eller blev hun skal",
		"fi": "ja on ei se että oli hän mutta ovat kun niin myös kuin joka tai mukaan sekä ole sen hänen jo vain nyt sitä ollut",
		"pl": "w i na z się do że nie jest o to jak po za od przez ale który co dla są oraz przy było jego ma już tym tylko być",
		"cs": "a v se na je že s z do o i to jako za by ale po podle které který pro jsou od si jsem byl bude také jeho při",
		"ro": "de și a în la cu pe că din nu o un pentru este care mai o sau au fost ca după al prin fi dar sunt lui",
		"hu": "a az és hogy nem is egy ez volt meg de csak már el ki mint vagy még azt van ezt szerint be lesz kell",
		"tr": "ve bir bu da de için ile olarak çok daha olan gibi en ne var kadar sonra ise ya değil her şu olduğu dedi",
		"id": "yang dan di untuk dari dengan ini itu pada dalam tidak akan ke adalah juga oleh atau sebagai karena mereka telah bisa ada kata",
		"vi": "và của là có trong không được cho một các với đã người này những để khi từ tại về cũng đến ra trên",
	} {
		for w := range strings.FieldsSeq(words) {
			if !slices.Contains(m[w], tag) {
				m[w] = append(m[w], tag)
			}
		}
	}
	return m
}()

// Of is the BCP 47 tag of the language that t is written in, "" if it cannot be told.
func Of(t string) string {
	const look = 20_000 // bytes: an article's language shows in its first pages
	if len(t) > look {
		t = strings.ToValidUTF8(t[:look], "")
	}
	if tag := byScript(t); tag != "" {
		return tag
	}
	words := 0
	hits := map[string]int{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(t), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\''
	}) {
		words++
		for _, tag := range common[w] {
			hits[tag]++
		}
	}
	best, second := "", ""
	for tag, n := range hits {
		switch {
		case best == "" || n > hits[best] || n == hits[best] && tag < best:
			best, second = tag, best
		case second == "" || n > hits[second]:
			second = tag
		}
	}
	if words < enough || float64(hits[best]) < share*float64(words) || second != "" && hits[best] == hits[second] {
		return ""
	}
	return best
}

// byScript is the language that its script tells, "" for scripts that many languages share.
func byScript(t string) string {
	var n struct{ all, han, kana, hangul, arabic, hebrew, cyrillic, greek, devanagari, thai, bengali int }
	var ukrainian, russian, bulgarian, persian, urdu int
	for _, r := range t {
		if !unicode.IsLetter(r) {
			continue
		}
		n.all++
		switch {
		case r < 0x250:
		case unicode.Is(unicode.Han, r):
			n.han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			n.kana++
		case unicode.Is(unicode.Hangul, r):
			n.hangul++
		case unicode.Is(unicode.Cyrillic, r):
			n.cyrillic++
			switch r {
			case 'і', 'ї', 'є', 'ґ':
				ukrainian++
			case 'ы', 'э', 'ё':
				russian++
			case 'ъ':
				bulgarian++
			}
		case unicode.Is(unicode.Arabic, r):
			n.arabic++
			switch r {
			case 'پ', 'چ', 'گ', 'ی':
				persian++
			case 'ے', 'ٹ', 'ں', 'ڈ':
				urdu++
			}
		case unicode.Is(unicode.Hebrew, r):
			n.hebrew++
		case unicode.Is(unicode.Greek, r):
			n.greek++
		case unicode.Is(unicode.Devanagari, r):
			n.devanagari++
		case unicode.Is(unicode.Thai, r):
			n.thai++
		case unicode.Is(unicode.Bengali, r):
			n.bengali++
		}
	}
	half := n.all / 2
	if n.all < 10 {
		return ""
	}
	switch {
	case n.kana > 0 && n.kana+n.han > half:
		return "ja"
	case n.han > half:
		return "zh"
	case n.hangul > half:
		return "ko"
	case n.hebrew > half:
		return "he"
	case n.greek > half:
		return "el"
	case n.thai > half:
		return "th"
	case n.bengali > half:
		return "bn"
	case n.devanagari > half:
		return "hi"
	case n.arabic > half && urdu > n.arabic/100:
		return "ur"
	case n.arabic > half && persian > n.arabic/50:
		return "fa"
	case n.arabic > half:
		return "ar"
	case n.cyrillic > half && ukrainian > n.cyrillic/50:
		return "uk"
	case n.cyrillic > half && russian > 0:
		return "ru"
	case n.cyrillic > half && bulgarian > n.cyrillic/100:
		return "bg"
	}
	return ""
}
