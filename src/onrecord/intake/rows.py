"""Rows of measured data: JSON lines of objects with an `id`, read one by one."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from reprlib import repr as brief
from typing import Any, TypeVar

from onrecord.errors import InputError
from onrecord.intake.articles import without_surrogates
from onrecord.intake.marked import read_text

__all__ = ["Row", "day_in", "name_in", "read_rows", "string_in", "words_in"]

Row = dict[str, Any]
_Each = TypeVar("_Each")


def read_rows(
    path: Path, kind: str, example: str, make: Callable[[Row], _Each]
) -> Iterator[_Each | InputError]:
    """Yield what is made of the rows of a file; in place of a bad row, the error.

    Args:
        path: JSON lines.
        kind: What a row is of, for errors: `actor`.
        example: A row that would be right.
        make: Makes the thing of a row; raises InputError where a field is not as it should be.

    Raises:
        InputError: There is no such file, it is no text, or has no row.
    """
    lines = read_text(path, f"rows of {kind}s").split("\n")
    if not any(line.strip() for line in lines):
        raise InputError(f"{path}: no {kind}; a line {example} would be right")
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield make(_object(line, example))
            except InputError as error:
                yield InputError(f"{path}:{number}: {error}")


def _object(line: str, example: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"not JSON ({error}); one object a line would be right: {example}"
        ) from None
    if not isinstance(row, dict):
        raise InputError(f"{brief(row)} is not an object; {example} would be right")
    return row


def name_in(row: Row) -> str:
    """Return the `id` of a row.

    Raises:
        InputError: It has none, or one that is no string or whole number.
    """
    name = row.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise InputError(f"'id' is {brief(name)}; a string or a whole number would be right")
    return without_surrogates(str(name))


def string_in(row: Row, name: str) -> str | None:
    """Return a field that may be missing or null.

    Raises:
        InputError: It is no string.
    """
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{name!r} is {brief(value)}; a string or null would be right")
    return without_surrogates(value) if value is not None else None


def words_in(row: Row, name: str, meant: str) -> str:
    """Return a field that must have words.

    Raises:
        InputError: It has none.
    """
    value = string_in(row, name)
    if value is None or not value.strip():
        raise InputError(f"{name!r} is {brief(value)}; {meant} would be right")
    return value


def day_in(row: Row, name: str) -> dt.date | None:
    """Return the day that a field tells, in any usual order of day, month and year.

    Raises:
        InputError: It tells none.
    """
    written = string_in(row, name)
    if not written or not written.strip():
        return None
    from dateutil.parser import parse

    try:
        return parse(written, default=dt.datetime(2000, 1, 1)).date()  # noqa: DTZ001 (a day only)
    except (ValueError, OverflowError):
        raise InputError(
            f"{name!r} is {brief(written)}; a day like 2022-02-01 would be right"
        ) from None
