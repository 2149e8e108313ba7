package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"dateline/account"
	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/store"
)

// byShell is who does what is done from a command line: whoever may write the folder.
const byShell = "command line"

func accountCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "account",
		Short: "Who may see the record, and change it, over the network",
		Long: `Accounts are for a service that others can reach: a reader sees the record, an analyst adds to it and
corrects it, an admin removes pages and manages accounts. A service that only this machine can
reach needs none; as soon as there is one, everybody has to sign in.

Passwords are read from the terminal, or from standard input where it is none.`,
		Example: `  dateline account add ana --role admin
  dateline account token ana --role reader --label "morning script"`,
		Args: cobra.NoArgs,
	}
	c.AddCommand(accountAdd(p), accountList(p), accountRole(p), accountPassword(p), accountRemove(p), accountToken(p), accountTokens(p), accountEnd(p))
	return c
}

// guarding opens the folder for a command that changes accounts.
func guarding(p *cli.Program, cmd *cobra.Command, do func(ctx context.Context, g *account.Guard) error) error {
	return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
		g, err := account.NewGuard(ctx, s.Accounts, true, time.Now)
		if err != nil {
			return err
		}
		return do(ctx, g)
	})
}

// askPassword asks for a password, twice on a terminal.
func askPassword(p *cli.Program, name string) (string, error) {
	fd := int(os.Stdin.Fd())
	if !term.IsTerminal(fd) {
		line, err := bufio.NewReader(io.LimitReader(os.Stdin, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	ask := func(prompt string) (string, error) {
		fmt.Fprint(p.Err, prompt)
		b, err := term.ReadPassword(fd)
		fmt.Fprintln(p.Err)
		return string(b), err
	}
	first, err := ask(fmt.Sprintf("Password for %s: ", name))
	if err != nil {
		return "", err
	}
	again, err := ask("Again: ")
	if err == nil && first != again {
		err = errors.New("the two passwords differ; nothing was changed")
	}
	return first, err
}

// roleFlag adds --role.
func roleFlag(c *cobra.Command, preset string) func() (account.Role, error) {
	word := c.Flags().String("role", preset, "reader, analyst or admin")
	return func() (account.Role, error) {
		role, err := account.ParseRole(*word)
		if err != nil {
			return role, cli.Usage(fmt.Errorf("--%w", err))
		}
		return role, nil
	}
}

func accountAdd(p *cli.Program) *cobra.Command {
	c := &cobra.Command{Use: "add NAME", Example: "  dateline account add ana --role admin", Short: "Make an account", Args: cobra.ExactArgs(1)}
	role := roleFlag(c, "reader")
	bare := c.Flags().Bool("no-password", false, "an account that can only be used by tokens")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := role()
		if err != nil {
			return err
		}
		if err := account.CheckName(args[0]); err != nil {
			return cli.Usage(err)
		}
		password := ""
		if !*bare {
			if password, err = askPassword(p, args[0]); err != nil {
				return fmt.Errorf("add account %s: %w", args[0], err)
			}
			if err := account.CheckPassword(password); err != nil {
				return fmt.Errorf("add account %s: %w", args[0], err)
			}
		}
		return guarding(p, cmd, func(ctx context.Context, g *account.Guard) error {
			if err := g.Add(ctx, args[0], r, password, byShell); err != nil {
				return fmt.Errorf("add %w", err)
			}
			fmt.Fprintf(p.Out, "%s may sign in as %s\n", args[0], r)
			return nil
		})
	}
	return c
}

// An accountRecord is the JSON of an account.
type accountRecord struct {
	Name     string       `json:"name"`
	Role     account.Role `json:"role"`
	Password bool         `json:"password"`
	Made     time.Time    `json:"made"`
}

func accountList(p *cli.Program) *cobra.Command {
	c := &cobra.Command{Use: "list", Example: "  dateline account list", Short: "List all accounts", Args: cobra.NoArgs}
	asJSON := c.Flags().Bool("json", false, "one JSON object an account, one a line")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			all, err := s.Accounts.Accounts(ctx)
			if err != nil {
				return err
			}
			t := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
			for _, a := range all {
				if *asJSON {
					if err := cli.JsonLines(p.Out)(accountRecord{a.Name, a.Role, a.Password != "", a.Made.UTC()}); err != nil {
						return err
					}
					continue
				}
				fmt.Fprintf(t, "%s\t%s\tsince %s\n", a.Name, a.Role, a.Made.UTC().Format(time.DateOnly))
			}
			if len(all) == 0 && !*asJSON {
				fmt.Fprintln(p.Out, "There is no account: nobody has to sign in, and only this machine is served.")
			}
			return t.Flush()
		})
	}
	return c
}

func accountRole(p *cli.Program) *cobra.Command {
	c := &cobra.Command{Use: "role NAME --role ROLE", Example: "  dateline account role ana --role analyst", Short: "Give an account another role", Args: cobra.ExactArgs(1)}
	role := roleFlag(c, "")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := role()
		if err != nil {
			return err
		}
		return guarding(p, cmd, func(ctx context.Context, g *account.Guard) error {
			return g.SetRole(ctx, args[0], r, byShell)
		})
	}
	return c
}

func accountPassword(p *cli.Program) *cobra.Command {
	c := &cobra.Command{Use: "password NAME", Example: "  dateline account password ana", Short: "Give an account a new password, and end its sessions", Args: cobra.ExactArgs(1)}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		password, err := askPassword(p, args[0])
		if err != nil {
			return fmt.Errorf("password of %s: %w", args[0], err)
		}
		return guarding(p, cmd, func(ctx context.Context, g *account.Guard) error {
			return g.SetPassword(ctx, args[0], password, byShell)
		})
	}
	return c
}

func accountRemove(p *cli.Program) *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME", Example: "  dateline account remove ana", Short: "Take an account away, with its sessions and tokens", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return guarding(p, cmd, func(ctx context.Context, g *account.Guard) error { return g.Remove(ctx, args[0], byShell) })
		},
	}
}

func accountToken(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use: "token NAME", Example: "  dateline account token ana --label archive --role analyst", Short: "Make a token for a program; its secret is shown once",
		Long: `Token makes a token for an account. A program sends it as "Authorization: Bearer dateline_...". It may do
what its role says, which can be less than the account's.`,
		Args: cobra.ExactArgs(1),
	}
	role := roleFlag(c, "reader")
	label := c.Flags().String("label", "", "what it is for")
	days := c.Flags().Int("days", 90, "how many days it lasts, a year at the most")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := role()
		if err != nil {
			return err
		}
		if *days < 1 || *days > 366 {
			return cli.Usage(fmt.Errorf("--days %d: give 1 to 366", *days))
		}
		return guarding(p, cmd, func(ctx context.Context, g *account.Guard) error {
			secret, t, err := g.NewToken(ctx, args[0], *label, r, time.Duration(*days)*24*time.Hour, byShell)
			if err != nil {
				return fmt.Errorf("token for %w", err)
			}
			fmt.Fprintln(p.Out, secret)
			fmt.Fprintf(p.Err, "Token %s of %s, role %s, until %s. The secret is shown this once.\n", t.ID, t.Account, t.Role, t.Ends.UTC().Format(time.DateOnly))
			return nil
		})
	}
	return c
}

func accountTokens(p *cli.Program) *cobra.Command {
	return &cobra.Command{
		Use: "tokens NAME", Example: "  dateline account tokens ana", Short: "List the tokens of an account, without their secrets", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
				all, err := s.Accounts.Tokens(ctx, args[0])
				if err != nil {
					return err
				}
				w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
				for _, t := range all {
					fmt.Fprintf(w, "%s\t%s\tuntil %s\t%s\n", t.ID, t.Role, t.Ends.UTC().Format(time.DateOnly), terminal.Clean(t.Label))
				}
				return w.Flush()
			})
		},
	}
}

func accountEnd(p *cli.Program) *cobra.Command {
	return &cobra.Command{
		Use: "end TOKEN", Example: "  dateline account end t4mzk3qv2h5c", Short: "Make a token let nobody in any longer", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return guarding(p, cmd, func(ctx context.Context, g *account.Guard) error {
				if err := g.EndToken(ctx, args[0], byShell); err != nil {
					return fmt.Errorf("end token %s: %w", args[0], err)
				}
				return nil
			})
		},
	}
}
