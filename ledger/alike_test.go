package ledger_test

import (
	"slices"
	"testing"

	"dateline/ledger"
	"dateline/news"
)

func profile(id news.StoryID, traits ...news.Trait) news.Profile {
	return news.Profile{ID: id, Name: string(id), Articles: 4, Traits: traits}
}

func trait(name string, articles, common int) news.Trait {
	return news.Trait{Entity: news.NewEntityID("", name), Name: name, Kind: news.Person, Articles: articles, Common: common}
}

func TestAlike(t *testing.T) {
	toll := news.Trait{Name: "toll", Kind: news.IssueTrait, Articles: 2}
	near := news.Neighbourhood{
		Articles: 10_000,
		Story:    profile("ferry", trait("Ana Ruiz", 4, 20), trait("Port Alba", 4, 60), trait("Europe", 3, 4000), toll),
		Others: []news.Profile{
			profile("far", trait("Europe", 4, 4000), trait("Bo Lind", 4, 10)),
			profile("one name", trait("Ana Ruiz", 4, 20), trait("Bo Lind", 4, 10)),
			profile("common", trait("Europe", 4, 4000), trait("the company", 4, 9)),
			profile("bridge", trait("Port Alba", 2, 60), trait("ANA RUIZ", 4, 20), trait("Bo Lind", 4, 10), toll),
			profile("harbour", trait("Port Alba", 4, 60), trait("Europe", 4, 4000), trait("Cy Dunn", 4, 9), trait("Dee Holm", 4, 9)),
		},
	}
	found := ledger.Alike(near)
	var ids []news.StoryID
	for _, l := range found {
		if ids = append(ids, l.Story); l.Score <= 0 || l.Score > 1 {
			t.Errorf("%s has the score %f", l.Story, l.Score)
		}
	}
	if !slices.Equal(ids, []news.StoryID{"bridge", "harbour"}) {
		t.Fatalf("alike are %v", found)
	}
	if both := found[0].Both; !slices.Equal(both, []string{"Ana Ruiz", "toll", "Port Alba"}) {
		t.Errorf("both are about %v, what says most is not first", both)
	}
	slices.Reverse(near.Others)
	if again := ledger.Alike(near); again[0].Story != "bridge" || again[1].Story != "harbour" {
		t.Error("the order in which stories are compared changes the answer")
	}
}

func TestTags(t *testing.T) {
	near := news.Neighbourhood{Articles: 10_000, Story: profile("ferry",
		trait("Europe", 4, 4000), trait("Ana Ruiz", 3, 20), trait("ana ruiz", 2, 20), trait("the company", 4, 9), trait("Once Named", 1, 1), trait("a spokesman for the port of Alba in the south", 4, 1))}
	var names []string
	for _, x := range ledger.Tags(near, 5) {
		names = append(names, x.Name)
	}
	if !slices.Equal(names, []string{"Ana Ruiz", "Europe"}) {
		t.Errorf("tags are %v", names)
	}
	if len(ledger.Tags(near, 1)) != 1 {
		t.Error("more tags than were asked for")
	}
}
