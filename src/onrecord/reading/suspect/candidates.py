"""Words that a substitution tool may have put, and how much better the likely original fits."""

from collections.abc import Iterator

from msgspec import Struct

from onrecord.knowledge.swaps import Swap, load_swaps
from onrecord.models.suspect import Fit, Word, key_of

__all__ = ["Candidate", "find_candidates"]


class Candidate(Struct, frozen=True):
    """A wording of the swap lexicon at its place.

    Attributes:
        first: Position of its first word.
        last: Position after its last word.
        swap: The substitution.
        gain: How much more likely the original is there: difference of log-probabilities.
    """

    first: int
    last: int
    swap: Swap
    gain: float


def find_candidates(words: tuple[Word, ...], fit: Fit) -> Iterator[Candidate]:
    """Yield the best substitution at each place, longest wording first, none overlapping."""
    swaps, after = load_swaps(), 0
    for at in [place for place, word in enumerate(words) if word.lower in swaps]:
        fitting = [swap for swap in swaps[words[at].lower] if _stands(words, at, swap)]
        if at < after or not fitting:
            continue
        length = len(fitting[0].odd)
        longest = [swap for swap in fitting if len(swap.odd) == length]
        gains = [gain_of(words, at, swap, fit) for swap in longest]
        best = max(range(len(longest)), key=lambda each: (longest[each].strength, gains[each]))
        yield Candidate(at, at + length, longest[best], gains[best])
        after = at + length


def _stands(words: tuple[Word, ...], at: int, swap: Swap) -> bool:
    """Tell whether a wording whose first word stands there stands there whole."""
    length = len(swap.odd)
    return length == 1 or tuple(word.lower for word in words[at : at + length]) == swap.odd


def gain_of(words: tuple[Word, ...], at: int, swap: Swap, fit: Fit) -> float:
    """Return how much better the original fits between its neighbours than the wording does."""
    end = at + len(swap.odd)
    line_end = key_of("\n")
    before = tuple(words[place].key if place >= 0 else line_end for place in (at - 2, at - 1))
    after = tuple(word.key for word in words[end : end + 2])
    original = tuple(key_of(word) for word in swap.original)
    odd = tuple(word.key for word in words[at:end])
    context = (before[0], before[1])
    return fit.score(context, original, after) - fit.score(context, odd, after)
