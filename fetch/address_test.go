package fetch_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"dateline/fetch"
	"dateline/news"
)

func TestParseURL(t *testing.T) {
	const base = "https://alba.example/news/today?x"
	for _, c := range []struct{ name, raw, base, want string }{
		{"as it is", "https://alba.example/a?b=c", "", "https://alba.example/a?b=c"},
		{"blanks and line ends", " https://alba.example/\n a ", "", "https://alba.example/%20a"},
		{"capitals, a default port, a fragment", "HTTPS://Alba.Example:443/A#b", "", "https://alba.example/A"},
		{"back slashes", `https:\\alba.example\a`, "", "https://alba.example/a"},
		{"Unicode", "https://älba.example/ä", "", "https://xn--lba-pla.example/%C3%A4"},
		{"dots", "https://alba.example/a/../b/./c", "", "https://alba.example/b/c"},
		{"escapes are left", "https://alba.example/a%2fb%7E", "", "https://alba.example/a%2fb%7E"},
		{"a number", "http://2130706433/", "", "http://127.0.0.1/"},
		{"hexadecimal", "http://0x7f.1/", "", "http://127.0.0.1/"},
		{"octal", "http://0177.0.0.01/", "", "http://127.0.0.1/"},
		{"wide digits", "http://１２７.０.０.１/", "", "http://127.0.0.1/"},
		{"mapped", "http://[::FFFF:127.0.0.1]/", "", "http://[::ffff:7f00:1]/"},
		{"relative", "../b", base, "https://alba.example/b"},
		{"of the host", "/b", base, "https://alba.example/b"},
		{"of the scheme", "//bela.example/b", base, "https://bela.example/b"},
		{"a query alone", "?y", base, "https://alba.example/news/today?y"},
		{"Latin-1", "/caf\xe9", base, "https://alba.example/caf%E9"},
		{"no scheme", "alba.example/a", "", ""},
		{"no host", "https://", "", ""},
		{"another scheme", "ftp://alba.example/", base, ""},
		{"data", "data:text/html,x", base, ""},
		{"per cent signs", "/a%2%zz%%41%4", base, "https://alba.example/a%252%25zz%25%41%254"},
		{"too long", "/" + strings.Repeat("a", 17<<10), base, ""},
		{"a port that is none", "http://alba.example:99999/", "", ""},
		{"a host that is none", "http://a b/", "", ""},
	} {
		u, err := fetch.ParseURL(c.raw, c.base)
		switch {
		case err != nil && c.want != "":
			t.Errorf("%s: %v", c.name, err)
		case err == nil && u.String() != c.want:
			t.Errorf("%s: %s, want %s", c.name, u, c.want)
		}
	}
}

// TestStandard reads the test addresses of the WHATWG URL standard: those of the web with
// ParseURL, all of them with the library below it.
func TestStandard(t *testing.T) {
	var raw []json.RawMessage
	if err := json.Unmarshal(shared(t, "bench/formats/urltestdata.json"), &raw); err != nil {
		t.Fatal(err)
	}
	all, allRight, web, webRight, canonical := 0, 0, 0, 0, 0
	for _, r := range raw {
		var c struct {
			Input, Href string
			Base        *string
			Failure     bool
		}
		if json.Unmarshal(r, &c) != nil {
			continue // a comment
		}
		all++
		var parsed *whatwg.Url
		var err error
		base := ""
		if c.Base == nil {
			parsed, err = whatwg.Parse(c.Input)
		} else {
			base = *c.Base
			parsed, err = whatwg.ParseRef(base, c.Input)
		}
		if (err != nil) == c.Failure && (c.Failure || parsed.Href(false) == c.Href) {
			allRight++
		}
		ours, err := fetch.ParseURL(c.Input, base)
		if c.Failure || !strings.HasPrefix(c.Href, "http:") && !strings.HasPrefix(c.Href, "https:") {
			// It is none, or not of the web: then it must be refused.
			if web++; err != nil {
				webRight++
			} else {
				t.Logf("accepted: %q on %q as %s", c.Input, base, ours)
			}
			continue
		}
		web++
		want, _, _ := strings.Cut(c.Href, "#")
		if base == "" && err == nil {
			// As it is written, before any parser has seen it, it keeps its meaning too.
			// (What CleanURL cannot read it returns unchanged.)
			clean := news.CleanURL(c.Input)
			if p, err := whatwg.Parse(clean); clean != c.Input && (err != nil || strings.TrimSuffix(p.Href(true), "?") != stripped(t, want)) {
				t.Errorf("CleanURL(%q) = %q: that means %v (%v), not %s", c.Input, clean, p, err, stripped(t, want))
			}
		}
		if err == nil && ours.String() == want {
			webRight++
		} else {
			t.Logf("%q on %q is %v (%v), want %s", c.Input, base, ours, err, want)
		}
		// The canonical form means the same: it is read as the same address, but for what it is
		// there to leave out.
		if clean := news.CleanURL(want); err == nil && clean != stripped(t, want) {
			t.Errorf("CleanURL(%q) = %q, which is not %q", want, clean, stripped(t, want))
		}
		if clean := news.CleanURL(c.Href); news.CleanURL(clean) != clean {
			t.Errorf("CleanURL is not idempotent on %q", c.Href)
		}
		canonical++
	}
	t.Logf("library: %d of %d (%.2f %%); ParseURL: %d of %d (%.2f %%); canonical forms: %d", allRight, all, 100*float64(allRight)/float64(all), webRight, web, 100*float64(webRight)/float64(web), canonical)
	if float64(allRight) < .98*float64(all) || float64(webRight) < .98*float64(web) {
		t.Error("under 98 %")
	}
}

// stripped is an address as the standard reads it, without what CleanURL leaves out.
func stripped(t *testing.T, address string) string {
	t.Helper()
	u, err := whatwg.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.SetUsername("")
	u.SetPassword("")
	u.SetHash("")
	s := u.Href(true)
	return strings.TrimSuffix(s, "?")
}

// TestASCII reads the standard's test names of hosts.
func TestASCII(t *testing.T) {
	var raw []json.RawMessage
	if err := json.Unmarshal(shared(t, "bench/formats/toascii.json"), &raw); err != nil {
		t.Fatal(err)
	}
	all, right := 0, 0
	for _, r := range raw {
		var c struct {
			Input  string
			Output *string
		}
		if json.Unmarshal(r, &c) != nil {
			continue
		}
		all++
		u, err := fetch.ParseURL("https://"+c.Input+"/x", "")
		if (err != nil) == (c.Output == nil) && (err != nil || u.Host == *c.Output) {
			right++
		} else {
			t.Logf("%q is %v", c.Input, u)
		}
	}
	// What is missing are names of code points and labels on which the versions of Unicode differ.
	t.Logf("%d of %d (%.1f %%)", right, all, 100*float64(right)/float64(all))
	if right < 67 {
		t.Error("it were 67")
	}
}

func FuzzParseURL(f *testing.F) {
	f.Add("https://alba.example/a?utm_source=b&c#d", "")
	f.Add(`http:\\0x7f.1/%zz`, "https://alba.example/")
	f.Add("//ä:80/../\xff", "http://bela.example:81/x/y")
	f.Fuzz(func(t *testing.T, raw, base string) {
		u, err := fetch.ParseURL(raw, base)
		if err != nil {
			return
		}
		again, err := fetch.ParseURL(u.String(), "")
		if err != nil || again.String() != u.String() {
			t.Fatalf("%q on %q is %s, read again %v, %v", raw, base, u, again, err)
		}
		if std, err := url.Parse(u.String()); err != nil || std.Host != u.Host || std.Port() != u.Port() {
			t.Fatalf("two readings of %s: %v, %v", u, std, err)
		}
		clean := news.CleanURL(u.String())
		if twice := news.CleanURL(clean); twice != clean {
			t.Fatalf("CleanURL: %s, then %s", clean, twice)
		}
		bare, err := fetch.ParseURL(clean, "")
		if err != nil || bare.Host != u.Host || bare.EscapedPath() != u.EscapedPath() || bare.String() != clean {
			t.Fatalf("CleanURL(%s) = %s, read as %v, %v", u, clean, bare, err)
		}
	})
}
