"""`onrecord ingest`: read many articles into a store."""

import sys
from typing import TYPE_CHECKING

import click

from onrecord.cli.shown import columns_option, store_option, workers_option

if TYPE_CHECKING:
    from onrecord.intake.outcomes import Intake
    from onrecord.scale.ingest import Progress

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
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Who reads: processes of this machine, or a Ray cluster, into a folder of Parquet files.",
)
@click.option(
    "--address",
    metavar="HOST:PORT",
    help="Address of a Ray cluster; without it, --engine ray starts one on this machine.",
)
@click.pass_context
def ingest(  # noqa: PLR0917 (click passes them by name)
    context: click.Context,
    sources: tuple[str, ...],
    store: str,
    workers: int,
    max_size: float,
    column: dict[str, str],
    engine: str,
    address: str | None,
) -> None:
    """Read articles and keep their records in a store.

    A SOURCE is a file (text, Markdown, HTML, PDF, mail; JSON lines, CSV, Parquet, WARC; also
    gzipped), a page's address, - for standard input; or a folder, with all that is in it, or a
    pattern (`pages/**/*.html`); or a file elsewhere (`s3://bucket/news.parquet`). What the store
    has is not read again: stopped at any moment, the same command goes on where it was. An article
    whose address is known, with another text, is a new version; the earlier one is kept.

    With --engine ray, --store is a folder or its URL, which all machines of the cluster reach;
    every question can be asked of a folder too, and `onrecord store load` brings it into a store.

    \b
    Examples:
      onrecord ingest reports/ articles.jsonl
      onrecord ingest --column text=body --column published=day news.parquet
      onrecord ingest --store postgresql://localhost/news CC-NEWS-20220202.warc.gz
      onrecord ingest --engine ray --address auto --store archive/ crawl/*.warc.gz
      onrecord failures
    """
    from onrecord.intake.folders import expand
    from onrecord.intake.outcomes import Intake
    from onrecord.settings import Settings

    intake = Intake(columns=column, settings=Settings(max_bytes=int(max_size * 1_000_000)))
    files = tuple(expand(sources))
    if engine == "ray":
        given = context.get_parameter_source("workers") is not click.core.ParameterSource.DEFAULT
        cores = None if address and not given else workers
        progress = _on_ray(files, store, address, cores, intake)
    else:
        if address:
            raise click.UsageError("--address is a Ray cluster's; --engine ray would be right")
        progress = _here(files, store, workers, intake)
    click.echo(_summary(progress, store), err=True)
    raise SystemExit(1 if progress.failed else 0)


def _here(files: tuple[str, ...], store: str, workers: int, intake: "Intake") -> "Progress":
    """Read with processes of this machine."""
    from onrecord.cli.runs import running, telling
    from onrecord.cli.shown import opened
    from onrecord.intake.sources import count_articles, take
    from onrecord.scale.ingest import ingest as ingest_into

    found = (each for file in files for each in take(file, intake))
    total = count_articles(files) if sys.stderr.isatty() else None
    with (
        opened(store, create=True) as archive,
        telling(total) as tell,
        running(archive, "ingest") as run,
    ):
        return ingest_into(archive, found, run_id=run, workers=workers, tell=tell)


def _on_ray(
    files: tuple[str, ...], store: str, address: str | None, cores: int | None, intake: "Intake"
) -> "Progress":
    """Read with a Ray cluster."""
    from pathlib import Path

    from onrecord.cli.runs import telling
    from onrecord.intake.sources import STDIN
    from onrecord.scale.cluster import ingest as ingest_on_ray

    if STDIN in files:
        raise click.UsageError("another machine cannot read standard input; a file would be right")
    if store.startswith("postgres") or Path(store).is_file() or store.endswith(".db"):
        raise click.UsageError(
            f"--engine ray writes a folder, and {store} is none; `--store archive/`, then "
            "`onrecord store load archive/` would be right"
        )
    with telling() as tell:
        return ingest_on_ray(store, files, cluster=address, workers=cores, intake=intake, tell=tell)


def _summary(progress: "Progress", store: str) -> str:
    line = (
        f"{progress.added:,} new, {progress.known:,} known, {progress.failed:,} failed; in {store}"
    )
    if progress.failed:
        line += f" (onrecord failures --store {store} says why)"
    return line
