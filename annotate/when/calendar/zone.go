package calendar

import "fmt"

// A zone's offset from UTC in minutes, in winter and in summer, and whose rule moves its clocks.
type zone struct {
	winter, summer int
	rule           string
}

// The zones that English-language news prints, by their letters. Letters that stand for two
// zones at once (IST: India, Israel, Ireland; CST is read as American) are left out or read as
// the news does.
var zones = map[string]zone{
	"UTC": {0, 0, ""}, "GMT": {0, 0, ""}, "Z": {0, 0, ""},
	"ET": {-300, -240, "us"}, "EST": {-300, -300, ""}, "EDT": {-240, -240, ""},
	"CT": {-360, -300, "us"}, "CST": {-360, -360, ""}, "CDT": {-300, -300, ""},
	"MT": {-420, -360, "us"}, "MST": {-420, -420, ""}, "MDT": {-360, -360, ""},
	"PT": {-480, -420, "us"}, "PST": {-480, -480, ""}, "PDT": {-420, -420, ""},
	"BST": {60, 60, ""}, "WET": {0, 0, ""}, "WEST": {60, 60, ""},
	"CET": {60, 60, ""}, "CEST": {120, 120, ""}, "EET": {120, 120, ""}, "EEST": {180, 180, ""},
	"MSK": {180, 180, ""}, "JST": {540, 540, ""}, "KST": {540, 540, ""}, "HKT": {480, 480, ""}, "SGT": {480, 480, ""},
	"AEST": {600, 600, ""}, "AEDT": {660, 660, ""}, "NZST": {720, 720, ""}, "NZDT": {780, 780, ""},
}

// IsZone reports whether name is the abbreviation of a zone, in capitals.
func IsZone(name string) bool { _, ok := zones[name]; return ok }

// Offset is the zone's offset from UTC on day d, in minutes.
func Offset(name string, d Day) (minutes int, ok bool) {
	z, ok := zones[name]
	if !ok {
		return 0, false
	}
	if z.rule == "us" && americanSummer(d) {
		return z.summer, true
	}
	return z.winter, true
}

// americanSummer reports whether clocks in the United States are an hour ahead on day d:
// Energy Policy Act of 2005 since 2007, Public Law 99-359 for the twenty years before.
func americanSummer(d Day) bool {
	y, _, _ := d.Civil()
	if y >= 2007 {
		return NthWeekday(y, 3, 7, 2) <= d && d < NthWeekday(y, 11, 7, 1)
	}
	return NthWeekday(y, 4, 7, 1) <= d && d < NthWeekday(y, 11, 7, 1)-7
}

// OffsetText is the offset as RFC 3339 writes it, "Z" or "-04:00".
func OffsetText(minutes int) string {
	if minutes == 0 {
		return "Z"
	}
	sign := '+'
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	return fmt.Sprintf("%c%02d:%02d", sign, minutes/60, minutes%60)
}
