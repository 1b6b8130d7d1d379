"""Find wording that a machine seems to have put there.

Three kinds of evidence, weighed together by `suspect_evidence`: forms that no one writes, wordings
that substitution tools put, where another fits better, and how many of them the document holds.
What stands in quotation marks is left alone: tools leave it, and so do we.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from sys import maxsize

from msgspec import Struct

from onrecord.models.suspect import Word, cut_words, load_fit
from onrecord.models.suspect.fits import Fits, document_fit, fit_of_words
from onrecord.reading.document import Document
from onrecord.reading.quotations import Quotation
from onrecord.reading.suspect.candidates import Candidate, find_candidates
from onrecord.reading.suspect.evidence import (
    chance,
    chance_of_swap,
    count_plain_words,
    evidence,
    lexicon_odds,
    rewriting_odds,
    word_evidence,
)
from onrecord.record import Suspect

__all__ = ["EXPLAINED", "REPORTED", "Rewriting", "find_suspect", "weigh_text"]

REPORTED = 0.5
"""A span is reported where substitution is likelier than not."""

_SHARE_OF_WORDS = -0.5
"""Log-odds that a plain word of a rewritten document was replaced; set so that of the spans of
spun_dev (up to 30 %) that are given a score about that share is right."""

_OTHER_TOOL = -0.6
"""What the lexicon's evidence loses where it does not explain the document; set likewise."""

EXPLAINED = 5.0
"""Log-odds of the candidates alone from which they explain a document: in spun_dev, whose tools the
lexicon does not know, 1 article in 100 has as much; the seed article has over 30."""

_ARTEFACT_SCORE = 0.97
_BRACES = re.compile(r"\{[^{}\n]{1,40}\}")
_WRONG_ARTICLE = re.compile(
    r"\b(?:[Aa](?= (?!one\b|once\b|eu|uni|use|usu|uti|ubi|ura)[aeiou][a-z])"
    r"|[Aa]n(?= [b-df-gj-np-tv-z][a-z]))\b"
)


class Rewriting(Struct, frozen=True):
    """How likely it is that a document was rewritten, and what speaks for it.

    Attributes:
        odds: Log-odds; they rank documents where probabilities are all near 0 or 1.
        lexicon: The part of them that the candidates speak for.
        candidates: The candidates outside quotations, each with its evidence.
        fits: How the plain words fit.
    """

    odds: float
    lexicon: float
    candidates: tuple[tuple[Candidate, float], ...]
    fits: Fits

    @property
    def chance(self) -> float:
        """The probability."""
        return chance(self.odds)


def find_suspect(document: Document, quotations: tuple[Quotation, ...]) -> tuple[Suspect, ...]:
    """Find the words outside quotations that a machine seems to have put there.

    Example:
        >>> from onrecord.article import Article
        >>> document = Document(Article("He warned {that a} war may come."), (), (), (), ())
        >>> [(each.span.text, each.likely) for each in find_suspect(document, ())]
        [('{that a}', 'that a')]
    """
    words, rewriting = _weigh(document.text, quotations)
    found = [_suspect(document, words, each, rewriting) for each in rewriting.candidates]
    found += _misfits(document, words, rewriting)
    found += [
        _artefact(document, match)
        for match in _BRACES.finditer(document.text)
        if not _is_quoted(match.start(), _ranges(quotations))
    ]
    reported = (each for each in found if each.score >= REPORTED)
    return tuple(sorted(reported, key=lambda each: each.span))


def weigh_text(text: str, quotations: tuple[Quotation, ...]) -> Rewriting:
    """Return how likely it is that a text was rewritten outside its quotations."""
    return _weigh(text, quotations)[1]


@lru_cache(maxsize=1)
def _weigh(text: str, quotations: tuple[Quotation, ...]) -> tuple[tuple[Word, ...], Rewriting]:
    """Return a text's words outside quotations and what they tell; an archive asks for it again."""
    words, fit = _words_outside(text, quotations), load_fit()
    candidates = tuple(
        (candidate, evidence(candidate, words, fit)) for candidate in find_candidates(words, fit)
    )
    ratios = tuple(ratio for _, ratio in candidates)
    artefacts = len(_BRACES.findall(text)) + min(len(_WRONG_ARTICLE.findall(text)), 3)
    fits = fit_of_words(words, fit)
    lexicon = lexicon_odds(ratios, count_plain_words(words))
    odds = rewriting_odds(lexicon, document_fit(fits), artefacts)
    return words, Rewriting(odds, lexicon, candidates, fits)


def _ranges(quotations: tuple[Quotation, ...]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in quotations if not each.depth]


def _words_outside(text: str, quotations: tuple[Quotation, ...]) -> tuple[Word, ...]:
    """Return the words outside quotations; each quotation's marks stay, as borders."""
    ranges = _ranges(quotations)
    return tuple(word for word in cut_words(text) if not _is_quoted(word.start, ranges))


def _is_quoted(offset: int, ranges: list[tuple[int, int]]) -> bool:
    number = bisect_right(ranges, (offset, maxsize)) - 1
    return number >= 0 and ranges[number][0] < offset < ranges[number][1]


def _suspect(
    document: Document,
    words: tuple[Word, ...],
    weighed: tuple[Candidate, float],
    rewriting: Rewriting,
) -> Suspect:
    candidate, ratio = weighed
    first, last = words[candidate.first], words[candidate.last - 1]
    likely = " ".join(candidate.swap.original).replace(" - ", "-")
    numeral = first.lower[0].isdigit()
    doubt = 0.0 if rewriting.lexicon > EXPLAINED else _OTHER_TOOL
    many = len(candidate.swap.odd) > 1 or len(candidate.swap.original) > 1
    return Suspect(
        span=document.article.span(first.start, last.end),
        kind="artefact" if numeral else "collocation" if many else "substitution",
        likely=likely.capitalize() if first.capital else likely,
        score=round(chance_of_swap(ratio + doubt, rewriting.chance), 3),
        found_by=f"lexicon:swap:{candidate.swap.strength}",
    )


def _misfits(
    document: Document, words: tuple[Word, ...], rewriting: Rewriting
) -> Iterator[Suspect]:
    """Yield plain words outside the lexicon that do not fit, in a document that was rewritten.

    Where the lexicon explains the document, the tool is one that it knows, and a word outside it
    that does not fit is only a rare word.
    """
    if rewriting.chance < REPORTED or rewriting.lexicon > EXPLAINED:
        return
    taken = {
        position
        for candidate, _ in rewriting.candidates
        for position in range(candidate.first, candidate.last)
    }
    for each in rewriting.fits:
        if each.position in taken:
            continue
        word = words[each.position]
        score = rewriting.chance * chance(word_evidence(each) + _SHARE_OF_WORDS)
        span = document.article.span(word.start, word.end)
        yield Suspect(span, "substitution", None, round(score, 3), "model:fit")


def _artefact(document: Document, match: "re.Match[str]") -> Suspect:
    span = document.article.span(match.start(), match.end())
    return Suspect(span, "artefact", span.text[1:-1], _ARTEFACT_SCORE, "rule:braces")
