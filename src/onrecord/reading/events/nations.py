"""Nations before a noun, alone and several: `Russian troops`, `Russian and Ukrainian troops`.

A group of several has no country of its own; what it does, each of the states does.
"""

from collections.abc import Iterator

from onrecord.article import Span
from onrecord.knowledge.countries import country_of
from onrecord.knowledge.entries import passed_over
from onrecord.reading.document import Document, Token
from onrecord.reading.events.roles import conjuncts

__all__ = ["adjectives", "is_adjective", "nation_at", "nations_before", "plurals"]

_LABELS = frozenset({"amod", "compound", "nmod", "npadvmod"})
_PLURAL = "NNS"
_LONGEST = 3
"""Words of the longest adjective of a nation: `Papua New Guinean`."""
_BEFORE = ("amod", "compound", "nmod", "poss")


def is_adjective(document: Document, token: Token) -> bool:
    """Tell whether a capitalized word says whose a noun is: `Saudi strike`, `Saudi-led strike`."""
    if token.dep not in _LABELS or not token.text[:1].isupper():
        return False
    return token.dep != "npadvmod" or document.head(token).lower == "led"


def adjectives(document: Document) -> Iterator[Token]:
    """Yield the capitalized words that say whose a noun is, in order of the text."""
    return (
        each for each in document.tokens if each.dep in _LABELS and is_adjective(document, each)
    )


def nation_at(document: Document, token: Token) -> tuple[str, Span] | None:
    """Return the country whose name or adjective ends with a word, and all its words.

    `North Korean` is not `Korean`, and who fought in the `Korean War` fought no Koreans.
    """
    first = max(document.sentence_of(token.index).first, token.index - _LONGEST + 1)
    near = [each.text for each in document.tokens[first : token.index + _LONGEST]]
    at = token.index - first
    if any(low <= at < high for low, high in passed_over(near)):
        return None
    for begun in range(at + 1):
        code = country_of(" ".join(near[begun : at + 1]))
        if code is not None:
            return code, document.span(first + begun, token.index + 1)
    return None


def plurals(document: Document) -> Iterator[Token]:
    """Yield the nouns in the plural: before others no names are joined (`nations_before`)."""
    return (each for each in document.tokens if each.tag == _PLURAL)


def nations_before(document: Document, noun: Token) -> tuple[tuple[str | None, Token, Span], ...]:
    """Return the names that `and` joins before a noun in the plural.

    Each with the country that it names, if it does, its last word and all its words; fewer than
    two are none.
    """
    if noun.tag != _PLURAL:
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
