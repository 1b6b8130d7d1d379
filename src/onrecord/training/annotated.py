"""Train the shipped network further on a newsroom's own annotations."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.article import Article
from onrecord.errors import InputError
from onrecord.models.features import syntax_of
from onrecord.reading.language import analyse
from onrecord.training.calibrating import Calibration, calibrate
from onrecord.training.examples import Example, make_example
from onrecord.training.exporting import export_network, load_network
from onrecord.training.fitting import Plan, fit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from onrecord.intake.annotations import AnnotatedArticle

__all__ = ["LEAST_ARTICLES", "Trained", "train_on"]

LEAST_ARTICLES = 5
"""Articles without which nothing can be learnt and held back to calibrate."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished training.

    Attributes:
        folder: Where the network is.
        learnt: Articles it was trained on.
        held: Articles that were held back for calibration.
        calibration: What calibration found on those.
    """

    folder: Path
    learnt: int
    held: int
    calibration: Calibration


def train_on(
    articles: Sequence["AnnotatedArticle"],
    held: Sequence["AnnotatedArticle"],
    out: Path,
    *,
    start: Path,
    plan: Plan,
) -> Trained:
    """Train a network on annotated articles and write it, calibrated, into a folder.

    Args:
        articles: What it learns from.
        held: What its probabilities are fitted on; where empty, every tenth article is held back.
        out: Where to write; a run that was broken off goes on there.
        start: Folder of the network to begin from.
        plan: How to train.

    Raises:
        InputError: There are too few articles.
        ModelError: The network to begin from is not there, or the export does not agree.
    """
    if not held:
        articles, held = _split(articles)
    if len(articles) + len(held) < LEAST_ARTICLES or not held:
        raise InputError(
            f"{len(articles) + len(held)} annotated articles; at least {LEAST_ARTICLES} would be "
            "right (a hundred make a difference)"
        )
    network, vocabulary = load_network(start, plan.dropout)
    examples = [_example(each, vocabulary) for each in articles]
    trained = fit(network, [examples], [], plan, out / "run")
    export_network(trained, vocabulary, out, name=out.name)
    return Trained(out, len(articles), len(held), calibrate(out, held))


def _split(
    articles: Sequence["AnnotatedArticle"],
) -> tuple[Sequence["AnnotatedArticle"], Sequence["AnnotatedArticle"]]:
    """Hold back every tenth article, and one at least."""
    step = min(10, max(2, len(articles)))
    held = articles[step - 1 :: step]
    return [each for number, each in enumerate(articles) if number % step != step - 1], held


def _example(article: "AnnotatedArticle", vocabulary: "NDArray[np.uint64]") -> Example:
    """Parse an annotated article, so that the parser inside the network does not forget."""
    marked = [
        {"source": each.source, "cue": each.cue, "content": each.content}
        for each in article.attributions
    ]
    syntax = syntax_of(analyse(Article(article.text)))
    row = {"id": article.id, "text": article.text, "attributions": marked}
    return make_example(row, syntax if syntax.shape[1] else None, vocabulary)
