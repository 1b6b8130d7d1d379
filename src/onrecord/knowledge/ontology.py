"""A codebook of one's own: other event types than PLOVER's, from a TOML file.

    name = "Maritime incidents"

    [types.BLOCKADE]
    description = "Somebody keeps ships from a port or strait."
    cameo = ["191"]
    examples = [
        "[Norland] closed the strait to {Sudland}'s ships.",
        "[The navy] turned back {three tankers} off the port.",
    ]

    [types.TALKS]
    plover = ["CONSULT/meet", "CONSULT/phone"]

A type is told by PLOVER types (with a mode, if wanted) and by the beginnings of CAMEO codes, by
examples with the actor in `[ ]` and the recipient in `{ }`, or by both.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from onrecord.errors import InputError
from onrecord.knowledge.codebook import cameo_codes, plover
from onrecord.record import EventType

__all__ = ["Example", "Ontology", "OwnType", "read_ontology"]

_MARKED = re.compile(r"\[([^][{}]+)\]|\{([^][{}]+)\}")
_KEYS = {"description", "plover", "cameo", "examples"}


class Example(Struct, frozen=True):
    """A sentence that tells an event of a type.

    Attributes:
        text: The sentence without its marks.
        actor: Where the actor stands in it, in characters.
        recipient: Where the recipient stands.
    """

    text: str
    actor: tuple[int, int]
    recipient: tuple[int, int]


class OwnType(Struct, frozen=True):
    """A type of a user's codebook.

    Attributes:
        name: Its name, as events will bear it.
        description: What it is, for people.
        plover: PLOVER types, or `TYPE/mode`, that are of this type.
        cameo: Beginnings of CAMEO codes that are.
        examples: Sentences that tell such an event.
    """

    name: str
    description: str
    plover: tuple[str, ...]
    cameo: tuple[str, ...]
    examples: tuple[Example, ...]


class Ontology(Struct, frozen=True):
    """A user's codebook: its name and types, in the order of the file."""

    name: str
    types: tuple[OwnType, ...]


def read_ontology(path: Path) -> Ontology:
    """Read a codebook.

    Raises:
        InputError: The file cannot be read, is no TOML, or says what cannot be followed; the
            message names the type and what would be right.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"{path}: the codebook cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: the codebook is not TOML in UTF-8: {error}") from None
    types = table.get("types")
    if not isinstance(types, dict) or not types:
        raise InputError(f"{path}: a codebook needs [types.NAME] tables; there is none")
    return Ontology(
        str(table.get("name", path.stem)),
        tuple(_type(path, name, row) for name, row in types.items()),
    )


def _type(path: Path, name: str, row: Any) -> OwnType:  # noqa: ANN401 (what TOML holds)
    where = f"{path}: types.{name}"
    if not isinstance(row, dict):
        raise InputError(f"{where} must be a table: [types.{name}]")
    if unknown := sorted(set(row) - _KEYS):
        raise InputError(f"{where} has {', '.join(unknown)}; known are {', '.join(sorted(_KEYS))}")
    kinds, codes = _words(where, row, "plover"), _words(where, row, "cameo")
    for kind in kinds:
        _check_kind(where, kind)
    for code in codes:
        if not any(known.startswith(code) for known in cameo_codes()):
            raise InputError(f"{where}.cameo: no CAMEO code begins with {code!r}")
    examples = tuple(_example(where, text) for text in _words(where, row, "examples"))
    if not (kinds or codes or examples):
        raise InputError(f"{where} needs plover, cameo or examples to be told by")
    return OwnType(name, str(row.get("description", "")), kinds, codes, examples)


def _words(where: str, row: dict[str, Any], key: str) -> tuple[str, ...]:
    words = row.get(key, [])
    if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
        raise InputError(f"{where}.{key} must be a list of strings")
    return tuple(words)


def _check_kind(where: str, kind: str) -> None:
    name, _, mode = kind.partition("/")
    if name not in get_args(EventType):
        known = ", ".join(get_args(EventType))
        raise InputError(f"{where}.plover: {name!r} is no PLOVER type; they are {known}")
    if mode and mode not in plover(name).modes:  # type: ignore[arg-type]
        known = ", ".join(plover(name).modes)  # type: ignore[arg-type]
        raise InputError(f"{where}.plover: {name} has no mode {mode!r}; it has {known}")


def _example(where: str, marked: str) -> Example:
    text, spans, at = "", {}, 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        side, words = ("actor", match[1]) if match[1] else ("recipient", match[2])
        spans[side] = (len(text), len(text) + len(words))
        text, at = text + words, match.end()
    if set(spans) != {"actor", "recipient"}:
        raise InputError(
            f"{where}.examples: {marked!r} must have the actor in [ ] and the recipient in {{ }}"
        )
    return Example(text + marked[at:], spans["actor"], spans["recipient"])
