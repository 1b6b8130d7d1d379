"""CSV, TSV and Parquet: one article a row."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from onrecord.errors import EmptyInput, InputError, NotText
from onrecord.intake.columns import assigned, row_to_article
from onrecord.intake.outcomes import Intake, Refused, Taken, too_large

__all__ = ["take_csv", "take_parquet"]

_DELIMITERS = ",;\t|"
_ROWS = 256
"""Rows of a Parquet file that are held at a time."""
_SAMPLE = 65_536
"""Bytes by which the encoding is told; the header is among them."""


def take_csv(stream: BinaryIO, source: str, intake: Intake) -> Iterator[Taken | Refused]:
    """Yield an article, or the reason why there is none, for each row of CSV or TSV.

    The first row names the columns; what stands between them is told from it.
    """
    try:
        rows = _rows_of_csv(stream, intake)
        names = next(rows)
        columns = assigned(names, intake.columns)
    except StopIteration:
        yield Refused(source, EmptyInput("empty; a row of names and rows of articles would be"))
        return
    except InputError as error:
        yield Refused(source, error)
        return
    number = 1
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except InputError as error:
            yield Refused(f"{source}:{number}", error)
            return
        if any(row):
            where = f"{source}:{number}"
            yield _taken(where, dict(zip(names, row, strict=False)), columns, intake)


def _rows_of_csv(stream: BinaryIO, intake: Intake) -> Iterator[list[str]]:
    head = stream.read(_SAMPLE)
    if b"\x00" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotText("not text (a NUL byte); CSV in UTF-8 would be right")
    whole = io.BufferedReader(_Joined(head, stream))
    text = io.TextIOWrapper(whole, encoding=_encoding(head), newline="")
    limit = csv.field_size_limit(intake.settings.max_bytes)
    try:
        line = text.readline()
        delimiter = max(_DELIMITERS, key=line.count)
        yield from csv.reader(_again(line, text), delimiter=delimiter)
    except UnicodeDecodeError as error:
        raise NotText(f"not {error.encoding} from here on; UTF-8 would be right") from None
    except csv.Error as error:
        if "field larger" in str(error):
            raise too_large(intake.settings) from None
        raise InputError(f"not CSV ({error}); rows of quoted values would be right") from None
    finally:
        csv.field_size_limit(limit)


def _again(line: str, rest: io.TextIOWrapper) -> Iterator[str]:
    if line:
        yield line
    yield from rest


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


class _Joined(io.RawIOBase):
    """The bytes that were looked at, and the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        """Fill the buffer."""
        found = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


def _taken(
    where: str, row: Mapping[str, object], columns: Mapping[str, str], intake: Intake
) -> Taken | Refused:
    try:
        article = row_to_article(row, columns, intake.published)
    except InputError as error:
        return Refused(where, error)
    if len(article.text) > intake.settings.max_bytes:
        return Refused(where, too_large(intake.settings))
    return Taken(where, article)


def take_parquet(stream: BinaryIO, source: str, intake: Intake) -> Iterator[Taken | Refused]:
    """Yield an article, or the reason why there is none, for each row of a Parquet file."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        yield Refused(source, InputError("Parquet needs pyarrow: pip install 'onrecord[parquet]'"))
        return
    number = 0
    try:
        file = pq.ParquetFile(stream)
        columns = assigned(file.schema_arrow.names, intake.columns)
        for batch in file.iter_batches(batch_size=_ROWS, columns=sorted(columns.values())):
            for at in range(batch.num_rows):
                number += 1
                where = f"{source}:{number}"
                try:
                    (row,) = batch.slice(at, 1).to_pylist()
                except UnicodeDecodeError as error:
                    told = f"not UTF-8 ({error.reason}); Parquet as it was written would be right"
                    yield Refused(where, NotText(told))
                else:
                    yield _taken(where, row, columns, intake)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # a column's name, too
        reason = f"not Parquet, or damaged ({str(error).splitlines()[0]:.80})"
        yield Refused(source, NotText(f"{reason}; a whole Parquet file would be right"))
    except InputError as error:
        yield Refused(source, error)
