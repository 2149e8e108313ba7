package vector

import "math"

// The plain loops: what every other kernel is tested against.

func multiplyPortable(c []float32, ldc int, a []float32, lda, rows int, m *Matrix) {
	for r := range rows {
		x := a[r*lda : r*lda+m.K]
		for column := 0; column < m.N; column += Columns {
			panel := m.Panel[column*m.K : (column+Columns)*m.K]
			var sum [Columns]float32
			for i, v := range x {
				w := (*[Columns]float32)(panel[i*Columns:])
				for j := range sum {
					sum[j] += v * w[j]
				}
			}
			y := c[r*ldc+column : r*ldc+column+Columns]
			for j, b := range m.Bias[column : column+Columns] {
				y[j] = sum[j] + b
			}
		}
	}
}

func scoresPortable(y, x []float32, s *Scorer) {
	y = y[:s.N]
	clear(y)
	for i, v := range x[:s.K] {
		w := s.Row[i*s.N : (i+1)*s.N]
		for j := range y {
			y[j] += v * w[j]
		}
	}
	for j, b := range s.Bias {
		y[j] += b
	}
}

func statesPortable(hidden []float32, rows []*[State]float32, bias []float32) {
	var sum [State]float32
	for _, row := range rows {
		for i, v := range row {
			sum[i] += v
		}
	}
	for i, b := range bias[:State] {
		sum[i] += b
	}
	for i := range hidden[:Hidden] {
		hidden[i] = max(sum[i], sum[Hidden+i])
	}
}

func pairsPortable(d, x []float32, n int) {
	stride := n * Width
	for p := range n {
		x0 := (*[4 * Width]float32)(x[p*2*Width:])
		d0, d1, d2, d3 := d[p*Width:], d[stride+p*Width:], d[2*stride+p*Width:], d[3*stride+p*Width:]
		for i := range Width {
			a, b, c, e := x0[i], x0[Width+i], x0[2*Width+i], x0[3*Width+i]
			d0[i], d1[i], d2[i], d3[i] = a-c, b+c, c-b, e-b
		}
	}
}

func finishPortable(y, x, a, b, c []float32, sign float32, n *Norm) {
	var row [Width]float32
	var sum float32
	for i := range row {
		best := (a[i] + b[i] + sign*c[i]) + n.Bias[i]
		for at := i + Width; at < Maxout; at += Width {
			best = max(best, (a[at]+b[at]+sign*c[at])+n.Bias[at])
		}
		row[i] = best
		sum += best
	}
	mean := sum / Width
	sum = 0
	for i := range row {
		row[i] -= mean
		sum += row[i] * row[i]
	}
	inverse := float32(1 / math.Sqrt(float64(sum/Width+1e-8)))
	for i, v := range row {
		y[i] = x[i] + (v*inverse*n.Scale[i] + n.Shift[i])
	}
}

func sumFourPortable(y, a, b, c, d []float32) {
	for i := range y[:Width] {
		y[i] = a[i] + b[i] + c[i] + d[i]
	}
}
