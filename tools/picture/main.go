// Command picture draws what a command prints on a terminal as an SVG file, for the README:
//
//	script -qec "dateline demo" /dev/null | go run ./tools/picture >docs/demo.svg
//
// It knows the two marks that dateline uses, bold and dim, and draws everything else as it is.
package main

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"log"
	"os"
	"regexp"
	"strings"
)

const (
	columns    = 82
	charTenths = 84 // a column, in tenths of a pixel
	lineHeight = 19
	margin     = 18
)

var escapes = regexp.MustCompile("\x1b\\[([0-9;?]*)([A-Za-z])")

func main() {
	var body strings.Builder
	lines := 0
	in := bufio.NewScanner(os.Stdin)
	style := ""
	for in.Scan() {
		lines++
		line := strings.TrimRight(in.Text(), "\r")
		fmt.Fprintf(&body, `<text x="%d" y="%d" xml:space="preserve">`, margin, margin+lines*lineHeight)
		at := 0
		for _, m := range append(escapes.FindAllStringSubmatchIndex(line, -1), []int{len(line), len(line), 0, 0, 0, 0}) {
			if piece := line[at:m[0]]; piece != "" {
				fmt.Fprintf(&body, `<tspan%s>`, style)
				if err := xml.EscapeText(&body, []byte(piece)); err != nil {
					log.Fatal(err)
				}
				body.WriteString(`</tspan>`)
			}
			at = m[1]
			if m[0] == len(line) {
				break
			}
			switch line[m[2]:m[3]] + line[m[4]:m[5]] {
			case "1m":
				style = ` font-weight="bold" fill="#111"`
			case "2m":
				style = ` fill="#6b6b6b"`
			case "0m", "m":
				style = ""
			}
		}
		body.WriteString("</text>\n")
	}
	if err := in.Err(); err != nil {
		log.Fatal(err)
	}
	width, height := columns*charTenths/10+2*margin, lines*lineHeight+3*margin
	fmt.Printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#333">
<rect width="100%%" height="100%%" rx="8" fill="#fbfaf7" stroke="#d9d5cc"/>
%s</svg>
`, width, height, width, height, body.String())
}
