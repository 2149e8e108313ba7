package unit

import (
	"strings"

	"dateline/news"
	"dateline/split/outlet"
	"dateline/text"
)

// credit reports whether the unit is the credit of a picture, or a caption with nothing else.
func (u *Unit) credit() bool {
	if u.Words > 12 {
		return false
	}
	bare := strings.Trim(u.Text, " ()[]")
	for _, p := range []string{"Photo:", "Photo by ", "Photo credit", "Photograph:", "Photograph by ", "Photographer:", "Picture:", "Pictures:", "Image:", "Image credit", "Image Credit", "Image source", "Image Copyright", "Image copyright", "Media caption", "Images:", "Credit:", "Credits:", "Photos:", "Source:", "Foto:", "Crédit", "Illustration:", "Illustration by ", "Video:", "Graphic:", "File photo", "FILE PHOTO", "AP Photo", "Getty Images", "©"} {
		if strings.HasPrefix(bare, p) {
			return true
		}
	}
	return (u.Text[0] == '(' || u.Text[0] == '[') && u.Words <= 8 && Picture(u.Fold)
}

// credited reports whether a line ends as captions do, with a photographer and an agency:
// "... at the bridge Jo Marsh/Reuters".
func credited(s string) bool {
	for _, w := range []string{" Getty Images", " Getty Images Europe", " via Reuters", " via Getty", " via AP", "Shutterstock", "iStock"} {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	last := s[strings.LastIndexByte(s, ' ')+1:]
	name, agency, ok := strings.Cut(last, "/")
	return ok && name != "" && (outlet.Agency(agency) != "" || agency == "Getty" || agency == "EPA")
}

// Picture reports whether folded words name a picture agency or say that they credit a picture.
func Picture(fold string) bool {
	for _, w := range []string{"getty", "shutterstock", "istock", "alamy", "photo", "reuters", "afp", "ap", "epa", "pa", "zuma", "imago", "unsplash", "wikimedia", "handout", "pool", "picture", "image", "images", "photos", "photograph", "tass", "sputnik", "anadolu", "bloomberg", "screengrab", "file"} {
		if strings.Contains(" "+fold+" ", " "+w+" ") {
			return true
		}
	}
	return false
}

// captioned cuts a caption that shows by the words of the interface before it or the credit
// behind it.
func captioned(t string, p text.Span) []Unit {
	s := p.Of(t)
	var out []Unit
	rest := p
	low := strings.ToLower(s[:min(len(s), 60)])
	for _, w := range []string{"open image in gallery", "view image in fullscreen", "view gallery", "image caption", "image source", "enlarge image", "view larger image", "expand image", "play video", "click to enlarge", "hide caption", "toggle caption", "image", "caption", "photo caption"} {
		if n := len(w); strings.HasPrefix(low, w) && len(s) > n+1 && (s[n] == ' ' && n > 12 || s[n] == ',' || s[n] == ':' && n < 14) {
			u := Measure(t, text.Span{Start: p.Start, End: p.Start + n})
			u.Kind, u.Reason = news.Boilerplate, "interface-word"
			out = append(out, u)
			rest = text.Span{Start: p.Start + n, End: p.End}.Trim(t)
			if s[n] == ',' || s[n] == ':' {
				rest = text.Span{Start: p.Start + n + 1, End: p.End}.Trim(t)
				out[0].Span.End++
			}
			break
		}
	}
	body, credit := rest, text.Span{}
	r := rest.Of(t)
	if i := strings.LastIndexAny(r, "([{"); i >= 0 && len(r)-i < 90 && strings.HasSuffix(strings.TrimRight(r, "."), closer(r[i])) && Picture(news.Fold(r[i:])) {
		body, credit = text.Span{Start: rest.Start, End: rest.Start + i}.Trim(t), text.Span{Start: rest.Start + i, End: rest.End}
	} else if i := max(strings.LastIndex(r, "Photo: "), strings.LastIndex(r, "Credit: "), strings.LastIndex(r, "Photograph: "), strings.LastIndex(r, "Picture: ")); i > 0 && len(r)-i < 90 {
		body, credit = text.Span{Start: rest.Start, End: rest.Start + i}.Trim(t), text.Span{Start: rest.Start + i, End: rest.End}
	}
	if len(out) == 0 && credit.Empty() && len(r) < 600 && filePhoto(r) {
		u := Measure(t, rest)
		u.Kind, u.Reason = news.Caption, "file-photo"
		return []Unit{u}
	}
	if len(out) == 0 && (credit.Empty() || body.Empty() || body.Len() > 500 || !creditAlone(credit.Of(t))) {
		return nil
	}
	if !body.Empty() {
		u := Measure(t, body)
		u.Kind, u.Reason = news.Caption, "caption-with-credit"
		if len(out) > 0 {
			u.Reason = "caption-behind-interface-word"
		}
		out = append(out, u)
	}
	if !credit.Empty() {
		u := Measure(t, credit)
		u.Kind, u.Reason = news.Credit, "credit-behind-caption"
		out = append(out, u)
	}
	return out
}

// filePhoto reports whether a paragraph describes a picture in the agencies' words: "In this
// May 3, 2031, file photo, the mayor speaks", "This photo provided by the city shows".
func filePhoto(s string) bool {
	head := s[:min(len(s), 120)]
	if !strings.HasPrefix(head, "In this ") && !strings.HasPrefix(head, "This ") && !strings.HasPrefix(head, "FILE") {
		return false
	}
	for _, w := range []string{"file photo", "FILE - ", "FILE – ", "FILE — ", "photo provided by", "image provided by", "photo taken", "photo, ", "photo released by", "image taken from"} {
		if strings.Contains(head, w) {
			return true
		}
	}
	return false
}

func closer(open byte) string {
	return map[byte]string{'(': ")", '[': "]", '{': "}"}[open]
}

// creditAlone reports whether a bracket that no interface word comes before credits a picture
// beyond doubt: "(AP Photo/Ana Ruiz)", "(Getty Images)", "( AFP/Getty )".
func creditAlone(s string) bool {
	if strings.HasSuffix(strings.TrimRight(s, ")]}"), ".") {
		return false // a sentence in brackets
	}
	f := " " + news.Fold(s) + " "
	for _, w := range []string{" photo ", " credit ", " getty ", " images ", " image ", " shutterstock ", " istock ", " alamy ", " handout ", " pool ", " wikimedia ", " picture ", " photograph ", " screengrab "} {
		if strings.Contains(f, w) {
			return true
		}
	}
	return false
}
