package ledger_test

import (
	"context"
	"strings"
	"testing"

	"dateline/annotate"
	"dateline/ledger/book"
	"dateline/ledger/stance"
	"dateline/ledger/words"
	"dateline/news"
	"dateline/resolve"
	"dateline/text"
)

// stances are invented sentences, each with the issue by a word of it, and where whoever is named
// stands on it; "" where nobody does.
var stances = []struct{ sentence, issue, who, stance string }{
	// what the cue says
	{"Prime Minister Lena Orvik called for an immediate ceasefire on Tuesday.", "ceasefire", "Orvik", "demands"},
	{"Foreign Minister Pavel Dorn rejected the proposed ceasefire on Tuesday.", "ceasefire", "Dorn", "opposes"},
	{"Governor Ines Halver refused to rule out a levy on Friday.", "levy", "Halver", "open"},
	{"The union demanded a pay rise of five percent on Monday.", "rise", "union", "demands"},
	{"Dorn has repeatedly insisted on a withdrawal of all foreign soldiers.", "withdrawal", "Dorn", "demands"},
	{"Lena Orvik urged parliament on Monday to approve the budget.", "budget", "Orvik", "demands"},
	{"Dorn proposed a summit in Port Alba on Monday.", "summit", "Dorn", "offers"},
	{"Orvik warned against a premature withdrawal on Monday.", "withdrawal", "Orvik", "opposes"},
	{"Dorn dismissed the idea of a ceasefire on Monday.", "ceasefire", "Dorn", "opposes"},
	{"Halver ruled out a new levy on Monday.", "levy", "Halver", "opposes"},
	{"Orvik welcomed the agreement on Monday.", "agreement", "Orvik", "supports"},
	// what the content says
	{"“There can be no deal without guarantees,” Orvik said on Tuesday.", "guarantee", "Orvik", "demands"},
	{"“We will never give up our territory,” Orvik said on Tuesday.", "territory", "Orvik", "supports"},
	{"Orvik said on Tuesday that her country needed security guarantees.", "guarantee", "Orvik", "demands"},
	{"Orvik said on Tuesday that a ceasefire must come first.", "ceasefire", "Orvik", "demands"},
	{"“A ceasefire is not on the table,” Dorn said on Tuesday.", "ceasefire", "Dorn", "opposes"},
	{"Dorn said on Tuesday that he would not send soldiers.", "soldier", "Dorn", "opposes"},
	{"Dorn said on Tuesday that he was ready to meet Orvik without conditions.", "meet", "Dorn", "supports"},
	{"Dorn said on Tuesday that he was ready for talks.", "talk", "Dorn", "supports"},
	{"Orvik said on Tuesday that she was open to a compromise.", "compromise", "Orvik", "open"},
	{"Orvik said on Tuesday that she was not opposed to a compromise.", "compromise", "Orvik", "open"},
	{"Halver said on Tuesday that she would scrap the levy.", "levy", "Halver", "opposes"},
	{"Halver said on Tuesday that she would cut subsidies.", "subsid", "Halver", "opposes"},
	{"“I am against the levy,” Halver said on Tuesday.", "levy", "Halver", "opposes"},
	{"“I am in favour of the levy,” Halver said on Tuesday.", "levy", "Halver", "supports"},
	{"“There can be no deal without guarantees,” Orvik said on Tuesday.", "deal", "Orvik", "conditional"},
	{"Halver insisted on Tuesday that the cranes would stand until the exemption was in the contract.", "exemption", "Halver", "demands"},
	{"“No levy, no bridge, no problem,” Halver said on Tuesday.", "bridge", "Halver", "conditional"},
	{"“No levy, no bridge, no problem,” Halver said on Tuesday.", "levy", "Halver", "demands"},
	{"“I’d support a levy,” Halver said on Tuesday.", "levy", "Halver", "supports"},
	{"“We do not need a ceasefire,” Dorn said on Tuesday.", "ceasefire", "Dorn", "opposes"},
	{"“I want a ceasefire, and I want it today,” Orvik said on Tuesday.", "ceasefire", "Orvik", "demands"},
	{"Dorn told reporters on Tuesday that he would agree to a summit only if the sanctions were lifted.", "summit", "Dorn", "conditional"},
	{"Dorn told reporters on Tuesday that no decision had been made on the summit.", "summit", "Dorn", "undecided"},
	{"Orvik said on Tuesday that it was too early to talk about a withdrawal.", "withdrawal", "Orvik", "undecided"},
	{"Orvik said on Tuesday that she could imagine a levy.", "levy", "Orvik", "open"},
	{"Orvik said on Tuesday that a levy was possible.", "levy", "Orvik", "open"},
	// whose it is
	{"Orvik said on Tuesday that Pavel Dorn wants the whole territory.", "territory", "Dorn", "demands"},
	{"Orvik said on Tuesday that Pavel Dorn had rejected a ceasefire.", "ceasefire", "Dorn", "opposes"},
	{"Orvik said on Tuesday that Pavel Dorn had agreed to a summit.", "summit", "Dorn", "supports"},
	// none
	{"Orvik said on Tuesday that the ceasefire began at noon.", "ceasefire", "", ""},
	{"Orvik denied on Tuesday that she had offered a ceasefire.", "ceasefire", "", ""},
	{"Orvik said on Tuesday that she had heard of no offer.", "offer", "", ""},
	{"Halver said on Tuesday that she would picket all seven gates.", "gate", "", ""},
	{"Halver said on Tuesday that the ferry would sail, even if she had to steer it herself.", "ferry", "", ""},
	{"“We will not pay for this twice, once with our wages,” Halver said on Tuesday.", "wage", "", ""},
	{"Asked about the levy on Tuesday, Halver said she had not read it.", "levy", "", ""},
	{"Halver promised on Tuesday to publish the contract.", "contract", "", ""},
	{"“Every hour that gate is shut costs us money,” Halver said on Tuesday.", "gate", "", ""},
	{"Halver said on Tuesday that she would stop work at noon and march to the town hall.", "hall", "", ""},
	{"Halver insisted on Tuesday that the cranes would stand until the exemption was in the contract.", "contract", "", ""},
	{"“We refuse to pay twice, once by our wages,” Halver said on Tuesday.", "pay", "Halver", "opposes"},
	{"Orvik described the ceasefire on Tuesday as the longest of the war.", "ceasefire", "", ""},
}

// TestStances reads each sentence, and looks who is said to stand where.
func TestStances(t *testing.T) {
	p, err := english()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range stances {
		body := "Lena Orvik is prime minister. Pavel Dorn is foreign minister. Ines Halver is governor. " + c.sentence
		article := news.Article{ID: "a", Text: body, Range: text.Span{End: len(body)}, Language: "en", Segments: []news.Segment{{Span: text.Span{End: len(body)}, Kind: news.Body}}}
		article.Published.When = news.At(news.Day(2026, 3, 4))
		for from := 0; from < len(body); {
			to := strings.Index(body[from:], ". ")
			if to < 0 || from >= len(body)-len(c.sentence) {
				to = len(body) - from - 1
			}
			article.Sentences = append(article.Sentences, text.Span{Start: from, End: from + to + 1})
			from += to + 2
		}
		read, err := annotate.Article(context.Background(), article, p, annotate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		read = resolve.Mentions(read)
		b := book.Open(news.Story{ID: "y"}, []news.Annotation{read})
		about := func(stem string) bool { return stem == words.Stem(c.issue) }
		var got []string
		for s := range b.All() {
			if s.Actor == nil {
				continue
			}
			if r, ok := stance.Of(s, about); ok {
				who := s.Actor.Name
				if r.Holder != "" {
					who = s.In.Entity(r.Holder).Name
				}
				got = append(got, who+" "+string(r.Stance)+" ("+r.Rule.Rule+" "+r.Rule.Detail+")")
			}
		}
		found := ""
		for _, g := range got {
			if who, what, _ := strings.Cut(g, " "+c.stance+" ("); c.stance != "" && what != "" && strings.Contains(who, c.who) {
				found = g
			}
		}
		if c.stance == "" && len(got) > 0 || c.stance != "" && found == "" {
			var all []string
			for s := range b.All() {
				f := s.Frame
				all = append(all, strings.Join([]string{s.Speaker.Name, string(s.Act), s.Text, "pred", f.Predicate, f.Particle, "subj", f.Subject.Head, "obj", f.Object.Head, string(f.Modality), string(f.Tense)}, "|"))
			}
			t.Errorf("%s\n\t%s: %s %s; read %q\n\t%s", c.sentence, c.issue, c.who, c.stance, got, strings.Join(all, "\n\t"))
		}
	}
}
