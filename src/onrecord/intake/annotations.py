"""Articles in which somebody marked who said what: JSON lines, or brat standoff.

A line is an object with `id`, `text` and `attributions`, each with `source`, `cue` and `content` as
lists of [start, end] characters. Where several people marked the article it has `annotators`
instead, one list of attributions a name; each of them gives an article of its own, `ID/NAME`. For
brat see `onrecord.intake.brat`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from reprlib import repr as brief
from typing import Any

from onrecord.errors import InputError
from onrecord.intake.articles import without_surrogates
from onrecord.intake.brat import read_brat, read_brat_folder
from onrecord.intake.marked import AnnotatedArticle, Marked, Spans, checked, read_text

__all__ = ["AnnotatedArticle", "Marked", "Spans", "read_annotations"]

_BRAT = ".ann"
_ROW = '{"id": ..., "text": ..., "attributions": [...]}'
_SAID = '{"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 21]]}'


def read_annotations(path: Path) -> tuple[AnnotatedArticle, ...]:
    """Read the annotated articles of a file of JSON lines, a brat file, or a folder of those.

    Args:
        path: JSON lines, NAME.ann with NAME.txt beside it, or a folder of such pairs.

    Raises:
        InputError: There is no annotated article, or one is not as it should be; the error names
            the file and the line.
    """
    try:
        is_folder = path.is_dir()
    except OSError:
        is_folder = False  # reading tells why
    if is_folder:
        return read_brat_folder(path)
    if path.suffix.lower() == _BRAT:
        return (read_brat(path),)
    articles = tuple(_read_lines(path))
    if not articles:
        raise InputError(f"{path}: no annotated article; a line {_ROW} would be right")
    return articles


def _read_lines(path: Path) -> Iterator[AnnotatedArticle]:
    seen: dict[str, int] = {}
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            for article in _line_to_articles(line):
                _check_is_new(article.id, seen, number)
                yield article
        except InputError as error:
            raise InputError(f"{path}:{number}: {error}") from None


def _check_is_new(name: str, seen: dict[str, int], number: int) -> None:
    if name in seen:
        raise InputError(
            f"'id' {brief(name)} stands in line {seen[name]} too; an id of its own for every "
            "article would be right"
        )
    seen[name] = number


def _line_to_articles(line: str) -> Iterator[AnnotatedArticle]:
    row = _parse(line)
    name, text = _identifier(row), without_surrogates(_string(row, "text"))
    if "attributions" in row or "annotators" not in row:
        yield AnnotatedArticle(name, text, _attributions(row, "attributions", text))
        return
    people = row["annotators"]
    if not isinstance(people, dict):
        raise InputError(
            f"'annotators' is {brief(people)}; an object with a list a name would be right"
        )
    for person in people:
        marked = _attributions(people, person, text)
        yield AnnotatedArticle(f"{name}/{without_surrogates(person)}", text, marked)


def _parse(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON ({error}); one object a line would be right: {_ROW}") from None
    if not isinstance(row, dict):
        raise InputError(f"{brief(row)} is not an object; {_ROW} would be right")
    return row


def _field(row: dict[str, Any], name: str, right: str) -> Any:  # noqa: ANN401 (whatever JSON holds)
    if name not in row:
        raise InputError(f"no {brief(name)} in the object; {right} would be right")
    return row[name]


def _identifier(row: dict[str, Any]) -> str:
    value = _field(row, "id", _ROW)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise InputError(f"'id' is {brief(value)}; a string or a whole number would be right")
    return without_surrogates(str(value))


def _string(row: dict[str, Any], name: str) -> str:
    value = _field(row, name, _ROW)
    if not isinstance(value, str):
        raise InputError(f"{name!r} is {brief(value)}; a string would be right")
    return value


def _attributions(row: dict[str, Any], name: str, text: str) -> tuple[Marked, ...]:
    found = _field(row, name, _ROW)
    if not isinstance(found, list):
        raise InputError(f"{brief(name)} is {brief(found)}; a list of {_SAID} would be right")
    return tuple(
        _marked(each, f"attribution {number}", text) for number, each in enumerate(found, 1)
    )


def _marked(entry: object, where: str, text: str) -> Marked:
    """Read one attribution; source and cue may be left out."""
    if not isinstance(entry, dict):
        raise InputError(f"{where} is {brief(entry)}; {_SAID} would be right")
    if not entry.get("content"):
        raise InputError(f"{where} has no 'content'; {_SAID} would be right")
    source, cue, content = (
        _spans(entry.get(part, []), f"{part!r} of {where}", text)
        for part in ("source", "cue", "content")
    )
    return Marked(source, cue, content)


def _spans(value: object, where: str, text: str) -> Spans:
    if not isinstance(value, list):
        raise InputError(f"{where} is {brief(value)}; a list of [start, end] would be right")
    return checked((_pair(each, where) for each in value), where, text)


def _pair(value: object, where: str) -> tuple[int, int]:
    if isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value):
        return value[0], value[1]
    raise InputError(f"{where} has {brief(value)}; [start, end] in characters would be right")
