package main

import (
	"context"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/bench"
	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/lines"
	"dateline/cmd/dateline/score"
	"dateline/cmd/dateline/service"
)

// run is the whole command line.
func run(ctx context.Context, args []string, s cli.Streams) int {
	return cli.Run(ctx, args, s, commands)
}

// commands is the root of all commands.
func commands(p *cli.Program) *cobra.Command {
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
		readCommand(p), apartCommand(p),
		addCommand(p),
		removeCommand(p),
		rereadCommand(p),
		backupCommand(p),
		restoreCommand(p),
		storiesCommand(p),
		storyCommand(p),
		ledgerCommand(p),
		conflictsCommand(p),
		commitmentsCommand(p),
		agendaCommand(p),
		timelineCommand(p),
		briefCommand(p),
		actorCommand(p),
		decideCommand(p),
		undoCommand(p),
		decisionsCommand(p),
		searchCommand(p),
		checkCommand(p),
		diffCommand(p),
		whyCommand(p),
		doctorCommand(p),
		service.Serve(p), accountCommand(p),
		service.Feed(p),
		service.Collect(p),
		demoCommand(p),
		lines.NLP(p),
		lines.When(p),
		lines.Group(p),
		bench.Command(p, run),
		score.Command(p),
		versionCommand(p),
	)
	return root
}
