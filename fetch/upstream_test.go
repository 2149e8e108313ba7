package fetch_test

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/egress"
	"dateline/fetch"
)

// An upstream is a server that answers as badly as it is told to: what its handler writes goes
// over the wire as it is. It keeps what it was asked.
type upstream struct {
	address netip.AddrPort
	handle  func(w io.Writer, r *http.Request) // the connection is closed when it returns

	mu    sync.Mutex
	asked []string // "host /path"
	heads []http.Header
}

// newUpstream listens on loopback. Every name that it is to be known by is resolved by the policy
// to its address, which is 127.0.0.2, so that 127.0.0.1 stays forbidden.
func newUpstream(t *testing.T, handle func(w io.Writer, r *http.Request)) *upstream {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skipf("SKIPPED %s: %v: this system has one loopback address", t.Name(), err)
	}
	u := &upstream{address: netip.MustParseAddrPort(l.Addr().String()), handle: handle}
	var busy sync.WaitGroup
	busy.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			busy.Go(func() { u.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); busy.Wait() })
	return u
}

func (u *upstream) serve(conn net.Conn) {
	defer conn.Close()
	// Nobody waits here for ever: the longest test takes less.
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	r, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return
	}
	u.mu.Lock()
	host, _, _ := strings.Cut(r.Host, ":")
	u.asked = append(u.asked, host+" "+r.URL.RequestURI())
	u.heads = append(u.heads, r.Header)
	u.mu.Unlock()
	u.handle(conn, r)
	// A client that stopped reading gets a reset otherwise, and may lose what it has not read yet.
	if c, ok := conn.(*net.TCPConn); ok {
		_ = c.CloseWrite()
		_ = conn.SetReadDeadline(time.Now().Add(time.Second))
		_, _ = io.Copy(io.Discard, conn)
	}
}

func (u *upstream) requests() []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return append([]string(nil), u.asked...)
}

// LookupNetIP makes the upstream the resolver of every name under "example".
func (u *upstream) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if strings.HasSuffix(host, ".example") {
		return []netip.Addr{u.address.Addr()}, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

func (u *upstream) policy() egress.Policy {
	return egress.Policy{
		Allow:    []netip.Prefix{netip.PrefixFrom(u.address.Addr(), 32)},
		Ports:    []uint16{u.address.Port(), 80, 443},
		Resolver: u,
	}
}

// url is an address of the upstream.
func (u *upstream) url(host, path string) string {
	return fmt.Sprintf("http://%s:%d%s", host, u.address.Port(), path)
}

func (u *upstream) client() *fetch.Client {
	return fetch.New(fetch.Config{Egress: u.policy(), UserAgent: "dateline-test/1"})
}

// shared reads a file kept beside the repository, or skips the test where there is none.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(cmp.Or(os.Getenv("DATELINE_SHARED"), filepath.Join("..", "..", "shared")), name))
	if err != nil {
		t.Skipf("SKIPPED %s: %v; set DATELINE_SHARED to the folder that holds it", t.Name(), err)
	}
	return body
}

// manual is a clock that moves when somebody sleeps, and only then.
type manual struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func (m *manual) Now() time.Time { m.mu.Lock(); defer m.mu.Unlock(); return m.now }

func (m *manual) Sleep(ctx context.Context, d time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(max(d, 0))
	m.slept = append(m.slept, d)
	return ctx.Err()
}

var may3 = time.Date(2031, 5, 3, 9, 0, 0, 0, time.UTC)
