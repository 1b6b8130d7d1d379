"""How well the plain words of a document fit their places, whatever tool may have put them."""

from bisect import bisect_left
from collections.abc import Iterator
from math import log
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from onrecord.models.suspect import Fit, Word, load_fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Fits", "WordFit", "document_fit", "fit_of_words"]

TYPICAL = (0.02, 0.10, -3.3)
"""Share of unknown words, share that fit neither neighbour, and mean tie, in clean news: what a
short text is taken for until it says more (measured on held-back Reuters and PolNeAR articles)."""

_SHORT = 100.0
"""Words after which a text speaks as loud as what is typical."""


class WordFit(Struct, frozen=True):
    """How a word fits its place.

    Attributes:
        position: Its position.
        key: Its hash.
        commonness: Log of how often it was counted.
        is_strange_left: It was never counted behind the word before it.
        is_strange_right: It was never counted before the word behind it.
        tie: How much oftener it was counted with its neighbours than by chance, as a log.
        before: Hashes of the two words before it.
    """

    position: int
    key: int
    commonness: float
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
            min(self.commonness, 10.0),
            float(self.commonness < 1.0),
            float(self.is_strange_left),
            float(self.is_strange_right),
            float(self.is_strange_left and self.is_strange_right),
            max(min(self.tie, 10.0), -10.0),
            min(self.surprise, 16.0),
        )


class Fits(Struct, frozen=True):
    """How the n plain words of a document fit; each as a `WordFit` where it is iterated over.

    Attributes:
        keys: Hashes of all words of the document.
        positions: Which of them are plain, rising, shape (n,).
        commonness: Of the plain words, as in `WordFit`, shape (n,).
        strange_left: Likewise.
        strange_right: Likewise.
        ties: Likewise.
    """

    keys: list[int]
    positions: "NDArray[np.int64]"
    commonness: "NDArray[np.float64]"
    strange_left: "NDArray[np.bool_]"
    strange_right: "NDArray[np.bool_]"
    ties: "NDArray[np.float64]"

    def __iter__(self) -> Iterator[WordFit]:
        for number, at in enumerate(self.positions.tolist()):
            yield WordFit(
                position=at,
                key=self.keys[at],
                commonness=float(self.commonness[number]),
                is_strange_left=bool(self.strange_left[number]),
                is_strange_right=bool(self.strange_right[number]),
                tie=float(self.ties[number]),
                before=(self.keys[at - 2], self.keys[at - 1]),
            )


def fit_of_words(words: tuple[Word, ...], fit: Fit) -> Fits:
    """Return the fit of each plain lower-case word of three letters or more."""
    keys = [word.key for word in words]
    counts, together, ties = fit.along(keys)
    plain = [at for at, word in enumerate(words) if word.is_plain]
    positions = np.array(
        plain[bisect_left(plain, 2) : bisect_left(plain, len(words) - 2)], np.int64
    )
    return Fits(
        keys,
        positions,
        counts[positions],
        together[positions - 1] == 0,
        together[positions] == 0,
        ties[positions - 1] + ties[positions],
    )


def document_fit(fits: Fits) -> tuple[float, float, float]:
    """Return a document's share of unknown words, of words that fit on neither side, and their tie.

    Each distinct word counts once, where it fits best: the words of an unusual topic come again and
    again, those that a tool puts do not. The tie is turned round: the higher, the worse the words
    fit. A short text is drawn to what is typical.
    """
    keys = np.array(fits.keys, np.uint64)[fits.positions]
    order = np.lexsort((-fits.ties, keys))
    is_first = np.ones(len(order), bool)
    is_first[1:] = np.diff(keys[order]) != 0
    best = order[is_first]
    unknown = np.count_nonzero(fits.commonness[best] < 1.0)
    strange = np.count_nonzero(fits.strange_left[best] & fits.strange_right[best])
    size = len(best) + _SHORT
    sums = (unknown, strange, -fits.ties[best].sum().item())
    drawn = tuple((sums[at] + _SHORT * TYPICAL[at]) / size for at in range(3))
    return drawn[0], drawn[1], drawn[2]
