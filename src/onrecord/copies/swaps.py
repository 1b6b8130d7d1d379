"""Which words a machine put for which: what a rewritten copy and its original have in one place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.copies.alignment import align
from onrecord.copies.words import Words, cut
from onrecord.models.suspect import key_of, load_fit

__all__ = ["LONGEST", "Swap", "find_swaps", "phrases_of", "share_of_swaps"]

LONGEST = 3
"""Words of a wording that is put or replaced."""
_ODD = 8.0
"""How much more often news has the original wording than the one that was put; what is swapped for
something as usual tells nothing."""


@dataclass(frozen=True, slots=True)
class Swap:
    """A wording that stands where the original has another.

    Attributes:
        put: The wording of the copy, in lower case.
        original: That of the original.
        start: Offset of the wording in the copy.
        end: Offset after it.
    """

    put: str
    original: str
    start: int
    end: int


def find_swaps(copy: str, original: str) -> tuple[Swap, ...]:
    """Return what was put for what, outside quotations, in the order of the copy.

    Example:
        >>> told = (
        ...     "The talks on gas failed late on Monday, three officials told the agency in Kyiv."
        ... )
        >>> [(each.put, each.original) for each in find_swaps(told.replace("late", "tardy"), told)]
        [('tardy', 'late')]
    """
    ours, theirs = cut(copy), cut(original)
    return tuple(
        swap
        for pair in align(ours, theirs).pairs
        for swap in _swaps((copy, ours, pair.one), (original, theirs, pair.other))
    )


_Side = tuple[str, Words, int]


def _swaps(copy: _Side, original: _Side) -> Iterator[Swap]:
    text, words, number = copy
    other_text, other_words, other_number = original
    first, last = words.sentences[number]
    other_first, other_last = other_words.sentences[other_number]
    matcher = SequenceMatcher(
        None, words.keys[first:last], other_words.keys[other_first:other_last], autojunk=False
    )
    for kind, i, j, k, m in matcher.get_opcodes():
        if (
            kind != "replace"
            or max(j - i, m - k) > LONGEST
            or any(words.quoted[first + i : first + j])
        ):
            continue
        put = _wording(text, words, first + i, first + j)
        replaced = _wording(other_text, other_words, other_first + k, other_first + m)
        if put != replaced:
            yield Swap(put, replaced, words.starts[first + i], words.ends[first + j - 1])


def _wording(text: str, words: Words, first: int, last: int) -> str:
    return " ".join(
        text[words.starts[place] : words.ends[place]].lower() for place in range(first, last)
    )


def phrases_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the wordings that begin at each word outside quotations, the longest first."""
    words = cut(text)
    count = len(words.keys)
    return tuple(
        tuple(
            _wording(text, words, place, place + size)
            for size in range(min(LONGEST, count - place), 0, -1)
        )
        for place in range(count)
        if not words.quoted[place]
    )


def share_of_swaps(
    phrases: Sequence[Sequence[str]], lexicon: Mapping[str, str]
) -> tuple[float, int]:
    """Return the share of words that are wordings of the lexicon, odd ones only, and their number.

    Args:
        phrases: From `phrases_of`.
        lexicon: Original wordings by those that were put.
    """
    hits = 0
    for begins in phrases:
        put = next((each for each in begins if each in lexicon), None)
        if put is not None and (_count(lexicon[put]) + 1) / (_count(put) + 1) > _ODD:
            hits += 1
    return (hits / len(phrases) if phrases else 0.0), hits


def _count(wording: str) -> float:
    return min(load_fit().single(key_of(word)) for word in wording.split())
