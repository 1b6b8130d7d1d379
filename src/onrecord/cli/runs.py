"""What commands that read many articles have in common: the run, and how it shows itself."""

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

    networks = " ".join(f"{name}:{digest[:12]}" for name, digest, _ in models())
    run = archive.begin_run(command, program=installed("onrecord"), networks=networks)
    yield run
    archive.end_run(run)


@contextmanager
def telling() -> "Iterator[Callable[[Progress], None]]":
    """Give what shows counts and rate on stderr after each batch, if it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _progress: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading")
        begun = bar.get_time()

        def tell(progress: "Progress") -> None:
            rate = progress.added / max(bar.get_time() - begun, 0.1)
            words = f"{progress.added:,} new, {progress.known:,} known, {progress.failed:,} failed"
            bar.update(task, description=f"{words}, {rate:.1f} articles a second")

        yield tell
