"""`onrecord reread`: read the articles of a store anew."""

import click

from onrecord.cli.shown import store_option, workers_option

__all__ = ["reread"]


@click.command(short_help="Read the articles of a store anew, with newer networks.")
@store_option
@workers_option
def reread(store: str, workers: int) -> None:
    """Read again what another version or other networks read, and replace what was found.

    Corrections hold. Each article has its old record or its new one at any moment; stopped, the
    same command goes on.

    \b
    Example:
      onrecord reread --store news.db
    """
    from onrecord.cli.runs import running, telling
    from onrecord.cli.shown import opened
    from onrecord.scale.reread import reread as reread_all

    with opened(store) as archive, telling() as tell, running(archive, "reread") as run:
        progress = reread_all(archive, run_id=run, workers=workers, tell=tell)
    click.echo(f"{progress.added:,} read anew, {progress.failed:,} failed", err=True)
    raise SystemExit(1 if progress.failed else 0)
