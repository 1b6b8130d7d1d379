"""Choose the person that a name means on a day."""

import datetime as dt
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from onrecord.knowledge.countries import name_of
from onrecord.knowledge.entries import (
    FAMILY_FIRST,
    Entry,
    entries,
    find_name,
    known_entry,
    surname_entries,
)
from onrecord.knowledge.given_names import is_same_given, is_same_person, is_short_for
from onrecord.knowledge.known import Known, known
from onrecord.knowledge.offices import holder_of, offices
from onrecord.knowledge.spelling import fold
from onrecord.knowledge.terms import Role, role_on

__all__ = ["bears_name", "choose_person", "known_person", "office_holder", "person_with_title"]

_FAR_RANK = 9
_SAME = 0.86
"""`Adil Abdul Mahdi` and `Adel Abdul Mahdi` reach .94, two people of one surname at most .8."""
_NOT_ACTIVE = 6
_PAST = 3
_UNDATED = 6
_UNITED_NATIONS = "UNO"
_HEADS = 2
"""The highest rank of those who head a state, a government or an organization."""


def bears_name(key: str, name: str) -> bool:
    """Tell whether a full name may be that of a person of the tables.

    Example:
        >>> bears_name("person:Jim Mattis", "James Mattis")
        True
        >>> bears_name("person:Jake Sullivan", "Kevin Sullivan")
        False
    """
    entry = entries().get(key)
    words = fold(name).replace("-", " ").split()
    return entry is not None and any(
        is_same_person(fold(each).replace("-", " ").split(), words) for each in entry.names
    )


def known_person(name: str, on: dt.date | None = None) -> tuple[Known, ...]:
    """Return everyone whom a surname or full name may mean on a day, likeliest first."""
    keys = _keys(name.split())
    ranked = sorted(keys, key=lambda key: _distance(entries()[key], on))
    found = (known_entry(key, on) for key in ranked)
    return tuple(each for each in found if each is not None)


def _keys(words: Sequence[str]) -> tuple[str, ...]:
    return _full(words) or surname_entries(words) or _respelt(words)


def _full(words: Sequence[str]) -> tuple[str, ...]:
    """Return the people of this full name, middle initials left out (`John F. Kerry`)."""
    plain = [word for word in words if not (len(word) == 2 and word.endswith("."))]
    found = find_name(words) or (find_name(plain) if len(plain) > 1 else ())
    return tuple(key for key in found if key.startswith("person:"))


def _respelt(words: Sequence[str]) -> tuple[str, ...]:
    """Return the people of this surname whose whole name differs by a letter or two."""
    if len(words) < 2 or not words[0][:1].isupper():
        return ()
    name = fold(" ".join(words))
    near = (key for key in surname_entries(words[-1:]) if _is_respelling(entries()[key], name))
    return tuple(near)


def _is_respelling(entry: Entry, name: str) -> bool:
    if entry.country in FAMILY_FIRST:
        return False
    return any(
        is_same_given(fold(each).split()[0], name.split(maxsplit=1)[0])
        and SequenceMatcher(None, fold(each), name).ratio() >= _SAME
        for each in entry.names
    ) or any(is_short_for(fold(each).split(), name.split()) for each in entry.names)


def _distance(entry: Entry, on: dt.date | None) -> int:
    """Return how far a person is from the news of the day: their rank, more when out of office.

    Whoever leads the United Nations comes before the head of a state, who stays known for longer
    than others; a role without dates (`first lady`) tells least.
    """
    role, is_past = role_on(entry.roles, on)
    if role is None:
        return _FAR_RANK + _NOT_ACTIVE
    if is_past:
        years = _years_since(role, on)
        return role.rank + _PAST + (years // 2 if role.rank <= _HEADS else years)
    if role.country == _UNITED_NATIONS and role.rank <= _HEADS:
        return 0
    return role.rank + (_UNDATED if on and not (role.start or role.end or role.office) else 0)


def _years_since(role: Role, on: dt.date | None) -> int:
    return (on - role.end).days // 365 if on and role.end else 0


def choose_person(
    words: Sequence[str],
    on: dt.date | None,
    *,
    country: str | None = None,
    office: str | None = None,
) -> Known | None:
    """Return the person that a name means, with what the phrase says of country and office."""
    full = _full(words)
    keys = full or surname_entries(words) or _respelt(words)
    if not keys and len(words) > 2 and (country or office):
        keys = tuple(key for key in _full(words[:-1]) if _fits(entries()[key], country, office))
    fitting = [key for key in keys if _fits(entries()[key], country, office)]
    if not fitting and (country or office) and not full:
        return None
    ranked = sorted(fitting or keys, key=lambda key: _distance(entries()[key], on))
    if not ranked:
        return None
    found = known_entry(ranked[0], on)
    return found and found.doubted(_doubt(ranked, on, is_full=bool(full)))


def _fits(entry: Entry, country: str | None, office: str | None) -> bool:
    right_country = country is None or country in {entry.country, *(r.country for r in entry.roles)}
    return right_country and (office is None or any(r.office == office for r in entry.roles))


def _doubt(ranked: Sequence[str], on: dt.date | None, *, is_full: bool) -> float:
    if len(ranked) == 1:
        in_office = _distance(entries()[ranked[0]], on) < _NOT_ACTIVE
        return 1.0 if is_full else (0.95 if in_office else 0.8)
    first, second = (_distance(entries()[key], on) for key in ranked[:2])
    return 0.85 if second - first >= _PAST else 0.6


def person_with_title(found: Known, office: str | None, on: dt.date | None) -> Known:
    """Return the person in the office that the phrase names, where no day says otherwise."""
    entry = entries().get(found.entry)
    if on is not None or entry is None or office is None:
        return found
    held = [role for role in entry.roles if role.office == office]
    role = max(held, key=lambda each: each.start or dt.date.min, default=None)
    if role is None:
        return found
    return known(
        found.name, "person", role.country or entry.country, role.sector, title=role.title,
        links=found.links, entry=found.entry, confidence=found.confidence,
    )  # fmt: skip


def office_holder(of: str, office: str, on: dt.date | None = None) -> Known | None:
    """Return who held an office of a country (alpha-3) or organization on a day.

    Example:
        >>> import datetime as dt
        >>> office_holder("GBR", "prime minister", dt.date(2022, 2, 2)).name
        'Boris Johnson'
    """
    term = holder_of(of, office, on)
    if term is None:
        return None
    found = known_entry(f"person:{term.person}", term.start)
    if found is None:
        return None
    sector = offices()[office].sector
    country = found.codebook_country
    confidence = found.confidence if on else 0.6
    again = known(
        found.name, "person", country, sector, title=office_title(of, office), links=found.links,
        entry=found.entry, confidence=confidence,
    )  # fmt: skip
    return replace(again, title=office)


def office_title(of: str, office: str) -> str:
    """Return an office with its country or organization (`president of Ukraine`)."""
    return f"{office} of {name_of(of) or of}"
