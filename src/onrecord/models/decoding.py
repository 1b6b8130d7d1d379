"""From the network's probabilities to spans of characters."""

import math
from collections.abc import Iterator
from typing import Generic, TypeVar

import numpy as np
from msgspec import Struct
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

SWITCH = 1.2
"""Log-odds that the beginning of a content must earn; the best of 8 on dev."""

EVIDENCE = ("one", "anchor", "content", "edges", "source", "no source", "length")
"""What the probability of an attribution is made of (see `_weigh`)."""


class AttributedSpans(Struct, frozen=True):
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
    evidence: tuple[float, ...] = ()


class Anchors(Struct, frozen=True):
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
    paths = _best_paths(anchors.roles)
    first = anchors.places - anchors.before
    spans = [_ranges(paths == role, first, features) for role in (1, 2, 3)]
    evidence = _weigh(anchors.chances, anchors.roles, paths)
    odds = np.clip((evidence * np.array(weights)).sum(1), -30.0, 30.0)
    return [
        AttributedSpans(source, cue, content, 1 / (1 + math.exp(-each)), tuple(numbers))
        for source, cue, content, each, numbers in zip(
            *spans, odds.tolist(), evidence.tolist(), strict=True
        )
    ]


def _weigh(chances: Floats, roles: Floats, paths: Ints) -> NDArray[np.float64]:
    """Return how sure the network is of anchors, contents, edges and sources, shape (k, 7)."""
    chosen = np.log(np.maximum(np.take_along_axis(roles, paths[:, :, None], 2)[:, :, 0], 1e-3))
    content, source = paths == 3, paths == 1
    change = content[:, 1:] != content[:, :-1]
    edges = np.zeros_like(content)
    edges[:, 1:] |= change
    edges[:, :-1] |= change
    chance = np.clip(chances.astype(float), 1e-6, 1 - 1e-6)
    named = source.any(1)
    unnamed = np.log(1.001 - roles[:, :, 1].max(1))
    evidence = [
        np.ones(len(paths)),
        np.log(chance / (1 - chance)),
        _mean(chosen, content),
        _mean(chosen, edges & (roles.sum(2) > 0)),
        np.where(named, _mean(chosen, source), unnamed),
        ~named,
        np.log1p(content.sum(1)),
    ]
    return np.stack(evidence, 1).astype(float)


def _mean(values: Floats, where: NDArray[np.bool_]) -> Floats:
    """Return the mean of every row over the places that count, 0 where none does."""
    total: Floats = (values * where).sum(1) / np.maximum(where.sum(1), 1)
    return total


def _best_paths(roles: Floats) -> Ints:
    """Return the most probable roles, where beginning a content has its price.

    Only that change costs anything, so the best path (Viterbi 1967) needs one number a place: by
    how much the best path that ends in content beats the best that does not. Places where that
    cannot be content are passed over: most are.
    """
    gains = np.log(np.maximum(roles, 1e-6))
    gains[roles.sum(2) == 0] = (0.0, -20.0, -20.0, -20.0)
    paths: Ints = gains[:, :, :3].argmax(2)
    steps = gains[:, :, 3] - gains[:, :, :3].max(2)
    width = steps.shape[1]
    likely = np.flatnonzero(steps >= -SWITCH)
    at, leads = likely.tolist(), steps.reshape(-1)[likely].tolist()
    last, lead = -1, 0.0
    for number, place in enumerate(at):
        if place % width:
            leads[number] += min(max(lead, -SWITCH), 0.0) if place == last + 1 else -SWITCH
        last, lead = place, leads[number]
    content, is_inside = [], False
    for place, lead in zip(reversed(at), reversed(leads), strict=True):
        goes_on = is_inside and place == last - 1 and last % width
        is_inside = lead >= -SWITCH if goes_on else lead > 0
        last = place
        if is_inside:
            content.append(place)
    paths.reshape(-1)[content] = 3
    return paths


def _ranges(chosen: NDArray[np.bool_], first: Ints, features: Features) -> list[Spans]:
    """Turn the chosen places of every row into ranges of characters."""
    edges = np.diff(chosen.astype(np.int8), axis=1, prepend=0, append=0)
    rows, starts = np.nonzero(edges == 1)
    stops = np.nonzero(edges == -1)[1]
    begins = features.starts[first[rows] + starts].tolist()
    ends = features.ends[first[rows] + stops - 1].tolist()
    ranges: list[list[tuple[int, int]]] = [[] for _ in chosen]
    for row, begin, end in zip(rows.tolist(), begins, ends, strict=True):
        ranges[row].append((begin, end))
    return [tuple(each) for each in ranges]


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
