"""`onrecord evaluate attribution`: who said what, against what people marked."""

import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.evaluate.shared import percent, with_progress
from onrecord.export.asides import text_aside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.evaluation.attribution import AttributionScores, Compared, Score
    from onrecord.intake.annotations import AnnotatedArticle
    from onrecord.models.attribution import AttributionNetwork
    from onrecord.reading.attribution.stage import Attribution

__all__ = ["attribution"]

_ROWS = ("found", "exact", "end_to_end", "direct", "indirect", "mixed")
_LABELS = {"exact": "exact content", "end_to_end": "end to end"}


@click.command(short_help="Who said what, in articles that you annotated.")
@click.option(
    "--data",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Annotated articles: JSON lines, or a folder of brat standoff.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what was found, one JSON object an article.",
)
@click.option(
    "--model",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Measure another network than the shipped one (`onrecord train` makes one).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--view", type=click.Choice(["quoted"]), help="Look only at words inside quotation marks."
)
@click.option(
    "--min-words",
    metavar="N",
    type=click.IntRange(min=1),
    help="With --view quoted, leave out what has fewer quoted words.",
)
def attribution(
    data: Path,
    out: Path | None,
    model: Path | None,
    as_json: bool,
    view: str | None,
    min_words: int | None,
) -> None:
    """Measure who said what: precision, recall and F1 in percent, and the speed.

    \b
    Examples:
      onrecord evaluate attribution --data annotated.jsonl
      onrecord evaluate attribution --data brat/ --model ours --out found.jsonl
      onrecord evaluate attribution --data annotated.jsonl --view quoted --min-words 4
    """
    from onrecord.cli.batch import INTERRUPTED

    if min_words is not None and view is None:
        raise click.UsageError("--min-words counts quoted words; --view quoted with it is right")
    finder = _Finder(_network(model))
    try:
        code = _run(data, out, finder, as_json=as_json, least=min_words or 1 if view else None)
    except KeyboardInterrupt:
        code = INTERRUPTED
    raise SystemExit(code)


def _network(folder: Path | None) -> "AttributionNetwork | None":
    if folder is None:
        return None
    from onrecord.errors import ModelError
    from onrecord.models.attribution import AttributionNetwork

    try:
        return AttributionNetwork(folder)
    except ModelError as error:
        raise click.BadParameter(str(error), param_hint="--model") from None


def _run(
    data: Path, out: Path | None, finder: "_Finder", *, as_json: bool, least: int | None
) -> int:
    """Read, find, score and print; return the exit code.

    Args:
        data: The annotated articles.
        out: Where to write what is found, if anywhere.
        finder: What finds.
        as_json: Whether to print JSON.
        least: Least number of quoted words in the view of quoted text; None for the whole view.
    """
    from onrecord.cli.batch import ALL_READ, FAULT, SOME_FAILED, Fault
    from onrecord.errors import OnrecordError
    from onrecord.evaluation.attribution import score_attributions
    from onrecord.intake.annotations import read_annotations

    try:
        compared = _find_all(read_annotations(data), out, finder)
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        return SOME_FAILED
    except Fault as fault:
        click.echo(f"onrecord: {fault}", err=True)
        return FAULT
    scores = score_attributions(compared, quoted=least is not None, min_words=least or 1)
    show = _print_json if as_json else _print_table
    show(scores, finder.words_per_second, least)
    return ALL_READ


# ---------------------------------------------------------------------------------- finding


class _Finder:
    """Finds attributions, and keeps count of words and CPU time.

    Args:
        network: The network to measure, if not the shipped one.
    """

    def __init__(self, network: "AttributionNetwork | None" = None) -> None:
        self._network = network
        self._words = 0
        self._seconds = 0.0

    @property
    def words_per_second(self) -> float | None:
        """Words that attribution alone reads in a CPU-second; None if nothing was read."""
        return self._words / self._seconds if self._words and self._seconds else None

    def warm_up(self, article: "AnnotatedArticle") -> None:
        """Read an article without counting it, so that loading is not counted either."""
        self.find(article)
        self._words, self._seconds = 0, 0.0

    def find(self, article: "AnnotatedArticle") -> "tuple[Attribution, ...]":
        """Return the attributions that stand side by side: those within others are not marked."""
        from onrecord.cli.batch import Fault, faults_caught

        try:
            with faults_caught():
                return self._find(article.text)
        except Fault as fault:
            raise Fault(f"{article.id}: {fault}") from None

    def _find(self, text: str) -> "tuple[Attribution, ...]":
        from onrecord.reading.attribution.stage import find_attributions
        from onrecord.reading.quotations import find_quotations

        begun = time.process_time()
        found = find_attributions(text, find_quotations(text), network=self._network)
        self._seconds += time.process_time() - begun
        self._words += len(text.split())
        return tuple(each for each in found if each.within is None)


def _find_all(
    articles: "tuple[AnnotatedArticle, ...]", out: Path | None, finder: _Finder
) -> "list[Compared]":
    """Find the attributions of every article, and write them if that is wanted."""
    from onrecord.evaluation.attribution import Compared

    compared = []
    with text_aside(out) if out else nullcontext() as stream:
        finder.warm_up(articles[0])
        for article in with_progress(articles):
            found = finder.find(article)
            compared.append(Compared(article.text, article.attributions, found))
            if stream:
                stream.write(_line(article.id, found) + "\n")
    return compared


def _line(article_id: str, found: "Iterable[Attribution]") -> str:
    import json

    attributions = [
        {
            "source": each.source,
            "cue": each.cue,
            "content": each.content,
            "probability": round(each.probability, 4),
            "found_by": each.found_by,
        }
        for each in found
    ]
    return json.dumps({"id": article_id, "attributions": attributions}, ensure_ascii=False)


# --------------------------------------------------------------------------------- printing


def _print_table(scores: "AttributionScores", speed: float | None, least: int | None) -> None:
    view = "" if least is None else f", {least} or more quoted words"
    click.echo(
        f"{scores.articles:,} articles, {scores.found.gold:,} attributions marked, "
        f"{scores.found.found:,} found{view}\n"
    )
    click.echo(f"{'percent':<22}{'P':>7}{'R':>7}{'F1':>7}")
    for name in _ROWS:
        score: Score = getattr(scores, name)
        figures = (score.precision, score.recall, score.f1)
        click.echo(f"{_LABELS.get(name, name):<22}" + "".join(f"{100 * x:7.1f}" for x in figures))
    click.echo(f"\n{'source accuracy':<22}{percent(scores.source_accuracy):>7}")
    click.echo(f"{'calibration error':<22}{percent(scores.calibration_error):>7}")
    click.echo(f"{'words per CPU-second':<22}{'-' if speed is None else f'{speed:,.0f}':>7}")


def _print_json(scores: "AttributionScores", speed: float | None, least: int | None) -> None:
    import json

    entry: dict[str, Any] = {
        "articles": scores.articles,
        "view": None if least is None else "quoted",
        "min_words": least,
    }
    entry |= {name: _as_entry(getattr(scores, name)) for name in _ROWS}
    entry["source_accuracy"] = _rounded(scores.source_accuracy)
    entry["calibration_error"] = _rounded(scores.calibration_error)
    entry["words_per_cpu_second"] = None if speed is None else round(speed)
    click.echo(json.dumps(entry))


def _as_entry(score: "Score") -> dict[str, float]:
    return {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "gold": score.gold,
        "found": score.found,
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
