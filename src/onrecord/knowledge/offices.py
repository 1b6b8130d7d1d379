"""Offices, the words for them, and who held them when."""

import datetime as dt
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from onrecord.errors import KnowledgeError
from onrecord.knowledge.organizations import Organization, organizations
from onrecord.knowledge.own import Row, merged, own_rows
from onrecord.knowledge.spelling import key_of
from onrecord.knowledge.tables import read_table, split_list
from onrecord.knowledge.terms import Role, parse_day, parse_roles, role_on

__all__ = [
    "Office",
    "Person",
    "Term",
    "holder_of",
    "home_of",
    "office_of_phrase",
    "offices",
    "person_of",
    "spellings_of_people",
    "terms",
]


class Office(NamedTuple):
    """A kind of office.

    Attributes:
        key: `president`, `prime minister`, `foreign minister`, ...
        sector: PLOVER codebook sector of who holds it.
        rank: 1 for the highest; decides which of two offices stands for a person.
        phrases: Words for it, for every country.
        is_joint: Whether several hold it at once, so that the office alone names no one.
    """

    key: str
    sector: str
    rank: int
    phrases: tuple[str, ...]
    is_joint: bool = False


class Term(NamedTuple):
    """Someone holds an office of a country or organization for a time."""

    person: str
    of: str
    office: str
    start: dt.date
    end: dt.date | None
    acting: bool = False


class Person(NamedTuple):
    """A person with every role that is known of them.

    Attributes:
        name: Usual English name; also the key.
        aliases: Other spellings and short names.
        country: Codebook country, where no role says otherwise.
        terms: Terms of office.
        held: Other roles as the table has them.
        link: Wikipedia title, or empty.
    """

    name: str
    aliases: tuple[str, ...]
    country: str | None
    terms: tuple[Term, ...]
    held: str
    link: str

    @property
    def roles(self) -> tuple[Role, ...]:
        """Offices and other roles with their dates; read when asked for."""
        return (*map(_role, self.terms), *parse_roles(self.held))


@cache
def offices() -> dict[str, Office]:
    """Return every kind of office by its key."""
    rows = read_table("titles.tsv", 4)
    return {key: _office(key, sector, rank, words) for key, sector, rank, words in rows}


def _office(key: str, sector: str, rank: str, words: str) -> Office:
    number, _, joint = rank.partition(" ")
    return Office(key, sector, int(number), split_list(words), is_joint=joint == "joint")


@cache
def _phrases() -> dict[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Map a title's words to (country or empty, office); a country's own meaning stands first."""
    found: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
    for office in offices().values():
        for phrase in office.phrases:
            country, _, words = phrase.rpartition(":")
            key = key_of(words)
            found[key] = (*found.get(key, ()), (country, office.key))
    return found


def office_of_phrase(words: tuple[str, ...], country: str | None = None) -> str | None:
    """Return the office that folded words mean in a country, or anywhere.

    Example:
        >>> office_of_phrase(("secretary", "of", "state"), "USA")
        'foreign minister'
        >>> office_of_phrase(("chancellor",), "DEU"), office_of_phrase(("chancellor",), "GBR")
        ('prime minister', 'finance minister')
    """
    meanings = _phrases().get(words, ())
    own = [office for where, office in meanings if where and where == country]
    general = [office for where, office in meanings if not where]
    return next(iter(own + general), None)


class _Row(NamedTuple):
    """A row of `offices.tsv`: an office of a country or organization, with who held it in order."""

    of: str
    office: str
    holders: tuple[str, ...]


@cache
def _rows() -> tuple[_Row, ...]:
    rows = read_table("offices.tsv", 3)
    return tuple(_Row(of, office, split_list(holders)) for of, office, holders in rows)


def terms() -> tuple[Term, ...]:
    """Return every term of office."""
    return tuple(chain.from_iterable(map(_terms, _rows())))


@cache
def _terms(row: _Row) -> tuple[Term, ...]:
    """Read holders in order; one without an end leaves when the next one comes."""
    found: list[Term] = []
    successor: dt.date | None = None
    for holder in reversed(row.holders):
        name, _, period = holder.strip().rpartition(" ")
        start, dots, end = period.removesuffix("*").partition("..")
        if not name or not start:
            raise KnowledgeError(
                f"offices.tsv, {row.of} {row.office}: {holder!r} has no name or no start"
            )
        begun = parse_day(start)
        until = (parse_day(end) if end else None) if dots else successor
        found.append(Term(name, row.of, row.office, begun, until, period.endswith("*")))
        successor = begun
    return tuple(found[::-1])


@cache
def _by_office() -> dict[tuple[str, str], tuple[_Row, ...]]:
    found: dict[tuple[str, str], tuple[_Row, ...]] = {}
    for row in _rows():
        key = (row.of, row.office)
        found[key] = (*found.get(key, ()), row)
    return found


def holder_of(of: str, office: str, on: dt.date | None) -> Term | None:
    """Return the term that covers the day, or the last one where no day is given."""
    held = tuple(chain.from_iterable(map(_terms, _by_office().get((of, office), ()))))
    if on is not None:
        held = tuple(t for t in held if t.start <= on and (t.end is None or on < t.end))
    return max(held, key=lambda term: term.start, default=None)


@cache
def _held() -> dict[str, list[_Row]]:
    """Return in which rows a person holds an office."""
    held: dict[str, list[_Row]] = {}
    for row in _rows():
        for name in dict.fromkeys(holder.strip().rpartition(" ")[0] for holder in row.holders):
            held.setdefault(name, []).append(row)
    return held


@cache
def _described() -> dict[str, Row]:
    """Return the rows of people, shipped and the user's own, by name.

    Raises:
        KnowledgeError: A role in a table of the user's own cannot be read.
    """
    rows = {row[0]: row for row in read_table("people.tsv", 5)}
    own = own_rows("people", 5)
    if own:
        bare = ((name, "", _country(each[0].of) or "", "", "") for name, each in _held().items())
        known = (*rows.values(), *(row for row in bare if row[0] not in rows))
        rows = {row[0]: row for row in merged(known, own, names=1, country=2, roles=3)}
    for row in own:
        parse_roles(row[3])
    return rows


@cache
def spellings_of_people() -> dict[str, tuple[str, ...]]:
    """Return what every person is called, the usual name first, by that name.

    Raises:
        KnowledgeError: A role in a table of the user's own cannot be read.
    """
    spelled: dict[str, tuple[str, ...]] = {name: (name,) for name in _held()}
    for name, row in _described().items():
        spelled[name] = (name, *split_list(row[1])) if row[1] else (name,)
    return spelled


def home_of(name: str) -> str | None:
    """Return the country of a person where no role says otherwise, None if there is no such."""
    row = _described().get(name)
    if row and row[2]:
        return row[2]
    return next((_country(each.of) for each in _held().get(name, ())), None)


@cache
def person_of(name: str) -> Person | None:
    """Return a person by name, with the roles of both tables, or None where there is no such.

    An article names few of the people that are known, so each is put together when asked for.
    """
    names = spellings_of_people().get(name)
    if names is None:
        return None
    _, _, _, more, link = _described().get(name) or (name, "", "", "", "")
    held = chain.from_iterable(map(_terms, _held().get(name, ())))
    own = tuple(term for term in held if term.person == name)
    return Person(name, names[1:], home_of(name), own, more, link)


def _country(of: str) -> str | None:
    body = organizations().get(of)
    return body.country if body else of


@lru_cache(maxsize=4096)
def _role(term: Term) -> Role:
    office = offices()[term.office]
    sector = office.sector or _body_sector(organizations().get(term.of), term.start)
    return Role(
        sector, term.office, term.start, term.end, office.rank, term.office, _country(term.of),
        term.acting,
    )  # fmt: skip


def _body_sector(body: Organization | None, on: dt.date) -> str:
    """Return the sector of a body on a day: its head's, where the office has none of its own."""
    role, _ = role_on(body.roles, on) if body else (None, False)
    return role.sector if role else ""
