"""`onrecord said`: ask a store who said what."""

import click

from onrecord.cli.shown import answering

__all__ = ["said"]

COLUMNS = ("id", "day", "speakers", "act", "content", "outlet")


@click.command(short_help="Ask a store who said what, to whom, about whom.")
@click.option("--by", metavar="NAME", help="Who speaks.")
@click.option("--to", metavar="NAME", help="Who is spoken to.")
@click.option("--about", metavar="NAME", help="Who is spoken about.")
@click.option("--act", metavar="ACT", help="What is done by saying it: deny, accuse, promise, ...")
@click.option("--country", metavar="CODE", help="Country of who speaks (RUS).")
@click.option("--text", metavar="WORDS", help='Words and "phrases" that are said; -word is not.')
@answering
def said(  # noqa: PLR0917 (click passes them by name)
    by: str | None,
    to: str | None,
    about: str | None,
    act: str | None,
    country: str | None,
    text: str | None,
    store: str,
    since: str | None,
    until: str | None,
    copies: bool,
    limit: int,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Ask a store who said what, the newest first.

    A name is a full name or its last words (`Lavrov`), or any name an article calls somebody by.

    \b
    Examples:
      onrecord said --by Lavrov --act deny
      onrecord said --country RUS --since 2022-01-01 --text '"not an inch"'
    """
    from onrecord.cli.shown import opened, show

    with opened(store) as archive:
        answers = archive.said(
            by=by,
            to=to,
            about=about,
            act=act,
            country=country,
            text=text,
            since=since,
            until=until,
            copies=copies,
            limit=limit,
        )
    show(answers, COLUMNS, as_json=as_json, as_csv=as_csv)
