"""How well the plain words of a document fit their places, whatever tool may have put them."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from onrecord.models.suspect import Fit, Word, load_fit

__all__ = ["WordFit", "document_fit", "fit_of_words"]

TYPICAL = (0.02, 0.10, -3.3)
"""Share of unknown words, share that fit neither neighbour, and mean tie, in clean news: what a
short text is taken for until it says more (measured on held-back Reuters and PolNeAR articles)."""

_SHORT = 100.0
"""Words after which a text speaks as loud as what is typical."""


@dataclass(frozen=True, slots=True)
class WordFit:
    """How a word fits its place.

    Attributes:
        position: Its position.
        key: Its hash.
        count: Log of how often it was counted.
        is_strange_left: It was never counted behind the word before it.
        is_strange_right: It was never counted before the word behind it.
        tie: How much oftener it was counted with its neighbours than by chance, as a log.
        before: Hashes of the two words before it.
    """

    position: int
    key: int
    count: float
    is_strange_left: bool
    is_strange_right: bool
    tie: float
    before: tuple[int, int]

    @property
    def surprise(self) -> float:
        """How unlikely the word is after the two before it, as a log: few documents ask for it."""
        return -log(load_fit().chance(*self.before, self.key))

    @property
    def features(self) -> tuple[float, ...]:
        """The features from which substitution is told."""
        return (
            1.0,
            min(self.count, 10.0),
            float(self.count < 1.0),
            float(self.is_strange_left),
            float(self.is_strange_right),
            float(self.is_strange_left and self.is_strange_right),
            max(min(self.tie, 10.0), -10.0),
            min(self.surprise, 16.0),
        )


def fit_of_words(words: tuple[Word, ...], fit: Fit) -> Iterator[WordFit]:
    """Yield the fit of each plain lower-case word of three letters or more."""
    for position in range(2, len(words) - 2):
        word = words[position]
        if word.capital or len(word.lower) < 3 or not word.lower.isalpha():
            continue
        yield _fit_of(words, position, fit)


def _fit_of(words: tuple[Word, ...], position: int, fit: Fit) -> WordFit:
    before, left = words[position - 2].key, words[position - 1].key
    key, right = words[position].key, words[position + 1].key
    alone = fit.single(key)
    with_left, with_right = fit.pair(left, key), fit.pair(key, right)
    tie = _tie(with_left, alone, fit.single(left), fit) + _tie(
        with_right, alone, fit.single(right), fit
    )
    return WordFit(
        position,
        key,
        log(1.0 + alone),
        not with_left,
        not with_right,
        tie,
        (before, left),
    )


def _tie(together: int, one: float, other: float, fit: Fit) -> float:
    """Return the log of how often two words stand together over how often chance would have it."""
    return log((together + 0.05) / (one * other / fit.total + 0.05))


def document_fit(fits: tuple[WordFit, ...]) -> tuple[float, float, float]:
    """Return a document's share of unknown words, of words that fit on neither side, and their tie.

    Each distinct word counts once, where it fits best: the words of an unusual topic come again and
    again, those that a tool puts do not. The tie is turned round: the higher, the worse the words
    fit. A short text is drawn to what is typical.
    """
    best: dict[int, WordFit] = {}
    for each in fits:
        if each.key not in best or each.tie > best[each.key].tie:
            best[each.key] = each
    unknown = sum(each.count < 1.0 for each in best.values())
    strange = sum(each.is_strange_left and each.is_strange_right for each in best.values())
    ties = -sum(each.tie for each in best.values())
    size = len(best) + _SHORT
    sums = (unknown, strange, ties)
    drawn = tuple((sums[at] + _SHORT * TYPICAL[at]) / size for at in range(3))
    return drawn[0], drawn[1], drawn[2]
