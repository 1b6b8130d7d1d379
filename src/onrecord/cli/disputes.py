"""`onrecord disputes`: ask a store who denies what."""

import click

from onrecord.cli.shown import answering

__all__ = ["disputes"]

COLUMNS = ("id", "day", "kind", "claimed_by", "claim", "answered_by", "answer", "state")


@click.command(short_help="Ask a store what is disputed between whom.")
@click.option("--by", metavar="NAME", help="Who goes against the claim.")
@click.option("--to", metavar="NAME", help="Whose claim it is.")
@click.option(
    "--kind",
    type=click.Choice(["denial", "contradiction", "correction"]),
    help="How it is disputed.",
)
@answering
def disputes(  # noqa: PLR0917 (click passes them by name)
    by: str | None,
    to: str | None,
    kind: str | None,
    store: str,
    since: str | None,
    until: str | None,
    copies: bool,
    limit: int,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Ask a store which claims are denied, contradicted or corrected, and by whom.

    \b
    Examples:
      onrecord disputes --to Putin
      onrecord disputes --by NATO --kind denial --json
    """
    from onrecord.cli.shown import opened, show

    with opened(store) as archive:
        answers = archive.disputes(
            by=by, to=to, act=kind, since=since, until=until, copies=copies, limit=limit
        )
    show(answers, COLUMNS, as_json=as_json, as_csv=as_csv)
