package cli

import (
	"runtime"
	"runtime/debug"

	"dateline/pipeline"
)

type versionRecord struct {
	Program  string `json:"program"`
	Reader   string `json:"reader"` // the version of the rules of reading
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// Version is what the build recorded of itself: a tag, or the revision it was built from.
func Version() versionRecord {
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
