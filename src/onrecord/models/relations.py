"""The relation network: what a sentence says that one marked party does to another.

A small network over the vectors and the tree that the attribution network's encoder gives: no
parser and no second encoder is needed. It gives the chances of PLOVER's roots, and the chance that
the sentence tells of an event between the two at all. Weights and model card lie beside this file.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from msgspec import Struct

from onrecord.models.attribution import (
    Vectors,
    load_attribution_network,
    read_card,
    read_checked,
    start_session,
)
from onrecord.models.features import COLUMNS, Floats, Ints, Marked
from onrecord.models.loading import once

__all__ = [
    "FEATURES",
    "LONGEST",
    "ROOTS",
    "Relation",
    "RelationNetwork",
    "load_relation_network",
    "pair_inputs",
]

FOLDER = Path(__file__).parent / "relations"

ROOTS = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST",
    "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
"""PLOVER's types, CONCEDE and RETREAT taken together as YIELD."""

FEATURES = ("known", "word", "tag", "label", "entity")
"""The columns of a token that the network reads beside its vector."""

LONGEST = 110
"""Tokens that the network reads; what a longer text says after them is not seen."""

Characters: TypeAlias = tuple[int, int]
"""Where words begin and end."""


class Relation(Struct, frozen=True):
    """What one party does to another.

    Attributes:
        chances: Probability of every root, given that there is an event.
        event: Chance that there is an event between the two.
        hidden: What the network tells both from, of length 1, shape (192,): pairs that stand alike
            have a large product.
    """

    chances: dict[str, float]
    event: float
    hidden: Floats

    @property
    def root(self) -> str:
        """The most probable root."""
        return max(self.chances, key=lambda each: self.chances[each])


class RelationNetwork:
    """A loaded network; use `load_relation_network` to get the one that is shipped.

    Args:
        folder: Where `card.json` and the files it lists are.

    Raises:
        ModelError: A file is missing or is not the one that the card lists.
    """

    def __init__(self, folder: Path) -> None:
        card = read_card(folder / "card.json")
        self.name: str = card["name"]
        self._sharpness: float = card["sharpness"]
        files = {name: read_checked(folder / name, sha) for name, sha in card["files"].items()}
        self._session = start_session(files["relations.onnx"], load_attribution_network().known)

    def relate(
        self,
        text: str,
        quotations: Sequence[Marked],
        pairs: Sequence[tuple[Characters, Characters]],
    ) -> tuple[Relation, ...]:
        """Tell what the first of each pair does to the second.

        Args:
            text: A sentence or two; only its first `LONGEST` tokens are read.
            quotations: Its quotations.
            pairs: Where actor and recipient stand in it, in characters.
        """
        if not pairs:
            return ()
        return self.relate_in(load_attribution_network().encode(text, quotations).kept, pairs)

    def relate_in(
        self, sentence: Vectors, pairs: Sequence[tuple[Characters, Characters]]
    ) -> tuple[Relation, ...]:
        """Tell what the first of each pair does to the second in what was encoded before.

        Args:
            sentence: What the encoder said of a sentence or two.
            pairs: Where actor and recipient stand, in characters of the text that was encoded.
        """
        given = pair_inputs(sentence, pairs)
        logits, hidden = self._session.run(None, given)
        return tuple(self._relation(*each) for each in zip(logits, hidden, strict=True))

    def _relation(self, row: Floats, hidden: Floats) -> Relation:
        logits = self._sharpness * row[: len(ROOTS)].astype(np.float64)
        powers = np.exp(logits - logits.max())
        chances = (powers / powers.sum()).tolist()
        event = 1 / (1 + np.exp(-float(row[len(ROOTS)])))
        size = max(float(np.linalg.norm(hidden)), 1e-6)
        return Relation(dict(zip(ROOTS, chances, strict=True)), float(event), hidden / size)


def pair_inputs(
    encoded: Vectors, pairs: Sequence[tuple[Characters, Characters]]
) -> dict[str, np.ndarray]:
    """Return what the network reads: n tokens, p pairs.

    Returns:
        `vectors` (n, width), `columns` (5, n) in the order of `FEATURES`, `heads` (n,), and
        `pairs` (3, p, n): 1 on the actor and 2 on the recipient, then the distances to both.
    """
    features = encoded.features
    size = min(len(features), LONGEST)
    starts, ends = features.starts[:size], features.ends[:size]
    rows = [COLUMNS.index(name) for name in FEATURES]
    marks = np.zeros((len(pairs), size), np.int64)
    for row, (actor, recipient) in enumerate(pairs):
        for mark, (start, end) in ((2, recipient), (1, actor)):
            marks[row, (starts < end) & (ends > start)] = mark
    return {
        "vectors": encoded.vectors[:size].astype(np.float32),
        "columns": features.columns[rows, :size].astype(np.int64),
        "heads": np.minimum(features.heads[:size], size - 1).astype(np.int64),
        "pairs": np.stack(
            [marks, *(np.stack([_distances(row, mark) for row in marks]) for mark in (1, 2))]
        ),
    }


def _distances(marks: Ints, mark: int) -> Ints:
    """Sort the distance of every token to the marked words into 21 classes; 23 is `no such`."""
    places = np.flatnonzero(marks == mark)
    if not len(places):
        return np.full(len(marks), 23, np.int64)
    tokens = np.arange(len(marks))
    away = np.minimum(tokens - places[0], 0) + np.maximum(tokens - places[-1], 0)
    classes: Ints = _classes()[away + LONGEST]
    return classes


@lru_cache(maxsize=1)
def _classes() -> Ints:
    """Return the class of every distance from `-LONGEST` to `LONGEST`."""
    away = np.arange(-LONGEST, LONGEST + 1)
    size = np.abs(away)
    steps = np.searchsorted((5, 8, 12, 20, 35), size, side="right") + 4
    classes: Ints = 11 + np.sign(away) * np.where(size < 5, size, steps)
    return classes.astype(np.int64)


@once
def load_relation_network() -> RelationNetwork:
    """Load the network that is shipped with the package, once.

    Raises:
        ModelError: A file of it is missing or altered.
    """
    return RelationNetwork(FOLDER)
