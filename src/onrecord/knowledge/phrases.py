"""Take an actor phrase apart: head, modifiers, possessor, complement, apposition."""

import re
from collections.abc import Sequence

from msgspec import Struct

from onrecord.knowledge.agents import agent_at_end, agent_of, is_in_agents
from onrecord.knowledge.countries import find_country_words, is_country
from onrecord.knowledge.entries import entries, find_name, match_names
from onrecord.knowledge.spelling import split_words

__all__ = ["QUANTITIES", "Phrase", "parse_phrase", "written_out"]

_DETERMINERS = frozenset({
    "the", "a", "an", "this", "that", "these", "those", "some", "several", "many", "few", "both",
    "all", "any", "each", "every", "another", "other", "certain", "various", "most", "more",
    "his", "her", "its", "their", "our", "my", "your", "no", "at", "least", "about", "around",
    "nearly", "almost", "over", "than", "up", "to", "hundreds", "thousands", "dozens", "scores",
    "tens", "millions", "of", "group", "number", "couple", "pair", "hundred", "thousand",
    "million", "dozen", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "unknown",
    "handful", "majority", "host", "batch", "band", "total", "series", "approximately", "roughly",
    "newly", "pack", "second", "third", "fourth", "first", "last", "whole",
    "crowd", "and", "or", "but", "then", "mr", "mrs", "ms", "dr", "sir", "lord", "dame",
    "prof", "lady",
})  # fmt: skip
_INDEFINITE = frozenset({"a", "an", "some", "several", "another", "one", "two", "many", "various"})
QUANTITIES = frozenset({
    "hundreds", "thousands", "dozens", "scores", "tens", "millions", "group", "number", "couple",
    "pair", "crowd", "handful", "majority", "host", "batch", "band", "total", "series", "pack",
    "one", "some", "many", "most", "several", "all",
})  # fmt: skip
_FORMER = frozenset({"former", "ex", "retired", "late", "ousted", "deposed", "onetime", "ex-",
                     "erstwhile", "outgoing-former", "disgraced-former", "one-time"})  # fmt: skip
_PREPOSITIONS = frozenset({
    "of", "in", "from", "for", "at", "on", "to", "with", "against", "near", "by", "under",
    "over", "inside", "outside", "within", "around", "across", "among", "between", "behind",
    "about", "along", "into", "after", "during", "throughout", "via", "without", "who", "whom",
    "which", "whose", "wearing", "carrying", "based", "stationed", "loyal", "led", "headed",
    "allied", "linked", "known", "including", "called", "named", "accused", "opposed", "like",
})  # fmt: skip
_TITLES = {
    "Adm": "Admiral", "Amb": "Ambassador", "Brig": "Brigadier", "Capt": "Captain",
    "Cmdr": "Commander", "Col": "Colonel", "Gen": "General", "Gov": "Governor",
    "Lt": "Lieutenant", "Maj": "Major", "Pres": "President", "Rep": "Representative",
    "Sen": "Senator", "Sgt": "Sergeant", "Supt": "Superintendent",
}  # fmt: skip
_SHORT_TITLE = re.compile(rf"\b({'|'.join(_TITLES)})\.(?=\s+[A-Z])")
_GENITIVE = frozenset({"'s", "'"})
_LONGEST_SPAN = 4


class Phrase(Struct, frozen=True):
    """An actor phrase taken apart.

    Attributes:
        head: Words of the noun phrase after any possessor.
        owner: Words of the possessor (`Russia` in `Russia's army`).
        preposition: The word that opens the complement, or empty.
        tail: Words of the complement.
        apposition: Words after the first comma.
        is_former: `former`, `ex-`, `retired` stands in the head.
        is_indefinite: `a`, `some`, `two`: no one certain is meant.
    """

    head: tuple[str, ...]
    owner: tuple[str, ...]
    preposition: str
    tail: tuple[str, ...]
    apposition: tuple[str, ...]
    is_former: bool
    is_indefinite: bool


def written_out(text: str) -> str:
    """Return a phrase with the short forms of titles before names written out.

    Example:
        >>> written_out("Republican Sen. Ana Keller")
        'Republican Senator Ana Keller'
    """
    return _SHORT_TITLE.sub(lambda match: _TITLES[match[1]], text)


def parse_phrase(text: str) -> Phrase:
    """Take an actor phrase apart.

    Example:
        >>> parse_phrase("a former Russian ambassador to Poland").head
        ('Russian', 'ambassador')
    """
    words = split_words(text)
    first, rest = _first_conjunct(words)
    apposition = tuple(w for w in rest if w != ",")
    body, is_indefinite = _without_determiners(first)
    cut = _cut(body)
    owner, head = _split_owner(body[:cut])
    head, is_former = _without_former(head)
    return Phrase(
        head=head,
        owner=owner,
        preposition=body[cut].lower() if cut < len(body) else "",
        tail=body[cut + 1 :],
        apposition=apposition,
        is_former=is_former,
        is_indefinite=is_indefinite,
    )


def _first_conjunct(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cut at the first comma, or `and` that joins two actors and stands in no name."""
    inside = _inside_names(words)
    for at, word in enumerate(words):
        if at and at not in inside and (word == "," or _joins(words, at)):
            return words[:at], words[at + 1 :]
    return words, ()


def _joins(words: tuple[str, ...], at: int) -> bool:
    """Tell whether `and` joins two actors, not two modifiers of one (`US and UK troops`)."""
    if words[at] not in {"and", "&"} or at + 1 == len(words):
        return False
    before = find_country_words(words[:at])
    is_adjective = any(
        word.is_people and word.last == at and not is_country(" ".join(words[word.first : at]))
        for word in before
    )
    shares_head = (
        bool(before)
        and before[-1].last == at
        and words[at + 1].lower() not in _DETERMINERS
        and agent_at_end(words) is not None
        and not find_name(words[at + 1 :])
    )
    return not (is_adjective or shares_head or _are_parties(words, at)) and not _spans_agent(
        words, at
    )


def _are_parties(words: tuple[str, ...], at: int) -> bool:
    """Tell whether `and` joins parties before their people: `Labour and Tory lawmakers`."""
    is_one = any(entries()[key].group == "party" for key in find_name(words[:at]))
    after = words[at + 1 : at + 2]
    is_other = bool(after) and after[0].istitle() and not find_country_words(after)
    return is_one and is_other and agent_at_end(words) is not None


def _without_determiners(words: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    at = 0
    is_indefinite = False
    while at < len(words) - 1 and _is_determiner(words, at):
        is_indefinite |= words[at].lower() in _INDEFINITE or words[at][:1].isdigit()
        at += 1
    return words[at:], is_indefinite


def _is_determiner(words: tuple[str, ...], at: int) -> bool:
    word = words[at].lower().rstrip(".")
    if words[at + 1] in _GENITIVE:
        return False
    if word in QUANTITIES and at + 1 < len(words):
        return word in _INDEFINITE or words[at + 1].lower() == "of" or at > 0
    if word[:1].isdigit():
        return True
    return word in _DETERMINERS and not (at == 0 and word in {"of", "to", "up", "at"})


def _cut(words: tuple[str, ...]) -> int:
    """Return where the complement begins: at the first preposition that no name spans."""
    inside = _inside_names(words)
    for index, word in enumerate(words):
        is_preposition = index and word.lower() in _PREPOSITIONS and index not in inside
        if is_preposition and not _spans_agent(words, index):
            return index
    return len(words)


def _inside_names(words: tuple[str, ...]) -> frozenset[int]:
    """Return the places of the words that stand within a name, its first word left out."""
    return frozenset(i for first, last, _ in match_names(words) for i in range(first + 1, last))


def _spans_agent(words: tuple[str, ...], at: int) -> bool:
    """Tell whether a noun of several words (`head of state`) reaches over this word."""
    return is_in_agents(words[at]) and any(
        agent_of(words[first:last]) is not None
        for first in range(max(0, at - _LONGEST_SPAN), at)
        for last in range(min(len(words), at + _LONGEST_SPAN), at + 1, -1)
    )


def _split_owner(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    inside = _inside_names(words)
    owned = [at for at, word in enumerate(words) if word in _GENITIVE and at not in inside]
    if not owned:
        return (), words
    at = owned[-1]
    owner = tuple(word for word in words[:at] if word not in _GENITIVE)
    return (owner, words[at + 1 :]) if words[at + 1 :] else ((), owner)


def _without_former(words: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    kept = []
    is_former = False
    for word in words:
        lower = word.lower()
        if lower in _FORMER and len(words) > 1:
            is_former = True
        elif lower.startswith("ex-") and len(lower) > 4:
            is_former = True
            kept.append(word[3:])
        else:
            kept.append(word)
    return tuple(kept), is_former
