package look

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed assets
var assetFiles embed.FS

// assets are the files beside the pages, each under an address that names its bytes, so that a
// browser may keep it for good.
type assets struct {
	byAddress map[string][]byte
	addresses map[string]string
}

func readAssets() (assets, error) {
	a := assets{map[string][]byte{}, map[string]string{}}
	err := fs.WalkDir(assetFiles, "assets", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := assetFiles.ReadFile(name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		short := strings.TrimPrefix(name, "assets/")
		address := "/assets/" + base64.RawURLEncoding.EncodeToString(sum[:6]) + "/" + short
		a.byAddress[address], a.addresses[short] = b, address
		return nil
	})
	return a, err
}

// address is where an asset is served. A page that asks for one that is not there is ours to mend.
func (a assets) address(name string) string {
	address, ok := a.addresses[name]
	if !ok {
		panic("no asset " + name)
	}
	return address
}

// Assets serves them.
func (l *Look) Assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, ok := l.assets.byAddress[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		_, _ = w.Write(b)
	})
}
