package news_test

import (
	"testing"

	"dateline/news"
)

func TestPlain(t *testing.T) {
	for reason, want := range map[string]string{
		"day-of-report: Monday":                                           "the report names the day: Monday",
		"day-of-report: published 2031-05-03":                             "date inferred from publication, 2031-05-03: the article names no day",
		"stance-changed: open, then supports":                             "first leaves it open, then supports",
		"one-article: read in one article":                                "read in one article", // its detail says all
		"no-such-rule":                                                    "no such rule",
		"pronoun: she":                                                    "“she” stands for who was named before",
		"shared-quotation: same speaker":                                  "the reports quote the same words (same speaker)",
		"shared-quotation":                                                "the reports quote the same words",
		`content: the clause (k:ccomp kr R 0.95) of it`:                   "what is said: the clause of it",
		"articles-alike: 2 articles, 1 of them copies; anear: words 0.24": "2 articles, 1 of them copies",
	} {
		r := news.ParseReason(reason)
		if got := r.Plain(); got != want || r.String() != reason {
			t.Errorf("%q is %q, not %q", r.String(), got, want)
		}
	}
	for about, want := range map[string]string{
		"whether: the ferry sails": "Whether the ferry sails", "how many: jobs": "How many jobs", "how many: 600 or 2,000": "How many: 600 or 2,000", "the words of Ana Ruiz": "the words of Ana Ruiz",
	} {
		if got := (news.Dispute{About: about}).Title(); got != want {
			t.Errorf("%q is titled %q, not %q", about, got, want)
		}
	}
	calendar := []news.Step{{Reason: news.Reason{Rule: "calendar"}}}
	if a, b := (news.Undertaking{Status: news.StatusOverdue, History: calendar}).Plain(), (news.Undertaking{Status: news.StatusOverdue}).Plain(); a != "no outcome on record" || b != "not done in time" {
		t.Errorf("overdue is %q by the calendar, and else %q", a, b)
	}
	if !(news.Said{Reason: news.Reason{Rule: "not-after", Detail: "fetched 2031-05-03"}}).ByPublication() || (news.Said{Reason: news.Reason{Rule: "day-of-report", Detail: "Monday"}}).ByPublication() {
		t.Error("what is dated by publication is not told from what the article dates")
	}
}
