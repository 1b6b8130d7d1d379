"""`onrecord ingest`: read many articles into a store."""

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from onrecord.cli.shown import store_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.intake.sources import Refused, Taken
    from onrecord.scale.ingest import Progress
    from onrecord.settings import Settings

__all__ = ["ingest"]


@click.command(short_help="Read many articles into a store that can be asked.")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@store_option
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="all cores",
    help="Processes that read.",
)
@click.option(
    "--max-size",
    metavar="MB",
    type=click.FloatRange(min=0, min_open=True),
    default=20,
    show_default=True,
    help="Longest article that is read.",
)
def ingest(sources: tuple[str, ...], store: str, workers: int, max_size: float) -> None:
    """Read articles and keep their records in a store.

    A SOURCE is what `onrecord read` takes: a file, a page's address, JSON lines, - for standard
    input; or a folder, with all that is in it, or a pattern (`pages/**/*.html`). What the store
    has is not read again: stopped at any moment, the same command goes on where it was. An article
    whose address is known, with another text, is a new version; the earlier one is kept.

    \b
    Examples:
      onrecord ingest reports/ articles.jsonl
      onrecord ingest --store postgresql://localhost/news articles.jsonl
      onrecord failures
    """
    from onrecord.cli.shown import opened
    from onrecord.cli.version import installed, models
    from onrecord.scale.ingest import ingest as ingest_into
    from onrecord.settings import Settings

    settings = Settings(max_bytes=int(max_size * 1_000_000))
    networks = " ".join(f"{name}:{digest[:12]}" for name, digest, _ in models())
    with opened(store, create=True) as archive, _telling() as tell:
        run = archive.begin_run("ingest", program=installed("onrecord"), networks=networks)
        found = _found(sources, settings)
        progress = ingest_into(archive, found, run_id=run, workers=workers, tell=tell)
        archive.end_run(run)
    click.echo(_summary(progress, store), err=True)
    raise SystemExit(1 if progress.failed else 0)


def _found(sources: tuple[str, ...], settings: "Settings") -> "Iterator[Taken | Refused]":
    from onrecord.intake.folders import expand
    from onrecord.intake.sources import take_in

    for source in expand(sources):
        yield from take_in(source, settings=settings)


def _summary(progress: "Progress", store: str) -> str:
    line = (
        f"{progress.added:,} new, {progress.known:,} known, {progress.failed:,} failed; in {store}"
    )
    if progress.failed:
        line += f" (onrecord failures --store {store} says why)"
    return line


@contextmanager
def _telling() -> "Iterator[Callable[[Progress], None]]":
    """Give what shows counts and rate on stderr after each batch, if it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _progress: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading")
        begun = bar.get_time()

        def tell(progress: "Progress") -> None:
            rate = progress.added / max(bar.get_time() - begun, 0.1)
            words = f"{progress.added:,} new, {progress.known:,} known, {progress.failed:,} failed"
            bar.update(task, description=f"{words}, {rate:.1f} articles a second")

        yield tell
