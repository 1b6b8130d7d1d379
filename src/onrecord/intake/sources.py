"""Whatever a user names - a file, a page's address, `-` - as articles, one at a time."""

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.article import Article
from onrecord.errors import EmptyInput, InputError, TooLarge
from onrecord.intake.articles import make_article
from onrecord.intake.encoding import decode
from onrecord.intake.lines import has_article, line_to_article
from onrecord.intake.pages import is_page, page_to_article
from onrecord.intake.web import fetch, is_url
from onrecord.settings import Settings

__all__ = ["Refused", "Taken", "take_in"]

STDIN = "-"
LINES = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class Taken:
    """An article, and where it was found (`report.txt`, `articles.jsonl:3`, an address)."""

    source: str
    article: Article


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no article."""

    source: str
    error: InputError


Day = dt.date | dt.datetime | None


def take_in(
    source: str, *, published: Day = None, settings: Settings | None = None
) -> Iterator[Taken | Refused]:
    """Yield every article of a source, or the reason why there is none.

    A file is JSON lines of articles if it is called so (`.jsonl`, `.ndjson`) or its first line is
    an object with a `text`; a page if it begins as one; otherwise one article of plain text.

    Args:
        source: Path of a file, address of a page, or `-` for standard input.
        published: When the articles were published, if the source does not say.
        settings: Limits.
    """
    settings = settings or Settings()
    if is_url(source):
        yield _take_page(source, published, settings)
    elif source == STDIN:
        yield from _take_stream(sys.stdin.buffer, "<stdin>", published, settings)
    else:
        yield from _take_file(source, published, settings)


def _take_page(url: str, published: Day, settings: Settings) -> Taken | Refused:
    try:
        return Taken(url, _whole_to_article(fetch(url, settings), published, url))
    except InputError as error:
        return Refused(url, error)


def _take_file(source: str, published: Day, settings: Settings) -> Iterator[Taken | Refused]:
    try:
        stream = Path(source).open("rb")  # noqa: SIM115 (closed below, after the last article)
    except (OSError, ValueError) as error:
        yield Refused(source, _unopened(error))
        return
    with stream:
        yield from _take_stream(stream, source, published, settings)


def _unopened(error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("there is no such file; a file, an http(s) address or - would be right")
    if isinstance(error, IsADirectoryError):
        return InputError("a folder; the files in it would be right (FOLDER/*.txt)")
    return InputError(f"could not be opened: {getattr(error, 'strerror', None) or error}")


def _take_stream(
    stream: BinaryIO, source: str, published: Day, settings: Settings
) -> Iterator[Taken | Refused]:
    try:
        first = stream.readline(settings.max_bytes + 1)
    except OSError as error:
        yield Refused(source, _unopened(error))
        return
    if Path(source).suffix.lower() in LINES or has_article(first):
        yield from _take_lines(stream, first, source, published, settings)
    else:
        yield _take_whole(stream, first, source, published, settings)


def _take_whole(
    stream: BinaryIO, first: bytes, source: str, published: Day, settings: Settings
) -> Taken | Refused:
    try:
        content = first + stream.read(settings.max_bytes + 1 - len(first))
        if len(content) > settings.max_bytes:
            raise _too_large(settings)
        return Taken(source, _whole_to_article(content, published, None))
    except InputError as error:
        return Refused(source, error)


def _whole_to_article(content: bytes, published: Day, url: str | None) -> Article:
    if is_page(content):
        return page_to_article(content, url=url, published=published)
    text = decode(content)
    if is_page(text[:4096].encode()):
        return page_to_article(text, url=url, published=published)
    if not text.strip():
        raise EmptyInput("empty; a file with the article's text would be right")
    return make_article(text, published=published, url=url)


def _take_lines(
    stream: BinaryIO, first: bytes, source: str, published: Day, settings: Settings
) -> Iterator[Taken | Refused]:
    number, line, found = 1, first.removeprefix(b"\xef\xbb\xbf"), False
    while line:
        if line.strip():
            found = True
            yield _take_line(line, f"{source}:{number}", published, settings)
        _skip_rest(stream, line, settings)
        number, line = number + 1, stream.readline(settings.max_bytes + 1)
    if not found:
        yield Refused(source, EmptyInput("empty; one JSON object a line would be right"))


def _take_line(line: bytes, source: str, published: Day, settings: Settings) -> Taken | Refused:
    try:
        if len(line) > settings.max_bytes:
            raise _too_large(settings)
        return Taken(source, line_to_article(line, published=published))
    except InputError as error:
        return Refused(source, error)


def _skip_rest(stream: BinaryIO, line: bytes, settings: Settings) -> None:
    """Read past what is left of a line that was too long."""
    while len(line) > settings.max_bytes and not line.endswith(b"\n"):
        line = stream.readline(settings.max_bytes + 1)


def _too_large(settings: Settings) -> TooLarge:
    return TooLarge(
        f"longer than {settings.max_bytes:,} bytes, the limit; one article would be right "
        "(--max-size raises the limit)"
    )
