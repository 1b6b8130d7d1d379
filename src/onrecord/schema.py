"""The JSON Schema of a record, generated from the classes in `onrecord.record`.

How the classes become JSON, here and in `onrecord.export.json`:

- a class becomes an object with its fields, in their order; the record's `format` comes first;
- a tuple becomes an array, a date or date-time its ISO 8601 form, None null;
- an object that has a `span` carries the span's `start` and `end` itself as well.
"""

import dataclasses
import datetime as dt
import inspect
import re
import types
import typing
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from onrecord.article import Article
from onrecord.record import ArticleEntry, Record

__all__ = ["field_types", "record_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
RECORD_ID = "urn:onrecord:record:1"

_ATTRIBUTE = re.compile(r"^(\w+): (.+)$")
_PLAIN: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    type(None): {"type": "null"},
    dt.date: {"type": "string", "format": "date"},
    dt.datetime: {"type": "string", "description": "ISO 8601 date and time, zone as given."},
}


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every record's JSON form satisfies.

    Example:
        >>> record_schema()["required"][:3]
        ['format', 'article', 'actors']
    """
    classes: dict[str, dict[str, Any]] = {}
    root = _object(Record, classes)
    root["properties"]["format"] = {"const": "onrecord/1"}
    return {
        "$schema": DIALECT,
        "$id": RECORD_ID,
        "title": "OnRecord record",
        **root,
        "$defs": dict(sorted(classes.items())),
    }


@cache
def field_types(owner: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ANN401
    """Return the names and types of a class's fields, in the order of its JSON form.

    Example:
        >>> from onrecord.article import Span
        >>> field_types(Span)
        (('start', <class 'int'>), ('end', <class 'int'>), ('text', <class 'str'>))
    """
    hints = typing.get_type_hints(owner)
    fields = sorted(dataclasses.fields(owner), key=lambda field: not field.kw_only)
    return tuple((field.name, hints[field.name]) for field in fields)


def _object(owner: type, classes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    described = _descriptions(owner)
    properties: dict[str, Any] = {}
    for name, kind in field_types(owner):
        if name == "span":
            properties |= {"start": _PLAIN[int], "end": _PLAIN[int]}
        properties[name] = _described(_type(kind, classes), described.get(name))
    return {
        "type": "object",
        "description": _first_sentence(owner),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _described(schema: dict[str, Any], description: str | None) -> dict[str, Any]:
    return {**schema, "description": description} if description else schema


def _type(kind: Any, classes: dict[str, dict[str, Any]]) -> dict[str, Any]:  # noqa: ANN401
    origin = get_origin(kind)
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is tuple:
        return {"type": "array", "items": _type(get_args(kind)[0], classes)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_type(member, classes) for member in get_args(kind)]}
    if dataclasses.is_dataclass(kind):
        return _reference(kind, classes)
    return dict(_PLAIN[kind])


def _reference(owner: Any, classes: dict[str, dict[str, Any]]) -> dict[str, Any]:  # noqa: ANN401
    if owner.__name__ not in classes:
        classes[owner.__name__] = {}
        classes[owner.__name__] = _object(owner, classes)
    return {"$ref": f"#/$defs/{owner.__name__}"}


def _first_sentence(owner: type) -> str:
    return (inspect.getdoc(owner) or owner.__name__).partition("\n")[0]


def _descriptions(owner: type) -> dict[str, str]:
    """Return what the class's docstring says of each attribute; an entry has its article's."""
    if owner is ArticleEntry:
        return _descriptions(Article) | {"sha256": inspect.getdoc(Article.sha256) or ""}
    _, _, section = (inspect.getdoc(owner) or "").partition("Attributes:\n")
    found: dict[str, str] = {}
    name = ""
    for line in inspect.cleandoc(section).splitlines():
        match = _ATTRIBUTE.match(line)
        if match:
            name = match[1]
            found[name] = match[2]
        elif name and line.startswith(" "):
            found[name] += f" {line.strip()}"
    return found
