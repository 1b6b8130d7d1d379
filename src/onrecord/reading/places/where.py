"""Whether a preposition says that something is at a place."""

from onrecord.knowledge.countries import is_country
from onrecord.reading.document import Token
from onrecord.record import Place

__all__ = ["is_where"]


def is_where(preposition: Token, place: Place, local: frozenset[str]) -> bool:
    """Tell whether a preposition says that something is at a place: not `sanctions on Iran`.

    Args:
        preposition: The word above the place.
        place: The place.
        local: Prepositions that say so.
    """
    return preposition.lower in local and not (preposition.lower == "on" and is_country(place.name))
