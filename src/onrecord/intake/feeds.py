"""Feeds: RSS, Atom and sitemaps into addresses of articles; OPML into addresses of feeds."""

import datetime as dt
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError, NotText
from onrecord.intake.articles import as_published
from onrecord.intake.web import is_url

__all__ = ["FEED_TYPES", "Entry", "find_feeds", "read_feed"]

FEED_TYPES = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml",
    "text/xml", "text/html", "text/plain", "application/octet-stream",
)  # fmt: skip
"""What servers call feeds."""
MOST_ENTRIES = 5_000
"""Of one feed; a sitemap has 50,000 at most, the newest of which come first in news."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed names.

    Attributes:
        url: Where it is.
        title: Its headline, if the feed says.
        published: When, if the feed says.
        is_sitemap: Whether it is another sitemap rather than an article.
    """

    url: str
    title: str | None = None
    published: dt.date | dt.datetime | None = None
    is_sitemap: bool = False


def find_feeds(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Return the addresses of feeds for addresses and OPML files, each once.

    Raises:
        InputError: A file cannot be read, or names no feed.
    """
    found: dict[str, None] = {}
    for source in sources:
        found.update(dict.fromkeys([source] if is_url(source) else _of_opml(Path(source))))
    return tuple(found)


def _of_opml(path: Path) -> list[str]:
    try:
        root = _parse(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: could not be opened: {error.strerror}") from None
    except NotText as error:
        raise InputError(f"{path}: {error}; OPML or the address of a feed would be right") from None
    found = [each.get("xmlUrl") for each in root.iter() if _name(each) == "outline"]
    feeds = [each for each in found if each and is_url(each)]
    if not feeds:
        raise InputError(f"{path}: no feed in it; OPML with xmlUrl addresses would be right")
    return feeds


def read_feed(content: bytes) -> tuple[Entry, ...]:
    """Return what a feed or sitemap names, in its order.

    Raises:
        NotText: It is neither.
    """
    head = content.lstrip()[:1000].lower()
    found = _of_sitemap(content) if b"<urlset" in head or b"<sitemapindex" in head else None
    entries = tuple(found if found is not None else _of_feed(content))
    if not entries and not any(mark in head for mark in (b"<rss", b"<feed", b"<urlset", b"<rdf")):
        raise NotText("no feed: RSS, Atom or a sitemap would be right")
    return entries[:MOST_ENTRIES]


def _of_feed(content: bytes) -> Iterator[Entry]:
    import feedparser

    for entry in feedparser.parse(content, sanitize_html=False).entries:
        url = str(entry.get("link") or "").strip()
        if is_url(url):
            days = (dict.get(entry, f"{name}_parsed") for name in ("published", "updated"))
            parsed = next(filter(None, days), None)  # its own get() takes one for the other
            published = dt.datetime.fromtimestamp(timegm(parsed), dt.UTC) if parsed else None
            yield Entry(url, str(entry.get("title") or "").strip() or None, published)


def _of_sitemap(content: bytes) -> Iterator[Entry]:
    for element in _parse(content):
        values = {_name(each): (each.text or "").strip() for each in element.iter()}
        url = values.get("loc", "")
        if is_url(url):
            day = _day(values.get("publication_date"))
            yield Entry(url, values.get("title") or None, day, _name(element) == "sitemap")


def _day(words: str | None) -> dt.date | dt.datetime | None:
    try:
        return as_published(words or None)
    except InputError:
        return None


def _parse(content: bytes) -> Any:  # noqa: ANN401 (lxml has no types here)
    """Return the root of XML; no entity is resolved, nothing is loaded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotText(f"not XML ({error!s:.80})") from None
    return root


def _name(element: Any) -> str:  # noqa: ANN401
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
