// Package names tells what a proper name says by itself: whether a given name is a woman's or
// a man's, which words before a name are titles, and which names are one country.
//
// The given names are those of the 1990 census of the United States (public domain; as packed
// in the PyPI package names 0.3.0) that one sex bears four times as often as the other, and
// some two hundred of other countries, by hand. Titles and countries are by hand.
package names

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"strings"
	"sync"
)

// Gender is what a name, title or pronoun says of the one meant.
type Gender uint8

const (
	Unknown Gender = iota
	Male
	Female
)

//go:embed given.txt.gz
var packed []byte

var given = sync.OnceValue(func() map[string]Gender {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic("names: embedded table: " + err.Error())
	}
	m := map[string]Gender{}
	for sc := bufio.NewScanner(z); sc.Scan(); {
		g := Male
		if sc.Text()[0] == 'f' {
			g = Female
		}
		m[sc.Text()[1:]] = g
	}
	return m
})

// Given is the gender of a given name as written ("Ana").
func Given(name string) Gender { return given()[name] }

// Known reports whether a word is some given name of the table.
func Known(name string) bool { return given()[name] != Unknown }

// Honorifics stand before a name and are no part of it; they tell a gender.
var Honorifics = map[string]Gender{
	"mr": Male, "mr.": Male, "sir": Male, "lord": Male, "king": Male, "prince": Male, "sheikh": Male, "monsignor": Male, "father": Male, "brother": Male, "don": Male, "herr": Male, "monsieur": Male,
	"mrs": Female, "mrs.": Female, "ms": Female, "ms.": Female, "miss": Female, "lady": Female, "dame": Female, "queen": Female, "princess": Female, "sister": Female, "baroness": Female, "duchess": Female,
	"dr": Unknown, "dr.": Unknown, "prof": Unknown, "prof.": Unknown, "professor": Unknown, "rev": Unknown, "rev.": Unknown, "reverend": Unknown, "pope": Male, "imam": Male, "rabbi": Unknown, "judge": Unknown, "justice": Unknown,
	"sen": Unknown, "sen.": Unknown, "rep": Unknown, "rep.": Unknown, "gov": Unknown, "gov.": Unknown, "gen": Unknown, "gen.": Unknown, "lt": Unknown, "lt.": Unknown, "col": Unknown, "col.": Unknown, "sgt": Unknown, "sgt.": Unknown, "capt": Unknown, "capt.": Unknown, "maj": Unknown, "maj.": Unknown, "adm": Unknown, "adm.": Unknown, "hon": Unknown, "hon.": Unknown, "det": Unknown, "det.": Unknown, "cllr": Unknown, "st.": Unknown,
}

// Titles are the words of offices that stand before names, beside the honorifics.
var Titles = words(`president vice-president vice prime minister premier chancellor secretary deputy assistant undersecretary senator
	representative congressman congresswoman governor lieutenant mayor councilman councilwoman councillor alderman assemblyman assemblywoman
	speaker leader chief chairman chairwoman chairperson chair director commissioner ambassador envoy attorney general solicitor sheriff
	superintendent inspector constable detective officer sergeant captain major colonel commander admiral marshal king queen prince princess emperor
	archbishop bishop cardinal patriarch candidate nominee president-elect ex-president former then acting interim first lady spokesman spokeswoman spokesperson
	press foreign state defense defence treasury interior finance justice home health labor labour energy majority minority whip house senate white
	economist analyst author professor coach manager singer actor actress director-general secretary-general founder co-founder ceo cfo editor reporter correspondent
	democrat republican conservative tory gop rapporteur investigator prosecutor district county`)

// Gendered are nouns that tell a gender.
var Gendered = func() map[string]Gender {
	m := map[string]Gender{}
	for w := range words(`man boy father husband son brother king prince uncle grandfather gentleman businessman chairman congressman councilman spokesman policeman fireman salesman
		statesman actor waiter widower stepfather nephew boyfriend duke lord monk priest pope patriarch`) {
		m[w] = Male
	}
	for w := range words(`woman girl mother wife daughter sister queen princess aunt grandmother lady businesswoman chairwoman congresswoman councilwoman spokeswoman policewoman
		actress waitress widow stepmother niece girlfriend duchess nun mum mom`) {
		m[w] = Female
	}
	return m
}()

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// countries are, a line each: the name, other names, then after | what belongs to it.
const countries = `United States;US;U.S.;USA;U.S.A.;America;United States of America;States|American;U.S.;US
United Kingdom;UK;U.K.;Britain;Great Britain|British;Britons;UK;U.K.
European Union;EU;E.U.|European;EU
United Nations;UN;U.N.|UN;U.N.
Russia;Russian Federation|Russian
Ukraine|Ukrainian
China;People's Republic of China|Chinese
France|French
Germany|German
Italy|Italian
Spain|Spanish
Poland|Polish
Hungary|Hungarian
Finland|Finnish
Sweden|Swedish
Norway|Norwegian
Denmark|Danish
Netherlands;Holland|Dutch
Belgium|Belgian
Austria|Austrian
Switzerland|Swiss
Ireland|Irish
Scotland|Scottish
Wales|Welsh
England|English
Portugal|Portuguese
Greece|Greek
Turkey;Türkiye|Turkish
Romania|Romanian
Bulgaria|Bulgarian
Serbia|Serbian
Croatia|Croatian
Slovakia|Slovak
Slovenia|Slovenian
Czech Republic;Czechia|Czech
Estonia|Estonian
Latvia|Latvian
Lithuania|Lithuanian
Belarus|Belarusian
Moldova|Moldovan
Georgia|Georgian
Armenia|Armenian
Azerbaijan|Azerbaijani
Kazakhstan|Kazakh
Israel|Israeli
Iran|Iranian
Iraq|Iraqi
Syria|Syrian
Lebanon|Lebanese
Jordan|Jordanian
Egypt|Egyptian
Libya|Libyan
Tunisia|Tunisian
Algeria|Algerian
Morocco|Moroccan
Saudi Arabia|Saudi
Qatar|Qatari
United Arab Emirates;UAE;U.A.E.;Emirates|Emirati
Yemen|Yemeni
Kuwait|Kuwaiti
Oman|Omani
Afghanistan|Afghan
Pakistan|Pakistani
India|Indian
Bangladesh|Bangladeshi
Sri Lanka|Sri Lankan
Nepal|Nepali
Japan|Japanese
South Korea;Republic of Korea|South Korean
North Korea;DPRK|North Korean
Taiwan|Taiwanese
Vietnam|Vietnamese
Thailand|Thai
Philippines|Philippine;Filipino
Indonesia|Indonesian
Malaysia|Malaysian
Singapore|Singaporean
Myanmar;Burma|Burmese
Australia|Australian
New Zealand|New Zealand
Canada|Canadian
Mexico|Mexican
Cuba|Cuban
Venezuela|Venezuelan
Colombia|Colombian
Brazil|Brazilian
Argentina|Argentine;Argentinian
Chile|Chilean
Peru|Peruvian
Ecuador|Ecuadorian
Haiti|Haitian
Nigeria|Nigerian
Ghana|Ghanaian
Kenya|Kenyan
Uganda|Ugandan
Tanzania|Tanzanian
Ethiopia|Ethiopian
Somalia|Somali
Sudan|Sudanese
South Africa|South African
Zimbabwe|Zimbabwean
Rwanda|Rwandan
Mali|Malian
North Atlantic Treaty Organization;NATO;Nato|NATO;Nato
Kyiv;Kiev|
Washington;Washington, D.C.;Washington D.C.;Washington DC|`

var alias, people, short = func() (a, p map[string]string, o map[string][]string) {
	a, p, o = map[string]string{}, map[string]string{}, map[string][]string{}
	for line := range strings.SplitSeq(countries, "\n") {
		names, of, _ := strings.Cut(line, "|")
		list := strings.Split(names, ";")
		for _, n := range list {
			a[n] = list[0]
			if !strings.Contains(n, " ") {
				o[list[0]] = append(o[list[0]], n)
			}
		}
		for n := range strings.SplitSeq(of, ";") {
			p[n] = list[0]
			p[n+"s"] = list[0]
		}
	}
	return a, p, o
}()

// Country is the first name of the country or union that a name stands for, "" if it is none.
func Country(name string) string { return alias[name] }

// Belonging is the country that an adjective or the name of its people belongs to.
func Belonging(adjective string) string { return people[adjective] }

// Aliases are the names of one word of the country or union that a name stands for.
func Aliases(name string) []string { return short[alias[name]] }
