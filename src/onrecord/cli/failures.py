"""`onrecord failures`: list what a store could not take in."""

import click

from onrecord.cli.shown import printing, store_option

__all__ = ["failures"]


@click.command(short_help="List what a store could not take in, and why.")
@store_option
@printing
def failures(store: str, as_json: bool, as_csv: bool) -> None:
    """List what could not be taken in or read, and why; what is read after all leaves the list.

    \b
    Example:
      onrecord failures --store news.db
    """
    from onrecord.cli.shown import opened, show

    with opened(store) as archive:
        show(archive.failures(), ("source", "reason", "at"), as_json=as_json, as_csv=as_csv)
