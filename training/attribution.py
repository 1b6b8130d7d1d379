"""Train the attribution network, from parsed and annotated articles to what the package ships.

    python training/attribution.py parse PARSE --articles TEXTS.jsonl TEXTS.npz ... --glove FOLDER
    python training/attribution.py fit FIT --start PARSE/checkpoint.pt --data TRAIN.jsonl TRAIN.npz
        --data SPUN.jsonl SPUN.npz --shares 0.6 0.4 --dev DEV.jsonl DEV.npz --glove FOLDER
    python training/attribution.py average FIT/checkpoint.pt BOTH --other MORE/checkpoint.pt
        --weight 0.33 --glove FOLDER
    python training/attribution.py export BOTH/checkpoint.pt FOLDER --name NAME --glove FOLDER

`parse` trains the lower half of the encoder to say what the parser says of a text; nobody needs to
have annotated it. `fit` trains everything on annotated articles and, with `--taught`, on what a
teacher (`training/teacher.py`) found in others. `average` takes the mean of two runs' weights, of
which one went on from the other. `export` writes the network as reading runs it.
What stands in `onrecord.training` does the work; `training/README.md` gives times and figures.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from onrecord.models.features import word_key
from onrecord.training.examples import read_examples
from onrecord.training.exporting import export_network
from onrecord.training.fitting import Plan, fit, is_right, tell
from onrecord.training.network import Network, Sizes


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("task", choices=["parse", "fit", "average", "export"])
    options.add_argument("source", type=Path, help="folder of the run, or a checkpoint")
    options.add_argument("folder", type=Path, nargs="?", help="where to write")
    options.add_argument("--articles", nargs=2, type=Path, action="append", default=[])
    options.add_argument("--data", nargs=2, type=Path, action="append", default=[])
    options.add_argument("--taught", nargs=3, type=Path, action="append", default=[])
    options.add_argument("--shares", type=float, nargs="+", default=[1.0])
    options.add_argument("--dev", nargs=2, type=Path)
    options.add_argument("--glove", type=Path, required=True)
    options.add_argument("--words", type=int, default=60_000)
    options.add_argument("--start", type=Path, help="a checkpoint to begin from")
    options.add_argument("--other", type=Path, help="the checkpoint to average with")
    options.add_argument("--weight", type=float, default=0.5, help="of the other one")
    options.add_argument("--name", default="attribution-2")
    options.add_argument("--epochs", type=int)
    options.add_argument("--rate", type=float)
    options.add_argument("--syntax", type=float)
    options.add_argument("--dropout", type=float)
    options.add_argument("--forget", type=float)
    options.add_argument("--average", type=float)
    options.add_argument("--threads", type=int)
    options.add_argument("--seed", type=int)
    given = options.parse_args()
    vocabulary, vectors = read_glove(given.glove, given.words)
    tasks = {"parse": parse, "fit": fit_all, "average": average, "export": export}
    tasks[given.task](given, vocabulary, vectors)


def parse(given, vocabulary, vectors):
    """Train the trunk and the parser inside on texts and, by shares, on copies of one text."""
    plan = plan_of(
        given, Plan(epochs=5, rate=3e-3, syntax=1.0, dropout=0.1, forget=0.08, average=0.999)
    )
    copies = [unread(read_examples(*paths, vocabulary)) for paths in given.data]
    texts = [x for paths in given.articles for x in unread(read_examples(*paths, vocabulary))]
    tell(f"{len(texts)} texts, {sum(map(len, texts)):,} tokens")
    network = begin(given, vectors, plan)
    network = fit(network, copies or [[]], texts, plan, given.source)
    look(network, given, vocabulary)


def fit_all(given, vocabulary, vectors):
    """Train everything on annotated articles and on what a teacher found in others."""
    plan = plan_of(given, Plan())
    copies = [read_examples(*paths, vocabulary) for paths in given.data]
    more = [x for paths in given.taught for x in read_taught(*paths, vocabulary)]
    more += [x for paths in given.articles for x in unread(read_examples(*paths, vocabulary))]
    network = fit(begin(given, vectors, plan), copies, more, plan, given.source)
    look(network, given, vocabulary)


def average(given, _vocabulary, _vectors):
    """Write a checkpoint with the mean of two runs' weights."""
    kept, other = (torch.load(each, weights_only=True) for each in (given.source, given.other))
    for name, weight in kept["average"].items():
        if weight.is_floating_point():
            weight.lerp_(other["average"][name], given.weight)
    given.folder.mkdir(parents=True, exist_ok=True)
    torch.save({"sizes": kept["sizes"], "average": kept["average"]}, given.folder / "checkpoint.pt")


def export(given, vocabulary, vectors):
    kept = torch.load(given.source, weights_only=True)
    network = Network(vectors, Sizes(**kept["sizes"]), 0.0)
    network.load_state_dict(kept["average"])
    export_network(network, vocabulary, given.folder, name=given.name)


def plan_of(given, plan):
    names = ("epochs", "rate", "syntax", "dropout", "forget", "average", "threads", "seed")
    chosen = {name: getattr(given, name) for name in names if getattr(given, name) is not None}
    return replace(plan, shares=tuple(given.shares), **chosen)


def begin(given, vectors, plan):
    torch.manual_seed(plan.seed)
    network = Network(vectors, Sizes(), plan.dropout)
    if given.start:
        network.load_state_dict(torch.load(given.start, weights_only=True)["average"])
    return network


def look(network, given, vocabulary):
    if given.dev:
        right = is_right(network, read_examples(*given.dev, vocabulary))
        tell(" ".join(f"{name} {100 * share:.1f}" for name, share in right.items()))


def unread(examples):
    """Forget what is annotated."""
    nobody = np.zeros(0, np.int64)
    return [replace(x, chances=None, anchors=nobody, roles=x.roles[:0], gold=[]) for x in examples]


def read_taught(articles, parses, taught, vocabulary):
    """Read articles with the probabilities that a teacher gave of their anchors and roles."""
    stored = np.load(taught)
    tokens, anchors = np.cumsum(stored["tokens"])[:-1], np.cumsum(stored["anchors"])[:-1]
    parts = zip(
        unread(read_examples(articles, parses, vocabulary)),
        np.split(stored["chances"], tokens),
        np.split(stored["places"], anchors),
        np.split(stored["roles"], anchors),
        strict=True,
    )
    return [
        replace(each, chances=chances.astype(np.float32), anchors=places, roles=roles)
        for each, chances, places, roles in parts
    ]


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


if __name__ == "__main__":
    main()
