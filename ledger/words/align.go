package words

import (
	"strings"

	"dateline/news"
)

// mostAligned bounds the words of a content that are aligned one by one; what is beyond counts as
// one stretch. Longer contents than 400 words are speeches printed whole.
const mostAligned = 400

// Align says how a wording stands to the fullest one: a shortest list of stretches that are the
// same, left out, put in or replaced in brackets, altered, or added.
func Align(wording, fullest Content) []news.Piece {
	a, b := wording.Words, fullest.Words
	restA, restB := "", ""
	if len(a) > mostAligned {
		a, restA = a[:mostAligned], written(a[mostAligned:])
	}
	if len(b) > mostAligned {
		b, restB = b[:mostAligned], written(b[mostAligned:])
	}
	// length[i][j] is the length of the longest common subsequence of a[i:] and b[j:].
	width := len(b) + 1
	length := make([]uint16, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			switch {
			case a[i].Plain == b[j].Plain:
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			default:
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	var pieces []news.Piece
	flush := func(mine, theirs []Word) {
		if len(mine)+len(theirs) == 0 {
			return
		}
		p := news.Piece{Kind: news.AlteredPiece, Text: written(mine), Fullest: written(theirs)}
		put := len(mine) > 0
		for _, w := range mine {
			put = put && w.Put
		}
		switch {
		case put:
			p.Kind = news.Bracketed
		case len(mine) == 0:
			p.Kind = news.LeftOut
		case len(theirs) == 0:
			p.Kind = news.AddedPiece
		}
		pieces = append(pieces, p)
	}
	i, j, fromA, fromB := 0, 0, 0, 0
	for i < len(a) && j < len(b) {
		if a[i].Plain != b[j].Plain {
			if length[(i+1)*width+j] >= length[i*width+j+1] {
				i++
			} else {
				j++
			}
			continue
		}
		flush(a[fromA:i], b[fromB:j])
		from := i
		start := j
		for i < len(a) && j < len(b) && a[i].Plain == b[j].Plain {
			i++
			j++
		}
		pieces = append(pieces, news.Piece{Kind: news.SamePiece, Text: written(a[from:i]), Fullest: written(b[start:j])})
		fromA, fromB = i, j
	}
	flush(a[fromA:], b[fromB:])
	switch {
	case restA != "":
		pieces = append(pieces, news.Piece{Kind: news.AlteredPiece, Text: restA, Fullest: restB})
	case restB != "":
		pieces = append(pieces, news.Piece{Kind: news.LeftOut, Fullest: restB})
	}
	return pieces
}

func written(list []Word) string {
	parts := make([]string, len(list))
	for i, w := range list {
		parts[i] = w.Text
	}
	return strings.Join(parts, " ")
}
