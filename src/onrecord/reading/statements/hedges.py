"""Whether a statement is marked as uncertain, by the reporter or by the speaker."""

from collections.abc import Iterable, Iterator

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.document import Document, Token

__all__ = ["is_hedged", "seems"]

_RAISED = frozenset({"appear", "seem"})
_COMPLETED = ("acomp", "attr", "oprd", "xcomp", "ccomp")


def is_hedged(document: Document, cue: Iterable[int], content: Iterable[int]) -> bool:
    """Tell whether a mark of uncertainty stands on the cue or on a main clause of the content.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> document = analyse(Article("Kyiv reportedly said it would wait."))
        >>> is_hedged(document, (2,), (3, 4, 5))
        True
    """
    inside = tuple(content)
    if any(_marks_saying(document, document.tokens[index]) for index in cue):
        return True
    tops = _tops(document, frozenset(inside))
    return any(_marks_content(document, token) for token in tops)


def seems(document: Document, verb: Token) -> bool:
    """Tell `appeared to agree`, `looks like war` from `appeared in court`, `looked at it`."""
    if document.children(verb.index, *_COMPLETED):
        return True
    below = document.children(verb.index, "prep", "mark", "advcl")
    return any(
        each.lower in {"like", "as"} or document.children(each.index, "mark") for each in below
    )


def _marks_saying(document: Document, token: Token) -> bool:
    lexicon = load_reporting()
    if lexicon.is_a("uncertain", token.lower):
        return True
    if any(
        lexicon.is_a("uncertain", each.lower) for each in document.children(token.index, "advmod")
    ):
        return True
    is_passive = bool(document.children(token.index, "auxpass"))
    is_weak = lexicon.is_a("uncertain_verbs", token.lemma) and token.pos == "VERB"
    return is_weak and (is_passive or token.lemma in _RAISED | {"suggest"})


def _tops(document: Document, inside: frozenset[int]) -> Iterator[Token]:
    for index in sorted(inside):
        token = document.tokens[index]
        if token.head == index or token.head not in inside:
            yield token


def _marks_content(document: Document, token: Token) -> bool:
    lexicon = load_reporting()
    if token.lemma in _RAISED and token.pos == "VERB" and seems(document, token):
        return True
    if lexicon.is_a("uncertain_verbs", token.lemma) and document.children(token.index, "auxpass"):
        return True
    for child in document.children(token.index, "aux", "advmod"):
        if lexicon.is_a("uncertain", child.lower) or lexicon.is_a("uncertain_modals", child.lower):
            return True
    return False
