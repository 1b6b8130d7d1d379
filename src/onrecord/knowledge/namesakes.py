"""Tell a state's name from a longer name that only holds it: `Environment Canada`, `Chad Smith`."""

from collections.abc import Sequence

from onrecord.knowledge.agents import agent_of
from onrecord.knowledge.countries import find_country_words
from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.spelling import fold

__all__ = ["is_another_name", "is_given_name"]

_EPITHETS = frozenset({
    "nazi", "communist", "imperial", "soviet", "western", "eastern", "northern", "southern",
    "central", "greater", "modern", "occupied", "mainland", "north", "south", "east", "west",
    "neutral", "neighbouring", "neighboring", "nearby", "post-soviet", "democratic", "fascist",
    "revolutionary", "independent", "nuclear-armed", "war-torn", "oil-rich", "landlocked", "dear",
    "tiny", "rival", "ally", "enemy", "host", "hosts", "meanwhile", "both", "even", "only",
    "while", "when", "if", "as", "but", "and", "because", "although", "can", "will", "why", "how",
    "is", "does", "did", "has", "should", "would", "what", "free", "save", "stop", "help",
})  # fmt: skip
"""Words that stand before a state's name, with a capital too, without making another name of it."""


_ALSO_STATES = frozenset({"Chad", "Jordan", "Paris", "Sydney", "Florence", "Chelsea"})
"""Names of places that as often are given names when another capitalised word follows."""


def is_given_name(word: str) -> bool:
    """Tell whether a word is a given name.

    Example:
        >>> is_given_name("Michael"), is_given_name("Environment")
        (True, False)
    """
    return word in nominals().given or word in _ALSO_STATES


def is_another_name(before: Sequence[str]) -> bool:
    """Tell whether the words right before a state's name make it part of another name.

    Example:
        >>> is_another_name(["Environment"]), is_another_name(["Nazi"]), is_another_name(["our"])
        (True, False, False)
    """
    if not before or not before[-1][:1].isupper():
        return False
    is_plain = fold(before[-1]) in _EPITHETS or agent_of(before[-1:]) is not None
    return not is_plain and not find_country_words(before[-1:])
