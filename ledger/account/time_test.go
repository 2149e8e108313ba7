package account_test

import (
	"testing"
	"time"

	"dateline/ledger/account"
)

func TestLasting(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"3 hours": 3 * time.Hour, "1 hour 30 minutes": 90 * time.Minute, "25 minutes": 25 * time.Minute, "1 day 1 hour": 25 * time.Hour, "45 seconds": 45 * time.Second, "": 0,
	} {
		if got := account.Lasting(d); got != want {
			t.Errorf("%v is %q, not %q", d, got, want)
		}
	}
}
