"""The words of reporting: what a cue does, and the word classes that a content is judged by."""

import tomllib
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from onrecord.knowledge.tables import FOLDER
from onrecord.record import Act, EventType

__all__ = ["ActCode", "CueEntry", "Part", "Reporting", "load_reporting"]

Part = Literal["verb", "noun", "adjective"]
_PARTS: tuple[tuple[Part, str], ...] = (
    ("verb", "verbs"),
    ("noun", "nouns"),
    ("adjective", "adjectives"),
)


class ActCode(NamedTuple):
    """The codes of an act: a PLOVER type, if there is one, and the nearest CAMEO code."""

    plover: EventType | None
    cameo: str


class CueEntry(NamedTuple):
    """One cue.

    Attributes:
        words: Dictionary forms; the first is the verb, noun or adjective itself.
        part: Its part of speech.
        act: What is done by it.
        cameo: A CAMEO code that is finer than that of the act, or None.
        object: Whether whom it governs is spoken to or about, or None where that is open.
        frame: `to` where the entry holds only before an infinitive.
        negated: What is done when the cue is negated, or None where that changes nothing.
    """

    words: tuple[str, ...]
    part: Part
    act: Act
    cameo: str | None
    object: Literal["addressee", "about"] | None
    frame: str | None
    negated: Act | None


class Reporting(Struct, frozen=True):
    """What the lexicon of reporting holds.

    Attributes:
        cues: By first word and part of speech, longest first.
        codes: By act.
        words: Word classes by name.
        families: The family's name by each of its words.
        antonyms: Pairs of families or words that exclude each other.
    """

    cues: dict[tuple[str, Part], tuple[CueEntry, ...]]
    codes: dict[Act, ActCode]
    words: dict[str, frozenset[str]]
    families: dict[str, str]
    antonyms: frozenset[frozenset[str]]

    def is_a(self, name: str, lemma: str) -> bool:
        """Tell whether the dictionary form belongs to the word class of this name."""
        return lemma in self.words[name]


@lru_cache(maxsize=1)
def load_reporting() -> Reporting:
    """Load the cues, longest first for each first word.

    Example:
        >>> load_reporting().cues["deny", "verb"][0].act
        'deny'
    """
    text = (FOLDER / "acts.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Reporting(
        cues=_cues(table["cues"]),
        codes=_codes(table["codes"]),
        words=_classes({**table["words"], **table["denying"]}),
        families={
            word: name for name, words in table["families"].items() for word in _split(words)
        },
        antonyms=frozenset(frozenset(pair.split()) for pair in _split(table["antonyms"]["pairs"])),
    )


def _cues(groups: list[dict[str, Any]]) -> dict[tuple[str, Part], tuple[CueEntry, ...]]:
    found: dict[tuple[str, Part], list[CueEntry]] = {}
    for group in groups:
        for part, key in _PARTS:
            for words in _split(group.get(key, "")):
                entry = _entry(words, part, group)
                found.setdefault((entry.words[0], part), []).append(entry)
    return {
        key: tuple(sorted(each, key=lambda entry: (-len(entry.words), entry.frame is None)))
        for key, each in found.items()
    }


def _entry(words: str, part: Part, group: dict[str, Any]) -> CueEntry:
    return CueEntry(
        words=tuple(words.split()),
        part=part,
        act=group["act"],
        cameo=group.get("cameo"),
        object=group.get("object"),
        frame=group.get("frame"),
        negated=group.get("negated"),
    )


def _codes(table: dict[Act, dict[str, Any]]) -> dict[Act, ActCode]:
    return {act: ActCode(each.get("plover"), each["cameo"]) for act, each in table.items()}


def _classes(table: dict[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(_split(words)) for name, words in table.items()}


def _split(words: str) -> tuple[str, ...]:
    return tuple(each for word in words.split(",") if (each := " ".join(word.split())))
