package xmlfeed

import (
	"strconv"
	"strings"

	"dateline/fetch/feed/model"
)

func (r *reader) openedGML(attr map[string]string, k kind, m *model.Meta) {
	if m.Where == nil {
		m.Where = &model.Geometry{}
	}
	if n := number(attr["srsdimension"]); n > 0 {
		m.Where.Dimensions = n
	}
	if _, code, ok := strings.Cut(attr["srsname"], "EPSG"); ok {
		n := number(code[strings.LastIndexByte(code, ':')+1:])
		// The geographic systems of the EPSG register, which are latitude first, have numbers
		// from 4001 to 4999 but for five.
		m.Where.Projected = (n < 4001 || n > 4999) && n != 3819 && n != 3821 && n != 3824 && n != 3889 && n != 3906
	}
	m.Where.Type = map[kind]string{gmlLine: "LineString", gmlPolygon: "Polygon", gmlRing: "Polygon"}[k]
}

func (r *reader) closedGeometry(value string, k kind, m *model.Meta) {
	if m.Where == nil {
		return
	}
	m.Where.Points = points(value, m.Where.Dimensions, !m.Where.Projected)
	switch k {
	case geoPoint, gmlPos:
		m.Where.Type = "Point"
		m.Where.Points = m.Where.Points[:min(1, len(m.Where.Points))]
	case geoLine:
		m.Where.Type = "LineString"
	case geoPolygon:
		m.Where.Type = "Polygon"
	case geoBox:
		m.Where.Type = "Box"
	}
	if len(m.Where.Points) == 0 {
		m.Where = nil
	}
}

// points reads pairs of numbers, latitude first if swap.
func points(s string, dimensions int, swap bool) [][]float64 {
	var numbers []float64
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r <= ' ' }) {
		n, err := strconv.ParseFloat(word, 64)
		if err != nil || len(numbers) > 1<<14 {
			return nil
		}
		numbers = append(numbers, n)
	}
	size := 2
	if dimensions == 3 {
		size = 3
	}
	var out [][]float64
	for ; len(numbers) >= size; numbers = numbers[size:] {
		p := append([]float64(nil), numbers[:size]...)
		if swap {
			p[0], p[1] = p[1], p[0]
		}
		out = append(out, p)
	}
	return out
}
