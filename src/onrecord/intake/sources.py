"""Whatever a user names - a file, a page's address, `-` - as articles, one at a time."""

import gzip
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from onrecord.article import Article
from onrecord.errors import EmptyInput, InputError, NotText
from onrecord.intake.articles import make_article
from onrecord.intake.encoding import decode
from onrecord.intake.lines import has_article, line_to_article
from onrecord.intake.markdown import markdown_to_article
from onrecord.intake.outcomes import Day, Intake, Refused, Taken, too_large
from onrecord.intake.pages import is_page, page_to_article
from onrecord.intake.remote import open_file
from onrecord.intake.tables import take_csv, take_parquet
from onrecord.intake.warc import take_warc
from onrecord.intake.web import fetch, is_url
from onrecord.settings import Settings

__all__ = ["STDIN", "Refused", "Taken", "count_articles", "holds_many", "take", "take_in"]

STDIN = "-"
_PDF = b"%PDF-"

_Outcomes = Iterator[Taken | Refused]
_Many = Callable[[BinaryIO, str, Intake], _Outcomes]


def take_in(
    source: str,
    *,
    published: Day = None,
    columns: Mapping[str, str] | None = None,
    settings: Settings | None = None,
) -> _Outcomes:
    """Yield every article of a source, or the reason why there is none.

    What a file is called decides: JSON lines (`.jsonl`, `.ndjson`), tables (`.csv`, `.tsv`,
    `.parquet`), WARC (`.warc`), mail (`.eml`), Markdown (`.md`), each also with `.gz`. Otherwise it
    is JSON lines if its first line is an object with a `text`; a PDF or a page if it begins as one;
    or else one article of plain text.

    Args:
        source: Path of a file, or its address where fsspec reaches it (`s3://…`); address of a
            page; or `-` for standard input.
        published: When the articles were published, if the source does not say.
        columns: Which column or field holds what, where names do not tell: `{"text": "body"}`.
        settings: Limits.
    """
    yield from take(source, Intake(published, columns or {}, settings or Settings()))


def take(source: str, intake: Intake) -> _Outcomes:
    """Yield what `take_in` yields."""
    if is_url(source):
        yield _take_page(source, intake)
    elif source == STDIN:
        yield from _take_stream(sys.stdin.buffer, "<stdin>", intake)
    else:
        yield from _take_file(source, intake)


def _take_page(url: str, intake: Intake) -> Taken | Refused:
    try:
        content = fetch(url, intake.settings)
        return Taken(url, _whole_to_article(content, intake, url=url))
    except InputError as error:
        return Refused(url, error)


def _take_file(source: str, intake: Intake) -> _Outcomes:
    try:
        stream = open_file(source)
    except InputError as error:
        yield Refused(source, error)
        return
    except (OSError, ValueError) as error:
        yield Refused(source, _unopened(error))
        return
    with stream:
        yield from _take_stream(stream, source, intake)


def _unopened(error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("there is no such file; a file, an http(s) address or - would be right")
    if isinstance(error, IsADirectoryError):
        return InputError("a folder; the files in it would be right (FOLDER/*.txt)")
    return InputError(f"could not be opened: {getattr(error, 'strerror', None) or error}")


def _take_stream(stream: BinaryIO, source: str, intake: Intake) -> _Outcomes:
    name = PurePath(source.lower())
    try:
        if name.suffix == ".gz" and name.with_suffix("").suffix != ".warc":
            with _unzipped(stream) as plain:
                yield from _take_plain(plain, source, name.with_suffix(""), intake)
        else:
            yield from _take_plain(stream, source, name, intake)
    except OSError as error:
        yield Refused(source, _unopened(error))
    except (EOFError, zlib.error) as error:
        reason = f"damaged or cut off ({str(error) or type(error).__name__})"
        yield Refused(source, NotText(f"{reason}; a whole gzip file would be right"))


@contextmanager
def _unzipped(stream: BinaryIO) -> Iterator[BinaryIO]:
    with gzip.GzipFile(fileobj=stream) as plain:
        yield cast("BinaryIO", plain)


def _take_plain(stream: BinaryIO, source: str, name: PurePath, intake: Intake) -> _Outcomes:
    """Yield the articles of a stream that is not compressed, except for a WARC's."""
    suffix = ".warc" if name.name.endswith(".warc.gz") else name.suffix
    many = _MANY.get(suffix)
    if many is not None:
        yield from many(stream, source, intake)
        return
    first = stream.readline(intake.settings.max_bytes + 1)
    if has_article(first):
        yield from _take_lines(first, stream, source, intake)
    else:
        yield _take_whole(first, stream, source, suffix, intake)


def _take_whole(
    first: bytes, stream: BinaryIO, source: str, suffix: str, intake: Intake
) -> Taken | Refused:
    limit = intake.settings.max_bytes
    try:
        content = first + stream.read(limit + 1 - len(first))
        if len(content) > limit:
            raise too_large(intake.settings)
        return Taken(source, _whole_to_article(content, intake, suffix=suffix))
    except InputError as error:
        return Refused(source, error)


def _whole_to_article(
    content: bytes, intake: Intake, *, suffix: str = "", url: str | None = None
) -> Article:
    published = intake.published
    if content.startswith(_PDF):
        from onrecord.intake.pdf import pdf_to_article

        return pdf_to_article(content, published=published)
    if suffix == ".eml":
        from onrecord.intake.mail import mail_to_article

        return mail_to_article(content, published=published)
    text = content if is_page(content) else decode(content)
    if isinstance(text, bytes) or is_page(text[:4096].encode()):
        return page_to_article(text, url=url, published=published)
    if not text.strip():
        raise EmptyInput("empty; a file with the article's text would be right")
    if suffix in {".md", ".markdown"}:
        return markdown_to_article(text, published=published)
    return make_article(text, published=published, url=url)


def _take_jsonl(stream: BinaryIO, source: str, intake: Intake) -> _Outcomes:
    first = stream.readline(intake.settings.max_bytes + 1)
    yield from _take_lines(first, stream, source, intake)


def _take_lines(first: bytes, stream: BinaryIO, source: str, intake: Intake) -> _Outcomes:
    limit = intake.settings.max_bytes
    number, line, found = 1, first.removeprefix(b"\xef\xbb\xbf"), False
    while line:
        if line.strip():
            found = True
            yield _take_line(line, f"{source}:{number}", intake)
        _skip_rest(stream, line, limit)
        number, line = number + 1, stream.readline(limit + 1)
    if not found:
        yield Refused(source, EmptyInput("empty; one JSON object a line would be right"))


def _take_line(line: bytes, source: str, intake: Intake) -> Taken | Refused:
    try:
        if len(line) > intake.settings.max_bytes:
            raise too_large(intake.settings)
        article = line_to_article(line, published=intake.published, fields=intake.columns)
        return Taken(source, article)
    except InputError as error:
        return Refused(source, error)


def _skip_rest(stream: BinaryIO, line: bytes, limit: int) -> None:
    """Read past what is left of a line that was too long."""
    while len(line) > limit and not line.endswith(b"\n"):
        line = stream.readline(limit + 1)


def holds_many(source: str) -> bool:
    """Tell whether a file is called as those that hold many articles are.

    Example:
        >>> holds_many("crawl.WARC.gz"), holds_many("report.txt")
        (True, False)
    """
    return source.lower().removesuffix(".gz").endswith(tuple(_MANY))


def count_articles(sources: Iterable[str]) -> int | None:
    """Return about how many articles files hold, or None where that takes reading them.

    Example:
        >>> count_articles(["report.txt", "page.html"]), count_articles(["-"])
        (2, None)
    """
    total = 0
    for source in sources:
        if source == STDIN or (holds_many(source) and not source.lower().endswith(_LINES)):
            return None
        try:
            total += _count_lines(source) if source.lower().endswith(_LINES) else 1
        except OSError:
            total += 1
    return total


def _count_lines(path: str) -> int:
    with Path(path).open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))


_LINES = (".jsonl", ".ndjson")
_MANY: Mapping[str, _Many] = {
    ".jsonl": _take_jsonl,
    ".ndjson": _take_jsonl,
    ".csv": take_csv,
    ".tsv": take_csv,
    ".parquet": take_parquet,
    ".warc": take_warc,
}
"""Files that hold many articles, by what they are called."""
