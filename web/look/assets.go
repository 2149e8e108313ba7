package look

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed assets
var assetFiles embed.FS

// assets are the files beside the pages, under an address that names the bytes of all of them, so
// that a browser may keep them for good and they may name one another.
type assets struct {
	byAddress map[string][]byte
	addresses map[string]string
}

func readAssets() (assets, error) {
	a := assets{map[string][]byte{}, map[string]string{}}
	files := map[string][]byte{}
	sum := sha256.New()
	err := fs.WalkDir(assetFiles, "assets", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := assetFiles.ReadFile(name)
		files[strings.TrimPrefix(name, "assets/")] = b
		fmt.Fprintf(sum, "%s %d\n", name, len(b))
		sum.Write(b)
		return err
	})
	folder := "/assets/" + base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:6]) + "/"
	for name, b := range files {
		a.byAddress[folder+name], a.addresses[name] = b, folder+name
	}
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

// Licences are those of what the pages carry that others made.
func Licences() string {
	var b strings.Builder
	names, err := fs.Glob(assetFiles, "assets/vendor/*-LICENSE.txt")
	if err != nil {
		panic(err) // the pattern is fixed
	}
	for _, name := range names {
		text, err := assetFiles.ReadFile(name)
		if err != nil {
			panic(err) // the file is embedded
		}
		fmt.Fprintf(&b, "%s\n\n%s\n\n", strings.TrimSuffix(path.Base(name), "-LICENSE.txt"), strings.TrimSpace(string(text)))
	}
	return b.String()
}
