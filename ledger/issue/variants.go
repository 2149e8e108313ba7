package issue

import "strings"

// variants are nouns that stand for one another when news speaks of one dispute. The first of a
// line names the issue.
var variants = func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(groups) {
		list := strings.Fields(line)
		if len(list) > 0 {
			m[list[0]] = list[1:]
		}
	}
	return m
}()

const groups = `
ceasefire cease-fire truce armistice
territory land territories
troop boot soldier
guarantee assurance
deal agreement accord
exemption exception
strike walkout stoppage
summit meeting talk trilateral bilateral
toll charge
election vote ballot
tariff duty
sanction penalty
border frontier
budget spending
tax levy
wage pay salary
job layoff redundancy
war invasion conflict
inquiry investigation probe
resignation departure
merger takeover acquisition
evacuation
vaccine jab
`

var stands = func() map[string]string {
	m := map[string]string{}
	for key, list := range variants {
		m[key] = key
		for _, v := range list {
			m[v] = key
		}
	}
	return m
}()

// acts are words that are no noun and yet name an issue, each with the head of the issue: verbs by
// their stem, and turns of phrase. They put a statement under an issue that others name by a noun;
// alone they make none.
var (
	acts = map[string]string{
		"exempt": "exemption", "spar": "exemption", "strik": "strike", "resign": "resignation", "withdraw": "withdrawal", "evacuat": "evacuation",
		"merg": "merger", "guarante": "guarantee", "pay": "toll",
	}
	turns = []struct{ words, head string }{
		{"for free", "exemption"}, {"free of charge", "exemption"}, {"without paying", "exemption"}, {"cross free", "exemption"}, {"go free", "exemption"},
	}
)

// generic are nouns that name nothing that one can be for or against, or only with another noun.
var generic = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`people person man woman thing way time day week month year hour minute moment today tomorrow yesterday tonight morning evening night
		monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
		part side end number lot kind sort case fact point place question answer word name reporter journalist leader official member president minister mayor
		something nothing anything everything one other others some many most world country city state nation government spokesman spokeswoman chairman chief executive
		issue matter problem situation view idea hope sense term step move reason result role hand head face eye life family group company body mind
		mr ms mrs dr percent per cent mark euro dollar pound million billion thousand half quarter it that this what which who he she they we i you
		comment statement report news conference interview call phone letter post article line page photo picture video source
		builder firm operator union council board committee ministry authority agency commission parliament court team crew
		guy friend colleague counterpart public order use work job chance lack bit rest while colleague user attempt effort process`) {
		m[w] = true
	}
	return m
}()
