"""`onrecord evaluate events`: every event of each text with the codes of its parties."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.evaluate.shared import with_progress
from onrecord.export.asides import text_aside

if TYPE_CHECKING:
    from onrecord.reading.pipeline import Reader

__all__ = ["events"]


@click.command(short_help="Every event of a text, with actor codes.")
@click.option(
    "--data",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="JSON lines of id, text and, where known, published.",
)
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write id and events, one JSON object a text.",
)
@click.option(
    "--codebook",
    metavar="FILE",
    type=click.Path(),
    help="Write each event's type in a codebook of your own too, as `label`.",
)
def events(data: Path, out: Path, codebook: str | None) -> None:
    """Write every event of each text with PLOVER type, CAMEO code, and its parties' codes.

    What did not happen, or is only feared, is left out; what is announced or demanded is filed as
    the announcement or the demand, as event data has it.

    \b
    Examples:
      onrecord evaluate events --data sentences.jsonl --out found.jsonl
    """
    from onrecord.cli.batch import SOME_FAILED
    from onrecord.cli.read import reader_with
    from onrecord.errors import OnrecordError

    try:
        code = _run(data, out, reader_with(None, codebook))
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        code = SOME_FAILED
    raise SystemExit(code)


def _run(data: Path, out: Path, reader: "Reader | None") -> int:
    from onrecord.article import Article
    from onrecord.cli.batch import ALL_READ, SOME_FAILED
    from onrecord.errors import InputError
    from onrecord.evaluation.events import coded_events
    from onrecord.intake.event_rows import read_text_rows
    from onrecord.reading.pipeline import Reader

    code, read, found = ALL_READ, 0, 0
    reader = reader or Reader()
    with text_aside(out) as stream:
        for row in with_progress(tuple(read_text_rows(data))):
            if isinstance(row, InputError):
                click.echo(f"onrecord: {row}", err=True)
                code = SOME_FAILED
                continue
            record = reader.read(Article(row.text, id=row.id, published=row.published))
            coded = list(coded_events(record))
            read, found = read + 1, found + len(coded)
            stream.write(json.dumps({"id": row.id, "events": coded}, ensure_ascii=False) + "\n")
    click.echo(f"{read:,} texts, {found:,} events, written to {out}")
    return code
