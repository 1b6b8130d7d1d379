"""Datelines: the place, day and agency that open a report (`MOSCOW, Feb 1 (Agency) - `)."""

import re

from onrecord.knowledge.gazetteer import load_gazetteer

__all__ = ["LONGEST", "find_dateline"]

LONGEST = 120
"""Characters a dateline may take; the longest we know, with two places and a date, has about 70."""

_DASH = re.compile(r"\s*(?:\s(?:--?|[–—―])\s|[—―]{1,2})\s*")
_SEAT = "UNITED NATIONS"
"""A dateline that is no place of ours."""
_COLON = re.compile(r":\s+(?=[A-Z“\"'‘])")
_AGENCY = re.compile(r"\(([^()]{2,40})\)\s*$")
_WORD = re.compile(r"[\w.'’-]+")
_LOWER_WORDS = frozenset(
    {"and", "on", "aboard", "near", "the", "of", "de", "la", "del", "al", "el"}
)


def find_dateline(paragraph: str) -> int:
    """Return the length of the dateline that opens the paragraph, its dash included, or 0.

    A dateline names a place in capitals, or an agency in parentheses after a place, and ends in a
    dash before the first sentence; in a colon, if the place is one that we know (who speaks in a
    transcript is set so, too).

    Example:
        >>> find_dateline("MOSCOW, Feb 1 (Agency) - Russia denied it.")
        25
        >>> find_dateline("NATO officials - and others - denied it.")
        0
    """
    dash = _DASH.search(paragraph, 0, LONGEST)
    colon = _COLON.search(paragraph, 0, LONGEST)
    if colon is not None and (dash is None or colon.start() < dash.start()):
        return colon.end() if _is_known_place(paragraph[: colon.start()]) else 0
    if dash is None or not dash.start() or dash.end() >= len(paragraph):
        return 0
    head = paragraph[: dash.start()].strip()
    agency = _AGENCY.search(head)
    words = _WORD.findall(head[: agency.start()] if agency else head)
    if not (words or agency) or not all(_may_stand(word) for word in words):
        return 0
    if words and not agency and not _is_place_in_capitals(words):
        return 0
    return dash.end()


def _is_known_place(head: str) -> bool:
    """Tell whether a city stands in capitals, with an agency in parentheses or without."""
    place = _AGENCY.sub("", head).strip()
    found = load_gazetteer().named(place.title()) if place.isupper() else ()
    return place == _SEAT or any(each.kind in {"city", "capital"} for each in found)


def _is_place_in_capitals(words: list[str]) -> bool:
    """Tell whether the first word is in capitals, and either it or what follows ends the place."""
    first = words[0]
    return first.isupper() and len(first.replace(".", "")) > 2


def _may_stand(word: str) -> bool:
    """Tell whether the word is a name, a number or one of the few small words of a dateline."""
    return word[0].isupper() or word[0].isdigit() or word in _LOWER_WORDS
