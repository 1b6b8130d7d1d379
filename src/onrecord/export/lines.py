"""Records as JSON lines."""

from collections.abc import Iterable
from pathlib import Path

from onrecord.export.archive import Numbered
from onrecord.export.asides import bytes_aside
from onrecord.export.json import record_line

__all__ = ["write_jsonl"]


def write_jsonl(records: Iterable[Numbered], path: Path) -> int:
    """Write one record a line, as `onrecord read --json` does; return how many."""
    count = 0
    with bytes_aside(path) as stream:
        for each in records:
            stream.write(record_line(each.record) + b"\n")
            count += 1
    return count
