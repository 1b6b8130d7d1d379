"""WARC, plain or gzipped: one article a page that was fetched."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.errors import InputError, NotText
from onrecord.intake.outcomes import Intake, Refused, Taken, too_large
from onrecord.intake.pages import page_to_article

__all__ = ["take_warc"]

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FOUND = 200


def take_warc(stream: BinaryIO, source: str, intake: Intake) -> Iterator[Taken | Refused]:
    """Yield an article, or the reason why there is none, for each page that a crawl fetched.

    Other records, answers other than 200, and what is no page are passed over.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    found = False
    try:
        records = ArchiveIterator(
            stream, record_types=WarcRecordType.response, auto_decode="all", fsspec_args=False
        )
        for record in records:
            found = True
            if _is_page(record):
                yield _taken(record, source, intake)
    except (OSError, ValueError, EOFError) as error:
        reason = f"damaged or cut off ({str(error) or type(error).__name__:.80})"
        yield Refused(source, NotText(f"{reason}; a whole WARC file would be right"))
        return
    if not found:
        yield Refused(source, NotText("no fetched page in it; a WARC file of pages would be right"))


def _is_page(record: Any) -> bool:  # noqa: ANN401 (fastwarc has no types)
    headers = record.http_headers
    if headers is None or headers.status_code != _FOUND:
        return False
    return str(record.http_content_type or "").lower() in _PAGES


def _taken(record: Any, source: str, intake: Intake) -> Taken | Refused:  # noqa: ANN401
    url = record.headers.get("WARC-Target-URI", "").strip("<>") or None
    where = f"{source}:{url or record.record_id}"
    try:
        content = record.reader.read(intake.settings.max_bytes + 1)
        if len(content) > intake.settings.max_bytes:
            return Refused(where, too_large(intake.settings))
        return Taken(where, page_to_article(content, url=url, published=intake.published))
    except InputError as error:
        return Refused(where, error)
