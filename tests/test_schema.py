import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.export.html import record_to_html
from onrecord.export.json import record_from_json, record_line, record_to_json
from onrecord.export.terminal import record_to_text
from onrecord.intake.sources import Taken, take_in
from onrecord.reading.pipeline import Reader
from onrecord.record import Actor, ArticleEntry, Dispute, Place, Record, Statement, Suspect, Time
from onrecord.schema import record_schema

FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES = sorted(path for path in FOLDER.iterdir() if path.suffix in {".txt", ".html", ".jsonl"})

VALIDATOR = jsonschema.Draft202012Validator(record_schema())
ENTRY = ArticleEntry("a", None, None, None, None, None, None, "Hm.", "0")
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def test_the_schema_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(record_schema())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("actors", Actor),
        ("statements", Statement),
        ("disputes", Dispute),
        ("places", Place),
        ("suspect", Suspect),
        ("times", Time),
    ],
)
@given(drawn=st.data())
@settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None)
def test_whatever_a_record_holds_satisfies_the_schema(name, kind, drawn):
    finding = drawn.draw(st.from_type(kind))
    VALIDATOR.validate(json.loads(json.dumps(record_to_json(Record(ENTRY, **{name: (finding,)})))))


def test_every_field_of_every_object_is_described():
    undescribed = [
        f"{owner}.{field}"
        for owner, entry in record_schema()["$defs"].items()
        for field, kind in entry["properties"].items()
        if "description" not in kind and field not in ("start", "end")
    ]
    assert undescribed == []


def test_no_object_allows_fields_that_are_not_named():
    schema = record_schema()
    assert all(
        entry["additionalProperties"] is False for entry in (schema, *schema["$defs"].values())
    )


@pytest.mark.parametrize(
    "change",
    [
        {"surprise": 1},
        {"actors": None},
        {"format": "onrecord/2"},
        {"notices": [{"code": "x"}]},
    ],
)
def test_what_breaks_the_contract_is_refused(change):
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(record_to_json(Record(ENTRY)) | change)


def spans(finding):
    """Yield every span in a record's JSON form."""
    if isinstance(finding, dict):
        if {"start", "end", "text"} <= set(finding):
            yield finding
        finding = list(finding.values())
    if isinstance(finding, list):
        for member in finding:
            yield from spans(member)


@pytest.fixture(scope="module")
def reader():
    return Reader()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_examples_record_satisfies_the_schema_and_can_be_shown(path, reader):
    for found in take_in(str(path)):
        assert isinstance(found, Taken)
        record = reader.read(found.article)
        written = json.loads(record_line(record))
        VALIDATOR.validate(written)
        assert record_from_json(written) == record
        text = record.article.text
        assert [s for s in spans(written) if text[s["start"] : s["end"]] != s["text"]] == []
        assert record.statements[0].id in record_to_text(record)
        assert f'id="{record.statements[0].id}"' in record_to_html(record)
