"""JSON lines of articles: one object a line with `text` and, if known, the rest of an article."""

import datetime as dt
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from onrecord.article import Article
from onrecord.errors import EmptyInput, InputError
from onrecord.intake.articles import make_article

__all__ = ["has_article", "line_to_article"]

_OPTIONAL = ("title", "outlet", "url")


def has_article(line: bytes) -> bool:
    r"""Tell whether a line is a JSON object with a `text`.

    Example:
        >>> has_article(b'{"id": 7, "text": "Kyiv denied it."}\n'), has_article(b"{sic} he said")
        (True, False)
    """
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return "text" in entry


def line_to_article(
    line: bytes,
    *,
    published: dt.date | dt.datetime | None = None,
    fields: Mapping[str, str] = MappingProxyType({}),
) -> Article:
    """Return the line's article; its own publication date goes before the one that is given.

    Args:
        line: One JSON object.
        published: When it was published, if the line does not say.
        fields: Which of its fields holds what, where it is not called so.

    Raises:
        InputError: The line is no JSON object, or a field is missing or of the wrong type.
    """
    entry = _parse(line)
    entry |= {ours: entry.get(theirs) for ours, theirs in fields.items()}
    known = {name: _string(entry, name) for name in _OPTIONAL}
    text = _string(entry, "text")
    if text is None:
        raise InputError('no \'text\' in the object; {"id": ..., "text": ...} would be right')
    if not text.strip():
        raise EmptyInput("'text' is empty; the article's text would be right")
    return make_article(
        text,
        published=_string(entry, "published") or published,
        article_id=_identifier(entry),
        **known,
    )


def _parse(line: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON ({error}); one JSON object a line would be right") from None
    if not isinstance(entry, dict):
        raise InputError(f"{type(entry).__name__}, not an object; one JSON object would be right")
    return entry


def _string(entry: dict[str, Any], name: str) -> str | None:
    value = entry.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{name!r} is {value!r:.60}; a string would be right")
    return value


def _identifier(entry: dict[str, Any]) -> str | None:
    value = entry.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        raise InputError(f"'id' is {value!r:.60}; a string or a whole number would be right")
    return None if value is None else str(value)
