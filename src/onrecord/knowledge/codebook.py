"""The codebook of events: every CAMEO code, the sixteen PLOVER types, and how they meet.

The tables are data (`codebook_cameo.tsv`, `codebook_plover.toml`); docs/codebook-events.md explains
the decisions where the manuals leave room.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, cast

from msgspec import Struct

from onrecord.errors import KnowledgeError
from onrecord.knowledge.tables import FOLDER
from onrecord.record import EVENT_TYPES, EventStatus, EventType, Quad

__all__ = [
    "CameoCode",
    "PloverType",
    "cameo",
    "cameo_codes",
    "cameo_of",
    "coded_type",
    "plover",
    "plover_types",
]

_CAMEO = "codebook_cameo.tsv"
_PLOVER = "codebook_plover.toml"


class CameoCode(Struct, frozen=True):
    """One CAMEO code.

    Attributes:
        code: Two digits for a root, three or four for what is below it.
        name: What it stands for, in our words.
        goldstein: Goldstein value, -10 (conflict) to 10 (cooperation).
        plover: PLOVER type, or None where PLOVER has none (statements: 01).
        mode: PLOVER mode, or None.
    """

    code: str
    name: str
    goldstein: float
    plover: EventType | None
    mode: str | None


class PloverType(Struct, frozen=True):
    """One PLOVER type.

    Attributes:
        name: `CONSULT`, `ASSAULT`, ...
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        definition: What it is, in one sentence.
        cameo: CAMEO code for the type without a mode.
        modes: Each mode with the CAMEO code that stands for it.
        intended: Type that CAMEO's convention gives to an announced deed of this type.
    """

    name: EventType
    quad: Quad
    definition: str
    cameo: str
    modes: Mapping[str, str]
    intended: EventType


def cameo(code: str) -> CameoCode:
    """Return the CAMEO code.

    Raises:
        KnowledgeError: There is no such code.

    Example:
        >>> cameo("057").name, cameo("057").plover
        ('sign a formal agreement', 'SUPPORT')
    """
    try:
        return cameo_codes()[code]
    except KeyError:
        raise KnowledgeError(
            f"there is no CAMEO code {code!r}; codes run from 01 to 2042"
        ) from None


def plover(name: EventType) -> PloverType:
    """Return the PLOVER type.

    Example:
        >>> plover("SANCTION").quad
        4
    """
    return plover_types()[name]


def cameo_of(name: EventType, mode: str | None = None) -> str:
    """Return the CAMEO code that stands for a PLOVER type, or for one of its modes.

    Example:
        >>> cameo_of("CONSULT", "phone"), cameo_of("CONSULT")
        ('041', '040')
    """
    kind = plover(name)
    return kind.cameo if mode is None else kind.modes.get(mode, kind.cameo)


def coded_type(name: EventType, status: EventStatus) -> EventType | None:
    """Return the type under which event data files an event of this status, or None.

    An announced deed is filed as the announcement (a coming meeting is AGREE, a coming strike
    THREATEN), a demanded one as the demand; what is denied or only feared is not filed.

    Example:
        >>> coded_type("CONSULT", "planned"), coded_type("ASSAULT", "hypothetical")
        ('AGREE', None)
    """
    if status == "planned":
        return plover(name).intended
    if status == "demanded":
        return "REQUEST"
    return None if status in {"denied", "hypothetical"} else name


@lru_cache(maxsize=1)
def cameo_codes() -> Mapping[str, CameoCode]:
    """Return every CAMEO code, in order."""
    lines = _read(_CAMEO).splitlines()
    found = (_cameo_code(line) for line in lines if line and not line.startswith("#"))
    return MappingProxyType({each.code: each for each in found})


@lru_cache(maxsize=1)
def plover_types() -> Mapping[EventType, PloverType]:
    """Return the sixteen PLOVER types, in the order of the record."""
    types = tomllib.loads(_read(_PLOVER))["types"]
    missing = sorted(set(EVENT_TYPES) ^ set(types))
    if missing:
        raise KnowledgeError(f"{_PLOVER}: missing or unknown types: {', '.join(missing)}")
    return MappingProxyType({name: _plover_type(name, types[name]) for name in EVENT_TYPES})


def _cameo_code(line: str) -> CameoCode:
    fields = line.split("\t")
    if len(fields) != 5:
        raise KnowledgeError(f"{_CAMEO}: five columns wanted, separated by tabs: {line!r}")
    code, goldstein, kind, mode, name = fields
    return CameoCode(
        code,
        name,
        float(goldstein),
        None if kind == "-" else cast("EventType", kind),
        None if mode == "-" else mode,
    )


def _plover_type(name: EventType, entry: Mapping[str, Any]) -> PloverType:
    return PloverType(
        name,
        entry["quad"],
        entry["definition"],
        entry["cameo"],
        MappingProxyType(dict(entry.get("modes", {}))),
        entry["intended"],
    )


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
