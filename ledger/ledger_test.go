package ledger_test

import (
	"testing"
	"time"

	"dateline/ledger"
	"dateline/news"
	"dateline/text"
)

func TestKeep(t *testing.T) {
	const page = `"It opens," said Ruiz, "in May."`
	ruiz := news.Speaker{Entity: "e1", Name: "Ana Ruiz"}
	content := []text.Span{{Start: 0, End: 11}, {Start: 23, End: len(page)}}
	a := news.Annotation{Article: news.Article{ID: "a1", Text: page}, Statements: []news.Statement{
		{ID: "s1", Content: content, Act: news.Speech, Speaker: ruiz},
		{ID: "s2", Content: content[:1], Act: news.Thought, Speaker: ruiz},
		{ID: "s3", Content: content[:1], Act: news.Speech},
	}}
	now := time.Date(2031, 5, 3, 9, 0, 0, 0, time.UTC)
	rows := ledger.Keep(news.Story{ID: "y1"}, []news.Annotation{a}, nil, now)
	if len(rows) != 1 {
		t.Fatalf("%d rows; a thought is no utterance, and nobody's words have no row", len(rows))
	}
	row := rows[0]
	if row.Text != `"It opens," "in May."` || row.Story != "y1" || !row.Recorded.Equal(now) || row.Rule.Rule == "" {
		t.Errorf("%+v", row)
	}
	if row.Origins.Least != 1 || row.Origins.Most != 1 || len(row.Origins.Reasons) == 0 {
		t.Errorf("origins %+v: one report, with its reason", row.Origins)
	}
}
