//go:build unix

// Package usage tells what this process has used, and may use, of the machine.
package usage

import (
	"runtime"
	"syscall"
)

// CPUSeconds is the processor time this process has used.
func CPUSeconds() float64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// PeakBytes is the most memory this process has had resident.
func PeakBytes() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	if runtime.GOOS == "darwin" { // counts in bytes, others in kilobytes
		return int64(u.Maxrss) //nolint:unconvert // 32 bits wide on some systems
	}
	return int64(u.Maxrss) << 10 //nolint:unconvert // 32 bits wide on some systems
}

// OpenFiles is how many files this process may have open; as good as any number where nobody tells.
func OpenFiles() int {
	var l syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l) != nil {
		return 1 << 20
	}
	return int(min(l.Cur, 1<<20))
}
