"""Score the country and sector of actors against what a person marked.

Codes are those of the PLOVER tools (journalists JRN, health MED, EU bodies EUR, UN bodies UNO).
What nobody marked is not counted against an answer; where an empty string is marked, only no answer
is right.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.knowledge.resolver import resolve_actor

__all__ = ["ActorScores", "Answered", "answer_actor", "score_actors"]


@dataclass(frozen=True, slots=True)
class Answered:
    """An actor with the codes that are right and those that were found; empty for none.

    Attributes:
        country: The right country; None if nobody marked it.
        sector: The right sector; None if nobody marked it.
        found_country: The country found.
        found_sector: The sector found.
    """

    country: str | None
    sector: str | None
    found_country: str
    found_sector: str

    @property
    def is_country_right(self) -> bool:
        """Whether the country is right."""
        return self.country in {None, self.found_country}

    @property
    def is_sector_right(self) -> bool:
        """Whether the sector is right."""
        return self.sector in {None, self.found_sector}

    @property
    def is_marked(self) -> bool:
        """Whether somebody marked anything."""
        return not (self.country is None and self.sector is None)


@dataclass(frozen=True, slots=True)
class ActorScores:
    """Shares of actors, from 0 to 1; None where there are none.

    Attributes:
        actors: How many.
        country: Share whose country is right.
        sector: Share whose sector is right.
        both: Share of which both are right.
    """

    actors: int
    country: float | None
    sector: float | None
    both: float | None


def answer_actor(
    text: str, on: dt.date | None, *, country: str | None = None, sector: str | None = None
) -> Answered:
    """Resolve the words for an actor on a day, beside what is right."""
    found = resolve_actor(text, on=on)
    codes = (found.codebook_country, found.codebook_sector) if found else (None, None)
    return Answered(country, sector, *(code or "" for code in codes))


def score_actors(answered: Iterable[Answered]) -> ActorScores:
    """Score the actors for whom somebody marked anything.

    Example:
        >>> score_actors([Answered("HUN", "GOV", "HUN", "GOV"), Answered("HUN", None, "", "GOV")])
        ActorScores(actors=2, country=0.5, sector=1.0, both=0.5)
    """
    marked = [each for each in answered if each.is_marked]
    countries = [each.is_country_right for each in marked]
    sectors = [each.is_sector_right for each in marked]
    both = [c and s for c, s in zip(countries, sectors, strict=True)]
    return ActorScores(len(marked), _share(countries), _share(sectors), _share(both))


def _share(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None
