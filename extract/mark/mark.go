// Package mark says what an element is for, by its tag, role, microdata and the words of its
// class and id: navigation, comments, a caption, the body of an article.
//
// Class words name the purpose of a box in English on pages of most languages. One word, or two
// neighbouring ones, is looked up in one table (classWords); there is no rule for any one outlet
// and no stylesheet is read. A mark is a claim of whoever wrote the template and may be wrong:
// whether it counts, by how much of the page stands in the box, is for package body to say.
package mark

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"dateline/extract/markup"
)

// A Set is what one element, or all elements around a block, are marked as.
type Set uint32

const (
	Nav Set = 1 << iota
	Comment
	Related
	Share
	Promo
	Ad
	Byline
	Date
	Dek
	Caption
	Credit
	Tags
	Bio
	Side
	Foot
	Popup
	Wall
	Gallery
	Embed
	Pull
	Label
	Body  // the body of an article, by its class
	Story // an article, by its class or tag
	Title
	Live
	Head
	Source // who wrote one of several articles of the page
)

// Furniture is what stands on a page beside the prose of its article.
const Furniture = Nav | Comment | Related | Share | Promo | Ad | Bio | Side | Foot | Popup | Caption | Credit | Tags

// classWords give the mark of one word, or two neighbouring words, of a class or id.
var classWords = func() map[string]Set {
	m := map[string]Set{}
	for k, words := range map[Set]string{
		Nav: "nav, navbar, navigation, menu, menus, submenu, breadcrumb, breadcrumbs, crumbs, pagination, pager, skip link, tabbar, masthead, topbar, sitenav, subnav, " +
			"page header, site header, global header, main header, header nav, toolbar, search form, searchform",
		Comment: "comment, comments, commentlist, commenting, disqus, respond, reply, replies, livefyre, fyre, commentform, responses, discussion, kommentare, kommentar, comentarios, commentaires",
		Related: "related, recommended, recommendation, recommendations, recirc, recirculation, outbrain, taboola, trending, popular, mostread, mostpopular, most read, most popular, " +
			"most viewed, read next, readnext, up next, upnext, next article, next post, next up, more from, morefrom, more stories, more news, more on, more articles, also read, " +
			"also like, see also, read also, read more, readmore, similar, zergnet, revcontent, mgid, latest news, latest stories, latest posts, recent posts, recentposts, other news, " +
			"post navigation, post nav, prev next, teaser, teasers, jp relatedposts, yarpp, crp related, linklist, link list, link box, linkbox, suggested, recommends, inline link, in article link, mehr zum, onward, " +
			"recommander, verwandte, weiterlesen, relacionadas, relacionados, lees ook",
		Share: "share, shares, sharing, sharedaddy, sharebar, sharethis, addthis, addtoany, social, socials, socialmedia, social media, follow, follow us, " +
			"share buttons, sharetools, share tools, email this, jp sharing",
		Promo: "promo, promos, promotion, newsletter, newsletters, subscribe, subscription, subscriptions, signup, sign up, donate, donation, donations, cta, call to action, membership, " +
			"appeal, marketing, optin, opt in, mailchimp, mc embed, support us, support box, become member, app download, contribute, contribution, upsell, house ad, inline promo",
		Ad:     "ad, ads, adv, advert, adverts, advertisement, advertising, adsense, adslot, ad slot, adunit, ad unit, adbox, adwrapper, dfp, gpt ad, sponsor, sponsored, sponsors, werbung, anzeige, banner, publicidad, pub",
		Byline: "byline, bylines, author, authors, authorname, author name, article author, autor, autoren, contributor, contributors, writer, reporter, auteur, authorship, signature, firma",
		Date: "date, dates, datetime, timestamp, pubdate, publish date, published, publication date, time, posted on, post date, updated, dateline, meta date, post meta, entry meta, article meta, article info, " +
			"postmeta, article details, post info, metadata, byline date, postinfo, entry info, meta info, story meta, post details, infoline",
		Dek:     "dek, standfirst, subtitle, subheadline, sub headline, subhead, sub title, subheading, sub heading, deck, kicker dek, article summary, article lead sub, strapline, headline sub, secondary title, tagline",
		Caption: "caption, captions, figcaption, wp caption, image caption, photo caption, media caption, legend, bildunterschrift, legende, image description, imagecaption, photocaption, pie foto, gallery caption, cutline",
		Credit:  "credit, credits, photo credit, image credit, copyright, photographer, image source, photocredit, picture credit, image copyright, media credit",
		Tags:    "tags, tag, taglist, tag list, tag cloud, tagcloud, keywords, topics, topic list, categories, post tags, entry tags, article tags, hashtags, cat links, tag links, catlinks",
		Bio: "author bio, author box, authorbox, authorbio, about author, about the author, abouttheauthor, author info, author description, author card, author profile, bio, biography, post author, aboutauthor, author desc, author details, " +
			"author block, author container, author area, author footer, author widget, autor box, autorenbox, author about, abh box, saboxplugin, molongui",
		Side: "sidebar, side bar, widget, widgets, aside, rail, right rail, rightrail, left rail, right column, rightcol, right col, rightbar, sidecol, secondary, infobox, info box, factbox, fact box, explainer box, complementary, sidecontent",
		Foot: "footer, foot, bottom bar, colophon, site info, legal, disclaimer, article footer, post footer, entry footer, story footer, end of article",
		Popup: "cookie, cookies, gdpr, consent, ccpa, cmp, onetrust, modal, popup, pop up, overlay, lightbox, notification, notice, toast, interstitial, tooltip, dialog, dropdown, drop down, offcanvas, " +
			"alert bar, messages, alert, print only, printonly, show for print, visible print",
		Wall:    "paywall, piano, regwall, registration wall, subscriber only, premium box, meter, login, log in, signin, sign in, register, gate, paygate, metered",
		Gallery: "gallery, slideshow, slider, carousel, swiper, slick, photo gallery, imagegallery, galleria, bildergalerie, thumbnails, thumbs",
		Embed:   "twitter tweet, instagram media, tiktok embed, fb post, bluesky embed, reddit embed",
		Pull:    "pullquote, pull quote, pullquotes, blockquote pull, quote pull",
		Label:   "kicker, eyebrow, overline, rubric, section label, section name, category, article section, article label, topline, dachzeile, channel",
		Body: "article body, articlebody, story body, storybody, post body, entry content, post content, article content, articlecontent, story content, article text, articletext, story text, postcontent, " +
			"body content, content body, article copy, body copy, bodycopy, body text, bodytext, news body, newsbody, news content, news text, article main, articlemain, article detail, article story, rich text, richtext, " +
			"article container, main content, entry, postbody, story area, single content, page content, blog content, field body, body field, text body, content text, story full, wysiwyg, artikeltext, article inner, article entry, " +
			"cuerpo noticia, noticia cuerpo, corpo noticia, texto noticia, article corps, article paragraphs, paywalled content, post entry, entry body, article main content, post text, blog post, blogpost, td post, theme content, " +
			"article page, detail content, detail text, content detail, news detail, article wrap, prose",
		Story:  "article, story, post, hentry, single post, news article, longform",
		Title:  "headline, entry title, post title, article title, page title, story title, title",
		Live:   "live blog, liveblog, live post, live entry, live update, live event, liveticker, live coverage",
		Source: "source, src, publisher, provider, outlet, site name, source name, brand, publication",
		Head:   "header, head, article header, post header, entry header",
	} {
		for w := range strings.SplitSeq(words, ",") {
			m[strings.TrimSpace(w)] |= k
		}
	}
	return m
}()

// ofClass is the marks of a class or id value.
func ofClass(value string) Set {
	if len(value) > 400 {
		value = value[:400]
	}
	var m Set
	var buf [64]byte
	before := 0 // length of the previous word, at the start of buf
	n := 0      // length of buf in use
	last := rune(0)
	word := func() {
		if n == before || n-before == 1 && before > 0 {
			return
		}
		start := before
		if before > 0 {
			start++
		}
		m |= classWords[string(buf[start:n])]
		if before > 0 {
			m |= classWords[string(buf[:n])]
		}
		size := copy(buf[:], buf[start:n])
		before, n = size, size
	}
	skip := false
	for i, r := range value {
		if i == 0 || value[i-1] == ' ' {
			// WordPress puts the article's own tags and categories among its classes.
			skip = strings.HasPrefix(value[i:], "tag-") || strings.HasPrefix(value[i:], "category-")
		}
		if skip && r != ' ' {
			continue
		}
		if r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			word()
			if r == ' ' || r == '\t' || r == '\n' {
				before, n = 0, 0 // another class
			}
			last = 0
			continue
		}
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			word()
		}
		last = r
		if n == before && before > 0 {
			buf[n] = ' '
			n++
		}
		if n < len(buf) {
			buf[n] = byte(unicode.ToLower(r))
			n++
		}
		if n >= len(buf)-2 {
			before, n = 0, 0
		}
	}
	word()
	return m
}

// Of is what the element itself says, without those around it. cache keeps what class values of
// the page say; it belongs to the caller and starts empty.
func Of(t *markup.Tree, n int32, cache map[string]Set) Set {
	node := &t.Nodes[n]
	var m Set
	switch node.Tag {
	case atom.Nav, atom.Menu:
		m |= Nav
	case atom.Aside:
		m |= Side
	case atom.Footer:
		m |= Foot
	case atom.Header:
		m |= Head
	case atom.Figcaption:
		m |= Caption
	case atom.Time:
		m |= Date
	case atom.Article:
		m |= Story
	case atom.Dialog:
		m |= Popup
	}
	for _, a := range t.Attrs(n) {
		switch a.Key {
		case "class", "id", "data-testid", "data-component":
			c, ok := cache[a.Value]
			if !ok {
				c = ofClass(a.Value)
				cache[a.Value] = c
			}
			m |= c
		case "role":
			switch strings.ToLower(a.Value) {
			case "navigation", "menu", "menubar", "search":
				m |= Nav
			case "complementary":
				m |= Side
			case "contentinfo":
				m |= Foot
			case "banner":
				m |= Head
			case "dialog", "alertdialog":
				m |= Popup
			case "article":
				m |= Story
			}
		case "itemprop":
			switch strings.ToLower(a.Value) {
			case "articlebody", "reviewbody":
				m |= Body
			case "author":
				m |= Byline
			case "datepublished", "datemodified":
				m |= Date
			case "headline":
				m |= Title
			case "caption":
				m |= Caption
			case "comment":
				m |= Comment
			case "keywords":
				m |= Tags
			case "alternativeheadline":
				m |= Dek
			}
		case "rel":
			if node.Tag == atom.A {
				switch strings.ToLower(a.Value) {
				case "author":
					m |= Byline
				case "tag", "category tag":
					m |= Tags
				}
			}
		}
	}
	if node.Tag == atom.Article {
		m &^= Tags // its tags stand among its classes: "news_tags-ferry"
	}
	return m
}
