// Package cli is one run of the command line: its streams and settings, the data folder that its
// commands open, what they show, and the status it ends with.
//
// Run takes the words and the root of the commands, which the callers bring. Settings are read once,
// before a command runs, and handed down in the Program. What a command does is not known here.
package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"github.com/lmittmann/tint"
	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"dateline/cmd/dateline/apart"
	"dateline/cmd/dateline/terminal"
)

// Bare is an error of the file system without the operation and the path, which the message
// around it names already.
func Bare(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// OutcomeOf is how a command over many inputs ends.
func OutcomeOf(interrupted error, done, failed int) error {
	switch {
	case interrupted != nil:
		return interrupted
	case failed > 0 && done > 0:
		return ErrPartial
	case failed > 0:
		return ErrSaid
	}
	return nil
}

// Exit statuses, as users' scripts rely on them.
const (
	StatusDone    = 0
	StatusFailed  = 1 // nothing was done
	StatusUsage   = 2 // the call's words are off
	StatusPartial = 3 // some inputs failed, others were read; each failed one was named
)

// Streams are where a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// A checkedWriter remembers the first error of writing, so that no output is lost in silence.
type checkedWriter struct {
	w      io.Writer
	buffer *bufio.Writer // nil where each line goes out by itself
	err    error
}

func (c *checkedWriter) Write(b []byte) (int, error) {
	w := c.w
	if c.buffer != nil {
		w = c.buffer
	}
	n, err := w.Write(b)
	if err != nil && c.err == nil {
		c.err = err
	}
	return n, err
}

// together gathers the lines that show writes: thousands of them by themselves take longer than making
// them.
func (c *checkedWriter) together(show func() error) error {
	c.buffer = bufio.NewWriterSize(c.w, 1<<16)
	err := show()
	if flushed := c.buffer.Flush(); c.err == nil {
		c.err = flushed
	}
	c.buffer = nil
	return err
}

// isTerminal reports whether w is a terminal that a person looks at.
func isTerminal(w io.Writer) bool {
	if c, checked := w.(*checkedWriter); checked {
		w = c.w
	}
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// A Program is one run of the command line: its streams and, once the flags are read, its
// settings.
type Program struct {
	Streams
	Config Config
	Log    *slog.Logger
	apart  *apart.Reader // where pages of strangers are read; nil where none are
}

var (
	// ErrPartial ends a command that did some of its work; what failed was named as it failed.
	ErrPartial = errors.New("some inputs failed")
	// ErrSaid ends a command whose failures were all named already.
	ErrSaid = errors.New("every input failed")
)

// usageError is a call whose words are off.
type usageError struct{ error }

// Usage is err as that of a call whose words are off.
func Usage(err error) error { return usageError{err} }

// Run is the command line from its words to its exit status; commands are the root of its
// commands.
func Run(ctx context.Context, args []string, s Streams, commands func(*Program) *cobra.Command) int {
	out := &checkedWriter{w: s.Out}
	p := &Program{Streams: Streams{s.In, out, s.Err}}
	root := commands(p)
	p.prepare(root)
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(out)
	root.SetErr(s.Err)
	err := root.ExecuteContext(ctx)
	if p.apart != nil {
		p.apart.Close()
	}
	if out.err != nil && err == nil {
		err = fmt.Errorf("write standard output: %w", Bare(out.err))
	}
	var usage usageError
	switch {
	case err == nil:
		return StatusDone
	case errors.Is(err, ErrPartial):
		return StatusPartial
	case errors.Is(err, ErrSaid):
		return StatusFailed
	case errors.As(err, &usage):
		p.Complain(err)
		fmt.Fprintln(s.Err, `Try "dateline --help", or "--help" after a command, for what it takes and examples.`)
		return StatusUsage
	case errors.Is(err, context.Canceled):
		p.Complain(errors.New("interrupted"))
		return StatusFailed
	}
	p.Complain(err)
	return StatusFailed
}

// Complain writes an error the way every error is written.
func (p *Program) Complain(err error) {
	fmt.Fprintln(p.Err, terminal.Printable(fmt.Sprintf("dateline: %v", err)))
}

// prepare gives the commands what they have in common: the flags that are settings, which are read
// before a command runs, and what becomes of a call whose words are off.
func (p *Program) prepare(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.String("data", "", "the data folder")
	flags.String("log-level", "", "debug, info, warn or error (default warn)")
	flags.String("log-format", "", "text or json (default: text on a terminal, else json)")
	flags.Bool("quiet", false, "no progress on standard error")
	root.SilenceErrors, root.SilenceUsage = true, true
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		config, err := readConfig(cmd.Flags())
		if err != nil {
			return err
		}
		p.Config = config
		p.Log = logger(p.Err, config)
		return nil
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return Usage(fmt.Errorf("%s: %w", cmd.Name(), err))
	})
	asUsageAll(root)
}

// asUsageAll makes a wrong number of words a usage error of a command and of those below it.
func asUsageAll(c *cobra.Command) {
	c.Args = asUsage(c.Args)
	for _, sub := range c.Commands() {
		asUsageAll(sub)
	}
}

// asUsage makes a wrong number of words a usage error.
func asUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if check == nil {
			return nil
		}
		if err := check(cmd, args); err != nil {
			if !cmd.HasParent() {
				return Usage(err) // every error is told as dateline's
			}
			if _, takes, _ := strings.Cut(cmd.Use, " "); takes != "" {
				err = fmt.Errorf("it takes %s, and was given %d", strings.TrimPrefix(takes, "[flags] "), len(args))
			}
			return Usage(fmt.Errorf("%s: %w", cmd.Name(), err))
		}
		return nil
	}
}

// logger writes for a person on a terminal, for a program elsewhere.
func logger(w io.Writer, c Config) *slog.Logger {
	if c.LogFormat == "text" || c.LogFormat == "" && isTerminal(w) {
		return slog.New(tint.NewTextHandler(w, &tint.Options{Level: c.level(), NoColor: !isTerminal(w) || os.Getenv("NO_COLOR") != ""}))
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: c.level()}))
}
