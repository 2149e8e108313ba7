package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/mmcdole/gofeed"

	"dateline/fetch/feed"
)

// BenchmarkFeeds reads the feeds that FEEDS names (a glob) by ours and by gofeed, which makes nothing
// safe and resolves no address.
//
//	FEEDS='/tmp/feeds/*.xml' go test -bench Feeds
func BenchmarkFeeds(b *testing.B) {
	names, err := filepath.Glob(os.Getenv("FEEDS"))
	if err != nil || len(names) == 0 {
		b.Skip("SKIPPED: FEEDS names no file")
	}
	var bodies [][]byte
	size := 0
	for _, n := range names {
		body, err := os.ReadFile(n)
		if err != nil {
			b.Fatal(err)
		}
		bodies = append(bodies, body)
		size += len(body)
	}
	b.Run("dateline", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, body := range bodies {
				_, _ = feed.Parse(body, feed.Origin{URL: "https://courier.example/feed"})
			}
		}
	})
	b.Run("gofeed", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, body := range bodies {
				_, _ = gofeed.NewParser().Parse(bytes.NewReader(body))
			}
		}
	})
}
