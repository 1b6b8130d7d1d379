"""Build ahead of its first use what nearly every article asks of the tables."""

from onrecord.knowledge.agents import is_in_agents
from onrecord.knowledge.countries import find_country_words
from onrecord.knowledge.entries import match_names, surname_entries
from onrecord.knowledge.event_triggers import frames
from onrecord.knowledge.gazetteer import load_gazetteer
from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.reporting import load_reporting
from onrecord.knowledge.swaps import load_swaps

__all__ = ["load_tables"]


def load_tables() -> None:
    """Build the tables of names, agents, countries, places, verbs and swapped words.

    Raises:
        KnowledgeError: A table of the user's own cannot be read.
    """
    load_reporting()
    load_gazetteer()
    load_swaps()
    nominals()
    frames("verb", "say")
    is_in_agents("president")
    find_country_words(["Hungary"])
    match_names(["Hungary"])
    surname_entries(["Orbán"])
