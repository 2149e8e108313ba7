// Package wordclass tells what kind of thing an English noun or verb stands for, by itself
// and out of context: "minister" is a person, "ministry" a group, to "oppose" is to
// communicate as often as to compete.
//
// The classes are the lexicographer files of WordNet 3.1 (Princeton University; LICENSE
// beside this file), the shares those of the senses of a word by how often each was seen in
// WordNet's tagged texts. tools/wordclasses makes classes.gz from WordNet's index.sense. Left
// out are words of several parts, nouns that the tagged texts never use unless they can stand
// for a person or a group, and what makes up less than a tenth of a word.
package wordclass

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"strings"
	"sync"
)

// A Class is a lexicographer file, by its number in lexnames(5WN).
type Class uint8

const (
	None          Class = 0
	Tops          Class = 3 // the most general: "group", "individual"
	Act           Class = 4
	Artifact      Class = 6
	Cognition     Class = 9
	Communication Class = 10
	Event         Class = 11
	Group         Class = 14
	Location      Class = 15
	Person        Class = 18
	Time          Class = 28
	DoCognition   Class = 31 // to think
	Communicate   Class = 32 // to say
	Compete       Class = 33
	Create        Class = 36
	Feel          Class = 37
	Perceive      Class = 39
	Possess       Class = 40
	Socially      Class = 41 // to support, to elect
)

// classes is how many classes of a word are kept, the largest first.
const classes = 3

// Classes are the classes of a word, largest share first.
type Classes [classes]struct {
	Class Class
	Share uint8 // in fifteenths
}

// A word is what the table knows of a lemma.
type word struct {
	classes Classes
	seen    uint8
}

//go:embed classes.gz
var packed []byte

//go:embed LICENSE
var license string

// Licence is WordNet's, as Princeton University wrote it.
func Licence() string { return license }

var table = sync.OnceValue(func() [2]map[string]word {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic("wordclass: embedded table: " + err.Error())
	}
	words := [2]map[string]word{make(map[string]word, 1<<15), make(map[string]word, 1<<13)}
	sc := bufio.NewScanner(z)
	for sc.Scan() {
		// nminister 6Rf: the part of speech, the lemma, how often it was seen, and pairs of
		// class and share, all as letters from '0' on.
		line := sc.Text()
		lemma, codes, _ := strings.Cut(line[1:], "\t")
		w := word{seen: codes[0] - '0'}
		codes = codes[1:]
		for i := 0; i+1 < len(codes) && i/2 < classes; i += 2 {
			w.classes[i/2].Class, w.classes[i/2].Share = Class(codes[i]-'0'), codes[i+1]-'0'
		}
		if line[0] == 'v' {
			words[1][lemma] = w
		} else {
			words[0][lemma] = w
		}
	}
	return words
})

// Noun and Verb are the classes of a lemma in lower case; all None if it is not in the table.
func Noun(lemma string) Classes { return table()[0][lemma].classes }
func Verb(lemma string) Classes { return table()[1][lemma].classes }

// Common tells how common a noun is, whatever is spoken of: the bits of the number of times that
// WordNet's tagged texts use it, 0 for a word that they never use to 11 for "person".
func Common(noun string) int { return int(table()[0][noun].seen) }

// Of is the share of a class, in [0,1].
func (c Classes) Of(k Class) float32 {
	for _, x := range c {
		if x.Class == k {
			return float32(x.Share) / 15
		}
	}
	return 0
}
