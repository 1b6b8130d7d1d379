"""`onrecord timeline`: what was said and done, by day."""

import click

from onrecord.cli.shown import answering

__all__ = ["timeline"]

COLUMNS = ("day", "id", "who", "what", "whom", "words", "reports", "independent")


@click.command(short_help="Show what was said and done, by day.")
@click.option("--by", metavar="NAME", help="Who speaks or acts.")
@click.option("--to", metavar="NAME", help="Who is spoken to or acted upon.")
@click.option("--country", metavar="CODE", help="Country of who speaks or acts (RUS).")
@click.option("--what", metavar="WHAT", help="An act (deny) or a PLOVER type (ASSAULT).")
@answering
def timeline(  # noqa: PLR0917 (click passes them by name)
    by: str | None,
    to: str | None,
    country: str | None,
    what: str | None,
    store: str,
    since: str | None,
    until: str | None,
    copies: bool,
    limit: int,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show statements and events by day, the earliest first.

    An event is shown once, with how many articles tell of it and how many of these are no copies.
    Of more than --limit the latest are shown.

    \b
    Examples:
      onrecord timeline --country RUS --since 2022-01-24 --until 2022-02-02
      onrecord timeline --by Russia --to Ukraine --what ASSAULT
    """
    from onrecord.cli.shown import opened, show

    with opened(store) as archive:
        answers = archive.timeline(
            by=by,
            to=to,
            country=country,
            act=what,
            since=since,
            until=until,
            copies=copies,
            limit=limit,
        )
    show(answers, COLUMNS, as_json=as_json, as_csv=as_csv)
