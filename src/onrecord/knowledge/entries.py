"""Every named actor in one index, and the names of a text found in one pass."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple, Protocol

from msgspec import Struct

from onrecord.knowledge.countries import countries
from onrecord.knowledge.known import Known, known
from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.offices import Person, home_of, person_of, spellings_of_people
from onrecord.knowledge.organizations import ARMED_KINDS, organizations
from onrecord.knowledge.spelling import is_written_as, key_of, key_of_words, parts_of
from onrecord.knowledge.tables import read_table, split_list
from onrecord.knowledge.terms import KNOWN_UNTIL, Role, role_on
from onrecord.record import ActorKind

__all__ = [
    "Entry",
    "entries",
    "find_name",
    "is_ambiguous",
    "is_vague_place",
    "known_entry",
    "match_names",
    "passed_over",
    "surname_entries",
]

COUNTRY, SEAT, ORGANIZATION, CAPITAL, PERSON = range(5)
_PERSON = "person:"
"""What the keys of people begin with."""


class Holder(Protocol):
    """Who has roles: an organization, a person, the seat of a government."""

    @property
    def roles(self) -> tuple[Role, ...]: ...


class _Seat(NamedTuple):
    roles: tuple[Role, ...]


class Entry(NamedTuple):
    """A named actor.

    Attributes:
        key: `country:RUS`, `seat:RUS:Kremlin`, `capital:RUS:Moscow`, `org:NATO`, `person:...`.
        name: Usual English name.
        names: Every spelling.
        kind: As in the record.
        country: Codebook country.
        holder: Who has its roles, if there are any.
        link: Wikipedia title, or empty.
        order: Which of two entries of one name is meant first.
        group: What sort it is: the organization's kind, `country`, `seat`, `capital`, `person`.
    """

    key: str
    name: str
    names: tuple[str, ...]
    kind: ActorKind
    country: str | None
    holder: Holder | None
    link: str
    order: int
    group: str

    @property
    def roles(self) -> tuple[Role, ...]:
        """Sectors with dates; empty where the entry has none."""
        return self.holder.roles if self.holder else ()


class _Entries(Mapping[str, Entry]):
    """Every named actor by key; people, of whom an article names few, are made when asked for."""

    def __init__(self) -> None:
        self._made = {entry.key: entry for entry in _no_persons()}
        self._others = len(self._made)

    def __getitem__(self, key: str) -> Entry:
        entry = self._made.get(key)
        if entry is None:
            entry = self._made[key] = _person(key)
        return entry

    def __iter__(self) -> Iterator[str]:
        yield from islice(self._made, self._others)
        yield from map(_key_of_person, spellings_of_people())

    def __len__(self) -> int:
        return self._others + len(spellings_of_people())


@cache
def entries() -> Mapping[str, Entry]:
    """Return every named actor by key."""
    return _Entries()


@cache
def _no_persons() -> tuple[Entry, ...]:
    return (*_states(), *_bodies())


def _states() -> Iterator[Entry]:
    for country in countries().values():
        code, name = country.code, country.name
        names = (name, *country.names)
        yield Entry(f"country:{code}", name, names, "country", code, None, name, COUNTRY, "country")
        for seat in country.seats:
            role = _Seat((Role(seat.sector, None),))
            key = f"seat:{code}:{seat.name}"
            yield Entry(key, seat.name, (seat.name,), "country", code, role, "", SEAT, "seat")
        for capital in country.capitals:
            role = _Seat((Role("GOV", None),))
            key = f"capital:{code}:{capital}"
            yield Entry(key, capital, (capital,), "country", code, role, "", CAPITAL, "capital")


def _bodies() -> Iterator[Entry]:
    for body in organizations().values():
        kind: ActorKind = "group" if body.kind == "people" else "organization"
        yield Entry(
            f"org:{body.name}", body.name, (body.name, *body.aliases), kind, body.country,
            body, body.link, ORGANIZATION, body.kind,
        )  # fmt: skip


def _person(key: str) -> Entry:
    """Return the entry of a person.

    Raises:
        KeyError: The key is not that of a person who is known.
    """
    person = person_of(key.removeprefix(_PERSON)) if key.startswith(_PERSON) else None
    if person is None:
        raise KeyError(key)
    return Entry(
        key, person.name, _names_of(person.name, person.aliases), "person", person.country, person,
        person.link, PERSON, "person",
    )  # fmt: skip


def _key_of_person(name: str) -> str:
    return _PERSON + name


def _names_of(name: str, aliases: Sequence[str]) -> tuple[str, ...]:
    shorter = _shorter(name) if name.count(" ") > 1 else ()
    return tuple(dict.fromkeys((name, *aliases, *shorter))) if aliases or shorter else (name,)


def _shorter(name: str) -> tuple[str, ...]:
    """Return the name without what stands between its first and last word."""
    words = name.split()
    middle = words[1:-1]
    if len(words) < 3 or any(word[:1].islower() or "-" in word for word in middle):
        return ()
    return (f"{words[0]} {words[-1]}",)


_Key = tuple[str, ...]


@cache
def _spelled() -> dict[str, list[tuple[str, str]]]:
    """Return every name with the key of its entry, by the folded first part of the name.

    Regions and `not_actors.tsv` stand behind the others with an empty key, to be passed over.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for name, key in _spellings():
        plain = name.removeprefix("the ")
        found.setdefault(_part(plain, 0), []).append((plain, key))
    return found


def _spellings() -> Iterator[tuple[str, str]]:
    """Yield every name with the key of its entry, those that are meant first before others."""
    for entry in sorted(_no_persons(), key=lambda entry: entry.order):
        yield from ((name, entry.key) for name in entry.names)
    for person, (usual, *aliases) in spellings_of_people().items():
        key = _key_of_person(person)
        yield from ((name, key) for name in _names_of(usual, aliases))
    for _, blocked in (*read_table("regions.tsv", 2), *read_table("not_actors.tsv", 2)):
        yield from ((name, "") for name in split_list(blocked))


def _part(name: str, place: int) -> str:
    """Return the folded first (0) or last (-1) part of a name; "" of one that has no parts."""
    word = name.split(" ")[place]
    if word.isascii() and word.isalpha():
        return word.lower()
    return (key_of(name) or ("",))[place]


class _Names(Struct, frozen=True):
    """The names that begin with one part, each with the keys of its entries, by all their parts."""

    keys: dict[_Key, tuple[tuple[str, str], ...]]
    longest: int


@cache
def _beginning(first: str) -> _Names:
    """Return the names that begin with a folded part; an article asks for few of them."""
    names: dict[_Key, tuple[tuple[str, str], ...]] = {}
    for name, entry in _spelled().get(first, ()):
        key = key_of(name)
        if entry:
            names[key] = (*names.get(key, ()), (name, entry))
        elif len(key) > 1:
            names.setdefault(key, ((name, ""),))
    return _Names(names, max(map(len, names), default=1))


def _named(key: _Key) -> tuple[tuple[str, str], ...]:
    """Return the spellings with these parts, and the entries that they name, best first."""
    if not key or key[0] not in _spelled():
        return ()
    return _beginning(key[0]).keys.get(key, ())


@cache
def _ambiguous() -> dict[_Key, str]:
    """Map the names of `ambiguous.tsv` to what they are: people, bodies or places."""
    rows = read_table("ambiguous.tsv", 2)
    return {key_of(name): kind for kind, names in rows for name in split_list(names)}


def is_vague_place(words: Sequence[str]) -> bool:
    """Tell whether a capital or seat of this name is more often something else.

    Example:
        >>> is_vague_place(["Victoria"]), is_vague_place(["Moscow"])
        (True, False)
    """
    return _ambiguous().get(key_of_words(words)) == "places"


def is_ambiguous(words: Sequence[str]) -> bool:
    """Tell whether a name is marked as borne by more than one actor.

    Example:
        >>> is_ambiguous(["Mike", "Johnson"]), is_ambiguous(["NATO"])
        (True, False)
    """
    key = key_of_words(words)
    return key in _ambiguous() or len({entry for _, entry in _named(key)}) > 1


def find_name(words: Sequence[str], *, any_case: bool = False) -> tuple[str, ...]:
    """Return the keys of the entries that these words as a whole name, best first."""
    key = key_of_words(words)
    found = _named(key)
    if not found and key[:1] == ("the",):
        key, words = key[1:], words[1:]
        found = _named(key)
    fitting = (entry for name, entry in found if any_case or is_written_as(words, name))
    return tuple(dict.fromkeys(entry for entry in fitting if entry))


def match_names(words: Sequence[str]) -> tuple[tuple[int, int, str], ...]:
    """Find the longest known names in running words: (first, last excluded, entry key).

    Example:
        >>> match_names("the Kremlin told NATO and us".split())
        ((1, 2, 'seat:RUS:Kremlin'), (3, 4, 'org:NATO'))
    """
    return tuple(each for each in _matched(tuple(words)) if each[2])


def passed_over(words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Find the longer names in running words that hold an actor's and mean none.

    Example:
        >>> passed_over("into the Sea of Japan".split())
        ((2, 5),)
    """
    return tuple((first, last) for first, last, key in _matched(tuple(words)) if not key)


@lru_cache(maxsize=8192)
def _matched(words: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    parts, begins = key_of_words(words), _spelled()
    if begins.keys().isdisjoint(parts):
        return ()
    places = [index for index, word in enumerate(words) for _ in parts_of(word)]
    found = []
    at = 0
    while at < len(parts):
        size, key = _longest_at(parts, places, at, words) if parts[at] in begins else (1, None)
        if key is not None:
            found.append((places[at], places[at + size - 1] + 1, key))
        at += size
    return tuple(found)


def _longest_at(
    parts: tuple[str, ...], places: list[int], at: int, words: tuple[str, ...]
) -> tuple[int, str | None]:
    """Return how many parts the longest name at one of them has, and its entry."""
    if at and places[at - 1] == places[at]:
        return 1, None
    names = _beginning(parts[at])
    for end in range(min(at + names.longest, len(parts)), at, -1):
        named = names.keys.get(parts[at:end])
        if named is None or (end < len(parts) and places[end] == places[end - 1]):
            continue
        surface = words[places[at] : places[end - 1] + 1]
        for name, key in named:
            if is_written_as(surface, name):
                return end - at, key
    return 1, None


@cache
def _called() -> dict[str, list[str]]:
    """Return people's names by the folded last part of what they may be called by alone."""
    found: dict[str, list[str]] = {}
    for person, names in spellings_of_people().items():
        for part in dict.fromkeys(_last_parts(person, names)):
            found.setdefault(part, []).append(person)
    return found


def _last_parts(person: str, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield _part(name, -1)
    if _is_family_first(person):
        yield _part(person.partition(" ")[0], -1)


def _is_family_first(person: str) -> bool:
    """Tell whether a name begins with the surname: that of Kim Jong Un, not that of Joseph Wu."""
    first, _, rest = person.partition(" ")
    return bool(rest) and home_of(person) in FAMILY_FIRST and first not in nominals().given


@cache
def _surnames(last: str) -> dict[_Key, tuple[str, ...]]:
    """Return the surnames that end with a folded part, with the keys of who bears them."""
    found: dict[_Key, tuple[str, ...]] = {}
    for person in filter(None, map(person_of, _called().get(last, ()))):
        for name in dict.fromkeys(_surname_forms(person)):
            key = key_of(name)
            found[key] = (*found.get(key, ()), _key_of_person(person.name))
    return found


FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "KHM", "HKG", "MAC"})
_PARTICLES = frozenset({
    "al", "el", "bin", "ibn", "ben", "von", "van", "de", "der", "den", "da", "di", "du", "la",
    "le", "del", "della", "dos", "do", "ter", "ould", "abu", "mc", "st", "bint", "al-", "san",
})  # fmt: skip


def _surname_forms(person: Person) -> tuple[str, ...]:
    forms = []
    for name in (person.name, *person.aliases):
        words = name.split()
        forms.append(words[-1])
        first = len(words) - 1
        while first > 1 and words[first - 1].lower() in _PARTICLES:
            first -= 1
        forms.append(" ".join(words[first:]))
        if len(words) > 2:
            forms.append(" ".join(words[-2:]))
        if "-" in words[-1]:
            head, _, tail = words[-1].partition("-")
            if head.lower() in _PARTICLES:
                forms.append(tail)
        if name == person.name and _is_family_first(name):
            forms.append(words[0])
    return tuple(forms)


def surname_entries(words: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of the people with this surname."""
    if not words or not words[0][:1].isalpha() or words[0] == words[0].lower():
        return ()
    key = key_of_words(words)
    return _surnames(key[-1]).get(key, ()) if key and key[-1] in _called() else ()


def known_entry(key: str, on: dt.date | None = None) -> Known | None:
    """Return what an entry is on a day, or None where there is no such entry."""
    entry = entries().get(key)
    if entry is None:
        return None
    if entry.kind == "person":
        return _known_person(entry, on)
    role = _role_of_body(entry, on)
    return known(
        _shown(entry), entry.kind, entry.country, role.sector if role else None,
        title=role.title if role else None, links=_links(entry), entry=entry.key,
        confidence=0.9 if entry.group in ARMED_KINDS and on is None else 0.95,
    )  # fmt: skip


def _shown(entry: Entry) -> str:
    """Return the name without what tells it from a namesake (`Memorial (Russia)`)."""
    return entry.name.partition(" (")[0]


def _role_of_body(entry: Entry, on: dt.date | None) -> Role | None:
    """Return what a body is on a day; without one, what it mostly is: armed, or just a party."""
    role, _ = role_on(entry.roles, on)
    if on is None and len(entry.roles) > 1:
        armed = next((each for each in entry.roles if each.sector == "REB"), None)
        role = armed or (Role("PTY", None) if entry.group == "party" else role)
    return role or next(iter(entry.roles), None)


def _links(entry: Entry) -> tuple[str, ...]:
    """Return the entry's link; one that names its source (`wikidata:Q1`) stands as it is."""
    if not entry.link:
        return ()
    return (entry.link if ":" in entry.link.split(" ")[0] else f"wikipedia:{entry.link}",)


def _known_person(entry: Entry, on: dt.date | None) -> Known:
    role, is_past = role_on(entry.roles, on)
    title = role.title if role else None
    sector = role.sector if role else None
    if role and is_past and sector in {"GOV", "LEG", "SPY", "MIL", "COP", "JUD"}:
        sector, title = "ELI", f"former {title}" if title else None
    country = (role.country if role else None) or entry.country
    return known(
        _shown(entry), "person", country, sector, title=title, links=_links(entry),
        entry=entry.key, confidence=_certainty(role, on, is_past=is_past),
    )  # fmt: skip


def _certainty(role: Role | None, on: dt.date | None, *, is_past: bool) -> float:
    if role is None:
        return 0.5
    if on is None:
        return 0.75
    if is_past:
        return 0.8
    return 0.95 if role.end or on <= KNOWN_UNTIL else 0.7
