package api_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/account"
	"dateline/demo"
	"dateline/ledger"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
	"dateline/text"
	"dateline/web/api"
)

// record is a store as the API asks it.
type record struct{ *store.Store }

func (r record) Answered(ctx context.Context, principal, key string, now time.Time) ([32]byte, int, []byte, error) {
	return r.Accounts.Answered(ctx, principal, key, now)
}

func (r record) SaveAnswer(ctx context.Context, principal, key string, request [32]byte, status int, body []byte) error {
	return r.Accounts.SaveAnswer(ctx, principal, key, request, status, body)
}

// A service is the API over the demo's record.
type service struct {
	store *store.Store
	guard *account.Guard
	http.Handler
	tokens map[account.Role]string
}

// folder holds the demo's record; it is made once and copied.
var folder string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "dateline-api")
	if err == nil {
		folder = filepath.Join(dir, "data")
		err = fill(folder)
	}
	if err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

func fill(dir string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	pages, err := demo.Pages("first")
	if err != nil {
		return err
	}
	var batch []news.Page
	for _, p := range pages {
		kind := "text/html"
		if strings.HasSuffix(p.File, ".txt") {
			kind = "text/plain"
		}
		batch = append(batch, news.Page{Name: p.File, URL: p.URL, Fetched: p.Fetched, MediaType: kind, Body: p.Body})
	}
	if _, err := s.AddPages(ctx, batch); err != nil {
		return err
	}
	reader, err := pipeline.NewReader(pipeline.Limits{})
	if err != nil {
		return err
	}
	return pipeline.NewHouse(s, reader, time.Now).Settle(ctx)
}

// open is a service over a copy of the demo's record, with an account of each role and a token for each.
func open(t *testing.T, limits api.Limits) *service {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), dir, store.Options{Correct: ledger.Corrected})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	guard, err := account.NewGuard(t.Context(), s.Accounts, true, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	v := &service{store: s, guard: guard, tokens: map[account.Role]string{}}
	for _, role := range []account.Role{account.Reader, account.Analyst, account.Admin} {
		name := "the-" + string(role)
		if err := guard.Add(t.Context(), name, role, "", "test"); err != nil {
			t.Fatal(err)
		}
		if v.tokens[role], _, err = guard.NewToken(t.Context(), name, "", role, 0, "test"); err != nil {
			t.Fatal(err)
		}
	}
	if v.Handler, err = api.New(api.Config{Record: record{s}, Guard: guard, Version: "test", Limits: limits}); err != nil {
		t.Fatal(err)
	}
	return v
}

// fast lets a test ask as fast as it likes.
var fast = api.Limits{Rate: 1e9, Burst: 1e9}

// ask is one request by a role; "" asks without a token.
func (v *service) ask(role account.Role, method, target, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if token := v.tokens[role]; token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	v.ServeHTTP(w, r)
	return w
}

// get is a JSON answer.
func get[T any](t *testing.T, v *service, target string) T {
	t.Helper()
	w := v.ask(account.Reader, http.MethodGet, target, "")
	var out T
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || w.Code != http.StatusOK {
		t.Fatalf("GET %s: %d %v\n%.400s", target, w.Code, err, w.Body)
	}
	return out
}

type list[T any] struct {
	Items   []T
	Next    *string
	Damaged int
}

func TestListsAreWalkedToTheirEnd(t *testing.T) {
	v := open(t, fast)
	counts, err := v.store.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"articles": counts.Articles, "stories": counts.Stories} {
		seen := map[string]bool{}
		for cursor := ""; ; {
			l := get[list[struct{ ID string }]](t, v, "/v1/"+path+"?limit=7&cursor="+cursor)
			for _, x := range l.Items {
				if seen[x.ID] {
					t.Fatalf("%s: %s comes twice", path, x.ID)
				}
				seen[x.ID] = true
			}
			if l.Next == nil {
				break
			}
			cursor = *l.Next
		}
		if len(seen) != want || want == 0 {
			t.Errorf("%s: %d, and the record counts %d", path, len(seen), want)
		}
	}
}

func TestConditionalRequests(t *testing.T) {
	v := open(t, fast)
	first := v.ask(account.Reader, http.MethodGet, "/v1/stories", "")
	tag := first.Header().Get("ETag")
	if tag == "" {
		t.Fatal("no ETag")
	}
	if again := v.ask(account.Reader, http.MethodGet, "/v1/stories", "", "If-None-Match", tag); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("%d %s", again.Code, again.Body)
	}
	if other := v.ask(account.Reader, http.MethodGet, "/v1/stories", "", "If-None-Match", `"x"`); other.Code != http.StatusOK {
		t.Errorf("%d", other.Code)
	}
}

func TestDocuments(t *testing.T) {
	v := open(t, fast)
	const page = `{"documents":[{"name":"note.txt","text":"The ferry sails on Friday, said Mayor Ana Ruiz.","url":"https://alba.example/ferry"}]}`
	first := v.ask(account.Analyst, http.MethodPost, "/v1/documents", page, "Idempotency-Key", "k1")
	var added api.AddedDocuments
	if err := json.Unmarshal(first.Body.Bytes(), &added); err != nil || first.Code != http.StatusAccepted || added.Items[0].State != "new" {
		t.Fatalf("%d %v %s", first.Code, err, first.Body)
	}
	if again := v.ask(account.Analyst, http.MethodPost, "/v1/documents", page, "Idempotency-Key", "k1"); again.Body.String() != first.Body.String() {
		t.Errorf("the same key: %s", again.Body)
	}
	if other := v.ask(account.Analyst, http.MethodPost, "/v1/documents", strings.Replace(page, "Friday", "Monday", 1), "Idempotency-Key", "k1"); other.Code != http.StatusConflict {
		t.Errorf("another request: %d %s", other.Code, other.Body)
	}
	if w := v.ask(account.Reader, http.MethodPost, "/v1/documents", page); w.Code != http.StatusForbidden {
		t.Errorf("a reader adds: %d", w.Code)
	}
	id := string(*added.Items[0].Page)
	if w := v.ask(account.Admin, http.MethodDelete, "/v1/pages/"+id+"?reason=asked+for", ""); w.Code != http.StatusNoContent {
		t.Fatalf("remove: %d %s", w.Code, w.Body)
	}
	again := v.ask(account.Analyst, http.MethodPost, "/v1/documents", page)
	if err := json.Unmarshal(again.Body.Bytes(), &added); err != nil || added.Items[0].State != "failed" || added.Items[0].Reason == nil {
		t.Errorf("a removed page comes back: %s", again.Body)
	}
}

func TestBudget(t *testing.T) {
	v := open(t, api.Limits{Rate: 1, Burst: 3})
	for i := range 5 {
		w := v.ask(account.Reader, http.MethodGet, "/v1/status", "")
		if want := map[bool]int{true: http.StatusOK, false: http.StatusTooManyRequests}[i < 3]; w.Code != want {
			t.Errorf("request %d: %d", i, w.Code)
		}
		if w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
	}
	if w := v.ask(account.Admin, http.MethodGet, "/v1/status", ""); w.Code != http.StatusOK {
		t.Errorf("another's budget: %d", w.Code)
	}
}

func TestStream(t *testing.T) {
	v := open(t, fast)
	server := httptest.NewServer(v)
	defer server.Close()
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v1/changes/stream?cursor=0", nil)
	r.Header.Set("Authorization", "Bearer "+v.tokens[account.Reader])
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b := make([]byte, 2000)
	n, err := io.ReadAtLeast(answer.Body, b, 300)
	if err != nil || !strings.Contains(string(b[:n]), "event: changed") {
		t.Errorf("%v\n%s", err, b[:n])
	}
}

// TestCorrections holds that statements are shown as people corrected them, with the decisions that did
// so, and as they were read once those are undone.
func TestCorrections(t *testing.T) {
	v := open(t, fast)
	type statement struct {
		ID        string
		Content   []text.Span
		Speaker   *struct{ Name, Reason string }
		Decisions []string
	}
	var article string
	var read statement
	for _, a := range get[list[struct{ ID string }]](t, v, "/v1/articles?limit=100").Items {
		for _, s := range get[list[statement]](t, v, "/v1/articles/"+a.ID+"/statements").Items {
			if s.Speaker != nil && read.ID == "" && s.Content[0].Len() > 30 {
				article, read = a.ID, s
			}
		}
	}
	if read.ID == "" || read.Decisions != nil {
		t.Fatalf("no statement to correct: %+v", read)
	}
	w := v.ask(account.Analyst, http.MethodPost, "/v1/decisions", `{"kind":"fix-speaker","object":"`+read.ID+`","value":"Somebody Unheard Of"}`)
	var made struct{ ID string }
	if err := json.Unmarshal(w.Body.Bytes(), &made); err != nil || made.ID == "" {
		t.Fatalf("%d %v %.300s", w.Code, err, w.Body)
	}
	var again struct{ ID string }
	if w := v.ask(account.Analyst, http.MethodPost, "/v1/decisions", `{"kind":"fix-speaker","object":"`+read.ID+`","value":"Somebody Unheard Of"}`); json.Unmarshal(w.Body.Bytes(), &again) != nil || again.ID != made.ID {
		t.Errorf("the same decision once more is %s, not %s", again.ID, made.ID)
	}
	checked := func() string {
		words := read.Content[0].Of(get[struct{ Text string }](t, v, "/v1/articles/"+article).Text)
		asked, _ := json.Marshal(map[string]string{"quote": words, "speaker": "Somebody Unheard Of"})
		var found struct{ Speaker struct{ Name string } }
		if err := json.Unmarshal(v.ask(account.Reader, http.MethodPost, "/v1/quotes:check", string(asked)).Body.Bytes(), &found); err != nil {
			t.Error(err)
		}
		return found.Speaker.Name
	}
	shown := func() (all []statement) {
		all = append(all, get[struct{ Statement statement }](t, v, "/v1/statements/"+read.ID).Statement)
		for _, found := range [][]statement{
			get[struct{ Statements []statement }](t, v, "/v1/articles/"+article).Statements,
			get[list[statement]](t, v, "/v1/articles/"+article+"/statements").Items,
		} {
			for _, s := range found {
				if s.ID == read.ID {
					all = append(all, s)
				}
			}
		}
		return all
	}
	for _, s := range shown() {
		if s.Speaker == nil || s.Speaker.Name != "Somebody Unheard Of" || !strings.Contains(s.Speaker.Reason, made.ID) || len(s.Decisions) != 1 || s.Decisions[0] != made.ID {
			t.Errorf("corrected by %s: %+v, %+v", made.ID, s, s.Speaker)
		}
	}
	if who := checked(); who != "Somebody Unheard Of" {
		t.Errorf("the check of the quotation has it from %q", who)
	}
	if w := v.ask(account.Analyst, http.MethodDelete, "/v1/decisions/"+made.ID, ""); w.Code >= 300 {
		t.Fatalf("%d %.300s", w.Code, w.Body)
	}
	if who := checked(); who != read.Speaker.Name {
		t.Errorf("after the decision was undone the check has it from %q", who)
	}
	all := shown()
	for _, s := range all {
		if s.Speaker == nil || *s.Speaker != *read.Speaker || s.Decisions != nil {
			t.Errorf("after the decision was undone: %+v, %+v", s, s.Speaker)
		}
	}
	if len(all) != 3 {
		t.Errorf("it is shown in %d places", len(all))
	}
}
