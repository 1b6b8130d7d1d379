"""What is told of what one judges: `condemned the attacks, saying they were crimes`."""

from onrecord.knowledge.event_triggers import frames
from onrecord.reading.document import Document, Token

__all__ = ["things_judged"]

_SAYING = frozenset({
    "add", "argue", "claim", "declare", "explain", "insist", "note", "say", "state", "stress",
    "warn", "write",
})  # fmt: skip
_AHEAD = frozenset({"will", "would", "shall", "'ll", "’ll", "'d", "’d"})


def things_judged(document: Document, pronoun: Token) -> tuple[Token, ...]:
    """Return what `they` or `it` is that is said of what was judged; nothing where that is open.

    `They` are the several things that one judges, `it` is a deed of which nothing ahead is told
    (`condemned the attack, saying it killed ten`, but not `it would send troops`).
    """
    verb = document.head(pronoun)
    saying = document.head(verb)
    is_reason = saying.dep == "advcl" and saying.tag == "VBG" and saying.lemma in _SAYING
    if verb.dep != "ccomp" or not is_reason:
        return ()
    things = document.children(saying.head, "dobj")
    if pronoun.lower == "they":
        judges = document.children(saying.head, "nsubj")
        is_one = all(each.tag in {"NN", "NNP", "PRP"} for each in judges)
        return tuple(each for each in things if is_one and each.tag == "NNS")
    is_ahead = any(each.lower in _AHEAD for each in document.children(verb.index, "aux"))
    if pronoun.lower != "it" or is_ahead:
        return ()
    return tuple(each for each in things if each.tag == "NN" and frames("noun", each.lemma))
