"""Nations before a noun, alone and several: `Russian troops`, `Russian and Ukrainian troops`.

A group of several has no country of its own; what it does, each of the states does.
"""

from collections.abc import Iterator

from onrecord.article import Span
from onrecord.knowledge.countries import country_of
from onrecord.reading.document import Document, Token
from onrecord.reading.events.roles import conjuncts

__all__ = ["is_adjective", "nations_before"]

_BEFORE = ("amod", "compound", "nmod", "poss")


def is_adjective(document: Document, token: Token) -> bool:
    """Tell whether a capitalized word says whose a noun is: `Saudi strike`, `Saudi-led strike`."""
    if not token.text[:1].isupper():
        return False
    leads = token.dep == "npadvmod" and document.head(token).lower == "led"
    return leads or token.dep in {"amod", "compound", "nmod"}


def nations_before(document: Document, noun: Token) -> tuple[tuple[str | None, Token, Span], ...]:
    """Return the names that `and` joins before a noun in the plural.

    Each with the country that it names, if it does, its last word and all its words; fewer than
    two are none.
    """
    if noun.tag != "NNS":
        return ()
    found = []
    for token in _joined(document, noun):
        below = document.children(token.index, "amod", "compound")
        first = min(token.index, *(low.index for low in below)) if below else token.index
        words = document.span(first, token.index + 1)
        found.append((country_of(words.text), token, words))
    return tuple(found) if len(found) > 1 else ()


def _joined(document: Document, noun: Token) -> Iterator[Token]:
    """Yield the capitalized words before a noun, if an `and` joins some of them."""
    before = document.children(noun.index, *_BEFORE)
    if not any(document.children(each.index, "conj") for each in before):
        return
    for each in before:
        yield from (word for word in conjuncts(document, each) if word.text[:1].isupper())
