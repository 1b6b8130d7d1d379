"""The same reading for many articles: on all cores of this machine into a store, or on a cluster.

Example:
    >>> import ray.data, onrecord.scale  # doctest: +SKIP
    >>> articles = ray.data.read_parquet("s3://news/2022/")  # doctest: +SKIP
    >>> onrecord.scale.read(articles).write_parquet("s3://news/records/")  # doctest: +SKIP
"""

from onrecord.scale.datasets import read

__all__ = ["read"]
