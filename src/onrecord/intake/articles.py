"""Make an article of a text and what its giver knows about it."""

import datetime as dt
import re

from onrecord.article import Article, PublishedFrom
from onrecord.errors import InputError

__all__ = ["as_published", "make_article", "without_surrogates"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def make_article(
    text: str,
    *,
    published: dt.date | dt.datetime | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    article_id: str | None = None,
) -> Article:
    """Return the article, its publication date understood and its text fit to be written.

    Raises:
        InputError: `text` is not a string, or `published` is no date.
    """
    if not isinstance(text, str):
        raise InputError(f"text is of type {type(text).__name__}; it should be a string")
    day = as_published(published)
    given: PublishedFrom | None = "given" if day is not None else None
    return Article(
        text=without_surrogates(text),
        id=article_id or "",
        title=title,
        outlet=outlet,
        url=url,
        published=day,
        published_from=given,
    )


def as_published(published: dt.date | dt.datetime | str | None) -> dt.date | dt.datetime | None:
    """Return the date or date-time that is meant.

    Raises:
        InputError: It is none.

    Example:
        >>> as_published("2022-02-02"), as_published("20220202T1430Z")
        (datetime.date(2022, 2, 2), datetime.datetime(2022, 2, 2, 14, 30, tzinfo=datetime.timezone.utc))
    """  # noqa: E501 (what Python prints)
    if published is None or isinstance(published, dt.date):
        return published
    if not isinstance(published, str):
        raise _no_date(published)
    words = published.strip()
    for kind in (dt.date, dt.datetime):
        try:
            return kind.fromisoformat(words)
        except ValueError:
            continue
    raise _no_date(published)


def without_surrogates(text: str) -> str:
    r"""Return the text with each lone surrogate replaced by U+FFFD, so that offsets stay.

    Example:
        >>> without_surrogates("Kyiv\ud83d!") == "Kyiv\N{REPLACEMENT CHARACTER}!"
        True
    """
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _no_date(published: object) -> InputError:
    return InputError(
        f"published is {published!r:.60}, which is no date; an ISO 8601 date would be right, "
        "such as 2022-02-02 or 2022-02-02T14:30:00+01:00"
    )
