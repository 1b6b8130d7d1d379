"""A record as one self-contained page: nothing is loaded from anywhere else.

Everything that comes from the article is escaped by the template engine, and the page's own policy
forbids any script but the one that it ships.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.export.segments import Mark, Segment, split_at_marks, statement_marks
from onrecord.export.wording import (
    Teller,
    actor_line,
    article_line,
    clean,
    heading,
    verb_of,
)
from onrecord.record import Record, Suspect

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["Piece", "paragraphs_of", "record_to_html", "web_address"]

FOLDER = Path(__file__).parent

_LINE_END = re.compile(r"[\r\n\u2028\u2029]+")
_PARTS = ("source", "cue", "content", "quoted", "insertion", "trigger", "suspect")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article as the page shows it.

    Attributes:
        text: The words.
        classes: The parts they play, for the style sheet.
        of: Ids of the findings that they belong to.
        target: The finding that a click opens: the innermost one; empty where there is none.
        begins: Ids of the findings that begin here.
        hint: What a suspect wording probably replaced.
    """

    text: str
    classes: tuple[str, ...]
    of: tuple[str, ...]
    target: str
    begins: tuple[str, ...]
    hint: str


def record_to_html(record: Record) -> str:
    """Return the record as one HTML page."""
    style = (FOLDER / "page.css").read_text("utf-8")
    script = (FOLDER / "page.js").read_text("utf-8")
    return _template().render(
        record=record,
        teller=Teller(record),
        title=heading(record.article),
        url=web_address(record.article.url),
        origin=article_line(record.article),
        paragraphs=paragraphs_of(record),
        suspects=tuple(zip(_suspect_ids(record), record.suspect, strict=True)),
        style=style,
        script=script,
        script_hash=_hash(script),
    )


@lru_cache(maxsize=1)
def _template() -> "Template":
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "verb": verb_of,
        "actor_line": actor_line,
        "clean": clean,
        "words": lambda spans: clean(" … ".join(span.text for span in spans)),
    }
    return environment.get_template("page.html.j2")


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def web_address(url: str | None) -> str:
    """Return the address if a link to it is safe, else nothing."""
    return url if url and url.lower().startswith(("http://", "https://")) else ""


def _suspect_ids(record: Record) -> tuple[str, ...]:
    return tuple(f"w{number}" for number, _ in enumerate(record.suspect, 1))


def _marks(record: Record) -> Iterator[Mark]:
    for statement in record.statements:
        yield from statement_marks(statement)
    for event in record.events:
        for span in event.trigger:
            yield Mark(span.start, span.end, "trigger", event.id)
    for suspect_id, suspect in zip(_suspect_ids(record), record.suspect, strict=True):
        yield Mark(suspect.span.start, suspect.span.end, "suspect", suspect_id)


def paragraphs_of(record: Record) -> tuple[tuple[Piece, ...], ...]:
    """Return the article's lines, each cut where marks begin and end."""
    text = record.article.text
    hints = dict(zip(_suspect_ids(record), record.suspect, strict=True))
    segments = split_at_marks(text, (0, len(text)), _marks(record))
    begun: set[str] = set()
    paragraphs: list[list[Piece]] = [[]]
    for segment in segments:
        for place, line in enumerate(_LINE_END.split(segment.text)):
            if place:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(_piece(segment, line, begun, hints))
    return tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)


def _piece(segment: Segment, line: str, begun: set[str], hints: dict[str, Suspect]) -> Piece:
    of = tuple(dict.fromkeys(mark.of for mark in segment.marks))
    begins = tuple(each for each in of if each not in begun)
    begun.update(begins)
    suspects = [hints[each] for each in of if each in hints]
    return Piece(
        text=clean(line),
        classes=tuple(kind for kind in _PARTS if segment.has(kind)),
        of=of,
        target=_innermost(segment),
        begins=begins,
        hint=_hint(suspects[0]) if suspects else "",
    )


def _innermost(segment: Segment) -> str:
    """Return what a click opens: the shortest statement here, or else the shortest finding."""
    marks = [mark for mark in segment.marks if mark.kind not in ("trigger", "suspect")]
    shortest = min(marks or segment.marks, key=lambda mark: mark.end - mark.start, default=None)
    return shortest.of if shortest else ""


def _hint(suspect: Suspect) -> str:
    if suspect.likely:
        return f"probably: {clean(suspect.likely)}"
    return f"suspect wording ({suspect.kind})"
