package resolve

import (
	"strings"

	"dateline/news"
)

// A Match says that an entity of an article is one of the record, and why.
type Match struct {
	Local  news.EntityID // as the article's own reading named it
	Known  news.EntityID
	Reason news.Reason
}

// Join gives the entities of an article the ids of those they are in the record: of the same
// type and, but for case and marks, of the same name. A person joins by a full name only, for
// a last name alone is borne by many; who is described and not named joins nobody. Where two
// entities of the record answer, neither is taken.
//
// Every id of the annotation follows: speakers, addressees, relays and frames. What the
// article says of an entity is left as it is.
func Join(a news.Annotation, known []news.Entity) (news.Annotation, []Match) {
	byName := map[string][]news.Entity{}
	for _, k := range known {
		if key := joinKey(k); key != "" {
			byName[key] = append(byName[key], k)
		}
	}
	to := map[news.EntityID]news.EntityID{}
	var matches []Match
	for _, e := range a.Entities {
		key := joinKey(e)
		if list := byName[key]; key != "" && len(list) == 1 && list[0].ID != e.ID {
			to[e.ID] = list[0].ID
			matches = append(matches, Match{e.ID, list[0].ID, news.Reason{Rule: "same-name", Detail: e.Name}})
		}
	}
	if len(to) == 0 {
		return a, nil
	}
	return renamed(a, to), matches
}

// joinKey is the type and folded name of an entity that can be joined, "" for one that cannot.
func joinKey(e news.Entity) string {
	name := news.Fold(e.Name)
	if e.Anonymous || name == "" || e.Type == news.Person && !strings.Contains(name, " ") || e.Type == news.OtherEntity || e.Type == news.Group {
		return ""
	}
	named := len(e.Mentions) == 0 // an entity of the record may come without its mentions
	for _, m := range e.Mentions {
		named = named || m.Kind == news.ByName
	}
	if !named {
		return ""
	}
	return string(e.Type) + " " + strings.TrimPrefix(name, "the ")
}

// renamed is the annotation with ids put for others; the one given is left alone.
func renamed(a news.Annotation, to map[news.EntityID]news.EntityID) news.Annotation {
	id := func(e news.EntityID) news.EntityID {
		if n, ok := to[e]; ok {
			return n
		}
		return e
	}
	argument := func(x news.Argument) news.Argument { x.Entity = id(x.Entity); return x }
	entities := make([]news.Entity, 0, len(a.Entities))
	at := map[news.EntityID]int{}
	for _, e := range a.Entities {
		e.ID = id(e.ID)
		if i, ok := at[e.ID]; ok { // two of the article are one of the record
			entities[i].Mentions = append(append([]news.Mention(nil), entities[i].Mentions...), e.Mentions...)
			continue
		}
		at[e.ID] = len(entities)
		entities = append(entities, e)
	}
	statements := make([]news.Statement, len(a.Statements))
	for i, s := range a.Statements {
		s.Speaker.Entity, s.Addressee.Entity = id(s.Speaker.Entity), id(s.Addressee.Entity)
		relays := make([]news.EntityID, 0, len(s.RelayedBy))
		for _, r := range s.RelayedBy {
			relays = append(relays, id(r))
		}
		if len(relays) > 0 {
			s.RelayedBy = relays
		}
		s.Frame.Subject, s.Frame.Object = argument(s.Frame.Subject), argument(s.Frame.Object)
		oblique := make([]news.Argument, 0, len(s.Frame.Oblique))
		for _, o := range s.Frame.Oblique {
			oblique = append(oblique, argument(o))
		}
		if len(oblique) > 0 {
			s.Frame.Oblique = oblique
		}
		statements[i] = s
	}
	a.Entities, a.Statements = entities, statements
	return a
}
