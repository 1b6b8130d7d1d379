"""The founding example: a machine-rewritten report of 2022-02-02, sentence by sentence.

The article is not part of the project. The tests read it from `../shared/seed/article.txt` beside
the checkout, or from where ONRECORD_SEED says, and skip where there is none.
"""

import itertools
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.article import Span
from onrecord.record import Actor, Event, Record, Statement

ROOT = Path(__file__).resolve().parent.parent
SEED = Path(os.environ.get("ONRECORD_SEED", ROOT.parent / "shared" / "seed" / "article.txt"))
CASES: dict[str, Any] = json.loads(
    (ROOT / "tests" / "cases" / "founding.json").read_text(encoding="utf-8")
)
QUOTED = re.compile("“[^”]*”")

Row = dict[str, Any]

pytestmark = pytest.mark.skipif(
    not SEED.exists(), reason=f"the founding article is not at {SEED} (ONRECORD_SEED)"
)


@pytest.fixture(scope="module")
def record() -> Record:
    from onrecord.article import Article
    from onrecord.reading.pipeline import Reader

    return Reader().read(Article(SEED.read_text(encoding="utf-8")))


def cases(kind: str, aspect: str) -> list[Any]:
    """Make a case of every row that has the aspect; a known failure is marked with its reason."""
    return [
        pytest.param(
            row,
            id=str(row.get("id") or row.get("name") or row.get("words")),
            marks=[pytest.mark.xfail(strict=True, reason=reason)] if reason else [],
        )
        for row in CASES[kind]
        if aspect in row or aspect == "found"
        for reason in [row.get("failing", {}).get(aspect)]
    ]


def each(kind: str, aspect: str = "found") -> Callable[..., Any]:
    return pytest.mark.parametrize("row", cases(kind, aspect))


def allows(wanted: str, found: str | None) -> bool:
    return (found or "-") in wanted.split("|")


def covers(spans: tuple[Span, ...], words: str) -> bool:
    return any(words in span.text for span in spans)


def actors_called(record: Record, name: str) -> list[Actor]:
    """Find the actors that the name means: so called, so mentioned, or with the name in theirs."""
    words = re.compile(rf"\b{name}\b")
    ways: list[Callable[[Actor], bool]] = [
        lambda actor: actor.name == name,
        lambda actor: any(m.text in {name, f"the {name}", f"The {name}"} for m in actor.mentions),
        lambda actor: bool(words.search(actor.name)),
        lambda actor: any(words.search(mention.text) for mention in actor.mentions),
    ]
    found = ([actor for actor in record.actors if way(actor)] for way in ways)
    return next(filter(None, found), [])


def same_actors(record: Record, actor_ids: tuple[str, ...], names: list[str]) -> bool:
    wanted = [{actor.id for actor in actors_called(record, name)} for name in names]
    return len(set(actor_ids)) == len(names) and all(ids & set(actor_ids) for ids in wanted)


def find_statements(record: Record, row: Row) -> list[Statement]:
    """List the statements with these words: first by the right speaker, nested as told, shorter."""
    found = [each for each in record.statements if covers(each.content, row["words"])]
    return sorted(
        found,
        key=lambda each: (
            not same_actors(record, each.speakers, row["by"]),
            (each.within is None) == ("within" in row),
            sum(span.end - span.start for span in each.content),
        ),
    )


def find_statement(record: Record, row: Row) -> Statement:
    found = find_statements(record, row)
    assert found, f"no statement holds {row['words']!r}"
    return found[0]


def named_statement(record: Record, name: str) -> Statement:
    return find_statement(record, next(row for row in CASES["statements"] if row["id"] == name))


def find_event(record: Record, row: Row) -> Event:
    types = row["type"].split("|")
    at = record.article.text.index(row["trigger"])
    end = at + len(row["trigger"])
    found = [
        each
        for each in record.events
        if each.type in types
        and any(span.start < end and at < span.end for span in (*each.trigger, each.text))
    ]
    found.sort(key=lambda each: not any(s.start < end and at < s.end for s in each.trigger))
    found.sort(key=lambda each: not is_cast_so(record, each, row))
    assert found, f"no {row['type']} event at {row['trigger']!r}"
    return found[0]


def is_cast_so(record: Record, event: Event, row: Row) -> bool:
    if "parties" in row:
        return same_actors(record, (*event.actors, *event.recipients), row["parties"])
    sides = [("actor", event.actors), ("recipient", event.recipients)]
    return all(
        {record.actor(each).country for each in ids} == {row[side]}
        for side, ids in sides
        if side in row
    )


# publication, times, places


def test_the_date_of_publication_comes_from_the_texts_own_header(record: Record) -> None:
    assert str(record.article.published)[:10] == "2022-02-02"
    assert record.article.published_from == "text"


@each("times")
def test_each_expression_of_time_has_its_date(record: Record, row: Row) -> None:
    places = [m.start() for m in re.finditer(row["words"], record.article.text)]
    found = {
        time.span.start: time.date
        for time in record.times
        for at in places
        if time.span.start <= at < time.span.end
    }
    assert len(found) == len(places), f"{row['words']!r} stands {len(places)} times: {found}"
    assert set(found.values()) == {row["date"]}


@each("places")
def test_each_place_has_its_country(record: Record, row: Row) -> None:
    found = {place.country for place in record.places if place.span.text == row["words"]}
    assert found, f"no place {row['words']!r}"
    assert all(allows(row["country"], country) for country in found)


# actors


@each("actors")
def test_each_actor_is_known_with_country_sector_and_kind(record: Record, row: Row) -> None:
    found = actors_called(record, row["name"])
    assert found, f"no actor {row['name']!r}"
    wrong = [
        (actor.name, actor.country, actor.sector, actor.kind)
        for actor in found[:1]
        if not (
            allows(row["country"], actor.country)
            and allows(row["sector"], actor.sector)
            and allows(row["kind"], actor.kind)
        )
    ]
    assert not wrong


@each("actors")
def test_only_officials_without_a_name_are_unnamed(record: Record, row: Row) -> None:
    found = actors_called(record, row["name"])
    assert found, f"no actor {row['name']!r}"
    assert found[0].unnamed == row.get("unnamed", False)


@pytest.mark.parametrize("name", ["Putin", "Lavrov", "Blinken", "Johnson", "Zelensky"])
def test_nobody_is_two_actors(record: Record, name: str) -> None:
    people = [a for a in record.actors if a.kind == "person" and a.name.endswith(name)]
    assert len(people) == 1


def test_the_kremlin_is_russia_and_washington_the_us(record: Record) -> None:
    for one, other in (("Kremlin", "Russia"), ("Washington", "US")):
        assert {a.id for a in actors_called(record, one)} & {
            a.id for a in actors_called(record, other)
        }, f"{one} is not {other}"


def test_the_unnamed_officials_of_two_days_stay_apart(record: Record) -> None:
    one = actors_called(record, "senior State Department official")
    several = actors_called(record, "State Department officers")
    assert one
    assert several
    assert one[0].id != several[0].id


def test_the_official_who_goes_on_is_the_senior_official(record: Record) -> None:
    official = actors_called(record, "senior State Department official")[0]
    mentions = [mention.text for mention in official.mentions]
    assert mentions.count("the official") == 2


# statements


@each("statements")
def test_each_statement_is_found_with_its_speaker(record: Record, row: Row) -> None:
    statement = find_statement(record, row)
    names = [record.actor(speaker).name for speaker in statement.speakers]
    assert same_actors(record, statement.speakers, row["by"]), f"{row['by']} came out as {names}"


@each("statements", "mode")
def test_each_statement_is_direct_indirect_or_mixed_as_it_is_quoted(
    record: Record, row: Row
) -> None:
    assert find_statement(record, row).mode in row["mode"].split("|")


@each("statements", "act")
def test_each_statement_does_what_its_speaker_does_by_it(record: Record, row: Row) -> None:
    assert find_statement(record, row).act in row["act"].split("|")


@each("statements", "reaches")
def test_each_content_reaches_as_far_as_the_speakers_words(record: Record, row: Row) -> None:
    content = find_statement(record, row).content
    assert covers(content, row["reaches"]), [span.text for span in content]


@each("statements", "said_on")
def test_each_dated_statement_has_its_day(record: Record, row: Row) -> None:
    said_on = find_statement(record, row).said_on
    assert said_on is not None
    assert said_on.date == row["said_on"]


@each("statements", "within")
def test_a_reported_statement_lies_within_the_one_that_reports_it(record: Record, row: Row) -> None:
    assert find_statement(record, row).within == named_statement(record, row["within"]).id


@each("statements", "to")
def test_those_who_are_told_are_addressees(record: Record, row: Row) -> None:
    assert same_actors(record, find_statement(record, row).addressees, row["to"])


@each("statements", "denies")
def test_a_denial_points_to_what_it_denies(record: Record, row: Row) -> None:
    denied = {named_statement(record, name).id for name in row["denies"].split("|")}
    assert denied & set(find_statement(record, row).denies)


@each("statements", "insertion")
def test_an_editors_insertion_is_marked_off_from_the_verbatim_words(
    record: Record, row: Row
) -> None:
    statement = find_statement(record, row)
    assert [span.text for span in statement.insertions] == [row["insertion"]]
    assert covers(statement.content, row["insertion"])
    assert not covers(statement.quoted, row["insertion"])


def test_a_quotation_broken_by_its_cue_is_one_statement(record: Record) -> None:
    for name in ("deceived", "Crimea", "mix-up"):
        assert len(named_statement(record, name).content) == 2, name


def test_every_quotation_is_in_some_statement_word_for_word(record: Record) -> None:
    text = record.article.text
    held = [(span.start, span.end) for statement in record.statements for span in statement.content]
    lost = [
        match.group()
        for match in QUOTED.finditer(text)
        if not any(start <= match.start() and match.end() <= end for start, end in held)
    ]
    assert not lost


def test_somebody_is_behind_every_statement_of_the_reporter(record: Record) -> None:
    nobody = [
        [span.text for span in statement.content]
        for statement in record.statements
        if not statement.speakers and statement.within is None
    ]
    assert not nobody


def test_zelenskys_war_is_conditional(record: Record) -> None:
    wars = [
        each
        for each in record.events
        if each.type == "ASSAULT" and any(s.text in {"war", "conflict"} for s in each.trigger)
    ]
    assert all(each.status == "hypothetical" for each in wars)
    assert covers(named_statement(record, "big war").content, "conflict between Russia and Ukraine")


# events


@each("events")
def test_each_event_is_found_with_those_who_take_part(record: Record, row: Row) -> None:
    event = find_event(record, row)
    actors = [record.actor(a).name for a in event.actors]
    recipients = [record.actor(a).name for a in event.recipients]
    assert is_cast_so(record, event, row), f"{actors} -> {recipients}"


@each("events", "status")
def test_each_event_has_its_status(record: Record, row: Row) -> None:
    assert find_event(record, row).status in row["status"].split("|")


@each("events", "on")
def test_each_dated_event_has_its_day(record: Record, row: Row) -> None:
    event = find_event(record, row)
    assert event.on is not None
    assert event.on.date == row["on"]


def test_no_invasion_has_happened(record: Record) -> None:
    happened = [
        each.text.text
        for each in record.events
        if each.type == "ASSAULT"
        and each.status in {"happened", "ongoing"}
        and not any("annex" in span.text for span in each.trigger)
    ]
    assert not happened


def test_the_refusal_of_putins_demands_is_an_event_between_states(record: Record) -> None:
    refusals = [
        {record.actor(a).country for a in each.actors}
        for each in record.events
        if each.type == "REJECT" and "non-starters" in each.text.text
    ]
    assert {"USA", "IGO"} in refusals


# disputes


@each("disputes")
def test_each_dispute_is_found_with_both_sides(record: Record, row: Row) -> None:
    text = record.article.text
    places = [text.index(row[side]) for side in ("claim", "answer")]
    kinds = []
    for dispute in record.disputes:
        sides = [record.statement(each) for each in (dispute.claim, dispute.answer)]
        if all(
            any(span.start <= at < span.end for span in (*side.content, *side.source, *side.cue))
            for side, at in zip(sides, places, strict=True)
        ):
            kinds.append(dispute.kind)
    assert kinds, f"no dispute of {row['answer']!r} against {row['claim']!r}"
    assert kinds[0] in row["kind"].split("|")


def test_no_more_is_disputed_than_is(record: Record) -> None:
    assert len(record.disputes) <= len(CASES["disputes"]) + 1, [d.why for d in record.disputes]


# suspect wording


@each("suspect")
def test_wording_that_a_machine_put_there_is_suspect(record: Record, row: Row) -> None:
    at = record.article.text.index(row["words"])
    found = [s for s in record.suspect if s.span.start < at + len(row["words"]) and at < s.span.end]
    assert found, f"{row['words']!r} is not suspected"
    assert found[0].likely == row["likely"]


def test_no_word_inside_a_quotation_is_suspect(record: Record) -> None:
    quotations = [(m.start(), m.end()) for m in QUOTED.finditer(record.article.text)]
    suspected = [
        each.span.text
        for each in record.suspect
        for start, end in quotations
        if each.span.start < end and start < each.span.end
    ]
    assert not suspected


# the record as a whole


def test_every_finding_points_to_its_own_words(record: Record) -> None:
    text = record.article.text
    spans = [span for s in record.statements for span in (*s.source, *s.cue, *s.content, *s.quoted)]
    spans += [mention for actor in record.actors for mention in actor.mentions]
    spans += [span for event in record.events for span in (*event.trigger, event.text)]
    spans += [time.span for time in record.times] + [place.span for place in record.places]
    spans += [each.span for each in record.suspect]
    assert spans
    assert [span for span in spans if text[span.start : span.end] != span.text] == []


def test_statements_and_events_stand_in_the_order_of_the_text(record: Record) -> None:
    starts = [
        min(span.start for span in (*s.source, *s.cue, *s.content)) for s in record.statements
    ]
    ids = [int(statement.id[1:]) for statement in record.statements]
    assert ids == sorted(ids)
    events = [event.text.start for event in record.events]
    assert all(one <= other for one, other in itertools.pairwise(events))
    assert starts
