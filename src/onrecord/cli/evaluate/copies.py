"""`onrecord evaluate copies`: which articles are copies of which."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.evaluate.shared import percent, with_progress
from onrecord.export.asides import text_aside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.copies.index import CopyIndex, Found

__all__ = ["copies"]


@click.command(short_help="Which articles are copies of which.")
@click.option(
    "--data",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="JSON lines of id, text and, for a copy, copy_of: the id of its original.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write id, copy_of and all that was found, one JSON object a copy.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def copies(data: Path, out: Path | None, as_json: bool) -> None:
    """Measure how well copies find their originals among the articles that are none.

    \b
    Examples:
      onrecord evaluate copies --data copies.jsonl
      onrecord evaluate copies --data copies.jsonl --out found.jsonl
    """
    from onrecord.copies.index import CopyIndex

    index, asked = CopyIndex(), []
    for row in _rows(data):
        if row.get("copy_of"):
            asked.append(row)
        else:
            index.add(str(row["id"]), row["text"])
    right = best = wrong = 0
    with text_aside(out) if out else nullcontext() as stream:
        for row in with_progress(tuple(asked)):
            found = _found(index, row["text"])
            names = [each.name for each in found]
            original = str(row["copy_of"])
            right += original in names
            best += names[:1] == [original]
            wrong += sum(name != original for name in names)
            if stream:
                stream.write(_line(row, found) + "\n")
    _print(len(asked), right, best, wrong, as_json=as_json)


def _rows(data: Path) -> "Iterator[dict[str, Any]]":
    """Yield the rows of a file.

    Raises:
        InputError: It cannot be read, or a row lacks id or text.
    """
    from onrecord.errors import InputError

    try:
        lines = data.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{data}: could not be read: {error}") from None
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{data}:{number}: not JSON ({error})") from None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
            raise InputError(f"{data}:{number}: an object with 'id' and 'text' would be right")
        yield row


def _found(index: "CopyIndex", text: str) -> "list[Found]":
    return [each for each in index.find(text) if each.verdict.is_copy]


def _line(row: "dict[str, Any]", found: "list[Found]") -> str:
    from dataclasses import asdict

    entry = {
        "id": row["id"],
        "copy_of": found[0].name if found else None,
        "found": [{"id": each.name, **asdict(each.verdict)} for each in found],
    }
    return json.dumps(entry, ensure_ascii=False)


def _print(asked: int, right: int, best: int, wrong: int, *, as_json: bool) -> None:
    scores = {
        "recall": right / asked if asked else None,
        "precision": right / (right + wrong) if right + wrong else None,
        "best": best / asked if asked else None,
    }
    if as_json:
        click.echo(json.dumps({"copies": asked, **scores}))
        return
    click.echo(f"{asked:,} copies\n")
    for name, words in (
        ("recall", "original found"),
        ("precision", "found is original"),
        ("best", "copied most is original"),
    ):
        click.echo(f"{words:<26}{percent(scores[name]):>8}")
