"""Give those meant the country they are told to be in: `a court in Bavaria`, `police in Minsk`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord.knowledge.countries import find_country_words
from onrecord.knowledge.entries import entries, match_names
from onrecord.reading.actors.mentions import Mention
from onrecord.reading.document import Document, Token
from onrecord.record import Sector

if TYPE_CHECKING:
    from onrecord.reading.actors.coreference import Chain
    from onrecord.reading.actors.resolution import Resolved

__all__ = ["AT_HOME", "by_dateline", "home_of", "located"]

_LOCAL: frozenset[Sector | None] = frozenset({"GOV", "LEG", "JUD", "COP", "EDU", "MED", "REL"})
"""Sectors of institutions that belong to where they are, as armies and companies may not."""
_NATIVE: frozenset[Sector | None] = frozenset({"COP", "JUD", "LEG", "REB", "OPP"})
_NATIVES = frozenset(
    {
        "authority",
        "resident",
        "protester",
        "demonstrator",
        "villager",
        "citizen",
        "voter",
        "soldier",
        "army",
        "military",
        "government",
    }
)
"""Sectors and nouns of people who belong to where they are, as troops and diplomats may not."""
_STATE: frozenset[Sector | None] = frozenset({"GOV", "LEG", "JUD", "COP"})
"""Sectors of those who serve a state at home; soldiers and diplomats may be anywhere."""
_SEATS = frozenset({"brussels", "geneva", "hague", "strasbourg", "vienna"})
_ABROAD = frozenset({"ambassador", "attaché", "consul", "diplomat", "envoy"})
"""Who serves a state away from home."""
_DATELINE = 0.85
"""Of 47 people in Reuters reports who got a country so, 46 have it; the other was an ambassador."""
AT_HOME: frozenset[Sector | None] = frozenset({"CVL", "UNK", "REL", "SOC"})
"""Sectors of people who are at home where something is done to them."""


def located(document: Document, chain: "Chain", known: "Resolved") -> "Resolved":
    """Give the country they are told to be in: `a court in Bavaria`, `police in Minsk`."""
    for mention in chain.mentions:
        if not _is_local(document, mention, known):
            continue
        for preposition in _where(document, mention, known):
            first, last = document.subtree(preposition.index)
            places = find_country_words([t.text for t in document.tokens[first + 1 : last]])
            if len({each.code for each in places}) == 1:
                return replace(known, country=places[0].code)
    return known


def home_of(document: Document) -> str | None:
    """Return the country from whose capital a report was sent, if the report speaks of it.

    Seats of international bodies are no home: anybody is told of from Brussels or Geneva.
    """
    if not document.datelines:
        return None
    first, last = document.datelines[0]
    words = [token.text.title() for token in document.tokens if first <= token.start < last]
    sent = next((key for _, _, key in match_names(words) if key.startswith("capital:")), None)
    if sent is None or _SEATS & {word.lower() for word in words}:
        return None
    code = entries()[sent].country
    behind = [token.text for token in document.tokens if token.start >= last]
    return code if code in {each.code for each in find_country_words(behind)} else None


def by_dateline(known: "Resolved", home: str | None) -> "Resolved":
    """Give somebody who serves a state the report's country, where nothing tells another.

    `WASHINGTON (Reuters) - Senator Ana Keller`: of foreign ones it is said where they are from.
    """
    if home is None or known.kind != "person" or known.country or known.sector not in _STATE:
        return known
    if _ABROAD & set((known.title or "").split()):
        return known
    return replace(
        known,
        country=home,
        confidence=round(known.confidence * _DATELINE, 3),
        found_by=f"{known.found_by}, dateline",
    )


def _where(document: Document, mention: Mention, known: "Resolved") -> Iterator[Token]:
    """Yield the prepositions that may tell where those meant are.

    Right after them, or for people to whom something is done, under the verb: `killed 12 people in
    Kabul`.
    """
    for preposition in document.children(mention.head, "prep"):
        if preposition.lower in {"in", "of"} and preposition.index == mention.head + 1:
            yield preposition
    head = document.tokens[mention.head]
    if head.dep in {"dobj", "nsubjpass"} and _is_anywhere(known):
        for preposition in document.children(head.head, "prep"):
            if preposition.lower == "in":
                yield preposition


def _is_local(document: Document, mention: Mention, known: "Resolved") -> bool:
    """Tell whether those meant belong to the country that they are in."""
    if known.kind == "organization" and known.sector in _LOCAL:
        return True
    if mention.form != "nominal" or known.kind not in {"group", "person", "organization"}:
        return False
    native = known.sector in _NATIVE or known.sector in AT_HOME or known.sector == "BUS"
    return native or document.tokens[mention.head].lemma in _NATIVES


def _is_anywhere(known: "Resolved") -> bool:
    """Tell whether people or a business are where something is done to them."""
    return known.sector in AT_HOME or (known.kind == "organization" and known.sector == "BUS")
