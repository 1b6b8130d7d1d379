"""Folders and patterns into the files that they stand for."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["ARTICLES", "expand"]

ARTICLES = frozenset({
    ".txt", ".text", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet",
    ".warc", ".eml", ".md", ".markdown", ".pdf",
})  # fmt: skip
"""What a file with articles in it is called, also with `.gz` after it; others are passed over."""
_PATTERN = frozenset("*?[")


def expand(sources: Iterable[str]) -> Iterator[str]:
    """Yield files for folders and patterns, in order of their names, and the rest as it is.

    A folder stands for the articles in it and below it, hidden ones left out; a pattern that
    fits nothing is yielded, so that its taker says that there is no such file.
    """
    for source in sources:
        if Path(source).is_dir():
            yield from _in_folder(Path(source))
        elif _PATTERN.isdisjoint(source) or Path(source).exists() or "://" in source:
            yield source
        else:
            yield from sorted(glob.glob(source, recursive=True)) or [source]  # noqa: PTH207 (absolute patterns too)


def _in_folder(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _in_folder(path)
        elif _suffix(path) in ARTICLES:
            yield str(path)


def _suffix(path: Path) -> str:
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return name.suffix.lower()
