"""Read the package's knowledge tables: tab-separated, with their basis and date on top."""

from collections.abc import Iterable
from pathlib import Path

from onrecord.errors import KnowledgeError

__all__ = ["FOLDER", "parse_rows", "read_header", "read_table", "split_list"]

FOLDER = Path(__file__).parent


def read_table(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """Read the rows of a table, comments and empty lines left out.

    Raises:
        KnowledgeError: A row has another number of columns.
    """
    return parse_rows(_lines(name), columns, name)


def parse_rows(lines: Iterable[str], columns: int, name: str) -> tuple[tuple[str, ...], ...]:
    """Read the rows of a table's lines, comments and empty lines left out.

    Raises:
        KnowledgeError: A row has another number of columns.
    """
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        cells = tuple(line.split("\t"))
        if len(cells) != columns:
            raise KnowledgeError(
                f"{name}, line {number}: {len(cells)} columns, but {columns} are expected: {line!r}"
            )
        rows.append(cells)
    return tuple(rows)


def read_header(name: str) -> tuple[str, ...]:
    """Read the comment lines at the top of a table."""
    header = []
    for line in _lines(name):
        if not line.startswith("#"):
            break
        header.append(line.removeprefix("#").strip())
    return tuple(header)


def split_list(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several values.

    Example:
        >>> split_list("Kyiv;Kiev")
        ('Kyiv', 'Kiev')
    """
    return tuple(part for part in cell.split(";") if part)


def _lines(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()
