"""The syntax network as it is trained: tag, governor, label, entity and sentence of every word.

It stands on the attribution network's encoder, whose vectors are made for every text anyway: what
it adds is a few gated convolutions and a layer for each question.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.models.features import COLUMNS, ENTITIES, LABELS, TAGS
from onrecord.training.network import BLOCK, EMBEDDED, Drop, Encoder, Gated

__all__ = ["SyntaxNetwork", "Told", "lower_vectors"]

BELOW = 3
"""Vectors of the encoder that are read for every token: the first, the trunk's and the last."""


def lower_vectors(encoder: Encoder, columns: Tensor, mask: Tensor) -> Tensor:
    """Return the encoder's first, middle and last vectors, shape (n, 3 * width)."""
    parts = [encoder.known(columns[0])]
    parts += [encoder.tables[name](columns[COLUMNS.index(name)]) for name in EMBEDDED]
    first = encoder.mix(torch.cat(parts, -1))
    middle = first
    for layer in encoder.trunk:
        middle = layer(middle, mask)
    syntax, _ = encoder.parser(middle, mask)
    last, _ = encoder.rise(middle, syntax.governors, mask)
    return torch.cat([first, middle, last], -1)


@dataclass(frozen=True, slots=True)
class Told:
    """What the network says of n tokens, as log-odds.

    Attributes:
        heads: Of every token among three blocks to be the governor, shape (n, 3 * BLOCK).
        tags: Shape (n, tags).
        entities: Shape (n, entities).
        starts: That a sentence starts here, shape (n,).
        normal: The vectors that labels are told from, shape (n, width).
    """

    heads: Tensor
    tags: Tensor
    entities: Tensor
    starts: Tensor
    normal: Tensor


class SyntaxNetwork(nn.Module):
    """Tags, governors, labels, entities and sentence starts from the encoder's vectors."""

    def __init__(self, width: int, dilations: tuple[int, ...], dropout: float) -> None:
        super().__init__()
        size = 128
        self.enter = nn.LayerNorm(BELOW * 192)
        self.join = nn.Linear(BELOW * 192, width)
        self.layers = nn.ModuleList(Gated(width, each, dropout) for each in dilations)
        self.norm = nn.LayerNorm(width)
        self.below = nn.Linear(width, size)
        self.above = nn.Linear(width, size)
        self.away = nn.Parameter(torch.zeros(4 * BLOCK))
        self.single = nn.Sequential(nn.Linear(width, 128), nn.GELU(), Drop(dropout))
        self.known = nn.Linear(128, len(TAGS) + 1 + len(ENTITIES) + 1 + 1)
        self.one = nn.Linear(width, size)
        self.other = nn.Linear(width, size)
        self.label = nn.Linear(size, len(LABELS) + 2)
        self.drop = Drop(dropout)

    def forward(self, below: Tensor, mask: Tensor) -> Told:
        """Read the encoder's vectors, shape (n, 3 * 192), n a multiple of BLOCK."""
        vectors = self.join(self.drop(self.enter(below)))
        for layer in self.layers:
            vectors = layer(vectors, mask)
        normal = self.drop(self.norm(vectors))
        known = self.known(self.single(normal))
        tags, entities, starts = known.split([len(TAGS) + 1, len(ENTITIES) + 1, 1], -1)
        return Told(self._heads(normal, mask), tags, entities, starts.squeeze(-1), normal)

    def labels(self, normal: Tensor, governors: Tensor) -> Tensor:
        """Return the log-odds of every token's label, given its governor; shape (n, labels)."""
        return self.label(functional.gelu(self.one(normal) + self.other(normal)[governors]))

    def _heads(self, normal: Tensor, mask: Tensor) -> Tensor:
        size = self.below.out_features
        below = functional.gelu(self.below(normal)).view(-1, BLOCK, size)
        above = functional.gelu(self.above(normal)).view(-1, BLOCK, size)
        wide = functional.pad(above, (0, 0, 0, 0, 1, 1))
        keys = torch.cat([wide[:-2], wide[1:-1], wide[2:]], 1)
        scores = below @ keys.transpose(1, 2)
        exists = functional.pad(mask.view(-1, BLOCK), (0, 0, 1, 1))
        exists = torch.cat([exists[:-2], exists[1:-1], exists[2:]], 1).unsqueeze(1)
        away = torch.arange(3 * BLOCK) - torch.arange(BLOCK, 2 * BLOCK).unsqueeze(1)
        scores = scores + self.away[away + 2 * BLOCK] + (exists - 1) * 1e4
        return scores.reshape(-1, 3 * BLOCK)
