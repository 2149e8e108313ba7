package api

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// completed says in the description what huma does not: what may be missing is null, but for lists,
// which are empty.
func completed(o *huma.OpenAPI) {
	registry := o.Components.Schemas
	for name, schema := range registry.Map() {
		t := registry.TypeFromRef("#/components/schemas/" + name)
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for _, f := range reflect.VisibleFields(t) {
			tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			p := schema.Properties[tag]
			switch {
			case p == nil:
			case f.Type.Kind() == reflect.Slice:
				p.Nullable = false
			case f.Type.Kind() != reflect.Pointer:
			case p.Ref == "":
				p.Nullable = true
			default:
				schema.Properties[tag] = &huma.Schema{AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}, Description: p.Description}
			}
		}
	}
}

//go:embed reference.html
var referenceHTML string

//go:embed reference.css
var referenceCSS []byte

var referenceTemplate = template.Must(template.New("reference").Parse(referenceHTML))

// A reference is the description for programs and for people.
type reference struct{ json, html []byte }

// referenceRow is an operation as the page shows it.
type referenceRow struct {
	Method, Path, ID, Summary, Role string
	Parameters                      []*huma.Param
	Request, Answer                 string
}

func newReference(o *huma.OpenAPI) (*reference, error) {
	description, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	var rows []referenceRow
	for path, item := range o.Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete} {
			if op == nil {
				continue
			}
			row := referenceRow{Method: method, Path: path, ID: op.OperationID, Summary: op.Summary, Parameters: op.Parameters}
			row.Role, _ = op.Extensions["x-role"].(string)
			if op.RequestBody != nil {
				row.Request = schemaName(op.RequestBody.Content)
			}
			for status, r := range op.Responses {
				if strings.HasPrefix(status, "2") {
					row.Answer = schemaName(r.Content)
				}
			}
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b referenceRow) int {
		return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
	})
	var page bytes.Buffer
	err = referenceTemplate.Execute(&page, map[string]any{"Title": o.Info.Title, "Version": o.Info.Version, "Description": o.Info.Description, "Rows": rows})
	return &reference{description, page.Bytes()}, err
}

func schemaName(content map[string]*huma.MediaType) string {
	for _, m := range content {
		if m.Schema != nil {
			return strings.TrimPrefix(m.Schema.Ref, "#/components/schemas/")
		}
	}
	return ""
}

func (d *reference) description() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		_, _ = w.Write(d.json)
	})
}

func (d *reference) style() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(referenceCSS)
	})
}

func (d *reference) page() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(d.html)
	})
}
