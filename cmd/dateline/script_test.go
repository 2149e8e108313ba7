package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"dateline/cmd/dateline/apart"
	"dateline/cmd/dateline/cli"
	"dateline/pipeline"
)

func TestMain(m *testing.M) {
	reads := len(os.Args) > 1 && os.Args[1] == apart.Command // for a test that is the program: not to test again
	if reads && os.Getenv(fatalEnv) != "" {
		reader, err := pipeline.NewReader(pipeline.Limits{})
		if err == nil {
			err = apart.Answer(context.Background(), os.Stdin, os.Stdout, mortal{reader})
		}
		if err != nil {
			panic(err)
		}
		os.Exit(0)
	}
	if os.Getenv(killEnv) != "" || os.Getenv(apart.Env) != "" {
		os.Exit(run(context.Background(), os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
	}
	testscript.Main(m, map[string]func(){
		"dateline": func() {
			os.Exit(run(context.Background(), os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
		},
	})
}

// TestScripts runs the command line the way its users do. Each file of testdata/script is a
// case; the pages in it are invented.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("DATELINE_DATA", e.WorkDir+"/data")
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
	})
}
