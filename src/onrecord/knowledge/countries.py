"""States and territories: codes, names, adjectives, demonyms, capitals, seats of power."""

from collections.abc import Sequence
from functools import cache, lru_cache

from msgspec import Struct

from onrecord.knowledge.spelling import is_written_as, key_of, key_of_words, parts_of
from onrecord.knowledge.tables import read_table, split_list

__all__ = [
    "Country",
    "CountryWord",
    "FormerState",
    "Seat",
    "countries",
    "country_of",
    "find_country_words",
    "former_states",
    "is_country",
    "name_of",
    "region_country",
]

_ARTICLE = "the "


class Seat(Struct, frozen=True):
    """A building or place that stands for a power of the state."""

    name: str
    sector: str


class CountryWord(Struct, frozen=True):
    """Words `first` to `last` (excluded) that tell a country (`Russian`, `Bavarian`, `Kyiv`)."""

    first: int
    last: int
    code: str
    is_people: bool
    is_region: bool = False


class Country(Struct, frozen=True):
    """A state or territory.

    Attributes:
        code: ISO 3166 alpha-3.
        cow: Correlates of War number, or None.
        name: Usual English name.
        names: Other names, abbreviations and transliterations.
        adjectives: Adjectives and singular demonyms.
        demonyms: Plural demonyms.
        capitals: Capitals and seats of government, in every spelling.
        seats: Buildings and places that stand for a power of the state.
    """

    code: str
    cow: int | None
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[Seat, ...]


class FormerState(Struct, frozen=True):
    """A state that is no more, and the country that its actors are counted under."""

    name: str
    code: str
    cow: int
    first_year: int
    last_year: int


@cache
def former_states() -> tuple[FormerState, ...]:
    """Return the states that are no more."""
    rows = read_table("historical.tsv", 5)
    return tuple(FormerState(n, c, int(cow), int(a), int(b)) for n, c, cow, a, b in rows)


@cache
def countries() -> dict[str, Country]:
    """Return every state and territory by its alpha-3 code."""
    return {row[0]: _country(row) for row in read_table("countries.tsv", 8)}


def _country(row: tuple[str, ...]) -> Country:
    code, cow, name, names, adjectives, demonyms, capitals, seats = row
    return Country(
        code=code,
        cow=int(cow) if cow else None,
        name=name,
        names=split_list(names),
        adjectives=split_list(adjectives),
        demonyms=split_list(demonyms),
        capitals=split_list(capitals),
        seats=tuple(Seat(*seat.split("=")) for seat in split_list(seats)),
    )


def name_of(code: str) -> str | None:
    """Return the usual name of the country with this code.

    Example:
        >>> name_of("CIV")
        'Ivory Coast'
    """
    country = countries().get(code)
    return country.name if country else None


def is_country(text: str) -> bool:
    """Tell whether the words are a name of a state or territory.

    Example:
        >>> is_country("the Russian Federation"), is_country("Russian"), is_country("turkey")
        (True, False, False)
    """
    return _find(text, _names()) is not None


@lru_cache(maxsize=8192)
def country_of(text: str) -> str | None:
    """Return the alpha-3 code that a name, adjective, demonym, capital or region belongs to.

    Example:
        >>> country_of("Ukrainians"), country_of("Kiev"), country_of("us"), country_of("Chechen")
        ('UKR', 'UKR', None, 'RUS')
    """
    spelt = _without_article(text)
    key = key_of_words(spelt)
    for words in (_names(), _people(), _capitals(), _regions()):
        for name, code in words.get(key, ()):
            if is_written_as(spelt, name):
                return code
    return None


def region_country(text: str) -> str | None:
    """Return the country of a region, a city or a people without a state of its own."""
    return _find(text, _regions())


def find_country_words(words: Sequence[str]) -> tuple[CountryWord, ...]:
    """Find the names, adjectives, demonyms, capitals and regions in running words.

    Example:
        >>> find_country_words("two Russian soldiers from Grozny".split())[0]
        CountryWord(first=1, last=2, code='RUS', is_people=True, is_region=False)
    """
    return _country_words(tuple(words))


@lru_cache(maxsize=8192)
def _country_words(words: tuple[str, ...]) -> tuple[CountryWord, ...]:
    if _beginnings().keys().isdisjoint(key_of_words(words)):
        return ()
    found = []
    at = 0
    while at < len(words):
        word = _country_word_at(words, at)
        if word is not None:
            found.append(word)
        at = word.last if word else at + 1
    return tuple(found)


def _country_word_at(words: tuple[str, ...], at: int) -> CountryWord | None:
    first = parts_of(words[at])
    longest = _beginnings().get(first[0], 0) if first else 0
    for last in range(min(len(words), at + longest), at, -1):
        spelt = words[at:last]
        key = key_of_words(spelt)
        for index, is_people in ((_people(), True), (_names(), False), (_elsewhere(), False)):
            for name, code in index.get(key, ()):
                if is_written_as(spelt, name) or (is_people and _is_plain_people(key)):
                    is_region = key in _regions() and key not in _people()
                    return CountryWord(at, last, code, is_people, is_region)
    return None


_ORDINARY = frozenset({"polish", "poles", "swede", "swedes", "scots", "kiwis"})


def _is_plain_people(key: tuple[str, ...]) -> bool:
    """Tell whether an adjective means its country even in lower case (`palestinian`)."""
    return len(key) == 1 and len(key[0]) > 4 and key[0] not in _ORDINARY


_Words = dict[tuple[str, ...], tuple[tuple[str, str], ...]]


def _find(text: str, words: _Words) -> str | None:
    spelt = _without_article(text)
    for name, code in words.get(key_of_words(spelt), ()):
        if is_written_as(spelt, name):
            return code
    return None


def _without_article(text: str) -> list[str]:
    text = text.strip()
    return text[4:].split() if text[:4].lower() == _ARTICLE else text.split()


def _index(pairs: list[tuple[str, str]]) -> _Words:
    words: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
    for name, code in pairs:
        plain = name[4:] if name[:4].lower() == _ARTICLE else name
        key = key_of(plain)
        words[key] = (*words.get(key, ()), (plain, code))
    return words


@cache
def _names() -> _Words:
    return _index([(n, c.code) for c in countries().values() for n in (c.name, *c.names)])


@cache
def _people() -> _Words:
    return _index([(n, c.code) for c in countries().values() for n in (*c.adjectives, *c.demonyms)])


@cache
def _capitals() -> _Words:
    return _index([(n, c.code) for c in countries().values() for n in c.capitals])


@cache
def _regions() -> _Words:
    rows = read_table("regions.tsv", 2)
    former = [(state.name, state.code) for state in former_states()]
    return _index([*((n, code) for code, names in rows for n in split_list(names)), *former])


@cache
def _elsewhere() -> _Words:
    capitals = [(n, c.code) for c in countries().values() for n in c.capitals]
    seats = [(seat.name, c.code) for c in countries().values() for seat in c.seats]
    return {**_regions(), **_index(seats), **_index(capitals)}


@cache
def _beginnings() -> dict[str, int]:
    """Map the first part of each country word to the most words that may follow from it."""
    longest: dict[str, int] = {}
    for index in (_names(), _people(), _elsewhere()):
        for key in index:
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return longest
