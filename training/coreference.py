"""Train the ranker of pronouns: PYTHONPATH=src python training/coreference.py GUM.jsonl [...]

Every third-person pronoun of the gold documents is one case: the candidates that the reader itself
finds, and NOBODY. A candidate is right when most of its mentions belong to the pronoun's gold
entity. While a document is read, pronouns are threaded as gold has them. The model is a conditional
logit with an L2 penalty, fitted by full-batch gradient steps (Adam): numpy only, seconds to run.
The weights go to src/onrecord/models/coreference.json as plain JSON.
"""

import datetime as dt
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from onrecord.article import Article
from onrecord.reading.actors.coreference import ChainFinder
from onrecord.reading.actors.mentions import find_mentions
from onrecord.reading.actors.pronouns import NOBODY, pronoun_class
from onrecord.reading.attribution.stage import find_attributions
from onrecord.reading.language import analyse
from onrecord.reading.quotations import find_quotations

TARGET = Path(__file__).parent.parent / "src/onrecord/models/coreference.json"
PENALTY = 3e-3
STEPS = 400


class OracleFinder(ChainFinder):
    """Threads pronouns as gold has them and writes down the cases."""

    def __init__(self, *stages, gold):
        self.gold = gold
        self.cases = []
        super().__init__(*stages, weights={})

    def read_pronoun(self, mention):
        described = self.ranker.describe(mention, self.active, self.thread_of)
        wanted = self.gold.get(mention.index)
        right = [
            n for n, _ in described if n != NOBODY and wanted is not None and self.main(n) == wanted
        ]
        self.cases.append((pronoun_class(mention), described, right or [NOBODY]))
        self.place_pronoun(mention, right[0] if right else NOBODY, 1.0)

    def main(self, number):
        read = [m.index for m in self.threads[number].mentions]
        read = read or [index for index, thread in self.thread_of.items() if thread == number]
        counted = Counter(self.gold.get(index, f"none{number}") for index in read)
        return counted.most_common(1)[0][0]


def gold_entities(row, document, mentions):
    """Map mentions to the gold entity that they match best."""
    by_end = {}
    for number, entity in enumerate(row["entities"]):
        for start, end in entity["mentions"]:
            by_end[(start, end)] = number
    spans = sorted(by_end)
    found = {}
    for mention in mentions:
        start, end = document.tokens[mention.first].start, document.tokens[mention.last - 1].end
        best = 0.5
        for low, high in spans:
            if low > end:
                break
            shared = min(end, high) - max(start, low)
            union = max(end, high) - min(start, low)
            if shared > 0 and shared / union >= best:
                best, found[mention.index] = shared / union, by_end[(low, high)]
    return found


def cases_of(row):
    document = analyse(Article(row["text"], id=row["id"]))
    mentions = find_mentions(document)
    gold = gold_entities(row, document, mentions)
    quotations = find_quotations(row["text"])
    attributions = find_attributions(row["text"], quotations, document)
    finder = OracleFinder(document, mentions, quotations, attributions, gold=gold)
    finder.run()
    return finder.cases


def fit(cases):
    """Return the weights of the features, rare ones left out."""
    counted = Counter(f for _, described, _ in cases for _, features in described for f in features)
    names = sorted(feature for feature, count in counted.items() if count >= 5)
    place = {name: number for number, name in enumerate(names)}
    rows, groups, right = [], [], []
    for number, (_, described, wanted) in enumerate(cases):
        for thread, features in described:
            rows.append([place[f] for f in features if f in place])
            groups.append(number)
            right.append(thread in wanted)
    lengths = np.array([len(r) for r in rows])
    flat = np.array([f for r in rows for f in r])
    owner = np.repeat(np.arange(len(rows)), lengths)
    groups, right = np.array(groups), np.array(right)
    weights = np.zeros(len(names))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = np.bincount(owner, weights[flat], len(rows))
        scores = np.exp(
            scores
            - np.maximum.reduceat(scores, np.flatnonzero(np.diff(groups, prepend=-1)))[groups]
        )
        shares = scores / np.bincount(groups, scores)[groups]
        hits = scores * right
        wanted = hits / np.maximum(np.bincount(groups, hits), 1e-12)[groups]
        slope = (
            np.bincount(flat, (shares - wanted)[owner], len(names)) / len(cases) + PENALTY * weights
        )
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return dict(zip(names, weights.round(4).tolist(), strict=True))


def best(described, weights):
    return max(described, key=lambda each: sum(weights.get(f, 0.0) for f in each[1]))[0]


def accuracy(scored):
    counted, hits = (
        Counter(kind for kind, _ in scored),
        Counter(kind for kind, hit in scored if hit),
    )
    return {kind: f"{100 * hits[kind] / counted[kind]:.1f} of {counted[kind]}" for kind in counted}


def main(paths):
    rows = [json.loads(line) for path in paths for line in Path(path).read_text().splitlines()]
    cases = [cases_of(row) for row in rows]
    held = {"all": [], "news": []}
    for fold in range(5):
        weights = fit([c for number, each in enumerate(cases) if number % 5 != fold for c in each])
        for number in range(fold, len(rows), 5):
            scored = [
                (kind, best(described, weights) in wanted)
                for kind, described, wanted in cases[number]
            ]
            held["all"] += scored
            held["news"] += scored if rows[number]["genre"] == "news" else []
    for genre, scored in held.items():
        print(genre, accuracy(scored))
    weights = fit([case for each in cases for case in each])
    TARGET.write_text(
        json.dumps(
            {
                "model": "conditional logit over the antecedents of a pronoun",
                "trained": dt.datetime.now(dt.UTC).date().isoformat(),
                "data": {
                    Path(p).name: hashlib.sha256(Path(p).read_bytes()).hexdigest() for p in paths
                },
                "weights": {name: value for name, value in weights.items() if abs(value) >= 0.005},
            },
            indent=0,
        )
        + "\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
