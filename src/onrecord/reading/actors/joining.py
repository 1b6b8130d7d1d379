"""Put names together that the parser took apart, left out in part or gave a word too many."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from onrecord.knowledge.countries import find_country_words
from onrecord.knowledge.entries import find_name, match_names, passed_over
from onrecord.knowledge.nominals import nominals
from onrecord.reading.actors.acronyms import joined_halves
from onrecord.reading.actors.capitals import is_capitalised
from onrecord.reading.actors.kinds import HALVES, Name
from onrecord.reading.actors.offices import is_nationality
from onrecord.reading.document import Document, Token

__all__ = [
    "join_persons",
    "join_surnames",
    "with_halves",
    "with_known",
    "with_nations",
    "with_others",
    "with_parties",
    "with_whole",
]

_LONGEST_PERSON = 6
"""Words of which a person's name has fewer."""
_SURNAMES = frozenset({"person", "organization", "country"})
_JOINS = frozenset({"of", "the", "for", "and", "in", "against"})
_PARTICLES = frozenset({"von", "van", "der", "den", "de", "del", "da", "di", "bin", "ibn", "al"})


def with_others(document: Document, names: list[Name]) -> list[Name]:
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


def with_nations(document: Document, names: list[Name]) -> list[Name]:
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


def join_persons(document: Document, names: list[Name]) -> list[Name]:
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


def with_whole(document: Document, names: list[Name]) -> list[Name]:
    """Join the halves of bodies' names that the parser took apart at `and`."""
    bodies = [each for each in names if each.kind not in {"person", "country"}]
    halves = {after: before for before, after in joined_halves(document, bodies)}
    firsts = set(halves.values())
    return [
        Name(halves[each].first, each.last, "organization", sure=True) if each in halves else each
        for each in names
        if each not in firsts
    ]


def with_known(document: Document, names: list[Name]) -> list[Name]:
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
        if is_capitalised(token) and token.is_word:
            first = token.index if first is None else first
        elif first is not None and token.lower not in _JOINS:
            yield first, token.index
            first = None
    if first is not None:
        yield first, len(document.tokens)


def with_halves(document: Document, names: list[Name]) -> list[Name]:
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
    return is_first or (before.lower == "the" and not is_capitalised(after))


def with_parties(document: Document, names: list[Name]) -> list[Name]:
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


def join_surnames(document: Document, names: list[Name]) -> list[Name]:
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
