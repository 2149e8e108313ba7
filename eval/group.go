package eval

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"dateline/eval/grouping"
	"dateline/eval/load"
	"dateline/eval/score"
)

// A Story is an article as it is handed in to be grouped.
type Story struct {
	ID, Title, Text string
	Published       string // a day or a time in UTC; "" where it is not known
	Outlet, Lang    string
}

// A Placement is what an article was placed in.
type Placement struct {
	Event  string
	Story  string
	CopyOf string // ID of the article it is a copy of, "" if it is none
}

// storyDoc is a document of a set of groups; one without a group is a distractor.
type storyDoc struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Published string `json:"published"`
	Lang      string `json:"lang"`
	Cluster   string `json:"cluster"`
	Source    string `json:"source"`
}

// opaque hides what an id of the data would tell of its group.
func opaque(id string) string {
	sum := sha256.Sum256([]byte("dateline " + id))
	return hex.EncodeToString(sum[:])[:16]
}

// utc is a time as a feed would give it: in UTC, one without a zone taken for UTC; a day stays
// a day.
func utc(v string) string {
	if len(v) == len(time.DateOnly) {
		return v
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05"} {
		if t, err := time.Parse(layout, v); err == nil {
			return t.UTC().Format(time.RFC3339)
		}
	}
	return ""
}

// streamed are the documents in the order of their times; within a day, and without a date, in
// that of the opaque ids, from which back leads to their own.
func streamed(documents []storyDoc) (stream []Story, back map[string]string) {
	back = map[string]string{}
	for _, d := range documents {
		s := Story{opaque(d.ID), d.Title, d.Text, utc(d.Published), d.Source, cmp.Or(d.Lang, "en")}
		stream = append(stream, s)
		back[s.ID] = d.ID
	}
	slices.SortFunc(stream, func(a, b Story) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.ID, b.ID))
	})
	return stream, back
}

// grouped hands the documents in, one by one, and returns where each was placed, by its id.
func (j job) grouped(ctx context.Context, documents []storyDoc) (map[string]Placement, error) {
	stream, back := streamed(documents)
	place := j.NewGroups()
	out := map[string]Placement{}
	for _, s := range stream {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p := place(s)
		p.CopyOf = back[p.CopyOf]
		out[back[s.ID]] = p
		j.step()
	}
	return out, nil
}

// scoreGroups groups the documents of one set, with distractors among them, and compares those
// that have a group.
func (j job) scoreGroups(ctx context.Context, prefix string, files ...string) ([]score.Figure, error) {
	documents, err := j.storyDocs(files...)
	if err != nil {
		return nil, err
	}
	placed, err := j.grouped(ctx, documents)
	if err != nil {
		return nil, err
	}
	return groupFigures(prefix, documents, placed), nil
}

func (j job) storyDocs(files ...string) ([]storyDoc, error) {
	var documents []storyDoc
	for _, name := range files {
		d, err := load.Records[storyDoc](j.Bench, "clusters/"+name+".jsonl.gz")
		if err != nil {
			return nil, err
		}
		documents = append(documents, d...)
	}
	return documents, nil
}

// groupFigures compares the documents that have a group with where they were placed.
func groupFigures(prefix string, documents []storyDoc, placed map[string]Placement) []score.Figure {
	var items []grouping.Item
	for _, d := range documents {
		if d.Cluster != "" {
			items = append(items, grouping.Item{Gold: d.Cluster, Ours: cmp.Or(placed[d.ID].Event, "none "+d.ID), Asked: true})
		}
	}
	b, p := grouping.BCubed(items), grouping.Pairs(items)
	return []score.Figure{
		{Metric: prefix + "B3 F1", Value: b.F1(), N: len(items)},
		{Metric: prefix + "B3 precision", Value: b.Precision, N: len(items)},
		{Metric: prefix + "B3 recall", Value: b.Recall, N: len(items)},
		{Metric: prefix + "pair F1", Value: p.F1(), N: len(items)},
	}
}

// scoreOpenStream: the headline round-ups of AllSides among articles of the same days that
// belong to none: as each is placed when it arrives, and as all stand at rest.
func scoreOpenStream(ctx context.Context, j job) ([]score.Figure, error) {
	files := []string{"allsides_full.dev", "allsides_unlabelled.sample"}
	figures, err := j.scoreGroups(ctx, "", files...)
	if err != nil {
		return nil, err
	}
	documents, err := j.storyDocs(files...)
	if err != nil {
		return nil, err
	}
	stream, back := streamed(documents)
	atRest := map[string]Placement{}
	for i, p := range j.Settle(stream) {
		atRest[back[stream[i].ID]] = p
	}
	return append(figures, groupFigures("at rest ", documents, atRest)...), nil
}

// scoreOneSetting: three unlike sets by one setting: round-ups of title and lead, events of the
// world with many articles each, and look-alike events without dates.
func scoreOneSetting(ctx context.Context, j job) ([]score.Figure, error) {
	var figures []score.Figure
	var macro score.Mean
	for _, s := range []struct{ file, name string }{{"allsides_2021", "2021"}, {"giveme5w_newscluster", "giveme5w"}, {"ecbplus", "ECB+"}} {
		part, err := j.scoreGroups(ctx, s.name+" ", s.file)
		if err != nil {
			return nil, err
		}
		macro.Add(part[0].Value)
		figures = append(figures, part...)
	}
	return append(figures, score.Figure{Metric: "macro B3 F1", Value: macro.Value(), N: macro.N}), nil
}

var (
	wireTime   = regexp.MustCompile(`^\s*(\d+)-([A-Z]{3})-(\d{4})\s+(\d+):(\d+):(\d+)`)
	wireMonths = strings.Fields("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC")
)

// scoreCopies: pairs of Reuters wires, labelled by rule as reprints (1), as different though
// alike (0), or left out (-1). Two wires count as copies when links of copies join them.
func scoreCopies(ctx context.Context, j job) ([]score.Figure, error) {
	documents, err := load.Records[storyDoc](j.Bench, "clusters/reuters21578.jsonl.gz")
	if err != nil {
		return nil, err
	}
	pairs, err := load.Records[struct {
		A     string `json:"a"`
		B     string `json:"b"`
		Label int    `json:"label"`
		Kind  string `json:"kind"`
	}](j.Bench, "clusters/neardup_reuters21578.pairs.jsonl.gz")
	if err != nil {
		return nil, err
	}
	for i := range documents {
		d := &documents[i]
		d.Source = "Reuters"
		m := wireTime.FindStringSubmatch(d.Published)
		d.Published = ""
		if m != nil {
			if month := slices.Index(wireMonths, m[2]) + 1; month > 0 {
				d.Published = fmt.Sprintf("%s-%02d-%02sT%02d:%02s:%02s", m[3], month, m[1], atoi(m[4])%24, m[5], m[6])
			}
		}
	}
	placed, err := j.grouped(ctx, documents)
	if err != nil {
		return nil, err
	}
	find := copies(placed)
	var said, is, right, templates, asTemplates int
	for _, p := range pairs {
		if p.Label < 0 || find(p.A) == "" || find(p.B) == "" {
			continue
		}
		joined := find(p.A) == find(p.B)
		if p.Label == 1 {
			is++
		}
		if joined {
			said++
			if p.Label == 1 {
				right++
			}
		}
		if p.Kind == "template" {
			templates++
			if joined {
				asTemplates++
			}
		}
	}
	return []score.Figure{
		{Metric: "copies precision", Value: score.Ratio(right, said), N: said},
		{Metric: "copies recall", Value: score.Ratio(right, is), N: is},
		{Metric: "templates taken for copies", Value: float64(asTemplates), N: templates},
	}, nil
}

// atoi is the number that digits write.
func atoi(digits string) (n int) {
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}
