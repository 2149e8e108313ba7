package main

import "fmt"

func amd64(p *printer) {
	constants(p)
	tileAVX2(p, 6, 1)
	tileAVX2(p, 1, 2)
	tileAVX512(p, 12)
	for _, panels := range []int{5, 7} {
		scoresAVX2(p, panels)
		scoresAVX512(p, panels)
	}
	statesAVX2(p)
	pairsAVX2(p)
	finishAVX2(p, "finishAddAVX2", "VADDPS")
	finishAVX2(p, "finishSubAVX2", "VSUBPS")
	sumFourAVX2(p)
}

func constants(p *printer) {
	fmt.Fprint(p, `
DATA ·width<>+0(SB)/4, $96.0
GLOBL ·width<>(SB), RODATA|NOPTR, $4
DATA ·epsilon<>+0(SB)/4, $1.0e-8
GLOBL ·epsilon<>(SB), RODATA|NOPTR, $4
DATA ·one<>+0(SB)/8, $1.0
GLOBL ·one<>(SB), RODATA|NOPTR, $8
`)
}

const tileSignature = "(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)"

// tileArguments loads the arguments shared by the matrix tiles. lda and ldc are in bytes.
func tileArguments(p *printer) {
	p.w("MOVQ a+0(FP), SI")
	p.w("MOVQ lda+8(FP), R8")
	p.w("MOVQ w+16(FP), DI")
	p.w("MOVQ k+24(FP), CX")
	p.w("MOVQ bias+32(FP), DX")
	p.w("MOVQ c+40(FP), BX")
	p.w("MOVQ ldc+48(FP), R9")
}

// tileAVX2 multiplies rows rows of a with panels neighbouring panels of 16 columns.
// Accumulators take 2*rows*panels of the 16 registers, weights 2, broadcasts 2.
func tileAVX2(p *printer, rows, panels int) {
	name := fmt.Sprintf("tile%dx%dAVX2", rows, panels*16)
	p.text(name, tileSignature, 56)
	tileArguments(p)
	row := []string{"SI", "R10", "R11", "R12", "R13", "AX"}[:rows]
	if rows > 1 {
		p.w("LEAQ (SI)(R8*1), R10")
		p.w("LEAQ (SI)(R8*2), R11")
		p.w("LEAQ (R10)(R8*2), R12")
		p.w("LEAQ (SI)(R8*4), R13")
		p.w("LEAQ (R10)(R8*4), AX")
	}
	if panels > 1 { // R11 = w + k*64: the next panel
		p.w("MOVQ CX, R11")
		p.w("SHLQ $6, R11")
		p.w("ADDQ DI, R11")
	}
	panel := []string{"DI", "R11"}[:panels]
	acc := func(r, q, half int) int { return (r*panels+q)*2 + half }
	for i := range rows * panels * 2 {
		p.w("VXORPS Y%d, Y%d, Y%d", i, i, i)
	}
	const unroll = 4
	p.w("SHRQ $2, CX")
	p.label(name + "_loop")
	for u := range unroll {
		for q := range panels {
			p.w("VMOVUPS %d(%s), Y12", u*64, panel[q])
			p.w("VMOVUPS %d(%s), Y13", u*64+32, panel[q])
			for r := range rows {
				b := 14 + r%2
				p.w("VBROADCASTSS %d(%s), Y%d", u*4, row[r], b)
				p.w("VFMADD231PS Y12, Y%d, Y%d", b, acc(r, q, 0))
				p.w("VFMADD231PS Y13, Y%d, Y%d", b, acc(r, q, 1))
			}
		}
	}
	for q := range panels {
		p.w("ADDQ $%d, %s", unroll*64, panel[q])
	}
	for r := range rows {
		p.w("ADDQ $%d, %s", unroll*4, row[r])
	}
	p.w("DECQ CX")
	p.w("JNZ %s_loop", name)
	for r := range rows {
		for q := range panels {
			for half := range 2 {
				at, reg := q*64+half*32, acc(r, q, half)
				p.w("VADDPS %d(DX), Y%d, Y%d", at, reg, reg)
				p.w("VMOVUPS Y%d, %d(BX)", reg, at)
			}
		}
		if r < rows-1 {
			p.w("ADDQ R9, BX")
		}
	}
	p.w("VZEROUPPER")
	p.w("RET")
}

// tileAVX512 multiplies rows rows (a multiple of 4, at most 12) with two panels of 16 columns.
func tileAVX512(p *printer, rows int) {
	name := fmt.Sprintf("tile%dx32AVX512", rows)
	p.text(name, tileSignature, 56)
	tileArguments(p)
	p.w("LEAQ (R8)(R8*2), R10")
	p.w("LEAQ (SI)(R8*4), R11")
	p.w("LEAQ (SI)(R8*8), R12")
	p.w("MOVQ CX, R13")
	p.w("SHLQ $6, R13")
	p.w("ADDQ DI, R13")
	base := []string{"SI", "R11", "R12"}[:rows/4]
	index := []string{"", "(R8*1)", "(R8*2)", "(R10*1)"}
	for i := range rows * 2 {
		p.w("VPXORD Z%d, Z%d, Z%d", i, i, i)
	}
	const unroll = 4
	p.w("SHRQ $2, CX")
	p.label(name + "_loop")
	for u := range unroll {
		p.w("VMOVUPS %d(DI), Z24", u*64)
		p.w("VMOVUPS %d(R13), Z25", u*64)
		for r := range rows {
			b := 26 + r%4
			p.w("VBROADCASTSS %d(%s)%s, Z%d", u*4, base[r/4], index[r%4], b)
			p.w("VFMADD231PS Z24, Z%d, Z%d", b, r*2)
			p.w("VFMADD231PS Z25, Z%d, Z%d", b, r*2+1)
		}
	}
	p.w("ADDQ $%d, DI", unroll*64)
	p.w("ADDQ $%d, R13", unroll*64)
	for _, b := range base {
		p.w("ADDQ $%d, %s", unroll*4, b)
	}
	p.w("DECQ CX")
	p.w("JNZ %s_loop", name)
	for r := range rows {
		for q := range 2 {
			p.w("VADDPS %d(DX), Z%d, Z%d", q*64, r*2+q, r*2+q)
			p.w("VMOVUPS Z%d, %d(BX)", r*2+q, q*64)
		}
		if r < rows-1 {
			p.w("ADDQ R9, BX")
		}
	}
	p.w("VZEROUPPER")
	p.w("RET")
}

const scoresSignature = "(x, w *float32, k uintptr, bias, y *float32)"

// scoresAVX2 multiplies one row with a matrix of 16*panels columns, stored row by row.
func scoresAVX2(p *printer, panels int) {
	scores(p, fmt.Sprintf("scores%dAVX2", panels*16), "Y", 32, panels*2)
}

func scoresAVX512(p *printer, panels int) {
	scores(p, fmt.Sprintf("scores%dAVX512", panels*16), "Z", 64, panels)
}

func scores(p *printer, name, reg string, size, n int) {
	p.text(name, scoresSignature, 40)
	p.w("MOVQ x+0(FP), SI")
	p.w("MOVQ w+8(FP), DI")
	p.w("MOVQ k+16(FP), CX")
	p.w("MOVQ bias+24(FP), DX")
	p.w("MOVQ y+32(FP), BX")
	broadcast := fmt.Sprintf("%s%d", reg, n)
	for i := range n {
		p.w("VXORPS Y%d, Y%d, Y%d", i, i, i)
	}
	p.label(name + "_loop")
	p.w("VBROADCASTSS (SI), %s", broadcast)
	for i := range n {
		p.w("VFMADD231PS %d(DI), %s, %s%d", i*size, broadcast, reg, i)
	}
	p.w("ADDQ $%d, DI", n*size)
	p.w("ADDQ $4, SI")
	p.w("DECQ CX")
	p.w("JNZ %s_loop", name)
	for i := range n {
		p.w("VADDPS %d(DX), %s%d, %s%d", i*size, reg, i, reg, i)
		p.w("VMOVUPS %s%d, %d(BX)", reg, i, i*size)
	}
	p.w("VZEROUPPER")
	p.w("RET")
}

// statesAVX2 adds n rows of 128, then bias, and keeps the larger of the two pieces of 64.
func statesAVX2(p *printer) {
	p.text("statesAVX2", "(rows **float32, n uintptr, bias, hidden *float32)", 32)
	p.w("MOVQ rows+0(FP), SI")
	p.w("MOVQ n+8(FP), CX")
	p.w("MOVQ bias+16(FP), DX")
	p.w("MOVQ hidden+24(FP), BX")
	for i := range 16 {
		p.w("VXORPS Y%d, Y%d, Y%d", i, i, i)
	}
	p.label("states_loop")
	p.w("MOVQ (SI), AX")
	for i := range 16 {
		p.w("VADDPS %d(AX), Y%d, Y%d", i*32, i, i)
	}
	p.w("ADDQ $8, SI")
	p.w("DECQ CX")
	p.w("JNZ states_loop")
	for i := range 16 {
		p.w("VADDPS %d(DX), Y%d, Y%d", i*32, i, i)
	}
	for i := range 8 {
		p.w("VMAXPS Y%d, Y%d, Y%d", i+8, i, i)
		p.w("VMOVUPS Y%d, %d(BX)", i, i*32)
	}
	p.w("VZEROUPPER")
	p.w("RET")
}

// pairsAVX2 writes the four sums and differences of each pair of rows; see Pairs.
func pairsAVX2(p *printer) {
	p.text("pairsAVX2", "(x *float32, n uintptr, d *float32, stride uintptr)", 32)
	p.w("MOVQ x+0(FP), SI")
	p.w("MOVQ n+8(FP), CX")
	p.w("MOVQ d+16(FP), DI")
	p.w("MOVQ stride+24(FP), R8")
	p.w("LEAQ (R8)(R8*2), R9")
	p.label("pairs_loop")
	for v := range 12 {
		for r := range 4 {
			p.w("VMOVUPS %d(SI), Y%d", r*384+v*32, r)
		}
		p.w("VSUBPS Y2, Y0, Y4")
		p.w("VADDPS Y2, Y1, Y5")
		p.w("VSUBPS Y1, Y2, Y6")
		p.w("VSUBPS Y1, Y3, Y7")
		for i, index := range []string{"", "(R8*1)", "(R8*2)", "(R9*1)"} {
			p.w("VMOVUPS Y%d, %d(DI)%s", 4+i, v*32, index)
		}
	}
	p.w("ADDQ $768, SI")
	p.w("ADDQ $384, DI")
	p.w("DECQ CX")
	p.w("JNZ pairs_loop")
	p.w("VZEROUPPER")
	p.w("RET")
}

// horizontal sums the lanes of Y12 into the low lane of X12, using Y13.
func horizontal(p *printer) {
	p.w("VEXTRACTF128 $1, Y12, X13")
	p.w("VADDPS X13, X12, X12")
	p.w("VHADDPS X12, X12, X12")
	p.w("VHADDPS X12, X12, X12")
}

// finishAVX2 keeps one whole row of 96 in Y0 to Y11 from the maxout to the residual.
func finishAVX2(p *printer, name, last string) {
	p.text(name, "(y, x, a, b, c, bias, scale, shift *float32)", 64)
	for i, reg := range []string{"BX", "SI", "AX", "CX", "DX", "DI", "R8", "R9"} {
		p.w("MOVQ %s+%d(FP), %s", []string{"y", "x", "a", "b", "c", "bias", "scale", "shift"}[i], i*8, reg)
	}
	for v := range 12 {
		for piece := range 3 {
			at := piece*384 + v*32
			p.w("VMOVUPS %d(AX), Y12", at)
			p.w("VADDPS %d(CX), Y12, Y12", at)
			p.w("%s %d(DX), Y12, Y12", last, at)
			if piece == 0 {
				p.w("VADDPS %d(DI), Y12, Y%d", at, v)
				continue
			}
			p.w("VADDPS %d(DI), Y12, Y12", at)
			p.w("VMAXPS Y12, Y%d, Y%d", v, v)
		}
	}
	// mean
	p.w("VADDPS Y1, Y0, Y12")
	p.w("VADDPS Y3, Y2, Y13")
	for v := 4; v < 12; v += 2 {
		p.w("VADDPS Y%d, Y12, Y12", v)
		p.w("VADDPS Y%d, Y13, Y13", v+1)
	}
	p.w("VADDPS Y13, Y12, Y12")
	horizontal(p)
	p.w("VDIVSS ·width<>(SB), X12, X12")
	p.w("VBROADCASTSS X12, Y14")
	// variance
	p.w("VXORPS Y12, Y12, Y12")
	p.w("VXORPS Y13, Y13, Y13")
	for v := range 12 {
		p.w("VSUBPS Y14, Y%d, Y%d", v, v)
		p.w("VFMADD231PS Y%d, Y%d, Y%d", v, v, 12+v%2)
	}
	p.w("VADDPS Y13, Y12, Y12")
	horizontal(p)
	p.w("VDIVSS ·width<>(SB), X12, X12")
	p.w("VADDSS ·epsilon<>(SB), X12, X12")
	p.w("VCVTSS2SD X12, X12, X12")
	p.w("VSQRTSD X12, X12, X12")
	p.w("VMOVSD ·one<>(SB), X13")
	p.w("VDIVSD X12, X13, X12")
	p.w("VCVTSD2SS X12, X12, X12")
	p.w("VBROADCASTSS X12, Y14")
	for v := range 12 {
		p.w("VMULPS Y14, Y%d, Y%d", v, v)
		p.w("VMOVUPS %d(R9), Y%d", v*32, 12+v%2)
		p.w("VFMADD132PS %d(R8), Y%d, Y%d", v*32, 12+v%2, v)
		p.w("VADDPS %d(SI), Y%d, Y%d", v*32, v, v)
		p.w("VMOVUPS Y%d, %d(BX)", v, v*32)
	}
	p.w("VZEROUPPER")
	p.w("RET")
}

// sumFourAVX2 adds four rows of 96 in the order given.
func sumFourAVX2(p *printer) {
	p.text("sumFourAVX2", "(y, a, b, c, d *float32)", 40)
	for i, reg := range []string{"BX", "AX", "CX", "DX", "DI"} {
		p.w("MOVQ %s+%d(FP), %s", []string{"y", "a", "b", "c", "d"}[i], i*8, reg)
	}
	for v := range 12 {
		p.w("VMOVUPS %d(AX), Y%d", v*32, v)
		for _, reg := range []string{"CX", "DX", "DI"} {
			p.w("VADDPS %d(%s), Y%d, Y%d", v*32, reg, v, v)
		}
		p.w("VMOVUPS Y%d, %d(BX)", v, v*32)
	}
	p.w("VZEROUPPER")
	p.w("RET")
}
