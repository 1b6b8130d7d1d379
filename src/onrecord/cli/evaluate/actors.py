"""`onrecord evaluate actors`: country and sector of actors, against what people marked."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.evaluate.shared import percent
from onrecord.export.asides import text_aside

if TYPE_CHECKING:
    from onrecord.evaluation.actors import ActorScores, Answered
    from onrecord.intake.actor_rows import ActorRow

__all__ = ["actors"]

_ROWS = ("country", "sector", "both")


@click.command(short_help="Country and sector of actors on a day.")
@click.option(
    "--data",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="JSON lines of id, text, query_date and, where marked, country and sector.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write id, country and sector, one JSON object an actor.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def actors(data: Path, out: Path | None, as_json: bool) -> None:
    """Measure which country and sector an actor is given on a day: percent that is right.

    \b
    Examples:
      onrecord evaluate actors --data actors.jsonl
      onrecord evaluate actors --data actors.jsonl --out found.jsonl
    """
    from onrecord.cli.batch import SOME_FAILED
    from onrecord.errors import OnrecordError

    try:
        code = _run(data, out, as_json=as_json)
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        code = SOME_FAILED
    raise SystemExit(code)


def _run(data: Path, out: Path | None, *, as_json: bool) -> int:
    from onrecord.cli.batch import ALL_READ, SOME_FAILED
    from onrecord.errors import InputError
    from onrecord.evaluation.actors import answer_actor, score_actors
    from onrecord.intake.actor_rows import read_actor_rows

    code = ALL_READ
    answers: list[tuple[ActorRow, Answered]] = []
    with text_aside(out) if out else nullcontext() as stream:
        for row in read_actor_rows(data):
            if isinstance(row, InputError):
                click.echo(f"onrecord: {row}", err=True)
                code = SOME_FAILED
                continue
            answer = answer_actor(row.text, row.on, country=row.country, sector=row.sector)
            answers.append((row, answer))
            if stream:
                stream.write(_line(row, answer) + "\n")
    every = score_actors(answer for _, answer in answers)
    dated = score_actors(answer for row, answer in answers if row.on is not None)
    show = _print_json if as_json else _print_table
    show(len(answers), every, dated)
    return code


def _line(row: "ActorRow", answer: "Answered") -> str:
    found = {"country": answer.found_country or None, "sector": answer.found_sector or None}
    return json.dumps({"id": row.id, **found}, ensure_ascii=False)


def _print_table(read: int, every: "ActorScores", dated: "ActorScores") -> None:
    click.echo(f"{read:,} actors, {every.actors:,} marked, {dated.actors:,} of them on a day\n")
    if not every.actors:
        return
    click.echo(f"{'percent right':<22}{'all':>9}{'on a day':>11}")
    for name in _ROWS:
        first, second = (percent(getattr(scores, name)) for scores in (every, dated))
        click.echo(f"{name:<22}{first:>9}{second:>11}")


def _print_json(read: int, every: "ActorScores", dated: "ActorScores") -> None:
    parts = {"all": every, "dated": dated}
    entry = {
        part: {"actors": scores.actors, **{name: _rounded(getattr(scores, name)) for name in _ROWS}}
        for part, scores in parts.items()
    }
    click.echo(json.dumps({"read": read, **entry}))


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
