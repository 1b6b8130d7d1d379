"""Compare given names: short forms, initials, spellings."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.spelling import fold
from onrecord.knowledge.tables import read_table, split_list

__all__ = ["is_same_given", "is_same_person", "is_short_for"]

_SAME = 0.7
"""Likeness from which two given names are one: `Sergei` and `Sergey` .83, `John` and `Joel` .5."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@cache
def _full_forms() -> dict[str, frozenset[str]]:
    """Map a short form, folded, to the names that it is short for."""
    found: dict[str, set[str]] = {}
    for name, forms in read_table("nicknames.tsv", 2):
        for form in split_list(forms):
            found.setdefault(fold(form), set()).add(fold(name))
    return {form: frozenset(names) for form, names in found.items()}


def is_same_given(one: str, other: str) -> bool:
    """Tell whether two folded given names may be one; a man's and a woman's are not.

    Example:
        >>> is_same_given("jim", "james"), is_same_given("john", "joel"), is_same_given("j", "joe")
        (True, False, True)
        >>> is_same_given("sergei", "sergey"), is_same_given("daniel", "danielle")
        (True, False)
    """
    if one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1]):
        return True
    genders = {nominals().given.get(each.title()) for each in (one, other)} - {None}
    if len(genders) > 1:
        return False
    forms = [{each} | _full_forms().get(each, frozenset()) for each in (one, other)]
    return bool(forms[0] & forms[1]) or SequenceMatcher(None, one, other).ratio() >= _SAME


def is_short_for(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two folded names have one surname and a short and a full given name.

    Example:
        >>> is_short_for(["bob", "menendez"], ["robert", "menendez"])
        True
    """
    first, second = one[0], other[0]
    short = second in _full_forms().get(first, ()) or first in _full_forms().get(second, ())
    return short and len(one) > 1 and one[-1] == other[-1]


def is_same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two folded names may be of one person, whatever stands in the middle.

    Example:
        >>> is_same_person(["joe", "biden"], ["joseph", "r", "biden", "jr"])
        True
        >>> is_same_person(["bill", "clinton"], ["hillary", "clinton"])
        False
    """
    names = [[word for word in name if word not in _SUFFIXES] for name in (one, other)]
    if min(map(len, names)) < 2:
        return bool(set(names[0]) & set(names[1]))
    if len(set(names[0]) & set(names[1])) > 1:
        return True
    return names[0][-1] == names[1][-1] and is_same_given(names[0][0], names[1][0])
