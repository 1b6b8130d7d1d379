"""Whether an article as a whole was rewritten by a machine."""

from dataclasses import dataclass

from onrecord.reading.quotations import find_quotations
from onrecord.reading.suspect.stage import EXPLAINED, REPORTED, weigh_text

__all__ = ["Rewriting", "rewriting_of"]

_FEWEST_WORDS = 60
"""Of a shorter text nothing can be said."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What the wording of an article tells.

    Attributes:
        verdict: `fingerprint:spinner` if the wordings that substitution tools put explain it,
            `suspect`, `unremarkable`, or `unknown` for a text too short or not English.
        odds: Log-odds that it was rewritten; of two copies the original has the lower ones.
    """

    verdict: str
    odds: float | None


def rewriting_of(text: str, language: str | None = "en") -> Rewriting:
    """Weigh how a text is worded outside its quotations.

    Example:
        >>> rewriting_of("Too short.").verdict
        'unknown'
    """
    if language != "en" or len(text.split()) < _FEWEST_WORDS:
        return Rewriting("unknown", None)
    found = weigh_text(text, find_quotations(text))
    if found.lexicon > EXPLAINED and found.chance >= REPORTED:
        verdict = "fingerprint:spinner"
    else:
        verdict = "suspect" if found.chance >= REPORTED else "unremarkable"
    return Rewriting(verdict, round(found.odds, 3))
