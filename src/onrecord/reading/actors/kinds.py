"""What bears a name: the kind of each is voted on over the whole article."""

import datetime as dt
from collections import Counter
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from onrecord.knowledge.countries import region_country
from onrecord.knowledge.entries import find_name, surname_entries
from onrecord.knowledge.nominals import nominals
from onrecord.knowledge.resolver import resolve_actor
from onrecord.reading.actors.capitals import Capitals
from onrecord.reading.document import Document, Token

__all__ = ["ENTRY_KINDS", "HALVES", "Name", "NameKind", "agree_on_kinds", "is_like_a_person"]

NameKind = Literal["person", "organization", "country", "people", "thing"]
HALVES = {"North": "South", "South": "North", "East": "West", "West": "East"}
"""First words of divided countries, each with the other half's."""
_MIND = frozenset(
    {"say", "tell", "think", "believe", "know", "want", "feel", "hope", "decide", "recall"}
)
_POWERS = frozenset({"GOV", "LEG", "MIL", "JUD", "SPY"})
_LISTED = 3
"""Votes of an entry of the knowledge, and of all the parser's labels of a name together."""
ENTRY_KINDS: dict[str, NameKind] = {
    "person": "person", "org": "organization", "country": "country", "seat": "country",
    "capital": "country",
}  # fmt: skip


class Name(Struct, frozen=True):
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


def agree_on_kinds(document: Document, names: list[Name], capitals: Capitals) -> list[Name]:
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
    kind = ENTRY_KINDS.get(keys[0].partition(":")[0]) if keys else None
    if kind is not None:
        is_free = name.kind != "country" and _is_nobodys(document, name)
        votes[kind] += _LISTED + (kind == "country" or len(words) > 1 or is_free)
    elif region_country(" ".join(words)) is not None:
        votes["country"] += _LISTED + 1
    elif is_like_a_person(document.tokens[name.first : name.last]) or _is_in_office(
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


def is_like_a_person(words: tuple[Token, ...]) -> bool:
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
