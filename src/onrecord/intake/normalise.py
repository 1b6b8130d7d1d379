"""An article's text in one form, so that equal texts are equal and offsets mean one thing."""

import re
import unicodedata
from dataclasses import replace

from onrecord.article import Article

__all__ = ["normalised", "normalised_text"]

_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+(?=\n|\Z)")
_NOTHING = str.maketrans("", "", "\x00\ufeff")


def normalised(article: Article) -> Article:
    """Return the article with its text normalised; an id made from the text's hash is made anew."""
    text = normalised_text(article.text)
    if text == article.text:
        return article
    made = article.id == article.sha256[:16]
    return replace(article, text=text, id="" if made else article.id)


def normalised_text(text: str) -> str:
    r"""Return the text in Unicode NFC, lines ended by \n, without blanks at their ends.

    Byte-order marks and NULs go; zero-width characters and writing directions stay, because
    they can be part of what was published.

    Example:
        >>> normalised_text("\ufeffKyiv denied it. \r\nMoscow did not.")
        'Kyiv denied it.\nMoscow did not.'
    """
    lines = _LINE_END.sub("\n", text.translate(_NOTHING))
    return unicodedata.normalize("NFC", _BLANKS.sub("", lines))
