"""`onrecord failures`: list what a store could not take in."""

import click

from onrecord.cli.shown import store_option

__all__ = ["failures"]


@click.command(short_help="List what a store could not take in, and why.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a row.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV with a line of names.")
def failures(store: str, as_json: bool, as_csv: bool) -> None:
    """List what could not be taken in or read, and why; what is read after all leaves the list.

    \b
    Example:
      onrecord failures --store news.db
    """
    from onrecord.cli.shown import opened, show

    with opened(store) as archive:
        show(archive.failures(), ("source", "reason", "at"), as_json=as_json, as_csv=as_csv)
