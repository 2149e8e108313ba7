package outlet_test

import (
	"testing"

	"dateline/split/outlet"
)

func TestNamed(t *testing.T) {
	for in, want := range map[string]string{
		"Daily Mail": "Daily Mail", "the Guardian": "The Guardian", "The Independent": "The Independent", "REUTERS": "Reuters", "(AP News)": "Associated Press",
		"Independent": "", "express": "", "The harbour council": "", "Mirror": "", "": "",
	} {
		if got := outlet.Named(in); got != want {
			t.Errorf("Named(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRequest(t *testing.T) {
	for in, want := range map[string]string{
		"The Independent has asked the mayor for comment.":                         "The Independent",
		"Axios has reached out to the harbour council for comment.":                "Axios",
		"The Alba Post has contacted the ferry owners for further comment.":        "The Alba Post",
		"The council did not respond to a request for comment from CNN on Monday.": "CNN",
		"The harbour council has asked the owners for comment.":                    "",
		"Reporters asked the mayor for comment.":                                   "",
	} {
		if got := outlet.Request(in); got != want {
			t.Errorf("Request(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFirst(t *testing.T) {
	for in, want := range map[string]string{
		"This article originally appeared on Alba Post: Council opens the bridge": "Alba Post",
		"This story was first published by ProPublica, a nonprofit newsroom.":     "ProPublica",
		"Republished from The Conversation under a licence.":                      "The Conversation",
		"This book was first published in Alba in 1931.":                          "",
		"It was first published in the Guardian, she said.":                       "",
	} {
		if got := outlet.First(in); got != want {
			t.Errorf("First(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTold(t *testing.T) {
	for in, want := range map[string]string{
		`"It opens," a council official told Axios.`:                       "Axios",
		"Two people familiar with the plan told the Financial Times so.":   "The Financial Times",
		"Ana Ruiz told Fox News Thursday that she is glad.":                "",
		"Council spokesman Tomas Ito told CNN the bridge opens.":           "",
		"An official told the harbour council that the bridge would open.": "",
	} {
		if got := outlet.Told(in); got != want {
			t.Errorf("Told(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"WSJ", "The Wall Street Journal", true}, {"BBC", "BBC News", true}, {"AP News", "Associated Press", true}, {"The Guardian", "Guardian", true},
		{"Reuters", "AFP", false}, {"", "", false}, {"Alba Post", "Alba Gazette", false},
	} {
		if got := outlet.Same(c.a, c.b); got != c.want {
			t.Errorf("Same(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestToldInWords(t *testing.T) {
	for in, want := range map[string]string{
		`"The rest is noise," a council official told Albaline.`:                  "Albaline",
		`“It opens,” two people in the room told the Alba Wire on Monday.`:        "Alba Wire",
		`"It opens," Ana Ruiz told Albaline.`:                                     "",
		`"It opens," a council official told Parliament.`:                         "",
		`"It opens," a council official told reporters.`:                          "",
		`A council official told Albaline that the bridge opens.`:                 "",
		`"It opens," a council official told Ruiz at the dock.`:                   "",
		`"It opens," an official told Vidal, who added that "nobody told me so."`: "",
	} {
		if got := outlet.ToldInWords(in); got != want {
			t.Errorf("ToldInWords(%q) = %q, want %q", in, got, want)
		}
	}
}
