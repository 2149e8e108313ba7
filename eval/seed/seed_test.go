package seed

import (
	"testing"

	"dateline/eval/attribution"
	"dateline/eval/score"
	"dateline/news"
	"dateline/text"
)

func TestNear(t *testing.T) {
	for _, c := range []struct {
		value string
		want  bool
	}{{"2031-05-03", true}, {"2031-05-02/2031-05-04", true}, {"2031-05-03T10:00:00Z", true}, {"2031-05-01/2031-05-04", false}, {"2031-05", false}, {"", false}, {"2031-05-04", false}} {
		if near(c.value, "2031-05-03") != c.want {
			t.Errorf("%q: near is not %v", c.value, c.want)
		}
	}
}

func TestHeadOf(t *testing.T) {
	for name, want := range map[string]string{
		"Mayor Ana Ruiz": "Ruiz", "Port Alba's": "Alba", "The Courier": "Courier", "the port": "port", "the Vesk bridge": "Vesk", "Gate 3": "3",
	} {
		if got := headOf(name, text.Span{Start: 0, End: len(name)}).Of(name); got != want {
			t.Errorf("head of %q is %q, want %q", name, got, want)
		}
	}
}

func TestDetails(t *testing.T) {
	named := statement{Type: news.Direct}
	named.Speaker.Canonical = "Ana Ruiz"
	anonymous := statement{Type: news.Indirect}
	anonymous.Speaker.Canonical = "anonymous: an official"
	var d details
	right := d.add(named, attribution.Found{Spoken: true, Name: "Ruiz", Mode: news.Direct})
	wrong := d.add(named, attribution.Found{Spoken: true, Name: "Bram Kessel", Mode: news.Mixed})
	nobody := d.add(anonymous, attribution.Found{Mode: news.Indirect})
	somebody := d.add(anonymous, attribution.Found{Spoken: true, Name: "Ruiz", Mode: news.Indirect})
	if !right || wrong || !nobody || somebody {
		t.Errorf("sources right: %v %v %v %v", right, wrong, nobody, somebody)
	}
	if d.name != (score.Mean{Sum: 1, N: 2}) || d.mode != (score.Mean{Sum: 3, N: 4}) {
		t.Errorf("names %+v, modes %+v", d.name, d.mode)
	}
	if DayOf("2031-05-03T10:00:00Z") != "2031-05-03" || partOfDay.Replace("2031-05-03TEV") != "2031-05-03" {
		t.Error("a time of day was left on a day")
	}
}
