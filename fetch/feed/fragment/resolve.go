package fragment

import "strings"

// Scheme is the scheme of an address in lower case, "" if it has none.
func Scheme(address string) string {
	for i := range len(address) {
		c := address[i]
		switch {
		case letter(c), i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case c == ':' && i > 0:
			return strings.ToLower(address[:i])
		default:
			return ""
		}
	}
	return ""
}

// Harmless tells whether an address has a scheme that a reader may follow.
func Harmless(address string) bool { return schemes[Scheme(strings.TrimSpace(address))] }

// An address in its parts (RFC 3986, section 3). The parts are as printed, nothing is decoded.
type address struct {
	scheme, authority, path, query, fragment string
	hasAuthority, hasQuery, hasFragment      bool
}

func split(s string) (a address) {
	if scheme := Scheme(s); scheme != "" {
		a.scheme, s = s[:len(scheme)], s[len(scheme)+1:]
	}
	s, a.fragment, a.hasFragment = strings.Cut(s, "#")
	s, a.query, a.hasQuery = strings.Cut(s, "?")
	if strings.HasPrefix(s, "//") {
		a.hasAuthority = true
		s = s[2:]
		end := strings.IndexByte(s, '/')
		if end < 0 {
			end = len(s)
		}
		a.authority, s = s[:end], s[end:]
	}
	a.path = s
	return a
}

func (a address) String() string {
	var b strings.Builder
	if a.scheme != "" {
		b.WriteString(a.scheme + ":")
	}
	if a.hasAuthority {
		b.WriteString("//" + a.authority)
	}
	b.WriteString(a.path)
	if a.hasQuery {
		b.WriteString("?" + a.query)
	}
	if a.hasFragment {
		b.WriteString("#" + a.fragment)
	}
	return b.String()
}

// Resolve is the address that ref names where base is the document's (RFC 3986, section 5.2),
// characters as printed: no escaping is added or taken away. A base whose scheme has no
// hierarchy resolves nothing.
func Resolve(base, ref string) string {
	ref = strings.TrimSpace(ref)
	r := split(ref)
	if r.scheme != "" && r.hasAuthority && r.authority == "" && strings.HasPrefix(r.path, "/") && r.scheme != "file" {
		r.authority, r.path, _ = strings.Cut(strings.TrimLeft(r.path, "/"), "/") // http:///host/path
		r.path = "/" + r.path
		return r.String()
	}
	b := split(strings.TrimSpace(base))
	if r.scheme != "" || b.scheme == "" && !b.hasAuthority && b.path == "" || b.scheme != "" && !b.hasAuthority {
		return ref
	}
	r.scheme = b.scheme
	if r.hasAuthority {
		return r.String()
	}
	r.authority, r.hasAuthority = b.authority, b.hasAuthority
	switch {
	case r.path == "":
		r.path = b.path
		if !r.hasQuery {
			r.query, r.hasQuery = b.query, b.hasQuery
		}
	case r.path[0] == '/':
		r.path = withoutDots(r.path)
	default:
		r.path = withoutDots(b.path[:strings.LastIndexByte(b.path, '/')+1] + r.path)
		if r.hasAuthority && !strings.HasPrefix(r.path, "/") {
			r.path = "/" + r.path
		}
	}
	return r.String()
}

// withoutDots is a path without its "." and ".." (RFC 3986, section 5.2.4).
func withoutDots(path string) string {
	if !strings.Contains(path, "./") && !strings.HasSuffix(path, "/.") && !strings.HasSuffix(path, "/..") {
		return path
	}
	steps := strings.Split(path, "/")
	kept := steps[:0]
	for i, step := range steps {
		last := i == len(steps)-1
		switch step {
		case ".":
		case "..":
			if len(kept) > 1 {
				kept = kept[:len(kept)-1]
			}
		default:
			kept = append(kept, step)
			continue
		}
		if last {
			kept = append(kept, "")
		}
	}
	return strings.Join(kept, "/")
}
