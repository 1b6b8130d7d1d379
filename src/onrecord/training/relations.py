"""The relation network as it is trained, and how it becomes the file that reading runs.

Over the encoder's vectors stand gated convolutions, with layers between them that pass vectors
along the tree; the marked words, what attention finds between them, and the strongest numbers of
the sentence then tell the root, and whether there is an event at all.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.errors import ModelError
from onrecord.models.attribution import load_attribution_network
from onrecord.models.features import SIZES
from onrecord.models.relations import FEATURES, LONGEST, ROOTS
from onrecord.training.exporting import LARGEST_DIFFERENCE, Half, export, share
from onrecord.training.network import Drop, Gated
from onrecord.training.shrinking import shrink

__all__ = ["RelationNet", "export_relations"]

EMBEDDED = {"word": 32, "tag": 16, "label": 24, "entity": 8}
MARKS, DISTANCES = 3, 24
VECTOR = 192
"""Width of the encoder's vectors."""


class AlongTree(nn.Module):
    """Add what a token's governor and its dependents say to the token's own vector, by row."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, width)
        self.down = nn.Linear(width, width)
        self.own = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.drop = Drop(dropout)

    def forward(self, vectors: Tensor, heads: Tensor, mask: Tensor) -> Tensor:
        """Read vectors (rows, tokens, width) and every token's governor (rows, tokens)."""
        normal = self.norm(vectors) * mask
        told = functional.gelu(self.up(normal)) * mask
        places = heads.unsqueeze(-1).expand_as(vectors)
        below = torch.zeros_like(told).scatter_add_(1, places, told)
        above = self.down(normal).gather(1, places)
        return vectors + self.drop(self.out(functional.gelu(below + above + self.own(normal))))


class RelationNet(nn.Module):
    """Give the log-odds of every root and, last, of there being an event.

    Args:
        known: Vectors of the known words, not trained.
        width: Numbers in a token's vector.
        dropout: Share of numbers that training sets to 0.
        forget: Share of words whose own embedding training hides.
    """

    def __init__(
        self, known: Tensor, width: int = 160, dropout: float = 0.15, forget: float = 0.05
    ) -> None:
        super().__init__()
        self.known: nn.Module = nn.Embedding.from_pretrained(known, freeze=True)
        self.tables = nn.ModuleDict(
            {name: nn.Embedding(SIZES[name] + 1, size) for name, size in EMBEDDED.items()}
        )
        self.mark = nn.Embedding(MARKS, 24)
        self.from_actor = nn.Embedding(DISTANCES, 12)
        self.from_recipient = nn.Embedding(DISTANCES, 12)
        for table in (*self.tables.values(), self.mark, self.from_actor, self.from_recipient):
            nn.init.normal_(table.weight, std=0.3)
        given = VECTOR + known.shape[1] + sum(EMBEDDED.values()) + 24 + 12 + 12
        self.mix = nn.Linear(given, width)
        self.drop = Drop(dropout)
        self.near = nn.ModuleList(Gated(width, k, dropout) for k in (1, 2, 1, 4))
        self.tree = nn.ModuleList(AlongTree(width, dropout) for _ in range(3))
        self.norm = nn.LayerNorm(width)
        self.query = nn.Linear(2 * width, 2 * width)
        self.key = nn.Linear(width, width)
        self.out = nn.Sequential(
            nn.Linear(5 * width, 192), nn.GELU(), Drop(dropout), nn.Linear(192, len(ROOTS) + 1)
        )
        self.forget = forget

    def forward(
        self, vectors: Tensor, columns: Tensor, heads: Tensor, pairs: Tensor, mask: Tensor
    ) -> Tensor:
        """Read rows of tokens, padded; `mask` is 0 where there is none, shape (rows, tokens).

        `columns` has the rows of `FEATURES`, shape (5, rows, tokens), and `pairs` the marks and
        the distances to actor and recipient, shape (3, rows, tokens).
        """
        logits: Tensor = self.out(self.summarised(vectors, columns, heads, pairs, mask))
        return logits

    def summarised(
        self, vectors: Tensor, columns: Tensor, heads: Tensor, pairs: Tensor, mask: Tensor
    ) -> Tensor:
        """Return what the log-odds are told from, shape (rows, 5 * width)."""
        marks, from_actor, from_recipient = pairs
        known, words, *others = columns
        if self.training and self.forget:
            words = words.masked_fill(torch.rand(words.shape) < self.forget, SIZES["word"])
        names = FEATURES[2:]
        parts = [vectors, self.known(known), self.tables["word"](words)]
        parts += [self.tables[name](column) for name, column in zip(names, others, strict=True)]
        parts += [self.mark(marks), self.from_actor(from_actor)]
        parts += [self.from_recipient(from_recipient)]
        exists = mask.unsqueeze(-1)
        hidden = self.near[0](self.mix(self.drop(torch.cat(parts, -1))), exists)
        for tree, near in zip(self.tree, list(self.near)[1:], strict=True):
            hidden = near(tree(hidden, heads, exists), exists)
        return self._told(self.norm(hidden) * exists, marks, mask)

    def _told(self, hidden: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        actor = _mean(hidden, (marks == 1).float() * mask)
        recipient = _mean(hidden, (marks == 2).float() * mask)
        exists = mask.unsqueeze(-1)
        most = hidden.masked_fill(exists == 0, -1e4).amax(1)
        query = self.query(torch.cat([actor, recipient], -1)).unflatten(-1, (2, -1))
        scores = query @ self.key(hidden).transpose(1, 2) / hidden.shape[-1] ** 0.5
        seen = (scores + (mask.unsqueeze(1) - 1) * 1e4).softmax(-1) @ hidden
        return torch.cat([actor, recipient, most, seen.flatten(1)], -1)


def _mean(vectors: Tensor, weights: Tensor) -> Tensor:
    total = weights.sum(1, keepdim=True).clamp(min=1)
    return (vectors * weights.unsqueeze(-1)).sum(1) / total


class _Shipped(nn.Module):
    """The network for the pairs of one sentence."""

    def __init__(self, net: RelationNet) -> None:
        super().__init__()
        self.net = net

    def forward(
        self,
        vectors: Tensor,
        columns: Tensor,
        heads: Tensor,
        pairs: Tensor,
    ) -> tuple[Tensor, Tensor]:
        rows, tokens = pairs.shape[1], pairs.shape[2]
        told = self.net.summarised(
            vectors.unsqueeze(0).expand(rows, -1, -1),
            columns.unsqueeze(1).expand(-1, rows, -1),
            heads.unsqueeze(0).expand(rows, -1),
            pairs,
            torch.ones(rows, tokens),
        )
        hidden = self.net.out[:2](told)
        return self.net.out[2:](hidden), hidden


def export_relations(net: RelationNet, folder: Path, *, name: str, sharpness: float) -> None:
    """Write `relations.onnx` and the card that lists its SHA-256.

    Args:
        net: The trained network.
        folder: Where to write.
        name: Name and version, as findings will give it.
        sharpness: What log-odds of roots are multiplied with, so that chances mean what they say.

    Raises:
        ModelError: The file does not compute what was trained.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "relations.onnx"
    tops = [len(net.known.weight), *(SIZES[each] for each in FEATURES[1:])]
    net.known, net.tables["word"] = Half(net.known), Half(net.tables["word"])
    shipped = _Shipped(net.eval()).eval()
    tokens = torch.export.Dim("tokens", min=2, max=LONGEST)
    pairs = torch.export.Dim("pairs", min=2, max=512)
    shapes = {
        "vectors": {0: tokens},
        "columns": {1: tokens},
        "heads": {0: tokens},
        "pairs": {1: pairs, 2: tokens},
    }

    def sample(size: int, count: int) -> tuple[Tensor, ...]:
        return (
            torch.randn(size, VECTOR),
            torch.stack([torch.randint(0, top, (size,)) for top in tops]),
            torch.randint(0, size, (size,)),
            torch.stack([torch.randint(0, top, (count, size)) for top in (MARKS, 21, 21)]),
        )

    export(shipped, sample(31, 7), path, shapes, ["logits", "hidden"])
    shrink(path)
    _compare(shipped, sample(47, 5), path, list(shapes))
    if share(path, tops[0]) != load_attribution_network().known.tobytes():
        raise ModelError(f"{path} was trained on other vectors of words than are shipped")
    card = {
        "name": name,
        "sharpness": sharpness,
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest()},
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _compare(module: nn.Module, inputs: tuple[Tensor, ...], path: Path, names: list[str]) -> None:
    """Check that 8-bit matrices leave the chances nearly what they were."""
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    given = {name: each.numpy() for name, each in zip(names, inputs, strict=True)}
    with torch.no_grad():
        wanted = module(*inputs)[0][:, : len(ROOTS)].softmax(-1).numpy()
    logits = session.run(None, given)[0][:, : len(ROOTS)]
    found = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    apart = float(np.abs(found - wanted).max())
    if apart > 50 * LARGEST_DIFFERENCE:
        raise ModelError(f"{path} does not compute what was trained: chances differ by {apart:.3f}")
