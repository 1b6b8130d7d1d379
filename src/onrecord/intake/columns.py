"""Rows of a table as articles: which column holds what."""

import datetime as dt
from collections.abc import Mapping, Sequence

from onrecord.article import Article
from onrecord.errors import EmptyInput, InputError
from onrecord.intake.articles import as_published, make_article
from onrecord.intake.outcomes import Day

__all__ = ["FIELDS", "assigned", "row_to_article"]

FIELDS = ("text", "title", "outlet", "url", "published", "id")
_GUESSES = {
    "text": ("text", "body", "content", "article_text", "maintext", "full_text", "fulltext",
             "article", "story", "content_text", "article_body", "articlebody", "plain_text"),
    "title": ("title", "headline", "head_line", "subject"),
    "outlet": ("outlet", "publisher", "source_name", "sitename", "site_name", "source_domain",
               "domain", "source", "publication", "newspaper"),
    "url": ("url", "link", "source_url", "canonical_url", "article_url"),
    "published": ("published", "published_at", "publication_date", "publish_date", "date_publish",
                  "date_published", "pubdate", "pub_date", "published_date", "date", "datetime"),
    "id": ("id", "article_id", "doc_id", "docid", "document_id", "uid", "guid"),
}  # fmt: skip
"""Names that columns of articles have in data sets that we know; the first that is there counts."""


def assigned(names: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return which of a table's columns holds what; what is given goes before what is guessed.

    Args:
        names: The table's columns.
        given: Columns by what they hold.

    Raises:
        InputError: A column that is given is not there, or there is none for the text.

    Example:
        >>> assigned(["Headline", "Body", "Date"], {})
        {'text': 'Body', 'title': 'Headline', 'published': 'Date'}
    """
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        raise InputError(f"{unknown[0]!r} is nothing of an article; of it: {', '.join(FIELDS)}")
    for field, name in given.items():
        if name not in names:
            raise InputError(
                f"no column {name!r} for {field!r}; there are: {', '.join(names) or 'none'}"
            )
    plain = {_plain(name): name for name in reversed(names)}
    found = dict(given)
    for field, guesses in _GUESSES.items():
        guess = next((plain[each] for each in guesses if each in plain), None)
        if guess is not None and guess not in found.values():
            found.setdefault(field, guess)
    if "text" not in found:
        raise InputError(
            f"no column for the text among: {', '.join(names) or 'none'}; "
            "--column text=NAME would be right"
        )
    return {field: found[field] for field in FIELDS if field in found}


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def row_to_article(row: Mapping[str, object], columns: Mapping[str, str], given: Day) -> Article:
    """Return the article of a row.

    Args:
        row: Values by column.
        columns: From `assigned`.
        given: When it was published, if the row does not say.

    Raises:
        InputError: The text is none, or the day is no date.
    """
    values = {field: row.get(name) for field, name in columns.items()}
    text = values.get("text")
    if text is not None and not isinstance(text, str):
        raise InputError(f"the text is {text!r:.60}; a string would be right")
    if not text or not text.strip():
        raise EmptyInput("the text is empty; a row with an article's text would be right")
    words = {
        field: str(value)
        for field in ("title", "outlet", "url", "id")
        if (value := values.get(field)) not in (None, "")
    }
    return make_article(
        text,
        published=_day(values.get("published")) or given,
        title=words.get("title"),
        outlet=words.get("outlet"),
        url=words.get("url"),
        article_id=words.get("id"),
    )


def _day(value: object) -> Day:
    """Return a day as data sets write it: ISO 8601, with a blank for the T, or as in mail."""
    if value is None or isinstance(value, dt.date):
        return value
    words = str(value).strip()
    if not words:
        return None
    try:
        return as_published(words)
    except InputError:
        mailed = _mailed(words)
        if mailed is None:
            raise
        return mailed


def _mailed(words: str) -> dt.datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(words)
    except ValueError:
        return None
