"""Find names: the parser's entities, repaired, and the capitalised words it passed over.

The parser's labels are often wrong on a single mention (`Lavrov` an organization, `navy` one too),
so a name's kind is voted on over the whole article, with titles and given names as further voters,
and what is a name in one place is one in every other.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.knowledge.countries import find_country_words, region_country
from onrecord.knowledge.entries import find_name, match_names, passed_over, surname_entries
from onrecord.knowledge.event_triggers import word_class
from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.resolver import resolve_actor
from onrecord.reading.actors.acronyms import joined_halves
from onrecord.reading.actors.capitals import Capitals
from onrecord.reading.actors.offices import (
    belongs_to_office,
    is_nationality,
    is_office,
    without_office,
)
from onrecord.reading.document import Document, Token

__all__ = ["HALVES", "Name", "NameKind", "find_names"]

NameKind = Literal["person", "organization", "country", "people", "thing"]

_KINDS: dict[str, NameKind] = {
    "PERSON": "person", "ORG": "organization", "GPE": "country", "NORP": "people",
}  # fmt: skip
_NOT_NAMES = frozenset(
    {"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "LANGUAGE"}
)
_CUTS_PERSON = frozenset({"for", "of", "from", "at", "in", "and", ",", "on", "with"})
HALVES = {"North": "South", "South": "North", "East": "West", "West": "East"}
"""First words of divided countries, each with the other half's."""
_FOR_WHOM = frozenset({"for", "from"})
_MIND = frozenset(
    {"say", "tell", "think", "believe", "know", "want", "feel", "hope", "decide", "recall"}
)
_PARTICLES = frozenset({"von", "van", "der", "den", "de", "del", "da", "di", "bin", "ibn", "al"})
_POWERS = frozenset({"GOV", "LEG", "MIL", "JUD", "SPY"})
_MAX_NAME = 12
_PROPER = frozenset({"NNP", "NNPS"})
_JOINS = frozenset({"of", "the", "for", "and", "in", "against"})
_LONGEST_PERSON = 6
"""Words of which a person's name has fewer."""
_SURNAMES = frozenset({"person", "organization", "country"})
_LISTED = 3
"""Votes of an entry of the knowledge, and of all the parser's labels of a name together."""
_ENTRY_KINDS: dict[str, NameKind] = {
    "person": "person", "org": "organization", "country": "country", "seat": "country",
    "capital": "country",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name: tokens `first` to `last` (excluded), without article, title and `'s`.

    Attributes:
        first: First token.
        last: Token after the last.
        kind: What bears the name; `people` for `Russian` and `Russians`, `thing` for the rest.
        sure: Whether more than the form of the words speaks for the kind.
        nested: Whether it stands inside another name: `Trump` in `Trump Foundation`.
    """

    first: int
    last: int
    kind: NameKind
    sure: bool
    nested: bool = False

    def words(self, document: Document) -> tuple[Token, ...]:
        """Return the name's tokens."""
        return document.tokens[self.first : self.last]


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
    found = _with_others(document, _with_nations(document, list(_from_entities(document))))
    found = _join_surnames(document, _whole(document, found))
    taken = {index for name in found for index in range(name.first, name.last)}
    found.extend(_from_capitals(document, taken | _not_names(document), capitals))
    found = _join_persons(document, found)
    found = _with_known(document, _with_halves(document, found))
    found = [kept for each in found for kept in _kept(document, each, capitals)]
    found = _with_parties(document, sorted(found, key=lambda name: name.first))
    found = _agree(document, _without_things(document, found), capitals)
    known = _Known(document, found)
    found = [_unquoted(document, each, capitals) for each in known.completed(found)]
    found.extend(known.nested(found))
    return tuple(sorted(found, key=lambda name: (name.first, name.last)))


def _with_others(document: Document, names: list[Name]) -> list[Name]:
    """Join what is no actor's name though it holds one: `the Sea | of Japan`, `Taiwan | Strait`."""
    whole: dict[int, Name] = {}
    for first, last in _runs(document):
        for begun, end in passed_over([each.text for each in document.tokens[first:last]]):
            other = Name(first + begun, first + end, "thing", sure=True)
            whole |= dict.fromkeys(range(other.first, other.last), other)
    kept = (whole[name.last - 1] if _is_inside(whole, name) else name for name in names)
    return list(dict.fromkeys(kept))


def _is_inside(whole: Mapping[int, Name], name: Name) -> bool:
    """Tell whether a name is only words of another one."""
    other = whole.get(name.last - 1)
    is_shorter = other is not None and name.last - name.first < other.last - other.first
    return other is not None and is_shorter and other.first <= name.first


def _with_nations(document: Document, names: list[Name]) -> list[Name]:
    """Give a nation both its words where the parser gave one away: `South | African Government`."""
    kept: list[Name] = []
    for name in names:
        before = kept[-1] if kept else None
        if before is not None and _is_half(document, before, name):
            kept[-1] = replace(before, last=name.first + 1, kind="people")
            if name.last > name.first + 1:
                kept.append(replace(name, first=name.first + 1))
        else:
            kept.append(name)
    return kept


def _is_half(document: Document, before: Name, name: Name) -> bool:
    """Tell whether one name is the first word of a nation, and the next begins with its second."""
    if before.last != name.first or before.last - before.first > 1:
        return False
    words = [document.tokens[before.first].text, document.tokens[name.first].text]
    found = find_country_words(words) if words[0] in HALVES else ()
    return bool(found) and found[0].is_people and found[0].last == 2


def _join_persons(document: Document, names: list[Name]) -> list[Name]:
    """Join a person's names that the parser took apart: `President Salva | Kiir Mayardit`."""
    joined: list[Name] = []
    for name in sorted(names, key=lambda each: (each.first, each.last)):
        before = joined[-1] if joined else None
        if before is not None and _is_first_name(document, before, name):
            joined[-1] = replace(before, last=name.last)
        else:
            joined.append(name)
    return joined


def _is_first_name(document: Document, before: Name, name: Name) -> bool:
    """Tell whether a person's name follows right upon another's, and governs it."""
    if {before.kind, name.kind} != {"person"} or before.last != name.first:
        return False
    last = document.tokens[before.last - 1]
    governs = name.first <= last.head < name.last and last.dep == "compound"
    return governs and name.last - before.first < _LONGEST_PERSON


def _whole(document: Document, names: list[Name]) -> list[Name]:
    """Join the halves of bodies' names that the parser took apart at `and`."""
    bodies = [each for each in names if each.kind not in {"person", "country"}]
    halves = {after: before for before, after in joined_halves(document, bodies)}
    firsts = set(halves.values())
    return [
        Name(halves[each].first, each.last, "organization", sure=True) if each in halves else each
        for each in names
        if each not in firsts
    ]


def _with_known(document: Document, names: list[Name]) -> list[Name]:
    """Join the words of a listed organization that the parser took apart: `Islamic State`.

    A listed name in capitals that nothing covers is one too: `USAID`.
    """
    covered = {index: name for name in names for index in range(name.first, name.last)}
    added = []
    for first, last in _runs(document):
        words = [token.text for token in document.tokens[first:last]]
        for begun, end, key in match_names(words):
            inside = range(first + begun, first + end)
            around = {covered[index] for index in inside if index in covered}
            is_whole = all(
                each.first >= inside.start and each.last <= inside.stop for each in around
            )
            listed = [each for each in around if find_name([w.text for w in each.words(document)])]
            is_there = any(
                (each.first, each.last) == (inside.start, inside.stop) for each in around
            )
            is_long = len(inside) > 1 and not is_there and len(listed) < 2
            is_telling = len(words[begun]) > 3 or words[begun][-1:].isdigit()
            is_short = len(inside) == 1 and not around and is_telling
            if key.startswith("org:") and is_whole and (is_long or is_short):
                added.append(Name(inside.start, inside.stop, "organization", sure=True))
    taken = {index for each in added for index in range(each.first, each.last)}
    return [*(each for each in names if each.first not in taken), *added]


def _runs(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words with capitals, `of`, `the`, `for` and `and` inside them."""
    first: int | None = None
    for token in document.tokens:
        if _is_capitalised(token) and token.is_word:
            first = token.index if first is None else first
        elif first is not None and token.lower not in _JOINS:
            yield first, token.index
            first = None
    if first is not None:
        yield first, len(document.tokens)


def _with_halves(document: Document, names: list[Name]) -> list[Name]:
    """Make `the North` a country where an article has one with that word, or the other half."""
    pairs = [each.words(document) for each in names if each.kind == "country"]
    pairs = [words for words in pairs if len(words) == 2 and words[0].text in HALVES]
    if not pairs:
        return names
    halves = {one.text for one, _ in pairs}
    halves |= {HALVES[one.text] for one, two in pairs if find_name([HALVES[one.text], two.text])}
    single = [
        Name(token.index, token.index + 1, "country", sure=True)
        for token in document.tokens[:-1]
        if token.text in halves and _is_alone(document, token)
    ]
    taken = {each.first for each in single}
    longer = [each for each in names if each.last - each.first > 1 or each.first not in taken]
    inside = {index for each in longer for index in range(each.first, each.last)}
    return [*longer, *(each for each in single if each.first not in inside)]


def _is_alone(document: Document, token: Token) -> bool:
    """Tell whether a word stands behind `the`, or before `and`, and before no other name."""
    before, after = document.tokens[max(token.index - 1, 0)], document.tokens[token.index + 1]
    second = document.tokens[token.index + 2 : token.index + 3]
    is_first = after.lower == "and" and any(each.text in HALVES for each in second)
    return is_first or (before.lower == "the" and not _is_capitalised(after))


def _with_parties(document: Document, names: list[Name]) -> list[Name]:
    """Join what the parser took for a people with the name before it: `Liberal Democrats`."""
    joined: list[Name] = []
    for name in names:
        words = name.words(document)
        before = joined[-1] if joined else None
        follows = before is not None and before.last == name.first
        follows = follows and before is not None and _may_lead(document, before)
        if before is not None and follows and name.kind == "people" and not is_nationality(words):
            joined[-1] = replace(before, last=name.last, kind="organization", sure=True)
        else:
            joined.append(name)
    return joined


def _may_lead(document: Document, name: Name) -> bool:
    """Tell whether a name may be the first part of a party's: `Social`, but not `House`."""
    if name.kind == "organization" and name.last - name.first == 1:
        word = document.tokens[name.first]
        return not (find_name([word.text]) or nominals().class_in_name(word.lower))
    return name.kind == "thing"


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
    if not capitals.names_nobody(words):
        yield name
    elif not capitals.in_dateline(words[0]):
        for first, last, key in match_names([word.text for word in words]):
            kind = _ENTRY_KINDS.get(key.partition(":")[0], "thing")
            yield Name(name.first + first, name.first + last, kind, sure=True)


def _unquoted(document: Document, name: Name, capitals: Capitals) -> Name:
    """Make what stands alone in quotation marks a thing: `"Servant of the People"`, a series."""
    is_title = capitals.is_quoted_title(name.words(document))
    return replace(name, kind="thing", sure=False) if is_title else name


def _from_entities(document: Document) -> Iterator[Name]:
    for entity in document.entities:
        if entity.label in _NOT_NAMES:
            continue
        words = document.tokens[entity.first : entity.last]
        if _is_common_noun(document, words) or (len(words) == 1 and is_office(words[0])):
            continue
        kind = _seat_of(words) or _KINDS.get(entity.label, "thing")
        if kind == "person" and _ends_in_a_body(words):
            kind = "organization"
        if kind == "organization" and _names_a_pipeline(document, words[-1]):
            kind = "thing"
        last = min(_whole_end(document, entity.last, kind), entity.first + _MAX_NAME)
        last += kind == "person" and _has_letters_behind(document, last)
        first = entity.first
        if kind == "organization":
            bearer = _bearer_end(document, first, last)
            if bearer > first:
                yield from _names_in(document, first, bearer, "person")
                first = bearer
        yield from _names_in(document, first, last, kind)


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
        if any(map(_is_capitalised, words)) and not belongs_to_office(document, words):
            is_people = end < piece[1] and is_nationality(words)
            yield Name(begun, end, "people" if is_people else kind, sure=True)


def _bearer_end(document: Document, first: int, last: int) -> int:
    """Return where a person's name ends that the parser took for a body's: `Ann Lee for Oxfam`."""
    for token in document.tokens[first + 2 : last - 1]:
        if token.lower in _FOR_WHOM and _is_like_a_person(document.tokens[first : token.index]):
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
    return kind == "country" and token.tag == "POS" and _is_capitalised(following)


def _join_surnames(document: Document, names: list[Name]) -> list[Name]:
    """Join a given name with the surname that the parser took for a place: `Valeska Paris`."""
    joined: list[Name] = []
    for name in names:
        given = document.tokens[max(name.first - 1, 0)]
        last = joined[-1] if joined else None
        follows = last is not None and last.last == name.first and last.kind == "person"
        if last is not None and follows and given.lower in _PARTICLES:
            joined[-1] = replace(last, last=name.last)
        elif not _may_be_surname(document, name, given):
            joined.append(name)
        elif last is None or last.last < name.first:
            joined.append(replace(name, first=given.index, kind="person"))
        elif last.last - last.first == 1:
            joined[-1] = replace(last, last=name.last, kind="person")
        else:
            joined.append(name)
    return joined


def _may_be_surname(document: Document, name: Name, given: Token) -> bool:
    """Tell whether a one-word name follows a given name that modifies it."""
    token = document.tokens[name.first]
    is_pair = name.last - name.first == 1 and given.index < name.first
    if not is_pair or name.kind not in _SURNAMES or {token.tag, given.tag} != {"NNP"}:
        return False
    if given.head == token.index and given.text in nominals().given:
        return True
    return any(key.startswith("person:") for key in find_name([given.text, token.text]))


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
        proper = token.tag in _PROPER and token.index not in taken and _is_capitalised(token)
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
    tokens = document.tokens
    person = nominals()
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


def _is_capitalised(token: Token) -> bool:
    begins = token.text[:3]
    return not begins.islower() and any(map(str.isupper, begins))


def _agree(document: Document, names: list[Name], capitals: Capitals) -> list[Name]:
    """Give the same words the same kind throughout the article."""
    votes = _votes(document, names)
    for name in names:
        if name.kind != "person" and capitals.is_label(name.words(document)):
            votes[_text(document, name)]["person"] += _LISTED
    return [replace(name, kind=_elect(votes, document, name)) for name in names]


def _votes(document: Document, names: list[Name]) -> dict[str, Counter[NameKind]]:
    """Count what speaks for each kind of each name; labels together have three votes.

    The parser's errors on one name repeat, so a hundred wrong labels are no more than three votes,
    which a full name, a title, an apposition or the knowledge outvote. Where it gave no label, the
    form of the words has half as many.
    """
    labels: dict[str, Counter[NameKind]] = {}
    evidence: dict[str, Counter[NameKind]] = {}
    for name in names:
        text = _text(document, name)
        if text not in labels:
            evidence.setdefault(text, Counter()).update(_known_votes(document, name))
        weight = 4 if name.sure and name.kind != "thing" else 2 if name.sure else 1
        labels.setdefault(text, Counter())[name.kind] += weight
        is_person = name.kind == "person" or evidence[text]["person"] > _LISTED
        if is_person and name.last - name.first > 1:
            surname = document.tokens[name.last - 1].lower
            given = document.tokens[name.first].text in nominals().given
            full = evidence.setdefault(surname, Counter())
            full["person"] = max(full["person"], 8 if given else 5)
        called = "person" if _has_title(document, name) else _called(document, name)
        if called is not None:
            evidence[text][called] += 4
        if _thinks(document, name):
            evidence[text]["person" if name.last - name.first < 3 else "organization"] += 1
    labelled = {_text(document, name) for name in names if name.sure}
    for text, counted in labels.items():
        total = sum(counted.values()) * (1 if text in labelled else 2)
        for kind, count in counted.items():
            evidence[text][kind] += _LISTED * count / total  # type: ignore[assignment]
    return evidence


def _known_votes(document: Document, name: Name) -> Counter[NameKind]:
    """Let the knowledge vote: what it lists under this name, best first."""
    words = [token.text for token in document.tokens[name.first : name.last]]
    keys = find_name(words)
    votes: Counter[NameKind] = Counter()
    kind = _ENTRY_KINDS.get(keys[0].partition(":")[0]) if keys else None
    if kind is not None:
        is_free = name.kind != "country" and _is_nobodys(document, name)
        votes[kind] += _LISTED + (kind == "country" or len(words) > 1 or is_free)
    elif region_country(" ".join(words)) is not None:
        votes["country"] += _LISTED + 1
    elif _is_like_a_person(document.tokens[name.first : name.last]) or _is_in_office(
        " ".join(words), document.article.published_day
    ):
        votes["person"] += _LISTED + 1
    return votes


def _is_nobodys(document: Document, name: Name) -> bool:
    """Tell whether a word is no name of a person's, or stands behind `the`: `Hamas`."""
    word = document.tokens[name.first]
    if name.first and document.tokens[name.first - 1].lower == "the":
        return True
    return word.text not in nominals().given and not surname_entries([word.text])


def _thinks(document: Document, name: Name) -> bool:
    """Tell whether a name of no known kind is the subject of a verb of saying or thinking."""
    root = document.tokens[name.last - 1]
    return (
        name.kind == "thing"
        and root.dep == "nsubj"
        and not root.text.isupper()
        and document.head(root).lemma in _MIND
    )


def _called(document: Document, name: Name) -> NameKind | None:
    """Return what apposition or `is` calls the bearer: `X, a nurse`, `X is a catholic school`."""
    if name.kind == "people" or name.last - name.first > 4:
        return None
    root = document.tokens[name.last - 1]
    called = list(document.children(root.index, "appos"))
    if root.dep == "nsubj" and document.head(root).lemma == "be":
        called.extend(document.children(root.head, "attr"))
    if root.dep == "appos":
        called.append(document.head(root))
    nouns = [noun.lemma for noun in called if noun.tag == "NN"]
    if any(nominals().is_person(noun) for noun in nouns):
        return "person"
    classes = [nominals().classes.get(noun, frozenset()) for noun in nouns]
    return "organization" if any(each and "state" not in each for each in classes) else None


def _is_like_a_person(words: tuple[Token, ...]) -> bool:
    """Tell whether two or three words begin with a given name and end in no noun for a body."""
    if not 1 < len(words) < 4 or words[0].text not in nominals().given:
        return False
    return not any(nominals().class_in_name(word.lower) for word in words[1:])


def _is_in_office(word: str, on: dt.date | None) -> bool:
    """Tell whether a word by itself names somebody who holds an office on the day: `Lavrov`.

    Where no day is known, it is enough to have held one last.
    """
    if " " in word or word in HALVES or nominals().class_in_name(word.lower()):
        return False
    known = resolve_actor(word, on=on)
    is_person = known is not None and known.entry.startswith("person:")
    return known is not None and is_person and known.title is not None and known.sector in _POWERS


def _has_title(document: Document, name: Name) -> bool:
    """Tell whether a personal title (`Mr`, `President`) stands right before a short name."""
    before = document.tokens[name.first - 1] if name.first else None
    if before is None or name.last - name.first > 3 or name.kind in {"people", "country"}:
        return False
    return before.lower in nominals().titles or (
        before.lower in nominals().office and before.tag in {"NNP", "NN"}
    )


def _elect(votes: dict[str, Counter[NameKind]], document: Document, name: Name) -> NameKind:
    if name.kind == "people":
        return name.kind
    counted = votes[_text(document, name)].most_common()
    best = counted[0][1]
    tied = [kind for kind, count in counted if count == best]
    return name.kind if name.kind in tied else tied[0]


def _text(document: Document, name: Name) -> str:
    return " ".join(token.lower for token in document.tokens[name.first : name.last])


class _Known:
    """The names of persons and organizations that an article has, to be found again in it."""

    def __init__(self, document: Document, names: Iterable[Name]) -> None:
        self._document = document
        self._by_first: dict[str, dict[tuple[str, ...], NameKind]] = {}
        for name in names:
            if name.kind in {"person", "organization"} and name.sure:
                self._add(tuple(t.text for t in document.tokens[name.first : name.last]), name.kind)

    def _add(self, words: tuple[str, ...], kind: NameKind) -> None:
        self._by_first.setdefault(words[0], {})[words] = kind
        if kind == "person" and len(words) > 1 and len(words[-1]) > 3:
            self._by_first.setdefault(words[-1], {}).setdefault(words[-1:], kind)

    def completed(self, names: list[Name]) -> list[Name]:
        """Return the names with those added or lengthened that stand whole in another place."""
        owner = {index: name for name in names for index in range(name.first, name.last)}
        kept = dict.fromkeys(names)
        free = 0
        tokens = self._document.tokens
        for token in (each for each in tokens if each.text in self._by_first):
            end = self._match(token.index, len(tokens)) if token.index >= free else 0
            if not end:
                continue
            covered = {owner[index] for index in range(token.index, end) if index in owner}
            if all(self._is_part(each, token.index, end) for each in covered):
                for each in covered:
                    kept.pop(each, None)
                kept[Name(token.index, end, self._kind(token.index, end), sure=True)] = None
                free = end
        return sorted(kept, key=lambda name: name.first)

    def _is_part(self, name: Name, first: int, last: int) -> bool:
        return first <= name.first and name.last <= last and name.last - name.first < last - first

    def nested(self, names: list[Name]) -> list[Name]:
        """Return the known names with which longer ones begin: `Warhol` in `Warhol Factory`."""
        found = []
        for name in names:
            if name.kind in {"organization", "thing"} and name.last - name.first > 1:
                end = self._match(name.first, name.last - 1)
                if end and self._document.tokens[end].lower not in {"of", "for"}:
                    kind = self._kind(name.first, end)
                    found.append(Name(name.first, end, kind, sure=True, nested=True))
        return found

    def _match(self, first: int, limit: int) -> int:
        """Return the end of the longest known name that begins at a token, or 0."""
        tokens = self._document.tokens
        best = 0
        for words in self._by_first.get(tokens[first].text, ()):
            end = first + len(words)
            if best < end <= limit and tuple(t.text for t in tokens[first:end]) == words:
                best = end
        return best

    def _kind(self, first: int, last: int) -> NameKind:
        tokens = self._document.tokens
        return self._by_first[tokens[first].text][tuple(t.text for t in tokens[first:last])]
