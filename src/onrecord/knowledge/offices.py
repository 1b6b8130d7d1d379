"""Offices, the words for them, and who held them when."""

import datetime as dt
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.errors import KnowledgeError
from onrecord.knowledge.organizations import Organization, organizations
from onrecord.knowledge.own import merged, own_rows
from onrecord.knowledge.spelling import key_of
from onrecord.knowledge.tables import read_table, split_list
from onrecord.knowledge.terms import Role, parse_day, parse_roles, role_on

__all__ = ["Office", "Person", "Term", "holder_of", "office_of_phrase", "offices", "people"]


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


@cache
def terms() -> tuple[Term, ...]:
    """Return every term of office."""
    found: list[Term] = []
    for of, office, holders in read_table("offices.tsv", 3):
        found.extend(_terms(of, office, split_list(holders)))
    return tuple(found)


def _terms(of: str, office: str, holders: tuple[str, ...]) -> list[Term]:
    """Read holders in order; one without an end leaves when the next one comes."""
    found: list[Term] = []
    successor: dt.date | None = None
    for holder in reversed(holders):
        name, _, period = holder.strip().rpartition(" ")
        start, dots, end = period.removesuffix("*").partition("..")
        if not name or not start:
            raise KnowledgeError(f"offices.tsv, {of} {office}: {holder!r} has no name or no start")
        begun = parse_day(start)
        until = (parse_day(end) if end else None) if dots else successor
        found.append(Term(name, of, office, begun, until, period.endswith("*")))
        successor = begun
    return found[::-1]


@cache
def _by_office() -> dict[tuple[str, str], tuple[Term, ...]]:
    found: dict[tuple[str, str], tuple[Term, ...]] = {}
    for term in terms():
        key = (term.of, term.office)
        found[key] = (*found.get(key, ()), term)
    return found


def holder_of(of: str, office: str, on: dt.date | None) -> Term | None:
    """Return the term that covers the day, or the last one where no day is given."""
    held = _by_office().get((of, office), ())
    if on is not None:
        held = tuple(t for t in held if t.start <= on and (t.end is None or on < t.end))
    return max(held, key=lambda term: term.start, default=None)


@cache
def people() -> dict[str, Person]:
    """Return every person by name, with the roles of both tables.

    Raises:
        KnowledgeError: A role in a table of the user's own cannot be read.
    """
    held: dict[str, list[Term]] = {}
    for term in terms():
        held.setdefault(term.person, []).append(term)
    rows = {row[0]: row for row in read_table("people.tsv", 5)}
    own = own_rows("people", 5)
    if own:
        bare = ((name, "", _country(each[0]) or "", "", "") for name, each in held.items())
        known = (*rows.values(), *(row for row in bare if row[0] not in rows))
        rows = {row[0]: row for row in merged(known, own, names=1, country=2, roles=3)}
    for row in own:
        parse_roles(row[3])
    names = dict.fromkeys((*held, *rows))
    return {name: _person(name, rows.get(name), tuple(held.get(name, ()))) for name in names}


def _person(name: str, row: tuple[str, ...] | None, held: tuple[Term, ...]) -> Person:
    _, aliases, country, more, link = row or (name, "", "", "", "")
    where = country or next(map(_country, held), None)
    return Person(name, split_list(aliases), where, held, more, link)


def _country(term: Term) -> str | None:
    body = organizations().get(term.of)
    return body.country if body else term.of


@lru_cache(maxsize=4096)
def _role(term: Term) -> Role:
    office = offices()[term.office]
    sector = office.sector or _body_sector(organizations().get(term.of), term.start)
    return Role(
        sector, term.office, term.start, term.end, office.rank, term.office, _country(term),
        term.acting,
    )  # fmt: skip


def _body_sector(body: Organization | None, on: dt.date) -> str:
    """Return the sector of a body on a day: its head's, where the office has none of its own."""
    role, _ = role_on(body.roles, on) if body else (None, False)
    return role.sector if role else ""
