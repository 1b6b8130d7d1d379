"""Rules that tell whether a statement puts another account right, as `there was a mix-up`."""

from onrecord.knowledge.reporting import load_reporting
from onrecord.reading.disputes.matter import Matter, is_same_side
from onrecord.reading.disputes.rules import REPORTS, Clash, Setting, phrase_at
from onrecord.reading.document import Document

__all__ = ["correct", "correct_asked"]

MAX_ASKED_GAP = 3
"""Sentences between what a question tells and the beginning of the reply."""


def correct(setting: Setting, before: Clash, answer: Matter) -> Clash | None:
    """Find a correction: after an answer, the same side says that there was a mix-up."""
    gap = answer.sentence - before.answer.sentence
    if gap not in {0, 1, 2} or before.answer.statement.id == answer.statement.id:
        return None
    if not is_same_side(before.answer, answer, setting.actors):
        return None
    mark = _correcting(setting.document, answer)
    if mark is None:
        return None
    topic = phrase_at(setting.document, mark)
    return Clash(before.claim, answer, "correction", topic, before.confidence, "correction")


def correct_asked(setting: Setting, claim: Matter, answer: Matter) -> Clash | None:
    """Find a correction of what the question just before told.

    `QUESTION: Lund says that it has a letter. NAME: There was a mix-up.`
    """
    if not 0 < answer.sentence - claim.sentence <= MAX_ASKED_GAP or answer.statement.within:
        return None
    if is_same_side(claim, answer, setting.actors) or claim.statement.act not in REPORTS:
        return None
    mark = _correcting(setting.document, answer) if claim.statement.speakers else None
    if mark is None:
        return None
    topic = phrase_at(setting.document, mark)
    return Clash(claim, answer, "correction", topic, 0.6, "correction of a question")


def _correcting(document: Document, answer: Matter) -> int | None:
    """Return the token with which the content begins to put an account right."""
    lexicon = load_reporting()
    lowered = [document.tokens[index].lower for index in answer.content]
    for place, index in enumerate(answer.content):
        token = document.tokens[index]
        for size in (1, 2, 3):
            words = lowered[place : place + size]
            joined = "".join(words) if "-" in words else " ".join(words)
            if lexicon.is_a("correcting", joined) or (
                size == 1 and lexicon.is_a("correcting", token.lemma)
            ):
                return answer.content[min(place + size, len(answer.content)) - 1]
    return None
