package doctor_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/store"
)

// collected is a folder with a feed that was polled twice: an item with a page, one without,
// one that was rejected.
func collected(t testing.TB) string {
	dir := filepath.Join(t.TempDir(), "data")
	s, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	f := news.Feed{URL: "https://courier.example/feed"}
	if _, err := s.AddFeed(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	if f, err = s.FindFeed(t.Context(), f.URL); err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(-2 * time.Hour)
	item := func(n byte, url, unfetched string) news.ItemVersion {
		return news.ItemVersion{Text: "words", Item: news.FeedItem{Keys: []news.ItemKey{{n}}, URL: url, Title: "t", Seen: at, Digest: []byte{n}, Unfetchable: unfetched}}
	}
	poll := news.FeedPoll{Feed: f, At: at, Status: 200, Tally: news.Tally{Polls: 1, Served: 3, Stored: 2, Rejected: 1}, Rejects: []string{"no words (1)"},
		Items: []news.ItemVersion{item(1, "https://courier.example/a", ""), item(2, "", "it names no address")},
		Links: []news.PageLink{{URL: "https://courier.example/a", Due: at}, {URL: "https://courier.example/b", Due: at}},
		Host:  news.Host{Name: "courier.example", NotBefore: at.Add(time.Hour), Reason: "retry-after"}}
	if err := s.SavePoll(t.Context(), poll); err != nil {
		t.Fatal(err)
	}
	again := news.FeedPoll{Feed: f, At: at.Add(90 * time.Minute), Status: 304, Tally: news.Tally{Polls: 1}}
	if err := s.SavePoll(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestEachViolationOfCollectingIsFound seeds one violation at a time in the tables of feeds.
func TestEachViolationOfCollectingIsFound(t *testing.T) {
	for _, f := range check(t, collected(t), nil).Findings {
		t.Errorf("a whole folder: %+v", f)
	}
	for _, c := range []struct{ name, invariant, object, seed string }{
		{"a served item is lost", "I1", "feed https://courier", `UPDATE feed SET served = served + 1`},
		{"a stored item is lost", "I1", "feed https://courier", `UPDATE feed SET stored = stored + 1, duplicate = duplicate - 1`},
		{"a poll does not add up", "I1", "poll 1 of feed", `UPDATE poll SET served = 9 WHERE n = 1`},
		{"rejected without a reason", "I1", "poll 1 of feed", `UPDATE poll SET reasons = '[]' WHERE n = 1`},
		{"a version is lost", "I3", "item 1 of feed", `DELETE FROM item_version WHERE item = 1`},
		{"a version is changed", "I3", "item 1, version 1", `UPDATE item_version SET text = 'x' WHERE item = 1`},
		{"a feed without audit", "I20", "feed https://courier", `UPDATE audit SET act = 'x' WHERE act = 'feed add'`},
		{"leased without a lease", "I6", "link https://courier.example/a", `UPDATE link SET state = 'leased' WHERE n = 1`},
		{"two requests to a host", "I13", "host courier.example", `UPDATE link SET state = 'leased', lease = 5`},
		{"a pause is not kept", "I13", "host courier.example", `UPDATE host SET ready = not_before - 1000`},
		{"asked while to be left alone", "I13", "poll 2 of feed", `UPDATE poll SET at = at - 3600000 WHERE n = 2`},
		{"a failed poll is silent", "I22", "poll 2 of feed", `UPDATE poll SET class = 'network' WHERE n = 2`},
		{"a failing feed is silent", "I22", "feed https://courier", `UPDATE feed SET data = json_set(data, '$.Failures', 3)`},
		{"polls are not counted", "I22", "feed https://courier", `UPDATE feed SET polls = 1`},
		{"a page is given up silently", "I22", "link https://courier.example/b", `UPDATE link SET state = 'failed' WHERE n = 2`},
		{"a page is skipped silently", "I24", "item 2 of feed", `UPDATE item SET unfetched = '' WHERE n = 2`},
		{"a document is cut silently", "I24", "poll 1 of feed", `UPDATE poll SET reasons = '["beyond the first 1000 (1)"]' WHERE n = 1`},
	} {
		dir := collected(t)
		damage(t, dir, c.seed)
		found := false
		for _, f := range check(t, dir, nil).Findings {
			found = found || f.Invariant == c.invariant && strings.HasPrefix(f.Object, c.object) && f.What != "" && f.Do != ""
		}
		if !found {
			t.Errorf("%s: no %s about %s", c.name, c.invariant, c.object)
		}
	}
}
