package charset

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

func rss(title string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>` + title + `</title></channel></rss>`
}

func TestGuess(t *testing.T) {
	for _, c := range []struct {
		text string
		e    encoding.Encoding
	}{
		{"В порту Альба после паводка снова открыт мост, сообщила мэр", charmap.Windows1251},
		{"В порту Альба после паводка снова открыт мост, сообщила мэр", charmap.KOI8R},
		{"Η γέφυρα στο λιμάνι άνοιξε ξανά μετά την πλημμύρα, είπε η δήμαρχος", charmap.Windows1253},
		{"הגשר בנמל נפתח מחדש לאחר השיטפון, אמרה ראש העיר", charmap.Windows1255},
		{"أعيد فتح الجسر في الميناء بعد الفيضان بحسب رئيسة البلدية", charmap.Windows1256},
		{"สะพานที่ท่าเรือเปิดอีกครั้งหลังน้ำท่วม นายกเทศมนตรีกล่าว", charmap.Windows874},
		{"洪水のあと、港の橋が再び開通したと市長が述べた", japanese.ShiftJIS},
		{"洪水のあと、港の橋が再び開通したと市長が述べた", japanese.EUCJP},
		{"홍수 이후 항구의 다리가 다시 열렸다고 시장이 말했다", korean.EUCKR},
		{"市长说，洪水过后港口的大桥重新开放，这是两个月来的第一次", simplifiedchinese.GBK},
		{"市長說，洪水過後港口的大橋重新開放，這是兩個月來的第一次", traditionalchinese.Big5},
		{"Le pont du port a été rouvert après la crue, a déclaré la maire à midi; c'était prévu", charmap.Windows1252},
		{"Die Brücke im Hafen ist nach dem Hochwasser für Fußgänger wieder geöffnet, so die Bürgermeisterin", charmap.Windows1252},
		{"El puente del puerto reabrió ayer después de la inundación, según la alcaldesa de la región", charmap.Windows1252},
		{"Bron är åter öppen efter översvämningen, säger borgmästaren på sjön", charmap.Windows1252},
		{"The mayor\u2019s plan \u2013 \u201cno ferry\u201d \u2013 cost \u00a34 million", charmap.Windows1252},
	} {
		raw, err := c.e.NewEncoder().Bytes([]byte(rss(c.text)))
		if err != nil {
			t.Fatal(c.text, err)
		}
		got := Decode(raw, "")
		if !strings.Contains(string(got.UTF8), c.text) {
			t.Errorf("%q was read in %s: %s", c.text, got.Label, got.UTF8[30:])
		}
		if len(got.Flags) == 0 || got.Flags[0].Name != "charset-repaired" {
			t.Errorf("%q: a guess without a flag: %v", c.text, got.Flags)
		}
	}
}

func TestWide(t *testing.T) {
	text := rss("Łódź \u2013 橋 \U0001F309")
	for _, size := range []int{2, 4} {
		for _, little := range []bool{false, true} {
			for _, mark := range []string{"", "\ufeff"} {
				var raw []byte
				put := func(v uint32) {
					for i := range size {
						shift := 8 * (size - 1 - i)
						if little {
							shift = 8 * i
						}
						raw = append(raw, byte(v>>shift))
					}
				}
				for _, r := range mark + text {
					if size == 4 {
						put(uint32(r))
						continue
					}
					for _, u := range utf16.AppendRune(nil, r) {
						put(uint32(u))
					}
				}
				if got := Decode(raw, "text/xml; charset=iso-8859-1"); string(got.UTF8) != text || len(got.Flags) > 0 {
					t.Errorf("UTF-%d, little %v, mark %v: read in %s as %q, %v", 8*size, little, mark != "", got.Label, got.UTF8, got.Flags)
				}
			}
		}
	}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct{ name, raw, contentType, want, flag string }{
		{"valid UTF-8 whatever is declared", `<?xml version="1.0" encoding="windows-1251"?><a>мост</a>`, "", "<a>мост</a>", "charset-repaired"},
		{"the header before the declaration", "<?xml version=\"1.0\" encoding=\"utf-8\"?><a>caf\xe9</a>", "text/xml; charset=iso-8859-1", "<a>café</a>", ""},
		{"the declaration", "<?xml version='1.0' encoding='koi8-r'?><a>\xcd\xcf\xd3\xd4</a>", "", "<a>мост</a>", ""},
		{"mostly UTF-8", "<a>caf\xc3\xa9 und Stra\xc3\x9fe, \xff</a>", "", "<a>café und Straße, \ufffd</a>", "charset-replaced"},
		{"UTF-7 is never decoded", `<?xml version="1.0" encoding="UTF-7"?><a>+ADw-script+AD4-</a>`, "", "<a>+ADw-script+AD4-</a>", ""},
		{"control bytes", "<a>a\x00b\x1b[31mc\x7f\u009b\ufffe\u2019</a>", "", "<a>ab[31mc\u203a\u2019</a>", ""},
		{"ISO-2022-JP", "<?xml version=\"1.0\" encoding=\"iso-2022-jp\"?><a>\x1b$B66\x1b(B</a>", "", "<a>橋</a>", ""},
	} {
		got := Decode([]byte(c.raw), c.contentType)
		if !strings.HasSuffix(string(got.UTF8), c.want) {
			t.Errorf("%s: %q in %s, want %q", c.name, got.UTF8, got.Label, c.want)
		}
		if c.flag == "" && len(got.Flags) > 0 || c.flag != "" && (len(got.Flags) == 0 || got.Flags[0].Name != c.flag) {
			t.Errorf("%s: flags %v, want %q", c.name, got.Flags, c.flag)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\xff\xfe<\x00"), "text/xml; charset=utf-16")
	f.Add([]byte("<?xml version=\"1.0\" encoding=\"big5\"?>\xa4\xa4"), "")
	f.Add([]byte("\x00\x00\x00<\xff\xff\xff\xff"), "x;charset=")
	f.Fuzz(func(t *testing.T, raw []byte, contentType string) {
		got := Decode(raw, contentType)
		if !utf8.Valid(got.UTF8) {
			t.Fatalf("%q is not UTF-8", got.UTF8)
		}
		if again := clean(got.UTF8); !bytes.Equal(again, got.UTF8) {
			t.Fatalf("%q is not clean", got.UTF8)
		}
		if len(got.UTF8) > 4*len(raw)+16 {
			t.Fatalf("%d bytes became %d", len(raw), len(got.UTF8))
		}
	})
}
