"""A record as a person reads it in a terminal.

Colour, width and wrapping are the console's business: the same view prints plainly into a file.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.export.segments import Segment, split_at_marks, statement_marks
from onrecord.export.wording import (
    Teller,
    Voice,
    actor_line,
    article_line,
    clean,
    heading,
    verb_of,
)
from onrecord.record import Dispute, Event, Record, Statement

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text

    from onrecord.article import Span

__all__ = ["record_to_text", "record_view"]

LONGEST = 1200
"""Characters of one statement that are shown: ten paragraphs fit, a book does not."""

MOST_SUSPECT = 40
"""Suspect wordings that are listed; a machine-rewritten page can have hundreds."""

STYLES = {"source": "cyan", "cue": "yellow", "quoted": "bold green", "insertion": "dim italic"}
BRACKETS = {"source": ("⟨", "⟩"), "cue": ("⁅", "⁆"), "content": ("⟦", "⟧")}

_STOP = re.compile(r"[.!?…][\"'”’)\]]*\s+|[\r\n]+")


def record_to_text(
    record: Record, *, source: str | None = None, context: bool = False, width: int = 100
) -> str:
    """Return the view as plain text, `width` columns wide."""
    from io import StringIO

    from rich.console import Console

    console = Console(file=StringIO(), width=width, no_color=True, force_terminal=False)
    with console.capture() as captured:
        console.print(record_view(record, source=source, context=context))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def record_view(record: Record, *, source: str | None = None, context: bool = False) -> "Group":
    """Return what a rich console prints of a record.

    Args:
        record: The record.
        source: Where the article was found.
        context: Show each statement inside its sentence, its parts marked.
    """
    from rich.console import Group

    teller = Teller(record)
    sections = (
        _section("WHO SAID WHAT", _statements(teller, context=context)),
        _section("WHAT HAPPENED", _events(teller)),
        _section("WHAT IS DISPUTED", _disputes(teller)),
        _section("SUSPECT WORDING", _suspect(record)),
        _section("PLEASE NOTE", _notices(record)),
    )
    return Group(*_header(teller, source), *(part for parts in sections for part in parts))


def _section(title: str, parts: Iterable["RenderableType"]) -> Iterator["RenderableType"]:
    from rich.text import Text

    for place, part in enumerate(parts):
        if not place:
            yield Text(f"\n{title}", style="bold underline")
        yield part


def _header(teller: Teller, source: str | None) -> Iterator["RenderableType"]:
    from rich.text import Text

    article = teller.record.article
    yield Text(heading(article), style="bold")
    yield Text(article_line(article, source), style="dim")
    yield Text(_counts(teller), style="dim")


def _counts(teller: Teller) -> str:
    record = teller.record
    counts = (
        (len(record.statements), "statement"),
        (len(teller.voices()), "speaker"),
        (len(record.events), "event"),
        (len(record.disputes), "dispute"),
        (len(record.suspect), "suspect wording"),
    )
    return " · ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts)


def _statements(teller: Teller, *, context: bool) -> Iterator["RenderableType"]:
    from rich.text import Text

    if context and teller.record.statements:
        legend = Text("Parts are marked: ")
        for kind, (begin, end) in BRACKETS.items():
            legend.append(f"{begin}{kind}{end} ", STYLES.get(kind))
        yield legend
    for voice in teller.voices():
        yield _voice_heading(voice)
        yield _rows(
            (
                Text(verb_of(statement), style="magenta"),
                _statement_body(teller, statement, context=context),
            )
            for statement in voice.statements
        )


def _voice_heading(voice: Voice) -> "Text":
    from rich.text import Text

    heading = Text("\n")
    heading.append(voice.name, "bold cyan")
    if len(voice.speakers) == 1:
        known = actor_line(voice.speakers[0])
        heading.append(f"  {known}" if known else "", "dim")
    return heading


def _statement_body(teller: Teller, statement: Statement, *, context: bool) -> "Text":
    body = _in_context(teller, statement) if context else _content(teller, statement)
    body.append(f"\n{teller.statement_line(statement)}", "dim")
    return body


def _content(teller: Teller, statement: Statement) -> "Text":
    from rich.text import Text

    body = Text()
    for place, span in enumerate(statement.content):
        body.append(" … " if place else "", "dim")
        for segment in _segments(teller, statement, (span.start, span.end)):
            body.append(clean(segment.text), _style(segment))
    return _cut(body)


def _cut(body: "Text") -> "Text":
    if len(body) <= LONGEST:
        return body
    hidden = len(body) - LONGEST
    body.right_crop(hidden)
    return body.append(f" … ({hidden:,} more characters)", "dim")


def _segments(teller: Teller, statement: Statement, span: tuple[int, int]) -> tuple[Segment, ...]:
    return split_at_marks(teller.record.article.text, span, statement_marks(statement))


def _style(segment: Segment) -> str:
    for kind in ("insertion", "quoted", "cue", "source"):
        if segment.has(kind):
            return STYLES[kind]
    return ""


def _in_context(teller: Teller, statement: Statement) -> "Text":
    from rich.text import Text

    body = Text()
    for segment in _segments(teller, statement, _sentence(teller.record.article.text, statement)):
        begins = [m for m in segment.marks if m.start == segment.start and m.kind in BRACKETS]
        ends = [m for m in segment.marks if m.end == segment.end and m.kind in BRACKETS]
        for mark in begins:
            body.append(BRACKETS[mark.kind][0], STYLES.get(mark.kind))
        body.append(clean(segment.text), _style(segment))
        for mark in reversed(ends):
            body.append(BRACKETS[mark.kind][1], STYLES.get(mark.kind))
    return _cut(body)


def _sentence(text: str, statement: Statement) -> tuple[int, int]:
    """Return the stretch from the beginning to the end of the sentences that the parts are in."""
    spans: tuple[Span, ...] = (*statement.source, *statement.cue, *statement.content)
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    start = max(0, first - LONGEST)
    for match in _STOP.finditer(text, start, first):
        start = match.end()
    after = _STOP.search(text, max(first, last - 1), last + LONGEST)
    end = after.start() + len(after.group().rstrip()) if after else min(len(text), last + LONGEST)
    return start, max(end, last)


def _events(teller: Teller) -> Iterator["RenderableType"]:
    from rich.text import Text

    groups: dict[str, list[Event]] = {}
    for event in teller.record.events:
        groups.setdefault(event.type, []).append(event)
    if groups:
        yield _rows(
            (Text("" if place else kind, style="magenta"), _event_body(teller, event))
            for kind, events in groups.items()
            for place, event in enumerate(events)
        )


def _event_body(teller: Teller, event: Event) -> "Text":
    from rich.text import Text

    body = Text(teller.event_parties(event), style="cyan")
    words = clean(" … ".join(span.text for span in event.trigger[:3]))
    body.append(f"  {words}" + (f"  ({event.mode})" if event.mode else ""), "")
    return body.append(f"\n{teller.event_line(event)}", "dim")


def _disputes(teller: Teller) -> Iterator["RenderableType"]:
    from rich.text import Text

    if teller.record.disputes:
        yield _rows(
            (Text(dispute.kind, style="magenta"), _dispute_body(teller, dispute))
            for dispute in teller.record.disputes
        )


def _dispute_body(teller: Teller, dispute: Dispute) -> "Text":
    body = _side(teller, dispute.claim)
    body.append("\nagainst ", "dim").append_text(_side(teller, dispute.answer))
    return body.append(f"\n{clean(dispute.why)} · {dispute.id}", "dim")


def _side(teller: Teller, statement_id: str) -> "Text":
    from rich.text import Text

    statement = teller.statement(statement_id)
    side = Text(teller.speaker(statement), style="cyan")
    side.append(f" {verb_of(statement)}: ", "dim")
    return side.append_text(_content(teller, statement)).append(f" {statement_id}", "dim")


def _suspect(record: Record) -> Iterator["RenderableType"]:
    from rich.text import Text

    shown = record.suspect[:MOST_SUSPECT]
    if shown:
        yield _rows(
            (
                Text(clean(each.span.text), style="red"),
                Text(f"→ {clean(each.likely)}" if each.likely else f"({each.kind})", style="green"),
            )
            for each in shown
        )
    if len(record.suspect) > len(shown):
        yield Text(f"  and {len(record.suspect) - len(shown)} more (--json has all)", style="dim")


def _notices(record: Record) -> Iterator["RenderableType"]:
    from rich.text import Text

    if record.notices:
        yield _rows(
            (Text("!", style="bold yellow"), Text(clean(notice.message)))
            for notice in record.notices
        )


def _rows(rows: Iterable[tuple["Text", "Text"]]) -> "Table":
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 2))
    table.add_column(min_width=10, max_width=32)
    table.add_column(ratio=1)
    for left, right in rows:
        table.add_row(left, right)
    return table
