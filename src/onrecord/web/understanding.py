"""What a line in the search box asks for: names, countries, acts, types and days among words."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from onrecord.knowledge.countries import country_of
from onrecord.record import ACTS, EVENT_TYPES

__all__ = ["Understood", "understand"]

_LONGEST = 4
"""Words of a name that are tried together."""
_TOKEN = re.compile(r'"[^"]*"|\S+')
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"((?:19|20)\d\d)-(\d\d)")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_SPOKEN = {
    "denied": "deny", "denies": "deny", "denial": "deny", "accused": "accuse",
    "accuses": "accuse", "promised": "promise", "promises": "promise", "warned": "warn",
    "warns": "warn", "threatened": "threaten", "threatens": "threaten", "demanded": "demand",
    "demands": "demand", "rejected": "reject", "rejects": "reject", "praised": "praise",
    "agreed": "agree", "announced": "announce", "announces": "announce", "confirmed": "confirm",
    "confirms": "confirm", "offered": "offer", "asked": "ask", "apologised": "apologise",
    "apologized": "apologise", "expects": "expect", "expected": "expect",
}  # fmt: skip
"""Forms of the acts that people type."""
_LEADS = {"by": "by", "from": "by", "to": "to", "about": "about", "on": "about", "against": "about"}


@dataclass(frozen=True, slots=True)
class Understood:
    """What was asked for.

    Attributes:
        by: Who speaks or acts.
        to: To whom.
        about: About whom.
        country: Of who speaks.
        act: An act.
        kind: A PLOVER type.
        since: First day.
        until: Last day.
        text: The words that are left.
    """

    by: str | None = None
    to: str | None = None
    about: str | None = None
    country: str | None = None
    act: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield what was understood, for the person who asked."""
        for name, words in (
            ("by", "by"), ("to", "to"), ("about", "about"), ("country", "country"),
            ("act", "act"), ("kind", "event"), ("since", "since"), ("until", "until"),
            ("text", "words"),
        ):  # fmt: skip
            value = getattr(self, name)
            if value:
                yield words, value


def understand(line: str, is_known: Callable[[str], bool]) -> Understood:
    """Return what a line asks for.

    Args:
        line: As it was typed.
        is_known: Tells whether somebody in the store has a name.

    Example:
        >>> understand("Lavrov denied 2022-02 sanctions", lambda name: name == "Lavrov")
        ... # doctest: +NORMALIZE_WHITESPACE
        Understood(by='Lavrov', to=None, about=None, country=None, act='deny', kind=None,
                   since='2022-02-01', until='2022-02-28', text='sanctions')
    """
    tokens = _TOKEN.findall(line)[:40]
    found, words, place = Understood(), list[str](), 0
    while place < len(tokens):
        token = tokens[place]
        lead = _LEADS.get(token.lower())
        size = _name_at(tokens, place + (lead is not None), is_known)
        if size:
            start = place + (lead is not None)
            name = " ".join(tokens[start : start + size])
            field = lead or ("by" if found.by is None else "about")
            if getattr(found, field) is None:
                found, place = replace(found, **{field: name}), start + size
                continue
        read = _read(token, found)
        if read is None:
            words.append(token)
        else:
            found = read
        place += 1
    return replace(found, text=" ".join(words) or None)


def _name_at(tokens: list[str], place: int, is_known: Callable[[str], bool]) -> int:
    """Return how many words from here on are a name that the store knows."""
    if place >= len(tokens) or tokens[place].startswith('"'):
        return 0
    for size in range(min(_LONGEST, len(tokens) - place), 0, -1):
        words = tokens[place : place + size]
        if size == 1 and (words[0].lower() in _SPOKEN or words[0].lower() in ACTS):
            return 0
        if len(" ".join(words)) > 2 and is_known(" ".join(words)):
            return size
    return 0


def _read(token: str, found: Understood) -> Understood | None:
    """Return what a single word adds, or None if it is a word to look for."""
    lower = token.lower()
    act = _SPOKEN.get(lower, lower)
    days = _days(token)
    if act in ACTS and found.act is None:
        return replace(found, act=act)
    if token in EVENT_TYPES and found.kind is None:
        return replace(found, kind=token)
    if days is not None and found.since is None:
        return replace(found, since=days[0], until=days[1])
    country = _country(token)
    if country is not None and found.country is None:
        return replace(found, country=country)
    return None


def _country(token: str) -> str | None:
    """Return the country that a code or a name means."""
    if token.isupper() and len(token) == 3 and token.isalpha():
        return token
    return country_of(token) if token[:1].isupper() else None


def _days(token: str) -> tuple[str, str] | None:
    """Return the first and last day that a year, month or day means."""
    try:
        if _DAY.fullmatch(token):
            day = dt.date.fromisoformat(token).isoformat()
            return day, day
        month = _MONTH.fullmatch(token)
        if month is not None:
            first = dt.date(int(month[1]), int(month[2]), 1)
            after = (first + dt.timedelta(32)).replace(day=1)
            return first.isoformat(), (after - dt.timedelta(1)).isoformat()
    except ValueError:
        return None
    return (f"{token}-01-01", f"{token}-12-31") if _YEAR.fullmatch(token) else None
