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
trust distrust mistrust
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

// standRoots are the same by the roots of the variants, for the verbs that they are made of.
var standRoots = func() map[string]string {
	m := map[string]string{}
	for v, key := range stands {
		m[root(v)] = key
	}
	return m
}()

// light are verbs that name no issue: they say little, or what somebody holds of another thing.
var light = wordSet(`say tell cross have make take give go come get let put keep see hear know think believe feel want need call talk speak say ask offer propose promise demand agree
	accept reject refuse oppose support back welcome decide plan report state claim work charge leave face head hand move turn place point look note name show help seem become happen
	bring find hold stand start begin stop end continue try use like hope expect consider rule remain stay live lose mean set done been also never just only even still ever`)

// modal are words behind which stands a verb.
var modal = wordSet("to will would can could should must may might shall ll cannot cant wont wouldnt shouldnt couldnt")

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// acts are words that are no noun and yet name an issue, each with the head of the issue: verbs by
// their stem, and turns of phrase. They put a statement under an issue that others name by a noun;
// alone they make none.
var (
	acts = map[string]string{
		"strik": "strike", "resign": "resignation", "withdraw": "withdrawal", "evacuat": "evacuation",
		"merg": "merger", "guarante": "guarantee", "join": "membership", "acced": "membership", "invad": "invasion", "acquir": "takeover",
	}
)

// shells are nouns that say nothing without what they are of: "the importance of guarantees" is about
// guarantees (shell nouns: Schmid 2000, "English Abstract Nouns as Conceptual Shells").
const shells = `importance need necessity possibility likelihood prospect goal aim benefit interest advantage decision detail credibility respect opinion concern signal topic position
	sign hope optimism desire wish view belief assertion claim reply response reaction remark stance attitude intention will willingness readiness nature timing coverage advice
	individual potential example context contrast size amount rate extent middle conclusion beginning start outcome stage level lack kind type form aspect factor priority approach `

// proposing are nouns of what is put forward: alone they name nothing, with another noun they are about that.
var proposing = wordSet("proposal plan idea condition offer suggestion demand call request notion concept")

// generic are nouns that name nothing that one can be for or against, or only with another noun.
var generic = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(shells + `people person man woman thing way time day week month year hour minute moment today tomorrow yesterday tonight morning evening night
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
