package resolve

import (
	"testing"

	"dateline/news"
)

func TestJoin(t *testing.T) {
	name := []news.Mention{{Kind: news.ByName}}
	a := news.Annotation{
		Entities: []news.Entity{
			{ID: "e1", Name: "Ana Ruiz", Type: news.Person, Mentions: name},
			{ID: "e2", Name: "Olsen", Type: news.Person, Mentions: name},
			{ID: "e3", Name: "the Harbor Board", Type: news.Organisation, Mentions: name},
			{ID: "e4", Name: "a senior official", Type: news.Person, Anonymous: true},
			{ID: "e5", Name: "Peter Vidal", Type: news.Person, Mentions: name},
		},
		Statements: []news.Statement{{Speaker: news.Speaker{Entity: "e1"}, Addressee: news.Addressee{Entity: "e3"}, RelayedBy: []news.EntityID{"e4", "e1"}, Frame: news.Frame{Subject: news.Argument{Entity: "e1"}}}},
	}
	known := []news.Entity{
		{ID: "k1", Name: "Ana Ruiz", Type: news.Person}, {ID: "k2", Name: "Olsen", Type: news.Person}, {ID: "k3", Name: "Harbor Board", Type: news.Organisation},
		{ID: "k4", Name: "a senior official", Type: news.Person, Anonymous: true}, {ID: "k5", Name: "Peter Vidal", Type: news.Person}, {ID: "k6", Name: "Peter Vidal", Type: news.Person},
	}
	got, matches := Join(a, known)
	if len(matches) != 2 {
		t.Fatalf("matches %v, want Ana Ruiz and the board: not a last name, not an official, not one of two", matches)
	}
	s := got.Statements[0]
	if s.Speaker.Entity != "k1" || s.Addressee.Entity != "k3" || s.RelayedBy[1] != "k1" || s.RelayedBy[0] != "e4" || s.Frame.Subject.Entity != "k1" {
		t.Errorf("ids do not follow: %+v", s)
	}
	if a.Statements[0].Speaker.Entity != "e1" || a.Entities[0].ID != "e1" {
		t.Error("what was handed in has changed")
	}
}
