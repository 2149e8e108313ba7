package egress_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/egress"
)

// Special are addresses that must not be reached: one or more of every block of the IANA
// registries, and IPv4 addresses inside IPv6 ones by every scheme.
var special = strings.Fields(`
	0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254
	169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.170 192.0.2.1
	192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255
	198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
	:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
	64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 100:0:0:1::1
	2001::1 2001:0:7f00:1::1 2001:0:808:808:0:0:80ff:fffe 2001:1::1 2001:2::1 2001:3::1 2001:4:112::1 2001:10::1 2001:20::1 2001:30::1
	2001:db8::1 2002:7f00:1::1 2002:a9fe:a9fe::1 2002:808:808::1 2620:4f:8000::1 3fff::1 3ffe::1 4000::1 5f00::1
	fc00::1 fd00:ec2::254 fe80::1 fe80::1%lo fec0::1 ff02::1 ff0e::1
	2606:4700::5efe:10.0.0.1 2606:4700::200:5efe:127.0.0.1`)

var public = strings.Fields(`1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1
	172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 198.17.255.255 198.20.0.0 223.255.255.255
	2000::1 2001:200::1 2001:4860:4860::8888 2003::1 2606:4700:4700::1111 3ffd::1 ::ffff:8.8.8.8`)

func refused(err error) bool {
	var r *egress.RefusedError
	return errors.As(err, &r)
}

func TestCheck(t *testing.T) {
	var p egress.Policy
	for _, s := range special {
		if err := p.Check(netip.AddrPortFrom(netip.MustParseAddr(s), 443)); !refused(err) {
			t.Errorf("%s: %v", s, err)
		}
	}
	for _, s := range public {
		if err := p.Check(netip.AddrPortFrom(netip.MustParseAddr(s), 80)); err != nil {
			t.Error(err)
		}
	}
	if err := p.Check(netip.AddrPort{}); !refused(err) {
		t.Errorf("no address: %v", err)
	}
	for _, port := range []uint16{0, 22, 25, 4222, 5432, 6379, 8080} {
		if err := p.Check(netip.AddrPortFrom(netip.MustParseAddr("8.8.8.8"), port)); !refused(err) {
			t.Errorf("port %d: %v", port, err)
		}
	}
}

// TestAllow opens one block and looks at what else opened.
func TestAllow(t *testing.T) {
	for _, c := range []struct {
		allow        string
		open, closed string
	}{
		{"10.1.0.0/16", "10.1.2.3 ::ffff:10.1.2.3", "10.2.0.1 127.0.0.1 ::10.1.2.3 64:ff9b::10.1.2.3"},
		{"::1/128", "::1", ":: 127.0.0.1 ::0.0.0.2"},
		{"fd00::/8", "fd00::1", "fc00::1"},
		{"64:ff9b::/96", "64:ff9b::8.8.8.8", "64:ff9b::127.0.0.1 64:ff9b::169.254.169.254"},
		{"2002::/16", "2002:808:808::1", "2002:7f00:1::1"},
	} {
		p := egress.Policy{Allow: []netip.Prefix{netip.MustParsePrefix(c.allow)}}
		for _, s := range strings.Fields(c.open) {
			if err := p.Check(netip.AddrPortFrom(netip.MustParseAddr(s), 80)); err != nil {
				t.Errorf("%s allowed: %v", c.allow, err)
			}
		}
		for _, s := range strings.Fields(c.closed) {
			if err := p.Check(netip.AddrPortFrom(netip.MustParseAddr(s), 80)); !refused(err) {
				t.Errorf("%s allowed: %s: %v", c.allow, s, err)
			}
		}
	}
}

func TestCheckURL(t *testing.T) {
	for _, s := range strings.Fields(`file:///etc/passwd gopher://alba.example/ ftp://alba.example/ data:,x javascript:1 http:/x
		http://alba.example:22/ https://alba.example:99999/ http://127.0.0.1/ http://[::1]/ http://[::ffff:10.0.0.1]/ http://169.254.169.254/
		http://127.1/ http://0x7f.1/ http://2130706433/ http://017700000001/ http://0177.0.0.1/ http://0x7f000001/ http://127.0.0.1./ http://1.0x/ http://user@127.0.0.1/`) {
		u, err := url.Parse(s)
		if err == nil {
			err = (egress.Policy{}).CheckURL(u)
			if !refused(err) {
				t.Errorf("%s: %v", s, err)
			}
		}
	}
	for _, s := range strings.Fields("http://alba.example https://alba.example:443/a http://1.1.1.1/ http://127.0.0.1.alba.example/ http://[2606:4700::1111]/ https://alba.example:80/") {
		u, err := url.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := (egress.Policy{}).CheckURL(u); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}

// answers is a resolver that gives each name its answers in turn, the last one for ever.
type answers map[string][][]netip.Addr

func (a answers) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	all, ok := a[host]
	if !ok {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	if len(all) > 1 {
		a[host] = all[1:]
	}
	return all[0], nil
}

func addrs(s ...string) []netip.Addr {
	var list []netip.Addr
	for _, a := range s {
		list = append(list, netip.MustParseAddr(a))
	}
	return list
}

// server listens on loopback and counts who comes.
func server(t *testing.T) (*httptest.Server, uint16, *int) {
	t.Helper()
	came := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { came++; w.WriteHeader(204) }))
	t.Cleanup(s.Close)
	return s, netip.MustParseAddrPort(s.Listener.Addr().String()).Port(), &came
}

func TestDial(t *testing.T) {
	_, port, came := server(t)
	dial := func(p egress.Policy, host string) error {
		p.Ports = []uint16{port}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		conn, err := p.DialContext(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(int(port))))
		if err == nil {
			_ = conn.Close()
		}
		return err
	}
	loop := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	names := answers{
		"loop.example": {addrs("127.0.0.1")},
		"many.example": {addrs("10.0.0.1", "169.254.169.254", "::1", "127.0.0.1")},
		"flip.example": {addrs("127.0.0.1"), addrs("10.0.0.1")},
		"none.example": {nil},
	}
	for _, host := range []string{"127.0.0.1", "::1", "::ffff:127.0.0.1", "localhost", "loop.example", "many.example", "none.example", "gone.example", "2130706433"} {
		if err := dial(egress.Policy{Resolver: names}, host); err == nil {
			t.Errorf("%s was dialled", host)
		}
	}
	if *came != 0 {
		t.Errorf("%d came", *came)
	}
	// What is allowed among several is found, and an answer is used for the dial it was asked for.
	for _, host := range []string{"many.example", "flip.example", "127.0.0.1"} {
		if err := dial(egress.Policy{Resolver: names, Allow: loop}, host); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	if err := dial(egress.Policy{Resolver: names, Allow: loop}, "flip.example"); !refused(err) {
		t.Errorf("flip.example, later: %v", err)
	}
}

// TestProxy: none from the environment; one by name is used, for targets that may be called.
func TestProxy(t *testing.T) {
	s, _, came := server(t)
	t.Setenv("HTTP_PROXY", s.URL)
	t.Setenv("ALL_PROXY", s.URL)
	proxy, _ := url.Parse(s.URL)
	names := answers{"public.example": {addrs("1.1.1.1")}, "private.example": {addrs("10.0.0.1")}, "loop.example": {addrs("127.0.0.1")}}
	get := func(p egress.Policy, address string) error {
		r, _ := http.NewRequest(http.MethodGet, address, http.NoBody)
		answer, err := p.Transport(egress.Limits{Connect: time.Second, Header: time.Second}).RoundTrip(r)
		if err == nil {
			_ = answer.Body.Close()
		}
		return err
	}
	if err := get(egress.Policy{Resolver: names}, "http://private.example/"); !refused(err) {
		t.Error(err)
	}
	if *came != 0 {
		t.Error("the environment's proxy was used")
	}
	named := egress.Policy{Resolver: names, Proxy: proxy}
	if err := get(named, "http://public.example/"); err != nil || *came != 1 {
		t.Errorf("through the proxy: %v, %d came", err, *came)
	}
	for _, address := range []string{"http://private.example/", "http://127.0.0.1/", s.URL} {
		if err := get(named, address); !refused(err) {
			t.Errorf("%s through the proxy: %v", address, err)
		}
	}
	if *came != 1 {
		t.Errorf("%d came", *came)
	}
}

// TestNobodyElseDials reads what ships: only this room may open connections. A room that needs
// one takes a Policy.
func TestNobodyElseDials(t *testing.T) {
	dials := regexp.MustCompile(`\bnet\.(Dial|DialTimeout|DialTCP|DialUDP|DialIP|Dialer)\b|\bhttp\.(Get|Head|Post|PostForm|Transport|DefaultTransport|DefaultClient|Client)\b|\btls\.(Dial|Dialer)\b|\bsmtp\.(Dial|SendMail)\b`)
	seen := 0
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if name := d.Name(); err == nil && (name == "testdata" || name == "bench" || name == "tools" || name == "egress" || name[0] == '.' && len(name) > 2) {
				return filepath.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		seen++
		for i, line := range strings.Split(string(body), "\n") {
			code, _, _ := strings.Cut(line, "//")
			if m := dials.FindString(code); m != "" {
				t.Errorf("%s, line %d: %s; what calls out goes through package egress", path, i+1, m)
			}
		}
		return nil
	})
	if err != nil || seen < 50 {
		t.Fatalf("%d files read: %v", seen, err)
	}
}
