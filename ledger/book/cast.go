package book

import (
	"cmp"
	"slices"
	"strings"

	"dateline/news"
)

// key is by what somebody of an article is the same in all of them: the entity, which the record
// knows through the whole story; where there is none, the name.
func key(s news.Speaker) string { return cmp.Or(string(s.Entity), Plain(s.Name)) }

// Known is what an actor is called, as names of articles are compared. Its key is none: mostly an entity's
// id. One who is anonymous is called nothing, and is only itself.
func (a *Actor) Known() string {
	if a.Anonymous || a.Name == "" {
		return a.Key
	}
	return Plain(a.Name)
}

// cast gives a statement its actor.
func (b *Book) cast(t *Told) {
	b.moved[t] = true
	if t.Speaker.Name == "" {
		return
	}
	k := key(t.Speaker)
	actor := b.actors[k]
	if actor == nil {
		actor = &Actor{Key: k}
		b.actors[k] = actor
	}
	t.Actor = actor
	at, _ := slices.BinarySearchFunc(actor.Told, t, InStory)
	actor.Told = slices.Insert(actor.Told, at, t)
	if actor.herald == nil || calls(t, actor.herald) {
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
	s.Reason = news.Reason{Rule: "same-entity", Detail: s.Name}
	actor.herald = t
	if s == actor.Speaker {
		return
	}
	actor.Speaker = s
	for _, o := range actor.Told {
		b.moved[o] = true
	}
}

// dismiss takes a statement from its actor; one who has said nothing else is no actor.
func (b *Book) dismiss(t *Told) {
	b.moved[t] = true
	actor := t.Actor
	if actor == nil {
		return
	}
	t.Actor = nil
	if at, found := slices.BinarySearchFunc(actor.Told, t, InStory); found {
		actor.Told = slices.Delete(actor.Told, at, at+1)
	}
	if len(actor.Told) == 0 {
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

// Somebody is an entity of an article as the story's rows name it, with the key of the actor that
// it is, if it is one.
func (b *Book) Somebody(a *Article, id news.EntityID) (news.Speaker, string) {
	e := a.Entity(id)
	if e == nil {
		return news.Speaker{}, ""
	}
	s := news.Speaker{Entity: e.ID, Name: e.Name, Anonymous: e.Anonymous, Reason: news.Reason{Rule: "same-entity", Detail: e.Name}}
	return s, key(s)
}

// Plain is a name as it is compared: folded, without an article in front.
func Plain(name string) string { return strings.TrimPrefix(news.Fold(name), "the ") }
