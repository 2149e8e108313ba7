package words

import (
	"dateline/annotate/when/calendar"
)

// A Class is what a word can be in a time expression. A word may be several: "second" is an
// OrdinalAt and a unit, "may" a month and a verb.
type Class uint32

const (
	IsMonth Class = 1 << iota
	IsAbbreviation
	IsWeekday
	IsUnit
	IsPlural
	IsCardinal
	IsOrdinal
	IsSeason
	IsPart
	IsWay
	IsDeictic
	IsEdge
	IsEdgeNoun
	IsAbout
	IsDeterminer
	IsOpen
	IsFill
	IsSet
	IsRef
	IsHoliday
	IsClockWord
	IsPreposition
	IsEvent
	IsAnchor
	IsLone
	IsScale
	IsOther
)

// An Entry is what is known of one word.
type Entry struct {
	Is   Class
	N    int
	Unit calendar.Unit
	Way  Way
	Ref  string
}

// vocabulary is the vocabulary of the grammar. Words outside it never begin or carry a time
// expression.
var vocabulary = list()

func list() map[string]Entry {
	v := map[string]Entry{}
	add := func(c Class, n int, list ...string) {
		for _, w := range list {
			e := v[w]
			e.Is |= c
			if n != 0 {
				e.N = n
			}
			v[w] = e
		}
	}
	for i, w := range []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		add(IsMonth, i+1, w)
	}
	for w, m := range map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12} {
		add(IsMonth|IsAbbreviation, m, w)
	}
	for i, w := range []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"} {
		add(IsWeekday, i+1, w)
		add(IsWeekday|IsPlural, i+1, w+"s")
	}
	for w, d := range map[string]int{"mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 7} {
		add(IsWeekday|IsAbbreviation, d, w)
	}
	for w, u := range map[string]calendar.Unit{
		"second": calendar.Second, "minute": calendar.Minute, "hour": calendar.Hour, "day": calendar.DayUnit, "weekend": calendar.Weekend,
		"week": calendar.Week, "fortnight": calendar.Fortnight, "month": calendar.Month, "quarter": calendar.Quarter, "year": calendar.Year,
		"decade": calendar.Decade, "century": calendar.Century, "millennium": calendar.Millennium,
	} {
		v[w] = Entry{Is: IsUnit, Unit: u}
		plural := w + "s"
		switch w {
		case "century":
			plural = "centuries"
		case "millennium":
			plural = "millennia"
		}
		v[plural] = Entry{Is: IsUnit | IsPlural, Unit: u}
	}
	for w, u := range map[string]calendar.Unit{"min": calendar.Minute, "mins": calendar.Minute, "hr": calendar.Hour, "hrs": calendar.Hour, "secs": calendar.Second, "yr": calendar.Year, "yrs": calendar.Year} {
		v[w] = Entry{Is: IsUnit | IsPlural | IsAbbreviation, Unit: u}
	}
	for i, w := range []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"} {
		add(IsCardinal, i+1, w)
	}
	for i, w := range []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		add(IsCardinal, 10*(i+2), w)
	}
	for i, w := range []string{"twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"} {
		add(IsOther, 10*(i+2), w)
	}
	add(IsScale, 100, "hundred")
	add(IsScale, 1000, "thousand")
	add(IsScale, 12, "dozen")
	for i, w := range []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"} {
		e := v[w]
		e.Is |= IsOrdinal
		e.N = i + 1
		v[w] = e
	}
	add(IsOrdinal, 30, "thirtieth")
	add(IsOrdinal, -1, "final", "opening", "closing")
	add(IsOpen, 0, "several", "many", "some", "few", "couple", "countless", "numerous", "dozens", "hundreds", "thousands")
	for i, w := range []string{"spring", "summer", "fall", "winter"} {
		add(IsSeason, i+1, w)
	}
	add(IsSeason, 3, "autumn")
	add(IsSeason|IsPlural, 2, "summers")
	add(IsSeason|IsPlural, 4, "winters")
	for w, p := range map[string]int{"morning": Morning, "afternoon": Afternoon, "evening": Evening, "night": Night, "midday": Midday, "lunchtime": Midday, "dawn": Morning, "dusk": Evening, "overnight": Night, "tonight": Night, "nightfall": Evening, "daybreak": Morning} {
		add(IsPart, p, w)
	}
	add(IsPart|IsPlural, Morning, "mornings")
	add(IsPart|IsPlural, Evening, "evenings")
	add(IsPart|IsPlural, Afternoon, "afternoons")
	add(IsPart|IsPlural, Night, "nights")
	for w, way := range map[string]Way{"last": Last, "past": Past, "previous": Previous, "preceding": Previous, "prior": Previous, "next": Next, "coming": Coming, "upcoming": Coming, "following": Following, "subsequent": Following,
		"this": This, "current": This, "that": That, "same": Same, "corresponding": Same, "comparable": Same, "equivalent": Same, "latest": Latest} {
		e := v[w]
		e.Is |= IsWay
		e.Way = way
		v[w] = e
	}
	add(IsOrdinal, -1, "last")
	add(IsDeictic, 0, "today", "yesterday", "tomorrow", "tonight")
	add(IsEdge, 0, "early", "late", "mid", "later", "earlier", "sometime", "midway")
	add(IsEdgeNoun, 0, "beginning", "start", "end", "middle", "close", "turn", "rest", "remainder", "outset", "eve", "half", "part", "onset", "bulk", "height")
	add(IsAbout, 0, "about", "around", "nearly", "almost", "approximately", "roughly", "over", "under", "more", "less", "fewer", "at", "up", "barely", "only", "just", "well", "circa", "exactly", "some")
	add(IsDeterminer, 0, "the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "these", "those")
	add(IsFill, 0, "straight", "consecutive", "full", "whole", "more", "additional", "extra", "further", "long", "solid", "successive", "entire", "calendar", "trading", "working", "business", "school", "fiscal", "financial", "short", "other", "academic", "turbulent", "tumultuous", "difficult", "crucial", "critical", "busy", "wasted")
	for w, u := range map[string]calendar.Unit{"daily": calendar.DayUnit, "weekly": calendar.Week, "monthly": calendar.Month, "quarterly": calendar.Quarter, "yearly": calendar.Year, "annual": calendar.Year, "annually": calendar.Year, "hourly": calendar.Hour, "nightly": calendar.DayUnit, "biweekly": calendar.Fortnight, "fortnightly": calendar.Fortnight, "biannual": calendar.Half, "biennial": calendar.Year} {
		e := v[w]
		e.Is |= IsSet
		e.Unit = u
		v[w] = e
	}
	add(IsOther, 0, "every", "each", "once", "twice", "per")
	for w, r := range map[string]string{
		"now": Present, "currently": Present, "nowadays": Present, "presently": Present,
		"recent": PastRef, "recently": PastRef, "previously": PastRef, "formerly": PastRef, "lately": PastRef,
		"soon": FutureRef, "shortly": FutureRef, "someday": FutureRef,
	} {
		e := v[w]
		e.Is |= IsRef
		e.Ref = r
		v[w] = e
	}
	e := v["current"]
	e.Is |= IsRef
	e.Ref = Present
	v["current"] = e
	add(IsOther, 0, "present", "moment", "future", "term", "time", "times", "period", "history", "being", "point", "near", "long", "run", "right", "present", "date", "anniversary", "centenary", "ago", "back", "after", "before", "later", "earlier", "hence", "old", "age", "aged", "fy", "q", "h", "ad", "bc", "bce", "ce", "am", "pm", "noon", "midnight", "o", "clock", "half", "past", "single", "late", "then", "weekdays", "weeknights", "weeklong", "daylong", "monthlong", "yearlong", "decadelong", "hourlong", "quarter", "and", "or", "to", "through", "thru", "of", "in", "on", "row", "from", "until", "till", "since", "by", "during", "between", "s", "d", "th", "st", "nd", "rd", "local", "eastern", "central", "pacific", "mountain", "standard", "daylight", "summer", "moscow", "time", "year", "christmas", "new", "eve", "as", "for", "than", "within", "into", "throughout")
	add(IsClockWord, 0, "noon", "midnight", "midday")
	add(IsPreposition, 0, "in", "on", "of", "by", "since", "until", "till", "from", "through", "during", "last", "next", "this", "early", "late", "mid", "before", "after", "between", "for", "to", "around", "about", "throughout", "each", "every", "at", "over", "within", "and", "or", "starting", "ending", "beginning", "effective")
	for w := range Holidays {
		add(IsHoliday, 0, w)
	}
	for w := range Happenings {
		add(IsEvent, 0, w)
	}
	add(IsAnchor, 0, "on", "after", "before", "during", "since", "at", "following", "until", "ahead", "prior", "amid", "till", "throughout", "in")
	return v
}

// Holidays are the first words of the holidays, and what may follow each: the longest that
// fits the text is taken.
var Holidays = map[string][]HolidayName{
	"new":           {{"year ' s eve", calendar.NewYearsEve}, {"year ' s day", calendar.NewYearsDay}, {"years eve", calendar.NewYearsEve}, {"years day", calendar.NewYearsDay}, {"year ' s", calendar.NewYearsDay}, {"year", calendar.NewYearsDay}},
	"christmas":     {{"eve", calendar.ChristmasEve}, {"day", calendar.Christmas}, {"", calendar.Christmas}},
	"boxing":        {{"day", calendar.BoxingDay}},
	"halloween":     {{"", calendar.Halloween}},
	"valentine":     {{"' s day", calendar.ValentinesDay}},
	"st":            {{". patrick ' s day", calendar.StPatricksDay}, {"patrick ' s day", calendar.StPatricksDay}},
	"may":           {{"day", calendar.MayDay}},
	"international": {{"women ' s day", calendar.WomensDay}},
	"juneteenth":    {{"", calendar.Juneteenth}},
	"independence":  {{"day", calendar.IndependenceDay}},
	"veterans":      {{"day", calendar.VeteransDay}, {"' day", calendar.VeteransDay}},
	"armistice":     {{"day", calendar.ArmisticeDay}},
	"bastille":      {{"day", calendar.BastilleDay}},
	"canada":        {{"day", calendar.CanadaDay}},
	"australia":     {{"day", calendar.AustraliaDay}},
	"anzac":         {{"day", calendar.AnzacDay}},
	"waitangi":      {{"day", calendar.WaitangiDay}},
	"groundhog":     {{"day", calendar.GroundhogDay}},
	"earth":         {{"day", calendar.EarthDay}},
	"thanksgiving":  {{"day", calendar.Thanksgiving}, {"", calendar.Thanksgiving}},
	"black":         {{"friday", calendar.BlackFriday}},
	"cyber":         {{"monday", calendar.CyberMonday}},
	"labor":         {{"day", calendar.LaborDay}},
	"memorial":      {{"day", calendar.MemorialDay}},
	"martin":        {{"luther king day", calendar.MartinLutherKingDay}, {"luther king jr . day", calendar.MartinLutherKingDay}},
	"presidents":    {{"day", calendar.PresidentsDay}, {"' day", calendar.PresidentsDay}},
	"columbus":      {{"day", calendar.ColumbusDay}},
	"election":      {{"day", calendar.ElectionDay}},
	"inauguration":  {{"day", calendar.InaugurationDay}},
	"super":         {{"tuesday", calendar.SuperTuesday}},
	"easter":        {{"monday", calendar.EasterMonday}, {"sunday", calendar.Easter}, {"", calendar.Easter}},
	"good":          {{"friday", calendar.GoodFriday}},
	"palm":          {{"sunday", calendar.PalmSunday}},
	"ash":           {{"wednesday", calendar.AshWednesday}},
	"mardi":         {{"gras", calendar.MardiGras}},
	"pentecost":     {{"", calendar.Pentecost}, {"sunday", calendar.Pentecost}},
	"ascension":     {{"day", calendar.Ascension}},
	"fourth":        {{"of july", calendar.IndependenceDay}},
	"d":             {{"- day", calendar.DDay}},
}

type HolidayName struct {
	Rest string // the tokens after the first, parted by blanks
	Day  calendar.Holiday
}

// Happenings are happenings that news dates other things by.
var Happenings = map[string]bool{
	"call": true, "calls": true, "summit": true, "meeting": true, "meetings": true, "talks": true, "conference": true, "conversation": true,
	"visit": true, "trip": true, "speech": true, "address": true, "interview": true, "ceremony": true, "election": true, "elections": true,
	"vote": true, "referendum": true, "invasion": true, "attack": true, "attacks": true, "war": true, "hearing": true, "trial": true,
	"debate": true, "rally": true, "inauguration": true, "ceasefire": true, "briefing": true, "dinner": true, "lunch": true, "session": true,
	"discussion": true, "discussions": true, "negotiations": true, "encounter": true, "strike": true, "strikes": true, "announcement": true,
	"ruling": true, "verdict": true, "crash": true, "earthquake": true, "storm": true, "shooting": true, "launch": true, "march": true,
	"protest": true, "protests": true, "raid": true, "coup": true, "funeral": true, "match": true, "game": true, "games": true, "festival": true,
	"convention": true, "campaign": true, "pandemic": true, "deal": true, "agreement": true, "deadline": true,
}
