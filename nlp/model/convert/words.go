package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"dateline/nlp/lexicon"
	"dateline/nlp/model"
)

// Symbols of the vocabulary that name a token's fields in the tokenizer's exceptions.
const (
	symbolOrth = 65
	symbolNorm = 67
)

// classes are the character classes of the tokenizer's expressions (docs/nlp.md, section 4.4).
type classes struct {
	Alpha, Lower, Upper, Icons, Sufdot, Inf_l, Inf_r, Word, Dec, Space [][2]uint32
	Punct, Quotes, Currency, Units, Hyphens                            []string
}

// symbols are the strings whose id is no hash (docs/nlp.md, section 2).
type symbols map[string]uint64

func symbolTable(tables func(string) []byte) symbols {
	s := symbols{}
	checkErr(json.Unmarshal(tables("symbols.json"), &s))
	return s
}

func (s symbols) id(text string) uint64 {
	if v, ok := s[text]; ok || text == "" {
		return v
	}
	return lexicon.Hash(text)
}

// words writes what the tokenizer and the lexicon need (docs/nlp.md, sections 2 to 4).
func words(w *model.Writer, original, tables func(string) []byte) {
	symbols := symbolTable(tables)
	names := slices.Sorted(maps.Keys(symbols))
	var ids []uint64
	for _, n := range names {
		ids = append(ids, symbols[n])
	}
	w.Table("symbols", names)
	w.Uint64s("symbols.ids", ids)
	id := symbols.id

	norms := map[uint64]string{}
	base := map[string]string{}
	checkErr(json.Unmarshal(tables("basenorms.json"), &base))
	for word, norm := range base {
		norms[id(word)] = norm
	}
	lookups := must(decode(original("vocab/lookups.bin"))).(map[any]any)
	for key, norm := range lookups["lexeme_norm"].(map[any]any) { // these win over the base norms
		norms[unsigned(key)] = norm.(string)
	}
	keys := slices.Sorted(maps.Keys(norms))
	var values []string
	for _, k := range keys {
		values = append(values, norms[k])
	}
	w.Uint64s("norms.ids", keys)
	w.Strings("norms", values)

	tokenizer := must(decode(original("tokenizer"))).(map[any]any)
	check(tokenizer["token_match"] == nil, "the tokenizer has a token_match")
	check(tokenizer["faster_heuristics"] == true, "the tokenizer does without its heuristics")
	exceptions := tokenizer["exceptions"].(map[any]any)
	var specials []string
	for s := range exceptions {
		specials = append(specials, s.(string))
	}
	slices.Sort(specials)
	var ends []uint32
	var pairs []string // text and norm of each token; no norm of its own is ""
	for _, s := range specials {
		whole := ""
		for _, t := range exceptions[s].([]any) {
			fields := t.(map[any]any)
			orth, norm := fields[int64(symbolOrth)].(string), ""
			known := 1
			if n, ok := fields[int64(symbolNorm)]; ok {
				norm, known = n.(string), 2
			}
			check(len(fields) == known, "exception %q sets other fields: %v", s, fields)
			pairs, whole = append(pairs, orth, norm), whole+orth
		}
		check(whole == s, "exception %q has tokens that spell %q", s, whole)
		ends = append(ends, uint32(len(pairs)/2))
	}
	w.Table("specials", specials)
	w.Uint32s("specials.last", ends)
	w.Strings("specials.tokens", pairs)

	var c classes
	checkErr(json.Unmarshal(tables("classes.json"), &c))
	for name, ranges := range map[string][][2]uint32{
		"alpha": c.Alpha, "lower": c.Lower, "upper": c.Upper, "icons": c.Icons, "beforeFullStop": c.Sufdot,
		"infixLeft": c.Inf_l, "infixRight": c.Inf_r, "word": c.Word, "decimal": c.Dec,
	} {
		var flat []uint32
		for _, r := range ranges {
			flat = append(flat, r[0], r[1])
		}
		w.Uint32s("class."+name, flat)
	}
	w.Strings("list.punct", c.Punct)
	w.Strings("list.quotes", c.Quotes)
	w.Strings("list.currency", c.Currency)
	w.Strings("list.hyphens", c.Hyphens)
	// The units are read from the expression that ships: a blank missing from the list they were
	// written in glues two of them together, and the reference matches them so.
	const before = "(?<=[0-9])(?:km|"
	_, units, found := strings.Cut(tokenizer["suffix_search"].(string), before)
	check(found, "the suffixes have no units")
	units, _, _ = strings.Cut("km|"+units, ")$")
	check(!strings.ContainsAny(units, `\[(?*+.`), "the units are not literals: %s", units)
	w.Strings("list.units", strings.Split(units, "|"))

	var digits []uint32
	checkErr(json.Unmarshal(tables("numdigit.json"), &digits))
	w.Uint32s("digits", digits)
}

// unsigned reads a string id, which MessagePack stores signed where it fits.
func unsigned(v any) uint64 {
	if u, ok := v.(uint64); ok {
		return u
	}
	return uint64(v.(int64))
}

// ruler writes the attribute ruler's rules with their expressions spelt out as words
// (docs/nlp.md, section 8.1).
func ruler(w *model.Writer, data []byte) {
	rules := must(decode(data)).([]any)
	var words []string // every word a rule asks for
	for _, r := range rules {
		rule := r.(map[any]any)
		check(len(rule) == 3, "rule %v", rule)
		for _, pattern := range rule["patterns"].([]any) {
			for _, token := range pattern.([]any) {
				for key, value := range token.(map[any]any) {
					check(slices.Contains([]any{"TAG", "LOWER", "DEP", "IS_SPACE"}, key), "rule %v", rule)
					if test, ok := value.(map[any]any); ok {
						check(len(test) == 1, "rule %v", rule)
						if expression, ok := test["REGEX"]; ok {
							delete(test, "REGEX")
							test["IN"] = spell(expression.(string))
						}
					}
					if key == "LOWER" {
						words = append(words, listed(value)...)
					}
				}
			}
		}
	}
	slices.Sort(words)
	w.Table("ruler.words", slices.Compact(words))
	w.Text("ruler", string(must(json.Marshal(plain(rules)))))
}

// listed returns the words of a test for equality or membership.
func listed(value any) (words []string) {
	if word, ok := value.(string); ok {
		return []string{word}
	}
	for _, word := range value.(map[any]any)["IN"].([]any) {
		words = append(words, word.(string))
	}
	check(len(words) > 0, "test %v", value)
	return words
}

// spell lists the strings that an anchored expression of letters, classes and optional letters
// matches.
func spell(expression string) (all []any) {
	letters := regexp.MustCompile(`\[([a-z]+)\]|([a-z'])(\??)`)
	body := strings.TrimSuffix(strings.TrimPrefix(expression, "^"), "$")
	check(len(body) == len(expression)-2 && letters.ReplaceAllString(body, "") == "", "expression %s", expression)
	words := []string{""}
	for _, m := range letters.FindAllStringSubmatch(body, -1) {
		choices := strings.Split(m[1]+m[2], "")
		if m[3] == "?" {
			choices = append(choices, "")
		}
		var longer []string
		for _, word := range words {
			for _, c := range choices {
				longer = append(longer, word+c)
			}
		}
		words = longer
	}
	for _, word := range words {
		check(regexp.MustCompile(expression).MatchString(word), "%s does not match %s", expression, word)
		all = append(all, word)
	}
	return all
}

// plain turns decoded maps into ones that encoding/json accepts.
func plain(v any) any {
	switch v := v.(type) {
	case map[any]any:
		m := map[string]any{}
		for k, x := range v {
			m[fmt.Sprint(k)] = plain(x)
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, x := range v {
			l[i] = plain(x)
		}
		return l
	}
	return v
}

// lemmas writes the tables of the lemmatizer (docs/nlp.md, section 8.2).
func lemmas(w *model.Writer, data []byte, symbols symbols) {
	file := must(decode(data)).(map[any]any)
	of := func(table, pos string) any {
		for key, value := range file[table].(map[any]any) {
			if unsigned(key) == symbols.id(pos) {
				return value
			}
		}
		return nil
	}
	for _, pos := range []string{"adj", "adv", "noun", "verb", "punct"} {
		var rules []string
		if list, ok := of("lemma_rules", pos).([]any); ok {
			for _, r := range list {
				rules = append(rules, r.([]any)[0].(string), r.([]any)[1].(string))
			}
		}
		w.Strings("lemma."+pos+".rules", rules)

		var irregular, forms []string
		var ends []uint32
		if m, ok := of("lemma_exc", pos).(map[any]any); ok {
			for word := range m {
				irregular = append(irregular, word.(string))
			}
			slices.Sort(irregular)
			for _, word := range irregular {
				for _, f := range m[word].([]any) {
					forms = append(forms, f.(string))
				}
				ends = append(ends, uint32(len(forms)))
			}
		}
		w.Table("lemma."+pos+".exceptions", irregular)
		w.Uint32s("lemma."+pos+".exceptions.last", ends)
		w.Strings("lemma."+pos+".exceptions.forms", forms)

		var index []string
		if list, ok := of("lemma_index", pos).([]any); ok {
			for _, word := range list {
				index = append(index, word.(string))
			}
		}
		slices.Sort(index)
		w.Table("lemma."+pos+".index", slices.Compact(index))
	}
}
