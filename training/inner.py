"""Train the network that says where a content may hold another statement.

    python training/inner.py read READ.npz TEXTS.jsonl[:FIRST:LAST] ...
    python training/inner.py fit FOLDER --train READ.npz ... --dev READ.npz ... --recall 0.97

`read` reads every content of the texts again as if it stood alone, and keeps the vectors of its
tokens, with those that turned out to be cues of inner statements; `fit` learns to tell these from
the vectors of the first pass. The threshold is the one that finds the given share of the dev
contents that hold something; what share of the tokens is then still read again is printed.
"""

import argparse
import itertools
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from onrecord.intake.sources import Taken, take_in
from onrecord.models.attribution import CHUNK, load_attribution_network
from onrecord.models.features import encode
from onrecord.reading.attribution.stage import find_attributions
from onrecord.reading.quotations import find_quotations
from onrecord.training.exporting import compare, export, write_card
from onrecord.training.shrinking import shrink

POSITIVE = 4.0
"""What a cue's word weighs beside any other: one word in 150 is one."""


def main():
    options = argparse.ArgumentParser(description=__doc__)
    tasks = options.add_subparsers(dest="task", required=True)
    read = tasks.add_parser("read")
    read.add_argument("out", type=Path)
    read.add_argument("texts", nargs="+")
    fit = tasks.add_parser("fit")
    fit.add_argument("folder", type=Path)
    fit.add_argument("--train", type=Path, nargs="+", required=True)
    fit.add_argument("--dev", type=Path, nargs="+", required=True)
    fit.add_argument("--recall", type=float, default=0.97)
    fit.add_argument("--width", type=int, default=128)
    fit.add_argument("--epochs", type=int, default=8)
    fit.add_argument("--batch", type=int, default=8192)
    fit.add_argument("--rate", type=float, default=5e-3)
    fit.add_argument("--seed", type=int, default=1)
    fit.add_argument("--name", default="inner-1")
    given = options.parse_args()
    {"read": read_texts, "fit": fit_network}[given.task](given)


class Tokens(NamedTuple):
    """Tokens of contents: vectors, whether a cue's, and the number of the content they stand in."""

    vectors: NDArray[np.float16]
    leads: NDArray[np.bool_]
    contents: NDArray[np.int64]

    @classmethod
    def load(cls, paths):
        parts, count = [], 0
        for path in paths:
            with np.load(path) as stored:
                each = cls(*(stored[name] for name in cls._fields))
            parts.append(each._replace(contents=each.contents + count))
            count += int(each.contents.max()) + 1
        return cls(*map(np.concatenate, zip(*parts, strict=True)))


# --------------------------------------------------------------- what reading again finds


def read_texts(given):
    """Read texts and keep the tokens of their contents."""
    found = []
    for source in given.texts:
        path, *limits = source.split(":")
        texts = (each.article.text for each in take_in(path) if isinstance(each, Taken))
        first, last = map(int, limits) if limits else (0, None)
        for text in itertools.islice(texts, first, last):
            found += read_contents(text)
        print(f"{source}: {len(found)} contents so far", flush=True)
    vectors, leads = zip(*found, strict=True)
    np.savez(
        given.out,
        vectors=np.concatenate(vectors),
        leads=np.concatenate(leads),
        contents=np.repeat(np.arange(len(found)), [len(each) for each in leads]),
    )


def read_contents(text):
    """Yield the vectors of each content's tokens and which of them are cues of statements in it."""
    network, quotations = load_attribution_network(), find_quotations(text)
    features = encode(text, quotations, None, network.vocabulary)
    if not 0 < len(features) <= CHUNK:
        return
    encoded = network.encode_part(features)
    found = find_attributions(text, quotations)
    for place, each in enumerate(found):
        inside = tokens_in(features, each.content)
        is_cue = np.zeros(len(features), bool)
        for inner in found:
            if inner.within == place:
                is_cue[tokens_in(features, inner.cue)] = True
        if len(inside):
            yield encoded.vectors[inside].astype(np.float16), is_cue[inside]


def tokens_in(features, spans):
    edges = [np.searchsorted(features.starts, span) for span in spans]
    return np.concatenate([np.zeros(0, int), *(np.arange(*each) for each in edges)])


# --------------------------------------------------------------- learning it


class InnerNetwork(nn.Module):
    """Give the log-odds that each of n tokens leads an inner statement, shape (n, 1)."""

    def __init__(self, given: int, width: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(given, width), nn.ReLU(), nn.Dropout(0.1), nn.Linear(width, 1)
        )

    def forward(self, vectors):
        return self.layers(vectors)


def fit_network(given):
    torch.manual_seed(given.seed)
    train, dev = Tokens.load(given.train), Tokens.load(given.dev)
    print(f"{len(train.leads)} tokens, {train.leads.mean():.4f} of them cues of inner statements")
    network = InnerNetwork(train.vectors.shape[1], given.width)
    vectors, leads = torch.from_numpy(train.vectors), torch.from_numpy(train.leads).float()
    best = torch.optim.AdamW(network.parameters(), weight_decay=1e-3)
    steps = len(leads) // given.batch
    pace = torch.optim.lr_scheduler.OneCycleLR(best, given.rate, total_steps=given.epochs * steps)
    for epoch in range(given.epochs):
        total = 0.0
        for some in torch.randperm(len(leads))[: steps * given.batch].split(given.batch):
            logits = network(vectors[some].float()).squeeze(-1)
            loss = functional.binary_cross_entropy_with_logits(
                logits, leads[some], pos_weight=torch.tensor(POSITIVE)
            )
            best.zero_grad()
            loss.backward()
            best.step()
            pace.step()
            total += loss.item()
        print(f"epoch {epoch}: loss {total / steps:.4f}", flush=True)
    least = threshold(highest(network.eval(), dev), dev, given.recall)
    write(network, least, given.folder, given.name)


def write(network, least, folder, name):
    """Write what reading runs, matrices in 8 bits, and its card."""
    folder.mkdir(parents=True, exist_ok=True)
    path, width = folder / "inner.onnx", network.layers[0].in_features
    tokens = {"vectors": {0: torch.export.Dim("tokens", min=2, max=CHUNK)}}
    export(network, (torch.randn(7, width),), path, tokens, ["logits"])
    compare(network, (torch.randn(9, width),), path, ["vectors"])
    shrink(path)
    write_card(folder, {"name": name, "least": round(least, 3)}, (path.name,))


def highest(network, tokens):
    """Return the greatest log-odds in every content."""
    with torch.no_grad():
        logits = network(torch.from_numpy(tokens.vectors).float()).squeeze(-1).numpy()
    most = np.full(tokens.contents.max() + 1, -np.inf)
    np.maximum.at(most, tokens.contents, logits)
    return most


def threshold(most, tokens, recall):
    """Return the log-odds from which so many of the contents with an inner statement are found."""
    sizes = np.bincount(tokens.contents)
    holds = np.bincount(tokens.contents, tokens.leads) > 0
    for share in (0.9, 0.95, 0.97, 0.98, 0.99):
        least = np.quantile(most[holds], 1 - share)
        read = sizes[most >= least].sum() / sizes.sum()
        print(f"{share:.0%} found: {read:.1%} of tokens read again")
    return float(np.quantile(most[holds], 1 - recall))


if __name__ == "__main__":
    main()
