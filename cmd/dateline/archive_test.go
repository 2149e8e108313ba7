package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"dateline/cmd/dateline/usage"
	"dateline/demo"
	"dateline/extract"
	"dateline/fetch/warc"
	"dateline/news"
	"dateline/pipeline"
)

// BenchmarkArchive shows where the time of "dateline read x.warc.gz" goes: reading the archive
// down to the bytes of its pages, finding the text of each, and the whole reading. One thread;
// the archive holds the pages of the demo, packed record by record.
func BenchmarkArchive(b *testing.B) {
	var archive bytes.Buffer
	w := warc.NewWriter(&archive, true)
	pages := 0
	for range 20 {
		for _, story := range demo.Stories() {
			served, err := demo.Pages(story)
			if err != nil {
				b.Fatal(err)
			}
			for _, s := range served {
				pages++
				head := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n", len(s.Body))
				for _, r := range warc.Exchange(fmt.Sprintf("%s?%d", s.URL, pages), "192.0.2.7:443", time.Unix(0, 0), []byte("GET / HTTP/1.1\r\n\r\n"), append([]byte(head), s.Body...), "") {
					if err := w.Write(r); err != nil {
						b.Fatal(err)
					}
				}
			}
		}
	}
	reader, err := pipeline.NewReader(pipeline.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	for _, stage := range []struct {
		name string
		work func(page news.Page) error
	}{
		{"archive", func(news.Page) error { return nil }},
		{"archive+extract", func(page news.Page) error { _, err := extract.Page(page); return err }},
		{"archive+read", func(page news.Page) error { _, err := reader.Read(context.Background(), page); return err }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			cpu := usage.CPUSeconds()
			for b.Loop() {
				r := warc.NewReader(bytes.NewReader(archive.Bytes()), warc.ReaderConfig{})
				for n := 0; ; {
					record, err := r.Next()
					if err != nil {
						if n != pages {
							b.Fatalf("%d pages of %d", n, pages)
						}
						break
					}
					page, err := record.Page(warc.PageConfig{})
					if err != nil {
						continue
					}
					n++
					if err := stage.work(page); err != nil && !errors.Is(err, news.ErrNoArticle) {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric((usage.CPUSeconds()-cpu)*1e6/float64(b.N*pages), "cpu-us/page")
		})
	}
}
