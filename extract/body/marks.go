package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"dateline/extract/markup"
)

// A mark is what an element's tag, role and class words say it is for. Class words name the
// purpose of a box in English on pages of most languages; they never decide alone (see share).
type mark = uint32

const (
	navMark mark = 1 << iota
	commentMark
	relatedMark
	shareMark
	promoMark
	adMark
	bylineMark
	dateMark
	dekMark
	captionMark
	creditMark
	tagsMark
	bioMark
	sideMark
	footMark
	popupMark
	wallMark
	galleryMark
	embedMark
	pullMark
	labelMark
	hintMark  // the body of an article, by its class
	storyMark // an article, by its class or tag
	titleMark
	liveMark
	headMark
	sourceMark // who wrote one of several articles of the page
)

// classWords give the mark of one word, or two neighbouring words, of a class or id.
var classWords = func() map[string]mark {
	m := map[string]mark{}
	for k, words := range map[mark]string{
		navMark: "nav, navbar, navigation, menu, menus, submenu, breadcrumb, breadcrumbs, crumbs, pagination, pager, skip link, tabbar, masthead, topbar, sitenav, subnav, " +
			"page header, site header, global header, main header, header nav, toolbar, search form, searchform",
		commentMark: "comment, comments, commentlist, commenting, disqus, respond, reply, replies, livefyre, fyre, commentform, responses, discussion, kommentare, kommentar, comentarios, commentaires",
		relatedMark: "related, recommended, recommendation, recommendations, recirc, recirculation, outbrain, taboola, trending, popular, mostread, mostpopular, most read, most popular, " +
			"most viewed, read next, readnext, up next, upnext, next article, next post, next up, more from, morefrom, more stories, more news, more on, more articles, also read, " +
			"also like, see also, read also, read more, readmore, similar, zergnet, revcontent, mgid, latest news, latest stories, latest posts, recent posts, recentposts, other news, " +
			"post navigation, post nav, prev next, teaser, teasers, jp relatedposts, yarpp, crp related, linklist, link list, link box, linkbox, suggested, recommends, inline link, in article link, mehr zum, onward, " +
			"recommander, verwandte, weiterlesen, relacionadas, relacionados, lees ook",
		shareMark: "share, shares, sharing, sharedaddy, sharebar, sharethis, addthis, addtoany, social, socials, socialmedia, social media, follow, follow us, " +
			"share buttons, sharetools, share tools, email this, jp sharing",
		promoMark: "promo, promos, promotion, newsletter, newsletters, subscribe, subscription, subscriptions, signup, sign up, donate, donation, donations, cta, call to action, membership, " +
			"appeal, marketing, optin, opt in, mailchimp, mc embed, support us, support box, become member, app download, contribute, contribution, upsell, house ad, inline promo",
		adMark:     "ad, ads, adv, advert, adverts, advertisement, advertising, adsense, adslot, ad slot, adunit, ad unit, adbox, adwrapper, dfp, gpt ad, sponsor, sponsored, sponsors, werbung, anzeige, banner, publicidad, pub",
		bylineMark: "byline, bylines, author, authors, authorname, author name, article author, autor, autoren, contributor, contributors, writer, reporter, auteur, authorship, signature, firma",
		dateMark: "date, dates, datetime, timestamp, pubdate, publish date, published, publication date, time, posted on, post date, updated, dateline, meta date, post meta, entry meta, article meta, article info, " +
			"postmeta, article details, post info, metadata, byline date, postinfo, entry info, meta info, story meta, post details, infoline",
		dekMark:     "dek, standfirst, subtitle, subheadline, sub headline, subhead, sub title, subheading, sub heading, deck, kicker dek, article summary, article lead sub, strapline, headline sub, secondary title, tagline",
		captionMark: "caption, captions, figcaption, wp caption, image caption, photo caption, media caption, legend, bildunterschrift, legende, image description, imagecaption, photocaption, pie foto, gallery caption, cutline",
		creditMark:  "credit, credits, photo credit, image credit, copyright, photographer, image source, photocredit, picture credit, image copyright, media credit",
		tagsMark:    "tags, tag, taglist, tag list, tag cloud, tagcloud, keywords, topics, topic list, categories, post tags, entry tags, article tags, hashtags, cat links, tag links, catlinks",
		bioMark: "author bio, author box, authorbox, authorbio, about author, about the author, abouttheauthor, author info, author description, author card, author profile, bio, biography, post author, aboutauthor, author desc, author details, " +
			"author block, author container, author area, author footer, author widget, autor box, autorenbox, author about, abh box, saboxplugin, molongui",
		sideMark: "sidebar, side bar, widget, widgets, aside, rail, right rail, rightrail, left rail, right column, rightcol, right col, rightbar, sidecol, secondary, infobox, info box, factbox, fact box, explainer box, complementary, sidecontent",
		footMark: "footer, foot, bottom bar, colophon, site info, legal, disclaimer, article footer, post footer, entry footer, story footer, end of article",
		popupMark: "cookie, cookies, gdpr, consent, ccpa, cmp, onetrust, modal, popup, pop up, overlay, lightbox, notification, notice, toast, interstitial, tooltip, dialog, dropdown, drop down, offcanvas, " +
			"alert bar, messages, alert, print only, printonly, show for print, visible print",
		wallMark:    "paywall, piano, regwall, registration wall, subscriber only, premium box, meter, login, log in, signin, sign in, register, gate, paygate, metered",
		galleryMark: "gallery, slideshow, slider, carousel, swiper, slick, photo gallery, imagegallery, galleria, bildergalerie, thumbnails, thumbs",
		embedMark:   "twitter tweet, instagram media, tiktok embed, fb post, bluesky embed, reddit embed",
		pullMark:    "pullquote, pull quote, pullquotes, blockquote pull, quote pull",
		labelMark:   "kicker, eyebrow, overline, rubric, section label, section name, category, article section, article label, topline, dachzeile, channel",
		hintMark: "article body, articlebody, story body, storybody, post body, entry content, post content, article content, articlecontent, story content, article text, articletext, story text, postcontent, " +
			"body content, content body, article copy, body copy, bodycopy, body text, bodytext, news body, newsbody, news content, news text, article main, articlemain, article detail, article story, rich text, richtext, " +
			"article container, main content, entry, postbody, story area, single content, page content, blog content, field body, body field, text body, content text, story full, wysiwyg, artikeltext, article inner, article entry, " +
			"cuerpo noticia, noticia cuerpo, corpo noticia, texto noticia, article corps, article paragraphs, paywalled content, post entry, entry body, article main content, post text, blog post, blogpost, td post, theme content, " +
			"article page, detail content, detail text, content detail, news detail, article wrap, prose",
		storyMark:  "article, story, post, hentry, single post, news article, longform",
		titleMark:  "headline, entry title, post title, article title, page title, story title, title",
		liveMark:   "live blog, liveblog, live post, live entry, live update, live event, liveticker, live coverage",
		sourceMark: "source, src, publisher, provider, outlet, site name, source name, brand, publication",
		headMark:   "header, head, article header, post header, entry header",
	} {
		for w := range strings.SplitSeq(words, ",") {
			m[strings.TrimSpace(w)] |= k
		}
	}
	return m
}()

// classMark is the mark of a class or id value.
func classMark(value string) mark {
	if len(value) > 400 {
		value = value[:400]
	}
	var m mark
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

// elementMark is what the element itself says, without those around it.
func elementMark(t *markup.Tree, n int32, cache map[string]mark) mark {
	node := &t.Nodes[n]
	var m mark
	switch node.Tag {
	case atom.Nav, atom.Menu:
		m |= navMark
	case atom.Aside:
		m |= sideMark
	case atom.Footer:
		m |= footMark
	case atom.Header:
		m |= headMark
	case atom.Figcaption:
		m |= captionMark
	case atom.Time:
		m |= dateMark
	case atom.Article:
		m |= storyMark
	case atom.Dialog:
		m |= popupMark
	}
	for _, a := range t.Attrs(n) {
		switch a.Key {
		case "class", "id", "data-testid", "data-component":
			c, ok := cache[a.Value]
			if !ok {
				c = classMark(a.Value)
				cache[a.Value] = c
			}
			m |= c
		case "role":
			switch strings.ToLower(a.Value) {
			case "navigation", "menu", "menubar", "search":
				m |= navMark
			case "complementary":
				m |= sideMark
			case "contentinfo":
				m |= footMark
			case "banner":
				m |= headMark
			case "dialog", "alertdialog":
				m |= popupMark
			case "article":
				m |= storyMark
			}
		case "itemprop":
			switch strings.ToLower(a.Value) {
			case "articlebody", "reviewbody":
				m |= hintMark
			case "author":
				m |= bylineMark
			case "datepublished", "datemodified":
				m |= dateMark
			case "headline":
				m |= titleMark
			case "caption":
				m |= captionMark
			case "comment":
				m |= commentMark
			case "keywords":
				m |= tagsMark
			case "alternativeheadline":
				m |= dekMark
			}
		case "rel":
			if node.Tag == atom.A {
				switch strings.ToLower(a.Value) {
				case "author":
					m |= bylineMark
				case "tag", "category tag":
					m |= tagsMark
				}
			}
		}
	}
	if node.Tag == atom.Article {
		m &^= tagsMark // its tags stand among its classes: "news_tags-ferry"
	}
	return m
}
