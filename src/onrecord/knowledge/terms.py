"""What someone is from one day to another: sectors and offices with their dates."""

import datetime as dt
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.errors import KnowledgeError

__all__ = ["KNOWN_UNTIL", "Role", "parse_day", "parse_period", "parse_roles", "role_on"]

KNOWN_UNTIL = dt.date(2025, 1, 31)
"""Until this day the tables follow changes of office; what is open then may have ended since."""

SETTLING = dt.timedelta(days=30)
_OUTRANKED = 3
"""Without a day, a last role this many ranks below the highest does not stand for the person."""


class Role(NamedTuple):
    """A sector, and mostly a title, held from `start` (included) to `end` (excluded).

    Attributes:
        sector: PLOVER codebook sector; empty where there is none.
        title: Office or role in words, or None.
        start: First day, or None where unknown.
        end: Day after the last, or None while it is open.
        rank: 1 for the head of state to 9; the lower one stands for the person.
        office: Key of the office, or empty.
        country: Codebook country in this role.
        acting: True for a holder ad interim.
    """

    sector: str
    title: str | None
    start: dt.date | None = None
    end: dt.date | None = None
    rank: int = 5
    office: str = ""
    country: str | None = None
    acting: bool = False

    def holds(self, on: dt.date) -> bool:
        """Tell whether it is held on a day."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


def role_on(roles: tuple[Role, ...], on: dt.date | None) -> tuple[Role | None, bool]:
    """Return the role that counts on a day, and whether it is past.

    Without a day the last role is taken, as still held. A day before every role gives None.
    """
    if on is None:
        return _foremost(roles), False
    held = [role for role in roles if role.holds(on)]
    if held:
        return min(held, key=lambda role: role.rank), False
    past = [role for role in roles if role.end is not None and role.end <= on]
    if not past:
        return None, False
    last = max(past, key=_last_first)
    return last, bool(last.end and on - last.end > SETTLING)


def _foremost(roles: tuple[Role, ...]) -> Role | None:
    """Return the last role, or the highest where the last is far below it (`Jimmy Carter`)."""
    if not roles:
        return None
    last = max(roles, key=_last_first)
    highest = min(roles, key=lambda role: (role.rank, -_last_first(role)[0].toordinal()))
    return highest if last.rank - highest.rank >= _OUTRANKED else last


def _last_first(role: Role) -> tuple[dt.date, int]:
    return role.end or dt.date.max, -role.rank


@cache
def parse_day(text: str) -> dt.date:
    """Read `2022-02-01`, `2022-02` or `2022`; a coarse one means its first day.

    Raises:
        KnowledgeError: It is no date.
    """
    padded = text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text
    try:
        return dt.date.fromisoformat(padded)
    except ValueError as error:
        raise KnowledgeError(f"{text!r} is no date: write 2022, 2022-02 or 2022-02-01") from error


def parse_period(text: str) -> tuple[dt.date | None, dt.date | None]:
    """Read `start..end`, each of which may be missing.

    Example:
        >>> parse_period("2021-08..")
        (datetime.date(2021, 8, 1), None)
    """
    start, _, end = text.partition("..")
    return (parse_day(start) if start else None, parse_day(end) if end else None)


@lru_cache(maxsize=4096)
def parse_roles(cell: str) -> tuple[Role, ...]:
    """Read roles written `SECTOR:title@start..end;...`; title and period may be missing.

    Example:
        >>> [role.sector for role in parse_roles("REB@..2021-08-15;GOV@2021-08-15..")]
        ['REB', 'GOV']
    """
    return tuple(_role(part) for part in cell.split(";") if part)


def _role(text: str) -> Role:
    what, _, period = text.partition("@")
    sector, _, title = what.partition(":")
    start, end = parse_period(period)
    return Role(sector, title or None, start, end)
