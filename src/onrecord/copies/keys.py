"""Keys by which copies find each other: names and numbers in order, quoted words in order.

What a rewriting machine swaps are the plain words; names, numbers and quotations stay, in their
order. Every run of four names or numbers, and of six quoted words, has a hash; of neighbouring
hashes the least is kept (winnowing, Schleimer, Wilkerson and Aiken 2003), so that two texts which
share a stretch long enough share a key, wherever it stands in them. For texts with few of either,
a sample of the runs of five plain words is kept too.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import groupby

from onrecord.copies.words import Words

__all__ = ["copy_keys", "quoted_runs"]

NAMES = 4
"""Names or numbers of a run; three are shared by too many articles on one topic."""
QUOTED = 6
"""Quoted words of a run."""
WINDOW = 4
"""Neighbouring runs of which one is kept: a shared stretch of seven is always found."""
PLAIN = 5
"""Plain words of a run; with 3 words in 10 swapped, one run in six is left."""
SAMPLED = 8
"""One plain run in so many is kept: the same ones in every text."""
SHORT = 300
"""Words of a text up to which one plain run in two is kept: it has few to be found by."""
MOST = 600
"""Keys of one article; they are spread over its whole length."""


def copy_keys(words: Words) -> tuple[int, ...]:
    """Return the keys of a text, sorted; two copies share some of them.

    Returns:
        Whole numbers that a database keeps in 64 bits with sign.
    """
    names = [words.keys[place] for place in words.names]
    sampled = SAMPLED if len(words.keys) > SHORT else 2
    plain = (key for key in _runs(words.keys, PLAIN, b"p") if key % sampled == 0)
    found = quoted_runs(words) | set(_least(_runs(names, NAMES, b"n"))) | set(plain)
    ordered = sorted(found)
    step = -(-len(ordered) // MOST) or 1
    return tuple(ordered[::step])


def quoted_runs(words: Words) -> frozenset[int]:
    """Return the keys that come of quoted words alone."""
    stretches = (_runs(stretch, QUOTED, b"q") for stretch in _stretches(words))
    return frozenset(key for runs in stretches for key in _least(runs))


def _stretches(words: Words) -> Iterator[list[int]]:
    """Yield the words of each quotation."""
    for quoted, members in groupby(
        zip(words.quoted, words.keys, strict=True), lambda each: each[0]
    ):
        if quoted:
            yield [key for _, key in members]


def _runs(keys: Sequence[int], length: int, kind: bytes) -> list[int]:
    return [_hash(kind, keys[first : first + length]) for first in range(len(keys) - length + 1)]


def _hash(kind: bytes, keys: Sequence[int]) -> int:
    digest = blake2b(repr(keys).encode(), digest_size=8, person=kind).digest()
    return int.from_bytes(digest, signed=True)


def _least(hashes: Sequence[int]) -> Iterator[int]:
    """Yield the least of every window of hashes; all of a short list's one window."""
    if hashes and len(hashes) < WINDOW:
        yield min(hashes)
    for first in range(len(hashes) - WINDOW + 1):
        yield min(hashes[first : first + WINDOW])
