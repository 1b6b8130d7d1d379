"""Weigh candidates: one by one, and by what the whole document says.

A candidate's evidence is the log of how much likelier its features are under substitution than in
clean news. A document in which many wordings are suspect was probably rewritten, and then each of
them is more likely to be a substitution; a document that keeps the plain words was not.
"""

import json
from functools import lru_cache
from math import exp, log

from msgspec import Struct

from onrecord.knowledge.swaps import load_swaps
from onrecord.models.loading import FOLDER
from onrecord.models.suspect import Fit, Word
from onrecord.models.suspect.fits import WordFit
from onrecord.reading.suspect.candidates import Candidate

__all__ = [
    "Weights",
    "chance",
    "chance_of_swap",
    "count_plain_words",
    "evidence",
    "features",
    "lexicon_odds",
    "load_weights",
    "rewriting_odds",
    "word_evidence",
]

_MOST_OF_ONE = 4.0
"""One candidate never says more than this: wordings repeat within an article."""

_MOST = 30.0
"""Log-odds beyond which candidates add nothing."""


class Weights(Struct, frozen=True):
    """What `training/suspect.py` has fitted.

    Attributes:
        candidate: Weights of a candidate's features; the first is the constant.
        prior: Log-odds that a document was rewritten, before it is read.
        swapped: Share of candidates in a rewritten document that are substitutions.
        kept: Share of plain words that a tool would have replaced.
        word: Weights of a plain word's features.
        document: Weights of a document's features: constant, lexicon, fit.
    """

    candidate: tuple[float, ...]
    prior: float
    swapped: float
    kept: float
    word: tuple[float, ...]
    document: tuple[float, ...]


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """Load the shipped weights."""
    stored = json.loads((FOLDER / "suspect" / "weights.json").read_text("utf-8"))
    return Weights(
        tuple(stored["candidate"]),
        stored["prior"],
        stored["swapped"],
        stored["kept"],
        tuple(stored["word"]),
        tuple(stored["document"]),
    )


def features(candidate: Candidate, words: tuple[Word, ...], fit: Fit) -> tuple[float, ...]:
    """Return a candidate's features: constant, gain, losses, lengths, strength, rarity."""
    swap = candidate.swap
    longer = len(swap.odd) - len(swap.original)
    rarity = log(
        1.0 + min(fit.single(words[at].key) for at in range(candidate.first, candidate.last))
    )
    gain = max(min(candidate.gain, 20.0), -10.0)
    return (1.0, gain, min(gain, 0.0), float(longer), float(swap.strength == 2), rarity)


def evidence(candidate: Candidate, words: tuple[Word, ...], fit: Fit) -> float:
    """Return the candidate's log-likelihood ratio of substitution against clean news."""
    weights = load_weights().candidate
    found = features(candidate, words, fit)
    return sum(weight * value for weight, value in zip(weights, found, strict=True))


def lexicon_odds(ratios: tuple[float, ...], plain_words: int) -> float:
    """Return the log-odds of rewriting that the candidates alone speak for.

    Args:
        ratios: The evidence of the candidates.
        plain_words: Words that a tool could have replaced and that stand as they were.
    """
    weights = load_weights()
    odds = plain_words * log(1.0 - weights.kept)
    for ratio in ratios:
        likelihood = weights.swapped * exp(min(ratio, 20.0)) + 1.0 - weights.swapped
        odds += min(log(likelihood), _MOST_OF_ONE)
    return max(min(odds, _MOST), -_MOST)


def rewriting_odds(lexicon: float, fit: tuple[float, float, float], artefacts: int) -> float:
    """Return the log-odds that a document was rewritten.

    Args:
        lexicon: What its candidates speak for.
        fit: How its plain words fit (`onrecord.models.suspect.fits.document_fit`).
        artefacts: How many forms it holds that no one writes.
    """
    weights = load_weights()
    found = (1.0, lexicon, *fit)
    odds = sum(weight * value for weight, value in zip(weights.document, found, strict=True))
    return odds + weights.prior + 2.0 * artefacts


def chance_of_swap(ratio: float, rewriting: float) -> float:
    """Return the probability that a candidate is a substitution, in such a document."""
    weights = load_weights()
    return rewriting * chance(ratio + log(weights.swapped / (1.0 - weights.swapped)))


def word_evidence(each: WordFit) -> float:
    """Return a plain word's log-likelihood ratio of substitution by whatever tool."""
    weights = load_weights().word
    return sum(weight * value for weight, value in zip(weights, each.features, strict=True))


def count_plain_words(words: tuple[Word, ...]) -> int:
    """Count the words that stand for which a tool would have put another."""
    plain = _plain_words()
    return sum(word.lower in plain for word in words)


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    return frozenset(
        swap.original[0]
        for swaps in load_swaps().values()
        for swap in swaps
        if len(swap.original) == 1 and len(swap.original[0]) > 3
    )


def chance(value: float) -> float:
    """Return the probability of log-odds."""
    return 1.0 / (1.0 + exp(-max(min(value, 40.0), -40.0)))
