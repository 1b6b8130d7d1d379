"""Frames of words that report events: which word, in what company, means which CAMEO code.

The frames are data (`event_triggers.tsv`); docs/codebook-events.md explains its columns.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

from onrecord.errors import KnowledgeError
from onrecord.knowledge.codebook import cameo_codes
from onrecord.knowledge.tables import FOLDER

__all__ = ["Frame", "FrameKind", "Need", "frames", "word_class"]

FrameKind = Literal["verb", "noun", "adjective"]

_FILE = "event_triggers.tsv"
_NEED = re.compile(r"(!?)(must|xs|o|s|x|c|pl|p|m|a|g|t)(?:\.([a-z]+))?(?:(!?[=~])(\S+))?")
_CODE = re.compile(r"(\d{2,4})(?::([a-z-]+))?(\*?)(\+?)")


class Need(NamedTuple):
    """One test that a frame makes on the words around its trigger.

    Attributes:
        place: `o` object, `s` subject, `x` infinitive, `xs` one with a subject of its own, `c`
            clause, `p` preposition, `m` modifier of a noun, `a` predicate adjective, `pl` plural
            subject, `must` a duty in the clause, `g` the preposition above a noun,
            `t` a time.
        preposition: For `p`, the preposition whose object is tested, or "".
        negated: Whether the test must fail.
        within: Whether any word of the phrase may match, not only its head.
        lemmas: Lemmas wanted; empty where presence is enough.
    """

    place: str
    preposition: str
    negated: bool
    within: bool
    lemmas: frozenset[str]


class Frame(NamedTuple):
    """One row of the table.

    Attributes:
        kind: What the trigger is.
        lemma: Its lemma.
        particle: Particle of a phrasal verb, or "".
        needs: Tests that must all hold.
        code: CAMEO code.
        mode: PLOVER mode, or None.
        mutual: Whether both sides act on each other.
        alone: Whether it is told without a recipient too.
        actor: Places where the actor may stand, in order.
        recipient: Places where the recipient may stand, in order.
    """

    kind: FrameKind
    lemma: str
    particle: str
    needs: tuple[Need, ...]
    code: str
    mode: str | None
    mutual: bool
    alone: bool
    actor: tuple[str, ...]
    recipient: tuple[str, ...]


def frames(kind: FrameKind, lemma: str) -> tuple[Frame, ...]:
    """Return the frames of a lemma, narrow ones first.

    Example:
        >>> [frame.code for frame in frames("verb", "annex")][0]
        '192'
    """
    return _table()[1].get((kind, lemma), ())


def word_class(name: str) -> frozenset[str]:
    """Return the lemmas of a class; empty where there is no such class.

    Example:
        >>> "assembly" in word_class("MEETING")
        True
    """
    return _table()[0].get(name, frozenset())


@lru_cache(maxsize=1)
def _table() -> tuple[Mapping[str, frozenset[str]], Mapping[tuple[str, str], tuple[Frame, ...]]]:
    """Read the classes and the frames by kind and lemma."""
    classes: dict[str, frozenset[str]] = {}
    needs: dict[str, Need] = {}
    found: dict[tuple[str, str], list[Frame]] = {}
    for line in _lines():
        fields = line.split("\t")
        wanted = 3 if fields[0] == "class" else 6
        if len(fields) != wanted:
            raise KnowledgeError(f"{_FILE}: {wanted} columns wanted, separated by tabs: {line!r}")
        if fields[0] == "class":
            classes[fields[1]] = frozenset(fields[2].split())
            continue
        for need in fields[2].split():
            if need != "-" and need not in needs:
                needs[need] = _need(need, classes)
        for frame in _frames(fields, needs):
            found.setdefault((frame.kind, frame.lemma), []).append(frame)
    table = {key: tuple(rows) for key, rows in found.items()}
    return MappingProxyType(classes), MappingProxyType(table)


def _lines() -> list[str]:
    text = (FOLDER / _FILE).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _frames(fields: list[str], known: Mapping[str, Need]) -> list[Frame]:
    """Return one frame for each lemma of a row; phrasal verbs before plain ones."""
    kind, lemmas, needs, code, actor, recipient = fields
    tests = tuple(known[each] for each in needs.split() if each != "-")
    number, mode, mutual, alone = _code(code)
    return [
        Frame(
            cast("FrameKind", kind),
            *_lemma_and_particle(lemma, kind),
            tests,
            number,
            mode,
            mutual,
            alone,
            _roles(actor),
            _roles(recipient),
        )
        for lemma in lemmas.split()
    ]


def _lemma_and_particle(word: str, kind: str) -> tuple[str, str]:
    lemma, _, particle = word.partition("_")
    return (lemma, particle) if kind == "verb" else (word, "")


def _roles(roles: str) -> tuple[str, ...]:
    return tuple(each for each in roles.split() if each != "-")


def _code(code: str) -> tuple[str, str | None, bool, bool]:
    match = _CODE.fullmatch(code)
    if not match or match[1] not in cameo_codes():
        raise KnowledgeError(f"{_FILE}: not a CAMEO code: {code!r}")
    mode = match[2] or cameo_codes()[match[1]].mode
    return match[1], None if mode == "none" else mode, bool(match[3]), bool(match[4])


def _need(need: str, classes: Mapping[str, frozenset[str]]) -> Need:
    match = _NEED.fullmatch(need)
    if not match:
        raise KnowledgeError(f"{_FILE}: not a test: {need!r}; see docs/codebook-events.md")
    bang, place, preposition, operator, words = match.groups()
    return Need(
        place,
        preposition or "",
        bang == "!" or (operator or "").startswith("!"),
        (operator or "").endswith("~"),
        _lemmas(words or "", classes),
    )


def _lemmas(words: str, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the lemmas of a comma-separated list in which `@NAME` stands for a class."""
    found: set[str] = set()
    for word in filter(None, words.split(",")):
        if not word.startswith("@"):
            found.add(word)
        elif word[1:] in classes:
            found |= classes[word[1:]]
        else:
            raise KnowledgeError(f"{_FILE}: there is no class {word[1:]!r}")
    return frozenset(found)
