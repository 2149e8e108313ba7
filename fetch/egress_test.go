package fetch_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/egress"
	"dateline/fetch"
)

// forbidden are addresses of every special kind, as a URL writes them.
var forbidden = strings.Fields(`
	0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 192.0.0.8 192.0.2.1 192.31.196.1 192.52.193.1
	192.88.99.1 192.168.0.1 192.175.48.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255
	[::] [::1] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:a9fe:a9fe] [::ffff:0:10.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::a9fe:a9fe]
	[64:ff9b:1::1] [100::1] [2001::1] [2001:2::1] [2001:10::1] [2001:20::1] [2001:db8::1] [2002:7f00:1::1] [2620:4f:8000::1] [3fff::1]
	[5f00::1] [fc00::1] [fd00:ec2::254] [fe80::1] [fec0::1] [ff02::1] [2606:4700::5efe:10.0.0.1]`)

// odd are ways of writing 127.0.0.1 and 169.254.169.254.
var odd = strings.Fields(`2130706433 0x7f000001 0x7f.1 017700000001 0177.0.0.1 127.1 127.0.1 0x7f.0x0.0x0.0x1 127.0.0.1.
	2852039166 0xa9fea9fe 0xA9.0xFE.0xA9.0xFE 0251.0376.0251.0376 169.254.43518 １２７.０.０.１ 127。0。0。1 %31%32%37.0.0.1 ⑫⑦.0.0.1 me@127.0.0.1 me:x@169.254.169.254
	localhost LOCALHOST localhost. ip6-localhost`)

// TestEgress asks for every special address by every way there is, in a network of its own where
// all addresses are this machine and something listens on each. It counts connections: the guard
// is all that keeps them from being made.
func TestEgress(t *testing.T) {
	if os.Getenv("DATELINE_TEST_NETWORK") != "own" {
		for _, program := range []string{"unshare", "ip"} {
			if _, err := exec.LookPath(program); err != nil {
				t.Skipf("SKIPPED %s: a network namespace needs %s", t.Name(), program)
			}
		}
		if out, err := exec.Command("unshare", "-rn", "true").CombinedOutput(); err != nil {
			t.Skipf("SKIPPED %s: no network namespace here: %s", t.Name(), out)
		}
		inside := exec.Command("unshare", "-rn", "sh", "-c", `ip link set lo up && ip route add local 0.0.0.0/0 dev lo && ip -6 route add local ::/0 dev lo && exec "$0" -test.run='^TestEgress$' -test.v`, os.Args[0])
		inside.Env = append(os.Environ(), "DATELINE_TEST_NETWORK=own")
		out, err := inside.CombinedOutput()
		if err != nil {
			t.Errorf("in the namespace: %v\n%s", err, out)
		}
		t.Logf("%s", out)
		return
	}

	var mu sync.Mutex
	reached := map[string]int{} // by local address
	body := map[string]string{} // by "host path"
	serve := func(network, address string) {
		l, err := net.Listen(network, address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		server := &http.Server{
			ConnState: func(c net.Conn, s http.ConnState) {
				if s == http.StateNew {
					mu.Lock()
					defer mu.Unlock()
					reached[c.LocalAddr().String()]++
				}
			},
			Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				location := body[r.Host+r.URL.Path]
				mu.Unlock()
				if location != "" {
					w.Header().Set("Location", location)
					w.WriteHeader(http.StatusFound)
					return
				}
				if r.URL.Path == "/robots.txt" {
					w.WriteHeader(http.StatusNotFound)
					return
				}
				_, _ = io.WriteString(w, "reached")
			}),
			ReadHeaderTimeout: 5 * time.Second,
		}
		go func() { _ = server.Serve(l) }()
		t.Cleanup(func() { _ = server.Close() })
	}
	for _, port := range []string{"80", "443", "22", "6379"} {
		serve("tcp4", "0.0.0.0:"+port)
		serve("tcp6", "[::]:"+port)
	}

	const publicAddress = "93.184.216.34"
	names := &turning{answers: map[string][][]netip.Addr{"public.example": {{netip.MustParseAddr(publicAddress)}}}}
	client := fetch.New(fetch.Config{Egress: egress.Policy{Resolver: names}})
	bare := fetch.New(fetch.Config{}) // with the system's resolver, for literals
	counted := func() int {
		mu.Lock()
		defer mu.Unlock()
		n := 0
		for address, times := range reached {
			if host, _, _ := net.SplitHostPort(address); host != publicAddress {
				n += times
			}
		}
		return n
	}
	redirectTo := func(path, location string) {
		mu.Lock()
		defer mu.Unlock()
		body["public.example"+path] = location
	}

	// First that the rig would notice: a public address is reached, and so is a special one when
	// nobody guards it.
	if r, err := client.Get(context.Background(), fetch.Request{URL: "http://public.example/"}); err != nil || string(r.Body) != "reached" {
		t.Fatalf("the public address: %+v, %v", r, err)
	}
	for _, unguarded := range []string{"10.0.0.1:80", "[fd00:ec2::254]:6379", "[64:ff9b::a9fe:a9fe]:80"} {
		conn, err := net.DialTimeout("tcp", unguarded, time.Second)
		if err != nil {
			t.Fatalf("the rig: %v", err)
		}
		_ = conn.Close()
	}
	deadline := time.Now().Add(5 * time.Second)
	for counted() < 3 && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	if counted() != 3 {
		t.Fatalf("the rig counts %d of 3", counted())
	}

	tries := 0
	try := func(how string, c *fetch.Client, address string) {
		tries++
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		r, err := c.Get(ctx, fetch.Request{URL: address})
		if err == nil {
			t.Errorf("%s: %s gave %q", how, address, r.Body)
		}
	}
	hosts := append(append([]string(nil), forbidden...), odd...)
	for i, host := range hosts {
		for _, scheme := range []string{"http", "https"} {
			try("literal", bare, scheme+"://"+host+"/")
			path := fmt.Sprintf("/%d%s", i, scheme)
			redirectTo(path, scheme+"://"+host+"/")
			try("redirect", client, "http://public.example"+path)
		}
		try("port", bare, "http://"+host+":6379/")
	}
	for _, port := range []string{"22", "6379"} {
		try("public port", client, "http://public.example:"+port+"/")
	}
	polite := fetch.NewPolite(fetch.PoliteConfig{Client: client, Clock: &manual{now: may3}, Patience: time.Hour})
	for i, host := range forbidden {
		a := netip.MustParseAddr(strings.Trim(host, "[]"))
		name := fmt.Sprintf("n%d.example", i)
		names.set(name, []netip.Addr{a})
		try("name", client, "http://"+name+"/")
		try("name, https", client, "https://"+name+"/")
		names.set(name, []netip.Addr{netip.MustParseAddr(publicAddress)}, []netip.Addr{a})
		if _, err := client.Get(context.Background(), fetch.Request{URL: "http://" + name + "/"}); err != nil {
			t.Errorf("before the answer turns: %v", err)
		}
		try("name that turned", client, "http://"+name+"/")
		names.set(name, []netip.Addr{netip.MustParseAddr(publicAddress)}, []netip.Addr{a})
		redirectTo("/turn", "http://"+name+"/again")
		mu.Lock()
		body[name+"/again"] = "http://" + name + "/"
		mu.Unlock()
		try("name that turned on the way", client, "http://public.example/turn")
		// By robots.txt: the host is public for it and private for the page, and the other way.
		names.set(name, []netip.Addr{netip.MustParseAddr(publicAddress)}, []netip.Addr{a})
		tries++
		if r, err := polite.Get(context.Background(), fetch.Request{URL: "http://" + name + "/"}); err == nil {
			t.Errorf("after robots.txt: %q", r.Body)
		}
		tries++
		if r, err := polite.Get(context.Background(), fetch.Request{URL: "http://" + name + ":80/"}); err == nil {
			t.Errorf("for robots.txt: %q", r.Body)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	unguarded := 0
	for address, n := range reached {
		if host, port, _ := net.SplitHostPort(address); host != publicAddress || port != "80" {
			if unguarded += n; unguarded > 3 {
				t.Errorf("%s was reached", address)
			}
		}
	}
	t.Logf("%d tries at %d hosts: %d connections to special addresses (besides the rig's own 3)", tries, len(hosts), unguarded-3)
}

// turning is a resolver whose answers change: each is given once, the last for ever.
type turning struct {
	mu      sync.Mutex
	answers map[string][][]netip.Addr
}

func (r *turning) set(name string, answers ...[]netip.Addr) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers[name] = answers
}

func (r *turning) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.answers[host]
	if len(all) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	if len(all) > 1 {
		r.answers[host] = all[1:]
	}
	return all[0], nil
}
