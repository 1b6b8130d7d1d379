"""Train the relation model: which PLOVER root a sentence gives to a marked pair of parties.

    PYTHONPATH=src python training/relations.py --data ../shared/bench/plv_train.jsonl --folds 5
    ... --data ../shared/bench/plv_train.jsonl --out src/onrecord/models/relations

With `--folds` the rows are cross-validated and nothing is written. Multinomial logistic regression
on hashed features (`onrecord.reading.events.model`), trained with Adam on the whole set at once.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np

from onrecord.article import Article, Span
from onrecord.reading.events.model import DIMENSIONS, ROOTS, hashed, pair_features
from onrecord.reading.events.relate import pair_events
from onrecord.reading.language import analyse

MARK = re.compile(r"</?[st]>")
QUADS = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3,
         "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "SANCTION": 4, "PROTEST": 4, "MOBILIZE": 4,
         "COERCE": 4, "ASSAULT": 4}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--decay", type=float, default=3e-5, help="weight of the squared norm")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    rows = [json.loads(line) for line in options.data.open(encoding="utf-8")]
    features = np.stack([row_vector(row) for row in rows])
    labels = np.array([ROOTS.index(row["event"]) for row in rows])
    sharpness = cross_validate(features, labels, options) if options.folds else 1.0
    if options.out:
        weights, bias = train(features, labels, options)
        options.out.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            options.out / "weights.npz",
            weights=weights.astype(np.float16),
            bias=bias,
            sharpness=sharpness,
        )


def row_vector(row):
    """Return the hashed features of a row as a dense vector."""
    text, spans = unmark(row["marked"])
    document = analyse(Article(text))
    actor, recipient = spans["s"], spans["t"]
    events = pair_events(document, actor, recipient)
    columns, values = hashed(pair_features(document, actor, recipient, events))
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    vector[columns] = values
    return vector


def unmark(marked):
    """Return the text without marks, and the first source (`s`) and target (`t`) in it."""
    text, opened, spans, at = "", {}, {}, 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        at, name = match.end(), match.group()[-2]
        if not match.group().startswith("</"):
            opened[name] = len(text)
        elif name not in spans and name in opened:
            spans[name] = (opened[name], len(text))
    text += marked[at:]
    for name in "st":  # one row in a hundred lacks a mark: the whole text stands for the party
        spans.setdefault(name, (0, len(text)))
    return text, {name: Span(a, b, text[a:b]) for name, (a, b) in spans.items()}


def train(features, labels, options):
    """Return weights and bias after some hundred steps of Adam on all rows."""
    random = np.random.default_rng(options.seed)
    weights = random.normal(0, 1e-3, (features.shape[1], len(ROOTS))).astype(np.float32)
    bias = np.zeros(len(ROOTS), dtype=np.float32)
    target = np.eye(len(ROOTS), dtype=np.float32)[labels]
    counts = np.bincount(labels, minlength=len(ROOTS))
    weight = (counts.mean() / np.maximum(counts, 1)) ** 0.5  # rare roots count more: macro-F1
    row_weight = weight[labels][:, None].astype(np.float32)
    moments = [np.zeros_like(each) for each in (weights, weights, bias, bias)]
    for step in range(1, options.steps + 1):
        error = (softmax(features @ weights + bias) - target) * row_weight / len(labels)
        weights -= adam(features.T @ error + options.decay * weights, moments[:2], step)
        bias -= adam(error.sum(0), moments[2:], step)
    return weights, bias


def adam(gradient, moments, step, rate=0.1):
    """Return the step to take, and bring the two moments up to date."""
    first, second = moments
    first += 0.1 * (gradient - first)
    second += 0.001 * (gradient**2 - second)
    rate *= np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
    return rate * first / (np.sqrt(second) + 1e-8)


def softmax(logits):
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def cross_validate(features, labels, options):
    """Print accuracy and macro-F1 over the folds; return what logits must be multiplied with.

    Trained without the held rows, the model is too unsure of itself: the factor with the least
    log loss on them makes its probabilities mean what they say.
    """
    order = np.random.default_rng(options.seed).permutation(len(labels))
    logits = np.zeros((len(labels), len(ROOTS)))
    for fold in range(options.folds):
        held = order[fold :: options.folds]
        kept = np.setdiff1d(order, held)
        used = features[kept].any(0)
        weights, bias = train(features[kept][:, used], labels[kept], options)
        logits[held] = features[held][:, used] @ weights + bias
    found = logits.argmax(1)
    sharpness = min(np.arange(1.0, 3.01, 0.1), key=lambda each: log_loss(each * logits, labels))
    chances = softmax(sharpness * logits)
    print(f"logits multiplied by {sharpness:.1f}")
    quad = np.array([QUADS[root] for root in ROOTS])
    print(
        f"root accuracy {np.mean(found == labels):.3f} macro-F1 {macro(labels, found):.3f};"
        f" quad macro-F1 {macro(quad[labels], quad[found]):.3f};"
        f" binary {macro(quad[labels] > 2, quad[found] > 2):.3f}"
    )
    for low in np.arange(0.2, 1.0, 0.1):
        inside = (chances.max(1) >= low) & (chances.max(1) < low + 0.1)
        if inside.any():
            print(
                f"  given {low:.1f}-{low + 0.1:.1f}: {inside.sum():4d} of which right"
                f" {np.mean(found[inside] == labels[inside]):.2f}"
            )
    for number, root in enumerate(ROOTS):
        print(
            f"  {root:10s} {f1(labels == number, found == number):.2f} n={np.sum(labels == number)}"
        )
    return sharpness


def log_loss(logits, labels):
    return -np.log(softmax(logits)[np.arange(len(labels)), labels] + 1e-12).mean()


def macro(gold, found):
    return float(np.mean([f1(gold == each, found == each) for each in np.unique(gold)]))


def f1(gold, found):
    return 2 * np.sum(gold & found) / max(np.sum(gold) + np.sum(found), 1)


if __name__ == "__main__":
    main()
