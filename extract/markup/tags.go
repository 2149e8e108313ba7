package markup

import "golang.org/x/net/html/atom"

func set(tags ...Tag) map[Tag]bool {
	m := make(map[Tag]bool, len(tags))
	for _, t := range tags {
		m[t] = true
	}
	return m
}

// blocks begin on a line of their own (HTML Living Standard, 15.3, "display: block" and its kin).
var blocks = set(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details,
	atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form,
	atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend, atom.Li,
	atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td,
	atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Listing, atom.Plaintext, atom.Xmp, atom.Head)

// inlines are the elements whose end tag is ignored when a block stands between it and its start.
var inlines = set(atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data, atom.Del,
	atom.Dfn, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Nobr, atom.Q, atom.S, atom.Samp,
	atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.P)

// voids have no content and no end tag.
var voids = set(atom.Area, atom.Base, atom.Basefont, atom.Bgsound, atom.Br, atom.Col, atom.Embed, atom.Frame, atom.Hr, atom.Image,
	atom.Img, atom.Input, atom.Keygen, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr)

var cells = set(atom.Td, atom.Th, atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption)

// hiddenTags hold what is not text to read: code, stand-ins for what is missing, controls, drawings.
var hiddenTags = set(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Applet, atom.Noembed,
	atom.Noframes, atom.Select, atom.Textarea, atom.Svg, atom.Math, atom.Canvas, atom.Video, atom.Audio, atom.Map, atom.Head,
	atom.Title, atom.Datalist, atom.Button, atom.Progress, atom.Meter)

var inHead = set(atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta, atom.Noscript, atom.Script, atom.Style, atom.Template,
	atom.Title, atom.Head, atom.Html)

// foreignBreak end an SVG drawing that was never closed.
var foreignBreak = set(atom.Article, atom.Blockquote, atom.Body, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
	atom.Li, atom.P, atom.Section, atom.Table, atom.Ul, atom.Ol)
