"""What a list says of an actor, whatever its format, and the row of the table that it becomes."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.errors import InputError, KnowledgeError
from onrecord.knowledge.known import CODEBOOK_SECTORS
from onrecord.knowledge.resolver import resolve_actor
from onrecord.knowledge.terms import parse_day

__all__ = ["Held", "Kind", "Listed", "Passed", "joined", "read_period_day", "sector_of_title"]

Kind = Literal["person", "organization"]

_RESERVED = re.compile(r"[\t\n\r;@]+|\.\.")


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody has from one day to another.

    Attributes:
        sector: PLOVER codebook sector; empty where the list tells none.
        title: The role in words; empty where the list tells none.
        start: First day, if the list tells it.
        end: Day after the last, if the list tells it.
    """

    sector: str
    title: str = ""
    start: dt.date | None = None
    end: dt.date | None = None

    def cell(self) -> str:
        """Return the role as the tables write it."""
        named = f"{self.sector}:{_plain(self.title)}" if self.title else self.sector
        if self.start is None and self.end is None:
            return named
        start, end = (day.isoformat() if day else "" for day in (self.start, self.end))
        return f"{named}@{start}..{end}"


@dataclass(frozen=True, slots=True)
class Listed:
    """An actor of a list.

    Attributes:
        name: Usual name.
        others: Other spellings.
        kind: Person or organization.
        country: Codebook country; empty for none.
        roles: What they are, with dates.
        link: `wikidata:Q1` or the like; empty for none.
    """

    name: str
    others: tuple[str, ...]
    kind: Kind
    country: str
    roles: tuple[Held, ...]
    link: str = ""

    def row(self) -> tuple[str, ...]:
        """Return the row of `people.tsv` or `organizations.tsv`."""
        others = ";".join(dict.fromkeys(_plain(each) for each in self.others if each != self.name))
        roles = ";".join(dict.fromkeys(held.cell() for held in self.roles if held.sector))
        if self.kind == "person":
            return _plain(self.name), others, self.country, roles, _plain(self.link)
        return _plain(self.name), others, "own", self.country, roles, _plain(self.link)


@dataclass(frozen=True, slots=True)
class Passed:
    """A line that tells of no actor that could be taken in.

    Attributes:
        line: Its number.
        why: Why not.
        is_fault: Whether it is not as it should be, or merely of no use.
    """

    line: int
    why: str
    is_fault: bool = True


def joined(listed: Iterable[Listed]) -> tuple[Listed, ...]:
    """Join those of one kind, name and country: their roles add up."""
    found: dict[tuple[str, str, str], Listed] = {}
    for each in listed:
        key = (each.kind, each.name, each.country)
        before = found.get(key)
        found[key] = (
            each
            if before is None
            else replace(
                before,
                others=tuple(dict.fromkeys((*before.others, *each.others))),
                roles=tuple(dict.fromkeys((*before.roles, *each.roles))),
                link=before.link or each.link,
            )
        )
    return tuple(found.values())


def sector_of_title(title: str) -> str:
    """Return the sector of a role in words; empty if it tells none.

    Example:
        >>> sector_of_title("Prime Minister of Hungary"), sector_of_title("friend of the family")
        ('GOV', '')
    """
    found = resolve_actor(title)
    sector = found.codebook_sector if found else None
    return sector if sector in CODEBOOK_SECTORS - {"UNK", "CVL"} else ""


def read_period_day(written: str) -> dt.date | None:
    """Return the day that `2022`, `2022-02` or `2022-02-01` begins with; None for nothing.

    Raises:
        InputError: It is no date.
    """
    cut = written.strip()[:10]
    if not cut:
        return None
    try:
        return parse_day(cut)
    except KnowledgeError as error:
        raise InputError(str(error)) from None


def _plain(text: str) -> str:
    """Return words without the characters that divide a table's cells."""
    return " ".join(_RESERVED.sub(" ", text).split())
