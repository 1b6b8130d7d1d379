"""What comes of a source, articles or reasons why there are none; and how it is read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.article import Article
from onrecord.errors import InputError, TooLarge
from onrecord.settings import Settings

__all__ = ["Day", "Intake", "Refused", "Taken", "too_large"]

Day = dt.date | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Taken:
    """An article, and where it was found (`report.txt`, `articles.jsonl:3`, an address)."""

    source: str
    article: Article


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no article."""

    source: str
    error: InputError


@dataclass(frozen=True, slots=True)
class Intake:
    """How sources are read.

    Attributes:
        published: When the articles were published, if a source does not say.
        columns: Which column of a table, or field of a JSON line, holds what: by `text`, `title`,
            `outlet`, `url`, `published`, `id`.
        settings: Limits.
    """

    published: Day = None
    columns: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)


def too_large(settings: Settings) -> TooLarge:
    """Return the error that says that an article is longer than the limit."""
    return TooLarge(
        f"longer than {settings.max_bytes:,} bytes, the limit; one article would be right "
        "(--max-size raises the limit)"
    )
