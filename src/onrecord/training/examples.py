"""Articles as the network sees them in training: numbers, and what it is to learn of them."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.models.features import (
    COLUMNS,
    LABELS,
    SIZES,
    TAGS,
    Features,
    Ints,
    encode,
    relations_around,
)
from onrecord.reading.quotations import find_quotations
from onrecord.training.network import AFTER, BEFORE, BLOCK, ROLES

__all__ = ["GAP", "Batch", "Example", "join", "make_example", "read_examples", "split_in_batches"]

GAP = 40
"""Padding between articles; wider than what the convolutions see to one side."""
WINDOW = BEFORE + AFTER
PUNCT = LABELS.index("punct") + 1
OWN = len(COLUMNS) - 3
"""Columns that the text itself gives; the rest are what the parser inside learns."""
IGNORED = -100
"""The class that cross-entropy leaves out."""


@dataclass(frozen=True, slots=True)
class Example:
    """An article as numbers.

    Attributes:
        id: The article's id.
        text: Its text.
        features: Its features, with the parser's columns, governors and sentences if it was parsed.
        chances: That each token is an anchor, shape (n,); None if nobody has attributed the text.
        anchors: Tokens whose roles are learnt, shape (k,).
        roles: Probabilities of the roles around them in 255ths, shape (k, WINDOW, 4).
        gold: The attributions as they stand in the file.
        is_parsed: Whether there is a parse to learn from.
    """

    id: str
    text: str
    features: Features
    chances: NDArray[np.float32] | None
    anchors: Ints
    roles: NDArray[np.uint8]
    gold: list[dict[str, Any]]
    is_parsed: bool

    def __len__(self) -> int:
        return len(self.features)


def read_examples(
    articles: Path, parses: Path | None, vocabulary: NDArray[np.uint64]
) -> list[Example]:
    """Read articles in the benchmark's form, with their parses if there are any.

    Args:
        articles: JSON lines with `id`, `text` and, where somebody marked them, `attributions`.
        parses: What `training/parses.py` made of them.
        vocabulary: Sorted keys of the words that have vectors.
    """
    lines = [line for line in articles.read_text(encoding="utf-8").split("\n") if line.strip()]
    syntax: Sequence[Ints | None] = [None] * len(lines)
    if parses is not None:
        stored = np.load(parses)
        syntax = np.split(stored["syntax"], np.cumsum(stored["sizes"])[:-1], axis=1)
    return [
        make_example(json.loads(line), each, vocabulary)
        for line, each in zip(lines, syntax, strict=True)
    ]


def make_example(
    article: dict[str, Any], syntax: Ints | None, vocabulary: NDArray[np.uint64]
) -> Example:
    """Turn one article into numbers; its attributions are targets where it has any."""
    text = article["text"]
    features = encode(text, find_quotations(text), syntax, vocabulary)
    gold = article.get("attributions")
    chances = None if gold is None else np.zeros(len(features), np.float32)
    anchors: list[int] = []
    roles = []
    for each in gold or ():
        owned = {role: _tokens_of(features, each[role]) for role in ROLES[1:]}
        anchor = _find_anchor(features, owned)
        if anchor is None or anchor in anchors:
            continue
        window = np.zeros(WINDOW, np.int64)
        for number, role in enumerate(ROLES[1:], 1):
            inside = owned[role] - anchor + BEFORE
            window[inside[(inside >= 0) & (inside < WINDOW)]] = number
        anchors.append(anchor)
        roles.append(np.eye(len(ROLES), dtype=np.uint8)[window] * 255)
    places = np.array(anchors, np.int64)
    if chances is not None:
        chances[places] = 1
    stacked = np.array(roles, np.uint8).reshape(-1, WINDOW, len(ROLES))
    return Example(
        article["id"], text, features, chances, places, stacked, gold or [], syntax is not None
    )


def _tokens_of(features: Features, spans: list[list[int]]) -> Ints:
    found = [
        np.arange(
            np.searchsorted(features.ends, start, side="right"),
            np.searchsorted(features.starts, end),
        )
        for start, end in spans
    ]
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _find_anchor(features: Features, owned: dict[str, Ints]) -> int | None:
    """Choose the cue's head word: the first word in it that none of its other words governs."""
    cue = owned["cue"] if len(owned["cue"]) else owned["content"][:1]
    inside = set(cue.tolist())
    tops = [
        t for t in cue.tolist() if int(features.heads[t]) not in inside or features.heads[t] == t
    ]
    words = [t for t in tops if features.columns[OWN + 1][t] != PUNCT]
    return next(iter(words or tops or cue.tolist()), None)


def split_in_batches(
    examples: Sequence[Example], tokens: int, chance: random.Random
) -> Iterator[list[Example]]:
    """Yield lists of articles of about `tokens` tokens in random order."""
    order = list(examples)
    chance.shuffle(order)
    batch: list[Example] = []
    size = 0
    for example in order:
        if batch and size + len(example) > tokens:
            yield batch
            batch, size = [], 0
        batch.append(example)
        size += len(example) + GAP
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles one after another, with padding between them; n is a multiple of BLOCK.

    Attributes:
        columns: What the text itself gives, shape (OWN, n).
        mask: 1 where there is a token, shape (n, 1).
        heads: Where among three blocks a token's governor is, or IGNORED, shape (n,).
        governors: The parser's governors, shape (n,).
        syntax: Tag, label and entity, or IGNORED, shape (3, n).
        starts: 1 where a sentence starts, shape (n,).
        is_parsed: 1 for tokens of parsed articles, shape (n,).
        chances: That tokens are anchors, shape (n,).
        is_read: 1 for tokens of attributed articles, shape (n,).
        anchors: Shape (k,).
        roles: Their probabilities, shape (k, WINDOW, 4).
        owners: Number of every token's article, 0 in the padding, shape (n,).
    """

    columns: Tensor
    mask: Tensor
    heads: Tensor
    governors: Tensor
    syntax: Tensor
    starts: Tensor
    is_parsed: Tensor
    chances: Tensor
    is_read: Tensor
    anchors: Tensor
    roles: Tensor
    owners: Tensor

    def around(self, anchors: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the places around anchors, the line breaks between, and which of them exist."""
        places = anchors.unsqueeze(1) + torch.arange(-BEFORE, AFTER)
        place = self.columns[COLUMNS.index("place")]
        lines = torch.cumsum((place % 4 == 1).long(), 0)
        exists = (places >= 0) & (places < len(lines))
        places = places.clamp(0, len(lines) - 1)
        exists &= self.owners[places] == self.owners[anchors].unsqueeze(1)
        away = (lines[places] - lines[anchors].unsqueeze(1)).clamp(-3, 3) + 3
        return places, away, exists

    def relate(self, anchors: Tensor, governors: Tensor, labels: Tensor, starts: Tensor) -> Tensor:
        """Say how the tokens around anchors stand to them in the tree, shape (k, WINDOW)."""
        n = len(governors)
        columns = np.zeros((len(COLUMNS), n), np.int64)
        columns[OWN + 1] = labels.numpy()
        begins = starts.numpy().copy()
        owners = self.owners.numpy()
        begins[1:] |= owners[1:] != owners[:-1]
        nothing = np.zeros(n, np.int64)
        tree = Features(nothing, nothing, columns, governors.numpy(), np.cumsum(begins))
        return torch.from_numpy(relations_around(anchors.numpy(), tree, BEFORE, AFTER))


def join(
    examples: Sequence[Example], chance: random.Random | None = None, forget: float = 0.0
) -> Batch:
    """Lay articles one after another; in training some words are made unknown to the network."""
    size = sum(len(each) + GAP for each in examples)
    size += -size % BLOCK
    columns = np.zeros((OWN, size), np.int64)
    governors = np.arange(size)
    syntax = np.full((3, size), IGNORED, np.int64)
    flags = np.zeros((4, size), np.float32)
    is_token, starts, is_parsed, is_read = flags
    chances = np.zeros(size, np.float32)
    owners = np.zeros(size, np.int64)
    at = 0
    for number, each in enumerate(examples, 1):
        features = each.features
        here = slice(at, at + len(features))
        columns[:, here] = _with_gaps(features.columns[:OWN], chance, forget)
        is_token[here], owners[here] = 1, number
        if each.is_parsed:
            governors[here] = features.heads + at
            syntax[:, here] = features.columns[OWN:]
            starts[here] = np.diff(features.sentences, prepend=-1) != 0
            is_parsed[here] = 1
        if each.chances is not None:
            chances[here], is_read[here] = each.chances, 1
        at += len(features) + GAP
    offsets = np.cumsum([0] + [len(each) + GAP for each in examples[:-1]])
    anchors = np.concatenate([each.anchors + o for each, o in zip(examples, offsets, strict=True)])
    return Batch(
        torch.from_numpy(columns),
        torch.from_numpy(is_token).unsqueeze(-1),
        torch.from_numpy(_in_window(governors, is_parsed)),
        torch.from_numpy(governors),
        torch.from_numpy(syntax),
        torch.from_numpy(starts),
        torch.from_numpy(is_parsed),
        torch.from_numpy(chances),
        torch.from_numpy(is_read),
        torch.from_numpy(anchors),
        torch.from_numpy(np.concatenate([each.roles for each in examples])),
        torch.from_numpy(owners),
    )


def _with_gaps(columns: Ints, chance: random.Random | None, forget: float) -> Ints:
    if chance is None or not forget:
        return columns
    own = columns.copy()
    lost = np.random.default_rng(chance.randrange(1 << 30)).random(own.shape[1])
    own[COLUMNS.index("word")][lost < forget] = SIZES["word"]
    own[0][lost < forget / 4] = 0
    return own


def _in_window(governors: Ints, is_parsed: NDArray[np.float32]) -> Ints:
    """Turn governors into places among three blocks; those further off are ignored."""
    tokens = np.arange(len(governors))
    place = governors - (tokens - tokens % BLOCK - BLOCK)
    fits = (place >= 0) & (place < 3 * BLOCK) & (is_parsed > 0)
    window: Ints = np.where(fits, place, IGNORED)
    return window


assert len(TAGS) + 1 == SIZES["tag"]  # noqa: S101 (the parser inside says what the columns hold)
