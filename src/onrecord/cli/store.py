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
