package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// A progress tells a person at a terminal how far long work has come. Elsewhere, and with
// --quiet, it only passes messages on.
type progress struct {
	w   io.Writer
	bar *progressbar.ProgressBar
}

// progress starts one; the total is not known, for folders are read as they are walked.
func (p *program) progress(act, unit string) *progress {
	pr := &progress{w: p.err}
	if terminal(p.err) && !p.config.Quiet {
		pr.bar = progressbar.NewOptions(-1,
			progressbar.OptionSetWriter(p.err),
			progressbar.OptionSetDescription(act),
			progressbar.OptionShowCount(),
			progressbar.OptionShowIts(),
			progressbar.OptionSetItsString(unit),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	return pr
}

// step says that one more is done.
func (p *progress) step() {
	if p.bar != nil {
		_ = p.bar.Add(1)
	}
}

// say prints a line without breaking the bar.
func (p *progress) say(format string, args ...any) {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	fmt.Fprintln(p.w, printable(fmt.Sprintf(format, args...)))
}

func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
