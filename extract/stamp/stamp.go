// Package stamp reads dates as pages print them, for people and for machines, in many languages.
package stamp

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/text"
)

// A Stamp is a date as printed, with the time and zone where they are printed too.
type Stamp struct {
	Year, Month, Day     int
	Hour, Minute, Second int
	HasTime, HasZone     bool
	Offset               int  // minutes east of UTC
	Doubtful             bool // day and month may be the other way round
}

// Local is the stamp in ISO 8601, its zone kept.
func (s Stamp) Local() string {
	day := fmt.Sprintf("%04d-%02d-%02d", s.Year, s.Month, s.Day)
	if !s.HasTime {
		return day
	}
	out := fmt.Sprintf("%sT%02d:%02d", day, s.Hour, s.Minute)
	if s.Second != 0 {
		out += fmt.Sprintf(":%02d", s.Second)
	}
	if s.HasZone {
		if s.Offset == 0 {
			return out + "Z"
		}
		sign, o := '+', s.Offset
		if o < 0 {
			sign, o = '-', -o
		}
		out += fmt.Sprintf("%c%02d:%02d", sign, o/60, o%60)
	}
	return out
}

// When is the instant where a zone is printed, else the civil day.
func (s Stamp) When() news.Interval {
	if s.HasTime && s.HasZone {
		zone := time.FixedZone("", s.Offset*60)
		return news.At(news.Instant(time.Date(s.Year, time.Month(s.Month), s.Day, s.Hour, s.Minute, s.Second, 0, zone)))
	}
	return news.At(news.Day(s.Year, time.Month(s.Month), s.Day))
}

// valid reports whether the day exists, in the years that news pages have been about: the web
// begins in 1990 and nothing is published past next year's end of the newest clock we know of.
func (s Stamp) valid() bool {
	if s.Year < 1990 || s.Year > 2099 || s.Month < 1 || s.Month > 12 || s.Day < 1 {
		return false
	}
	return s.Day <= time.Date(s.Year, time.Month(s.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// A Found is a date in running text.
type Found struct {
	Stamp
	Span text.Span
}

// Parse reads a machine's date: ISO 8601 in all its kinds, RFC 5322, seconds since 1970,
// or the first date that a reader would see in s.
func Parse(s string, monthFirst bool) (Stamp, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 200 {
		s = s[:200]
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		switch {
		case len(s) == 8:
			st := Stamp{Year: int(n / 10000), Month: int(n / 100 % 100), Day: int(n % 100)}
			return st, st.valid()
		case len(s) == 14:
			st := Stamp{Year: int(n / 1e10), Month: int(n / 1e8 % 100), Day: int(n / 1e6 % 100), Hour: int(n / 1e4 % 100), Minute: int(n / 100 % 100), Second: int(n % 100), HasTime: true}
			return st, st.valid()
		case len(s) == 10 || len(s) == 13:
			if len(s) == 13 {
				n /= 1000
			}
			t := time.Unix(n, 0).UTC()
			st := Stamp{Year: t.Year(), Month: int(t.Month()), Day: t.Day(), Hour: t.Hour(), Minute: t.Minute(), Second: t.Second(), HasTime: true, HasZone: true}
			return st, st.valid()
		}
		return Stamp{}, false
	}
	found := Find(s, monthFirst, 1)
	if len(found) == 0 {
		return Stamp{}, false
	}
	return found[0].Stamp, true
}

type token struct {
	num    int // -1 for a word
	digits int
	word   string
	span   text.Span
}

// Find finds dates in s, at most limit of them: "19 November 2031", "Nov. 19, 2031",
// "19.11.2031", "2031-11-19T10:00+02:00", "19 de noviembre de 2031", "2031年11月19日".
// monthFirst says how "3/4/2031" is read.
func Find(s string, monthFirst bool, limit int) []Found {
	toks := tokens(s)
	var out []Found
	for i := 0; i < len(toks) && len(out) < limit; i++ {
		st, n := dateAt(s, toks, i, monthFirst)
		if n == 0 || !st.valid() {
			continue
		}
		end := toks[i+n-1].span.End
		used := n
		if more := clockAt(s, toks, i+n, &st); more > 0 {
			used += more
			end = toks[i+used-1].span.End
		}
		if !st.HasTime && i >= 2 {
			// "10:30 - 19.11.2031"
			before := Stamp{}
			for k := max(0, i-5); k < i; k++ {
				if n := clockAt(s, toks, k, &before); n > 0 && k+n <= i && toks[i].span.Start-toks[k+n-1].span.End <= 5 && !strings.Contains(s[toks[k].span.Start:toks[i].span.Start], "\n") {
					st.Hour, st.Minute, st.HasTime = before.Hour, before.Minute, true
					st.HasZone, st.Offset = before.HasZone, before.Offset
					break
				}
			}
		}
		out = append(out, Found{st, text.Span{Start: toks[i].span.Start, End: end}})
		i += used - 1
	}
	return out
}

func tokens(s string) []token {
	var out []token
	for i := 0; i < len(s) && len(out) < 4000; {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case digit(r) >= 0:
			start, v, d := i, 0, 0
			for i < len(s) {
				r, n := utf8.DecodeRuneInString(s[i:])
				if digit(r) < 0 {
					break
				}
				if d < 9 {
					v = v*10 + digit(r)
				}
				d++
				i += n
			}
			out = append(out, token{v, d, "", text.Span{Start: start, End: i}})
		case unicode.IsLetter(r):
			start := i
			for i < len(s) {
				r, n := utf8.DecodeRuneInString(s[i:])
				if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\u200c' {
					break
				}
				i += n
				if r == '年' || r == '月' || r == '日' || r == '년' || r == '월' || r == '일' {
					break
				}
			}
			out = append(out, token{-1, 0, strings.ToLower(s[start:i]), text.Span{Start: start, End: i}})
		default:
			i += n
		}
	}
	return out
}

// digit is the value of a decimal digit, Western, Arabic, Persian, Devanagari or Bengali; -1 for others.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= 0x660 && r <= 0x669:
		return int(r - 0x660)
	case r >= 0x6f0 && r <= 0x6f9:
		return int(r - 0x6f0)
	case r >= 0x966 && r <= 0x96f:
		return int(r - 0x966)
	case r >= 0x9e6 && r <= 0x9ef:
		return int(r - 0x9e6)
	}
	return -1
}

// dateAt reads a date that begins at token i and says how many tokens it takes, 0 if there is none.
func dateAt(s string, t []token, i int, monthFirst bool) (Stamp, int) {
	gap := func(k int) string {
		if k+1 >= len(t) {
			return "\x00"
		}
		return s[t[k].span.End:t[k+1].span.Start]
	}
	num := func(k int) int {
		if k >= len(t) {
			return -1
		}
		return t[k].num
	}
	a := t[i]
	if a.num >= 0 && i > 0 && t[i-1].num >= 0 && len(gap(i-1)) == 1 && strings.ContainsAny(gap(i-1), "-/.:,") {
		return Stamp{}, 0 // the middle of a longer number
	}
	switch {
	case a.digits == 4 && a.num >= 1990:
		// 2031-11-19, 2031/11/19, 2031.11.19, 2031年11月19日, 2031. 11. 19
		if num(i+1) > 0 && num(i+2) > 0 && t[i+1].digits <= 2 && t[i+2].digits <= 2 {
			if g, h := strings.TrimSpace(gap(i)), strings.TrimSpace(gap(i+1)); g == h && len(g) == 1 && strings.Contains("-/.", g) {
				return Stamp{Year: a.num, Month: num(i + 1), Day: num(i + 2)}, 3
			}
		}
		if i+5 < len(t) && oneOf(t[i+1].word, "年", "년") && oneOf(t[i+3].word, "月", "월") && oneOf(t[i+5].word, "日", "일") {
			return Stamp{Year: a.num, Month: num(i + 2), Day: num(i + 4)}, 6
		}
		// 2031 November 19, 2031. november 19.
		if i+2 < len(t) && month(t[i+1].word) > 0 && num(i+2) > 0 && t[i+2].digits <= 2 && near(gap(i)) && near(gap(i+1)) {
			return Stamp{Year: a.num, Month: month(t[i+1].word), Day: num(i + 2)}, 3
		}
	case a.digits == 8 && a.num >= 19900101 && a.num <= 20991231:
		return Stamp{Year: a.num / 10000, Month: a.num / 100 % 100, Day: a.num % 100}, 1
	case a.digits == 1 || a.digits == 2:
		if a.num == 0 {
			return Stamp{}, 0
		}
		// 19.11.2031, 11/19/2031, 19-11-31
		if num(i+1) > 0 && num(i+2) >= 0 && t[i+1].digits <= 2 && (t[i+2].digits == 4 || t[i+2].digits == 2) {
			g, h := strings.TrimSpace(gap(i)), strings.TrimSpace(gap(i+1))
			if g == h && len(g) == 1 && strings.Contains("-/.|", g) && (t[i+2].digits == 4 || g != "-") {
				year := num(i + 2)
				if t[i+2].digits == 2 {
					year += 2000
					if year > 2040 {
						return Stamp{}, 0
					}
				}
				first, second := a.num, num(i+1)
				st := Stamp{Year: year, Month: second, Day: first}
				switch {
				case second > 12:
					st.Month, st.Day = first, second
				case first <= 12 && g == "/" && monthFirst:
					st.Month, st.Day = first, second
					st.Doubtful = first != second
				case first <= 12:
					st.Doubtful = first != second && g != "."
				}
				return st, 3
			}
		}
		// 19 November 2031, 19. November 2031, 19 de noviembre de 2031, 19-Nov-2031, 19th of November, 2031
		k := i + 1
		for k < len(t) && k < i+4 && filler[t[k].word] {
			k++
		}
		if k < len(t) && near(gap(k-1)) {
			if m := month(t[k].word); m > 0 {
				y := k + 1
				for y < len(t) && y < k+4 && (filler[t[y].word] || month(t[y].word) == m) { // "24 نيسان / أبريل 2020" names it twice
					y++
				}
				if y < len(t) && near(gap(y-1)) {
					if t[y].digits == 4 {
						return Stamp{Year: num(y), Month: m, Day: a.num}, y - i + 1
					}
					if t[y].digits == 2 && num(y) >= 10 && num(y) <= 40 && (gap(y-1) == "-" || strings.ContainsAny(gap(y-1), "'’")) {
						return Stamp{Year: 2000 + num(y), Month: m, Day: a.num}, y - i + 1
					}
				}
			}
		}
	case a.num < 0:
		// "Nov 192031": day and year in boxes of their own, without a blank between them
		if m := month(a.word); m > 0 && i+1 < len(t) && t[i+1].digits == 6 && near(gap(i)) && num(i+1)/10000 > 0 {
			return Stamp{Year: num(i+1) % 10000, Month: m, Day: num(i+1) / 10000}, 2
		}
		// November 19, 2031; Nov. 19th 2031
		if m := month(a.word); m > 0 && i+2 < len(t) && near(gap(i)) && num(i+1) > 0 && t[i+1].digits <= 2 {
			y := i + 2
			for y < len(t) && y < i+4 && filler[t[y].word] {
				y++
			}
			if y < len(t) && t[y].digits == 4 && near(gap(y-1)) {
				return Stamp{Year: num(y), Month: m, Day: num(i + 1)}, y - i + 1
			}
			// "Mon Nov 19 10:00:00 UTC 2031", "Nov 19 at 10:00 am, 2031"
			if near(gap(i + 1)) {
				var st Stamp
				if n := clockAt(s, t, i+2, &st); n > 0 && i+2+n < len(t) && t[i+2+n].digits == 4 {
					st.Year, st.Month, st.Day = num(i+2+n), m, num(i+1)
					return st, n + 3
				}
			}
		}
		if a.word == "tháng" && i > 0 && num(i-1) > 0 && num(i+1) > 0 { // 19 tháng 11, 2031
			y := i + 2
			for y < len(t) && y < i+4 && t[y].num < 0 {
				y++
			}
			if y < len(t) && t[y].digits == 4 {
				return Stamp{Year: num(y), Month: num(i + 1), Day: num(i - 1)}, y - i + 1
			}
		}
	}
	return Stamp{}, 0
}

// near reports whether a gap may stand inside a date.
func near(gap string) bool {
	if len(gap) > 4 {
		return false
	}
	return strings.Trim(gap, " .,-/'’\u00a0\n\t") == ""
}

func oneOf(s string, list ...string) bool {
	for _, x := range list {
		if s == x {
			return true
		}
	}
	return false
}

// filler are words inside dates: ordinal endings and prepositions.
var filler = map[string]bool{"st": true, "nd": true, "rd": true, "th": true, "of": true, "de": true, "del": true, "er": true, "ter": true, "º": true, "d": true,
	"року": true, "ngày": true, "the": true, "i": true, "a": true, "an": true}

// clockAt reads a time of day that begins at or shortly after token i.
func clockAt(s string, t []token, i int, st *Stamp) int {
	start := i
	// "T", "at", "um", "à", "a las", "kl": at most three words stand before the time.
	for i < len(t) && i < start+3 && t[i].num < 0 && (len(t[i].word) <= 4 || t[i].word == "klockan") {
		i++
	}
	if i >= len(t) || t[i].num < 0 || t[i].digits > 2 || t[i].num > 24 {
		return 0
	}
	if i > 0 && t[i].span.Start-t[max(start-1, 0)].span.End > 16 {
		return 0
	}
	h := t[i].num
	m, sec := 0, 0
	n := i + 1
	sep := ""
	if n < len(t) {
		sep = s[t[i].span.End:t[n].span.Start]
	}
	switch {
	case n < len(t) && t[n].digits == 2 && t[n].num < 60 && (sep == ":" || sep == "." || sep == "h"):
		m = t[n].num
		n++
		if n < len(t) && t[n].digits >= 1 && t[n].digits <= 2 && t[n].num < 60 && s[t[n-1].span.End:t[n].span.Start] == ":" {
			sec = t[n].num
			n++
			if n < len(t) && t[n].num >= 0 && s[t[n-1].span.End:t[n].span.Start] == "." {
				n++ // a fraction
			}
		}
	case n < len(t) && t[n].word == "h" && n+1 < len(t) && t[n+1].digits == 2 && t[n+1].num < 60: // 10h30
		m = t[n+1].num
		n += 2
	case n < len(t) && oneOf(t[n].word, "am", "pm", "uhr"):
	default:
		return 0
	}
	if n < len(t) && s[t[n-1].span.End:t[n].span.Start] != "" || n < len(t) {
		switch {
		case oneOf(t[n].word, "pm") || t[n].word == "p" && n+1 < len(t) && t[n+1].word == "m":
			if h < 12 {
				h += 12
			}
			n++
			if t[n-1].word == "p" {
				n++
			}
		case oneOf(t[n].word, "am") || t[n].word == "a" && n+1 < len(t) && t[n+1].word == "m":
			if h == 12 {
				h = 0
			}
			n++
			if t[n-1].word == "a" {
				n++
			}
		}
	}
	if h > 23 {
		return 0
	}
	st.Hour, st.Minute, st.Second, st.HasTime = h, m, sec, true
	// zone
	if n < len(t) {
		gap := s[t[n-1].span.End:t[n].span.Start]
		if t[n].num >= 0 && (t[n].digits == 4 || t[n].digits == 2) && len(gap) > 0 && (strings.HasSuffix(gap, "+") || strings.HasSuffix(gap, "-") || strings.HasSuffix(gap, "−")) && len(gap) <= 4 {
			o := t[n].num * 60
			used := 1
			if t[n].digits == 4 {
				if strings.HasPrefix(gap, " ") && strings.Contains(gap, " -") && t[n].num > 1400 {
					return n - start // "10:00 - 2031"
				}
				o = t[n].num/100*60 + t[n].num%100
			} else if n+1 < len(t) && t[n+1].digits == 2 && s[t[n].span.End:t[n+1].span.Start] == ":" {
				o += t[n+1].num
				used = 2
			} else if gap != "+" && gap != "-" {
				return n - start
			}
			if !strings.HasSuffix(gap, "+") {
				o = -o
			}
			if o >= -12*60 && o <= 14*60 {
				st.HasZone, st.Offset = true, o
				n += used
			}
			return n - start
		}
		if o, ok := zones[t[n].word]; ok && len(gap) <= 2 {
			st.HasZone, st.Offset = true, o*60
			n++
			// "GMT+2", "UTC+05:30"
			if n < len(t) && t[n].num >= 0 && t[n].digits <= 4 {
				g := s[t[n-1].span.End:t[n].span.Start]
				if g == "+" || g == "-" {
					v := t[n].num * 60
					if t[n].digits > 2 {
						v = t[n].num/100*60 + t[n].num%100
					}
					n++
					if n < len(t) && t[n].digits == 2 && s[t[n-1].span.End:t[n].span.Start] == ":" {
						v += t[n].num
						n++
					}
					if g == "-" {
						v = -v
					}
					st.Offset = v
				}
			}
		}
	}
	return n - start
}

// zones are the zone names that mean one offset wherever they are printed, and the American
// ones as news pages use them.
var zones = map[string]int{"z": 0, "utc": 0, "gmt": 0, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3,
	"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "hkt": 8, "sgt": 8}

// Distance is how many days lie between two stamps.
func (s Stamp) Distance(o Stamp) int {
	a := time.Date(s.Year, time.Month(s.Month), s.Day, 0, 0, 0, 0, time.UTC)
	b := time.Date(o.Year, time.Month(o.Month), o.Day, 0, 0, 0, 0, time.UTC)
	return int(a.Sub(b).Abs().Hours() / 24)
}

// Relative reports whether s tells a time by its distance from now: "21 minutes ago".
func Relative(s string) bool {
	_, _, ok := Ago(s)
	return ok
}

// Ago is how long before now a relative time was: "21 minutes ago", "vor 3 Stunden",
// "yesterday". exact tells a count of hours or less from one of days.
func Ago(s string) (ago time.Duration, exact, ok bool) {
	t := tokens(s)
	for i := range t {
		if oneOf(t[i].word, "yesterday", "gestern", "hier", "ayer", "ieri", "ontem", "igår", "wczoraj", "вчера") && onlyTime(t, i) {
			return 24 * time.Hour, false, true
		}
		unit, known := units[t[i].word]
		if !known || t[i].num >= 0 {
			continue
		}
		n := -1
		if i > 0 && t[i-1].num >= 0 {
			n = t[i-1].num
		} else if i > 0 && oneOf(t[i-1].word, "a", "an", "one", "einer", "einem", "una", "une", "un", "uma", "um") {
			n = 1
		}
		if n < 0 || n > 1000 {
			continue
		}
		for k := max(0, i-4); k < min(len(t), i+2); k++ {
			if oneOf(t[k].word, "ago", "vor", "hace", "il", "há", "fa", "geleden", "sedan", "siden", "temu", "назад", "тому", "önce", "lalu", "atrás") {
				return time.Duration(n) * unit, unit < 24*time.Hour, true
			}
		}
	}
	return 0, false, false
}

// onlyTime reports whether beside token i there are a time of day and words that announce one
// at most: "hier" is yesterday in "Publié hier à 9 h 30" and here in "hier mache ich mit".
func onlyTime(t []token, i int) bool {
	for k := range t {
		if k != i && t[k].num < 0 && !announces[t[k].word] {
			return false
		}
	}
	return len(t) <= 8
}

// announces are words around a relative day.
var announces = set("published posted updated on at publié posté mis mise à jour le am um uhr veröffentlicht aktualisiert publicado actualizado a las el h pubblicato aggiornato alle ore pm p m")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// units are what relative times count in.
var units = func() map[string]time.Duration {
	m := map[string]time.Duration{}
	for d, words := range map[time.Duration]string{
		time.Second:        "second seconds sec secs sekunden seconde secondes segundos",
		time.Minute:        "minute minutes min mins minuten minuto minutos minuti minuut minuter minutter minut минут минуты минуту dakika menit",
		time.Hour:          "hour hours hr hrs h stunde stunden heure heures hora horas ora ore uur timmar timer godzin godziny часа часов час saat jam",
		24 * time.Hour:     "day days d tag tagen jour jours día días dia dias giorno giorni dag dagen dagar dage dni дня дней день gün hari",
		7 * 24 * time.Hour: "week weeks w woche wochen semaine semaines semana semanas settimana settimane weken veckor uger minggu",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = d
		}
	}
	return m
}()
