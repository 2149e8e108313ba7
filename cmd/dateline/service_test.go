package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dateline/account"
	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/usage"
)

// asked is the JSON answer of a service to one who needs not sign in.
func asked[T any](t *testing.T, s served, path string) T {
	t.Helper()
	r, err := http.Get(s.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var v T
	if err := json.NewDecoder(r.Body).Decode(&v); err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v", path, r.StatusCode, err)
	}
	return v
}

// walked is a whole list of the API.
func walked(t *testing.T, s served, path string) []any {
	t.Helper()
	var all []any
	for cursor := ""; ; {
		l := asked[struct {
			Items []any
			Next  *string
		}](t, s, path+"?limit=200&cursor="+url.QueryEscape(cursor))
		all = append(all, l.Items...)
		if l.Next == nil {
			return all
		}
		cursor = *l.Next
		time.Sleep(60 * time.Millisecond) // the budget of one who asks
	}
}

// printed are what a command prints as JSON.
func printed(t *testing.T, dir string, args ...string) []any {
	t.Helper()
	var out bytes.Buffer
	if status := run(t.Context(), append(args, "--json", "--data", dir), cli.Streams{In: strings.NewReader(""), Out: &out, Err: t.Output()}); status != cli.StatusDone {
		t.Fatalf("%s: status %d", args, status)
	}
	var all []any
	for scan := json.NewDecoder(&out); ; {
		var v any
		if err := scan.Decode(&v); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
}

// TestViewsAgree holds that command line, API, pages and SQL count the same and show the same objects.
func TestViewsAgree(t *testing.T) {
	dir := demoRecord(t)
	s := serveFolder(t, dir, nil)
	counts, err := s.store.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []struct {
		path    string
		command []string
	}{
		{"/v1/ledger", []string{"ledger"}}, {"/v1/stories", []string{"stories"}}, {"/v1/conflicts", []string{"conflicts"}}, {"/v1/commitments", []string{"commitments"}},
	} {
		byAPI, byCommand := walked(t, s, v.path), printed(t, dir, v.command...)
		if len(byAPI) != len(byCommand) || len(byAPI) == 0 {
			t.Errorf("%s: %d by the API, %d by the command", v.path, len(byAPI), len(byCommand))
			continue
		}
		id := func(x any) string { return x.(map[string]any)["id"].(string) }
		known := map[string]any{}
		for _, x := range byCommand {
			known[id(x)] = x
		}
		rng := rand.New(rand.NewPCG(7, 7))
		for range 100 {
			x := byAPI[rng.IntN(len(byAPI))]
			if !reflect.DeepEqual(x, known[id(x)]) {
				t.Errorf("%s: by the API %v\nby the command %v", v.path, x, known[id(x)])
				break
			}
		}
		t.Logf("%s: %d objects", v.path, len(byAPI))
	}
	status := asked[struct{ Pages, Articles, Statements, Stories, Rows int }](t, s, "/v1/status")
	if status.Pages != counts.Pages || status.Articles != counts.Articles || status.Statements != counts.Statements || status.Stories != counts.Stories || status.Rows != counts.Entries {
		t.Errorf("the API counts %+v, SQL %+v", status, counts)
	}
	if n := len(walked(t, s, "/v1/ledger")) + len(walked(t, s, "/v1/conflicts")) + len(walked(t, s, "/v1/commitments")); n != counts.Entries {
		t.Errorf("the API lists %d rows, SQL counts %d", n, counts.Entries)
	}
	page, err := http.Get(s.URL + "/status")
	if err != nil {
		t.Fatal(err)
	}
	defer page.Body.Close()
	shown, _ := io.ReadAll(page.Body)
	for what, n := range map[string]int{"pages": counts.Pages, "articles": counts.Articles, "statements": counts.Statements, "stories": counts.Stories} {
		if !regexp.MustCompile(fmt.Sprintf(`[^0-9]%d[^0-9]`, n)).Match(shown) {
			t.Errorf("the page of the status does not show %d %s", n, what)
		}
	}
}

// A fleet is clients of one manner under load, and how they fared.
type fleet struct {
	polite bool // waits as Retry-After says, and asks again; the others come back after 50 ms
	refused, written,
	failed atomic.Int64

	mu   sync.Mutex
	took []time.Duration
}

func (f *fleet) String() string {
	slices.Sort(f.took)
	manner := map[bool]string{true: "that wait as they are told", false: "that do not wait"}[f.polite]
	if len(f.took) == 0 {
		return manner + ": none was answered"
	}
	return fmt.Sprintf("%s: %d read, p50 %s, p95 %s; %d written, %d refused", manner, len(f.took), f.took[len(f.took)/2], f.took[len(f.took)*95/100], f.written.Load(), f.refused.Load())
}

// TestLoad lets many clients read and write at once, each from an address of its own, half of them in
// good manners. Nothing fails but for want of a turn or a budget, and what is written gets through.
func TestLoad(t *testing.T) {
	clients, lasting := 40, 3*time.Second
	if os.Getenv("DATELINE_LONG") != "" {
		clients, lasting = 200, 2*time.Minute
	} else if testing.Short() {
		t.Skip("SKIPPED: load, in a short run")
	}
	s := serveFolder(t, demoRecord(t), nil)
	paths := []string{"/v1/stories", "/v1/articles", "/v1/ledger?limit=20", "/v1/positions?actor=kessel", "/v1/search?q=bridge+toll", "/v1/outlets", "/v1/status", "/", "/search?q=toll", "/status"}
	ctx, stop := context.WithTimeout(t.Context(), lasting)
	defer stop()
	fleets := []*fleet{{polite: true}, {}}
	used := usage.CPUSeconds()
	var all sync.WaitGroup
	for c := range clients {
		f := fleets[c%2]
		// Those without manners share an address, and so a budget, as the tests of one person do.
		from := net.IPv4(127, 0, 0, 1)
		if f.polite && runtime.GOOS == "linux" {
			from = net.IPv4(127, 3, byte(c/250), byte(1+c%250))
		}
		transport := &http.Transport{MaxIdleConnsPerHost: 1, DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: from}}).DialContext}
		client := &http.Client{Transport: transport, Timeout: 30 * time.Second}
		all.Go(func() {
			defer transport.CloseIdleConnections()
			rng := rand.New(rand.NewPCG(uint64(c), 1))
			for i := 0; ctx.Err() == nil; i++ {
				body, path := "", paths[rng.IntN(len(paths))]
				if c%10 < 2 && i%5 == 0 {
					body, path = fmt.Sprintf(`{"documents":[{"name":"n%d-%d.txt","text":"PORT ALBA - Note %d of %d: the ferry sails, said Mayor Ana Ruiz."}]}`, c, i, i, c), "/v1/documents"
				}
				f.ask(ctx, t, client, s.URL+path, body)
				time.Sleep(time.Duration(rng.IntN(100)) * time.Millisecond)
			}
		})
	}
	all.Wait()
	for _, f := range fleets {
		t.Logf("%d clients for %s, %s", clients/2, lasting, f)
		if f.failed.Load() > 0 || len(f.took) == 0 || f.written.Load() == 0 {
			t.Errorf("clients %s; %d failed", f, f.failed.Load())
		}
	}
	t.Logf("%.1f s of processor time, the clients' and the reading of what they wrote among it", usage.CPUSeconds()-used)
}

// ask asks until it is answered or the time is over; one that has manners waits as it is told.
func (f *fleet) ask(ctx context.Context, t *testing.T, client *http.Client, address, body string) {
	for ctx.Err() == nil {
		r, _ := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodGet, address, nil)
		if body != "" {
			r, _ = http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodPost, address, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
		}
		begin := time.Now()
		answer, err := client.Do(r)
		if err != nil {
			f.failed.Add(1)
			t.Log(err)
			return
		}
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		switch {
		case answer.StatusCode == http.StatusTooManyRequests:
			f.refused.Add(1)
			wait := 50 * time.Millisecond
			if seconds, err := strconv.Atoi(answer.Header.Get("Retry-After")); f.polite {
				if err != nil || seconds < 1 {
					t.Errorf("%s is refused without a time to come back: %q", address, answer.Header.Get("Retry-After"))
				}
				wait = time.Duration(seconds) * time.Second
			}
			select {
			case <-time.After(wait):
			case <-ctx.Done():
			}
			continue
		case err != nil || answer.StatusCode >= 400:
			f.failed.Add(1)
			t.Logf("%s: %d %v", address, answer.StatusCode, err)
		case body != "":
			f.written.Add(1)
		default:
			f.mu.Lock()
			f.took = append(f.took, time.Since(begin))
			f.mu.Unlock()
		}
		return
	}
}

// TestHostileClients holds that others are answered within a second while slow, greedy and crooked
// clients are at the door.
func TestHostileClients(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: hostile clients, in a short run")
	}
	s := serveFolder(t, demoRecord(t), nil)
	host := s.Listener.Addr().String()
	dial := func() net.Conn {
		c, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	others := func(while string) {
		t.Helper()
		begin := time.Now()
		r, err := (&http.Client{Timeout: 5 * time.Second}).Get(s.URL + "/v1/status")
		if err != nil {
			t.Fatalf("while %s: %v", while, err)
		}
		r.Body.Close()
		if took := time.Since(begin); took > time.Second || r.StatusCode != http.StatusOK {
			t.Errorf("while %s: another waits %s for %d", while, took, r.StatusCode)
		}
	}
	for range 200 { // slow loris: a header that never ends
		fmt.Fprintf(dial(), "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
	}
	others("200 clients send their headers slowly")
	for range 50 { // and bodies that never come
		fmt.Fprintf(dial(), "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{\"documents\":[")
	}
	others("50 clients send their bodies slowly")

	streams, refused := 0, 0
	many := 400
	for range many {
		c := dial()
		fmt.Fprintf(c, "GET /v1/changes/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
		c.SetReadDeadline(time.Now().Add(5 * time.Second))
		status, err := bufio.NewReader(c).ReadString('\n')
		switch {
		case err != nil:
			t.Fatal(err)
		case strings.Contains(status, "200"):
			streams++
		default:
			refused++ // over the budget of an address, or too many streams
		}
	}
	if streams == 0 || refused == 0 {
		t.Errorf("of %d streams %d are open and %d refused", many, streams, refused)
	}
	time.Sleep(time.Second) // the budget of this address
	others(fmt.Sprintf("%d streams are open", streams))

	for what, request := range map[string]string{
		"two lengths":                 "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
		"a length and chunks":         "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5c\r\nGPOST / HTTP/1.1\r\n\r\n0\r\n\r\n",
		"an unknown coding":           "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
		"two hosts":                   "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
		"a foreign host":              "GET /v1/status HTTP/1.1\r\nHost: evil.example\r\n\r\n",
		"a folded header":             "GET /v1/status HTTP/1.1\r\nHost: localhost\r\n X-Folded: yes\r\n\r\n",
		"a header of 100 KB":          "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nX-Long: " + strings.Repeat("x", 100<<10) + "\r\n\r\n",
		"a body of another encoding":  "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\n\x1f\x8b\x08\x00bombbomb",
		"a body of a petabyte":        "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1125899906842624\r\n\r\n{}",
		"an address with a new line":  "GET /v1/stories/a\r\nX: y HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"a method of nobody's":        "BREW /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"a request through to others": "GET http://169.254.169.254/latest/ HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n",
	} {
		c := dial()
		c.SetDeadline(time.Now().Add(5 * time.Second))
		fmt.Fprint(c, request)
		answer, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err == nil && (answer.StatusCode < 400 || answer.StatusCode >= 500 && answer.StatusCode != http.StatusNotImplemented) {
			t.Errorf("%s: %s", what, answer.Status)
		}
		others(what + " was sent")
	}
}

// TestSecretsStayInside holds that no password, session or token is found in a log, an error, a page, an
// answer, or a file of the folder or a backup.
func TestSecretsStayInside(t *testing.T) {
	dir := demoRecord(t)
	var log bytes.Buffer
	var mu sync.Mutex
	s := serveLogged(t, dir, nil, slog.New(slog.NewTextHandler(lockedWriter{&mu, &log}, &slog.HandlerOptions{Level: slog.LevelDebug})))
	guard, err := account.NewGuard(t.Context(), s.store.Accounts, true, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	const password, wrong = "canary-password-4711", "canary-wrong-4712"
	if err := guard.Add(t.Context(), "ana", account.Admin, password, "test"); err != nil {
		t.Fatal(err)
	}
	token, _, err := guard.NewToken(t.Context(), "ana", "", account.Admin, 0, "test")
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var seen bytes.Buffer
	session := ""
	for _, p := range []string{wrong, password} {
		r, err := client.PostForm(s.URL+"/account/login", url.Values{"name": {"ana"}, "password": {p}, "to": {"/"}})
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(&seen, r.Body)
		r.Body.Close()
		for _, c := range r.Cookies() {
			session = c.Value
		}
	}
	if session == "" {
		t.Fatal("not signed in")
	}
	for _, path := range []string{"/", "/account", "/status", "/v1/accounts", "/v1/accounts/ana/tokens", "/v1/stories/nosuch", "/v1/changes?limit=200", "/v1/status?token=" + token, "/nothing?password=" + password} {
		for _, with := range []string{"cookie", "token", "bad"} {
			r, _ := http.NewRequest(http.MethodGet, s.URL+path, nil)
			switch with {
			case "cookie":
				r.AddCookie(&http.Cookie{Name: account.Cookie, Value: session})
			case "token":
				r.Header.Set("Authorization", "Bearer "+token)
			case "bad":
				r.Header.Set("Authorization", "Bearer "+token+"x")
			}
			answer, err := client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(path, "=") { // what one sends in an address comes back in the frame's form
				io.Copy(&seen, answer.Body)
			}
			answer.Body.Close()
		}
	}
	backup := filepath.Join(t.TempDir(), "backup")
	if status := run(t.Context(), []string{"backup", backup, "--data", dir}, cli.Streams{In: strings.NewReader(""), Out: &seen, Err: &seen}); status != cli.StatusDone {
		t.Fatalf("backup: status %d\n%s", status, seen.Bytes())
	}
	canaries := map[string]string{"password": password, "wrong password": wrong, "session": session, "token": token, "token's secret": strings.TrimPrefix(token, "dateline_")}
	look := func(where string, b []byte) {
		for what, c := range canaries {
			if bytes.Contains(b, []byte(c)) || bytes.Contains(b, []byte(url.QueryEscape(c))) {
				t.Errorf("the %s is in %s", what, where)
			}
		}
	}
	mu.Lock()
	look("the log", log.Bytes())
	mu.Unlock()
	look("an answer", seen.Bytes())
	for _, folder := range []string{dir, backup} {
		filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			look(path, b)
			return err
		})
	}
}

type lockedWriter struct {
	mu *sync.Mutex
	w  io.Writer
}

func (l lockedWriter) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

// TestAPIByHand runs the commands of docs/api.md, line by line, as a reader of it would.
func TestAPIByHand(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("SKIPPED: no curl on this machine; the commands of docs/api.md are not run")
	}
	doc, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	_, commands, found := strings.Cut(string(doc), "```sh\n")
	commands, _, closed := strings.Cut(commands, "```")
	if !found || !closed || strings.Count(commands, "curl") < 10 {
		t.Fatal("docs/api.md has no page of commands")
	}
	s := serveFolder(t, demoRecord(t), nil)
	script := strings.ReplaceAll("set -euo pipefail\ncurl() { command curl -f \"$@\"; }\n"+commands, "http://127.0.0.1:4200", s.URL)
	cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	for _, want := range []string{`"stories"`, `"items"`, `"verdict":"exact"`, `"kind":"note"`, "event: alive"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the answers have no %s", want)
		}
	}
}
