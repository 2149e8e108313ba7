package unit

import (
	"strings"
	"unicode"

	"dateline/news"
)

// The vocabulary of page furniture, folded as news.Fold does. Every entry is a word of user
// interfaces that many sites share; none is a word of one outlet. A line counts only if it is
// an entry, or begins with an opening and is short: prose about comments is prose.

// tail are the lines that end an article: what follows belongs to the page.
var tail = Lines(`comments|comment|no comments yet|leave a comment|post a comment|add a comment|join the conversation|join the discussion|view comments|
	show comments|conversation|hashtags|related|related articles|related article|related stories|related story|related news|related content|related topics|related posts|related links|
	related coverage|related reading|similar news|similar articles|similar stories|more news|more stories|more on this story|more from us|more like this|more on this topic|more on this|
	read next|up next|next up|recommended|recommended for you|recommended stories|recommended reading|you may also like|you might also like|
	you may like|you might like|you may also be interested in|most read|most popular|most viewed|most shared|most commented|popular|popular stories|trending|trending now|trending stories|latest news|latest stories|
	latest headlines|top stories|top news|editors picks|editors pick|our picks|whats hot|from the web|around the web|sponsored content|sponsored stories|promoted stories|paid content|promoted content|
	explore more|explore more on these topics|more in news|more in world|more in politics|dont miss|must read|must reads|also in the news|in other news|other news|about the author|about the authors|follow the author`)

// inside are the same, but for lines that also stand in the middle of articles, as the heading
// of a box.
var boxes = Lines(`related|related articles|related article|related stories|related story|related content|related links|related coverage|related reading|more on this story|more on this topic|more on this|more like this|read next|recommended|
	recommended for you|recommended stories|recommended reading|you may also like|you might also like|you may like|you might like|most read|most popular|dont miss|must read|trending|trending now|top stories|editors picks`)

// Furniture are the other lines of user interfaces.
var Furniture = Lines(`tags|topics|categories|category|filed under|share|share this|share this article|share this story|share article|share options|share on facebook|share on twitter|share on x|share on linkedin|
	share on whatsapp|share via email|facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|telegram|instagram|youtube|tiktok|threads|bluesky|messenger|flipboard|tweet|email|e mail|print|copy link|link copied|
	copy|save|save article|saved|bookmark|gift article|gift this article|give this article|listen|listen to this article|listen to article|listen to story|play|pause|mute|watch|watch now|watch live|live|live updates|live now|breaking|breaking news|
	advertisement|advertisements|advertisment|advert|ad|ads|sponsored|promoted|article continues below|article continues below this ad|article continues after advertisement|story continues|story continues below|story continues below advertisement|continues below|
	subscribe|subscribe now|subscribe today|sign in|sign up|sign up now|log in|login|log out|register|register now|create account|create an account|my account|account|menu|main menu|home|homepage|search|navigation|
	skip to content|skip to main content|skip to main navigation|close|open|back|back to top|go back|next|previous|next article|previous article|load more|show more|see more|view more|view all|see all|show all|read more|more|learn more|
	find out more|read full story|read full article|read the full story|read the full article|full story|continue reading|keep reading|support now|support us|donate|donate now|contribute|become a member|join now|join us|newsletter|newsletters|
	newsletter sign up|sign up for newsletters|follow us|follow|following|about us|about|contact|contact us|privacy|privacy policy|terms|terms of use|terms of service|terms and conditions|terms conditions|cookie policy|cookies|
	cookie settings|cookie preferences|manage cookies|accept|accept all|accept cookies|reject all|accept all cookies|do not sell my personal information|all rights reserved|download our app|download app|get the app|get our app|app|world news|world|news|local news|national news|
	politics|political news|business|business news|sport|sports|opinion|culture|lifestyle|technology|tech|science|health|entertainment|us news|uk news|us|uk|europe|asia|africa|middle east|americas|local|national|international|
	video|videos|photos|photo|gallery|galleries|podcasts|podcast|weather|games|jobs|shop|shopping|in pictures|open image in gallery|view gallery|view image in fullscreen|image|images|loading|translate|select language|language|
	english|disclaimer|report this ad|report an error|report a typo|correct this article|feedback|help|faq|faqs|sitemap|site map|rss|careers|advertise|advertise with us|accessibility|editorial standards|our standards|ethics|
	try our ai features|ai summary|ask ai|summary|key takeaways|unlock|upgrade|go premium|premium|exclusive|toggle dark mode|dark mode|font size|text size|a a a|like|dislike|likes|shares|views|reply|report|edit|delete|hide|expand|collapse|
	expand all|collapse all|table of contents|in this article|on this page|jump to comments|share your thoughts|what do you think|was this article helpful|thanks for reading|thank you for reading|end of article|add to favorites|add to favourites|add us on google|
	make us preferred on google|follow us on google news|google news|verified|fact check|editors note|topics in this article|enter your email|email address|your email|submit|send|cancel|ok|yes|no|done`)

// openings are how short lines of furniture begin.
var openings = strings.Split(news1(`share this|share current|share via|share on|follow us|follow our|follow on|sign up|sign in|subscribe|click here|click to|tap here|read more|read also|also read|see also|see more|download the|download our|copyright|
	log in|login to|register to|register for|you need to|enable javascript|please enable|javascript|your browser|this site uses|this website uses|we use cookies|by clicking|by continuing|by signing|accept cookies|advertisement|skip to|listen to|print this|
	view all|see all|show all|view comments|back to|join our|join us|join the|get the latest|get our|get unlimited|get the app|add as|add us|make us|powered by|all rights|explore what|explore more|want more|stay up|stay informed|stay connected|
	have a story|got a tip|got a story|do you have|contact us|email us|write to us|report a|report an|this page|this video|you can also|more from|more on|more about|more in|latest from|watch live|watch the|watch more|support our|support us|support independent|
	donate|become a|start your|try our|already a|already have|not a subscriber|to continue|continue reading|unlock this|create a free|create an|manage your|for more|for the latest|leave a|post a|be the first|no comments|show comments|load more|send us|
	our standards|first published|originally published|this article was|this story was|this post was|this article originally|this story originally|this article first|reprinted with|republished|licensed|photo illustration|terms of|privacy`), "|")

func news1(s string) string {
	parts := strings.Split(s, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, "|")
}

// Lines are the entries of a list that bars part.
func Lines(s string) map[string]bool {
	m := map[string]bool{}
	for _, l := range strings.Split(s, "|") {
		m[strings.TrimSpace(l)] = true
	}
	return m
}

// appeals are the phrases of pleas for money, mail addresses and consent. A paragraph with
// several of them is one.
var appeals = []string{
	"your support", "support us", "support our", "support now", "donat", "contribut", "subscrib", "subscription", "newsletter", "paywall", "quality journalism", "independent journalism", "our reporting",
	"our journalism", "our journalists", "our newsroom", "our reporters", "our readers", "become a member", "membership", "sign up", "free trial", "unlimited access", "read more", "trusted by", "afford it", "help us", "ad-free", "your inbox",
	"paid for by those", "reporters on the ground", "send journalists", "sending journalists", "both sides of the story", "fund our", "cookies", "consent", "privacy policy", "our partners", "personal data", "log in", "create an account", "download the app", "download our app",
	"follow us", "click here", "push notifications", "ad blocker", "adblock", "one-time", "as little as", "per month", "cancel anytime", "keep reading", "continue reading", "register", "tax-deductible", "nonprofit newsroom",
}

// smallPrint are phrases that mark a whole paragraph as a page's small print.
var smallPrint = []string{
	"all rights reserved", "subject to copyright", "affiliate commission", "affiliate links", "may not be published, broadcast", "activation link", "processing your subscription", "protected by recaptcha",
	"terms of service apply", "without the written permission", "unsubscribe at any time", "check your inbox", "agree to the terms", "agree to our terms", "information provided on this website", "advertisement has not loaded", "video has failed to load", "video failed to load", "a valid email address", "there was an error", "try refreshing your browser",
	"remove ads", "free articles this month", "free articles left", "free articles remaining", "free to read register", "ad feedback", "javascript is", "your browser does not", "we may earn", "earn a commission",
}

// labels are the headings that templates of briefs put before their paragraphs. They open a
// paragraph with a colon behind them, or stand in a line of their own.
var labels = Lines(`why it matters|driving the news|the big picture|between the lines|whats next|what they re saying|what theyre saying|by the numbers|the bottom line|bottom line|go deeper|zoom in|zoom out|state of play|
	catch up quick|catch up fast|catch me up|the latest|flashback|yes but|reality check|the intrigue|the other side|worth noting|what to watch|what were watching|how it works|how we got here|the mood|behind the scenes|context|the context|threat level|be smart|smart take|our thought bubble|
	thought bubble|of note|the impact|the details|details|background|the background|the backstory|backstory|key facts|key fact|topline|crucial quote|big number|tangent|surprising fact|further reading|key background|what we dont know|what we know|what we dont know yet|chief critic|contra|
	news peg|in brief|tldr|tl dr|the upshot|the takeaway|takeaway|key takeaways|key points|the gist|the lede|the scoop|scoop|the news|know more|step back|room for disagreement|the view from|notable|what happened|what happened next|what comes next|what it means|what this means|what else|
	the problem|the stakes|the catch|the plan|the deal|the numbers|friction point|friction points|inside the room|on the other hand|the other hand|the counterpoint|the response|the reaction|reaction|the fine print|fun fact|the trend|zoom way out|quick take|the question|the answer|
	the timeline|timeline|at a glance|quick facts|in numbers|in depth|what to know|need to know|the facts|analysis|the analysis|driving the day|driving the conversation|what we are hearing|what were hearing|the state of play|rising|the next steps|next steps|looking ahead|
	the challenge|the rules|main points|at issue|at stake|the history|the science|the evidence`)

// IsLabel reports whether s, a line or what stands before a colon, is the label of a template.
func IsLabel(s string) bool {
	s = strings.TrimSuffix(strings.TrimSpace(s), ":")
	return len(s) <= 40 && labels[news.Fold(s)]
}

// LabelLen is the length of the label that a sentence opens with, colon included, 0 without.
func LabelLen(s string) int {
	i := strings.IndexByte(s, ':')
	if i <= 0 || i > 40 || i+1 < len(s) && s[i+1] != ' ' && s[i+1] < 0x80 && !(s[i+1] >= 'A' && s[i+1] <= 'Z') && s[i+1] != '"' {
		return 0
	}
	if r := rune(s[0]); !unicode.IsUpper(r) && r < 0x80 || !IsLabel(s[:i]) {
		return 0
	}
	return i + 1
}

// places are cities that open datelines without capitals or an agency, as "Washington:". They
// are capitals and seats of international bodies.
var places = Lines(`washington|washington dc|london|new delhi|delhi|mumbai|paris|berlin|brussels|moscow|kyiv|kiev|beijing|tokyo|geneva|vienna|new york|united nations|rome|madrid|ankara|istanbul|tehran|jerusalem|
	tel aviv|gaza|cairo|riyadh|doha|dubai|abu dhabi|baghdad|damascus|beirut|amman|islamabad|karachi|lahore|dhaka|kathmandu|colombo|kabul|bangkok|singapore|kuala lumpur|jakarta|manila|hanoi|seoul|pyongyang|taipei|hong kong|shanghai|canberra|
	sydney|melbourne|wellington|ottawa|toronto|mexico city|havana|caracas|bogota|bogotá|lima|santiago|buenos aires|brasilia|brasília|sao paulo|são paulo|rio de janeiro|nairobi|addis ababa|khartoum|lagos|abuja|accra|dakar|johannesburg|pretoria|cape town|harare|
	kinshasa|kampala|algiers|tunis|tripoli|rabat|warsaw|prague|budapest|bucharest|sofia|athens|belgrade|zagreb|sarajevo|lisbon|dublin|edinburgh|oslo|stockholm|copenhagen|helsinki|tallinn|riga|vilnius|minsk|chisinau|tbilisi|yerevan|baku|
	astana|tashkent|the hague|strasbourg|davos|amsterdam|bern|zurich|munich|frankfurt|kolkata|chennai|bengaluru|hyderabad|srinagar|chandigarh|lucknow|anchorage|los angeles|chicago|san francisco|boston|houston|miami|atlanta|philadelphia|seattle|dallas|denver|detroit`)

// notices are how a page announces what it has changed in an article, by kind of notice. The
// first pattern that stands at the start of a short paragraph, or is what it says, decides.
var notices = []struct {
	kind     string
	start    []string // folded, at the start of the paragraph
	anywhere []string // folded, in a paragraph of at most 60 words
}{
	{"retraction", []string{"retraction", "retracted", "this story has been retracted", "this article has been retracted", "withdrawn"},
		[]string{"has been retracted", "has been withdrawn", "retracts this", "we have retracted", "kill this story", "story has been removed"}},
	{"correction", []string{"correction", "corrections", "corrects", "corrected", "erratum", "eds corrects"},
		[]string{"this story has been corrected", "this article has been corrected", "has been corrected to", "an earlier version of this", "a previous version of this", "an earlier headline", "was corrected on", "amended on", "was amended on", "this article was amended", "misstated", "incorrectly stated", "we regret the error", "an earlier version incorrectly"}},
	{"clarification", []string{"clarification", "clarifies"},
		[]string{"has been clarified", "updated to clarify", "this article was clarified", "to clarify that"}},
	{"update", []string{"update on", "updates with", "eds updates"},
		[]string{"this story has been updated", "this article has been updated", "this story was updated", "this article was updated", "this post has been updated", "has been updated to", "has been updated with", "this is a developing story", "this is a breaking news story", "story will be updated", "more details to follow", "more to follow"}},
}

// Notice is the kind of notice that a paragraph is, "" if it is none.
func Notice(s string, words int) string {
	if words > 90 || words < 4 {
		return ""
	}
	f := news.Fold(s)
	head, _, colon := strings.Cut(s, ":")
	for _, n := range notices {
		for _, p := range n.start {
			if words > 4 && colon && len(head) < 50 && (news.Fold(head) == p || strings.HasPrefix(news.Fold(head), p+" ")) {
				return n.kind
			}
		}
		for _, p := range n.anywhere {
			if words <= 60 && strings.Contains(f, p) && (strings.HasPrefix(f, "this ") || strings.HasPrefix(f, "an earlier") || strings.HasPrefix(f, "a previous") || strings.HasPrefix(f, "editor") || strings.HasPrefix(f, "note") || strings.HasPrefix(f, "we ") || strings.HasPrefix(f, "the story") || strings.HasPrefix(f, "the headline") || strings.HasPrefix(f, "more ")) {
				return n.kind
			}
		}
	}
	if note := strings.HasPrefix(f, "editors note") || strings.HasPrefix(f, "note to readers"); note && words <= 60 {
		switch {
		case strings.Contains(f, "retract"), strings.Contains(f, "withdrawn"):
			return "retraction"
		case strings.Contains(f, "correct"), strings.Contains(f, "earlier version"), strings.Contains(f, "amended"):
			return "correction"
		case strings.Contains(f, "clarif"):
			return "clarification"
		case strings.Contains(f, "updated"), strings.Contains(f, "revised"):
			return "update"
		}
	}
	if strings.HasPrefix(f, "update ") && colon && len(head) < 30 && !strings.Contains(head, ",") {
		return "update"
	}
	return ""
}
