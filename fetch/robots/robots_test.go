package robots_test

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/fetch/robots"
)

// path is what is sent of an address.
func path(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if u.Path == "" {
		return "/"
	}
	return strings.TrimPrefix(address, u.Scheme+"://"+u.Host)
}

func TestAllowed(t *testing.T) {
	for _, c := range []struct {
		name, robots, path string
		allowed            bool
		line               string
	}{
		{"an empty file allows", "", "/a", true, ""},
		{"no path is the root", "User-agent: *\nDisallow: /", "", false, "Disallow: /"},
		{"the longest rule wins, whatever its place", "User-agent: *\nAllow: /a/b\nDisallow: /a\n", "/a/b/c", true, "Allow: /a/b"},
		{"among equals the allowing one wins", "User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true, "Allow: /a"},
		{"our group alone, where there is one", "User-agent: *\nDisallow: /\nUser-agent: Dateline/2.0\nDisallow: /x\n", "/y", true, ""},
		{"an empty group of ours frees us", "User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow:\n", "/y", true, ""},
		{"groups of one agent are merged", "User-agent: dateline\nDisallow: /a\nUser-agent: o\nDisallow: /\nUser-agent: Dateline\nDisallow: /b", "/b", false, "Disallow: /b"},
		{"a longer name is another's", "User-agent: dateline-images\nDisallow: /\n", "/", true, ""},
		{"old Mac line ends", "User-agent: *\rDisallow: /a\r", "/a", false, "Disallow: /a"},
		{"escapes compare without case", "User-agent: *\nDisallow: /caf%c3%A9", "/caf%C3%a9", false, "Disallow: /caf%C3%A9"},
		{"an escaped slash is no slash", "User-agent: *\nDisallow: /a%2Fb", "/a/b", true, ""},
		{"a dollar inside is a dollar", "User-agent: *\nDisallow: /a$b", "/a$bc", false, "Disallow: /a$b"},
		{"a star before the end", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf/b.pdf", false, "Disallow: /*.pdf$"},
		{"a star takes nothing too", "User-agent: *\nDisallow: /a*b*$", "/ab", false, "Disallow: /a*b*$"},
		{"the end is not met before a piece", "User-agent: *\nDisallow: /ab*ba$", "/aba", true, ""},
		{"crawl-delay ends a list of agents", "User-agent: dateline\nCrawl-delay: 5\nUser-agent: b\nDisallow: /", "/", true, ""},
		{"a sitemap does not", "User-agent: dateline\nSitemap: https://alba.example/s.xml\nUser-agent: b\nDisallow: /", "/", false, "Disallow: /"},
	} {
		allowed, line := robots.Parse([]byte(c.robots), "dateline").Allowed(c.path)
		if allowed != c.allowed || line != c.line {
			t.Errorf("%s: %v by %q", c.name, allowed, line)
		}
	}
}

func TestDelayAndSitemaps(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"5": 5 * time.Second, "0.5": time.Second / 2, "-1": 0, "NaN": 0, "+Inf": 0, "1e300": 365 * 24 * time.Hour, "x": 0, "": 0,
	} {
		if r := robots.Parse([]byte("User-agent: *\nCrawl-delay: "+value), "dateline"); r.Delay != want {
			t.Errorf("delay %q: got %v, want %v", value, r.Delay, want)
		}
	}
	r := robots.Parse([]byte("Sitemap: https://alba.example/a.xml\nUser-agent: b\nDisallow: /\nsitemap:https://alba.example/b.xml\n"), "dateline")
	if got := strings.Join(r.Sitemaps, " "); got != "https://alba.example/a.xml https://alba.example/b.xml" {
		t.Errorf("sitemaps: %s", got)
	}
}

// shared reads a file kept beside the repository, or skips the test where there is none.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(cmp.Or(os.Getenv("DATELINE_SHARED"), filepath.Join("..", "..", "..", "shared")), name))
	if err != nil {
		t.Skipf("SKIPPED %s: %v; set DATELINE_SHARED to the folder that holds it", t.Name(), err)
	}
	return body
}

// longLines are the three test cases whose text Google's test program makes as it runs, which a
// list of literals cannot hold: rules of 2083*8 bytes and more, which are read up to there.
func longLines(test, robotsText string, url *string) string {
	if test != "GoogleOnly_LineTooLong" || !strings.Contains(*url, "/x//") && *url != "http://foo.bar/fux" && *url != "http://foo.bar/" {
		return robotsText
	}
	long := func(key, letter string) string {
		return "/x/" + strings.Repeat(letter, 2083*8-len("/x/")-len(key)+1-len("/x/"))
	}
	key, letter := "disallow: ", "a"
	if strings.Contains(robotsText, "disallow: /") {
		key = "allow: "
	}
	if strings.HasSuffix(*url, "/fux") && key == "allow: " {
		letter = "b"
	}
	line := long(key, letter)
	*url = strings.Replace(*url, "/x/", line, 1)
	robotsText += key + long(key, "a") + "/qux\n"
	if key == "allow: " {
		robotsText += key + long(key, "b") + "/qux\n"
	}
	return robotsText
}

// TestVectors runs the cases of Google's reference parser.
func TestVectors(t *testing.T) {
	lines := bufio.NewScanner(bytes.NewReader(shared(t, "bench/formats/robots-vectors.jsonl")))
	total, right := 0, 0
	for lines.Scan() {
		var v struct {
			Test, Robots, Agent, URL string
			Allowed                  bool
		}
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		total++
		text := longLines(v.Test, v.Robots, &v.URL)
		if allowed, _ := robots.Parse([]byte(text), v.Agent).Allowed(path(t, v.URL)); allowed == v.Allowed {
			right++
		} else {
			t.Errorf("line %d, %s: %s is allowed=%v", total, v.Test, v.URL[:min(60, len(v.URL))], allowed)
		}
	}
	t.Logf("%d of %d", right, total)
	if total != 145 {
		t.Errorf("%d cases, not 145", total)
	}
}

func TestHostile(t *testing.T) {
	read := func(name string) *robots.Rules {
		body := shared(t, "hostile/robots/"+name)
		if strings.HasSuffix(name, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if body, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		return robots.Parse(body, "dateline")
	}
	flag := func(r *robots.Rules) string {
		if len(r.Flags) == 0 {
			return ""
		}
		return r.Flags[0].Name
	}
	for name, want := range map[string]struct {
		refused, allowed, flag string
	}{
		"bom_crlf.txt":         {"/ /a", "", ""},
		"crawl_delay_huge.txt": {"", "/a", ""},
		"groups_merge.txt":     {"/a /b", "/c", ""},
		"html_200.txt":         {"", "/a", "robots-html"},
		"nul_utf16.txt":        {"", "/a", "robots-unreadable"},
		"ok.txt":               {"/private/x", "/private/ok /", ""},
		"over_500kib.txt.gz":   {"", "/a", "robots-cut"},
		"percent_encoding.txt": {"/caf%C3%A9 /a%2Fb", "/a/b", ""},
		"sitemap_private.txt":  {"", "/a", ""},
		"wildcard_redos.txt":   {"", "/b", ""},
	} {
		r := read(name)
		for _, p := range strings.Fields(want.refused) {
			if ok, _ := r.Allowed(p); ok {
				t.Errorf("%s: %s is allowed", name, p)
			}
		}
		for _, p := range strings.Fields(want.allowed) {
			if ok, line := r.Allowed(p); !ok {
				t.Errorf("%s: %s is refused by %q", name, p, line)
			}
		}
		if flag(r) != want.flag {
			t.Errorf("%s: flags %v", name, r.Flags)
		}
	}
	if d := read("crawl_delay_huge.txt").Delay; d != 24*time.Hour {
		t.Errorf("crawl_delay_huge.txt: %v", d)
	}
	if s := read("sitemap_private.txt").Sitemaps; len(s) != 2 {
		t.Errorf("sitemap_private.txt: %v", s)
	}
	redos := read("wildcard_redos.txt")
	deep := "/" + strings.Repeat("a", 2<<10)
	took := time.Hour
	for tries := 0; took > time.Millisecond && tries < 50; tries++ { // the machine may be busy with other things
		began := time.Now()
		redos.Allowed(deep)
		took = min(took, time.Since(began))
	}
	if took > time.Millisecond {
		t.Errorf("wildcard_redos.txt: %v a path", took)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nAllow: /index.html\nCrawl-delay: 3"), "/a/b?c=%c3")
	f.Add([]byte("\xef\xbb\xbfuser agent dateline\r\ndisalow:/\r\nsitemap: x"), "/")
	f.Fuzz(func(t *testing.T, body []byte, p string) {
		r := robots.Parse(body, "dateline")
		allowed, line := r.Allowed(p)
		if !allowed && line == "" {
			t.Error("refused by nothing")
		}
		if r.Delay < 0 || r.Size() > 20*len(body)+400 {
			t.Errorf("delay %v, size %d of %d", r.Delay, r.Size(), len(body))
		}
	})
}
