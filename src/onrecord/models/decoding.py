"""From the network's probabilities to spans of characters."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.models.features import Features, Floats, Ints

__all__ = [
    "EVIDENCE",
    "Anchors",
    "AttributedSpans",
    "Neighbours",
    "Spans",
    "decode",
    "length",
    "shared",
    "without_doubles",
]

Spans = tuple[tuple[int, int], ...]
Each = TypeVar("Each")

SWITCH = (0.0, 0.0, 0.0, 1.2)
"""Log-odds that a change to none, source, cue and content must earn; the best of 8 on dev."""

EVIDENCE = ("one", "anchor", "content", "edges", "source", "no source", "length")
"""What the probability of an attribution is made of (see `_weigh`)."""


@dataclass(frozen=True, slots=True)
class AttributedSpans:
    """What the network says of one attribution, as ranges of characters.

    Attributes:
        source: Who says it; empty if nobody is named.
        cue: The words that say that it is said.
        content: What is said; several ranges if something else stands between.
        probability: That there is such an attribution with this source and about this content.
        evidence: The numbers behind the probability, one for each name in `EVIDENCE`.
    """

    source: Spans
    cue: Spans
    content: Spans
    probability: float
    evidence: tuple[float, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the network says of a text's anchors.

    Attributes:
        places: Their token indices, shape (k,).
        chances: That they are anchors, shape (k,).
        roles: Probabilities of none, source, cue and content of the tokens around each, shape
            (k, tokens, 4); 0 where there is no token.
        before: How many of those tokens stand before the anchor.
    """

    places: Ints
    chances: Floats
    roles: Floats
    before: int


def decode(
    anchors: Anchors, features: Features, weights: tuple[float, ...]
) -> list[AttributedSpans]:
    """Choose the best sequence of roles around every anchor and turn it into ranges.

    Args:
        anchors: What the network says.
        features: The text's features.
        weights: Of the evidence, in a logistic regression.
    """
    found = []
    paths = _best_paths(anchors.roles)
    for anchor, chance, roles, path in zip(
        anchors.places.tolist(), anchors.chances.tolist(), anchors.roles, paths, strict=True
    ):
        first = anchor - anchors.before
        source, cue, content = (_ranges(path == role, first, features) for role in (1, 2, 3))
        evidence = _weigh(chance, roles, path)
        odds = sum(weight * each for weight, each in zip(weights, evidence, strict=True))
        probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
        found.append(AttributedSpans(source, cue, content, probability, evidence))
    return found


def _weigh(chance: float, roles: Floats, path: NDArray[np.int64]) -> tuple[float, ...]:
    """Return how sure the network is of the anchor, the content, its edges and the source."""
    chosen = np.log(np.maximum(roles[np.arange(len(path)), path], 1e-3))
    exists = roles.sum(1) > 0
    content, source = path == 3, path == 1
    edges = np.zeros(len(path), bool)
    edges[1:] |= content[1:] != content[:-1]
    edges[:-1] |= content[1:] != content[:-1]
    return (
        1.0,
        math.log(max(chance, 1e-6) / max(1 - chance, 1e-6)),
        _mean(chosen, content),
        _mean(chosen, edges & exists),
        _mean(chosen, source) if source.any() else float(np.log(1.001 - roles[:, 1].max())),
        float(not source.any()),
        math.log1p(int(content.sum())),
    )


def _mean(values: Floats, where: NDArray[np.bool_]) -> float:
    return float(values[where].mean()) if where.any() else 0.0


def _best_paths(roles: Floats) -> NDArray[np.int64]:
    """Return the most probable roles, where a change of role has its price (Viterbi 1967)."""
    gains = np.log(np.maximum(roles, 1e-6))
    gains[roles.sum(2) == 0] = (0.0, -20.0, -20.0, -20.0)
    size, width = gains.shape[:2]
    rows, cost = np.arange(size), np.array(SWITCH, np.float32)
    best = gains[:, 0].copy()
    back = np.zeros((width, size, 4), np.int8)
    for place in range(1, width):
        top = best.argmax(1)
        changed = best[rows, top][:, None] - cost
        back[place] = np.where(best >= changed, np.arange(4), top[:, None])
        best = np.maximum(best, changed) + gains[:, place]
    paths = np.zeros((size, width), np.int64)
    paths[:, -1] = best.argmax(1)
    for place in range(width - 1, 0, -1):
        paths[:, place - 1] = back[place, rows, paths[:, place]]
    return paths


def _ranges(chosen: NDArray[np.bool_], first: int, features: Features) -> Spans:
    """Turn chosen places into ranges of characters."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], chosen.astype(np.int8), [0]))))
    pairs = (edges.reshape(-1, 2) + first).tolist()
    return tuple(
        (int(features.starts[start]), int(features.ends[stop - 1])) for start, stop in pairs
    )


class Neighbours(Generic[Each]):
    """Things by where in a text they stand, so that those nearby are found without a search."""

    def __init__(self) -> None:
        self._cells: dict[int, list[Each]] = {}

    def add(self, spans: Spans, each: Each) -> None:
        """Remember what stands between the first and the last of some ranges."""
        for cell in _cells(spans):
            self._cells.setdefault(cell, []).append(each)

    def near(self, spans: Spans) -> Iterator[Each]:
        """Yield what stands near some ranges; what is long may come more than once."""
        for cell in _cells(spans):
            yield from self._cells.get(cell, ())


def _cells(spans: Spans) -> range:
    """Return the thousands of characters that ranges lie in."""
    if not spans:
        return range(0)
    return range(min(spans)[0] // 1000, max(end for _, end in spans) // 1000 + 1)


def without_doubles(found: list[AttributedSpans]) -> list[AttributedSpans]:
    """Keep the most probable of attributions that say nearly the same; drop empty ones."""
    kept: Neighbours[AttributedSpans] = Neighbours()
    single = []
    for candidate in sorted(found, key=lambda each: -each.probability):
        near = kept.near(candidate.content)
        if candidate.content and not any(_is_double(candidate, other) for other in near):
            kept.add(candidate.content, candidate)
            single.append(candidate)
    return sorted(single, key=lambda each: (each.content, each.cue))


def _is_double(one: AttributedSpans, other: AttributedSpans) -> bool:
    """Tell whether two attributions share a cue, or most of their content."""
    both = shared(one.content, other.content)
    if both and shared(one.cue, other.cue):
        return True
    return both > 0.6 * (length(one.content) + length(other.content) - both)


def shared(one: Spans, other: Spans) -> int:
    """Count the characters that two lists of ranges share."""
    return sum(
        max(0, min(a_end, b_end) - max(a_start, b_start))
        for a_start, a_end in one
        for b_start, b_end in other
    )


def length(spans: Spans) -> int:
    """Count the characters of a list of ranges."""
    return sum(end - start for start, end in spans)
