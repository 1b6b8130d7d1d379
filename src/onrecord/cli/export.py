"""`onrecord export`: a store, or records, in the formats of others."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.shown import day, store_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.export.archive import Numbered

__all__ = ["export"]

CORRECTIONS = "corrections"


class Formats(click.Choice[str]):
    """The formats' names, found when they are needed."""

    def __init__(self) -> None:
        super().__init__(())

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the format's name."""
        from onrecord.export.archive import FORMATS

        self.choices = (*FORMATS, CORRECTIONS)
        return str(super().convert(value, param, ctx))


@click.command(short_help="Write a store in the formats of others.")
@click.argument("form", metavar="FORMAT", type=Formats())
@store_option
@click.option(
    "--out",
    metavar="PATH",
    required=True,
    type=click.Path(path_type=Path),
    help="File, or for csv, parquet, citron and brat a folder.",
)
@click.option(
    "--records",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take what `onrecord read --json` wrote instead of a store.",
)
@click.option("--since", metavar="DAY", callback=day, help="Articles from this day on.")
@click.option("--until", metavar="DAY", callback=day, help="Articles up to this day.")
@click.option("--copies", is_flag=True, help="Take copies of other articles as well.")
@click.option(
    "--for",
    "purpose",
    type=click.Choice(["training"]),
    help="With corrections: annotated articles that `onrecord train attribution` reads.",
)
def export(  # noqa: PLR0917 (click passes them by name)
    form: str,
    store: str,
    out: Path,
    records: Path | None,
    since: str | None,
    until: str | None,
    copies: bool,
    purpose: str | None,
) -> None:
    """Write what is in a store, as people corrected it, for other programs.

    \b
    FORMAT is one of
      jsonl, csv, parquet          records as they are, or as tables
      polecat, icews, gdelt-events, gdelt-mentions, gkg, plover, ngec
                                   event data
      citron, schema-org, web-annotation, brat, conll
                                   statements
      graphml, gexf                who spoke to and acted on whom
      corrections                  what people confirmed, corrected and rejected

    \b
    Examples:
      onrecord export polecat --out events.tsv
      onrecord export csv --out tables/ --since 2022-01-01
      onrecord export corrections --for training --out gold.jsonl
    """
    from onrecord.export.archive import exporter

    if form == CORRECTIONS:
        count = _corrections(store, out, training=purpose == "training")
    elif purpose:
        raise click.UsageError("--for training goes with corrections")
    else:
        found = _records(records) if records else _stored(store, since, until, copies=copies)
        count = exporter(form)(found, out)
    click.echo(f"{count:,} written to {out}", err=True)


def _stored(
    store: str, since: str | None, until: str | None, *, copies: bool
) -> "Iterator[Numbered]":
    from onrecord.cli.shown import opened
    from onrecord.export.archive import Numbered

    with opened(store) as archive:
        for number, record in archive.records(since=since, until=until, copies=copies):
            yield Numbered(number, record)


def _records(path: Path) -> "Iterator[Numbered]":
    from onrecord.errors import InputError
    from onrecord.export.archive import Numbered
    from onrecord.export.json import record_from_json

    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                yield Numbered(number, record_from_json(line))
            except InputError as error:
                raise InputError(f"{path}:{number}: {error}") from None


def _corrections(store: str, out: Path, *, training: bool) -> int:
    import json

    from onrecord.cli.shown import opened
    from onrecord.export.asides import text_aside
    from onrecord.export.training import annotated

    count = 0
    with opened(store) as archive, text_aside(out) as stream:
        if training:
            for number in archive.corrected_articles():
                entry = annotated(archive.record(number), str(number))
                stream.write(json.dumps(entry, ensure_ascii=False) + "\n")
                count += 1
        else:
            for row in archive.corrections(limit=None).to_dicts():
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    return count
