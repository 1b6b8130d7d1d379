"""The reading network as it is trained: an encoder with a parser inside it, and a tagger.

The encoder is made of gated dilated convolutions. Its lower half, the trunk, learns from a parser
what the parser says of every token: tag, label, entity, governor, sentence start. The governors
that it finds itself then lead the upper half along the tree. For every anchor, the head word of a
cue, the tagger says which tokens around it are source, cue and content.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.models.features import COLUMNS, ENTITIES, LABELS, RELATIONS, SIZES, TAGS

__all__ = [
    "AFTER",
    "BEFORE",
    "BLOCK",
    "EMBEDDED",
    "ROLES",
    "Drop",
    "Encoder",
    "Gated",
    "Network",
    "Parser",
    "Sizes",
    "Syntax",
    "Tagger",
]

BEFORE, AFTER = 48, 80
"""Tokens before and after an anchor that the tagger sees; 98.5 % of training attributions fit."""
BLOCK = 64
"""A token's governor is looked for in its own block of this many tokens and in both next to it."""
ROLES = ("none", "source", "cue", "content")
EMBEDDED = {"word": 48, "suffix": 24, "prefix": 16, "shape": 12, "quote": 12, "place": 8}
"""Width of the embedding of every column but the first, whose vectors are given."""
FAR = 7
"""Line breaks between token and anchor, from three before to three after."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths and dilations of a network.

    Attributes:
        width: Numbers in a token's vector.
        trunk: Dilations of the convolutions under the parser.
        upper: Dilations of those above it; vectors pass along the tree before the first two.
        size: Numbers in the tagger's vectors.
        tagger: Dilations of the tagger's convolutions.
    """

    width: int = 192
    trunk: tuple[int, ...] = (1, 2, 4, 1)
    upper: tuple[int, ...] = (1, 8, 16, 1)
    size: int = 80
    tagger: tuple[int, ...] = (1, 2, 4)


class Drop(nn.Module):
    """Dropout that draws its mask twice as fast as torch's on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, vectors: Tensor) -> Tensor:
        """Set a share of the numbers to 0 while training."""
        if not self.training or not self.share:
            return vectors
        return vectors * (torch.rand_like(vectors) > self.share) / (1 - self.share)


class Gated(nn.Module):
    """Add a gated dilated convolution of the normalised input to the input.

    The convolution is one matrix product over a token and its two neighbours at the distance
    `dilation`, which is three times as fast on a CPU as torch's own.
    """

    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.dilation = dilation
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(3 * width, 2 * width)
        self.drop = Drop(dropout)

    def forward(self, vectors: Tensor, mask: Tensor | None) -> Tensor:
        """Read vectors of shape (..., tokens, width); mask is 0 where there is no token."""
        normal = self.norm(vectors) if mask is None else self.norm(vectors) * mask
        size = normal.shape[-2]
        wide = functional.pad(normal, (0, 0, self.dilation, self.dilation))
        near = [wide[..., k * self.dilation : k * self.dilation + size, :] for k in range(3)]
        return vectors + self.drop(functional.glu(self.mix(torch.cat(near, -1)), -1))


class AlongTree(nn.Module):
    """Add what a token's governor and its dependents say to the token's own vector."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, width)
        self.down = nn.Linear(width, width)
        self.own = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.drop = Drop(dropout)

    def forward(self, vectors: Tensor, heads: Tensor) -> Tensor:
        """Read vectors of shape (tokens, width) and every token's governor."""
        normal = self.norm(vectors)
        told = functional.gelu(self.up(normal))
        below = torch.zeros_like(told).index_put((heads,), told, accumulate=True)
        above = self.down(normal)[heads]
        return vectors + self.drop(self.out(functional.gelu(below + above + self.own(normal))))


@dataclass(frozen=True, slots=True)
class Syntax:
    """What the parser inside says of n tokens, as log-odds.

    Attributes:
        heads: Of every token among three blocks to be its governor, shape (m, 3 * BLOCK), m being n
            rounded up to whole blocks; place BLOCK + i % BLOCK is the token itself.
        tags: Shape (n, tags).
        entities: Shape (n, entities).
        starts: That a sentence starts here, shape (n,).
        governors: The best governor of each, shape (n,).
    """

    heads: Tensor
    tags: Tensor
    entities: Tensor
    starts: Tensor
    governors: Tensor


class Parser(nn.Module):
    """Say of every token its governor, tag, label and entity, and whether a sentence starts."""

    def __init__(self, width: int, dropout: float, size: int = 64, hidden: int = 96) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.below = nn.Linear(width, size)
        self.above = nn.Linear(width, size)
        self.away = nn.Parameter(torch.zeros(4 * BLOCK))
        self.single = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), Drop(dropout))
        self.known = nn.Linear(hidden, len(TAGS) + 1 + len(ENTITIES) + 1 + 1)
        self.one = nn.Linear(width, size)
        self.other = nn.Linear(width, size)
        self.label = nn.Linear(size, len(LABELS) + 2)
        self.drop = Drop(dropout)

    def forward(self, vectors: Tensor, mask: Tensor) -> tuple[Syntax, Tensor]:
        """Read vectors and return them normalised too.

        Args:
            vectors: Shape (n, width).
            mask: 0 where there is no token, shape (m, 1), m being n rounded up to whole blocks.
        """
        normal = self.drop(self.norm(vectors))
        heads = self._heads(normal, mask)
        known = self.known(self.single(normal))
        tags, entities, starts = known.split([len(TAGS) + 1, len(ENTITIES) + 1, 1], -1)
        tokens = torch.arange(normal.shape[0])
        first = tokens - tokens % BLOCK - BLOCK
        best = heads.argmax(-1)[: normal.shape[0]]
        governors = (first + best).clamp(min=0).minimum(tokens[-1])
        return Syntax(heads, tags, entities, starts.squeeze(-1), governors), normal

    def labels(self, normal: Tensor, governors: Tensor) -> Tensor:
        """Return the log-odds of every token's label, given its governor; shape (n, labels)."""
        return self.label(functional.gelu(self.one(normal) + self.other(normal)[governors]))

    def _heads(self, normal: Tensor, mask: Tensor) -> Tensor:
        size = self.below.out_features
        fill = (0, 0, 0, mask.shape[0] - normal.shape[0])
        below = functional.pad(functional.gelu(self.below(normal)), fill).view(-1, BLOCK, size)
        above = functional.pad(functional.gelu(self.above(normal)), fill).view(-1, BLOCK, size)
        wide = functional.pad(above, (0, 0, 0, 0, 1, 1))
        keys = torch.cat([wide[:-2], wide[1:-1], wide[2:]], 1)
        scores = below @ keys.transpose(1, 2)
        exists = functional.pad(mask.view(-1, BLOCK), (0, 0, 1, 1))
        exists = torch.cat([exists[:-2], exists[1:-1], exists[2:]], 1).unsqueeze(1)
        away = torch.arange(3 * BLOCK) - torch.arange(BLOCK, 2 * BLOCK).unsqueeze(1)
        scores = scores + self.away[away + 2 * BLOCK] + (exists - 1) * 1e4
        return scores.reshape(-1, 3 * BLOCK)


class Encoder(nn.Module):
    """Give every token a vector, the log-odds that it is an anchor, and its syntax."""

    def __init__(self, vectors: Tensor, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        width = sizes.width
        self.known = nn.Embedding.from_pretrained(vectors, freeze=True)
        self.tables = nn.ModuleDict(
            {name: nn.Embedding(SIZES[name] + 1, size) for name, size in EMBEDDED.items()}
        )
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.3)
        self.mix = nn.Linear(vectors.shape[1] + sum(EMBEDDED.values()), width)
        self.drop = Drop(dropout)
        self.trunk = nn.ModuleList(Gated(width, d, dropout) for d in sizes.trunk)
        self.parser = Parser(width, dropout)
        self.tree = nn.ModuleList(AlongTree(width, dropout) for _ in range(2))
        self.upper = nn.ModuleList(Gated(width, d, dropout) for d in sizes.upper)
        self.norm = nn.LayerNorm(width)
        self.anchor = nn.Sequential(nn.Linear(width, 64), nn.GELU(), nn.Linear(64, 1))

    def parse(self, columns: Tensor, mask: Tensor) -> tuple[Tensor, Syntax, Tensor]:
        """Run the trunk and the parser: trunk vectors, syntax, and what labels are told from."""
        _, vectors = self.climb(columns, mask)
        syntax, normal = self.parser(vectors, mask)
        return vectors, syntax, normal

    def climb(self, columns: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Run the trunk: the vectors that enter it and those that leave it, shape (n, width)."""
        parts = [self.known(columns[0])]
        parts += [self.tables[name](columns[COLUMNS.index(name)]) for name in EMBEDDED]
        first = vectors = self.mix(self.drop(torch.cat(parts, -1)))
        for layer in self.trunk:
            vectors = layer(vectors, mask)
        return first, vectors

    def rise(
        self, vectors: Tensor, governors: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """Run the upper half: vectors of shape (n, width) and log-odds of anchors, shape (n,)."""
        for number, layer in enumerate(self.upper):
            if number < len(self.tree):
                vectors = self.tree[number](vectors, governors)
            vectors = layer(vectors, mask)
        vectors = self.norm(vectors)
        return vectors, self.anchor(self.drop(vectors)).squeeze(-1)


class Tagger(nn.Module):
    """Say for every anchor which tokens around it are its source, cue and content."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        size = sizes.size
        self.token = nn.Linear(sizes.width, size)
        self.anchor = nn.Linear(sizes.width, size)
        self.relation = nn.Embedding(RELATIONS, size)
        self.distance = nn.Embedding(BEFORE + AFTER, size)
        self.lines = nn.Embedding(FAR, size)
        self.near = nn.ModuleList(Gated(size, d, dropout) for d in sizes.tagger)
        self.norm = nn.LayerNorm(size)
        self.role = nn.Linear(size, len(ROLES))
        for table in (self.relation, self.distance, self.lines):
            nn.init.normal_(table.weight, std=0.3)

    def forward(
        self,
        vectors: Tensor,
        anchors: Tensor,
        places: Tensor,
        relations: Tensor,
        lines: Tensor,
        mask: Tensor,
    ) -> Tensor:
        """Return log-odds of the roles, shape (anchors, BEFORE + AFTER, roles)."""
        size = self.token.out_features
        near = self.token(vectors)[places.flatten()].view(*places.shape, size)
        pair = near + self.anchor(vectors[anchors]).unsqueeze(1) + self.relation(relations)
        pair = functional.gelu(pair + self.lines(lines) + self.distance.weight)
        for layer in self.near:
            pair = layer(pair, mask)
        return self.role(self.norm(pair))


class Network(nn.Module):
    """Encoder and tagger."""

    def __init__(self, vectors: Tensor, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.encoder = Encoder(vectors, sizes, dropout)
        self.tagger = Tagger(sizes, dropout)
