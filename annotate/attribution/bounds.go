package attribution

import (
	"slices"

	"dateline/annotate/attribution/content"
	"dateline/annotate/attribution/feature"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
)

// parted keeps the contents of a cue on its own side of a semicolon, or of a bullet between headlines: what
// is parted by one is told anew.
//
//	Fourteen people were killed; [Corsova] says [nine].
func (a *finder) parted(c *feature.Cue) {
	u, par := a.Units[a.Unit[c.Head]], a.Pars[a.Par[c.Head]]
	side := par
	for i := par.Start; i < par.End; i++ {
		if a.Orth[i] != "•" && (a.Orth[i] != ";" || !u.Has(i)) || a.Quote[i] != 0 {
			continue
		}
		if i < c.Span.Start {
			side.Start = i + 1
		} else if i >= c.Span.End {
			side.End = i
			break
		}
	}
	if side == par {
		return
	}
	c.Contents = slices.DeleteFunc(c.Contents, func(k *content.Content) bool {
		var cut []syntax.Range
		for _, s := range k.Spans {
			if a.Quoted(s) == 0 && s.Start < par.End && s.End > par.Start {
				s = word.Between(max(s.Start, side.Start), min(s.End, side.End))
			}
			if s.Len() > 0 {
				cut = append(cut, s)
			}
		}
		if len(cut) > 0 {
			k.Spans = cut
		}
		return len(cut) == 0
	})
}

// afterwards cuts off what made somebody say what he means to do: a promise is not made of it.
//
//	The dockers vowed [to shut the port] after ministers signed the contract.
func (a *finder) afterwards(f *Found) {
	k := len(f.Content) - 1
	r := f.Content[k]
	if f.Head < 0 || r.Start < f.Head || a.Lower[r.Start] != "to" {
		return
	}
	for i := r.Start + 2; i < r.End-2; i++ {
		if (a.Lower[i] == "after" || a.Lower[i] == "when") && a.Quote[i] == 0 && (a.Tag[i+1] == syntax.TagVbg || a.Dep[i] == syntax.DepMark || a.Dep[i] == syntax.DepAdvmod) {
			for v := i + 1; v < r.End; v++ {
				if a.Tag[v] == syntax.TagVbd || v == i+1 && a.Tag[v] == syntax.TagVbg {
					f.Content[k].End = i
					return
				}
			}
		}
	}
}

// heOf gives the words of "Minister Hadd, he of the two cars, claimed" to the one whom that describes.
//
//	[The mayor], she of the golden chain, said [no].
func (a *finder) heOf(f *Found) {
	at := f.SourceHead
	if at < 2 || at+1 >= a.N || a.Lower[at+1] != "of" || a.Lower[at] != "he" && a.Lower[at] != "she" || !a.Punct[at-1] || !word.Nounish(a.Pos[at-2]) || a.Unit[at-2] != a.Unit[at] {
		return
	}
	f.SourceHead = at - 2
	f.Source = a.SourceSpan(f.SourceHead, at-1)
}
