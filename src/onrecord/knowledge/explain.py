"""Say from which rows of which tables an actor comes."""

import datetime as dt
from collections.abc import Iterator

from onrecord.knowledge.entries import entries
from onrecord.knowledge.offices import Term, terms
from onrecord.knowledge.own import own_lists
from onrecord.knowledge.spelling import key_of
from onrecord.knowledge.tables import parse_rows, read_table, split_list

__all__ = ["explain"]

_TABLES = {"person": ("people", 5), "org": ("organizations", 6)}
_RULES = {
    "agent": "a noun in agents.tsv, with the country and body that the phrase names",
    "title": "a title in agents.tsv before a name that no table has",
    "part": "a name that holds a country's",
    "namesake": "the body of that name in another country",
    "complement": "the complement of the phrase",
}
"""What the other keys mean that an answer may have."""


def explain(key: str, on: dt.date | None = None) -> tuple[str, ...]:
    """Return where an entry comes from, a line each: table, row and, on a day, what holds.

    Example:
        >>> explain("seat:RUS:Kremlin")
        ('countries.tsv: RUS, seat Kremlin',)
    """
    kind, _, rest = key.partition(":")
    if kind in _RULES:
        return (_RULES[kind], *(explain(rest, on) if rest in entries() else ()))
    if kind in _TABLES:
        return tuple(_rows(kind, rest, on))
    code, _, name = rest.partition(":")
    return (f"countries.tsv: {code}" + (f", {kind} {name}" if name else ""),)


def _rows(kind: str, name: str, on: dt.date | None) -> Iterator[str]:
    table, columns = _TABLES[kind]
    if kind == "person":
        yield from (_term(each, on) for each in terms() if each.person == name)
    for row in read_table(f"{table}.tsv", columns):
        if row[0] == name:
            yield f"{table}.tsv: {_shown(row)}"
    entry = entries().get(f"{kind}:{name}")
    keys = {key_of(each) for each in (entry.names if entry else (name,))}
    for path in own_lists(table):
        lines = path.read_text(encoding="utf-8").split("\n")
        for row in parse_rows(lines, columns, str(path)):
            if any(key_of(each) in keys for each in (row[0], *split_list(row[1]))):
                yield f"{path}: {_shown(row)}"


def _term(term: Term, on: dt.date | None) -> str:
    holds = on is not None and term.start <= on and (term.end is None or on < term.end)
    until = term.end.isoformat() if term.end else ""
    shown = f"offices.tsv: {term.office} of {term.of}, {term.start}..{until}"
    return f"{shown}, held on that day" if holds else shown


def _shown(row: tuple[str, ...]) -> str:
    return " | ".join(cell for cell in row if cell)
