package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"dateline/cmd/dateline/service"
	"dateline/doctor"
	"dateline/news"
	"dateline/store"
	"dateline/store/invent"
)

func TestLoopback(t *testing.T) {
	for address, ok := range map[string]bool{
		"127.0.0.1:80": true, "localhost:80": true, "[::1]:80": true, "127.8.8.8:0": true,
		"0.0.0.0:80": false, ":80": false, "[::]:80": false, "192.0.2.1:80": false, "alba.example:80": false, "80": false, "": false,
	} {
		if local, err := service.Loopback(address); local != ok || err != nil && ok {
			t.Errorf("%q: %v, %v", address, local, err)
		}
	}
}

// A place is a page of the demo's record that tests look at.
type place struct{ name, path string }

// places are every page there is, over the demo's record.
func places(t *testing.T, s served) []place {
	t.Helper()
	ctx := t.Context()
	stories, err := s.store.Recent(ctx, time.Time{}, 0, 1)
	if err != nil || len(stories) != 1 {
		t.Fatal(stories, err)
	}
	d, err := s.store.Dossier(ctx, stories[0], time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	all := []place{
		{"today", "/"}, {"story", "/story/" + string(d.Story.ID)}, {"as-of", "/story/" + string(d.Story.ID) + "?as-of=" + time.Now().UTC().Format(time.DateOnly)},
		{"add", "/add"}, {"sources", "/sources"}, {"status", "/status"}, {"help", "/help"}, {"trouble", "/nothing"},
		{"brief", "/story/" + string(d.Story.ID) + "/brief"}, {"search", "/search?q=exemption"}, {"decisions", "/decisions"},
		{"check", "/check?q=" + url.QueryEscape("no exemptions of any kind while the bridge is being built")},
	}
	seen := map[string]bool{}
	put := func(name, path string) {
		if !seen[name] {
			seen[name] = true
			all = append(all, place{name, path})
		}
	}
	for _, e := range d.Entries {
		if e.Kind == news.Change {
			put("why-change", "/why/"+string(e.ID))
			put("actor", "/actor/"+string(e.Actor.Entity))
			put("issue", "/issue/"+string(e.Issue.ID)+"?story="+string(d.Story.ID))
			put("why-statement", "/why/"+string(e.Statements[0]))
			put("article", "/article/"+string(e.Quotes[0].Article))
			put("outlet", "/outlet?name="+url.QueryEscape(d.Heads[e.Quotes[0].Article].Outlet))
			evidence, err := s.store.Why(ctx, string(e.Statements[0]))
			if err != nil {
				t.Fatal(err)
			}
			part := evidence.Evidence[0].Parts[0].Original
			put("bytes", fmt.Sprintf("/bytes/%s?from=%d&to=%d", evidence.Evidence[0].Revision.ID, part.Start, part.End))
			put("raw", "/raw/"+string(evidence.Evidence[0].Revision.ID))
		}
	}
	if !seen["article"] {
		t.Fatal("no change of position in the demo's record")
	}
	return all
}

// addText adds a text under an address and waits until it is read.
func addText(t *testing.T, s served, address, words string) news.Added {
	t.Helper()
	added, err := s.in.Add(t.Context(), news.Page{Name: address, URL: address, MediaType: "text/html", Fetched: time.Date(2031, 5, 3, 10, 0, 0, 0, time.UTC), Body: []byte(words)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if taken, err := s.in.Settled(ctx, added.Revision); err != nil || !taken.Done {
		t.Fatal(taken, err)
	}
	return added
}

// revised adds a page in two revisions and returns its article.
func revised(t *testing.T, s served) string {
	t.Helper()
	const form = `<html><head><title>The bridge opens in %[1]s</title></head><body><article><h1>The bridge opens in %[1]s</h1>
		<p>PORT ALBA, May 3 - "The bridge opens in %[1]s," said Mayor Ana Ruiz on Monday. The city paid for it over nine years and will go on paying.</p>
		<p>"Nobody will pay a toll," she said. The ferry will be kept until the end of the year, the harbour office said in a statement.</p></article></body></html>`
	addText(t, s, "https://alba.example/bridge", fmt.Sprintf(form, "May"))
	added := addText(t, s, "https://alba.example/bridge", fmt.Sprintf(form, "June"))
	taken, err := s.in.Settled(t.Context(), added.Revision)
	if err != nil || len(taken.Articles) == 0 {
		t.Fatal(taken, err)
	}
	return string(taken.Articles[0])
}

// TestPages looks at every page in a browser: light and dark, wide and phone. Pictures go to the
// folder that DATELINE_SHOTS names. No error on the console, no request to another host, nothing
// wider than the screen, no barrier that axe-core finds.
func TestPages(t *testing.T) {
	b := openBrowser(t)
	s := serveFolder(t, demoRecord(t), nil)
	all := append(places(t, s), place{"revisions", "/article/" + revised(t, s) + "/revisions"})
	shots := os.Getenv("DATELINE_SHOTS")
	barriers := axe(t)
	host := strings.TrimPrefix(s.URL, "http://")
	for _, theme := range []string{"light", "dark"} {
		for _, screen := range []struct {
			name          string
			width, height int64
		}{{"wide", 1280, 900}, {"phone", 390, 844}} {
			b.theme(theme)
			b.size(screen.width, screen.height)
			for _, p := range all {
				name := fmt.Sprintf("%s-%s-%s", p.name, theme, screen.name)
				b.do(chromedp.Navigate(s.URL + p.path))
				if shots != "" {
					b.shot(filepath.Join(shots, name+".png"), 4000)
				}
				if p.name == "raw" {
					continue
				}
				if over := valueOf[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
					t.Errorf("%s is %d pixels wider than the screen", name, over)
				}
				if barriers != "" {
					valueOf[bool](b, barriers+"; true")
					found := valueOf[[]string](b, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r =>
						r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary.split("\n").slice(1).join(" "))))`)
					for i, f := range found {
						if i < 6 {
							t.Errorf("%s: %s", name, f)
						}
					}
				}
			}
		}
	}
	b.clean(host)
}

// A hand is how somebody uses a page.
type hand interface {
	follow(b *browser, selector string)      // a link, a button, something folded
	write(b *browser, selector, text string) // into a field, in place of what is there
}

// A mouse points and clicks; a finger taps.
type mouse struct{ finger bool }

func (m mouse) follow(b *browser, selector string) {
	b.t.Helper()
	b.do(chromedp.WaitVisible(selector), chromedp.ScrollIntoView(selector))
	if m.finger {
		b.do(chromedp.Tap(selector))
	} else {
		b.do(chromedp.Click(selector))
	}
}

func (m mouse) write(b *browser, selector, text string) {
	b.t.Helper()
	m.follow(b, selector)
	overwrite(b, text)
}

// overwrite writes in place of what is in the field that has the focus.
func overwrite(b *browser, text string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.KeyEvent(text))
}

// A keyboard goes from one thing to the next with the tabulator.
type keyboard struct{}

func (keyboard) reach(b *browser, selector string) {
	b.t.Helper()
	for range 600 {
		b.do(chromedp.KeyEvent(kb.Tab))
		if valueOf[bool](b, fmt.Sprintf("document.activeElement === document.querySelector(%q)", selector)) {
			return
		}
	}
	b.t.Fatalf("the tabulator does not reach %s at %s", selector, b.where())
}

func (k keyboard) follow(b *browser, selector string) {
	b.t.Helper()
	k.reach(b, selector)
	b.do(chromedp.KeyEvent(kb.Enter))
}

func (k keyboard) write(b *browser, selector, text string) {
	b.t.Helper()
	k.reach(b, selector)
	overwrite(b, text)
}

// TestWalk does what somebody does on a first visit: find a story, read who changed position,
// follow it to the bytes, check a quotation, correct a speaker and undo it. By mouse, by keys
// alone, and with a finger on a phone.
func TestWalk(t *testing.T) {
	record := demoRecord(t)
	for _, c := range []struct {
		name          string
		hand          hand
		width, height int64
	}{{"mouse", mouse{}, 1280, 900}, {"keyboard", keyboard{}, 1280, 900}, {"phone", mouse{finger: true}, 390, 844}} {
		t.Run(c.name, func(t *testing.T) {
			b := openBrowser(t)
			dir := filepath.Join(t.TempDir(), "data")
			if err := os.CopyFS(dir, os.DirFS(record)); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			s := serveFolder(t, dir, nil)
			b.size(c.width, c.height)
			walk(t, b, s, c.hand)
			b.clean(strings.TrimPrefix(s.URL, "http://"))
		})
	}
}

func walk(t *testing.T, b *browser, s served, h hand) {
	b.theme("light") // and nothing glides: what moves is missed by a click
	b.do(chromedp.Navigate(s.URL))

	// A story, and who changed position in it.
	h.follow(b, ".stories h2 a")
	// The brief comes after the page and moves what stands below it, but for those without scripts.
	b.until("the story", `!!document.querySelector(".block.change a[href^='#l']") && (typeof htmx === "undefined" || !document.querySelector("[hx-trigger='load']"))`)
	h.follow(b, ".block.change a[href^='#l']")
	b.until("the change", `!!document.querySelector("article.turn:target")`)
	quote := valueOf[string](b, `document.querySelector("article.turn:target .later blockquote").textContent`)

	// Down to the bytes, whose hash is that of the page that is served as stored.
	h.follow(b, "article.turn:target footer a[data-why]")
	b.until("the way down", `!!document.querySelector(".steps .hash")`)
	h.follow(b, ".steps a[href^='/bytes/']")
	b.until("the bytes", `document.querySelector("mark#here")?.textContent.length > 0`)
	shown := valueOf[string](b, `document.querySelector(".hash").textContent`)
	raw := valueOf[string](b, `document.querySelector("main a[href^='/raw/']").getAttribute("href")`)
	response, err := http.Get(s.URL + raw)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != shown {
		t.Errorf("the page as stored has the SHA-256 %x, and the page of its bytes shows %s", sum, shown)
	}

	// Did they really say that?
	h.follow(b, ".frame nav a[href^='/check']")
	b.until("the check", `!!document.querySelector("h1")?.textContent.includes("really say")`)
	if valueOf[bool](b, `!!document.querySelector("main textarea")`) {
		h.write(b, "main textarea", strings.ReplaceAll(quote, "\n", " "))
		h.follow(b, "main form button")
		b.until("the verdict", `!!document.querySelector("#verdict")`)
		if v := valueOf[string](b, `document.querySelector("#verdict").textContent`); !strings.HasPrefix(v, "Yes") {
			t.Errorf("of the quotation %q, taken from the record, the check says %q", quote, v)
		}
	} else {
		t.Log("SKIPPED: this record cannot check quotations")
	}

	// Correct who said it, and take that back.
	h.follow(b, ".frame nav a[href^='/search']")
	b.until("the search", `!!document.querySelector("main input[name=q]")`)
	h.write(b, "main input[name=q]", "exemption")
	h.follow(b, "main form button")
	b.until("hits", `!!document.querySelector("main a[data-why]")`)
	h.follow(b, "main a[data-why]")
	b.until("the line", `!!document.querySelector(".desk summary")`)
	before := valueOf[string](b, `document.querySelector("input[name=value]").value`)
	h.follow(b, ".desk summary")
	h.write(b, "form[action='/decide'] input[name=value]", "Ana Ruiz")
	h.follow(b, "form[action='/decide'] button")
	b.until("the decision", `document.querySelector(".decided")?.textContent.includes("It was said by Ana Ruiz")`)
	if rows := valueOf[string](b, `document.querySelector(".steps").textContent`); !strings.Contains(rows, "Ana Ruiz") {
		t.Error("no line of the ledger follows the correction")
	}
	h.follow(b, ".decided button")
	b.until("the undoing", `document.querySelector(".decided")?.textContent.includes("undone")`)
	if rows := valueOf[string](b, `[...document.querySelectorAll(".steps .speaker")].map(e => e.textContent).join("; ")`); strings.Contains(rows, "Ana Ruiz") {
		t.Errorf("lines still follow the correction that was undone (before it: %q): %s", before, rows)
	}
}

// TestKeys holds what single keys do, and that they can be switched off.
func TestKeys(t *testing.T) {
	b := openBrowser(t)
	s := serveFolder(t, demoRecord(t), nil)
	b.size(1280, 900)
	b.do(chromedp.Navigate(s.URL), chromedp.KeyEvent("?"))
	b.until("the help sheet", `document.querySelector("#keys").open`)
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until("no help sheet", `!document.querySelector("#keys").open`)
	b.do(chromedp.KeyEvent("j"))
	b.until("the first story pointed at", `document.activeElement.matches(".stories h2 a")`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until("the story", `location.pathname.startsWith("/story/") && document.readyState === "complete"`)
	for range 4 {
		b.do(chromedp.KeyEvent("j"))
	}
	b.until("a thing pointed at", `!!document.querySelector(".here")`)
	b.do(chromedp.KeyEvent("w"))
	b.until("why", `location.pathname.startsWith("/why/") && document.readyState === "complete"`)
	b.do(chromedp.KeyEvent("g"), chromedp.KeyEvent("c"))
	b.until("the check", `location.pathname === "/check"`)
	valueOf[bool](b, `localStorage.setItem("dateline-keys-off", "1"); true`)
	b.do(chromedp.Navigate(s.URL), chromedp.KeyEvent("?"))
	if valueOf[bool](b, `document.querySelector("#keys").open`) {
		t.Error("keys that are switched off do something")
	}

	// Words that are marked in an article go into the form for a note, without the numbers between them.
	for _, p := range places(t, s) {
		if p.name == "article" {
			b.do(chromedp.Navigate(s.URL + p.path))
		}
	}
	marked := valueOf[string](b, `(() => {
		const p = [...document.querySelectorAll(".copy p")].find(p => p.querySelector(".ref") && !p.matches(".other"));
		getSelection().selectAllChildren(p);
		const copy = p.cloneNode(true);
		copy.querySelectorAll(".ref, .kind").forEach(e => e.remove());
		return copy.textContent.trim();
	})()`)
	b.until("the button for those without keys", `[...document.querySelectorAll("button.toast")].some(e => !e.hidden)`)
	valueOf[bool](b, `localStorage.removeItem("dateline-keys-off"); true`)
	b.do(chromedp.Click("button.toast"))
	b.until("the form with the words", `document.querySelector("#note").open && document.activeElement.id === "note-value"`)
	if got := valueOf[string](b, `document.querySelector("#note-words").value`); got != marked {
		t.Errorf("the words for the note are %q, not %q", got, marked)
	}

	// The timeline: zoom by key, and back.
	b.do(chromedp.Navigate(s.URL+"/"), chromedp.Click(".stories h2 a"))
	b.until("the timeline", `!!document.querySelector("[data-timeline] button")`)
	places := `[...document.querySelectorAll("[data-timeline] svg[data-time]")].map(e => e.getAttribute("x")).join()`
	at := valueOf[string](b, `document.querySelector("[data-timeline] > svg").focus(); document.querySelector("[data-timeline] button[aria-label='Show all']").click(); `+places)
	b.do(chromedp.KeyEvent("+"))
	if valueOf[string](b, places) == at {
		t.Error("the key + does not zoom the timeline")
	}
	b.do(chromedp.KeyEvent("0"))
	if valueOf[string](b, places) != at {
		t.Error("the key 0 does not show all of the timeline again")
	}
	b.clean(strings.TrimPrefix(s.URL, "http://"))
}

// TestScriptsOff holds that every page reads, and every form works, without scripts.
func TestScriptsOff(t *testing.T) {
	b := openBrowser(t)
	s := serveFolder(t, demoRecord(t), nil)
	b.size(1280, 900)
	b.scripts(false)
	client := http.Client{Timeout: 30 * time.Second}
	for _, p := range places(t, s) {
		if p.name == "raw" {
			continue
		}
		b.do(chromedp.Navigate(s.URL+p.path), chromedp.WaitVisible("main h1"))
		// What is said on the page is there as it comes, before any script.
		r, err := client.Get(s.URL + p.path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || !strings.Contains(string(body), "<h1") {
			t.Errorf("%s has no heading without scripts: %v", p.name, err)
		}
	}
	walk(t, b, s, mouse{})

	// The form by which a text is added, the filter of a ledger, the date picker.
	b.do(chromedp.Navigate(s.URL+"/add"), chromedp.SendKeys("#text", `PORT ALBA, May 3 - "The bridge opens in May," said Mayor Ana Ruiz.`), chromedp.Click("form:has(#text) button"), chromedp.WaitVisible("main a[href^='/article/']"))
	b.do(chromedp.Click("main a[href^='/article/']"), chromedp.WaitVisible(".card"))
}

// TestDesk corrects what no rule can know, by mouse, by keys alone, with a finger and without scripts:
// a note on some words, what exactly was said, and where an article belongs; and takes each back.
func TestDesk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	for _, c := range []struct {
		name    string
		hand    hand
		width   int64
		scripts bool
	}{{"mouse", mouse{}, 1280, true}, {"keyboard", keyboard{}, 1280, true}, {"phone", mouse{finger: true}, 390, true}, {"no scripts", mouse{}, 1280, false}} {
		t.Run(c.name, func(t *testing.T) {
			b := openBrowser(t)
			s := serveFolder(t, filepath.Join(dir, c.name), nil)
			id := revised(t, s)
			addText(t, s, "https://alba.example/bridge-again", `<html><head><title>The bridge opens in June</title></head><body><article><h1>The bridge opens in June</h1>
				<p>PORT ALBA, May 3 - "The bridge opens in June," said Mayor Ana Ruiz on Monday. The city paid for it over nine years and will go on paying.</p>
				<p>The harbour office of the city of Port Alba put out a second statement on the bridge that opens in June.</p></article></body></html>`)
			b.theme("light") // and nothing glides: what moves is missed by a click
			b.size(c.width, 900)
			b.scripts(c.scripts)
			desk(t, b, s, c.hand, id)
			b.clean(strings.TrimPrefix(s.URL, "http://"))
		})
	}
}

func desk(t *testing.T, b *browser, s served, h hand, id string) {
	page := s.URL + "/article/" + id
	decided := `[...document.querySelectorAll(".decided")].map(e => e.textContent).join("; ")`

	// A note on some words, which are then marked in the text.
	b.do(chromedp.Navigate(page))
	h.follow(b, "#note summary")
	h.write(b, "#note-words", "over nine years")
	h.write(b, "#note-value", "ask the treasurer")
	h.follow(b, "#note form button")
	b.until("the note", `document.querySelector(".copy .noted")?.textContent === "over nine years"`)
	if got := valueOf[string](b, decided); !strings.Contains(got, "ask the treasurer") {
		t.Errorf("the note is not in the list: %s", got)
	}
	h.follow(b, ".decided button")
	b.until("the note undone", `!document.querySelector(".copy .noted") && document.querySelector(".decided")?.textContent.includes("undone")`)

	// What exactly was said: the words change in the article, the line of the ledger, and the bytes.
	h.follow(b, ".card a[href*='#correct-']")
	b.until("the line", `location.pathname.startsWith("/why/") && !!document.querySelector(".desk summary")`)
	if !valueOf[bool](b, `document.querySelector(".desk details").open`) {
		h.follow(b, ".desk summary")
	}
	h.write(b, ".desk textarea[name=value]", "The bridge opens")
	h.follow(b, ".desk form:has(textarea) button")
	b.until("the words", `document.querySelector(".decided")?.textContent.includes("What was said is “The bridge opens”")`)
	if got := valueOf[string](b, `document.querySelector(".proof mark").textContent`); got != "The bridge opens" {
		t.Errorf("the words that are marked are %q", got)
	}
	if got := valueOf[string](b, `document.querySelector("pre").textContent`); got != "The bridge opens" {
		t.Errorf("the bytes that are shown are %q", got)
	}
	if got := valueOf[string](b, `document.querySelector(".steps").textContent`); !strings.Contains(got, "The lines that rest on it") {
		t.Errorf("no line rests on it: %s", got)
	}
	if report, err := doctor.Check(t.Context(), rebuilding{s.store}, true); err != nil || len(report.Findings) > 0 {
		t.Errorf("doctor finds %+v, %v", report.Findings, err)
	}
	b.do(chromedp.Navigate(page))
	if got := valueOf[string](b, `document.querySelector(".copy .content")?.textContent + "|" + document.querySelector(".card .chip.done")?.textContent`); got != "The bridge opens|corrected by a person" {
		t.Errorf("the article shows %q", got)
	}
	h.follow(b, ".card a[href*='#correct-']")
	b.until("the line again", `location.pathname.startsWith("/why/") && !!document.querySelector(".decided button")`)
	h.follow(b, ".decided button")
	b.until("the words as they were read", `document.querySelector(".proof mark")?.textContent.includes("in June") && document.querySelector(".decided").textContent.includes("undone")`)

	// An article out of its event, and the events together again.
	b.do(chromedp.Navigate(page))
	h.follow(b, "#move summary")
	h.follow(b, "#move form button")
	b.until("the move", `document.querySelector("#desk .decided")?.textContent.includes("another event")`)
	if !valueOf[bool](b, `!!document.querySelector(".story-head a[href^='/story/']")`) {
		t.Fatal("the article stands in no story")
	}
	h.follow(b, ".story-head a[href^='/story/']")
	b.until("the story", `location.pathname.startsWith("/story/") && document.querySelectorAll("section.event").length === 2`)
	if !valueOf[bool](b, `document.querySelector("#regroup").open`) {
		t.Error("what was decided about the grouping is folded away")
	}
	b.do(chromedp.SetValue("#g-into", valueOf[string](b, `document.querySelector("#g-into option:last-child").value`)))
	h.follow(b, "#regroup form:has(#g-into) button")
	b.until("one event", `document.querySelectorAll("section.event").length === 1 && document.querySelectorAll("#regroup .decided").length === 2`)
	h.follow(b, "#regroup .decided button")
	b.until("two events again", `document.querySelectorAll("section.event").length === 2`)

	// What cannot be is said in words.
	b.do(chromedp.Navigate(page))
	h.follow(b, "#note summary")
	h.write(b, "#note-words", "words that stand nowhere")
	h.write(b, "#note-value", "a note")
	h.follow(b, "#note form button")
	b.until("the refusal", `document.querySelector("h1").textContent === "That did not work"`)
	if got := valueOf[string](b, `document.querySelector("main").textContent`); !strings.Contains(got, "words that stand in it") || strings.Contains(got, "decide note") {
		t.Errorf("the refusal is not in words for people: %s", got)
	}
}

// largeStory is a folder with one story of so many invented articles.
func largeStory(t *testing.T, articles int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	s, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var all []store.Complete
	var whole news.Placement
	for item := range invent.Archive(7, articles, 300) {
		c := store.Complete(item)
		if c.Placement != nil {
			for _, y := range c.Placement.Stories {
				if len(whole.Stories) == 0 {
					whole.Stories = []news.Story{{ID: y.ID, Name: y.Name}}
				}
				whole.Stories[0].Events = append(whole.Stories[0].Events, y.Events...)
			}
			whole.Entries = append(whole.Entries, c.Placement.Entries...)
			c.Placement = nil
		}
		all = append(all, c)
	}
	for i := range whole.Entries {
		whole.Entries[i].Story = whole.Stories[0].ID
	}
	all[len(all)-1].Placement = &whole
	for len(all) > 0 {
		n := min(500, len(all))
		if err := s.AddComplete(t.Context(), all[:n]); err != nil {
			t.Fatal(err)
		}
		all = all[n:]
	}
	t.Logf("%d events, %d ledger rows", len(whole.Stories[0].Events), len(whole.Entries))
	return dir
}

// TestLargeStory opens a story of 2,000 articles in the browser. The time is told, and is a fault
// only where it cannot be the machine's: the bar of 300 ms is for one that does nothing else.
func TestLargeStory(t *testing.T) {
	b := openBrowser(t)
	s := serveFolder(t, largeStory(t, 2000), nil)
	stories, err := s.store.Recent(t.Context(), time.Time{}, 0, 1)
	if err != nil || len(stories) != 1 {
		t.Fatal(stories, err)
	}
	for i := range 4 {
		b.mu.Lock()
		b.received = 0
		b.mu.Unlock()
		b.do(chromedp.Navigate(s.URL + "/story/" + string(stories[0])))
		took := valueOf[float64](b, `performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd`)
		server := valueOf[float64](b, `performance.getEntriesByType("navigation")[0].responseEnd`)
		t.Logf("visit %d: open after %.0f ms, answered after %.0f ms, %.0f KB over the wire", i+1, took, server, b.received/1000)
		if took > 10_000 {
			t.Errorf("a story of 2,000 articles opens after %.0f ms", took)
		}
	}
	b.clean(strings.TrimPrefix(s.URL, "http://"))
}

// TestFirstVisit holds that a first visit brings less than 150 KB over the wire, fonts and scripts
// and all.
func TestFirstVisit(t *testing.T) {
	b := openBrowser(t)
	s := serveFolder(t, demoRecord(t), nil)
	for _, p := range places(t, s) {
		if p.name != "today" && p.name != "story" {
			continue
		}
		b.do(func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
			_, err := chromedp.Call(ctx, network.ClearBrowserCache, cdp.Empty{})
			return chromedp.Void{}, err
		})
		b.mu.Lock()
		b.received = 0
		b.mu.Unlock()
		b.do(chromedp.Navigate(s.URL+p.path), chromedp.Sleep(time.Second))
		b.mu.Lock()
		received := b.received
		b.mu.Unlock()
		t.Logf("%s: %.0f KB", p.name, received/1000)
		if received < 1000 || received > 150_000 {
			t.Errorf("%s brings %.0f bytes over the wire on a first visit", p.name, received)
		}
	}
}
