// Package english is what the sentence splitter knows of English: its abbreviations, and words
// that tell whether a full stop ended a sentence. The lists were made for news prose.
package english

import "strings"

// How often the full stop of an abbreviation also ends a sentence.
type Abbreviation uint8

const (
	_            Abbreviation = iota
	NeverEnds                 // a title: a name follows
	BeforeNumber              // not before a number
	RarelyEnds                // only before a word that begins sentences
	OftenEnds                 // before any capital letter
)

// Abbreviations are those of English news prose: titles and forms of address, American states
// as the AP writes them, months, companies, streets, ranks, references, the Latin ones.
var Abbreviations = func() map[string]Abbreviation {
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

// OtherCase are words that are abbreviations in other case than the table has them.
var OtherCase = set(`CO CORP INC LTD JR SR Bros Approx`)

// Starters are words that, with a capital letter, begin a sentence far more often than a name.
var Starters = set(`The A An This That These Those He She It They We You I His Its Their Our My Your In On At By For From With As If
	When While After Before Since Until Although Though Because But And Or So Yet Nor However Meanwhile Moreover There Here What
	Who Why How Where Which Did Do Does Is Are Was Were Would Can Could Should Has Have Had Not No Yes Some Many Most Several Both
	Each Then Now Also Even Just Only Once Among According During Despite Instead Still Such To Under Over Between Through
	Without Let Please Another Earlier Later Asked He's She's It's They're We're I'm`)

// Cues are the verbs that tell whose a quoted question was.
var Cues = set(`said says asked asks told added adds replied replies wrote writes continued responded shouted exclaimed
	recalled wondered remarked quipped joked insisted demanded answered tweeted posted declared cried yelled`)

// Zones are words that follow a time of day: time zones, days, months.
var Zones = set(`Eastern Pacific Central Mountain Greenwich Universal Atlantic Monday Tuesday Wednesday Thursday Friday Saturday
	Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun January February March April May June July August September October
	November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec`)

// Unended are words that no sentence ends with.
var Unended = set(`a an the and or but nor of in on at by for from with to as that than into over under about after before between
	during through against his her its their our my your this these those is are was were be been has have had will would Mr. Mrs.
	Ms. Dr. President Minister`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
