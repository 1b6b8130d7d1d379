"""Rows of one kind as a table: to count, to cut, to hand to what works with tables."""

import dataclasses
import html
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from onrecord.errors import StoreError

__all__ = ["Answers", "in_words"]

_Line = TypeVar("_Line")


class Answers(Sequence[_Line], Generic[_Line]):
    """Rows of one kind, in order, which are a table too.

    Args:
        kind: The class of the rows.
        rows: The rows.
    """

    def __init__(self, kind: type[_Line], rows: Sequence[_Line]) -> None:
        self.kind = kind
        self._rows = tuple(rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(field.name for field in dataclasses.fields(self.kind))  # type: ignore[arg-type]

    @overload
    def __getitem__(self, place: int) -> _Line: ...

    @overload
    def __getitem__(self, place: slice) -> "Answers[_Line]": ...

    def __getitem__(self, place: int | slice) -> "_Line | Answers[_Line]":
        if isinstance(place, slice):
            return Answers(self.kind, self._rows[place])
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[_Line]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} {self.kind.__name__}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return one dictionary a row; several names are a list."""
        return [{name: _plain(getattr(row, name)) for name in self.columns} for row in self._rows]

    def to_arrow(self) -> Any:  # noqa: ANN401 (pyarrow is an extra)
        """Return a `pyarrow.Table`.

        Raises:
            StoreError: pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ModuleNotFoundError:
            raise _lacking("pyarrow") from None
        rows = self.to_dicts()
        return pa.table({name: [row[name] for row in rows] for name in self.columns})

    def to_pandas(self) -> Any:  # noqa: ANN401 (pandas is the user's own)
        """Return a `pandas.DataFrame`.

        Raises:
            StoreError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError:
            raise _lacking("pandas") from None
        return pd.DataFrame(self.to_dicts(), columns=list(self.columns))

    def to_polars(self) -> Any:  # noqa: ANN401 (polars is the user's own)
        """Return a `polars.DataFrame`.

        Raises:
            StoreError: polars is not installed.
        """
        try:
            import polars as pl
        except ModuleNotFoundError:
            raise _lacking("polars") from None
        return pl.DataFrame(self.to_dicts())

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in self.columns)
        body = "".join(f"<tr>{_cells(row)}</tr>" for row in self.to_dicts())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _cells(row: dict[str, Any]) -> str:
    return "".join(f"<td>{html.escape(in_words(value))}</td>" for value in row.values())


def in_words(value: object) -> str:
    """Return a value as a person writes it: several names with commas, nothing for None.

    Example:
        >>> in_words(("Lavrov", "Blinken")), in_words(None), in_words(0.75)
        ('Lavrov, Blinken', '', '0.75')
    """
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _lacking(package: str) -> StoreError:
    return StoreError(f"{package} is not installed; `pip install {package}` would be right")
