package inspect

const (
	pollAgain = "run \"dateline feed refresh\"; if it is found again, restore a backup"
	ofFeed    = ` || ' of feed ' || feed.url`
)

// feedRules hold between the rows of collecting.
var feedRules = []rule{
	{"I1", `SELECT 'feed ' || url FROM feed WHERE served <> stored + duplicate + rejected`,
		"the items it served are not all accounted for", restore},
	{"I1", `SELECT 'feed ' || url FROM feed WHERE stored <> (SELECT count(*) FROM item WHERE item.feed = feed.n)`,
		"it does not have the items that were stored", restore},
	{"I1", `SELECT 'poll ' || poll.n` + ofFeed + ` FROM poll JOIN feed ON feed.n = poll.feed
		WHERE poll.served <> poll.stored + poll.duplicate + poll.rejected`,
		"the items it brought are not all accounted for", restore},
	{"I1", `SELECT 'poll ' || poll.n` + ofFeed + ` FROM poll JOIN feed ON feed.n = poll.feed
		WHERE poll.rejected > 0 AND reasons IN ('', 'null', '[]')`,
		"items were rejected without a reason", restore},
	{"I3", `SELECT 'item ' || item.n` + ofFeed + ` FROM item JOIN feed ON feed.n = item.feed
		WHERE versions <> (SELECT count(*) FROM item_version WHERE item_version.item = item.n)
			OR versions <> (SELECT max(number) FROM item_version WHERE item_version.item = item.n)`,
		"its versions are not numbered 1 to n", restore},
	{"I6", `SELECT 'link ' || url FROM link WHERE (state = 'leased') <> (lease IS NOT NULL)`,
		"its lease and its state disagree", pollAgain},
	{"I13", `SELECT 'host ' || host FROM link WHERE state = 'leased' GROUP BY host HAVING count(*) > 1`,
		"it is sent more than one request at a time", pollAgain},
	{"I13", `SELECT 'host ' || name FROM host WHERE ready < not_before`,
		"it is to be asked before its pause is over", pollAgain},
	{"I13", `SELECT 'poll ' || b.n` + ofFeed + ` FROM poll a JOIN poll b ON b.feed = a.feed AND b.n > a.n JOIN feed ON feed.n = a.feed
		WHERE a.rest > 0 AND b.at < a.rest AND b.status <> 0`,
		"it was sent while its host had asked to be left alone", "report this: it must not happen"},
	{"I22", `SELECT 'poll ' || poll.n` + ofFeed + ` FROM poll JOIN feed ON feed.n = poll.feed WHERE class <> '' AND error = ''`,
		"it failed, but nothing says how", pollAgain},
	{"I22", `SELECT 'feed ' || url FROM feed WHERE json_extract(data, '$.Failures') > 0 AND json_extract(data, '$.Error') = ''
			OR state = 'stopped' AND json_extract(data, '$.Reason') = ''`,
		"it fails or was stopped, but nothing says why", pollAgain},
	{"I22", `SELECT 'feed ' || url FROM feed WHERE polls < (SELECT count(*) FROM poll WHERE poll.feed = feed.n)`,
		"it had more polls than are counted", restore},
	{"I22", `SELECT 'link ' || url FROM link WHERE state IN ('gone', 'refused', 'failed') AND reason = ''`,
		"it is not fetched, but nothing says why", pollAgain},
	{"I24", `SELECT 'item ' || item.n` + ofFeed + ` FROM item JOIN feed ON feed.n = item.feed WHERE unfetched = '' AND link IS NULL`,
		"its page is not fetched, but nothing says so", pollAgain},
	{"I24", `SELECT 'poll ' || poll.n` + ofFeed + ` FROM poll JOIN feed ON feed.n = poll.feed
		WHERE reasons LIKE '%beyond the first%' AND flags NOT LIKE '%-truncated%' AND flags NOT LIKE '%-rejected%'`,
		"its document was cut, but no flag says so", pollAgain},
}
