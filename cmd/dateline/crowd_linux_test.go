package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// serveApart is "dateline serve" as a process of its own, and its address.
func serveApart(t *testing.T, dir string) (address string, process int) {
	t.Helper()
	program := exec.Command(os.Args[0], "serve", "--listen", "127.0.0.1:0", "--data", dir)
	program.Env = append(os.Environ(), killEnv+"=1")
	program.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	program.Stderr = t.Output()
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		program.Process.Kill()
		program.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	found := regexp.MustCompile(`http://([0-9.:]+)/`).FindStringSubmatch(line)
	if err != nil || found == nil {
		t.Fatalf("serve says %q, %v", line, err)
	}
	return found[1], program.Process.Pid
}

// memory is what a process has resident, now and at most, in MB.
func memory(t *testing.T, process int) (now, most string) {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		t.Fatal(err)
	}
	field := func(name string) string {
		_, after, _ := strings.Cut(string(b), name+":")
		var kilobytes int
		fmt.Sscan(after, &kilobytes)
		return fmt.Sprintf("%d MB", kilobytes>>10)
	}
	return field("VmRSS"), field("VmHWM")
}

// TestCrowd holds that others are answered within a second while a crowd of connections is at the door
// of a service that runs by itself: headers that never end, streams of events, bodies that never
// come, answers that nobody takes. DATELINE_LONG makes each crowd 10,000, the last 1,000: theirs are
// requests to answer, not to hold.
func TestCrowd(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: a crowd, in a short run")
	}
	size := 300
	if os.Getenv("DATELINE_LONG") != "" {
		size = 10_000
	}
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		t.Fatal(err)
	}
	files.Cur = files.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &files); err != nil || files.Cur < uint64(size)+200 {
		t.Skipf("SKIPPED: a crowd of %d needs more open files than %d: %v", size, files.Cur, err)
	}
	host, process := serveApart(t, demoRecord(t))

	// Others come from an address of their own, so that they have a budget of their own.
	other := func() *http.Client {
		return &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true,
			DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 1, 1, 1)}}).DialContext}}
	}()
	ask := func(path string) (time.Duration, error) {
		begin := time.Now()
		r, err := other.Get("http://" + host + path)
		if err != nil {
			return time.Since(begin), err
		}
		defer r.Body.Close()
		if _, err = io.Copy(io.Discard, r.Body); err == nil && r.StatusCode != http.StatusOK {
			err = fmt.Errorf("%s", r.Status)
		}
		return time.Since(begin), err
	}
	quiet, err := ask("/")
	if err != nil {
		t.Fatal(err)
	}
	now, _ := memory(t, process)
	t.Logf("nobody at the door: another waits %s; %s", quiet, now)

	for _, crowd := range []struct {
		what, request string
		size          int
	}{
		{"headers that never end", "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", size},
		{"streams of events", "GET /v1/changes/stream HTTP/1.1\r\nHost: localhost\r\n\r\n", size},
		{"bodies that never come", "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"documents\":[", size},
		{"answers that nobody takes", "GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n", size / 10},
	} {
		var longest atomic.Int64
		stop, watched := make(chan struct{}), make(chan struct{})
		asked := 0
		go func() { // others ask while the crowd comes, and when it is there
			defer close(watched)
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				case <-time.After(100 * time.Millisecond):
				}
				took, err := ask([]string{"/", "/v1/status"}[i%2])
				if err != nil {
					t.Errorf("%s: another is answered %v after %s", crowd.what, err, took)
				}
				longest.Store(max(longest.Load(), int64(took)))
				asked++
			}
		}()
		connections := make([]net.Conn, crowd.size)
		var dialling sync.WaitGroup
		var failed atomic.Int64
		begin := time.Now()
		for w := range 20 {
			dialling.Go(func() {
				for i := w; i < crowd.size; i += 20 {
					// Each comes from an address of its own: so it has a budget of its own.
					from := &net.TCPAddr{IP: net.IPv4(127, 2, byte(i/250), byte(1+i%250))}
					c, err := (&net.Dialer{LocalAddr: from, Timeout: 10 * time.Second}).Dial("tcp", host)
					if err != nil {
						failed.Add(1)
						continue
					}
					connections[i] = c
					io.WriteString(c, crowd.request)
				}
			})
		}
		dialling.Wait()
		came := time.Since(begin)
		time.Sleep(3 * time.Second)
		close(stop)
		<-watched
		now, most := memory(t, process)
		took := time.Duration(longest.Load())
		t.Logf("%d %s, there within %s, %d of them refused by the kernel: another waits %s at most, %d times asked; %s, %s at most", crowd.size, crowd.what, came.Round(time.Millisecond), failed.Load(), took, asked, now, most)
		if took > time.Second && os.Getenv("DATELINE_LONG") != "" {
			t.Errorf("%s: another waits %s", crowd.what, took)
		}
		for _, c := range connections {
			if c != nil {
				c.Close()
			}
		}
	}
}
