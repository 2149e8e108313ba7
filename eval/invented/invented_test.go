package invented

import (
	"slices"
	"testing"

	"dateline/eval/attribution"
	"dateline/news"
	"dateline/text"
)

func TestLayOnFindsTheSecondOfTwoEqualParagraphs(t *testing.T) {
	const page = "It sails. It sails. Nobody paid."
	a := Article{Text: "It sails.\n\nIt sails.\n\nLost words.\n\nNobody paid."}
	for _, at := range []int{0, 11, 22, 35} {
		a.Times = append(a.Times, news.TimeExpression{Span: text.Span{Start: at, End: at + 6}})
	}
	laid := LayOn(page, []Article{a})[0].Times
	var starts []int
	for _, x := range laid {
		starts = append(starts, x.Span.Start)
	}
	if !slices.Equal(starts, []int{0, 10, 0, 20}) || !laid[2].Span.Empty() {
		t.Errorf("laid at %v, the lost one %v", starts, laid[2].Span)
	}
}

func TestIsBy(t *testing.T) {
	named := Statement{Speaker: []string{"Ana Ruiz", "the mayor"}}
	for _, c := range []struct {
		name  string
		gold  Statement
		found attribution.Found
		want  bool
	}{
		{"by name", named, attribution.Found{Spoken: true, Name: "Ruiz"}, true},
		{"by description", named, attribution.Found{Spoken: true, Name: "The mayor"}, true},
		{"another", named, attribution.Found{Spoken: true, Name: "Bram Kessel"}, false},
		{"nobody for somebody", named, attribution.Found{}, false},
		{"nobody for nobody", Statement{}, attribution.Found{}, true},
		{"somebody for nobody", Statement{}, attribution.Found{Spoken: true, Name: "Ruiz"}, false},
		{"a nameless one", Statement{Speaker: []string{"an official"}, Anonymous: true}, attribution.Found{Spoken: true, Name: "an official", Anonymous: true}, true},
		{"a name for a nameless one", Statement{Speaker: []string{"an official"}, Anonymous: true}, attribution.Found{Spoken: true, Name: "Ruiz"}, false},
	} {
		if c.gold.isBy(c.found) != c.want {
			t.Errorf("%s: not %v", c.name, c.want)
		}
	}
	if daysOnly("2031-05-02T10:00Z/2031-05-03TEV~") != "2031-05-02/2031-05-03" {
		t.Error(daysOnly("2031-05-02T10:00Z/2031-05-03TEV~"))
	}
}
