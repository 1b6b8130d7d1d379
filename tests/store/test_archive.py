import datetime as dt
import sqlite3

import pytest
from tests.store.samples import TEXT, make_record

from onrecord import Actor, open_store
from onrecord.errors import NotFound, StoreError
from onrecord.store.answers import Failed
from onrecord.store.identity import identity_of


def test_a_record_comes_back_as_it_was_put_in(store, add):
    record = make_record(url="https://example.org/a")
    assert add(record) == 1
    assert store.record(1) == record


def test_the_same_text_is_stored_once(store, add):
    assert add(make_record(), make_record()) == 1
    assert add(make_record(title="Another headline")) == 0
    assert len(store.articles()) == 1


def test_a_new_text_at_a_known_address_replaces_what_was_found_and_keeps_the_record(store, add):
    earlier = make_record(url="https://example.org/a")
    later = make_record(TEXT + " It was cold.", url="https://example.org/a")
    add(earlier)
    add(later)
    assert [each.id for each in store.said()] == ["2/s2", "2/s1"]
    assert store.record(1) == earlier
    assert {each.id: each.replaced_by for each in store.articles()} == {1: 2, 2: None}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["1/s2", "1/s1"]),
        ({"by": "Lavrov"}, ["1/s1"]),
        ({"by": "sergei lavrov"}, ["1/s1"]),
        ({"by": "NATO"}, ["1/s2"]),
        ({"about": "NATO"}, ["1/s1"]),
        ({"act": "deny"}, ["1/s2"]),
        ({"country": "rus"}, ["1/s1"]),
        ({"since": "2022-02-01"}, ["1/s2"]),
        ({"until": dt.date(2022, 1, 31)}, ["1/s1"]),
        ({"text": "promises"}, ["1/s2"]),
        ({"text": '"breaking its word"'}, ["1/s1"]),
        ({"text": "word -breaking"}, []),
        ({"text": "'; DROP TABLE statements; --"}, []),
        ({"by": "Lavrov", "act": "deny"}, []),
        ({"limit": 1}, ["1/s2"]),
    ],
)
def test_statements_are_found_by(store, add, asked, found):
    add(make_record())
    assert [each.id for each in store.said(**asked)] == found


def test_a_statement_tells_who_says_what_about_whom(store, add):
    add(make_record())
    (said,) = store.said(by="Lavrov")
    assert (said.speakers, said.about, said.content) == (
        ("Sergei Lavrov",),
        ("NATO",),
        "breaking its word",
    )
    assert (said.day, said.outlet, said.title) == ("2022-01-31", "Courier", "Talks")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"by": "Lavrov", "to": "Blinken"}, 1),
        ({"by": "Blinken"}, 0),
        ({"act": "consult", "status": "happened"}, 1),
        ({"act": "ASSAULT"}, 0),
        ({"country": "RUS", "since": "2022-02-02"}, 1),
    ],
)
def test_events_are_found_by(store, add, asked, found):
    add(make_record())
    assert len(store.events(**asked)) == found


def test_a_dispute_has_both_sides(store, add):
    add(make_record())
    (found,) = store.disputes(by="NATO", to="Lavrov", act="denial")
    assert (found.claimed_by, found.answered_by) == (("Sergei Lavrov",), ("NATO",))
    assert (found.claim_id, found.answer_id) == ("1/s1", "1/s2")
    assert len(store.disputes(by="Lavrov")) == 0


def test_a_name_nobody_has_is_told_with_names_that_begin_alike(store, add):
    add(make_record())
    with pytest.raises(NotFound, match="sergei lavrov"):
        store.said(by="Sergej")
    with pytest.raises(NotFound, match="nobody in the store is called '%'"):
        store.said(by="%")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"act": "lie"}, "one of these would be right"),
        ({"country": "Russia"}, "three letters"),
        ({"limit": 0}, "from 1"),
        ({"speaker": "Lavrov"}, "no 'speaker' to ask by"),
    ],
)
def test_a_wrong_question_says_what_would_be_right(store, asked, message):
    with pytest.raises(StoreError, match=message):
        store.said(**asked)


def test_what_fails_and_is_read_later_leaves_the_failures(store, add):
    record = make_record()
    run = store.begin_run("test", program="0", networks="")
    source = f"{record.article.id}.txt"
    store.add([], [Failed(source, "broken", "now"), Failed("b", "empty", "now")], run_id=run)
    store.add([], [Failed(source, "still broken", "now")], run_id=run)
    assert {(each.source, each.reason) for each in store.failures()} == {
        (source, "still broken"),
        ("b", "empty"),
    }
    add(record)
    assert [each.source for each in store.failures()] == ["b"]


def test_a_batch_that_breaks_leaves_nothing_behind(store, add):
    broken = make_record(TEXT + " Then.")
    object.__setattr__(broken.statements[0], "speakers", ("a99",))
    with pytest.raises(KeyError):
        add(make_record(), broken)
    assert (len(store.articles()), len(store.said())) == (0, 0)


def test_answers_are_tables(store, add):
    add(make_record())
    answers = store.said()
    assert answers.to_arrow().column("id").to_pylist() == ["1/s2", "1/s1"]
    assert answers.to_dicts()[0]["speakers"] == ["NATO"]
    assert "<td>deny</td>" in answers._repr_html_()
    assert [each.id for each in answers[:1]] == ["1/s2"]


def test_people_with_one_name_and_no_link_stay_apart(store, add):
    first = make_record()
    object.__setattr__(first.actors[2], "name", "Blinken")
    second = make_record(TEXT + " Then.")
    object.__setattr__(second.actors[2], "name", "Blinken")
    add(first, second)
    with store._database.reading() as connection:
        count = "SELECT name, count(*) FROM actors GROUP BY name ORDER BY name"
        rows = connection.exec_driver_sql(count).all()
    assert [tuple(row) for row in rows] == [("Blinken", 2), ("NATO", 1), ("Sergei Lavrov", 1)]


def test_there_is_no_store_until_one_is_made(tmp_path):
    with pytest.raises(StoreError, match="there is no store at"):
        open_store(tmp_path / "none.db")
    with pytest.raises(StoreError, match="holds no archive"):
        open_store(tmp_path)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Not a database at all, but some notes. " * 50)
    with pytest.raises(StoreError, match=r"notes\.txt"):
        open_store(path, create=True)
    assert path.read_text().startswith("Not a database")


def test_a_store_of_a_newer_version_is_refused(tmp_path):
    path = tmp_path / "store.db"
    open_store(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE store_version SET version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer OnRecord"):
        open_store(path)


def test_a_store_can_be_read_while_it_is_written(store, add):
    add(make_record())
    with store._database.writing():
        assert len(store.said()) == 2


@pytest.mark.parametrize(
    ("name", "sort", "country", "same"),
    [
        ("Foreign Ministry of Russia", "foreign ministry", "RUS", True),
        ("the Russian Foreign Ministry", "foreign ministry", "RUS", True),
        ("Iran's Foreign Ministry", "foreign ministry", "IRN", False),
        ("Russian Hospital Association", "association", "RUS", False),
        ("Russian Football Association", "association", "RUS", False),
    ],
)
def test_a_states_institution_is_one_by_whatever_name(name, sort, country, same):
    def institution(name, sort, country):
        return Actor(
            "a1", name, "organization", country, "GOV", None, False, (), (), 0.8,
            f"knowledge:agent:{sort}",
        )  # fmt: skip

    one = identity_of(institution("Russia's Foreign Ministry", "foreign ministry", "RUS"), "h")
    assert (identity_of(institution(name, sort, country), "h") == one) is same
