"""Put together the names that mean the same: surnames, acronyms, short forms, spellings."""

from collections.abc import Iterable, Iterator

from onrecord.knowledge.entries import find_name
from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.persons import bears_name
from onrecord.knowledge.resolver import resolve_actor
from onrecord.reading.actors.acronyms import is_acronym_of
from onrecord.reading.actors.mentions import Mention
from onrecord.reading.document import Document

__all__ = ["group_names"]

_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "&", "-", "'s", "’s", "at", "de"})
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_FORMS = frozenset({"inc", "inc.", "corp", "corp.", "ltd", "ltd.", "co", "co.", "plc", "llc", "ag"})
_ENDINGS = frozenset({
    "ag", "bv", "company", "corporation", "gmbh", "group", "holding", "holdings", "incorporated",
    "limited", "llp", "lp", "nv", "oao", "ooo", "pao", "sa", "se", "spa", "zao",
})  # fmt: skip
"""What more a body's whole name ends with: `Norvik Holdings` goes on as `Norvik`."""
_HALVES = frozenset({"north", "south", "east", "west"})
_BODIES = frozenset({"organization", "thing", "person"})
"""Kinds that the parser gives to bodies; an acronym is no person's, whatever it says."""
_MIN_MISSPELT = 6
"""Letters of the shortest surname of which a second spelling is believed."""


def group_names(document: Document, mentions: tuple[Mention, ...]) -> tuple[tuple[int, ...], ...]:
    """Group the named mentions, by index, into those that mean the same.

    Groups come in order of their first mention.

    Example:
        >>> from onrecord.article import Article
        >>> from onrecord.reading.language import analyse
        >>> from onrecord.reading.actors.mentions import find_mentions
        >>> document = analyse(Article("Sergey Lavrov met Ann Lee. Lavrov smiled."))
        >>> mentions = find_mentions(document)
        >>> [len(group) for group in group_names(document, mentions)]
        [2, 1]
    """
    grouper = _Grouper(document)
    named = [mention for mention in mentions if mention.form == "name"]
    words = {mention.index: name_words(document, mention) for mention in named}
    people = [each for each in named if each.kind == "person"]
    others = [each for each in named if each.kind != "person"]
    grouper.add_people(people, words)
    grouper.add_others(others, words)
    for one, other in _explained(document, named):
        grouper.same(one, other)
    return grouper.groups(named)


def name_words(document: Document, mention: Mention) -> tuple[str, ...]:
    """Return the words of a name, folded, without articles and endings that tell nothing."""
    first, last = mention.name
    words = [token.text for token in document.tokens[first:last] if token.is_word]
    if not all(word.isupper() for word in words):
        words = [word for word in words if word.lower() not in _SUFFIXES | _FORMS]
        while mention.kind == "person" and len(words) > 2 and _is_honour(words[-1]):
            words.pop()
        while mention.kind == "organization" and len(words) > 1 and words[-1].lower() in _ENDINGS:
            words.pop()
    return tuple(word.replace(".", "").replace("’", "'") for word in words) or ("?",)


def _is_honour(word: str) -> bool:
    """Tell whether a word is letters that follow a name: `FRS`, `MP`, `DBE`."""
    return word.isupper() and 1 < len(word) < 5 and word.isalpha()


class _Grouper:
    """Keeps for every mention the key of its group."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._keys: dict[int, tuple[str, ...]] = {}
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}

    def groups(self, named: list[Mention]) -> tuple[tuple[int, ...], ...]:
        """Return the groups in order of their first mention."""
        found: dict[tuple[str, ...], list[int]] = {}
        for mention in named:
            found.setdefault(self._find(self._keys[mention.index]), []).append(mention.index)
        return tuple(tuple(group) for group in found.values())

    def _find(self, key: tuple[str, ...]) -> tuple[str, ...]:
        while self._same.get(key, key) != key:
            key = self._same[key]
        return key

    def _join(self, key: tuple[str, ...], other: tuple[str, ...]) -> None:
        self._same[self._find(key)] = self._find(other)

    def same(self, one: Mention, other: Mention) -> None:
        """Join the groups of two mentions."""
        self._join(self._keys[one.index], self._keys[other.index])

    def add_people(self, people: list[Mention], words: dict[int, tuple[str, ...]]) -> None:
        """Group persons: full names by surname and given name, then single names."""
        full = _Surnames()
        for mention in people:
            name = tuple(word.lower() for word in words[mention.index])
            self._keys[mention.index] = ("person", *name)
            if len(name) > 1:
                for other in full.like(name):
                    self._join(("person", *name), ("person", *other))
                    break
                full.add(name, mention)
        for mention in people:
            name = self._keys[mention.index][1:]
            if len(name) == 1:
                chosen = full.bearer(name[0], mention)
                if chosen and not self._is_titled_otherwise(mention, chosen):
                    self._keys[mention.index] = ("person", *chosen)

    def _is_titled_otherwise(self, mention: Mention, name: tuple[str, ...]) -> bool:
        """Tell whether a title makes a surname another's: `Michelle Obama`, `President Obama`."""
        if not mention.words & nominals().office:
            return False
        text = self._document.span(mention.first, mention.name[1]).text
        known = resolve_actor(text, on=self._document.article.published_day)
        is_listed = known is not None and known.entry.startswith("person:")
        return known is not None and is_listed and not bears_name(known.entry, " ".join(name))

    def add_others(self, others: list[Mention], words: dict[int, tuple[str, ...]]) -> None:
        """Group organizations and countries: same words, short forms, acronyms."""
        longer: dict[str, list[tuple[str, ...]]] = {}
        acronyms: dict[str, tuple[str, ...]] = {}
        for mention in others:
            name = tuple(word.lower() for word in words[mention.index])
            self._keys[mention.index] = ("other", *name)
            if mention.kind in {"organization", "thing"} and len(name) > 1:
                for acronym in _acronyms(words[mention.index]):
                    acronyms.setdefault(acronym, name)
        for half, whole in _halves(words[each.index] for each in others if each.kind == "country"):
            self._join(("other", *half), ("other", *whole))
        for mention in others:
            self._match(mention, words[mention.index], longer, acronyms)

    def _match(
        self,
        mention: Mention,
        name: tuple[str, ...],
        longer: dict[str, list[tuple[str, ...]]],
        acronyms: dict[str, tuple[str, ...]],
    ) -> None:
        low = tuple(word.lower() for word in name)
        if len(name) == 1 and name[0] in acronyms:
            self._join(("other", *low), ("other", *acronyms[name[0]]))
        else:
            for other in reversed(longer.get(low[0], [])[-50:]):
                if other != low and _is_short_for(mention, low, other):
                    self._keys[mention.index] = ("other", *other)
                    return
        if mention.kind in {"organization", "thing"} and len(low) > 1:
            for word in low:
                known = longer.setdefault(word, [])
                if low not in known[-20:]:
                    known.append(low)


def _halves(
    countries: Iterable[tuple[str, ...]],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield `north` and `north korea`, where no other country of the article begins so."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for name in countries:
        low = tuple(word.lower() for word in name)
        if len(low) == 2 and low[0] in _HALVES:
            found.setdefault(low[:1], set()).add(low)
    for half, whole in found.items():
        if len(whole) == 1:
            yield half, next(iter(whole))


def _explained(document: Document, named: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield a name with the acronym, or the full form, in the bracket behind it: `X Y (XY)`."""
    ends = {mention.name[1]: mention for mention in named if mention.kind in _BODIES}
    for mention in named:
        before = ends.get(mention.name[0] - 1)
        first, last = mention.name
        if before is None or mention.kind not in _BODIES or last >= len(document.tokens):
            continue
        is_bracketed = document.tokens[first - 1].text == "(" and document.tokens[last].text == ")"
        pair = [name_words(document, each) for each in (before, mention)]
        if is_bracketed and (
            is_acronym_of(*pair) or is_acronym_of(*reversed(pair)) or _is_foreign(before, *pair)
        ):
            yield mention, before


def _is_foreign(mention: Mention, name: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Tell whether a bracket gives what a body is called at home: `Forces of Liberation (FDLR)`.

    What others are called so too is of no account.
    """
    is_short = len(short) == 1 and short[0].isupper() and 3 <= len(short[0]) <= 6
    if not is_short or mention.kind != "organization" or len(name) < 3:
        return False
    known = find_name(short)
    return not known or not set(known).isdisjoint(find_name(name))


class _Surnames:
    """Full names by surname and by first name."""

    def __init__(self) -> None:
        self._by_last: dict[str, list[tuple[tuple[str, ...], Mention]]] = {}
        self._by_first: dict[str, list[tuple[tuple[str, ...], Mention]]] = {}
        self._by_sound: dict[str, list[str]] = {}

    def add(self, name: tuple[str, ...], mention: Mention) -> None:
        """Remember a full name."""
        if name[-1] not in self._by_last:
            self._by_sound.setdefault(name[-1][:2], []).append(name[-1])
        self._by_last.setdefault(name[-1], []).append((name, mention))
        self._by_first.setdefault(name[0], []).append((name, mention))

    def like(self, name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield full names that another spelling of this one may be."""
        for last in (name[-1], *self._misspelt(name[-1])):
            for other, _ in self._by_last.get(last, ())[:8]:
                if other != name and _same_given(name, other):
                    yield other

    def bearer(self, word: str, mention: Mention) -> tuple[str, ...]:
        """Return the full name of the person whom one word names, or an empty one."""
        for found in (self._by_last.get(word), self._by_first.get(word)):
            if found:
                return _first_fitting(found, mention)
        for other in self._misspelt(word):
            return _first_fitting(self._by_last[other], mention)
        return ()

    def _misspelt(self, word: str) -> Iterator[str]:
        if len(word) >= _MIN_MISSPELT - 1:
            for other in self._by_sound.get(word[:2], [])[:40]:
                is_long = other != word and max(len(word), len(other)) >= _MIN_MISSPELT
                if is_long and _is_one_off(word, other):
                    yield other


def _first_fitting(
    found: list[tuple[tuple[str, ...], Mention]], mention: Mention
) -> tuple[str, ...]:
    """Return the full name introduced first whose gender fits: relatives get their given names."""
    for name, other in found:
        if not (mention.gender and other.gender and mention.gender != other.gender):
            return name
    return ()


def _same_given(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two given names may be one: equal, an initial, one letter off, some missing."""
    first, second = name[0], other[0]
    short, long = sorted((name, other), key=len)
    if len(short) < len(long) and set(short) <= set(long):
        return True
    if first == second or (min(len(first), len(second)) == 1 and first[0] == second[0]):
        return True
    return min(len(first), len(second)) >= 4 and _is_one_off(first, second)


def _is_one_off(word: str, other: str) -> bool:
    """Tell whether one letter changed, added, lost or doubled, or two swapped, make the other."""
    if abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(word), len(other)) - start and word[-1 - end] == other[-1 - end]:
        end += 1
    left, right = word[start : len(word) - end], other[start : len(other) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def _acronyms(name: tuple[str, ...]) -> Iterator[str]:
    """Yield what the initials of a name may be: `IAEA`, `DoD` in capitals."""
    weighty = [word for word in name if word.lower() not in _SMALL]
    if len(weighty) > 1 and not any(len(word) > 1 and word.isupper() for word in weighty):
        yield "".join(word[0] for word in weighty).upper()
        yield "".join(word[0] for word in name).upper()


def _is_short_for(mention: Mention, short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether a mention names by its short form a body: `Scientology` its church."""
    if mention.kind == "thing":
        return len(short) == 1 and long[-2:] == ("of", *short)
    return mention.kind == "organization" and _is_short_form(short, long)


def _is_short_form(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether a name is short for another: its first words, its last ones, or its noun.

    Words from its middle are, if they end in what sort of body it is: `Supreme Court`.
    """
    if len(short) >= len(long):
        return False
    if len(short) == 1 and short[0] in nominals().classes:
        return short[0] in long
    if short[-1] in nominals().classes:
        return any(long[at : at + len(short)] == short for at in range(len(long)))
    return long[: len(short)] == short or long[-len(short) :] == short
