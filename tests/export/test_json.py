import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.export.json import record_from_json, record_line, record_to_json
from onrecord.record import Event, Record

numbers = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(float, numbers)


def test_a_record_comes_back_from_its_line_unchanged(record):
    assert record_from_json(record_line(record)) == record


@given(event=st.from_type(Event))
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
def test_whatever_an_event_holds_comes_back(event, record_of_nothing):
    record = Record(record_of_nothing.article, events=(event,))
    assert record_from_json(json.loads(record_line(record))) == record


@pytest.fixture
def record_of_nothing(record):
    return Record(record.article)


def test_the_format_comes_first_and_a_time_carries_its_offsets(record):
    written = record_to_json(record)
    assert next(iter(written)) == "format"
    time = written["times"][0]
    assert (time["start"], time["end"]) == (time["span"]["start"], time["span"]["end"])
    assert record.article.text[time["start"] : time["end"]] == time["text"] == "Tuesday"


def test_a_line_is_utf8_and_holds_no_line_end(record):
    line = record_line(record)
    assert "“You broke it,”" in line.decode("utf-8")
    assert b"\n" not in line


def test_a_date_time_keeps_its_zone(record):
    written = record_to_json(record)
    written["article"]["published"] = "2022-02-02T14:30:00+01:00"
    again = record_to_json(record_from_json(written))
    assert again["article"]["published"] == "2022-02-02T14:30:00+01:00"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: r.pop("actors"), "record lacks 'actors'"),
        (lambda r: r.update(extra=1), "has 'extra', which is no field"),
        (lambda r: r["statements"][0].update(act="mumble"), "statements[0].act is 'mumble'"),
        (lambda r: r["article"].update(published="soon"), "should be an ISO 8601 date"),
        (lambda r: r["events"][0].update(actors="a1"), "should be an array"),
        (lambda r: r["times"][0].update(span=None), "should be an object"),
        (lambda r: r["events"][0].update(goldstein=True), "should be of type float"),
        (lambda r: r.update(format="onrecord/9"), "this version reads 'onrecord/1'"),
    ],
)
def test_what_is_no_record_is_refused_by_the_field_that_is_wrong(record, change, words):
    written = record_to_json(record)
    change(written)
    with pytest.raises(InputError) as raised:
        record_from_json(written)
    assert words in str(raised.value)


def test_a_line_that_is_not_json_is_refused():
    with pytest.raises(InputError, match="not JSON"):
        record_from_json("{")
