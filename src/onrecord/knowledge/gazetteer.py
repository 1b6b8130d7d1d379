"""Places that news names, with their spellings and where they lie."""

from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from msgspec import Struct

from onrecord.knowledge.tables import FOLDER

__all__ = ["Entry", "Gazetteer", "load_gazetteer"]

PlaceKind = Literal["country", "territory", "continent", "region", "water", "capital", "city"]


class Entry(NamedTuple):
    """One place.

    Attributes:
        name: Usual English name.
        spellings: All ways to write it, the name first.
        country: ISO 3166 alpha-3, or None where disputed or shared.
        kind: What it is; a `capital` is where a government sits that its name can stand for.
        lat: Degrees north of its middle (of a river: its mouth).
        lon: Degrees east.
        geonames: GeoNames id, or None.
        importance: 1 to 9.
    """

    name: str
    spellings: tuple[str, ...]
    country: str | None
    kind: PlaceKind
    lat: float
    lon: float
    geonames: int | None
    importance: int


class Gazetteer(Struct, frozen=True):
    """Finds places by how they are spelled.

    Attributes:
        entries: All places.
        by_spelling: The places of each spelling.
        by_beginning: The spellings that begin with a word, longest first.
    """

    entries: tuple[Entry, ...]
    by_spelling: MappingProxyType[str, tuple[Entry, ...]]
    by_beginning: MappingProxyType[str, tuple[str, ...]]

    def spelling_at(self, text: str, start: int) -> str | None:
        """Return the longest spelling that stands in the text at `start`, on word borders.

        Example:
            >>> load_gazetteer().spelling_at("in New York City", 3)
            'New York City'
        """
        for spelling in self.by_beginning.get(_beginning(text[start : start + 40]), ()):
            end = start + len(spelling)
            if _straight(text[start:end]) == spelling and not text[end : end + 1].isalnum():
                return spelling
        return None

    def named(self, spelling: str) -> tuple[Entry, ...]:
        """Return the places so spelled."""
        return self.by_spelling.get(_straight(spelling), ())


def _beginning(text: str) -> str:
    """Return the letters that a text begins with."""
    for position, character in enumerate(text):
        if not character.isalnum():
            return text[:position]
    return text


def _straight(text: str) -> str:
    return text.replace("’", "'")


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Load the places that the package ships."""
    source = (FOLDER / "places.tsv").read_text("utf-8")
    entries = tuple(
        _entry(line.split("\t")) for line in source.splitlines() if line and line[0] != "#"
    )
    spelled: dict[str, list[Entry]] = {}
    for entry in entries:
        for spelling in entry.spellings:
            spelled.setdefault(spelling, []).append(entry)
    beginnings: dict[str, list[str]] = {}
    for spelling in sorted(spelled, key=len, reverse=True):
        beginnings.setdefault(_beginning(spelling), []).append(spelling)
    return Gazetteer(
        entries,
        MappingProxyType({spelling: tuple(found) for spelling, found in spelled.items()}),
        MappingProxyType({word: tuple(found) for word, found in beginnings.items()}),
    )


def _entry(row: list[str]) -> Entry:
    name, spellings, country, kind, lat, lon, geonames, importance = row
    return Entry(
        name=name,
        spellings=(name, *(each for each in spellings.split(";") if each and each != name)),
        country=country or None,
        kind=kind,  # type: ignore[arg-type]  # a test holds the file to the kinds
        lat=float(lat),
        lon=float(lon),
        geonames=int(geonames) if geonames else None,
        importance=int(importance),
    )
