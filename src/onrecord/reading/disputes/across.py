"""Whether a statement of one article goes against what a statement of another claims.

Words are compared without a parse, because an archive holds no parses: the stems that both contents
share, names of the parties apart, weighed by how rare the words are in news. A denial answers a
claim about those who deny; without a word of denial, one says of the same people that they did what
the other says they did not do. Across articles, precision goes before all.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from math import log
from typing import Literal

from msgspec import Struct

from onrecord.knowledge.inflection import lemma_of
from onrecord.models.suspect import key_of, load_fit
from onrecord.reading.disputes.matter import general_words, stem

__all__ = [
    "AFTER",
    "ANSWERS",
    "BEFORE",
    "CLAIMS",
    "CLOSE",
    "OPPOSED",
    "SHARED",
    "TOLD",
    "Against",
    "Side",
    "Topics",
    "is_against",
    "is_negative",
    "is_opposed",
    "is_positive",
    "is_same_matter",
]

CLAIMS = ("accuse", "announce", "confirm", "expect", "opine", "state", "warn")
"""Acts that put something forward that another can deny."""
ANSWERS = ("deny",)
BEFORE, AFTER = 14, 1
"""Days by which a claim may lie before its denial, and after it: days of saying are not exact."""
TOLD = tuple(act for act in CLAIMS if act != "expect")
"""Acts that tell what is so or is not so."""
CLOSE = 7
"""Days by which what is told may lie before what contradicts it: later it may have changed."""

SHARED = 5.0
"""Weight of the shared words from which the matter is the same: one telling word (`collusion`)."""
_OF_ANSWER = 0.5
"""Share of the denial's weight that the claim has too."""
_OF_ACCUSATION, _OF_CLAIM = 0.25, 0.4
"""Share of the claim's weight that the denial has too; what is stated at length in passing is not
what is denied. Read on 989 Reuters articles: `benchmarks/disputes`."""
_COMMON = 40_000
"""Count of a word in news from which it weighs nothing."""
OPPOSED = 8.0
"""Weight of the words that two opposite accounts share, two words at least."""
_OF_OPPOSED = 0.3
"""Share of either account's weight that the other has too."""
_NOBODY = frozenset[str]()
_WORD = re.compile(r"[^\W\d_]+|\d+")
_UNSURE = re.compile(
    r"n['’]t\b|\b(?:not|no|never|nor|neither|without|false|untrue|baseless|den(?:y|ie[ds]|ying|ials?)"
    r"|whether|if|possible|potential|alleged(?:ly)?|investigat\w*|prob(?:e|es|ing)|suspected)\b",
    re.IGNORECASE,
)
"""In a claim: it tells what is not so, or only asked, so that a denial may agree with it."""
_NEGATION = re.compile(
    r"(?<!for )(?<!of )(?<!by )(?<!or )(?:n['’]t|\b(?:not|no|never))\b", re.IGNORECASE
)
_NONE = re.compile(r"\b(?:none|neither|nor|nothing|nobody)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:would|will|wo|should|could|can|ca|cannot|may|might|must|if|whether|unless|until|only|just"
    r"|alone|other than|except|enough|longer|more than|plan\w*|expect\w*|intend\w*"
    r"|hop(?:e[sd]?|ing))\b|['’](?:ll|d)\b|^\W*(?:not )?to ",
    re.IGNORECASE,
)
"""In either account: it is not told as so or not so, or not of the whole."""
_MINDED = re.compile(
    r"\b(?:believ\w+|think\w*|thought|sa(?:y|id|ys)|kn[eo]w\w*|remember\w*|recall\w*|see[ns]?|saw"
    r"|aware|want\w*|need\w*)\b",
    re.IGNORECASE,
)
"""Before the negation or after it: it is somebody's mind that the negation is about."""
_FINITE = re.compile(
    r"\b(?:am|are|is|was|were|has|have|had|does|do|did)\b|[’'](?:s|re|ve)\b|\w{3}ed\b"
    r"|^(?:that|it|he|she|they|we|I)\b"
)
"""It is a clause, and no name of a thing."""
_CLAUSE = re.compile(r"[,;:—–]| - |\b(?:that|who|which|when|where|because|but|and)\b")
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


class Side(Struct, frozen=True):
    """A statement as it is compared across articles.

    Attributes:
        key: Its row.
        article: Its article's row.
        act: What is done by saying it.
        content: What is said.
        day: When, or else when it was published.
        speakers: Rows of the actors that say it.
        called: Last words of their names, in lower case.
        speaking_for: Countries whose governments or forces they are.
        about: Rows of the actors it is about.
        about_countries: Countries among them, and those whose governments or forces are.
        names: Words of all these actors' names, in lower case.
    """

    key: int
    article: int
    act: str
    content: str
    day: dt.date
    speakers: frozenset[int]
    called: frozenset[str]
    speaking_for: frozenset[str]
    about: frozenset[int]
    about_countries: frozenset[str]
    names: frozenset[str]


class Against(Struct, frozen=True):
    """What goes against a claim.

    Attributes:
        kind: How.
        words: What both speak of, as the answer prints it.
        confidence: Probability that the answer is to this claim.
    """

    kind: Literal["denial", "contradiction"]
    words: tuple[str, ...]
    confidence: float


def is_against(claim: Side, answer: Side) -> Against | None:
    """Return what shows that one statement denies the other, or None."""
    if not _are_parties(claim, answer) or _UNSURE.search(claim.content):
        return None
    common = _Common.of(claim, answer)
    least = _OF_ACCUSATION if claim.act == "accuse" else _OF_CLAIM
    if common.weight < SHARED or common.of_answer < _OF_ANSWER or common.of_claim < least:
        return None
    return common.against("denial") if common.stems - _LEGAL else None


def is_opposed(claim: Side, answer: Side) -> Against | None:
    """Return what shows that one statement says of a deed that it was not done, or None.

    Both tell of the same people, whoever they are: it is denied, or the word that the answer
    negates is one that the claim has, as in `violated the order` and `did not violate the order`.
    """
    if not _are_two_accounts(claim, answer) or not is_positive(claim.content):
        return None
    denied = answer.act in ANSWERS
    negated = None if denied else _negated_word(answer.content)
    if negated is None and not denied:
        return None
    common = _Common.of(claim, answer)
    least = _OF_ANSWER if denied else _OF_OPPOSED
    is_weak = len(common.stems) < 2 or common.weight < OPPOSED
    if is_weak or min(common.of_claim, common.of_answer) < least:
        return None
    telling = common.stems - _LEGAL
    if negated is None:
        return common.against("denial") if telling else None
    return common.against("contradiction") if _weighed(negated)[0] in telling else None


@lru_cache(maxsize=4096)
def is_positive(content: str) -> bool:
    """Tell whether a content is a clause that only tells what is so."""
    unsure = _UNSURE.search(content) or _NONE.search(content) or _OPEN.search(content)
    return unsure is None and _FINITE.search(content) is not None


@lru_cache(maxsize=4096)
def is_negative(content: str) -> bool:
    """Tell whether a content tells of one thing that it is not so."""
    return _negated_word(content) is not None


def _negated_word(content: str) -> str | None:
    """Return the word that the only negation of a content is about, in lower case, or None."""
    found = list(_NEGATION.finditer(content))
    if len(found) != 1 or _NONE.search(content) or _OPEN.search(content):
        return None
    rest = _CLAUSE.split(content[found[0].end() :], maxsplit=1)[0]
    if _MINDED.search(content[: found[0].start()]) or _MINDED.search(rest):
        return None
    words = (each.lower() for each in _WORD.findall(rest))
    return next((each for each in words if _is_telling(each) and not each.endswith("ly")), None)


class _Common(Struct, frozen=True):
    """What two contents share.

    Attributes:
        stems: Of words, the parties' names apart.
        words: As the answer prints them.
        weight: How much the shared words weigh.
        of_claim: Their share of the claim's weight.
        of_answer: Their share of the answer's weight.
    """

    stems: frozenset[str]
    words: tuple[str, ...]
    weight: float
    of_claim: float
    of_answer: float

    @classmethod
    def of(cls, claim: Side, answer: Side) -> "_Common":
        names = claim.names | answer.names
        ours, theirs = _stems(answer.content, names), _stems(claim.content, names)
        shared = frozenset(ours.keys() & theirs.keys())
        weight = sum(theirs[each][1] for each in shared)
        return cls(
            stems=shared,
            words=tuple(sorted(ours[each][0] for each in shared)),
            weight=weight,
            of_claim=weight / max(_weight(theirs), weight, 1e-9),
            of_answer=weight / max(_weight(ours), weight, 1e-9),
        )

    def against(self, kind: Literal["denial", "contradiction"]) -> Against:
        confidence = 0.6 + 0.3 * min(self.of_claim, self.of_answer)
        return Against(kind, self.words, round(confidence, 3))


def is_same_matter(claim: Side, later: Side) -> bool:
    """Tell whether a later statement takes up what was claimed: they share telling words."""
    common = _Common.of(claim, later)
    is_enough = common.weight >= SHARED and common.of_claim >= _OF_ACCUSATION
    return bool(common.stems - _LEGAL) and is_enough


def _are_parties(claim: Side, answer: Side) -> bool:
    """Tell whether one side speaks about the other, in time, and they are two sides."""
    addressed = claim.about & answer.speakers or claim.about_countries & answer.speaking_for
    return bool(addressed) and _are_two_sides(claim, answer, BEFORE)


def _are_two_accounts(claim: Side, answer: Side) -> bool:
    """Tell whether two sides speak about the same people, or one about the other, in time."""
    of_claim, of_answer = claim.about | claim.speakers, answer.about | answer.speakers
    alike = claim.about & of_answer or answer.about & of_claim
    of_claim_too = claim.about_countries & (answer.about_countries | answer.speaking_for)
    alike_too = of_claim_too or answer.about_countries & claim.speaking_for
    return bool(alike or alike_too) and _are_two_sides(claim, answer, CLOSE)


def _are_two_sides(claim: Side, answer: Side, before: int) -> bool:
    """Tell whether two mouths speak in two articles, the claim at most so many days before."""
    if not -AFTER <= (answer.day - claim.day).days <= before or claim.article == answer.article:
        return False
    one_mouth = (
        claim.speakers & answer.speakers
        or claim.speaking_for & answer.speaking_for
        or claim.called & answer.called
    )
    return bool(claim.speakers and answer.speakers) and not one_mouth


class Topics:
    """What some statements speak of, to tell quickly what can be the other side of none of them.

    Args:
        contents: Of the statements.
        least: Weight of the shared words from which two statements may be at odds.
    """

    def __init__(self, contents: Iterable[str], least: float) -> None:
        self._stems = [_weights(each) for each in contents]
        self._every = frozenset(chain.from_iterable(self._stems))
        self._least = least

    def may_meet(self, content: str) -> bool:
        """Tell whether a content shares enough with one of them, if no shared word is a name."""
        theirs = _weights(content)
        if self._every.isdisjoint(theirs):
            return False
        return any(
            sum(max(ours[each], theirs[each]) for each in ours.keys() & theirs.keys())
            >= self._least
            for ours in self._stems
        )


def _weights(content: str) -> Mapping[str, float]:
    return {stem: weight for stem, (_, weight) in _stems(content, _NOBODY).items()}


def _stems(content: str, names: frozenset[str]) -> Mapping[str, tuple[str, float]]:
    """Return each stem of the content with its word and weight."""
    found: dict[str, tuple[str, float]] = {}
    for word, lower, own, weight in _telling_words(content):
        if lower not in names and weight > found.get(own, ("", 0.0))[1]:
            found[own] = (word, weight)
    return found


@lru_cache(maxsize=4096)
def _telling_words(content: str) -> tuple[tuple[str, str, str, float], ...]:
    """Return the words of a content that weigh something: as printed, in lower case, stem, weight.

    The same statements of an archive are looked at again and again, as articles arrive.
    """
    words = ((word, word.lower()) for word in _WORD.findall(content))
    weighed = ((word, lower, *_weighed(lower)) for word, lower in words if _is_telling(lower))
    return tuple(each for each in weighed if each[3])


def _is_telling(word: str) -> bool:
    return len(word) > 2 and word not in _FUNCTION


@lru_cache(maxsize=16_384)
def _weighed(word: str) -> tuple[str, float]:
    if word in general_words():
        return word, 0.0
    return stem(_lemma(word)), max(0.0, log(_COMMON / (load_fit().single(key_of(word)) + 1)))


def _lemma(word: str) -> str:
    """Return what the word is a form of, for all that its ending tells."""
    if word.endswith("ing") and len(word) > 5:
        return lemma_of(word, "VBG")
    return lemma_of(word, "NNS" if word.endswith("s") else "VBD")


def _weight(stems: Mapping[str, tuple[str, float]]) -> float:
    return sum(weight for _, weight in stems.values())
