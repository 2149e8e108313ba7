package cli

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"dateline/cmd/dateline/terminal"
)

// A Progress tells a person at a terminal how far long work has come. Elsewhere, and with
// --quiet, it only passes messages on.
type Progress struct {
	w   io.Writer
	bar *progressbar.ProgressBar
}

// Progress starts one; the total is not known, for folders are read as they are walked.
func (p *Program) Progress(act, unit string) *Progress {
	pr := &Progress{w: p.Err}
	if isTerminal(p.Err) && !p.Config.Quiet {
		pr.bar = progressbar.NewOptions(-1,
			progressbar.OptionSetWriter(p.Err),
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

// Step says that one more is done.
func (p *Progress) Step() {
	if p.bar != nil {
		_ = p.bar.Add(1)
	}
}

// Say prints a line without breaking the bar.
func (p *Progress) Say(format string, args ...any) {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	fmt.Fprintln(p.w, terminal.Printable(fmt.Sprintf(format, args...)))
}

func (p *Progress) Done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
