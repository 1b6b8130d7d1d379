"""Read articles on several cores; one that breaks or kills its reader stops nothing."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache

from onrecord.errors import OnrecordError
from onrecord.intake.sources import Taken
from onrecord.reading.pipeline import Reader, collect_seldom
from onrecord.store.answers import Failed
from onrecord.store.copying import prints_of
from onrecord.store.writing import Arrival, now

__all__ = ["read_apart", "read_articles", "read_one"]

AHEAD = 40
"""Articles a worker that are handed out ahead, so that none waits for the writer."""

Outcome = Arrival | Failed
_Waiting = deque[tuple[Taken, "Future[Outcome]"]]


def read_articles(articles: Iterable[Taken], *, workers: int) -> Iterator[Outcome]:
    """Yield each article's record, or why there is none, in the order of the articles.

    Args:
        articles: Taken as they are needed.
        workers: Processes that read; with one, this process reads.
    """
    if workers == 1:
        yield from map(read_one, articles)
    else:
        yield from _in_pool(articles, workers)


def read_apart(articles: Iterable[Taken]) -> Iterator[Outcome]:
    """Yield what `read_articles` yields, read in a process of its own: one may kill its reader."""
    yield from _in_pool(articles, 1)


def _in_pool(articles: Iterable[Taken], workers: int) -> Iterator[Outcome]:
    pool = _Pool(workers)
    try:
        yield from pool.read(articles)
    finally:
        pool.close()


def read_one(taken: Taken) -> Outcome:
    """Read one article; whatever goes wrong is an outcome too."""
    try:
        record = _reader().read(taken.article)
        prints = prints_of(record.article.text, record.article.language)
        return Arrival(taken.source, record, prints)
    except OnrecordError as error:
        return Failed(taken.source, str(error), now())
    except Exception as error:  # noqa: BLE001 (the one place where a run goes on past a fault)
        reason = f"{type(error).__name__}: {error}; this is a fault in OnRecord, please report it"
        return Failed(taken.source, reason, now())


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader()


class _Pool:
    """Processes that read, replaced when one of them is killed."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._executor = _executor(workers)

    def read(self, articles: Iterable[Taken]) -> Iterator[Outcome]:
        waiting: _Waiting = deque()
        for taken in articles:
            waiting.append((taken, self._submit(taken)))
            if len(waiting) >= self._workers * AHEAD:
                yield self._next(waiting)
        while waiting:
            yield self._next(waiting)

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _submit(self, taken: Taken) -> "Future[Outcome]":
        try:
            return self._executor.submit(read_one, taken)
        except BrokenProcessPool as error:
            broken: Future[Outcome] = Future()
            broken.set_exception(error)
            return broken

    def _next(self, waiting: _Waiting) -> Outcome:
        taken, future = waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            outcome = self._alone(taken)
            self._restart(waiting)
            return outcome

    def _alone(self, taken: Taken) -> Outcome:
        """Read one article in a process of its own: it may be what killed the others."""
        with _executor(1) as executor:
            try:
                return executor.submit(read_one, taken).result()
            except BrokenProcessPool:
                reason = "the process that read it was killed, most likely for want of memory"
                return Failed(taken.source, reason, now())

    def _restart(self, waiting: _Waiting) -> None:
        """Start anew, and hand out again what the broken processes had not given back."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = _executor(self._workers)
        for place, (taken, future) in enumerate(waiting):
            if not future.done() or future.cancelled() or future.exception():
                waiting[place] = (taken, self._submit(taken))


def _executor(workers: int) -> ProcessPoolExecutor:
    """Spawned processes hold no locks of ours, on every system."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=collect_seldom)
