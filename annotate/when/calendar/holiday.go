package calendar

// A Holiday names a day that recurs each year by a rule.
type Holiday int

// The holidays that can be computed. Those of one country bear the name news of that country
// gives them; where two countries use one name for two days ("Victory Day", "Mother's Day",
// "Labour Day") the name is left out, as the text alone does not tell which is meant.
const (
	NoHoliday Holiday = iota
	NewYearsDay
	NewYearsEve
	Christmas
	ChristmasEve
	BoxingDay
	Halloween
	ValentinesDay
	StPatricksDay
	Epiphany
	MayDay
	WomensDay
	Juneteenth
	IndependenceDay // of the United States
	VeteransDay
	ArmisticeDay
	BastilleDay
	CanadaDay
	AustraliaDay
	AnzacDay
	WaitangiDay
	GroundhogDay
	EarthDay
	DDay
	Thanksgiving
	BlackFriday
	CyberMonday
	LaborDay
	MemorialDay
	MartinLutherKingDay
	PresidentsDay
	ColumbusDay
	ElectionDay
	InaugurationDay
	SuperTuesday
	Easter
	EasterMonday
	GoodFriday
	PalmSunday
	AshWednesday
	MardiGras
	Pentecost
	Ascension
)

var fixed = map[Holiday][2]int{
	NewYearsDay: {1, 1}, NewYearsEve: {12, 31}, Christmas: {12, 25}, ChristmasEve: {12, 24}, BoxingDay: {12, 26},
	Halloween: {10, 31}, ValentinesDay: {2, 14}, StPatricksDay: {3, 17}, Epiphany: {1, 6}, MayDay: {5, 1},
	WomensDay: {3, 8}, Juneteenth: {6, 19}, IndependenceDay: {7, 4}, VeteransDay: {11, 11}, ArmisticeDay: {11, 11},
	BastilleDay: {7, 14}, CanadaDay: {7, 1}, AustraliaDay: {1, 26}, AnzacDay: {4, 25}, WaitangiDay: {2, 6},
	GroundhogDay: {2, 2}, EarthDay: {4, 22}, DDay: {6, 6},
}

// the offsets of movable feasts from Easter Sunday.
var fromEaster = map[Holiday]int{
	Easter: 0, EasterMonday: 1, GoodFriday: -2, PalmSunday: -7, AshWednesday: -46, MardiGras: -47, Pentecost: 49, Ascension: 39,
}

// In is the holiday's day in year y; ok is false where the year has none (there is no Election
// Day of the United States in odd years).
func (h Holiday) In(y int) (d Day, ok bool) {
	if md, ok := fixed[h]; ok {
		return Date(y, md[0], md[1]), true
	}
	if n, ok := fromEaster[h]; ok {
		return EasterSunday(y) + Day(n), true
	}
	switch h {
	case Thanksgiving:
		return NthWeekday(y, 11, 4, 4), true
	case BlackFriday:
		return NthWeekday(y, 11, 4, 4) + 1, true
	case CyberMonday:
		return NthWeekday(y, 11, 4, 4) + 4, true
	case LaborDay:
		return NthWeekday(y, 9, 1, 1), true
	case MemorialDay:
		return NthWeekday(y, 6, 1, 1) - 7, true
	case MartinLutherKingDay:
		return NthWeekday(y, 1, 1, 3), true
	case PresidentsDay:
		return NthWeekday(y, 2, 1, 3), true
	case ColumbusDay:
		return NthWeekday(y, 10, 1, 2), true
	case ElectionDay:
		return NthWeekday(y, 11, 1, 1) + 1, y%2 == 0
	case SuperTuesday:
		return NthWeekday(y, 3, 2, 1), y%4 == 0
	case InaugurationDay:
		return Date(y, 1, 20), y%4 == 1
	}
	return 0, false
}

// NthWeekday is the nth weekday w (1 is Monday) of a month.
func NthWeekday(y, m, w, n int) Day {
	first := Date(y, m, 1)
	return first + Day((w-first.Weekday()+7)%7+7*(n-1))
}

// EasterSunday is Easter of the western churches in year y.
// Source: the anonymous Gregorian algorithm, Nature, 20 April 1876, as given by J. Meeus,
// Astronomical Algorithms (1991), chapter 8.
func EasterSunday(y int) Day {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return Date(y, n/31, n%31+1)
}
