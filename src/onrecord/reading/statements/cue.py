"""What a cue does: the deciding word of `issued a warning` or `refused to apologise`."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from onrecord.knowledge.reporting import CueEntry, Part, Reporting, load_reporting
from onrecord.reading.document import Document, Token
from onrecord.reading.statements.clause import is_negated

__all__ = ["Cue", "cue_verb", "may_be_passive", "read_cue"]

_PART_OF: dict[str, tuple[Part, ...]] = {
    "VERB": ("verb", "noun"),
    "AUX": ("verb",),
    "NOUN": ("noun", "verb"),
    "PROPN": ("noun", "verb"),
    "ADJ": ("adjective", "verb"),
    "ADV": ("adjective",),
}
_COPULAS = frozenset({"be", "feel", "seem", "look", "remain", "sound", "become"})
_FAILING = frozenset({"fail", "unable", "yet", "stop", "avoid"})
_APART = {("as",), ("for",)}
"""Prepositions that may stand behind the object: `describe X as`, `ask X for`."""
_BETWEEN = frozenset({"it", "also", "again", "always", "immediately", "in", "a", "the"})


class Cue(Struct, frozen=True):
    """The deciding word of a cue.

    Attributes:
        word: The word, or None where the cue has none (`:`, nothing at all).
        entry: What the lexicon says of it.
        negated: Whether it is negated.
        is_passive: Whether the one governed by it is its subject (`was accused of`).
        light: The light verb that governs the word (`issued` in `issued a warning`).
    """

    word: Token | None
    entry: CueEntry | None
    negated: bool
    is_passive: bool
    light: Token | None


def read_cue(document: Document, cue: Iterable[int], content: frozenset[int]) -> Cue:
    """Find the deciding word among the tokens of a cue.

    The governing verb decides (`refused to apologise` refuses), unless it is light: then the noun
    or adjective under it does.
    """
    inside = tuple(sorted(cue))
    lexicon = load_reporting()
    words = [document.tokens[index] for index in inside]
    verbs = [word for word in words if word.pos in {"VERB", "AUX"} and word.tag != "MD"]
    found = [
        (word, entry)
        for word in _governors_first(document, verbs)
        if (entry := _look_up(document, word, "verb", content)) is not None
    ]
    for word, entry in found:
        if not _is_light(lexicon, word, entry):
            return _cue(document, word, entry, None)
    nominal = _nominal(document, words, verbs, content)
    if nominal is not None:
        return nominal
    if found:
        return _cue(document, *found[0], None)
    first = next(iter(verbs or words), None)
    return Cue(first, None, negated=False, is_passive=False, light=None)


def cue_verb(document: Document, cue: Iterable[int]) -> Token | None:
    """Return the verb that governs the cue, or its first governing word, or None."""
    inside = [document.tokens[index] for index in cue]
    verbs = [word for word in inside if word.pos in {"VERB", "AUX"} and word.dep != "aux"]
    ordered = _governors_first(document, verbs or inside)
    return ordered[0] if ordered else None


def _governors_first(document: Document, words: list[Token]) -> list[Token]:
    if len(words) < 2:
        return words
    within = {word.index for word in words}
    depth = {
        word.index: sum(above.index in within for above in document.ancestors(word.index))
        for word in words
    }
    return sorted(words, key=lambda word: (depth[word.index], word.index))


def _is_light(lexicon: Reporting, word: Token, entry: CueEntry) -> bool:
    return len(entry.words) == 1 and lexicon.is_a("light", word.lemma)


def _nominal(
    document: Document, words: list[Token], verbs: list[Token], content: frozenset[int]
) -> Cue | None:
    """Find the noun or adjective that decides: under a light verb or copula, or standing alone."""
    lexicon = load_reporting()
    if any(verb.lemma not in _COPULAS and not lexicon.is_a("light", verb.lemma) for verb in verbs):
        return None
    under = [child for verb in verbs for child in _complements(document, verb)]
    for word in [*words, *under]:
        for part in _PART_OF.get(word.pos, ()):
            entry = None if part == "verb" else _look_up(document, word, part, content)
            if entry is not None:
                return _cue(document, word, entry, next(iter(verbs), None))
    return None


def _complements(document: Document, verb: Token) -> Iterator[Token]:
    yield from document.children(verb.index, "dobj", "attr", "acomp", "oprd", "nsubjpass")


def _cue(document: Document, word: Token, entry: CueEntry, light: Token | None) -> Cue:
    verb = light or word
    passive = _has_passive(document, verb)
    is_bare = not document.children(verb.index, "aux", "nsubj")
    passive |= verb.tag == "VBN" and is_bare and verb.dep in {"acl", "amod", "advcl"}
    negated = is_negated(document, verb) or (light is not None and is_negated(document, word))
    negated |= any(above.lemma in _FAILING for above in _over(document, verb))
    return Cue(word, entry, negated, passive, light)


def may_be_passive(document: Document, word: Token) -> bool:
    """Tell whether a cue that this word governs may be in the passive."""
    return word.tag == "VBN" or _has_passive(document, word)


def _has_passive(document: Document, verb: Token) -> bool:
    return bool(document.children(verb.index, "auxpass", "nsubjpass"))


def _over(document: Document, word: Token) -> Iterator[Token]:
    """Yield the governor of an infinitive, and the adverbs of that governor (`has yet to`)."""
    if word.dep in {"xcomp", "acomp"}:
        head = document.head(word)
        yield head
        yield from document.children(head.index, "advmod", "acomp")


def _look_up(
    document: Document, word: Token, part: Part, content: frozenset[int]
) -> CueEntry | None:
    cues = load_reporting().cues
    for lemma in (word.lemma, *_other_lemmas(word)):
        for entry in cues.get((lemma, part), ()):
            if _follows(document, word, entry.words[1:]) and _fits(document, word, entry, content):
                return entry
    return None


def _other_lemmas(word: Token) -> tuple[str, ...]:
    """Return what the dictionary form may be where the lemmatizer erred: `hoped` is no hopping."""
    endings = {"VBD": "d", "VBN": "d", "VBZ": "s", "NNS": "s"}
    ending = endings.get(word.tag)
    if ending is None or not word.lower.endswith(ending):
        return ()
    shorter = word.lower[:-1]
    return (shorter, shorter[:-1] if ending == "d" else shorter)


def _follows(document: Document, word: Token, rest: tuple[str, ...]) -> bool:
    """Tell whether the rest of a cue stands right after its first word, or is its particle."""
    if not rest or (len(rest) == 1 and _is_below(document, word, rest)):
        return True
    last = document.sentence_of(word.index).last
    wanted = iter(rest)
    expected = next(wanted, None)
    for token in document.tokens[word.index + 1 : min(last, word.index + 8)]:
        if token.lower in _BETWEEN and token.lower not in rest:
            continue
        if expected not in {token.lower, token.lemma}:
            return False
        expected = next(wanted, None)
        if expected is None:
            return True
    return False


def _is_below(document: Document, word: Token, rest: tuple[str, ...]) -> bool:
    """Tell whether the one word that is left is a particle, or a preposition that may be apart.

    `for his part, has called` calls for nothing.
    """
    labels = ("prt", "prep") if rest in _APART else ("prt",)
    below = document.children(word.index, *labels)
    return any(each.lower == rest[0] and each.index > word.index for each in below)


def _fits(document: Document, word: Token, entry: CueEntry, content: frozenset[int]) -> bool:
    """Tell whether an infinitive is there where the entry wants one."""
    if entry.frame != "to":
        return True
    for clause in document.children(word.index, "xcomp", "ccomp", "advcl"):
        marks = document.children(clause.index, "aux")
        if clause.index in content and any(mark.tag == "TO" for mark in marks):
            return True
    return False
