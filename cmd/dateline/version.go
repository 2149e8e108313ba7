package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"dateline/annotate/wordclass"
	"dateline/nlp"
	"dateline/pipeline"
	"dateline/web/look"
)

func (p *program) versionCommand() *cobra.Command {
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
			return printLicences(p.out)
		}
		v := version()
		if *asJSON {
			return jsonLines(p.out)(v)
		}
		fmt.Fprintf(p.out, "dateline %s\nreader   %s\nbuilt by %s for %s\n", v.Program, v.Reader, v.Go, v.Platform)
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

type versionRecord struct {
	Program  string `json:"program"`
	Reader   string `json:"reader"` // the version of the rules of reading
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// version is what the build recorded of itself: a tag, or the revision it was built from.
func version() versionRecord {
	v := versionRecord{Program: "unreleased", Reader: pipeline.ReaderVersion, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" && info.Main.Version != "(devel)" {
		v.Program = info.Main.Version
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			v.Program = s.Value[:12]
		}
	}
	return v
}
