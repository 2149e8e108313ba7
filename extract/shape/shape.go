// Package shape tells what a line is by its wording alone: a date, a byline, a caption, an
// appeal to the reader. Each function is named for what it finds and shows an example; package
// body decides where on a page its answer counts.
//
// The word lists are of the trade, in the languages of the pages we have read; none names an
// outlet. What is longer than such lines are is none of them.
package shape

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/extract/stamp"
	"dateline/news"
)

// Timed reports whether a line tells a time.
func Timed(s string) bool {
	return Clock(s) || stamp.Relative(s) || len(stamp.Find(s, true, 1)) > 0 || Share(s) || hasAnyPrefix(lowerHead(s, 24), []string{"published", "updated", "posted", "last updated", "veröffentlicht", "aktualisiert", "publié", "publicado", "today", "yesterday"})
}

// Clock: "9:41PM", a time of day and nothing else.
func Clock(s string) bool {
	if len(s) > 16 || len(s) < 3 {
		return false
	}
	digits := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		d := strings.TrimLeft(w, "0123456789")
		digits += len(w) - len(d)
		if d != "" && d != "am" && d != "pm" && d != "h" && d != "uhr" && d != "et" && d != "gmt" && d != "bst" && d != "a" && d != "p" && d != "m" {
			return false
		}
	}
	half := strings.ContainsAny(s, "mM")
	return (digits >= 2 || digits == 1 && half) && digits <= 6 && strings.ContainsAny(s, ":.hpmPM")
}

// Counter: "2", "Image 1 of 5".
func Counter(s string) bool {
	if len(s) > 30 {
		return false
	}
	f := strings.Fields(news.Fold(s))
	switch {
	case len(s) <= 2:
		return len(strings.Trim(s, "0123456789")) == 0
	case len(f) == 4 && f[2] == "of" || len(f) == 3 && f[1] == "of":
		return strings.Trim(f[len(f)-1], "0123456789") == "" && strings.Trim(f[len(f)-3], "0123456789") == ""
	}
	return false
}

var (
	foreignContent = []string{"externe inhalte", "externer inhalt", "externen inhalt", "eingebettete inhalte", "eingebetteten inhalt", "redaktioneller inhalt", "redaktionellen inhalt", "external content", "third-party content", "third party content", "embedded content", "contenu externe", "contenus externes", "contenido externo", "contenuti esterni", "externe inhoud"}
	askedConsent   = []string{"einwilligung", "einverstanden", "zustimm", "personenbezogen", "drittplattform", "datenschutz", "consent", "personal data", "privacy", "cookies", "données personnelles", "datos personales", "dati personali", "persoonsgegevens", "anzeigen lassen"}
)

// Consent: "At this point you find external content. I consent to personal data being sent."
func Consent(s string) bool {
	l := strings.ToLower(s)
	return len(s) < 900 && containsAny(l, foreignContent) && containsAny(l, askedConsent)
}

func containsAny(s string, list []string) bool {
	for _, w := range list {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// Code: markup that was escaped once too often, or a script in the text.
func Code(s string) bool {
	if len(s) < 8 {
		return false
	}
	if strings.HasPrefix(s, "http") && strings.Contains(s, "://") {
		words, addresses := 0, 0
		for w := range strings.FieldsSeq(s) {
			words++
			if strings.Contains(w, "://") {
				addresses++
			}
		}
		return words >= 3 && addresses*4 >= words
	}
	if s[0] == '[' && strings.Contains(s, "]") && strings.Contains(s, "=”") {
		return true
	}
	return s[0] == '<' && strings.Contains(s, ">") && (strings.Contains(s, "=\"") || strings.Contains(s, "</")) ||
		strings.Contains(s, "function(") && strings.Contains(s, ";") || strings.HasPrefix(s, "window.") || strings.HasPrefix(s, "var ") && strings.Contains(s, "=") && strings.Contains(s, ";")
}

// lowerHead is the first n bytes of s in lower case, without marks before the first letter.
func lowerHead(s string, n int) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(s) > n {
		s = s[:n]
	}
	return strings.ToLower(strings.ReplaceAll(s, "’", "'"))
}

func hasAnyPrefix(s string, list []string) bool {
	for _, p := range list {
		if strings.HasPrefix(s, p) {
			// a whole word
			if len(s) == len(p) {
				return true
			}
			r, _ := utf8.DecodeRuneInString(s[len(p):])
			if !unicode.IsLetter(r) {
				return true
			}
		}
	}
	return false
}

var relatedOpenings = []string{"read more", "read also", "also read", "read next", "read:", "read the full", "see also", "see more", "related", "more:", "more on this", "more from", "don't miss", "recommended", "watch:", "watch now", "watch the", "listen:",
	"you may also", "you might also", "also on", "click here", "more stories", "more news", "further reading", "must read", "trending", "most read", "in case you missed", "up next", "next:", "what to read", "keep reading", "continue reading", "explore more",
	"lesen sie auch", "lesen sie hier", "mehr zum thema", "mehr dazu", "auch interessant", "lesetipp", "lire aussi", "à lire aussi", "a lire aussi", "voir aussi", "leer más", "lea también", "lee también", "te puede interesar", "leia também", "leia mais", "veja também", "saiba mais",
	"leggi anche", "lees ook", "zie ook", "läs också", "læs også", "les også", "czytaj też", "czytaj także", "zobacz też", "читайте также", "читайте також", "baca juga", "ayrıca okuyun"}

// Related: "READ MORE: Harbour reopens".
func Related(s string) bool { return hasAnyPrefix(lowerHead(s, 40), relatedOpenings) }

// StrongRelated: "Related video: Harbour reopens".
func StrongRelated(s string) bool {
	return hasAnyPrefix(lowerHead(s, 40), []string{"related video", "related article", "related stories", "related story", "related:", "read more:", "read also:", "also read:", "see also:", "see more:", "watch:", "more:", "lesen sie auch:", "mehr zum thema:", "à lire aussi", "lea también:", "leia também:", "leggi anche:", "lees ook:", "don't miss:"})
}

var adLabels = map[string]bool{"advertisement": true, "advert": true, "ad": true, "ads": true, "sponsored": true, "sponsored content": true, "anzeige": true, "werbung": true, "publicité": true, "publicidad": true, "pubblicità": true, "publicidade": true, "advertentie": true, "reklama": true, "реклама": true, "annonce": true, "annons": true, "reklam": true,
	"story continues below advertisement": true, "article continues below advertisement": true, "advertisement story continues below": true, "article continues after advertisement": true, "story continues below": true, "article continues below": true, "story continues": true, "continue reading the main story": true,
	"scroll to continue": true, "scroll to continue with content": true, "loading": true, "skip advertisement": true, "advertisement scroll to continue": true, "continue reading below": true, "close": true, "play video": true, "video": true, "image": true, "show more": true, "read more": true, "this video can not be played": true,
	"this content is not available due to your privacy preferences": true, "embed": true, "watch": true, "enlarge image": true, "view gallery": true, "open image in gallery": true, "advertisement continue reading": true, "advertising": true, "- advertisement -": true, "print": true, "share": true, "supported by": true, "caption": true, "this slideshow requires javascript": true, "your browser does not support the video tag": true, "play": true, "fullscreen": true, "view comments": true}

// Ad: a line that says that an advertisement or a player stands here.
func Ad(s string) bool { return len(s) < 80 && adLabels[news.Fold(s)] }

var captionEnds = []string{"(image:", "(photo:", "(picture:", "(pic:", "(photo by", "(image by", "(photo credit", "(ap photo", "(reuters photo", "(photograph:", "(credit:", "(foto:", "(bild:", "(source:", "photo by", "getty images)", "/getty)", "image source", "image credit", "photo credit", "(courtesy"}

// Caption: "The harbour at dawn (Image: AGENCY)".
func Caption(s string) bool {
	if len(s) > 500 || !strings.HasSuffix(s, ")") && !strings.HasSuffix(s, "]") {
		return false
	}
	i := strings.LastIndexAny(s, "([")
	if i < 0 || len(s)-i > 90 {
		return false
	}
	tail := strings.ToLower(s[i:])
	for _, c := range captionEnds {
		if strings.HasPrefix(tail, c) {
			return true
		}
	}
	return strings.Contains(tail, "getty") || strings.Contains(tail, "photo/") || strings.HasPrefix(tail, "(nasa")
}

var creditOpenings = []string{"photo:", "photos:", "photo by", "photos by", "photograph by", "photograph:", "image:", "images:", "image by", "image credit", "image source", "image caption", "photo credit", "photo courtesy", "picture:", "credit:", "credits:", "source:", "foto:", "fotos:", "bild:", "getty images", "ap photo", "copyright", "illustration by", "illustration:", "quelle:", "crédit", "bildquelle", "video:"}

// Credit: "Photo: Ana Ruiz".
func Credit(s string) bool {
	return hasAnyPrefix(lowerHead(s, 40), creditOpenings) && !strings.Contains(s, ". ") || strings.HasPrefix(s, "©") && len(s) < 250
}

var tagOpenings = []string{"tags", "tag:", "tagged", "keywords", "filed under", "published under", "posted under", "filed in", "topics:", "posted in", "categories", "category:", "themen", "schlagworte", "schlagwörter", "etiquetas", "temas", "mots-clés", "теги", "метки"}

// Tags: "Tags: harbour, ferry".
func Tags(s string) bool {
	h := lowerHead(s, 24)
	if !hasAnyPrefix(h, tagOpenings) {
		return false
	}
	return strings.Contains(s, ":") || strings.Contains(s, "\n") || strings.Count(s, ",") > 2
}

var bylineOpenings = []string{"by ", "von ", "par ", "por ", "di ", "door ", "av ", "af ", "text: ", "text by ", "written by", "posted by", "published by", "words by", "story by", "reported by", "oleh ", "autor:", "autorin/autor ", "autorin:", "author:", "автор", "责编", "记者", "文/", "文："}

// Byline: "By Ana Ruiz and Jo Ekwueme", "By ANA RUIZ | Port Alba Courier".
func Byline(s string) bool {
	if len(s) > 160 {
		return false
	}
	s = strings.TrimLeft(s, "(")
	h := strings.ToLower(s[:min(len(s), 16)])
	for _, o := range bylineOpenings {
		if strings.HasPrefix(h, o) {
			rest := strings.TrimLeft(s[min(len(o), len(s)):], " :：")
			r, _ := utf8.DecodeRuneInString(rest)
			return (unicode.IsUpper(r) || r == '@' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)) && !strings.HasSuffix(s, ".") && len(strings.Fields(s)) <= 16
		}
	}
	return false
}

// Date: "Published: May 3, 2031, 9:05 a.m.", "3 hours ago", nothing but a date and the words around it.
func Date(s string, words int) bool {
	if len(s) > 160 || words > 18 {
		return false
	}
	found := stamp.Find(s, true, 2)
	if len(found) == 0 {
		return stamp.Relative(s) && words <= 6
	}
	rest := s
	for k := len(found) - 1; k >= 0; k-- {
		rest = rest[:found[k].Span.Start] + " " + rest[found[k].Span.End:]
	}
	left := len(strings.Fields(news.Fold(rest)))
	return left <= 5 && (left <= 2 || !strings.HasSuffix(s, "."))
}

// Age: "2h", "45 min", "today", "this morning": how old a piece is, in a word or two.
func Age(s string) bool {
	f := news.Fold(s)
	f = strings.TrimSuffix(f, " ago")
	switch f {
	case "today", "yesterday", "this morning", "this afternoon", "this evening", "tonight", "last night", "just now", "now":
		return true
	}
	n := strings.TrimLeft(f, "0123456789")
	if n == f {
		return false
	}
	switch strings.TrimSpace(n) {
	case "m", "min", "mins", "h", "hr", "hrs", "d", "w":
		return true
	}
	return false
}

// DateFirst: "May 3, 2031 Ferry sails again", a line that a date begins.
func DateFirst(s string) bool {
	found := stamp.Find(s, true, 1)
	return len(found) > 0 && found[0].Span.Start < 3
}

var shareLabels = map[string]bool{"share": true, "tweet": true, "facebook": true, "twitter": true, "email": true, "e": true, "mail": true, "print": true, "whatsapp": true, "linkedin": true, "pinterest": true, "reddit": true, "copy": true, "link": true, "save": true, "comments": true, "comment": true, "on": true, "this": true,
	"article": true, "x": true, "via": true, "telegram": true, "pin": true, "it": true, "post": true, "story": true, "flipboard": true, "messenger": true, "sms": true, "more": true, "like": true, "shares": true, "follow": true, "teilen": true, "drucken": true, "partager": true, "compartir": true, "to": true, "with": true, "your": true, "friends": true, "tumblr": true, "google": true, "plus": true, "bluesky": true, "threads": true, "icon": true, "url": true, "click": true, "viber": true, "vk": true, "instagram": true, "a": true, "min": true, "read": true, "minute": true, "minutes": true, "listen": true, "gift": true}

// Share: "Share Tweet Email", "4 min read".
func Share(s string) bool {
	if len(s) > 160 {
		return false
	}
	n := 0
	for w := range strings.FieldsSeq(news.Fold(s)) {
		if !shareLabels[w] && strings.Trim(w, "0123456789k") != "" {
			return false
		}
		n++
	}
	return n > 0
}

var promoPhrases = []string{"sign up for", "sign up to", "sign up here", "sign up now", "subscribe to", "subscribe now", "subscribe here", "please subscribe", "our newsletter", "newsletters", "this newsletter", "newsletter here", "follow us", "follow me", "follow him on", "follow her on", "follow them on", "follow @", "on twitter @", "on twitter at", "on facebook at",
	"download our", "download the app", "our app", "support independent", "donate to", "donate now", "donate here", "make a donation", "all rights reserved", "copyright 20", "copyright ©", "have a tip", "got a tip", "click here", "join us on", "like us on", "join our", "contact us", "email us", "get in touch", "become a member", "join the conversation",
	"article was originally", "story was originally", "post was originally", "originally appeared", "originally published", "was first published", "first appeared on", "republished", "contact the author", "contact the reporter", "may be reached at", "can be reached at", "can be contacted at", "send tips", "send us", "privacy policy", "terms of use", "terms of service", "for more information", "for more news", "for more stories",
	"read the original", "story has been updated", "article has been updated", "post has been updated", "get the latest", "stay up to date", "check out our", "leave a comment", "in the comments", "share your thoughts", "let us know", "earn a commission", "receive a commission", "affiliate link", "affiliate commission", "your inbox", "listen to our", "our podcast", "full coverage", "subject to copyright", "citation:", "for information purposes only", "listen back",
	"like this story", "did you like", "enjoyed this", "newsletter anmelden", "newsletter abonnieren", "folgen sie uns", "unterstützen sie", "abonnez-vous", "inscrivez-vous", "suivez-nous", "suscríbete", "síguenos", "inscreva-se", "iscriviti", "seguici", "schrijf je in", "подписывайтесь"}

// Promo: what outlets ask of their readers. Counts only after the end of the article.
func Promo(s string) bool {
	l := strings.ToLower(s)
	for _, w := range promoPhrases {
		if strings.Contains(l, w) {
			return true
		}
	}
	return strings.HasPrefix(l, "©") || len(s) < 160 && (strings.Contains(l, "@") || strings.Contains(l, "https://"))
}

var bioJobs = []string{"reporter", "writer", "editor", "correspondent", "columnist", "author of", "journalist", "contributor", "professor", "director of", "fellow", "freelance", "covers ", "producer", "host of", "analyst", "founder", "writes about", "reporting by", "additional reporting", "editing by", "contributed to this", "contributed reporting", "translated by", "photographer", "blogger"}

// Biography: "Ana Ruiz is a reporter for the Courier.", "(Reporting by Ana Ruiz)".
func Biography(s string) bool {
	l := strings.ToLower(s)
	job := false
	for _, j := range bioJobs {
		job = job || strings.Contains(l, j)
	}
	if !job {
		return false
	}
	if hasAnyPrefix(lowerHead(s, 40), []string{"reporting by", "additional reporting", "editing by", "writing by", "reporting and", "with reporting", "translated by", "about the author"}) || strings.Contains(l, "contributed to this") || strings.Contains(l, "contributed reporting") {
		return true
	}
	// a name of two words or more, then "is", then the job
	words := strings.Fields(s)
	for i := 1; i < min(len(words), 6); i++ {
		switch strings.ToLower(words[i]) {
		case "is", "was", "covers", "writes":
			if i < 2 && len(words) > 25 {
				return false
			}
			head := strings.ToLower(strings.Join(words[i:min(len(words), i+14)], " ") + " ")
			for _, j := range bioJobs {
				if strings.Contains(head, j) {
					return true
				}
			}
			return false
		}
		if r, _ := utf8.DecodeRuneInString(words[i]); !unicode.IsUpper(r) {
			return false
		}
	}
	return false
}

var wallPhrases = []string{"subscribe", "subscriber", "log in", "sign in", "register", "sign up", "already a member", "free trial", "continue reading", "abonn", "anmelden", "suscr"}

// Wall: "Subscribe to continue reading. Already a subscriber? Log in."
func Wall(s string) bool {
	l := strings.ToLower(s)
	for _, w := range wallPhrases {
		if strings.Contains(l, w) {
			return len(s) < 400
		}
	}
	return false
}

var commentHeadings = map[string]bool{"comments": true, "comment": true, "reader comments": true, "kommentare": true, "kommentar": true, "leserkommentare": true, "kommentarer": true, "commentaires": true, "comentarios": true, "comentários": true, "commenti": true, "reacties": true, "komentarze": true, "комментарии": true, "коментарі": true, "yorumlar": true, "komentar": true, "discussion": true, "responses": true}

// CommentHeading: "Comments", "12 Comments", "Leserkommentare (3)".
func CommentHeading(s string) bool {
	if len(s) > 40 {
		return false
	}
	f := news.Fold(s)
	words := strings.Fields(f)
	if len(words) > 1 && strings.Trim(words[0], "0123456789") == "" {
		words = words[1:]
	}
	if len(words) > 1 && strings.Trim(words[len(words)-1], "0123456789") == "" {
		words = words[:len(words)-1]
	}
	return commentHeadings[strings.Join(words, " ")]
}

var endHeadings = []string{"related", "more from", "more on", "more stories", "more news", "read more", "read next", "about the author", "about the writer", "about author", "comments", "leave a comment", "leave a reply", "share this", "share", "tags", "sign up", "subscribe", "recommended", "you may also like", "you might also like", "popular",
	"most read", "most popular", "trending", "latest", "latest news", "up next", "also read", "see also", "further reading", "related articles", "related stories", "related posts", "related topics", "related content", "related coverage", "related links", "newsletter", "follow us", "contact", "contact us", "about us", "what to read next", "editor's picks", "editors' picks", "our picks", "recent posts", "advertisement", "post navigation",
	"top stories", "around the web", "from our partners", "sponsored", "join the conversation", "similar articles", "keep reading", "mehr zum thema", "das könnte sie auch interessieren", "kommentare", "à lire aussi", "sur le même sujet", "también te puede interesar", "noticias relacionadas", "leia também", "leggi anche", "lees ook", "don't miss", "discover more", "explore more", "view comments", "media contact", "media contacts", "for media"}

// EndHeading: "Related stories", "Comments".
func EndHeading(s string) bool {
	if len(s) > 60 {
		return false
	}
	f := strings.TrimRight(lowerHead(s, 60), " :.…!")
	if strings.HasPrefix(f, "more ") && (strings.HasSuffix(f, " stories") || strings.HasSuffix(f, " news") || strings.HasSuffix(f, " articles") || strings.HasSuffix(f, " coverage")) {
		return true
	}
	for _, h := range endHeadings {
		if f == h || strings.HasPrefix(f, h+" ") && len(strings.Fields(f)) <= len(strings.Fields(h))+3 && (strings.HasPrefix(h, "more ") || strings.HasPrefix(h, "related") || strings.HasPrefix(h, "about the")) {
			return true
		}
	}
	return false
}
