"""What the commands that ask a store have in common: the store's option, and printed answers."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from onrecord.store.archive import Store
    from onrecord.store.table import Answers

__all__ = [
    "answering",
    "columns_option",
    "day",
    "opened",
    "printing",
    "show",
    "store_option",
    "workers_option",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])

STORE = "onrecord.db"
WORDS = frozenset(
    {"content", "claim", "answer", "sentence", "reason", "why", "words", "before", "after"}
)
"""Columns of whole sentences, which get most of the width."""
SHORT = frozenset(
    {"id", "day", "act", "type", "mode", "status", "kind", "copy_of", "share", "kept", "state"}
)
"""Columns of single words, which are never broken."""
store_option = click.option(
    "--store",
    metavar="FILE|URL|FOLDER/",
    envvar="ONRECORD_STORE",
    default=STORE,
    show_default=True,
    help="The store: an SQLite file, postgresql://..., or the folder of an archive, to be asked "
    "(ONRECORD_STORE sets it, too).",
)


workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="all cores",
    help="Processes that read.",
)


def _columns(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    wrong = next((written for written, equals, name in pairs if not equals or not name), None)
    if wrong is not None:
        raise click.BadParameter(f"{wrong!r} names no column; text=NAME would be right")
    return {field: name for field, _, name in pairs}


columns_option = click.option(
    "--column",
    metavar="FIELD=NAME",
    multiple=True,
    callback=_columns,
    help="Which column or field holds the text, title, outlet, url, published, id (text=body).",
)


def day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Check that an option's value is a day."""
    import datetime as dt

    try:
        return dt.date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is no day; an ISO 8601 day would be right, such as 2022-02-02"
        ) from None


_OPTIONS = (
    store_option,
    click.option("--since", metavar="DAY", callback=day, help="From this day on (2022-01-01)."),
    click.option("--until", metavar="DAY", callback=day, help="Up to this day."),
    click.option("--copies", is_flag=True, help="Show what copies repeat as well."),
    click.option(
        "--limit",
        type=click.IntRange(min=1),
        default=50,
        show_default=True,
        help="Most rows; the newest come first.",
    ),
)
_FORMS = (
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object a row."),
    click.option("--csv", "as_csv", is_flag=True, help="Print CSV with a line of names."),
)


def answering(command: _Command) -> _Command:
    """Give a command the options that all questions have."""
    for option in reversed(_OPTIONS + _FORMS):
        command = option(command)
    return command


def printing(command: _Command) -> _Command:
    """Give a command the options that say how answers are printed."""
    for option in reversed(_FORMS):
        command = option(command)
    return command


def opened(address: str, *, create: bool = False) -> "Store":
    """Open the store, or end the command with what is wrong."""
    from onrecord.store.archive import open_store

    return open_store(address, create=create)


def show(answers: "Answers[Any]", columns: tuple[str, ...], *, as_json: bool, as_csv: bool) -> None:
    """Print answers: as JSON lines, as CSV, or some of the columns as a table for a person."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two forms; one of them would be right")
    if as_json:
        _print_json(answers)
    elif as_csv:
        _print_csv(answers)
    else:
        _print_table(answers, columns)


def _print_json(answers: "Answers[Any]") -> None:
    import json

    for row in answers.to_dicts():
        click.echo(json.dumps(row, ensure_ascii=False))


def _print_csv(answers: "Answers[Any]") -> None:
    import csv
    import sys

    from onrecord.store.table import in_words

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answers.columns)
    for row in answers.to_dicts():
        writer.writerow([_harmless(value, in_words(value)) for value in row.values()])


def _harmless(value: object, words: str) -> str:
    """Return the words so that a spreadsheet does not take them for a formula."""
    if isinstance(value, int | float) or not words.startswith(("=", "+", "-", "@", "\t", "\r")):
        return words
    return f"'{words}"


def _print_table(answers: "Answers[Any]", columns: tuple[str, ...]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from onrecord.export.wording import clean
    from onrecord.store.table import in_words

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    for name in columns:
        wide = 3 if name in WORDS else 2
        short = name in SHORT
        table.add_column(
            name.replace("_", " "),
            overflow="fold",
            no_wrap=short,
            ratio=None if short else wide,
        )
    for row in answers.to_dicts():
        table.add_row(*(Text(clean(in_words(row[name]))) for name in columns))
    if len(answers):
        console.print(table)
    click.echo(f"{len(answers)} found", err=True)
