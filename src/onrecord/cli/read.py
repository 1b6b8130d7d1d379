"""`onrecord read`: read articles and print their records."""

from typing import TYPE_CHECKING

import click

from onrecord.cli.ending import Done
from onrecord.cli.shown import columns_option

if TYPE_CHECKING:
    import datetime as dt

    from onrecord.reading.pipeline import Reader

__all__ = ["read", "reader_with"]


def _published(
    _ctx: click.Context, _param: click.Parameter, value: str | None
) -> "dt.date | dt.datetime | None":
    from onrecord.errors import InputError
    from onrecord.intake.articles import as_published

    try:
        return as_published(value)
    except InputError as error:
        raise click.BadParameter(str(error)) from None


def reader_with(folder: str | None, codebook: str | None) -> "Reader | None":
    """Return a reader that attributes with another network or labels by a codebook, or None."""
    reader = _attributing(folder) if folder else None
    return _labelling(reader, codebook) if codebook else reader


def _labelling(reader: "Reader | None", codebook: str) -> "Reader":
    from functools import partial
    from pathlib import Path

    from onrecord.errors import InputError
    from onrecord.knowledge.ontology import read_ontology
    from onrecord.reading.events.own import label_events
    from onrecord.reading.pipeline import Reader

    try:
        ontology = read_ontology(Path(codebook))
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--codebook") from None
    return (reader or Reader()).with_stage("labels", partial(label_events, ontology=ontology))


def _attributing(folder: str) -> "Reader":
    from functools import partial
    from pathlib import Path

    from onrecord.errors import ModelError
    from onrecord.models.attribution import AttributionNetwork
    from onrecord.reading.attribution.stage import find_attributions
    from onrecord.reading.pipeline import Reader

    try:
        network = AttributionNetwork(Path(folder))
    except ModelError as error:
        raise click.BadParameter(str(error), param_hint="--model") from None
    return Reader().with_stage("attribution", partial(find_attributions, network=network))


@click.command(short_help="Read articles and print their records.")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|URL|-...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON record a line.")
@click.option(
    "--html",
    "page",
    metavar="FILE",
    help="Write a page instead: the article with everything marked. For several articles FILE "
    "is a folder (pages/), with one page each.",
)
@click.option("--context", is_flag=True, help="Show each statement inside its sentence.")
@click.option(
    "--published",
    metavar="DATE",
    callback=_published,
    help="When the article was published (2022-02-02, or with a time). A JSON line's own date "
    "goes before it.",
)
@click.option("--timings", is_flag=True, help="Print the CPU seconds of each stage to stderr.")
@click.option(
    "--max-size",
    metavar="MB",
    type=click.FloatRange(min=0, min_open=True),
    default=20,
    show_default=True,
    help="Longest article that is read.",
)
@click.option(
    "--model",
    metavar="FOLDER",
    type=click.Path(),
    help="Attribute with another network than the shipped one (`onrecord train` makes one).",
)
@click.option(
    "--codebook",
    metavar="FILE",
    type=click.Path(),
    help="Label events by a codebook of your own (TOML; docs/codebook-events.md).",
)
@columns_option
@click.option("--allow-private", is_flag=True, help="Fetch pages from private addresses too.")
def read(  # noqa: PLR0917 (click passes them by name)
    sources: tuple[str, ...],
    as_json: bool,
    page: str | None,
    context: bool,
    published: "dt.date | dt.datetime | None",
    timings: bool,
    max_size: float,
    model: str | None,
    codebook: str | None,
    column: dict[str, str],
    allow_private: bool,
) -> None:
    """Read articles and print who said what, what happened, and what is disputed.

    A FILE holds one article (plain text, Markdown, HTML, PDF, mail) or many: JSON lines with
    `text` and, if known, `id`, `title`, `outlet`, `url` and `published`; CSV, Parquet, WARC; each
    also gzipped. `-` is standard input.

    \b
    Examples:
      onrecord read report.txt
      onrecord read --context --published 2022-02-02 report.txt
      onrecord read --html report.html https://example.org/report
      onrecord read --json articles.jsonl > records.jsonl
    """
    from onrecord.cli.batch import Batch
    from onrecord.cli.outputs import choose_outputs
    from onrecord.intake.outcomes import Intake
    from onrecord.settings import Settings

    reader = reader_with(model, codebook)
    settings = Settings(max_bytes=int(max_size * 1_000_000), allow_private=allow_private)
    intake = Intake(published, column, settings)
    outputs = choose_outputs(sources, as_json=as_json, page=page, context=context, timings=timings)
    raise Done(Batch(outputs, intake, reader).run(sources))
