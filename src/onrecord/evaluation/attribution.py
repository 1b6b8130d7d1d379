"""Score attributions against those that a person marked.

The measure is the one common for PolNeAR and the BBC's Citron, with its details pinned down here:

- Texts are compared token by token: a run of letters and digits, or one other character. A range
  owns every token that it touches. What counts of a content are its words, the tokens with a letter
  or digit; a content without any counts with the marks it has.
- Marked and found attributions are paired one to one, best overlap of their contents first.
- A pair is *found* if the words that both contents have are at least half of those that either
  has; *exact* if they are the same; right *end to end* if it is found and the source is right.
- A source is right if it shares a telling word with the marked one, and a missing source if none is
  marked. Articles, prepositions and the like do not tell; pronouns do.
- An attribution is direct if all words of its content stand inside quotation marks, indirect if
  none does, mixed otherwise. Recall of a type is over what is marked as such, precision over what
  is found as such.
- The view of quoted text looks at the words inside quotation marks only.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from onrecord.evaluation.words import Spans, Words

__all__ = [
    "Attributed",
    "AttributionScores",
    "Compared",
    "Found",
    "Score",
    "Spans",
    "judge",
    "score_attributions",
]

Mode = Literal["direct", "indirect", "mixed"]

HALF = 0.5
"""Overlap from which a content counts as found: the usual threshold for PolNeAR."""
BINS = 10
"""Bins of the calibration error: as usual, and some hundred attributions in each on PolNeAR dev."""


class Attributed(Protocol):
    """Who is said to have said what; ranges are (start, end) characters of the text."""

    @property
    def source(self) -> Spans:
        """Who; empty if nobody is named."""

    @property
    def content(self) -> Spans:
        """What was said."""


class Found(Attributed, Protocol):
    """An attribution that a program found."""

    @property
    def probability(self) -> float:
        """That it is right, by its finder's own account."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An article with what was marked in it and what was found.

    Attributes:
        text: Its text.
        gold: The attributions that a person marked.
        found: The attributions that were found.
    """

    text: str
    gold: Sequence[Attributed]
    found: Sequence[Found]


@dataclass(frozen=True, slots=True)
class Score:
    """How many are right of those marked, and of those found.

    Attributes:
        gold_right: Marked attributions that were got right.
        gold: Marked attributions.
        found_right: Found attributions that are right; another number than `gold_right` only
            where types are told apart.
        found: Found attributions.
    """

    gold_right: int
    gold: int
    found_right: int
    found: int

    @property
    def precision(self) -> float:
        """Share of the found that are right, 0 to 1."""
        return self.found_right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the marked that were got right, 0 to 1."""
        return self.gold_right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall.

        Example:
            >>> Score(gold_right=1, gold=2, found_right=1, found=1).f1
            0.6666666666666666
        """
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class AttributionScores:
    """How good attributions are.

    Attributes:
        articles: How many articles were compared.
        found: Content that overlaps by half or more.
        exact: The same words of content.
        end_to_end: Content found and source right.
        direct: End to end, of attributions whose words all stand inside quotation marks.
        indirect: End to end, of attributions none of whose words does.
        mixed: End to end, of the others.
        source_accuracy: Share of right sources where content is found and a source is marked;
            None if there is no such pair.
        calibration_error: How far probabilities are from the share that is right end to end, on
            average over ten equal bins (ECE; Guo et al. 2017); None if nothing is found.
    """

    articles: int
    found: Score
    exact: Score
    end_to_end: Score
    direct: Score
    indirect: Score
    mixed: Score
    source_accuracy: float | None
    calibration_error: float | None


def score_attributions(
    articles: Iterable[Compared], *, quoted: bool = False, min_words: int = 1
) -> AttributionScores:
    """Score the attributions that were found in articles.

    Args:
        articles: The articles.
        quoted: Look only at the words inside quotation marks, and leave out what has none.
        min_words: With `quoted`, leave out contents with fewer such words: words in scare quotes.

    Example:
        >>> from types import SimpleNamespace as Said
        >>> gold = (Said(source=((13, 17),), content=((0, 8),)),)
        >>> found = (Said(source=((13, 17),), content=((1, 7),), probability=0.75),)
        >>> scores = score_attributions([Compared("“We won”, so Anna.", gold, found)])
        >>> scores.end_to_end.f1, scores.direct.gold, scores.calibration_error
        (1.0, 1, 0.25)
    """
    gold: list[_Outcome] = []
    found: list[_Outcome] = []
    number = 0
    for number, article in enumerate(articles, 1):  # noqa: B007 (counted)
        comparison = _Comparison(article, quoted=quoted, least=min_words)
        gold += comparison.gold_outcomes()
        found += comparison.found_outcomes()
    return _summarize(number, gold, found)


def judge(text: str, gold: Sequence[Attributed], found: Sequence[Found]) -> tuple[bool, ...]:
    """Tell for each found attribution of an article whether it is right end to end.

    Args:
        text: The article's text.
        gold: The attributions that a person marked in it.
        found: The attributions that were found.

    Returns:
        One answer for each of `found`, in that order.
    """
    comparison = _Comparison(Compared(text, gold, found), quoted=False, least=1)
    right = {outcome.place for outcome in comparison.found_outcomes() if outcome.is_right}
    return tuple(place in right for place in range(len(found)))


# ------------------------------------------------------------- one article's attributions


@dataclass(frozen=True, slots=True)
class _Counted:
    """An attribution as token indices.

    Attributes:
        place: Which of the article's attributions it is.
        content: Words of its content.
        source: Words of its source.
        mode: Whether it is direct, indirect or mixed.
        probability: As its finder says; 1 for a marked one.
    """

    place: int
    content: frozenset[int]
    source: frozenset[int]
    mode: Mode
    probability: float


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one attribution, marked or found.

    Attributes:
        place: Which of the article's attributions it is.
        mode: Whether it is direct, indirect or mixed.
        probability: As its finder says; 1 for a marked one.
        has_source: Whether it has one.
        is_found: Whether its partner's content overlaps by half or more.
        is_exact: Whether its partner has the same content.
        is_right: Whether it is found and the source is right.
    """

    place: int
    mode: Mode
    probability: float
    has_source: bool
    is_found: bool = False
    is_exact: bool = False
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """A marked attribution and the found one that goes with it, by their indices."""

    gold: int
    found: int
    overlap: float


class _Comparison:
    """The marked and the found attributions of one article, paired."""

    def __init__(self, article: Compared, *, quoted: bool, least: int) -> None:
        self._words = Words(article.text)
        self._quoted = quoted
        self._least = least
        self._gold = self._count([(each, 1.0) for each in article.gold])
        self._found = self._count([(each, each.probability) for each in article.found])

    def gold_outcomes(self) -> list[_Outcome]:
        """Return what came of each marked attribution that counts."""
        pairs = {pair.gold: pair for pair in self._pairs}
        return [self._outcome(each, pairs.get(at)) for at, each in enumerate(self._gold)]

    def found_outcomes(self) -> list[_Outcome]:
        """Return what came of each found attribution that counts."""
        pairs = {pair.found: pair for pair in self._pairs}
        return [self._outcome(each, pairs.get(at)) for at, each in enumerate(self._found)]

    def _count(self, attributions: Iterable[tuple[Attributed, float]]) -> list[_Counted]:
        counted = []
        for place, (each, probability) in enumerate(attributions):
            content = self._counted_content(each.content)
            if content:
                source = self._words.words_of(self._words.touched(each.source))
                mode = self._mode(content)
                counted.append(_Counted(place, content, source, mode, probability))
        return counted

    def _counted_content(self, content: Spans) -> frozenset[int]:
        """Return the tokens of a content that count; empty if it is to be left out."""
        places = self._words.touched(content)
        if not self._quoted:
            return self._words.words_of(places) or places
        words = self._words.words_of(places & self._words.quoted)
        return words if len(words) >= self._least else frozenset()

    def _mode(self, content: frozenset[int]) -> Mode:
        inside = len(content & self._words.quoted)
        if inside == len(content):
            return "direct"
        return "mixed" if inside else "indirect"

    @cached_property
    def _pairs(self) -> list[_Pair]:
        """Pairs of one marked and one found attribution, the best overlap first."""
        taken_gold: set[int] = set()
        taken_found: set[int] = set()
        pairs = []
        for pair in sorted(self._overlaps(), key=lambda it: (-it.overlap, it.gold, it.found)):
            if pair.gold not in taken_gold and pair.found not in taken_found:
                taken_gold.add(pair.gold)
                taken_found.add(pair.found)
                pairs.append(pair)
        return pairs

    def _overlaps(self) -> Iterator[_Pair]:
        """Yield every two whose contents share a word, looked up word by word."""
        owners: dict[int, list[int]] = {}
        for gold, each in enumerate(self._gold):
            for place in each.content:
                owners.setdefault(place, []).append(gold)
        for found, each in enumerate(self._found):
            shared = Counter(gold for place in each.content for gold in owners.get(place, ()))
            for gold, both in shared.items():
                either = len(self._gold[gold].content) + len(each.content) - both
                yield _Pair(gold, found, both / either)

    def _outcome(self, each: _Counted, pair: _Pair | None) -> _Outcome:
        blank = (each.place, each.mode, each.probability, bool(each.source))
        if pair is None:
            return _Outcome(*blank)
        gold, found = self._gold[pair.gold], self._found[pair.found]
        is_found = pair.overlap >= HALF
        is_exact = gold.content == found.content
        return _Outcome(
            *blank, is_found, is_exact, is_found and self._has_right_source(gold, found)
        )

    def _has_right_source(self, gold: _Counted, found: _Counted) -> bool:
        if not gold.source:
            return not found.source
        return bool(found.source & self._words.telling(gold.source))


# ------------------------------------------------------------------------------ the figures


def _summarize(articles: int, gold: list[_Outcome], found: list[_Outcome]) -> AttributionScores:
    of_mode = {
        mode: _end_to_end(
            [each for each in gold if each.mode == mode],
            [each for each in found if each.mode == mode],
        )
        for mode in ("direct", "indirect", "mixed")
    }
    return AttributionScores(
        articles=articles,
        found=_score([e.is_found for e in gold], [e.is_found for e in found]),
        exact=_score([e.is_exact for e in gold], [e.is_exact for e in found]),
        end_to_end=_end_to_end(gold, found),
        direct=of_mode["direct"],
        indirect=of_mode["indirect"],
        mixed=of_mode["mixed"],
        source_accuracy=_source_accuracy(gold),
        calibration_error=_calibration_error(found),
    )


def _end_to_end(gold: list[_Outcome], found: list[_Outcome]) -> Score:
    return _score([each.is_right for each in gold], [each.is_right for each in found])


def _score(gold: list[bool], found: list[bool]) -> Score:
    return Score(sum(gold), len(gold), sum(found), len(found))


def _source_accuracy(gold: list[_Outcome]) -> float | None:
    sourced = [each.is_right for each in gold if each.is_found and each.has_source]
    return sum(sourced) / len(sourced) if sourced else None


def _calibration_error(found: list[_Outcome]) -> float | None:
    """Return the expected calibration error; every bin counts by what is in it."""
    if not found:
        return None
    gaps = [0.0] * BINS
    for each in found:
        gaps[min(int(each.probability * BINS), BINS - 1)] += each.probability - each.is_right
    return sum(map(abs, gaps)) / len(found)
