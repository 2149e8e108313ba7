// Package english is what the sentence splitter knows of English: its abbreviations, and words
// that tell whether a full stop ended a sentence. The lists were made for news prose.
package english

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How often the full stop of an abbreviation also ends a sentence.
type Abbreviation uint8

const (
	_            Abbreviation = iota
	NeverEnds                 // a title: a name follows
	BeforeNumber              // not before a number
	RarelyEnds                // only before a word that begins sentences
	OftenEnds                 // before any capital letter
)

// abbreviations are those of English news prose: titles and forms of address, American states
// as the AP writes them, months, companies, streets, ranks, references, the Latin ones.
var abbreviations = func() map[string]Abbreviation {
	m := map[string]Abbreviation{}
	for class, words := range map[Abbreviation]string{
		NeverEnds: `Mr Mrs Ms Mx Dr Prof Gen Sen Sens Rep Reps Gov Govs Sgt Lt Col Capt Rev Hon Pres Messrs Mme Mlle Adm Cmdr Maj Cpl
			Pvt Supt Insp Det Atty Amb Fr Brig Cdr Comdr Asst Assoc Treas Msgr Mgr Spc Pfc Ald Bp Mt Ft vs viz cf Drs Profs Lieut
			Sr-Capt Hr Frau Herr`,
		BeforeNumber: `No Nos N° Nr p pp Fig Figs Vol Vols Art Arts Sec Ch Chap Op Ex Pt Nos no nos fig vol art sec ch pt para Eq`,
		RarelyEnds: `Co Corp Inc Ltd Bros Cie LLC PLC Jr Sr Esq Ph Ed Eds St Ave Blvd Rd Hwy Pkwy Sq Dept Univ Assn Est Intl Natl Tel Ext
			Dist Mfg Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn
			Tenn Tex Va Vt Wash Wis Wyo Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri
			co corp inc ltd bros st ave approx est dept govt Govt Sci Acad Inst Soc Op-Ed ft lb lbs oz mph kph Ste al ca seq
			Sta Mtn Cir Ct Dr-Ing Phil Sc Eng Hon-Dr Ct Cmte Comm Commr Nat Rel`,
		OftenEnds: `etc`,
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = class
		}
	}
	return m
}()

// otherCase are words that are abbreviations in other case than the table has them.
var otherCase = set(`CO CORP INC LTD JR SR Bros Approx`)

// Starters are words that, with a capital letter, begin a sentence far more often than a name.
var Starters = set(`The A An This That These Those He She It They We You I His Its Their Our My Your In On At By For From With As If
	When While After Before Since Until Although Though Because But And Or So Yet Nor However Meanwhile Moreover There Here What
	Who Why How Where Which Did Do Does Is Are Was Were Would Can Could Should Has Have Had Not No Yes Some Many Most Several Both
	Each Then Now Also Even Just Only Once Among According During Despite Instead Still Such To Under Over Between Through
	Without Let Please Another Earlier Later Asked He's She's It's They're We're I'm`)

// cues are the verbs that tell whose a quoted question was.
var cues = set(`said says asked asks told added adds replied replies wrote writes continued responded shouted exclaimed
	recalled wondered remarked quipped joked insisted demanded answered tweeted posted declared cried yelled`)

// Zones are words that follow a time of day: time zones, days, months.
var Zones = set(`Eastern Pacific Central Mountain Greenwich Universal Atlantic Monday Tuesday Wednesday Thursday Friday Saturday
	Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun January February March April May June July August September October
	November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec`)

// Unended are words that no sentence ends with.
var Unended = set(`a an the and or but nor of in on at by for from with to as that than into over under about after before between
	during through against his her its their our my your this these those is are was were be been has have had will would Mr. Mrs.
	Ms. Dr. President Minister`)

// Class is what kind of abbreviation the word before a full stop is, 0 if it is none. Between
// words that are glued (exact) only the form in the list counts: "Gen." is a title, "gen." none.
func Class(word string, exact bool) Abbreviation {
	class := abbreviations[word]
	if class == 0 && !exact {
		class = abbreviations[strings.ToLower(word)]
		if class == NeverEnds || class == RarelyEnds && !otherCase[word] {
			return 0
		}
	}
	return class
}

// CamelCase reports whether s begins with a name that has a small letter first: eBay.
func CamelCase(s string) bool {
	for j := range min(6, len(s)) {
		switch b := s[j]; {
		case b >= 'A' && b <= 'Z':
			return !domains[s[:j]]
		case b < 'a' || b > 'z':
			return false
		}
	}
	return false
}

var domains = set("com org net co www")

// AllCaps reports whether s begins with a word of two capitals or more that a blank, a comma or
// a colon ends (NATO, the EU's).
func AllCaps(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsUpper(r) && r != '\'' && r != '’' && !unicode.IsLower(r) {
			return n >= 2 && (unicode.IsSpace(r) || r == ',' || r == ':')
		}
		n++
	}
	return false
}

// Says reports whether s ends with a verb of saying and a comma.
func Says(s string) bool {
	s = strings.TrimSuffix(s, ",")
	return cues[s[strings.LastIndexByte(s, ' ')+1:]]
}

// SaysWho reports whether s begins with a name or pronoun and a verb of saying.
func SaysWho(s string) bool {
	for range 5 {
		j := 0
		for j < len(s) && (s[j] >= utf8.RuneSelf || s[j]|0x20 >= 'a' && s[j]|0x20 <= 'z' || s[j] == '\'' || s[j] == '-') {
			j++
		}
		word := s[:j]
		if word == "" || cues[word] {
			return word != ""
		}
		if j < len(s) && s[j] == '.' && abbreviations[word] == NeverEnds {
			j++
		}
		if r, _ := utf8.DecodeRuneInString(word); j >= len(s) || s[j] != ' ' || !unicode.IsUpper(r) && len(word) > 4 {
			return false
		}
		s = s[j+1:]
	}
	return false
}

// elided are words that an apostrophe opens because it stands for what is left out.
var elided = map[string]bool{
	"em": true, "til": true, "till": true, "tis": true, "twas": true, "twere": true, "twill": true, "cause": true, "cos": true,
	"coz": true, "bout": true, "round": true, "neath": true, "tween": true, "n": true, "nuff": true, "ere": true, "ello": true,
	"s": true, "ll": true, "re": true, "ve": true, "d": true, "m": true, "t": true,
}

// Shortens reports whether s begins with a word that an apostrophe before it shortens: 'em, '90s,
// or a clitic that has come off its word ("Russia 's").
func Shortens(s string) bool {
	end := 0
	for end < len(s) && end < 8 && (s[end]|0x20 >= 'a' && s[end]|0x20 <= 'z' || s[end] >= '0' && s[end] <= '9') {
		end++
	}
	word := strings.ToLower(s[:end])
	if len(word) >= 2 && len(word) <= 3 && word[0] >= '0' && word[0] <= '9' && word[1] >= '0' && word[1] <= '9' {
		return len(word) == 2 && (end+1 >= len(s) || s[end] != '.' && s[end] != ',' || s[end+1] < '0' || s[end+1] > '9') || len(word) == 3 && word[2] == 's'
	}
	if !elided[word] {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[end:])
	return end == len(s) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’'
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
