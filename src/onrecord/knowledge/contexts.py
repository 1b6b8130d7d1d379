"""What the other words of a phrase tell of its head: country, owning body, sector."""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from onrecord.knowledge.agents import INHERITED, Agent, agent_at_end
from onrecord.knowledge.countries import find_country_words
from onrecord.knowledge.entries import Entry, entries, known_entry, match_names
from onrecord.knowledge.known import Known
from onrecord.knowledge.organizations import ARMED_KINDS
from onrecord.knowledge.persons import known_person
from onrecord.knowledge.phrases import Phrase, parse_phrase

__all__ = [
    "ANY_BODY",
    "Context",
    "context_of",
    "country_in",
    "is_of_private_body",
    "is_of_some_body",
    "phrase_context",
    "sector_of",
]

_PLACE_OF = frozenset({"of", "in", "from", "for", "at", "by", "inside", "within", "across",
                        "loyal", "led", "headed", "based", "stationed"})  # fmt: skip
_FORCE = frozenset({"MIL", "REB", "UAF", "PRM"})
ANY_BODY = frozenset({
    "president", "vice president", "secretary", "commissioner", "governor", "officer", "treasurer",
    "official", "commission", "office", "department", "delegation", "agency", "administrator",
    "chancellor", "mission", "bureau", "inspector", "manager", "leadership", "executive", "owner",
    "founder", "agent", "special agent", "operative",
})  # fmt: skip
"""Nouns that any body has: where it is not the state's, they take over its sector."""
_ANY_AGENT = frozenset({"officer", "agent", "special agent", "operative"})
"""Nouns that alone mean police or spies, and with a body anyone who works for it."""
_OF_NO_PARTY = frozenset({"governor", "mayor"})
"""Offices that a party's people hold, but not in the party: `a Republican governor`."""
_OF_A_STATE = {"officer": "MIL"}
"""Sector of nouns that alone mean police, but with no more than a state its army."""
_BODIES = frozenset({"organization", "group"})
_PRIVATE = frozenset({
    "BUS", "EDU", "LAB", "PTY", "JRN", "REL", "SOC", "MED", "OPP", "LEG", "COP", "JUD", "SPY",
    "MIL", "AGR", "REB",
})  # fmt: skip


class Context(Struct, frozen=True):
    """What a phrase's other words tell of its head: country, an owning entry, a sector.

    `is_local` says that a town or region tells the country (`Chicago officers`).
    """

    country: str | None = None
    entry: Entry | None = None
    sector: str | None = None
    is_local: bool = False


def phrase_context(phrase: Phrase, before: Sequence[str], on: dt.date | None) -> Context:
    """Gather country, owner and sector from modifiers, possessor and complement, in that order."""
    near = context_of((*phrase.owner, *before), on)
    if phrase.preposition not in _PLACE_OF:
        return near
    far = context_of(phrase.tail, on, nearest=0)
    body = _body_of(phrase)
    if body is not None and far.entry is None:
        far = replace(far, sector=None if body.sector == INHERITED else body.sector)
    if near.entry is None and near.sector is None:
        is_local = near.is_local or far.is_local
        return Context(near.country or far.country, far.entry, far.sector, is_local)
    return near if near.country else replace(near, country=far.country)


def _body_of(phrase: Phrase) -> Agent | None:
    """Return the sort of body that somebody is of: `association` in `of the Association of Nurses`.

    None where possessor and complement are no body, or one that has an entry of its own.
    """
    if phrase.owner:
        owned = None if match_names(phrase.owner) else agent_at_end(phrase.owner)
        return owned[1] if owned is not None and owned[1].kind in _BODIES else None
    if phrase.preposition not in _PLACE_OF or match_names(phrase.tail):
        return None
    ended = agent_at_end(parse_phrase(" ".join(phrase.tail)).head)
    return ended[1] if ended is not None and ended[1].kind in _BODIES else None


def is_of_private_body(phrase: Phrase, agent: Agent) -> bool:
    """Tell whether the head's office is another body's than the state's: `president of the union`.

    Only offices that every body has can be.
    """
    return _office_sector(phrase, agent) in _PRIVATE


def is_of_some_body(phrase: Phrase, agent: Agent) -> bool:
    """Tell whether the head's office is that of a body of which nothing is known: a group's."""
    return _office_sector(phrase, agent) == INHERITED


def _office_sector(phrase: Phrase, agent: Agent) -> str | None:
    """Return the sector of the body that has the head's office, which every body may have."""
    body = _body_of(phrase) if agent.phrase in ANY_BODY else None
    return body.sector if body is not None else None


def context_of(words: Sequence[str], on: dt.date | None, *, nearest: int = -1) -> Context:
    """Gather country, owning entry and sector from words; `nearest` is 0 after a preposition."""
    if not words:
        return Context()
    named = [entries()[key] for _, _, key in match_names(words)]
    bodies = [entry for entry in named if entry.group not in {"country", "capital"}]
    entry = bodies[nearest] if bodies else None
    places = find_country_words(words)
    country = places[0].code if places else None
    ended = agent_at_end(words) or _first_agent(words)
    sector = _entry_sector(entry, on) or (ended[1].sector if ended else None)
    if country is None and entry is not None:
        country = entry.country
    leader = _leader(words, on) if country is None and entry is None else None
    if leader is not None:
        return Context(leader.codebook_country, None, sector or leader.codebook_sector)
    sector = None if sector in {INHERITED, "UNK"} else sector
    return Context(country, entry, sector, bool(places) and places[0].is_region)


def _leader(words: Sequence[str], on: dt.date | None) -> Known | None:
    """Return the leader whose bare surname stands among the words (`the Trudeau government`)."""
    for word in words:
        found = known_person(word, on) if word[:1].isupper() else ()
        if found and found[0].codebook_sector in {"GOV", "REB", "ELI"} and found[0].title:
            return found[0]
    return None


def _first_agent(words: Sequence[str]) -> tuple[int, Agent] | None:
    for last in range(len(words) - 1, 0, -1):
        ended = agent_at_end(words[:last])
        if ended is not None:
            return ended
    return None


def _entry_sector(entry: Entry | None, on: dt.date | None) -> str | None:
    found = known_entry(entry.key, on) if entry else None
    return found.codebook_sector if found else None


def country_in(context: Context) -> str | None:
    """Return the country that the words tell, or that their entry belongs to."""
    if context.country:
        return context.country
    return context.entry.country if context.entry else None


def sector_of(agent: Agent, context: Context) -> str | None:
    """Return the codebook sector of a noun among its words: its own or that of its owner."""
    owned = context.sector
    if agent.sector == INHERITED:
        return owned or ("GOV" if context.country and not context.entry else None)
    is_armed = context.entry is not None and context.entry.group in ARMED_KINDS
    if is_armed and agent.sector in _FORCE:
        return agent.sector if owned == "GOV" else owned
    is_held = agent.phrase in _OF_NO_PARTY and owned == "PTY"
    is_owned = context.entry is not None and owned and agent.phrase in _ANY_AGENT
    if is_owned or (agent.phrase in ANY_BODY and owned in _PRIVATE and not is_held):
        return owned
    if context.country and not (context.entry or owned or context.is_local):
        return _OF_A_STATE.get(agent.phrase, agent.sector)
    return agent.sector
