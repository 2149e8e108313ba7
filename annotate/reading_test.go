package annotate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/text"
)

// one is the first statement of a text published on Monday, 5 May 2031.
func one(t *testing.T, body string) (news.Annotation, news.Statement) {
	t.Helper()
	a := news.Article{ID: "a1", Text: body, Range: text.Span{End: len(body)}, Published: news.Published{When: news.At(news.Day(2031, 5, 5))}}
	for _, p := range text.Paragraphs(body, a.Range) {
		a.Segments = append(a.Segments, news.Segment{Span: p, Kind: news.Body})
		a.Sentences = append(a.Sentences, text.Sentences(body, []text.Span{p})...)
	}
	out, err := Article(context.Background(), a, pipeline(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Statements) == 0 {
		t.Fatalf("no statement in %q", body)
	}
	return out, out.Statements[0]
}

func TestSpeaker(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"a title is no part of the name", "Mayor Ana Ruiz said the bridge would open in May.", "Ana Ruiz"},
		{"headlines leave articles out", "Mayor Ana Ruiz opened the bridge. Minister Tom Vidal paid for it.\n\nBridge is safe, says minister.", "Tom Vidal"},
		{"headlines leave articles of bodies out", "Union says strike will go on.\n\nThe chairman of the Dockers' Union met Ruiz.", "Dockers' Union"},
		{"an office stands for its holder", "Harbor Commissioner Tomas Vidal spoke on Monday. The commissioner said the tolls would rise.", "Tomas Vidal"},
		{"a pronoun of the right gender", "Ana Ruiz met Peter Olsen. She said the bridge would open in May.", "Ana Ruiz"},
		{"of two of a name the one named last", "Ana Ruiz chairs the union. Tom Ruiz of the port met her. Ana Ruiz left.\n\nRuiz said the bridge would open in May.", "Ana Ruiz"},
		{"of two of a name the other, once named", "Ana Ruiz chairs the union. Ana Ruiz left.\n\nTom Ruiz of the port stayed. Ruiz said the bridge would open in May.", "Tom Ruiz"},
		{"who is named much more often is meant", "Ana Ruiz won. Ana Ruiz thanked the city. Ana Ruiz and Ana Ruiz alone had run, as her father Tom Ruiz knew. Ruiz said the bridge would open in May.", "Ana Ruiz"},
		{"who is not named is described", "A senior official said the bridge would open in May.", "A senior official"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, s := one(t, c.body); s.Speaker.Name != c.want {
				t.Errorf("speaker %q, want %q (%s)", s.Speaker.Name, c.want, s.Speaker.Reason)
			}
		})
	}
	if _, s := one(t, "A senior official said the bridge would open in May."); !s.Speaker.Anonymous {
		t.Error("an official without a name is not anonymous")
	}
}

// TestDescribed holds what is recorded of a speaker whom the source does not name: the words that describe him,
// what kind of speaker that is, and whether one can know who it was.
func TestDescribed(t *testing.T) {
	for _, c := range []struct {
		name, body, want string
		kind             news.EntityType
		anonymous        bool
	}{
		{"sides without a name", "Both sides said they would talk again.", "Both sides", news.Group, true},
		{"not one of two", "Neither ministry would say that the bridge was safe.", "Neither ministry", news.Organisation, true},
		{"a number alone", "The two said they would talk again.", "The two", news.Group, true},
		{"a share of people", "Some 40 per cent of voters said the bridge was safe.", "Some 40 per cent of voters", news.Group, true},
		{"a number of people", "A number of doctors said the ward was safe.", "A number of doctors", news.Group, true},
		{"a document about people", "A survey of doctors found that the ward was safe.", "A survey of doctors", news.OtherEntity, false},
		{"another one", "Ana Ruiz said the bridge was safe.\n\nAnother said it was not.", "Another", news.Person, true},
		{"a woman's name that ends in a word", "Grace Banks had given her word that the bridge was safe. Banks said it would open.", "Grace Banks", news.Person, false},
		{"a union boss whose name ends in a word", "The union boss Stella Fields said it was safe.", "Stella Fields", news.Person, false},
		{"a body whose name begins with a woman's", "Ana Ruiz thanked Sierra Fund, and her word was kept. Sierra Fund said the bridge was safe.", "Sierra Fund", news.Organisation, false},
		{"at the head of what", "Its head, Ana Ruiz, said the bridge was safe.", "Ana Ruiz", news.Person, false},
		{"what is said of the occasion", "\"The bridge is safe,\" his daughter, from the window, said.", "his daughter", news.Person, true},
		{"a body that is known", "The council said the bridge was safe.", "The council", news.Organisation, false},
	} {
		out, _ := one(t, c.body)
		s := out.Statements[len(out.Statements)-1]
		if s.Speaker.Name != c.want || s.Speaker.Anonymous != c.anonymous {
			t.Errorf("%s: speaker %q, anonymous %t, want %q, %t", c.name, s.Speaker.Name, s.Speaker.Anonymous, c.want, c.anonymous)
		}
		if !slices.ContainsFunc(out.Entities, func(e news.Entity) bool { return e.ID == s.Speaker.Entity && e.Type == c.kind }) {
			t.Errorf("%s: no %s among %+v", c.name, c.kind, out.Entities)
		}
	}
}

// TestLastSpeaker holds the speaker of the last statement of a text, and of each whose source is "I".
func TestLastSpeaker(t *testing.T) {
	questions := "\n\nHow did you find it?\n\nBy chance, and by walking.\n\nWhat did you think of it?\n\nIt was large.\n\nWill you go back?\n\nI think that others can do it better."
	for _, c := range []struct{ name, body, want string }{
		{"a woman the parser takes for a body", "Valeska Alba, a Valdmark woman and former member, claims that she was held on a ship. Alba said the ship never left port.", "Valeska Alba"},
		{"an acronym that reads like a pronoun", "The World Harbour Organisation (WHO) said it had no files. WHO says iodine is needed.", "World Harbour Organisation"},
		{"a pronoun for whoever spoke last", "The report found that 27 ships were late. It also warned that more would follow.", "The report"},
		{"who, and whom for", "Lydia Olin for Food Standards Valdmark, says they are looking at new rules. She says the matter is hard.", "Lydia Olin"},
		{"who the headline says is interviewed", "Albaline interviews Marymegan Olin on the crab\n\nFrank Rask and Frank Rask's colleagues met Frank Rask." + questions, "Marymegan Olin"},
		{"what the interview is about says nothing", "Albaline interviews sailor Ana Olin on Tom Reed\n\nTom Reed is known to all. Tom Reed was a pilot." + questions, "Ana Olin"},
		{"a long answer that ends in a question", "An interview with Ana Olin" + strings.Replace(questions, "It was large.", "I think that it was large"+strings.Repeat(", and it had the size of a barn", 12)+", is that what you ask?", 1), "Ana Olin"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := one(t, c.body)
			for i, s := range a.Statements {
				if last := i == len(a.Statements)-1; (last || s.Source.Of(c.body) == "I") && s.Speaker.Name != c.want {
					t.Errorf("speaker %q, want %q (%s)", s.Speaker.Name, c.want, s.Speaker.Reason)
				}
			}
		})
	}
}

func TestCircumstances(t *testing.T) {
	a, s := one(t, "Ruiz told the harbor board in a letter that the bridge would open in May.")
	if got := s.Addressee.Span.Of(a.Article.Text); got != "the harbor board" {
		t.Errorf("addressee %q", got)
	}
	if s.Venue != "letter" {
		t.Errorf("venue %q", s.Venue)
	}
	for body, want := range map[string]string{
		"Ruiz told reporters after a call with Vidal that the bridge would open in May.": "",
		"Ruiz told reporters during a call that the bridge would open in May.":           "call",
		"Ruiz said in a letter to Vidal that the bridge would open in May.":              "letter",
		"Ruiz said in remarks after the summit that the bridge would open in May.":       "",
		"Speaking at a rally on Friday, Ruiz said the bridge would open in May.":         "rally",
		"Ruiz said of the meeting that it had been short.":                               "",
	} {
		if _, s := one(t, body); s.Venue != want {
			t.Errorf("venue %q, want %q: %s", s.Venue, want, body)
		}
	}
	if _, s := one(t, "The ministry did not say that the bridge would open in May."); s.Polarity != news.Negative {
		t.Error("what was not said is positive")
	}
	if _, s := one(t, "Ruiz falsely claimed that the bridge was safe."); s.Hedge != "falsely" {
		t.Errorf("hedge %q", s.Hedge)
	}
	for body, want := range map[string]news.Act{
		"Ruiz asked whether the bridge was safe.":                     news.Question,
		"Ruiz believes that the bridge is safe.":                      news.Thought,
		"The report says that the bridge is safe.":                    news.Written,
		"Ruiz opposes the tolls on the bridge, and said so on Monday": news.StanceAct,
	} {
		if _, s := one(t, body); s.Act != want {
			t.Errorf("%s: %s, want %s", body, s.Act, want)
		}
	}
}

// TestAct: promises, threats, demands and refusals to comment are speech; what one wants or means is not.
func TestAct(t *testing.T) {
	for body, want := range map[string]news.Act{
		"Ruiz promised to publish the contract by Friday.":                    news.Speech,
		"The union threatened to strike unless the tolls fall.":               news.Speech,
		"The union demanded that the tolls fall.":                             news.Speech,
		"Tervane declined to comment on the deadline.":                        news.Speech,
		"Ruiz wants to publish the contract.":                                 news.StanceAct,
		"Ruiz plans to publish the contract by Friday.":                       news.Plan,
		"Ruiz believes that the piers are rotten.":                            news.Thought,
		"A prospectus of the company says that the works will bring 90 jobs.": news.Written,
		"The website Albaline reported that the piers were rotten.":           news.Writing,
		"The ministry reported that the piers were rotten.":                   news.Speech,
	} {
		if _, s := one(t, body); s.Act != want {
			t.Errorf("%s: %s, want %s", body, s.Act, want)
		}
	}
}

// TestSaid holds the time of the last statement of texts published on Monday, 5 May 2031.
func TestSaid(t *testing.T) {
	for _, c := range []struct{ name, body, value, rule string }{
		{"a date on the cue", "Ruiz said on Saturday that the bridge was safe.", "2031-05-03", "time-at-cue"},
		{"the perfect", "Ruiz has said that the bridge is safe.", "../2031-05-05", "not-after"},
		{"no date at all", "Ruiz said the bridge was safe.", "2031-05-05", "day-of-report"},
		{"a refusal is no saying to come", "Asked about the tolls, Ruiz would not say who pays.", "2031-05-05", "day-of-report"},
		{"a thought is held by then", "Ruiz said on Friday that the bridge was safe. Vidal believes that the piers are rotten.", "../2031-05-05", "not-after"},
		{"the date of a letter", "A letter dated April 4 says that the bridge is safe.", "2031-04-04", "time-of-source"},
		{"the end of a poll", "Sixty per cent want the bridge, according to a survey of 900 adults by Mark & Sons finished on Sunday.", "../2031-05-04", "time-of-source"},
		{"the date in what another says", "Ruiz confirmed that there had been a call on April 4, and Vidal said the board had not known.", "2031-05-05", "day-of-report"},
		{"before what is dated", "The strike began on April 7 after the union demanded that its members cross for free.", "../2031-04-07", "before-it"},
		{"after what is dated", "After the board met on Friday, Vidal demanded free tolls.", "2031-05-02/2031-05-05", "after-it"},
		{"hours before what is dated", "The state will pay for the bridge, Ruiz said on Friday, hours before dockers threatened to strike.", "2031-05-02", "hours-apart"},
		{"a scene in the past", "Ruiz opened the new dock on Saturday.\n\nThe council met on the evening of April 4. Vidal said the piers were rotten.", "2031-04-04", "time-of-scene"},
		{"others' sayings are no scene", "The Alba Herald reported on April 4 that the piers were rotten. Ruiz confirmed that there had been a call.", "2031-05-05", "day-of-report"},
		{"but then they are", "The Alba Herald reported on April 4 that the piers were rotten. Ruiz said then that the bridge was safe.", "2031-04-04", "time-of-scene"},
		{"news of yesterday that somebody told", "The bridge is closed, Ruiz said on Sunday.\n\nVidal called the piers rotten.\n\nThe ferry is full.\n\nOlsen called for a toll.", "2031-05-04", "day-of-report"},
		{"news of yesterday that nobody told", "The bridge collapsed on Sunday.\n\nThe ferry is full.\n\nOlsen called for a toll.", "2031-05-04/2031-05-05", "since-the-news"},
		{"who is quoted in the news of yesterday was heard there", "The miners marched on Sunday.\n\nThe ferry is full.\n\n\"We will be back,\" Olsen said.", "2031-05-04", "day-of-report"},
		{"a day in a headline's phrase is no news", "Ruiz on a loud Sunday.\n\nThe ferry is full.\n\n\"We will be back,\" Olsen said.", "2031-05-04/2031-05-05", "since-the-news"},
		{"told before whoever tells it", "Olsen said on Friday that Ruiz had told the board that the bridge was safe.", "../2031-05-02", "not-after"},
	} {
		out, _ := one(t, c.body)
		if s := out.Statements[len(out.Statements)-1]; s.Said.When.String() != c.value || s.Said.Reason.Rule != c.rule {
			t.Errorf("%s: %s: %s by %s, want %s by %s", c.name, c.body, s.Said.When, s.Said.Reason, c.value, c.rule)
		}
	}
}

// TestSaidFetched: of a page without a date nothing is known but that it was there when it was fetched.
func TestSaidFetched(t *testing.T) {
	body := "Ruiz said the bridge was safe."
	a := news.Article{ID: "a1", Text: body, Range: text.Span{End: len(body)}, Segments: []news.Segment{{Span: text.Span{End: len(body)}, Kind: news.Body}}, Sentences: []text.Span{{End: len(body)}}}
	for _, c := range []struct {
		fetched time.Time
		want    string
	}{{time.Date(2031, 5, 6, 9, 0, 0, 0, time.UTC), "../2031-05-06"}, {time.Time{}, ""}} {
		out, err := Article(context.Background(), a, pipeline(), Options{Fetched: c.fetched})
		if err != nil {
			t.Fatal(err)
		}
		if got := out.Statements[0].Said.When.String(); got != c.want {
			t.Errorf("fetched %v: said %q, want %q", c.fetched, got, c.want)
		}
	}
}

// TestPrintedTimes: the days that the lines above an article print are among its times, ages are not.
func TestPrintedTimes(t *testing.T) {
	body := "12:20\n3 hours ago\nPORT ALBA, May 4 -\nRuiz said on Saturday that the bridge was safe."
	kinds := []news.Kind{news.DateKind, news.DateKind, news.Dateline, news.Body}
	a := news.Article{ID: "a1", Text: body, Range: text.Span{End: len(body)}, Published: news.Published{When: news.At(news.Day(2031, 5, 5))}}
	for i, line := range text.Lines(body, a.Range) {
		a.Segments = append(a.Segments, news.Segment{Span: line, Kind: kinds[i]})
	}
	a.Sentences = []text.Span{a.Segments[3].Span}
	out, err := Article(context.Background(), a, pipeline(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range out.Times {
		got = append(got, x.Value)
	}
	if want := "2031-05-05T12:20 2031-05-04 2031-05-03"; strings.Join(got, " ") != want {
		t.Errorf("times %v, want %s", got, want)
	}
}

// TestMentions: every place that stands for someone or something, as "place=name".
func TestMentions(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"I is who is quoted", `"I hear you, and my door is open," Ana Ruiz said.`, "I=Ana Ruiz my=Ana Ruiz"},
		{"I is the innermost who is quoted", `"I asked him twice," Ana Ruiz said. "I never heard it," Tom Vidal said.`, "I=Ana Ruiz I=Tom Vidal"},
		{"what is not quoted is nobody's", `Ana Ruiz said the bridge was safe. I doubt it.`, ""},
		{"they are the group spoken of", "The Harbour Council met on Friday. They said their ferry would not sail.", "They=Harbour Council their=Harbour Council"},
		{"the ones who were described, again", "Divers said the piers were rotten. The council thanked the divers.", "the divers=Divers"},
		{"a body without a name, again and again", "Ruiz wrote to the ministry in April and said the piers were rotten. Nobody in the ministry answered her.", "the ministry=the ministry the ministry=the ministry"},
		{"a body is taken for known", "Ruiz wrote to the ministry in April and said the piers were rotten. Nobody answered her.", "the ministry=the ministry"},
		{"a gathering is no body", "Ruiz came to the meeting in April and said the piers were rotten.", ""},
		{"who is quoted is not his own she", "Ana Ruiz heard the dockers out at noon.\n\n\"She promised nothing,\" Lise Orban said.", "She=Ana Ruiz"},
		{"the subject just before", "Tom Vidal praised the mayor, Ana Ruiz, on Monday. Lise Orban, the head of the port, had met her at noon. She said the piers were rotten.", "She=Lise Orban"},
		{"somebody who is only described", "Tom Vidal watched from the quay. A captain came ashore and said he had seen the piers.", "he=A captain"},
		{"a thing is nearer than any body", "The Harbour Council met on Friday. A pump broke before it was repaired, Ruiz said.", ""},
		{"it stands for a clause", "The Harbour Council met on Friday. It was clear that nobody would pay. Ruiz said the piers were rotten.", ""},
		{"things in the plural", "The Harbour Council met on Friday. The ships sailed when their cargo was aboard. Ruiz said the piers were rotten.", ""},
		{"the head of a body, by another word", "Bram Olsen, chairman of the Dockers' Union, came to the gate at noon.\n\nThe ferry is full.\n\nThe union leader said the strike would go on.", "The union leader=Bram Olsen"},
		{"where something is", "Ruiz said the hospital in Ellersholt was safe. Nobody asked Ellersholt.", "Ellersholt=Ellersholt Ellersholt=Ellersholt"},
		{"whom somebody speaks for", `"We will not pay," said Bram Olsen, chairman of the Dockers' Union.`, "We=Dockers' Union"},
		{"a given name that is no known one", "Ilse Brandt came out to the marchers at three. Ms Brandt said the bridge was safe.", "Ilse Brandt=Ilse Brandt Brandt=Ilse Brandt"},
		{"a kind of body, then its name", "The website Albaline said the piers were rotten. Ruiz called Albaline a liar.", "Albaline=Albaline Albaline=Albaline"},
		{"the office, then the name", "The mayor of Sandholm denied on Friday that the piers were rotten.\n\nThe ferry is full.\n\nMayor Ilse Brandt said the bridge was safe.", "The mayor=Ilse Brandt"},
	} {
		out, _ := one(t, c.body)
		var got []string
		for _, e := range out.Entities {
			for _, m := range e.Mentions {
				place := m.Span.Of(c.body)
				if strings.HasPrefix(c.want, place+"=") || strings.Contains(c.want, " "+place+"=") {
					got = append(got, fmt.Sprintf("%04d", m.Span.Start)+place+"="+e.Name)
				}
			}
		}
		slices.Sort(got)
		for i := range got {
			got[i] = got[i][4:]
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		for _, e := range out.Entities {
			for _, m := range e.Mentions {
				if place := m.Span.Of(c.body); c.want == "" && slices.Contains([]string{"I", "it", "It", "their", "the meeting"}, place) {
					t.Errorf("%s: %q stands for %s", c.name, place, e.Name)
				}
			}
		}
	}
}

// TestAuthor: "I" outside of quotations is the one who wrote the article, whose name stands above it.
func TestAuthor(t *testing.T) {
	body := "By Jo Marsh\nI counted forty rows at the gate. \"I counted ninety,\" said Ana Ruiz."
	lines := text.Lines(body, text.Span{End: len(body)})
	a := news.Article{ID: "a1", Text: body, Range: text.Span{End: len(body)}, Authors: []string{"Jo Marsh"}, Segments: []news.Segment{{Span: lines[0], Kind: news.Byline}, {Span: lines[1], Kind: news.Body}}}
	a.Sentences = text.Sentences(body, []text.Span{lines[1]})
	out, err := Article(context.Background(), a, pipeline(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range out.Entities {
		var places []string
		for _, m := range e.Mentions {
			places = append(places, m.Span.Of(body))
		}
		if got := strings.Join(places, " "); e.Name == "Jo Marsh" && got != "Jo Marsh I" || e.Name == "Ana Ruiz" && got != "I Ana Ruiz" {
			t.Errorf("%s: %q", e.Name, got)
		}
	}
}

func TestFrame(t *testing.T) {
	a, s := one(t, "Ruiz said that the board will not send 5,000 euros to the ferry company if the tolls rise.")
	f := s.Frame
	of := func(x text.Span) string { return x.Of(a.Article.Text) }
	if f.Predicate != "send" || !f.Negated || f.Modality != news.Intended || f.Tense != news.Future || f.Subject.Head != "board" || f.Object.Head != "euro" {
		t.Errorf("frame %+v", f)
	}
	if len(f.Quantities) != 1 || f.Quantities[0].Value != 5000 || f.Quantities[0].Unit != "euro" {
		t.Errorf("quantities %+v", f.Quantities)
	}
	if !strings.HasPrefix(of(f.Condition), "if the tolls") {
		t.Errorf("condition %q", of(f.Condition))
	}
}

func TestIssues(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"nouns before a noun", "Ruiz said the board would end the planned land swaps on Monday.", "land swap"},
		{"what an act is of", "Ruiz said the repair of the pier had begun.", "pier repair"},
		{"people and times are none", "Ruiz said the sailors would need a ferry for three days.", "ferry"},
		{"an adjective that comes again", "Ruiz wants a nuclear plant. Olsen said a nuclear plant costs too much.", "nuclear plant"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, s := one(t, c.body); len(s.Issues) == 0 || s.Issues[0] != c.want {
				t.Errorf("%q, want %q first", s.Issues, c.want)
			}
		})
	}
	_, s := one(t, "Ruiz said the sailors would need a ferry for three days.")
	if len(s.Issues) != 1 {
		t.Errorf("issues %q", s.Issues)
	}
}

func TestLead(t *testing.T) {
	a, _ := one(t, "Port Alba opened a bridge over the Vesk on Saturday, two years late, Mayor Ana Ruiz said, after a storm had broken its pier and the builder had asked for 40 million euros.\n\nPeter Olsen recalled the old ferry.")
	l := a.Lead
	named := ""
	for _, e := range a.Entities {
		for _, id := range l.Entities {
			if e.ID == id {
				named += e.Name + ";"
			}
		}
	}
	if !strings.Contains(named, "Ana Ruiz") || strings.Contains(named, "Olsen") {
		t.Errorf("the lead names %q", named)
	}
	if l.Happened.String() != "2031-05-03" || len(l.Times) == 0 || len(l.Quantities) == 0 || l.Predicates[0] != "open" || l.Heads[0] == "" {
		t.Errorf("lead %+v", l)
	}
}

func TestRelay(t *testing.T) {
	a, _ := one(t, "A clerk said that Ana Ruiz told the council that the bridge would open in May.")
	if len(a.Statements) != 2 {
		t.Fatalf("%d statements", len(a.Statements))
	}
	inner := a.Statements[1]
	if inner.Within != a.Statements[0].ID || len(inner.RelayedBy) != 1 || inner.RelayedBy[0] != a.Statements[0].Speaker.Entity || inner.Speaker.Name != "Ana Ruiz" {
		t.Errorf("inner %+v", inner)
	}
	for _, body := range []string{
		`Vidal told the others on the call that "the guarantee is signed and the rest is noise," a person who was on the call said.`,
		"Ana Ruiz told the board on Friday that the piers were rotten, two people who were in the room said.",
		`A source who was on the call said Vidal took "very hard" positions and told Ruiz "a toll is a very big thing to give."`,
	} {
		a, _ := one(t, body)
		relayed := false
		for _, s := range a.Statements {
			relayed = relayed || (s.Speaker.Name == "Vidal" || s.Speaker.Name == "Ana Ruiz") && len(s.RelayedBy) == 1
		}
		if !relayed {
			t.Errorf("nobody relays %s: %+v", body, a.Statements)
		}
	}
}

// The same text gives the same annotation, whatever was read before.
func TestPure(t *testing.T) {
	body := "Mayor Ana Ruiz said the bridge would open in May. “Nobody asked us,” a clerk told reporters."
	first, _ := one(t, body)
	one(t, "Something else was said by someone.")
	second, _ := one(t, body)
	for i := range first.Statements {
		if first.Statements[i].ID != second.Statements[i].ID || first.Statements[i].Confidence != second.Statements[i].Confidence {
			t.Errorf("statement %d differs", i)
		}
	}
}

// What no page should hold ends in bounded time, without a panic.
func TestHostile(t *testing.T) {
	for name, body := range map[string]string{
		"marks":     strings.Repeat(`"`, 10_000),
		"nesting":   strings.Repeat(`He said "`, 100) + "stop" + strings.Repeat(`"`, 100),
		"relays":    strings.Repeat("He said that she said that ", 60) + "it is so.",
		"no points": strings.Repeat("the minister said and the council told the mayor that ", 100),
		"no text":   "\n\n \n",
		"damaged":   "\xff\xfe said “\x80",
	} {
		t.Run(name, func(t *testing.T) { read(t, body) })
	}
}

// TestClauses holds what the frames of a content say, the main clause first: what is done, by whom, to
// what, and how far it is meant.
func TestClauses(t *testing.T) {
	for _, c := range []struct {
		body string
		want []string
	}{
		{"“We have waited long. The toll must go,” Ana Ruiz said.", []string{"wait we", "go toll obliged"}},
		{"Ana Ruiz said that she would cut the toll and raise fares.", []string{"cut she toll possible", "raise she fare possible"}},
		{"Ana Ruiz said that she did not think the board wanted a toll.", []string{"think she not", "want board toll not"}},
		{"Ana Ruiz said that she was confident the piers would hold.", []string{"be she confident", "hold pier possible"}},
		{"Ana Ruiz said that she was not sure the piers would hold.", []string{"be she sure not"}},
		{"Ana Ruiz said that she hoped the piers would hold.", []string{"hope she", "hold pier wished"}},
		{"Ana Ruiz said that the board did not say whether the piers would hold.", []string{"say board not"}},
		{"Ana Ruiz said that she would have to close the bridge.", []string{"close she bridge obliged"}},
		{"Ana Ruiz said that the dockers could not be granted an exemption.", []string{"grant exemption not possible"}},
		{"The board demanded a report and the closure of the bridge.", []string{"report", "closure"}},
		{"Ana Ruiz said that she wanted a report and the closure of the bridge.", []string{"want she report", "want she closure"}},
	} {
		_, s := one(t, c.body)
		var got []string
		for _, f := range append([]news.Frame{s.Frame}, s.Frame.Further...) {
			parts := []string{f.Predicate, f.Subject.Head, f.Object.Head, "", string(f.Modality)}
			if f.Negated {
				parts[3] = "not"
			}
			got = append(got, strings.Join(strings.Fields(strings.Join(parts, " ")), " "))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n\tgot  %q\n\twant %q", c.body, got, c.want)
		}
	}
}
