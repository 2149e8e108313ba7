package attribution

import (
	"dateline/annotate/syntax"
)

// inside are further statements that lie wholly in the content of one that was found: "[a
// source] said [Ruiz told them so]". The trees learned from texts marked in one layer and
// score such cues low, so the lexicon is asked instead: a verb with a subject of its own that
// is a cue more often than not with what hangs on it here, and of its contents the best
// ranked. Its source is inside too.
func (a *finder) inside(found []Found) (out []choice) {
	done := map[int]bool{}
	for i := range found {
		done[found[i].Head] = true
	}
	for _, c := range a.frames {
		if done[c.head] || !a.innerCue(c.head) {
			continue
		}
		for i := range found {
			outer := found[i].Content
			if !has(outer, c.head) {
				continue
			}
			if !a.innerSource(c, outer) {
				continue
			}
			var best *content
			for _, k := range c.contents {
				if covers(outer, k.spans) && overlap(k.spans, c.srcSpan) == 0 && (best == nil || k.score > best.score) {
					best = k
				}
			}
			if best != nil {
				best.judged = max(best.judged, .8*a.pc[c.head])
				out = append(out, choice{c, best, true})
				done[c.head] = true
				break
			}
		}
	}
	return out
}

// innerSource gives a cue inside the content of another statement a source that is inside it
// too, its subject; it reports whether there is one.
func (a *finder) innerSource(c *cue, outer []syntax.Range) bool {
	if c.source >= 0 && has(outer, c.source) {
		return true
	}
	if c.subject.token < 0 || !has(outer, c.subject.token) {
		return false
	}
	c.source, c.srcScore = c.subject.token, sourceFloor
	c.srcSpan = []syntax.Range{a.sourceSpan(c.source, c.head)}
	return true
}
