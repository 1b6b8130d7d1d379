"""FollowTheMoney entities, as OpenSanctions and Aleph write them: one JSON object a line.

Persons, organizations, and what links a person to an office with its dates (`Occupancy`, whose
`post` is a `Position`). Other entities are passed over without a word: there are millions.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.errors import InputError
from onrecord.intake.actor_lists.listed import (
    Held,
    Kind,
    Listed,
    Passed,
    read_period_day,
    sector_of_title,
)
from onrecord.knowledge.country_codes import country_of_code

__all__ = ["is_followthemoney", "read_followthemoney"]

_SCHEMATA: dict[str, Kind] = {
    "Person": "person",
    "Organization": "organization",
    "PublicBody": "organization",
    "Company": "organization",
    "LegalEntity": "organization",
}
_OF_SCHEMA = {"PublicBody": "GOV", "Company": "BUS"}
_OF_TOPIC = {
    "crime.terror": "REB", "crime": "CRM", "mil": "MIL", "pol.party": "PTY", "role.spy": "SPY",
    "role.judge": "JUD", "role.journo": "JRN", "role.oppo": "OPP", "role.act": "SOC",
    "role.lawyer": "JUD", "rel": "REL", "fin.bank": "BUS", "corp": "BUS", "role.pol": "GOV",
    "gov.head": "GOV", "gov.national": "GOV", "gov": "GOV", "role.pep": "GOV",
}  # fmt: skip
"""Sectors of FollowTheMoney's topics, the telling ones first."""


def is_followthemoney(lines: Sequence[str]) -> bool:
    """Tell whether the first line is an entity with a schema and properties."""
    first = next((line for line in lines if line.strip()), "")
    return first.startswith("{") and '"schema"' in first and '"properties"' in first


def read_followthemoney(lines: Sequence[str]) -> Iterator[Listed | Passed]:
    """Yield the persons and organizations; what they held is looked up first."""
    posts: dict[str, str] = {}
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _, entity in _entities(lines, ("Position", "Occupancy")):
        values = entity["properties"]
        if entity["schema"] == "Position":
            posts[entity.get("id", "")] = _first(values, "name") or entity.get("caption", "")
        else:
            for holder in values.get("holder", []):
                held[holder].append(values)
    for number, entity in _entities(lines, tuple(_SCHEMATA)):
        if isinstance(entity, InputError):
            yield Passed(number, str(entity))
            continue
        try:
            yield _read(entity, held.get(entity.get("id", ""), []), posts)
        except InputError as error:
            yield Passed(number, str(error))


def _entities(lines: Sequence[str], schemata: tuple[str, ...]) -> Iterator[tuple[int, Any]]:
    """Yield the entities of some schemata with their lines; an error for a line that is none."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
        except (ValueError, RecursionError) as error:
            if "Person" in schemata:
                yield number, InputError(f"not JSON ({error})")
            continue
        if isinstance(entity, dict) and entity.get("schema") in schemata:
            if isinstance(entity.get("properties"), dict):
                yield number, entity
            elif "Person" in schemata:
                yield number, InputError("an entity without properties")


def _first(values: dict[str, Any], name: str) -> str:
    found = values.get(name) or [""]
    return str(found[0])


def _read(entity: dict[str, Any], held: list[dict[str, Any]], posts: dict[str, str]) -> Listed:
    values = entity["properties"]
    name = str(entity.get("caption") or _first(values, "name"))
    if not name.strip():
        raise InputError("an entity without a name")
    schema = entity["schema"]
    kind = _SCHEMATA[schema]
    others = tuple(
        str(each) for field in ("name", "alias", "weakAlias") for each in values.get(field, [])
    )
    codes = [
        code
        for field in ("country", "nationality", "jurisdiction", "citizenship")
        for each in values.get(field, [])
        if (code := country_of_code(str(each)))
    ]
    topics = set(map(str, values.get("topics", [])))
    fallback = next((sector for topic, sector in _OF_TOPIC.items() if topic in topics), "")
    fallback = fallback or _OF_SCHEMA.get(schema, "")
    roles = tuple(_roles(values, held, posts, fallback)) or (Held(fallback),)
    item = _first(values, "wikidataId")
    link = f"wikidata:{item}" if item else ""
    return Listed(name, tuple(map(str, others)), kind, next(iter(codes), ""), roles, link)


def _roles(
    values: dict[str, Any], held: list[dict[str, Any]], posts: dict[str, str], fallback: str
) -> Iterator[Held]:
    for each in held:
        title = posts.get(_first(each, "post"), "")
        start, end = (read_period_day(_first(each, name)) for name in ("startDate", "endDate"))
        yield Held(sector_of_title(title) or fallback, title, start, end)
    if not held:
        for title in map(str, values.get("position", [])):
            yield Held(sector_of_title(title) or fallback, title)
