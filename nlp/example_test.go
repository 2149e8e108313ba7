package nlp_test

import (
	"context"
	"fmt"
	"log"

	"dateline/nlp"
)

func Example() {
	english, err := nlp.Load(nlp.Config{})
	if err != nil {
		log.Fatal(err)
	}
	d, err := english.Analyse(context.Background(), `Mayor Ana Ruiz said on Tuesday that the bridge wouldn't open.`, nlp.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for s := range d.Sentences() {
		for i := s.FirstToken; i < s.EndToken; i++ {
			if d.Lemma(i) != "say" {
				continue
			}
			for c := range d.Children(i) {
				sub := d.Subtree(c)
				switch d.Dep(c) {
				case "nsubj":
					fmt.Printf("who said: %s\n", d.Text()[sub.Start:sub.End])
				case "ccomp":
					fmt.Printf("what: %s (bytes %d to %d)\n", d.Text()[sub.Start:sub.End], sub.Start, sub.End)
				}
			}
		}
	}
	for e := range d.Entities() {
		fmt.Println(e.Type, d.Text()[e.Start:e.End])
	}
	// Output:
	// who said: Mayor Ana Ruiz
	// what: that the bridge wouldn't open (bytes 31 to 60)
	// DATE Tuesday
}
