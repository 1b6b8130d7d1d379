"""Resolve any actor phrase to who is meant, with country and sector, on a day."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from onrecord.knowledge.agents import (
    INHERITED,
    Agent,
    agent_at_end,
    denotes_people,
    is_title,
    sector_of_noun,
)
from onrecord.knowledge.contexts import (
    ANY_BODY,
    Context,
    context_of,
    country_in,
    is_of_some_body,
    phrase_context,
    sector_of,
)
from onrecord.knowledge.countries import (
    country_of,
    find_country_words,
    is_country,
    name_of,
)
from onrecord.knowledge.entries import (
    Entry,
    entries,
    find_name,
    is_ambiguous,
    known_entry,
    match_names,
)
from onrecord.knowledge.holders import holder_in, office_in
from onrecord.knowledge.known import Known, known
from onrecord.knowledge.namesakes import is_another_name, is_given_name
from onrecord.knowledge.offices import offices
from onrecord.knowledge.persons import (
    choose_person,
    known_person,
    office_holder,
    person_with_title,
)
from onrecord.knowledge.phrases import Phrase, parse_phrase, written_out
from onrecord.knowledge.spelling import split_words
from onrecord.record import ActorKind

__all__ = [
    "Known",
    "country_of",
    "is_country",
    "is_title",
    "known_entry",
    "known_person",
    "match_names",
    "office_holder",
    "resolve_actor",
    "sector_of_noun",
]

_NAMESAKES = 0.7
"""A name that several bear: the one in the tables is the likeliest in news, not the only one."""
_POWERS = frozenset({"GOV", "LEG", "SPY", "MIL", "COP", "JUD"})
_STATES = ("country:", "capital:")
_HOUSE, _ITS_COUNTRY = "Representative", "USA"
"""Before a name, with a capital and no country but this one, a member of its House."""
_SEATED = frozenset({"in", "on", "of"})
_OF_COMPANIES = frozenset({
    "president", "vice president", "spokesman", "spokeswoman", "spokesperson", "press secretary",
    "press officer", "secretary",
})  # fmt: skip
"""Offices of a state that companies have too, where they are no office of the state."""
_GOVERNMENT = frozenset({"government", "administration", "regime", "authority", "state"})


@lru_cache(maxsize=8192)
def resolve_actor(text: str, *, on: dt.date | None = None) -> Known | None:
    """Return who a phrase means on a day, or None where nothing is known of it.

    Without a day the last holder of an office is meant, with less confidence.

    Example:
        >>> resolve_actor("the Kremlin").country, resolve_actor("American warplanes").sector
        ('RUS', 'MIL')
        >>> resolve_actor("the Hungarian prime minister", on=dt.date(2022, 2, 1)).name
        'Viktor Orban'
    """
    text = written_out(_without_parenthesis(text))
    phrase = parse_phrase(text)
    words = split_words(text)
    found = _as_name(words, on) or _as_phrase(phrase, on)
    if found is None and phrase.apposition:
        return _as_phrase(parse_phrase(" ".join(phrase.apposition)), on)
    return _with_apposition(found, phrase, on) if found else None


def _without_parenthesis(text: str) -> str:
    """Cut out the first parenthesis: mostly an acronym of what stands before it."""
    before, _, rest = text.partition(" (")
    _, closed, after = rest.partition(")")
    return f"{before} {after.strip()}".strip() if closed and before.strip() else text


def _with_apposition(found: Known, phrase: Phrase, on: dt.date | None) -> Known:
    """Let an apposition name the person, or supply the country or sector that is still open."""
    if not phrase.apposition or found.kind not in {"person", "organization", "group"}:
        return found
    more = _as_phrase(parse_phrase(" ".join(phrase.apposition)), on)
    if more is None:
        return found
    if _names_holder(found, more, phrase):
        return more
    if found.codebook_country and found.codebook_sector:
        return found
    return known(
        found.name, found.kind, found.codebook_country or more.codebook_country,
        found.codebook_sector or more.codebook_sector, title=found.title or more.title,
        links=found.links, entry=found.entry, confidence=min(found.confidence, more.confidence),
        named=found.named,
    )  # fmt: skip


def _names_holder(found: Known, more: Known, phrase: Phrase) -> bool:
    """Tell whether the apposition names the holder of an office (`the premier, Viktor Orban`)."""
    is_office = found.kind == "person" and agent_at_end(phrase.head) is not None
    is_person = more.kind == "person" and more.entry.startswith("person:")
    return is_office and is_person and found.codebook_country in {None, more.codebook_country}


def _as_name(words: Sequence[str], on: dt.date | None) -> Known | None:
    keys = find_name(words) or (find_name(words, any_case=True) if len(words) > 2 else ())
    if not keys:
        return None
    if keys[0].startswith("person:"):
        found = choose_person(words[1:] if words[0].lower() == "the" else words, on)
    else:
        found = known_entry(keys[0], on)
    return found.doubted(_NAMESAKES) if found and is_ambiguous(words) else found


def _as_phrase(phrase: Phrase, on: dt.date | None) -> Known | None:
    if not phrase.head:
        return None
    for read in (
        _of_a_party,
        _named_head,
        _titled_head,
        _common_head,
        _surname_head,
        _loose_head,
        _owner,
    ):
        found = read(phrase, on)
        if found is not None:
            return found
    return _country_head(phrase) or _complement(phrase, on)


def _of_a_party(phrase: Phrase, on: dt.date | None) -> Known | None:
    """Read a party's members in a parliament: `the top Democrat on the Senate panel`."""
    names = match_names(phrase.head)
    if not names or names[-1][1] != len(phrase.head) or phrase.preposition not in _SEATED:
        return None
    party = entries()[names[-1][2]]
    if party.group != "party" or phrase.head[-1] == party.name.split()[-1]:
        return None
    house = context_of(phrase.tail, on, nearest=0)
    if house.sector != "LEG":
        return None
    return known(
        " ".join(phrase.head), "group" if phrase.head[-1].endswith("s") else "person",
        house.country or party.country, "LEG", entry="agent:lawmaker", confidence=0.75,
    )  # fmt: skip


def _complement(phrase: Phrase, on: dt.date | None) -> Known | None:
    """Read a phrase of which only the complement is known (`followers of Riek Machar`)."""
    found = _as_phrase(parse_phrase(" ".join(phrase.tail)), on) if phrase.tail else None
    if found is None or found.codebook_country is None:
        return None
    return known(
        " ".join(phrase.head), "group", found.codebook_country, found.codebook_sector,
        entry=f"complement:{found.entry}", confidence=0.4, named=False,
    )  # fmt: skip


def _named_head(phrase: Phrase, on: dt.date | None) -> Known | None:
    """Read a phrase whose head ends with a known name (`the opposition Labour Party`)."""
    names = match_names(phrase.head)
    if not names or names[-1][1] != len(phrase.head):
        return None
    first, last, key = names[-1]
    before = phrase.head[:first]
    if key.startswith(_STATES) and is_another_name(before):
        return _named_after(phrase, key)
    return _after(phrase, first, last, key, on)


def _after(phrase: Phrase, first: int, last: int, key: str, on: dt.date | None) -> Known | None:
    """Read a known name with the words before it."""
    before = phrase.head[:first]
    if key.startswith("person:"):
        return _person_after(phrase, before, phrase.head[first:last], on)
    found = known_entry(key, on)
    entry = entries()[key]
    country = context_of((*phrase.owner, *before), on).country
    if found and country and _is_elsewhere(entry, country):
        return _namesake(phrase, found, country)
    if found and entry.group == "party" and "opposition" in {w.lower() for w in before}:
        return replace(found, sector="OPP", codebook_sector="OPP")
    return found


def _named_after(phrase: Phrase, key: str) -> Known | None:
    """Return the body that bears a state's name in its own (`Environment Canada`), no person."""
    if is_given_name(phrase.head[0]):
        return None
    return known(
        " ".join(phrase.head), "organization", entries()[key].country, None,
        entry=f"part:{key}", confidence=0.6,
    )  # fmt: skip


def _is_elsewhere(entry: Entry, country: str) -> bool:
    is_national = (
        entry.group not in {"country", "seat", "capital"} and len(entry.country or "") == 3
    )
    return is_national and entry.country not in {country, "IGO", "EUR", "UNO", "NGO", "IMG"}


def _namesake(phrase: Phrase, found: Known, country: str) -> Known:
    """Return the body of the same name in another country (`the Italian Senate`)."""
    name = " ".join((*phrase.owner, *phrase.head))
    return known(
        name, found.kind, country, found.codebook_sector, entry=f"namesake:{found.entry}",
        confidence=0.75,
    )  # fmt: skip


def _titled_head(phrase: Phrase, on: dt.date | None) -> Known | None:
    """Read a title, the longest, with a name that no entry has in full (`Secretary Blinken`)."""
    for first in range(len(phrase.head) - 1, 0, -1):
        name = phrase.head[first:]
        if not _looks_like_name(name):
            continue
        if is_given_name(phrase.head[first - 1]):  # `Senator Dean Heller` is no dean
            continue
        titled = agent_at_end(phrase.head[:first])
        if titled is not None and titled[1].kind == "person" and titled[1].sector != "UNK":
            return _person_after(phrase, phrase.head[:first], name, on)
    return None


def _agent_in(words: Sequence[str]) -> tuple[int, Agent] | None:
    """Return the agent noun that words end with, unless it is a surname: `Peter King`."""
    ended = agent_at_end(words)
    if ended is None or ended[0] != len(words) - 1 or not words[-1].istitle():
        return ended
    given = words[-2:-1]
    is_surname = bool(given) and is_given_name(given[0]) and not find_country_words(given)
    return None if is_surname else ended


def _looks_like_name(words: Sequence[str]) -> bool:
    return (
        words[0][:1].isupper()
        and words[-1][:1].isupper()
        and _agent_in(words) is None
        and not any(word.is_people for word in find_country_words(words))
    )


def _person_after(
    phrase: Phrase, before: Sequence[str], name: Sequence[str], on: dt.date | None
) -> Known | None:
    """Resolve a name with the words before it: country, title, former."""
    titled = agent_at_end(before)
    context = context_of((*phrase.owner, *(before[: titled[0]] if titled else before)), on)
    if titled and before[-1] == _HOUSE and context.country in {None, _ITS_COUNTRY}:
        context = replace(context, country=_ITS_COUNTRY)
        titled = (titled[0], replace(titled[1], sector="LEG"))
    office = office_in(titled[1], context) if titled else None
    found = (
        choose_person(name, on, country=context.country, office=office)
        or choose_person(name, on, country=context.country)
        or choose_person(name, on, office=office)
    )
    if found is None or (titled and _is_other(found, name, titled[1])):
        return _unknown_person(phrase, name, titled[1] if titled else None, context)
    found = person_with_title(found, office, on)
    if titled and (found.codebook_sector is None or _is_stale(found, phrase)):
        found = _with_agent(found, titled[1], context)
    return _former(found) if phrase.is_former and on is None else found


def _is_other(found: Known, name: Sequence[str], agent: Agent) -> bool:
    """Tell whether a surname after a judge's title is another's who bears it: `Judge Moore`."""
    return len(name) == 1 and agent.sector == "JUD" and found.codebook_sector not in {"JUD", None}


def _is_stale(found: Known, phrase: Phrase) -> bool:
    return found.codebook_sector == "ELI" and not phrase.is_former


def _with_agent(found: Known, agent: Agent, context: Context) -> Known:
    """Trust the title in the text over a term that has run out or not begun."""
    sector = sector_of(agent, context)
    return known(
        found.name, "person", found.codebook_country, sector or found.codebook_sector,
        title=agent.phrase, links=found.links, entry=found.entry, confidence=0.7,
    )  # fmt: skip


def _unknown_person(
    phrase: Phrase, name: Sequence[str], agent: Agent | None, context: Context
) -> Known | None:
    if agent is None:
        return None
    is_open = agent.phrase in ANY_BODY and _is_of_unknown(phrase.head[: -len(name)])
    sector = "ELI" if phrase.is_former else None if is_open else sector_of(agent, context)
    return known(
        " ".join(name), "person", country_in(context), sector, title=agent.phrase,
        entry=f"title:{agent.phrase}", confidence=0.75 if context.country else 0.6,
    )  # fmt: skip


def _is_of_unknown(words: Sequence[str]) -> bool:
    """Tell whether an acronym that nothing is known of stands among words: `ACE President`."""
    known_words = {word for first, last, _ in match_names(words) for word in words[first:last]}
    known_words |= {w for at in find_country_words(words) for w in words[at.first : at.last]}
    return any(
        len(word) > 2 and word.isalpha() and word.isupper() and word not in known_words
        for word in words
    )


def _common_head(phrase: Phrase, on: dt.date | None) -> Known | None:
    """Read a phrase whose head is an agent noun (`a senior State Department official`)."""
    ended = _agent_in(phrase.head)
    if ended is None:
        return None
    first, agent = ended
    for start, end, _ in match_names(phrase.head[:-1]):
        after = agent_at_end(phrase.head[end:]) if start < first < end else None
        if after is not None:
            first, agent = end + after[0], after[1]
    context = phrase_context(phrase, phrase.head[:first], on)
    return holder_in(phrase, agent, context, on) or _compose(phrase, agent, context)


def _loose_head(phrase: Phrase, on: dt.date | None) -> Known | None:
    """Read a phrase with an agent noun somewhere before its last word, but no `Dean Heller`."""
    if is_given_name(phrase.head[0]) and all(word.istitle() for word in phrase.head):
        return None
    for last in range(len(phrase.head) - 1, 0, -1):
        ended = _agent_in(phrase.head[:last])
        if ended is not None and ended[1].sector not in {INHERITED, "UNK"}:
            named = _name_over(phrase.head, ended[0], last)
            if named is not None:
                return known_entry(named, on)
            before, after = phrase.head[: ended[0]], phrase.head[last:]
            context = phrase_context(phrase, (*before, *after), on)
            return _compose(phrase, ended[1], context).doubted(0.7)
    return None


def _name_over(words: Sequence[str], first: int, last: int) -> str | None:
    """Return the entry of a name that overlaps the words, so that they are no common noun."""
    over = (key for start, end, key in match_names(words) if start < last and first < end)
    return next(over, None)


def _surname_head(phrase: Phrase, on: dt.date | None) -> Known | None:
    """Read a bare surname, with no other name before it (`the embattled Netanyahu`)."""
    context = context_of(phrase.owner, on)
    for first in range(len(phrase.head)):
        found = choose_person(phrase.head[first:], on, country=context.country)
        if found is not None:
            return found if first == 0 else found.doubted(0.7)
        is_given = is_given_name(phrase.head[first]) and first + 1 < len(phrase.head)
        is_capital = phrase.head[first][:1].isupper()
        if is_given or (is_capital and not find_country_words(phrase.head[first:][:1])):
            return None
    return None


def _owner(phrase: Phrase, on: dt.date | None) -> Known | None:
    """Read what someone has or does as its owner (`Netanyahu's suggestion`)."""
    if not phrase.owner:
        return None
    found = _as_name(phrase.owner, on) or _as_phrase(parse_phrase(" ".join(phrase.owner)), on)
    return found and found.doubted(0.6)


def _country_head(phrase: Phrase) -> Known | None:
    """Read a phrase that tells no more than a country (`two Russians`, `a Syrian island`)."""
    if len(phrase.head) > 1 and is_given_name(phrase.head[0]) and phrase.head[1][:1].isupper():
        return None
    words = find_country_words(phrase.head)
    if not words:
        words = find_country_words((*phrase.owner, *phrase.tail))
    if not words:
        return None
    code, last = words[0].code, words[0].last
    is_whole = last == len(phrase.head)
    kind: ActorKind = "group" if words[0].is_people else "place"
    return known(
        " ".join(phrase.head), kind, code, None if is_whole else "UNK", entry=f"country:{code}",
        confidence=0.7 if is_whole else 0.5, named=not words[0].is_people,
    )  # fmt: skip


def _compose(phrase: Phrase, agent: Agent, context: Context) -> Known:
    """Put an unnamed actor together from its noun and what the phrase says of it."""
    is_unknown = context.sector is None and is_of_some_body(phrase, agent)
    sector = None if is_unknown else sector_of(agent, context)
    is_bank = sector == "BUS" and agent.phrase not in _OF_COMPANIES
    office = office_in(agent, context) if is_bank else None
    if office is not None:
        sector = offices()[office].sector or sector
    if phrase.is_former and sector in _POWERS:
        sector = "ELI"
    country = country_in(context)
    whole = country is not None and context.entry is None and _is_whole_state(phrase, agent)
    name = " ".join((*phrase.owner, *phrase.head))
    return known(
        (name_of(country) or name) if whole and country else name,
        "country" if whole else _kind(agent),
        country,
        sector,
        title=agent.phrase if agent.kind == "person" and not agent.is_plural else None,
        entry=f"country:{country}" if whole else f"agent:{agent.phrase}",
        confidence=_confidence(agent, context, sector),
        named=whole,
    )


def _is_whole_state(phrase: Phrase, agent: Agent) -> bool:
    """Tell whether the phrase is no more than a state and its government."""
    if agent.phrase not in _GOVERNMENT:
        return False
    before = phrase.head[: -len(agent.phrase.split())]
    places = find_country_words(phrase.owner or before or phrase.tail)
    is_bare = len(phrase.owner or before or phrase.tail) <= (places[0].last + 1 if places else 0)
    return bool(places) and not places[0].is_region and is_bare


def _kind(agent: Agent) -> ActorKind:
    if agent.kind == "organization":
        return "group" if agent.is_plural or denotes_people(agent.phrase) else "organization"
    return "person" if agent.kind == "person" and not agent.is_plural else "group"


def _former(found: Known) -> Known:
    title = f"former {found.title}" if found.title and "former" not in found.title else found.title
    return replace(found, sector="ELI", codebook_sector="ELI", title=title)


def _confidence(agent: Agent, context: Context, sector: str | None) -> float:
    if sector is None:
        return 0.5
    base = 0.85 if context.country else 0.75
    return base - 0.1 if agent.sector == INHERITED else base
