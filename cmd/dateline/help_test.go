package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
)

// TestEveryCommandHasAnExample holds that the help of every command shows how it is called.
func TestEveryCommandHasAnExample(t *testing.T) {
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if !c.Hidden && !strings.Contains(c.Example, "dateline ") {
			t.Errorf("%s has no example", c.CommandPath())
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(commands(&cli.Program{}))
}
