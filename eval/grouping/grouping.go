// Package grouping measures how well things were grouped: documents by event, names by entity.
package grouping

// An Item is a thing with the group it belongs to and the group it was put into.
type Item struct {
	Gold, Ours string // Ours is "" where the item was not found
	Asked      bool   // whether it is scored; the others are company only
}

// A Score is precision and recall.
type Score struct{ Precision, Recall float64 }

// F1 is the harmonic mean of the two, 0 if both are.
func (s Score) F1() float64 {
	if s.Precision+s.Recall == 0 {
		return 0
	}
	return 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
}

// BCubed is, on the mean over the items asked for: precision, the share of an item's group of
// ours that is of its gold group; recall, the share of its gold group that is in its group of
// ours. An item that was not found has a recall of 0 and no precision.
//
// Source: Bagga and Baldwin 1998, "Entity-based cross-document coreferencing using the vector
// space model".
func BCubed(items []Item) Score {
	type both struct{ gold, ours string }
	gold, ours, shared := map[string]int{}, map[string]int{}, map[both]int{}
	for _, x := range items {
		gold[x.Gold]++
		if x.Ours != "" {
			ours[x.Ours]++
			shared[both{x.Gold, x.Ours}]++
		}
	}
	var s Score
	asked, found := 0, 0
	for _, x := range items {
		if !x.Asked {
			continue
		}
		asked++
		if x.Ours == "" {
			continue
		}
		found++
		n := float64(shared[both{x.Gold, x.Ours}])
		s.Precision += n / float64(ours[x.Ours])
		s.Recall += n / float64(gold[x.Gold])
	}
	s.Precision /= float64(max(1, found))
	s.Recall /= float64(max(1, asked))
	return s
}

// Pairs is over the unordered pairs of items that are in one group: precision, the share of the
// pairs of ours that are pairs of the gold; recall, the share of the gold's that are ours. Where
// there is no pair at all, nothing is wrong.
func Pairs(items []Item) Score {
	type both struct{ gold, ours string }
	gold, ours, shared := map[string]int{}, map[string]int{}, map[both]int{}
	for _, x := range items {
		gold[x.Gold]++
		ours[x.Ours]++
		shared[both{x.Gold, x.Ours}]++
	}
	right, found, all := pairsIn(shared), pairsIn(ours), pairsIn(gold)
	s := Score{1, 1}
	if found > 0 {
		s.Precision = right / found
	}
	if all > 0 {
		s.Recall = right / all
	}
	return s
}

func pairsIn[K comparable](groups map[K]int) float64 {
	n := 0.0
	for _, x := range groups {
		n += float64(x) * float64(x-1) / 2
	}
	return n
}
