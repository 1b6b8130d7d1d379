"""From sources into a store: take in, leave out what is known, read, write in batches."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from onrecord.intake.normalise import normalised
from onrecord.intake.sources import Refused, Taken
from onrecord.scale.pool import read_articles
from onrecord.store.answers import Failed
from onrecord.store.archive import Store
from onrecord.store.writing import Arrival, now

__all__ = ["Progress", "ingest"]

LOOKED_UP = 64
"""Articles whose hashes are looked up together."""
BATCH = 64
"""Articles of one transaction at most: what a killed run has to read again."""
BATCH_SECONDS = 5.0
"""Longest time until what has been read is written."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        added: Articles that are new in the store.
        known: Articles that it had.
        failed: What could not be taken in or read.
    """

    added: int = 0
    known: int = 0
    failed: int = 0


def ingest(
    store: Store,
    found: Iterable[Taken | Refused],
    *,
    run_id: int,
    workers: int = 1,
    tell: Callable[[Progress], None] = lambda _progress: None,
) -> Progress:
    """Read what is new and write it to the store.

    Killed at any moment, the store has every batch wholly or not at all, and a later run with the
    same sources reads only what is missing.

    Args:
        store: Where to.
        found: Articles, and reasons why there are none.
        run_id: From `Store.begin_run`.
        workers: Processes that read.
        tell: Called after each batch.
    """
    run = _Run(store, run_id, tell)
    for outcome in read_articles(run.new(found), workers=workers):
        run.take(outcome)
    run.write()
    return run.progress


class _Run:
    """What has been read and not yet written, and the counts."""

    def __init__(self, store: Store, run_id: int, tell: Callable[[Progress], None]) -> None:
        self._store = store
        self._run_id = run_id
        self._tell = tell
        self._known = 0
        self._arrivals: list[Arrival] = []
        self._failed: list[Failed] = []
        self._written = time.monotonic()
        self.progress = Progress()

    def new(self, found: Iterable[Taken | Refused]) -> Iterator[Taken]:
        """Yield the articles that the store has not; note down what was refused."""
        together: list[Taken] = []
        for each in found:
            if isinstance(each, Refused):
                self._failed.append(Failed(each.source, str(each.error), now()))
                continue
            together.append(Taken(each.source, normalised(each.article)))
            if len(together) >= LOOKED_UP:
                yield from self._unknown(together)
                together = []
        yield from self._unknown(together)

    def _unknown(self, together: list[Taken]) -> Iterator[Taken]:
        known = self._store.known(each.article.sha256 for each in together)
        for each in together:
            if each.article.sha256 in known:
                self._known += 1
            else:
                known.add(each.article.sha256)
                yield each

    def take(self, outcome: Arrival | Failed) -> None:
        """Keep an outcome until its batch is full or has waited long enough."""
        if isinstance(outcome, Failed):
            self._failed.append(outcome)
        else:
            self._arrivals.append(outcome)
        full = len(self._arrivals) + len(self._failed) >= BATCH
        if full or time.monotonic() - self._written > BATCH_SECONDS:
            self.write()

    def write(self) -> None:
        """Write the batch in one transaction."""
        arrivals, failed = self._arrivals, self._failed
        added = self._store.add(arrivals, failed, run_id=self._run_id) if arrivals or failed else 0
        self._arrivals, self._failed = [], []
        self._written = time.monotonic()
        self.progress = Progress(
            self.progress.added + added, self._known, self.progress.failed + len(failed)
        )
        self._tell(self.progress)
