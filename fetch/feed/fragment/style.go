package fragment

import (
	"regexp"
	"strings"
)

var (
	styleURL   = regexp.MustCompile(`url\s*\(\s*[^\s)]+?\s*\)\s*`)
	styleChars = regexp.MustCompile(`^(?:[:,;#%.\sa-zA-Z0-9!]|\w-\w|'[\s\w]+'|"[\s\w]+"|\([\d,\s]+\))*$`)
	styleRest  = regexp.MustCompile(`\s*[-\w]+\s*:\s*[^:;]*;?`)
	styleEach  = regexp.MustCompile(`([-\w]+)\s*:\s*([^:;]*)`)
	styleValue = regexp.MustCompile(`^(?:#[0-9a-f]+|rgb\(\d+%?,\d*%?,?\d*%?\)?|\d{0,2}\.?\d{0,2}(?:cm|em|ex|in|mm|pc|pt|px|%|,|\))?)$`)
)

// maxStyle is the longest style attribute that is looked at.
const maxStyle = 4 << 10

// style is what is harmless of a style attribute, "" if any of it cannot be understood.
func (c *cleaner) style(s string) string {
	if len(s) > maxStyle {
		return ""
	}
	s = styleURL.ReplaceAllString(s, " ")
	if !styleChars.MatchString(s) || strings.TrimSpace(styleRest.ReplaceAllString(s, "")) != "" {
		return ""
	}
	var clean []string
	for _, m := range styleEach.FindAllStringSubmatch(s, -1) {
		property, value := strings.ToLower(m[1]), m[2]
		family, _, _ := strings.Cut(property, "-")
		switch {
		case value == "":
			continue
		case properties[property], c.svg > 0 && svgProperties[property]:
		case family == "background" || family == "border" || family == "margin" || family == "padding":
			if !harmless(value) {
				continue
			}
		default:
			continue
		}
		clean = append(clean, m[1]+": "+value+";")
	}
	return strings.Join(clean, " ")
}

func harmless(value string) bool {
	for _, word := range strings.Fields(value) {
		if !keywords[word] && !styleValue.MatchString(word) {
			return false
		}
	}
	return true
}
