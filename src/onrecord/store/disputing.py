"""Find disputes across articles: what has arrived against what the store has, both ways."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from onrecord.reading.disputes.across import (
    AFTER,
    ANSWERS,
    BEFORE,
    CLAIMS,
    CLOSE,
    OPPOSED,
    SHARED,
    TOLD,
    Against,
    Side,
    Topics,
    is_against,
    is_negative,
    is_opposed,
    is_positive,
    is_same_matter,
)
from onrecord.store import schema

__all__ = ["dispute_across", "states_of"]

_MOST = 300
"""Statements that one article is compared with, the nearest in the archive first."""
_CLAIMS_OF_ANSWER = 2
"""Claims of different speakers that one answer is set against: the likeliest."""
_CHUNK = 500

_s, _p, _a = schema.statements, schema.statement_actors, schema.actors


@dataclass(frozen=True, slots=True)
class _Found:
    claim: Side
    answer: Side
    against: Against


def dispute_across(connection: sa.Connection, articles: Collection[int]) -> None:
    """Find which statements of the articles go against others, and which go against them."""
    own = _sides(connection, _of_articles(connection, articles))
    found = [*_denials(connection, own), *_contradictions(connection, own)]
    if found:
        _write(connection, _best(found))


def _denials(connection: sa.Connection, own: Sequence[Side]) -> Iterator[_Found]:
    """Find claims about those who deny them, on either side."""
    answers = [each for each in own if each.act in ANSWERS]
    claims = [each for each in own if each.act in CLAIMS]
    since, until = dt.timedelta(BEFORE), dt.timedelta(AFTER)
    speaking = _Sought("about", CLAIMS, since, until, _speakers, SHARED)
    answering = _Sought("speaker", ANSWERS, until, since, _subjects, SHARED)
    yield from _pairs(_candidates(connection, answers, speaking), answers, is_against)
    yield from _pairs(claims, _candidates(connection, claims, answering), is_against)


def _contradictions(connection: sa.Connection, own: Sequence[Side]) -> Iterator[_Found]:
    """Find what is told of the same people as so and as not so, on either side."""
    no = [each for each in own if _is_negative(each)]
    yes = [each for each in own if each.act in TOLD and is_positive(each.content)]
    since, until = dt.timedelta(CLOSE), dt.timedelta(AFTER)
    positive = _Sought("about", TOLD, since, until, _subjects, OPPOSED, is_positive)
    negative = _Sought("about", TOLD, until, since, _subjects, OPPOSED, is_negative)
    denying = _Sought("about", ANSWERS, until, since, _subjects, OPPOSED)
    yield from _pairs([*_candidates(connection, no, positive), *yes], no, is_opposed)
    yield from _pairs(yes, _candidates(connection, yes, negative), is_opposed)
    yield from _pairs(yes, _candidates(connection, yes, denying), is_opposed)


def _is_negative(side: Side) -> bool:
    return side.act in ANSWERS or (side.act in TOLD and is_negative(side.content))


def _speakers(side: Side) -> tuple[frozenset[int], frozenset[str]]:
    return side.speakers, side.speaking_for


def _subjects(side: Side) -> tuple[frozenset[int], frozenset[str]]:
    return side.about, side.about_countries


@dataclass(frozen=True, slots=True)
class _Sought:
    """Which stored statements may be the other side of some.

    Attributes:
        role: Which part the parties play in them.
        acts: What is done by saying them.
        before: How long before the first of these they may lie.
        after: How long after the last.
        parties: Says of one of these who the parties are, and their countries.
        least: Weight of the words that the contents must share.
        fits: Tells whether a content will do.
    """

    role: str
    acts: Sequence[str]
    before: dt.timedelta
    after: dt.timedelta
    parties: Callable[[Side], tuple[frozenset[int], frozenset[str]]]
    least: float
    fits: Callable[[str], bool] = bool


def _of_articles(connection: sa.Connection, articles: Collection[int]) -> list[int]:
    acts = (*CLAIMS, *ANSWERS)
    query = sa.select(_s.c.id).where(
        _s.c.article_id.in_(articles), _s.c.is_copy.is_(False), _s.c.act.in_(acts)
    )
    return list(connection.scalars(query))


def _candidates(connection: sa.Connection, sides: Sequence[Side], sought: _Sought) -> list[Side]:
    """Return stored statements that may be the other side of these."""
    if not sides:
        return []
    parties = [sought.parties(side) for side in sides]
    days = [side.day for side in sides]
    first, last = min(days) - sought.before, max(days) + sought.after
    fits = (
        _p.c.role == sought.role,
        _p.c.act.in_(sought.acts),
        _p.c.day.between(first.isoformat(), last.isoformat()),
    )
    known: set[int] = set()
    for column, values in (
        (_p.c.actor_id, sorted({each for actors, _ in parties for each in actors})),
        (_p.c.country, sorted({each for _, countries in parties for each in countries})),
    ):
        query = sa.select(_p.c.statement_id).where(column.in_(values[:_CHUNK]), *fits)
        nearest = query.order_by(_p.c.day.desc(), _p.c.statement_id).limit(_MOST)
        known |= set(connection.scalars(nearest))
    contents = sa.select(_s.c.id, _s.c.content).where(
        _s.c.id.in_(sorted(known)), _s.c.is_copy.is_(False)
    )
    topics = Topics((side.content for side in sides), sought.least)
    rows = connection.execute(contents)
    return _sides(
        connection, [key for key, said in rows if sought.fits(said) and topics.may_meet(said)]
    )


def _sides(connection: sa.Connection, keys: Sequence[int]) -> list[Side]:
    """Return statements as they are compared; those without a day or a speaker are left out."""
    parties = _parties(connection, keys)
    everyone = {actor for roles in parties.values() for part in roles.values() for actor, _ in part}
    names, last = _names_of(connection, sorted(everyone))
    found: list[Side] = []
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        columns = (_s.c.id, _s.c.article_id, _s.c.act, _s.c.content, _s.c.day)
        query = sa.select(*columns).where(_s.c.id.in_(some), _s.c.day.is_not(None))
        for key, article, act, content, day in connection.execute(query.order_by(_s.c.id)):
            roles = parties[key]
            speakers, about = roles["speaker"], roles["about"] + roles["addressee"]
            if not speakers:
                continue
            actors = frozenset(each for each, _ in (*speakers, *about))
            found.append(
                Side(
                    key=key,
                    article=article,
                    act=act,
                    content=content,
                    day=dt.date.fromisoformat(day),
                    speakers=frozenset(actor for actor, _ in speakers),
                    called=frozenset(word for actor, _ in speakers for word in last[actor]),
                    speaking_for=frozenset(code for _, code in speakers if code),
                    about=frozenset(actor for actor, _ in about),
                    about_countries=frozenset(code for _, code in about if code),
                    names=frozenset(word for each in actors for word in names[each]),
                )
            )
    return found


_Party = tuple[int, str | None]


def _parties(connection: sa.Connection, keys: Sequence[int]) -> dict[int, dict[str, list[_Party]]]:
    """Return who plays which part, with the country if it is a state, its government or forces."""
    state = sa.or_(_a.c.kind == "country", _a.c.sector.in_(("GOV", "MIL")))
    told = sa.select(_p.c.statement_id, _p.c.role, _a.c.id, _a.c.country, state)
    told = told.join(_a, _a.c.id == _p.c.actor_id)
    found: dict[int, dict[str, list[_Party]]] = defaultdict(lambda: defaultdict(list))
    for start in range(0, len(keys), _CHUNK):
        query = told.where(_p.c.statement_id.in_(keys[start : start + _CHUNK]))
        for statement, role, actor, country, is_state in connection.execute(query):
            found[statement][role].append((actor, country if is_state else None))
    return found


_Words = defaultdict[int, set[str]]


def _names_of(connection: sa.Connection, actors: Sequence[int]) -> tuple[_Words, _Words]:
    """Return the words of the names of actors, and the last ones of them."""
    names = schema.actor_names
    found: _Words = defaultdict(set)
    last: _Words = defaultdict(set)
    for start in range(0, len(actors), _CHUNK):
        some = actors[start : start + _CHUNK]
        query = sa.select(names.c.actor_id, names.c.name).where(names.c.actor_id.in_(some))
        for actor, name in connection.execute(query):
            words = name.split()
            found[actor].update(words)
            last[actor].update(words[-1:])
    return found, last


def _pairs(
    claims: Iterable[Side],
    answers: Sequence[Side],
    compare: Callable[[Side, Side], Against | None],
) -> Iterator[_Found]:
    for claim in claims:
        for answer in answers:
            against = compare(claim, answer)
            if against is not None:
                yield _Found(claim, answer, against)


def _best(found: Sequence[_Found]) -> list[_Found]:
    """Return, for each answer, the likeliest claim of each speaker, and of these the best few."""
    ranked = sorted(
        found,
        key=lambda each: (-each.against.confidence, -each.claim.day.toordinal(), each.claim.key),
    )
    kept: dict[int, dict[frozenset[int], _Found]] = defaultdict(dict)
    for each in ranked:
        of_answer = kept[each.answer.key]
        if len(of_answer) < _CLAIMS_OF_ANSWER:
            of_answer.setdefault(each.claim.speakers, each)
    return [each for of_answer in kept.values() for each in of_answer.values()]


def _write(connection: sa.Connection, found: Sequence[_Found]) -> None:
    table = schema.disputes
    rejected = _rejected(connection, {each.answer.article for each in found})
    for each in found:
        said = (each.claim.article, each.claim.content, each.answer.content)
        if "\n".join(map(str, said)) in rejected:
            continue
        pair = (table.c.claim_id == each.claim.key, table.c.answer_id == each.answer.key)
        held = sa.select(sa.func.count()).where(
            table.c.answer_id == each.answer.key, table.c.across.is_(True)
        )
        if (
            connection.scalar(sa.select(table.c.id).where(*pair)) is None
            and (connection.scalar(held) or 0) < _CLAIMS_OF_ANSWER
        ):
            _insert(connection, each)


def _rejected(connection: sa.Connection, articles: Collection[int]) -> frozenset[str]:
    """Return the pairs that a person rejected, as `correcting` keeps them."""
    table = schema.corrections
    query = sa.select(table.c.kept).where(
        table.c.article_id.in_(articles),
        table.c.kind == "across",
        table.c.action == "reject",
        table.c.withdrawn.is_(False),
    )
    return frozenset(connection.scalars(query))


_WHY = {
    "denial": "One speaks about the other, who denies it",
    "contradiction": "One tells as so what the other tells as not so",
}


def _insert(connection: sa.Connection, found: _Found) -> None:
    table, article = schema.disputes, found.answer.article
    numbers = connection.scalar(
        sa.select(sa.func.count()).where(table.c.article_id == article, table.c.across.is_(True))
    )
    day = found.answer.day.isoformat()
    words = ", ".join(found.against.words)
    row = {
        "article_id": article,
        "finding": f"x{(numbers or 0) + 1}",
        "kind": found.against.kind,
        "claim_id": found.claim.key,
        "answer_id": found.answer.key,
        "day": day,
        "topic": words,
        "why": f"{_WHY[found.against.kind]}: both speak of “{words}”.",
        "across": True,
        "confidence": found.against.confidence,
        "is_copy": False,
    }
    key = connection.execute(table.insert().values(row).returning(table.c.id)).scalar_one()
    sides = [
        {"dispute_id": key, "side": side, "actor_id": actor, "day": day}
        for side, statement in (("claim", found.claim), ("answer", found.answer))
        for actor in sorted(statement.speakers)
    ]
    connection.execute(schema.dispute_sides.insert(), sides)


_YIELDING = ("agree", "apologise", "confirm")
"""Acts by which somebody who denied a claim comes round to it."""
_LATER = 50
"""Later statements of a denier that are looked at."""


def states_of(connection: sa.Connection, disputes: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return how each dispute stands: settled, changed or open, and by which statement.

    A correction settles it; it has changed where those who denied the claim later confirm it, agree
    to it or apologise for it; the statement is named as `12/s3`.
    """
    table = schema.disputes
    query = sa.select(table.c.id, table.c.kind, table.c.claim_id, table.c.answer_id)
    rows = connection.execute(query.where(table.c.id.in_(disputes))).all()
    sides = {
        side.key: side
        for side in _sides(connection, [key for row in rows for key in (row[2], row[3])])
    }
    found: dict[int, tuple[str, str]] = {}
    for dispute, kind, claim, answer in rows:
        later = (
            "" if kind == "correction" else _later(connection, sides.get(claim), sides.get(answer))
        )
        state = "settled" if kind == "correction" else "changed" if later else "open"
        found[dispute] = state, later
    return found


def _later(connection: sa.Connection, claim: Side | None, answer: Side | None) -> str:
    """Return the first statement by which the answering side comes round to the claim."""
    if claim is None or answer is None:
        return ""
    query = (
        sa.select(_p.c.statement_id)
        .where(
            _p.c.role == "speaker",
            _p.c.actor_id.in_(sorted(answer.speakers)),
            _p.c.act.in_(_YIELDING),
            _p.c.day > answer.day.isoformat(),
        )
        .order_by(_p.c.day)
        .limit(_LATER)
    )
    for side in _sides(connection, list(connection.scalars(query))):
        if is_same_matter(claim, side):
            row = connection.execute(
                sa.select(_s.c.article_id, _s.c.finding).where(_s.c.id == side.key)
            ).one()
            return f"{row[0]}/{row[1]}"
    return ""
