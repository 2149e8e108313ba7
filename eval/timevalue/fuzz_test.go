package timevalue

import "testing"

// FuzzEqual holds that no value, however odd, breaks the comparison, and that every value means
// what it itself means.
func FuzzEqual(f *testing.F) {
	for _, v := range []string{"", "2031-05-03", "2031-W18-WE", "2031-02-30", "../2031", "2031/..", "../..", "P1DE", "PT1.5H", "P..D", "PXX", "T25:99", "2031-05-03TEV", "2031-05-03T18:00+99:99/2031-05-03T19", "--10-04", "9999-12", "0000", "XXXX-10", "03-02-2009"} {
		f.Add(v, "2031-05-03", "late on Saturday, 8 a.m. EDT")
		f.Add("2031-05-03T08:00", v, "")
	}
	f.Fuzz(func(t *testing.T, gold, ours, words string) {
		for _, kind := range []string{"DATE", "TIME"} {
			Question{Gold: gold, Ours: ours, Words: words, Published: ours, Type: kind, Loose: true}.Equal()
			if !(Question{Gold: gold, Ours: gold, Words: words, Type: kind}).Equal() {
				t.Errorf("%q is not itself", gold)
			}
		}
	})
}
