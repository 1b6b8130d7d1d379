"""Fit the probabilities of an exported network on the dev part, and say how well they hold.

    python training/calibration.py DEV.jsonl DEV.npz ../src/onrecord/models/attribution-1

A logistic regression over seven numbers (`onrecord.models.decoding.EVIDENCE`) predicts whether an
attribution is right end to end. The calibration error that is printed and written into the card is
that of five-fold cross-validation over articles; the weights that ship are fitted on all of dev.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from attribution import load_scorer
from onrecord.models.attribution import AttributionNetwork
from onrecord.models.decoding import EVIDENCE
from onrecord.reading.quotations import find_quotations

FOLDS = 5
BINS = 10


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("dev", type=Path)
    options.add_argument("parses", type=Path)
    options.add_argument("folder", type=Path)
    given = options.parse_args()
    score = load_scorer(given.dev.parent / "score_attribution.py")
    articles = score.readjl(given.dev)
    stored = np.load(given.parses)
    syntax = np.split(stored["syntax"], np.cumsum(stored["sizes"])[:-1], axis=1)
    network = AttributionNetwork(given.folder)
    found = [
        network.attribute(each["text"], find_quotations(each["text"]), tree)
        for each, tree in zip(articles, syntax, strict=True)
    ]
    evidence, right, fold = judge(score, articles, found)
    chances = np.zeros(len(right))
    for held in range(FOLDS):
        weights = fit(evidence[fold != held], right[fold != held])
        chances[fold == held] = probability(evidence[fold == held], weights)
    weights = fit(evidence, right)
    error = calibration_error(chances, right)
    path = given.folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["calibration"] = {
        name: round(float(each), 4) for name, each in zip(EVIDENCE, weights, strict=True)
    }
    card["calibration error"] = round(error, 4)
    path.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    print(f"{len(right)} candidates, expected calibration error {error:.3f}, best F1:")
    gold = sum(len(each["attributions"]) for each in articles)
    for least in np.arange(0.25, 0.6, 0.05):
        kept = chances >= least
        print(f"  from {least:.2f}: {200 * right[kept].sum() / (kept.sum() + gold):.1f}")


def judge(score, articles, found):
    """Tell for every attribution whether the scorer counts it as right end to end."""
    evidence, right, fold = [], [], []
    for number, (article, each) in enumerate(zip(articles, found, strict=True)):
        art = score.Art(article["text"])
        rows = [{"source": a.source, "cue": a.cue, "content": a.content} for a in each]
        gold = score.load(art, article["attributions"], None, 1)
        pred = score.load(art, rows, None, 1)
        hits = {
            id(pred[j].raw)
            for i, j, overlap, _ in score.match(gold, pred)
            if overlap >= 0.5 and score.source_ok(art, gold[i], pred[j])
        }
        evidence += [a.evidence for a in each]
        right += [id(row) in hits for row in rows]
        fold += [number % FOLDS] * len(each)
    return np.array(evidence), np.array(right, float), np.array(fold)


def probability(evidence, weights):
    return 1 / (1 + np.exp(-evidence @ weights))


def fit(evidence, right, ridge=1.0):
    """Fit a logistic regression with Newton's method."""
    weights = np.zeros(evidence.shape[1])
    for _ in range(25):
        chance = probability(evidence, weights)
        slope = evidence.T @ (right - chance) - ridge * weights
        bend = (evidence * (chance * (1 - chance))[:, None]).T @ evidence
        weights = weights + np.linalg.solve(bend + ridge * np.eye(len(weights)), slope)
    return weights


def calibration_error(chances, right):
    """Return the mean gap between probability and share of right ones over ten equal bins."""
    which = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [
        abs(chances[which == each].mean() - right[which == each].mean()) * (which == each).sum()
        for each in range(BINS)
        if (which == each).any()
    ]
    return sum(gaps) / len(right)


if __name__ == "__main__":
    main()
