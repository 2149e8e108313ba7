package api

import (
	"net/http"

	"dateline/account"
)

// operations are all there are: what each is for, and who may ask for it.
func (a *api) operations() {
	get := func(id, path, summary string) operation {
		return operation{id: id, method: http.MethodGet, path: "/v1/" + path, summary: summary, role: account.Reader}
	}
	register(a, get("status", "status", "What the record covers"), a.status)

	register(a, get("list-stories", "stories", "Stories, in the order in which they were recorded"), a.listStories)
	register(a, get("get-story", "stories/{id}", "One story with its events and articles"), a.getStory)
	register(a, get("list-events", "stories/{id}/events", "The events of a story"), a.listEvents)
	register(a, get("list-story-ledger", "stories/{id}/ledger", "The ledger of a story"), a.listStoryLedger)

	register(a, get("get-timeline", "stories/{id}/timeline", "The dates that matter in a story, in its articles' own sentences"), a.getTimeline)
	register(a, get("get-brief", "stories/{id}/brief", "A story in two minutes, in its articles' own sentences"), a.getBrief)

	register(a, get("list-articles", "articles", "Articles, in the order in which they were recorded"), a.listArticles)
	register(a, get("get-article", "articles/{id}", "One article with all that was read in it"), a.getArticle)
	register(a, get("get-annotations", "articles/{id}/annotations", "An article's statements, times and entities as W3C Web Annotations"), a.getAnnotations)
	register(a, get("list-statements", "articles/{id}/statements", "The statements of an article"), a.listStatements)
	register(a, get("get-statement", "statements/{id}", "One statement"), a.getStatement)

	register(a, get("list-ledger", "ledger", "Rows of the ledger: utterances, positions, changes, confirmations, denials"), a.listLedger)
	register(a, get("list-utterances", "utterances", "Utterances: acts of saying"), a.listUtterances)
	register(a, get("list-positions", "positions", "Positions: where actors stand on issues"), a.listPositions)
	register(a, get("list-changes-of-position", "position-changes", "Positions that changed"), a.listPositionChanges)
	register(a, get("list-conflicts", "conflicts", "Accounts that cannot both be true"), a.listConflicts)
	register(a, get("list-commitments", "commitments", "What actors bound themselves to"), a.listCommitments)
	register(a, get("get-row", "ledger/{id}", "One row of the ledger of any kind but conflict and commitment"), a.getRow)
	register(a, get("get-conflict", "conflicts/{id}", "One conflict"), a.getConflict)
	register(a, get("get-commitment", "commitments/{id}", "One commitment"), a.getCommitment)
	register(a, get("why", "why/{id}", "Anything in the record down to the bytes it stands on"), a.why)

	register(a, get("search", "search", "Find articles and statements"), a.search)
	register(a, operation{id: "check-quote", method: http.MethodPost, path: "/v1/quotes:check", summary: "Did they really say that?", role: account.Reader}, a.check)

	register(a, get("list-entities", "entities", "People, organisations and places that the record knows"), a.listEntities)
	register(a, get("get-entity", "entities/{id}", "One entity"), a.getEntity)
	register(a, get("list-outlets", "outlets", "Outlets, with how many articles each has"), a.listOutlets)

	register(a, get("list-revisions", "pages/{id}/revisions", "The revisions of a page"), a.listRevisions)
	register(a, get("get-body", "revisions/{id}/body", "The bytes of a revision as they were stored"), a.getBody)

	register(a, get("list-changes", "changes", "What was done to the record, oldest first"), a.listChanges)
	a.streamChanges(operation{id: "stream-changes", method: http.MethodGet, path: "/v1/changes/stream",
		summary: "The same as server-sent events, as it happens", role: account.Reader, cost: streaming})

	register(a, operation{id: "add-documents", method: http.MethodPost, path: "/v1/documents", summary: "Add pages to the record",
		role: account.Analyst, cost: writing, status: http.StatusAccepted, maxBody: mostBody, errors: []int{http.StatusConflict, http.StatusRequestEntityTooLarge}}, a.addDocuments)
	register(a, operation{id: "remove-page", method: http.MethodDelete, path: "/v1/pages/{id}", summary: "Destroy a page's bytes and text for a reason; a tombstone stays",
		role: account.Admin, cost: writing, status: http.StatusNoContent}, a.removePage)

	register(a, get("list-decisions", "decisions", "What people decided about the record"), a.listDecisions)
	register(a, operation{id: "decide", method: http.MethodPost, path: "/v1/decisions", summary: "Correct the record, as a decision of its own: fix a speaker, a date or what was said, merge issues, events or stories, move or pin an article, reject a row, write a note on a row or on any words",
		role: account.Analyst, cost: writing, status: http.StatusCreated}, a.decide)
	register(a, operation{id: "undo", method: http.MethodDelete, path: "/v1/decisions/{id}", summary: "Take a decision back; it stays in the record as one that was undone",
		role: account.Analyst, cost: writing, status: http.StatusNoContent}, a.undo)

	admin := func(id, method, path, summary string, status int) operation {
		return operation{id: id, method: method, path: "/v1/" + path, summary: summary, role: account.Admin, cost: writing, status: status}
	}
	register(a, admin("list-accounts", http.MethodGet, "accounts", "All accounts", 0), a.listAccounts)
	register(a, admin("add-account", http.MethodPost, "accounts", "Make an account", http.StatusCreated), a.addAccount)
	register(a, admin("remove-account", http.MethodDelete, "accounts/{name}", "Take an account away, with its sessions and tokens", http.StatusNoContent), a.removeAccount)
	register(a, admin("list-tokens", http.MethodGet, "accounts/{name}/tokens", "The tokens of an account, without their secrets", 0), a.listTokens)
	register(a, admin("add-token", http.MethodPost, "accounts/{name}/tokens", "Make a token; its secret is shown once", http.StatusCreated), a.addToken)
	register(a, admin("remove-token", http.MethodDelete, "tokens/{id}", "Make a token let nobody in any longer", http.StatusNoContent), a.removeToken)
}
