"""`onrecord store`: care for a store."""

import click

from onrecord.cli.shown import store_option

__all__ = ["store"]


@click.group(short_help="Care for a store.")
def store() -> None:
    """Care for a store."""


@store.command()
@store_option
def migrate(store: str) -> None:
    """Bring a store that an older version made forward to the tables of this one.

    All or nothing: stopped, the store is as it was.

    \b
    Example:
      onrecord store migrate --store news.db
    """
    from pathlib import Path

    from onrecord.cli.shown import opened
    from onrecord.errors import StoreError

    if "://" not in store and not Path(store).exists():
        raise StoreError(f"there is no store at {store}")
    with opened(store, create=True):
        click.echo(f"{store} has the tables of this version", err=True)


@store.command()
@click.argument("folder", metavar="FOLDER")
@store_option
def load(folder: str, store: str) -> None:
    """Bring an archive that `onrecord ingest --engine ray` wrote into a store.

    The store then has what reading the same articles into it would have given. What it has is left
    alone: stopped at any moment, the same command goes on where it was.

    \b
    Examples:
      onrecord store load archive/ --store news.db
      onrecord store load s3://bucket/archive --store postgresql://localhost/news
    """
    from onrecord.cli.runs import running, telling
    from onrecord.cli.shown import opened
    from onrecord.scale.loading import load as load_into

    with (
        opened(store, create=True) as archive,
        telling() as tell,
        running(archive, "store load") as run,
    ):
        progress = load_into(archive, folder, run_id=run, tell=tell)
    click.echo(f"{progress.added:,} new, {progress.known:,} known; in {store}", err=True)


@store.command()
@click.argument("folder", metavar="FOLDER")
@click.option(
    "--most",
    metavar="N",
    type=click.IntRange(min=2),
    default=10_000,
    show_default=True,
    help="Articles of a joined part.",
)
def compact(folder: str, most: int) -> None:
    """Join the small files that many runs of `onrecord ingest --engine ray` leave.

    Questions are answered from fewer files then; the answers stay the same. Stopped at any moment,
    the archive is as it was or as it will be.

    \b
    Example:
      onrecord store compact archive/
    """
    from onrecord.scale.compacting import compact as join

    done = join(folder, most=most)
    click.echo(
        f"{done.parts_before:,} parts in {done.files_before:,} files, now {done.parts_after:,} in "
        f"{done.files_after:,}; in {folder}",
        err=True,
    )
