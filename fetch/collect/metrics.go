package collect

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"

	"dateline/fetch"
	"dateline/news"
)

// counts are what was done since the program began.
type counts struct {
	mu     *sync.Mutex
	polls  map[string]int // by class of outcome
	visits map[string]int
	items  map[string]int // by what became of them
	pages  *int
	bytes  *int64
}

func newCounts() counts {
	return counts{&sync.Mutex{}, map[string]int{}, map[string]int{}, map[string]int{}, new(int), new(int64)}
}

func name(class string) string {
	if class == "" {
		return "ok"
	}
	return class
}

func (c counts) poll(p news.FeedPoll, r fetch.Response) {
	c.mu.Lock()
	defer c.mu.Unlock()
	class := p.Class
	if class == "" && r.NotModified {
		class = "not-modified"
	}
	c.polls[name(class)]++
	c.items["stored"] += p.Tally.Stored
	c.items["duplicate"] += p.Tally.Duplicate
	c.items["rejected"] += p.Tally.Rejected
	*c.bytes += r.Bytes
}

func (c counts) visit(class string, r fetch.Response) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if class == "" && r.NotModified {
		class = "not-modified"
	}
	c.visits[name(class)]++
	*c.bytes += r.Bytes
}

func (c counts) page() {
	c.mu.Lock()
	defer c.mu.Unlock()
	*c.pages++
}

// WriteMetrics writes what was done in the text form of Prometheus (0.0.4).
func (c *Collector) WriteMetrics(w io.Writer) error {
	c.counts.mu.Lock()
	defer c.counts.mu.Unlock()
	var err error
	say := func(format string, a ...any) {
		if err == nil {
			_, err = fmt.Fprintf(w, format, a...)
		}
	}
	family := func(metric, help, label string, values map[string]int) {
		say("# HELP %s %s\n# TYPE %s counter\n", metric, help, metric)
		for _, k := range slices.Sorted(maps.Keys(values)) {
			say("%s{%s=%q} %d\n", metric, label, k, values[k])
		}
	}
	family("dateline_feed_polls_total", "Polls of feeds by outcome.", "outcome", c.counts.polls)
	family("dateline_feed_items_total", "Items served in documents that were read, by what became of them.", "became", c.counts.items)
	family("dateline_page_visits_total", "Visits of pages by outcome.", "outcome", c.counts.visits)
	say("# HELP dateline_pages_stored_total Pages and revisions that were new.\n# TYPE dateline_pages_stored_total counter\ndateline_pages_stored_total %d\n", *c.counts.pages)
	say("# HELP dateline_fetched_bytes_total Bytes of bodies on the wire.\n# TYPE dateline_fetched_bytes_total counter\ndateline_fetched_bytes_total %d\n", *c.counts.bytes)
	return err
}
