"""A record as JSON, and back; `onrecord.schema` says how the classes become JSON."""

import dataclasses
import datetime as dt
import json
import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin

from onrecord.errors import InputError
from onrecord.record import Record
from onrecord.schema import field_types

__all__ = ["record_from_json", "record_line", "record_to_json"]


def record_to_json(record: Record) -> dict[str, Any]:
    """Return the record as objects that `json` can write.

    Example:
        >>> from onrecord.record import ArticleEntry
        >>> entry = ArticleEntry("a", None, None, None, None, None, "en", "Hm.", "0")
        >>> record_to_json(Record(entry))["format"]
        'onrecord/1'
    """
    written: dict[str, Any] = _write(record)
    return written


def record_line(record: Record) -> bytes:
    """Return the record as one line of JSON in UTF-8, without its line end."""
    line = json.dumps(record_to_json(record), ensure_ascii=False, separators=(",", ":"))
    return line.encode("utf-8", "backslashreplace")


def record_from_json(entry: Mapping[str, Any] | str | bytes) -> Record:
    """Return the record that `record_to_json` or `record_line` wrote.

    Raises:
        InputError: It is not a record: the message names the field.
    """
    if isinstance(entry, str | bytes):
        entry = _parse(entry)
    record: Record = _read_object(Record, entry, "record")
    if record.format != "onrecord/1":
        raise InputError(f"format is {record.format!r}; this version reads 'onrecord/1'")
    return record


def _parse(line: str | bytes) -> Any:  # noqa: ANN401
    try:
        return json.loads(line)
    except ValueError as error:
        raise InputError(f"not JSON ({error}); a record is one JSON object") from None


def _write(value: Any) -> Any:  # noqa: ANN401
    if dataclasses.is_dataclass(value):
        return _write_object(value)
    if isinstance(value, tuple):
        return [_write(member) for member in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _write_object(value: Any) -> dict[str, Any]:  # noqa: ANN401
    written: dict[str, Any] = {}
    owner: Any = type(value)
    for name, _ in field_types(owner):
        member = getattr(value, name)
        if name == "span":
            written |= {"start": member.start, "end": member.end}
        written[name] = _write(member)
    return written


def _read(kind: Any, value: Any, path: str) -> Any:  # noqa: ANN401
    origin = get_origin(kind)
    if origin is tuple:
        return _read_tuple(get_args(kind)[0], value, path)
    if origin in (Union, types.UnionType):
        return _read_union(get_args(kind), value, path)
    if dataclasses.is_dataclass(kind):
        return _read_object(kind, value, path)
    return _read_plain(kind, value, path)


def _read_object(owner: Any, value: Any, path: str) -> Any:  # noqa: ANN401
    if not isinstance(value, Mapping):
        raise InputError(f"{path} is {value!r:.60}; it should be an object")
    wanted = field_types(owner)
    allowed = {name for name, _ in wanted}
    if "span" in allowed:
        allowed |= {"start", "end"}
    unknown = sorted(set(value) - allowed)
    missing = [name for name, _ in wanted if name not in value]
    if missing or unknown:
        problem = f"lacks {missing[0]!r}" if missing else f"has {unknown[0]!r}, which is no field"
        raise InputError(f"{path} {problem}; its fields are: {', '.join(n for n, _ in wanted)}")
    return owner(**{name: _read(kind, value[name], f"{path}.{name}") for name, kind in wanted})


def _read_tuple(kind: Any, value: Any, path: str) -> tuple[Any, ...]:  # noqa: ANN401
    if not isinstance(value, list | tuple):
        raise InputError(f"{path} is {value!r:.60}; it should be an array")
    return tuple(_read(kind, member, f"{path}[{place}]") for place, member in enumerate(value))


def _read_union(kinds: tuple[Any, ...], value: Any, path: str) -> Any:  # noqa: ANN401
    if value is None and type(None) in kinds:
        return None
    if dt.datetime in kinds:
        return _read_date(value, path)
    (kind,) = (kind for kind in kinds if kind is not type(None))
    return _read(kind, value, path)


def _read_date(value: Any, path: str) -> dt.date | dt.datetime:  # noqa: ANN401
    kind = dt.datetime if isinstance(value, str) and len(value) > len("2022-02-02") else dt.date
    try:
        return kind.fromisoformat(value)
    except (TypeError, ValueError):
        raise InputError(f"{path} is {value!r:.60}; it should be an ISO 8601 date") from None


def _read_plain(kind: Any, value: Any, path: str) -> Any:  # noqa: ANN401
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            known = ", ".join(str(each) for each in get_args(kind))
            raise InputError(f"{path} is {value!r:.60}; it should be one of: {known}")
        return value
    accepted = (int, float) if kind is float else (kind,)
    if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
        raise InputError(f"{path} is {value!r:.60}; it should be of type {kind.__name__}")
    return value
