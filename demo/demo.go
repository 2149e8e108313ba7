// Package demo is a world of its own: invented news pages, and beside them what an
// editor who read them wrote down.
//
// A story is a folder of pages as outlets served them, with answers in a notation one can
// read and edit; FORMAT.md describes it. This package embeds the stories, parses pages
// and answers, and compares two readings of one story. It does not extract anything: the
// text of an article is the answers' text, and how it lies in the page is for others to find.
package demo

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"
)

// files holds every story there is: the class lets a story be added as a folder alone.
//
//go:embed traps.txt [fs]* dev
var files embed.FS

// development is the folder of the stories that rules may be made on.
const development = "dev"

// A Page is one page as its outlet served it.
type Page struct {
	ID      string
	File    string
	URL     string
	Outlet  string // id of the outlet that serves it; who wrote it stands in the answers
	Fetched time.Time
	Body    []byte
}

// An Outlet publishes pages of a story.
type Outlet struct {
	ID   string `toml:"id"`
	Name string `toml:"name"`
	Site string `toml:"site"`
}

// Stories lists the names of the stories: "first", "second".
func Stories() []string { return storiesIn(".") }

// DevStories lists the names of the stories for development: "dev/kelbrook-bid". They are shorter
// than the others and were read by one reader alone; rules are judged on them besides the first.
func DevStories() []string { return storiesIn(development) }

// storiesIn lists the stories of a folder: what has a feed is one.
func storiesIn(folder string) []string {
	feeds, err := fs.Glob(files, path.Join(folder, "*", "feed.toml"))
	if err != nil {
		return nil
	}
	var names []string
	for _, feed := range feeds {
		names = append(names, path.Dir(feed))
	}
	return names
}

// Pages returns the pages of a story in the order of its feed, without the answers.
func Pages(story string) ([]Page, error) {
	f, err := readFeed(story)
	if err != nil {
		return nil, err
	}
	return f.pages, nil
}

// Answers returns a story whole: pages, answers and ledger.
func Answers(story string) (*Story, error) {
	f, err := readFeed(story)
	if err != nil {
		return nil, err
	}
	s := &Story{Name: story, Issues: f.issues, PositionIssues: f.positions, Outlets: f.outlets}
	for _, p := range f.pages {
		read := Reading{Page: p}
		base := strings.TrimSuffix(p.File, path.Ext(p.File))
		gold, err := files.ReadFile(path.Join(story, "answers", base+".gold"))
		if err != nil {
			return nil, fmt.Errorf("read answers of %s: %w", p.File, err)
		}
		if read.Articles, err = ParseGold(string(gold)); err != nil {
			return nil, fmt.Errorf("read %s.gold: %w", base, err)
		}
		if err := readMentions(story, base, read.Articles); err != nil {
			return nil, err
		}
		rows, err := files.ReadFile(path.Join(story, "answers", base+".toml"))
		if err != nil {
			return nil, fmt.Errorf("read rows of %s: %w", p.File, err)
		}
		var meta struct {
			Articles []Metadata `toml:"article"`
			Entities []Entity   `toml:"entity"`
		}
		if err := decode(string(rows), &meta); err != nil {
			return nil, fmt.Errorf("read %s.toml: %w", base, err)
		}
		read.Entities = meta.Entities
		for _, m := range meta.Articles {
			if m.Number < 1 || m.Number > len(read.Articles) {
				return nil, fmt.Errorf("read %s.toml: no article %d", base, m.Number)
			}
			read.Articles[m.Number-1].Metadata = m
		}
		s.Readings = append(s.Readings, read)
	}
	rows, err := files.ReadFile(path.Join(story, "ledger.toml"))
	if err != nil {
		return nil, fmt.Errorf("read ledger of %s: %w", story, err)
	}
	if err := decode(string(rows), &s.Ledger); err != nil {
		return nil, fmt.Errorf("read %s/ledger.toml: %w", story, err)
	}
	return s, nil
}

// readMentions adds the layer of the .who file, which a story may do without.
func readMentions(story, base string, articles []Article) error {
	who, err := files.ReadFile(path.Join(story, "answers", base+".who"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read mentions of %s: %w", base, err)
	}
	mentioned, err := ParseGold(string(who))
	if err != nil {
		return fmt.Errorf("read %s.who: %w", base, err)
	}
	if len(mentioned) != len(articles) {
		return fmt.Errorf("read %s.who: %d articles, %s.gold has %d", base, len(mentioned), base, len(articles))
	}
	for i := range mentioned {
		if mentioned[i].Text != articles[i].Text {
			return fmt.Errorf("read %s.who: article %d has another text than in %s.gold", base, i+1, base)
		}
		articles[i].Mentions = mentioned[i].Mentions
	}
	return nil
}

// Traps lists the tags of traps.txt in its order, each with what it is.
func Traps() ([][2]string, error) {
	b, err := files.ReadFile("traps.txt")
	if err != nil {
		return nil, err
	}
	var traps [][2]string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		tag, what, _ := strings.Cut(line, " ")
		traps = append(traps, [2]string{tag, strings.TrimSpace(what)})
	}
	return traps, nil
}

type feed struct {
	issues    []string
	positions []string
	outlets   []Outlet
	pages     []Page
}

func readFeed(story string) (*feed, error) {
	b, err := files.ReadFile(path.Join(story, "feed.toml"))
	if err != nil {
		return nil, fmt.Errorf("read feed of %s: %w", story, err)
	}
	var rows struct {
		Story []struct {
			Issues    []string `toml:"issues"`
			Positions []string `toml:"positions"`
		} `toml:"story"`
		Outlets []Outlet `toml:"outlet"`
		Pages   []struct {
			ID      string `toml:"id"`
			File    string `toml:"file"`
			URL     string `toml:"url"`
			Outlet  string `toml:"outlet"`
			Fetched string `toml:"fetched"`
		} `toml:"page"`
	}
	if err := decode(string(b), &rows); err != nil {
		return nil, fmt.Errorf("read %s/feed.toml: %w", story, err)
	}
	f := &feed{outlets: rows.Outlets}
	for _, s := range rows.Story {
		f.issues = append(f.issues, s.Issues...)
		f.positions = append(f.positions, s.Positions...)
	}
	for _, r := range rows.Pages {
		p := Page{ID: r.ID, File: r.File, URL: r.URL, Outlet: r.Outlet}
		if p.Fetched, err = time.Parse(time.RFC3339, r.Fetched); err != nil {
			return nil, fmt.Errorf("read %s/feed.toml: page %s: %w", story, r.ID, err)
		}
		if p.Body, err = files.ReadFile(path.Join(story, "pages", r.File)); err != nil {
			return nil, fmt.Errorf("read page %s of %s: %w", r.ID, story, err)
		}
		p.Body = bytes.Clone(p.Body)
		f.pages = append(f.pages, p)
	}
	return f, nil
}
