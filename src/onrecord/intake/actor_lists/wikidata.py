"""Wikidata entities in JSON: what `Special:EntityData` gives, or the lines of a dump.

Of a human (P31 Q5): labels and aliases in English, citizenship (P27), positions held (P39) with
their start and end. Of everything else with a country (P17): an organization. Names of positions
are taken from the same file, where it has them.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.errors import InputError
from onrecord.intake.actor_lists.listed import (
    Held,
    Listed,
    Passed,
    read_period_day,
    sector_of_title,
)
from onrecord.knowledge.country_codes import country_of_code

__all__ = ["is_wikidata", "read_wikidata"]

_HUMAN = "Q5"
_Entity = dict[str, Any]


def is_wikidata(lines: Sequence[str]) -> bool:
    """Tell whether the beginning looks like entities of Wikidata."""
    start = "".join(lines[:3])[:4000].lstrip(" \n[")
    return start.startswith("{") and (
        '"entities"' in start or '"type":"item"' in "".join(start.split())
    )


def read_wikidata(lines: Sequence[str]) -> Iterator[Listed | Passed]:
    """Yield the persons and organizations among the entities."""
    entities = tuple(_entities(lines))
    labels = {
        str(each.get("id")): label
        for _, each in entities
        if isinstance(each, dict) and (label := _label(each))
    }
    for number, entity in entities:
        if isinstance(entity, str):
            yield Passed(number, entity)
            continue
        listed = _read(entity, labels)
        if listed is not None:
            yield listed


def _entities(lines: Sequence[str]) -> Iterator[tuple[int, _Entity | str]]:
    whole = "\n".join(lines)
    try:
        content = json.loads(whole)
    except (ValueError, RecursionError):
        yield from _lines(lines)
        return
    entities = content.get("entities", content) if isinstance(content, dict) else content
    if isinstance(entities, dict):
        entities = [entities] if "labels" in entities else list(entities.values())
    for entity in entities if isinstance(entities, list) else []:
        yield 1, entity if isinstance(entity, dict) else "no entity"


def _lines(lines: Sequence[str]) -> Iterator[tuple[int, _Entity | str]]:
    """Read a dump: an entity a line, with a comma at its end, between `[` and `]`."""
    for number, line in enumerate(lines, 1):
        bare = line.strip().rstrip(",")
        if bare in {"", "[", "]"}:
            continue
        try:
            entity = json.loads(bare)
        except (ValueError, RecursionError) as error:
            yield number, f"not JSON ({error})"
            continue
        yield number, entity if isinstance(entity, dict) else "no entity"


def _label(entity: _Entity) -> str:
    labels = entity.get("labels")
    return str((labels.get("en") or {}).get("value", "")) if isinstance(labels, dict) else ""


def _read(entity: _Entity, labels: dict[str, str]) -> Listed | None:
    name = _label(entity)
    claims = entity.get("claims")
    if not name or not isinstance(claims, dict):
        return None
    aliases = entity.get("aliases")
    english = aliases.get("en", []) if isinstance(aliases, dict) else []
    others = tuple(str(each.get("value", "")) for each in english if isinstance(each, dict))
    item = str(entity.get("id", ""))
    link = f"wikidata:{item}" if item else ""
    if _HUMAN in _items(claims, "P31"):
        roles = tuple(_roles(claims, labels))
        return Listed(name, others, "person", _country(claims, ("P27", "P17")), roles, link)
    country = _country(claims, ("P17",))
    if not country or _items(claims, "P31") == ():
        return None
    kinds = [labels.get(kind, "") for kind in _items(claims, "P31")]
    sectors = (sector for kind in kinds if kind and (sector := sector_of_title(kind)))
    return Listed(name, others, "organization", country, (Held(next(sectors, "")),), link)


def _country(claims: _Entity, properties: tuple[str, ...]) -> str:
    items = (item for name in properties for item in _items(claims, name))
    return next((code for item in items if (code := country_of_code(item))), "")


def _items(claims: _Entity, name: str) -> tuple[str, ...]:
    """Return the items that a property has, those of preferred rank first."""
    statements = sorted(claims.get(name, []), key=lambda each: each.get("rank") != "preferred")
    return tuple(item for each in statements if (item := _item(each.get("mainsnak", {}))))


def _item(snak: _Entity) -> str:
    value = (snak.get("datavalue") or {}).get("value")
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _roles(claims: _Entity, labels: dict[str, str]) -> Iterator[Held]:
    for statement in claims.get("P39", []):
        title = labels.get(_item(statement.get("mainsnak", {})), "")
        qualifiers = statement.get("qualifiers") or {}
        start, end = (_day(qualifiers, name) for name in ("P580", "P582"))
        sector = sector_of_title(title)
        if sector:
            yield Held(sector, title, start, end)


def _day(qualifiers: _Entity, name: str) -> dt.date | None:
    """Read `+2010-05-29T00:00:00Z`; month and day are 00 where only the year is known."""
    for snak in qualifiers.get(name, []):
        value = (snak.get("datavalue") or {}).get("value")
        if isinstance(value, dict):
            written = str(value.get("time", "")).lstrip("+")[:10].replace("-00", "-01")
            try:
                return read_period_day(written)
            except InputError:
                return None
    return None
