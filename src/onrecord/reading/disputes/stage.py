"""Find who disputes what: denials, contradictions, corrections, and the claims they go against."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from onrecord.reading.disputes.corrections import correct, correct_asked
from onrecord.reading.disputes.implied import find_implied
from onrecord.reading.disputes.matter import Matter, MatterReader
from onrecord.reading.disputes.relative import find_relative_denials
from onrecord.reading.disputes.rules import (
    Clash,
    Setting,
    contradict,
    deny_earlier,
    deny_nested,
    deny_presupposed,
    is_denial,
)
from onrecord.reading.document import Document
from onrecord.record import Actor, Dispute, Statement

__all__ = ["find_clashes", "find_disputes", "link_denials"]

WINDOW = 30
"""Statements that an answer is compared with, before and after it."""


def find_clashes(
    document: Document, claims: Sequence[Statement], actors: Sequence[Actor]
) -> tuple[Clash, ...]:
    """Find the pairs of statements that are at odds, in order of the answers.

    A claim that no statement carries, alleged in passing or presupposed by its denial, becomes one:
    its id follows those of the statements.

    Args:
        document: The document.
        claims: The article's statements, in order.
        actors: Its actors.
    """
    reader = MatterReader(document, actors)
    matters = reader.read_all(claims)
    alleged = find_implied(document, claims, actors, reader.index)
    implied = reader.read_all(alleged)
    commonness = Counter(word for matter in matters for word in matter.stems)
    setting = Setting(document, {each.id: each for each in actors}, commonness, reader)
    clashes = list(_clashes(setting, matters, implied))
    answered = {each.answer.statement.id for each in clashes}
    for pair in find_relative_denials(document, claims, alleged, reader.index):
        claim, answer = reader.read_all(pair)
        if answer.statement.id in answered:
            continue
        topic = (claim.content[0], claim.content[-1] + 1)
        clashes.append(Clash(claim, answer, "denial", topic, 0.7, "relative clause"))
    return _numbered(claims, clashes)


def _numbered(claims: Sequence[Statement], clashes: Sequence[Clash]) -> tuple[Clash, ...]:
    """Give the statements that only clashes have ids that follow those of the others."""
    known = {each.id for each in claims}
    names: dict[str, str] = {}

    def named(matter: Matter) -> Matter:
        old = matter.statement
        if old.id in known:
            return matter
        name = names.setdefault(old.id, f"s{len(claims) + len(names) + 1}")
        return replace(matter, statement=dataclasses.replace(old, id=name))

    return tuple(
        replace(clash, claim=named(clash.claim), answer=named(clash.answer)) for clash in clashes
    )


def find_disputes(
    document: Document, actors: Sequence[Actor], clashes: Sequence[Clash]
) -> tuple[Dispute, ...]:
    """Return the disputes of the clashes, numbered `d1`, `d2`, ..."""
    named = {each.id: each for each in actors}
    return tuple(
        _dispute(document, named, clash, number) for number, clash in enumerate(clashes, 1)
    )


def link_denials(claims: Sequence[Statement], clashes: Sequence[Clash]) -> tuple[Statement, ...]:
    """Fill in, for each statement, the ids of those that it denies, and add implied claims."""
    denied: dict[str, list[str]] = {}
    every = {each.id: each for each in claims}
    for clash in clashes:
        for each in (clash.claim.statement, clash.answer.statement):
            every.setdefault(each.id, each)
        denied.setdefault(clash.answer.statement.id, []).append(clash.claim.statement.id)
    return tuple(
        dataclasses.replace(each, denies=tuple(dict.fromkeys(denied[each.id])))
        if each.id in denied
        else each
        for each in every.values()
    )


def _clashes(
    setting: Setting, matters: Sequence[Matter], implied: Sequence[Matter]
) -> Iterator[Clash]:
    before: Clash | None = None
    for place, answer in enumerate(matters):
        clash = _against(setting, matters, place, implied)
        if clash is None and before is not None:
            clash = correct(setting, before, answer)
        if clash is None and place:
            clash = _asked(setting, matters, place)
        if clash is not None:
            yield clash
            before = clash if clash.kind != "correction" else before


def _asked(setting: Setting, matters: Sequence[Matter], place: int) -> Clash | None:
    """Return the clash of a reply with what the question before it told."""
    asked = {each.statement.id for each in matters[:place][-3:] if each.statement.act == "ask"}
    told = (each for each in matters[:place][-2:] if each.statement.within in asked)
    clashes = (correct_asked(setting, claim, matters[place]) for claim in told)
    return next((clash for clash in clashes if clash is not None), None)


def _against(
    setting: Setting, matters: Sequence[Matter], place: int, implied: Sequence[Matter]
) -> Clash | None:
    """Return the clash of a statement with one that it goes against, the most certain first."""
    answer = matters[place]
    nested = [
        found
        for claim in matters[place + 1 : place + WINDOW]
        if (found := deny_nested(setting, claim, answer)) is not None
    ]
    if nested:
        return nested[0]
    accounts = _accounts(matters, answer)
    earlier = [
        claim
        for claim in matters[max(place - WINDOW, 0) : place]
        if claim.statement.id not in accounts
    ]
    if not is_denial(setting, answer):
        return _best(contradict(setting, claim, answer) for claim in earlier)
    found = _best(deny_earlier(setting, claim, answer) for claim in (*earlier, *implied))
    return found or deny_presupposed(setting, answer)


def _best(clashes: Iterable[Clash | None]) -> Clash | None:
    found = [clash for clash in clashes if clash is not None]
    return max(reversed(found), key=lambda clash: clash.confidence, default=None)


def _accounts(matters: Sequence[Matter], answer: Matter) -> set[str]:
    """Return the ids of the statements that tell of this one."""
    within = {each.statement.id: each.statement.within for each in matters}
    found: set[str] = set()
    above = answer.statement.within
    while above is not None and above not in found:
        found.add(above)
        above = within.get(above)
    return found


def _dispute(document: Document, actors: Mapping[str, Actor], clash: Clash, number: int) -> Dispute:
    return Dispute(
        id=f"d{number}",
        claim=clash.claim.statement.id,
        answer=clash.answer.statement.id,
        kind=clash.kind,
        topic=document.span(*clash.topic),
        why=_why(document, actors, clash),
        confidence=clash.confidence,
        found_by=f"rule:{clash.found_by}",
    )


def _why(document: Document, actors: Mapping[str, Actor], clash: Clash) -> str:
    """Say in a sentence what makes this a dispute."""
    answerer, claimer = _named(actors, clash.answer), _named(actors, clash.claim)
    topic = document.span(*clash.topic).text
    done = {
        "denial": "is denied by",
        "contradiction": "is contradicted by",
        "correction": "is put right by",
    }[clash.kind]
    taken_up = f" takes up “{', '.join(clash.shared)}”" if clash.shared else ""
    return f"What {claimer} says {done} {answerer}: “{topic}”{taken_up}."


def _named(actors: Mapping[str, Actor], matter: Matter) -> str:
    names = [actors[each].name for each in matter.statement.speakers]
    if names:
        return " and ".join(names)
    return " ".join(span.text for span in matter.statement.source) or "an unnamed source"
