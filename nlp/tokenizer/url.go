package tokenizer

import "strings"

// isURL tells whether s as a whole is a web or mail address: scheme and user may stand before
// the host, port and path after it (docs/nlp.md, section 4.5). s has no blanks.
func (t *Tokenizer) isURL(s string) bool {
	if strings.IndexByte(s, '.') < 0 {
		return false
	}
	if t.isHost(s) {
		return true
	}
	if scheme := strings.Index(s, "://"); scheme >= 0 && t.isScheme(s[:scheme]) && t.isHost(s[scheme+3:]) {
		return true
	}
	// A user is anything that ends in "@": the host may follow any of them but the first character.
	for at := strings.IndexByte(s, '@'); at >= 0; {
		if at > 0 && t.isHost(s[at+1:]) {
			return true
		}
		next := strings.IndexByte(s[at+1:], '@')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return false
}

// isScheme tells whether s is two or more of Python's \w, "+", "-" and ".".
func (t *Tokenizer) isScheme(s string) bool {
	count := 0
	for _, r := range s {
		if !t.classes.is(r, word) && r != '+' && r != '-' && r != '.' {
			return false
		}
		count++
	}
	return count >= 2
}

// isHost tells whether s is an IPv4 address or a name of labels, then perhaps port and path.
func (t *Tokenizer) isHost(s string) bool {
	if t.isIPv4(s) {
		return true
	}
	labels := 0
	for {
		n, dot := t.label(s)
		if !dot {
			break
		}
		if n == 0 {
			return false
		}
		labels++
		s = s[n+1:]
	}
	if labels == 0 {
		return false
	}
	letters, at := 0, 0
	for _, r := range s {
		if !t.classes.is(r, lower) {
			break
		}
		letters++
		at += runeLen(r)
	}
	return letters >= 2 && letters <= 63 && t.isTail(s[at:])
}

// label measures the label s starts with. dot tells whether a full stop ends it; if so, n is its
// size, or 0 if it is none: 1 to 64 letters or digits, "-" and "_" only inside.
func (t *Tokenizer) label(s string) (n int, dot bool) {
	count := 0
	joint := false // the last character was "-" or "_"
	valid := true
	for i, r := range s {
		switch {
		case r == '.':
			if count == 0 || count > 64 || joint {
				valid = false
			}
			if !valid {
				return 0, true
			}
			return i, true
		case r == '-' || r == '_':
			valid = valid && count > 0
			joint = true
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || digit(r) || 0xa1 <= r && r <= 0xffff:
			joint = false
		default:
			return 0, false
		}
		count++
	}
	return 0, false
}

// isTail tells whether s is nothing, or a port of 2 to 5 digits, or a path, or both.
func (t *Tokenizer) isTail(s string) bool {
	if s != "" && s[0] == ':' {
		s = s[1:]
		n := t.digits(s, 6)
		if n < 2 || n > 5 {
			return false
		}
		s = s[t.digitsLen(s, n):]
	}
	return s == "" || s[0] == '/' || s[0] == '?' || s[0] == '#'
}

// digits counts the digits s starts with, up to limit.
func (t *Tokenizer) digits(s string, limit int) int {
	n := 0
	for _, r := range s {
		if n == limit || !t.classes.is(r, decimal) {
			break
		}
		n++
	}
	return n
}

// digitsLen is the size in bytes of the first n characters.
func (t *Tokenizer) digitsLen(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

func runeLen(r rune) int { return len(string(r)) }

// isIPv4 tells whether s starts with an address of four numbers that is neither private nor of
// the machine itself, then perhaps port and path. Digits may be of any script where the
// expression says \d.
func (t *Tokenizer) isIPv4(s string) bool {
	var octet [4][]rune
	for i := range octet {
		n := t.digits(s, 4)
		size := t.digitsLen(s, n)
		if n == 0 || n > 3 {
			return false
		}
		octet[i] = []rune(s[:size])
		s = s[size:]
		if i < 3 {
			if s == "" || s[0] != '.' {
				return false
			}
			s = s[1:]
		}
	}
	a, b := string(octet[0]), string(octet[1])
	private := a == "10" || a == "127" || a == "169" && b == "254" || a == "192" && b == "168" ||
		a == "172" && len(octet[1]) == 2 && (octet[1][0] == '1' && '6' <= octet[1][1] && octet[1][1] <= '9' || octet[1][0] == '2' || b == "30" || b == "31")
	return !private && outer(octet[0], '2', '3') && inner(octet[1]) && inner(octet[2]) && outer(octet[3], '5', '4') && t.isTail(s)
}

// outer is the first or last number: 1 to 2xy, where x and y bound its last digits.
func outer(o []rune, x, y rune) bool {
	switch {
	case o[0] < '1' || o[0] > '9':
		return false
	case len(o) < 3:
		return true
	case o[0] == '1':
		return true
	case o[0] != '2':
		return false
	}
	return '0' <= o[1] && o[1] < x || o[1] == x && '0' <= o[2] && o[2] <= y
}

// inner is the second or third number: 0 to 255, leading zeros allowed.
func inner(o []rune) bool {
	if len(o) < 3 || o[0] == '1' {
		return true
	}
	return o[0] == '2' && ('0' <= o[1] && o[1] <= '4' || o[1] == '5' && '0' <= o[2] && o[2] <= '5')
}
