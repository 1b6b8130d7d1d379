"""docs/record.md against the classes."""

import re
from pathlib import Path

import pytest

from onrecord.schema import record_schema

PAGE = (Path(__file__).parents[2] / "docs" / "record.md").read_text(encoding="utf-8")
SCHEMA = record_schema()
CLASSES = {"Record": SCHEMA, **SCHEMA["$defs"]}
SECTIONS = {
    match[1]: match[2]
    for match in re.finditer(r"^## .*?(\w+)\)\n(.*?)(?=^## )", PAGE, re.MULTILINE | re.DOTALL)
}


def constants(schema):
    """Yield every value of every enumeration in the schema."""
    if isinstance(schema, dict):
        yield from schema.get("enum", ())
        for member in schema.values():
            yield from constants(member)
    elif isinstance(schema, list):
        for member in schema:
            yield from constants(member)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_field_is_documented_and_no_other(name):
    documented = re.findall(r"^\| `(\w+)` \|", SECTIONS[name], re.MULTILINE)
    assert documented == list(CLASSES[name]["properties"])


@pytest.mark.parametrize("value", sorted({str(value) for value in constants(SCHEMA)}))
def test_every_value_is_documented(value):
    assert f"`{value}`" in PAGE
