package language_test

import (
	"testing"

	"dateline/split/language"
)

func TestOf(t *testing.T) {
	for _, c := range []struct{ want, in string }{
		{"en", "The harbour council voted on Tuesday to reopen the old bridge, and the ferry owners were not asked."},
		{"de", "Der Hafenrat hat am Dienstag beschlossen, die alte Brücke nach elf Jahren wieder zu öffnen."},
		{"fr", "Le conseil du port a décidé mardi de rouvrir le vieux pont, et les passeurs ne sont pas contents."},
		{"es", "El consejo del puerto decidió el martes que el viejo puente se abre de nuevo, y los barqueros no están de acuerdo."},
		{"it", "Il consiglio del porto ha deciso martedì che il vecchio ponte sarà riaperto, e i traghettatori non sono contenti."},
		{"pt", "O conselho do porto decidiu na terça-feira que a velha ponte vai ser reaberta, e os barqueiros não foram ouvidos."},
		{"nl", "De havenraad heeft dinsdag besloten dat de oude brug na elf jaar weer open gaat, en de veerlieden zijn het er niet mee eens."},
		{"sv", "Hamnrådet beslutade på tisdagen att den gamla bron ska öppnas igen, och det är inte alla som tycker om det."},
		{"pl", "Rada portu zdecydowała we wtorek, że stary most zostanie otwarty, a właściciele promów nie byli o to pytani i się nie zgadzają."},
		{"ru", "Совет порта решил во вторник вновь открыть старый мост, и паромщики были против этого решения."},
		{"uk", "Рада порту вирішила у вівторок знову відкрити старий міст, і перевізники не згодні з цим рішенням."},
		{"ja", "港の評議会は火曜日、古い橋を再び開くことを決めた。"},
		{"zh", "港口委员会星期二决定重新开放旧桥，渡轮的主人没有被询问。"},
		{"ar", "قرر مجلس الميناء يوم الثلاثاء إعادة فتح الجسر القديم بعد أحد عشر عاما"},
		{"", "Alba 3, Porto 2, Ruiz 41, Ito 77, Marsh 80, Lindqvist 90"},
		{"", "Bridge opens"},
		{"", ""},
	} {
		if got := language.Of(c.in); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}
