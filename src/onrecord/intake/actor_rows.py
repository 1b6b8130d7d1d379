"""Actors whose country and sector somebody marked: JSON lines of `id`, `text` and `query_date`.

`country` and `sector` are what is right; a row may have neither, and null says that nobody marked
it. An empty string says that there is none.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from reprlib import repr as brief
from typing import Any

from onrecord.errors import InputError
from onrecord.intake.articles import without_surrogates
from onrecord.intake.marked import read_text

__all__ = ["ActorRow", "read_actor_rows"]

_ROW = '{"id": "1", "text": "the Hungarian prime minister", "query_date": "2022-02-01"}'


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A phrase that means an actor.

    Attributes:
        id: Its name.
        text: The phrase.
        on: The day on which it is to be understood, if one is told.
        country: The right country code; empty for none, None if nobody marked it.
        sector: The right sector code, alike.
    """

    id: str
    text: str
    on: dt.date | None
    country: str | None
    sector: str | None


def read_actor_rows(path: Path) -> Iterator[ActorRow | InputError]:
    """Yield the rows of a file; in place of a row that is not as it should be, the error.

    Args:
        path: JSON lines.

    Raises:
        InputError: There is no such file, it is no text, or has no row.
    """
    lines = read_text(path, "rows of actors").split("\n")
    if not any(line.strip() for line in lines):
        raise InputError(f"{path}: no actor; a line {_ROW} would be right")
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _read_row(line)
            except InputError as error:
                yield InputError(f"{path}:{number}: {error}")


def _read_row(line: str) -> ActorRow:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON ({error}); one object a line would be right: {_ROW}") from None
    if not isinstance(row, dict):
        raise InputError(f"{brief(row)} is not an object; {_ROW} would be right")
    name = row.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise InputError(f"'id' is {brief(name)}; a string or a whole number would be right")
    text = _string(row, "text")
    if text is None or not text.strip():
        raise InputError(f"'text' is {brief(text)}; the words for an actor would be right")
    return ActorRow(
        without_surrogates(str(name)),
        without_surrogates(text),
        _day(_string(row, "query_date")),
        _string(row, "country"),
        _string(row, "sector"),
    )


def _string(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{name!r} is {brief(value)}; a string or null would be right")
    return value


def _day(written: str | None) -> dt.date | None:
    if not written or not written.strip():
        return None
    from dateutil.parser import parse

    try:
        return parse(written, default=dt.datetime(2000, 1, 1)).date()  # noqa: DTZ001 (a day only)
    except (ValueError, OverflowError):
        raise InputError(
            f"'query_date' is {brief(written)}; a day like 2022-02-01 would be right"
        ) from None
