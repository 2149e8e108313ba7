package syntax

// The closed label sets of the parser (OntoNotes 5 tags, ClearNLP dependencies, universal parts
// of speech), numbered so that a feature compares bytes. 0 is a label we do not know.
type (
	Pos uint8
	Tag uint8
	Dep uint8
	Ent uint8 // type of the named entity a token belongs to; 0 if none
)

const (
	PosAdj   Pos = 1
	PosAdp   Pos = 2
	PosAdv   Pos = 3
	PosAux   Pos = 4
	PosCconj Pos = 5
	PosDet   Pos = 6
	PosIntj  Pos = 7
	PosNoun  Pos = 8
	PosNum   Pos = 9
	PosPart  Pos = 10
	PosPron  Pos = 11
	PosPropn Pos = 12
	PosPunct Pos = 13
	PosSconj Pos = 14
	PosSpace Pos = 15
	PosSym   Pos = 16
	PosVerb  Pos = 17
	PosX     Pos = 18
)

const (
	DepRoot      Dep = 1
	DepAcl       Dep = 2
	DepAcomp     Dep = 3
	DepAdvcl     Dep = 4
	DepAdvmod    Dep = 5
	DepAgent     Dep = 6
	DepAmod      Dep = 7
	DepAppos     Dep = 8
	DepAttr      Dep = 9
	DepAux       Dep = 10
	DepAuxpass   Dep = 11
	DepCase      Dep = 12
	DepCc        Dep = 13
	DepCcomp     Dep = 14
	DepCompound  Dep = 15
	DepConj      Dep = 16
	DepCsubj     Dep = 17
	DepCsubjpass Dep = 18
	DepDative    Dep = 19
	DepDep       Dep = 20
	DepDet       Dep = 21
	DepDobj      Dep = 22
	DepExpl      Dep = 23
	DepIntj      Dep = 24
	DepMark      Dep = 25
	DepMeta      Dep = 26
	DepNeg       Dep = 27
	DepNmod      Dep = 28
	DepNpadvmod  Dep = 29
	DepNsubj     Dep = 30
	DepNsubjpass Dep = 31
	DepNummod    Dep = 32
	DepOprd      Dep = 33
	DepParataxis Dep = 34
	DepPcomp     Dep = 35
	DepPobj      Dep = 36
	DepPoss      Dep = 37
	DepPreconj   Dep = 38
	DepPredet    Dep = 39
	DepPrep      Dep = 40
	DepPrt       Dep = 41
	DepPunct     Dep = 42
	DepQuantmod  Dep = 43
	DepRelcl     Dep = 44
	DepXcomp     Dep = 45
)

const (
	EntCardinal  Ent = 1
	EntDate      Ent = 2
	EntEvent     Ent = 3
	EntFac       Ent = 4
	EntGpe       Ent = 5
	EntLanguage  Ent = 6
	EntLaw       Ent = 7
	EntLoc       Ent = 8
	EntMoney     Ent = 9
	EntNorp      Ent = 10
	EntOrdinal   Ent = 11
	EntOrg       Ent = 12
	EntPercent   Ent = 13
	EntPerson    Ent = 14
	EntProduct   Ent = 15
	EntQuantity  Ent = 16
	EntTime      Ent = 17
	EntWorkOfArt Ent = 18
)

// Tags that rules name; the others have a number only.
const (
	TagAdd  Tag = 8
	TagAfx  Tag = 9
	TagCc   Tag = 10
	TagCd   Tag = 11
	TagDt   Tag = 12
	TagEx   Tag = 13
	TagFw   Tag = 14
	TagHyph Tag = 15
	TagIn   Tag = 16
	TagJj   Tag = 17
	TagJjr  Tag = 18
	TagJjs  Tag = 19
	TagLs   Tag = 20
	TagMd   Tag = 21
	TagNfp  Tag = 22
	TagNn   Tag = 23
	TagNnp  Tag = 24
	TagNnps Tag = 25
	TagNns  Tag = 26
	TagPdt  Tag = 27
	TagPos  Tag = 28
	TagPrp  Tag = 29
	TagRb   Tag = 31
	TagRbr  Tag = 32
	TagRbs  Tag = 33
	TagRp   Tag = 34
	TagSym  Tag = 35
	TagTo   Tag = 36
	TagUh   Tag = 37
	TagVb   Tag = 38
	TagVbd  Tag = 39
	TagVbg  Tag = 40
	TagVbn  Tag = 41
	TagVbp  Tag = 42
	TagVbz  Tag = 43
	TagWdt  Tag = 44
	TagWp   Tag = 45
	TagWrb  Tag = 47
	TagXx   Tag = 48
)

var posNames = []string{"", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SPACE", "SYM", "VERB", "X"}

var tagNames = []string{"", "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "_SP", "``"}

var depNames = []string{"", "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc", "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark", "meta", "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj", "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp"}

var entNames = []string{"", "CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP", "ORDINAL", "ORG", "PERCENT", "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART"}

var (
	posOf = index[Pos](posNames)
	tagOf = index[Tag](tagNames)
	depOf = index[Dep](depNames)
	entOf = index[Ent](entNames)
)

func index[L ~uint8](names []string) map[string]L {
	m := make(map[string]L, len(names))
	for i, n := range names {
		m[n] = L(i)
	}
	return m
}

func (p Pos) String() string { return posNames[p] }
func (t Tag) String() string { return tagNames[t] }
func (d Dep) String() string { return depNames[d] }
func (e Ent) String() string { return entNames[e] }
