package story

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// How much is read to find the stories like one: what it costs is bounded however large the record
// and the stories are.
const (
	profiled    = 200  // articles of a story, the newest
	mostTraits  = 32   // of a story
	rarest      = 12   // traits by which other stories are looked for
	sharers     = 300  // articles that have one of them, the newest
	mostAlike   = 8    // stories that are compared
	countedUpTo = 2000 // articles, in which a trait is no longer rare
)

const (
	selectTraits = `
		SELECT entity.id, entity.name, entity.type, told.n FROM (
			SELECT mention.entity AS id, count(DISTINCT mention.article) AS n FROM (
				SELECT member.article FROM event JOIN member ON member.event = event.id AND member.recorded <= ?2 AND (member.replaced IS NULL OR member.replaced > ?2)
				WHERE event.story = ?1 AND event.recorded <= ?2 AND (event.replaced IS NULL OR event.replaced > ?2) ORDER BY member.n DESC LIMIT ?3) AS own
			JOIN mention ON mention.article = own.article AND mention.recorded <= ?2 AND (mention.replaced IS NULL OR mention.replaced > ?2)
			GROUP BY mention.entity ORDER BY n DESC, mention.entity LIMIT ?4) AS told
		JOIN entity ON entity.id = told.id AND entity.recorded <= ?2 AND (entity.replaced IS NULL OR entity.replaced > ?2)
		WHERE NOT entity.anonymous AND entity.name <> '' AND entity.type <> 'other'
			AND NOT EXISTS (SELECT 1 FROM article WHERE article.outlet = entity.name AND article.outlet <> '') -- which names itself in what it prints
		ORDER BY told.n DESC, entity.id`

	selectIssuesOf = `
		SELECT issues FROM entry WHERE story = ?1 AND ` + row.AsOf + ` AND kind = 'position' AND issues <> '' ORDER BY n LIMIT ?3`

	selectCommon = `SELECT count(*) FROM (SELECT 1 FROM mention WHERE entity = ? LIMIT ?)`

	selectSharers = `
		SELECT DISTINCT event.story FROM (SELECT article FROM mention WHERE entity = ?1 AND ` + row.AsOf + ` ORDER BY n DESC LIMIT ?3) AS told
		JOIN member ON member.article = told.article AND member.recorded <= ?2 AND (member.replaced IS NULL OR member.replaced > ?2)
		JOIN event ON event.id = member.event AND event.recorded <= ?2 AND (event.replaced IS NULL OR event.replaced > ?2)
		ORDER BY event.story`

	countArticles = `SELECT coalesce(max(n), 0) FROM article` // about: readings that were replaced count too

	countMembers = `
		SELECT count(*) FROM event JOIN member ON member.event = event.id AND member.recorded <= ?2 AND (member.replaced IS NULL OR member.replaced > ?2)
		WHERE event.story = ?1 AND event.recorded <= ?2 AND (event.replaced IS NULL OR event.replaced > ?2)`
)

// Alike is a story among those that share some of its rarest traits, as they stood at a time. How like
// they are is for the caller to say.
func (s *Ledger) Alike(ctx context.Context, id news.StoryID, asOf time.Time) (n news.Neighbourhood, err error) {
	t := row.At(asOf)
	rows, err := s.db.Query(ctx, countArticles)
	if n.Articles, err = sqlite.One(rows, err, sqlite.Of[int]); err != nil {
		return n, err
	}
	common := map[news.EntityID]int{}
	if n.Story, err = s.profile(ctx, id, t, common); err != nil {
		return n, err
	}
	traits := slices.DeleteFunc(slices.Clone(n.Story.Traits), func(x news.Trait) bool { return x.Entity == "" })
	slices.SortStableFunc(traits, func(a, b news.Trait) int { return cmp.Compare(a.Common, b.Common) })
	shared := map[news.StoryID]int{}
	for _, x := range traits[:min(len(traits), rarest)] {
		rows, err := s.db.Query(ctx, selectSharers, string(x.Entity), t, sharers)
		stories, err := sqlite.All(rows, err, sqlite.Of[news.StoryID])
		if err != nil {
			return n, fmt.Errorf("stories with %s: %w", x.Entity, err)
		}
		for _, y := range stories {
			if y != id {
				shared[y]++
			}
		}
	}
	found := slices.SortedFunc(maps.Keys(shared), func(a, b news.StoryID) int { return cmp.Or(shared[b]-shared[a], cmp.Compare(a, b)) })
	for _, y := range found[:min(len(found), mostAlike)] {
		p, err := s.profile(ctx, y, t, common)
		if err != nil {
			return n, err
		}
		n.Others = append(n.Others, p)
	}
	return n, nil
}

// profile is what a story is about. common keeps what was counted before.
func (s *Ledger) profile(ctx context.Context, id news.StoryID, t int64, common map[news.EntityID]int) (p news.Profile, err error) {
	rows, err := s.db.Query(ctx, selectStory, string(id), t)
	found, err := sqlite.One(rows, err, scanStory)
	if err != nil {
		return p, fmt.Errorf("story %s: %w", id, err)
	}
	p = news.Profile{ID: id, Name: found.name}
	rows, err = s.db.Query(ctx, countMembers, string(id), t)
	if p.Articles, err = sqlite.One(rows, err, sqlite.Of[int]); err != nil {
		return p, err
	}
	rows, err = s.db.Query(ctx, selectTraits, string(id), t, profiled, mostTraits)
	if p.Traits, err = sqlite.All(rows, err, func(r sqlite.Row) (x news.Trait, err error) {
		return x, r.Scan(&x.Entity, &x.Name, &x.Kind, &x.Articles)
	}); err != nil {
		return p, err
	}
	for i := range p.Traits {
		x := &p.Traits[i]
		n, known := common[x.Entity]
		if !known {
			rows, err := s.db.Query(ctx, selectCommon, string(x.Entity), countedUpTo)
			if n, err = sqlite.One(rows, err, sqlite.Of[int]); err != nil {
				return p, err
			}
			common[x.Entity] = n
		}
		x.Common = n
	}
	rows, err = s.db.Query(ctx, selectIssuesOf, string(id), t, profiled)
	issues, err := sqlite.All(rows, err, sqlite.Of[string])
	if err != nil {
		return p, err
	}
	count := map[string]int{}
	for _, list := range issues {
		for name := range strings.SplitSeq(list, "\n") {
			count[name]++
		}
	}
	for _, name := range slices.SortedFunc(maps.Keys(count), func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) }) {
		if name != "" {
			p.Traits = append(p.Traits, news.Trait{Name: name, Kind: news.IssueTrait, Articles: min(count[name], p.Articles)})
		}
	}
	return p, nil
}
