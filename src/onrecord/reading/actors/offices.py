"""Cut names off the offices and titles around them: `Pentagon Press Secretary John Kirby`."""

from onrecord.knowledge.countries import find_country_words
from onrecord.knowledge.entries import find_name
from onrecord.knowledge.nominals import nominals
from onrecord.reading.document import Document, Token

__all__ = ["belongs_to_office", "is_nationality", "is_office", "without_office"]

_SIDES = frozenset({"pro", "anti"})
"""What stands before a hyphen and whom somebody is for or against: `pro-Beijing DAB`."""


def without_office(document: Document, first: int, last: int) -> tuple[int, int]:
    """Cut off what belongs to the office that stands before or after a name."""
    last = _before_portfolio(document, first, last)
    return _trim(document, _after_office(document, first, last), last)


def is_nationality(words: tuple[Token, ...]) -> bool:
    """Tell whether the words are no more than a nationality: `British`."""
    found = find_country_words([word.text for word in words])
    return len(words) == 1 and bool(found) and found[0].is_people


def belongs_to_office(document: Document, words: tuple[Token, ...]) -> bool:
    """Tell whether a word is no name but part of an office: `State` in `Secretary of State`."""
    first = words[0].index
    if len(words) > 1 or first < 2 or document.tokens[first - 1].lower != "of":
        return False
    return is_office(document.tokens[first - 2]) and not find_name([words[0].text])


def is_office(token: Token) -> bool:
    """Tell whether a word is an office or a title."""
    return token.lower in nominals().office or token.lower in nominals().titles


def _before_portfolio(document: Document, first: int, last: int) -> int:
    """Return where a name ends that swallowed an office's begin: `Pentagon Press Secretary`."""
    tokens = document.tokens
    if last >= len(tokens) or not is_office(tokens[last]):
        return last
    if find_name([token.text for token in tokens[first:last]]):
        return last
    while last > first and tokens[last - 1].lower in nominals().portfolios:
        last -= 1
    return last


def _after_office(document: Document, first: int, last: int) -> int:
    """Return where a name begins that swallowed an office's end: `Secretary of Defense Al Gray`."""
    tokens = document.tokens
    is_of = first > 1 and tokens[first - 1].lower in {"of", "for"}
    if not is_of or not is_office(tokens[first - 2]) or tokens[first].text in nominals().given:
        return first
    for index in range(first + 1, last - 1):
        if tokens[index].text in nominals().given:
            return index
    return first + (last - first > 1 and tokens[first].lower in nominals().portfolios)


def _trim(document: Document, first: int, last: int) -> tuple[int, int]:
    """Cut articles, marks, sides, titles and possessive endings off both ends."""
    tokens = document.tokens
    while first + 3 < last and tokens[first].lower in _SIDES and not tokens[first + 1].is_word:
        first += 3
    while first < last and not _may_begin(tokens[first], is_alone=last - first == 1):
        first += 1
    while first < last and not _may_end(tokens[last - 1]):
        last -= 1
    return first, last


def _may_begin(token: Token, *, is_alone: bool) -> bool:
    if token.tag in {"DT", "PRP$", "IN", "POS", "CC", "CD"} and not token.text.isupper():
        return False
    return token.is_word and (is_alone or token.lower not in nominals().titles)


def _may_end(token: Token) -> bool:
    return token.is_word and token.tag not in {"POS", "IN", "CC", "DT"} and token.lower != "'s"
