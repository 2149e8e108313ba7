package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"dateline/account"
)

// A route is an operation as the description for programs has it.
type route struct {
	method, path string
	op           map[string]any
}

func (r route) String() string { return r.method + " " + r.path }

// description is the OpenAPI document as a client gets it, with its operations in order.
func description(t *testing.T, v *service) (map[string]any, []route) {
	t.Helper()
	doc := get[map[string]any](t, v, "/v1/openapi.json")
	var routes []route
	for path, item := range doc["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			routes = append(routes, route{strings.ToUpper(method), path, op.(map[string]any)})
		}
	}
	slices.SortFunc(routes, func(a, b route) int { return strings.Compare(a.path+a.method, b.path+b.method) })
	return doc, routes
}

// TestWhoMay asks every operation as each kind of principal. testdata/routes.txt says who may: a route
// that is not in it fails.
func TestWhoMay(t *testing.T) {
	v := open(t, fast)
	table, err := os.ReadFile("testdata/routes.txt")
	if err != nil {
		t.Fatal(err)
	}
	least := map[string]account.Role{}
	for line := range strings.Lines(string(table)) {
		if f := strings.Fields(line); len(f) == 3 {
			least[f[0]+" "+f[1]] = account.Role(f[2])
		}
	}
	expired := "dateline_" + strings.Repeat("A", 43)
	saved := account.Token{ID: "texpired1", Hash: hash(expired), Account: "the-admin", Role: account.Admin, Made: time.Now().Add(-48 * time.Hour), Ends: time.Now().Add(-time.Hour)}
	if err := v.store.Accounts.SaveToken(t.Context(), saved, "test"); err != nil {
		t.Fatal(err)
	}
	secrets := map[string]string{
		"nobody": "", "reader": v.tokens[account.Reader], "analyst": v.tokens[account.Analyst], "admin": v.tokens[account.Admin],
		"expired": expired, "foreign": "dateline_" + strings.Repeat("B", 43), "malformed": "dateline_é; DROP TABLE token",
	}
	_, routes := description(t, v)
	cells := 0
	for _, r := range routes {
		role, known := least[r.String()]
		if !known {
			t.Errorf("%s: testdata/routes.txt does not say who may", r)
			continue
		}
		delete(least, r.String())
		if strings.HasSuffix(r.path, "/stream") {
			continue // it does not end; TestStreamAsksWho has it
		}
		for who, secret := range secrets {
			target := strings.NewReplacer("{id}", "nosuch", "{name}", "nosuch").Replace(r.path)
			var header []string
			if secret != "" {
				header = []string{"Authorization", "Bearer " + secret}
			}
			w := v.ask("", r.method, target, "", header...)
			cells++
			rank := map[string]int{"reader": 1, "analyst": 2, "admin": 3}
			want := "in"
			switch has := rank[who]; {
			case has == 0:
				want = "401"
			case has < rank[string(role)]:
				want = "403"
			}
			got := "in"
			if w.Code == http.StatusUnauthorized || w.Code == http.StatusForbidden {
				got = fmt.Sprint(w.Code)
			}
			if got != want {
				t.Errorf("%s as %s: %d, want %s", r, who, w.Code, want)
			}
		}
	}
	for gone := range least {
		t.Errorf("testdata/routes.txt has %s, which is no operation", gone)
	}
	t.Logf("%d operations, %d cells", len(routes), cells)
}

func TestStreamAsksWho(t *testing.T) {
	v := open(t, fast)
	if w := v.ask("", http.MethodGet, "/v1/changes/stream", ""); w.Code != http.StatusUnauthorized {
		t.Errorf("nobody: %d", w.Code)
	}
}

// TestEveryOperation calls every operation with requests made from the description's schemas, fitting
// and not, and holds the answers against it: no 5xx, every error a problem, every answer as described.
func TestEveryOperation(t *testing.T) {
	v := open(t, fast)
	doc, routes := description(t, v)
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("mem:openapi", doc); err != nil {
		t.Fatal(err)
	}
	schemas := map[string]*jsonschema.Schema{}
	schema := func(pointer string) *jsonschema.Schema {
		if schemas[pointer] == nil {
			s, err := compiler.Compile("mem:openapi#" + pointer)
			if err != nil {
				t.Fatalf("%s: %v", pointer, err)
			}
			schemas[pointer] = s
		}
		return schemas[pointer]
	}
	n := 60
	if os.Getenv("DATELINE_LONG") != "" {
		n = 2000
	}
	c := client{rng: rand.New(rand.NewPCG(1, 2)), doc: doc, pool: pool(t, v)}
	asked, fitting := 0, 0
	for _, r := range routes {
		if strings.HasSuffix(r.path, "/stream") {
			continue
		}
		for range n {
			target, body := c.request(r)
			w := v.ask(account.Admin, r.method, target, body)
			asked++
			if w.Code >= 500 {
				t.Errorf("%s %s %.200s: %d %s", r.method, target, body, w.Code, w.Body)
				continue
			}
			media := w.Header().Get("Content-Type")
			if w.Code >= 400 {
				if media != "application/problem+json" {
					t.Errorf("%s %s: %d as %q", r.method, target, w.Code, media)
				}
				media = "application/problem+json"
			} else {
				fitting++
			}
			if w.Body.Len() == 0 || media == "application/octet-stream" {
				continue
			}
			responses := r.op["responses"].(map[string]any)
			status := fmt.Sprint(w.Code)
			if responses[status] == nil {
				t.Errorf("%s %s: the description has no %s", r.method, target, status)
				continue
			}
			pointer := "/paths/" + strings.ReplaceAll(strings.ReplaceAll(r.path, "~", "~0"), "/", "~1") + "/" + strings.ToLower(r.method) +
				"/responses/" + status + "/content/" + strings.ReplaceAll(media, "/", "~1") + "/schema"
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(w.Body.Bytes()))
			if err == nil {
				err = schema(pointer).Validate(value)
			}
			if err != nil {
				t.Errorf("%s %s: %v\n%.300s", r.method, target, err, w.Body)
			}
			if t.Failed() && asked > 2000 {
				t.FailNow()
			}
		}
	}
	if fitting*10 < asked {
		t.Errorf("%d of %d requests were let in: the client does not try", fitting, asked)
	}
	t.Logf("%d operations, %d requests, %d fitting", len(routes), asked, fitting)
}

// pool are ids of the record, for requests that find something.
func pool(t *testing.T, v *service) []string {
	var ids []string
	type named struct {
		ID   string
		Name string
	}
	for _, path := range []string{"stories", "articles", "ledger", "entities", "conflicts", "commitments"} {
		for _, x := range get[list[named]](t, v, "/v1/"+path+"?limit=20").Items {
			ids = append(ids, x.ID)
		}
	}
	for _, x := range get[list[struct{ Object string }]](t, v, "/v1/changes?limit=20").Items {
		ids = append(ids, x.Object)
	}
	for _, a := range get[list[named]](t, v, "/v1/articles?limit=5").Items {
		for _, s := range get[list[named]](t, v, "/v1/articles/"+a.ID+"/statements").Items {
			ids = append(ids, s.ID)
		}
	}
	return append(ids, "the-reader", "nosuch")
}

// A client makes requests from an OpenAPI document.
type client struct {
	rng  *rand.Rand
	doc  map[string]any
	pool []string
}

func (c *client) one(list []string) string { return list[c.rng.IntN(len(list))] }

// odd are values that programs send by mistake or malice.
var odd = []string{"", " ", "0", "-1", "9999999999999999999999", "null", "true", "\x00", "a\nb", "é́", "\u202eabc", "'; DROP TABLE page; --", "../../etc/passwd",
	"<script>alert(1)</script>", "{{7*7}}", "%s%n", strings.Repeat("x", 5000), "2031-02-30", "2031-05-03", "\xff\xfe"}

func (c *client) request(r route) (target, body string) {
	target = r.path
	query := url.Values{}
	for _, p := range list2(r.op["parameters"]) {
		p := p.(map[string]any)
		name := p["name"].(string)
		value := fmt.Sprint(c.value(p["schema"], 0))
		if c.rng.IntN(4) == 0 {
			value = c.one(odd)
		}
		switch p["in"] {
		case "path":
			if c.rng.IntN(4) > 0 {
				value = c.one(c.pool)
			}
			if value == "" || value == "." || value == ".." {
				value = "x"
			}
			target = strings.ReplaceAll(target, "{"+name+"}", url.PathEscape(value))
		case "query":
			if p["required"] == true || c.rng.IntN(3) == 0 {
				query.Set(name, value)
			}
		}
	}
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	if content, ok := r.op["requestBody"].(map[string]any); ok {
		media := content["content"].(map[string]any)["application/json"].(map[string]any)
		b, err := json.Marshal(c.value(media["schema"], 0))
		if err != nil {
			panic(err)
		}
		body = string(b)
		if c.rng.IntN(5) == 0 && len(body) > 2 {
			i := c.rng.IntN(len(body))
			body = body[:i] + c.one(odd) + body[i:]
		}
	}
	return target, body
}

func list2(v any) []any { l, _ := v.([]any); return l }

// value is one that fits a schema, mostly.
func (c *client) value(s any, depth int) any {
	schema, _ := s.(map[string]any)
	if ref, ok := schema["$ref"].(string); ok {
		return c.value(c.doc["components"].(map[string]any)["schemas"].(map[string]any)[ref[strings.LastIndex(ref, "/")+1:]], depth+1)
	}
	if enum := list2(schema["enum"]); len(enum) > 0 && c.rng.IntN(10) > 0 {
		return enum[c.rng.IntN(len(enum))]
	}
	kind, _ := schema["type"].(string)
	if kinds := list2(schema["type"]); len(kinds) > 0 {
		kind, _ = kinds[c.rng.IntN(len(kinds))].(string)
	}
	switch kind {
	case "object":
		o := map[string]any{}
		required := list2(schema["required"])
		properties, _ := schema["properties"].(map[string]any)
		for _, name := range sorted(properties) {
			if slices.Contains(required, any(name)) && c.rng.IntN(20) > 0 || c.rng.IntN(3) == 0 {
				o[name] = c.value(properties[name], depth+1)
			}
		}
		if c.rng.IntN(20) == 0 {
			o["unknown"] = 1
		}
		return o
	case "array":
		var a []any
		for range c.rng.IntN(4) {
			if depth < 6 {
				a = append(a, c.value(schema["items"], depth+1))
			}
		}
		if a == nil {
			return []any{}
		}
		return a
	case "integer":
		return c.rng.IntN(300) - 5
	case "number":
		return c.rng.Float64() * 100
	case "boolean":
		return c.rng.IntN(2) == 0
	case "null":
		return nil
	}
	if schema["format"] == "date-time" {
		return "2031-05-03T09:30:00Z"
	}
	if c.rng.IntN(2) == 0 {
		return c.one(c.pool)
	}
	return c.one([]string{"The mayor said the bridge opens in May.", "bridge", "2031-05-03", "https://alba.example/" + fmt.Sprint(c.rng.IntN(50)), c.one(odd)})
}

func sorted(m map[string]any) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func hash(secret string) [32]byte { return sha256.Sum256([]byte(secret)) }
