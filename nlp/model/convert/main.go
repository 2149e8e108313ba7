// Command convert makes the model file of package model from the original files of the
// published English pipeline en_core_web_sm 3.8.0:
//
//	go run ./nlp/model/convert -o nlp/model/en_core_web_sm.bin FOLDER
//
// FOLDER holds config.cfg, tokenizer, vocab, tok2vec, tagger, parser, ner, attribute_ruler and
// lemmatizer as the package ships them. What these do not hold (symbol ids, base norms and the
// character classes of the tokenizer's expressions as Python reads them) lies in tables, taken
// from spaCy 3.8.7 (Explosion, MIT).
//
// The program reorders weights for the kernels of package vector and words for the tables of
// package model, and insists on every size, label and operator it relies on: a file that differs
// stops it. It is no part of the product.
package main

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"dateline/nlp/model"
)

//go:embed tables
var tables embed.FS

func main() {
	log.SetFlags(0)
	out := flag.String("o", "en_core_web_sm.bin", "file to write")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: convert [-o FILE] FOLDER")
	}

	sources := map[string]string{}
	files := map[string][]byte{}
	for _, name := range []string{
		"config.cfg", "meta.json", "tokenizer", "vocab/lookups.bin", "tok2vec/model", "tagger/model", "tagger/cfg",
		"parser/model", "parser/moves", "parser/cfg", "ner/model", "ner/moves", "ner/cfg",
		"attribute_ruler/patterns", "lemmatizer/lookups/lookups.bin",
	} {
		data := must(os.ReadFile(filepath.Join(flag.Arg(0), filepath.FromSlash(name))))
		sum := sha256.Sum256(data)
		files[name], sources[name] = data, hex.EncodeToString(sum[:])
	}
	original := func(name string) []byte { return files[name] }
	table := func(name string) []byte { return must(tables.ReadFile("tables/" + name)) }

	var meta struct {
		Lang, Version string
		Pipeline      []string
	}
	checkErr(json.Unmarshal(original("meta.json"), &meta))
	check(meta.Lang == "en" && meta.Version == "3.8.0", "the model is %s %s", meta.Lang, meta.Version)
	for _, name := range []string{"parser/cfg", "ner/cfg"} {
		var cfg struct {
			BeamWidth   int  `json:"beam_width"`
			LearnTokens bool `json:"learn_tokens"`
		}
		checkErr(json.Unmarshal(original(name), &cfg))
		check(cfg.BeamWidth == 1 && !cfg.LearnTokens, "%s: %+v", name, cfg)
	}
	var cfg struct{ Labels []string }
	checkErr(json.Unmarshal(original("tagger/cfg"), &cfg))

	w := model.NewWriter(sources)
	encoder(w, "shared", layers(original("tok2vec/model")), []string{"NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"})
	tagger(w, layers(original("tagger/model")), cfg.Labels)
	transition(w, "parser", layers(original("parser/model")), original("parser/moves"), 8, 106)
	encoder(w, "names", layers(original("ner/model")), []string{"NORM", "PREFIX", "SUFFIX", "SHAPE"})
	transition(w, "names", layers(original("ner/model")), original("ner/moves"), 3, 74)
	words(w, original, table)
	ruler(w, original("attribute_ruler/patterns"))
	lemmas(w, original("lemmatizer/lookups/lookups.bin"), symbolTable(table))

	data := must(w.Bytes())
	checkErr(os.WriteFile(*out, data, 0o666))
	f := must(model.Open(string(data)))
	checkErr(f.Verify())
	fmt.Printf("%s: %d bytes, hash %s\n", *out, len(data), f.Hash())
}

// check stops the program unless what it relies on holds.
func check(holds bool, format string, args ...any) {
	if !holds {
		log.Fatalf("convert: "+format, args...)
	}
}

func checkErr(err error) { check(err == nil, "%v", err) }

func must[T any](v T, err error) T {
	checkErr(err)
	return v
}
