"""Fill an office that a phrase names with the person who holds it on the day."""

import datetime as dt

from onrecord.knowledge.agents import Agent
from onrecord.knowledge.contexts import Context, is_of_private_body
from onrecord.knowledge.entries import Entry
from onrecord.knowledge.known import Known
from onrecord.knowledge.offices import office_of_phrase, offices
from onrecord.knowledge.persons import office_holder
from onrecord.knowledge.phrases import Phrase
from onrecord.knowledge.spelling import key_of_words

__all__ = ["holder_in", "office_in"]

_BODIES_WITH_HEADS = ("head", "president", "spokesperson")
_QUALIFIERS = frozenset({
    "senior", "top", "deputy", "assistant", "local", "regional", "junior", "vice", "provincial",
    "unnamed", "self-proclaimed", "self-styled", "exiled", "rival", "opposition", "city", "state",
    "retired",
})  # fmt: skip


def office_in(agent: Agent, context: Context) -> str | None:
    """Return the office that a noun means in the country of its phrase."""
    words = key_of_words(agent.phrase.split())
    return office_of_phrase(words, context.country)


def holder_in(phrase: Phrase, agent: Agent, context: Context, on: dt.date | None) -> Known | None:
    """Return the person who holds the office that the phrase names (`the Hungarian premier`)."""
    if phrase.is_former or phrase.is_indefinite or agent.is_plural or agent.kind != "person":
        return None
    if is_of_private_body(phrase, agent):
        return None
    words = _title_words(phrase)
    is_longer = len(words) > len(agent.phrase.split())
    office = office_of_phrase(words, context.country) if is_longer else None
    body = context.entry
    if office is None and body is not None and body.key.startswith("org:"):
        return _body_holder(body, agent, on)
    office = office or office_in(agent, context)
    if office is None or context.country is None or _is_qualified(phrase, agent):
        return None
    return None if offices()[office].is_joint else office_holder(context.country, office, on)


def _title_words(phrase: Phrase) -> tuple[str, ...]:
    """Return the head's words as a title, a seat included (`Kremlin spokesman`)."""
    return key_of_words(phrase.head)


def _is_qualified(phrase: Phrase, agent: Agent) -> bool:
    size = len(agent.phrase.split())
    return any(word.lower() in _QUALIFIERS for word in phrase.head[:-size])


def _body_holder(entry: Entry, agent: Agent, on: dt.date | None) -> Known | None:
    name = entry.key.removeprefix("org:")
    office = office_of_phrase(tuple(agent.phrase.split()))
    for wanted in dict.fromkeys(each for each in (office, *_BODIES_WITH_HEADS[:1]) if each):
        if wanted == "head" and office not in {None, "head", "president", "party leader"}:
            continue
        found = office_holder(name, wanted, on)
        if found is not None and (office is not None):
            return found
    return None
