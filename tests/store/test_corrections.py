import datetime as dt
from dataclasses import replace

import pytest
from tests.store.samples import TEXT, find, make_record

from onrecord.errors import NotFound, StoreError
from onrecord.record import Record
from onrecord.store import schema
from onrecord.store.answers import Failed
from onrecord.store.writing import Arrival


def said(store, **asked):
    return [(each.id, each.speakers, each.act) for each in store.said(**asked)]


def test_a_corrected_act_is_what_is_asked_and_shown(store, add):
    add(make_record())
    store.correct("1/s1", "correct", by="A. Editor", reason="milder", act="state")
    assert said(store, act="accuse") == []
    assert said(store, act="state") == [("1/s1", ("Sergei Lavrov",), "state")]
    statement = store.record(1).statement("s1")
    assert (statement.act, statement.confidence, statement.found_by) == ("state", 1.0, "person")
    assert store.record(1, as_read=True).statement("s1").act == "accuse"


def test_a_speaker_may_be_someone_of_the_article_or_someone_new(store, add):
    add(make_record())
    store.correct("1/s1", "correct", by="E", speakers="Blinken; Emmanuel Macron")
    (statement,) = store.said(by="Macron")
    assert statement.speakers == ("Antony Blinken", "Emmanuel Macron")
    assert store.said(by="Macron", country="FRA")


def test_a_span_is_set_by_its_offsets(store, add):
    add(make_record())
    words = find(TEXT, "such a promise")
    store.correct("1/s2", "correct", by="E", content=f"{words.start}-{words.end}")
    assert store.said(act="deny")[0].content == "such a promise"
    with pytest.raises(StoreError, match="no stretch"):
        store.correct("1/s2", "correct", by="E", content="9-4")


def test_what_is_rejected_is_gone_with_what_hangs_on_it(store, add):
    add(make_record())
    store.correct("1/s1", "reject", by="E")
    record = store.record(1)
    assert [each.id for each in record.statements] == ["s2"]
    assert record.disputes == ()
    assert record.statement("s2").within is None
    assert record.event("e1").according_to == ()
    assert len(store.disputes()) == 0


def test_an_events_codes_follow_its_type(store, add):
    add(make_record())
    store.correct("1/e1", "correct", by="E", type="ACCUSE", status="claimed")
    event = store.record(1).event("e1")
    assert (event.type, event.mode, event.quad, event.status) == ("ACCUSE", None, 3, "claimed")
    assert event.goldstein < 0
    store.correct("1/e1", "correct", by="E", cameo="190")
    assert store.events(act="assault")[0].id == "1/e1"


@pytest.mark.parametrize(
    ("finding", "action", "fields", "message"),
    [
        ("1/s9", "confirm", {}, "has no s9"),
        ("1/q1", "confirm", {}, "is no finding"),
        ("one", "confirm", {}, "12/s3 would be right"),
        ("7/s1", "confirm", {}, "no article 7"),
        ("1/s1", "praise", {}, "no action"),
        ("1/s1", "correct", {"colour": "red"}, "cannot be set"),
        ("1/s1", "correct", {"act": "shout"}, "one of: state"),
        ("1/e1", "correct", {"type": "DANCE"}, "one of: AGREE"),
        ("1/x1", "reject", {}, "no dispute x1"),
    ],
)
def test_what_cannot_be_corrected_is_refused_and_nothing_is_kept(
    store, add, finding, action, fields, message
):
    add(make_record())
    with pytest.raises((StoreError, NotFound), match=message):
        store.correct(finding, action, by="E", **fields)
    assert len(store.corrections()) == 0
    assert store.record(1) == make_record()


def test_a_correction_has_an_author(store, add):
    add(make_record())
    with pytest.raises(StoreError, match="needs the name"):
        store.correct("1/s1", "confirm", by=" ")
    store.correct("1/s1", "confirm", by="A. Editor", reason="heard it")
    (line,) = store.corrections()
    assert (line.id, line.action, line.by, line.reason) == (
        "1/s1", "confirm", "A. Editor", "heard it",
    )  # fmt: skip


def test_a_correction_that_is_taken_back_holds_no_more_and_stays_in_the_list(store, add):
    add(make_record())
    store.correct("1/s1", "reject", by="E")
    store.withdraw(1)
    assert store.record(1) == make_record()
    assert len(store.said()) == 2
    assert [each.withdrawn for each in store.corrections()] == [True]
    with pytest.raises(NotFound):
        store.withdraw(1)


def newer(record: Record) -> Record:
    """Return a record as another network might have it: other ids, acts and an event less."""
    first, second = record.statements
    wider = replace(first, id="s2", act="warn", content=(find(TEXT, "breaking its word"),))
    other = replace(second, id="s1", within="s2", denies=("s2",))
    dispute = replace(record.disputes[0], claim="s2", answer="s1")
    return replace(record, statements=(other, wider), events=(), disputes=(dispute,))


@pytest.fixture
def reread(store):
    def again(change=newer):
        run = store.begin_run("reread", program="9", networks="newer")
        stale = store.stale(run)
        store.replace({number: change(make_record()) for number, _ in stale}, run_id=run)
        return [number for number, _ in stale]

    return again


def test_reading_anew_replaces_what_was_found(store, add, reread):
    add(make_record())
    assert reread() == [1]
    assert said(store, act="warn") == [("1/s2", ("Sergei Lavrov",), "warn")]
    assert len(store.events()) == 0
    assert reread() == []


def test_corrections_hold_for_what_stands_in_the_same_place(store, add, reread):
    add(make_record())
    store.correct("1/s1", "correct", by="E", act="demand", speakers="Blinken")
    store.correct("1/s2", "reject", by="E")
    reread()
    assert said(store) == [("1/s2", ("Antony Blinken",), "demand")]
    assert len(store.disputes()) == 0


def test_what_was_confirmed_and_is_no_longer_found_is_put_back(store, add, reread):
    add(make_record())
    store.correct("1/e1", "confirm", by="E")
    reread()
    (event,) = store.events()
    assert (event.actors, event.recipients) == (("Sergei Lavrov",), ("Antony Blinken",))


def test_what_was_rejected_and_is_no_longer_found_changes_nothing(store, add, reread):
    add(make_record())
    store.correct("1/e1", "reject", by="E")
    reread()
    assert len(store.said()) == 2


def test_a_dispute_is_the_same_where_its_sides_are(store, add, reread):
    add(make_record())
    store.correct("1/d1", "correct", by="E", kind="contradiction")
    reread()
    assert [each.kind for each in store.disputes()] == ["contradiction"]


def test_failures_of_a_batch_leave_corrections_alone(store, add):
    add(make_record())
    store.correct("1/s1", "reject", by="E")
    run = store.begin_run("ingest", program="0", networks="")
    store.add([Arrival("again.txt", make_record())], [Failed("x", "y", "z")], run_id=run)
    assert [each.id for each in store.said()] == ["1/s2"]


def test_a_run_that_reads_anew_is_not_told_to_have_been_cut_off(store, add, reread):
    add(make_record())
    with store._database.writing() as connection:
        connection.execute(schema.articles.update().values(added_at="2020-01-01T00:00:00+00:00"))
    reread()
    run = store.runs()[0]
    assert (run.articles, run.latest_at, run.per_minute) == (1, None, None)
    assert not run.is_silent(dt.datetime.now(dt.UTC) + dt.timedelta(days=1))
