package utterance

import (
	"dateline/ledger/book"
	"dateline/ledger/origin"
	"dateline/ledger/words"
	"dateline/news"
)

// Row is an utterance as a row of the ledger.
func Row(u *book.Utterance) news.Entry {
	first := u.Reports[0]
	e := news.Entry{
		ID: u.ID, Kind: news.Utterance, Actor: u.Actor.Speaker, Text: first.Text, Said: u.Said,
		Chain: origin.Chain(u.Reports), Origins: origin.Of(u.Reports), Rule: u.Rule,
	}
	for _, t := range u.Reports {
		e.Statements = append(e.Statements, t.ID)
		if e.Venue == "" {
			e.Venue = t.Venue
		}
		if len(e.To) < len(t.Hearer()) {
			e.To = t.Hearer()
		}
		if t != first {
			e.Wordings = append(e.Wordings, news.Wording{Statement: t.ID, Pieces: words.Align(t.Words, first.Words)})
		} else if len(u.Reports) > 1 {
			e.Wordings = append(e.Wordings, news.Wording{Statement: t.ID, Pieces: []news.Piece{{Kind: news.SamePiece, Text: t.Text, Fullest: t.Text}}})
		}
	}
	return e
}
