package stance

import "dateline/news"

// class is what a verb, a noun or an adjective says of the thing that it is about.
type class int

const (
	none class = iota
	against
	favouring
	asking
	offering
	weighing  // neither for nor against: it is looked at
	excluding // "rule out": its negation leaves the thing open
	pending   // not decided
	ending    // "drop", "call off": against what is ended
	keeping   // "stand", "hold": for what is said to
	threatening
)

// verbs are lemmas of verbs, with their particle where it makes the meaning.
var verbs = map[string]class{
	"rule out": excluding, "preclude": excluding,

	"reject": against, "oppose": against, "refuse": against, "rebuff": against, "resist": against, "dismiss": against, "condemn": against, "criticize": against,
	"criticise": against, "slam": against, "blast": against, "denounce": against, "decry": against, "veto": against, "block": against, "object": against,
	"demur": against, "balk": against, "disagree": against, "dissent": against, "shelve": ending, "renounce": ending, "retract": ending, "rescind": ending,
	"break": ending, "curb": ending, "combat": ending, "tackle": ending, "prevent": ending, "eliminate": ending, "dismantle": ending, "defeat": ending, "eradicate": ending,
	"restrict": ending, "impede": ending, "obstruct": ending, "hinder": ending, "hamper": ending, "thwart": ending, "undermine": ending, "delay": ending, "reduce": ending, "limit": ending, "remove": ending, "ease": ending, "tolerate": favouring, "permit": favouring, "undo": ending, "overturn": ending, "gut": ending, "destroy": ending, "phase out": ending, "roll back": ending, "do away": ending, "wipe out": ending,
	"fight for": favouring, "stand for": favouring, "stand by": keeping, "speak for": favouring, "stand up": favouring, "fight against": against,
	"open to": weighing, "receptive to": weighing, "amenable to": weighing, "opposed to": against, "averse to": against,
	"push for": asking, "press for": asking, "hold out for": asking, "lobby": asking, "campaign": asking,
	"ban": against, "forbid": against, "protest": against, "scorn": against, "deplore": against, "turn down": against,
	"shoot down": against, "fight": against, "attack": against, "excoriate": against, "lambast": against, "rubbish": against,

	"welcome": favouring, "support": favouring, "back": favouring, "endorse": favouring, "praise": favouring, "hail": favouring, "agree": favouring, "accept": favouring,
	"approve": favouring, "favour": favouring, "favor": favouring, "embrace": favouring, "promise": favouring, "vow": favouring, "pledge": favouring, "commit": favouring,
	"guarantee": favouring, "grant": favouring, "give": favouring, "allow": favouring, "let": favouring, "champion": favouring,
	"defend": favouring, "assure": favouring, "reaffirm": favouring, "advocate": favouring, "applaud": favouring, "recommend": favouring, "sign": favouring, "provide": favouring,
	"send": favouring, "deploy": favouring, "extend": favouring, "impose": favouring, "recognise": favouring, "recognize": favouring,
	"stand": keeping, "hold": keeping, "remain": keeping, "stay": keeping, "honor": keeping, "honour": keeping, "keep": keeping,

	"demand": asking, "call for": asking, "urge": asking, "insist": asking, "require": asking, "ask for": asking, "look for": asking, "press": asking, "push": asking, "want": asking, "seek": asking,
	"need": asking, "appeal for": asking, "appeal to": asking, "appeal": against, "request": asking, "order": asking, "direct": asking, "advise": asking, "instruct": asking, "beg for": asking, "plead for": asking, "plead with": asking, "stress": asking, "underscore": asking, "underline": asking, "emphasise": asking, "emphasize": asking,

	"offer": offering, "propose": offering, "suggest": offering, "float": offering,

	"consider": weighing, "weigh": weighing, "look": weighing, "talk": weighing, "live": weighing, "leave open": weighing, "contemplate": weighing,

	"study": pending, "decide": pending, "examine": pending, "know": none,

	"drop": ending, "call off": ending, "cancel": ending, "suspend": ending, "withdraw": ending, "abandon": ending, "scrap": ending, "give up": ending, "lift": ending, "cede": ending, "surrender": ending,
	"postpone": ending, "spare": favouring, "exempt": favouring, "end": ending, "halt": ending, "put off": ending, "set aside": ending,

	"threaten": threatening, "warn": threatening,

	"warn against": against, "caution against": against, "advise against": against, "argue against": against, "vote against": against, "campaign against": against, "speak against": against,
	"campaign for": favouring, "argue for": favouring, "vote for": favouring,

	"cut": ending, "slash": ending, "scale back": ending, "freeze": ending, "close": ending, "shut": ending, "stop": ending, "abolish": ending, "repeal": ending, "reverse": ending, "axe": ending,
}

// holding are nouns that say how somebody stands on what a preposition joins to them: "her demand for
// a ceasefire", "objections to the levy".
var holding = map[string]news.Stance{
	"demand": news.Demands, "demands": news.Demands, "call": news.Demands, "calls": news.Demands, "insistence": news.Demands, "plea": news.Demands, "appeal": news.Demands, "request": news.Demands,
	"opposition": news.Opposes, "rejection": news.Opposes, "objection": news.Opposes, "objections": news.Opposes, "resistance": news.Opposes, "refusal": news.Opposes,
	"support": news.Supports, "backing": news.Supports, "commitment": news.Supports, "endorsement": news.Supports, "approval": news.Supports, "readiness": news.Supports, "willingness": news.Supports,
	"openness": news.Open, "proposal": news.Offers, "offer": news.Offers,
}

// happening are verbs of ending that also tell of what simply is so.
var happening = wordSet("close shut stop freeze cut end halt break")

// furthering are verbs by which one brings about, keeps or strengthens what they have as their object: who
// wants that done is for it. Of other verbs the object is only what they are done to: who "will picket the
// gates" is not for gates (verbs of creation and the like: Levin 1993, "English Verb Classes", 26, 29, 45).
var furthering = wordSet(`build join host attend open introduce launch continue start fund finance create raise increase expand adopt pass implement meet take do enter go extend renew restore resume
	get obtain achieve reach secure make have see broker negotiate find hold arrange begin pursue bring win strike conclude set seal
	establish form produce found reinstate reopen preserve protect maintain conduct award tighten strengthen accelerate speed publish release ratify install repair fix improve enforce save rescue deliver order`)

// adjectives are what a thing is said to be.
var adjectives = map[string]class{
	"impossible": against, "unacceptable": against, "wrong": against, "unthinkable": against, "dead": against, "unnecessary": against, "illegal": against, "inadmissible": against, "bad": against, "dangerous": against, "disastrous": against, "nonsense": against, "mistake": against,
	"possible": weighing, "thinkable": weighing, "conceivable": weighing, "acceptable": weighing, "negotiable": weighing, "imaginable": weighing, "open": weighing, "ready": favouring, "willing": favouring, "prepared": favouring,
	"necessary": asking, "essential": asking, "vital": asking, "crucial": asking, "important": asking, "imperative": asking, "indispensable": asking, "key": asking, "needed": asking, "priority": asking, "urgent": asking,
	"unconditional": favouring, "firm": favouring, "good": favouring, "great": favouring, "right": favouring, "welcome": favouring, "ironclad": favouring, "positive": favouring, "committed": favouring, "optimistic": favouring, "decided": pending, "unclear": pending, "undecided": pending, "certain": none,
}

// attitudes are verbs that tell what somebody holds, whoever tells it: "Putin wants a deal, Trump said".
var attitudes = map[string]bool{
	"want": true, "agree": true, "accept": true, "reject": true, "oppose": true, "refuse": true, "support": true, "back": true, "demand": true, "insist": true, "offer": true, "propose": true,
	"endorse": true, "welcome": true, "approve": true, "seek": true, "rule out": true, "favour": true, "favor": true, "resist": true, "promise": true, "pledge": true, "consider": true, "need": true, "expect": true,
}
