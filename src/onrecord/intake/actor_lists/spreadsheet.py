"""A CSV table of actors: one row an actor, or several rows where somebody had several roles."""

import csv
from collections.abc import Iterator, Sequence

from onrecord.errors import InputError
from onrecord.intake.actor_lists.listed import (
    Held,
    Kind,
    Listed,
    Passed,
    read_period_day,
    sector_of_title,
)
from onrecord.knowledge.country_codes import country_of_code
from onrecord.knowledge.known import CODEBOOK_SECTORS

__all__ = ["is_spreadsheet", "read_spreadsheet"]

COLUMNS = ("name", "aliases", "kind", "country", "sector", "title", "start", "end", "link")
_BLOCS = frozenset({"IGO", "NGO", "EUR", "UNO", "IMG", "MNC"})
_KINDS: dict[str, Kind] = {"": "person", "person": "person", "organization": "organization"}


def is_spreadsheet(lines: Sequence[str]) -> bool:
    """Tell whether the first line is a header with a name."""
    return bool(lines) and "name" in _header(lines[0])


def _header(line: str) -> list[str]:
    try:
        return [each.strip().lower() for each in next(csv.reader([line]), [])]
    except csv.Error:
        return []


def read_spreadsheet(lines: Sequence[str]) -> Iterator[Listed | Passed]:
    """Yield the actors of a CSV table with a header; columns of other names are passed over."""
    header = _header(lines[0])
    reader = csv.reader(lines[1:])
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
            if any(cells):
                yield _read(dict(zip(header, cells, strict=False)))
        except (InputError, csv.Error) as error:
            yield Passed(reader.line_num + 1, str(error))
        except StopIteration:
            return


def _read(row: dict[str, str]) -> Listed:
    name = row.get("name", "")
    if not name:
        raise InputError("no name")
    kind = _KINDS.get(row.get("kind", "").lower())
    if kind is None:
        raise InputError(f"kind is {row['kind']!r}; person or organization would be right")
    sector = row.get("sector", "").upper()
    if sector and sector not in CODEBOOK_SECTORS:
        raise InputError(
            f"sector is {row['sector']!r}; one of {', '.join(sorted(CODEBOOK_SECTORS))} would be "
            "right"
        )
    title = row.get("title", "")
    start, end = (read_period_day(row.get(each, "")) for each in ("start", "end"))
    held = Held(sector or sector_of_title(title), title, start, end)
    others = tuple(each.strip() for each in row.get("aliases", "").split(";") if each.strip())
    return Listed(
        name, others, kind, _country(row.get("country", "")), (held,), row.get("link", "")
    )


def _country(written: str) -> str:
    if not written or written.upper() in _BLOCS:
        return written.upper()
    code = country_of_code(written)
    if code is None:
        raise InputError(
            f"country is {written!r}; an ISO 3166 code, a country's name or one of "
            f"{', '.join(sorted(_BLOCS))} would be right"
        )
    return code
