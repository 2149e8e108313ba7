package item

import (
	"fmt"
	"testing"
	"time"

	"dateline/fetch/feed"
	"dateline/news"
)

// A memory keeps items as the store does.
type memory struct {
	items    []news.FeedItem
	keys     map[news.ItemKey]int
	identity string
	now      time.Time
}

func (m *memory) poll(items ...feed.Item) Verdict {
	if m.keys == nil {
		m.keys, m.now = map[news.ItemKey]int{}, time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	}
	m.now = m.now.Add(time.Hour)
	all := Candidates(&feed.Feed{Items: items})
	known := map[news.ItemKey]news.FeedItem{}
	for _, k := range Keys(all) {
		if n, ok := m.keys[k]; ok {
			known[k] = m.items[n]
		}
	}
	v := Judge(all, known, m.identity, m.now)
	m.identity = v.Identity
	keep := func(i news.FeedItem) {
		if i.N == 0 {
			m.items = append(m.items, i)
			i.N = int64(len(m.items))
		}
		m.items[i.N-1] = i
		for _, k := range i.Keys {
			if _, taken := m.keys[k]; !taken {
				m.keys[k] = int(i.N - 1)
			}
		}
		m.items[i.N-1].Keys = nil
	}
	for _, i := range v.Items {
		keep(i.Item)
	}
	for _, i := range v.Known {
		keep(i)
	}
	return v
}

func entry(id, link, title, text string, hour int) feed.Item {
	var i feed.Item
	i.ID, i.Link = id, link
	i.Title = feed.Text{Value: title, Type: "text/plain"}
	i.Summary = feed.Text{Value: text, Type: "text/html"}
	if hour > 0 {
		i.Published = feed.Date{Printed: fmt.Sprint(hour), Time: time.Date(2026, 3, 3, hour, 0, 0, 0, time.UTC)}
	}
	return i
}

const at = "https://courier.example/"

func TestIdentity(t *testing.T) {
	first := entry("1", at+"a", "Ferry", "It sails.", 9)
	for _, c := range []struct {
		name          string
		first, second []feed.Item
		new, changed  int
		identity      string
	}{
		{"the same again", []feed.Item{first}, []feed.Item{first}, 0, 0, ""},
		{"another ID, the same page and title", []feed.Item{first}, []feed.Item{entry("2", at+"a", "Ferry", "It sails.", 9)}, 0, 0, ""},
		{"another link, the same ID", []feed.Item{first}, []feed.Item{entry("1", at+"b", "Ferry", "It sails.", 9)}, 0, 0, ""},
		{"another title, link and text, the same ID and time", []feed.Item{first}, []feed.Item{entry("1", at+"b", "Ferry sinks", "It sank.", 9)}, 0, 1, ""},
		{"another date", []feed.Item{first}, []feed.Item{entry("1", at+"a", "Ferry", "It sails.", 11)}, 0, 0, ""},
		{"other words", []feed.Item{first}, []feed.Item{entry("1", at+"a", "Ferry", "It does not sail.", 9)}, 0, 1, ""},
		{"blanks are no words", []feed.Item{first}, []feed.Item{entry("1", at+"a", "Ferry", " It\n  sails. ", 9)}, 0, 0, ""},
		{"nothing of it stayed but the ID", []feed.Item{first}, []feed.Item{entry("1", at+"b", "Bridge", "It opens.", 12)}, 1, 0, ByURL},
		{"a live blog: new IDs on one page", []feed.Item{first}, []feed.Item{entry("2", at+"a", "Update", "Boats are out.", 10), first}, 1, 0, ""},
		{"a new item", []feed.Item{first}, []feed.Item{entry("2", at+"b", "Bridge", "It opens.", 10), first}, 1, 0, ""},
		{"no ID, tracking parameters", []feed.Item{entry("", at+"a?utm_source=x", "Ferry", "It sails.", 9)}, []feed.Item{entry("", at+"a?utm_source=y", "Ferry", "It sails.", 9)}, 0, 0, ""},
		{"no ID, a session in the link", []feed.Item{entry("", at+"a?sid=1", "Ferry", "It sails.", 9)}, []feed.Item{entry("", at+"a?sid=2", "Ferry", "It sails.", 9)}, 0, 0, ""},
		{"no ID, an AMP page", []feed.Item{entry("", at+"a", "Ferry", "It sails.", 9)}, []feed.Item{entry("", at+"a/amp/", "Ferry", "It sails.", 9)}, 0, 0, ""},
		{"no ID, articles by query", []feed.Item{entry("", at+"?id=1", "Ferry", "It sails.", 9)}, []feed.Item{entry("", at+"?id=2", "Bridge", "It opens.", 9)}, 1, 0, ""},
		{"http becomes https", []feed.Item{entry("http://courier.example/p/1", at+"a", "Ferry", "It sails.", 9)}, []feed.Item{entry("https://courier.example/p/1", at+"b", "Ferry", "It sails.", 9)}, 0, 0, ""},
		{"neither ID nor link", []feed.Item{entry("", "", "Ferry", "It sails.", 9)}, []feed.Item{entry("", "", "Ferry", "It sails.", 9), entry("", "", "Bridge", "It opens.", 9)}, 1, 0, ""},
		{"IDs made up anew", []feed.Item{entry("x1", at+"a", "A", "a", 9), entry("x2", at+"b", "B", "b", 9)}, []feed.Item{entry("y1", at+"a", "A", "a", 9), entry("y2", at+"b", "B", "b", 9), entry("y3", at+"c", "C", "c", 9)}, 1, 0, ByURL},
		{"one ID for all", []feed.Item{entry("x", at+"a", "A", "a", 9), entry("x", at+"b", "B", "b", 9)}, []feed.Item{entry("x", at+"a", "A", "a", 9), entry("x", at+"c", "C", "c", 9)}, 1, 0, ByURL},
		{"twice in one document", []feed.Item{first, first}, []feed.Item{first, first}, 0, 0, ""},
	} {
		m := &memory{}
		v := m.poll(c.first...)
		if v.Tally.Served != v.Tally.Stored+v.Tally.Duplicate+v.Tally.Rejected {
			t.Errorf("%s: first %+v", c.name, v.Tally)
		}
		v = m.poll(c.second...)
		changed := 0
		for _, i := range v.Items {
			if i.Changed {
				changed++
			}
		}
		if v.Tally.Stored != c.new || changed != c.changed || m.identity != c.identity || v.Tally.Served != v.Tally.Stored+v.Tally.Duplicate+v.Tally.Rejected {
			t.Errorf("%s: %+v, %d changed, identity %q (%s); want %d new, %d changed, %q", c.name, v.Tally, changed, m.identity, v.Why, c.new, c.changed, c.identity)
		}
		if v = m.poll(c.second...); v.Tally.Stored != 0 {
			t.Errorf("%s: a third poll brings %d new", c.name, v.Tally.Stored)
		}
	}
}

func TestNothingIsDropped(t *testing.T) {
	m := &memory{}
	v := m.poll(entry("1", at+"a", "Ferry", "", 0), feed.Item{}, entry("2", "javascript:alert(1)", "Bad link", "x", 0), entry("3", "", "", "Words alone", 99))
	if v.Tally.Served != 4 || v.Tally.Stored != 3 || v.Tally.Rejected != 1 || len(v.Rejects) != 1 {
		t.Errorf("%+v %v", v.Tally, v.Rejects)
	}
	if i := v.Items[1].Item; i.URL != "" || i.Unfetchable == "" {
		t.Errorf("%+v", i)
	}
	for _, i := range v.Items {
		if len(i.Flags) == 0 {
			t.Errorf("%s has no date, and no flag says so", i.Item.Title)
		}
	}
}
