package egress

import (
	"encoding/binary"
	"net/netip"
)

// A specialRange is a block of addresses that nobody serves news from.
type specialRange struct {
	prefix netip.Prefix
	name   string
}

// special are the special-purpose address registries of IANA (RFC 6890 and its updates, as of
// RFC 9637 and RFC 9780), multicast, and what was special once and is still routed by somebody.
// Blocks that the registries call globally reachable (AS112, AMT) are refused with the rest:
// they hold infrastructure, not pages. Of IPv6 only 2000::/3 is handed out as global unicast
// (RFC 4291, 2.4): everything else is refused without being named here.
var special = ranges(
	"0.0.0.0/8", "this network",
	"10.0.0.0/8", "private",
	"100.64.0.0/10", "shared (carrier-grade NAT)",
	"127.0.0.0/8", "loopback",
	"169.254.0.0/16", "link-local",
	"172.16.0.0/12", "private",
	"192.0.0.0/24", "IETF protocol assignments",
	"192.0.2.0/24", "documentation",
	"192.31.196.0/24", "AS112",
	"192.52.193.0/24", "AMT",
	"192.88.99.0/24", "6to4 relay (deprecated)",
	"192.168.0.0/16", "private",
	"192.175.48.0/24", "AS112",
	"198.18.0.0/15", "benchmarking",
	"198.51.100.0/24", "documentation",
	"203.0.113.0/24", "documentation",
	"224.0.0.0/4", "multicast",
	"240.0.0.0/4", "reserved",
	"2001::/23", "IETF protocol assignments (Teredo, ORCHID, benchmarking)",
	"2001:db8::/32", "documentation",
	"2002::/16", "6to4",
	"2620:4f:8000::/48", "AS112",
	"3fff::/20", "documentation",
	"3ffe::/16", "6bone (returned)",
)

// globalUnicast is all of IPv6 that is handed out to be reached.
var globalUnicast = netip.MustParsePrefix("2000::/3")

// outside names the best known blocks outside globalUnicast, for the message alone.
var outside = ranges(
	"::1/128", "loopback",
	"::/128", "unspecified",
	"::/96", "IPv4-compatible (deprecated)",
	"64:ff9b::/96", "NAT64",
	"64:ff9b:1::/48", "NAT64, local use",
	"100::/64", "discard only",
	"5f00::/16", "segment routing",
	"fc00::/7", "unique local",
	"fe80::/10", "link-local",
	"fec0::/10", "site-local (deprecated)",
	"ff00::/8", "multicast",
)

func ranges(pairs ...string) []specialRange {
	var list []specialRange
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, specialRange{netip.MustParsePrefix(pairs[i]), pairs[i+1]})
	}
	return list
}

// specialName is the name of the special range that holds the address, "" for a public one.
func specialName(a netip.Addr) string {
	for _, s := range special {
		if s.prefix.Contains(a) {
			return s.name
		}
	}
	if a.Is4() || globalUnicast.Contains(a) {
		return ""
	}
	for _, s := range outside {
		if s.prefix.Contains(a) {
			return s.name
		}
	}
	return "outside global unicast"
}

// embedded are the IPv4 addresses that an IPv6 address carries, by every scheme that may apply
// to it. A router that knows the scheme delivers to them.
func embedded(a netip.Addr) []netip.Addr {
	if !a.Is6() {
		return nil
	}
	b := a.As16()
	v4 := func(at int) netip.Addr { return netip.AddrFrom4([4]byte(b[at : at+4])) }
	high := binary.BigEndian.Uint64(b[:8])
	var found []netip.Addr
	switch {
	case high == 0: // ::a.b.c.d (RFC 4291, 2.5.5.1), ::ffff:0:a.b.c.d (RFC 2765); mapped ones are unmapped by then
		found = append(found, v4(12))
	case binary.BigEndian.Uint32(b[:4]) == 0x0064ff9b: // NAT64: RFC 6052, RFC 8215
		found = append(found, v4(12))
	case binary.BigEndian.Uint32(b[:4]) == 0x20010000: // Teredo, RFC 4380: the server, and the client inverted
		client := v4(12).As4()
		for i := range client {
			client[i] ^= 0xff
		}
		found = append(found, v4(4), netip.AddrFrom4(client))
	case binary.BigEndian.Uint16(b[:2]) == 0x2002: // 6to4, RFC 3056
		found = append(found, v4(2))
	}
	if binary.BigEndian.Uint32(b[8:12])&^0x02000000 == 0x00005efe { // ISATAP, RFC 5214
		found = append(found, v4(12))
	}
	return found
}
