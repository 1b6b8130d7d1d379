"""What changed in what was said between two versions of an article."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.record import Record, Statement

__all__ = ["Change", "changes_between"]

_SAME = 0.6
"""Share of words in common from which a statement was changed rather than replaced."""


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that came, went or changed.

    Attributes:
        kind: added, dropped or changed.
        earlier: Id in the earlier version, or None.
        later: Id in the later version, or None.
        speakers: Who says it, in the later version if it is there.
        before: What was said, or None.
        after: What is said now, or None.
    """

    kind: str
    earlier: str | None
    later: str | None
    speakers: tuple[str, ...]
    before: str | None
    after: str | None


def changes_between(earlier: Record, later: Record) -> tuple[Change, ...]:
    """Return what changed, in the order of the later version; what was dropped comes last."""
    left = list(earlier.statements)
    found: list[Change] = []
    for statement in later.statements:
        match = _best(statement, left)
        if match is None:
            found.append(_change("added", None, statement, earlier, later))
            continue
        left.remove(match)
        if _words(match) != _words(statement) or match.act != statement.act:
            found.append(_change("changed", match, statement, earlier, later))
    found += [_change("dropped", statement, None, earlier, later) for statement in left]
    return tuple(found)


def _best(statement: Statement, others: list[Statement]) -> Statement | None:
    alike = {id(other): _alike(statement, other) for other in others}
    best = max(others, key=lambda other: alike[id(other)], default=None)
    return best if best is not None and alike[id(best)] >= _SAME else None


def _alike(one: Statement, other: Statement) -> float:
    left, right = _words(one).split(), _words(other).split()
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _SAME else 0.0


def _words(statement: Statement) -> str:
    return " ".join(span.text for span in statement.content)


def _change(
    kind: str, before: Statement | None, after: Statement | None, earlier: Record, later: Record
) -> Change:
    statement, record = (after, later) if after is not None else (before, earlier)
    return Change(
        kind=kind,
        earlier=before.id if before else None,
        later=after.id if after else None,
        speakers=tuple(_speakers(statement, record)),
        before=_words(before) if before else None,
        after=_words(after) if after else None,
    )


def _speakers(statement: Statement | None, record: Record) -> Iterator[str]:
    if statement is not None:
        names = [record.actor(each).name for each in statement.speakers]
        yield from names or [span.text for span in statement.source]
