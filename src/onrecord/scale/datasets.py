"""Read the articles of a Ray dataset into records."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from onrecord.article import Article
from onrecord.export.json import record_line
from onrecord.intake.normalise import normalised
from onrecord.intake.outcomes import Taken
from onrecord.scale.pool import read_one
from onrecord.store.answers import Failed
from onrecord.store.packing import published_of

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

__all__ = ["read"]


def read(dataset: "Dataset", *, columns: Mapping[str, str] | None = None) -> "Dataset":
    """Read the articles of a Ray dataset, on each core of the cluster with networks of its own.

    Args:
        dataset: A row an article: `text`, and what is known of `id`, `title`, `outlet`, `url` and
            `published` (ISO 8601, a date or a time).
        columns: What these are called in the dataset, where they have other names.

    Returns:
        A row an article, in any order: `id`, `sha256`, `record` (JSON, as `record_to_json` gives
        it) and `failure` (why there is none), of which one is null.
    """
    import ray

    cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
    return dataset.map_batches(
        _RecordReader,
        fn_constructor_args=(dict(columns or {}),),
        batch_size=64,
        batch_format="pyarrow",
        num_cpus=1,
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=cores),
    )


class _RecordReader:
    """Reads rows into records."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        self._columns = columns

    def __call__(self, table: "pa.Table") -> "pa.Table":
        import pyarrow as pa

        names = ("id", "sha256", "record", "failure")
        rows = [self._read(row) for row in table.to_pylist()]
        return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in names]))

    def _read(self, row: Mapping[str, Any]) -> dict[str, str | None]:
        told = {
            name: row.get(self._columns.get(name, name))
            for name in ("text", "id", "title", "outlet", "url", "published")
        }
        article = _article(told)
        outcome = read_one(Taken(article.id, article))
        found: dict[str, str | None] = {"id": article.id, "sha256": article.sha256}
        if isinstance(outcome, Failed):
            return found | {"failure": outcome.reason}
        return found | {"record": record_line(outcome.record).decode()}


def _article(told: Mapping[str, Any]) -> Article:
    published = told["published"]
    if published is not None and not hasattr(published, "year"):
        published = published_of(str(published))
    return normalised(
        Article(
            text=told["text"] or "",
            id=str(told["id"] or ""),
            title=told["title"],
            outlet=told["outlet"],
            url=told["url"],
            published=published,
            published_from="given" if published else None,
        )
    )
