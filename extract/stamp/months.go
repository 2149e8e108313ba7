package stamp

import "strings"

// monthNames are the names of the months and their abbreviations in the languages of the pages
// we have seen, January first, by language; forms that inflect are given as dates use them.
var monthNames = []string{
	"january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|december dec",
	"januar jänner jän|februar feber|märz mär mrz maerz|april|mai|juni|juli|august|september|oktober okt|november|dezember dez",
	"janvier janv|février févr fév fevrier fevr|mars|avril avr|mai|juin|juillet juil|août aout|septembre|octobre|novembre|décembre déc decembre",
	"enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre set|octubre|noviembre|diciembre dic",
	"gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre|ottobre ott|novembre|dicembre",
	"janeiro|fevereiro fev|março marco|abril|maio mai|junho|julho|agosto|setembro|outubro out|novembro|dezembro",
	"januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december",
	"stycznia styczeń sty|lutego luty lut|marca marzec|kwietnia kwiecień kwi|maja maj|czerwca czerwiec cze|lipca lipiec lip|sierpnia sierpień sie|września wrzesień wrz|października październik paź|listopada listopad lis|grudnia grudzień gru",
	"января янв январь|февраля фев февр февраль|марта мар март|апреля апр апрель|мая май|июня июн июнь|июля июл июль|августа авг август|сентября сен сент сентябрь|октября окт октябрь|ноября ноя нояб ноябрь|декабря дек декабрь",
	"січня січ|лютого лют|березня бер|квітня кві|травня тра|червня чер|липня лип|серпня сер|вересня вер|жовтня жов|листопада лис|грудня гру",
	"ocak oca|şubat şub|mart|nisan nis|mayıs|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|aralık ara",
	"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
	"januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december des",
	"tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|lokakuuta|marraskuuta|joulukuuta",
	"ledna leden|února únor|března březen|dubna duben|května květen|června červen|července červenec|srpna srpen|září|října říjen|listopadu|prosince prosinec",
	"januára|februára|marca|apríla|mája|júna|júla|augusta|septembra|októbra|novembra|decembra",
	"január|február|március márc|április ápr|május máj|június jún|július júl|augusztus|szeptember szept|október|november|december",
	"ianuarie ian|februarie|martie|aprilie|mai|iunie iun|iulie iul|august|septembrie|octombrie|noiembrie noi|decembrie",
	"ιανουαρίου ιαν|φεβρουαρίου φεβ|μαρτίου μαρ|απριλίου απρ|μαΐου μαϊ|ιουνίου ιουν|ιουλίου ιουλ|αυγούστου αυγ|σεπτεμβρίου σεπ|οκτωβρίου οκτ|νοεμβρίου νοε|δεκεμβρίου δεκ",
	"januari|februari|maret|april|mei|juni|juli|agustus agt|september|oktober|november|desember",
	"enero|pebrero|marso|abril|mayo|hunyo|hulyo|agosto|setyembre|oktubre|nobyembre|disyembre",
	"يناير|فبراير|مارس|أبريل ابريل|مايو|يونيو|يوليو|أغسطس اغسطس|سبتمبر|أكتوبر اكتوبر|نوفمبر|ديسمبر",
	"|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|||",
	"siječnja|veljače|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna|listopada|studenoga studenog|prosinca",
	"januar|februar|mart|april|maj|jun juna|jul jula|avgust avgusta|septembar septembra|oktobar oktobra|novembar novembra|decembar decembra",
	"јануар јануара|фебруар фебруара|март марта|април априла|мај маја|јун јуна|јул јула|август августа|септембар септембра|октобар октобра|новембар новембра|децембар децембра",
	"януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември",
	"gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre",
	"sausio|vasario|kovo|balandžio|gegužės|birželio|liepos|rugpjūčio|rugsėjo|spalio|lapkričio|gruodžio",
	"जनवरी|फरवरी फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर सितम्बर|अक्टूबर अक्तूबर|नवंबर नवम्बर|दिसंबर दिसम्बर",
	"জানুয়ারি জানুয়ারি|ফেব্রুয়ারি ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর",
}

// months gives the number of a month's name. A name that means two months in two languages
// ("lipca" does not, "listopada" does: November in Polish, October in Croatian) keeps the
// first meaning listed.
var months = func() map[string]int {
	m := map[string]int{}
	for _, language := range monthNames {
		n := 0
		for names := range strings.SplitSeq(language, "|") {
			n++
			for name := range strings.FieldsSeq(names) {
				if _, taken := m[name]; !taken {
					m[name] = n
				}
			}
		}
	}
	return m
}()

func month(word string) int { return months[word] }
