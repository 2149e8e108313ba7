package cluster_test

import (
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"dateline/cluster"
	"dateline/news"
)

// A press invents a stream of articles: events of one to five reports over some days, every fifth
// report a copy that was cut, in words as rare as words are.
type press struct {
	random *rand.Rand
	words  *rand.Zipf
	open   []happening
	made   int
}

type happening struct {
	theme []uint64 // its own words
	last  string
	left  int
}

func newPress() *press {
	r := rand.New(rand.NewPCG(7, 11))
	return &press{random: r, words: rand.NewZipf(r, 1.1, 4, 200_000)}
}

func invent(n uint64) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	n = n*2654435761%(1<<31) + 1
	var b strings.Builder
	for ; n > 0; n /= 70 {
		b.WriteByte(consonants[n%14])
		b.WriteByte(vowels[n/14%5])
	}
	return b.String()
}

// next is the next article; perDay of them appear in a day.
func (p *press) next(length, perDay int) cluster.Record {
	for len(p.open) < perDay/4 {
		h := happening{left: 1 + p.random.IntN(5)}
		for range 12 {
			h.theme = append(h.theme, p.words.Uint64()+p.random.Uint64N(300_000))
		}
		p.open = append(p.open, h)
	}
	i := p.random.IntN(len(p.open))
	h := &p.open[i]
	outlet := p.random.IntN(60)
	var text string
	if h.last != "" && p.random.IntN(5) == 0 {
		text = h.last[:len(h.last)/4+p.random.IntN(len(h.last)/2)]
	} else {
		var b strings.Builder
		for w := range length {
			word := invent(p.words.Uint64())
			if w%5 == 2 {
				word = invent(h.theme[p.random.IntN(len(h.theme))])
				word = strings.ToUpper(word[:1]) + word[1:]
			}
			b.WriteString(word)
			if w%17 == 16 {
				b.WriteByte('.')
			}
			b.WriteByte(' ')
		}
		text = b.String()
		h.last = text
	}
	title := invent(h.theme[0]) + " " + invent(h.theme[1]) + " " + invent(h.theme[2]) + " " + invent(p.words.Uint64())
	r := article("g"+strconv.Itoa(p.made), title, text, "outlet "+strconv.Itoa(outlet), news.At(news.Day(2031, time.January, 1+p.made/perDay)))
	p.made++
	if h.left--; h.left <= 0 {
		p.open[i] = p.open[len(p.open)-1]
		p.open = p.open[:len(p.open)-1]
	}
	return r
}

// TestGrowth holds that memory is bounded however many articles were placed, and logs what an
// article costs when few are stored and when many are. DATELINE_LONG places a million.
func TestGrowth(t *testing.T) {
	if testing.Short() {
		t.Skipf("%s: skipped: short", t.Name())
	}
	stored := 24_000
	if os.Getenv("DATELINE_LONG") != "" {
		stored = 1_000_000
	}
	const sample, length, perDay = 2_000, 120, 4_000
	g, p := cluster.New(), newPress()
	look := func() (perSecond float64, heap uint64) {
		var records []cluster.Record
		for range sample {
			records = append(records, p.next(length, perDay))
		}
		before, _ := used()
		for _, r := range records {
			g.Add(r)
		}
		after, _ := used()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		runtime.KeepAlive(g)
		return sample / (after - before).Seconds(), m.HeapAlloc
	}
	for p.made < 10_000-sample {
		g.Add(p.next(length, perDay))
	}
	early, _ := look()
	for p.made < 18_000 { // from here on the oldest are forgotten
		g.Add(p.next(length, perDay))
	}
	full, small := look()
	for p.made < stored-sample {
		g.Add(p.next(length, perDay))
	}
	late, big := look()
	_, resident := used()
	t.Logf("placed in a CPU second: %.0f at 10,000, %.0f at 20,000, %.0f at %d articles; heap %d MB, then %d MB; peak resident %d MB",
		early, full, late, p.made, small>>20, big>>20, resident>>20)
	if big > small+small/2 || big > 300<<20 {
		t.Errorf("the heap grew from %d to %d MB", small>>20, big>>20)
	}
}

// used is the processor time of the process so far, and the most memory that it ever had.
func used() (cpu time.Duration, resident int64) {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0, 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), u.Maxrss << 10 // kilobytes, on Linux
}
