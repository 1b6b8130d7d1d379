"""Compare what the reader found in an example with the record that a person made by hand."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from tests.gold.examples import Example, Row, load_example, read_example
from tests.gold.outcome import Outcome, same, unexpected
from tests.gold.words import (
    Range,
    allows,
    as_list,
    content_of,
    nearest,
    numbered,
    occurrences,
    overlap,
    ranges,
    short,
    touch,
    words_in,
)

from onrecord.record import Actor, Dispute, Event, Record, Statement, Time

RECIPROCAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})


class Comparison:
    """All outcomes of one example.

    The names in gold rows are keys: `cast` says which of the record's actors is which of them.
    """

    def __init__(self, example: Example, record: Record) -> None:
        self.text, self.gold, self.record = example.text, example.gold, record
        self.cast = self._cast()
        self.statements = self._pair(
            "statements", record.statements, self._statement_likeness, least=0.5
        )
        self.events = self._pair("events", record.events, self._event_likeness, least=1.0)

    def outcomes(self) -> list[Outcome]:
        """Compare everything."""
        return [
            *self._article(),
            *self._actors(),
            *self._statements(),
            *self._events(),
            *self._times(),
            *self._places(),
            *self._disputes(),
            *self._suspect(),
            *self._must_not(),
        ]

    def rows(self, kind: str) -> Iterator[tuple[str, Row]]:
        """Yield the rows of a kind that must hold, with the name each goes by."""
        for row in self.gold[kind]:
            if not row.get("optional"):
                yield row_name(row), row

    # article and actors

    def _article(self) -> Iterator[Outcome]:
        published = self.record.article.published
        day = published.date() if isinstance(published, dt.datetime) else published
        found = day.isoformat() if day else None
        yield same("article/published/date", self.gold["published"], found)

    def _cast(self) -> dict[str, str]:
        """Tell of each of the record's actors which gold actor its mentions fit best."""
        places = self.actor_places()
        cast = {}
        for actor in self.record.actors:
            fits: dict[str, float] = {}
            for mention in ranges(actor.mentions):
                for name, fit in _best_fits(mention, places).items():
                    fits[name] = fits.get(name, 0.0) + fit
            if fits:
                cast[actor.id] = max(fits, key=lambda name: fits[name])
        return cast

    def actor_places(self) -> list[tuple[str, Range]]:
        """Find where each gold actor is named."""
        return [
            (row["name"], place)
            for row in self.gold["actors"]
            for alias in aliases(row)
            for place in occurrences(self.text, alias)
        ]

    def _actors(self) -> Iterator[Outcome]:
        for name, row in self.rows("actors"):
            found = [actor for actor in self.record.actors if self.cast.get(actor.id) == name]
            yield Outcome(f"actors/{name}/found", bool(found), f"no actor for {name!r}")
            if found:
                yield from self._actor(name, row, found)
        for actor in self.record.actors:
            if actor.id not in self.cast and actor.kind != "place":
                yield unexpected("actors", actor.name, f"{actor.kind} {actor.country}")

    def _actor(self, name: str, row: Row, found: list[Actor]) -> Iterator[Outcome]:
        names = [actor.name for actor in found]
        yield Outcome(f"actors/{name}/one", len(found) == 1, f"{name!r} is split into {names}")
        actor = max(found, key=lambda each: len(each.mentions))
        yield same(f"actors/{name}/kind", row.get("kind"), actor.kind)
        yield same(f"actors/{name}/country", row.get("country"), actor.country)
        yield same(f"actors/{name}/sector", row.get("sector"), actor.sector)
        unnamed = row.get("unnamed", False)
        yield same(f"actors/{name}/unnamed", str(unnamed), str(actor.unnamed))

    def _names(self, actor_ids: Iterable[str]) -> set[str]:
        return {self.cast.get(each) or self.record.actor(each).name for each in actor_ids}

    # statements

    def _pair(
        self,
        kind: str,
        found: tuple[Any, ...],
        likeness: Callable[[Row, Any], float],
        *,
        least: float,
    ) -> dict[str, Any]:
        """Pair gold rows with findings one to one, the likest first."""
        pairs = [
            (likeness(row, each), -number, -index)
            for number, row in enumerate(self.gold[kind])
            for index, each in enumerate(found)
        ]
        rows: dict[int, int] = {}
        for score, number, index in sorted(pairs, reverse=True):
            if score >= least and -number not in rows and -index not in rows.values():
                rows[-number] = -index
        return {self.gold[kind][number]["id"]: found[index] for number, index in rows.items()}

    def _statement_likeness(self, row: Row, statement: Statement) -> float:
        gold = content_of(self.text, row)
        one, other = words_in(self.text, gold), words_in(self.text, ranges(statement.content))
        cue = touch(self.cue_of(row), ranges(statement.cue))
        shared = len(one & other) / len(one | other) if one and other else 0.5 * cue
        if shared < 0.5:
            return 0.0
        return shared + 0.2 * cue + 0.3 * self._is_by(row, statement)

    def _is_by(self, row: Row, statement: Statement) -> bool:
        wanted = as_list(row["speaker"])
        return wanted == ["*"] or self._names(statement.speakers) == set(wanted)

    def cue_of(self, row: Row) -> list[Range]:
        content = content_of(self.text, row)
        place = nearest(self.text, row["cue"], content, outside=content)
        return [place] if place else []

    def source_of(self, row: Row) -> list[Range]:
        if "source" not in row:
            return []
        cue = self.cue_of(row)
        outside = content_of(self.text, row) + cue
        place = nearest(self.text, row["source"], cue, outside=outside)
        return [place] if place else []

    def _statements(self) -> Iterator[Outcome]:
        for name, row in self.rows("statements"):
            key, found = f"statements/{name}", self.statements.get(name)
            fragment = short(" / ".join(as_list(row["content"])))
            yield Outcome(f"{key}/found", found is not None, f"no statement {fragment!r}")
            if found is not None:
                yield from self._statement(key, row, found)
                yield from self._statement_links(key, row, found)
        paired = {each.id for each in self.statements.values()}
        for each in self.record.statements:
            told = each.source or each.cue  # the claims of disputes that nobody says are no sayings
            if told and each.id not in paired:
                text = " / ".join(span.text for span in each.content or each.cue)
                yield unexpected("statements", text, f"{each.mode}, {each.act}, {each.found_by}")

    def _statement(self, key: str, row: Row, found: Statement) -> Iterator[Outcome]:
        said_by = sorted(self._names(found.speakers))
        wanted = as_list(row["speaker"])
        yield Outcome(f"{key}/speaker", self._is_by(row, found), f"{wanted} came out as {said_by}")
        if row.get("source"):
            touches = touch(self.source_of(row), ranges(found.source))
            sources = [span.text for span in found.source]
            yield Outcome(f"{key}/source", touches, f"{row['source']!r} came out as {sources}")
        touches = touch(self.cue_of(row), ranges(found.cue))
        cues = [span.text for span in found.cue]
        yield Outcome(f"{key}/cue", touches, f"{row['cue']!r} came out as {cues}")
        yield same(f"{key}/mode", row.get("mode"), found.mode)
        yield same(f"{key}/act", row.get("act"), found.act)
        if "said_on" in row:
            yield same(f"{key}/said_on", row["said_on"], _day(found.said_on))

    def _statement_links(self, key: str, row: Row, found: Statement) -> Iterator[Outcome]:
        if "within" in row:
            outer = self.statements.get(row["within"])
            holds = outer is not None and found.within == outer.id
            yield Outcome(f"{key}/within", holds, f"not within {row['within']!r}: {found.within}")
        if "addressees" in row:
            names = self._names(found.addressees)
            holds = set(row["addressees"]) <= names
            yield Outcome(f"{key}/addressees", holds, f"{row['addressees']} are {sorted(names)}")
        if "denies" in row:
            yield self._denies(key, row, found)
        if "insertions" in row:
            inserted = [span.text for span in found.insertions]
            yield same(f"{key}/insertions", "; ".join(row["insertions"]), "; ".join(inserted))

    def _denies(self, key: str, row: Row, found: Statement) -> Outcome:
        for alternatives in row["denies"]:
            ids = {self.statements[n].id for n in alternatives.split("|") if n in self.statements}
            if not ids & set(found.denies):
                return Outcome(f"{key}/denies", False, f"does not deny {alternatives!r}")
        return Outcome(f"{key}/denies", True, "")

    # events

    def _event_likeness(self, row: Row, event: Event) -> float:
        if event.type not in row["type"].split("|"):
            return 0.0
        trigger = occurrences(self.text, row["trigger"])[:1]
        if touch(trigger, ranges(event.trigger)):
            return 3.0 + self._is_cast_so(row, event)
        sentence = touch(trigger, [(event.text.start, event.text.end)])
        return 1.0 + self._is_cast_so(row, event) if sentence else 0.0

    def _is_cast_so(self, row: Row, event: Event) -> bool:
        """Tell whether the same states (or, stateless, the same names) act and are acted upon."""
        wanted = [self._gold_states(row.get(side)) for side in ("actors", "recipients")]
        found = [self._states(side) for side in (event.actors, event.recipients)]
        if event.type in RECIPROCAL and all(wanted):
            return _union(wanted) == _union(found)
        return all(w is None or w == f for w, f in zip(wanted, found, strict=True))

    def _gold_states(self, names: list[str] | None) -> set[str] | None:
        rows = {row["name"]: row for row in self.gold["actors"]}
        if names is None:
            return None
        countries = {name: rows[name].get("country", "-").split("|")[0] for name in names}
        return {name if country == "-" else country for name, country in countries.items()}

    def _states(self, actor_ids: Iterable[str]) -> set[str]:
        actors = [self.record.actor(each) for each in actor_ids]
        return {actor.country or self.cast.get(actor.id) or actor.name for actor in actors}

    def _events(self) -> Iterator[Outcome]:
        for name, row in self.rows("events"):
            key, found = f"events/{name}", self.events.get(name)
            what = f"no {row['type']} event at {row['trigger']!r}"
            yield Outcome(f"{key}/found", found is not None, what)
            if found is not None:
                yield from self._event(key, row, found)
        paired = {each.id for each in self.events.values()}
        for each in self.record.events:
            if each.id not in paired:
                words = " / ".join(span.text for span in each.trigger)
                yield unexpected("events", f"{each.type} {words}", f"{each.status}")

    def _event(self, key: str, row: Row, found: Event) -> Iterator[Outcome]:
        who, whom = sorted(self._names(found.actors)), sorted(self._names(found.recipients))
        wanted = f"{row.get('actors')} -> {row.get('recipients')}"
        message = f"{wanted} came out as {who} -> {whom}"
        yield Outcome(f"{key}/cast", self._is_cast_so(row, found), message)
        yield same(f"{key}/status", row.get("status"), found.status)
        if "on" in row:
            yield same(f"{key}/on", row["on"], _day(found.on))

    # times, places, disputes, suspect wording

    def _times(self) -> Iterator[Outcome]:
        for name, row in self.rows("times"):
            at = occurrences(self.text, row["text"])[:1]
            found = [t for t in self.record.times if touch(at, ranges([t.span]))]
            yield Outcome(f"times/{name}/found", bool(found), f"no time {name!r}")
            if found:
                yield same(f"times/{name}/date", row["date"], found[0].date)
        gold = [p for row in self.gold["times"] for p in occurrences(self.text, row["text"])]
        for each in self.record.times:
            if not touch(gold, ranges([each.span])):
                yield unexpected("times", each.text, f"{each.date}, {each.found_by}")

    def _places(self) -> Iterator[Outcome]:
        for name, row in self.rows("places"):
            at = occurrences(self.text, row["name"])
            found = [p for p in self.record.places if touch(at, ranges([p.span]))]
            yield Outcome(f"places/{name}/found", bool(found), f"no place {name!r}")
            if found:
                yield same(f"places/{name}/country", row.get("country"), found[0].country)
        gold = [p for row in self.gold["places"] for p in occurrences(self.text, row["name"])]
        for each in self.record.places:
            if not touch(gold, ranges([each.span])):
                yield unexpected("places", each.span.text, f"{each.country}, {each.found_by}")

    def _disputes(self) -> Iterator[Outcome]:
        used = set()
        for row in self.gold["disputes"]:
            found = [each for each in self.record.disputes if self._is_dispute(row, each)]
            used |= {each.id for each in found}
            if not row.get("optional"):
                key = f"disputes/{row['id']}"
                sides = f"{short(row['answer'])!r} against {short(row['claim'])!r}"
                yield Outcome(f"{key}/found", bool(found), f"no dispute: {sides}")
                if found:
                    yield same(f"{key}/kind", row["kind"], found[0].kind)
        for each in self.record.disputes:
            if each.id not in used:
                yield unexpected("disputes", each.topic.text, f"{each.kind}: {each.why}")

    def _is_dispute(self, row: Row, dispute: Dispute) -> bool:
        sides = [occurrences(self.text, row[side])[:1] for side in ("claim", "answer")]
        found = [
            ranges(self.record.statement(each).content) for each in (dispute.claim, dispute.answer)
        ]
        orders = [found, found[::-1]] if row.get("either_way") else [found]
        return any(touch(sides[0], each[0]) and touch(sides[1], each[1]) for each in orders)

    def _suspect(self) -> Iterator[Outcome]:
        for name, row in self.rows("suspect"):
            at = occurrences(self.text, row["text"])[:1]
            found = [s for s in self.record.suspect if touch(at, ranges([s.span]))]
            yield Outcome(f"suspect/{name}/found", bool(found), f"{name!r} is not suspected")
            if found:
                yield same(f"suspect/{name}/likely", row.get("likely"), found[0].likely)
        gold = [p for row in self.gold["suspect"] for p in occurrences(self.text, row["text"])[:1]]
        for each in self.record.suspect:
            if not touch(gold, ranges([each.span])):
                yield unexpected("suspect", each.span.text, f"{each.likely}, {each.found_by}")

    # what must not come out

    def _must_not(self) -> Iterator[Outcome]:
        for row in self.gold["must_not"]:
            kind, words = next(iter(row.items()))
            wrong = getattr(self, f"_wrong_{kind}")(words, row)
            details = " ".join(v for k, v in row.items() if k != kind)
            key = f"must_not/{kind}: {short(words)} {details}".rstrip()
            yield Outcome(f"{key}/absent", not wrong, f"came out: {wrong}")

    def _wrong_statement(self, words: str, _row: Row) -> list[str]:
        gold = words_in(self.text, occurrences(self.text, words)[:1])
        wrong = []
        for each in self.record.statements:
            found = words_in(self.text, ranges(each.content))
            if found and len(gold & found) / len(gold | found) >= 0.5:
                wrong.append(" / ".join(span.text for span in each.content))
        return wrong

    def _wrong_event(self, event_type: str, row: Row) -> list[str]:
        at = occurrences(self.text, row["trigger"]) if "trigger" in row else []
        return [
            f"{each.type} {each.text.text!r}"
            for each in self.record.events
            if each.type == event_type
            and allows(row.get("status"), each.status)
            and (not at or touch(at, ranges(each.trigger)))
        ]

    def _wrong_actor(self, words: str, _row: Row) -> list[str]:
        return [each.name for each in self.record.actors if words in each.name]

    def _wrong_place(self, words: str, row: Row) -> list[str]:
        return [
            each.name
            for each in self.record.places
            if words in each.span.text and allows(row.get("country"), each.country)
        ]

    def _wrong_suspect(self, words: str, _row: Row) -> list[str]:
        at = occurrences(self.text, words)
        return [e.span.text for e in self.record.suspect if touch(at, ranges([e.span]))]


def aliases(row: Row) -> list[str]:
    """List the words by which a gold actor goes: its name, its others, a person's surname."""
    name, number = numbered(row["name"])
    surname = [name.split()[-1]] if row.get("kind") == "person" and not number else []
    return list(dict.fromkeys([row["name"], *row.get("also", []), *surname]))


def _best_fits(mention: Range, places: list[tuple[str, Range]]) -> dict[str, float]:
    """Tell how well a mention fits the best place of each gold actor that it touches."""
    fits: dict[str, float] = {}
    for name, place in places:
        shared = overlap(mention, place)
        if shared:
            fit = 2 * shared / (mention[1] - mention[0] + place[1] - place[0])
            fits[name] = max(fit, fits.get(name, 0.0))
    return fits


def _day(time: Time | None) -> str | None:
    return time.date if time else None


def _union(sides: Iterable[set[str] | None]) -> set[str]:
    return {each for side in sides for each in side or ()}


def row_name(row: Row) -> str:
    """Tell the name that a gold row goes by."""
    return str(row.get("id") or row.get("name") or row.get("text"))


@cache
def compare_example(name: str) -> tuple[Outcome, ...]:
    """Read one example and compare it with its gold record."""
    return tuple(Comparison(load_example(name), read_example(name)).outcomes())
