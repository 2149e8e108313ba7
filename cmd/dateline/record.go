package main

import (
	"encoding/json"
	"io"
)

// jsonLines writes values as JSON, one a line.
func jsonLines(w io.Writer) func(any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // the reader is a program, not a browser
	return e.Encode
}
