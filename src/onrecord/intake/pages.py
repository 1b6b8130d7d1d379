"""From an HTML page to an article: its main text, title, outlet, date and address."""

import datetime as dt
import re
from typing import Any

from onrecord.article import Article
from onrecord.errors import EmptyInput, InputError
from onrecord.intake.articles import as_published, without_surrogates

__all__ = ["is_page", "page_to_article"]

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_page(content: bytes) -> bool:
    """Tell whether the bytes begin as an HTML page does.

    Example:
        >>> is_page(b"<!DOCTYPE html><p>"), is_page(b"He said <so>.")
        (True, False)
    """
    return _PAGE.match(content[:4096]) is not None


def page_to_article(
    content: bytes | str, *, url: str | None = None, published: dt.date | dt.datetime | None = None
) -> Article:
    """Return the page's article; a publication date that is given goes before the page's own.

    Raises:
        EmptyInput: The page holds no article text.
    """
    page = _extract(content, url)
    text = without_surrogates((page.text if page else None) or "")
    if not text.strip():
        raise EmptyInput("no article text found in the page; a page with an article would be right")
    day = published or _date_of(page)
    return Article(
        text=text,
        title=page.title or None,
        outlet=page.sitename or page.author or page.hostname or None,
        url=url or page.url or None,
        published=day,
        published_from=("given" if published else "page") if day else None,
    )


def _extract(content: bytes | str, url: str | None) -> Any:  # noqa: ANN401 (trafilatura's Document)
    import trafilatura

    return trafilatura.bare_extraction(
        content, url=url, with_metadata=True, include_comments=False, include_tables=False
    )


def _date_of(page: Any) -> dt.date | dt.datetime | None:  # noqa: ANN401
    try:
        return as_published(page.date or None)
    except InputError:
        return None
