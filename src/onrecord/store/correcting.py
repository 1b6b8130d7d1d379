"""Keep what people say about findings, and bring it into the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from onrecord.errors import NotFound, StoreError
from onrecord.record import Record
from onrecord.store import schema
from onrecord.store.answers import Corrected
from onrecord.store.copying import mark_copies
from onrecord.store.disputing import dispute_across
from onrecord.store.overlay import ACTIONS, Correction, corrected, keep, kind_of
from onrecord.store.writing import delete_findings, now, write_findings

__all__ = ["Said", "ask_corrections", "corrections_of", "note_correction", "rewrite", "withdraw"]

_c = schema.corrections


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about a finding.

    Attributes:
        action: confirm, correct or reject.
        fields: What is set, if something is corrected.
        by: Who says so.
        reason: Why.
    """

    action: str
    fields: Mapping[str, str]
    by: str
    reason: str

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise StoreError(
                f"{self.action!r} is no action; one of these would be: {', '.join(ACTIONS)}"
            )
        if not self.by.strip():
            raise StoreError("a correction needs the name of who makes it")


def note_correction(
    connection: sa.Connection, article: int, record: Record, finding: str, said: Said
) -> Record:
    """Write down what a person says about a finding, and return the record with it.

    Args:
        connection: With a transaction.
        article: The article's row.
        record: Its record, with the earlier corrections.
        finding: `s3`, `e1`, `d1`, `a2`; `x1` can be confirmed or rejected.
        said: What is said.

    Raises:
        StoreError: There is no such finding or field, or a value is none of its field's.
    """
    kind = kind_of(finding)
    kept = _pair(connection, article, finding) if kind == "across" else keep(record, finding)
    changes = list(said.fields.items()) if said.action == "correct" else [(None, None)]
    made = [Correction(said.action, kind, kept, field, value) for field, value in changes]
    after = record if kind == "across" else corrected(record, made)
    rows = [
        {
            "article_id": article,
            "kind": kind,
            "finding": finding,
            "action": each.action,
            "field": each.field,
            "value": each.value,
            "kept": kept,
            "by": said.by.strip(),
            "at": now(),
            "reason": said.reason,
            "withdrawn": False,
        }
        for each in made
    ]
    connection.execute(_c.insert(), rows)
    return after


def _pair(connection: sa.Connection, article: int, finding: str) -> str:
    """Return the two statements of a dispute across articles, by what is said in them."""
    d, claim, answer = schema.disputes, schema.statements.alias(), schema.statements.alias()
    query = (
        sa.select(claim.c.article_id, claim.c.content, answer.c.content)
        .join(claim, claim.c.id == d.c.claim_id)
        .join(answer, answer.c.id == d.c.answer_id)
        .where(d.c.article_id == article, d.c.finding == finding, d.c.across.is_(True))
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(f"article {article} has no dispute {finding} with another article")
    return "\n".join(map(str, row))


def corrections_of(
    connection: sa.Connection, articles: Sequence[int]
) -> dict[int, list[Correction]]:
    """Return the corrections of articles that hold, in their order."""
    query = (
        sa.select(_c)
        .where(_c.c.article_id.in_(articles), _c.c.withdrawn.is_(False), _c.c.kind != "across")
        .order_by(_c.c.id)
    )
    found: dict[int, list[Correction]] = {article: [] for article in articles}
    for row in connection.execute(query):
        made = Correction(row.action, row.kind, row.kept, row.field, row.value)
        found[row.article_id].append(made)
    return found


def rewrite(connection: sa.Connection, records: Mapping[int, Record]) -> None:
    """Put the findings of these records into the tables in place of those that are there.

    Args:
        connection: With a transaction.
        records: By the article's row, with the corrections.
    """
    articles = list(records)
    delete_findings(connection, articles)
    write_findings(connection, records)
    table = schema.articles
    query = sa.select(table.c.story_id).where(table.c.id.in_(articles))
    stories = set(connection.scalars(query))
    connection.execute(table.update().where(table.c.id.in_(articles)).values(copy_of=None))
    mark_copies(connection, stories)
    dispute_across(connection, articles)


def withdraw(connection: sa.Connection, number: int) -> int:
    """Take a correction back, and return its article's row; it stays in the list.

    Raises:
        NotFound: There is no such correction, or it was taken back before.
    """
    query = sa.select(_c.c.article_id).where(_c.c.id == number, _c.c.withdrawn.is_(False))
    article: int | None = connection.scalar(query)
    if article is None:
        raise NotFound(f"there is no correction {number} that holds")
    connection.execute(_c.update().where(_c.c.id == number).values(withdrawn=True))
    return article


def ask_corrections(
    connection: sa.Connection, *, article: int | None = None, limit: int | None = 50
) -> list[Corrected]:
    """Return corrections, the latest first, also those that were taken back."""
    conditions = [] if article is None else [_c.c.article_id == article]
    query = sa.select(_c).where(*conditions).order_by(_c.c.id.desc()).limit(limit)
    return [
        Corrected(
            number=row.id,
            id=f"{row.article_id}/{row.finding}",
            action=row.action,
            field=row.field,
            value=row.value,
            by=row.by,
            at=row.at,
            reason=row.reason,
            withdrawn=row.withdrawn,
        )
        for row in connection.execute(query)
    ]
