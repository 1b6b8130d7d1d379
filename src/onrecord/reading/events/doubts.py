"""What denies, doubts or only claims what a clause tells."""

from onrecord.knowledge.event_triggers import word_class
from onrecord.reading.document import Document, Token

__all__ = [
    "NEVER",
    "has_particle",
    "has_to",
    "is_claim",
    "is_denied",
    "is_doubted",
    "is_feared",
    "is_negated",
    "is_only_feared",
    "mood_words",
]

NEVER = frozenset({"not", "n't", "never", "neither", "nor", "no"})
_NONE = frozenset({"nobody", "none", "few"})


def is_denied(below: Token, governor: Token) -> bool:
    """Tell whether it is what somebody denies: `denied that it plans to attack`, `any contact`.

    Who rejects a claim denies it.
    """
    if below.dep == "dobj" and below.lemma in word_class("STATEMENT"):
        return governor.lemma in word_class("DISMISSING")
    return below.dep in {"ccomp", "xcomp", "dobj"} and governor.lemma == "deny"


def is_only_feared(document: Document, below: Token, governor: Token) -> bool:
    """Tell whether what will be done is only feared or doubted by who is spoken of."""
    doubted = below.dep == "ccomp" and governor.lemma in word_class("DOUBTING")
    return doubted or is_feared(document, below, governor)


def is_doubted(document: Document, below: Token, governor: Token) -> bool:
    """Tell whether nothing speaks for it, or it is only feared: `fears that it will attack`."""
    clause = below.dep in {"ccomp", "acl", "relcl"} and not has_to(document, below)
    if not clause:
        return False
    if governor.lemma in word_class("PROOF"):
        return is_negated(document, governor)
    if governor.lemma in word_class("BELIEVING"):
        nobody = any(each.lower in _NONE for each in document.children(governor.index, "nsubj"))
        return nobody or is_negated(document, governor)
    return False


def is_feared(document: Document, clause: Token, noun: Token) -> bool:
    """Tell whether a clause is what somebody fears: `fears that it will attack`."""
    that = any(each.lower == "that" for each in document.children(clause.index, "mark"))
    return clause.dep != "advcl" and that and noun.lemma in word_class("FEARED")


def is_claim(document: Document, clause: Token, noun: Token) -> bool:
    """Tell whether a clause is what somebody claims: `accusations that it supports rebels`."""
    that = any(each.lower == "that" for each in document.children(clause.index, "mark"))
    return clause.dep in {"acl", "relcl"} and that and noun.lemma in word_class("STATEMENT")


def has_particle(document: Document, verb: Token, lemma: str, particle: str) -> bool:
    """Tell whether a verb is this one with this particle or adverb: `rule` with `out`."""
    below = document.children(verb.index, "prt", "advmod")
    return verb.lemma == lemma and any(each.lower == particle for each in below)


def is_negated(document: Document, governor: Token) -> bool:
    """Tell whether a verb, noun or adjective is negated: `does not plan`, `has no plan`."""
    if governor.pos in {"VERB", "AUX"}:
        return bool(mood_words(document, governor) & NEVER)
    below = document.children(governor.index, "det", "neg", "advmod", "preconj")
    if any(each.lower in NEVER for each in below):
        return True
    verb = document.head(governor)
    is_had = verb.lemma == "have" or governor.lemma in word_class("PROOF")
    tied = governor.dep in {"acomp", "attr", "oprd"} or (governor.dep == "dobj" and is_had)
    return tied and bool(mood_words(document, verb) & NEVER)


def mood_words(document: Document, verb: Token) -> set[str]:
    """Return auxiliaries, negations and conjunctions of a verb; `'d received` is no `would`."""
    below = document.children(verb.index, "aux", "neg", "mark", "advmod", "preconj")
    lower = [low for each in below for low in document.children(each.index, "neg")]
    words = {each.lower for each in (*below, *lower)}
    return words - {"'d"} if verb.tag in {"VBN", "VBD"} else words


def has_to(document: Document, verb: Token) -> bool:
    """Tell whether a verb is an infinitive with `to`."""
    return any(each.lower == "to" for each in document.children(verb.index, "aux"))
