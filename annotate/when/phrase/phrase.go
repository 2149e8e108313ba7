// Package phrase reads the time expressions that stand on their own words alone: dates, clock
// times, lengths, what recurs, and the words that tell no calendar time. Package grammar puts
// them together.
//
// Each rule is a method that, given a place, returns the expression that begins there or nil; it
// looks a bounded number of tokens ahead.
package phrase

import (
	"dateline/annotate/when/calendar"
	"dateline/annotate/when/words"
)

// Rules read a text.
type Rules struct{ words.Text }

// A Form is the shape of an expression.
type Form uint8

// The forms. The comment names the fields of Expression that carry meaning beside Way and In.
const (
	NoForm      Form = iota
	Calendar         // Year, Month, Day, as far as they are known, and Weekday: "Tuesday, March 5", "2012", "May"
	Weekday          // Weekday: "Friday", "last Friday", "Friday of next week"
	Deictic          // N days from the day of publication: "yesterday"
	Unit             // Unit: "last week", "the year", "that day"
	Span             // N Units as a stretch: "the past two years"
	Ago              // N Units away: "two years ago", "three days later"; Way is Last, Previous, Following or Next
	Ordinal          // the Nth Unit of In: "the third quarter", "the last week of March"
	Season           // Nth season: "summer of 2012"
	Holiday          // Holiday: "Christmas"
	Decade           // Year, with Month as 1 where the century is not told: "the 1980s", "the sixties"
	Century          // Nth century: "the 20th century"
	Part             // Part of the day In: "Friday morning", "this evening"
	Clock            // Clock on the day In: "5 p.m. EST, Nov. 6"
	Edge             // some of In: "late March", "the end of last year"
	Duration         // N Units: "three weeks"
	Set              // every N Units, or Value: "every week", "annual"
	Ref              // Value: "recently"
	Period           // the period compared with: "the same period last year", "the year-earlier quarter"
	Interval         // from In to To: "May 3-5"
	Event            // dated by a happening: "after the call"; Word is the happening
	Fixed            // a day known by its name: "9/11"
	Anniversary      // the Nth year after something: "the third anniversary of the strike"
)

// An Expression is a time expression as it is written, not yet reckoned.
type Expression struct {
	Form Form
	Rule string // the rule that found it
	Way  words.Way

	From, To int // its tokens, [From, To)

	Year, Month, Day int
	Weekday          int
	N                float64 // negative where the number is not told
	Nth              int     // -1 is the last
	Unit             calendar.Unit
	Part             int
	Time             Time
	Holiday          calendar.Holiday
	Value            string
	Word             string

	Plural   bool        // the unit stands in the plural: "weeks"
	TwoDigit bool        // Year was written with two digits
	Swap     bool        // "7/8/07": month and day may be meant the other way round
	Clocked  bool        // a time of day is told with it
	In       *Expression // what holds it: the year of a quarter, the day of a clock time
	End      *Expression // the other end of an Interval
}

// A Time is a time of day.
type Time struct {
	Hour, Minute, Second int // Second is -1 where it is not told
	Zone                 string
	Offset               int // minutes from UTC, where Fixed
	Fixed                bool
}

// Size is the unit an expression is of.
func (e *Expression) Size() calendar.Unit {
	switch e.Form {
	case Calendar:
		switch {
		case e.Day != 0:
			return calendar.DayUnit
		case e.Month != 0:
			return calendar.Month
		}
		return calendar.Year
	case Weekday, Deictic, Holiday:
		return calendar.DayUnit
	case Season:
		return calendar.Season
	}
	return e.Unit
}
