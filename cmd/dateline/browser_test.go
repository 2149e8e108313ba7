package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/service"
	"dateline/fetch/collect"
	"dateline/store"
)

// served is a service over a data folder, as "dateline serve" makes it.
type served struct {
	*httptest.Server
	store *store.Store
	in    *service.Door
}

// serveFolder serves the record in a folder; around stands between browser and service.
func serveFolder(t *testing.T, dir string, around func(http.Handler) http.Handler) served {
	t.Helper()
	return serveLogged(t, dir, around, slog.New(slog.NewTextHandler(t.Output(), nil)))
}

// serveLogged is serveFolder with a log of the test's own.
func serveLogged(t *testing.T, dir string, around func(http.Handler) http.Handler, log *slog.Logger) served {
	t.Helper()
	p := &cli.Program{Streams: cli.Streams{In: nil, Out: io.Discard, Err: io.Discard}, Config: cli.Config{Data: dir}, Log: log}
	s, err := p.OpenForWriting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := service.NewCollection(p, s, false)
	if err != nil {
		t.Fatal(err)
	}
	h, err := service.Site(t.Context(), p, s, c, service.Exposure{Local: true})
	if err != nil {
		t.Fatal(err)
	}
	if around != nil {
		h = around(h)
	}
	ctx, stop := context.WithCancel(context.Background())
	var worker sync.WaitGroup
	worker.Go(func() {
		if err := c.Run(ctx, collect.Forever); err != nil {
			t.Error(err)
		}
	})
	worker.Go(func() { service.Warm(ctx, p, s) })
	server := httptest.NewUnstartedServer(nil)
	server.Config = service.Server(p, h)
	server.Start()
	t.Cleanup(func() {
		server.Close()
		stop()
		worker.Wait()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return served{server, s, c.Door()}
}

// demoRecord is a folder with the demo's record.
func demoRecord(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if status := run(t.Context(), []string{"demo", "--quiet", "--data", dir}, cli.Streams{In: strings.NewReader(""), Out: io.Discard, Err: t.Output()}); status != cli.StatusDone {
		t.Fatalf("demo ended with status %d", status)
	}
	return dir
}

// A browser is a tab of a real Chromium, and what went wrong in it.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	troubles []string
	hosts    map[string]bool
	received float64 // bytes over the wire since the last reset
}

// openBrowser starts a browser; where there is none, the test is skipped, out loud.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED: a browser is not started in a short run")
	}
	path := os.Getenv("DATELINE_CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); path == "" && err == nil {
			path = found
		}
	}
	if path == "" {
		t.Skip("SKIPPED: no Chromium on this machine; the pages are not seen in a browser (install chromium, or name one in DATELINE_CHROMIUM)")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true), chromedp.Flag("lang", "en-GB"),
		chromedp.UserDataDir(t.TempDir()),
	}
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	parent, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancelTab := chromedp.NewContext(parent)
	b := &browser{t: t, ctx: ctx, hosts: map[string]bool{}}
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // what it says on its way out is no matter of the test
		cancelTab()
		cancel()
	})
	b.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
		return chromedp.Void{}, err
	})
	if err := chromedp.Listen(ctx, b.heard); err != nil {
		t.Fatal(err)
	}
	return b
}

// heard notes what a user would not see: errors on the console, failed requests, foreign hosts.
func (b *browser) heard(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := ev.(type) {
	case *runtime.EventExceptionThrown:
		b.troubles = append(b.troubles, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			b.troubles = append(b.troubles, fmt.Sprintf("console %s", e.Type))
		}
	case *network.EventRequestWillBeSent:
		if rest, ok := strings.CutPrefix(e.Request.URL, "http"); ok {
			host, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(rest, "s"), "://"), "/")
			b.hosts[host] = true
		}
	case *network.EventLoadingFinished:
		b.received += e.EncodedDataLength
	case *network.EventResponseReceived:
		if e.Response.Status >= 500 {
			b.troubles = append(b.troubles, fmt.Sprintf("%s answered %d", e.Response.URL, e.Response.Status))
		}
	}
}

// patience is how long a browser may take for what it does at once on a machine of its own: tests share
// theirs with thirty others and are not about time.
const patience = 2 * time.Minute

// do takes steps in the tab; a step that hangs ends the test.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	// The first call binds the browser's life to its context, so the limit is kept beside it.
	done := make(chan error, 1)
	go func() { done <- chromedp.Do(b.ctx, steps...) }()
	select {
	case err := <-done:
		if err != nil {
			b.t.Fatal(err)
		}
	case <-time.After(patience):
		b.t.Fatalf("a step in the browser takes more than %s; at %s", patience, b.where())
	}
}

func (b *browser) where() string {
	ctx, cancel := context.WithTimeout(b.ctx, 2*time.Second)
	defer cancel()
	at, _ := chromedp.Run(ctx, chromedp.Location())
	return at
}

// valueOf is the value of an expression in the page.
func valueOf[T any](b *browser, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to become true.
func (b *browser) until(what, expression string) {
	b.t.Helper()
	for start := time.Now(); time.Since(start) < patience; {
		ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		cancel()
		if err == nil && ok {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	b.t.Fatalf("never came to be: %s (at %s)", what, b.where())
}

func (b *browser) size(width, height int64) {
	b.t.Helper()
	if width < 600 {
		b.do(chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch))
		return
	}
	b.do(chromedp.EmulateViewport(width, height))
}

func (b *browser) theme(name string) {
	b.t.Helper()
	b.do(func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return chromedp.Void{}, err
	})
}

func (b *browser) scripts(on bool) {
	b.t.Helper()
	b.do(func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return chromedp.Void{}, err
	})
}

// shot takes a picture of the whole page, or of its first screens where it is long.
func (b *browser) shot(path string, most int64) {
	b.t.Helper()
	width, height := valueOf[int64](b, "window.innerWidth"), valueOf[int64](b, "document.documentElement.scrollHeight")
	b.do(func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		beyond := true
		r, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
			Format: "png", CaptureBeyondViewport: &beyond, Clip: &page.Viewport{Width: float64(width), Height: float64(min(height, most)), Scale: 1},
		})
		if err == nil {
			err = os.WriteFile(path, r.Data, 0o600)
		}
		return chromedp.Void{}, err
	})
}

// clean fails the test for anything that went wrong behind the page.
func (b *browser) clean(host string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, trouble := range b.troubles {
		b.t.Error(trouble)
	}
	b.troubles = nil
	for h := range b.hosts {
		if h != host {
			b.t.Errorf("the page asked %s for something", h)
		}
	}
}

// onNewPages runs a script before any of a page.
func (b *browser) onNewPages(source string) {
	b.t.Helper()
	b.do(func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: source})
		return chromedp.Void{}, err
	})
}

// axe is the script of axe-core, where it is; a check that needs it says so where it is not.
func axe(t *testing.T) string {
	path := os.Getenv("DATELINE_AXE")
	if path == "" {
		t.Log("SKIPPED: axe-core; name its axe.min.js in DATELINE_AXE to look for barriers")
		return ""
	}
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if err != nil {
		t.Logf("SKIPPED: axe-core is not at %s", path)
	}
	return string(b)
}
