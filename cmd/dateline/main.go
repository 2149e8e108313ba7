// Command dateline reads the news the way a careful analyst does and keeps the record
// straight: who said what, to whom, when, where, in which words, on whose authority. Every
// line of it points at bytes of a stored page.
//
// This package is the wiring: flags, settings, output. Each subcommand has a file of its own;
// what they share is in root.go (exit statuses, logging), config.go (settings), input.go
// (paths to pages) and record.go (the JSON of an article). What reads, keeps and decides is in
// the other rooms.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// The first interrupt asks for an orderly end; the second, restored to its default by
	// stop, ends the process at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop()
	}()
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}
