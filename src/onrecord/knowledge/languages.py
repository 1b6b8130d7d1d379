"""Tell which language a text is in, by its script and its function words.

Cheap and deterministic: enough to know English news from other text, not to tell close relatives
apart with certainty.
"""

import re
from collections import Counter
from functools import lru_cache
from types import MappingProxyType

from onrecord.knowledge.tables import FOLDER

__all__ = ["english_share", "guess_language"]

SAMPLE = 20_000
"""Characters looked at: more changes nothing."""

_MIN_WORDS = 15
"""Below this a text says too little to be judged by its function words."""

_ENOUGH = 0.16
"""Share of a language's function words in running text; headlines in English have about .2, running
English .45, text in a language without a profile at most .08 of any."""

_MIN_KINDS = 4
"""Different function words that another language must show: names alone repeat one or two."""

_WORD = re.compile(r"[^\W\d_]+")

_FOREIGN = re.compile("[^\0-\u036f]+")
"""Characters behind the Latin ones: most texts have few."""

_SCRIPTS = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("zh", "\u4e00", "\u9fff"),
    ("cyrillic", "\u0400", "\u04ff"),
    ("arabic", "\u0600", "\u06ff"),
    ("he", "\u0590", "\u05ff"),
    ("el", "\u0370", "\u03ff"),
    ("hi", "\u0900", "\u097f"),
    ("bn", "\u0980", "\u09ff"),
    ("ta", "\u0b80", "\u0bff"),
    ("th", "\u0e00", "\u0e7f"),
    ("ka", "\u10a0", "\u10ff"),
    ("hy", "\u0530", "\u058f"),
)


def guess_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language, or None where that is not clear.

    Example:
        >>> guess_language("北京")
        'zh'
        >>> guess_language("Kyiv denied it.") is None
        True
    """
    sample = text[:SAMPLE]
    return _by_script(sample) or _by_words(sample)


def english_share(text: str) -> float:
    """Return the share of English function words among the words of the text."""
    words = _WORD.findall(text[:SAMPLE].lower())
    return sum(word in profiles()["en"] for word in words) / len(words) if words else 0.0


@lru_cache(maxsize=1)
def profiles() -> MappingProxyType[str, frozenset[str]]:
    """Return each language's function words."""
    source = (FOLDER / "languages.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in source.splitlines() if line and line[0] != "#"]
    return MappingProxyType({code: frozenset(words.split()) for code, words in rows})


def _by_script(sample: str) -> str | None:
    """Return the language, or the likeliest of those that share the script of most letters."""
    foreign = "".join(_FOREIGN.findall(sample))
    counts = Counter(script for script in map(_script, filter(str.isalpha, foreign)) if script)
    if not counts or counts.total() * 2 < sum(map(str.isalpha, sample)):
        return None
    # Japanese mixes its own letters with Chinese ones.
    if counts["ja"] * 10 > counts.total():
        return "ja"
    script = counts.most_common(1)[0][0]
    if script == "cyrillic":
        return _cyrillic(sample)
    return _arabic(sample) if script == "arabic" else script


def _script(letter: str) -> str | None:
    return next((name for name, first, last in _SCRIPTS if first <= letter <= last), None)


def _cyrillic(sample: str) -> str:
    lower = Counter(sample.lower())
    if lower["ў"]:
        return "be"
    if lower["\u0456"] + lower["ї"] + lower["є"] > lower["ы"] + lower["э"]:
        return "uk"
    if lower["\u0458"] or lower["љ"] or lower["њ"] or lower["ћ"]:
        return "sr"
    return "bg" if lower["ъ"] > lower["ы"] + lower["э"] else "ru"


def _arabic(sample: str) -> str:
    counts = Counter(sample)
    if counts["ٹ"] + counts["ں"] + counts["ے"] > len(sample) / 100:
        return "ur"
    return (
        "fa" if counts["پ"] + counts["گ"] + counts["چ"] + counts["ی"] > len(sample) / 100 else "ar"
    )


def _by_words(sample: str) -> str | None:
    words = _WORD.findall(sample.lower())
    if len(words) < _MIN_WORDS:
        return None
    counts = Counter(words)
    hits, kinds = dict.fromkeys(profiles(), 0), Counter[str]()
    for word in counts.keys() & _codes_of().keys():
        for code in _codes_of()[word]:
            hits[code] += counts[word]
            kinds[code] += 1
    best = max(hits, key=lambda code: hits[code])
    if hits[best] < _ENOUGH * len(words):
        return None
    return best if best == "en" or kinds[best] >= _MIN_KINDS else None


@lru_cache(maxsize=1)
def _codes_of() -> MappingProxyType[str, tuple[str, ...]]:
    """Return the languages of each function word.

    One letter is no evidence: `U.S.` and `Kyiv's` leave some behind that are words elsewhere.
    """
    codes: dict[str, list[str]] = {}
    for code, profile in profiles().items():
        for word in profile:
            if len(word) > 1:
                codes.setdefault(word, []).append(code)
    return MappingProxyType({word: tuple(found) for word, found in codes.items()})
