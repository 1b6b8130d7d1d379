"""`onrecord count`: how many statements or events there are."""

import click

from onrecord.cli.shown import day, printing, store_option

__all__ = ["count"]


@click.command(short_help="Count statements or events of a store.")
@click.argument("of", metavar="WHAT", type=click.Choice(["statements", "events"]))
@click.option(
    "--by",
    required=True,
    metavar="WHAT",
    help="act, speaker, type, status, actor, country, outlet, day or month.",
)
@click.option(
    "--per",
    type=click.Choice(["article", "source", "event"]),
    default="article",
    show_default=True,
    help="Count each article, or copies once, or reports of one event once.",
)
@click.option("--what", metavar="WHAT", help="Only an act (deny) or a PLOVER type (ASSAULT).")
@click.option("--since", metavar="DAY", callback=day, help="From this day on (2022-01-01).")
@click.option("--until", metavar="DAY", callback=day, help="Up to this day.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=1000, show_default=True, help="Most rows."
)
@store_option
@printing
def count(  # noqa: PLR0917 (click passes them by name)
    of: str,
    by: str,
    per: str,
    what: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    store: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Count statements or events: WHAT is one of these words.

    \b
    Examples:
      onrecord count statements --by speaker --what deny
      onrecord count events --by month --per event --csv
    """
    from onrecord.cli.shown import opened, show

    with opened(store) as archive:
        answers = archive.count(of, by=by, per=per, act=what, since=since, until=until, limit=limit)
    show(answers, ("key", "number"), as_json=as_json, as_csv=as_csv)
