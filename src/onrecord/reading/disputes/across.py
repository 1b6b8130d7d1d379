"""Whether a statement of one article denies what a statement of another claims.

Words are compared without a parse, because an archive holds no parses: the stems that both contents
share, names of the parties apart, weighed by how rare the words are in news. Only a denial counts
as an answer: across articles, precision goes before all.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from onrecord.knowledge.reporting import load_reporting
from onrecord.models.suspect import key_of, load_fit
from onrecord.reading.disputes.matter import stem

__all__ = ["AFTER", "ANSWERS", "BEFORE", "CLAIMS", "Side", "is_against", "is_same_matter"]

CLAIMS = ("accuse", "announce", "confirm", "expect", "opine", "state", "warn")
"""Acts that put something forward that another can deny."""
ANSWERS = ("deny",)
BEFORE, AFTER = 14, 1
"""Days by which a claim may lie before its denial, and after it: days of saying are not exact."""

_SHARED = 5.0
"""Weight of the shared words from which the matter is the same: one telling word (`collusion`)."""
_OF_ANSWER = 0.5
"""Share of the denial's weight that the claim has too."""
_OF_ACCUSATION, _OF_CLAIM = 0.25, 0.4
"""Share of the claim's weight that the denial has too; what is stated at length in passing is not
what is denied. Read on 989 Reuters articles: `benchmarks/disputes`."""
_COMMON = 40_000
"""Count of a word in news from which it weighs nothing."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_UNSURE = re.compile(
    r"n['’]t\b|\b(?:not|no|never|nor|neither|without|false|untrue|baseless|den(?:y|ie[ds]|ying|ials?)"
    r"|whether|if|possible|potential|alleged(?:ly)?|investigat\w*|prob(?:e|es|ing)|suspected)\b",
    re.IGNORECASE,
)
"""In a claim: it tells what is not so, or only asked, so that a denial may agree with it."""
_FUNCTION = frozenset({
    "the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "your",
    "they", "them", "she", "him", "you", "was", "were", "are", "been", "being", "has", "have",
    "had", "not", "any", "all", "such", "would", "could", "should", "will", "may", "might",
    "can", "did", "does", "doing", "and", "but", "than", "then", "there", "who", "whom",
    "which", "what", "when", "where", "why", "how", "about", "into", "over", "against",
    "during", "after", "before", "under", "between", "out", "more", "most", "other", "some",
    "said", "says", "say", "told", "tells", "call", "called", "make", "made", "making", "take",
    "took", "taken", "also", "only", "just", "even", "while", "because", "with", "without",
    "from", "for", "one", "two", "three", "new", "itself", "himself", "herself", "themselves",
})  # fmt: skip
_LEGAL = frozenset(
    stem(word)
    for word in (
        "allegation", "accusation", "report", "request", "investigation", "probe", "plan", "test",
        "link", "engage", "claim", "charge", "wrongdoing", "comment", "question", "information",
        "matter", "election", "vote", "campaign", "official", "president", "government", "country",
        "minister", "decision", "statement", "role", "case",
    )
)  # fmt: skip
"""Words that many claims share; alone they say nothing about which one is denied."""


@dataclass(frozen=True, slots=True)
class Side:
    """A statement as it is compared across articles.

    Attributes:
        key: Its row.
        article: Its article's row.
        act: What is done by saying it.
        content: What is said.
        day: When, or else when it was published.
        speakers: Rows of the actors that say it.
        speaking_for: Countries whose governments they are.
        about: Rows of the actors it is about.
        about_countries: Countries among them, and those whose governments are.
        names: Words of all these actors' names, in lower case.
    """

    key: int
    article: int
    act: str
    content: str
    day: dt.date
    speakers: frozenset[int]
    speaking_for: frozenset[str]
    about: frozenset[int]
    about_countries: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Against:
    """A denial of a claim.

    Attributes:
        words: What both speak of, as the denial prints it.
        confidence: Probability that the denial is of this claim.
    """

    words: tuple[str, ...]
    confidence: float


def is_against(claim: Side, answer: Side) -> Against | None:
    """Return what shows that one statement denies the other, or None."""
    if not _are_parties(claim, answer) or _UNSURE.search(claim.content):
        return None
    names = claim.names | answer.names
    ours, theirs = _stems(answer.content, names), _stems(claim.content, names)
    shared = ours.keys() & theirs.keys()
    if not shared - _LEGAL:
        return None
    weight = sum(theirs[each][1] for each in shared)
    of_answer = weight / max(_weight(ours), weight)
    of_claim = weight / max(_weight(theirs), weight)
    least = _OF_ACCUSATION if claim.act == "accuse" else _OF_CLAIM
    if weight < _SHARED or of_answer < _OF_ANSWER or of_claim < least:
        return None
    words = tuple(sorted(ours[each][0] for each in shared))
    return Against(words, round(0.6 + 0.3 * min(of_claim, of_answer), 3))


def is_same_matter(claim: Side, later: Side) -> bool:
    """Tell whether a later statement takes up what was claimed: they share telling words."""
    names = claim.names | later.names
    ours, theirs = _stems(later.content, names), _stems(claim.content, names)
    shared = ours.keys() & theirs.keys()
    weight = sum(theirs[each][1] for each in shared)
    return (
        bool(shared - _LEGAL) and weight >= _SHARED and weight >= _OF_ACCUSATION * _weight(theirs)
    )


def _are_parties(claim: Side, answer: Side) -> bool:
    """Tell whether one side speaks about the other, in time, and they are two sides."""
    if not -AFTER <= (answer.day - claim.day).days <= BEFORE or claim.article == answer.article:
        return False
    one_mouth = claim.speakers & answer.speakers or claim.speaking_for & answer.speaking_for
    addressed = claim.about & answer.speakers or claim.about_countries & answer.speaking_for
    return bool(claim.speakers and answer.speakers and addressed) and not one_mouth


def _stems(content: str, names: frozenset[str]) -> Mapping[str, tuple[str, float]]:
    """Return each stem of the content with its word and weight."""
    found: dict[str, tuple[str, float]] = {}
    for word in _WORD.findall(content):
        lower = word.lower()
        if len(lower) > 2 and lower not in _FUNCTION and lower not in names:
            own, weight = _weighed(lower)
            if weight and weight > found.get(own, ("", 0.0))[1]:
                found[own] = (word, weight)
    return found


@lru_cache(maxsize=32_768)
def _weighed(word: str) -> tuple[str, float]:
    lexicon = load_reporting()
    if any(lexicon.is_a(kind, word) for kind in ("general", "claim_nouns", "blanket")):
        return word, 0.0
    return stem(word), max(0.0, log(_COMMON / (load_fit().single(key_of(word)) + 1)))


def _weight(stems: Mapping[str, tuple[str, float]]) -> float:
    return sum(weight for _, weight in stems.values())
