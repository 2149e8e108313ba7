package news

// A Revised is one difference between two revisions of an article: a part that was added, cut
// or changed. Before stands in the text of the earlier revision, After in that of the later.
type Revised struct {
	Part   Kind     // Title, Dek, Byline, Publisher, DateKind for the time of publication, else the kind of the segment
	Before *Excerpt // nil if the part was added
	After  *Excerpt // nil if it was cut
}
