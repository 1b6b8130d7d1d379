"""Let the articles of a group of copies come into a store one after the other, on any machine.

What a store says in the end (which copies which, stories, learned wordings) hangs on the order in
which its articles came; so the same code runs here, over the groups one by one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from onrecord.copies.verdict import Verdict
from onrecord.store import schema
from onrecord.store.copying import copied_stretches, join_copies, mark_copies
from onrecord.store.database import Database
from onrecord.store.parts import key_of
from onrecord.store.rows import Row

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["REPLAYED", "by_position", "replay"]

_VERDICT = tuple(field.name for field in fields(Verdict))
REPLAYED = ("article_links", "copied", "stories", "swaps")
"""Tables of an archive that are made so."""
_WHOLE = 2**31
"""An end behind all texts: everything in an article is copied."""


def replay(replaced: Any, verdicts: "pa.Table", articles: "pa.Table") -> dict[str, list[Row]]:  # noqa: ANN401
    """Let articles come into a store one after the other, and return what it says in the end."""
    import ray

    versions: pa.Table = ray.get(replaced)
    gone = sorted(
        zip(versions["replaced_at"].to_pylist(), versions["position"].to_pylist(), strict=True)
    )
    copied: dict[int, dict[int, Verdict]] = defaultdict(dict)
    for row in sorted(verdicts.to_pylist(), key=lambda row: (row["article"], row["second"])):
        verdict = Verdict(**{name: row[name] for name in _VERDICT})
        copied[row["article"]][row["second"]] = verdict
    rows = {row["position"]: row for row in articles.to_pylist()}
    store = Database(":memory:", create=True)
    try:
        with store.writing() as connection:
            _fill(connection, rows)
            _let_in(connection, copied, [(at, each) for at, each in gone if each in rows])
            return _outcome(connection, rows, by_position(versions, "replaced_by"))
    finally:
        store.close()


def _fill(connection: sa.Connection, rows: Mapping[int, Row]) -> None:
    """Put articles into a store, with their places for numbers; as yet they copy nothing."""
    run = {"id": 1, "command": "", "started_at": "", "program": "", "networks": ""}
    connection.execute(schema.runs.insert(), run)
    told = dict.fromkeys(("name", "headline", "source", "added_at"), "") | {"run_id": 1}
    named = ("day", "words", "rewriting_odds", "text")
    values = [
        told | {name: row[name] for name in named} | {"id": position, "sha256": str(position)}
        for position, row in sorted(rows.items())
    ]
    if values:
        connection.execute(schema.articles.insert(), values)


def _let_in(
    connection: sa.Connection,
    copied: Mapping[int, Mapping[int, Verdict]],
    gone: Sequence[tuple[int, int]],
) -> None:
    table, done = schema.articles, 0
    for position, verdicts in copied.items():
        while done < len(gone) and gone[done][0] <= position:
            at, each = gone[done]
            connection.execute(table.update().where(table.c.id == each).values(replaced_by=at))
            done += 1
        mark_copies(connection, [join_copies(connection, position, verdicts)])


def _outcome(
    connection: sa.Connection, rows: Mapping[int, Row], replaced: Mapping[int, int]
) -> dict[str, list[Row]]:
    """Return the rows of `REPLAYED`, with the keys that the archive has."""
    ids = {position: row["id"] for position, row in rows.items()}
    table = schema.articles
    query = sa.select(table.c.id, table.c.story_id, table.c.copy_of).order_by(table.c.id)
    found = connection.execute(query.where(table.c.story_id.is_not(None))).all()
    stories: dict[int, int] = {}
    for row in found:
        stories.setdefault(row.story_id, key_of("stories", ids[row.id]))
    told = connection.execute(sa.select(schema.stories)).mappings()
    return {
        "article_links": [
            {
                "article_id": ids[row.id],
                "story_id": stories[row.story_id],
                "copy_of": ids[row.copy_of] if row.copy_of else None,
                "replaced_by": replaced.get(row.id),
            }
            for row in found
        ],
        "copied": [
            {"article_id": ids[row.id], "start": start, "end": end}
            for row in found
            if row.copy_of
            for start, end in _stretches(rows[row.id]["text"], rows[row.copy_of]["text"])
        ],
        "stories": [
            row | {"id": stories[row["id"]], "original_id": ids[row["original_id"]]}
            for row in map(dict, told)
            if row["id"] in stories
        ],
        "swaps": [
            dict(row)
            | {"article_id": ids[row["article_id"]], "original_id": ids[row["original_id"]]}
            for row in connection.execute(sa.select(schema.swaps)).mappings()
        ],
    }


def _stretches(text: str, original: str) -> list[tuple[int, int]]:
    found = copied_stretches(text, original)
    return [(0, _WHOLE)] if found is None else found


def by_position(table: "pa.Table", column: str) -> dict[int, Any]:
    """Return what a column holds, by the places of the articles."""
    return dict(zip(table["position"].to_pylist(), table[column].to_pylist(), strict=True))
