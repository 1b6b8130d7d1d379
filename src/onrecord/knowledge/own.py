"""Actors that a user brought: lists that `onrecord actors import` took in.

They lie in one folder, two tables for each list, in the form of `people.tsv` and
`organizations.tsv`. The folder is `ONRECORD_ACTORS`, or `onrecord/actors` in the user's data folder
(`XDG_DATA_HOME`, else `~/.local/share`).
"""

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from onrecord.errors import KnowledgeError
from onrecord.knowledge.spelling import key_of
from onrecord.knowledge.tables import parse_rows, split_list

__all__ = ["Row", "merged", "own_folder", "own_lists", "own_rows", "write_own"]

Row = tuple[str, ...]
_NAME = re.compile(r"[\w-]+")


def own_folder() -> Path:
    """Return where the user's lists lie; it need not exist."""
    given = os.environ.get("ONRECORD_ACTORS")
    if given:
        return Path(given)
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "onrecord" / "actors"


def own_lists(table: str) -> tuple[Path, ...]:
    """Return the user's tables of one kind (`people`, `organizations`), by name."""
    folder = own_folder()
    return tuple(sorted(folder.glob(f"*.{table}.tsv"))) if folder.is_dir() else ()


@cache
def own_rows(table: str, columns: int) -> tuple[Row, ...]:
    """Return the rows of the user's tables of one kind.

    Raises:
        KnowledgeError: A table cannot be read, or a row has another number of columns.
    """
    rows: list[Row] = []
    for path in own_lists(table):
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise KnowledgeError(f"{path} cannot be read: {error}") from error
        rows.extend(parse_rows(lines, columns, str(path)))
    return tuple(rows)


def write_own(name: str, source: str, tables: Mapping[str, Iterable[Row]]) -> Path:
    """Write a list into the user's folder, in place of one of the same name; return the folder.

    Args:
        name: Of the list; a name for a file.
        source: Where it comes from, for the top of the tables.
        tables: Rows by table: `people`, `organizations`.

    Raises:
        KnowledgeError: The name is none for a file, or the folder cannot be written to.
    """
    if not _NAME.fullmatch(name):
        raise KnowledgeError(
            f"{name!r} is no name for a list; letters, digits, - and _ would be right"
        )
    folder = own_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in tables.items():
            part = folder / f"{name}.{table}.part"
            header = f"# {source}, taken in on {dt.datetime.now(dt.UTC).date().isoformat()}.\n"
            part.write_text(header + "".join("\t".join(row) + "\n" for row in rows), "utf-8")
            part.replace(folder / f"{name}.{table}.tsv")
    except OSError as error:
        raise KnowledgeError(
            f"{folder}: could not be written: {error.strerror}; a folder in ONRECORD_ACTORS that "
            "may be written to would be right"
        ) from None
    own_rows.cache_clear()
    return folder


def merged(
    shipped: Iterable[Row], own: Iterable[Row], *, names: int, country: int, roles: int
) -> tuple[Row, ...]:
    """Join the user's rows to the shipped ones.

    A row whose name, or one of whose other names, is that of a shipped one of the same country adds
    its names and roles to it; every other row stands for itself.

    Args:
        shipped: Rows of a shipped table; the name stands first.
        own: Rows of the user's tables.
        names: Column of the other names.
        country: Column of the country.
        roles: Column of the roles.
    """
    rows = {row[0]: row for row in shipped}
    spelled: dict[tuple[str, ...], str] = {}
    for row in rows.values():
        for name in (row[0], *split_list(row[names])):
            spelled.setdefault(key_of(name), row[0])
    for row in own:
        every = (row[0], *split_list(row[names]))
        same = (spelled[key] for key in map(key_of, every) if key in spelled)
        known = rows.get(next(same, row[0]))
        if known is None:
            rows[row[0]] = row
        elif row[country] and known[country] and row[country] != known[country]:
            named = f"{row[0]} ({row[country]})"
            rows[named] = (named, ";".join((row[0], *split_list(row[names]))), *row[2:])
        else:
            cells = list(known)
            others = dict.fromkeys((*split_list(known[names]), *every))
            cells[names] = ";".join(name for name in others if name != known[0])
            cells[country] = known[country] or row[country]
            cells[roles] = ";".join(cell for cell in (known[roles], row[roles]) if cell)
            rows[known[0]] = tuple(cells)
    return tuple(rows.values())
