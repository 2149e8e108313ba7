package attribution

import (
	"dateline/annotate/attribution/content"
	"dateline/annotate/attribution/decide"
	"dateline/annotate/attribution/feature"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
)

// inside are further statements that lie wholly in the content of one that was found: "[a
// source] said [Ruiz told them so]". The trees learned from texts marked in one layer and
// score such cues low, so the lexicon is asked instead: a verb with a subject of its own that
// is a cue more often than not with what hangs on it here, and of its contents the best
// ranked. Its source is inside too.
func (a *finder) inside(found []Found) (out []decide.Choice) {
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
			if !word.Has(outer, c.Head) {
				continue
			}
			if !a.innerSource(c, outer) {
				continue
			}
			var best *content.Content
			for _, k := range c.Contents {
				if word.Covers(outer, k.Spans) && word.Overlap(k.Spans, c.SrcSpan) == 0 && (best == nil || k.Score > best.Score) {
					best = k
				}
			}
			if best != nil {
				best.Judged = max(best.Judged, .8*a.PC[c.Head])
				out = append(out, decide.Choice{Cue: c, Content: best, Nested: true})
				done[c.Head] = true
				break
			}
		}
	}
	return out
}

// innerSource gives a cue inside the content of another statement a source that is inside it
// too, its subject; it reports whether there is one.
func (a *finder) innerSource(c *feature.Cue, outer []syntax.Range) bool {
	if c.Source >= 0 && word.Has(outer, c.Source) {
		return true
	}
	if c.Subject.Token < 0 || !word.Has(outer, c.Subject.Token) {
		return false
	}
	c.Source, c.SrcScore = c.Subject.Token, feature.SourceFloor
	c.SrcSpan = []syntax.Range{a.SourceSpan(c.Source, c.Head)}
	return true
}
