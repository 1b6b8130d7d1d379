"""Actors whose country and sector somebody marked: JSON lines of `id`, `text` and `query_date`.

`country` and `sector` are what is right; a row may have neither, and null says that nobody marked
it. An empty string says that there is none.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError
from onrecord.intake.rows import Row, day_in, name_in, read_rows, string_in, words_in

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
    return read_rows(path, "actor", _ROW, _read_row)


def _read_row(row: Row) -> ActorRow:
    return ActorRow(
        name_in(row),
        words_in(row, "text", "the words for an actor"),
        day_in(row, "query_date"),
        string_in(row, "country"),
        string_in(row, "sector"),
    )
