"""What the words of a statement say of a claim: which one it is, and that it does not hold."""

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.disputes.implied import judged_reach
from onrecord.reading.disputes.matter import Matter
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.clause import is_negated
from onrecord.reading.statements.nested import CALLING

__all__ = [
    "absent",
    "anaphor_of",
    "claim_noun",
    "pleads",
    "points_at_idea",
    "points_at_last",
    "verdict",
    "what_is_denied",
]

_POINTING = frozenset({"this", "that", "these", "those", "such", "the", "any", "all", "both"})
_PRONOUNS = frozenset({"it", "this", "that", "them", "which", "these", "those", "so", "all"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FOUND = frozenset({"find", "see", "have"})


def verdict(document: Document, answer: Matter) -> Token | None:
    """Return the claim of which a statement says that it is false: `the report is a hoax`."""
    lexicon = load_reporting()
    for index in answer.content[:40]:
        word = document.tokens[index]
        false = lexicon.is_a("falsity", word.lemma)
        untrue = lexicon.is_a("truth", word.lemma) and is_negated(document, document.head(word))
        if not false and not untrue:
            continue
        noun = document.head(word)
        is_subject = noun.dep in _SUBJECTS and document.head(noun).index in answer.content
        if false and word.dep == "amod" and is_subject and _points_back(document, noun):
            return noun
        above = document.head(word) if word.dep in {"acomp", "attr", "oprd", "amod"} else word
        if false and above.index in answer.cue:
            return next(iter(document.children(above.index, "dobj")), None)
        if word.dep == "amod":
            called = any(document.tokens[each].lemma in CALLING for each in answer.cue)
            if false and _is_claim_noun(noun) and (called or noun.dep in {"attr", "oprd"}):
                return noun
            continue
        subjects = document.children(above.index, "nsubj", "nsubjpass")
        pointing = (each for each in subjects if _is_claim_noun(each) or each.lower in _PRONOUNS)
        if (found := next(pointing, None)) is not None:
            return found
    return None


def absent(document: Document, answer: Matter) -> tuple[int, int] | None:
    """Return what there is said to be no evidence of: `found no evidence of fraud`."""
    lexicon = load_reporting()
    for index in answer.content[:60]:
        word = document.tokens[index]
        missing = lexicon.is_a("evidence", word.lemma) and _is_none(document, word)
        unaware = word.lower == "aware" and is_negated(document, document.head(word))
        if word.lower != "nothing" and not missing and not unaware:
            continue
        told = _evidenced(document, word)
        if told is not None and told[0] in answer.content:
            return told
    return None


def _is_none(document: Document, noun: Token) -> bool:
    if noun.pos != "NOUN":
        return False
    if any(each.lower == "no" for each in document.children(noun.index, "det")):
        return True
    verb = document.head(noun)
    return noun.dep == "dobj" and verb.lemma in _FOUND and is_negated(document, verb)


def _evidenced(document: Document, word: Token) -> tuple[int, int] | None:
    """Return what evidence is of: `of fraud`, `that he knew`, `to suggest collusion`."""
    lexicon = load_reporting()
    for below in document.children(word.index):
        if below.index < word.index:
            continue
        if below.dep == "prep" and below.lower in {"of", "for", "to", "in"}:
            inside = document.children(below.index, "pobj", "pcomp")
        elif below.pos == "VERB" and lexicon.is_a("indicating", below.lemma):
            inside = document.children(below.index, "dobj", "ccomp")
        else:
            inside = (below,) if below.dep in {"acl", "ccomp"} else ()
        if inside:
            return document.subtree(inside[0].index)
    return None


def _is_claim_noun(token: Token) -> bool:
    return token.pos == "NOUN" and load_reporting().is_a("claim_nouns", token.lemma)


def claim_noun(document: Document, answer: Matter) -> Token | None:
    """Return a noun of the content that points back to what somebody said."""
    for index in answer.content[:12]:
        token = document.tokens[index]
        if _is_claim_noun(token):
            return token
    return None


def points_at_idea(document: Document, answer: Matter) -> bool:
    """Tell whether what is denied is an idea of somebody's, not what somebody is accused of."""
    anaphor = anaphor_of(document, answer)
    return anaphor is not None and load_reporting().is_a("open_nouns", anaphor.lemma)


def points_at_last(document: Document, answer: Matter) -> bool:
    """Tell whether what is denied is what was said just before: `that assertion`, `this claim`."""
    anaphor = anaphor_of(document, answer)
    if anaphor is None or anaphor.tag != "NN":
        return False
    return any(each.lower in {"this", "that"} for each in document.children(anaphor.index, "det"))


def what_is_denied(document: Document, answer: Matter) -> list[str]:
    """Return the stems that name the matter, not the verdict; none where a claim is pointed at.

    Of `these claims are false and the voters know it` only what belongs to `these claims` counts.
    """
    if pleads(document, answer):
        return []
    judged = verdict(document, answer)
    if judged is None:
        first, last = absent(document, answer) or (0, len(document.tokens))
        return [word for word, index in answer.stems.items() if first <= index < last]
    reach = judged_reach(document, judged) or (judged.index, judged.index)
    near = {each.index for each in document.children(judged.index, "compound", "amod", "nmod")}
    lexicon = load_reporting()
    return [
        word
        for word, index in answer.stems.items()
        if (reach[0] <= index < reach[1] or index in near)
        and not lexicon.is_a("falsity", document.tokens[index].lemma)
    ]


def pleads(document: Document, answer: Matter) -> bool:
    """Tell whether it is a plea: only a charge is answered by one."""
    return any(document.tokens[index].lemma == "plead" for index in answer.cue)


def anaphor_of(document: Document, answer: Matter) -> Token | None:
    """Return the word of the answer that points back: `such guarantees`, `the claim`, `it`."""
    words = [document.tokens[index] for index in answer.content if document.tokens[index].is_word]
    is_short = 1 <= len(words) <= 2 and words[-1].pos != "NOUN"
    if is_short and words[0].lower in _PRONOUNS:
        return words[0]
    for word in words[:12]:
        if word.pos == "NOUN" and _points_back(document, word):
            return word
    return None


def _points_back(document: Document, noun: Token) -> bool:
    """Tell whether a noun stands for what was said before: `such activity`, `the allegations`."""
    lexicon = load_reporting()
    around = document.children(noun.index, "det", "amod", "poss", "predet")
    words = {each.lower for each in around}
    if "such" in words or lexicon.is_a("blanket", noun.lemma):
        return True
    is_claim = lexicon.is_a("claim_nouns", noun.lemma)
    return is_claim and (bool(words & _POINTING) or (noun.tag == "NNS" and "false" not in words))
