"""What commands that read many articles have in common: the run, and how it shows itself."""

import datetime as dt
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.scale.ingest import Progress
    from onrecord.store.archive import Store

__all__ = ["running", "telling"]


@contextmanager
def running(archive: "Store", command: str) -> "Iterator[int]":
    """Begin a run and give its number; it ends if nothing goes wrong."""
    from onrecord.cli.version import installed, models
    from onrecord.reading.pipeline import collect_seldom

    collect_seldom()
    networks = " ".join(f"{name}:{digest[:12]}" for name, digest, _ in models())
    run = archive.begin_run(command, program=installed("onrecord"), networks=networks)
    yield run
    archive.end_run(run)


@contextmanager
def telling(total: int | None = None) -> "Iterator[Callable[..., None]]":
    """Give what shows counts, rate and time left on stderr after each batch, if it is a terminal.

    Args:
        total: Articles there are, if that is known; what is given may be told it later.
    """
    if not sys.stderr.isatty():
        yield lambda _progress, _total=None, _step="reading": None
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        begun = bar.get_time()

        def tell(progress: "Progress", total: int | None = total, step: str = "reading") -> None:
            taken = max(bar.get_time() - begun, 0.1)
            done = progress.added + progress.known + progress.failed
            words = told(progress, taken, total) if step == "reading" else step
            bar.update(task, description=words, completed=done, total=total)

        yield tell


def told(progress: "Progress", seconds: float, total: int | None) -> str:
    """Return how far a run is, how fast, and how long it will still take.

    Example:
        >>> from onrecord.scale.ingest import Progress
        >>> told(Progress(added=120, known=30, failed=0), 10.0, 750)
        '120 new, 30 known, 0 failed, 12.0 articles a second, 0:00:50 left'
    """
    rate = progress.added / seconds
    done = progress.added + progress.known + progress.failed
    words = f"{progress.added:,} new, {progress.known:,} known, {progress.failed:,} failed"
    words += f", {rate:.1f} articles a second"
    if total is not None and rate > 0:
        left = dt.timedelta(seconds=round(max(total - done, 0) / rate))
        words += f", {left} left"
    return words
