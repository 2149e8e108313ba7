// Package rule names the rules by which a page is read, shows an example of each, and says which
// invented page of testdata is read otherwise without it.
//
// A rule can be switched off for one reading, so that what it is worth can be measured: that is
// what Off is for, and nothing else. A block of a document carries the name of the rule that
// gave it its kind.
package rule

// A Name is a rule's name.
type Name string

// Off are rules that are not to be read by. The zero value reads by all of them.
type Off map[Name]bool

// A Rule is a rule with its example.
type Rule struct {
	Name    Name
	Example string
	Gold    string // the file in extract/testdata, without its ending
}

// Which element is the article.
const (
	BodyClass        Name = "body-class"
	TeasersAreNoCore Name = "teasers-are-no-core"
	SmallBoxes       Name = "small-boxes"
	SecondLook       Name = "second-look"
	LastResort       Name = "last-resort"
)

// What a block of the article is, by the box it is in.
const (
	Comments     Name = "comments"
	EmbeddedPost Name = "embedded-post"
	CaptionClass Name = "caption-class"
	JunkClass    Name = "junk-class"
	CreditClass  Name = "credit-class"
	RelatedClass Name = "related-class"
	ShareClass   Name = "share-class"
	AuthorBio    Name = "author-bio"
	TagsClass    Name = "tags-class"
	Aside        Name = "aside"
	BylineClass  Name = "byline-class"
	DateClass    Name = "date-class"
	DekClass     Name = "dek-class"
	Gallery      Name = "gallery"
	Kicker       Name = "kicker"
)

// What it is by its own shape.
const (
	Code           Name = "code"
	WallWords      Name = "wall-words"
	EntryTime      Name = "entry-time"
	Counter        Name = "counter"
	OnlyLinks      Name = "only-links"
	RelatedWords   Name = "related-words"
	AdLabel        Name = "ad-label"
	ConsentNotice  Name = "consent-notice"
	CaptionShape   Name = "caption-shape"
	CreditShape    Name = "credit-shape"
	TagsWords      Name = "tags-words"
	LinkedHeadings Name = "linked-headings"
	Teasers        Name = "teasers"
)

// What stands between the headline and the first sentence.
const (
	HeadlineOnTop       Name = "headline-on-top"
	AboveHeadline       Name = "above-headline"
	HeadingBeforeBody   Name = "heading-before-body"
	BylineShape         Name = "byline-shape"
	DateShape           Name = "date-shape"
	ShareShape          Name = "share-shape"
	Signature           Name = "signature"
	BeforeFirstSentence Name = "before-first-sentence"
)

// What stands after the last sentence.
const (
	AfterEndHeading   Name = "after-end-heading"
	CommentHeading    Name = "comment-heading"
	NextArticle       Name = "next-article"
	NextHeadline      Name = "next-headline" // the headline of NextArticle or WholeArticleBelow; no rule of its own
	WholeArticleBelow Name = "whole-article-below"
	Cards             Name = "cards"
	HeadingAtEnd      Name = "heading-at-end"
	LinksAtEnd        Name = "links-at-end"
	PromoAtEnd        Name = "promo-at-end"
	BioAtEnd          Name = "bio-at-end"
	DateAtEnd         Name = "date-at-end"
	BylineAtEnd       Name = "byline-at-end"
	AfterLastSentence Name = "after-last-sentence"
)

// Which headline, which authors, which date.
const (
	HeadlineByVotes Name = "headline-by-votes"
	BoldHeadline    Name = "bold-headline"
	OutletCutOff    Name = "outlet-cut-off"

	AuthorByData   Name = "author-by-data"
	AuthorByMeta   Name = "author-by-meta"
	AuthorByByline Name = "author-by-byline"
	AuthorsBeside  Name = "authors-beside"
	AuthorByLink   Name = "author-by-link"
	AuthorMarks    Name = "author-marks"
	NotPeople      Name = "not-people"

	DateByData      Name = "date-by-data"
	DateByMeta      Name = "date-by-meta"
	DateByMicrodata Name = "date-by-microdata"
	DateByElement   Name = "date-by-element"
	AsPrinted       Name = "as-printed"
	AddressDate     Name = "address-date"
	PublishedWord   Name = "published-word"
	NearerDate      Name = "nearer-date"
	PrintedZone     Name = "printed-zone"
	ScriptDate      Name = "script-date"
	PrintedDate     Name = "printed-date"
	ChangeDate      Name = "change-date"
)

// All are the rules, in the order of the work.
var All = []Rule{
	{BodyClass, `of two boxes of text, the one of class "article-body"`, "body-class"},
	{TeasersAreNoCore, "summaries, each under a linked headline, are not the article", "teasers-below"},
	{SmallBoxes, `class words count only in boxes with less than 35 % of the text: <div class="time"> around all of it`, "box-of-all-the-text"},
	{SecondLook, `an article all in <div class="sidebar">`, "body-in-pieces"},
	{LastResort, `"The harbour authority said on Tuesday that ferry", where a wall cuts it off`, "cut-off-by-a-wall"},

	{Comments, `<li class="comment">`, "comments-longer-than-article"},
	{EmbeddedPost, `<blockquote class="twitter-tweet">`, "embedded-post"},
	{CaptionClass, "<figcaption>The pier at dawn.</figcaption>", "captions-and-credits"},
	{JunkClass, `<div class="newsletter">`, "boxes-inside"},
	{CreditClass, `<div class="photo-credit">`, "captions-and-credits"},
	{RelatedClass, `<div class="related">`, "related-inside"},
	{ShareClass, `<div class="share">`, "boxes-inside"},
	{AuthorBio, `<div class="author-bio">`, "author-biography"},
	{TagsClass, `<div class="tags">`, "tags-among-classes"},
	{Aside, `<aside>`, "boxes-inside"},
	{BylineClass, `<div class="byline">`, "kinds-on-top"},
	{DateClass, `<div class="date">`, "kinds-on-top"},
	{DekClass, `<p class="standfirst">`, "kinds-on-top"},
	{Gallery, `<div class="slideshow">`, "boxes-inside"},
	{Kicker, `<div class="kicker">Harbour</div>`, "boxes-inside"},

	{Code, `"<div class=x>", escaped once too often`, "lines-inside"},
	{WallWords, "Subscribe to continue reading.", "wall-below-the-teaser"},
	{EntryTime, "9:41PM", "live-entries"},
	{Counter, "Image 1 of 5", "lines-inside"},
	{OnlyLinks, "a paragraph that is one link", "lines-inside"},
	{RelatedWords, "READ MORE: Harbour reopens", "related-inside"},
	{AdLabel, "Story continues below advertisement", "body-in-pieces"},
	{ConsentNotice, "At this point you find external content. I consent to personal data being sent.", "lines-inside"},
	{CaptionShape, "Boats wait in the harbour (Image: AGENCY)", "captions-and-credits"},
	{CreditShape, "Photo: Ana Ruiz", "lines-inside"},
	{TagsWords, "Tags: harbour, ferry", "lines-inside"},
	{LinkedHeadings, "headlines of other articles, each a link, one after the other", "lines-inside"},
	{Teasers, "three summaries, each under a linked headline", "teasers-inside"},

	{HeadlineOnTop, "the headline once more, above the text", "headline-on-top"},
	{AboveHeadline, "a paragraph above the headline", "lines-on-top"},
	{HeadingBeforeBody, "<h2>It had been docked since the storm of Sunday</h2>", "lines-on-top"},
	{BylineShape, "By Ana Ruiz and Jo Ekwueme", "lines-on-top"},
	{DateShape, "Published: May 3, 2031, 9:05 a.m.", "lines-on-top"},
	{ShareShape, "Share Tweet Email", "lines-on-top"},
	{Signature, "<b>Ana Ruiz</b> alone on a line", "lines-on-top"},
	{BeforeFirstSentence, "Harbour news", "lines-on-top"},

	{AfterEndHeading, "More from Port Alba", "end-heading"},
	{CommentHeading, "3 comments", "comments-under-a-heading"},
	{NextArticle, "another headline with a byline of its own, in the same box", "next-article-appended"},
	{WholeArticleBelow, "another article in a box of its own", "article-in-a-box-below"},
	{Cards, "headings side by side, each with an outlet and a day, and prose behind them", "cards"},
	{HeadingAtEnd, "a heading with nothing under it", "lines-at-end"},
	{LinksAtEnd, "a last line of links", "lines-at-end"},
	{PromoAtEnd, "Sign up for our newsletter.", "appeals-at-the-end"},
	{BioAtEnd, "Ana Ruiz is a reporter for the Courier.", "author-biography"},
	{DateAtEnd, "May 3, 2031", "lines-at-end"},
	{BylineAtEnd, "By Ana Ruiz", "byline-at-end"},
	{AfterLastSentence, "Port Alba", "lines-at-end"},

	{HeadlineByVotes, "of several headings, the one that the page's data agree on", "votes-against-the-data"},
	{BoldHeadline, "<font size=5><b>Ferry services to resume</b></font> on a page without headings", "bold-headline"},
	{OutletCutOff, "Bridge opens | Port Alba Courier", "section-front"},

	{AuthorByData, `"author": {"name": "Ana Ruiz"}`, "data-with-faults"},
	{AuthorByMeta, `<meta name="author" content="Ana Ruiz">`, "authors-by-meta"},
	{AuthorByByline, "By Ana Ruiz", "names-in-boxes"},
	{AuthorsBeside, "two names in boxes side by side, one of them in the data", "authors-beside"},
	{AuthorByLink, `<a rel="author">Ana Ruiz</a>`, "author-by-link"},
	{AuthorMarks, "(obe/kru)", "marks-at-the-end"},
	{NotPeople, "Harbour News Agency, Sports Desk", "newsroom-is-no-author"},

	{DateByData, `"datePublished": "2031-05-03"`, "utc-is-not-the-day"},
	{DateByMeta, `<meta property="article:published_time" content="2031-05-03">`, "day-in-the-address"},
	{DateByMicrodata, `<span itemprop="datePublished" content="2031-05-03">`, "date-by-microdata"},
	{DateByElement, `<time datetime="2031-05-03">`, "plain-article"},
	{AsPrinted, "of two times in the data, the one whose day is printed below the headline", "as-printed"},
	{AddressDate, "/2031/05/03/ferry", "day-in-the-address"},
	{PublishedWord, "Published on May 3, 2031", "published-on"},
	{NearerDate, "May 3, 2031 below the headline, before a time element in the menu", "date-in-the-menu"},
	{PrintedZone, "00:30Z, where May 2, 8:30 p.m. is printed", "utc-is-not-the-day"},
	{ScriptDate, `"publishedAt":"2031-05-03"`, "date-in-a-script"},
	{PrintedDate, "May 3, 2031", "date-below-the-headline"},
	{ChangeDate, `<meta name="dateupdate" content="2031-05-03">, where no other date is found`, "only-changed"},
}
