package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The cost of a password: OWASP's first choice for argon2id (Password Storage Cheat Sheet, 2024):
// 19 MiB and two passes, some 20 ms.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	saltBytes = 16
	keyBytes  = 32
)

const (
	// leastPassword and mostPassword bound a password, in characters and bytes (NIST SP 800-63B, 3.1.1.2:
	// at least 8, better 15; long ones are allowed).
	leastPassword = 10
	mostPassword  = 1024

	// hashesAtOnce bounds the memory that signing in can take: 4 times 19 MiB.
	hashesAtOnce = 4
)

// CheckPassword reports what is wrong with a new password.
func CheckPassword(password string) error {
	if n := utf8.RuneCountInString(password); n < leastPassword || len(password) > mostPassword {
		return invalid("password of %d characters: it takes %d to %d", n, leastPassword, mostPassword)
	}
	return nil
}

// hasher hashes few passwords at once.
type hasher struct{ slots chan struct{} }

func newHasher() hasher { return hasher{make(chan struct{}, hashesAtOnce)} }

func (h hasher) key(ctx context.Context, password string, salt []byte, memory, passes uint32, lanes uint8, size uint32) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
		return argon2.IDKey([]byte(password), salt, passes, memory, lanes, size), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

var b64 = base64.RawStdEncoding

// hash is a password in PHC form: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	rand.Read(salt) // never fails (crypto/rand)
	key, err := h.key(ctx, password, salt, memoryKiB, passes, lanes, keyBytes)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, passes, lanes, b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// nobodys is the hash of no password: checking against it takes as long as against any other.
var nobodys = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, passes, lanes,
	b64.EncodeToString(make([]byte, saltBytes)), b64.EncodeToString(make([]byte, keyBytes)))

// matches reports whether a password has this hash. The hash comes from the record; its cost is bounded
// all the same.
func (h hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	parts := strings.Split(hash, "$")
	var version, memory, passes uint32
	var lanes uint8
	damaged := fmt.Errorf("the stored hash of a password is damaged: set the password again")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return false, damaged
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, damaged
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil || memory > 1<<17 || passes == 0 || passes > 16 || lanes == 0 || lanes > 8 {
		return false, damaged
	}
	salt, saltErr := b64.DecodeString(parts[4])
	want, wantErr := b64.DecodeString(parts[5])
	if saltErr != nil || wantErr != nil || len(want) == 0 || len(want) > 128 {
		return false, damaged
	}
	got, err := h.key(ctx, password, salt, memory, passes, lanes, uint32(len(want)))
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}
