package split

import "dateline/news"

func Document(d news.Document) []news.Article { return nil }
