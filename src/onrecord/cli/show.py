"""`onrecord show`: show an article of a store, or one finding in its context."""

import re
from typing import TYPE_CHECKING

import click

from onrecord.cli.shown import store_option

if TYPE_CHECKING:
    from onrecord.record import Dispute, Event, Record, Statement
    from onrecord.store.archive import Store

__all__ = ["show"]

COLUMNS = ("kind", "speakers", "before", "after")
_ID = re.compile(r"(\d+)(?:/([sedx]\d+))?")


@click.command(short_help="Show an article of a store, or one finding in its context.")
@click.argument("finding", metavar="ID")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print the record, or the finding, as JSON.")
@click.option(
    "--as-original",
    is_flag=True,
    help="Show the text, with the likely wording after each suspect one.",
)
@click.option("--changes", is_flag=True, help="Show what changed since the earlier version.")
def show(finding: str, store: str, as_json: bool, as_original: bool, changes: bool) -> None:
    """Show what ID stands for: 12 is an article's record, 12/s3 a statement in its context.

    12/e1 is an event, 12/d1 a dispute, 12/x1 a dispute with another article.

    \b
    Examples:
      onrecord show 12
      onrecord show 12/s3
      onrecord show 12 --changes
      onrecord show 12 --as-original
    """
    from onrecord.cli.shown import opened
    from onrecord.cli.shown import show as show_answers

    match = _ID.fullmatch(finding)
    if match is None:
        raise click.BadParameter(
            f"{finding!r} is no id; a number (12), or one with a finding (12/s3), would be right",
            param_hint="ID",
        )
    with opened(store) as archive:
        if changes:
            show_answers(archive.changes(int(match[1])), COLUMNS, as_json=as_json, as_csv=False)
            return
        record = archive.record(int(match[1]))
        if as_original:
            _show_original(record)
            return
        if (match[2] or "").startswith("x"):
            _show_across(archive, int(match[1]), match[2], as_json=as_json)
            return
    if match[2]:
        _show_finding(record, match[2], as_json=as_json)
    else:
        _show_record(record, as_json=as_json)


def _show_original(record: "Record") -> None:
    from onrecord.export.wording import as_original

    click.echo(as_original(record))


def _show_record(record: "Record", *, as_json: bool) -> None:
    from onrecord.export.json import record_line

    if as_json:
        click.echo(record_line(record))
    else:
        _print(record, context=False)


def _show_finding(record: "Record", finding: str, *, as_json: bool) -> None:
    import json

    from onrecord.errors import NotFound
    from onrecord.export.json import record_to_json

    kind = {"s": "statements", "e": "events", "d": "disputes"}[finding[0]]
    found = next((each for each in getattr(record, kind) if each.id == finding), None)
    if found is None:
        raise NotFound(f"article {record.article.id} has no {finding} among its {kind}")
    if as_json:
        written = next(each for each in record_to_json(record)[kind] if each["id"] == finding)
        click.echo(json.dumps(written, ensure_ascii=False))
    else:
        _print(_only(record, found), context=True)


def _show_across(archive: "Store", article: int, finding: str, *, as_json: bool) -> None:
    """Show a dispute of two articles: each side in its own sentence."""
    import json

    from onrecord.errors import NotFound

    found = archive.disputes(article=article, finding=finding, copies=True, limit=1)
    if not found:
        raise NotFound(f"article {article} has no dispute {finding} with another article")
    if as_json:
        click.echo(json.dumps(found.to_dicts()[0], ensure_ascii=False))
        return
    click.echo(f"{found[0].kind} · {found[0].why}\n")
    for name in (found[0].claim_id, found[0].answer_id):
        number, _, statement = name.partition("/")
        record = archive.record(int(number))
        side = next(each for each in record.statements if each.id == statement)
        _print(_only(record, side), context=True)
        click.echo()


def _only(record: "Record", found: "Statement | Event | Dispute") -> "Record":
    """Return the record with one finding and the statements that it names."""
    from dataclasses import fields, replace

    named = {getattr(found, "id", "")}
    for field in fields(found):
        value = getattr(found, field.name)
        named |= set(value) if isinstance(value, tuple) else {value}
    return replace(
        record,
        statements=tuple(each for each in record.statements if each.id in named),
        events=tuple(each for each in record.events if each is found),
        disputes=tuple(each for each in record.disputes if each is found),
        suspect=(),
        notices=(),
    )


def _print(record: "Record", *, context: bool) -> None:
    from rich.console import Console

    from onrecord.export.terminal import record_to_text, record_view

    console = Console(highlight=False)
    if console.is_terminal:
        console.print(record_view(record, context=context))
    else:
        click.echo(record_to_text(record, context=context, width=console.width), nl=False)
