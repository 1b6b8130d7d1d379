"""How well words fit their place: counts of words, pairs and triples in news, hashed.

The tables hold no words, only what hashing leaves of them; the model card beside them says what
they were counted on. `training/suspect.py` makes them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, overload
from zlib import crc32

import numpy as np
from msgspec import Struct

from onrecord.models.loading import once

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

__all__ = [
    "FORMAT",
    "Fit",
    "Sparse",
    "Word",
    "cut_words",
    "hash_pair",
    "key_of",
    "load_fit",
]

FORMAT = "onrecord-suspect/1"

LEVELS = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 40, 80, 200, 800, 4000, 20000)
"""The counts that the 4-bit levels of pairs and triples stand for."""

_SINGLE: tuple[float, ...] = tuple(2.0 ** (level / 10.0) - 1.0 for level in range(256))
"""The counts that the 8-bit levels of single words stand for."""

_LEVELS, _SINGLES = np.array(LEVELS), np.array(_SINGLE)

_MASK = 0xFFFFFFFF
_BLOCK = 512
"""Bytes of slots after which it is remembered how many filled ones stand before."""
_WORD = re.compile(r"\d[\d.,]*(?:['’]?s\b)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|[\r\n]+")


class Word(Struct, frozen=True):
    """A word, number or mark of a text, as the tables know it.

    Attributes:
        lower: Lower case, apostrophes straight.
        key: Hash; all numbers share one.
        capital: Whether it begins with a capital letter.
        is_plain: Whether it has three letters or more, nothing else, and no capital first.
        start: Offset of its first character.
        end: Offset after its last character.
    """

    lower: str
    key: int
    capital: bool
    is_plain: bool
    start: int
    end: int


def cut_words(text: str) -> tuple[Word, ...]:
    """Cut a text into words; a line's end is a word of its own.

    Example:
        >>> [word.lower for word in cut_words("Kyiv’s 3,000 men.")]
        ["kyiv's", '3,000', 'men', '.']
    """
    return tuple([Word(*_known(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)])


@lru_cache(maxsize=16_384)
def _known(printed: str) -> tuple[str, int, bool, bool]:
    """Return what is known of a word wherever it stands: lower case, hash, capital, plainness."""
    lower, capital = printed.lower().replace("’", "'"), printed[0].isupper()
    return lower, key_of(lower), capital, not capital and len(lower) > 2 and lower.isalpha()


@lru_cache(maxsize=16_384)
def key_of(lower: str) -> int:
    """Hash a word; numbers are one word, so are the ends of lines, and `a` and `an`."""
    if lower[0].isdigit():
        lower = "0"
    elif lower[0] in "\r\n":
        lower = "\n"
    elif lower == "an":
        lower = "a"
    return crc32(lower.encode("utf-8", "surrogatepass"))


@overload
def hash_pair(one: int, other: int) -> int: ...
@overload
def hash_pair(one: "Hashes", other: "Hashes") -> "Hashes": ...
def hash_pair(one: Any, other: Any) -> Any:
    """Hash two words in order, to 32 bits; or the words of two arrays, pair by pair."""
    mixed = (one * 0x9E3779B1 + other * 0x85EBCA6B + 0x165667B1) & _MASK
    return ((mixed ^ (mixed >> 15)) * 0x2C1B3C6D) & _MASK


class Along(NamedTuple):
    """How the words of a text fit one after the other.

    Attributes:
        counts: Log of how often each of the n words was counted, shape (n,).
        together: How often each but the last was counted before the next one, shape (n - 1,).
        ties: How much oftener than by chance that is, as a log, shape (n - 1,).
    """

    counts: "NDArray[np.float64]"
    together: "NDArray[np.int64]"
    ties: "NDArray[np.float64]"


class Sparse:
    """A table of bytes most of which are 0, of which only the others are held.

    Args:
        filled: A bit for each slot, the first one highest, set where it is not 0.
        values: The bytes that are not 0, in order.
    """

    def __init__(self, filled: bytes, values: bytes) -> None:
        self._filled, self._values = filled, values
        ones = np.array([each.bit_count() for each in range(256)], np.int64)
        blocks = ones[np.frombuffer(filled, np.uint8)].reshape(-1, _BLOCK).sum(1)
        self._before: list[int] = [0, *np.cumsum(blocks).tolist()]

    def __len__(self) -> int:
        return 8 * len(self._filled)

    def __getitem__(self, slot: int) -> int:
        at, bit = divmod(slot, 8)
        byte, block = self._filled[at], at // _BLOCK
        if not byte >> 7 - bit & 1:
            return 0
        inside = int.from_bytes(self._filled[block * _BLOCK : at])
        place = self._before[block] + inside.bit_count() + (byte >> 8 - bit).bit_count()
        return self._values[place]


class Fit:
    """Tells how likely words are where they stand.

    Args:
        singles: Log-scaled counts of single words by hash.
        pairs: A byte for each hash of a pair: four bits of check, four of count.
        triples: The same for triples, most of which are 0.
        total: Words counted.
    """

    def __init__(
        self,
        singles: bytes,
        pairs: bytes,
        triples: Sparse,
        total: int,
    ) -> None:
        self._singles = singles
        self._pairs = pairs
        self._triples = triples
        self.total = total

    def along(self, keys: list[int]) -> "Along":
        """Return how the words of a text fit one after the other."""
        words = np.array(keys, np.uint64)
        singles, pairs = (
            np.frombuffer(self._singles, np.uint8),
            np.frombuffer(self._pairs, np.uint8),
        )
        counts = _SINGLES[singles[words % len(singles)]]
        hashed = hash_pair(words[:-1], words[1:])
        found = pairs[hashed % len(pairs)]
        together = np.where(found >> 4 == hashed >> 28, _LEVELS[found & 15], 0)
        ties = np.log((together + 0.05) / (counts[:-1] * counts[1:] / self.total + 0.05))
        return Along(np.log(1.0 + counts), together, ties)

    def single(self, key: int) -> float:
        """Return about how often the word was counted."""
        return _SINGLE[self._singles[key % len(self._singles)]]

    def chance(self, one: int, other: int, third: int) -> float:
        """Return the probability of the third word after the two: interpolated counts."""
        return next(self._chances((one, other), (third,)))

    def score(
        self, before: tuple[int, int], keys: tuple[int, ...], after: tuple[int, ...]
    ) -> float:
        """Return the log-probability of words between what stands before and after them."""
        return sum(map(log, self._chances(before, (*keys, *after))))

    def _chances(self, before: tuple[int, int], keys: tuple[int, ...]) -> Iterator[float]:
        """Yield each word's probability after the two before it; what it shares is kept for it."""
        single, pair = self.single(before[1]), hash_pair(*before)
        together, last = _count(self._pairs, pair), before[1]
        for key in keys:
            after_two = _count(self._triples, hash_pair(pair, key)) / (together + 2.0)
            pair = hash_pair(last, key)
            together, last = _count(self._pairs, pair), key
            after_one = together / (single + 5.0)
            single = self.single(key)
            common = 0.15 * ((single + 0.1) / self.total)
            yield 0.5 * min(after_two, 1.0) + 0.35 * min(after_one, 1.0) + common


def _count(table: bytes | Sparse, hashed: int) -> int:
    byte = table[hashed % len(table)]
    return LEVELS[byte & 15] if byte >> 4 == hashed >> 28 else 0


@once
def load_fit() -> Fit:
    """Load the shipped tables.

    Raises:
        ModelError: One is missing or altered.
    """
    from onrecord.models.attribution import read_card, read_checked

    folder = Path(__file__).parent
    card = read_card(folder / "card.json")
    names = ("singles.u8", "pairs.u8", "triples.bits", "triples.u8")
    singles, pairs, filled, values = (
        read_checked(folder / name, card["files"][name]) for name in names
    )
    return Fit(singles, pairs, Sparse(filled, values), card["words"])
