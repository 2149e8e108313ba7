package main

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"

	"dateline/annotate/wordclass"
	"dateline/cmd/dateline/cli"
	"dateline/nlp"
	"dateline/web/look"
)

func versionCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "version",
		Short:   "Print the version of the program and of its rules",
		Example: "  dateline version --json",
		Args:    cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "as a JSON object")
	licences := c.Flags().Bool("licences", false, "print the licences of what the binary carries beside our own code")
	c.RunE = func(*cobra.Command, []string) error {
		if *licences {
			return printLicences(p.Out)
		}
		v := cli.Version()
		if *asJSON {
			return cli.JsonLines(p.Out)(v)
		}
		fmt.Fprintf(p.Out, "dateline %s\nreader   %s\nbuilt by %s for %s\n", v.Program, v.Reader, v.Go, v.Platform)
		return nil
	}
	return c
}

func printLicences(w io.Writer) error {
	english, trainedOn := nlp.Licences()
	_, err := fmt.Fprintf(w, "Dateline is licensed under the Apache License 2.0.\n\n== The model of English (en_core_web_sm 3.8.0, Explosion)\n\n%s\n== What that model was trained on\n\n%s\n", english, trainedOn)
	if err == nil {
		_, err = fmt.Fprintf(w, "== Classes of words from WordNet 3.1\n\n%s\n", wordclass.Licence())
	}
	if err == nil {
		_, err = fmt.Fprintf(w, "== What the pages carry\n\n%s", look.Licences())
	}
	if err != nil {
		return err
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	fmt.Fprint(w, "== Go modules linked in; docs/dependencies.md names their licences\n\n")
	for _, m := range info.Deps {
		if _, err := fmt.Fprintf(w, "%s %s\n", m.Path, m.Version); err != nil {
			return err
		}
	}
	return nil
}
