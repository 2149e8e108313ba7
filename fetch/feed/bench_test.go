package feed

import (
	"fmt"
	"strings"
	"testing"
)

// newsFeed is an invented feed of n items as outlets serve them: a summary, the whole text as
// HTML in CDATA, categories, a picture.
func newsFeed(n int) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Alba Courier</title><link>https://courier.example/</link><description>News of Port Alba</description><atom:link href="https://courier.example/feed" rel="self" type="application/rss+xml"/><ttl>30</ttl>
`)
	for i := range n {
		fmt.Fprintf(&b, `<item><title>Ferry &amp; bridge: council votes on item %d</title><link>https://courier.example/2026/03/ferry-%d?utm_source=rss</link>
<guid isPermaLink="false">tag:courier.example,2026:%d</guid><dc:creator><![CDATA[Ana Ruiz]]></dc:creator><pubDate>Tue, 03 Mar 2026 09:%02d:00 GMT</pubDate>
<category><![CDATA[Port Alba]]></category><category>Transport</category><media:content url="https://img.example/%d.jpg" medium="image" width="1200" height="800"/>
<description><![CDATA[<p>The council of Port Alba votes on the ferry&#8217;s timetable. <a href="/more">Read more</a></p>]]></description>
<content:encoded><![CDATA[`, i, i, i, i%60, i)
		for p := range 6 {
			fmt.Fprintf(&b, `<p>Paragraph %d: the mayor, Ana Ruiz, said on Tuesday that the bridge &#8220;will open in May&#8221; and that <em>no decision</em> on the <a href="https://courier.example/tag/ferry" class="tag" rel="nofollow">ferry</a> had been taken; the harbour office of the town did not answer questions about the cost of the works, which began two years ago and were to be finished by last summer.</p>
`, p)
		}
		b.WriteString("<figure><img src=\"/img/ferry.jpg\" alt=\"The ferry\" width=\"600\"><figcaption>The ferry at the quay</figcaption></figure>]]></content:encoded></item>\n")
	}
	b.WriteString("</channel></rss>\n")
	return []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	body := newsFeed(50)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if f, err := Parse(body, Origin{URL: "https://courier.example/feed"}); err != nil || len(f.Items) != 50 {
			b.Fatal(err, len(f.Items))
		}
	}
}
