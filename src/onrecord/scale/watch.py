"""Follow feeds politely: ask for what has changed, obey robots.txt, wait between pages.

What a feed said last is kept in the store once its articles are, so that nothing is lost or fetched
twice by a watch that was stopped at any moment.
"""

import datetime as dt
import email.utils
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord.errors import FetchError, InputError
from onrecord.intake.feeds import FEED_TYPES, Entry, read_feed
from onrecord.intake.outcomes import Intake, Refused, Taken
from onrecord.intake.sources import take
from onrecord.intake.web import USER_AGENT, ask
from onrecord.settings import Settings

if TYPE_CHECKING:
    from protego import Protego

    from onrecord.article import Article
    from onrecord.store.archive import Store

__all__ = ["FeedState", "Watch"]

_GONE = 410
_NOT_MODIFIED = 304
_LONGEST_WAIT = 86_400.0
"""Seconds between two tries at a feed that fails, at most."""
_NESTED = 20
"""Sitemaps that one sitemap leads to, at most; the first ones."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What a feed said last.

    Attributes:
        etag: For `If-None-Match`.
        modified: For `If-Modified-Since`.
        next_at: Seconds since 1970 before which it is not asked again.
        failures: Tries in a row that failed.
        gone: Whether the server says that it is gone for good.
    """

    etag: str | None = None
    modified: str | None = None
    next_at: float = 0.0
    failures: int = 0
    gone: bool = False

    @classmethod
    def read(cls, written: str | None) -> "FeedState":
        """Return a state from what `written` gave."""
        return cls(**json.loads(written)) if written else cls()

    def written(self) -> str:
        """Return the state as text."""
        return json.dumps(asdict(self))


@dataclass(slots=True)
class _Host:
    """What one server asks of its visitors."""

    robots: "Protego | None" = None
    last: float = -_LONGEST_WAIT


@dataclass(slots=True)
class Watch:
    """Feeds that are followed.

    Attributes:
        store: Where what was seen is kept.
        every: Seconds between two tries at a feed.
        delay: Seconds between two pages of one host, if its robots.txt asks for no longer ones.
        settings: Limits.
        sleep: Waits; another one in tests.
        clock: Tells the time in seconds since 1970.
    """

    store: "Store"
    every: float = 900.0
    delay: float = 5.0
    settings: Settings = field(default_factory=Settings)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _after: dict[str, FeedState] = field(default_factory=dict)

    def once(self, feeds: Sequence[str]) -> Iterator[Taken | Refused]:
        """Yield what is new in the feeds whose time has come; `keep` follows when it is stored."""
        for feed in feeds:
            state = FeedState.read(self.store.feed_state(feed))
            if not state.gone and state.next_at <= self.clock():
                yield from self._follow(feed, state)

    def wait(self, feeds: Sequence[str]) -> bool:
        """Sleep until the next feed's time; False if all are gone for good."""
        states = [FeedState.read(self.store.feed_state(feed)) for feed in feeds]
        times = [state.next_at for state in states if not state.gone]
        if not times:
            return False
        self.sleep(max(min(times) - self.clock(), 1.0))
        return True

    def keep(self) -> None:
        """Keep what the feeds said, now that their articles are in the store."""
        for feed, state in self._after.items():
            self.store.keep_feed_state(feed, state.written())
        self._after.clear()

    def _follow(self, feed: str, state: FeedState) -> Iterator[Taken | Refused]:
        try:
            self._after[feed], entries = self._ask(feed, state)
        except InputError as error:
            self._after[feed] = self._failed(state, error)
            yield Refused(feed, error)
            return
        known = self.store.known_sources(entry.url for entry in entries)
        for entry in entries:
            if entry.url not in known:
                known.add(entry.url)
                yield from self._page(entry)

    def _ask(self, feed: str, state: FeedState) -> tuple[FeedState, tuple[Entry, ...]]:
        """Return the state after a try, and what the feed names; nothing if it has not changed."""
        known = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
        headers = {name: value for name, value in known.items() if value}
        self._be_polite(feed)
        answer = ask(feed, self.settings, accepted=FEED_TYPES, headers=headers)
        after = replace(state, next_at=self.clock() + self.every, failures=0)
        if answer.status == _NOT_MODIFIED:
            return after, ()
        found = answer.headers
        after = replace(after, etag=found.get("etag"), modified=found.get("last-modified"))
        return after, self._flat(read_feed(answer.body))

    def _flat(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Return the articles of the sitemaps that a sitemap names, with its own."""
        flat = [entry for entry in entries if not entry.is_sitemap]
        for entry in [each for each in entries if each.is_sitemap][:_NESTED]:
            self._be_polite(entry.url)
            answer = ask(entry.url, self.settings, accepted=FEED_TYPES)
            flat += [each for each in read_feed(answer.body) if not each.is_sitemap]
        return tuple(flat)

    def _failed(self, state: FeedState, error: InputError) -> FeedState:
        """Return the state after a failure: each time twice as long until the next try."""
        failures = state.failures + 1
        wait = min(self.every * 2 ** min(failures, 16), _LONGEST_WAIT)
        if isinstance(error, FetchError):
            wait = max(wait, _seconds(error.retry_after, self.clock()))
            if error.status == _GONE:
                return replace(state, failures=failures, gone=True)
        return replace(state, failures=failures, next_at=self.clock() + wait)

    def _page(self, entry: Entry) -> Iterator[Taken | Refused]:
        try:
            self._be_polite(entry.url)
        except FetchError as error:
            yield Refused(entry.url, error)
            return
        for found in take(entry.url, Intake(settings=self.settings)):
            if isinstance(found, Taken):
                yield Taken(found.source, _with(found, entry))
            else:
                yield found

    def _be_polite(self, url: str) -> None:
        """Wait for the host's sake, and refuse what its robots.txt forbids."""
        parts = urlsplit(url)
        key = f"{parts.scheme}://{parts.netloc}"
        host = self._hosts.get(key)
        if host is None:
            host = self._hosts[key] = _Host(self._robots(key))
        if host.robots is not None and not host.robots.can_fetch(url, USER_AGENT):
            raise FetchError("robots.txt asks not to fetch it")
        asked = host.robots.crawl_delay(USER_AGENT) if host.robots else None
        wait = max(self.delay, min(float(asked or 0.0), 120.0)) - (self.clock() - host.last)
        if wait > 0:
            self.sleep(wait)
        host.last = self.clock()

    def _robots(self, host: str) -> "Protego | None":
        """Return the host's rules; none where it has no robots.txt."""
        from protego import Protego

        kinds = ("text/plain", "text/html", "application/octet-stream")
        try:
            answer = ask(f"{host}/robots.txt", self.settings, accepted=kinds)
        except InputError:
            return None
        return Protego.parse(answer.body.decode("utf-8", "replace"))


def _with(found: Taken, entry: Entry) -> "Article":
    """Return the article with what only the feed says."""
    article = found.article
    if article.published is None and entry.published is not None:
        article = replace(article, published=entry.published, published_from="page")
    return replace(article, title=article.title or entry.title, url=article.url or entry.url)


def _seconds(retry_after: str | None, now: float) -> float:
    """Return how long `Retry-After` asks to wait: seconds, or a date."""
    if not retry_after:
        return 0.0
    if retry_after.strip().isdigit():
        return min(float(retry_after), _LONGEST_WAIT)
    try:
        until = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    zoned = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return min(max(zoned.timestamp() - now, 0.0), _LONGEST_WAIT)
