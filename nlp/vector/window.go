package vector

// Window turns the weights of a maxout layer over a window of three tokens into the four
// matrices of its product form (docs/nlp.md, section 5.5), in the order of Pairs. w holds Maxout
// rows of 3*Width weights: those of the token before, of the token, of the token after.
//
// With g0, g1, g2 the three thirds of w and d0..d3 four neighbouring tokens,
//
//	m1 = g0·(d0-d2)   m2 = (g0+g1+g2)/2·(d1+d2)   m3 = (g0-g1+g2)/2·(d2-d1)   m4 = g2·(d3-d1)
//	g0·d0 + g1·d1 + g2·d2 = m1 + m2 + m3
//	g0·d1 + g1·d2 + g2·d3 = m2 - m3 + m4
//
// so that two tokens cost four products and not six (Winograd's minimal filter F(2,3); Lavin and
// Gray 2016, "Fast algorithms for convolutional neural networks", section 4.1).
func Window(w []float32) [4][]float32 {
	var g [4][]float32
	for row := 0; row < len(w); row += 3 * Width {
		for i := range Width {
			g0, g1, g2 := float64(w[row+i]), float64(w[row+Width+i]), float64(w[row+2*Width+i])
			g[0] = append(g[0], float32(g0))
			g[1] = append(g[1], float32((g0+g1+g2)/2))
			g[2] = append(g[2], float32((g0-g1+g2)/2))
			g[3] = append(g[3], float32(g2))
		}
	}
	return g
}
