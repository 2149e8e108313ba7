package main

import "fmt"

// Go's assembler knows few of NEON's operations on floats; the others are written as words.
var neonWords = map[string]uint32{
	"FADD":  0x4e20d400, // d = n + m
	"FSUB":  0x4ea0d400, // d = n - m
	"FMUL":  0x6e20dc00, // d = n * m
	"FMLA":  0x4e20cc00, // d += n * m
	"FMAX":  0x4e20f400, // d = max(n, m)
	"FADDP": 0x6e20d400, // d = sums of neighbours in n and m
}

// neon writes an operation on four floats a register.
func (p *printer) neon(op string, d, n, m int) {
	p.w("WORD $%#08x // %s V%d.4S, V%d.4S, V%d.4S", neonWords[op]|uint32(m)<<16|uint32(n)<<5|uint32(d), op, d, n, m)
}

// neonLane writes d += n * (lane of m).
func (p *printer) neonLane(d, n, m, lane int) {
	word := 0x4f801000 | uint32(lane&1)<<21 | uint32(m)<<16 | uint32(lane>>1)<<11 | uint32(n)<<5 | uint32(d)
	p.w("WORD $%#08x // FMLA V%d.4S, V%d.4S, V%d.S[%d]", word, d, n, m, lane)
}

func (p *printer) load(at, reg, count int) {
	p.w("VLD1.P %d(R%d), [%s]", 16*count, at, registers(reg, count))
}

func (p *printer) store(at, reg, count int) {
	p.w("VST1.P [%s], %d(R%d)", registers(reg, count), 16*count, at)
}

func registers(first, count int) string {
	s := ""
	for i := range count {
		if i > 0 {
			s += ", "
		}
		s += fmt.Sprintf("V%d.S4", first+i)
	}
	return s
}

func (p *printer) zero(reg int) { p.w("VEOR V%d.B16, V%d.B16, V%d.B16", reg, reg, reg) }

func arm64(p *printer) {
	tileNEON(p, 4, 1)
	tileNEON(p, 1, 2)
	scoresNEON(p, 80)
	scoresNEON(p, 112)
	statesNEON(p)
	pairsNEON(p)
	finishNEON(p, "finishAddNEON", "FADD")
	finishNEON(p, "finishSubNEON", "FSUB")
	sumFourNEON(p)
}

// tileNEON multiplies rows rows of a with panels neighbouring panels of 16 columns: 16 or 8
// accumulators, 4 registers of weights, one of each row for four steps.
func tileNEON(p *printer, rows, panels int) {
	name := fmt.Sprintf("tile%dx%dNEON", rows, panels*16)
	p.text(name, tileSignature, 56)
	for i, arg := range []string{"a", "lda", "w", "k", "bias", "c", "ldc"} {
		p.w("MOVD %s+%d(FP), R%d", arg, i*8, i)
	}
	// rows at R7.., panels at R2 and R12
	for r := range rows {
		if r == 0 {
			p.w("MOVD R0, R7")
		} else {
			p.w("ADD R1, R%d, R%d", 6+r, 7+r)
		}
	}
	panel := []int{2, 12}[:panels]
	if panels > 1 {
		p.w("ADD R3<<6, R2, R12")
	}
	acc := func(r, q, v int) int { return (r*panels+q)*4 + v }
	for i := range rows * panels * 4 {
		p.zero(i)
	}
	const weights, inputs = 16, 20
	p.w("LSR $2, R3")
	p.label(name + "_loop")
	for r := range rows {
		p.load(7+r, inputs+r, 1)
	}
	for u := range 4 {
		for q, at := range panel {
			p.load(at, weights, 4)
			for r := range rows {
				for v := range 4 {
					p.neonLane(acc(r, q, v), weights+v, inputs+r, u)
				}
			}
		}
	}
	p.w("SUBS $1, R3")
	p.w("BNE %s_loop", name)
	for r := range rows {
		p.w("MOVD R4, R13")
		p.w("MOVD R5, R14")
		for q := range panels {
			p.load(13, weights, 4)
			for v := range 4 {
				p.neon("FADD", acc(r, q, v), acc(r, q, v), weights+v)
			}
			p.store(14, acc(r, q, 0), 4)
		}
		p.w("ADD R6, R5")
	}
	p.w("RET")
}

// scoresNEON multiplies one row with a matrix of n columns, stored row by row.
func scoresNEON(p *printer, n int) {
	name := fmt.Sprintf("scores%dNEON", n)
	p.text(name, scoresSignature, 40)
	for i, arg := range []string{"x", "w", "k", "bias", "y"} {
		p.w("MOVD %s+%d(FP), R%d", arg, i*8, i)
	}
	for i := range n / 4 {
		p.zero(i)
	}
	p.w("LSR $2, R2")
	p.label(name + "_loop")
	p.load(0, 31, 1)
	for u := range 4 {
		for i := range n / 4 {
			w := 28 + i%3
			p.load(1, w, 1)
			p.neonLane(i, w, 31, u)
		}
	}
	p.w("SUBS $1, R2")
	p.w("BNE %s_loop", name)
	for i := range n / 4 {
		w := 28 + i%3
		p.load(3, w, 1)
		p.neon("FADD", i, i, w)
		p.store(4, i, 1)
	}
	p.w("RET")
}

// statesNEON adds rows of 128, half of the hidden units at a time: pieces in V0 to V7 and V8 to
// V15.
func statesNEON(p *printer) {
	p.text("statesNEON", "(rows **float32, n uintptr, bias, hidden *float32)", 32)
	for i, arg := range []string{"rows", "n", "bias", "hidden"} {
		p.w("MOVD %s+%d(FP), R%d", arg, i*8, i)
	}
	for half := range 2 {
		for i := range 16 {
			p.zero(i)
		}
		p.w("MOVD R0, R4")
		p.w("MOVD R1, R5")
		add := func(from int) { // adds one row, or the bias, at register from
			for piece := range 2 {
				p.w("ADD $%d, R%d, R7", half*128+piece*256, from)
				for quarter := range 2 {
					p.load(7, 16, 4)
					for v := range 4 {
						acc := piece*8 + quarter*4 + v
						p.neon("FADD", acc, acc, 16+v)
					}
				}
			}
		}
		p.label(fmt.Sprintf("states_loop%d", half))
		p.w("MOVD.P 8(R4), R6")
		add(6)
		p.w("SUBS $1, R5")
		p.w("BNE states_loop%d", half)
		add(2)
		for i := range 8 {
			p.neon("FMAX", i, i, i+8)
		}
		p.store(3, 0, 4)
		p.store(3, 4, 4)
	}
	p.w("RET")
}

func pairsNEON(p *printer) {
	p.text("pairsNEON", "(x *float32, n uintptr, d *float32, stride uintptr)", 32)
	for i, arg := range []string{"x", "n", "d", "stride"} {
		p.w("MOVD %s+%d(FP), R%d", arg, i*8, i)
	}
	p.label("pairs_loop")
	for r := range 4 { // R4.. read x, R8.. write d
		p.w("ADD $%d, R0, R%d", r*384, 4+r)
	}
	p.w("MOVD R2, R8")
	for r := range 3 {
		p.w("ADD R3, R%d, R%d", 8+r, 9+r)
	}
	for range 24 {
		for r := range 4 {
			p.load(4+r, r, 1)
		}
		p.neon("FSUB", 4, 0, 2)
		p.neon("FADD", 5, 1, 2)
		p.neon("FSUB", 6, 2, 1)
		p.neon("FSUB", 7, 3, 1)
		for r := range 4 {
			p.store(8+r, 4+r, 1)
		}
	}
	p.w("ADD $768, R0")
	p.w("ADD $384, R2")
	p.w("SUBS $1, R1")
	p.w("BNE pairs_loop")
	p.w("RET")
}

// finishNEON keeps one whole row of 96 in V0 to V23 from the maxout to the residual.
func finishNEON(p *printer, name, last string) {
	p.text(name, "(y, x, a, b, c, bias, scale, shift *float32)", 64)
	for i, arg := range []string{"y", "x", "a", "b", "c", "bias", "scale", "shift"} {
		p.w("MOVD %s+%d(FP), R%d", arg, i*8, i)
	}
	for piece := range 3 { // a, b, c and bias are read from end to end, a piece after the other
		for v := range 24 {
			for i, at := range []int{2, 3, 4, 5} {
				p.load(at, 24+i, 1)
			}
			p.neon("FADD", 24, 24, 25)
			p.neon(last, 24, 24, 26)
			if piece == 0 {
				p.neon("FADD", v, 24, 27)
				continue
			}
			p.neon("FADD", 24, 24, 27)
			p.neon("FMAX", v, v, 24)
		}
	}
	horizontal := func() { // the lanes of V24 to V27, added up into F24
		p.neon("FADD", 24, 24, 25)
		p.neon("FADD", 26, 26, 27)
		p.neon("FADD", 24, 24, 26)
		p.neon("FADDP", 24, 24, 24)
		p.neon("FADDP", 24, 24, 24)
	}
	p.w("FMOVS $96.0, F30")
	for v := range 4 {
		p.neon("FADD", 24+v, v, 4+v)
	}
	for v := 8; v < 24; v++ {
		p.neon("FADD", 24+v%4, 24+v%4, v)
	}
	horizontal()
	p.w("FDIVS F30, F24, F24")
	p.w("VDUP V24.S[0], V28.S4")
	for i := range 4 {
		p.zero(24 + i)
	}
	for v := range 24 {
		p.neon("FSUB", v, v, 28)
		p.neon("FMLA", 24+v%4, v, v)
	}
	horizontal()
	p.w("FDIVS F30, F24, F24")
	p.w("FMOVS $1.0e-8, F29")
	p.w("FADDS F29, F24, F24")
	p.w("FCVTSD F24, F24")
	p.w("FSQRTD F24, F24")
	p.w("FMOVD $1.0, F25")
	p.w("FDIVD F24, F25, F24")
	p.w("FCVTDS F24, F24")
	p.w("VDUP V24.S[0], V28.S4")
	for v := range 24 {
		p.load(6, 24, 1)
		p.load(7, 25, 1)
		p.load(1, 26, 1)
		p.neon("FMUL", v, v, 28)
		p.neon("FMLA", 25, v, 24)
		p.neon("FADD", v, 25, 26)
		p.store(0, v, 1)
	}
	p.w("RET")
}

func sumFourNEON(p *printer) {
	p.text("sumFourNEON", "(y, a, b, c, d *float32)", 40)
	for i, arg := range []string{"y", "a", "b", "c", "d"} {
		p.w("MOVD %s+%d(FP), R%d", arg, i*8, i)
	}
	for range 24 {
		for i := range 4 {
			p.load(1+i, i, 1)
		}
		for i := 1; i < 4; i++ {
			p.neon("FADD", 0, 0, i)
		}
		p.store(0, 0, 1)
	}
	p.w("RET")
}
