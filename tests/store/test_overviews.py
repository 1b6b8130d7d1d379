import pytest
from tests.store.samples import TEXT, make_record
from tests.store.test_copies import COPY, ORIGINAL

from onrecord.errors import NotFound, StoreError


@pytest.fixture
def three(store, add):
    """An original, its copy, and another report of the same meeting."""
    add(make_record(ORIGINAL, published="2022-02-02"))
    add(make_record(COPY, published="2022-02-02"))
    other = " Berlin, Paris and Rome were told of it at once, and asked for patience. " * 8
    add(make_record(TEXT + other, published="2022-02-02"))
    return store


def test_a_timeline_has_each_event_once_with_its_reports(three):
    moments = three.timeline()
    assert [each.day for each in moments] == sorted(each.day for each in moments)
    (event,) = [each for each in moments if each.kind == "event"]
    assert (event.reports, event.independent, event.what) == (3, 2, "CONSULT")
    assert {each.what for each in moments if each.kind == "statement"} == {"accuse", "deny"}


def test_a_timeline_is_asked_by_act_or_type(three):
    assert {each.kind for each in three.timeline(act="deny")} == {"statement"}
    assert {each.kind for each in three.timeline(act="CONSULT")} == {"event"}
    assert three.timeline(by="NATO", act="accuse").to_dicts() == []


def test_of_a_long_timeline_the_latest_are_shown(three):
    (last,) = three.timeline(limit=1)
    assert last.day == "2022-02-02"


def test_who_has_everything_by_to_and_about(three):
    profile = three.who("Lavrov")
    assert (profile.name, profile.country, profile.articles) == ("Sergei Lavrov", "RUS", 3)
    assert profile.said == (("accuse", 3),)
    assert profile.did == (("CONSULT", 3),)
    assert profile.with_whom == (("Antony Blinken", 3),)
    assert profile.by_month == (("2022-01", 3),)
    assert three.who("NATO").about == (("accuse", 3),)
    with pytest.raises(NotFound):
        three.who("Nobody")


@pytest.mark.parametrize(
    ("of", "by", "per", "counted"),
    [
        ("statements", "act", "article", {"accuse": 3, "deny": 3}),
        ("statements", "act", "source", {"accuse": 2, "deny": 2}),
        ("statements", "speaker", "source", {"Sergei Lavrov": 2, "NATO": 2}),
        ("events", "type", "article", {"CONSULT": 3}),
        ("events", "type", "source", {"CONSULT": 2}),
        ("events", "type", "event", {"CONSULT": 1}),
        ("events", "country", "article", {"RUS": 3}),
        ("events", "month", "event", {"2022-02": 1}),
        ("statements", "outlet", "article", {"Courier": 6}),
        ("events", "status", "article", {"happened": 3}),
    ],
)
def test_counts_are_by_article_by_source_or_by_event(three, of, by, per, counted):
    assert {each.key: each.number for each in three.count(of, by=by, per=per)} == counted


@pytest.mark.parametrize(
    ("of", "by", "per"),
    [
        ("words", "act", "article"),
        ("statements", "type", "article"),
        ("statements", "act", "event"),
    ],
)
def test_what_cannot_be_counted_is_refused(three, of, by, per):
    with pytest.raises(StoreError, match="would be right"):
        three.count(of, by=by, per=per)


def test_a_new_version_shows_what_changed_in_what_is_said(store, add):
    from dataclasses import replace

    url = "https://example.org/a"
    add(make_record(url=url))
    later = make_record(TEXT + " It was cold.", url=url)
    first, second = later.statements
    changed = replace(first, act="warn")
    new = replace(second, id="s3", content=later.events[0].trigger, act="state")
    add(replace(later, statements=(changed, new), disputes=(), events=()))
    found = {each.kind: each for each in store.changes(2)}
    assert (found["changed"].earlier, found["changed"].later) == ("s1", "s1")
    assert (found["added"].after, found["dropped"].before) == ("met", "having given such a promise")
    with pytest.raises(NotFound, match="no earlier version"):
        store.changes(1)
