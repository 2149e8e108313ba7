package account

import (
	"cmp"
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

// Offices says for which bodies people speak: a person's plain name, and those of the bodies whose
// officer the articles call it.
type Offices map[string][]string

// read learns from an article whose officers people are: "Tervane chief executive Emil Takvar",
// "Emil Takvar, the head of Tervane". Person and body stand next to each other, with no more than
// the office between them.
func (o Offices) read(a *book.Article) {
	t := a.Article.Text
	type mention struct {
		e    *news.Entity
		span text.Span
	}
	var all []mention
	for i := range a.Entities {
		for _, m := range a.Entities[i].Mentions {
			if m.Kind == news.ByName {
				all = append(all, mention{&a.Entities[i], m.Span})
			}
		}
	}
	slices.SortFunc(all, func(x, y mention) int {
		return cmp.Or(cmp.Compare(x.span.Start, y.span.Start), cmp.Compare(x.span.End, y.span.End))
	})
	for i := 1; i < len(all); i++ {
		x, y := all[i-1], all[i]
		if (x.e.Type == news.Person) == (y.e.Type == news.Person) || y.span.Start < x.span.End || y.span.Start-x.span.End > 48 {
			continue
		}
		between := strings.ToLower(text.Span{Start: x.span.End, End: y.span.Start}.Of(t))
		if strings.ContainsAny(between, ".;:\"“”!?") || !officer(between) {
			continue
		}
		person, body := x, y
		if y.e.Type == news.Person {
			person, body = y, x
		}
		if p, k := book.Plain(person.e.Name), book.Plain(body.e.Name); !slices.Contains(o[p], k) {
			o[p] = append(o[p], k)
		}
	}
}

// officer reports whether words between a person and a body make one the other's officer.
func officer(between string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(between, func(r rune) bool { return r < 'a' || r > 'z' }), IsOffice)
}

// IsOffice reports whether a word is of an office, or of holding one.
func IsOffice(w string) bool {
	switch w {
	case "chief", "executive", "head", "chairman", "chairwoman", "chair", "director", "president", "spokesman", "spokeswoman", "minister", "mayor", "leader", "manager", "secretary",
		"ambassador", "chancellor", "boss", "runs", "heads", "leads":
		return true
	}
	return false
}

// OfficesOf are those that an article tells.
func OfficesOf(a *book.Article) Offices {
	o := Offices{}
	o.read(a)
	return o
}

// SpeaksFor reports whether an actor is the one named, or an officer of it.
func (o Offices) SpeaksFor(actor, name string) bool {
	if SameName(actor, name) {
		return true
	}
	return slices.ContainsFunc(o[actor], func(body string) bool {
		return body == name || strings.HasPrefix(body, name+" ") || strings.HasPrefix(name, body+" ")
	})
}
