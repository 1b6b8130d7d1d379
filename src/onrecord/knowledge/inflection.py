"""Dictionary forms of English words, from their form and their Penn Treebank tag.

Irregular forms and the words that break a rule stand in `irregular.tsv`; all others follow the
rules of spelling: what is doubled is halved, and a silent `e` comes back where the word needs it.
"""

import re
from functools import lru_cache

from onrecord.knowledge.tables import read_table

__all__ = ["lemma_of"]

_CONTRACTED = {
    "'m": "be", "'re": "be", "'ve": "have", "'ll": "will", "n't": "not", "ca": "can",
    "wo": "will", "sha": "shall",
}  # fmt: skip
_PRONOUNS = {"me": "i", "him": "he", "her": "she", "us": "we", "them": "they", "'em": "they"}
_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_COMPARED = {"JJR": "adjective", "JJS": "adjective", "RBR": "adverb", "RBS": "adverb"}

_ONE_SYLLABLE = re.compile(r"(?:qu|[^aeiouy]|^y)*[aeiouy][^aeiouywx]$")
_TWICE = re.compile(r"[aeiouy]([bdgmnprt])\1$")
_SILENT = re.compile(
    r"""(?:
    [cvu] | (?<!s)s | (?<![tz])z | [dlr]g | [aeiou]g | [bcdfgkptz]l | [bcdfgptv]r | [iu]at | quir
  | (?<![aeiou])(?:[au]t | [aeiou]d | [aeou]k | ap | yp | am | um | in | un | [aiu]r | [uy]l | ib)
    )$""",
    re.VERBOSE,
)
"""Stems that a silent `e` ends, as a rule; what breaks it is in the table."""


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for kind, base, forms in read_table("irregular.tsv", 3):
        forms_of_kind = found.setdefault(kind, {})
        for form in (base, *forms.split()) if base else forms.split():
            forms_of_kind.setdefault(form, base)
    return found


@lru_cache(maxsize=16_384)
def lemma_of(word: str, tag: str) -> str:
    """Return the dictionary form of a word.

    Args:
        word: The word in lower case, apostrophes straight.
        tag: Its Penn Treebank tag.

    Example:
        >>> lemma_of("denied", "VBD"), lemma_of("crises", "NNS"), lemma_of("hoped", "VBD")
        ('deny', 'crisis', 'hope')
    """
    if tag in _VERBS:
        return _verb(word, tag)
    if tag == "NNS":
        return _noun(word)
    if tag in _COMPARED:
        return _positive(word, _COMPARED[tag])
    if tag == "PRP":
        return _PRONOUNS.get(word, word)
    return _CONTRACTED.get(word, word) if tag in {"MD", "RB"} else word


def _verb(word: str, tag: str) -> str:
    table = _table()["verb"]
    if word in table:
        return table[word]
    if word in _CONTRACTED or word == "'s":
        return _CONTRACTED.get(word, "be")
    if tag == "VBZ":
        return _without_s(word)
    if tag == "VBG" and word.endswith("ing") and len(word) > 4:
        return _stem(word[:-3])
    return _past(word, table) if tag in {"VBD", "VBN"} else word


def _past(word: str, table: dict[str, str]) -> str:
    if word.endswith("ied"):
        return word[:-1] if len(word) < 5 else word[:-3] + "y"
    if word.endswith("eed"):
        return word[:-1]
    if word.endswith("ed") and len(word) > 3:
        return _stem(word[:-2])
    return _behind_prefix(word, table)


def _behind_prefix(word: str, table: dict[str, str]) -> str:
    """Undo an irregular form behind a prefix: `outsold`, `rebought`."""
    for prefix in ("re", "un", "over", "under", "out", "fore", "with", "pre"):
        rest = word.removeprefix(prefix)
        if rest != word and rest in table:
            return prefix + table[rest]
    return word


def _stem(stem: str) -> str:
    """Return the base form of a verb or adjective from what is left without its ending."""
    table = _table()
    if stem in table["silent"]:
        return stem + "e"
    if not stem or stem in table["bare"]:
        return stem
    if stem in table["double"] or _TWICE.search(stem):
        return stem[:-1]
    needs_e = _ONE_SYLLABLE.match(stem) or _SILENT.search(stem)
    return stem + "e" if needs_e and stem[-1] not in "aeo" else stem


def _without_s(word: str) -> str:
    if not word.endswith("s") or word.endswith("ss") or len(word) < 3:
        return word
    if word.endswith("ies"):
        return word[:-1] if len(word) < 5 else word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes", "tzes")):
        return word[:-1] if word[:-1] in _table()["e-noun"] else word[:-2]
    return word[:-1]


def _noun(word: str) -> str:
    table = _table()
    if word in table["noun"]:
        return table["noun"][word]
    if not word.endswith("s"):
        return word[:-3] + "man" if word.endswith("men") and len(word) > 4 else word
    if word[:-1] in table["e-noun"] or word.endswith(("ss", "us", "is")):
        return word[:-1] if word[:-1] in table["e-noun"] else word
    if word.endswith("uses") and not word.endswith(("auses", "ouses")):
        return word[:-2]
    return _without_s(word)


def _positive(word: str, kind: str) -> str:
    table = _table()[kind]
    if word in table:
        return table[word]
    for ending in ("er", "est"):
        if word.endswith("i" + ending):
            return word[: -len(ending) - 1] + "y"
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return _stem(word[: -len(ending)])
    return word
