package charset

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// further are encodings that feeds name and the WHATWG standard does not know.
var further = map[string]encoding.Encoding{
	"cp037": charmap.CodePage037, "ebcdic-cp-us": charmap.CodePage037, "ibm037": charmap.CodePage037,
	"cp437": charmap.CodePage437, "cp850": charmap.CodePage850, "cp852": charmap.CodePage852, "cp855": charmap.CodePage855,
	"cp858": charmap.CodePage858, "cp860": charmap.CodePage860, "cp862": charmap.CodePage862, "cp863": charmap.CodePage863,
	"cp865": charmap.CodePage865, "cp866": charmap.CodePage866,
}

var windows1252 = func() (t [32]string) {
	for i := range t {
		r := charmap.Windows1252.DecodeByte(byte(0x80 + i))
		if r >= 0xa0 {
			t[i] = string(r)
		}
	}
	return
}()

// A candidate is a legacy encoding that a feed without a right label may be in.
type candidate struct {
	name   string
	e      encoding.Encoding
	script *unicode.RangeTable // what its text is mostly written in
	common string              // the letters of its language by frequency, if the script alone does not tell
}

// The letters of a language by how often they are used, from tables of letter frequencies;
// those of Chinese are the commonest characters.
const (
	russian = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
	hebrew  = "יוהלאתרבשמנעדקחפצטזגסכםןךףץ"
	greek   = "αοιετσνηυρπκμλωςγδάίόέχθφήύβώξζψ"
	arabic  = "اليمنوترببهعدفسقكحجشصطخزذضثغظةى"
	thai    = "านรอกเงมยลวดทสตะปบคหแจพชขใไโผ"
	chinese = "的一是不了人我在有他这这為为之大来來以个個中上们國国到说說"
)

var candidates = []candidate{
	{"EUC-JP", japanese.EUCJP, unicode.Hiragana, ""},
	{"SHIFT_JIS", japanese.ShiftJIS, unicode.Hiragana, ""},
	{"EUC-KR", korean.EUCKR, unicode.Hangul, ""},
	{"Big5", traditionalchinese.Big5, unicode.Han, chinese},
	{"GB2312", simplifiedchinese.GBK, unicode.Han, chinese},
	{"windows-1251", charmap.Windows1251, unicode.Cyrillic, russian},
	{"KOI8-R", charmap.KOI8R, unicode.Cyrillic, russian},
	{"windows-1255", charmap.Windows1255, unicode.Hebrew, hebrew},
	{"windows-1253", charmap.Windows1253, unicode.Greek, greek},
	{"windows-1256", charmap.Windows1256, unicode.Arabic, arabic},
	{"TIS-620", charmap.Windows874, unicode.Thai, thai},
}

// guessBytes is how much of a document Guess reads: letters are told after a few hundred.
const guessBytes = 64 << 10

// Guess is the legacy encoding that raw is most probably in; windows-1252 if nothing tells.
//
// Each candidate decodes the characters outside of ASCII, and has its text judged: characters of
// its script count for it, those that are common in its language more, characters that mean
// nothing or that its language would not mix in count against it.
func Guess(raw []byte) (string, encoding.Encoding) {
	sample := beyondASCII(raw)
	name, e, best := "windows-1252", encoding.Encoding(charmap.Windows1252), 0.55
	for _, c := range candidates {
		out, err := c.e.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		if score := c.judge(out); score > best {
			name, e, best = c.name, c.e, score
		}
	}
	return name, e
}

// beyondASCII is the text of raw's beginning in runs that hold bytes beyond ASCII: the markup
// and what is English says nothing of the encoding.
func beyondASCII(raw []byte) []byte {
	var out []byte
	for _, line := range bytes.FieldsFunc(raw, func(r rune) bool { return r == '<' || r == '>' || r == '\n' }) {
		if nonASCII(line) < len(line) {
			out = append(append(out, line...), '\n')
		}
		if len(out) > guessBytes {
			break
		}
	}
	return out
}

func (c candidate) judge(out []byte) float64 {
	total, good := 0.0, 0.0
	inWord, latin := false, false // after a letter of the script, after one of ASCII
	for _, r := range string(out) {
		if r < utf8.RuneSelf {
			if latin = 'a' <= r && r <= 'z'; latin && inWord {
				good-- // two scripts in a word: it is Latin with accents
			}
			inWord = false
			continue
		}
		if total++; latin && unicode.IsLetter(r) {
			good--
		}
		latin = false
		switch {
		case r == utf8.RuneError || r >= 0xe000 && r < 0xf900 || unicode.IsControl(r):
			good -= 3
		case 0x3130 <= r && r < 0x3190: // letters of Hangul by themselves: hardly ever written
			good -= 0.5
		case unicode.Is(c.script, r):
			good += c.weight(unicode.ToLower(r))
			if unicode.IsUpper(r) && inWord {
				good -= 1 // wORDS lIKE tHIS: the other half of the table
			}
		case c.script == unicode.Hiragana && (unicode.Is(unicode.Katakana, r) && r < 0xff00 || unicode.Is(unicode.Han, r)):
			good += 0.6
		case 0x3000 <= r && r < 0x3040 || 0xff00 <= r && r < 0xff60 || unicode.IsPunct(r) || r == 0xa0:
			good += 0.5
		}
		inWord = unicode.IsLetter(r)
	}
	if total == 0 {
		return 0
	}
	return good / total
}

// weight is how much a letter speaks for the language: by its rank in an alphabet, and that it
// is a common one of a script of thousands.
func (c candidate) weight(r rune) float64 {
	switch rank := strings.IndexRune(c.common, r); {
	case c.script == unicode.Han && rank < 0:
		return 0.6
	case c.script == unicode.Han, c.common == "":
		return 0.9
	case rank < 0:
		return 0.2
	case rank < 8*utf8.RuneLen(r):
		return 1
	case rank < 16*utf8.RuneLen(r):
		return 0.7
	default:
		return 0.4
	}
}
