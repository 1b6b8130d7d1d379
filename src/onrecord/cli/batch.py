"""Read many articles; one that cannot be read is told of, and the rest goes on."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import click

from onrecord.cli.outputs import Output
from onrecord.errors import OnrecordError
from onrecord.export.asides import has_no_room
from onrecord.export.wording import clean
from onrecord.intake.outcomes import Intake
from onrecord.intake.sources import Refused, Taken, holds_many, take

if TYPE_CHECKING:
    from rich.progress import Progress

    from onrecord.reading.pipeline import Reader

__all__ = ["ALL_READ", "FAULT", "INTERRUPTED", "SOME_FAILED", "Batch", "Fault", "faults_caught"]

ALL_READ = 0
SOME_FAILED = 1
FAULT = 3
INTERRUPTED = 130


class Fault(Exception):  # noqa: N818 (the name of it in the exit-code table)
    """A stage broke on an article."""


@contextmanager
def faults_caught() -> Iterator[None]:
    """Raise Fault, with what to do about it, for whatever is raised that is not on purpose."""
    try:
        yield
    except (OnrecordError, BrokenPipeError):
        raise
    except Exception as error:
        if os.environ.get("ONRECORD_DEBUG") or has_no_room(error):
            raise
        raise Fault(
            f"could not be read: {type(error).__name__}: {error}; this is a fault in OnRecord, "
            "please report it with the article (ONRECORD_DEBUG=1 shows where)"
        ) from None


class Batch:
    """One run of `onrecord read`.

    Args:
        outputs: What is done with each record.
        intake: How sources are read.
        reader: What reads, if not the reader with the table of stages as it is.
    """

    def __init__(
        self,
        outputs: tuple[Output, ...],
        intake: Intake,
        reader: "Reader | None" = None,
    ) -> None:
        self._outputs = outputs
        self._intake = intake
        self._given_reader = reader
        self._progress: Progress | None = None

    def run(self, sources: tuple[str, ...]) -> int:
        """Read every source and return the exit code."""
        from onrecord.reading.pipeline import collect_seldom

        collect_seldom()
        try:
            return self._run(sources)
        except KeyboardInterrupt:
            return INTERRUPTED

    def _run(self, sources: tuple[str, ...]) -> int:
        worst = ALL_READ
        with self._showing_progress(sources) as progress:
            self._progress = progress
            for source in sources:
                for found in take(source, self._intake):
                    worst = max(worst, self._handle(found))
                    self._advance()
        return worst

    @cached_property
    def _reader(self) -> "Reader":
        from onrecord.reading.pipeline import Reader, prepare_alone

        reader = self._given_reader or Reader()
        prepare_alone(reader)
        return reader

    def _handle(self, found: Taken | Refused) -> int:
        if isinstance(found, Refused):
            return self._fail(found.source, str(found.error), SOME_FAILED)
        try:
            with faults_caught():
                self._read(found)
        except OnrecordError as error:
            return self._fail(found.source, str(error), SOME_FAILED)
        except Fault as fault:
            return self._fail(found.source, str(fault), FAULT)
        return ALL_READ

    def _read(self, taken: Taken) -> None:
        reading = self._reader.read_timed(taken.article)
        with self._bar_hidden():
            for output in self._outputs:
                output(taken, reading)

    def _fail(self, source: str, message: str, code: int) -> int:
        with self._bar_hidden():
            click.echo(clean(f"onrecord: {source}: {message}"), err=True)
        return code

    @contextmanager
    def _bar_hidden(self) -> Iterator[None]:
        """Take the progress bar away while something else is printed."""
        if self._progress is None:
            yield
            return
        self._progress.stop()
        yield
        self._progress.start()

    def _advance(self) -> None:
        if self._progress is not None:
            self._progress.advance(self._progress.task_ids[0])

    @contextmanager
    def _showing_progress(self, sources: tuple[str, ...]) -> "Iterator[Progress | None]":
        """Show a bar on stderr if it is a terminal and there is more than one article."""
        lines = any(map(holds_many, sources))
        if not sys.stderr.isatty() or (len(sources) == 1 and not lines):
            yield None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

        columns = ("reading", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            progress.add_task("reading", total=None if lines else len(sources))
            yield progress
