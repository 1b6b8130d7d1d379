"""Nouns that denote actors (`soldiers`, `foreign ministry`, `warplane`) and their sectors."""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Literal, cast

from msgspec import Struct

from onrecord.knowledge.known import record_sector
from onrecord.knowledge.spelling import key_of, key_of_words, parts_of
from onrecord.knowledge.tables import read_table, split_list
from onrecord.record import Sector

__all__ = [
    "INHERITED",
    "Agent",
    "agent_at_end",
    "agent_of",
    "denotes_people",
    "is_agent_noun",
    "is_in_agents",
    "is_title",
    "sector_of_noun",
]

INHERITED = "*"
"""Sector of nouns that take over the sector of what they belong to."""

LONGEST = 6
_WEAK_SECTORS = frozenset({INHERITED, "UNK"})

AgentKind = Literal["person", "group", "organization", "thing"]


class Agent(Struct, frozen=True):
    """A noun that denotes an actor.

    Attributes:
        phrase: The word or words, folded.
        sector: PLOVER codebook sector, or `*`.
        kind: What it denotes; a `thing` (`warplane`) acts for those who own it.
        is_plural: Whether it was matched in the plural of a singular entry.
    """

    phrase: str
    sector: str
    kind: AgentKind
    is_plural: bool = False


@cache
def _agents() -> dict[tuple[str, ...], Agent]:
    agents: dict[tuple[str, ...], Agent] = {}
    for sector, kind, phrases in read_table("agents.tsv", 3):
        for phrase in split_list(phrases):
            key = key_of(phrase)
            agents.setdefault(key, Agent(" ".join(key), sector, cast("AgentKind", kind)))
    return agents


def agent_of(words: Sequence[str]) -> Agent | None:
    """Return the agent noun that these words are, in singular or plural.

    Example:
        >>> agent_of(["Foreign", "Ministers"]).sector, agent_of(["banana"])
        ('GOV', None)
    """
    key = key_of_words(words)
    return _agent(key) if key and not _final_words().isdisjoint(_forms(key[-1])) else None


@cache
def _final_words() -> frozenset[str]:
    """Return the words that agent nouns end in, so that others need no look at the table."""
    return frozenset(key[-1] for key in _agents())


@lru_cache(maxsize=8192)
def _forms(word: str) -> tuple[str, ...]:
    """Return a word and its possible singulars."""
    return (word, *_singular_words(word))


@lru_cache(maxsize=8192)
def _agent(key: tuple[str, ...]) -> Agent | None:
    agents = _agents()
    for form, is_plural in ((key, False), *((form, True) for form in _singulars(key))):
        agent = agents.get(form)
        if agent is not None:
            return Agent(agent.phrase, agent.sector, agent.kind, is_plural)
    return None


def agent_at_end(words: Sequence[str]) -> tuple[int, Agent] | None:
    """Return the longest agent noun that ends the words, and where it begins."""
    for first in range(max(0, len(words) - LONGEST), len(words)):
        agent = agent_of(words[first:])
        if agent is not None:
            return first, agent
    return None


def is_in_agents(word: str) -> bool:
    """Tell whether some agent noun has a word, just so, among its own.

    Example:
        >>> is_in_agents("of"), is_in_agents("with")
        (True, False)
    """
    return not _every_word().isdisjoint(parts_of(word))


@cache
def _every_word() -> frozenset[str]:
    return frozenset(chain.from_iterable(_agents()))


def denotes_people(phrase: str) -> bool:
    """Tell whether a phrase is the plural of a noun for a person (`students`, not `news`).

    Example:
        >>> denotes_people("students"), denotes_people("parliament")
        (True, False)
    """
    agents = _agents()
    found = (agents.get(form) for form in _singulars(tuple(phrase.split())))
    return any(agent is not None and agent.kind == "person" for agent in found)


def sector_of_noun(lemma: str) -> Sector | None:
    """Return the record's sector of an agent noun, or None.

    Example:
        >>> sector_of_noun("soldier"), sector_of_noun("journalist"), sector_of_noun("spokesman")
        ('MIL', 'JRN', None)
    """
    agent = agent_of(lemma.split())
    if agent is None or agent.sector in _WEAK_SECTORS:
        return None
    return record_sector(agent.sector)


def is_agent_noun(lemma: str) -> bool:
    """Tell whether a noun denotes a person, a group or an organization.

    Example:
        >>> is_agent_noun("spokesman"), is_agent_noun("table")
        (True, False)
    """
    return agent_of(lemma.split()) is not None


_HONORIFICS = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "sen", "rep", "gov",
    "gen", "col", "maj", "capt", "lt", "sgt", "adm", "rev", "hon", "pres", "sheikh", "mullah",
    "ayatollah", "hajji", "comrade", "don", "madam", "madame", "monsieur", "herr", "senor",
    "brig", "cmdr", "supt", "insp", "cpl", "pvt", "st", "pope", "baron", "duke", "duchess", "count",
})  # fmt: skip


def is_title(words: Sequence[str]) -> bool:
    """Tell whether the words are an honorific, rank, office or role that may stand before a name.

    Example:
        >>> is_title(["Gen."]), is_title(["Foreign", "Minister"]), is_title(["Table"])
        (True, True, False)
    """
    if len(words) == 1 and parts_of(words[0])[:1] and parts_of(words[0])[0] in _HONORIFICS:
        return True
    agent = agent_of(words)
    return agent is not None and agent.kind == "person"


_IRREGULAR = {"men": "man", "women": "woman", "people": "person", "children": "child"}


def _singulars(key: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the possible singulars of a phrase: its last noun or its first (`heads of state`)."""
    forms = [(*key[:-1], last) for last in _singular_words(key[-1])]
    if len(key) > 1:
        forms += [(first, *key[1:]) for first in _singular_words(key[0])]
    return forms


def _singular_words(word: str) -> list[str]:
    for plural, singular in _IRREGULAR.items():
        if word.endswith(plural):
            return [word.removesuffix(plural) + singular]
    if len(word) < 3 or not word.endswith("s") or word.endswith("ss"):
        return []
    if word.endswith("ies"):
        return [word[:-3] + "y", word[:-1]]
    if word.endswith("ves"):
        return [word[:-3] + "f", word[:-1]]
    return [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
