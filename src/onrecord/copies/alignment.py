"""Lay two texts side by side, sentence by sentence."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.copies.words import Words

__all__ = ["Alignment", "Pair", "align", "shared_words"]

COMMON = 3
"""A word in more of a text's sentences than these says nothing about which sentence is meant."""
TRIED = 3
"""Sentences of the other text that are compared with one sentence: those that share most words."""
ALIKE = 0.5
"""Share of words in the same order from which two sentences are one; see `benchmarks/copies`."""
NEAR = 3
"""Sentences on which a pair may follow the one before it, so that one that was missed is no gap."""
SPOKEN = 0.7
"""Share of quoted words from which a text is an interview: these words are what is copied."""
SAME = 0.95
"""Share of words in the same order from which a sentence was left as it was, a slip apart."""
FEWEST = 4
"""Unquoted words of a sentence by which it can be recognised; of fewer its quotation decides."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences, by their places in their texts' `sentences`, and how alike they are."""

    one: int
    other: int
    alike: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which sentences of two texts are the same.

    Attributes:
        pairs: In the order of the first text.
        one: Share of the first text's unquoted words that stand in paired sentences.
        other: Share of the second text's.
        words: Unquoted words of the first text in paired sentences.
        kept: Share of the paired sentences' unquoted words that are the same.
        in_order: Share of neighbouring pairs of which the second follows at once in both texts.
        altered: Share of the pairs whose sentences differ.
        names: Share of the pairs' names and numbers that both sentences have, in the same order.
    """

    pairs: tuple[Pair, ...]
    one: float
    other: float
    words: int
    kept: float
    in_order: float
    altered: float
    names: float


def shared_words(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many words two sequences have in the same order (longest common subsequence).

    Bit-parallel (Hyyrö 2004): one step of integer arithmetic a word.

    Example:
        >>> shared_words((1, 2, 3, 4), (2, 9, 4))
        2
    """
    places: dict[int, int] = defaultdict(int)
    for place, key in enumerate(one):
        places[key] |= 1 << place
    full = (1 << len(one)) - 1
    row = full
    for key in other:
        match = row & places.get(key, 0)
        row = ((row + match) | (row - match)) & full
    return len(one) - row.bit_count()


def align(one: Words, other: Words) -> Alignment:
    """Pair the sentences of two texts that tell the same in the same words, swaps apart."""
    ours = [_unquoted(one, sentence) for sentence in one.sentences]
    theirs = [_unquoted(other, sentence) for sentence in other.sentences]
    pairs = tuple(_pairs(one, other, ours, theirs))
    return replace(
        _summed(pairs, _weights(one, ours), _weights(other, theirs)),
        names=_same_names(pairs, one, other),
    )


def _same_names(pairs: Sequence[Pair], one: Words, other: Words) -> float:
    ours, theirs = _names(one), _names(other)
    both = [(ours[pair.one], theirs[pair.other]) for pair in pairs]
    longest = sum(max(len(left), len(right)) for left, right in both)
    return sum(shared_words(left, right) for left, right in both) / longest if longest else 1.0


def _names(words: Words) -> list[list[int]]:
    """Return the names and numbers of each sentence."""
    named = set(words.names)
    return [
        [words.keys[place] for place in range(*sentence) if place in named]
        for sentence in words.sentences
    ]


def _weights(words: Words, unquoted: Sequence[Sequence[int]]) -> list[int]:
    """Return how many words of each sentence count."""
    if sum(words.quoted) > SPOKEN * len(words.quoted):
        return [last - first for first, last in words.sentences]
    return [len(sentence) for sentence in unquoted]


def _unquoted(words: Words, sentence: tuple[int, int]) -> tuple[int, ...]:
    places = range(*sentence)
    return tuple(words.keys[place] for place in places if not words.quoted[place])


def _pairs(
    one: Words, other: Words, ours: Sequence[Sequence[int]], theirs: Sequence[Sequence[int]]
) -> Iterator[Pair]:
    """Yield each sentence of the first text with the best of the second, if it is alike enough."""
    index = _index(other)
    taken: set[int] = set()
    for number, (first, last) in enumerate(one.sentences):
        best = Pair(number, -1, 0.0)
        for candidate in _candidates(one.keys[first:last], index):
            if candidate in taken:
                continue
            alike = _alike(one, other, ours, theirs, number, candidate)
            if alike > best.alike:
                best = Pair(number, candidate, alike)
        if best.alike >= ALIKE:
            taken.add(best.other)
            yield best


def _index(words: Words) -> dict[int, list[int]]:
    """Return in which sentences each word stands; common words are left out."""
    index: dict[int, list[int]] = defaultdict(list)
    for number, (first, last) in enumerate(words.sentences):
        for key in set(words.keys[first:last]):
            index[key].append(number)
    return {key: numbers for key, numbers in index.items() if len(numbers) <= COMMON}


def _candidates(keys: Sequence[int], index: dict[int, list[int]]) -> list[int]:
    votes = Counter(number for key in set(keys) for number in index.get(key, ()))
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    return [number for number, _ in ranked[:TRIED]]


def _alike(
    one: Words,
    other: Words,
    ours: Sequence[Sequence[int]],
    theirs: Sequence[Sequence[int]],
    number: int,
    candidate: int,
) -> float:
    left, right = ours[number], theirs[candidate]
    if min(len(left), len(right)) < FEWEST:
        left = one.keys[slice(*one.sentences[number])]
        right = other.keys[slice(*other.sentences[candidate])]
    return 2 * shared_words(left, right) / (len(left) + len(right))


def _summed(pairs: Sequence[Pair], ours: Sequence[int], theirs: Sequence[int]) -> Alignment:
    words = sum(ours[pair.one] for pair in pairs)
    others = sum(theirs[pair.other] for pair in pairs)
    kept = sum(pair.alike * ours[pair.one] for pair in pairs)
    follows = sum(
        before.other < after.other <= before.other + NEAR for before, after in pairwise(pairs)
    )
    return Alignment(
        pairs=tuple(pairs),
        one=words / max(sum(ours), 1),
        other=others / max(sum(theirs), 1),
        words=words,
        kept=kept / words if words else 0.0,
        in_order=follows / (len(pairs) - 1) if len(pairs) > 1 else 1.0,
        altered=sum(pair.alike < SAME for pair in pairs) / len(pairs) if pairs else 0.0,
        names=1.0,
    )
