"""What comparing all articles of an archive gives: which replace which, which copy which.

The same as when they come into a store one after the other (`store.copying`), by their places in
what was read, with every step spread over the cluster: articles that have an address together are
versions; keys are brought together, each pair of articles that has one in common gets a vote, the
pairs with most votes are brought together with their texts and compared; and what copies what makes
groups (connected components), in each of which things happen in order, as they do in a store.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from onrecord.copies.index import COMMON, LEAST, POSTINGS, likeliest
from onrecord.copies.verdict import compare
from onrecord.copies.words import cut
from onrecord.scale.parts import Folder, table_of
from onrecord.scale.replaying import REPLAYED, by_position, replay
from onrecord.scale.shuffle import blocks_of, shuffle
from onrecord.store.folder import LINKED
from onrecord.store.rows import Row

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["groups_of", "link"]

_SPLITS = 4
"""Blocks a core into which what is read is split, and buckets a core."""
_NEVER = 2**63 - 1
_PRINTED = ("kind", "probability", "kept", "quotes", "sentences", "why")
_ARTICLE = ("position", "id", "day", "words", "rewriting_odds", "text")


def link(folder: Folder, cores: int) -> None:
    """Find versions and copies among all articles of an archive, and write them down.

    Args:
        folder: The archive; Ray is connected.
        cores: How many there are.
    """
    import ray

    most = cores * _SPLITS
    articles, keys = (blocks_of(paths, most) for paths in folder.paths("articles", "copy_keys"))
    if not keys:
        return
    at, made = folder.address, uuid.uuid4().hex
    versions = _gathered(shuffle([(articles, partial(_addresses, at), "place")], _versions, most))
    replaced = ray.put(versions)
    votes = shuffle([(keys, partial(_keys, at), "key")], _votes, most)
    pairs = shuffle([(votes, _same, "article")], _likeliest, most)
    texts = (articles, partial(_texts, at, ray.put(_members(pairs))), "position")
    told = shuffle([(pairs, _same, "second"), texts], _told, most)
    verdicts = shuffle([(told, _same, "article"), texts], partial(_verdicts, replaced), most)
    grouped = groups_of(_gathered(_each(_edges, verdicts)))
    groups = ray.put(grouped)
    copying = (verdicts, partial(_grouped, groups), "group")
    members = (articles, partial(_grouped_texts, at, groups), "group")
    rows = {"copies": _each(_copies, verdicts)}
    replayed = shuffle([copying, members], partial(replay, replaced), most)
    rows |= {name: _each(partial(_part, name), replayed) for name in REPLAYED}
    rows["article_links"].append(ray.put(_only_replaced(versions, grouped[0])))
    write = ray.remote(_write)
    files = {
        name: [write.remote(at, name, f"{made}-{number}", each) for number, each in enumerate(refs)]
        for name, refs in rows.items()
    }
    folder.link({name: ray.get(paths) for name, paths in files.items()})


def _each(function: Any, blocks: Sequence[Any]) -> list[Any]:  # noqa: ANN401
    """Return references to what a function makes of each block, where the blocks are."""
    import ray

    task = ray.remote(_called)
    return [task.remote(function, block) for block in blocks]


def _called(function: Any, block: Any) -> Any:  # noqa: ANN401
    return function(block)


def _write(address: str, name: str, part: str, rows: Sequence[Row]) -> str:
    """Write rows of one of the tables `LINKED`, and return the file's path."""
    path = f"linked/{name}/{part}.parquet"
    Folder(address).write(path, table_of(LINKED[name], rows))
    return path


def _part(name: str, replayed: Mapping[str, list[Row]]) -> list[Row]:
    return replayed[name]


def _addresses(address: str, paths: Sequence[str]) -> "pa.Table":
    """Return which articles have an address, and a number made of it."""
    folder = Folder(address)
    table = _concat([folder.read(path, ("url", "position", "id")) for path in paths])
    table = table.filter(table["url"].is_valid())
    places = [
        int.from_bytes(blake2b(url.encode(), digest_size=8).digest(), signed=True)
        for url in table["url"].to_pylist()
    ]
    return table.append_column("place", [_int64(places)])


def _versions(table: "pa.Table") -> "pa.Table":
    """Return the articles whose address a later one has, with place and key of the next one."""
    rows = table.sort_by([("url", "ascending"), ("position", "ascending")])
    urls, positions, ids = (rows[name].to_pylist() for name in ("url", "position", "id"))
    found = [row for row in range(len(urls) - 1) if urls[row] and urls[row] == urls[row + 1]]
    return _table(
        position=[positions[row] for row in found],
        replaced_at=[positions[row + 1] for row in found],
        id=[ids[row] for row in found],
        replaced_by=[ids[row + 1] for row in found],
    )


def _keys(address: str, paths: Sequence[str]) -> "pa.Table":
    folder = Folder(address)
    return _concat([folder.read(path, ("key", "position", "among")) for path in paths])


def _votes(table: "pa.Table") -> "pa.Table":
    """Return how many keys each article has in common with earlier ones that still list them."""
    import numpy as np

    rows = table.sort_by([("key", "ascending"), ("position", "ascending")])
    keys, positions, among = (rows[name].to_numpy() for name in ("key", "position", "among"))
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]][: len(keys)])
    sizes = np.diff(np.r_[starts, len(keys)])
    found = [_nothing()]
    for size in np.unique(sizes[sizes > 1]).tolist():
        later, earlier = _pairs(size)
        first = starts[sizes == size][:, None]
        one, other = (first + later).ravel(), (first + earlier).ravel()
        common = np.tile(np.minimum(later, POSTINGS) > COMMON, len(first)).astype(np.int64)
        made = _table(
            article=positions[one], second=positions[other], among=among[one], common=common
        )
        found.append(_counted(made.append_column("votes", [np.ones(len(one), np.int64)])))
    return _counted(_concat(found))


def _pairs(size: int) -> Any:  # noqa: ANN401 (two arrays)
    """Return places of articles with one key, and for each those of the earlier that have it."""
    import numpy as np

    held = np.minimum(np.arange(size), POSTINGS)
    later = np.repeat(np.arange(size), held)
    begins = np.repeat(np.cumsum(held) - held, held)
    return later, np.arange(len(later)) - begins


def _counted(table: "pa.Table") -> "pa.Table":
    """Return one row a pair."""
    sums = table.group_by(["article", "second"]).aggregate(
        [
            ("among", "max"),
            ("common", "sum"),
            ("votes", "sum"),
        ]
    )
    return sums.rename_columns(["article", "second", "among", "common", "votes"])


def _nothing() -> "pa.Table":
    return _table(article=[], second=[], among=[], common=[], votes=[])


def _likeliest(table: "pa.Table") -> "pa.Table":
    """Return the pairs that are worth comparing, with the share of their keys that many have."""
    import pyarrow as pa

    counted = _counted(table)
    enough = counted["votes"].to_numpy() >= LEAST * counted["among"].to_numpy()
    votes: dict[int, dict[int, int]] = defaultdict(dict)
    among: dict[int, int] = {}
    common: dict[tuple[int, int], float] = {}
    for row in counted.filter(enough).to_pylist():
        article, second = row["article"], row["second"]
        votes[article][second], among[article] = row["votes"], row["among"]
        common[article, second] = row["common"] / row["votes"]
    pairs = [
        (article, second)
        for article, shared in votes.items()
        for second in likeliest(shared, among[article])
    ]
    made = _table(article=[one for one, _ in pairs], second=[other for _, other in pairs])
    return made.append_column("common", [pa.array([common[each] for each in pairs], pa.float64())])


def _members(pairs: Sequence[Any]) -> Any:  # noqa: ANN401 (an array)
    """Return the places of all articles that are compared, in order."""
    import numpy as np
    import ray

    return np.unique(np.concatenate(ray.get(_each(_named, pairs))))


def _named(pairs: "pa.Table") -> Any:  # noqa: ANN401 (an array)
    import numpy as np

    return np.unique(np.r_[pairs["article"].to_numpy(), pairs["second"].to_numpy()])


def _texts(address: str, wanted: Any, paths: Sequence[str]) -> "pa.Table":  # noqa: ANN401
    import numpy as np
    import ray

    return _some(
        address, paths, ("position", "id", "text"), lambda at: np.isin(at, ray.get(wanted))
    )


def _some(address: str, paths: Sequence[str], columns: Sequence[str], which: Any) -> "pa.Table":  # noqa: ANN401
    folder = Folder(address)
    tables = [folder.read(path, columns) for path in paths]
    return _concat([table.filter(which(table["position"].to_numpy())) for table in tables])


def _told(pairs: "pa.Table", articles: "pa.Table") -> "pa.Table":
    """Return the pairs, with key and text of the second."""
    import pyarrow as pa

    ids, texts = (by_position(articles, name) for name in ("id", "text"))
    seconds = pairs["second"].to_pylist()
    told = pairs.append_column("other_id", [_int64([ids[each] for each in seconds])])
    return told.append_column("text", [pa.array([texts[each] for each in seconds], pa.string())])


def _verdicts(replaced: Any, pairs: "pa.Table", articles: "pa.Table") -> "pa.Table":  # noqa: ANN401
    """Compare each article with the earlier ones that no version had replaced by then."""
    import pyarrow as pa
    import ray

    versions: pa.Table = ray.get(replaced)
    gone = dict(
        zip(versions["position"].to_pylist(), versions["replaced_at"].to_pylist(), strict=True)
    )
    own = {position: cut(text) for position, text in by_position(articles, "text").items()}
    ids = by_position(articles, "id")
    rows = [
        {
            **{name: row[name] for name in ("article", "second", "other_id")},
            "article_id": ids[row["article"]],
            **asdict(verdict),
        }
        for row in pairs.to_pylist()
        if gone.get(row["second"], _NEVER) > row["article"]
        and (verdict := compare(own[row["article"]], cut(row["text"]), common=row["common"]))
    ]
    numbers = ("article", "second", "article_id", "other_id", "quotes", "sentences")
    kinds = dict.fromkeys(numbers, pa.int64())
    kinds |= dict.fromkeys(("probability", "one", "other", "kept"), pa.float64())
    kinds |= dict.fromkeys(("kind", "why"), pa.string())
    return pa.Table.from_pylist(rows, pa.schema(list(kinds.items())))


def groups_of(table: "pa.Table") -> Any:  # noqa: ANN401 (two arrays)
    """Return the places of all articles that copy or are copied, and the first of each's group.

    Args:
        table: Places of an article (`article`) and of one that it copies (`second`).
    """
    import numpy as np

    one, other = table["article"].to_numpy(), table["second"].to_numpy()
    positions, places = np.unique(np.r_[one, other], return_inverse=True)
    one, other = places[: len(one)], places[len(one) :]
    labels = np.arange(len(positions))
    while True:
        least = np.minimum(labels[one], labels[other])
        lower = labels.copy()
        np.minimum.at(lower, one, least)
        np.minimum.at(lower, other, least)
        lower = lower[lower]
        if (lower == labels).all():
            return positions, positions[labels]
        labels = lower


def _edges(verdicts: "pa.Table") -> "pa.Table":
    return _copies_only(verdicts).select(["article", "second"])


def _copies(verdicts: "pa.Table") -> list[Row]:
    """Return the rows of the table `copies`."""
    return [
        {
            **{name: row[name] for name in (*_PRINTED, "article_id", "other_id")},
            "share": row["one"],
            "other_share": row["other"],
        }
        for row in verdicts.to_pylist()
    ]


def _copies_only(table: "pa.Table") -> "pa.Table":
    import pyarrow.compute as pc

    return table.filter(pc.not_equal(table["kind"], "report"))


def _grouped(groups: Any, verdicts: "pa.Table") -> "pa.Table":  # noqa: ANN401 (Ray's reference)
    """Return what says that one article copies another, with the group."""
    import numpy as np
    import ray

    positions, labels = ray.get(groups)
    table = _copies_only(verdicts)
    found = np.searchsorted(positions, table["article"].to_numpy())
    return table.append_column("group", [_int64(labels[found])])


def _grouped_texts(address: str, groups: Any, paths: Sequence[str]) -> "pa.Table":  # noqa: ANN401
    """Return the articles that have a group, with it."""
    import numpy as np
    import ray

    positions, labels = ray.get(groups)
    table = _some(address, paths, _ARTICLE, lambda at: np.isin(at, positions))
    found = np.searchsorted(positions, table["position"].to_numpy())
    return table.append_column("group", [_int64(labels[found])])


def _only_replaced(versions: "pa.Table", grouped: Any) -> list[Row]:  # noqa: ANN401 (an array)
    """Return the rows of `article_links` of articles that were replaced and have no group."""
    import numpy as np

    apart = versions.filter(~np.isin(versions["position"].to_numpy(), grouped))
    return [
        {"article_id": row["id"], "replaced_by": row["replaced_by"]} for row in apart.to_pylist()
    ]


def _same(table: "pa.Table") -> "pa.Table":
    return table


def _gathered(tables: Sequence[Any]) -> "pa.Table":
    """Return one table of those that are referred to, in order of its rows."""
    import ray

    table = _concat(ray.get(list(tables)))
    return table.sort_by([(name, "ascending") for name in table.schema.names[:2]])


def _concat(tables: Sequence["pa.Table"]) -> "pa.Table":
    import pyarrow as pa

    return pa.concat_tables(tables)


def _int64(values: Any) -> "pa.Array":  # noqa: ANN401 (what has numbers)
    import pyarrow as pa

    return pa.array(values, pa.int64())


def _table(**columns: Any) -> "pa.Table":  # noqa: ANN401
    import pyarrow as pa

    return pa.table({name: _int64(values) for name, values in columns.items()})
