"""The syntax network as it is trained: tag, governor, label, entity and sentence of every word.

It stands on the attribution network's encoder, whose vectors are made for every text anyway: what
it adds is a few gated convolutions and a parser that is wider than the one inside the encoder.
"""

import torch
from torch import Tensor, nn

from onrecord.models.features import COLUMNS
from onrecord.training.network import EMBEDDED, Drop, Encoder, Gated, Parser, Sizes, Syntax

__all__ = ["SyntaxNetwork", "lower_vectors"]

BELOW = 3 * Sizes().width
"""Numbers that are read for every token: the encoder's first vector, its trunk's and its last."""


def lower_vectors(encoder: Encoder, columns: Tensor, mask: Tensor) -> Tensor:
    """Return the encoder's first, middle and last vectors, shape (n, BELOW)."""
    parts = [encoder.known(columns[0])]
    parts += [encoder.tables[name](columns[COLUMNS.index(name)]) for name in EMBEDDED]
    first = encoder.mix(torch.cat(parts, -1))
    middle = first
    for layer in encoder.trunk:
        middle = layer(middle, mask)
    syntax, _ = encoder.parser(middle, mask)
    last, _ = encoder.rise(middle, syntax.governors, mask)
    return torch.cat([first, middle, last], -1)


class SyntaxNetwork(nn.Module):
    """Tags, governors, labels, entities and sentence starts from the encoder's vectors."""

    def __init__(self, width: int, dilations: tuple[int, ...], dropout: float) -> None:
        super().__init__()
        self.enter = nn.LayerNorm(BELOW)
        self.join = nn.Linear(BELOW, width)
        self.layers = nn.ModuleList(Gated(width, each, dropout) for each in dilations)
        self.parser = Parser(width, dropout, size=128, hidden=128)
        self.drop = Drop(dropout)

    def forward(self, below: Tensor, mask: Tensor) -> tuple[Syntax, Tensor]:
        """Read vectors of shape (n, BELOW), n a multiple of BLOCK; return as the parser does."""
        vectors = self.join(self.drop(self.enter(below)))
        for layer in self.layers:
            vectors = layer(vectors, mask)
        told: tuple[Syntax, Tensor] = self.parser(vectors, mask)
        return told
