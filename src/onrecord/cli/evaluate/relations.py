"""`onrecord evaluate relations`: what one marked party does to another."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.evaluate.shared import percent, with_progress
from onrecord.export.asides import text_aside

if TYPE_CHECKING:
    from onrecord.evaluation.events import TypeScores
    from onrecord.record import Event

__all__ = ["relations"]


@click.command(short_help="What a marked party does to another.")
@click.option(
    "--data",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="JSON lines of id, text, source, target and, where marked, event.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write id, event, quad and confidence, one JSON object a pair.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def relations(data: Path, out: Path | None, as_json: bool) -> None:
    """Measure which PLOVER type a text gives to a marked pair of parties.

    CONCEDE and RETREAT are taken together as YIELD.

    \b
    Examples:
      onrecord evaluate relations --data pairs.jsonl
      onrecord evaluate relations --data pairs.jsonl --out found.jsonl
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
    from onrecord.evaluation.events import root_of, score_types
    from onrecord.intake.event_rows import read_pair_rows
    from onrecord.reading.events.relate import relate_in

    code = ALL_READ
    answers: list[tuple[str, str | None]] = []
    read = 0
    with text_aside(out) if out else nullcontext() as stream:
        for row in with_progress(tuple(read_pair_rows(data))):
            if isinstance(row, InputError):
                click.echo(f"onrecord: {row}", err=True)
                code = SOME_FAILED
                continue
            read += 1
            event = relate_in(row.text, row.actor, row.recipient)
            root = root_of(event)
            if row.event:
                answers.append((row.event, root))
            if stream:
                stream.write(_line(row.id, root, event) + "\n")
    show = _print_json if as_json else _print_table
    show(read, score_types(answers))
    return code


def _line(name: str, root: str | None, event: "Event | None") -> str:
    from onrecord.evaluation.events import quad_of

    found = {
        "id": name,
        "event": root,
        "quad": quad_of(root or "") or None,
        "confidence": event.confidence if event else None,
    }
    return json.dumps(found, ensure_ascii=False)


def _print_table(read: int, scores: "TypeScores") -> None:
    click.echo(f"{read:,} pairs, {scores.rows:,} marked\n")
    if not scores.rows:
        return
    click.echo(f"{'type right':<22}{percent(scores.accuracy):>9}")
    click.echo(f"{'types, mean F1':<22}{percent(scores.types):>9}")
    click.echo(f"{'quad classes, mean F1':<22}{percent(scores.quads):>9}\n")
    click.echo(f"{'type':<22}{'F1':>9}{'marked':>9}")
    for name, (f1, marked) in scores.each.items():
        click.echo(f"{name:<22}{percent(f1):>9}{marked:>9,}")


def _print_json(read: int, scores: "TypeScores") -> None:
    entry = {
        "read": read,
        "marked": scores.rows,
        "accuracy": scores.accuracy,
        "types": scores.types,
        "quads": scores.quads,
        "each": {name: {"f1": f1, "marked": n} for name, (f1, n) in scores.each.items()},
    }
    click.echo(json.dumps(entry))
