"""Bring rows together that belong together, from all machines, with Ray."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Side", "blocks_of", "shuffle"]

Side = tuple[Sequence[Any], Callable[[Any], "pa.Table"], str]
"""Blocks, or Ray's references to them; what makes a table of a block; and the column of integers by
which its rows go to buckets."""

_Item = TypeVar("_Item")


def blocks_of(items: Sequence[_Item], most: int) -> list[Sequence[_Item]]:
    """Return the items in at most so many runs of about one length.

    Example:
        >>> blocks_of("abcde", 2)
        ['abc', 'de']
    """
    size = max(1, -(-len(items) // most))
    return [items[start : start + size] for start in range(0, len(items), size)]


def shuffle(sides: Sequence[Side], join: Callable[..., Any], buckets: int) -> list[Any]:
    """Return references to what `join` makes of each bucket, given one table a side.

    A task that is lost with its machine is run again, by Ray.

    Args:
        sides: What is brought together.
        join: Called with the bucket's rows of each side.
        buckets: How many; rows of equal value are in one.
    """
    import ray

    split = ray.remote(num_returns=buckets)(_split)
    joined = ray.remote(_joined)
    counts = [len(blocks) for blocks, _, _ in sides]
    pieces = [
        split.remote(block, make, by, buckets) for blocks, make, by in sides for block in blocks
    ]
    rows = pieces if buckets > 1 else [[each] for each in pieces]
    return [joined.remote(join, counts, *column) for column in zip(*rows, strict=True)]


def _split(block: Any, make: Callable[[Any], "pa.Table"], by: str, buckets: int) -> Any:  # noqa: ANN401
    table = make(block)
    bucket = _mixed(table[by].to_numpy()) % buckets
    pieces = [table.filter(bucket == number) for number in range(buckets)]
    return pieces if buckets > 1 else pieces[0]


def _joined(join: Callable[..., Any], counts: Sequence[int], *pieces: "pa.Table") -> Any:  # noqa: ANN401
    import pyarrow as pa

    left = iter(pieces)
    return join(*(pa.concat_tables(list(islice(left, count))) for count in counts))


def _mixed(values: Any) -> Any:  # noqa: ANN401 (arrays)
    """Return numbers that are spread evenly whatever the values have in common."""
    import numpy as np

    return (values.astype(np.int64).view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(
        33
    )
