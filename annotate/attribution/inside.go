package attribution

import (
	"dateline/annotate/syntax"
)

// inside are further statements that lie wholly in the content of one that was found: "[a
// source] said [Ruiz told them so]". The trees learned from texts marked in one layer and
// score such cues low, so the lexicon is asked instead: a verb with a subject of its own that
// is a cue more often than not with what hangs on it here, and of its contents the best
// ranked. Its source is inside too.
func (a *finder) inside(found []Found) (out []Choice) {
	done := map[int]bool{}
	for i := range found {
		done[found[i].Head] = true
	}
	for _, c := range a.Frames {
		if done[c.Head] || !a.InnerCue(c.Head) {
			continue
		}
		for i := range found {
			outer := found[i].Content
			if !Has(outer, c.Head) {
				continue
			}
			if !a.innerSource(c, outer) {
				continue
			}
			var best *Content
			for _, k := range c.Contents {
				if Covers(outer, k.Spans) && Overlap(k.Spans, c.SrcSpan) == 0 && (best == nil || k.Score > best.Score) {
					best = k
				}
			}
			if best != nil {
				best.Judged = max(best.Judged, .8*a.PC[c.Head])
				out = append(out, Choice{c, best, true})
				done[c.Head] = true
				break
			}
		}
	}
	return out
}

// innerSource gives a cue inside the content of another statement a source that is inside it
// too, its subject; it reports whether there is one.
func (a *finder) innerSource(c *Cue, outer []syntax.Range) bool {
	if c.Source >= 0 && Has(outer, c.Source) {
		return true
	}
	if c.Subject.Token < 0 || !Has(outer, c.Subject.Token) {
		return false
	}
	c.Source, c.SrcScore = c.Subject.Token, SourceFloor
	c.SrcSpan = []syntax.Range{a.SourceSpan(c.Source, c.Head)}
	return true
}
