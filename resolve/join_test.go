package resolve_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dateline/news"
	"dateline/resolve"
)

// article is one whose entities are written "kind name|roles|gender", each of which speaks.
func article(n int, entities ...string) news.Annotation {
	a := news.Annotation{Article: news.Article{ID: news.ArticleID(fmt.Sprintf("a%d", n)), Published: news.Published{When: news.At(news.Day(2031, 5, n))}}}
	for i, line := range entities {
		parts := append(strings.Split(line, "|"), "", "")
		kind, name, _ := strings.Cut(parts[0], " ")
		e := news.Entity{ID: news.EntityID(fmt.Sprintf("e%d-%d", n, i)), Name: name, Roles: strings.Fields(parts[1]), Gender: news.Gender(parts[2])}
		e.Type = map[string]news.EntityType{"person": news.Person, "org": news.Organisation, "place": news.Place, "described": news.Person, "body": news.Organisation, "anonymous": news.Person}[kind]
		e.Anonymous = kind == "anonymous"
		if kind == "anonymous" || kind == "described" || kind == "body" {
			e.Mentions = []news.Mention{{Kind: news.ByNominal}}
		} else {
			e.Mentions = []news.Mention{{Kind: news.ByName}}
		}
		a.Entities = append(a.Entities, e)
		a.Statements = append(a.Statements, news.Statement{Speaker: news.Speaker{Entity: e.ID, Name: e.Name}})
	}
	return a
}

// speakers are the names by which the record calls the speakers, with a number that tells those
// of one name apart.
func speakers(articles []news.Annotation) (out [][]string) {
	number := map[news.EntityID]string{}
	count := map[string]int{}
	for _, a := range articles {
		var line []string
		for _, s := range a.Statements {
			if number[s.Speaker.Entity] == "" {
				count[s.Speaker.Name]++
				number[s.Speaker.Entity] = fmt.Sprint(s.Speaker.Name, " ", count[s.Speaker.Name])
			}
			line = append(line, number[s.Speaker.Entity])
		}
		out = append(out, line)
	}
	return out
}

func TestJoin(t *testing.T) {
	for _, c := range []struct {
		name     string
		articles [][]string
		want     string
	}{
		{"a full name is one person", [][]string{{"person Ana Ruiz"}, {"person Ana Ruiz"}}, "[[Ana Ruiz 1] [Ana Ruiz 1]]"},
		{"a last name that one person has", [][]string{{"person Ana Ruiz"}, {"person Ruiz"}}, "[[Ana Ruiz 1] [Ana Ruiz 1]]"},
		{"a last name that two have", [][]string{{"person Ana Ruiz", "person Tom Ruiz"}, {"person Ruiz"}}, "[[Ana Ruiz 1 Tom Ruiz 1] [Ruiz 1]]"},
		{"a last name that two have, and a Mr", [][]string{{"person Ana Ruiz||female", "person Tom Ruiz||male"}, {"person Ruiz||male"}}, "[[Ana Ruiz 1 Tom Ruiz 1] [Tom Ruiz 1]]"},
		{"a last name that two have, and an office", [][]string{{"person Ana Ruiz|mayor", "person Tom Ruiz|singer"}, {"person Ruiz|mayor"}}, "[[Ana Ruiz 1 Tom Ruiz 1] [Ana Ruiz 1]]"},
		{"last names alone", [][]string{{"person Ruiz"}, {"person Ruiz"}}, "[[Ruiz 1] [Ruiz 1]]"},
		{"a man and a woman of one name", [][]string{{"person Kim Olsen||female"}, {"person Kim Olsen||male"}}, "[[Kim Olsen 1] [Kim Olsen 2]]"},
		{"an initial between", [][]string{{"person Ana M. Ruiz"}, {"person Ana Ruiz"}, {"person Ana Ruiz"}}, "[[Ana Ruiz 1] [Ana Ruiz 1] [Ana Ruiz 1]]"},
		{"a misspelling", [][]string{{"person Petra Lindqvar"}, {"person Petra Lindqvaar"}, {"person Petra Lindqvar"}}, "[[Petra Lindqvar 1] [Petra Lindqvar 1] [Petra Lindqvar 1]]"},
		{"two names that an article has are no misspelling", [][]string{{"person Petra Lindqvar", "person Petra Lindqvaar"}}, "[[Petra Lindqvar 1 Petra Lindqvaar 1]]"},
		{"two forms of a given name, one office", [][]string{{"person Aleksandr Olsen|president"}, {"person Alexander Olsen|president"}}, "[[Aleksandr Olsen 1] [Aleksandr Olsen 1]]"},
		{"two given names, two offices", [][]string{{"person Anders Olsen|president"}, {"person Arne Olsen|fisherman"}}, "[[Anders Olsen 1] [Arne Olsen 1]]"},
		{"an acronym", [][]string{{"org Port Alba Police"}, {"org PAP"}}, "[[Port Alba Police 1] [Port Alba Police 1]]"},
		{"the beginning of a name", [][]string{{"org Tervane Group"}, {"org Tervane"}}, "[[Tervane Group 1] [Tervane Group 1]]"},
		{"a firm that the parser takes for a place", [][]string{{"org Tervane Group"}, {"place Tervane"}}, "[[Tervane Group 1] [Tervane Group 1]]"},
		{"a city and its port", [][]string{{"org Port Alba Police"}, {"place Port Alba"}}, "[[Port Alba Police 1] [Port Alba 1]]"},
		{"a common beginning", [][]string{{"org Ministry of Works"}, {"org Ministry"}}, "[[Ministry of Works 1] [Ministry 1]]"},
		{"what most take it for", [][]string{{"org Tervane"}, {"place Tervane"}, {"org Tervane"}}, "[[Tervane 1] [Tervane 1] [Tervane 1]]"},
		{"an office that one person holds", [][]string{{"person Ana Ruiz|mayor"}, {"described The mayor|mayor"}}, "[[Ana Ruiz 1] [Ana Ruiz 1]]"},
		{"an office that two hold", [][]string{{"person Ana Ruiz|mayor"}, {"person Tom Reed|mayor"}, {"described The mayor|mayor"}}, "[[Ana Ruiz 1] [Tom Reed 1] [The mayor 1]]"},
		{"a body that is described", [][]string{{"org Sorrenholm Port Authority"}, {"body the port authority"}}, "[[Sorrenholm Port Authority 1] [Sorrenholm Port Authority 1]]"},
		{"anonymous sources stay apart", [][]string{{"anonymous a senior official|official"}, {"anonymous a senior official|official"}}, "[[a senior official 1] [a senior official 2]]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var articles []news.Annotation
			for i, a := range c.articles {
				articles = append(articles, article(i+1, a...))
			}
			before := fmt.Sprintf("%+v", articles)
			got := resolve.Join(articles)
			if s := fmt.Sprint(speakers(got.Annotations)); s != c.want {
				t.Errorf("got %s, want %s", s, c.want)
			}
			if fmt.Sprintf("%+v", articles) != before {
				t.Error("what was handed in has changed")
			}
			slices.Reverse(articles)
			again := resolve.Join(articles)
			slices.Reverse(again.Annotations)
			if !reflect.DeepEqual(got.Annotations, again.Annotations) {
				t.Errorf("in another order %v", speakers(again.Annotations))
			}
		})
	}
}

// Every id of an annotation follows.
func TestJoinRenamesAll(t *testing.T) {
	a, b := article(1, "person Ana Ruiz", "place Port Alba"), article(2, "person Ruiz", "place Port Alba")
	b.Statements[0] = news.Statement{
		Speaker: news.Speaker{Entity: "e2-0", Name: "Ruiz", Reason: news.Reason{Rule: "named", Detail: "Ruiz"}}, Addressee: news.Addressee{Entity: "e2-0"}, RelayedBy: []news.EntityID{"e2-1", "e2-0"},
		Frame: news.Frame{Subject: news.Argument{Entity: "e2-0"}, Object: news.Argument{Entity: "e2-1"}, Oblique: []news.Argument{{Entity: "e2-0"}}},
	}
	b.Lead = news.Lead{Entities: []news.EntityID{"e2-0", "e2-1"}, Places: []news.EntityID{"e2-1"}}
	joined := resolve.Join([]news.Annotation{a, b})
	got := joined.Annotations[1]
	for _, e := range []string{"e2-0", "e2-1"} {
		if s := fmt.Sprintf("%+v", got); strings.Contains(s, e) {
			t.Errorf("%s is still in %s", e, s)
		}
	}
	if s := got.Statements[0].Speaker; s.Name != "Ana Ruiz" || s.Reason.String() != "named: Ruiz; Ruiz is Ana Ruiz by short-name" {
		t.Errorf("speaker %+v", s)
	}
	if len(joined.Entities) != 2 || len(joined.Mentions) != 4 {
		t.Errorf("%d entities with %d mentions, want 2 with 4", len(joined.Entities), len(joined.Mentions))
	}
}

// A person with a full name is one through all stories, whatever else is known in each.
func TestJoinAcrossStories(t *testing.T) {
	one := resolve.Join([]news.Annotation{article(1, "person Ana Ruiz|mayor"), article(2, "person Ruiz")})
	two := resolve.Join([]news.Annotation{article(3, "person Ana Ruiz|chef")})
	if one.Annotations[1].Statements[0].Speaker.Entity != two.Annotations[0].Statements[0].Speaker.Entity {
		t.Error("two stories, two people of one name")
	}
}

// A story of many articles is joined in time linear in them: a placing joins the whole story.
func BenchmarkJoin(b *testing.B) {
	for _, n := range []int{60, 600} {
		var articles []news.Annotation
		for i := range n {
			var entities []string
			for k := range 20 {
				who := (i*7 + k*k) % 200
				switch k % 4 {
				case 0:
					entities = append(entities, fmt.Sprintf("person Ana%d Ruiz%d|mayor", who%14, who))
				case 1:
					entities = append(entities, fmt.Sprintf("person Ruiz%d", who))
				case 2:
					entities = append(entities, fmt.Sprintf("org Ministry of Works%d", who))
				default:
					entities = append(entities, fmt.Sprintf("place Port%d", who))
				}
			}
			articles = append(articles, article(i+1, entities...))
		}
		b.Run(fmt.Sprint(n, " articles"), func(b *testing.B) {
			for b.Loop() {
				resolve.Join(articles)
			}
		})
	}
}
