"""What the reader of a record should know about how it was made."""

import re
from collections.abc import Iterator

from onrecord.reading.document import Document
from onrecord.reading.publication import is_readable
from onrecord.reading.quotations import Quotation
from onrecord.record import Notice

__all__ = ["find_notices"]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0370-\u052f])\w+")
"""A word with Latin letters and Greek or Cyrillic ones, which look alike."""
_FOREIGN = re.compile(r"[\u0370-\u052f]")
"""Without one of these no word is mixed, and none need be looked at: a text is searched faster."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WORD = re.compile(r"\w")


def find_notices(document: Document, quotations: tuple[Quotation, ...]) -> tuple[Notice, ...]:
    """Find what limits the record: language, missing date, odd marks and characters.

    Example:
        >>> from onrecord.article import Article
        >>> [notice.code for notice in find_notices(Document(Article(""), (), (), (), ()), ())]
        ['empty']
    """
    text = document.text
    if not text.strip():
        return (Notice("empty", "The article has no text."),)
    return (*_on_language(document), *_on_quotations(text, quotations), *_on_characters(text))


def _on_language(document: Document) -> Iterator[Notice]:
    article = document.article
    if not is_readable(article):
        language = f" (it looks like {article.language})" if article.language else ""
        yield Notice("not-english", f"The text is not English{language}; only English is read.")
    if article.published is None:
        yield Notice(
            "no-publication-date",
            "No publication date was given or stands in the text: "
            "words like `Tuesday` could not be given a date.",
        )


def _on_quotations(text: str, quotations: tuple[Quotation, ...]) -> Iterator[Notice]:
    if not _WORD.search(text):
        yield Notice("no-words", "The text holds marks but no words.")
        return
    unclosed = _unbalanced(quotations)
    if unclosed:
        places = ", ".join(str(quotation.start) for quotation in unclosed[:5])
        yield Notice(
            "unbalanced-quotation-marks",
            f"{len(unclosed)} quotation mark(s) without a partner, at character {places}.",
        )


def _unbalanced(quotations: tuple[Quotation, ...]) -> list[Quotation]:
    """Return what is not closed, but for a quotation that goes on in the next paragraph."""
    last = {quotation.group: quotation for quotation in quotations}
    return [
        quotation
        for quotation in quotations
        if not quotation.closed and last[quotation.group] is quotation
    ]


def _on_characters(text: str) -> Iterator[Notice]:
    checks = (
        (_CONTROL, "control-characters", "control characters"),
        (_DIRECTION, "direction-marks", "characters that turn the direction of writing"),
        (_INVISIBLE, "invisible-characters", "characters that cannot be seen"),
        (_MIXED, "mixed-scripts", "words that mix Latin letters with Greek or Cyrillic ones"),
        (_SURROGATE, "broken-characters", "halves of characters (lone surrogates)"),
    )
    for pattern, code, name in checks:
        if pattern is _MIXED and not _FOREIGN.search(text):
            continue
        found = [match.start() for match in pattern.finditer(text)]
        if found:
            yield Notice(
                code, f"The text holds {len(found)} {name}, the first at character {found[0]}."
            )
