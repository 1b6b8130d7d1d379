"""How often each actor stands in each part of statements and events, by month and by act or type.

They follow from the tables of parties, and are kept beside them so that a profile of somebody who
is in half of an archive need not count half of the archive.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.store import schema

__all__ = ["add_tallies", "counted", "take_tallies"]

_t = schema.tallies


def add_tallies(connection: sa.Connection, articles: Sequence[int] | None = None) -> None:
    """Count in what was found in the articles, or in all."""
    _count(connection, 1, articles)


def take_tallies(connection: sa.Connection, articles: Sequence[int]) -> None:
    """Take back what was counted of the articles; their findings must still be there."""
    _count(connection, -1, articles)
    connection.execute(_t.delete().where(_t.c.number == 0))


def counted(
    articles: Sequence[int] | None = None,
) -> sa.CompoundSelect[tuple[int, str, str, str, int]]:
    """Return the query that counts them from the tables of parties.

    Args:
        articles: Which ones' findings count; all if there are none.
    """
    return sa.union_all(*(_counted(*each, articles) for each in _PARTIES))


_PARTIES = (
    (schema.statement_actors, schema.statements, "statement_id", "act"),
    (schema.event_actors, schema.events, "event_id", "type"),
)
"""The tables of parties, what they are parties to, and what is told apart."""


def _counted(
    parties: sa.Table, findings: sa.Table, link: str, what: str, articles: Sequence[int] | None
) -> sa.Select[tuple[int, str, str, str, int]]:
    month = sa.func.coalesce(sa.func.substr(parties.c.day, 1, 7), "")
    group = (parties.c.actor_id, parties.c.role, parties.c[what], month)
    query = sa.select(*group, sa.func.count()).group_by(*group)
    if articles is None:
        return query
    query = query.join_from(parties, findings, findings.c.id == parties.c[link])
    return query.where(findings.c.article_id.in_(articles))


def _count(connection: sa.Connection, sign: int, articles: Sequence[int] | None) -> None:
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    found = counted(articles).subquery()
    actor, role, what, month, number = found.c
    columns = (actor, role, what, month, sign * number)
    rows = sa.select(*columns).where(sa.true())  # SQLite needs a condition to see where it ends
    insert = make(_t).from_select([column.name for column in _t.c], rows)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=list(_t.primary_key.columns),
            set_={"number": _t.c.number + insert.excluded.number},
        )
    )
