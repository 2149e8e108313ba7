package collect_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/doctor"
	"dateline/fetch"
	"dateline/fetch/collect"
	"dateline/news"
	"dateline/store"
)

// A world is an internet of outlets in simulated time, which keeps its own account of what it
// served and how it was asked.
type world struct {
	mu     sync.Mutex
	now    time.Time
	random *rand.Rand
	hosts  map[string]*outletHost
	feeds  []*outletFeed
	cancel context.CancelFunc // ends the collector that runs
	crash  time.Time          // when it is ended next

	faults     []string
	requests   int
	polls      int // of feeds, answered
	first      int // of these, for the first time or again after a week
	withTag    int // conditional
	unserved   int // polls that could not be conditional: the feed never gave a validator
	pages      int
	notChanged int
	takenDown  map[string]bool // pages found to be gone
}

type outletHost struct {
	name     string
	ends     time.Time // of the last request
	closed   time.Time // Retry-After
	downFrom time.Time
	downTo   time.Time
	fault    string // "network", "503", "429"
	robots   bool
}

// An outletFeed publishes by its own rhythm, and has its own bad habits.
type outletFeed struct {
	host    *outletHost
	path    string
	habit   string // "", "random-guid", "no-guid", "one-guid", "https-guid", "query"
	format  string
	gap     time.Duration
	next    time.Time
	items   []*outletItem // newest first
	made    int
	version int
	tags    bool

	served  int             // items in documents that were read to their end
	shown   map[string]bool // the true items among them
	gone    map[string]bool // items that were taken down, their pages too
	polls   int
	whole   time.Time
	lastTag string
}

type outletItem struct {
	id      string
	title   string
	text    string
	when    time.Time
	version int
}

func (w *world) Now() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.now }

// Sleep passes simulated time, unless the collector is to be ended meanwhile.
func (w *world) Sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !w.crash.IsZero() && !w.now.Add(d).Before(w.crash) {
		w.now = w.crash
		w.cancel()
		return context.Canceled
	}
	w.now = w.now.Add(d)
	return nil
}

func newWorld(seed uint64, feeds int) *world {
	w := &world{now: time.Date(2021, 3, 1, 0, 0, 0, 0, time.UTC), random: rand.New(rand.NewPCG(seed, 1)), hosts: map[string]*outletHost{}, takenDown: map[string]bool{}}
	habits := []string{"", "", "", "", "", "random-guid", "no-guid", "one-guid", "https-guid", "query"}
	formats := []string{"rss", "rss", "atom", "json"}
	for n := range feeds {
		name := fmt.Sprintf("outlet%d.example", n*2/3) // a third share a host
		if w.hosts[name] == nil {
			w.hosts[name] = &outletHost{name: name, robots: n%7 == 0}
		}
		f := &outletFeed{host: w.hosts[name], path: fmt.Sprintf("/feed%d", n), habit: habits[n%len(habits)], format: formats[n%len(formats)],
			gap: time.Duration(1+w.random.IntN(20)) * time.Hour, next: w.now, shown: map[string]bool{}, gone: map[string]bool{}, tags: n%50 != 49}
		w.feeds = append(w.feeds, f)
		for range 12 {
			f.publish(w, w.now.Add(-f.gap))
		}
	}
	return w
}

func (f *outletFeed) publish(w *world, at time.Time) {
	f.made++
	id := fmt.Sprintf("%s-%d", strings.TrimPrefix(f.path, "/"), f.made)
	f.items = append([]*outletItem{{id: id, title: "Item " + id, text: "What happened in " + id + " at the harbour.", when: at}}, f.items...)
	if len(f.items) > 20 {
		f.items = f.items[:20]
	}
	f.version++
}

// live lets the feed's life go on until now: items come, are edited, are taken out, are reordered.
func (f *outletFeed) live(w *world) {
	for !f.next.After(w.now) {
		f.publish(w, f.next)
		f.next = f.next.Add(time.Duration(float64(f.gap) * (0.3 + 1.4*w.random.Float64())))
		switch w.random.IntN(10) {
		case 0, 1:
			i := f.items[w.random.IntN(len(f.items))]
			i.version++
			i.text = fmt.Sprintf("Correction %d: what happened in %s at the quay.", i.version, i.id)
			f.version++
		case 2:
			n := w.random.IntN(len(f.items))
			f.gone[f.items[n].id] = true
			f.items = append(f.items[:n:n], f.items[n+1:]...)
			f.version++
		case 3:
			w.random.Shuffle(len(f.items), func(a, b int) { f.items[a], f.items[b] = f.items[b], f.items[a] })
			f.version++
		}
	}
}

func (w *world) fault(format string, a ...any) {
	if len(w.faults) < 20 {
		w.faults = append(w.faults, w.now.Format(time.RFC3339)+" "+fmt.Sprintf(format, a...))
	}
}

// RoundTrip answers a request and takes its time.
func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests++
	h := w.hosts[r.URL.Hostname()]
	if h == nil {
		return nil, fmt.Errorf("no such host %s", r.URL.Host)
	}
	if !h.ends.IsZero() && w.now.Sub(h.ends) < 3*time.Second {
		w.fault("%s was asked %v after its last answer", h.name, w.now.Sub(h.ends))
	}
	if w.now.Before(h.closed) {
		w.fault("%s was asked %v before its Retry-After ended", h.name, h.closed.Sub(w.now))
	}
	w.now = w.now.Add(time.Duration(20+w.random.IntN(400)) * time.Millisecond)
	h.ends = w.now
	if !w.crash.IsZero() && !w.now.Before(w.crash) {
		w.cancel() // the program dies with the request under way
		return nil, context.Canceled
	}
	if w.now.After(h.downTo) && w.random.IntN(300) == 0 {
		h.downFrom, h.downTo = w.now, w.now.Add(time.Duration(w.random.IntN(20*60))*time.Minute)
		h.fault = []string{"network", "503", "429", "429-silent", "cut"}[w.random.IntN(5)]
	}
	if w.now.Before(h.downTo) {
		switch h.fault {
		case "network":
			return nil, errors.New("connection refused")
		case "503", "429":
			h.closed = w.now.Add(time.Duration(1+w.random.IntN(180)) * time.Minute)
			code := 503
			if h.fault == "429" {
				code = 429
			}
			// In whole seconds, rounded up: what is asked for is kept in any case.
			seconds := int(h.closed.Sub(w.now).Seconds())
			h.closed = w.now.Add(time.Duration(seconds) * time.Second)
			return answer(r, code, http.Header{"Retry-After": {fmt.Sprint(seconds)}}, "busy"), nil
		case "429-silent":
			return answer(r, 429, nil, "too many"), nil
		}
	}
	switch {
	case r.URL.Path == "/robots.txt":
		if h.robots {
			return answer(r, 200, http.Header{"Content-Type": {"text/plain"}}, "User-agent: *\nDisallow: /private\nCrawl-delay: 5\n"), nil
		}
		return answer(r, 404, nil, "none"), nil
	case strings.HasPrefix(r.URL.Path, "/feed"):
		for _, f := range w.feeds {
			if f.host == h && f.path == r.URL.Path {
				return w.serve(f, r), nil
			}
		}
	case strings.HasPrefix(r.URL.Path, "/a/"):
		return w.page(h, r), nil
	}
	return answer(r, 404, nil, "nothing"), nil
}

func (w *world) page(h *outletHost, r *http.Request) *http.Response {
	id, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/a/"), "?")
	for _, f := range w.feeds {
		if f.host != h || !strings.HasPrefix(id, strings.TrimPrefix(f.path, "/")+"-") {
			continue
		}
		if f.gone[id] {
			w.takenDown[id] = true
			return answer(r, 410, nil, "taken down")
		}
		version := 0
		for _, i := range f.items {
			if i.id == id {
				version = i.version
			}
		}
		tag := fmt.Sprintf(`"%s-%d"`, id, version)
		if r.Header.Get("If-None-Match") == tag {
			w.notChanged++
			return answer(r, 304, http.Header{"Etag": {tag}}, "")
		}
		w.pages++
		return answer(r, 200, http.Header{"Content-Type": {"text/html"}, "Etag": {tag}}, fmt.Sprintf("<html><body><h1>%s</h1><p>Version %d of what happened at the harbour.</p></body></html>", id, version))
	}
	return answer(r, 404, nil, "no such page")
}

func (w *world) serve(f *outletFeed, r *http.Request) *http.Response {
	f.live(w)
	w.polls++
	tag := fmt.Sprintf(`"v%d"`, f.version)
	asked := r.Header.Get("If-None-Match")
	switch {
	case f.polls == 0 || asked == "" && w.now.Sub(f.whole) >= 7*24*time.Hour:
		w.first++
	case !f.tags:
		w.unserved++
	case asked != "":
		w.withTag++
		if asked != f.lastTag {
			w.fault("%s%s was asked with the tag %s, not %s", f.host.name, f.path, asked, f.lastTag)
		}
	}
	if asked == "" {
		f.whole = w.now
	}
	f.polls++
	header := http.Header{}
	if f.tags {
		header.Set("ETag", tag)
		if asked == tag {
			return answer(r, 304, header, "")
		}
	}
	body, kind := f.document(w)
	header.Set("Content-Type", kind)
	if w.now.Before(f.host.downTo) && f.host.fault == "cut" {
		cut := answer(r, 200, header, body[:len(body)/2])
		cut.ContentLength = int64(len(body))
		cut.Body = io.NopCloser(io.MultiReader(strings.NewReader(body[:len(body)/2]), broken{}))
		return cut
	}
	f.lastTag = tag
	for _, i := range f.items {
		f.served++
		f.shown[i.id] = true
	}
	return answer(r, 200, header, body)
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func (f *outletFeed) document(w *world) (body, kind string) {
	var b strings.Builder
	switch f.format {
	case "rss":
		b.WriteString(`<rss version="2.0"><channel><title>` + f.path + `</title>`)
	case "atom":
		b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom"><title>` + f.path + `</title>`)
	default:
		b.WriteString(`{"version":"https://jsonfeed.org/version/1.1","title":"` + f.path + `","items":[`)
	}
	for n, i := range f.items {
		guid, link := "tag:"+f.host.name+","+i.id, "https://"+f.host.name+"/a/"+i.id
		switch f.habit {
		case "random-guid":
			guid = fmt.Sprintf("r%d", w.random.Uint64())
		case "no-guid":
			guid = ""
		case "one-guid":
			guid = "always-the-same"
		case "https-guid":
			guid = []string{"http", "https"}[f.version%2] + "://" + f.host.name + "/p/" + i.id
		case "query":
			guid, link = "", link+fmt.Sprintf("?utm_source=%d", w.random.IntN(9))
		}
		switch f.format {
		case "rss":
			fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><pubDate>%s</pubDate><description>%s</description>", i.title, link, i.when.Format(time.RFC1123Z), i.text)
			if guid != "" {
				fmt.Fprintf(&b, `<guid isPermaLink="false">%s</guid>`, guid)
			}
			b.WriteString("</item>")
		case "atom":
			fmt.Fprintf(&b, `<entry><title>%s</title><link href="%s"/><published>%s</published><summary>%s</summary>`, i.title, link, i.when.Format(time.RFC3339), i.text)
			if guid != "" {
				fmt.Fprintf(&b, `<id>%s</id>`, guid)
			}
			b.WriteString("</entry>")
		default:
			if n > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(&b, `{"id":%q,"url":%q,"title":%q,"content_text":%q,"date_published":%q}`, guid, link, i.title, i.text, i.when.Format(time.RFC3339))
		}
	}
	switch f.format {
	case "rss":
		return b.String() + "</channel></rss>", "application/rss+xml"
	case "atom":
		return b.String() + "</feed>", "application/atom+xml"
	}
	return b.String() + "]}", "application/feed+json"
}

func answer(r *http.Request, code int, header http.Header, body string) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: code, Status: fmt.Sprint(code), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: header,
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: r}
}

// TestSimulation runs the collector over outlets in simulated time, with outages, 429, edits,
// deletions, reordering, feeds of bad habits, and restarts in the middle of requests. Then the
// account of the record must be that of the outlets, to the item.
func TestSimulation(t *testing.T) {
	feeds, days := 20, 2
	if os.Getenv("DATELINE_LONG") != "" {
		feeds, days = 300, 30
	}
	if testing.Short() {
		feeds, days = 10, 1
	}
	const seed = 7
	w := newWorld(seed, feeds)
	dir := scratch(t)
	ctx := context.Background()
	open := func() *store.Store {
		s, err := store.Open(ctx, dir, store.Options{Now: w.Now})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	for _, f := range w.feeds {
		if _, err := s.AddFeed(ctx, news.Feed{URL: "https://" + f.host.name + f.path, Next: w.now}); err != nil {
			t.Fatal(err)
		}
	}
	end := w.now.Add(time.Duration(days) * 24 * time.Hour)
	restarts := 0
	for w.now.Before(end) {
		running, cancel := context.WithCancel(ctx)
		w.cancel, w.crash = cancel, w.now.Add(time.Duration(1+w.random.IntN(24*60))*time.Minute)
		if w.crash.After(end) {
			w.crash = end
		}
		gate := fetch.NewGate(fetch.GateConfig{Rand: w.random.Float64})
		client := fetch.New(fetch.Config{Transport: w, Clock: w})
		polite := fetch.NewPolite(fetch.PoliteConfig{Client: client, Gate: gate, Clock: w})
		c := collect.New(collect.Config{Memory: s, Getter: polite, Gate: gate, Clock: w, Workers: 1, Rand: w.random.Float64})
		if err := c.Run(running, collect.Forever); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		cancel()
		restarts++
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open()
	}
	defer s.Close()

	var world, record news.Tally
	items := 0
	for _, f := range w.feeds {
		got, err := s.FindFeed(ctx, "https://"+f.host.name+f.path)
		if err != nil {
			t.Fatal(err)
		}
		world.Served += f.served
		world.Stored += len(f.shown)
		record.Add(got.Polls)
		kept, err := s.Items(ctx, got.ID)
		if err != nil {
			t.Fatal(err)
		}
		items += len(kept)
		if p := got.Polls; p.Served != f.served || p.Stored != len(f.shown) || p.Served != p.Stored+p.Duplicate+p.Rejected || len(kept) != len(f.shown) {
			t.Errorf("%s%s (%s): served %d items, %d different ones; the record has %+v and %d items", f.host.name, f.path, f.habit, f.served, len(f.shown), p, len(kept))
		}
	}
	for _, fault := range w.faults {
		t.Error(fault)
	}
	could := w.polls - w.first - w.unserved
	conditional := 100 * float64(w.withTag) / float64(max(could, 1))
	t.Logf("%d feeds over %d days, %d restarts: %d requests, %d polls, %d pages and %d that had not changed", feeds, days, restarts, w.requests, w.polls, w.pages, w.notChanged)
	t.Logf("items served %d = stored %d + duplicate %d + rejected %d; the outlets served %d, %d different ones; conditional %.2f %% of %d polls", record.Served, record.Stored, record.Duplicate, record.Rejected, world.Served, world.Stored, conditional, could)
	if conditional < 95 {
		t.Errorf("only %.2f %% of the polls were conditional", conditional)
	}
	links, err := s.LinkCounts(ctx)
	if err != nil || links[news.GoneLink] != len(w.takenDown) {
		t.Errorf("%d pages were found to be taken down, the record has %d such links: %v", len(w.takenDown), links[news.GoneLink], err)
	}
	t.Logf("links %v", links)
	if record.Served == 0 || w.pages == 0 || w.notChanged == 0 {
		t.Error("the simulation did nothing")
	}
	report, err := doctor.Check(ctx, s, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		t.Errorf("doctor: %+v", f)
	}
}

// scratch is a folder in memory where there is one: the simulation commits a thousand times a
// simulated day.
func scratch(t testing.TB) string {
	if dir, err := os.MkdirTemp("/dev/shm", "dateline-*"); err == nil {
		t.Cleanup(func() { os.RemoveAll(dir) })
		return dir + "/data"
	}
	return t.TempDir() + "/data"
}
