package vector

import "golang.org/x/sys/cpu"

// Available lists the kernels this processor can run, the fastest last.
func Available() []Kernel {
	all := []Kernel{Portable}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		all = append(all, AVX2)
		if cpu.X86.HasAVX512F && cpu.X86.HasAVX512VL {
			all = append(all, AVX512)
		}
	}
	return all
}

//go:noescape
func tile6x16AVX2(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)

//go:noescape
func tile1x32AVX2(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)

//go:noescape
func tile12x32AVX512(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)

//go:noescape
func scores80AVX2(x, w *float32, k uintptr, bias, y *float32)

//go:noescape
func scores112AVX2(x, w *float32, k uintptr, bias, y *float32)

//go:noescape
func scores80AVX512(x, w *float32, k uintptr, bias, y *float32)

//go:noescape
func scores112AVX512(x, w *float32, k uintptr, bias, y *float32)

//go:noescape
func statesAVX2(rows **float32, n uintptr, bias, hidden *float32)

//go:noescape
func pairsAVX2(x *float32, n uintptr, d *float32, stride uintptr)

//go:noescape
func finishAddAVX2(y, x, a, b, c, bias, scale, shift *float32)

//go:noescape
func finishSubAVX2(y, x, a, b, c, bias, scale, shift *float32)

//go:noescape
func sumFourAVX2(y, a, b, c, d *float32)
