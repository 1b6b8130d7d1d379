"""Lay what people corrected over what was read, also when it was read anew.

A correction keeps the finding as it was, with its actors. In a record that was made later, by
another network, it belongs to the finding that stands in the same place; one that a person
confirmed or corrected and that is no longer found is put back.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.errors import InputError, StoreError
from onrecord.export.json import record_from_json, record_to_json
from onrecord.knowledge.codebook import cameo, cameo_of, plover
from onrecord.knowledge.resolver import resolve_actor
from onrecord.knowledge.spelling import fold
from onrecord.record import EVENT_TYPES, Record

__all__ = ["ACTIONS", "FIELDS", "Correction", "corrected", "keep", "kind_of"]

ACTIONS = ("confirm", "correct", "reject")
FIELDS = {
    "statements": ("act", "speakers", "addressees", "about", "source", "cue", "content", "mode",
                   "hedged"),
    "events": ("type", "mode", "cameo", "status", "actors", "recipients"),
    "disputes": ("kind",),
    "actors": ("name", "kind", "country", "sector", "title", "unnamed"),
}  # fmt: skip
"""What a person can set, by kind of finding."""
_ACTORS = frozenset({"speakers", "addressees", "about", "actors", "recipients"})
_SPANS = frozenset({"source", "cue", "content"})
_KINDS = {"a": "actors", "s": "statements", "e": "events", "d": "disputes", "x": "across"}
_PLACES = {"statements": "content", "events": "trigger", "actors": "mentions"}
_SAME_PLACE = 0.5
"""Share of characters (of both together) from which two findings stand in the same place."""
_BY_HAND = "person"

_Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said about a finding.

    Attributes:
        action: confirm, correct or reject.
        kind: The record's list: actors, statements, events or disputes.
        kept: The finding as it was and its actors, as JSON.
        field: What was corrected, or None.
        value: The new value as it was written, or None.
    """

    action: str
    kind: str
    kept: str
    field: str | None = None
    value: str | None = None


def kind_of(finding: str) -> str:
    """Return the record's list in which a finding stands: `s3` is one of the statements.

    Raises:
        StoreError: It is none.
    """
    kind = _KINDS.get(finding[:1])
    if kind is None or not finding[1:].isdigit():
        raise StoreError(f"{finding!r} is no finding; s3, e1, d1 or a2 would be right")
    return kind


def keep(record: Record, finding: str) -> str:
    """Return a finding with its actors and the statements of a dispute, to be found again by.

    Raises:
        StoreError: The record has no such finding.
    """
    kind, entry = kind_of(finding), record_to_json(record)
    found = next((each for each in entry[kind] if each["id"] == finding), None)
    if found is None:
        raise StoreError(f"article {record.article.id} has no {finding} among its {kind}")
    actors = {each["id"]: each for each in entry["actors"]}
    named = {each for field in _ACTORS & found.keys() for each in found[field]}
    sides = {found.get("claim"), found.get("answer")}
    return json.dumps(
        {
            "finding": found,
            "actors": [actors[each] for each in sorted(named)],
            "statements": [each for each in entry["statements"] if each["id"] in sides],
        },
        ensure_ascii=False,
    )


def corrected(record: Record, corrections: Sequence[Correction]) -> Record:
    """Return the record with the corrections laid over it, in their order.

    Raises:
        StoreError: A correction sets what is no value of its field.
    """
    if not corrections:
        return record
    entry = record_to_json(record)
    for correction in corrections:
        _apply(entry, correction)
    try:
        return record_from_json(entry)
    except InputError as error:
        raise StoreError(str(error).removeprefix("record.")) from None


def _apply(entry: _Entry, correction: Correction) -> None:
    kept = json.loads(correction.kept)
    finding = _find(entry, correction.kind, kept)
    if correction.action == "reject":
        if finding is not None:
            _remove(entry, correction.kind, finding["id"])
        return
    if finding is None:
        finding = _put_back(entry, correction.kind, kept)
    if finding is not None:
        if correction.field is not None:
            _set(entry, correction, finding)
        finding |= {"confidence": 1.0, "found_by": _BY_HAND}


def _find(entry: _Entry, kind: str, kept: _Entry) -> _Entry | None:
    """Return the finding that stands where the kept one stood."""
    if kind == "disputes":
        return _find_dispute(entry, kept)
    place = _PLACES[kind]
    wanted = kept["finding"]
    best = max(entry[kind], key=lambda each: _shared(each[place], wanted[place]), default=None)
    if best is not None and _shared(best[place], wanted[place]) >= _SAME_PLACE:
        return _same_type(entry, kind, wanted, best)
    return None


def _same_type(entry: _Entry, kind: str, wanted: _Entry, best: _Entry) -> _Entry:
    """Of several events with one trigger, return that of the same type."""
    if kind != "events":
        return best
    alike = (
        each
        for each in entry[kind]
        if each["trigger"] == best["trigger"] and each["type"] == wanted["type"]
    )
    return next(alike, best)


def _find_dispute(entry: _Entry, kept: _Entry) -> _Entry | None:
    sides = {each["id"]: each for each in kept["statements"]}
    wanted = kept["finding"]
    ends: list[str] = []
    for side in ("claim", "answer"):
        statement = sides.get(wanted[side])
        found = _find(entry, "statements", {"finding": statement}) if statement else None
        ends.append(found["id"] if found else "")
    pairs = (each for each in entry["disputes"] if [each["claim"], each["answer"]] == ends)
    return next(pairs, None)


def _shared(one: Sequence[_Entry], other: Sequence[_Entry]) -> float:
    """Return the share of characters in both of those in either."""
    ours, theirs = _characters(one), _characters(other)
    both = len(ours & theirs)
    return both / (len(ours) + len(theirs) - both) if both else 0.0


def _characters(spans: Iterable[_Entry]) -> set[int]:
    return {place for span in spans for place in range(span["start"], span["end"])}


def _remove(entry: _Entry, kind: str, name: str) -> None:
    """Take a finding out, and what points to it."""
    entry[kind] = [each for each in entry[kind] if each["id"] != name]
    if kind == "statements":
        entry["disputes"] = [
            each for each in entry["disputes"] if name not in (each["claim"], each["answer"])
        ]
        for each in entry["statements"]:
            each["within"] = None if each["within"] == name else each["within"]
            each["denies"] = [other for other in each["denies"] if other != name]
    if kind in ("statements", "actors"):
        _forget(entry, name)


def _forget(entry: _Entry, name: str) -> None:
    for kind in ("statements", "events"):
        for each in entry[kind]:
            for field in (*_ACTORS, "according_to", "disputed_by"):
                if field in each:
                    each[field] = [other for other in each[field] if other != name]


def _put_back(entry: _Entry, kind: str, kept: _Entry) -> _Entry | None:
    """Add a finding that is no longer found, if nothing that it hangs on is missing."""
    if kind == "disputes":
        return None
    finding = dict(kept["finding"])
    names = {each["id"]: each["name"] for each in kept["actors"]}
    for field in _ACTORS & finding.keys():
        finding[field] = [_actor(entry, names[each]) for each in finding[field]]
    for field in ("denies", "according_to", "disputed_by"):
        if field in finding:
            finding[field] = []
    finding |= {"within": None} if "within" in finding else {}
    finding["id"] = _next(entry, kind)
    entry[kind].append(finding)
    return finding


def _next(entry: _Entry, kind: str) -> str:
    numbers = [int(each["id"][1:]) for each in entry[kind]]
    letter = next(letter for letter, name in _KINDS.items() if name == kind)
    return f"{letter}{max(numbers, default=0) + 1}"


def _set(entry: _Entry, correction: Correction, finding: _Entry) -> None:
    field, value = correction.field or "", correction.value or ""
    if field not in FIELDS[correction.kind]:
        known = ", ".join(FIELDS[correction.kind])
        raise StoreError(f"{field!r} cannot be set; of {correction.kind} there are: {known}")
    finding[field] = _value(entry, field, value)
    if field in ("type", "mode", "cameo") and correction.kind == "events":
        finding |= _codes(finding, field)


def _value(entry: _Entry, field: str, value: str) -> object:
    if field in _ACTORS:
        return [_actor(entry, name.strip()) for name in value.split(";") if name.strip()]
    if field in _SPANS:
        return [_span(entry["article"]["text"], each) for each in value.split(",") if each.strip()]
    if field in ("hedged", "unnamed"):
        return {"yes": True, "no": False}.get(value.lower(), value)
    return value or None


def _span(text: str, written: str) -> _Entry:
    first, _, last = written.strip().partition("-")
    if not (first.isdigit() and last.isdigit() and int(first) < int(last) <= len(text)):
        raise StoreError(
            f"{written!r} is no stretch of the text; offsets such as 12-40 would be right"
        )
    start, end = int(first), int(last)
    return {"start": start, "end": end, "text": text[start:end]}


def _actor(entry: _Entry, name: str) -> str:
    """Return the id of the actor with the name; a new one is added."""
    wanted = fold(name)
    for each in entry["actors"]:
        if wanted in {fold(each["name"]), each["id"]}:
            return str(each["id"])
    for each in entry["actors"]:
        if fold(each["name"]).endswith(f" {wanted}"):
            return str(each["id"])
    known = resolve_actor(name)
    new = {
        "id": _next(entry, "actors"),
        "name": known.name if known else name,
        "kind": known.kind if known else "person",
        "country": known.country if known else None,
        "sector": known.sector if known else None,
        "title": None,
        "unnamed": False,
        "links": list(known.links) if known else [],
        "mentions": [],
        "confidence": 1.0,
        "found_by": _BY_HAND,
    }
    entry["actors"].append(new)
    return str(new["id"])


def _codes(event: _Entry, field: str) -> _Entry:
    """Return the codes that follow from an event's new type, mode or CAMEO code."""
    if field == "cameo":
        code = cameo(event["cameo"])
        if code.plover is None:
            raise StoreError(f"{event['cameo']!r} has no PLOVER type; 040 or 190 would be right")
        name, mode = code.plover, code.mode
    else:
        name, mode = event["type"], event["mode"] if field == "mode" else None
        if name not in EVENT_TYPES:
            return {}
        code = cameo(cameo_of(name, mode))
    return {
        "type": name,
        "mode": mode,
        "cameo": code.code,
        "goldstein": code.goldstein,
        "quad": plover(name).quad,
    }
