"""`onrecord actors import`: take a list of actors into the local knowledge."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.intake.actor_lists.listed import Passed

__all__ = ["import_"]

_TOLD = 5
"""Lines passed over that are told of; there may be thousands."""


@click.command("import", short_help="Take a list of actors into the local knowledge.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="Name of the list; the file's own without it.")
def import_(file: Path, name: str | None) -> None:
    """Take a list of actors into the local knowledge; one of the same name is replaced.

    FILE is OpenSanctions / FollowTheMoney JSON lines, Wikidata entity JSON, a PETRARCH or TABARI
    actor dictionary, or CSV with the columns name, aliases, kind, country, sector, title, start,
    end and link.

    \b
    Examples:
      onrecord actors import peps.ftm.json
      onrecord actors import Phoenix.Countries.actors.txt --name phoenix
      onrecord actors show "Viktor Orban" --on 2022-02-01
    """
    from onrecord.cli.batch import SOME_FAILED
    from onrecord.errors import OnrecordError

    try:
        code = _run(file, name or file.name.partition(".")[0])
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        code = SOME_FAILED
    raise SystemExit(code)


def _run(file: Path, name: str) -> int:
    from onrecord.cli.batch import ALL_READ, SOME_FAILED
    from onrecord.errors import InputError
    from onrecord.intake.actor_lists.listed import Listed, joined
    from onrecord.intake.actor_lists.read import read_actor_list
    from onrecord.knowledge.own import write_own

    kind, found = read_actor_list(file)
    listed: list[Listed] = []
    passed: list[Passed] = []
    for each in found:
        if isinstance(each, Listed):
            listed.append(each)
        else:
            passed.append(each)
    _tell(file, passed)
    if not listed:
        raise InputError(f"{file}: no actor in it that could be taken in ({kind})")
    whole = joined(listed)
    tables = {
        table: tuple(each.row() for each in whole if each.kind == one)
        for table, one in (("people", "person"), ("organizations", "organization"))
    }
    folder = write_own(name, f"{file.name} ({kind})", tables)
    people, organizations = (len(rows) for rows in tables.values())
    click.echo(
        f"{people:,} people and {organizations:,} organizations of {file.name} ({kind}) are in "
        f"{folder} as {name!r}; {len(passed):,} passed over"
    )
    return SOME_FAILED if any(each.is_fault for each in passed) else ALL_READ


def _tell(file: Path, passed: "Iterable[Passed]") -> None:
    for number, each in enumerate(passed):
        if number == _TOLD:
            click.echo("onrecord: ...", err=True)
            return
        click.echo(f"onrecord: {file}:{each.line}: passed over: {each.why}", err=True)
