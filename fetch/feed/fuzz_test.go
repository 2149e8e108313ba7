package feed

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/fetch/feed/fragment"
)

func FuzzParse(f *testing.F) {
	f.Add(newsFeed(2), "text/xml", "https://courier.example/feed")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a<b>c</b></div></title><link href="x"/></entry></feed>`), "", "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"content_html":"<p>x"}]}`), "", "")
	f.Add([]byte(`<!DOCTYPE x [<!ENTITY a "b">]><rss><channel><item><title>&a;&b</title></channel>`), "", "")
	f.Fuzz(func(t *testing.T, body []byte, contentType, at string) {
		got, err := Parse(body, Origin{URL: at, ContentType: contentType})
		if err != nil {
			return
		}
		if got.Served < len(got.Items) || len(got.Items) > MaxItems {
			t.Fatalf("%d items of %d", len(got.Items), got.Served)
		}
		for _, i := range got.Items {
			for _, s := range []string{i.ID, i.Link, i.Title.Value, i.Summary.Value, i.Author} {
				if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
					t.Fatalf("%q", s)
				}
			}
		}
	})
}

func FuzzClean(f *testing.F) {
	f.Add(`<a href="javascript:alert(1)">x</a><svg><script>y</script>`, "https://a.example/", true)
	f.Add(`<<b>script>alert(1)<</b>/script><img src=x onerror=alert(1)//`, "", false)
	f.Fuzz(func(t *testing.T, src, base string, xhtml bool) {
		once := fragment.Clean(src, base, xhtml)
		lower := strings.ToLower(once)
		for _, bad := range []string{"<script", "<style", "<iframe", "<object", "<embed", "<!--", "<?", "<!"} {
			if strings.Contains(lower, bad) {
				t.Fatalf("%q became %q", src, once)
			}
		}
		for rest := lower; ; { // no handler in a tag
			i := strings.IndexByte(rest, '<')
			if i < 0 {
				break
			}
			end := strings.IndexByte(rest[i:], '>')
			if end < 0 {
				t.Fatalf("%q became %q: a tag without an end", src, once)
			}
			rest = rest[i+end+1:]
		}
		if again := fragment.Clean(once, base, false); len(again) > 2*len(once)+8 {
			t.Fatalf("%q grows to %q", once, again)
		}
	})
}
