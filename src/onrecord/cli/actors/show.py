"""`onrecord actors show`: how a name resolves on a day, and from which entry."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["show"]


@click.command(short_help="How a name resolves on a day, and from which entry.")
@click.argument("name")
@click.option(
    "--on",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day, as 2022-02-01; without it the last role counts.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(name: str, on: "datetime | None", as_json: bool) -> None:
    """Show whom a name or phrase means on a day, with country and sector, and why.

    \b
    Examples:
      onrecord actors show "Boris Johnson" --on 2022-02-02
      onrecord actors show "the Kremlin's spokesman"
    """
    from onrecord.cli.batch import SOME_FAILED
    from onrecord.errors import OnrecordError
    from onrecord.knowledge.explain import explain
    from onrecord.knowledge.resolver import resolve_actor

    day = on.date() if on else None
    try:
        found = resolve_actor(name, on=day)
        reasons = explain(found.entry, day) if found else ()
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        raise SystemExit(SOME_FAILED) from None
    if found is None:
        click.echo(f"onrecord: nothing is known of {name!r}", err=True)
        raise SystemExit(SOME_FAILED)
    shown = {
        "name": found.name,
        "kind": found.kind,
        "country": found.country,
        "sector": found.sector,
        "codebook": " ".join(filter(None, (found.codebook_country, found.codebook_sector))) or None,
        "title": found.title,
        "links": list(found.links),
        "confidence": found.confidence,
        "entry": found.entry,
        "because": list(reasons),
    }
    if as_json:
        import json

        click.echo(
            json.dumps({"on": day.isoformat() if day else None, **shown}, ensure_ascii=False)
        )
        return
    for field, value in shown.items():
        lines = value if isinstance(value, list) else [value]
        for number, line in enumerate(lines or [None]):
            click.echo(f"{field if number == 0 else '':<12}{'-' if line is None else line}")
