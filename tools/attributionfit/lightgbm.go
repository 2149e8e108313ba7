package main

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"dateline/annotate/attribution/trees"
)

// lightGBM reads LightGBM's text form of a binary or cross-entropy model.
func lightGBM(r io.Reader) (*trees.Model, error) {
	m := &trees.Model{}
	sets := map[[8]uint32]int{}
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<20), 1<<28)
	tree := map[string]string{}
	flush := func() error {
		defer clear(tree)
		if tree["num_leaves"] == "" {
			return nil
		}
		return addTree(m, sets, tree)
	}
	for sc.Scan() {
		line := sc.Text()
		if strings.HasPrefix(line, "Tree=") || line == "end of trees" {
			if err := flush(); err != nil {
				return nil, err
			}
			if line == "end of trees" {
				return m, nil
			}
			continue
		}
		if k, v, ok := strings.Cut(line, "="); ok {
			if k == "max_feature_idx" {
				n, _ := strconv.Atoi(v)
				m.Columns = n + 1
			}
			tree[k] = v
		}
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("lightgbm model: no end of trees")
}

func addTree(m *trees.Model, sets map[[8]uint32]int, tree map[string]string) error {
	var err error
	ints := func(k string) (v []int) {
		for _, f := range strings.Fields(tree[k]) {
			n, e := strconv.ParseInt(f, 10, 64)
			if e != nil {
				err = e
			}
			v = append(v, int(n))
		}
		return v
	}
	floats := func(k string) (v []float64) {
		for _, f := range strings.Fields(tree[k]) {
			x, e := strconv.ParseFloat(f, 64)
			if e != nil {
				err = e
			}
			v = append(v, x)
		}
		return v
	}
	feature, kind, left, right := ints("split_feature"), ints("decision_type"), ints("left_child"), ints("right_child")
	threshold, leaves := floats("threshold"), floats("leaf_value")
	bounds, bits := ints("cat_boundaries"), ints("cat_threshold")
	if err != nil {
		return err
	}
	node0, leaf0 := int32(len(m.Nodes)), int32(len(m.Leaves))
	child := func(c int) int32 {
		if c < 0 {
			return int32(c) - leaf0
		}
		return node0 + int32(c)
	}
	for i := range feature {
		n := trees.Node{Column: uint16(feature[i]), Set: -1, Left: child(left[i]), Right: child(right[i])}
		if kind[i]&1 == 1 {
			var s [8]uint32
			c := int(threshold[i])
			for j, w := range bits[bounds[c]:bounds[c+1]] {
				if j < len(s) {
					s[j] = uint32(w)
				}
			}
			at, ok := sets[s]
			if !ok {
				at = len(m.Sets)
				sets[s] = at
				m.Sets = append(m.Sets, s)
			}
			n.Set = int16(at)
		} else {
			// Rows are float32: the largest one not above the threshold parts them alike.
			t := float32(threshold[i])
			if float64(t) > threshold[i] {
				t = math.Nextafter32(t, float32(math.Inf(-1)))
			}
			n.Threshold = t
		}
		m.Nodes = append(m.Nodes, n)
	}
	for _, v := range leaves {
		m.Leaves = append(m.Leaves, float32(v))
	}
	if len(feature) == 0 {
		m.Roots = append(m.Roots, -leaf0-1)
	} else {
		m.Roots = append(m.Roots, node0)
	}
	return nil
}
