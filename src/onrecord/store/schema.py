"""The tables of a store, for SQLite and PostgreSQL alike.

An article's record is kept whole, packed, in `records`; the other tables are made from it so that
questions can be asked. They hold what is current: an article that a later version has replaced
keeps its record, and its findings leave the tables. `docs/store.md` describes every table.
"""

import sqlalchemy as sa

__all__ = [
    "METADATA",
    "VERSION",
    "actor_names",
    "actors",
    "appearances",
    "articles",
    "copies",
    "copy_keys",
    "corrections",
    "dispute_sides",
    "disputes",
    "event_actors",
    "event_statements",
    "events",
    "failures",
    "feeds",
    "places",
    "records",
    "runs",
    "statement_actors",
    "statements",
    "store_version",
    "stories",
    "swaps",
    "tallies",
]

VERSION = 2
"""Version of this schema; `migrations` brings older stores forward."""

METADATA = sa.MetaData()

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""SQLite numbers rows itself only where the key is an INTEGER."""


def _key(name: str = "id") -> sa.Column[int]:
    return sa.Column(name, _ID, primary_key=True)


def _of(name: str, target: str, *, key: bool = False, required: bool = True) -> sa.Column[int]:
    """Return a column that points at another table's row and goes when that row goes."""
    link = sa.ForeignKey(f"{target}.id", ondelete="CASCADE")
    return sa.Column(name, _ID, link, primary_key=key, nullable=not required)


def _text(name: str, *, key: bool = False, required: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=not (required or key))


store_version = sa.Table(
    "store_version",
    METADATA,
    sa.Column("version", sa.Integer, primary_key=True),
)

runs = sa.Table(
    "runs",
    METADATA,
    _key(),
    _text("command", required=True),
    _text("started_at", required=True),
    _text("ended_at"),
    _text("program", required=True),
    _text("networks", required=True),
)

stories = sa.Table(
    "stories",
    METADATA,
    _key(),
    sa.Column("original_id", _ID, nullable=True),
    _text("reason"),
)

articles = sa.Table(
    "articles",
    METADATA,
    _key(),
    _text("name", required=True),
    _text("title"),
    _text("headline", required=True),
    _text("outlet"),
    _text("url"),
    _text("published"),
    _text("published_from"),
    _text("day"),
    _text("language"),
    sa.Column("words", sa.Integer, nullable=False),
    _text("text", required=True),
    _text("sha256", required=True),
    _text("source", required=True),
    _text("added_at", required=True),
    _of("run_id", "runs"),
    sa.Column("replaced_by", _ID, nullable=True),
    _of("story_id", "stories", required=False),
    sa.Column("copy_of", _ID, nullable=True),
    _text("rewriting"),
    sa.Column("rewriting_odds", sa.Float, nullable=True),
    sa.Index("articles_sha256", "sha256", unique=True),
    sa.Index("articles_url", "url"),
    sa.Index("articles_source", "source"),
    sa.Index("articles_day", "day", "id"),
    sa.Index("articles_name", "name"),
    sa.Index("articles_story", "story_id"),
    sa.Index("articles_run", "run_id"),
    sa.Index("articles_outlet", "outlet"),
)

records = sa.Table(
    "records",
    METADATA,
    _of("article_id", "articles", key=True),
    _text("format", required=True),
    sa.Column("packed", sa.LargeBinary, nullable=False),
)

actors = sa.Table(
    "actors",
    METADATA,
    _key(),
    _text("identity", required=True),
    _text("name", required=True),
    _text("kind", required=True),
    _text("country"),
    _text("sector"),
    sa.Column("unnamed", sa.Boolean, nullable=False),
    _text("links", required=True),
    sa.Index("actors_identity", "identity", unique=True),
)

actor_names = sa.Table(
    "actor_names",
    METADATA,
    _text("name", key=True),
    _of("actor_id", "actors", key=True),
    sa.Index("actor_names_actor", "actor_id"),
)

appearances = sa.Table(
    "appearances",
    METADATA,
    _of("article_id", "articles", key=True),
    _text("finding", key=True),
    _of("actor_id", "actors"),
    _text("title"),
    _text("day"),
    sa.Column("mentions", sa.Integer, nullable=False),
    sa.Index("appearances_actor", "actor_id", "title", "day", "article_id"),
)

statements = sa.Table(
    "statements",
    METADATA,
    _key(),
    _of("article_id", "articles"),
    _text("finding", required=True),
    _text("day"),
    _text("said_on"),
    _text("source", required=True),
    _text("cue", required=True),
    _text("content", required=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    _text("mode", required=True),
    _text("act", required=True),
    _text("plover"),
    _text("cameo"),
    _text("place"),
    _of("within_id", "statements", required=False),
    sa.Column("hedged", sa.Boolean, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("is_copy", sa.Boolean, nullable=False),
    sa.Index("statements_finding", "article_id", "finding", unique=True),
    sa.Index("statements_act", "act", "day"),
    sa.Index("statements_day", "day"),
    sa.Index("statements_within", "within_id"),
    sa.Index("statements_confidence", "confidence"),
)

statement_actors = sa.Table(
    "statement_actors",
    METADATA,
    _of("statement_id", "statements", key=True),
    _text("role", key=True),
    _of("actor_id", "actors", key=True),
    _text("country"),
    _text("act", required=True),
    _text("day"),
    sa.Index("statement_actors_actor", "actor_id", "role", "day"),
    sa.Index("statement_actors_act", "actor_id", "role", "act", "day"),
    sa.Index("statement_actors_country", "country", "role", "act", "day"),
    sa.Index("statement_actors_country_day", "country", "role", "day"),
)

events = sa.Table(
    "events",
    METADATA,
    _key(),
    _of("article_id", "articles"),
    _text("finding", required=True),
    _text("day"),
    _text("on"),
    _text("type", required=True),
    _text("mode"),
    _text("cameo", required=True),
    sa.Column("quad", sa.Integer, nullable=False),
    sa.Column("goldstein", sa.Float, nullable=False),
    _text("status", required=True),
    _text("trigger", required=True),
    _text("sentence", required=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    _text("place"),
    _text("country"),
    sa.Column("lat", sa.Float, nullable=True),
    sa.Column("lon", sa.Float, nullable=True),
    _text("label"),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("is_copy", sa.Boolean, nullable=False),
    _text("occurrence", required=True),
    sa.Index("events_finding", "article_id", "finding", unique=True),
    sa.Index("events_type", "type", "day"),
    sa.Index("events_day", "day"),
    sa.Index("events_country", "country", "day"),
    sa.Index("events_occurrence", "occurrence"),
)

event_actors = sa.Table(
    "event_actors",
    METADATA,
    _of("event_id", "events", key=True),
    _text("role", key=True),
    _of("actor_id", "actors", key=True),
    _text("country"),
    _text("sector"),
    _text("type", required=True),
    _text("day"),
    sa.Index("event_actors_actor", "actor_id", "role", "day"),
    sa.Index("event_actors_type", "actor_id", "role", "type", "day"),
    sa.Index("event_actors_country", "country", "role", "type", "day"),
    sa.Index("event_actors_country_day", "country", "role", "day"),
)

tallies = sa.Table(
    "tallies",
    METADATA,
    _of("actor_id", "actors", key=True),
    _text("role", key=True),
    _text("what", key=True),
    _text("month", key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

event_statements = sa.Table(
    "event_statements",
    METADATA,
    _of("event_id", "events", key=True),
    _text("role", key=True),
    _of("statement_id", "statements", key=True),
    sa.Index("event_statements_statement", "statement_id"),
)

disputes = sa.Table(
    "disputes",
    METADATA,
    _key(),
    _of("article_id", "articles"),
    _text("finding", required=True),
    _text("kind", required=True),
    _of("claim_id", "statements"),
    _of("answer_id", "statements"),
    _text("day"),
    _text("topic", required=True),
    _text("why", required=True),
    sa.Column("across", sa.Boolean, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("is_copy", sa.Boolean, nullable=False),
    sa.Index("disputes_pair", "claim_id", "answer_id", unique=True),
    sa.Index("disputes_answer", "answer_id"),
    sa.Index("disputes_article", "article_id"),
    sa.Index("disputes_day", "day"),
)

dispute_sides = sa.Table(
    "dispute_sides",
    METADATA,
    _of("dispute_id", "disputes", key=True),
    _text("side", key=True),
    _of("actor_id", "actors", key=True),
    _text("day"),
    sa.Index("dispute_sides_actor", "actor_id", "day"),
)

places = sa.Table(
    "places",
    METADATA,
    _of("article_id", "articles", key=True),
    sa.Column("start", sa.Integer, primary_key=True),
    sa.Column("end", sa.Integer, nullable=False),
    _text("name", required=True),
    _text("country"),
    sa.Column("lat", sa.Float, nullable=True),
    sa.Column("lon", sa.Float, nullable=True),
    sa.Column("geonames", sa.Integer, nullable=True),
)

copy_keys = sa.Table(
    "copy_keys",
    METADATA,
    sa.Column("key", sa.BigInteger, primary_key=True),
    _of("article_id", "articles", key=True),
    sqlite_with_rowid=False,
)

copies = sa.Table(
    "copies",
    METADATA,
    _of("article_id", "articles", key=True),
    _of("other_id", "articles", key=True),
    _text("kind", required=True),
    sa.Column("probability", sa.Float, nullable=False),
    sa.Column("share", sa.Float, nullable=False),
    sa.Column("other_share", sa.Float, nullable=False),
    sa.Column("kept", sa.Float, nullable=False),
    sa.Column("quotes", sa.Integer, nullable=False),
    sa.Column("sentences", sa.Integer, nullable=False),
    _text("why", required=True),
    sa.Index("copies_other", "other_id"),
)

swaps = sa.Table(
    "swaps",
    METADATA,
    _of("article_id", "articles", key=True),
    sa.Column("start", sa.Integer, primary_key=True),
    sa.Column("end", sa.Integer, nullable=False),
    _text("put", required=True),
    _text("original", required=True),
    _of("original_id", "articles"),
    sa.Index("swaps_put", "put", "original", "article_id"),
    sa.Index("swaps_original", "original_id"),
)

corrections = sa.Table(
    "corrections",
    METADATA,
    _key(),
    _of("article_id", "articles"),
    _text("kind", required=True),
    _text("finding", required=True),
    _text("action", required=True),
    _text("field"),
    _text("value"),
    _text("kept", required=True),
    _text("by", required=True),
    _text("at", required=True),
    _text("reason", required=True),
    sa.Column("withdrawn", sa.Boolean, nullable=False),
    sa.Index("corrections_article", "article_id"),
)

failures = sa.Table(
    "failures",
    METADATA,
    _key(),
    _text("source", required=True),
    _text("reason", required=True),
    _text("at", required=True),
    _of("run_id", "runs"),
    sa.Index("failures_source", "source", unique=True),
)

feeds = sa.Table(
    "feeds",
    METADATA,
    _text("url", key=True),
    _text("state", required=True),
)
