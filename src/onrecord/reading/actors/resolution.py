"""Say who a chain of mentions is: usual name, kind, country, sector, title and links."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from onrecord.knowledge.countries import countries, find_country_words, name_of
from onrecord.knowledge.entries import find_name, is_vague_place
from onrecord.knowledge.inflection import lemma_of
from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.persons import bears_name
from onrecord.knowledge.resolver import Known, resolve_actor
from onrecord.reading.actors.coreference import Chain
from onrecord.reading.actors.kinds import HALVES
from onrecord.reading.actors.located import by_dateline, home_of, located
from onrecord.reading.actors.mentions import Mention, MentionKind
from onrecord.reading.document import Document, Token
from onrecord.record import ActorKind, Sector

__all__ = ["Resolved", "resolve_chains"]

_STATE_ENTRIES = ("country:", "seat:", "capital:")
_ENTRIES = (*_STATE_ENTRIES, "org:", "person:")
_KINDS: dict[MentionKind, ActorKind] = {
    "person": "person", "country": "country", "group": "group",
}  # fmt: skip
_MAX_PHRASES = 5
"""Descriptions of one actor that are looked up: the fullest ones decide."""
_LONGEST_NATION = 3
"""Words of a nation's name before an institution's."""
_LONGEST_NAME = 60
"""Characters of a name with its owner; a longer one is that of a sentence."""
_TEXT = "text"
"""What found those of whom the knowledge tells nothing."""
_UNKNOWN = 0.7
"""Confidence in a kind that only the form of the words tells; 73 % hold on GUM."""


class Resolved(Struct, frozen=True):
    """Who a chain is.

    Attributes:
        key: The same for every chain that means the same one; empty for the unknown and unnamed.
        name: Usual name, or the fullest in the text.
        kind: As in the record.
        country: ISO 3166 alpha-3, `IGO`, `NGO`, or None.
        sector: PLOVER sector, or None.
        title: Office on the article's day, or as the text has it.
        links: Where to read about it.
        confidence: Probability that kind, country and sector hold.
        found_by: The rule and the knowledge entry.
    """

    key: str
    name: str
    kind: ActorKind
    country: str | None
    sector: Sector | None
    title: str | None
    links: tuple[str, ...]
    confidence: float
    found_by: str


def resolve_chains(document: Document, chains: Sequence[Chain]) -> list[Resolved]:
    """Resolve chains in order; what belongs to somebody is resolved by its owner.

    `Its foreign minister` is Iran's where `its` is, `the ministry's spokesman` the country's, and
    so is the Foreign Ministry, whose name every state's has.
    """
    resolved = [_resolve_chain(document, chain) for chain in chains]
    of_head = {m.head: number for number, chain in enumerate(chains) for m in chain.mentions}
    for number, chain in enumerate(chains):
        known = resolved[number]
        if known.country is not None or (chain.named and not _may_be_owned(known)):
            other = _of_another(document, chain, known, resolved, of_head)
            resolved[number] = _serving(document, chain, other, resolved, of_head)
            continue
        for mention, owner in _owners(document, chain):
            possessor = of_head.get(owner, number)
            if possessor != number and resolved[possessor].country is not None:
                resolved[number] = _by_owner(document, chain, mention, known, resolved[possessor])
                break
        else:
            resolved[number] = _of_nation(document, chain) or located(document, chain, known)
    home = home_of(document)
    return [
        by_dateline(known, home) if chain.named else known
        for chain, known in zip(chains, resolved, strict=True)
    ]


def _of_another(
    document: Document,
    chain: Chain,
    known: Resolved,
    resolved: Sequence[Resolved],
    of_head: Mapping[int, int],
) -> Resolved:
    """Resolve another state's body of the same name: `Peru's Congress` is not America's."""
    if known.kind != "organization" or not chain.named:
        return known
    for mention in chain.mentions:
        number = None if mention.owner is None else of_head.get(mention.owner)
        if number is None or resolved[number].kind != "country":
            continue
        owner, state = resolved[number], resolved[number].country
        if state is not None and state != known.country:
            found = _owned(document, chain, mention, _owner_name(mention, owner))
            return found if found is not None and found.country == state else known
    return known


def _serving(
    document: Document,
    chain: Chain,
    known: Resolved,
    resolved: Sequence[Resolved],
    of_head: Mapping[int, int],
) -> Resolved:
    """Resolve a person of whom only is told for whom he works: `Carr, a spokesman for Mueller`."""
    if known.kind != "person" or known.found_by != _TEXT:
        return known
    for mention in (each for each in chain.mentions if each.form == "nominal"):
        for preposition in document.children(mention.head, "prep"):
            for child in document.children(preposition.index, "pobj"):
                number = of_head.get(child.index)
                if preposition.lower in {"for", "to"} and number is not None:
                    served = resolved[number]
                    return replace(
                        known, country=served.country, sector=served.sector, title=mention.noun,
                        found_by=known.found_by if served.country is None else "rule:serves",
                    )  # fmt: skip
    return known


def _may_be_owned(known: Resolved) -> bool:
    """Tell whether a name leaves open whose the body is: `Supreme Court`, `Social Democrats`."""
    is_body = known.kind in {"organization", "group"}
    is_open = known.found_by == _TEXT or known.found_by.startswith("knowledge:agent:")
    return is_body and not known.key and is_open


def _by_owner(
    document: Document, chain: Chain, mention: Mention, known: Resolved, owner: Resolved
) -> Resolved:
    """Resolve what belongs to somebody; a body that nothing is known of is its state's."""
    found = _owned(document, chain, mention, _owner_name(mention, owner))
    is_unknown = chain.named and known.found_by == _TEXT and owner.kind == "country"
    return found or (replace(known, country=owner.country) if is_unknown else known)


def _owners(document: Document, chain: Chain) -> Iterator[tuple[Mention, int]]:
    """Yield the mentions that tell an owner, with its head: `its army`, `army of the country`."""
    for mention in chain.mentions:
        if mention.form == "pronoun":
            continue
        if mention.owner is not None:
            yield mention, mention.owner
        for preposition in document.children(mention.head, "prep"):
            if preposition.lower == "of":
                for child in document.children(preposition.index, "pobj"):
                    yield mention, child.index


def _of_nation(document: Document, chain: Chain) -> Resolved | None:
    """Resolve an institution's name by the nation before it: `Nigeria Police`, `UK High Court`."""
    for mention in chain.mentions:
        nation = _nation_before(document, mention)
        if nation is not None:
            return _owned(document, chain, mention, name_of(nation[1]))
    return None


def _nation_before(document: Document, mention: Mention) -> tuple[int, str] | None:
    """Return where the nation right before a name begins, and its country."""
    if mention.form != "name":
        return None
    sentence = document.sentence_of(mention.head)
    first = max(mention.name[0] - _LONGEST_NATION, sentence.first)
    words = [token.text for token in document.tokens[first : mention.name[0]]]
    nations = [each for each in find_country_words(words) if each.last == len(words)]
    if not nations or nations[-1].is_region:
        return None
    return first + nations[-1].first, nations[-1].code


def _with_owner(document: Document, mention: Mention) -> str:
    """Return a common name with what tells whose it is: `Russia's Foreign Ministry`."""
    first, last = mention.name
    nation = _nation_before(document, mention)
    if mention.owner is not None:
        first = min(first, document.subtree(mention.owner)[0])
    elif nation is not None:
        first = nation[0]
    for preposition in document.children(mention.head, "prep"):
        if preposition.lower == "of" and preposition.index == last:
            last = document.subtree(preposition.index)[1]
    first += document.tokens[first].tag == "DT"
    name = document.span(first, last).text
    return name if len(name) < _LONGEST_NAME else document.span(*mention.name).text


def _owner_name(mention: Mention, owner: Resolved) -> str | None:
    """Return the name by which an owner's things are looked up; None if it tells nothing of them.

    A person's house says nothing of a state, unless somebody in office or a state's body is meant.
    """
    if owner.kind in {"country", "organization"}:
        return owner.name
    is_public = mention.form == "name" or mention.noun in nominals().office
    return name_of(owner.country or "") if is_public else None


def _owned(
    document: Document, chain: Chain, mention: Mention, owner: str | None
) -> Resolved | None:
    """Resolve a description or a common name with its owner's name in the owner's place."""
    first, last = mention.first, mention.head + 1
    for index in range(mention.first, mention.head):
        if document.tokens[index].tag in {"POS", "PRP$", "DT", "PDT"}:
            first = index + 1
    if mention.form == "name":
        first, last = mention.name
    phrase = f"{owner}'s {document.span(first, last).text}"
    known = resolve_actor(phrase, on=document.article.published_day)
    if owner is None or known is None or known.country is None:
        return None
    found = _resolved(document, chain, mention, known.doubted(0.8))
    if mention.form == "name" and not found.key:
        return replace(found, name=_with_owner(document, mention))
    return found


def _resolve_chain(document: Document, chain: Chain) -> Resolved:
    """Resolve one chain by its names and descriptions on the article's day."""
    on = document.article.published_day
    best = _best_mention(document, chain)
    if chain.kind == "person" and chain.named:
        known = _person(document, chain, on)
    elif chain.named:
        known = _named(document, best, on)
    else:
        known = _unnamed(document, chain, on)
    return _resolved(document, chain, best, known)


def _person(document: Document, chain: Chain, on: dt.date | None) -> Known | None:
    """Look up a person by title and name together, by name, then by what the text calls them.

    A surname whose title names a nation is no other nation's: `the Somali president Sharif`.
    """
    names = _names_of(document, chain)
    full = tuple(name for name in names if len(name.split()) > 1)
    is_titled = any(each.words for each in chain.mentions if each.form == "name")
    if not is_titled and all(name in nominals().given for name in names):
        return None
    every = [each for each in _look_up(document, chain, on, "name") if each.kind == "person"]
    found = [each for each in every if _may_be(each, full)]
    titled = next((each for each in found if each.entry.startswith("title:")), None)
    if titled is not None and titled.country is not None and not full:
        found = [each for each in found if each.country == titled.country]
    listed = [each for each in found if each.entry.startswith("person:")]
    if listed or found:
        return max(listed or found, key=lambda each: each.confidence)
    described = [
        each if each.kind == "person" else replace(each, entry=f"of:{each.entry}", links=())
        for each in _look_up(document, chain, on, "nominal")
        if each.sector
    ]
    if not described or _may_be(described[0], full):
        return described[0] if described else None
    return replace(described[0], entry=f"office:{described[0].entry}", links=())


def _names_of(document: Document, chain: Chain) -> tuple[str, ...]:
    """Return the names of a person, titles left out."""
    names = (document.span(*each.name).text for each in chain.mentions if each.form == "name")
    return tuple(dict.fromkeys(names))


def _may_be(known: Known, full: tuple[str, ...]) -> bool:
    """Tell whether whoever was looked up may bear the full names: `Roy Moore` is no other Moore."""
    if not full or not known.entry.startswith("person:"):
        return True
    return any(bears_name(known.entry, name) for name in full)


def _look_up(document: Document, chain: Chain, on: dt.date | None, form: str) -> Iterator[Known]:
    """Yield what is known of the chain's phrases of one form, the longest phrases first."""
    phrases = dict.fromkeys(
        phrase
        for mention in chain.mentions
        if mention.form == form
        for phrase in _phrases(document, mention)
    )
    for phrase in sorted(phrases, key=len, reverse=True)[:_MAX_PHRASES]:
        known = resolve_actor(phrase, on=on)
        if known is not None:
            yield known


def _phrases(document: Document, mention: Mention) -> Iterator[str]:
    yield document.span(mention.first, mention.last).text
    if mention.form == "name":
        name = document.span(*mention.name).text
        yield name
        title = _shared_title(document, mention) if mention.kind == "person" else None
        if title is not None:
            yield f"{title} {name}"


def _shared_title(document: Document, mention: Mention) -> str | None:
    """Return the title that several people share, as one of them bears it: `Senators X and Y`.

    Of `senators, including X and Y` both are senators too.
    """
    first = document.tokens[mention.head]
    while first.dep == "conj" and first.tag == "NNP":
        first = document.head(first)
    words = document.children(first.index, "compound", "nmod")
    above = document.head(first)
    if first.dep == "pobj" and above.lower == "including":
        words = (document.head(above),)
    for word in words:
        one = lemma_of(word.lower, "NNS")
        if word.tag in {"NNS", "NNPS"} and nominals().is_person(one):
            begun = word.index
            while begun and _is_of_title(document.tokens[begun - 1]):
                begun -= 1
            before = (each.text for each in document.tokens[begun : word.index])
            return " ".join((*before, one.capitalize()))
    return None


def _is_of_title(word: Token) -> bool:
    return word.tag in {"NNP", "JJ"} and word.text[0].isupper()


def _named(document: Document, best: Mention, on: dt.date | None) -> Known | None:
    """Look up an organization or a country; part of its name is not enough to be another."""
    first, last = best.name
    words = [token.text for token in document.tokens[first:last]]
    if not words:
        return None
    printed = document.span(first, last).text
    name = _whole_name(document, printed)
    words = words if name == printed else name.split()
    known = resolve_actor(name, on=on)
    if known is None or not known.entry.startswith(_ENTRIES):
        return known
    state = known.entry.startswith("country:")
    if state and ("government" in {words[0].lower(), words[-1].lower()} or known.kind == "group"):
        return known
    if is_vague_place(words) and not _names_country(document, known.country):
        return None
    return known if find_name(words) or find_name(["the", *words]) else None


def _whole_name(document: Document, name: str) -> str:
    """Return the whole name of a country that is called by half of it: `the North` of Korea."""
    if name not in HALVES:
        return name
    behind = re.findall(rf"\b(?:{name}|{HALVES[name]}) ([A-Z][a-z]+)", document.text)
    whole = (f"{name} {each}" for each in dict.fromkeys(behind))
    return next((each for each in whole if find_name(each.split())), name)


def _names_country(document: Document, code: str | None) -> bool:
    """Tell whether a text has a country's name, adjective or people."""
    country = countries().get(code or "")
    if country is None:
        return True
    names = (country.name, *country.names, *country.adjectives, *country.demonyms)
    return any(name in document.text for name in names)


def _unnamed(document: Document, chain: Chain, on: dt.date | None) -> Known | None:
    """Look up a description; several countries in it leave the country open."""
    found = list(_look_up(document, chain, on, "nominal"))
    return max(found, key=lambda each: each.country is not None) if found else None


def _resolved(document: Document, chain: Chain, best: Mention, known: Known | None) -> Resolved:
    kind: ActorKind = _KINDS.get(chain.kind, "organization")
    name = _name(document, best)
    if known is None:
        kind = "place" if kind == "country" else kind
        return Resolved("", name, kind, None, None, None, (), _UNKNOWN, _TEXT)
    if chain.named and known.entry.startswith(_ENTRIES) and known.kind != "group":
        return _from_entry(known)
    if kind == "country":
        kind = "organization" if known.kind == "organization" else "place"
    confidence = round(0.9 * known.confidence, 3)
    if _is_the_one(chain, known):
        return replace(_from_entry(known), confidence=confidence)
    country = None if _spans_countries(document, best) else known.country
    title = known.title if kind == "person" else None
    return Resolved(
        "", name, kind, country, known.sector, title, (), confidence, f"knowledge:{known.entry}"
    )


def _is_the_one(chain: Chain, known: Known) -> bool:
    """Tell whether a description means the one holder of an office: `the Kremlin spokesman`."""
    is_person = known.kind == "person" and known.entry.startswith("person:")
    is_definite = any(each.start in {"definite", "possessive"} for each in chain.mentions)
    return is_person and is_definite and not chain.plural and not chain.named


def _from_entry(known: Known) -> Resolved:
    """Make a state's seat and capital the state; everything else is its entry."""
    key, name, links, sector = known.entry, known.name, known.links, known.sector
    if key.startswith(_STATE_ENTRIES) and sector in {None, "GOV"} and known.country:
        key, sector = f"country:{known.country}", "GOV"
        name = name_of(known.country) or name
    return Resolved(
        key, name, known.kind, known.country, sector, known.title, links, known.confidence,
        f"knowledge:{known.entry}",
    )  # fmt: skip


def _spans_countries(document: Document, mention: Mention) -> bool:
    """Tell whether a phrase names several countries (`diplomats from the US and Russia`)."""
    words = [token.text for token in document.tokens[mention.first : mention.last]]
    return len({word.code for word in find_country_words(words)}) > 1


def _best_mention(document: Document, chain: Chain) -> Mention:
    """Return the mention with the fullest name, or the fullest description."""
    return max(
        (mention for mention in chain.mentions if mention.form != "pronoun"),
        key=lambda mention: (mention.form == "name", _width(document, mention), -mention.index),
    )


def _width(document: Document, mention: Mention) -> int:
    first, last = mention.name if mention.form == "name" else (mention.first, mention.last)
    return document.tokens[last - 1].end - document.tokens[first].start


def _name(document: Document, mention: Mention) -> str:
    if mention.form == "name":
        return document.span(*mention.name).text
    first = mention.first
    while first < mention.head and document.tokens[first].tag in {"DT", "PRP$", "PDT", ","}:
        first += 1
    return document.span(first, mention.last).text
