package text_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/text"
)

// draw writes quotations as their inner text, a letter for the style, its depth, and what is
// wrong with it.
func draw(t string, found []text.Quotation) string {
	var b []string
	for _, q := range found {
		s := fmt.Sprintf("%c%d<%s>", q.Style[0], q.Depth, q.Inner.Of(t))
		if !q.Opened {
			s += " unopened"
		}
		if !q.Closed && !q.Continues {
			s += " unclosed"
		}
		if q.Continues {
			s += " continues"
		}
		b = append(b, s)
	}
	return strings.Join(b, " | ")
}

func TestQuotations(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"straight marks", `"It opens," said Ruiz. "In May."`, "d0<It opens,> | d0<In May.>"},
		{"curly marks", "“It opens,” said Ruiz.", "d0<It opens,>"},
		{"a straight mark closed by a curly one", "\"It opens,” said Ruiz. “In May.\"", "d0<It opens,> | d0<In May.>"},
		{"British single marks round apostrophes", "'We don't know the council's plan,' he said, 'and won't ask.'", "s0<We don't know the council's plan,> | s0<and won't ask.>"},
		{"a plural's apostrophe is no mark", "He took the leaders' plan and the voters' trust.", ""},
		{"a plural's apostrophe inside a quotation", "'The leaders' plan failed,' she said.", "s0<The leaders' plan failed,>"},
		{"a quotation that ends with a plural", "He promised 'no new taxes' and left the leaders' room.", "s0<no new taxes>"},
		{"words that an apostrophe shortens", "Let 'em go back to the '90s, 'til May.", ""},
		{"a clitic that has come off its word", "Norway 's king called it 'a good day' in Oslo.", "s0<a good day>"},
		{"a single mark nothing closes is an apostrophe", "He was 'sure of it and left.", ""},
		{"curly single marks", "‘It’s the mayor’s bridge,’ he said.", "s0<It’s the mayor’s bridge,>"},
		{"curly opened, straight closed", "A gift: ‘Exit through the shop'", "s0<Exit through the shop>"},
		{"nested", "“He said ‘never’ to me,” she said.", "d0<He said ‘never’ to me,> | s1<never>"},
		{"nested in the same marks", `He wrote "the "great" bridge" twice.`, `d0<the "great" bridge> | d1<great>`},
		{"French", "Il a dit : « Le pont ouvre. »", "g0< Le pont ouvre. >"},
		{"German guillemets", "Er sagte: »Die Brücke öffnet.«", "g0<Die Brücke öffnet.>"},
		{"German low marks", "Er sagte: „Die Brücke ‚öffnet‘ im Mai“, und ging.", "l0<Die Brücke ‚öffnet‘ im Mai> | l1<öffnet>"},
		{"Polish", "Powiedział: „Most otwarty” i wyszedł.", "l0<Most otwarty>"},
		{"Swedish", "”Bron öppnar”, sade hon.", "d0<Bron öppnar>"},
		{"Japanese", "市長は「橋は開く」と述べた。", "c0<橋は開く>"},
		{"glued on both sides, told by what is open", `She called it "ready."But he said no."It is not," he added.`, "d0<ready.> | d0<It is not,>"},
		{"glued to the stop before it", `So say the aides."Yes, we know," one said.`, "d0<Yes, we know,>"},
		{"several paragraphs", "\"It opens.\n\n\"It stays open,\" she said.", "d0<It opens.> continues | d0<It stays open,>"},
		{"several paragraphs of straight single marks", "'It opens.\n\n'It stays open,' she said.", "s0<It opens.> continues | s0<It stays open,>"},
		{"over a line break, without a new mark", "\"It opens in May.\nIt stays open.\"", "d0<It opens in May.> continues | d0<It stays open.> unopened"},
		{"over a paragraph's end, without a new mark", "\"It opens in May.\n\nIt rained. It stays open,\" she said.", "d0<It opens in May.> continues | d0<It rained. It stays open,> unopened"},
		{"the blank is on the wrong side of the mark", "Ruiz said,\" It opens in May.\"", "d0< It opens in May.>"},
		{"unclosed", "He said: \"It opens in May.\n\nThe bridge is new.", "d0<It opens in May.> unclosed"},
		{"unclosed before another one", `He said "it opens. "No," said she.`, "d0<it opens.> unclosed | d0<No,>"},
		{"the opening mark is lost", `Rain fell. It opens in May," said Ruiz.`, "d0<It opens in May,> unopened"},
		{"the closing mark is turned", "Rain fell. There is no trust. “ Mayor Ruiz said that “the bridge” is new.", "d0<There is no trust.> unopened | d0<the bridge>"},
		{"blanks inside the marks", "It is to the “ benefit of all ” of us.", "d0< benefit of all >"},
		{"inches and minutes are none", `A 6' man with a 15" board.`, ""},
		{"TeX marks", "``It opens,'' he said.", "d0<It opens,>"},
		{"a question in two turns", "'Why not?' she asked. 'Because it's late.'", "s0<Why not?> | s0<Because it's late.>"},
		{"side by side", "'It opens.' 'It does not!' another said.", "s0<It opens.> | s0<It does not!>"},
	} {
		if got := draw(c.in, text.Quotations(c.in, text.Span{End: len(c.in)})); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.in, got, c.want)
		}
	}
}
