"""`onrecord who`: everything by, to and about somebody."""

from typing import TYPE_CHECKING

import click

from onrecord.cli.shown import store_option

if TYPE_CHECKING:
    from onrecord.store.answers import Profile

__all__ = ["who"]

_BAR = 40
"""Characters of the longest bar."""


@click.command(short_help="Show what a store has of somebody.")
@click.argument("name")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def who(name: str, store: str, as_json: bool) -> None:
    """Show what somebody said and did, what was said and done to them, and how it changed.

    \b
    Examples:
      onrecord who Lavrov
      onrecord who NATO --json
    """
    import json
    from dataclasses import asdict

    from onrecord.cli.shown import opened

    with opened(store) as archive:
        profile = archive.who(name)
    if as_json:
        click.echo(json.dumps(asdict(profile), ensure_ascii=False))
    else:
        _print(profile)


def _print(profile: "Profile") -> None:
    from onrecord.export.wording import clean

    known = " · ".join(filter(None, (profile.kind, profile.country, profile.sector)))
    click.echo(f"{clean(profile.name)}  {known} · in {profile.articles:,} articles")
    if profile.others:
        click.echo(f"also fits: {clean(', '.join(profile.others[:10]))}")
    for role in profile.roles[:8]:
        click.echo(f"  {clean(role.title)}, {role.first} to {role.last} ({role.articles:,})")
    for title, numbers in (
        ("said", profile.said),
        ("was told", profile.told),
        ("was spoken of", profile.about),
        ("did", profile.did),
        ("was done to", profile.done_to),
        ("with or against whom", profile.with_whom),
    ):
        if numbers:
            line = ", ".join(f"{clean(key)} {number:,}" for key, number in numbers)
            click.echo(f"\n{title.upper()}\n  {line}")
    if profile.by_month:
        most = max(number for _, number in profile.by_month)
        click.echo("\nSTATEMENTS BY MONTH")
        for month, number in profile.by_month:
            click.echo(f"  {month} {'█' * max(number * _BAR // most, 1)} {number:,}")
