"""What becomes of each record that `onrecord read` makes."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.intake.sources import Taken
    from onrecord.reading.pipeline import Reading

__all__ = ["Output", "choose_outputs"]

Output = Callable[["Taken", "Reading"], None]

_UNSAFE = re.compile(r"[^\w.-]+")
_LINE_NUMBER = re.compile(r":\d+$")


def choose_outputs(
    sources: tuple[str, ...], *, as_json: bool, page: str | None, context: bool, timings: bool
) -> tuple[Output, ...]:
    """Return what to do with each record, in order.

    Raises:
        UsageError: One page is asked for, and several sources are given.
    """
    chosen: list[Output] = []
    if page is not None:
        chosen.append(_pages(sources, page))
    if as_json:
        chosen.append(_print_json)
    elif page is None:
        chosen.append(_View(context=context))
    if timings:
        chosen.append(_print_timings)
    return tuple(chosen)


def _print_json(_taken: "Taken", reading: "Reading") -> None:
    from onrecord.export.json import record_line

    click.echo(record_line(reading.record) + b"\n", nl=False)


class _View:
    """Print each record for a person, a rule between one and the next."""

    def __init__(self, *, context: bool) -> None:
        self._context = context
        self._begun = False

    def __call__(self, taken: "Taken", reading: "Reading") -> None:
        from rich.console import Console

        from onrecord.export.terminal import record_to_text, record_view

        _replace_unprintable()
        console = Console(highlight=False)
        if self._begun:
            click.echo("─" * console.width)
        self._begun = True
        record, source, context = reading.record, taken.source, self._context
        if console.is_terminal:
            console.print(record_view(record, source=source, context=context))
            return
        text = record_to_text(record, source=source, context=context, width=console.width)
        click.echo(text, nl=False)


def _replace_unprintable() -> None:
    """Let a stream that cannot print a character print a question mark."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


def _pages(sources: tuple[str, ...], page: str) -> Output:
    if Path(page).is_dir() or page.endswith("/"):
        return _PageFolder(Path(page))
    if len(sources) > 1:
        raise click.UsageError(
            f"--html {page} is one page, and {len(sources)} sources are given; "
            f"a folder would be right: --html {page.removesuffix('.html')}/"
        )
    return _OnePage(Path(page))


class _OnePage:
    """Write the only article's page."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written = False

    def __call__(self, _taken: "Taken", reading: "Reading") -> None:
        if self._written:
            raise InputError(
                f"no page was written, because {self._path} is taken by the article before; "
                "a folder would be right (--html pages/)"
            )
        _write_page(self._path, reading)
        self._written = True


class _PageFolder:
    """Write one page an article, called as its source is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def __call__(self, taken: "Taken", reading: "Reading") -> None:
        from onrecord.export.asides import folder_of

        folder_of(self._folder)
        stem = Path(_LINE_NUMBER.sub("", taken.source)).stem
        if _LINE_NUMBER.search(taken.source):
            stem = f"{stem}-{reading.record.article.id}"
        name = self._name(stem, reading.record.article.id)
        _write_page(self._folder / f"{name}.html", reading)

    def _name(self, stem: str, article_id: str) -> str:
        """Return a name that no page of this run has."""
        plain = _UNSAFE.sub("-", stem).strip("-.")[:80] or "article"
        name = plain
        if name in self._used:
            name = f"{plain}-{_UNSAFE.sub('-', article_id)[:40]}"
        number = 2
        while name in self._used:
            name, number = f"{plain}-{number}", number + 1
        self._used.add(name)
        return name


def _write_page(path: Path, reading: "Reading") -> None:
    from onrecord.export.asides import bytes_aside
    from onrecord.export.html import record_to_html

    page = record_to_html(reading.record).encode("utf-8", "replace")
    with bytes_aside(path) as stream:
        stream.write(page)
    click.echo(f"wrote {path}", err=True)


def _print_timings(taken: "Taken", reading: "Reading") -> None:
    total = sum(seconds for _, seconds in reading.seconds)
    words = len(reading.record.article.text.split())
    click.echo(f"timings of {taken.source} (CPU seconds)", err=True)
    for stage, seconds in reading.seconds:
        click.echo(f"  {stage:<16}{seconds:8.3f}", err=True)
    rate = f"  {words / total:,.0f} words a second" if total else ""
    click.echo(f"  {'all':<16}{total:8.3f}{rate}", err=True)
