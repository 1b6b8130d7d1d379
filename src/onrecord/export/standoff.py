"""Statements as annotation tools and taggers have them: brat standoff, CoNLL columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count as counting
from pathlib import Path

from onrecord.article import Span
from onrecord.export.archive import Numbered
from onrecord.export.asides import folder_of, text_aside
from onrecord.record import Record, Statement

__all__ = ["write_brat", "write_conll"]

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")


def write_brat(records: Iterable[Numbered], path: Path) -> int:
    """Write a folder of `.txt` and `.ann`, which `evaluate` and `train` read; return how many."""
    folder = folder_of(path)
    count = 0
    for each in records:
        count += len(each.record.statements)
        with text_aside(folder / f"{each.number}.txt") as stream:
            stream.write(each.record.article.text)
        with text_aside(folder / f"{each.number}.ann") as stream:
            stream.writelines(f"{line}\n" for line in _annotations(each.record))
    return count


def _annotations(record: Record) -> Iterator[str]:
    """Yield text-bound annotations, an event a statement with its act, and actors."""
    numbers = counting(1)
    attributes = counting(1)
    for event, statement in enumerate(record.statements, 1):
        if not statement.cue:
            continue
        roles: list[str] = []
        for name, spans in _parts(statement):
            if spans:
                bound = next(numbers)
                yield f"T{bound}\t{_bound(record.article.text, name, spans)}"
                roles.append(f"{name}:T{bound}")
        yield f"E{event}\t{' '.join(roles)}"
        yield f"A{next(attributes)}\tAct E{event} {statement.act}"


def _parts(statement: Statement) -> tuple[tuple[str, Sequence[Span]], ...]:
    return (
        ("Cue", statement.cue),
        ("Source", statement.source),
        ("Content", statement.content),
    )


def _bound(text: str, name: str, spans: Sequence[Span]) -> str:
    """Return a text-bound annotation; brat wants no line end in it, so each line is a fragment."""
    fragments = [piece for span in spans for piece in _lines(span)]
    places = ";".join(f"{start} {end}" for start, end in fragments)
    words = " ".join(text[start:end] for start, end in fragments)
    return f"{name} {places}\t{words}"


def _lines(span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    for line in span.text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def write_conll(records: Iterable[Numbered], path: Path) -> int:
    """Write a word a line with BIO columns; return how many statements.

    Columns: word, start, end, then for each statement of the article one with `B-` and `I-` of
    SOURCE, CUE and CONTENT, as in PropBank's column format; sentences are parted by an empty line,
    articles by a comment with number and id.
    """
    count = 0
    with text_aside(path) as stream:
        for each in records:
            count += len(each.record.statements)
            stream.write(f"# article = {each.number}\n# id = {each.record.article.id}\n")
            stream.writelines(f"{line}\n" for line in _conll(each.record))
    return count


def _conll(record: Record) -> Iterator[str]:
    text = record.article.text
    breaks = [match.start() for match in _SENTENCE_END.finditer(text)]
    marks = [_marks(statement) for statement in record.statements]
    before = 0
    for match in _WORD.finditer(text):
        while breaks and breaks[0] <= match.start():
            breaks.pop(0)
            if before:
                yield ""
                before = 0
        before += 1
        tags = (_tag(mark, match.start()) for mark in marks)
        yield "\t".join((match.group(), str(match.start()), str(match.end()), *tags))
    yield ""


def _marks(statement: Statement) -> list[tuple[int, int, str]]:
    parts = (("SOURCE", statement.source), ("CUE", statement.cue), ("CONTENT", statement.content))
    return [(span.start, span.end, name) for name, spans in parts for span in spans]


def _tag(marks: Sequence[tuple[int, int, str]], start: int) -> str:
    for first, end, name in marks:
        if first <= start < end:
            return f"{'B' if first == start else 'I'}-{name}"
    return "O"
