package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/lmittmann/tint"
	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
)

// Exit statuses, as users' scripts rely on them.
const (
	statusDone    = 0
	statusFailed  = 1 // nothing was done
	statusUsage   = 2 // the call's words are off
	statusPartial = 3 // some inputs failed, others were read; each failed one was named
)

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// A checkedWriter remembers the first error of writing, so that no output is lost in silence.
type checkedWriter struct {
	w      io.Writer
	buffer *bufio.Writer // nil where each line goes out by itself
	err    error
}

func (c *checkedWriter) Write(b []byte) (int, error) {
	var w io.Writer = c.w
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

// terminal reports whether w is a terminal that a person looks at.
func terminal(w io.Writer) bool {
	if c, checked := w.(*checkedWriter); checked {
		w = c.w
	}
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// A program is one run of the command line: its streams and, once the flags are read, its
// settings.
type program struct {
	streams
	config Config
	log    *slog.Logger
	apart  *apart // where pages of strangers are read; nil where none are
}

var (
	// errPartial ends a command that did some of its work; what failed was named as it failed.
	errPartial = errors.New("some inputs failed")
	// errSaid ends a command whose failures were all named already.
	errSaid = errors.New("every input failed")
)

// usageError is a call whose words are off.
type usageError struct{ error }

// runProgram is the command line from its words to its exit status; commands are the root of its
// commands.
func runProgram(ctx context.Context, args []string, s streams, commands func(*program) *cobra.Command) int {
	out := &checkedWriter{w: s.out}
	p := &program{streams: streams{s.in, out, s.err}}
	root := commands(p)
	p.prepare(root)
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(out)
	root.SetErr(s.err)
	err := root.ExecuteContext(ctx)
	if p.apart != nil {
		p.apart.close()
	}
	if out.err != nil && err == nil {
		err = fmt.Errorf("write standard output: %w", bare(out.err))
	}
	var usage usageError
	switch {
	case err == nil:
		return statusDone
	case errors.Is(err, errPartial):
		return statusPartial
	case errors.Is(err, errSaid):
		return statusFailed
	case errors.As(err, &usage):
		p.complain(err)
		fmt.Fprintln(s.err, `Try "dateline --help", or "--help" after a command, for what it takes and examples.`)
		return statusUsage
	case errors.Is(err, context.Canceled):
		p.complain(errors.New("interrupted"))
		return statusFailed
	}
	p.complain(err)
	return statusFailed
}

// complain writes an error the way every error is written.
func (p *program) complain(err error) {
	fmt.Fprintln(p.err, printable(fmt.Sprintf("dateline: %v", err)))
}

// run is the whole command line.
func run(ctx context.Context, args []string, s streams) int {
	return runProgram(ctx, args, s, commands)
}

// commands is the root of all commands.
func commands(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "dateline",
		Short: "Reads the news and keeps a record of who said what, verifiable to the byte",
		Long: `Dateline reads news pages, finds the articles on them and who really wrote them, and keeps a
record of who said what, to whom, when and on whose word. Each line of the record points at
bytes of a stored page and says why.

Everything is kept in one data folder (--data, DATELINE_DATA, or dateline in your data home).`,
		Example: `  dateline demo                          see what it does, on an invented story
  dateline read page.html                read a page, keep nothing
  dateline add --url URL page.html       read a page and keep it
  dateline serve                         look around in a browser
  dateline search "bridge toll"          find it again
  dateline check "nobody pays a toll"    did they really say that?
  dateline why s4k2...                   follow any line to its bytes`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
	}
	root.AddCommand(
		p.readCommand(), p.apartCommand(),
		p.addCommand(),
		p.removeCommand(),
		p.rereadCommand(),
		p.backupCommand(),
		p.restoreCommand(),
		p.storiesCommand(),
		p.storyCommand(),
		p.ledgerCommand(),
		p.conflictsCommand(),
		p.commitmentsCommand(),
		p.agendaCommand(),
		p.timelineCommand(),
		p.briefCommand(),
		p.actorCommand(),
		p.decideCommand(),
		p.undoCommand(),
		p.decisionsCommand(),
		p.searchCommand(),
		p.checkCommand(),
		p.diffCommand(),
		p.whyCommand(),
		p.doctorCommand(),
		p.serveCommand(), p.accountCommand(),
		p.feedCommand(),
		p.collectCommand(),
		p.demoCommand(),
		p.nlpCommand(),
		p.whenCommand(),
		p.groupCommand(),
		p.benchCommand(run),
		p.evalCommand(),
		p.versionCommand(),
	)
	return root
}

// prepare gives the commands what they have in common: the flags that are settings, which are read
// before a command runs, and what becomes of a call whose words are off.
func (p *program) prepare(root *cobra.Command) {
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
		p.config = config
		p.log = logger(p.err, config)
		return nil
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%s: %w", cmd.Name(), err)}
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
				return usageError{err} // every error is told as dateline's
			}
			return usageError{fmt.Errorf("%s: %w", cmd.Name(), err)}
		}
		return nil
	}
}

// logger writes for a person on a terminal, for a program elsewhere.
func logger(w io.Writer, c Config) *slog.Logger {
	if c.LogFormat == "text" || c.LogFormat == "" && terminal(w) {
		return slog.New(tint.NewTextHandler(w, &tint.Options{Level: c.level(), NoColor: !terminal(w) || os.Getenv("NO_COLOR") != ""}))
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: c.level()}))
}

// plural is "1 page", "2 pages".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
