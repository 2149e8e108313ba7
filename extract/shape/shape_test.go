package shape

import "testing"

// TestShapes gives every shape an example, and a sentence of an article that is none.
func TestShapes(t *testing.T) {
	words := func(f func(string, int) bool) func(string) bool {
		return func(s string) bool { return f(s, 8) }
	}
	for _, c := range []struct {
		name string
		is   func(string) bool
		yes  []string
		no   []string
	}{
		{"Clock", Clock, []string{"9:41PM", "21.05 Uhr", "9 a.m."}, []string{"9:41 people", "2031", "at nine"}},
		{"Counter", Counter, []string{"2", "Image 1 of 5", "1 of 5"}, []string{"22 of us left", "One of five", "a2c"}},
		{"Code", Code, []string{`<img src="a.gif" alt="">`, "window.data = 1;", "http://a.example/1.jpg 100 200 x http://a.example/2.jpg"}, []string{"<The Ferry> opens on Monday", "https://a.example/ferry"}},
		{"Related", Related, []string{"READ MORE: Harbour reopens", "Lire aussi : le quai", "Don’t miss"}, []string{"Reading more was his aim", "Morelia is a town"}},
		{"StrongRelated", StrongRelated, []string{"Related video: Harbour reopens", "See also: The pier"}, []string{"Related parties agreed on Monday."}},
		{"Ad", Ad, []string{"Advertisement", "ANZEIGE", "Article continues below advertisement"}, []string{"The advertisement ran for a week."}},
		{"Caption", Caption, []string{"Boats wait (Image: AGENCY)", "The pier (Jo Probe/Getty Images)"}, []string{"It was closed (for a week)."}},
		{"Credit", Credit, []string{"Photo: Jo Probe", "© Jo Probe", "Image credit: Town"}, []string{"Photos of the pier were shown. They were old.", "Photographers came."}},
		{"Tags", Tags, []string{"Tags: harbour, ferry", "Filed under: Town"}, []string{"Tagged sharks swim far.", "Topics were discussed."}},
		{"Byline", Byline, []string{"By Ana Ruiz and Jo Ekwueme", "Von Ana Ruiz", "By ANA RUIZ | Port Alba Courier", "责编：王五"}, []string{"By Monday the pier was open.", "by the sea", "Bystanders saw it"}},
		{"Date", words(Date), []string{"Published: May 3, 2031, 9:05 a.m.", "3. Mai 2031", "2031-05-03"}, []string{"The pier closed on May 3, 2031, after the storm came in from the sea.", "May was wet"}},
		{"Share", Share, []string{"Share Tweet Email", "4 min read", "12 comments"}, []string{"Share prices fell", "They share it with their neighbours"}},
		{"Promo", Promo, []string{"Sign up for our newsletter", "Follow us on the networks", "© 2031 Alba", "Write to ana@courier.example"}, []string{"The European Commission said so on Tuesday.", "He copied the donation slip.", "They followed him."}},
		{"Biography", Biography, []string{"Ana Ruiz is a reporter for the Courier.", "(Reporting by Ana Ruiz)", "Jo Probe contributed to this report."}, []string{"Odds are that the only reporter who came was late.", "The town is the largest in the county."}},
		{"Wall", Wall, []string{"Subscribe to continue reading. Already a subscriber? Log in."}, []string{"The ferry sails again."}},
		{"EndHeading", EndHeading, []string{"Related stories", "Comments", "More great harbour stories", "About the author"}, []string{"More people came", "Relations with the town", "Shared hopes"}},
		{"Consent", Consent, []string{"An dieser Stelle finden Sie einen externen Inhalt. Ich bin damit einverstanden, dass er mir angezeigt wird."}, []string{"The law on personal data was passed on Monday."}},
		{"CommentHeading", CommentHeading, []string{"Comments", "12 Comments", "Leserkommentare (3)"}, []string{"Comments on the budget", "No comment from the town"}},
		{"Timed", Timed, []string{"21 minutes ago", "Published yesterday", "9:41PM"}, []string{"The pier holds"}},
	} {
		for _, s := range c.yes {
			if !c.is(s) {
				t.Errorf("%q is no %s", s, c.name)
			}
		}
		for _, s := range c.no {
			if c.is(s) {
				t.Errorf("%q is a %s", s, c.name)
			}
		}
	}
}
