//go:build !unix

package nlp

import "time"

var began = time.Now()

// cpuTime is the time since the start, where the system's own figure is not at hand.
func cpuTime() time.Duration { return time.Since(began) }
