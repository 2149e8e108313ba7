package book

import (
	"cmp"
	"slices"
	"strings"

	"dateline/news"
)

// introduce counts the full names that an article has (by 1), or had (by -1). Where a last name
// comes to join a full name, or no longer does, those who are called by it are cast anew.
func (b *Book) introduce(a *Article, by int) {
	seen := map[string]bool{}
	for _, e := range a.Entities {
		name := Plain(e.Name)
		if e.Anonymous || seen[name] {
			continue
		}
		seen[name] = true
		i := strings.LastIndexByte(name, ' ')
		if i < 0 {
			b.bare(name, a, by)
		}
		if i < 0 || e.Type != news.Person {
			continue
		}
		last := name[i+1:]
		if b.names[last] == nil {
			b.names[last] = map[string]int{}
		}
		was := b.joined(last)
		if b.names[last][name] += by; b.names[last][name] == 0 {
			delete(b.names[last], name)
		}
		if now := b.joined(last); now != was {
			b.recast(was, last)
		}
	}
}

// bare notes that an article calls somebody by one name alone.
func (b *Book) bare(name string, a *Article, by int) {
	if by < 0 {
		if delete(b.called[name], a); len(b.called[name]) == 0 {
			delete(b.called, name)
		}
		return
	}
	if b.called[name] == nil {
		b.called[name] = map[*Article]bool{}
	}
	b.called[name][a] = true
}

// joined is the actor who is meant by a last name: the only full name that ends in it, else the
// last name itself.
func (b *Book) joined(last string) string {
	if len(b.names[last]) == 1 {
		for full := range b.names[last] {
			return full
		}
	}
	return last
}

// recast casts those anew whom their article calls by a last name alone.
func (b *Book) recast(was, last string) {
	for a := range b.called[last] { // whoever is spoken of there may be somebody else by now
		for _, t := range a.Told {
			b.moved[t] = true
		}
	}
	actor := b.actors[was]
	if actor == nil {
		return
	}
	for _, t := range slices.Clone(actor.Told) {
		if !t.Speaker.Anonymous && Plain(t.Speaker.Name) == last {
			b.dismiss(t)
			b.cast(t)
		}
	}
}

// cast gives a statement its actor.
func (b *Book) cast(t *Told) {
	if t.Speaker.Name == "" {
		return
	}
	key := b.key(t.In, t.Speaker)
	actor := b.actors[key]
	if actor == nil {
		actor = &Actor{Key: key}
		b.actors[key] = actor
	}
	t.Actor = actor
	at, _ := slices.BinarySearchFunc(actor.Told, t, InStory)
	actor.Told = slices.Insert(actor.Told, at, t)
	b.moved[t] = true
	if best := actor.herald; best == nil || calls(t, best) {
		b.call(actor, t)
	}
}

// calls reports whether a statement names its actor more fully than another does.
func calls(t, best *Told) bool {
	return cmp.Or(cmp.Compare(len(t.Speaker.Name), len(best.Speaker.Name)), cmp.Compare(best.Speaker.Name, t.Speaker.Name), cmp.Compare(best.ID, t.ID)) > 0
}

// call names an actor as a statement does; where that is another name than before, all that the
// actor said is told anew.
func (b *Book) call(actor *Actor, t *Told) {
	s := t.Speaker
	if s.Anonymous {
		s.Reason = news.Reason{Rule: "own-source", Detail: "described in one article, and joined with nobody of another"}
	} else {
		s.Entity, s.Reason = news.NewEntityID("", actor.Key), news.Reason{Rule: "same-name", Detail: s.Name}
	}
	actor.herald = t
	if s == actor.Speaker {
		return
	}
	actor.Speaker = s
	for _, o := range actor.Told {
		b.moved[o] = true
	}
}

// key is by what somebody whom an article names is the same in all articles.
func (b *Book) key(a *Article, s news.Speaker) string {
	key := Plain(s.Name)
	switch {
	case s.Anonymous:
		return "? " + string(a.Article.ID) + " " + cmp.Or(string(s.Entity), key)
	case strings.IndexByte(key, ' ') < 0:
		return b.joined(key)
	}
	return key
}

// Somebody is an entity of an article as the story's rows name it, with its key: the actor if it
// is one.
func (b *Book) Somebody(a *Article, id news.EntityID) (news.Speaker, string) {
	e := a.Entity(id)
	if e == nil {
		return news.Speaker{}, ""
	}
	s := news.Speaker{Entity: e.ID, Name: e.Name, Anonymous: e.Anonymous}
	key := b.key(a, s)
	if actor := b.actors[key]; actor != nil {
		return actor.Speaker, key
	}
	if !s.Anonymous {
		s.Entity = news.NewEntityID("", key)
	}
	return s, key
}

// dismiss takes a statement from its actor; one who has said nothing else is no actor.
func (b *Book) dismiss(t *Told) {
	actor := t.Actor
	if actor == nil {
		return
	}
	t.Actor = nil
	if at, found := slices.BinarySearchFunc(actor.Told, t, InStory); found {
		actor.Told = slices.Delete(actor.Told, at, at+1)
	}
	if b.moved[t] = true; len(actor.Told) == 0 {
		delete(b.actors, actor.Key)
		return
	}
	if actor.herald == t {
		best := actor.Told[0]
		for _, o := range actor.Told {
			if calls(o, best) {
				best = o
			}
		}
		b.call(actor, best)
	}
}

// Plain is a name as it is compared: folded, without an article in front.
func Plain(name string) string { return strings.TrimPrefix(news.Fold(name), "the ") }
