"""A text as copies are compared: its words, its sentences, and what rewriting leaves alone."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from onrecord.reading.quotations import find_quotations

__all__ = ["Words", "cut", "hash_of"]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s)|[\r\n]+")
_SHORTEST = 4
"""Words of a sentence; a shorter one (`Mr.`, `U.S.`) goes on in the next."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, in order.

    Attributes:
        keys: Hash of each word, without case and possessive ending.
        starts: Offset of each word's first character.
        ends: Offset after each word's last character.
        quoted: Whether each word stands inside quotation marks.
        names: Places, in `keys`, of numbers and of words that are capital inside a sentence.
        sentences: First word, and word after the last, of each sentence.
    """

    keys: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: tuple[bool, ...]
    names: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]


@lru_cache(maxsize=16_384)
def hash_of(word: str) -> int:
    """Return the hash of a word: 63 bits, the same on every machine."""
    plain = word.lower().replace("’", "'").replace(",", "").removesuffix("'s")
    digest = blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def cut(text: str) -> Words:
    """Cut a text into words and sentences.

    Example:
        >>> words = cut("He met Mr. Lavrov on 3 May. “No deal,” he said afterwards in Kyiv.")
        >>> len(words.names), sum(words.quoted), len(words.sentences)
        (5, 2, 2)
    """
    matches = list(_WORD.finditer(text))
    starts = tuple(match.start() for match in matches)
    printed = [match.group() for match in matches]
    sentences = tuple(_sentences(text, starts))
    return Words(
        keys=tuple(map(hash_of, printed)),
        starts=starts,
        ends=tuple(match.end() for match in matches),
        quoted=_quoted(text, starts),
        names=_names(printed, {first for first, _ in sentences}),
        sentences=sentences,
    )


def _sentences(text: str, starts: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    first = 0
    for end in _END.finditer(text):
        after = bisect_right(starts, end.start())
        line = text[end.start()] in "\r\n"
        if after - first >= _SHORTEST or (line and after > first):
            yield first, after
            first = after
    if len(starts) > first:
        yield first, len(starts)


def _quoted(text: str, starts: tuple[int, ...]) -> tuple[bool, ...]:
    quoted = [False] * len(starts)
    for quotation in find_quotations(text):
        first = bisect_right(starts, quotation.start)
        last = bisect_right(starts, quotation.end - 1)
        quoted[first:last] = [True] * (last - first)
    return tuple(quoted)


def _names(printed: list[str], begins: set[int]) -> tuple[int, ...]:
    """Return where numbers and names stand.

    The first word of a sentence is a name only if it is one elsewhere in the text: rewriting
    replaces `However` and leaves `Lavrov`.
    """
    inside = {
        word.removesuffix("’s").removesuffix("'s")
        for place, word in enumerate(printed)
        if word[0].isupper() and place not in begins
    }
    return tuple(
        place
        for place, word in enumerate(printed)
        if word[0].isdigit() or (word[0].isupper() and _is_known(word, inside))
    )


def _is_known(word: str, inside: set[str]) -> bool:
    return word.removesuffix("’s").removesuffix("'s") in inside and word != "I"
