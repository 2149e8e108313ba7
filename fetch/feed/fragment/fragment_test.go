package fragment

import "testing"

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"plain text", "  It sails.  ", "It sails."},
		{"what is allowed stays", `<p class="x">It <em>sails</em> &amp; sinks.</p>`, `<p class="x">It <em>sails</em> &amp; sinks.</p>`},
		{"a script goes with what is in it", `a<script>alert("<b>")</script>b`, "ab"},
		{"other tags go alone", `<blink>a</blink><iframe src="x">b</iframe>`, "ab"},
		{"handlers go", `<img src="/x.png" onerror="alert(1)">`, `<img src="https://courier.example/x.png" />`},
		{"a tag must not grow from what is left out", `<<blink>script>alert(1)<</blink>/script>`, "&lt;script>alert(1)&lt;/script>"},
		{"javascript", `<a href="javascript:alert(1)">a</a>`, `<a href="">a</a>`},
		{"javascript behind references", `<a href="java&#115;cript&colon;alert(1)">a</a>`, `<a href="">a</a>`},
		{"javascript with controls", "<a href=\" java\tscript:alert(1)\">a</a>", `<a href="">a</a>`},
		{"data", `<img src="data:text/html,x">`, `<img src="" />`},
		{"SVG that changes others", `<svg xmlns="http://www.w3.org/2000/svg"><a><set attributeName="href" to="javascript:alert(1)"/><circle r="5"/></a></svg>`, `<svg xmlns="http://www.w3.org/2000/svg"><a><circle r="5"></a></svg>`},
		{"comments go", `a<!-- <b> -->c`, "ac"},
		{"one without an end takes the rest", `a<!-- b`, "a"},
		{"bare ampersands", `AT&T & &bogus; &eacute;`, `AT&amp;T &amp; &amp;bogus; &eacute;`},
		{"harmless style", `<p style="color: red; background: url(javascript:x); position: fixed">a</p>`, `<p style="color: red;">a</p>`},
		{"a style that cannot be understood", `<p style="x: expression(alert(1))">a</p>`, `<p>a</p>`},
		{"attributes without quotes", `<a href=/x title=y>a</a>`, `<a href="https://courier.example/x" title="y">a</a>`},
		{"an attribute that would end its quotes", `<a title='x" onclick="alert(1)'>a</a>`, `<a title="x&quot; onclick=&quot;alert(1)">a</a>`},
		{"a tag that is cut off", `a<b title="c`, `a<b title="c">`},
	} {
		if got := Clean(c.src, "https://courier.example/news/", false); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestResolve(t *testing.T) {
	// RFC 3986, section 5.4.1 and parts of 5.4.2.
	const base = "http://a/b/c/d;p?q"
	for ref, want := range map[string]string{
		"g:h": "g:h", "g": "http://a/b/c/g", "./g": "http://a/b/c/g", "g/": "http://a/b/c/g/", "/g": "http://a/g", "//g": "http://g",
		"?y": "http://a/b/c/d;p?y", "g?y": "http://a/b/c/g?y", "#s": "http://a/b/c/d;p?q#s", "g#s": "http://a/b/c/g#s", ";x": "http://a/b/c/;x",
		"": "http://a/b/c/d;p?q", ".": "http://a/b/c/", "./": "http://a/b/c/", "..": "http://a/b/", "../": "http://a/b/", "../g": "http://a/b/g",
		"../..": "http://a/", "../../g": "http://a/g", "../../../g": "http://a/g", "/./g": "http://a/g", "/../g": "http://a/g", "g.": "http://a/b/c/g.",
		"./g/.": "http://a/b/c/g/", "g;x=1/../y": "http://a/b/c/y", "http:///x.example/y": "http://x.example/y", "Ärger?ü": "http://a/b/c/Ärger?ü",
	} {
		if got := Resolve(base, ref); got != want {
			t.Errorf("%q is %q, want %q", ref, got, want)
		}
	}
	if got := Resolve("mailto:x@example.org", "y"); got != "y" {
		t.Errorf("a base without a hierarchy: %q", got)
	}
}

func TestPlain(t *testing.T) {
	if got := Plain("<p>It <b>sa</b>ils.</p>\n<p>AT&amp;T &eacute;</p><br />x"); got != "It sails. AT&T é x" {
		t.Errorf("%q", got)
	}
}
