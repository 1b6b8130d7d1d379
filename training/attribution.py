# ruff: noqa: S311 (chance is for training, not for secrets)
"""Train the attribution network: from annotated articles to a checkpoint.

    python training/attribution.py fit OUT --data TRAIN.jsonl TRAIN.npz --data SPUN.jsonl SPUN.npz
        --dev DEV.jsonl DEV.npz --glove FOLDER [--epochs 12] [--width 192] [--threads 2]

Every step reads about 4,096 tokens, whole articles one after another with padding between them. An
encoder of gated dilated convolutions gives each token a vector; convolutions see neighbours, and
between them layers pass vectors along the parser's tree. Two things are learned: which token is an
anchor (the head word of a cue), and, for each anchor, which tokens around it are its source, its
cue and its content. The second is a small convolutional tagger that is run once for every anchor.
What stands in `onrecord.models` reads the weights; `training/README.md` says how it is all run.
"""

import argparse
import json
import math
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from onrecord.models.decoding import EVIDENCE, Anchors, decode, without_doubles
from onrecord.models.features import (
    COLUMNS,
    RELATIONS,
    SIZES,
    Features,
    encode,
    relations_to,
    word_key,
)
from onrecord.reading.quotations import find_quotations

BEFORE, AFTER = 48, 80
"""Tokens before and after an anchor that the tagger sees; 98.5 % of training attributions fit."""
GAP = 40
"""Padding between articles; wider than what the encoder sees to one side."""
EMBEDDED = {
    "word": 48, "suffix": 24, "prefix": 16, "shape": 12, "quote": 12, "place": 8, "tag": 24,
    "label": 24, "entity": 12,
}  # fmt: skip
ROLES = ("none", "source", "cue", "content")


# ------------------------------------------------------------------ the network


class Drop(nn.Module):
    """Dropout that draws its mask twice as fast as torch's on a CPU."""

    def __init__(self, share):
        super().__init__()
        self.share = share

    def forward(self, vectors):
        if not self.training or not self.share:
            return vectors
        return vectors * (torch.rand_like(vectors) > self.share) / (1 - self.share)


class Gated(nn.Module):
    """Add a gated dilated convolution of the normalised input to the input.

    The convolution is one matrix product over a token and its two neighbours at the distance
    `dilation`, which is three times as fast on a CPU as torch's own.
    """

    def __init__(self, width, dilation, dropout):
        super().__init__()
        self.dilation = dilation
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(3 * width, 2 * width)
        self.drop = Drop(dropout)

    def forward(self, vectors, mask):
        normal = self.norm(vectors) * mask
        size = normal.shape[-2]
        wide = functional.pad(normal, (0, 0, self.dilation, self.dilation))
        near = [wide[..., k * self.dilation : k * self.dilation + size, :] for k in range(3)]
        return vectors + self.drop(functional.glu(self.mix(torch.cat(near, -1)), -1))


class AlongTree(nn.Module):
    """Add what a token's governor and its dependents say to the token's own vector."""

    def __init__(self, width, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, width)
        self.down = nn.Linear(width, width)
        self.own = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.drop = Drop(dropout)

    def forward(self, vectors, heads):
        normal = self.norm(vectors)
        index = heads.unsqueeze(-1).expand_as(normal)
        below = torch.zeros_like(normal).scatter_add(0, index, functional.gelu(self.up(normal)))
        above = self.down(normal).gather(0, index)
        return vectors + self.drop(self.out(functional.gelu(below + above + self.own(normal))))


class Encoder(nn.Module):
    """Give every token a vector and the log-odds that it is an anchor."""

    def __init__(self, vectors, width, dropout):
        super().__init__()
        self.known = nn.Embedding.from_pretrained(vectors, freeze=True)
        self.tables = nn.ModuleDict(
            {name: nn.Embedding(SIZES[name] + 1, size) for name, size in EMBEDDED.items()}
        )
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.3)
        self.mix = nn.Linear(vectors.shape[1] + sum(EMBEDDED.values()), width)
        self.drop = Drop(dropout)
        self.tree = nn.ModuleList(AlongTree(width, dropout) for _ in range(3))
        self.near = nn.ModuleList(Gated(width, d, dropout) for d in (1, 2, 1, 4, 8, 16, 1))
        self.norm = nn.LayerNorm(width)
        self.anchor = nn.Sequential(nn.Linear(width, 64), nn.GELU(), nn.Linear(64, 1))

    def forward(self, columns, heads, mask):
        parts = [self.known(columns[0])]
        parts += [self.tables[name](columns[COLUMNS.index(name)]) for name in EMBEDDED]
        vectors = self.mix(self.drop(torch.cat(parts, -1)))
        for number, layer in enumerate(self.near):
            vectors = layer(vectors, mask)
            if number in (0, 2, 4):
                vectors = self.tree[number // 2](vectors, heads)
        vectors = self.norm(vectors)
        return vectors, self.anchor(self.drop(vectors)).squeeze(-1)


class Tagger(nn.Module):
    """Say for every anchor which tokens around it are its source, cue and content."""

    def __init__(self, width, size, dropout):
        super().__init__()
        self.token = nn.Linear(width, size)
        self.anchor = nn.Linear(width, size)
        self.relation = nn.Embedding(RELATIONS, size)
        self.distance = nn.Embedding(BEFORE + AFTER, size)
        self.lines = nn.Embedding(7, size)
        self.near = nn.ModuleList(Gated(size, d, dropout) for d in (1, 2, 4, 1))
        self.norm = nn.LayerNorm(size)
        self.role = nn.Linear(size, len(ROLES))
        for table in (self.relation, self.distance, self.lines):
            nn.init.normal_(table.weight, std=0.3)

    def forward(self, vectors, anchors, places, relations, lines, mask):
        size = self.token.out_features
        near = self.token(vectors)[places.flatten()].view(*places.shape, size)
        pair = near + self.anchor(vectors[anchors]).unsqueeze(1) + self.relation(relations)
        pair = functional.gelu(pair + self.lines(lines) + self.distance.weight)
        for layer in self.near:
            pair = layer(pair, mask)
        return self.role(self.norm(pair))


class Network(nn.Module):
    def __init__(self, vectors, width, size, dropout):
        super().__init__()
        self.encoder = Encoder(vectors, width, dropout)
        self.tagger = Tagger(width, size, dropout)


# ------------------------------------------------------------------ the articles


@dataclass
class Example:
    """An article as numbers: its features, its anchors, and each anchor's roles and relations."""

    id: str
    text: str
    features: Features
    anchors: np.ndarray
    roles: np.ndarray
    relations: np.ndarray
    gold: list
    source: dict


def read_examples(articles, parses, vocabulary):
    stored = np.load(parses)
    ends = np.cumsum(stored["sizes"])
    syntax = np.split(stored["syntax"], ends[:-1], axis=1)
    lines = [
        line for line in Path(articles).read_text(encoding="utf-8").split("\n") if line.strip()
    ]
    return [make_example(json.loads(a), s, vocabulary) for a, s in zip(lines, syntax, strict=True)]


def make_example(article, syntax, vocabulary):
    text = article["text"]
    features = encode(text, find_quotations(text), syntax, vocabulary)
    anchors, roles = [], []
    for each in article["attributions"]:
        owned = {role: tokens_of(features, each[role]) for role in ROLES[1:]}
        anchor = find_anchor(features, owned)
        if anchor is None or anchor in anchors:
            continue
        window = np.zeros(BEFORE + AFTER, np.uint8)
        for number, role in enumerate(ROLES[1:], 1):
            inside = owned[role] - anchor + BEFORE
            window[inside[(inside >= 0) & (inside < BEFORE + AFTER)]] = number
        anchors.append(anchor)
        roles.append(window)
    anchors = np.array(anchors, np.int64)
    roles = np.array(roles, np.uint8).reshape(-1, BEFORE + AFTER)
    relations = np.stack([relate(a, features) for a in anchors]) if len(anchors) else roles
    return Example(
        article["id"], text, features, anchors, roles, relations, article["attributions"], article
    )


def tokens_of(features, spans):
    found = [
        np.arange(
            np.searchsorted(features.ends, start, side="right"),
            np.searchsorted(features.starts, end),
        )
        for start, end in spans
    ]
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def find_anchor(features, owned):
    """Choose the cue's head word: the first word in it that none of its other words governs."""
    cue = owned["cue"] if len(owned["cue"]) else owned["content"][:1]
    inside = set(cue.tolist())
    tops = [
        t for t in cue.tolist() if int(features.heads[t]) not in inside or features.heads[t] == t
    ]
    words = [t for t in tops if features.columns[8][t] != PUNCT]
    return next(iter(words or tops or cue.tolist()), None)


PUNCT = 42


def relate(anchor, features):
    window = np.zeros(BEFORE + AFTER, np.uint8)
    start, stop = max(0, anchor - BEFORE), min(len(features), anchor + AFTER)
    found = relations_to(int(anchor), features, start, stop)
    window[start - anchor + BEFORE : stop - anchor + BEFORE] = found
    return window


# ------------------------------------------------------------------ batches


def batches(examples, tokens, chance):
    """Yield lists of articles of about `tokens` tokens in random order."""
    order = list(examples)
    chance.shuffle(order)
    batch, size = [], 0
    for example in order:
        if batch and size + len(example.features) > tokens:
            yield batch
            batch, size = [], 0
        batch.append(example)
        size += len(example.features) + GAP
    if batch:
        yield batch


def join(batch, chance=None, no_syntax=0.0, forget=0.0):
    """Lay articles one after another; in training some lose their syntax or some of their words."""
    columns, heads, mask, anchors, roles, relations, first = [], [], [], [], [], [], []
    at = 0
    for example in batch:
        own = example.features.columns.astype(np.int64)
        up = example.features.heads.astype(np.int64)
        related = example.relations.astype(np.int64)
        if chance is not None and chance.random() < no_syntax:
            own = own.copy()
            own[7:10] = 0
            up = np.arange(len(up))
            related = np.zeros_like(related)
        if chance is not None and forget:
            own = own.copy()
            lost = np.random.default_rng(chance.randrange(1 << 30)).random(own.shape[1])
            own[1][lost < forget] = SIZES["word"]
            own[0][lost < forget / 4] = 0
        n = own.shape[1]
        columns += [own, np.zeros((len(COLUMNS), GAP), np.int64)]
        heads += [up + at, np.arange(at + n, at + n + GAP)]
        mask += [np.ones(n, np.float32), np.zeros(GAP, np.float32)]
        anchors.append(example.anchors + at)
        roles.append(example.roles)
        relations.append(related)
        first.append((at, at + n))
        at += n + GAP
    return Batch(
        torch.from_numpy(np.concatenate(columns, 1)),
        torch.from_numpy(np.concatenate(heads)),
        torch.from_numpy(np.concatenate(mask)).unsqueeze(-1),
        torch.from_numpy(np.concatenate(anchors)),
        torch.from_numpy(np.concatenate(roles).astype(np.int64)),
        torch.from_numpy(np.concatenate(relations)),
        first,
    )


@dataclass
class Batch:
    columns: torch.Tensor
    heads: torch.Tensor
    mask: torch.Tensor
    anchors: torch.Tensor
    roles: torch.Tensor
    relations: torch.Tensor
    ranges: list

    def around(self, anchors):
        """Return the places around anchors, the line breaks between, and which of them exist."""
        places = anchors.unsqueeze(1) + torch.arange(-BEFORE, AFTER)
        place = self.columns[COLUMNS.index("place")]
        lines = torch.cumsum((place % 4 == 1).long(), 0)
        exists = (places >= 0) & (places < len(lines))
        places = places.clamp(0, len(lines) - 1)
        low = torch.zeros(len(lines), dtype=torch.long)
        for number, (start, stop) in enumerate(self.ranges, 1):
            low[start:stop] = number
        exists &= low[places] == low[anchors].unsqueeze(1)
        away = (lines[places] - lines[anchors].unsqueeze(1)).clamp(-3, 3) + 3
        return places, away, exists


# ------------------------------------------------------------------ training


def fit(given):
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    vocabulary, vectors = read_glove(given.glove, given.words)
    copies = [read_examples(*paths, vocabulary) for paths in given.data]
    more = [each for paths in given.more for each in read_examples(*paths, vocabulary)]
    dev = read_examples(*given.dev, vocabulary)
    tell(f"read {[len(each) for each in copies]} articles, {len(vocabulary)} vectors")
    network, average = (Network(vectors, given.width, given.size, given.dropout) for _ in "ab")
    if given.start:
        network.load_state_dict(torch.load(given.start, weights_only=True)["average"])
    average.load_state_dict(network.state_dict())
    weights = [each for each in network.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=given.rate, weight_decay=0.02, betas=(0.9, 0.98))
    given.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(resume(given.out, network, average, optimizer), given.epochs):
        read_once(network, average, optimizer, (copies, more), epoch, given)
        save(given.out, epoch + 1, network, average, optimizer, vocabulary)
        if (epoch + 1) % given.look == 0 or epoch + 1 == given.epochs:
            report(average, dev, given.scorer)


def read_once(network, average, optimizer, examples, epoch, given):
    """Train on every article once, each in one of its copies: as it is, respelled, or spun."""
    chance = random.Random(given.seed * 1000 + epoch)
    copies, more = examples
    chosen = [chance.choices(each, given.shares)[0] for each in zip(*copies, strict=True)] + more
    groups = list(batches(chosen, given.tokens, chance))
    weights = [each for each in network.parameters() if each.requires_grad]
    sums, begun = np.zeros(2), time.time()
    network.train()
    for step, group in enumerate(groups):
        progress = (epoch + step / len(groups)) / given.epochs
        for each in optimizer.param_groups:
            each["lr"] = given.rate * rate_at(progress)
        joined = join(group, chance, given.no_syntax, given.forget)
        if not len(joined.anchors):
            continue
        with torch.autocast("cpu", torch.bfloat16):
            losses = loss_of(network, joined)
        sum(losses).backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        seen = epoch * len(groups) + step
        blend(average, network, min(given.average, seen / (10 + seen)))
        sums += [float(each.detach()) for each in losses]
    anchor, roles = sums / len(groups)
    spent = time.time() - begun
    tell(f"epoch {epoch + 1}: anchor {anchor:.4f} roles {roles:.4f}, {spent:.0f} s")


def rate_at(progress):
    """Rise for the first twentieth, then fall as a cosine."""
    return min(progress * 20, 0.5 + 0.5 * math.cos(math.pi * progress)) + 1e-3


def loss_of(network, joined):
    vectors, logits = network.encoder(joined.columns, joined.heads, joined.mask)
    wanted = torch.zeros(len(logits))
    wanted[joined.anchors] = 1.0
    loss = functional.binary_cross_entropy_with_logits(logits.float(), wanted, reduction="none")
    anchor = (loss * joined.mask.squeeze(-1)).sum() / len(joined.anchors)
    places, lines, exists = joined.around(joined.anchors)
    mask = exists.unsqueeze(-1).float()
    roles = network.tagger(vectors, joined.anchors, places, joined.relations, lines, mask)
    loss = functional.cross_entropy(
        roles.flatten(0, 1).float(), joined.roles.flatten(), reduction="none"
    )
    role = (loss * exists.flatten()).sum() / len(joined.anchors) / 8
    return anchor, role


def blend(average, network, keep):
    with torch.no_grad():
        for old, new in zip(average.parameters(), network.parameters(), strict=True):
            if old.requires_grad:
                old.lerp_(new, 1 - keep)


def read_glove(folder, words):
    """Read the vectors of the most frequent words, sorted by their keys; row 0 is for others."""
    import pyarrow.parquet

    index = pyarrow.parquet.read_table(folder / "glove_6B_index.parquet")["index"].to_pylist()
    vectors = np.load(folder / "glove_6B_50d_emb.npy", mmap_mode="r")
    kept = [row for row, word in enumerate(index[:words]) if "-" not in word]
    keys = np.array([word_key(index[row]) for row in kept], np.uint64)
    order = np.argsort(keys)
    table = np.asarray(vectors)[np.array(kept)[order]]
    table = np.concatenate([np.zeros((1, table.shape[1]), np.float32), table])
    return keys[order], torch.from_numpy(np.ascontiguousarray(table / table.std()) * 0.5)


def save(out, epoch, network, average, optimizer, vocabulary):
    kept = {
        "epoch": epoch,
        "network": network.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
        "vocabulary": torch.from_numpy(vocabulary.astype(np.int64)),
        "sizes": {
            "width": network.tagger.token.in_features,
            "size": network.tagger.token.out_features,
        },
    }
    torch.save(kept, out / "checkpoint.tmp")
    (out / "checkpoint.tmp").replace(out / "checkpoint.pt")


def resume(out, network, average, optimizer):
    if not (out / "checkpoint.pt").exists():
        return 0
    kept = torch.load(out / "checkpoint.pt", weights_only=True)
    network.load_state_dict(kept["network"])
    average.load_state_dict(kept["average"])
    optimizer.load_state_dict(kept["optimizer"])
    return kept["epoch"]


# ------------------------------------------------------------------ looking at dev


def predict(network, example, least=0.1):
    """Return the attributions whose anchors have at least a chance; no calibration."""
    network.eval()
    with torch.no_grad():
        joined = join([example])
        vectors, logits = network.encoder(joined.columns, joined.heads, joined.mask)
        chances = torch.sigmoid(logits)[: len(example.features)]
        anchors = torch.nonzero(chances > least).squeeze(-1)
        if not len(anchors):
            return []
        places, lines, exists = joined.around(anchors)
        relations = np.stack([relate(each, example.features) for each in anchors.tolist()])
        relations = torch.from_numpy(relations).long()
        mask = exists.unsqueeze(-1).float()
        roles = network.tagger(vectors, anchors, places, relations, lines, mask)
        roles = (torch.softmax(roles, -1) * mask).numpy()
    found = Anchors(anchors.numpy(), chances[anchors].numpy(), roles, BEFORE)
    return decode(found, example.features, [float(each == "anchor") for each in EVIDENCE])


def report(network, examples, scorer):
    """Print the benchmark's scores at several thresholds."""
    score = load_scorer(scorer)
    found = {each.id: predict(network, each) for each in examples}
    gold = [{"id": each.id, "text": each.text, "attributions": each.gold} for each in examples]
    for threshold in (0.3, 0.4, 0.5):
        predicted = {
            key: [
                {"source": each.source, "cue": each.cue, "content": each.content}
                for each in without_doubles([x for x in each if x.probability >= threshold])
            ]
            for key, each in found.items()
        }
        s = score.run(gold, predicted)[0]
        types = {t: s["types"][t]["e2e"][2] for t in s["types"]}
        tell(
            f"  >= {threshold}: found {s['detect_iou50']} exact {s['detect_exact'][2]} "
            f"end to end {s['e2e']} {types} source {s['source_acc']}"
        )


def load_scorer(path):
    import importlib.util

    spec = importlib.util.spec_from_file_location("score_attribution", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tell(line):
    print(line, file=sys.stderr, flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("task", choices=["fit"])
    options.add_argument("out", type=Path)
    options.add_argument("--data", nargs=2, action="append", required=True)
    options.add_argument("--more", nargs=2, action="append", default=[])
    options.add_argument("--start", type=Path, help="a checkpoint to begin from")
    options.add_argument("--shares", type=float, nargs="+", default=[1.0])
    options.add_argument("--dev", nargs=2)
    options.add_argument("--glove", type=Path)
    options.add_argument(
        "--scorer", type=Path, default=Path("../shared/bench/score_attribution.py")
    )
    options.add_argument("--words", type=int, default=60_000)
    options.add_argument("--epochs", type=int, default=12)
    options.add_argument("--width", type=int, default=192)
    options.add_argument("--size", type=int, default=96)
    options.add_argument("--tokens", type=int, default=4096)
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--dropout", type=float, default=0.15)
    options.add_argument("--forget", type=float, default=0.1)
    options.add_argument("--no-syntax", type=float, default=0.2)
    options.add_argument("--average", type=float, default=0.998)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--look", type=int, default=2)
    fit(options.parse_args())


if __name__ == "__main__":
    main()
