"""`onrecord corrections`: who corrected what."""

import click

from onrecord.cli.shown import printing, store_option

__all__ = ["corrections"]

COLUMNS = ("number", "id", "action", "field", "value", "by", "at", "reason", "withdrawn")


@click.command(short_help="List who confirmed, corrected or rejected what.")
@store_option
@click.option("--withdraw", metavar="NUMBER", type=click.IntRange(min=1), help="Take one back.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Most rows."
)
@printing
def corrections(store: str, withdraw: int | None, limit: int, as_json: bool, as_csv: bool) -> None:
    """List corrections, the latest first; one that was taken back stays in the list.

    \b
    Examples:
      onrecord corrections
      onrecord corrections --withdraw 3
    """
    from onrecord.cli.shown import opened, show

    with opened(store) as archive:
        if withdraw is not None:
            archive.withdraw(withdraw)
        show(archive.corrections(limit=limit), COLUMNS, as_json=as_json, as_csv=as_csv)
