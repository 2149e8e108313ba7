package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"dateline/nlp/model"
	"dateline/nlp/vector"
)

// A layer is one node of a network file (docs/nlp.md, section 1.1).
type layer struct {
	name   string
	dims   map[any]any
	attrs  map[any]any
	params map[string]array
}

type array struct {
	shape []int
	data  []float32
}

// param returns a layer's parameter and insists on its shape.
func (l layer) param(name string, shape ...int) []float32 {
	a := l.params[name]
	check(slices.Equal(a.shape, shape), "%s.%s has shape %v, not %v", l.name, name, a.shape, shape)
	return a.data
}

// layers reads a network file: four lists with one entry a node, nodes in breadth-first order.
func layers(data []byte) []layer {
	file := must(decode(data)).(map[any]any)
	nodes, attrs, params := file["nodes"].([]any), file["attrs"].([]any), file["params"].([]any)
	out := make([]layer, len(nodes))
	for i := range nodes {
		node := nodes[i].(map[any]any)
		l := layer{node["name"].(string), node["dims"].(map[any]any), map[any]any{}, map[string]array{}}
		for k, v := range attrs[i].(map[any]any) {
			if packed, ok := v.([]byte); ok {
				v = must(decode(packed))
			}
			l.attrs[k] = v
		}
		for k, v := range params[i].(map[any]any) {
			if a, ok := v.(map[any]any); ok {
				l.params[k.(string)] = floats(a)
			}
		}
		out[i] = l
	}
	return out
}

func floats(m map[any]any) array {
	check(m["type"] == "<f4", "array of type %v", m["type"])
	raw := m["data"].([]byte)
	a := array{data: make([]float32, len(raw)/4)}
	for i := range a.data {
		a.data[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[i*4:]))
	}
	for _, n := range m["shape"].([]any) {
		a.shape = append(a.shape, int(n.(int64)))
	}
	return a
}

func named(all []layer, name string) []layer {
	return slices.DeleteFunc(slices.Clone(all), func(l layer) bool { return l.name != name })
}

// encoder writes one token-to-vector network (docs/nlp.md, section 5).
func encoder(w *model.Writer, prefix string, all []layer, attributes []string) {
	columns := named(all, "extract_features")[0].attrs["columns"].([]any)
	tables := named(all, "hashembed")
	check(len(columns) == len(attributes) && len(tables) == len(attributes), "%s: columns %v", prefix, columns)
	var seeds, rows []uint32
	for i, t := range tables {
		check(columns[i] == attributes[i] && t.attrs["column"] == int64(i), "%s: column %d is %v", prefix, i, columns[i])
		n := int(t.dims["nV"].(int64))
		seeds, rows = append(seeds, uint32(t.attrs["seed"].(int64))), append(rows, uint32(n))
		w.Floats(fmt.Sprintf("%s.embed.%d", prefix, i), t.param("E", n, vector.Width))
	}
	w.Uint32s(prefix+".seeds", seeds)
	w.Uint32s(prefix+".rows", rows)

	maxouts, norms := named(all, "maxout"), named(all, "layernorm")
	check(len(maxouts) == 5 && len(norms) == 5, "%s: %d maxout layers", prefix, len(maxouts))
	for i, m := range maxouts {
		k := 3 * vector.Width
		if i == 0 {
			k = vector.Width * len(attributes)
		}
		weights := pieceMajor(m.param("W", vector.Width, vector.Pieces, k), vector.Width, vector.Pieces, k)
		name := fmt.Sprintf("%s.layer.%d", prefix, i)
		switch i {
		case 0: // the mix layer: a product for each feature, kept apart
			var parts []float32
			for f := range attributes {
				parts = append(parts, vector.Pack(slab(weights, k, f*vector.Width, vector.Width), vector.Maxout, vector.Width)...)
			}
			w.Floats(name+".weights", parts)
		case 1: // the first window layer: a product for each place in the window, kept apart
			var thirds []float32
			for place := range 3 {
				thirds = append(thirds, slab(weights, k, place*vector.Width, vector.Width)...)
			}
			w.Floats(name+".weights", vector.Pack(thirds, 3*vector.Maxout, vector.Width))
		default: // the other window layers: the product form for pairs of tokens
			var four []float32
			for _, g := range vector.Window(weights) {
				four = append(four, vector.Pack(g, vector.Maxout, vector.Width)...)
			}
			w.Floats(name+".weights", four)
		}
		w.Floats(name+".bias", pieceMajor(m.param("b", vector.Width, vector.Pieces), vector.Width, vector.Pieces, 1))
		w.Floats(name+".scale", norms[i].param("G", vector.Width))
		w.Floats(name+".shift", norms[i].param("b", vector.Width))
	}
}

// pieceMajor reorders rows (unit, piece) into (piece, unit), so that a maximum over the pieces
// compares whole registers.
func pieceMajor(w []float32, units, pieces, k int) []float32 {
	out := make([]float32, 0, len(w))
	for p := range pieces {
		for u := range units {
			at := (u*pieces + p) * k
			out = append(out, w[at:at+k]...)
		}
	}
	return out
}

// slab cuts n columns out of rows of k.
func slab(w []float32, k, from, n int) []float32 {
	var out []float32
	for at := from; at < len(w); at += k {
		out = append(out, w[at:at+n]...)
	}
	return out
}

// padRows appends zero rows of k until there are n.
func padRows(w []float32, n, k int) []float32 {
	return append(slices.Clone(w), make([]float32, n*k-len(w))...)
}

func tagger(w *model.Writer, all []layer, labels []string) {
	l := named(all, "softmax")[0]
	check(l.attrs["softmax_normalize"] == false, "the tagger normalises its scores")
	const padded = 64
	w.Floats("tagger.weights", vector.Pack(padRows(l.param("W", len(labels), vector.Width), padded, vector.Width), padded, vector.Width))
	w.Floats("tagger.bias", padRows(l.param("b", len(labels)), padded, 1))
	w.Strings("tagger.labels", labels)
}

// transition writes the network of the parser or of the names (docs/nlp.md, section 7.1) and its
// moves in the order of their classes (section 1.2).
func transition(w *model.Writer, prefix string, all []layer, movesFile []byte, features, classes int) {
	linear := named(all, "linear")
	check(len(linear) == 2, "%s: %d linear layers", prefix, len(linear))
	token, upper := linear[0], linear[1]
	if token.dims["nI"] != int64(vector.Width) {
		token, upper = upper, token
	}
	w.Floats(prefix+".token.weights", vector.Pack(token.param("W", vector.Hidden, vector.Width), vector.Hidden, vector.Width))
	w.Floats(prefix+".token.bias", token.param("b", vector.Hidden))

	lower := named(all, "precomputable_affine")[0]
	weights := lower.param("W", features, vector.Hidden, 2, vector.Hidden)
	pad := lower.param("pad", 1, features, vector.Hidden, 2)
	var rows, missing []float32
	for f := range features {
		size := vector.State * vector.Hidden
		rows = append(rows, pieceMajor(weights[f*size:(f+1)*size], vector.Hidden, 2, vector.Hidden)...)
		missing = append(missing, pieceMajor(pad[f*vector.State:(f+1)*vector.State], vector.Hidden, 2, 1)...)
	}
	w.Floats(prefix+".lower.weights", vector.Pack(rows, features*vector.State, vector.Hidden))
	w.Floats(prefix+".lower.bias", pieceMajor(lower.param("b", vector.Hidden, 2), vector.Hidden, 2, 1))
	w.Floats(prefix+".lower.missing", missing)

	padded := (classes + vector.Columns - 1) / vector.Columns * vector.Columns
	w.Floats(prefix+".upper.weights", vector.Transpose(padRows(upper.param("W", classes, vector.Hidden), padded, vector.Hidden), padded, vector.Hidden))
	w.Floats(prefix+".upper.bias", padRows(upper.param("b", classes), padded, 1))

	var actions []uint32
	var labels []string
	byAction := map[string]map[string]int{}
	text := must(decode(movesFile)).(map[any]any)["moves"].(string)
	checkErr(json.Unmarshal([]byte(text), &byAction))
	for _, action := range slices.Sorted(maps.Keys(byAction)) {
		frequency := byAction[action]
		byFrequency := func(a, b string) int {
			if d := frequency[b] - frequency[a]; d != 0 {
				return d
			}
			return strings.Compare(b, a)
		}
		for _, label := range slices.SortedFunc(maps.Keys(frequency), byFrequency) {
			check(len(action) == 1 && action[0] < '6', "%s: action %q", prefix, action)
			actions, labels = append(actions, uint32(action[0]-'0')), append(labels, label)
		}
	}
	check(len(labels) == classes, "%s: %d moves for %d classes", prefix, len(labels), classes)
	w.Uint32s(prefix+".actions", actions)
	w.Strings(prefix+".labels", labels)
}
