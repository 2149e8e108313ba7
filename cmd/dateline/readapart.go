package main

import (
	"context"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/apart"
	"dateline/cmd/dateline/cli"
	"dateline/pipeline"
)

func apartCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:    apart.Command,
		Short:  "Read pages for another dateline process, from standard input",
		Hidden: true,
		Args:   cobra.NoArgs,
	}
	noLimit := c.Flags().Bool("no-limit", false, "analyse pages of any length")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		apart.GiveWay()
		reader, err := pipeline.NewReader(pipeline.Limits{NoTokenLimit: *noLimit})
		if err != nil {
			return err
		}
		// An interrupt from the terminal comes to all processes; the parent decides what it means.
		return apart.Answer(context.WithoutCancel(cmd.Context()), p.In, p.Out, reader)
	}
	return c
}
