"""Who said what to whom, who did what to whom, and who denies it: the record of a news report.

Example:
    >>> import onrecord
    >>> record = onrecord.read("Kyiv denied it.", published="2022-02-02", outlet="Example")
    >>> record.article.published
    datetime.date(2022, 2, 2)
"""

import datetime as dt
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.article import Article, Span
    from onrecord.errors import OnrecordError
    from onrecord.export.html import record_to_html
    from onrecord.export.json import record_from_json, record_to_json
    from onrecord.reading.pipeline import Reader
    from onrecord.record import (
        Actor,
        Dispute,
        Event,
        Notice,
        Place,
        Record,
        Statement,
        Suspect,
        Time,
    )
    from onrecord.schema import record_schema
    from onrecord.store.archive import Store, open_store

__all__ = [
    "Actor",
    "Article",
    "Dispute",
    "Event",
    "Notice",
    "OnrecordError",
    "Place",
    "Reader",
    "Record",
    "Span",
    "Statement",
    "Store",
    "Suspect",
    "Time",
    "open_store",
    "read",
    "record_from_json",
    "record_schema",
    "record_to_html",
    "record_to_json",
    "relate",
]

_HOMES = {
    "onrecord.article": ("Article", "Span"),
    "onrecord.errors": ("OnrecordError",),
    "onrecord.export.html": ("record_to_html",),
    "onrecord.export.json": ("record_from_json", "record_to_json"),
    "onrecord.reading.pipeline": ("Reader",),
    "onrecord.record": (
        "Actor",
        "Dispute",
        "Event",
        "Notice",
        "Place",
        "Record",
        "Statement",
        "Suspect",
        "Time",
    ),
    "onrecord.schema": ("record_schema",),
    "onrecord.store.archive": ("Store", "open_store"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def read(
    text: str,
    *,
    published: dt.date | dt.datetime | str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    id: str | None = None,  # noqa: A002 (the record's own name for it)
) -> "Record":
    """Read one article into its record.

    Offsets in the record refer to `record.article.text`: `text` itself, in which only lone
    surrogates, which no file can hold, have become U+FFFD one for one.

    Args:
        text: The article; paragraphs are separated by line ends.
        published: When it was published, as a date, a datetime or ISO 8601 (`2022-02-02`); left
            out, the text is searched for it.
        title: Headline, if the text does not hold it.
        outlet: Who published it.
        url: Where it was published.
        id: Your identifier; left out, it is made from the text's hash.

    Raises:
        OnrecordError: `text` is not a string, or `published` is no date.
    """
    from onrecord.intake.articles import make_article

    article = make_article(
        text, published=published, title=title, outlet=outlet, url=url, article_id=id
    )
    return _reader().read(article)


def relate(text: str, *, actor: "Span", recipient: "Span") -> "Event | None":
    """Tell what one marked party does to another in a text.

    Args:
        text: A sentence, or a few.
        actor: Where the one stands that acts.
        recipient: Where the other stands.

    Returns:
        The event, with actor `a1` and recipient `a2`, whose confidence is the probability of its
        type; None where a span holds no word.
    """
    from onrecord.reading.events.relate import relate_in

    return relate_in(text, actor, recipient)


@lru_cache(maxsize=1)
def _reader() -> "Reader":
    from onrecord.reading.pipeline import Reader

    return Reader()


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return __all__
