"""Find names: the parser's entities, repaired, and the capitalised words it passed over.

The parser's labels are often wrong on a single mention (`Lavrov` an organization, `navy` one too),
so a name's kind is voted on over the whole article, with titles and given names as further voters,
and what is a name in one place is one in every other.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from onrecord.knowledge.agents import agent_of
from onrecord.knowledge.entries import find_name, match_names
from onrecord.knowledge.event_triggers import word_class
from onrecord.knowledge.nominals import nominals
from onrecord.reading.actors.capitals import Capitals, is_capitalised
from onrecord.reading.actors.joining import (
    join_persons,
    join_surnames,
    with_halves,
    with_known,
    with_nations,
    with_others,
    with_parties,
    with_whole,
)
from onrecord.reading.actors.kinds import (
    ENTRY_KINDS,
    HALVES,
    Name,
    NameKind,
    agree_on_kinds,
    is_like_a_person,
)
from onrecord.reading.actors.offices import (
    belongs_to_office,
    is_nationality,
    is_office,
    without_office,
)
from onrecord.reading.actors.repeats import KnownNames
from onrecord.reading.document import Document, Token

__all__ = ["find_names"]


_KINDS: dict[str, NameKind] = {
    "PERSON": "person", "ORG": "organization", "GPE": "country", "NORP": "people",
}  # fmt: skip
_NOT_NAMES = frozenset(
    {"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "LANGUAGE"}
)
_CUTS_PERSON = frozenset({"for", "of", "from", "at", "in", "and", ",", "on", "with"})
_FOR_WHOM = frozenset({"for", "from"})
_MAX_NAME = 12
_TICKER = re.compile(r"\([A-Za-z0-9]{1,6}\.[A-Z]{1,3}\)")
"""How Reuters names a share: `(BRKa.N)`."""
_PROPER = frozenset({"NNP", "NNPS"})


def find_names(document: Document, capitals: Capitals | None = None) -> tuple[Name, ...]:
    """Find the names of an article in order; only nested ones overlap others.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> document = analyse(Article("Mr. Lavrov met NATO officials."))
        >>> [(document.span(n.first, n.last).text, n.kind) for n in find_names(document)]
        [('Lavrov', 'person'), ('NATO', 'organization')]
    """
    capitals = capitals or Capitals(document)
    found = with_others(document, with_nations(document, list(_from_entities(document))))
    found = join_surnames(document, with_whole(document, found))
    taken = {index for name in found for index in range(name.first, name.last)}
    found.extend(_from_capitals(document, taken | _not_names(document), capitals))
    found = join_persons(document, found)
    found = with_known(document, with_halves(document, found))
    found = [kept for each in found for kept in _kept(document, each, capitals)]
    found = with_parties(document, sorted(found, key=lambda name: name.first))
    found = agree_on_kinds(document, _without_things(document, found), capitals)
    known = KnownNames(document, found)
    found = [_unquoted(document, each, capitals) for each in known.completed(found)]
    found.extend(known.nested(found))
    return tuple(sorted(found, key=lambda name: (name.first, name.last)))


def _without_things(document: Document, names: list[Name]) -> list[Name]:
    """Make things of what the parser took for persons: `Warhol Polaroid` beside `Andy Warhol`."""
    people = [each.words(document) for each in names if each.kind == "person"]
    full = [words for words in people if len(words) > 1 and words[0].text in nominals().given]
    surnames = {words[-1].text for words in full} - set(nominals().given)
    return [
        replace(each, kind="thing", sure=False)
        if each.kind == "person" and _is_of_somebody(each.words(document), surnames)
        else each
        for each in names
    ]


def _is_of_somebody(words: tuple[Token, ...], surnames: set[str]) -> bool:
    """Tell whether words begin with somebody's surname and end in no part of a name."""
    if len(words) != 2 or words[0].text not in surnames or words[1].text in surnames:
        return False
    is_suffix = len(words[1].text.rstrip(".")) < 3
    return not is_suffix and not find_name([word.text for word in words])


def _kept(document: Document, name: Name, capitals: Capitals) -> Iterator[Name]:
    """Yield a name, or of words in a heading only the names that the knowledge has."""
    words = name.words(document)
    if _TICKER.match(document.text, words[0].start - 1):
        return
    if not capitals.names_nobody(words):
        yield name
    elif not capitals.in_dateline(words[0]):
        for first, last, key in match_names([word.text for word in words]):
            kind = ENTRY_KINDS.get(key.partition(":")[0], "thing")
            yield Name(name.first + first, name.first + last, kind, sure=True)


def _unquoted(document: Document, name: Name, capitals: Capitals) -> Name:
    """Make what stands alone in quotation marks a thing: `"Servant of the People"`, a series."""
    is_title = capitals.is_quoted_title(name.words(document))
    return replace(name, kind="thing", sure=False) if is_title else name


def _from_entities(document: Document) -> Iterator[Name]:
    for entity in document.entities:
        words = document.tokens[entity.first : entity.last]
        is_name = entity.label not in _NOT_NAMES and not _is_common_noun(document, words)
        if is_name and not (len(words) == 1 and is_office(words[0])):
            kind = _kind_of(document, words, _KINDS.get(entity.label, "thing"))
            yield from _from_entity(document, words, kind)


def _kind_of(document: Document, words: tuple[Token, ...], labelled: NameKind) -> NameKind:
    """Return the kind of a name: as it was labelled, where its words say nothing else."""
    kind = _seat_of(words) or labelled
    if kind == "person" and _ends_in_a_body(words):
        kind = "organization"
    if kind == "organization" and _names_a_pipeline(document, words[-1]):
        kind = "thing"
    return kind


def _from_entity(document: Document, words: tuple[Token, ...], kind: NameKind) -> Iterator[Name]:
    begun, end = words[0].index, words[-1].index + 1
    last = min(_whole_end(document, end, kind), begun + _MAX_NAME)
    last += kind == "person" and _has_letters_behind(document, last)
    first = _body_start(document, begun, last)
    if first < begun:
        yield Name(first, last, "organization", sure=True)
        return
    if kind == "organization":
        bearer = _bearer_end(document, first, last)
        if bearer > first:
            yield from _names_in(document, first, bearer, "person")
            first = bearer
    yield from _names_in(document, first, last, kind)


def _body_start(document: Document, first: int, last: int) -> int:
    """Return where a body's name begins whose first word was left out: `General | Staff`."""
    before = document.tokens[first - 1] if first else None
    if before is None or before.tag not in _PROPER or not is_capitalised(before):
        return first
    body = agent_of([token.text for token in document.tokens[first - 1 : last]])
    return first - 1 if body is not None and body.kind != "person" else first


def _is_common_noun(document: Document, words: tuple[Token, ...]) -> bool:
    """Tell whether one word for people has its capital only from where it stands: `Miner found`."""
    word = words[0]
    is_first = word.index == document.sentence_of(word.index).first
    return (
        len(words) == 1
        and is_first
        and nominals().is_person(word.lower)
        and not find_name([word.text])
    )


def _seat_of(words: tuple[Token, ...]) -> NameKind | None:
    """Return the kind of a single word that is a seat of government: `the Beehive`."""
    known = find_name([words[0].text]) if len(words) == 1 else ()
    return "country" if any(key.startswith("seat:") for key in known) else None


def _whole_end(document: Document, last: int, kind: NameKind) -> int:
    """Return where a body's or thing's name ends whose head was left out: `Nord | Stream 2`."""
    word = document.tokens[last - 1]
    following = document.tokens[last : last + 2]
    if kind not in {"organization", "thing"} or not following or following[0].tag != "NNP":
        return last
    is_sibling = (following[0].head, following[0].dep) == (word.head, word.dep)
    is_part = word.dep in {"compound", "nmod"} and (word.head == last or is_sibling)
    if not is_part or word.tag != "NNP" or is_office(following[0]):
        return last
    return last + 1 + (len(following) > 1 and following[1].tag == "CD")


def _names_a_pipeline(document: Document, word: Token) -> bool:
    """Tell whether a name is that of what is built: `the Nord Stream 2 pipeline`."""
    return word.dep in {"compound", "nmod"} and any(
        each.lemma in word_class("FACILITY") and each.pos == "NOUN"
        for each in document.tokens[word.index + 1 : word.index + 4]
    )


def _has_letters_behind(document: Document, last: int) -> bool:
    """Tell whether letters stand behind a name as its head: `Ann Lee FRS`."""
    if last >= len(document.tokens):
        return False
    word = document.tokens[last]
    is_head = document.tokens[last - 1].head == last and document.tokens[last - 1].dep == "compound"
    return is_head and word.text.isupper() and 2 <= len(word.text) <= 4


def _ends_in_a_body(words: tuple[Token, ...]) -> bool:
    """Tell whether a name ends in a noun for a body, as no person's does: `Delhi Police`."""
    last = words[-1].lower
    is_body = last in nominals().classes or nominals().is_group(last)
    return len(words) > 1 and is_body and len(last) > 4


def _names_in(document: Document, first: int, last: int, kind: NameKind) -> Iterator[Name]:
    for piece in _split(document, first, last, kind):
        begun, end = without_office(document, *piece)
        words = document.tokens[begun:end]
        if any(map(is_capitalised, words)) and not belongs_to_office(document, words):
            is_people = end < piece[1] and is_nationality(words)
            yield Name(begun, end, "people" if is_people else kind, sure=True)


def _bearer_end(document: Document, first: int, last: int) -> int:
    """Return where a person's name ends that the parser took for a body's: `Ann Lee for Oxfam`."""
    for token in document.tokens[first + 2 : last - 1]:
        if token.lower in _FOR_WHOM and is_like_a_person(document.tokens[first : token.index]):
            return token.index
    return first


def _split(document: Document, first: int, last: int, kind: NameKind) -> Iterator[tuple[int, int]]:
    """Cut a name where a bracket, an owner or an office shows that there are two."""
    if kind == "country" and document.tokens[first].text in HALVES:
        joined = [each.index for each in document.tokens[first:last] if each.lower == "and"]
        first = joined[0] + 1 if joined else first
    begun = first
    for index in range(first, last):
        token = document.tokens[index]
        if _is_cut(document, token, kind):
            yield begun, index
            begun = index + 1
        elif kind == "person" and index + 1 < last and is_office(token):
            begun = index + 1
    yield begun, last


def _is_cut(document: Document, token: Token, kind: NameKind) -> bool:
    if token.text in {"(", ")", "[", "]", ";", ":", "—", "–"}:
        return True
    if kind == "person":
        return token.tag == "POS" or token.lower in _CUTS_PERSON
    following = document.tokens[min(token.index + 1, len(document.tokens) - 1)]
    return kind == "country" and token.tag == "POS" and is_capitalised(following)


def _not_names(document: Document) -> set[int]:
    """Return the tokens of dates, numbers and sums."""
    return {
        index
        for entity in document.entities
        if entity.label in _NOT_NAMES
        for index in range(entity.first, entity.last)
    }


def _from_capitals(document: Document, taken: set[int], capitals: Capitals) -> Iterator[Name]:
    """Yield runs of proper nouns that no entity covers, and speakers' labels."""
    text = document.text
    begun: list[Token] = []
    for token in document.tokens:
        proper = token.tag in _PROPER and token.index not in taken and is_capitalised(token)
        if begun and not (proper and token.sentence == begun[0].sentence):
            yield from _run(document, begun[0].index, begun[-1].index + 1)
            begun = []
        if proper:
            begun.append(token)
        elif text.startswith(":", token.end) and _is_label(token, taken, capitals):
            yield Name(token.index, token.index + 1, "person", sure=False)
    if begun:
        yield from _run(document, begun[0].index, begun[-1].index + 1)


def _is_label(token: Token, taken: set[int], capitals: Capitals) -> bool:
    return token.index not in taken and token.is_word and capitals.is_label((token,))


def _run(document: Document, first: int, last: int) -> Iterator[Name]:
    """Yield the name in a run of capitalized words, the offices before it left out.

    The `General Staff` is a body, and no general.
    """
    tokens = document.tokens
    person = nominals()
    body = agent_of([token.text for token in tokens[first:last]]) if last - first > 1 else None
    if body is not None and body.kind != "person":
        yield Name(first, last, "organization", sure=True)
        return
    offices = [
        index
        for index in range(first, last)
        if person.is_person(tokens[index].lower) or tokens[index].lower in person.titles
    ]
    first = offices[-1] + 1 if offices else first
    words = tokens[first:last]
    if not words or belongs_to_office(document, words):
        return
    begins_name = words[0].text in person.given and len(words) > 1
    is_titled = first > 0 and is_office(tokens[first - 1]) and len(words) < 4
    if begins_name or is_titled:
        yield Name(first, last, "person", sure=True)
        return
    yield Name(first, last, _kind_by_form(words), sure=False)


def _kind_by_form(words: tuple[Token, ...]) -> NameKind:
    """Guess the kind of an unlabelled name from its words alone."""
    classes = nominals().classes
    if words[-1].lower in classes or (words[-1].text.isupper() and len(words[-1].text) > 2):
        return "organization"
    return "thing"
