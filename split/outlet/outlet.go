// Package outlet finds whose article a text is: who wrote it, not who carries it.
//
// The evidence is of general kinds, each a rule with a name: a line that is an outlet's name, a
// news agency in the dateline, a credit, a request for comment ("The Alba Post has asked"), a
// source who "told" the outlet, links to headlines of its own. Where a name could be anyone's,
// only names in the list of Names count; a name on no list must end as newspapers' names do, be
// told a quotation and stand nowhere else, or be spelled like the page's host (package split).
// Nothing is concluded from subject or style.
package outlet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/news"
)

// agencies are the news agencies whose name or short form marks copy, in a dateline or credit.
var agencies = map[string]string{
	"ap": "Associated Press", "ap news": "Associated Press", "apnews": "Associated Press", "associated press": "Associated Press", "the associated press": "Associated Press", "reuters": "Reuters", "thomson reuters": "Reuters",
	"afp": "AFP", "agence france-presse": "AFP", "agence france presse": "AFP", "pa": "PA Media", "pa media": "PA Media", "press association": "PA Media",
	"upi": "UPI", "united press international": "UPI", "dpa": "dpa", "deutsche presse-agentur": "dpa", "ani": "ANI", "pti": "PTI", "press trust of india": "PTI",
	"ians": "IANS", "xinhua": "Xinhua", "tass": "TASS", "kyodo": "Kyodo News", "kyodo news": "Kyodo News", "yonhap": "Yonhap", "efe": "EFE", "ansa": "ANSA",
	"cp": "The Canadian Press", "the canadian press": "The Canadian Press", "aap": "AAP", "anadolu": "Anadolu Agency", "anadolu agency": "Anadolu Agency",
	"ritzau": "Ritzau", "ntb": "NTB", "apa": "APA", "belga": "Belga", "anp": "ANP", "lusa": "Lusa", "ukrinform": "Ukrinform", "interfax": "Interfax",
	"bloomberg": "Bloomberg", "cnn": "CNN", "bbc": "BBC", "sda": "Keystone-SDA", "sid": "SID", "pap": "PAP", "bernama": "Bernama", "antara": "Antara", "irna": "IRNA", "sana": "SANA", "wafa": "WAFA",
	"inter press service": "IPS", "ips": "IPS", "states newsroom": "States Newsroom", "kff health news": "KFF Health News", "nexstar": "Nexstar", "stacker": "Stacker", "the conversation": "The Conversation", "propublica": "ProPublica",
}

// Agency is the full name of the agency that s names, "" if it names none.
func Agency(s string) string {
	return agencies[strings.ToLower(strings.Trim(s, " .,()"))]
}

// Wire reports whether a name is that of an agency whose copy other outlets run, rather than of
// a broadcaster or paper whose articles are passed on too.
func Wire(s string) bool {
	switch Agency(s) {
	case "", "CNN", "BBC", "Bloomberg", "ProPublica", "The Conversation", "KFF Health News", "States Newsroom", "Stacker":
		return false
	}
	return true
}

// known are outlets that are often named in a line, a credit or a text, by their common names;
// forms in brackets would be too many, so a leading "The" and the case of letters do not count.
var known = func() map[string]string {
	m := map[string]string{}
	for _, line := range strings.Split(names, ",") {
		name := strings.TrimSpace(line)
		m[key(name)] = name
	}
	for short, name := range agencies {
		if len(short) > 3 || short == "afp" || short == "upi" {
			m[key(short)] = name
		}
	}
	return m
}()

const names = `ABC News, ABC, Al Arabiya, Al Jazeera, Al-Monitor, Ars Technica, Asahi Shimbun, Asia Times, Associated Press, Australian Financial Review,
	Axios, BBC, BBC News, BBC Sport, Baltimore Sun, Barron's, Bild, Bloomberg, Bloomberg News, Boston Globe, Boston Herald, Breitbart, Breitbart News,
	Business Insider, Business Standard, BuzzFeed News, CBC, CBC News, CBS News, CBS, CNA, CNBC, CNN, CTV News, Channel 4 News, Channel News Asia,
	Chicago Sun-Times, Chicago Tribune, Christian Science Monitor, CityAM, City A.M., Corriere della Sera, Daily Beast, Daily Express, Daily Mail, Daily Mirror,
	Daily Record, Daily Star, Daily Telegraph, Dallas Morning News, Deadline, Deccan Herald, Defense One, Denver Post, Der Spiegel, Detroit Free Press,
	Detroit News, Deutsche Welle, Die Welt, Die Zeit, Dnevnik, EFE, El Mundo, El País, Euronews, Evening Standard, Express, Financial Times, Folha de S.Paulo, Forbes,
	Foreign Affairs, Foreign Policy, Fortune, Fox Business, Fox News, France 24, Frankfurter Allgemeine Zeitung, GB News, Gizmodo, Global News, Globe and Mail, Guardian,
	Haaretz, Handelsblatt, Hindu, Hindustan Times, Hollywood Reporter, Houston Chronicle, HuffPost, Independent, India Today, Indian Express, Insider, Intercept,
	Irish Examiner, Irish Independent, Irish Times, ITV News, Japan Times, Jerusalem Post, Kathimerini, Khaleej Times, Korea Herald, Korea Times,
	Kyiv Independent, Kyiv Post, LA Times, La Repubblica, La Stampa, Le Figaro, Le Monde, Libération, Los Angeles Times, MSNBC, MailOnline, Manila Times,
	MarketWatch, Mashable, Meduza, Mercury News, Metro, Miami Herald, Middle East Eye, Mint, Mirror, Moscow Times, Mother Jones, NBC News, NBC, NDTV, NPR,
	National Post, National Review, Nation, Neue Zürcher Zeitung, New Republic, New York Daily News, New York Magazine, New York Post, New York Times, New Yorker, New Zealand Herald,
	News.com.au, Newsday, Newsmax, Newsweek, Nikkei, Nikkei Asia, Novaya Gazeta, NZ Herald, Observer, Orlando Sentinel, PBS, PBS NewsHour, Philadelphia Inquirer,
	Politico, POLITICO, ProPublica, RFE/RL, RFI, RIA Novosti, RT, RTE, RTÉ, Radio Free Europe, Radio Free Europe/Radio Liberty, Rappler, Rolling Stone, Roll Call,
	San Francisco Chronicle, Scotsman, Seattle Times, Semafor, Sky News, Slate, Sky Sports, South China Morning Post, Spectator, Spiegel, Stars and Stripes, Straits Times,
	Süddeutsche Zeitung, Sun, Sunday Times, Sydney Morning Herald, TIME, Tampa Bay Times, TechCrunch, Telegraph, The Age, The Atlantic, The Australian,
	The Conversation, The Economist, The Guardian, The Herald, The Hill, The Hindu, The i Paper, The Independent, The Irish Times, The Nation, The National, The New York Times, The Standard, The Star,
	The Sun, The Telegraph, The Times, The Verge, The Wall Street Journal, The Washington Post, Times of India, Times of Israel, Toronto Star, Tribune, UK Defence Journal,
	UPI, USA Today, USA TODAY, Ukrainska Pravda, Ukrayinska Pravda, Vanity Fair, Variety, Vice, VICE News, Voice of America, VOA, Vox, Wall Street Journal, War on the Rocks,
	Washington Examiner, Washington Post, Washington Times, Week, Wired, Yahoo News, Yahoo Finance, Ynet, ZDNet, Zeit`

// common are names of outlets that are ordinary words too: as a line of their own they may be
// the name of a section, so they need their "The" or another sign.
var common = map[string]bool{
	"nation": true, "week": true, "sun": true, "metro": true, "mirror": true, "express": true, "time": true, "times": true, "observer": true, "insider": true,
	"mint": true, "tribune": true, "standard": true, "star": true, "age": true, "herald": true, "national": true, "spectator": true, "independent": true, "deadline": true, "variety": true, "fortune": true,
	"guardian": true, "hindu": true, "intercept": true, "scotsman": true, "bild": true, "zeit": true, "die zeit": true, "die welt": true, "telegraph": true, "wired": true, "slate": true, "vice": true, "vox": true, "australian": true, "atlantic": true, "economist": true, "hill": true, "verge": true, "abc": true,
}

func key(s string) string {
	return strings.TrimPrefix(news.Fold(s), "the ")
}

// Named is the outlet whose name s is, "" if it is none that is known. The name comes back as
// it is written.
func Named(s string) string {
	s = strings.Trim(s, " \t\u00a0.,:;-–—|·•()[]")
	if s == "" || len(s) > 60 {
		return ""
	}
	if rest, ok := strings.CutPrefix(s, "the "); ok {
		s = "The " + rest
	}
	if r, _ := utf8.DecodeRuneInString(s); unicode.IsLower(r) && s != "dpa" && !strings.Contains(s, ".") {
		return ""
	}
	k := key(s)
	if common[k] && !strings.HasPrefix(s, "The ") {
		return ""
	}
	if known[k] != "" {
		if full := agencies[strings.ToLower(s)]; full != "" {
			return full
		}
		return s
	}
	return ""
}

// Same reports whether two names are one outlet's: equal words, one the other with more behind
// it ("BBC", "BBC News"), or its initials ("WSJ").
func Same(a, b string) bool {
	a, b = canonical(a), canonical(b)
	if a == "" || b == "" {
		return false
	}
	return a == b || strings.HasPrefix(a, b+" ") || strings.HasPrefix(b, a+" ") || a == initials(b) || b == initials(a)
}

func canonical(s string) string {
	if full := Agency(s); full != "" {
		s = full
	}
	return key(s)
}

func initials(s string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(s) {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}

// requests are the ways in which an outlet says of itself, in its own text, that it has asked
// for a comment.
var requests = []string{
	" has asked ", " has contacted ", " has reached out to ", " has approached ", " have asked ", " have contacted ", " contacted ", " reached out to ", " has requested ",
	" approached ", " asked ", " has sought ", " sought ", " requested ",
}

// Request is the outlet that says in a sentence that it has asked someone for comment: "The
// Alba Post has asked the mayor for comment."
func Request(sentence string) string {
	if !strings.Contains(sentence, "comment") && !strings.Contains(sentence, "response") {
		return ""
	}
	for _, r := range requests {
		if before, after, ok := strings.Cut(sentence, r); ok && (strings.Contains(after, "for comment") || strings.Contains(after, "for further comment") || strings.Contains(after, "for a comment") || strings.Contains(after, "for a response") || strings.Contains(after, "a request for comment") || strings.Contains(after, "to comment")) {
			if name := subject(before); name != "" {
				return name
			}
		}
	}
	if _, after, ok := strings.Cut(sentence, "request for comment from "); ok {
		return Leading(after)
	}
	if _, after, ok := strings.Cut(sentence, "requests for comment from "); ok {
		return Leading(after)
	}
	return ""
}

// First is the outlet that a paragraph says published the article first: "This article first
// appeared in the Alba Post".
func First(paragraph string) string {
	if !strings.HasPrefix(paragraph, "This ") && !strings.HasPrefix(paragraph, "Originally ") && !strings.HasPrefix(paragraph, "First ") && !strings.HasPrefix(paragraph, "Republished ") && !strings.HasPrefix(paragraph, "Reprinted ") {
		return ""
	}
	for _, p := range []string{"originally appeared on ", "originally appeared in ", "first appeared on ", "first appeared in ", "originally published by ", "originally published on ", "originally published in ",
		"first published by ", "first published on ", "first published in ", "republished from ", "reprinted from ", "epublished from ", "riginally published in ", "riginally published by ", "irst published by "} {
		_, after, ok := strings.Cut(paragraph, p)
		if !ok {
			continue
		}
		if name := Leading(after); name != "" {
			return name
		}
		words := strings.Fields(after)
		for n := min(5, len(words)); n > 1; n-- {
			if name := strings.TrimRight(strings.Join(words[:n], " "), ".,:;"); news.Masthead(name) {
				return strings.TrimPrefix(name, "the ")
			}
		}
	}
	return ""
}

// subject is the outlet that a clause's subject names, if it is the whole subject.
func subject(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexAny(s, ",;:."); i >= 0 && i < len(s)-1 {
		s = s[i+1:]
	}
	s = strings.TrimSpace(s)
	if name := Named(s); name != "" {
		return name
	}
	// An unknown name with "News", "Times" and the like is an outlet's too.
	words := strings.Fields(s)
	if news.Masthead(strings.Join(words, " ")) {
		return s
	}
	return ""
}

// Leading is the known outlet whose name s begins with, the longest there is.
func Leading(s string) string {
	words := strings.Fields(s)
	for n := min(5, len(words)); n > 0; n-- {
		cut := strings.TrimSuffix(strings.TrimSuffix(strings.Join(words[:n], " "), "'s"), "’s")
		if name := Named(cut); name != "" && !strings.ContainsAny(strings.Join(words[:n-1], " "), ",.;") {
			return name
		}
	}
	return ""
}

// Told is the outlet that a sentence says it was told to by someone without a name: "an
// official told the Alba Post". Someone with a name who told an outlet on a day gives an
// interview that every other outlet then reports, so that proves nothing.
func Told(sentence string) string {
	for _, verb := range []string{" told ", " tells "} {
		rest := sentence
		for {
			before, after, ok := strings.Cut(rest, verb)
			if !ok {
				break
			}
			if name := Leading(after); name != "" && nameless(before) {
				return name
			}
			rest = after
		}
	}
	return ""
}

// ToldInWords is the outlet that a sentence says it was told a quotation by someone without a name:
// "The rest is noise," an official told the Alba Wire. The name may be one that nobody knows; so
// it is for the caller to see that it names nobody else.
func ToldInWords(sentence string) string {
	before, after, ok := strings.Cut(sentence, " told ")
	end := strings.LastIndexAny(before, "\"”’'")
	if !ok || end < 0 || !nameless(before[end:]) || strings.ContainsAny(after, "\"“‘") {
		return ""
	}
	words := strings.Fields(strings.TrimRight(after, ". "))
	for i, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); w == "on" && i > 0 || !unicode.IsUpper(r) && (i > 0 || w != "the") {
			words = words[:i]
			if w != "on" {
				return ""
			}
			break
		}
	}
	if n := len(words); n == 0 || n > 4 || n == 1 && words[0] == "the" || listeners[words[n-1]] {
		return ""
	}
	return strings.TrimPrefix(strings.Join(words, " "), "the ")
}

// listeners are bodies with a capital that are told things and print none.
var listeners = map[string]bool{"Congress": true, "Parliament": true, "Senate": true, "House": true, "Commons": true, "Lords": true, "Council": true, "Committee": true, "Commission": true,
	"Court": true, "NATO": true, "MPs": true, "Cabinet": true, "Board": true, "Assembly": true, "Union": true}

var anonymous = map[string]bool{"official": true, "officials": true, "source": true, "sources": true, "person": true, "people": true, "diplomat": true, "diplomats": true,
	"aide": true, "aides": true, "adviser": true, "advisers": true, "advisor": true, "advisors": true, "spokesperson": true, "spokesman": true, "spokeswoman": true,
	"executive": true, "insider": true, "insiders": true, "staffer": true, "staffers": true, "officer": true, "lawmaker": true, "lawmakers": true, "ambassador": true}

// nameless reports whether a clause's subject, at the end of s, is someone without a name.
func nameless(s string) bool {
	if i := strings.LastIndexAny(s, `."”“?!;`); i >= 0 {
		s = s[i+1:]
	}
	words := strings.Fields(s)
	if n := len(words); n > 12 {
		words = words[n-12:]
	}
	found := false
	for i, w := range words {
		bare := strings.Trim(w, ",()")
		if anonymous[strings.ToLower(bare)] {
			found = true
		}
		// "official Ana Ruiz told": two capitalised words just before the verb are a name.
		if i >= len(words)-2 && i > 0 {
			if r, _ := utf8.DecodeRuneInString(bare); unicode.IsUpper(r) && !strings.Contains(bare, ".") && i == len(words)-1 {
				return false
			}
		}
	}
	return found
}
