"""A PDF's text as an article, its lines joined into paragraphs."""

import io
import logging
import re

from onrecord.article import Article
from onrecord.errors import EmptyInput, InputError, NotText
from onrecord.intake.articles import make_article, without_surrogates
from onrecord.intake.outcomes import Day

__all__ = ["joined_lines", "pdf_to_article"]

_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_ENDS = (".", "!", "?", ":", "”", '"', "’", "'", ")")


def pdf_to_article(content: bytes, *, published: Day = None) -> Article:
    """Return the article; title and day come from the PDF's own description.

    Raises:
        InputError: It cannot be read, is locked, or holds pictures of text only.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ModuleNotFoundError:
        raise InputError("PDF needs pypdf: pip install 'onrecord[pdf]'") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is told once, by us
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("locked with a password; an open PDF would be right")
        text = "\n".join(page.extract_text() for page in reader.pages)
        about = reader.metadata
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotText(f"a PDF that is damaged ({error!s:.80}); a whole one would be") from None
    text = joined_lines(without_surrogates(text))
    if not text.strip():
        raise EmptyInput(
            "no text in the PDF, perhaps scanned pages; a PDF with text would be right"
        )
    created = about.creation_date if about else None
    title = about.title if about else None
    return make_article(text, published=published or created, title=title or None)


def joined_lines(text: str) -> str:
    r"""Return the text with the lines of each paragraph joined.

    A line goes on in the next unless it ends a sentence and is shorter than the lines are; words
    that were divided at a line's end are made whole.

    Example:
        >>> joined_lines("Kyiv denied on Mon-\nday that it had agreed.\nMoscow did not.")
        'Kyiv denied on Monday that it had agreed.\nMoscow did not.'
    """
    lines = [line.strip() for line in _HYPHEN.sub("", text.replace("\r", "")).split("\n")]
    width = sorted(map(len, lines))[len(lines) * 9 // 10] if lines else 0
    joined: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and line:
            joined[-1] += f" {line}"
        else:
            joined.append(line)
        full = len(line) > 0.85 * width and not line.endswith(_ENDS)
        goes_on = bool(line) and (full or not line.endswith(_ENDS))
    return "\n".join(joined)
