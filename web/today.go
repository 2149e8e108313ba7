package web

import (
	"net/http"

	"dateline/news"
	"dateline/web/look"
)

func (s *site) today(w http.ResponseWriter, r *http.Request) error {
	var stories []news.Story
	for y, err := range s.Record.Stories(r.Context(), look.AsOf(r)) {
		if err != nil {
			return err
		}
		stories = append(stories, y)
	}
	s.look.Show(w, r, http.StatusOK, "today", look.Frame{Title: "Today", Section: "today"}, stories)
	return nil
}
