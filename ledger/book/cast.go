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
		i := strings.LastIndexByte(name, ' ')
		if e.Anonymous || e.Type != news.Person || i < 0 || seen[name] {
			continue
		}
		seen[name] = true
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
	key := Plain(t.Speaker.Name)
	switch {
	case t.Speaker.Anonymous:
		key = "? " + string(t.In.Article.ID) + " " + cmp.Or(string(t.Speaker.Entity), key)
	case strings.IndexByte(key, ' ') < 0:
		key = b.joined(key)
	}
	actor := b.actors[key]
	if actor == nil {
		actor = &Actor{Key: key}
		b.actors[key] = actor
	}
	t.Actor = actor
	at, _ := slices.BinarySearchFunc(actor.Told, t, InStory)
	actor.Told = slices.Insert(actor.Told, at, t)
	actor.name()
	b.moved[t] = true
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
	actor.name()
}

// name calls the actor by the fullest name that its reports use.
func (a *Actor) name() {
	best := a.Told[0].Speaker
	for _, t := range a.Told {
		if s := t.Speaker; cmp.Or(cmp.Compare(len(s.Name), len(best.Name)), cmp.Compare(best.Name, s.Name)) > 0 {
			best = s
		}
	}
	best.Entity, best.Reason = news.NewEntityID("", a.Key), news.Reason{Rule: "same-name", Detail: best.Name}
	if best.Anonymous {
		best.Entity, best.Reason = a.Told[0].Speaker.Entity, news.Reason{Rule: "own-source", Detail: "described in one article, and joined with nobody of another"}
	}
	a.Speaker = best
}

// Plain is a name as it is compared: folded, without an article in front.
func Plain(name string) string { return strings.TrimPrefix(news.Fold(name), "the ") }
