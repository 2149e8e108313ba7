package ledger

import (
	"fmt"

	"dateline/news"
)

// Origins is the range of a story's origins. A copy is no origin of its own. What is no copy may be
// one, and may as well go back to the same source as others: so much is known from the texts alone.
func Origins(y news.Story) news.Origins {
	var o news.Origins
	o.Reasons = append(o.Reasons, news.Reason{Rule: "own-words", Detail: "reports in words of their own may still go back to one source"})
	for _, v := range y.Events {
		o.Most += len(v.Articles) - len(v.Copies)
		if n := len(v.Copies); n > 0 {
			o.Reasons = append(o.Reasons, news.Reason{Rule: "copies", Detail: fmt.Sprintf("event %s: %s", v.ID, counted(n))})
		}
	}
	o.Least = min(1, o.Most)
	return o
}

func counted(copies int) string {
	if copies == 1 {
		return "1 article is copied from another"
	}
	return fmt.Sprintf("%d articles are copied from others", copies)
}
