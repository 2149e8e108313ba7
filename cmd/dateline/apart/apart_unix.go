//go:build unix

package apart

import (
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"syscall"

	"dateline/cmd/dateline/usage"
)

// limitMemory bounds the address space of this process.
func limitMemory(bytes uint64) error {
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &old); err != nil {
		return err
	}
	if uint64(old.Cur) <= bytes { //nolint:unconvert // signed on some systems
		return nil // whoever started us was stricter
	}
	return syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: bytes, Max: old.Max})
}

// endWhenSpent ends the process when its processor time is spent: the runtime ignores that signal.
var endWhenSpent = sync.OnceFunc(func() {
	spent := make(chan os.Signal, 1)
	signal.Notify(spent, syscall.SIGXCPU)
	go func() {
		<-spent
		fmt.Fprintln(os.Stderr, "dateline: it takes more processor time than a page may")
		os.Exit(1)
	}()
})

// GiveWay has this process take what others leave of the processors: whoever looks at the record waits
// for an answer, and nobody waits for a page to be read. Linux keeps the priority by thread.
func GiveWay() {
	threads := []int{0}
	if tasks, err := os.ReadDir("/proc/self/task"); err == nil {
		threads = threads[:0]
		for _, t := range tasks {
			if id, err := strconv.Atoi(t.Name()); err == nil {
				threads = append(threads, id)
			}
		}
	}
	for _, id := range threads {
		_ = syscall.Setpriority(syscall.PRIO_PROCESS, id, leastPriority) // at worst it does not give way
	}
}

// leastPriority is how far a reading process gives way, of 19 at the most.
const leastPriority = 10

// LimitProcessor allows this process so many more seconds of processor time.
func LimitProcessor(seconds uint64) error {
	endWhenSpent()
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CPU, &old); err != nil {
		return err
	}
	limit := uint64(usage.CPUSeconds()) + 1 + seconds
	if uint64(old.Max) < limit { //nolint:unconvert // signed on some systems
		return nil // whoever started us was stricter
	}
	return syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: limit, Max: old.Max})
}
