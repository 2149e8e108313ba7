// Command dateline reads the news the way a careful analyst does and keeps the record
// straight: who said what, to whom, when, where, in which words, on whose authority. Every
// line of it points at bytes of a stored page.
//
// This package has the commands, a file each, and root.go, which lists them. What they share has rooms
// of its own: cli is a run of the command line (settings, the data folder, exit statuses), input turns
// paths into pages, plain and terminal show things to people, apart reads in child processes, service is
// what serves and collects. The commands nlp, when and group are in lines, bench in bench, eval in
// score. What reads, keeps and decides is in the other rooms of the house.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"dateline/cmd/dateline/cli"
)

func main() {
	// The first interrupt asks for an orderly end; the second, restored to its default by
	// stop, ends the process at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop()
	}()
	os.Exit(run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
