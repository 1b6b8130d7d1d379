"""`onrecord events`: ask a store what happened."""

import click

from onrecord.cli.shown import answering

__all__ = ["events"]

COLUMNS = ("id", "day", "actors", "type", "mode", "recipients", "status", "sentence")


@click.command(short_help="Ask a store who did what to whom.")
@click.option("--by", metavar="NAME", help="Who acts.")
@click.option("--to", metavar="NAME", help="Who is acted upon.")
@click.option("--type", "kind", metavar="TYPE", help="PLOVER type: CONSULT, ASSAULT, ...")
@click.option("--country", metavar="CODE", help="Country of who acts (RUS).")
@click.option(
    "--status",
    type=click.Choice(
        ["happened", "ongoing", "planned", "demanded", "hypothetical", "denied", "claimed"]
    ),
    help="Whether it came to pass.",
)
@answering
def events(  # noqa: PLR0917 (click passes them by name)
    by: str | None,
    to: str | None,
    kind: str | None,
    country: str | None,
    status: str | None,
    store: str,
    since: str | None,
    until: str | None,
    copies: bool,
    limit: int,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Ask a store who did what to whom, the newest first.

    \b
    Examples:
      onrecord events --by Russia --to Ukraine --status happened
      onrecord events --type CONSULT --since 2022-01-01 --csv
    """
    from onrecord.cli.shown import opened, show

    with opened(store) as archive:
        answers = archive.events(
            by=by,
            to=to,
            act=kind,
            country=country,
            status=status,
            since=since,
            until=until,
            copies=copies,
            limit=limit,
        )
    show(answers, COLUMNS, as_json=as_json, as_csv=as_csv)
