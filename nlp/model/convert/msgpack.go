package main

import (
	"encoding/binary"
	"fmt"
	"math"
)

// decode reads one MessagePack value: maps become map[any]any with keys of type string, int64 or
// uint64 (binary keys become strings), binary data []byte, integers int64, or uint64 where they
// need all 64 bits. Extension types do not occur in the files we read.
func decode(data []byte) (value any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("messagepack: %v", p) // an index past the end, or an unknown type
		}
	}()
	r := reader{data: data}
	return r.value(), nil
}

type reader struct {
	data []byte
	at   int
}

func (r *reader) bytes(n int) []byte {
	r.at += n
	return r.data[r.at-n : r.at]
}

// number reads a big-endian unsigned integer of n bytes.
func (r *reader) number(n int) uint64 {
	var wide [8]byte
	copy(wide[8-n:], r.bytes(n))
	return binary.BigEndian.Uint64(wide[:])
}

func (r *reader) list(n int) []any {
	l := make([]any, n)
	for i := range l {
		l[i] = r.value()
	}
	return l
}

func (r *reader) mapping(n int) map[any]any {
	m := make(map[any]any, n)
	for range n {
		key := r.value()
		if b, ok := key.([]byte); ok {
			key = string(b)
		}
		m[key] = r.value()
	}
	return m
}

func (r *reader) value() any {
	c := r.bytes(1)[0]
	switch {
	case c < 0x80:
		return int64(c)
	case c < 0x90:
		return r.mapping(int(c & 15))
	case c < 0xa0:
		return r.list(int(c & 15))
	case c < 0xc0:
		return string(r.bytes(int(c & 31)))
	case c >= 0xe0:
		return int64(int8(c))
	}
	switch c {
	case 0xc0:
		return nil
	case 0xc2, 0xc3:
		return c == 0xc3
	case 0xc4, 0xc5, 0xc6:
		return r.bytes(int(r.number(1 << (c - 0xc4))))
	case 0xca:
		return float64(math.Float32frombits(uint32(r.number(4))))
	case 0xcb:
		return math.Float64frombits(r.number(8))
	case 0xcc, 0xcd, 0xce, 0xcf:
		if v := r.number(1 << (c - 0xcc)); v>>63 != 0 {
			return v
		} else {
			return int64(v)
		}
	case 0xd0:
		return int64(int8(r.number(1)))
	case 0xd1:
		return int64(int16(r.number(2)))
	case 0xd2:
		return int64(int32(r.number(4)))
	case 0xd3:
		return int64(r.number(8))
	case 0xd9, 0xda, 0xdb:
		return string(r.bytes(int(r.number(1 << (c - 0xd9)))))
	case 0xdc, 0xdd:
		return r.list(int(r.number(2 << (c - 0xdc))))
	case 0xde, 0xdf:
		return r.mapping(int(r.number(2 << (c - 0xde))))
	}
	panic(fmt.Sprintf("type %#x", c))
}
