package xmlfeed

import (
	"strings"
	"time"

	"dateline/fetch/feed/date"
	"dateline/fetch/feed/fragment"
	"dateline/fetch/feed/markup"
	"dateline/fetch/feed/model"
)

// opened is what the start of an element does.
func (r *reader) opened(t markup.Token, f *frame) {
	m := r.context()
	if f.kind != title && f.kind != link && f.kind != description && f.kind != name && strings.IndexByte(f.extra, ':') < 0 {
		if f.kind != url && f.kind != width && f.kind != height {
			r.state.image = false // an <image> that was never closed
		}
		r.state.input = false
	}
	switch f.kind {
	case rss, rdf, atom, channel:
		r.openedRoot(t, f)
	case item:
		r.beginItem()
		attr := r.attributes(t)
		r.item.ID = attr["rdf:about"]
		r.cdf(f, attr)
	case image:
		if !r.inItem && r.feed.Image == nil {
			r.feed.Image = &model.Image{}
		}
		r.image, r.state.image, r.title = r.feed.Image, true, -1
	case textInput:
		r.input, r.state.input, r.title = map[string]string{}, true, -1
	case author:
		r.state.author = true
		if len(m.Authors) < model.MaxRepeated {
			m.Authors = append(m.Authors, model.Person{})
		}
	case contributor, dcContributor:
		r.state.contributor = true
		if len(m.Contributors) < model.MaxRepeated {
			m.Contributors = append(m.Contributors, model.Person{})
		}
	case owner:
		r.state.owner = true
	case title, mediaTitle, subtitle, rights, info, abstract:
		r.open(f, t, "text/plain")
	case description:
		r.asBody = m.Summary.Value != "" && !r.hasBody
		if r.asBody {
			r.hasBody = true
			r.open(f, t, "text/plain")
		} else {
			r.open(f, t, "text/html")
		}
	case summary:
		r.asBody = m.Summary.Value != "" && !r.hasBody
		r.hasBody = r.hasBody || r.asBody
		r.open(f, t, "text/plain")
	case content:
		r.hasBody = true
		r.open(f, t, "text/plain")
	case contentEncoded:
		r.hasBody = true
		r.open(f, t, "text/html")
	case body:
		r.open(f, t, "application/xhtml+xml")
	case id:
		r.isLink = true
		for _, a := range t.Attrs {
			if strings.EqualFold(string(a.Name), "ispermalink") {
				r.isLink = r.value(a) == "true"
			}
		}
	case link:
		r.openedLink(t, f)
	case category, mediaCategory, itunesCategory:
		r.openedCategory(t, f)
	case itunesImage:
		attr := r.attributes(t)
		if href := attr["href"]; href != "" {
			m.Image = &model.Image{URL: href}
		} else if href = attr["url"]; href != "" {
			m.Image = &model.Image{URL: href}
		}
	case generator:
		attr := href(r.attributes(t))
		m.Generator = model.Generator{URL: model.ResolveIf(f.base, attr["href"]), Version: attr["version"]}
	case generatorAgent:
		if at := r.attributes(t)["rdf:resource"]; at != "" {
			m.Generator = model.Generator{Name: at, URL: at}
		}
	case enclosure:
		attr := href(r.attributes(t))
		attr["rel"] = "enclosure"
		r.addLink(m, linkOf(attr))
	case source:
		r.source = model.Source{Href: r.attributes(t)["url"]}
		r.inSrc, r.title = true, -1
	case licenceRDF:
		r.addLink(m, model.Link{Rel: "license", Href: r.attributes(t)["rdf:resource"]})
	case deletedEntry:
		attr := r.attributes(t)
		r.stone, r.inStone = model.Tombstone{Ref: attr["ref"], When: date.Parse(attr["when"])}, true
	case geoPoint, geoLine, geoPolygon, geoBox, geoWhere:
		m.Where = &model.Geometry{}
	case gmlPoint, gmlLine, gmlPolygon, gmlRing:
		r.openedGML(r.attributes(t), f.kind, m)
	case psc:
		r.state.chapters = m.Find("psc:chapters") == nil
		f.extra = "psc:chapters"
		if r.state.chapters {
			r.addExtra(m, model.Extra{Name: f.extra, Attr: r.attributes(t)})
		}
	case mediaThumbnail:
		f.extra, f.attr = "media:thumbnail", r.attributes(t)
	case other:
		f.attr = r.attributes(t)
	}
}

func (r *reader) openedRoot(t markup.Token, f *frame) {
	if f.kind != rdf {
		r.inFeed = true
	}
	attr := r.attributes(t)
	if f.lang != "" && f.kind != channel {
		r.feed.Language = f.lang
	}
	switch {
	case f.kind == rss && !strings.HasPrefix(r.feed.Format, "rss"):
		switch v := attr["version"]; {
		case strings.HasPrefix(v, "2."):
			r.feed.Format = "rss20"
		case v == "0.91" && strings.Contains(strings.ToLower(r.s.Doctype), "netscape"):
			r.feed.Format = "rss091n"
		case v == "0.91":
			r.feed.Format = "rss091u"
		case v == "0.92" || v == "0.93" || v == "0.94":
			r.feed.Format = "rss09" + v[3:]
		default:
			r.feed.Format = "rss"
		}
	case f.kind == atom && r.feed.Format == "":
		switch v := attr["version"]; v {
		case "0.1", "0.2", "0.3":
			r.feed.Format = "atom0" + v[2:]
		default:
			r.feed.Format = "atom"
		}
	case f.kind == channel:
		r.cdf(f, attr)
	}
}

// cdf takes what CDF has as attributes of <channel> and <item>.
func (r *reader) cdf(f *frame, attr map[string]string) {
	m := r.context()
	if at := attr["lastmod"]; at != "" {
		m.Updated = date.Parse(at)
	}
	if at := attr["href"]; at != "" {
		at = fragment.Resolve(f.base, at)
		m.Link = at
		r.addLink(m, model.Link{Href: at, Rel: "alternate", Type: "text/html"})
		if r.feed.Format == "" {
			r.feed.Format = "cdf"
		}
	}
}

// href moves what some call url or uri to href.
func href(attr map[string]string) map[string]string {
	for _, name := range []string{"url", "uri"} {
		if at := attr[name]; at != "" {
			attr["href"] = at
			break
		}
	}
	return attr
}

func linkOf(attr map[string]string) model.Link {
	return model.Link{Href: attr["href"], Rel: attr["rel"], Type: attr["type"], Title: attr["title"], HrefLang: attr["hreflang"], Length: attr["length"]}
}

func (r *reader) addLink(m *model.Meta, l model.Link) {
	if len(m.Links) < model.MaxRepeated {
		m.Links = append(m.Links, l)
	}
}

func (r *reader) addExtra(m *model.Meta, e model.Extra) {
	if len(m.Extra) < model.MaxRepeated && len(e.Text) <= model.MaxFieldBytes {
		m.Extra = append(m.Extra, e)
	}
}

func (r *reader) openedLink(t markup.Token, f *frame) {
	attr := href(r.attributes(t))
	if attr["rel"] == "" {
		attr["rel"] = "alternate"
	}
	if attr["type"] == "" {
		if attr["type"] = "text/html"; attr["rel"] == "self" {
			attr["type"] = "application/atom+xml"
		}
	}
	m := r.context()
	at, named := attr["href"]
	if named {
		at = fragment.Resolve(f.base, at)
		attr["href"] = at
		f.extra = "named"
	}
	if r.state.image || r.state.input {
		return
	}
	r.addLink(m, linkOf(attr))
	if named && attr["rel"] == "alternate" && model.IsHTML(mediaType(attr["type"])) {
		m.Link = at
	}
}

func (r *reader) openedCategory(t markup.Token, f *frame) {
	attr := r.attributes(t)
	tag := model.Tag{Term: attr["term"], Scheme: attr["scheme"], Label: attr["label"]}
	if tag.Scheme == "" {
		tag.Scheme = attr["domain"]
	}
	switch f.kind {
	case mediaCategory:
		if tag.Scheme == "" {
			tag.Scheme = "http://search.yahoo.com/mrss/category_schema"
		}
	case itunesCategory:
		tag = model.Tag{Term: attr["text"], Scheme: "http://www.itunes.com/"}
	}
	r.context().AddTag(tag)
}

// closed is what the end of an element does.
func (r *reader) closed(f *frame) {
	if r.inItem && r.feed.Served > model.MaxItems && f.kind != item && f.kind != source {
		r.text = nil
		return
	}
	m := r.context()
	switch f.kind {
	case atom, channel:
		r.inFeed = false
	case item:
		r.endItem()
	case image:
		r.state.image, r.image = false, nil
	case textInput:
		r.state.input = false
		r.addExtra(m, model.Extra{Name: "textinput", Attr: r.input})
	case source:
		r.inSrc = false
		if v := r.plain(f); v != "" {
			r.source.Title = model.Text{Value: v, Type: "text/plain"}
		}
		if r.inItem {
			src := r.source
			r.item.Source = &src
		}
	case title, mediaTitle:
		r.closedTitle(f, m)
	case subtitle, rights, info, abstract, description, summary, content, contentEncoded, body:
		r.closedText(f, m)
	case author, contributor, dcContributor, owner, webmaster, name, email, url:
		r.closedPerson(f, m)
	case id:
		r.closedID(f, m)
	case link:
		r.closedLink(f, m)
	case published, updated, created, expired, validity:
		r.closedDate(f, m)
	case category, mediaCategory, itunesCategory:
		if v := r.plain(f); v != "" {
			if n := len(m.Tags); n > 0 && m.Tags[n-1].Term == "" {
				m.Tags[n-1].Term = v
			} else {
				m.AddTag(model.Tag{Term: v})
			}
		}
	case keywords, itunesKeywords, mediaKeywords:
		scheme := ""
		if f.kind == itunesKeywords {
			scheme = "http://www.itunes.com/"
		}
		for term := range strings.SplitSeq(r.plain(f), ",") {
			if term = strings.TrimSpace(term); term != "" {
				m.AddTag(model.Tag{Term: term, Scheme: scheme})
			}
		}
	case language:
		m.Language = r.plain(f)
		if len(r.frames) > 1 {
			r.frames[len(r.frames)-2].lang = strings.ReplaceAll(m.Language, "_", "-")
		}
	case licence:
		r.addLink(m, model.Link{Rel: "license", Href: r.plain(f)})
	default:
		r.closedRest(f, m)
	}
}

func (r *reader) closedTitle(f *frame, m *model.Meta) {
	t := r.take(f)
	switch {
	case r.state.image && r.image != nil:
		r.image.Title = t.Value
		return
	case r.state.input:
		r.input["title"] = t.Value
		return
	case r.title >= 0 && r.title <= len(r.frames):
		return
	}
	r.store(title, func() { m.Title = t })
	if t.Value != "" && f.kind != mediaTitle {
		r.title = len(r.frames)
	}
}

func (r *reader) closedText(f *frame, m *model.Meta) {
	standard := ""
	if r.text != nil {
		standard = r.text.Type
	}
	t := r.take(f)
	k := f.kind
	if (k == description || k == summary) && r.asBody {
		k = content
	}
	switch k {
	case subtitle:
		r.store(subtitle, func() { m.Subtitle = t })
	case rights:
		r.store(rights, func() { m.Rights = t })
	case info:
		r.store(info, func() { m.Info = t })
	case summary:
		r.store(summary, func() { m.Summary = t })
	case description, abstract:
		switch {
		case r.state.image && r.image != nil:
			r.image.Description = t.Value
		case r.state.input:
			r.input["description"] = t.Value
		case r.inItem && !r.inSrc:
			r.store(summary, func() { m.Summary = t })
		default:
			m.Subtitle = t
		}
	default:
		if r.inItem && !r.inSrc && len(r.item.Content) < 16 {
			r.item.Content = append(r.item.Content, t)
		}
		if m.Summary.Value == "" && (standard == "text/plain" || model.IsHTML(standard)) {
			m.Summary = t
		}
	}
	r.asBody = false
}

func (r *reader) closedPerson(f *frame, m *model.Meta) {
	v := r.plain(f)
	switch f.kind {
	case author:
		r.state.author = false
		if v != "" {
			m.Author = v
		}
		syncAuthor(m)
	case contributor:
		r.state.contributor = false
	case dcContributor:
		r.state.contributor = false
		m.Contributors[len(m.Contributors)-1].Name = v
	case owner:
		r.state.owner = false
	case webmaster:
		m.Publisher = person(v)
	default:
		var p *model.Person
		switch {
		case r.state.owner:
			p = &m.Publisher
		case r.state.author && len(m.Authors) > 0:
			p = &m.Authors[len(m.Authors)-1]
		case r.state.contributor && len(m.Contributors) > 0:
			p = &m.Contributors[len(m.Contributors)-1]
		case r.state.input && f.kind == name:
			r.input["name"] = v
			return
		case r.state.image && r.image != nil && f.kind == url:
			r.image.URL = fragment.Resolve(f.base, v)
			return
		case r.inStone && f.kind == name:
			r.stone.By = v
			return
		default:
			return
		}
		switch f.kind {
		case name:
			p.Name = v
		case email:
			p.Email = v
		default:
			p.URL = model.ResolveIf(f.base, v)
		}
		if r.state.author {
			syncAuthor(m)
		}
	}
}

func (r *reader) closedID(f *frame, m *model.Meta) {
	v := r.plain(f)
	if r.isLink && v != "" && fragment.Scheme(v) == "" {
		v = fragment.Resolve(f.base, v)
	}
	r.store(id, func() { m.ID = v })
	if m == &r.item.Meta {
		r.item.IDIsLink = r.isLink
	}
	if r.isLink && m.Link == "" {
		m.Link = v
	}
}

func (r *reader) closedLink(f *frame, m *model.Meta) {
	if f.extra == "named" {
		return
	}
	v := model.ResolveIf(f.base, r.plain(f))
	switch {
	case r.state.image && r.image != nil:
		r.image.Link = v
	case r.state.input:
		r.input["link"] = v
	case r.state.image:
	default:
		m.Link = v
		if n := len(m.Links); n > 0 && v != "" {
			m.Links[n-1].Href = v
		}
	}
}

func (r *reader) closedDate(f *frame, m *model.Meta) {
	v := r.plain(f)
	if f.kind == validity {
		for part := range strings.SplitSeq(v, ";") {
			switch key, value, _ := strings.Cut(strings.TrimSpace(part), "="); key {
			case "start":
				m.ValidFrom = date.Parse(value)
			case "end":
				m.ValidTo = date.Parse(value)
			}
		}
		return
	}
	d := date.Parse(v)
	switch f.kind {
	case published:
		r.store(published, func() { m.Published = d })
	case updated:
		r.store(updated, func() { m.Updated = d })
	case created:
		r.store(created, func() { m.Created = d })
	default:
		m.Expired = d
	}
}

func (r *reader) closedRest(f *frame, m *model.Meta) {
	v := r.plain(f)
	switch f.kind {
	case width, height:
		if r.state.image && r.image != nil {
			if f.kind == width {
				r.image.Width = number(v)
			} else {
				r.image.Height = number(v)
			}
		}
	case itunesBlock, itunesExplicit:
		whole := string(r.buf[f.from:]) // only the very word counts
		yes := whole == "yes" || whole == "Yes" && f.kind == itunesBlock
		if f.kind == itunesBlock {
			m.Blocked = &yes
		} else {
			m.Explicit = &yes
		}
	case generator:
		m.Generator.Name = v
	case icon:
		m.Icon = model.ResolveIf(f.base, v)
	case logo:
		m.Logo = model.ResolveIf(f.base, v)
	case ttl:
		if n := number(v); n > 0 && n < 60*24*366 {
			r.feed.Rhythm.TTL = time.Duration(n) * time.Minute
		}
	case skipHour:
		if n := number(v); v != "" && n >= 0 && n <= 24 {
			r.feed.Rhythm.SkipHours[n%24] = true
		}
	case skipDay:
		for day := time.Sunday; day <= time.Saturday; day++ {
			if strings.EqualFold(v, day.String()) {
				r.feed.Rhythm.SkipDays[day] = true
			}
		}
	case updatePeriod:
		r.period = map[string]time.Duration{"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour,
			"monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour}[strings.ToLower(v)]
	case updateFrequency:
		r.updates = number(v)
	case newLocation:
		if !r.inItem {
			r.feed.NewLocation = model.ResolveIf(f.base, v)
		}
	case deletedEntry:
		if r.inStone = false; r.stone.Ref != "" && len(r.feed.Deleted) < model.MaxItems {
			r.feed.Deleted = append(r.feed.Deleted, r.stone)
		}
	case deletedBy:
		if v != "" && r.stone.By == "" {
			r.stone.By = v
		}
	case deletedComment:
		r.stone.Comment = model.CutText(v, min(len(v), model.MaxTitleBytes), false)
	case historyComplete:
		r.feed.Complete = true
	case historyArchive:
		r.feed.Archive = true
	case geoPoint, geoLine, geoPolygon, geoBox, gmlPos, gmlPosList:
		r.closedGeometry(v, f.kind, m)
	case other, mediaThumbnail:
		if f.extra == "psc:chapter" && !r.state.chapters || v == "" && len(f.attr) == 0 {
			return
		}
		if addressed[f.extra] {
			v = model.ResolveIf(f.base, v)
		}
		r.addExtra(m, model.Extra{Name: f.extra, Text: v, Attr: f.attr})
	}
}
