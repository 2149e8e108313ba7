package xmlfeed

import "strings"

// A kind is what an element means; elements of several vocabularies mean the same.
type kind uint8

const (
	other        kind = iota // kept as an Extra
	inlineMarkup             // within a text
	transparent              // holds others and says nothing itself
	rss
	rdf
	atom
	channel
	item
	image
	textInput
	author
	contributor
	dcContributor
	owner
	name
	email
	url
	width
	height
	title
	subtitle
	description
	abstract
	summary
	rights
	info
	content
	contentEncoded
	body
	id
	link
	published
	updated
	created
	expired
	validity
	language
	webmaster
	category
	keywords // separated by commas
	itunesKeywords
	itunesCategory
	itunesImage
	itunesBlock
	itunesExplicit
	mediaCategory
	mediaTitle
	mediaKeywords
	mediaGroup
	mediaThumbnail
	generator
	generatorAgent
	enclosure
	source
	licenceRDF
	licence
	icon
	logo
	ttl
	skipHour
	skipDay
	updatePeriod
	updateFrequency
	newLocation
	deletedEntry
	deletedBy
	deletedComment
	historyComplete
	historyArchive
	geoPoint
	geoLine
	geoPolygon
	geoBox
	geoWhere
	gmlPoint
	gmlLine
	gmlPolygon
	gmlRing
	gmlPos
	gmlPosList
	psc
	kinds
)

// elements are the names with the prefixes of vocabularies; in lower case.
var elements = map[string]kind{
	"rss": rss, "rdf:rdf": rdf, "rdf": rdf, "feed": atom, "channel": channel, "item": item, "entry": item,
	"image": image, "textinput": textInput, "items": transparent, "rdf:seq": transparent, "rdf:li": transparent,
	"author": author, "managingeditor": author, "dc:author": author, "dc:creator": author, "itunes:author": author,
	"contributor": contributor, "dc:contributor": dcContributor, "itunes:owner": owner,
	"name": name, "itunes:name": name, "email": email, "itunes:email": email,
	"url": url, "homepage": url, "uri": url, "width": width, "height": height,
	"title": title, "dc:title": title, "media:title": mediaTitle,
	"subtitle": subtitle, "tagline": subtitle, "itunes:subtitle": subtitle,
	"description": description, "dc:description": description, "media:description": description, "abstract": abstract,
	"summary": summary, "itunes:summary": summary,
	"rights": rights, "copyright": rights, "dc:rights": rights,
	"info": info, "feedburner:browserfriendly": info,
	"content": content, "content:encoded": contentEncoded, "fullitem": contentEncoded, "body": body, "xhtml:body": body,
	"guid": id, "id": id, "link": link,
	"published": published, "issued": published, "pubdate": published, "dcterms:issued": published,
	"updated": updated, "modified": updated, "lastbuilddate": updated, "dc:date": updated, "dcterms:modified": updated,
	"created": created, "dcterms:created": created, "expirationdate": expired, "dcterms:valid": validity,
	"language": language, "dc:language": language, "webmaster": webmaster, "dc:publisher": webmaster,
	"category": category, "dc:subject": category, "keywords": category, "tags": keywords,
	"itunes:keywords": itunesKeywords, "itunes:category": itunesCategory, "itunes:image": itunesImage, "itunes:link": itunesImage,
	"itunes:block": itunesBlock, "itunes:explicit": itunesExplicit, "itunes:new-feed-url": newLocation, "newlocation": newLocation,
	"media:category": mediaCategory, "media:keywords": mediaKeywords, "media:group": mediaGroup, "media:thumbnail": mediaThumbnail,
	"generator": generator, "admin:generatoragent": generatorAgent, "enclosure": enclosure, "source": source,
	"cc:license": licenceRDF, "creativecommons:license": licence, "icon": icon, "logo": logo,
	"ttl": ttl, "skiphours": transparent, "skipdays": transparent, "hour": skipHour, "day": skipDay,
	"sy:updateperiod": updatePeriod, "sy:updatefrequency": updateFrequency,
	"at:deleted-entry": deletedEntry, "at:by": deletedBy, "at:comment": deletedComment,
	"fh:complete": historyComplete, "fh:archive": historyArchive,
	"georss:point": geoPoint, "georss:line": geoLine, "georss:polygon": geoPolygon, "georss:box": geoBox,
	"georss:where": geoWhere, "where": geoWhere, "gml:point": gmlPoint, "gml:linestring": gmlLine, "gml:polygon": gmlPolygon,
	"gml:exterior": transparent, "gml:linearring": gmlRing, "gml:pos": gmlPos, "gml:poslist": gmlPosList,
	"psc:chapters": psc,
}

// vocabularies leads from namespaces to the prefixes of elements; "" for those of feeds.
var vocabularies = map[string]string{
	"http://backend.userland.com/rss": "", "http://blogs.law.harvard.edu/tech/rss": "", "http://purl.org/rss/1.0/": "",
	"http://my.netscape.com/rdf/simple/0.9/": "", "http://example.com/newformat#": "", "http://example.com/necho": "",
	"http://purl.org/echo/": "", "uri/of/echo/namespace#": "", "http://purl.org/pie/": "", "http://purl.org/atom/ns#": "",
	"http://www.w3.org/2005/atom": "", "http://purl.org/rss/1.0/modules/rss091#": "",
	"http://webns.net/mvcb/":                                         "admin",
	"http://creativecommons.org/ns#license":                          "cc",
	"http://web.resource.org/cc/":                                    "cc",
	"http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
	"http://backend.userland.com/creativecommonsrssmodule":           "creativecommons",
	"http://purl.org/rss/1.0/modules/content/":                       "content",
	"http://purl.org/dc/elements/1.1/":                               "dc",
	"http://purl.org/dc/terms/":                                      "dcterms",
	"http://rssnamespace.org/feedburner/ext/1.0":                     "feedburner",
	"http://www.w3.org/2003/01/geo/wgs84_pos#":                       "geo",
	"http://www.georss.org/georss":                                   "georss",
	"http://www.opengis.net/gml":                                     "gml",
	"http://www.itunes.com/dtds/podcast-1.0.dtd":                     "itunes",
	"http://example.com/dtds/podcast-1.0.dtd":                        "itunes",
	"http://search.yahoo.com/mrss":                                   "media",
	"http://search.yahoo.com/mrss/":                                  "media",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#":                    "rdf",
	"http://purl.org/rss/1.0/modules/slash/":                         "slash",
	"http://purl.org/rss/1.0/modules/syndication/":                   "sy",
	"http://purl.org/syndication/thread/1.0":                         "thr",
	"http://purl.org/rss/1.0/modules/threading/":                     "thr",
	"http://wellformedweb.org/commentapi/":                           "wfw",
	"http://www.w3.org/1999/xhtml":                                   "xhtml",
	"http://www.w3.org/1999/xlink":                                   "xlink",
	"http://www.w3.org/xml/1998/namespace":                           "xml",
	"http://podlove.org/simple-chapters":                             "psc",
	"http://purl.org/atompub/tombstones/1.0":                         "at",
	"http://purl.org/syndication/history/1.0":                        "fh",
	"http://www.w3.org/2000/svg":                                     "svg",
	"http://www.w3.org/1998/math/mathml":                             "math",
}

// addressed are extra elements whose text is an address.
var addressed = map[string]bool{"comments": true, "docs": true, "wfw:comment": true, "wfw:commentrss": true}

// formatOf is the format that a namespace tells, "" if none.
func formatOf(prefix, namespace string) string {
	switch {
	case prefix == "" && namespace == "http://my.netscape.com/rdf/simple/0.9/":
		return "rss090"
	case namespace == "http://purl.org/rss/1.0/":
		return "rss10"
	case namespace == "http://www.w3.org/2005/atom":
		return "atom10"
	}
	return ""
}

// mediaType writes the short types of Atom in full.
func mediaType(t string) string {
	switch t = strings.ToLower(strings.TrimSpace(t)); t {
	case "text", "plain":
		return "text/plain"
	case "html":
		return "text/html"
	case "xhtml":
		return "application/xhtml+xml"
	}
	return t
}

// isBase64 tells whether content of a type is written in base64 (RFC 4287, section 4.1.3.3).
func isBase64(mode, t string) bool {
	return mode == "base64" || !strings.HasPrefix(t, "text/") && !strings.HasSuffix(t, "+xml") && !strings.HasSuffix(t, "/xml")
}
