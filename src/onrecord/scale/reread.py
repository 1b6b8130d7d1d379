"""Read the articles of a store anew, with the networks that are here now."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from onrecord.intake.sources import Taken
from onrecord.scale.ingest import Progress
from onrecord.scale.pool import read_articles
from onrecord.store.answers import Failed
from onrecord.store.archive import Store

if TYPE_CHECKING:
    from onrecord.record import Record

__all__ = ["reread"]

BATCH = 64
"""Articles whose records are replaced in one transaction."""


def reread(
    store: Store,
    *,
    run_id: int,
    workers: int = 1,
    tell: Callable[[Progress], None] = lambda _progress: None,
) -> Progress:
    """Read every article that other networks read, and replace what was found.

    Killed at any moment, each article has its old record or its new one; a later run goes on.

    Args:
        store: Which.
        run_id: From `Store.begin_run`.
        workers: Processes that read.
        tell: Called after each batch.

    Returns:
        How many were read anew (`added`) and failed; what failed keeps its old record.
    """
    done = failed = 0
    fresh: dict[int, Record] = {}
    for outcome in read_articles(_stale(store, run_id), workers=workers):
        if isinstance(outcome, Failed):
            failed += 1
        else:
            fresh[int(outcome.source)] = outcome.record
        if len(fresh) >= BATCH:
            store.replace(fresh, run_id=run_id)
            done, fresh = done + len(fresh), {}
            tell(Progress(added=done, failed=failed))
    if fresh:
        store.replace(fresh, run_id=run_id)
    return Progress(added=done + len(fresh), failed=failed)


def _stale(store: Store, run_id: int) -> Iterator[Taken]:
    after = 0
    while found := store.stale(run_id, after=after, limit=BATCH):
        yield from (Taken(str(number), article) for number, article in found)
        after = found[-1][0]
