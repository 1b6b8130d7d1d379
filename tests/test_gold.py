"""The comparison with gold records accepts the gold, and names what is missing or wrong."""

import dataclasses
from typing import Any

import pytest
from tests.gold.comparison import Comparison
from tests.gold.examples import Example, example_names, load_example
from tests.gold.outcome import Outcome
from tests.gold.words import Range, as_list, content_of, occurrences

from onrecord.article import Span
from onrecord.record import (
    Actor,
    ArticleEntry,
    Dispute,
    Event,
    Place,
    Record,
    Statement,
    Suspect,
    Time,
)

NAMES = example_names()


class Ideal:
    """Makes the record that says just what the gold record says, optional rows included."""

    def __init__(self, example: Example) -> None:
        self.article, self.text, self.gold = example.article, example.text, example.gold
        self.probe = Comparison(example, empty_record(example))
        self.ids = {row["name"]: f"a{n}" for n, row in enumerate(self.gold["actors"], 1)}
        self.said = {row["id"]: f"s{n}" for n, row in enumerate(self.gold["statements"], 1)}

    def record(self) -> Record:
        statements = tuple(self.statement(row) for row in self.gold["statements"])
        return dataclasses.replace(
            empty_record(load_example_of(self)),
            actors=tuple(self.actor(row) for row in self.gold["actors"]),
            statements=statements,
            events=tuple(self.event(n, row) for n, row in enumerate(self.gold["events"])),
            times=tuple(self.time(row) for row in self.gold["times"] if not row.get("absent")),
            places=tuple(self.place(row) for row in self.gold["places"] if "country" in row),
            disputes=tuple(
                self.dispute(n, row, statements) for n, row in enumerate(self.gold["disputes"])
            ),
            suspect=tuple(self.suspect(row) for row in self.gold["suspect"]),
        )

    def spans(self, places: list[Range]) -> tuple[Span, ...]:
        return tuple(self.article.span(*place) for place in places)

    def at(self, words: str) -> Span:
        return self.article.span(*occurrences(self.text, words)[0])

    def actor(self, row: dict[str, Any]) -> Actor:
        mentions = [place for name, place in self.probe.actor_places() if name == row["name"]]
        return Actor(
            id=self.ids[row["name"]],
            name=row["name"],
            kind=first(row, "kind") or "person",
            country=first(row, "country"),
            sector=first(row, "sector"),
            title=None,
            unnamed=row.get("unnamed", False),
            links=(),
            mentions=self.spans(mentions),
            confidence=1.0,
            found_by="hand",
        )

    def statement(self, row: dict[str, Any]) -> Statement:
        denied = [each.split("|")[0] for each in row.get("denies", [])]
        return Statement(
            id=self.said[row["id"]],
            speakers=tuple(self.ids[n] for n in as_list(row["speaker"]) if n in self.ids),
            source=self.spans(self.probe.source_of(row)),
            cue=self.spans(self.probe.cue_of(row)),
            content=self.spans(content_of(self.text, row)),
            quoted=(),
            insertions=tuple(self.at(words) for words in row.get("insertions", [])),
            mode=first(row, "mode") or "indirect",
            act=first(row, "act") or "state",
            plover=None,
            cameo=None,
            addressees=tuple(self.ids[name] for name in row.get("addressees", [])),
            about=(),
            said_on=self.moment(row.get("said_on")),
            place=None,
            within=self.said.get(row.get("within", "")),
            denies=tuple(self.said[each] for each in denied),
            hedged=False,
            confidence=1.0,
            found_by="hand",
        )

    def event(self, number: int, row: dict[str, Any]) -> Event:
        return Event(
            id=f"e{number}",
            type=first(row, "type"),
            mode=None,
            cameo="",
            quad=1,
            goldstein=0.0,
            actors=tuple(self.ids[name] for name in row.get("actors", [])),
            recipients=tuple(self.ids[name] for name in row.get("recipients", [])),
            trigger=(self.at(row["trigger"]),),
            text=self.at(row["trigger"]),
            on=self.moment(row.get("on")),
            place=None,
            status=first(row, "status") or "planned",
            according_to=(),
            disputed_by=(),
            confidence=1.0,
            found_by="hand",
        )

    def moment(self, dates: str | None) -> Time | None:
        date = first({"date": dates}, "date")
        return Time(date, "day", "", Span(0, 0, ""), "hand") if date else None

    def time(self, row: dict[str, Any]) -> Time:
        return Time(first(row, "date"), "day", row["text"], self.at(row["text"]), "hand")

    def place(self, row: dict[str, Any]) -> Place:
        at = self.at(row["name"])
        return Place(row["name"], first(row, "country"), None, None, None, at, "hand")

    def dispute(
        self, number: int, row: dict[str, Any], statements: tuple[Statement, ...]
    ) -> Dispute:
        sides = [self.at(row[side]) for side in ("claim", "answer")]
        claim, answer = (
            next(s.id for s in reversed(statements) if any(c.overlaps(side) for c in s.content))
            for side in sides
        )
        return Dispute(f"d{number}", claim, answer, first(row, "kind"), sides[1], "", 1.0, "hand")

    def suspect(self, row: dict[str, Any]) -> Suspect:
        return Suspect(self.at(row["text"]), "substitution", first(row, "likely"), 1.0, "hand")


def load_example_of(ideal: Ideal) -> Example:
    return Example("", ideal.article, ideal.gold)


def first(row: dict[str, Any], key: str) -> Any:
    value = (row.get(key) or "-").split("|")[0].rstrip("*")
    return None if value == "-" else value


def empty_record(example: Example) -> Record:
    article = example.article
    return Record(
        ArticleEntry(
            id=article.id,
            title=None,
            outlet=None,
            url=None,
            published=None,
            published_from=None,
            language="en",
            text=article.text,
            sha256=article.sha256,
        )
    )


def failing(example: Example, record: Record) -> list[Outcome]:
    found = Comparison(example, record).outcomes()
    return [each for each in found if not each.holds and each.kind != "article"]


@pytest.mark.parametrize("name", NAMES)
def test_a_record_that_says_what_the_gold_says_holds_entirely(name: str) -> None:
    example = load_example(name)
    assert failing(example, Ideal(example).record()) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_record_misses_every_row_that_must_hold(name: str) -> None:
    example = load_example(name)
    kinds = ("actors", "statements", "events", "times", "places", "disputes", "suspect")
    wanted = sum(not row.get("optional") for kind in kinds for row in example.gold[kind])
    assert len(failing(example, empty_record(example))) == wanted


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"speakers": ("a2",)}, "statements/accuses/speaker"),
        ({"act": "praise"}, "statements/accuses/act"),
        ({"mode": "direct"}, "statements/accuses/mode"),
        ({"said_on": None}, "statements/accuses/said_on"),
        ({"cue": ()}, "statements/accuses/cue"),
        ({"source": ()}, "statements/accuses/source"),
    ],
)
def test_what_is_wrong_with_a_statement_is_named(change: dict[str, Any], key: str) -> None:
    example = load_example("01-agency-orban")
    ideal = Ideal(example)
    record = ideal.record()
    wrong = tuple(
        dataclasses.replace(each, **change) if each.id == ideal.said["accuses"] else each
        for each in record.statements
    )
    failures = failing(example, dataclasses.replace(record, statements=wrong))
    assert [each.key for each in failures] == [key]


def test_what_is_not_in_the_gold_is_unexpected() -> None:
    example = load_example("01-agency-orban")
    record = Ideal(example).record()
    at = example.article.span(*occurrences(example.text, "reporters")[0])
    place = Place("Reporters", "USA", None, None, None, at, "hand")
    more = dataclasses.replace(record, places=(*record.places, place))
    assert [each.key for each in failing(example, more)] == ["places/unexpected/reporters"]
