"""`onrecord ingest`: read many articles into a store."""

import sys
from typing import TYPE_CHECKING

import click

from onrecord.cli.shown import columns_option, store_option, workers_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.intake.sources import Refused, Taken
    from onrecord.scale.ingest import Progress
    from onrecord.settings import Settings

__all__ = ["ingest"]


@click.command(short_help="Read many articles into a store that can be asked.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@store_option
@workers_option
@click.option(
    "--max-size",
    metavar="MB",
    type=click.FloatRange(min=0, min_open=True),
    default=20,
    show_default=True,
    help="Longest article that is read.",
)
@columns_option
def ingest(
    sources: tuple[str, ...], store: str, workers: int, max_size: float, column: dict[str, str]
) -> None:
    """Read articles and keep their records in a store.

    A SOURCE is a file (text, Markdown, HTML, PDF, mail; JSON lines, CSV, Parquet, WARC; also
    gzipped), a page's address, - for standard input; or a folder, with all that is in it, or a
    pattern (`pages/**/*.html`). What the store
    has is not read again: stopped at any moment, the same command goes on where it was. An article
    whose address is known, with another text, is a new version; the earlier one is kept.

    \b
    Examples:
      onrecord ingest reports/ articles.jsonl
      onrecord ingest --column text=body --column published=day news.parquet
      onrecord ingest --store postgresql://localhost/news CC-NEWS-20220202.warc.gz
      onrecord failures
    """
    from onrecord.cli.runs import running, telling
    from onrecord.cli.shown import opened
    from onrecord.intake.folders import expand
    from onrecord.intake.sources import count_articles
    from onrecord.scale.ingest import ingest as ingest_into
    from onrecord.settings import Settings

    settings = Settings(max_bytes=int(max_size * 1_000_000))
    files = tuple(expand(sources))
    found = _found(files, column, settings)
    total = count_articles(files) if sys.stderr.isatty() else None
    with (
        opened(store, create=True) as archive,
        telling(total) as tell,
        running(archive, "ingest") as run,
    ):
        progress = ingest_into(archive, found, run_id=run, workers=workers, tell=tell)
    click.echo(_summary(progress, store), err=True)
    raise SystemExit(1 if progress.failed else 0)


def _found(
    sources: tuple[str, ...], columns: dict[str, str], settings: "Settings"
) -> "Iterator[Taken | Refused]":
    from onrecord.intake.sources import take_in

    for source in sources:
        yield from take_in(source, columns=columns, settings=settings)


def _summary(progress: "Progress", store: str) -> str:
    line = (
        f"{progress.added:,} new, {progress.known:,} known, {progress.failed:,} failed; in {store}"
    )
    if progress.failed:
        line += f" (onrecord failures --store {store} says why)"
    return line
