package xmlfeed

import (
	"regexp"
	"strings"

	"dateline/fetch/feed/model"
)

var mailAddress = regexp.MustCompile(`[a-zA-Z0-9_\-.+]+@(?:\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.|(?:[a-zA-Z0-9\-]+\.)+)(?:[a-zA-Z]{2,4}|[0-9]{1,3})\]?(?:\?subject=\S+)?`)

// person reads a line such as "ana@alba.example (Ana Ruiz)" or "Ana Ruiz <ana@alba.example>".
func person(line string) model.Person {
	if strings.IndexByte(line, '@') < 0 || len(line) > model.MaxTitleBytes {
		return model.Person{Name: line}
	}
	p := model.Person{Name: line, Email: mailAddress.FindString(line)}
	if p.Email == "" {
		return p
	}
	n := strings.ReplaceAll(line, p.Email, "")
	for _, empty := range []string{"()", "<>", "&lt;&gt;"} {
		n = strings.ReplaceAll(n, empty, "")
	}
	n = strings.TrimSpace(n)
	n = strings.TrimPrefix(n, "(")
	p.Name = strings.TrimSpace(strings.TrimSuffix(n, ")"))
	return p
}

// syncAuthor makes the line of the last author and the author agree.
func syncAuthor(m *model.Meta) {
	if len(m.Authors) == 0 {
		return
	}
	last := &m.Authors[len(m.Authors)-1]
	if *last != (model.Person{}) {
		if line := last.Line(); line != "" {
			m.Author = line
		}
		return
	}
	p := person(m.Author)
	last.Name, last.Email = p.Name, p.Email
}
