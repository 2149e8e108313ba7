package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"

	"dateline/egress"
)

// Egress is which addresses may be called, by the settings.
func (c Config) Egress() (egress.Policy, error) {
	var policy egress.Policy
	for _, word := range strings.FieldsFunc(c.AllowNetworks, func(r rune) bool { return r == ',' || r == ' ' }) {
		prefix, err := netip.ParsePrefix(word)
		if err != nil {
			return policy, Usage(fmt.Errorf("allow-networks %q: %q is no network, as 10.1.0.0/16 is", c.AllowNetworks, word))
		}
		policy.Allow = append(policy.Allow, prefix)
	}
	for _, word := range strings.FieldsFunc(c.AllowPorts, func(r rune) bool { return r == ',' || r == ' ' }) {
		port, err := strconv.ParseUint(word, 10, 16)
		if err != nil {
			return policy, Usage(fmt.Errorf("allow-ports %q: %q is no port", c.AllowPorts, word))
		}
		policy.Ports = append(policy.Ports, uint16(port))
	}
	if policy.Ports != nil {
		policy.Ports = append(policy.Ports, 80, 443)
	}
	if c.Proxy != "" {
		u, err := url.Parse(c.Proxy)
		if err != nil || u.Host == "" {
			return policy, Usage(fmt.Errorf("proxy %q: give an address, as http://proxy.example:3128", c.Proxy))
		}
		policy.Proxy = u
	}
	return policy, nil
}

// Agent says who asks.
func (c Config) Agent() string {
	if c.UserAgent != "" {
		return c.UserAgent
	}
	return "dateline/" + Version().Program
}

// Config holds the settings. They are read once, at the start of a command, from three places:
// dateline.toml in the data folder, over it DATELINE_* in the environment, over all the flags.
// Names are the same everywhere but for their dress: log-level, DATELINE_LOG_LEVEL.
type Config struct {
	Data      string // the data folder
	LogLevel  string // debug, info, warn, error
	LogFormat string // text, json; "" chooses by where the log goes
	Quiet     bool

	// KeepBodies is how long the bytes of pages are kept: "always" (or ""), a number of days, or
	// "spans": only the stretches that statements and titles stand on. Text, spans and hashes
	// stay either way; what is let go can be shown and checked against the text, not read again.
	KeepBodies string

	// ReadApart says which pages are read in child processes, whose end is not the program's:
	// "always", "never", or "" for those that are collected and those of archives and folders.
	ReadApart string

	// What is called, and how (package egress, package fetch). Networks and ports are separated by
	// blanks or commas.
	AllowNetworks string        // inside addresses that may be called all the same: "10.1.0.0/16"
	AllowPorts    string        // besides 80 and 443
	Proxy         string        // "http://proxy.example:3128"; never from the environment
	UserAgent     string        // who asks, and where to complain
	Archive       string        // a folder where everything fetched is written as WARC too; "" for none
	PublicURL     string        // where hubs reach this service: "https://dateline.example"; "" for no hubs
	HostGap       time.Duration // from one request to a host to the next; 0 for three seconds
}

// SettingsFile is the name of the settings in the data folder.
const SettingsFile = "dateline.toml"

// settings are the names of all settings; another name in dateline.toml is an error, for a
// misspelt setting that is silently ignored is a bug in waiting.
var settings = map[string]bool{"data": true, "log-level": true, "log-format": true, "quiet": true, "keep-bodies": true, "read-apart": true,
	"allow-networks": true, "allow-ports": true, "proxy": true, "user-agent": true, "host-gap": true, "archive": true, "public-url": true}

func readConfig(flags *pflag.FlagSet) (Config, error) {
	set := func(name string) string {
		if f := flags.Lookup(name); f != nil && f.Changed {
			return f.Value.String()
		}
		return ""
	}
	data := set("data")
	if data == "" {
		data = os.Getenv("DATELINE_DATA")
	}
	if data == "" {
		var err error
		if data, err = dataHome(); err != nil {
			return Config{}, err
		}
	}
	k := koanf.New(".")
	path := filepath.Join(data, SettingsFile)
	raw, err := os.ReadFile(path)
	if err == nil {
		err = k.Load(rawbytes.Provider(raw), toml.Parser())
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Config{}, fmt.Errorf("read settings %s: %w", path, Bare(err))
	}
	for _, name := range k.Keys() {
		if !settings[name] {
			return Config{}, fmt.Errorf("read settings %s: there is no setting %q", path, name)
		}
	}
	// Variables that name no setting, such as DATELINE_SHARED of the tests, are others' business.
	if err := k.Load(env.Provider(".", env.Opt{Prefix: "DATELINE_", TransformFunc: func(name, value string) (string, any) {
		name = strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(name, "DATELINE_")), "_", "-")
		if !settings[name] {
			return "", nil
		}
		return name, value
	}}), nil); err != nil {
		return Config{}, fmt.Errorf("read settings from the environment: %w", err)
	}
	pick := func(name string) string {
		if v := set(name); v != "" {
			return v
		}
		return k.String(name)
	}
	c := Config{Data: data, LogLevel: pick("log-level"), LogFormat: pick("log-format"), Quiet: pick("quiet") == "true", KeepBodies: pick("keep-bodies"), ReadApart: pick("read-apart"),
		AllowNetworks: pick("allow-networks"), AllowPorts: pick("allow-ports"), Proxy: pick("proxy"), UserAgent: pick("user-agent"), PublicURL: pick("public-url"), Archive: pick("archive")}
	if gap := pick("host-gap"); gap != "" {
		if c.HostGap, err = time.ParseDuration(gap); err != nil || c.HostGap <= 0 {
			return c, Usage(fmt.Errorf("host-gap %q: it is a time, as 3s", gap))
		}
	}
	return c, c.check()
}

func (c Config) check() error {
	switch c.LogLevel {
	case "", "debug", "info", "warn", "error":
	default:
		return Usage(fmt.Errorf("log-level %q: it is debug, info, warn or error", c.LogLevel))
	}
	switch c.LogFormat {
	case "", "text", "json":
	default:
		return Usage(fmt.Errorf("log-format %q: it is text or json", c.LogFormat))
	}
	if days, err := strconv.Atoi(c.KeepBodies); c.KeepBodies != "" && c.KeepBodies != "always" && c.KeepBodies != "spans" && (err != nil || days < 0) {
		return Usage(fmt.Errorf("keep-bodies %q: it is always, spans or a number of days", c.KeepBodies))
	}
	switch c.ReadApart {
	case "", "always", "never":
	default:
		return Usage(fmt.Errorf("read-apart %q: it is always or never", c.ReadApart))
	}
	return nil
}

func (c Config) level() slog.Level {
	level := slog.LevelWarn
	if c.LogLevel != "" {
		_ = level.UnmarshalText([]byte(c.LogLevel)) // check has seen it
	}
	return level
}

// dataHome is where programs keep a user's data: the XDG base directory, else its default.
func dataHome() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "dateline"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the data folder: %w; name one with --data", err)
	}
	return filepath.Join(home, ".local", "share", "dateline"), nil
}
