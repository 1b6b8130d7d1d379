"""The syntax network as it is trained: tag, governor, label, entity and sentence of every word.

It stands on the attribution network's encoder, whose vectors are made for every text anyway: what
it adds is a few gated convolutions and a parser that is wider than the one inside the encoder.
"""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.models.features import LABELS, PIECE, ROOT
from onrecord.training.exporting import BLOCKS, TOKENS, compare, export, mask_of, write_card
from onrecord.training.network import BLOCK, Drop, Encoder, Gated, Parser, Sizes, Syntax
from onrecord.training.shrinking import shrink

__all__ = ["SyntaxNetwork", "export_syntax", "lower_vectors"]

SCORED = ["heads", "tags", "entities", "starts", "one", "other"]
BELOW = 3 * Sizes().width
"""Numbers that are read for every token: the encoder's first vector, its trunk's and its last."""


def lower_vectors(encoder: Encoder, columns: Tensor, mask: Tensor) -> Tensor:
    """Return the encoder's first, middle and last vectors, shape (n, BELOW)."""
    first, middle = encoder.climb(columns, mask)
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

    def forward(
        self, below: Tensor, mask: Tensor, *, is_padded: bool = True
    ) -> tuple[Syntax, Tensor]:
        """Read vectors of shape (n, BELOW), some of which may stand for no token.

        Args:
            below: The vectors.
            mask: 0 where there is no token, shape (m, 1), m being n rounded up to whole blocks.
            is_padded: Whether n is m.

        Returns:
            What the parser returns.
        """
        vectors = self.join(self.drop(self.enter(below)))
        for layer in self.layers:
            vectors = layer(vectors, mask if is_padded else None)
        told: tuple[Syntax, Tensor] = self.parser(vectors, mask)
        return told


class _Scorer(nn.Module):
    """The network for one chunk, up to the governors' scores and what labels are told from."""

    def __init__(self, network: SyntaxNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, below: Tensor, trunk: Tensor, vectors: Tensor, mask: Tensor
    ) -> tuple[Tensor, ...]:
        below = torch.cat([below, trunk, vectors], -1)
        syntax, normal = self.network(below, mask, is_padded=False)
        parser = self.network.parser
        pair = parser.one(normal), parser.other(normal)
        entities = syntax.entities.argmax(-1).int()
        return syntax.heads, syntax.tags, entities, syntax.starts, *pair


class _Labeller(nn.Module):
    """The label of each word, given what the scorer says of it and of its governor."""

    def __init__(self, parser: Parser) -> None:
        super().__init__()
        self.label = parser.label

    def forward(self, one: Tensor, other: Tensor) -> Tensor:
        found: Tensor = self.label(functional.gelu(one + other))
        below = torch.zeros(len(LABELS) + 2)
        below[[0, ROOT, PIECE]] = -1e4
        return (found + below).argmax(-1).int()


def export_syntax(network: SyntaxNetwork, folder: Path) -> None:
    """Write `scorer.onnx`, `labeller.onnx` and a card with their hashes; matrices in 8 bits.

    Raises:
        ModelError: An exported network does not compute what the trained one computes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    words = torch.export.Dim("words", min=1, max=100_000)
    width, size = Sizes().width, network.parser.one.out_features

    def chunk(tokens: int) -> tuple[Tensor, ...]:
        return (*(torch.randn(tokens, width) for _ in range(3)), mask_of(tokens))

    names = ["below", "trunk", "vectors"]
    shapes: dict[str, dict[int, Any]] = {name: {0: TOKENS} for name in names}
    shapes["mask"] = {0: BLOCK * BLOCKS}
    scorer, path = _Scorer(network).eval(), folder / "scorer.onnx"
    export(scorer, chunk(5 * BLOCK - 20), path, shapes, SCORED)
    compare(scorer, chunk(9 * BLOCK - 20), path, list(shapes))
    shrink(path)
    labeller, path = _Labeller(network.parser).eval(), folder / "labeller.onnx"
    pair = (torch.randn(7, size), torch.randn(7, size))
    export(labeller, pair, path, {"one": {0: words}, "other": {0: words}}, ["labels"])
    compare(labeller, pair, path, ["one", "other"])
    write_card(folder, {"name": "syntax-1"}, ("scorer.onnx", "labeller.onnx"))
