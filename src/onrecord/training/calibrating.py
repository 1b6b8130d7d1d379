"""Fit a network's probabilities on annotated articles that it was not trained on.

A logistic regression over the evidence for an attribution (`onrecord.models.decoding.EVIDENCE`)
predicts whether it is right end to end. The calibration error that is told is that of five-fold
cross-validation over articles; the weights that ship are fitted on all of them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.evaluation.attribution import judge
from onrecord.models.attribution import AttributionNetwork
from onrecord.models.decoding import EVIDENCE
from onrecord.reading.quotations import find_quotations

__all__ = ["Calibration", "calibrate"]

Floats = NDArray[np.float64]
FOLDS = 5
BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """What calibration found.

    Attributes:
        candidates: How many attributions it was fitted on.
        error: Expected calibration error, ten bins, cross-validated over articles.
        best: Highest end-to-end F1 of the network alone, in percent.
        threshold: Probability from which attributions are kept to reach it.
    """

    candidates: int
    error: float
    best: float
    threshold: float


def calibrate(folder: Path, articles: Sequence[Any]) -> Calibration:
    """Fit the probabilities of the network in a folder and write them into its card.

    Args:
        folder: Where `card.json` and the network's files are.
        articles: Annotated articles (`onrecord.intake.annotations.AnnotatedArticle`).
    """
    evidence, right, fold = _judge_all(AttributionNetwork(folder), articles)
    chances = np.zeros(len(right))
    for held in range(FOLDS):
        weights = _fit(evidence[fold != held], right[fold != held])
        chances[fold == held] = _probability(evidence[fold == held], weights)
    error = _calibration_error(chances, right)
    _write(folder / "card.json", _fit(evidence, right), error)
    gold = sum(len(each.attributions) for each in articles)
    best, threshold = max(
        _f1_from(least, chances, right, gold) for least in np.arange(0.2, 0.65, 0.05)
    )
    return Calibration(len(right), error, best, threshold)


def _judge_all(
    network: AttributionNetwork, articles: Sequence[Any]
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return evidence, rightness and fold of everything that the network finds."""
    evidence: list[tuple[float, ...]] = []
    right: list[bool] = []
    fold: list[int] = []
    for number, article in enumerate(articles):
        found = network.attribute(article.text, find_quotations(article.text))
        evidence += [each.evidence for each in found]
        right += judge(article.text, article.attributions, found)
        fold += [number % FOLDS] * len(found)
    shaped = np.array(evidence, np.float64).reshape(-1, len(EVIDENCE))
    return shaped, np.array(right, np.float64), np.array(fold, np.int64)


def _write(path: Path, weights: Floats, error: float) -> None:
    card = json.loads(path.read_text(encoding="utf-8"))
    card["calibration"] = {
        name: round(float(each), 4) for name, each in zip(EVIDENCE, weights, strict=True)
    }
    card["calibration error"] = round(error, 4)
    path.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _f1_from(least: float, chances: Floats, right: Floats, gold: int) -> tuple[float, float]:
    kept = chances >= least
    return 200 * float(right[kept].sum()) / max(1, int(kept.sum()) + gold), float(least)


def _probability(evidence: Floats, weights: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-evidence @ weights))
    return chances


def _fit(evidence: Floats, right: Floats, ridge: float = 1.0) -> Floats:
    """Fit a logistic regression with Newton's method."""
    weights = np.zeros(evidence.shape[1])
    for _ in range(25):
        chance = _probability(evidence, weights)
        slope = evidence.T @ (right - chance) - ridge * weights
        bend = (evidence * (chance * (1 - chance))[:, None]).T @ evidence
        weights = weights + np.linalg.solve(bend + ridge * np.eye(len(weights)), slope)
    return weights


def _calibration_error(chances: Floats, right: Floats) -> float:
    """Return the mean gap between probability and share of right ones over equal bins."""
    which = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [
        abs(chances[which == each].mean() - right[which == each].mean()) * (which == each).sum()
        for each in range(BINS)
        if (which == each).any()
    ]
    return float(sum(gaps) / max(1, len(right)))
