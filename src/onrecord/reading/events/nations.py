"""Several nations before one noun: `Russian and Ukrainian troops`.

Such a group has no country of its own; what it does, each of the states does.
"""

from collections.abc import Iterator

from onrecord.article import Span
from onrecord.knowledge.countries import country_of
from onrecord.reading.document import Document, Token
from onrecord.reading.events.roles import conjuncts

__all__ = ["nations_before"]

_BEFORE = ("amod", "compound", "nmod", "poss")


def nations_before(document: Document, noun: Token) -> tuple[tuple[str, Span], ...]:
    """Return the states that coordinated words before a noun name, each with these words.

    Fewer than two are none.
    """
    if noun.pos != "NOUN" or noun.tag != "NNS":
        return ()
    found: dict[str, Span] = {}
    for token in _joined(document, noun):
        first = min((low.index for low in document.children(token.index, "amod", "compound")),
                    default=token.index)  # fmt: skip
        words = document.span(min(first, token.index), token.index + 1)
        code = country_of(words.text)
        if code:
            found.setdefault(code, words)
    return tuple(found.items()) if len(found) > 1 else ()


def _joined(document: Document, noun: Token) -> Iterator[Token]:
    """Yield the capitalized words before a noun, if an `and` joins some of them."""
    before = document.children(noun.index, *_BEFORE)
    if not any(document.children(each.index, "conj") for each in before):
        return
    for each in before:
        yield from (word for word in conjuncts(document, each) if word.text[:1].isupper())
