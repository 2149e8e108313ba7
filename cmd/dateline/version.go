package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"dateline/nlp"
	"dateline/pipeline"
)

func (p *program) versionCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of its rules",
		Args:  cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "as a JSON object")
	licences := c.Flags().Bool("licences", false, "the licences of the data compiled in")
	c.RunE = func(*cobra.Command, []string) error {
		if *licences {
			english, training := nlp.Licences()
			_, err := fmt.Fprintf(p.out, "English model en_core_web_sm 3.8.0\n\n%s\nSources it was trained on\n\n%s", english, training)
			return err
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
