"""What the commands that measure have in common."""

import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["percent", "with_progress"]

_Each = TypeVar("_Each")


def with_progress(articles: "tuple[_Each, ...]") -> "Iterator[_Each]":
    """Yield the articles; show a bar on stderr if it is a terminal and there are several."""
    if not sys.stderr.isatty() or len(articles) == 1:
        yield from articles
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    columns = ("reading", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(articles)


def percent(share: float | None) -> str:
    """Return a share as a figure in percent, or a dash."""
    return "-" if share is None else f"{100 * share:.1f}"
