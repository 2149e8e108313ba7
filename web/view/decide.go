package view

import "dateline/news"

// Decide is the form by which a person corrects a reading, and what was decided before.
type Decide struct {
	Object   string
	Back     string // the page to return to
	Speaker  string
	Said     string
	Words    string
	Article  news.ArticleID
	Prefix   string
	Exact    string
	Suffix   string
	IsRow    bool
	Gold     string // the address of the gold case
	Standing []Decided
}

// A Decided is a decision of a person.
type Decided struct {
	ID     string
	What   string
	By     string
	Made   When
	Undone When
	Lost   bool
}
