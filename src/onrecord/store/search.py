"""Full-text search: what the two databases need beside the tables, and how they are asked."""

import re
from collections.abc import Iterator

import sqlalchemy as sa

from onrecord.store.schema import articles, statements

__all__ = ["INDEXED", "create_index", "matches", "snippet", "to_fts5"]

INDEXED: tuple[tuple[sa.Table, tuple[str, ...]], ...] = (
    (statements, ("content", "source")),
    (articles, ("title", "text")),
)
"""What can be searched for words: each table, and its columns."""

OPENING, CLOSING = "\ue000", "\ue001"
"""Around each hit in a snippet: characters for private use, which no article means."""

_PART = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"\w")
SHOWN = 24
"""Words of a snippet."""


def create_index(connection: sa.Connection) -> None:
    """Create the indexes of words and what keeps them up to date."""
    write = _for_sqlite if connection.dialect.name == "sqlite" else _for_postgresql
    for table, columns in INDEXED:
        for command in write(table.name, columns):
            connection.exec_driver_sql(command)


def _for_sqlite(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    names = ", ".join(columns)
    new = ", ".join(f"new.{name}" for name in columns)
    old = ", ".join(f"old.{name}" for name in columns)
    index = f"{table}_fts"
    insert = f"INSERT INTO {index}(rowid, {names}) VALUES (new.id, {new});"  # noqa: S608 (names of ours)
    delete = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608
    return (
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', content_rowid='id', "
        "tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {insert} END",
        f"CREATE TRIGGER {table}_gone AFTER DELETE ON {table} BEGIN {delete} END",
        f"CREATE TRIGGER {table}_changed AFTER UPDATE OF {names} ON {table} "
        f"BEGIN {delete} {insert} END",
    )


def _for_postgresql(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    words = " || ' ' || ".join(f"coalesce({name}, '')" for name in columns)
    return (
        f"ALTER TABLE {table} ADD COLUMN words_of_it tsvector GENERATED ALWAYS AS "
        f"(to_tsvector('english', left({words}, 500000))) STORED",
        f"CREATE INDEX {table}_words ON {table} USING gin(words_of_it)",
    )


def matches(dialect: str, table: sa.Table, words: str) -> sa.ColumnElement[bool]:
    """Return the condition that a row of the table has the words.

    Args:
        dialect: `sqlite`, `postgresql` or `duckdb`.
        table: One of `INDEXED`.
        words: Words and "phrases" that must all be there; -word must not.
    """
    if dialect == "sqlite":
        index = f"{table.name}_fts"
        hits = sa.text(f"SELECT rowid FROM {index} WHERE {index} MATCH :words")  # noqa: S608
        query = hits.bindparams(words=to_fts5(words)).columns(sa.column("rowid", sa.Integer))
        return table.c.id.in_(query)
    if dialect == "duckdb":
        return sa.and_(*_patterns(table, words))
    query_words = sa.func.websearch_to_tsquery("english", words)
    return sa.literal_column(f"{table.name}.words_of_it").op("@@")(query_words)


def _patterns(table: sa.Table, words: str) -> Iterator[sa.ColumnElement[bool]]:
    """Yield the conditions of a search without an index: words by their beginnings."""
    columns = next(columns for each, columns in INDEXED if each.name == table.name)
    held = sa.func.lower(sa.func.concat_ws(" ", *(table.c[name] for name in columns)))
    for minus, phrase, word in _PART.findall(words.replace("\0", " ")):
        parts = re.findall(r"\w+", (phrase or word).lower())
        if not parts:
            continue
        whole = r"\W+".join(re.escape(part) for part in parts)
        pattern = rf"\b{whole}" if phrase or len(parts) > 1 else rf"\b{re.escape(_stem(parts[0]))}"
        found = sa.func.regexp_matches(held, pattern)
        yield sa.not_(found) if minus else found


def _stem(word: str) -> str:
    """Return a word without its commonest endings, as a stemmer would leave it."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def to_fts5(words: str) -> str:
    """Return the words as a query of FTS5 in which nothing of theirs is read as a command.

    Example:
        >>> to_fts5('NATO "not an inch" -Baltic')
        '"NATO" "not an inch" NOT "Baltic"'
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _PART.findall(words.replace("\0", " ")):
        part = phrase or word.replace('"', "")
        if _WORD.search(part):
            (unwanted if minus else wanted).append(f'"{part}"')
    if not wanted:
        return '""'
    return " NOT ".join((" ".join(wanted), *unwanted))


def snippet(text: str, words: str) -> str:
    """Return the stretch of text in which most of the words are, each hit between marks.

    Words are compared by their beginnings, as both databases compare stems.
    """
    wanted = {_root(part) for part in re.findall(r"\w+", words)}
    found = [(match.start(), match.end()) for match in re.finditer(r"\w+", text)]
    hits = [place for place, (start, end) in enumerate(found) if _root(text[start:end]) in wanted]
    first = _densest(hits)
    shown = range(max(first - 4, 0), min(first + SHOWN, len(found)))
    if not shown:
        return text[:200]
    parts, at = [], found[shown[0]][0]
    for place in shown:
        start, end = found[place]
        word = text[start:end]
        mark = f"{OPENING}{word}{CLOSING}" if _root(word) in wanted else word
        parts.append(text[at:start] + mark)
        at = end
    before, after = ("… " if shown[0] else ""), (" …" if shown[-1] < len(found) - 1 else "")
    return before + "".join(parts) + after


def _root(word: str) -> str:
    """Return what two forms of a word share: five letters tell most English stems apart."""
    return word.casefold()[:5]


def _densest(hits: list[int]) -> int:
    best, most = 0, 0
    right = 0
    for left, place in enumerate(hits):
        while right < len(hits) and hits[right] < place + SHOWN - 4:
            right += 1
        if right - left > most:
            best, most = place, right - left
    return best
