"""Acronyms: which words they are made of, and what the bracket behind a name tells of it."""

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Protocol, TypeVar

from onrecord.reading.document import Document

__all__ = ["is_acronym_of", "joined_halves"]


class _Range(Protocol):
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


_Name = TypeVar("_Name", bound=_Range)


def is_acronym_of(short: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Tell whether a word in capitals is made of a name's initials, in any order and language.

    Example:
        >>> is_acronym_of(("OAS",), ("Organization", "of", "American", "States"))
        True
    """
    letters = Counter(short[0]) if len(short) == 1 and short[0].isupper() else Counter()
    initials = Counter(word[0].upper() for word in name)
    return len(name) > 1 and letters.total() > 1 and letters <= initials


def joined_halves(document: Document, names: list[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Yield two names that are halves of one: `Union of Atheists` and `Agnostics (UAA)`."""
    tokens = document.tokens
    for before, after in itertools.pairwise(names):
        bracket = tokens[after.last : after.last + 3]
        if after.first != before.last + 1 or len(bracket) < 3 or bracket[0].text != "(":
            continue
        whole = tuple(each.text for each in tokens[before.first : after.last] if each.is_word)
        half = tuple(each.text for each in tokens[after.first : after.last])
        is_and = tokens[before.last].lower in {"and", "&"}
        short = (bracket[1].text,)
        if is_and and is_acronym_of(short, whole) and not is_acronym_of(short, half):
            yield before, after
