"""How well the plain words of a document fit their places, whatever tool may have put them."""

from math import log

from msgspec import Struct

from onrecord.models.suspect import Fit, Word, load_fit

__all__ = ["WordFit", "document_fit", "fit_of_words"]

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


def fit_of_words(words: tuple[Word, ...], fit: Fit) -> tuple[WordFit, ...]:
    """Return the fit of each plain lower-case word of three letters or more."""
    keys = [word.key for word in words]
    counts, together, ties = fit.along(keys)
    return tuple(
        WordFit(
            position=at,
            key=keys[at],
            commonness=counts[at],
            is_strange_left=not together[at - 1],
            is_strange_right=not together[at],
            tie=ties[at - 1] + ties[at],
            before=(keys[at - 2], keys[at - 1]),
        )
        for at, word in enumerate(words[:-2])
        if at > 1 and not word.capital and len(word.lower) > 2 and word.lower.isalpha()
    )


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
    unknown = sum(each.commonness < 1.0 for each in best.values())
    strange = sum(each.is_strange_left and each.is_strange_right for each in best.values())
    ties = -sum(each.tie for each in best.values())
    size = len(best) + _SHORT
    sums = (unknown, strange, ties)
    drawn = tuple((sums[at] + _SHORT * TYPICAL[at]) / size for at in range(3))
    return drawn[0], drawn[1], drawn[2]
