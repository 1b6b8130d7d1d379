"""The same reading for many articles: on all cores of this machine into a store, or on a cluster.

Example:
    >>> import ray.data, onrecord.scale  # doctest: +SKIP
    >>> articles = ray.data.read_parquet("s3://news/2022/")  # doctest: +SKIP
    >>> onrecord.scale.read(articles).write_parquet("s3://news/records/")  # doctest: +SKIP
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.scale.datasets import read

__all__ = ["read"]


def __getattr__(name: str) -> object:
    """Import `read` when it is first asked for: not all that is here needs what it needs."""
    if name != "read":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from onrecord.scale.datasets import read

    return read
