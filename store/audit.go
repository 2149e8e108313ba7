package store

import "dateline/store/sqlite"

const selectChain = `SELECT chain FROM audit ORDER BY n DESC LIMIT 1`

const insertAudit = `INSERT INTO audit (act, object, detail, recorded, chain) VALUES (?, ?, ?, ?, ?)`

// audit notes a change of the record, in the transaction that makes it.
func audit(tx *sqlite.Tx, now int64, act, object, detail string) error {
	rows, err := tx.Query(selectChain)
	before, err := sqlite.All(rows, err, sqlite.Of[[]byte])
	if err != nil {
		return err
	}
	var previous []byte
	if len(before) > 0 {
		previous = before[0]
	}
	_, err = tx.Exec(insertAudit, act, object, detail, now, seal(previous, act, object, detail, now))
	return err
}
