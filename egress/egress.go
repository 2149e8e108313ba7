// Package egress is the guard of everything that calls out: it says which addresses may be
// dialled, and is the one place that dials.
//
// A name is looked up, and the address that is about to be connected to is checked in the
// dialler's Control hook: after the look-up, for every address tried, after every redirect, so
// that neither a name that changes its answer nor a way of writing an address gets past it.
// Refused is every address of the special-purpose registries of IANA (RFC 6890; ranges.go), for
// IPv4 and IPv6, and every IPv6 address that carries an IPv4 one which is refused (mapped,
// compatible, NAT64, 6to4, Teredo, ISATAP). Ports other than 80 and 443 and schemes other than
// http and https are refused too. A Policy may allow named prefixes and ports: that is how
// somebody reads feeds of their own network, and how tests reach a server on loopback.
//
// No proxy is taken from the environment. A proxy that is asked for by name is dialled under the
// same rules, but the proxy then looks up and dials the target itself, out of reach of the
// check at the dial: then the target is looked up and checked beforehand, and what the proxy
// makes of the name is the operator's trust in it.
package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// maxAddresses is how many addresses of one name are tried. A name with hundreds is a mistake or
// a trap.
const maxAddresses = 8

// A Policy says what may be dialled. The zero value allows public addresses on ports 80 and 443.
type Policy struct {
	// Allow are special prefixes that may be dialled all the same. An IPv6 address that carries
	// an IPv4 one is dialled only if that one may be dialled too: with 64:ff9b::/96 here, on a
	// network that has NAT64, public addresses are reached through it and private ones are not.
	Allow []netip.Prefix

	Ports []uint16 // that may be dialled; nil for 80 and 443

	Resolver Resolver // nil for Go's own, which reads no odd forms of addresses

	// Proxy, if set, is dialled in place of every target. Its own address is exempt from the
	// policy, for somebody named it.
	Proxy *url.URL
}

// A Resolver looks up the addresses of a name; *net.Resolver does.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// A RefusedError is a target that the policy does not allow. Nothing was sent to it.
type RefusedError struct {
	Target string // the address, the URL's host or its scheme
	Why    string
}

func (e *RefusedError) Error() string { return fmt.Sprintf("%s is not called: %s", e.Target, e.Why) }

// Check refuses an address that may not be dialled.
func (p Policy) Check(to netip.AddrPort) error {
	if err := p.checkPort(to.Port()); err != nil {
		return err
	}
	return p.checkAddr(to.Addr())
}

func (p Policy) checkAddr(a netip.Addr) error {
	if !a.IsValid() {
		return &RefusedError{"an invalid address", "it is none"}
	}
	a = a.WithZone("").Unmap()
	if name := specialName(a); name != "" && !slices.ContainsFunc(p.Allow, func(allowed netip.Prefix) bool { return allowed.Contains(a) }) {
		return &RefusedError{a.String(), name + ", not a public address"}
	}
	if a == netip.IPv6Loopback() || a == netip.IPv6Unspecified() {
		return nil // allowed by name above; the 0.0.0.1 and 0.0.0.0 in them are no addresses
	}
	for _, inner := range embedded(a) {
		if err := p.checkAddr(inner); err != nil {
			return &RefusedError{a.String(), "it carries " + err.Error()}
		}
	}
	return nil
}

func (p Policy) checkPort(port uint16) error {
	allowed := p.Ports
	if allowed == nil {
		allowed = []uint16{80, 443}
	}
	if !slices.Contains(allowed, port) {
		return &RefusedError{"port " + strconv.Itoa(int(port)), "only some ports are called"}
	}
	return nil
}

// CheckURL refuses what can be refused before a look-up: schemes, ports, addresses written out.
// It is there to say no early and clearly; what counts is the check at the dial.
func (p Policy) CheckURL(u *url.URL) error {
	port := uint64(80)
	switch u.Scheme {
	case "http":
	case "https":
		port = 443
	default:
		return &RefusedError{"scheme " + strconv.Quote(u.Scheme), "only http and https are called"}
	}
	host := u.Hostname()
	if host == "" {
		return &RefusedError{"a URL without a host", "there is nobody to call"}
	}
	if s := u.Port(); s != "" {
		var err error
		if port, err = strconv.ParseUint(s, 10, 16); err != nil {
			return &RefusedError{"port " + strconv.Quote(s), "it is none"}
		}
	}
	if err := p.checkPort(uint16(port)); err != nil {
		return err
	}
	if a, err := netip.ParseAddr(host); err == nil {
		return p.checkAddr(a)
	}
	if endsInNumber(host) {
		return &RefusedError{strconv.Quote(host), "an address in an odd form"}
	}
	return nil
}

// endsInNumber reports a host that some readers take for an IPv4 address in parts, in octal or in
// hexadecimal (WHATWG URL, "ends in a number checker"): 127.1, 017700000001, 0x7f.1.
func endsInNumber(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := strings.ToLower(host[strings.LastIndexByte(host, '.')+1:])
	if hex, is := strings.CutPrefix(last, "0x"); is {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return last != "" && strings.Trim(last, "0123456789") == ""
}

// DialContext connects to a host and port, at an address that the policy allows.
func (p Policy) DialContext(ctx context.Context, network, hostPort string) (net.Conn, error) {
	host, portText, err := net.SplitHostPort(hostPort)
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", hostPort, err)
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("dial %s: port %q is none", hostPort, portText)
	}
	exempt := p.isProxy(host, portText)
	if !exempt {
		if err := p.checkPort(uint16(port)); err != nil {
			return nil, err
		}
	}
	addrs, err := p.allowed(ctx, host, exempt)
	if err != nil {
		return nil, err
	}
	dialer := net.Dialer{KeepAlive: -1}
	if !exempt {
		dialer.Control = p.control
	}
	var failures []error
	for i, a := range addrs {
		conn, err := dialOne(ctx, dialer, network, netip.AddrPortFrom(a, uint16(port)), len(addrs)-i)
		if err == nil {
			return conn, nil
		}
		failures = append(failures, err)
		if ctx.Err() != nil {
			break
		}
	}
	return nil, errors.Join(failures...)
}

// dialOne gives an address its share of what time is left, so that one that does not answer
// leaves some for the next.
func dialOne(ctx context.Context, dialer net.Dialer, network string, to netip.AddrPort, left int) (net.Conn, error) {
	if deadline, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(deadline)/time.Duration(left))
		defer cancel()
	}
	return dialer.DialContext(ctx, network, to.String())
}

// control is called with the address itself, between making the socket and connecting it.
func (p Policy) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return &RefusedError{address, "it is no address"}
	}
	return p.Check(to)
}

// allowed looks up the addresses of a host and leaves those that may be dialled. If all are
// refused, the error says so.
func (p Policy) allowed(ctx context.Context, host string, exempt bool) ([]netip.Addr, error) {
	var found []netip.Addr
	if a, err := netip.ParseAddr(host); err == nil {
		found = []netip.Addr{a}
	} else {
		var resolver Resolver = net.DefaultResolver
		if p.Resolver != nil {
			resolver = p.Resolver
		}
		if found, err = resolver.LookupNetIP(ctx, "ip", host); err != nil {
			return nil, err
		}
	}
	var refused error
	var addrs []netip.Addr
	for _, a := range found {
		if err := p.checkAddr(a); err != nil && !exempt {
			refused = err
			continue
		}
		if addrs = append(addrs, a); len(addrs) == maxAddresses {
			break
		}
	}
	switch {
	case len(addrs) > 0:
		return addrs, nil
	case refused != nil:
		return nil, fmt.Errorf("%s: %w", host, refused)
	}
	return nil, &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
}

func (p Policy) isProxy(host, port string) bool {
	if p.Proxy == nil || p.Proxy.Hostname() != host {
		return false
	}
	proxyPort := p.Proxy.Port()
	if proxyPort == "" {
		proxyPort = map[string]string{"http": "80", "https": "443"}[p.Proxy.Scheme]
	}
	return proxyPort == port
}

// Limits bound what a transport waits for and takes.
type Limits struct {
	Connect, TLS, Header time.Duration // time for the dial with its look-up, the handshake, the head of the response
	MaxHeaderBytes       int64
}

// Transport is the round tripper of everything that calls out over HTTP. It follows no redirect,
// keeps no cookie, unpacks nothing and uses each connection once: bytes that a server sends past
// the end of its response have no next response to be taken for, and at the pace of polite
// requests a kept connection has nearly always been closed by the time it is needed. For the
// same reason it speaks HTTP/1.1 alone: one request at a time gains nothing by streams.
func (p Policy) Transport(l Limits) http.RoundTripper {
	t := &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, l.Connect)
			defer cancel()
			return p.DialContext(ctx, network, address)
		},
		TLSHandshakeTimeout:    l.TLS,
		ResponseHeaderTimeout:  l.Header,
		MaxResponseHeaderBytes: l.MaxHeaderBytes,
		DisableKeepAlives:      true,
		DisableCompression:     true,
		Protocols:              new(http.Protocols),
	}
	t.Protocols.SetHTTP1(true)
	if p.Proxy != nil {
		t.Proxy = http.ProxyURL(p.Proxy)
	}
	return guarded{p, t}
}

type guarded struct {
	policy    Policy
	transport *http.Transport
}

func (g guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := g.policy.CheckURL(r.URL); err != nil {
		return nil, err
	}
	if g.policy.Proxy != nil {
		// The target is dialled by the proxy: what can be known of it is asked now.
		if _, err := g.policy.allowed(r.Context(), r.URL.Hostname(), false); err != nil {
			return nil, err
		}
	}
	return g.transport.RoundTrip(r)
}
