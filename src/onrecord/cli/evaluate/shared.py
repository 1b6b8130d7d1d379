"""What the commands that measure have in common."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO, TypeVar

__all__ = ["percent", "with_progress", "written_aside"]

_Each = TypeVar("_Each")


@contextmanager
def written_aside(path: Path) -> Iterator[TextIO]:
    """Open a file beside the one that is meant, and put it in its place when all is well."""
    from onrecord.errors import InputError

    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise InputError(
            f"{path}: could not be written: {error.strerror}; a file in a folder that may be "
            "written to would be right"
        ) from None
    finally:
        with suppress(OSError):  # nothing was opened, or it is in its place
            part.unlink()


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
